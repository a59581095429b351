"""What sign-ups say, as numbers: one row a person, so that thousands are compared in one step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from ..ledger.signup import SignUp

Side = Sequence[SignUp]
WordSets = Sequence[frozenset[str]]
Matrix = NDArray[np.float32]
Mask = NDArray[np.bool_]
_HALVES = 48  # of a day's hours


def words(terms: Iterable[str]) -> frozenset[str]:
    """WordSets as people compare them: case and spaces are no difference."""
    return frozenset(" ".join(term.casefold().split()) for term in terms if term.strip())


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


def same(mentors: Side, mentees: Side, field: str) -> Mask:
    """Whether both said the same in a field, or both nothing; `known` says which."""
    ours, theirs = (
        np.array([" ".join(getattr(person, field).casefold().split()) for person in side], object)
        for side in (mentors, mentees)
    )
    numbers = {word: number for number, word in enumerate(sorted({*ours, *theirs}))}
    left, right = (np.array([numbers[word] for word in side]) for side in (ours, theirs))
    alike: Mask = left[:, None] == right
    return alike


def known(mentors: Side, mentees: Side, field: str) -> Mask:
    """Whether both said anything in a field."""
    ours, theirs = (np.array([bool(getattr(person, field)) for person in side], bool)
                    for side in (mentors, mentees))  # fmt: skip
    both: Mask = ours[:, None] & theirs
    return both


def shared_hours(mentors: Side, mentees: Side, day: date, zone: str) -> Matrix:
    """How many hours of a day both have time.

    Args:
        mentors: in rows.
        mentees: in columns.
        day: on which clocks are compared.
        zone: of those who did not say theirs.
    """
    ours, theirs = (
        np.array([_halves(person, day, zone) for person in side], np.float32).reshape(len(side), _HALVES)
        for side in (mentors, mentees)
    )
    return ours @ theirs.T / np.float32(2)


def _halves(person: SignUp, day: date, zone: str) -> Mask:
    """The half hours of a day, in UTC, at which somebody has time; all of them where that was not said."""
    if person.hours is None:
        return np.ones(_HALVES, bool)
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    offset = noon.astimezone(ZoneInfo(person.timezone or zone)).utcoffset()
    assert offset is not None
    begin, end = (2 * hour - round(offset.total_seconds() / 1800) for hour in person.hours)
    marks = np.zeros(_HALVES, bool)
    marks[np.arange(begin, max(begin, end)) % _HALVES] = True
    return marks
