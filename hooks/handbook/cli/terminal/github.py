"""A check in a workflow of GitHub: its log, its annotations and the summary of its step.

Everyone who opens a pull request decides what stands in its files. In the log nothing of them is a command,
and in the summary nothing is more than letters: values stand in blocks of code alone.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from secrets import token_hex
from textwrap import wrap
from urllib.parse import quote

import click

from ...text.problems import Problem, as_github
from ...text.signs import visible
from .reporter import count, filled, show

_MOST_SHOWN = 250  # in a summary: GitHub takes a megabyte of one step
_WIDTH = 100


def running() -> bool:
    """Whether this is a step of a workflow."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def report(root: Path, problems: Iterable[Problem], outcome: str) -> None:
    """Print problems, sorted by place, for the log and as annotations, and add all to the step's summary."""
    every, address = tuple(problems), _address()
    if every:
        token = token_hex(16)  # nobody who writes a file can know it
        click.echo(f"::stop-commands::{token}")
        show(root, every)
        click.echo(f"::{token}::")
        shown = (
            replace(problem, message=visible(problem.message), hint=visible(problem.hint))
            for problem in every
        )
        click.echo(as_github(shown, address))
    if name := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(name).open("a", encoding="utf-8", errors="backslashreplace") as summary:
            summary.write(_summary(every, outcome, address))


def _address() -> str:
    """Where GitHub shows the files that were checked; empty where this is none of its workflows."""
    names = ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_SHA")
    server, repository, commit = (os.environ.get(name, "") for name in names)
    return f"{server}/{quote(repository)}/blob/{quote(commit)}/" if server and repository and commit else ""


def _summary(problems: Sequence[Problem], outcome: str, address: str) -> str:
    """The first of the problems as Markdown, file by file, and how many there are more."""
    severities, shown = {problem.severity for problem in problems}, problems[:_MOST_SHOWN]
    before = ("", *(problem.path for problem in shown))
    entries = (
        _entry(problem, address, first=problem.path != path)
        for path, problem in zip(before, shown, strict=False)
    )
    left = count(len(problems) - len(shown), "more problem") if len(problems) > len(shown) else ""
    more = f"\n**{left}** had no room here. The log of this step has all of them.\n" if left else ""
    return "".join([filled("summary.md", severities=severities, outcome=outcome), *entries, more])


def _entry(problem: Problem, address: str, *, first: bool) -> str:
    """A problem; the first of each file begins with its name."""
    lines = [line for text in (problem.message, problem.hint) for line in wrap(visible(text), _WIDTH)]
    return filled(
        "problem.md", problem=problem, address=address, first=first, path=_code(problem.path), lines=lines,
        quoted_path=quote(problem.path, errors="replace"), fence="`" * max(3, _longest_run(lines) + 1),
    )  # fmt: skip


def _code(text: str) -> str:
    """A text in one line of Markdown, letter by letter."""
    line = visible(text)
    fence = "`" * (_longest_run([line]) + 1)
    return f"{fence} {line} {fence}" if "`" in line else f"`{line}`"


def _longest_run(lines: Iterable[str]) -> int:
    return max((len(run) for line in lines for run in re.findall("`+", line)), default=0)
