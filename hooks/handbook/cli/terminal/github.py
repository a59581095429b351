"""A check in a workflow of GitHub: its log, its annotations and the summary of its step.

Everyone who opens a pull request decides what stands in its files. In the log nothing of them is a command,
and in the summary nothing is more than letters: values stand in blocks of code alone.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from secrets import token_hex
from textwrap import wrap
from urllib.parse import quote

import click

from ...text.problems import Problem, as_github
from ...text.signs import visible
from .reporter import count, show

# What GitHub takes of one step, without the room for a last sentence.
MOST_BYTES = 1024 * 1024 - 1000
_WIDTH = 100


def running() -> bool:
    """Whether this is a step of a workflow."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def report(root: Path, problems: Iterable[Problem], outcome: str) -> None:
    """Print all problems for the log and the first as annotations, and add all to the step's summary.

    Args:
        root: the folder of the handbook.
        problems: what was found.
        outcome: how the check went, in one sentence.
    """
    every = tuple(problems)
    if every:
        token = token_hex(16)  # nobody who writes a file can know it
        click.echo(f"::stop-commands::{token}")
        show(root, every)
        click.echo(f"::{token}::")
        shown = (
            replace(problem, message=visible(problem.message), hint=visible(problem.hint))
            for problem in every
        )
        click.echo(as_github(shown, _address()))
    if name := os.environ.get("GITHUB_STEP_SUMMARY"):
        _add(Path(name), every, outcome)


def _address() -> str:
    """Where GitHub shows the files that were checked; empty where this is none of its workflows."""
    names = ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_SHA")
    server, repository, commit = (os.environ.get(name, "") for name in names)
    return f"{server}/{quote(repository)}/blob/{quote(commit)}/" if server and repository and commit else ""


def _add(file: Path, problems: tuple[Problem, ...], outcome: str) -> None:
    """Add a summary to what earlier commands of this step have written."""
    room = MOST_BYTES - (file.stat().st_size if file.is_file() else 0)
    with file.open("ab") as summary:
        summary.write(as_summary(problems, outcome, _address(), room).encode("utf-8", "backslashreplace"))


def as_summary(problems: tuple[Problem, ...], outcome: str, address: str = "", most: int = MOST_BYTES) -> str:
    """All problems as Markdown, file by file.

    Args:
        problems: sorted by their place.
        outcome: how the check went, in one sentence.
        address: the address of the repository's files, with a slash at its end, where they have one.
        most: how many bytes it may have; then a sentence says how many problems are left out.
    """
    summary = f"## {_heading(problems)}\n\n{outcome}{_AFTERWARDS if problems else ''}\n"
    size = _size(summary)
    for told, part in enumerate(_parts(problems, address)):
        size += _size(part)
        if size > most:
            left = count(len(problems) - told, "more problem")
            return f"{summary}\n**{left}** had no room here. The log of this step has all of them.\n"
        summary += part
    return summary


def _size(text: str) -> int:
    return len(text.encode("utf-8", "backslashreplace"))


_AFTERWARDS = (
    " Errors keep the handbook from being built; warnings never do. Each place below leads to the line,"
    " and each name in `code` to what the manual says about it."
)


def _heading(problems: Iterable[Problem]) -> str:
    severities = {problem.severity for problem in problems}
    if "error" in severities:
        return "The handbook needs a correction"
    return "The handbook can be built, and could be better" if severities else "The handbook is in order"


def _parts(problems: Iterable[Problem], address: str) -> Iterator[str]:
    """One part a problem; the first of each file begins with its name."""
    for path, found in groupby(problems, lambda problem: problem.path):
        heading = f"\n### {_code(path)}\n"
        for problem in found:
            yield f"{heading}{_entry(problem, address)}"
            heading = ""


def _entry(problem: Problem, address: str) -> str:
    place = f"Line {problem.line}, column {problem.column}"
    code = f"`{problem.code}`"
    if address:
        place = f"[{place}]({address}{quote(problem.path, errors='replace')}?plain=1#L{problem.line})"
        code = f"[{code}]({address}{problem.manual})"
    lines = [line for text in (problem.message, problem.hint) for line in wrap(visible(text), _WIDTH)]
    fence = "`" * max(3, _longest_run(lines) + 1)
    block = "\n".join(f"  {line}" for line in (f"{fence}text", *lines, fence))
    return f"\n- {place}: {problem.severity}, {code}\n\n{block}\n"


def _code(text: str) -> str:
    """A text in one line of Markdown, letter by letter."""
    line = visible(text)
    fence = "`" * (_longest_run([line]) + 1)
    return f"{fence} {line} {fence}" if "`" in line else f"`{line}`"


def _longest_run(lines: Iterable[str]) -> int:
    return max((len(run) for line in lines for run in re.findall("`+", line)), default=0)
