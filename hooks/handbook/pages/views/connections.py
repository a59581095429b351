"""How pairings connect the units of an organisation, as a drawing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ...guidance.steps.pairings import PairingCard
from ...text.prose import Text

Couple = tuple[Text, Text]
# How thick a line is for each pairing, and all lines of a unit together, in pixels …
_ONE, _ALL = 3.0, 16.0
# … which take so much of the height that the unit's name has.
_SHARE = 0.6


@dataclass(frozen=True)
class Tie:
    """Pairings between two units.

    Attributes:
        begins: where its line begins at the mentors' unit, in percent of the drawing's height.
        ends: where it ends at the mentees'.
        thick: in pixels.
    """

    mentors: Text
    mentees: Text
    pairings: int
    begins: float
    ends: float
    thick: float


@dataclass(frozen=True)
class Connections:
    """Units that mentors come from, those that mentees come from, and the lines between them.

    Attributes:
        unsaid: how many pairings are left out, since a unit of theirs is not shown.
    """

    mentors: tuple[Text, ...]
    mentees: tuple[Text, ...]
    ties: tuple[Tie, ...]
    unsaid: int


def connections(cards: Iterable[PairingCard]) -> Connections:
    """Draw what pairings connect; a unit is known of people with a name alone, as on their card."""
    known = tuple(cards)
    named = [one.pairing for one in known if one.mentor and one.mentee]
    couples = ((one.mentor.unit, one.mentee.unit) for one in named)
    ties = Counter(couple for couple in couples if all(couple))
    totals = _totals(ties, lambda couple: couple[0])
    mentors = tuple(sorted(totals, key=lambda unit: (-totals[unit], unit.casefold())))
    mentees = _beside(ties, mentors)
    return Connections(mentors, mentees, _drawn(ties, mentors, mentees), len(known) - ties.total())


def _totals(ties: Mapping[Couple, int], side: Callable[[Couple], Text]) -> Counter[Text]:
    totals = Counter[Text]()
    for couple, number in ties.items():
        totals[side(couple)] += number
    return totals


def _beside(ties: Mapping[Couple, int], mentors: tuple[Text, ...]) -> tuple[Text, ...]:
    """Put each unit of mentees beside the middle of those it is tied to, so that few lines cross."""
    places: dict[Text, list[int]] = defaultdict(list)
    for (mentor, mentee), number in ties.items():
        places[mentee] += [mentors.index(mentor)] * number
    return tuple(sorted(places, key=lambda unit: (sum(places[unit]) / len(places[unit]), unit.casefold())))


def _drawn(
    ties: Mapping[Couple, int], mentors: tuple[Text, ...], mentees: tuple[Text, ...]
) -> tuple[Tie, ...]:
    ordered = sorted(ties, key=lambda couple: (mentors.index(couple[0]), mentees.index(couple[1])))
    left, right = _totals(ties, lambda couple: couple[0]), _totals(ties, lambda couple: couple[1])
    thick = min(_ONE, _ALL / max((*left.values(), *right.values()), default=1))
    begins = _ends(ties, ordered, mentors, lambda couple: couple[0], thick)
    ends = _ends(
        ties, sorted(ordered, key=lambda couple: mentees.index(couple[1])), mentees, lambda one: one[1], thick
    )
    return tuple(
        Tie(*couple, ties[couple], begins[couple], ends[couple], max(1.0, round(thick * ties[couple], 1)))
        for couple in ordered
    )


def _ends(
    ties: Mapping[Couple, int],
    ordered: Iterable[Couple],
    units: tuple[Text, ...],
    side: Callable[[Couple], Text],
    thick: float,
) -> dict[Couple, float]:
    """Lay the lines of each unit beside each other round the middle of its name, in the order given."""
    row = 100 / max(1, len(units))
    step = thick / _ALL * _SHARE * row
    totals, laid = _totals(ties, side), Counter[Text]()
    found = {}
    for couple in ordered:
        unit, number = side(couple), ties[couple]
        off = laid[unit] + number / 2 - totals[unit] / 2
        found[couple] = round((units.index(unit) + 0.5) * row + off * step, 2)
        laid[unit] += number
    return found
