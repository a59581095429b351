"""A proposal -> a report that a coordinator reads: here its numbers and names, in data/report/ its words."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from typing import Literal

import numpy as np
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ... import DATA
from ...text.signs import visible
from ..ledger.ledger import Couple, SignUp
from ..ledger.people import number
from .assignment import Pair, Pairs
from .comparison import Comparison, compare
from .criteria import MOST, Setting, fields, shared_hours, shared_terms, worth
from .proposal import Table
from .reasons import Cost, Left, costs, left_out

STANDING = {
    "not-with": "Somebody asked not to be paired with the other.",
    "not-again": "They were paired before.",
    "forbidden": "You ruled it out, somebody said no, or it ended.",
}


@dataclass(frozen=True)
class Names:
    """What things are called in the report."""

    topics: Mapping[str, str]  # titles by id
    goals: Mapping[str, str]
    criteria: Mapping[str, str]  # in words, by name
    rules: Mapping[str, str]  # a sentence each, by name


@dataclass(frozen=True)
class Asking:
    """How both people of each pairing are asked."""

    command: str = ""  # notes what they say, once `--yes-to` and `--no-to` are put behind it
    answer_by: str = ""  # a day in words; empty where none is said
    yes: Mapping[Couple, Collection[str]] = field(default_factory=dict)  # by ids, the roles that said it


@dataclass(frozen=True)
class Row:
    """What two people say of one thing, side by side."""

    thing: str  # a criterion, or `unit`, or `grade`
    points: float | None  # out of MOST; None where it is not compared
    mentor: Sequence[str]
    mentee: Sequence[str]
    shared: Sequence[str]  # what they list alike
    unmet: Sequence[str]  # what the mentee wants and the mentor does not offer
    hours: float | None  # of a day that they share, where that is compared


@dataclass(frozen=True)
class NextBest:
    """The best other partner whom the rules allow somebody."""

    person: SignUp
    partner: SignUp
    points: int
    meets: Sequence[SignUp]  # whom that partner meets in the proposal
    alike: int  # partners who would be as good


@dataclass(frozen=True)
class Pairing:
    """One pairing of the proposal, with its points out of MOST."""

    pair: Pair  # the indexes of the two
    mentor: SignUp
    mentee: SignUp
    points: int
    stands: bool  # whether it stood before
    rows: Sequence[Row]
    next_best: Sequence[NextBest]  # the mentor's and the mentee's, as far as anybody else is allowed

    @property
    def number(self) -> str:
        """What it is called for short."""
        return number((self.mentor.id, self.mentee.id))


@dataclass(frozen=True)
class Report:
    """What a coordinator reads, from top to bottom."""

    title: str
    names: Names
    table: Table
    pairings: Sequence[Pairing]
    left: Sequence[Left]
    costs: Sequence[Cost]
    comparison: Comparison
    silent: Sequence[str]  # the criteria of which nobody said anything
    asking: Asking

    @property
    def both(self) -> int:
        """How many signed up in both roles."""
        return len(self.table.mentors) + len(self.table.mentees) - len(self.people)

    @property
    def alone(self) -> tuple[int, int]:
        """How many have no pairing at all, and how many have one in one of their two roles."""
        met = {person.id for two in self.pairings for person in (two.mentor, two.mentee)}
        left = {entry.person.id for entry in self.left}
        return len(left - met), len(left & met)

    @cached_property
    def people(self) -> Mapping[str, SignUp]:
        """Everyone by id."""
        return {person.id: person for person in (*self.table.mentors, *self.table.mentees)}

    @property
    def tells_apart(self) -> bool:
        """Whether any two people who may meet fit better than any others."""
        points = self.table.board.scores[self.table.board.allowed]
        return bool(points.size) and int(points.min()) < int(points.max())


def explained(title: str, table: Table, pairs: Pairs, names: Names, asking: Asking = Asking()) -> Report:
    """Say who meets whom and why, who stays without, how good it is; `pairs` are without those that stand."""
    names = replace(names, rules={**STANDING, **names.rules})
    silent = [name for name, _ in table.terms.weights if name not in dict(table.weights)]
    pairings = list(_pairings(table, (*table.pinned, *pairs), names))
    pairings.sort(key=lambda two: (_called(two.mentor).casefold(), _called(two.mentee).casefold()))
    left = left_out(table, pairs)
    compared = compare(table, pairs)
    return Report(title, names, table, pairings, left, costs(table), compared, silent, asking)


def _called(person: SignUp) -> str:
    return visible(person.name) or person.id


def _pairings(table: Table, pairs: Pairs, names: Names) -> Iterator[Pairing]:
    for row, column in sorted(pairs):
        yield Pairing(
            (row, column),
            table.mentors[row],
            table.mentees[column],
            int(table.board.scores[row, column]),
            (row, column) in table.pinned,
            [*_rows(table, row, column, names)],
            [*next_best(table, pairs, (row, column))],
        )


def next_best(table: Table, pairs: Pairs, pair: Pair) -> Iterator[NextBest]:
    """The best other partner of each of two people, where everyone else meets as in these pairs."""
    board, sides = table.board, (table.mentors, table.mentees)
    for side, other in ((0, 1), (1, 0)):
        fit = np.where(board.allowed.take(pair[side], side), board.scores.take(pair[side], side), -1)
        fit[[met[other] for met in (pair, *pairs) if met[side] == pair[side]]] = -1
        if (points := int(fit.max(initial=-1))) >= 0:
            best = int(fit.argmax())
            meets = [sides[side][met[side]] for met in pairs if met[other] == best]
            person, partner = sides[side][pair[side]], sides[other][best]
            yield NextBest(person, partner, points, meets, int((fit == points).sum()))


def next_best_of(table: Table, couples: Iterable[Couple]) -> Iterator[NextBest]:
    """The best other partner of each of these people, by their ids, beside the pairings that stand."""
    sides = table.mentors, table.mentees
    rows, columns = ({person.id: index for index, person in enumerate(side)} for side in sides)
    for mentor, mentee in couples:
        yield from next_best(table, table.pinned, (rows[mentor], columns[mentee]))


def _rows(table: Table, row: int, column: int, names: Names) -> Iterator[Row]:
    """What both say, side by side; nothing of which neither said anything."""
    mentor, mentee, when = table.mentors[row], table.mentees[column], table.terms.when
    for thing in ("unit", "grade"):
        yield Row(thing, None, _words(mentor, thing, when), _words(mentee, thing, when), (), (), None)
    for name, _ in table.weights:
        titles = {"topics": names.topics, "goals": names.goals}.get(name, {})
        ours, theirs = (
            [titles.get(word, word) for word in _words(person, field, when)]
            for person, field in zip((mentor, mentee), fields(name), strict=True)
        )
        shared = [titles.get(term, term) for term in shared_terms(name, mentor, mentee)]
        unmet = [term for term in theirs if term not in shared] if name in ("topics", "skills") else []
        two = (mentor,), (mentee,)
        hours = float(shared_hours(two, when)[0, 0]) if name == "hours" and ours and theirs else None
        yield Row(name, MOST * float(worth(name, two, when)[0, 0]), ours, theirs, shared, unmet, hours)


def _words(person: SignUp, field: str, when: Setting) -> Sequence[str]:
    """What somebody said, in words."""
    said = getattr(person, field)
    if field == "hours" and said:
        hours = "any time" if said == (0, 24) else f"{said[0]}–{said[1]} h"
        return hours, person.timezone or when.zone
    said = said.replace("-", " ") if field == "location" else said
    return tuple(filter(None, [said] if isinstance(said, str) else said or ()))


def rendered(report: Report, look: Literal["text.j2", "page.j2"]) -> str:
    """The report for a terminal, or as a page that asks no other host for anything.

    What people said is a value there, and never a template. The page runs the one script of its policy.
    """
    environment = Environment(
        loader=FileSystemLoader(DATA / "report"), autoescape=look == "page.j2", undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["called"] = _called
    environment.filters["percent"] = lambda points: f"{round(100 * points / MOST)} %"
    environment.filters["hashed"] = lambda text: b64encode(sha256(text.encode()).digest()).decode()
    # In tenths: one pairing among hundreds changes no more.
    environment.globals["mean"] = lambda total, number: f"{100 * total / number / MOST:.1f} %"
    return environment.get_template("report.j2").render(report=report, look=look)
