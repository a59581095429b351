"""Something wrong, with a place and a remedy: as text, as GitHub annotations, as JSON."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from itertools import groupby, islice
from typing import Any, Literal, NamedTuple

from .signs import masked, visible
from .wordings import worded, wordings

Severity = Literal["error", "warning"]

MANUAL = "hooks/README.md"
MOST_COMPARED = 500
_LONGEST = 1_000  # of a sentence, in signs; and nobody means a word of so many letters as this:
_LONGEST_WORD = 100
MOST_LISTED = 12
# Of each severity in one step; GitHub drops the others without a word.
MOST_ANNOTATIONS = 10
# Of one file at one time: whoever has so many mends these first, and nobody waits for thousands.
MOST_PROBLEMS = 100


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong in one file.

    Attributes:
        path: the file, relative to the repository root, with forward slashes.
        line: from 1; 1 where the whole file is meant.
        column: from 1, counted in characters.
        code: a name in lower case with hyphens; the manual has an entry of that name.
        message: what is wrong, with the value, where everyone may read it.
        hint: what to do.
        severity: "error" stops a build, "warning" never does.
        meant: what to write in place of the word or line at that place, as YAML, where there is no doubt;
            else empty.
        unquoted: message and hint without anything that stands in the file.
        source: the line as it stood in the text that was looked at; empty where nobody had read that, or
            where not everyone may.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""
    severity: Severity = "error"
    meant: str = ""
    unquoted: tuple[str, str] = field(default=("", ""), compare=False, repr=False)
    source: str = field(default="", compare=False, repr=False)

    def withheld(self) -> Problem:
        """The same for places of which nothing is quoted."""
        message, hint = self.unquoted
        return replace(self, message=message or wordings()["phrases"]["wrong"], hint=hint, source="")

    @property
    def private(self) -> bool:
        """Whether what stands there is for nobody's eyes, and least for a log that outlives the file."""
        return self.code in wordings()["phrases"]["private"].split()

    @property
    def manual(self) -> str:
        """Where the manual explains it, from the repository root."""
        return f"{MANUAL}#{self.code}"


class Fault(NamedTuple):
    """What is wrong and what to do, before its place is known; attributes as those of `Problem`."""

    code: str
    message: str
    hint: str = ""
    severity: Severity = "error"
    meant: str = ""
    unquoted: tuple[str, str] = ("", "")

    def placed(self, path: str, line: int = 1, column: int = 1) -> Problem:
        """Give it its place."""
        return Problem(path, line, column, *self)


def fault(name: str, /, meant: str = "", **words: Any) -> Fault:
    """Say what is wrong in the words of a code, or of CODE.VARIANT, with what stands there in braces."""
    severity = wordings()[name].get("severity", "error")
    said, unquoted = worded(name, words)
    return Fault(name.partition(".")[0], *said, severity, meant, unquoted)


class HandbookError(Exception):
    """Raised where work cannot go on; carries every problem found so far."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tidy(problems)
        super().__init__(as_text(self.problems))


def tidy(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort problems by place and drop repetitions; of one file keep the first MOST_PROBLEMS."""
    ordered = sorted({_shareable(problem) for problem in set(problems)})
    files = groupby(ordered, lambda problem: problem.path)
    return tuple(problem for _, of_file in files for problem in _first(tuple(of_file)))


def _shareable(problem: Problem) -> Problem:
    """A problem as everyone may read it: a value that it shows could be somebody's address."""
    message, hint = (masked(text[:_LONGEST]) for text in (problem.message, problem.hint))
    return replace(problem, message=message, hint=hint)


