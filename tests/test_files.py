"""Files are read where they stand: no link is followed, no device is opened, no name spoils a log."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from handbook.cli import main
from handbook.load.repository import load
from tests.repository import SHORT, mkdocs, write

SECRET = "What nobody meant to publish"
FOLDER = "programs/digital-fluency"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path / "root", SHORT)
    return tmp_path / "root"


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    folder = tmp_path / "outside"
    write(folder, {"secret.md": f"{SECRET}\n"})
    return folder


def stopping(root: Path) -> list[tuple[str, str]]:
    return [(one.path, one.code) for one in load(root)[1] if one.severity == "error"]


@pytest.mark.parametrize(
    "path",
    [
        "docs/secret.md",
        "docs/assets/logo.png",
        "docs/.hidden",
        "docs/deep/down/secret.md",
        f"{FOLDER}/story.md",
        f"{FOLDER}/.hidden",
        f"{FOLDER}/deep/story.md",
        f"{FOLDER}/2028.yml",
        "programs/notes",
    ],
)
@pytest.mark.parametrize("leads", ["to a file", "to a folder", "nowhere", "to itself"])
def test_a_link_is_told_and_not_followed(root: Path, outside: Path, path: str, leads: str) -> None:
    ends = {"to a file": outside / "secret.md", "to a folder": outside, "nowhere": outside / "gone"}
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).symlink_to(ends.get(leads, root / path))

    assert [(path, "symbolic-link")] == stopping(root)


@pytest.mark.parametrize("name", ["docs", "programs", "docs/templates", "programs/digital-fluency"])
def test_no_name_behind_a_linked_folder_is_told(root: Path, outside: Path, name: str) -> None:
    (root / name).mkdir(exist_ok=True)
    (root / name).rename(outside / "moved")
    write(
        outside / "moved", {"dismissal.yml": "a: b\n", "deep/dismissal.yaml": "a: b\n", "dismissal.md": "A\n"}
    )
    (root / name).symlink_to(outside / "moved")

    assert (name, "symbolic-link") in stopping(root)
    told = CliRunner().invoke(main, ["-C", str(root), "check", "--fix"])
    assert "dismissal" not in told.output


@pytest.mark.parametrize("path", ["programs/organisation.yml", f"{FOLDER}/program.yml"])
def test_a_link_in_the_place_of_a_definition_is_one_problem(root: Path, outside: Path, path: str) -> None:
    (root / path).rename(outside / "moved.yml")
    (root / path).symlink_to(outside / "moved.yml")

    assert [(path, "symbolic-link")] == stopping(root)


@pytest.mark.site
def test_what_a_link_leads_to_is_neither_printed_nor_built(root: Path, outside: Path) -> None:
    (root / FOLDER / "story.md").symlink_to(outside / "secret.md")
    (root / "docs/secret.md").symlink_to(outside / "secret.md")
    told = CliRunner().invoke(main, ["-C", str(root), "check"])
    built = mkdocs(root, "build")

    assert "[symbolic-link]" in told.output
    assert 1 == built.returncode
    assert SECRET not in told.output + built.stdout + built.stderr
    assert not (root / "site").exists()


def test_an_editor_may_lock_a_file(root: Path) -> None:
    """Emacs leaves a link that leads nowhere beside a file while somebody changes it."""
    (root / FOLDER / ".#program.yml").symlink_to("somebody@somewhere.1234:1")

    assert [] == stopping(root)


@pytest.mark.parametrize("path", ["programs/organisation.yml", f"{FOLDER}/2028.yml", f"{FOLDER}/story.md"])
def test_a_channel_is_not_opened(root: Path, path: str) -> None:
    (root / path).unlink(missing_ok=True)
    os.mkfifo(root / path)

    assert [(path, "unreadable-file")] == stopping(root)


@pytest.mark.parametrize("folder", ["docs", FOLDER])
@pytest.mark.parametrize("name", ["a\n::error::b.md", "a\x1b[2Jb.md", "a\u202eb.md", "a\rb.png"])
def test_a_name_is_no_command(root: Path, folder: str, name: str) -> None:
    """MkDocs prints the names of files, and a workflow reads commands in what is printed."""
    (root / folder / name).write_text("A\n", "utf-8")

    assert [(f"{folder}/{name}", "wrong-file-name")] == stopping(root)
