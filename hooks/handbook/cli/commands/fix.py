"""`handbook check --fix`: what can be mended without doubt is tried in a copy, shown, and then written."""

from __future__ import annotations

from contextlib import suppress
from itertools import chain
from pathlib import Path

import click

from ... import Refusal
from ...load.files import Files, below, write
from ...load.repository import trial
from ...pages.rendering.pages import double_addresses
from ...text.edit import fixes
from ...text.edit.fixes import Texts
from ...text.problems import Problem, tidy
from ..terminal.days import today
from ..terminal.files import agreed, refuse_changed
from ..terminal.next_step import here
from ..terminal.reporter import count, difference, show_difference

# Each takes as long as a check; whoever has so many mistakes on top of each other mends some first.
MOST_TRIALS = 60


def fix(root: Path, yes: bool) -> None:
    """Mend what can be mended without doubt, once a person has seen the difference and agreed."""
    before = _texts(root)
    try:
        after = _mended(root, before)
    except Refusal as error:  # a file cannot be read, which the check says in its own words
        click.echo(error)
    else:
        if after == before:
            click.echo("There is nothing that can be mended without doubt.")
        else:
            changed = _changed(before, after)
            lines = (difference(path, path, before[path], after[path]) for path in changed)
            show_difference(chain.from_iterable(lines))
            if agreed(here(root, "check", "--fix", "--yes"), yes=yes):
                _write(root, before, after)
    click.echo()


def _texts(root: Path) -> Texts:
    """Read the files that may be mended, letter by letter; links are left alone."""
    files, texts = Files(root), {}
    for path in sorted(below(root / "programs")):
        if path.endswith((".yml", ".yaml")) and (content := files.content(root / "programs" / path)):
            with suppress(UnicodeDecodeError):
                texts[f"programs/{path}"] = content.decode()
    return texts


def _mended(root: Path, before: Texts) -> Texts:
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
        if vain := fixes.in_vain(chosen, after, changed):
            left |= vain
            files, problems = before, at_first
        else:
            files, problems = changed, after
    return files


def _problems(root: Path, before: Texts, after: Texts) -> tuple[Problem, ...]:
    """Check a copy of the handbook in which files are as they would be."""
    handbook, problems = trial(root, {path: after[path] for path in _changed(before, after)})
    return tidy((*problems, *(double_addresses(handbook, today(handbook)) if handbook else ())))


def _changed(before: Texts, after: Texts) -> list[str]:
    return [path for path, text in before.items() if after[path] != text]


def _write(root: Path, before: Texts, after: Texts) -> None:
    """Write each file beside itself, then in its place."""
    changed = _changed(before, after)
    for path in changed:
        refuse_changed(path, Files(root).content(root / path) == before[path].encode())
    for path in changed:
        write(root, path, after[path])
    click.echo(f"{count(len(changed), 'file')} changed.")