def _first(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Keep what a person can mend at one time; errors come before warnings."""
    counted = [problem for problem in problems if problem.code != "too-many-problems"]
    if len(counted) <= MOST_PROBLEMS:
        return problems
    first = sorted(sorted(counted, key=lambda problem: problem.severity)[:MOST_PROBLEMS])
    more = fault("too-many-problems", most=MOST_PROBLEMS)
    more = more._replace(severity=min(problem.severity for problem in first))
    return (*first, more.placed(first[-1].path, first[-1].line, first[-1].column))


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Keep those that stop a build."""
    return tuple(problem for problem in problems if problem.severity == "error")


def as_text(problems: Iterable[Problem]) -> str:
    """One paragraph a problem: place and message, then the remedy, then where the manual explains it."""
    return "\n\n".join(_paragraph(problem, manual) for problem, manual in with_manual(problems))


def with_manual(problems: Iterable[Problem]) -> Iterator[tuple[Problem, str]]:
    """Give each problem with its place in the manual where its code comes first; else with nothing."""
    explained: set[str] = set()
    for problem in problems:
        yield problem, "" if problem.code in explained else problem.manual
        explained.add(problem.code)


def _paragraph(problem: Problem, manual: str) -> str:
    place = f"{problem.path}:{problem.line}:{problem.column}"
    first = f"{place}: {problem.severity}: {problem.message} [{problem.code}]"
    parts = (first, problem.hint, f"See {manual}" if manual else "")
    # In whatever log it stands, it is no command to a terminal or to a workflow.
    lines = (visible(part).replace("##[", "## [").replace("##vso[", "## vso[") for part in parts if part)
    return "\n    ".join(lines)


def as_github(problems: Iterable[Problem], address: str = "") -> str:
    """Workflow commands, which GitHub shows beside the changed line of a pull request.

    Args:
        problems: of which the first are taken, errors before warnings.
        address: the address of the repository's files, with a slash at its end, where they have one.
    """
    every = tuple(problems)
    stopping = errors(every)
    others = (problem for problem in every if problem.severity != "error")
    first = (*islice(stopping, MOST_ANNOTATIONS), *islice(others, MOST_ANNOTATIONS))
    return "\n".join(_annotation(problem, address) for problem in first)


def _annotation(problem: Problem, address: str) -> str:
    text = "\n".join(filter(None, (problem.message, problem.hint, f"See {address}{problem.manual}")))
    place = {"file": problem.path, "line": problem.line, "col": problem.column, "title": problem.code}
    listed = ",".join(f"{key}={_data(str(value), ':', ',')}" for key, value in place.items())
    return f"::{problem.severity} {listed}::{_data(text)}"


def _data(text: str, *others: str) -> str:
    """A text without the signs that end it: percent (the first), ends of lines and others."""
    for sign in ("%", "\r", "\n", *others):
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


def as_json(problems: Iterable[Problem]) -> str:
    """A list of objects with the attributes of `Problem` but its line, and its place in the manual.

    What was meant is what stands there, mended: it is given where the line is.
    """
    listed = [asdict(problem) | {"manual": problem.manual} for problem in problems]
    for entry in listed:
        del entry["unquoted"]
        entry["meant"] = entry["meant"] if entry.pop("source") else ""
    return json.dumps(listed, indent=2)  # in ASCII alone, since a terminal may show it


def quoted(value: object) -> str:
    """Give a value as it may stand in a message: short, in one line."""
    text = masked(json.dumps(value, ensure_ascii=False, default=str)[:_LONGEST])
    return text if len(text) <= 60 else f"{text[:57]}…"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Propose the nearest known word, or say nothing."""
    compared = [*islice(known, MOST_COMPARED if len(word) <= _LONGEST_WORD else 0)]
    near = difflib.get_close_matches(word, compared, n=1, cutoff=0.6)
    return f"Did you mean `{near[0]}`? " if near else ""


def surely(word: str, known: Iterable[str]) -> str:
    """Give the known word that a person must have meant: one is near, and no other; else nothing."""
    if len(word) > _LONGEST_WORD:
        return ""
    numbers = re.findall(r"[0-9]+", word)  # goal-2 is no slip for goal-1
    listed = [name for name in islice(known, MOST_COMPARED) if re.findall(r"[0-9]+", name) == numbers]
    # Case, hyphens and spaces are the first things to slip.
    bare = [re.sub(r"[\s_-]", "", name.casefold()) for name in (word, *listed)]
    same = [name for name, letters in zip(listed, bare[1:], strict=True) if letters == bare[0]]
    near = same or (difflib.get_close_matches(word, listed, n=2, cutoff=0.8) if len(word) > 3 else [])
    return near[0] if len(near) == 1 else ""


def known(names: Iterable[str], where: str = "") -> str:
    """List what is known, in a sentence that stays short: the first names, then how many more."""
    listed = list(names)
    more = len(listed) - MOST_LISTED
    said = ", ".join(listed[:MOST_LISTED]) or "none"
    return f"Known{where}: {said}{f' and {more} more' if more > 0 else ''}."
