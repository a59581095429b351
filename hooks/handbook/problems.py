"""Something wrong, with a place and a remedy: as text, as GitHub annotations, as JSON."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Literal

Severity = Literal["error", "warning"]

MOST_COMPARED = 500
MOST_LISTED = 12


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in one file.

    Attributes:
        path: the file, relative to the repository root, with forward slashes.
        line: from 1; 1 where the whole file is meant.
        column: from 1, counted in characters.
        code: a name in lower case with hyphens; the manual has an entry of that name.
        message: what is wrong, with the value shown.
        hint: what to do.
        severity: "error" stops a build, "warning" never does.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""
    severity: Severity = "error"


class HandbookError(Exception):
    """Raised where work cannot go on; carries every problem found so far."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems, sorted and without repetition."""
        self.problems = tidy(problems)
        super().__init__(as_text(self.problems))


def tidy(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort problems by place and drop repetitions."""
    return tuple(sorted(set(problems)))


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Keep those that stop a build."""
    return tuple(problem for problem in problems if problem.severity == "error")


def as_text(problems: Iterable[Problem]) -> str:
    """One paragraph a problem: place, message, then the remedy on a line of its own."""
    return "\n".join(_paragraph(problem) for problem in problems)


def _paragraph(problem: Problem) -> str:
    place = f"{problem.path}:{problem.line}:{problem.column}"
    first = f"{place}: {problem.severity}: {problem.message} [{problem.code}]"
    return f"{first}\n    {problem.hint}" if problem.hint else first


def as_github(problems: Iterable[Problem]) -> str:
    """Workflow commands, which GitHub shows beside the changed line of a pull request."""
    return "\n".join(_annotation(problem) for problem in problems)


def _annotation(problem: Problem) -> str:
    text = f"{problem.message} {problem.hint}".strip()
    properties = {
        "file": problem.path,
        "line": str(problem.line),
        "col": str(problem.column),
        "title": problem.code,
    }
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{problem.severity} {listed}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_json(problems: Iterable[Problem]) -> str:
    """A list of objects with the attributes of `Problem`."""
    return json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=2)


def shown(value: object) -> str:
    """Give a value as it may stand in a message: short, in one line."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:57]}…"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Propose the nearest known word, or say nothing."""
    near = difflib.get_close_matches(word, list(islice(known, MOST_COMPARED)), n=1, cutoff=0.6)
    return f"Did you mean `{near[0]}`? " if near else ""


def known(names: Iterable[str], where: str = "") -> str:
    """List what is known, in a sentence that stays short: the first names, then how many more."""
    listed = list(names)
    more = len(listed) - MOST_LISTED
    said = ", ".join(listed[:MOST_LISTED]) or "none"
    return f"Known{where}: {said}{f' and {more} more' if more > 0 else ''}."
