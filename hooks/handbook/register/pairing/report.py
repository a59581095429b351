"""A proposal -> a report that a coordinator reads: in words, with the reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from jinja2 import Environment

from ..ledger.signup import SignUp
from . import features
from .assignment import MOST, Pairs
from .comparison import Comparison, compare
from .criteria import When, answered
from .proposal import Proposed, Table, proposed
from .reasons import Cost, Left, Reason, costs, left_out


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
class Entry:
    """One thing of the report: a heading, and what is said below it."""

    heading: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """What a coordinator reads, from top to bottom."""

    title: str
    lead: tuple[str, ...]
    parts: tuple[tuple[str, tuple[Entry, ...]], ...] = field(default=())


def explained(title: str, laid: Table, pairs: Pairs, names: Names) -> Report:
    """Say who could meet whom and why, who stays without, and how good the whole is.

    Args:
        title: of the program and its cohort.
        laid: everyone with everyone.
        pairs: the best assignment on the board, without those that stand.
        names: what things are called.
    """
    every = tuple(sorted((*laid.pinned, *pairs)))
    words = _Words(laid, names, _partners(laid, every))
    left = left_out(laid, pairs)
    found = compare(laid.board, pairs)
    sections = (
        ("Pairings", tuple(words.pairing(pair) for pair in sorted(every, key=words.order))),
        ("Without a pairing", tuple(words.left(one) for one in left)),
        ("What each rule costs", tuple(words.cost(one) for one in costs(laid))),
    )
    return Report(
        title,
        (*_lead(laid, every, left, found), *_unasked(laid, names)),
        tuple(one for one in sections if one[1]),
    )


def as_text(told: Report) -> str:
    """The report for a terminal."""
    blocks = [told.title, *told.lead]
    for heading, entries in told.parts:
        blocks.append(f"\n{heading}\n{'-' * len(heading)}")
        blocks += ["\n".join((one.heading, *(f"    {line}" for line in one.lines))) for one in entries]
    return "\n".join(blocks) + "\n"


def _lead(laid: Table, every: Pairs, left: Sequence[Left], found: Comparison) -> tuple[str, ...]:
    standing = f" {len(laid.pinned)} of them stood before." if laid.pinned else ""
    first = f"{_number(len(every), 'pairing')} of {_people(laid)}; {_without(every, laid, left)}.{standing}"
    last = "Each pairing below keeps every rule. It is a proposal: nobody is told before you ask both people."
    if not found.pairings:
        return first, last
    fit = _percent(found.total / found.pairings)
    chance = _percent(found.drawn / max(1, found.drawn_pairings))
    bound = _percent(found.bound / found.pairings)
    second = (
        f"On average a new pairing fits {fit}. Drawn by lot, {found.drawn_pairings:.1f} pairings would fit "
        f"{chance}. If everyone could have their best partner at once, it would be {bound}."
    )
    return first, second, last


def _asked(laid: Table) -> frozenset[str]:
    """The criteria of which anybody said anything."""
    chosen = (name for name, _ in laid.terms.weights)
    return frozenset(name for name in chosen if any(answered(name, laid.mentors, laid.mentees)))


def _unasked(laid: Table, names: Names) -> Iterator[str]:
    asked = _asked(laid)
    silent = [names.criteria.get(name, name) for name, _ in laid.terms.weights if name not in asked]
    if silent:
        yield f"Not asked, or answered by nobody: {', '.join(silent)}. Every pairing counts the same there."


def _people(laid: Table) -> str:
    """How many people there are, not how many places: who is both counts once in each role, and is told."""
    sides = [f"{_persons(len(side))} as {role}{_places(side)}"
             for role, side in (("mentor", laid.mentors), ("mentee", laid.mentees))]  # fmt: skip
    both = len({one.id for one in laid.mentors} & {one.id for one in laid.mentees})
    return " and ".join(sides) + (f", {both} of them in both roles" if both else "")


def _places(side: Sequence[SignUp]) -> str:
    places = sum(one.capacity for one in side)
    return f" ({_number(places, 'place')})" if places != len(side) else ""


def _without(every: Pairs, laid: Table, left: Sequence[Left]) -> str:
    """How many have no pairing at all; who has one in the other role is not among them."""
    met = {laid.mentors[row].id for row, _ in every} | {laid.mentees[column].id for _, column in every}
    alone = len({one.person.id for one in left} - met)
    half = len({one.person.id for one in left} & met)
    said = f"{_persons(alone) if alone else 'nobody'} {'stays' if alone < 2 else 'stay'} without"
    return (
        f"{said}; {_persons(half)} {'has' if half == 1 else 'have'} none in one of two roles"
        if half
        else said
    )


def _persons(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"


def _number(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _partners(laid: Table, every: Pairs) -> Mapping[int, str]:
    """By mentor, whom they meet in this proposal."""
    met: dict[int, list[str]] = {}
    for row, column in every:
        met.setdefault(row, []).append(called(laid.mentees[column]))
    return {row: " and ".join(some) for row, some in met.items()}


def called(person: SignUp) -> str:
    """What a person is called on this computer alone."""
    return person.name or person.id


class _Words:
    """Puts what was found into sentences."""

    def __init__(self, laid: Table, names: Names, partners: Mapping[int, str]) -> None:
        self.laid, self.names, self.partners = laid, names, partners
        self.people = {one.id: one for one in (*laid.mentors, *laid.mentees)}
        self.asked = _asked(laid)

    def order(self, pair: tuple[int, int]) -> tuple[str, str]:
        """By name, as a reader looks for people."""
        return called(self.laid.mentors[pair[0]]).casefold(), called(self.laid.mentees[pair[1]]).casefold()

    def pairing(self, pair: tuple[int, int]) -> Entry:
        """One pairing: its worth by criterion, and the best alternative."""
        one = proposed(self.laid, pair)
        stands = " (stands)" if one.pinned else ""
        heading = f"{called(one.mentor)} → {called(one.mentee)}: {_percent(one.points)}{stands}"
        return Entry(heading, (*self._parts(one), *self._alternative(pair)))

    def _parts(self, one: Proposed) -> Iterator[str]:
        for name, share in one.parts.items():
            if name in self.asked:
                said = "".join(f" – {detail}" for detail in self._details(name, one))
                yield f"{self.names.criteria.get(name, name)}: {_percent(share * MOST)}{said}"

    def _details(self, name: str, one: Proposed) -> Iterator[str]:
        """What the two share, in their own words."""
        ours, theirs = one.mentor, one.mentee
        shared: Iterable[str] = ()
        answers = answered(name, (ours,), (theirs,))
        if not all(answers) and name != "location":  # where silence means that both is fine
            yield "one of them did not say" if any(answers) else "neither said"
        elif name == "topics":
            shared = (self.names.topics.get(topic, topic) for topic in theirs.topics if topic in ours.topics)
        elif name == "goals":
            shared = (self.names.goals.get(goal, goal) for goal in theirs.goals if goal in ours.goals)
        elif name in _TERMS:
            mine, wanted = (
                getattr(person, key) for person, key in zip((ours, theirs), _TERMS[name], strict=True)
            )
            shared = (term for term in wanted if features.words([term]) <= features.words(mine))
        elif name == "hours":
            yield _hours(ours, theirs, self.laid.terms.when)
        listed = ", ".join(shared)
        if listed:
            yield listed

    def _alternative(self, pair: tuple[int, int]) -> Iterator[str]:
        """The best other mentor for the same mentee."""
        row, column = pair
        board = self.laid.board
        others = [(int(board.scores[at, column]), -at) for at in range(len(self.laid.mentors))
                  if at != row and board.allowed[at, column]]  # fmt: skip
        if others:
            points, at = max(others)
            meets = f", who meets {self.partners[-at]} here" if -at in self.partners else ""
            yield f"next best: {called(self.laid.mentors[-at])}, {_percent(points)}{meets}"

    def left(self, one: Left) -> Entry:
        """Somebody without a pairing, and what would help."""
        reasons = tuple(self._reason(one, reason) for reason in one.reasons)
        return Entry(f"{called(one.person)} ({one.role})", reasons or ("No single change would help.",))

    def _reason(self, left: Left, reason: Reason) -> str:
        other = "mentor" if left.role == "mentee" else "mentee"
        more = f"{reason.number} more {other}{'' if reason.number == 1 else 's'}"
        if reason.kind == "rule":
            return f"would be paired if this did not count for them: {self._rule(reason.name)}"
        if reason.kind == "room":
            return f"would be paired if {called(self.people[reason.name])} took one more"
        if reason.kind == "unsaid":
            rules = " ".join(self._rule(name) for name in reason.name.split(","))
            return (
                f"did not say what a rule needs ({rules}); once they do, {more} would be enough for everyone"
            )
        topic = self.names.topics.get(reason.name, reason.name)
        return f"would be paired with {more}{f' on {topic}' if topic else ', whatever their topics'}"

    def cost(self, one: Cost) -> Entry:
        """A rule, and what there could be without it."""
        if not one.pairings and not one.points:
            return Entry(self._rule(one.rule), ("This rule costs nothing.",))
        most = self.laid.board.largest
        total = self.laid.board.total(most)
        without = _fit(total + one.points, len(most) + one.pairings)
        now = f", with it {_fit(total, len(most))}" if most else ""
        many = _number(one.pairings, "more pairing") if one.pairings else "as many pairings"
        said = f"Without this rule there could be {many}; new ones would fit {without} at best{now}."
        return Entry(self._rule(one.rule), (said,))

    def _rule(self, name: str) -> str:
        return self.names.rules.get(name) or STANDING[name]


_TERMS = {
    "skills": ("skills", "learn"),
    "interests": ("interests", "interests"),
    "languages": ("languages", "languages"),
}
STANDING = {
    "not-with": "Somebody asked not to be paired with the other.",
    "not-again": "They were paired before.",
    "forbidden": "You ruled it out.",
}


def _fit(total: int, pairings: int) -> str:
    """In tenths: one pairing among hundreds changes no more."""
    return f"{100 * total / pairings / MOST:.1f} %"


def _hours(ours: SignUp, theirs: SignUp, when: When) -> str:
    number = float(features.shared_hours([ours], [theirs], when.day, when.zone)[0, 0])
    return f"{number:g} shared hours a day"


def _percent(points: float) -> str:
    return f"{round(100 * points / MOST)} %"


def as_html(told: Report, template: str) -> str:
    """The report as a page that asks no other host for anything; the template's text is `page.html.j2`."""
    return Environment(autoescape=True).from_string(template).render(report=told)
