"""What is not for now: drafts, which nobody reads, and cohorts that are cancelled or postponed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner

from handbook.cli import main
from handbook.contents.build import Host
from handbook.pages.website.navigation import Entry
from handbook.pages.website.website import Website
from tests.repository import DAY, PROGRAM, SHORT, Files, environment, make, mkdocs, write

FLUENCY = "programs/digital-fluency"
SPRING, AUTUMN = f"{FLUENCY}/2027-spring.yml", f"{FLUENCY}/2027-autumn.yml"
CRAFTS = "programs/crafts/program.yml"

# --- drafts ---------------------------------------------------------------------------------------

DRAFTS = {
    AUTUMN: "title: Quince run, ready in 2028\nstart: 2027-09-06\ndraft: true\n",
    CRAFTS: PROGRAM.replace("Digital fluency", "Quince crafts") + "draft: true\n",
    "programs/crafts/2027-autumn.yml": "title: Quince term\nstart: 2027-09-13\n",
}
MARKED = "This is a draft. You see it because you are writing it."


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDBOOK_TODAY", DAY)


def website(root: Path, files: Files, *, drafts: bool = False) -> Website:
    write(root, files)
    return Website.read(root, Host(), {}, "https://handbook.example/", drafts=drafts)


def everything(site: Website) -> dict[str, str]:
    """All that is generated, the menu among it, by path."""
    pages = {path: f"{page.full_title}\n{page.text}" for path, page in site.pages.items()}
    files = {path: content.decode() for path, content in site.downloads.items()}
    return {**pages, **files, "menu": repr(site.menu(()))}


def titles(entries: Iterator[Entry] | tuple[Entry, ...]) -> Iterator[str]:
    for entry in entries:
        yield str(entry.title)
        yield from titles(entry.children)


def test_a_published_site_is_the_same_to_the_byte_without_the_files_of_drafts(tmp_path: Path) -> None:
    without = everything(website(tmp_path / "without", SHORT))
    with_drafts = everything(website(tmp_path / "with", {**SHORT, **DRAFTS}))

    assert without == with_drafts


def test_who_writes_a_draft_reads_on_each_page_and_in_each_list_that_it_is_one(tmp_path: Path) -> None:
    site = website(tmp_path, {**SHORT, **DRAFTS}, drafts=True)
    pages = {path: page.text for path, page in site.pages.items()}

    own = {path for path in pages if "/crafts/" in path or "/2027-autumn/" in path}
    assert own == {path for path, text in pages.items() if MARKED in text}
    assert {"Quince crafts (draft)", "Quince run, ready in 2028 (draft)"} <= {*titles(site.menu(()).entries)}
    for path in ("index.md", "programs/index.md", "for/mentor.md"):
        text = unescape(pages[path])
        assert text.count("Quince crafts") == text.count("Quince crafts (draft)") > 0


def test_a_site_of_which_all_is_a_draft_says_that_nothing_is_open(tmp_path: Path) -> None:
    hidden = {**SHORT, f"{FLUENCY}/program.yml": f"{PROGRAM}draft: true\n"}

    home = website(tmp_path, hidden).pages["index.md"].text

    assert "No program is open at the moment." in home
    assert "Digital fluency" not in home


def test_a_draft_is_checked_as_any_other_and_named_once(tmp_path: Path) -> None:
    write(tmp_path, {**SHORT, **DRAFTS})
    checked = CliRunner().invoke(main, ["-C", str(tmp_path), "check"])

    assert 1 == checked.output.count(f"Drafts, on no published site: {CRAFTS}, {AUTUMN}.")
    write(tmp_path, {AUTUMN: f"{DRAFTS[AUTUMN]}end: 2027-01-01\n"})
    assert f"{AUTUMN}:4:6: error" in CliRunner().invoke(main, ["-C", str(tmp_path), "check"]).output


def test_an_export_holds_no_draft(tmp_path: Path) -> None:
    write(tmp_path, {**SHORT, **DRAFTS})
    result = CliRunner().invoke(main, ["-C", str(tmp_path), "export", str(tmp_path / "out")])

    assert 0 == result.exit_code, result.output
    assert "Quince" not in "".join(
        file.read_text("utf-8") for file in (tmp_path / "out").rglob("*") if file.is_file()
    )


SERVE = """\
import mkdocs.config, mkdocs.commands.build
config = mkdocs.config.load_config(strict=True)
config.plugins.on_startup(command="serve", dirty=False)
mkdocs.commands.build.build(config)
"""


@pytest.mark.site
def test_serve_shows_drafts_and_build_does_not(tmp_path: Path) -> None:
    root = make(tmp_path, {**SHORT, **DRAFTS})
    page = root / "site" / FLUENCY / "2027-autumn" / "index.html"

    subprocess.run([sys.executable, "-c", SERVE], cwd=root, env=environment(DAY), check=True)
    assert MARKED in page.read_text("utf-8")
    assert 0 == mkdocs(root, "build", "--strict").returncode
    assert not page.exists()
    found = [file for file in (root / "site").rglob("*") if file.is_file() and b"Quince" in file.read_bytes()]
    assert [] == found
