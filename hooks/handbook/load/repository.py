"""Repository root -> (Handbook, problems). The only reader of programs/."""

from __future__ import annotations

import subprocess
from pathlib import Path

from ..model.handbook import Handbook
from ..rules import privacy
from ..text.problems import Problem, errors, tidy
from .files import OVERRIDES, Files
from .readers.overrides import templates, texts
from .readers.programs import Definitions
from .readers.settings import config_problems


def load(root: Path) -> tuple[Handbook | None, tuple[Problem, ...]]:
    """Read a repository.

    Every file is read whatever is wrong with the others; all problems come back at once, sorted.
    The handbook is None where there is an error.
    """
    files = Files(root)
    for name in ("programs", "docs", OVERRIDES):
        if (root / name).is_symlink():  # nothing behind it is looked at, not even a name
            files.report_link(root / name)
            return None, tidy(files.problems)
    for name in ("programs", "docs"):
        files.look_around(root / name)
    definitions = Definitions(files)
    organisation, book = definitions.organisation()
    programs, cohorts = definitions.programs(book)
    labels, own = texts(files, organisation), templates(files)
    pages = frozenset(path.relative_to(root / "docs").as_posix() for path in (root / "docs").rglob("*.md"))
    reports = definitions.reports(programs, cohorts)
    lacking = (problem for report in reports.values() for problem in report.lacking)
    tracked = privacy.sign_ups_in_git(*_kept_by_git(root))
    found = tidy((*config_problems(root), *files.problems, *tracked, *lacking))
    if errors(found) or organisation is None:
        return None, found
    return Handbook(organisation, programs, cohorts, book, labels, own, reports, pages), found


def _kept_by_git(root: Path) -> tuple[list[str], list[str]]:
    """The files of programs/ and signups/ that git keeps, and those that the next commit may add."""
    # Whoever owns the folder, and whatever its settings say: git is only to list names.
    harmless = ("-c", "core.fsmonitor=false", "-c", "safe.directory=*")
    listing = (
        "ls-files",
        "-t",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
        "--",
        "programs",
        "signups",
    )
    try:
        done = subprocess.run(["git", *harmless, *listing], cwd=root, capture_output=True)
    except FileNotFoundError:  # without git nothing is kept
        return [], []
    names = [name for name in done.stdout.decode("utf-8", "replace").split("\0") if name]
    coming = [name[2:] for name in names if name.startswith("? ")]
    return [name[2:] for name in names if not name.startswith("? ")], coming
