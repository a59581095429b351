"""What sign-ups say, as numbers: mentors in rows, mentees in columns, thousands compared in one step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from ..ledger.signup import SignUp

Side = Sequence[SignUp]
Sides = tuple[Side, Side]  # mentors and mentees
WordSets = Sequence[frozenset[str]]
Matrix = NDArray[np.float32]
Mask = NDArray[np.bool_]
_HALVES = 48  # of a day's hours


class When(NamedTuple):
    """The day on which clocks are compared, and the zone of those who did not say theirs."""

    day: date
    zone: str


def words(terms: Iterable[str]) -> frozenset[str]:
    """Words as people compare them: case and spaces are no difference."""
    return frozenset(_plain(term) for term in terms if term.strip())


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def word_sets(side: Side, field: str) -> WordSets:
    """What each person of a side lists in a field of the sign-up."""
    return [words(getattr(person, field)) for person in side]


def common(ours: WordSets, theirs: WordSets) -> Matrix:
    """How many words each of ours shares with each of theirs."""
    shared = sorted(frozenset().union(*ours) & frozenset().union(*theirs))
    columns = {word: column for column, word in enumerate(shared)}
    return _marks(ours, columns) @ _marks(theirs, columns).T


def _marks(side: WordSets, columns: Mapping[str, int]) -> Matrix:
    marks = np.zeros((len(side), len(columns)), np.float32)
    for row, listed in enumerate(side):
        marks[row, [columns[word] for word in listed if word in columns]] = 1
    return marks


def same(sides: Sides, field: str) -> Mask:
    """Whether both said the same in a field, or both nothing; `known` says which."""
    numbers: dict[str, int] = {}
    said = ([_plain(getattr(person, field)) for person in side] for side in sides)
    ours, theirs = (np.array([numbers.setdefault(word, len(numbers)) for word in side]) for side in said)
    alike: Mask = ours[:, None] == theirs
    return alike


def known(sides: Sides, field: str) -> Mask:
    """Whether both said anything in a field."""
    ours, theirs = (np.array([bool(getattr(person, field)) for person in side], bool) for side in sides)
    both: Mask = ours[:, None] & theirs
    return both


def shared_hours(sides: Sides, when: When) -> Matrix:
    """How many hours of a day both have time."""
    ours, theirs = (
        np.array([_halves(person, when) for person in side], np.float32).reshape(-1, _HALVES)
        for side in sides
    )
    return ours @ theirs.T / np.float32(2)


def _halves(person: SignUp, when: When) -> Mask:
    """The half hours of a day, in UTC, at which somebody has time; all of them where that was not said."""
    if person.hours is None:
        return np.ones(_HALVES, bool)
    noon = datetime.combine(when.day, time(12), UTC)
    offset = noon.astimezone(ZoneInfo(person.timezone or when.zone)).utcoffset()
    assert offset is not None
    begin, end = (2 * hour - round(offset.total_seconds() / 1800) for hour in person.hours)
    marks = np.zeros(_HALVES, bool)
    marks[np.arange(begin, max(begin, end)) % _HALVES] = True
    return marks
