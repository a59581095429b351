"""Repository root -> (Handbook, problems). The only reader of programs/."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from .. import Refusal
from ..model.handbook import Handbook
from ..rules import schema
from ..text.problems import Problem, errors, tidy
from .files import OVERRIDES, Files, write_all
from .readers.overrides import templates, texts
from .readers.programs import Definitions
from .readers.settings import config_problems
from .readers.surroundings import problems_around

_READ = ("programs", "docs", OVERRIDES)
_WRITTEN = ("site", "signups", ".cache")  # by commands, and emptied by them


Loaded = tuple[Handbook | None, tuple[Problem, ...]]


def load(root: Path, hidden: Iterable[str] = ()) -> Loaded:
    """Read a repository, and look into everything else that git or the site would take.

    `hidden` are names of more people than those of its files, which must not stand there either.
    Every file is read whatever is wrong with the others; all problems come back at once, sorted.
    The handbook is None where there is an error.
    """
    return _loaded(root, (*_READ, *_WRITTEN), lambda files, read: problems_around(files, read, hidden))


def load_definitions(root: Path) -> Loaded:
    """Read a repository for who changes what is private: a sheet that lies about is told by a check."""
    return _loaded(root, _READ)


def _loaded(
    root: Path, folders: Iterable[str], *lookers: Callable[[Files, Definitions], Iterable[Problem]]
) -> Loaded:
    files = Files(root)
    for name in folders:
        if (root / name).is_symlink():  # nothing behind it is looked at, not even a name
            files.report(root / name, "symbolic-link")
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
    around = [problem for look in lookers for problem in look(files, definitions)]
    ordered = tidy((*config_problems(files), *files.problems, *around, *lacking))
    problems = schema.shareable(ordered, files.contents)
    if errors(problems) or organisation is None:
        return None, problems
    read = files.contents
    return Handbook(organisation, programs, cohorts, book, labels, own, reports, pages, read), problems


def trial(
    root: Path, texts: Mapping[str, str], gone: Iterable[str] = ()
) -> tuple[Handbook | None, tuple[Problem, ...]]:
    """Load a copy of the handbook as it would be with these files and without those.

    Raises:
        Refusal: where a file cannot be copied; a check says which, and why.
    """
    with TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in ("programs", OVERRIDES):
            if (root / name).is_dir() and not (root / name).is_symlink():
                _copy(root / name, copy / name)
        for path in gone:
            (copy / path).unlink()
        write_all(copy, {path: text.encode() for path, text in texts.items()})
        return load(copy)


def _copy(folder: Path, to: Path) -> None:
    """Copy a folder with its links, none of which is followed."""
    try:
        shutil.copytree(folder, to, symlinks=True)
    except shutil.Error as error:
        raise Refusal("There are files that cannot be copied, so that no change can be tried.") from error
