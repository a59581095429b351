"""`handbook check --fix`: what can be mended without doubt is tried in a copy, shown, and then written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import click

from ...load.files import Files, below, write_bytes
from ...load.repository import Untried, trial
from ...pages.rendering.pages import double_addresses
from ...text.edit import fixes
from ...text.edit.fixes import Contents
from ...text.problems import Problem, tidy
from ..terminal.days import today
from ..terminal.files import agreed, refuse_changed
from ..terminal.next_step import here
from ..terminal.reporter import count, difference, show_difference

# Each takes as long as a check; whoever has so many mistakes on top of each other mends some first.
MOST_TRIALS = 60


def fix(root: Path, yes: bool) -> None:
    """Mend what can be mended without doubt, once a person has seen the difference and agreed."""
    before = _contents(root)
    try:
        after = _mended(root, before)
    except Untried as error:  # a file cannot be read, which the check says in its own words
        click.echo(error)
    else:
        if after == before:
            click.echo("There is nothing that can be mended without doubt.")
        else:
            show_difference(_difference(before, after))
            if agreed(here(root, "check", "--fix", "--yes"), yes=yes):
                _write(root, before, after)
    click.echo()


def _contents(root: Path) -> Contents:
    """Read the files that may be mended; links are left alone, and so is a name that another file needs."""
    folder = root / "programs"
    paths = [f"programs/{path}" for path in sorted(below(folder)) if path.endswith((".yml", ".yaml"))]
    free = (
        path for path in paths if path.endswith(".yml") or not os.path.lexists(root / fixes.renamed(path))
    )
    return {path: content for path in free if (content := Files(root).content(root / path)) is not None}


def _mended(root: Path, before: Contents) -> Contents:
    """Mend until nothing is left, since what is gone may have hidden more.

    Where a problem is still told after its change, all begins anew without that.
    """
    at_first = _problems(root, before, before)
    files, problems, left = before, at_first, frozenset[object]()
    for _ in range(MOST_TRIALS):
        doubtless = (problem for problem in problems if fixes.mendable(files, problem))
        chosen = [problem for problem in doubtless if fixes.same(problem) not in left]
        if not chosen:
            return files
        changed = fixes.mended(files, chosen)
        after = _problems(root, before, changed)
        if vain := fixes.in_vain(chosen, problems, after, changed):
            left |= vain
            files, problems = before, at_first
        else:
            files, problems = changed, after
    return files


def _problems(root: Path, before: Contents, after: Contents) -> tuple[Problem, ...]:
    """Check a copy of the handbook in which files are as they would be."""
    texts = {path: text.decode() for path, text in after.items() if before.get(path) != text}
    handbook, problems = trial(root, texts, before.keys() - after.keys())
    return tidy((*problems, *(double_addresses(handbook, today(handbook)) if handbook else ())))


def _pairs(before: Contents, after: Contents) -> Iterator[tuple[str, str]]:
    """Each file that changes: its name, and the one that it has then."""
    for path, content in before.items():
        new = path if path in after else fixes.renamed(path)
        if new != path or after[new] != content:
            yield path, new


def _difference(before: Contents, after: Contents) -> Iterator[str]:
    for old, new in _pairs(before, after):
        if old != new:
            yield f"{old} is renamed: {new}"
        if before[old] == after[new]:
            continue
        try:
            text = before[old].decode()
        except UnicodeDecodeError:
            yield f"{old} is saved again, as UTF-8"
            text = before[old].decode("utf-16")
        yield from difference(old, new, text, after[new].decode())


def _write(root: Path, before: Contents, after: Contents) -> None:
    """Write each file beside itself, then in its place."""
    pairs = tuple(_pairs(before, after))
    for old, new in pairs:
        same = Files(root).content(root / old) == before[old]
        refuse_changed(old, same and (old == new or not (root / new).exists()))
    for old, new in pairs:
        if old != new:
            (root / old).rename(root / new)
        if before[old] != after[new]:
            write_bytes(root, new, after[new])
    click.echo(f"{count(len(pairs), 'file')} changed.")
