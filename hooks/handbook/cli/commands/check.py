"""`handbook check`: problems of a repository -> the terminal, GitHub or a program."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable
from pathlib import Path

import click

from ...contents.build import Build
from ...load.files import OVERRIDES
from ...load.repository import load
from ...model.handbook import Handbook
from ...pages.rendering.pages import clashes, double_addresses
from ...register.ledger.people import hidden_names
from ...rules.schema import shareable
from ...text.problems import Problem, as_json, errors, tidy
from ..terminal import github
from ..terminal.days import today
from ..terminal.next_step import here
from ..terminal.parameters import parameters
from ..terminal.reporter import count, show
from .fix import fix


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
        fix(root, yes)
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
    if _own_wording(root):
        from ...pages.website.faults import faults  # it tries calendars too: no other check loads them

        unfit = faults(handbook, Build(day))
    problems = shareable(tidy((*problems, *clashes(handbook, day), *unfit)), handbook.contents)
    return (None if errors(problems) else handbook), problems


def _own_wording(root: Path) -> bool:
    """Whether there are templates, labels or texts of the organisation's own; the engine's are right."""
    return any((root / OVERRIDES).rglob("*.j2")) or any((root / OVERRIDES).glob("*/**/*.*"))


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
