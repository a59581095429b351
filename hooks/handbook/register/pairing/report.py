"""A proposal -> a report that a coordinator reads: here its numbers and names, in data/report/ its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ... import DATA
from ..ledger.signup import SignUp
from . import features
from .assignment import MOST, Pairs
from .comparison import Comparison, compare
from .criteria import answered, parts, shared_terms
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
        sides: by role, who signed up for it.
        both: how many signed up in both roles.
        alone: how many have no pairing at all.
        half: how many have one in one of their two roles alone.
        silent: the criteria of which nobody said anything.
        most: how many pairings there are at most with all rules, and their points.
        people: by id.
    """

    title: str
    names: Names
    sides: Mapping[str, Sequence[SignUp]]
    pairings: Sequence[Pairing]
    left: Sequence[Left]
    costs: Sequence[Cost]
    comparison: Comparison
    both: int
    alone: int
    half: int
    silent: Sequence[str]
    most: tuple[int, int]
    people: Mapping[str, SignUp]

    def rule(self, name: str) -> str:
        """A rule as a sentence."""
        return self.names.rules.get(name) or STANDING[name]


def explained(title: str, table: Table, pairs: Pairs, names: Names) -> Report:
    """Say who could meet whom and why, who stays without, and how good the whole is.

    Args:
        title: of the program and its cohort.
        table: everyone with everyone.
        pairs: the best assignment on the board, without those that stand.
        names: what things are called.
    """
    mentors, mentees = table.mentors, table.mentees
    pairings = sorted(_pairings(table, (*table.pinned, *pairs), names), key=_by_name)
    left = left_out(table, pairs)
    met = {person.id for pairing in pairings for person in (pairing.mentor, pairing.mentee)}
    without = {entry.person.id for entry in left}
    best = table.board.largest
    return Report(
        title, names, {"mentor": mentors, "mentee": mentees}, pairings, left, costs(table),
        compare(table.board, pairs),
        both=len({person.id for person in mentors} & {person.id for person in mentees}),
        alone=len(without - met),
        half=len(without & met),
        silent=[name for name, _ in table.terms.weights if not any(answered(name, mentors, mentees))],
        most=(len(best), table.board.total(best)),
        people={person.id: person for person in (*mentors, *mentees)},
    )  # fmt: skip


def _by_name(pairing: Pairing) -> tuple[str, str]:
    """As a reader looks for people."""
    return called(pairing.mentor).casefold(), called(pairing.mentee).casefold()


def called(person: SignUp) -> str:
    """What a person is called on this computer alone."""
    return person.name or person.id


def _pairings(table: Table, pairs: Pairs, names: Names) -> Iterator[Pairing]:
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
            tuple(_parts(table, row, column, names)),
            (table.mentors[-other], points, partners.get(-other, ())) if others else None,
        )


def _parts(table: Table, row: int, column: int, names: Names) -> Iterator[Part]:
    """What each criterion gives of which anybody said anything."""
    mentor, mentee, when = table.mentors[row], table.mentees[column], table.terms.when
    titles: Mapping[str, Mapping[str, str]] = {"topics": names.topics, "goals": names.goals}
    for name, share in parts(mentor, mentee, table.terms.weights, when).items():
        if any(answered(name, table.mentors, table.mentees)):
            # Where somebody does not say a place, both places are fine: nothing is missing.
            answers = 2 if name == "location" else sum(answered(name, (mentor,), (mentee,)))
            shared = [titles.get(name, {}).get(term, term) for term in shared_terms(name, mentor, mentee)]
            hours = features.shared_hours((mentor,), (mentee,), when.day, when.zone)[0, 0]
            yield Part(name, share * MOST, answers, shared, float(hours) if name == "hours" else None)


def as_text(report: Report) -> str:
    """The report for a terminal."""
    return _rendered(report, "text.j2")


def as_html(report: Report) -> str:
    """The report as a page that asks no other host for anything."""
    return _rendered(report, "page.j2")


def _rendered(report: Report, look: str) -> str:
    """Put the words into one of two looks; what people said is a value there, and never a template."""
    environment = Environment(
        loader=FileSystemLoader(DATA / "report"), autoescape=look == "page.j2", undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["called"] = called
    environment.filters["percent"] = lambda points: f"{round(100 * points / MOST)} %"
    # In tenths: one pairing among hundreds changes no more.
    environment.globals["mean"] = lambda total, number: f"{100 * total / number / MOST:.1f} %"
    return environment.get_template("report.j2").render(report=report, look=look)
