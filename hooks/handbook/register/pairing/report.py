"""A proposal -> a report that a coordinator reads: here its numbers and names, in data/report/ its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ... import DATA
from ...text.signs import visible
from ..ledger.signup import SignUp
from .assignment import Pairs
from .comparison import Comparison, compare
from .criteria import MOST, answered, shared_hours, shared_terms, worth
from .proposal import Table
from .reasons import Cost, Left, costs, left_out

STANDING = {
    "not-with": "Somebody asked not to be paired with the other.",
    "not-again": "They were paired before.",
    "forbidden": "You ruled it out.",
}


@dataclass(frozen=True)
class Names:
    """What things are called in the report."""

    topics: Mapping[str, str]  # titles by id
    goals: Mapping[str, str]
    criteria: Mapping[str, str]  # in words, by name
    rules: Mapping[str, str]  # a sentence each, by name


@dataclass(frozen=True)
class Part:
    """What one criterion gives a pairing."""

    criterion: str
    points: float  # out of MOST
    answers: int  # how many of the two said what it compares
    shared: Sequence[str]  # what they list alike
    hours: float | None  # of a day that they share, where that is compared


@dataclass(frozen=True)
class Pairing:
    """One pairing of the proposal, with its points out of MOST."""

    mentor: SignUp
    mentee: SignUp
    points: int
    stands: bool  # whether it stood before
    parts: Sequence[Part]
    # The best other mentor for the same mentee, the points, and whom that mentor meets.
    next_best: tuple[SignUp, int, Sequence[SignUp]] | None


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

    def rule(self, name: str) -> str:
        """A rule as a sentence."""
        return self.names.rules.get(name) or STANDING[name]


def explained(title: str, table: Table, pairs: Pairs, names: Names) -> Report:
    """Say who meets whom and why, who stays without, how good it is; `pairs` are without those that stand."""
    criteria = [name for name, _ in table.terms.weights]
    asked = [name for name in criteria if name in dict(table.weights)]
    silent = [name for name in criteria if name not in asked]
    pairings = list(_pairings(table, (*table.pinned, *pairs), names, asked))
    pairings.sort(key=lambda two: (_called(two.mentor).casefold(), _called(two.mentee).casefold()))
    left = left_out(table, pairs)
    return Report(title, names, table, pairings, left, costs(table), compare(table, pairs), silent)


def _called(person: SignUp) -> str:
    return visible(person.name) or person.id


def _pairings(table: Table, pairs: Pairs, names: Names, asked: Sequence[str]) -> Iterator[Pairing]:
    partners: dict[int, list[SignUp]] = {}
    for row, column in sorted(pairs):
        partners.setdefault(row, []).append(table.mentees[column])
    board = table.board
    for row, column in sorted(pairs):
        others = [(int(board.scores[other, column]), -other) for other in range(len(table.mentors))
                  if other != row and board.allowed[other, column]]  # fmt: skip
        points, other = max(others, default=(0, 0))
        yield Pairing(
            table.mentors[row],
            table.mentees[column],
            int(board.scores[row, column]),
            (row, column) in table.pinned,
            [_part(table, row, column, names, name) for name in asked],
            (table.mentors[-other], points, partners.get(-other, ())) if others else None,
        )


def _part(table: Table, row: int, column: int, names: Names, criterion: str) -> Part:
    mentor, mentee, when = table.mentors[row], table.mentees[column], table.terms.when
    two = (mentor,), (mentee,)
    titles = {"topics": names.topics, "goals": names.goals}.get(criterion, {})
    answers = sum(answered(criterion, two))
    shared = [titles.get(term, term) for term in shared_terms(criterion, mentor, mentee)]
    hours = float(shared_hours(two, when)[0, 0]) if criterion == "hours" else None
    return Part(criterion, MOST * float(worth(criterion, two, when)[0, 0]), answers, shared, hours)


def rendered(report: Report, look: Literal["text.j2", "page.j2"]) -> str:
    """The report for a terminal, or as a page that asks no other host for anything.

    What people said is a value there, and never a template.
    """
    environment = Environment(
        loader=FileSystemLoader(DATA / "report"), autoescape=look == "page.j2", undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["called"] = _called
    environment.filters["percent"] = lambda points: f"{round(100 * points / MOST)} %"
    # In tenths: one pairing among hundreds changes no more.
    environment.globals["mean"] = lambda total, number: f"{100 * total / number / MOST:.1f} %"
    return environment.get_template("report.j2").render(report=report, look=look)
