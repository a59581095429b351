"""The wheel alone: built from these files and installed in an empty folder, it begins, checks and builds."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.repository import ROOT, environment, write

Run = Callable[..., subprocess.CompletedProcess[str]]
PIP = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
# What no help needs; each of them would make everyone wait.
HEAVY = (
    "babel", "handbook.load", "handbook.model", "handbook.text", "icalendar", "importlib.metadata", "jinja2",
    "jsonschema", "markdown", "markdown_it", "mkdocs", "nh3", "numpy", "rich", "yaml",
)  # fmt: skip


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the engine alone is installed; what it needs comes from this environment."""
    folder = tmp_path_factory.mktemp("package")
    ignored = shutil.ignore_patterns("__pycache__", "local", "*.egg-info")
    for name in ("hooks", "schemas"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    for name in ("pyproject.toml", "setup.py", "MANIFEST.in"):
        shutil.copy(ROOT / name, folder)
    write(folder, {"build/lib/handbook/moved_away.py": "# left by an earlier build\n"})
    alone = ["--no-deps", "--no-index"]
    wheel = [*PIP, "wheel", *alone, "--no-build-isolation", "--wheel-dir", "wheel", "."]
    subprocess.run(wheel, cwd=folder, check=True)
    subprocess.run(
        [*PIP, "install", *alone, "--target", "installed", *folder.glob("wheel/*")], cwd=folder, check=True
    )
    return folder / "installed"


@pytest.fixture
def handbook(package: Path, tmp_path: Path) -> Run:
    """`handbook(*words)` runs the installed command in an empty folder."""
    return lambda *words: isolated(package, tmp_path, str(package / "bin/handbook"), *words)


def isolated(package: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python so that no start-up file leads it to the checkout that this environment belongs to."""
    paths = [str(package), *(path for path in sys.path if path.endswith("site-packages"))]
    return subprocess.run(
        [sys.executable, "-S", *words],
        cwd=folder,
        env=environment("2027-03-10") | {"PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def begun(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository that three commands make of an empty folder."""
    folder = tmp_path_factory.mktemp("begun")
    for words in (
        ("new", "--fresh", "--name", "Small Steps", "--yes"),
        ("new", "program", "--title", "Tea", "--summary", "Juniors teach.", "--goal", "Everyone talks"),
        ("new", "cohort", "--program", "tea", "--start", "2027-02-01"),
    ):
        done = isolated(package, folder, str(package / "bin/handbook"), *words)
        assert done.returncode == 0, done.stderr
    return folder


def test_the_wheel_holds_the_whole_engine_and_nothing_else(package: Path) -> None:
    engine = ROOT / "hooks/handbook"
    files = {
        f"handbook/{file.relative_to(engine).as_posix()}" for file in engine.rglob("*") if file.is_file()
    }
    files |= {f"handbook/data/schemas/{file.name}" for file in (ROOT / "schemas").iterdir()}
    files |= {"handbook/data/hooks/mkdocs.yml", "handbook_site.py", "bin/handbook"}

    installed = (file.relative_to(package) for file in package.rglob("*") if file.is_file())

    made = {path.as_posix() for path in installed if ".dist-info" not in path.parts[0]}
    assert {path for path in made if "__pycache__" not in path} == {
        path for path in files if "__pycache__" not in path
    }


def test_it_is_the_package_that_runs(package: Path, tmp_path: Path) -> None:
    done = isolated(package, tmp_path, "-c", "import handbook, handbook_site as site; print(handbook, site)")

    assert done.stdout.count(str(package)) == 2, done.stderr
    assert str(ROOT) not in done.stdout


def test_in_an_empty_folder_a_handbook_begins_and_becomes_a_site(
    begun: Path, handbook: Run, tmp_path: Path
) -> None:
    shutil.copytree(begun, tmp_path, dirs_exist_ok=True)
    begun_with = {path.relative_to(begun).as_posix() for path in begun.rglob("*") if path.is_file()}
    check = handbook("check")

    build = handbook("build")

    program = "programs/tea"
    assert begun_with == {
        ".gitignore", "programs/organisation.yml", f"{program}/program.yml", f"{program}/2027-february.yml",
    }  # fmt: skip
    assert "/signups/" in (tmp_path / ".gitignore").read_text("utf-8")
    assert [check.returncode, build.returncode] == [0, 0], build.stderr
    assert "warning:" in check.stdout
    assert build.stdout == check.stdout
    where, opened = build.stderr.removeprefix(check.stderr).splitlines()
    assert where == f"The site is built: {tmp_path / 'site'}"
    assert opened.startswith("Its index.html opens from there too.")
    assert "Small Steps" in (tmp_path / "site/index.html").read_text("utf-8")
    assert (tmp_path / f"site/{program}/2027-february/index.html").is_file()
    assert b"BEGIN:VEVENT" in next((tmp_path / "site").rglob("*.ics")).read_bytes()
    for asset in ("assets/handbook/handbook.css", "assets/handbook/handbook.js"):
        assert (tmp_path / "site" / asset).is_file()


def test_the_organisations_own_settings_pages_and_hooks_count(
    begun: Path, handbook: Run, tmp_path: Path
) -> None:
    shutil.copytree(begun, tmp_path, dirs_exist_ok=True)
    hook = "def on_page_content(html, **_):\n    return html + '<p>Hooked.</p>'\n"
    own = {
        "mkdocs.yml": "INHERIT: hooks/mkdocs.yml\nsite_name: Ours\nnav: [about.md]\n",
        "docs/about.md": "---\nrender_macros: true\n---\n# About us\n\n{{ programs() }}\n",
        "hooks/local/own.py": hook,
    }
    write(tmp_path, own)

    done = handbook("build")

    assert done.returncode == 0, done.stderr
    about = (tmp_path / "site/about/index.html").read_text("utf-8")
    assert all(words in about for words in ("Ours", "Juniors teach.", "Hooked."))


def test_a_build_ends_with_1_and_names_what_is_wrong(begun: Path, handbook: Run, tmp_path: Path) -> None:
    shutil.copytree(begun, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "programs/tea/program.yml"
    sound = file.read_text("utf-8")

    file.write_text(f"{sound}sumary: Oops\n", "utf-8")
    mistaken = handbook("build")
    file.write_text(sound, "utf-8")
    write(tmp_path, {"docs/about.md": "# About\n\n[nowhere](none.md)\n"})
    dead = handbook("build")

    assert [mistaken.returncode, dead.returncode] == [1, 1]
    assert "programs/tea/program.yml:13:1: error: `sumary`" in mistaken.stdout
    assert "1 error" in mistaken.stderr
    assert "none.md" in dead.stderr
    assert "strict mode" in dead.stdout
    assert "Traceback" not in mistaken.stderr + dead.stderr


@pytest.mark.parametrize("word", ["--help", "--version"])
def test_help_imports_no_more_than_it_needs(word: str, package: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from handbook.cli import main; main([sys.argv[1]], standalone_mode=False);"
        f"print(sorted({{*{HEAVY}}} & {{*sys.modules}}))"
    )

    done = isolated(package, tmp_path, "-c", code, word)

    assert done.stdout.endswith("\n[]\n"), done.stdout + done.stderr


def test_a_handbook_begins_beside_what_git_hosts_put_there_and_nowhere_else(
    handbook: Run, tmp_path: Path
) -> None:
    write(tmp_path, {".gitignore": "/mine/\n", "README.md": "# Ours\n", "notes.txt": "Mine.\n"})

    refused = handbook("new", "--fresh", "--name", "Ours", "--yes")
    (tmp_path / "notes.txt").unlink()
    begins = handbook("new", "--fresh", "--name", "Ours", "--yes")

    assert [refused.returncode, begins.returncode] == [2, 0]
    assert "it has no programs/" in refused.stderr
    assert (tmp_path / ".gitignore").read_text("utf-8") == "/mine/\n"
