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
from .reporter import count, show

# What GitHub takes of one step, without the room for a last sentence.
MOST_BYTES = 1024 * 1024 - 1000
_WIDTH = 100
# By the worst that was found; that word comes first in the alphabet too.
_HEADINGS = {
    "error": "The handbook needs a correction",
    "warning": "The handbook can be built, and could be better",
    "": "The handbook is in order",
}
_AFTERWARDS = (
    " Errors keep the handbook from being built; warnings never do. Each place below leads to the line,"
    " and each name in `code` to what the manual says about it."
)


def running() -> bool:
    """Whether this is a step of a workflow."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def report(root: Path, problems: Iterable[Problem], outcome: str) -> None:
    """Print all problems for the log and the first as annotations, and add all to the step's summary.

    Args:
        root: the folder of the handbook.
        problems: sorted by their place.
        outcome: how the check went, in one sentence.
    """
    every, address = tuple(problems), _address()
    if every:
        token = token_hex(16)  # nobody who writes a file can know it
        click.echo(f"::stop-commands::{token}")
        show(root, every)
        click.echo(f"::{token}::")
        shown = (replace(one, message=visible(one.message), hint=visible(one.hint)) for one in every)
        click.echo(as_github(shown, address))
    if name := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(name).open("ab") as summary:  # behind what earlier commands of this step have written
            summary.write(_summary(every, outcome, address, MOST_BYTES - summary.tell()))


def _address() -> str:
    """Where GitHub shows the files that were checked; empty where this is none of its workflows."""
    names = ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_SHA")
    server, repository, commit = (os.environ.get(name, "") for name in names)
    return f"{server}/{quote(repository)}/blob/{quote(commit)}/" if server and repository and commit else ""


def _summary(problems: Sequence[Problem], outcome: str, address: str, room: int) -> bytearray:
    """All problems as Markdown, file by file; where the bytes do not suffice, how many are left out."""
    heading = _HEADINGS[min((problem.severity for problem in problems), default="")]
    summary = _bytes(f"## {heading}\n\n{outcome}{_AFTERWARDS if problems else ''}\n")
    path = ""
    for number, problem in enumerate(problems):
        heading = "" if problem.path == path else f"\n### {_code(problem.path)}\n"
        part = _bytes(heading + _entry(problem, address))
        if len(summary) + len(part) > room:
            left = count(len(problems) - number, "more problem")
            return summary + _bytes(f"\n**{left}** had no room here. The log of this step has all of them.\n")
        summary += part
        path = problem.path
    return summary


def _bytes(text: str) -> bytearray:
    return bytearray(text, "utf-8", "backslashreplace")


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
