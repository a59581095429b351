"""How pairings connect the units of an organisation, as a drawing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ...guidance.steps.pairings import PairingCard
from ...text.prose import Text

Couple = tuple[Text, Text]
# How thick a line is for each pairing, and all lines of a unit together, in pixels …
_ONE, _ALL = 3.0, 16.0
# … which take so much of the height that the unit's name has.
_SHARE = 0.6


class Tie(NamedTuple):
    """Pairings between two units: a line from one height to another, in percent, so many pixels thick."""

    mentors: Text
    mentees: Text
    pairings: int
    begins: float
    ends: float
    thick: float


class Connections(NamedTuple):
    """Units of mentors, those of mentees, the lines, and how many pairings have a unit not to be shown."""

    mentors: tuple[Text, ...]
    mentees: tuple[Text, ...]
    ties: tuple[Tie, ...]
    unsaid: int


def connections(cards: Sequence[PairingCard]) -> Connections:
    """Draw what pairings connect; a unit is known of people with a name alone, as on their card."""
    named = [card.pairing for card in cards if card.mentor and card.mentee]
    couples = ((pairing.mentor.unit, pairing.mentee.unit) for pairing in named)
    ties = Counter(couple for couple in couples if all(couple))
    totals = _totals(ties, 0)
    mentors = tuple(sorted(totals, key=lambda unit: (-totals[unit], unit.casefold())))
    mentees = _beside(ties, mentors)
    return Connections(mentors, mentees, _drawn(ties, mentors, mentees), len(cards) - ties.total())


def _totals(ties: Mapping[Couple, int], side: int) -> Counter[Text]:
    """How many pairings each unit has on a side: 0 mentors, 1 mentees."""
    totals = Counter[Text]()
    for couple, number in ties.items():
        totals[couple[side]] += number
    return totals


def _beside(ties: Mapping[Couple, int], mentors: Sequence[Text]) -> tuple[Text, ...]:
    """Put each unit of mentees beside the middle of those it is tied to, so that few lines cross."""
    places: dict[Text, list[int]] = defaultdict(list)
    for (mentor, mentee), number in ties.items():
        places[mentee] += [mentors.index(mentor)] * number
    return tuple(sorted(places, key=lambda unit: (sum(places[unit]) / len(places[unit]), unit.casefold())))


def _drawn(ties: Mapping[Couple, int], mentors: Sequence[Text], mentees: Sequence[Text]) -> tuple[Tie, ...]:
    ordered = sorted(ties, key=lambda couple: (mentors.index(couple[0]), mentees.index(couple[1])))
    most = max((*_totals(ties, 0).values(), *_totals(ties, 1).values()), default=1)
    thick = min(_ONE, _ALL / most)
    begins = _ends(ties, ordered, mentors, 0, thick)
    ends = _ends(ties, sorted(ordered, key=lambda couple: mentees.index(couple[1])), mentees, 1, thick)
    return tuple(
        Tie(*couple, ties[couple], begins[couple], ends[couple], max(1.0, round(thick * ties[couple], 1)))
        for couple in ordered
    )


def _ends(
    ties: Mapping[Couple, int], ordered: Iterable[Couple], units: Sequence[Text], side: int, thick: float
) -> dict[Couple, float]:
    """Lay the lines of each unit beside each other round the middle of its name, in the order given."""
    row = 100 / max(1, len(units))
    step = thick / _ALL * _SHARE * row
    totals, laid = _totals(ties, side), Counter[Text]()
    ends = {}
    for couple in ordered:
        unit, number = couple[side], ties[couple]
        off = laid[unit] + number / 2 - totals[unit] / 2
        ends[couple] = round((units.index(unit) + 0.5) * row + off * step, 2)
        laid[unit] += number
    return ends
