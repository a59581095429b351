"""Cohort, complete: one run of a program, its people, pairings and results."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from types import MappingProxyType
from typing import Any

from ...text.document import Document
from ...text.problems import Problem, did_you_mean
from ...text.prose import Rich, Text
from .program import Audience, Program, Role, covers

_NOBODY: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Person:
    """One participant; `number` is what the site calls somebody without a name, such as Mentor 6."""

    id: str
    role: Role
    number: int
    name: Text = Text()
    unit: Text = Text()
    topics: tuple[str, ...] = ()
    capacity: int | None = None
    consent: str = "nobody"

    def shown_to(self, audience: Audience) -> Text:
        """The name, where the person's consent covers the readers; else an empty text."""
        return self.name if covers(self.consent, audience) else Text()


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
    dates: Mapping[str, date] = field(default_factory=dict)
    people: tuple[Person, ...] = ()
    pairings: tuple[Pairing, ...] = ()
    results: Results | None = None


def cohort(
    document: Document, of: Program, prose: Mapping[str, str], elsewhere: Mapping[str, str] = _NOBODY
) -> tuple[Cohort, tuple[Problem, ...]]:
    """Make a cohort of its valid file.

    Args:
        document: the file.
        of: its program.
        prose: the long texts beside the file, by name.
        elsewhere: the file of another cohort for each id of a person who is there.

    Returns:
        The cohort, and a problem for each pairing that names nobody known, and each story without its file.
    """
    said = document.mapping
    people = _people(said.get("people", ()))
    pairings, problems = _pairings(document, said.get("pairings", ()), people, elsewhere)
    name = document.path.split("/")[-1].removesuffix(".yml")
    sign_up = said.get("sign_up", {})
    made = Cohort(
        id=name,
        path=document.path,
        program=of,
        title=said.get("title") or _cohort_title(name),
        start=date.fromisoformat(said["start"]),
        end=_day(said, "end"),
        sign_up_opens=_day(sign_up, "opens"),
        sign_up_closes=_day(sign_up, "closes"),
        dates={key: date.fromisoformat(value) for key, value in said.get("dates", {}).items()},
        people=people,
        pairings=pairings,
        results=_results(said["results"], prose) if "results" in said else None,
    )
    return made, (*problems, *_story_problems(document, prose))


def _day(said: Mapping[str, Any], key: str) -> date | None:
    return date.fromisoformat(said[key]) if key in said else None


def _cohort_title(name: str) -> Text:
    words = name.split("-")
    if len(words) > 1 and words[0].isdigit():
        words = [*words[1:], words[0]]
    return Text(" ".join(words).capitalize())


def _people(said: Iterable[Mapping[str, Any]]) -> tuple[Person, ...]:
    entries = tuple(said)
    numbers = numbered(entries)
    return tuple(
        Person(**{**one, "number": number, "topics": tuple(one.get("topics", ()))})
        for one, number in zip(entries, numbers, strict=True)
    )


def numbered(people: Iterable[Mapping[str, Any]]) -> tuple[int, ...]:
    """Number the entries of a file by role.

    `mentor-6` is Mentor 6 whoever comes or goes, and so is who has `number: 6`; the others take the first
    that is free. Only an id that says nothing gives its number: of any other even a hash could be guessed.
    """
    known = [(one["role"], one.get("number") or _in_id(one["id"], one["role"])) for one in people]
    taken = {(role, number) for role, number in known if number}
    found = []
    for role, said in known:
        number = said or next(n for n in count(1) if (role, n) not in taken)
        taken.add((role, number))
        found.append(number)
    return tuple(found)


def _in_id(name: str, role: str) -> int | None:
    found = re.fullmatch(rf"{role}-([1-9][0-9]{{0,3}})", name)
    return int(found[1]) if found else None


def _pairings(
    document: Document,
    said: Iterable[Mapping[str, Any]],
    people: Sequence[Person],
    elsewhere: Mapping[str, str],
) -> tuple[tuple[Pairing, ...], tuple[Problem, ...]]:
    known = {person.id: person for person in people}
    pairings: list[Pairing] = []
    problems: list[Problem] = []
    for index, one in enumerate(said):
        unknown = [role for role in ("mentor", "mentee") if one[role] not in known]
        for role in unknown:
            # No ids of people in messages: GitHub shows them to everyone.
            hint = f"Add the person under `people` with `role: {role}`, or correct the id here."
            if other := elsewhere.get(one[role]):
                hint = f"{other} has that person; each cohort lists its own people. {hint}"
            message = f"`people` has no such id as that of the {role} here."
            place = ("pairings", index, role)
            problems.append(document.problem("pairing-names-unknown-person", place, message, hint))
        if not unknown:
            pairings.append(_pairing(index, one, known))
    return tuple(pairings), tuple(problems)


def _pairing(number: int, said: Mapping[str, Any], known: Mapping[str, Person]) -> Pairing:
    return Pairing(
        number,
        known[said["mentor"]],
        known[said["mentee"]],
        tuple(said.get("topics", ())),
        tuple(said.get("goals", ())),
        {role: date.fromisoformat(value) for role, value in said.get("confirmed", {}).items()},
        *(_day(said, key) for key in ("announce", "paused", "completed", "ended")),
    )


def _story_problems(document: Document, prose: Mapping[str, str]) -> Iterable[Problem]:
    for index, story in enumerate(document.mapping.get("results", {}).get("stories", ())):
        name = story.get("file", "")
        if name and "text" in story:
            message = "The text stands here and in a file."
            path = ("results", "stories", index, "file")
            yield document.problem("text-and-file", path, message, "Keep one of `text` and `file`.")
        elif name and name not in prose:
            hint = f"Put {name} beside this file. {did_you_mean(name, prose)}".strip()
            path = ("results", "stories", index, "file")
            yield document.problem("no-such-file", path, f"There is no file {name} here.", hint)


def _results(said: Mapping[str, Any], prose: Mapping[str, str]) -> Results:
    stories = tuple(
        {**story, "text": Rich(story.get("text") or prose.get(story["file"], ""))}
        for story in said.get("stories", ())
    )
    measures = {goal: Result(**result) for goal, result in said.get("measures", {}).items()}
    return Results(measures, stories, tuple(said.get("lessons", ())))
