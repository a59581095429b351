"""A proposal -> a report that a coordinator reads: here its numbers and names, in data/report/ its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ... import DATA
from ..ledger.signup import SignUp
from . import features
from .assignment import MOST, Pairs
from .comparison import Comparison, compare
from .criteria import answered, shared_terms, worth
from .proposal import Table
from .reasons import Cost, Left, costs, left_out

STANDING = {
    "not-with": "Somebody asked not to be paired with the other.",
    "not-again": "They were paired before.",
    "forbidden": "You ruled it out.",
}


@dataclass(frozen=True)
class Names:
    """What things are called in the report.

    Attributes:
        topics: titles by id.
        goals: titles by id.
        criteria: in words, by name.
        rules: a sentence each, by name.
    """

    topics: Mapping[str, str]
    goals: Mapping[str, str]
    criteria: Mapping[str, str]
    rules: Mapping[str, str]


@dataclass(frozen=True)
class Part:
    """What one criterion gives a pairing.

    Attributes:
        points: out of MOST.
        answers: how many of the two said what it compares.
        shared: what they list alike.
        hours: of a day that they share, where that is compared.
    """

    criterion: str
    points: float
    answers: int
    shared: Sequence[str]
    hours: float | None


@dataclass(frozen=True)
class Pairing:
    """One pairing of the proposal, with its points out of MOST.

    Attributes:
        stands: whether it stood before.
        next_best: the best other mentor for the same mentee, the points, and whom that mentor meets.
    """

    mentor: SignUp
    mentee: SignUp
    points: int
    stands: bool
    parts: Sequence[Part]
    next_best: tuple[SignUp, int, Sequence[SignUp]] | None


@dataclass(frozen=True)
class Report:
    """What a coordinator reads, from top to bottom.

    Attributes:
        silent: the criteria of which nobody said anything.
    """

    title: str
    names: Names
    table: Table
    pairings: Sequence[Pairing]
    left: Sequence[Left]
    costs: Sequence[Cost]
    comparison: Comparison
    silent: Sequence[str]

    @property
    def both(self) -> int:
        """How many signed up in both roles."""
        return len(_ids(self.table.mentors) & _ids(self.table.mentees))

    @property
    def alone(self) -> tuple[int, int]:
        """How many have no pairing at all, and how many have one in one of their two roles."""
        met = _ids(person for pairing in self.pairings for person in (pairing.mentor, pairing.mentee))
        left = _ids(entry.person for entry in self.left)
        return len(left - met), len(left & met)

    def person(self, identifier: str) -> SignUp:
        """Somebody by id."""
        everyone = (*self.table.mentors, *self.table.mentees)
        return next(person for person in everyone if person.id == identifier)

    def rule(self, name: str) -> str:
        """A rule as a sentence."""
        return self.names.rules.get(name) or STANDING[name]


def _ids(people: Iterable[SignUp]) -> set[str]:
    return {person.id for person in people}


def explained(title: str, table: Table, pairs: Pairs, names: Names) -> Report:
    """Say who could meet whom and why, who stays without, and how good the whole is.

    Args:
        title: of the program and its cohort.
        table: everyone with everyone.
        pairs: the best assignment on the board, without those that stand.
        names: what things are called.
    """
    criteria = [name for name, _ in table.terms.weights]
    asked = [name for name in criteria if any(answered(name, table.mentors, table.mentees))]
    silent = [name for name in criteria if name not in asked]
    pairings = list(_pairings(table, (*table.pinned, *pairs), names, asked))
    pairings.sort(key=lambda two: (called(two.mentor).casefold(), called(two.mentee).casefold()))
    left = left_out(table, pairs)
    return Report(title, names, table, pairings, left, costs(table), compare(table.board, pairs), silent)


def called(person: SignUp) -> str:
    """What a person is called on this computer alone."""
    return person.name or person.id


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
    titles = {"topics": names.topics, "goals": names.goals}.get(criterion, {})
    # Where somebody does not say a place, both places are fine: nothing is missing.
    answers = 2 if criterion == "location" else sum(answered(criterion, (mentor,), (mentee,)))
    shared = [titles.get(term, term) for term in shared_terms(criterion, mentor, mentee)]
    hours = features.shared_hours((mentor,), (mentee,), when.day, when.zone) if criterion == "hours" else None
    points = MOST * float(worth(criterion, (mentor,), (mentee,), when)[0, 0])
    return Part(criterion, points, answers, shared, None if hours is None else float(hours[0, 0]))


def rendered(report: Report, look: Literal["text.j2", "page.j2"]) -> str:
    """The report for a terminal, or as a page that asks no other host for anything.

    What people said is a value there, and never a template.
    """
    environment = Environment(
        loader=FileSystemLoader(DATA / "report"), autoescape=look == "page.j2", undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["called"] = called
    environment.filters["percent"] = lambda points: f"{round(100 * points / MOST)} %"
    # In tenths: one pairing among hundreds changes no more.
    environment.globals["mean"] = lambda total, number: f"{100 * total / number / MOST:.1f} %"
    return environment.get_template("report.j2").render(report=report, look=look)
