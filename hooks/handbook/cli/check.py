"""`handbook check`: problems of a repository -> the terminal, GitHub or a program."""

from __future__ import annotations

import sys
from collections.abc import Collection
from pathlib import Path

import click

from ..load import Handbook, load
from ..pages import clashes, double_addresses
from ..problems import Problem, as_github, as_json, errors, tidy
from .reporter import count, show


@click.command()
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "github", "json"]),
    default="text",
    show_default=True,
    help="text for people, github for annotations of a pull request, json for programs.",
)
@click.pass_obj
def check(root: Path, /, style: str) -> None:
    """Look for mistakes in programs/.

    Each is shown with its place, what is wrong and what to do. The exit code is 1 where there is an error.
    Warnings alone leave it at 0.
    """
    handbook, problems = checked(root)
    if style == "json":
        click.echo(as_json(problems).encode("utf-8", "backslashreplace"))
    elif style == "github":
        click.echo(as_github(problems), nl=bool(problems))
    else:
        show(root, problems)
    click.echo(summary(handbook, problems), err=True)
    sys.exit(1 if errors(problems) else 0)


def checked(root: Path) -> tuple[Handbook | None, tuple[Problem, ...]]:
    """Load a handbook; pages that stand where others would count among the problems."""
    handbook, problems = load(root)
    if handbook is None:
        return None, problems
    found = tidy((*problems, *clashes(handbook), *double_addresses(handbook)))
    return (None if errors(found) else handbook), found


def summary(handbook: Handbook | None, problems: Collection[Problem]) -> str:
    """Say in one sentence how a check went."""
    stopping = len(errors(problems))
    numbers = ((stopping, "error"), (len(problems) - stopping, "warning"))
    parts = [count(number, thing) for number, thing in numbers if number]
    if handbook is None:
        return f"{' and '.join(parts)} in {count(len({problem.path for problem in problems}), 'file')}."
    seen = f"{count(len(handbook.programs), 'program')}, {count(len(handbook.cohorts), 'cohort')}"
    return f"No errors, {parts[0]}: {seen}." if parts else f"No problems: {seen}."
