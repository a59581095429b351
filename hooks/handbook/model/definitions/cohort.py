"""Cohort, complete: one run of a program, its people, pairings and results."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from ...text.document import Document
from ...text.problems import Problem
from ...text.prose import Rich, Text
from .builder import build
from .choice import long_text
from .program import PARTICIPANTS, Named, Program, Role


@dataclass(frozen=True)
class Person(Named):
    """One participant; `number` is what the site calls somebody without a name, such as Mentor 6."""

    id: str
    role: Role
    number: int
    unit: Text = Text()
    topics: tuple[str, ...] = ()
    capacity: int | None = None


@dataclass(frozen=True)
class Pairing:
    """One mentor and one mentee in a cohort; `number` is its place in the file, from 0."""

    number: int
    mentor: Person
    mentee: Person
    topics: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    confirmed: Mapping[str, date] = field(default_factory=dict)
    announce: date | None = None
    paused: date | None = None
    completed: date | None = None
    ended: date | None = None

    @property
    def id(self) -> str:
        """What its page is called: the numbers of the two, which say nothing; the mentor's comes first."""
        return f"{self.mentor.number}-with-{self.mentee.number}"

    @property
    def closed(self) -> bool:
        """Whether it takes nobody's time any more."""
        return bool(self.completed or self.ended)


@dataclass(frozen=True)
class Result:
    """What was reached for one goal, and from how many answers."""

    actual: float
    baseline: float | None = None
    n: int | None = None


@dataclass(frozen=True)
class Results:
    """What came out of a cohort."""

    measures: Mapping[str, Result] = field(default_factory=dict)
    stories: tuple[Mapping[str, Text], ...] = ()
    lessons: tuple[Mapping[str, Text], ...] = ()


@dataclass(frozen=True, eq=False)  # each is itself: a key for what is worked out of it
class Cohort:
    """One run of a program, with a start date."""

    id: str
    path: str
    program: Program
    title: Text
    start: date
    end: date | None = None
    sign_up_opens: date | None = None
    sign_up_closes: date | None = None
    plan_from: date | None = None
    dates: Mapping[str, date] = field(default_factory=dict)
    people: tuple[Person, ...] = ()
    pairings: tuple[Pairing, ...] = ()
    results: Results | None = None
    draft: bool = False
    cancelled: date | None = None
    postponed: date | None = None

    @property
    def unpublished(self) -> bool:
        """Whether it is a draft, or of a program that is one."""
        return self.draft or self.program.draft

    @property
    def lessons(self) -> tuple[Mapping[str, Text], ...]:
        """What people said of it, and what is done about it."""
        return self.results.lessons if self.results else ()

    @property
    def called_off(self) -> date | None:
        """Since when its days hold no more."""
        return min(filter(None, (self.cancelled, self.postponed)), default=None)


def cohort(
    document: Document, of: Program, prose: Mapping[str, str], elsewhere: Mapping[str, str]
) -> tuple[Cohort, tuple[Problem, ...]]:
    """Make a cohort of its valid file, of its program and of the long texts beside the file, by name.

    `elsewhere` has the file of another cohort for each id of a person who is there. There is a problem for
    each pairing that names nobody known, and for each story without its file.
    """
    said = document.mapping
    entries = said.get("people", ())
    numbers = zip(entries, numbered(entries), strict=True)
    people = tuple(build(Person, entry, number=number) for entry, number in numbers)
    pairings, problems = _pairings(document, people, elsewhere)
    results, without_text = _results(document, prose)
    name = document.path.split("/")[-1].removesuffix(".yml")
    words = re.sub("^([0-9]+)-(.+)", r"\2 \1", name).replace("-", " ")  # Spring 2027 of 2027-spring
    complete = build(
        Cohort,
        {**said, **{f"sign_up_{end}": day for end, day in said.get("sign_up", {}).items()}},
        id=name,
        path=document.path,
        program=of,
        title=said.get("title") or Text(words.capitalize()),
        people=people,
        pairings=pairings,
        results=results,
    )
    return complete, (*problems, *without_text)


def numbered(people: Iterable[Mapping[str, Any]]) -> tuple[int, ...]:
    """Number the entries of a file by role.

    `mentor-6` is Mentor 6 whoever comes or goes, and so is who has `number: 6`; the others take the first
    that is free. Only an id that says nothing gives its number: of any other even a hash could be guessed.
    """
    known = [
        (person["role"], person.get("number") or _in_id(person["id"], person["role"])) for person in people
    ]
    taken = {(role, number) for role, number in known if number}
    numbers = []
    for role, given in known:
        number = given or next(n for n in count(1) if (role, n) not in taken)
        taken.add((role, number))
        numbers.append(number)
    return tuple(numbers)


def _in_id(name: str, role: str) -> int | None:
    match = re.fullmatch(rf"{role}-([1-9][0-9]{{0,3}})", name)
    return int(match[1]) if match else None


def _pairings(
    document: Document, people: Iterable[Person], elsewhere: Mapping[str, str]
) -> tuple[tuple[Pairing, ...], tuple[Problem, ...]]:
    known = {person.id: person for person in people}
    pairings: list[Pairing] = []
    problems: list[Problem] = []
    for index, entry in enumerate(document.mapping.get("pairings", ())):
        unknown = [role for role in PARTICIPANTS if entry[role] not in known]
        for role in unknown:
            # No ids of people in messages: GitHub shows them to everyone.
            path = elsewhere.get(entry[role], "")
            key = "pairing-names-unknown-person.elsewhere" if path else "pairing-names-unknown-person"
            problems.append(document.problem(key, ("pairings", index, role), role=role, path=path))
        if not unknown:
            two = {role: known[entry[role]] for role in PARTICIPANTS}
            pairings.append(build(Pairing, entry, number=index, **two))
    return tuple(pairings), tuple(problems)


def _results(document: Document, prose: Mapping[str, str]) -> tuple[Results | None, Sequence[Problem]]:
    said = document.mapping.get("results")
    if said is None:
        return None, ()
    stories, problems = [], []
    for index, story in enumerate(said.get("stories", ())):
        text = long_text(story, ("results", "stories", index), document, prose, "this file")
        if isinstance(text, Problem):
            problems.append(text)
            text = Rich(story.get("text", ""))
        stories.append({**story, "text": text})
    return build(Results, said, stories=tuple(stories)), problems
