"""`handbook check`: problems of a repository -> the terminal, GitHub or a program."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable
from contextlib import suppress
from itertools import chain
from pathlib import Path

import click

from ... import Refusal
from ...contents.build import Build
from ...load.files import OVERRIDES, Files, below, write
from ...load.repository import load, trial
from ...model.handbook import Handbook
from ...pages.rendering.pages import clashes, double_addresses
from ...register.ledger.people import hidden_names
from ...rules.schema import shareable
from ...text.edit import fixes
from ...text.edit.fixes import Texts
from ...text.problems import Problem, as_json, errors, tidy
from ..terminal import github
from ..terminal.files import agreed, refuse_changed
from ..terminal.parameters import parameters, today
from ..terminal.reporter import count, difference, here, show, show_difference

# Each takes as long as a check; whoever has so many mistakes on top of each other mends some first.
MOST_TRIALS = 60


@click.command()
@parameters("check")
def check(root: Path, /, style: str | None, mend: bool, yes: bool) -> None:
    """Look for mistakes in programs/, mkdocs.yml and docs/templates/.

    Each is shown with its place, what is wrong and what to do. The exit code is 1 where there is an error.
    Warnings alone leave it at 0.
    """
    if mend and style not in (None, "text"):
        raise click.UsageError("--fix shows what it changes to a person; leave out --format.")
    if yes and not mend:
        raise click.UsageError("--yes goes with --fix.")
    if mend:
        _fix(root, yes)
    handbook, problems = checked(root)
    print_problems(root, handbook, problems, "text" if mend else style)
    if any(problem.meant for problem in problems) and not mend and sys.stdout.isatty():
        click.echo(f"Some of it can be mended for you: {here(root, 'check', '--fix')}", err=True)
    sys.exit(1 if errors(problems) else 0)


def print_problems(
    root: Path, handbook: Handbook | None, problems: Collection[Problem], style: str | None = None
) -> None:
    """Print problems in one of the styles of `--format`, and in a sentence how the check went."""
    outcome = summary(handbook, problems)
    if style == "json":
        click.echo(as_json(problems).encode("utf-8", "backslashreplace"))
    elif style == "github" or (style is None and github.running()):
        github.report(root, problems, outcome)
    else:
        show(root, problems)
    click.echo(outcome, err=True)


def checked(root: Path) -> tuple[Handbook | None, tuple[Problem, ...]]:
    """Load a handbook; pages that cannot be rendered, or stand where others would, are problems too."""
    handbook, problems = load(root, hidden_names(root))
    if handbook is None:
        return None, problems
    day = today(handbook)
    unfit: Iterable[Problem] = double_addresses(handbook, day)
    own = root / OVERRIDES
    if any(own.rglob("*.j2")) or any(own.glob("*/**/*.*")):  # the engine's templates and texts are right
        from ...pages.website.faults import faults  # it tries calendars too: no other check loads them

        unfit = faults(handbook, Build(day))
    problems = shareable(tidy((*problems, *clashes(handbook, day), *unfit)), handbook.contents)
    return (None if errors(problems) else handbook), problems


def summary(handbook: Handbook | None, problems: Collection[Problem]) -> str:
    """Say in one sentence how a check went."""
    stopping = len(errors(problems))
    numbers = ((stopping, "error"), (len(problems) - stopping, "warning"))
    parts = [count(number, thing) for number, thing in numbers if number]
    if handbook is None:
        return f"{' and '.join(parts)} in {count(len({problem.path for problem in problems}), 'file')}."
    seen = f"{count(len(handbook.programs), 'programme')}, {count(len(handbook.cohorts), 'cohort')}"
    drafts = f" Drafts, on no published site: {', '.join(handbook.drafts)}." if handbook.drafts else ""
    return f"{f'No errors, {parts[0]}' if parts else 'No problems'}: {seen}.{drafts}"


# --- what can be mended without doubt is tried in a copy, shown, and then written


def _fix(root: Path, yes: bool) -> None:
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
            lines = (difference(path, before[path], after[path]) for path in changed)
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
