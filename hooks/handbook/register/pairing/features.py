"""What sign-ups say, as numbers: one row a person, so that thousands are compared in one step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from ..ledger.signup import SignUp

Side = Sequence[SignUp]
Matrix = NDArray[np.float32]
_HALVES = 48  # of a day's hours


def words(terms: Iterable[str]) -> frozenset[str]:
    """Terms as one compares them: case and spaces are no difference."""
    return frozenset(" ".join(term.casefold().split()) for term in terms if term.strip())


def common(ours: Sequence[frozenset[str]], theirs: Sequence[frozenset[str]]) -> Matrix:
    """How many words each of ours shares with each of theirs."""
    names = {
        name: index
        for index, name in enumerate(sorted(frozenset().union(*ours) & frozenset().union(*theirs)))
    }
    return _marks(ours, names) @ _marks(theirs, names).T


def _marks(side: Sequence[frozenset[str]], names: dict[str, int]) -> Matrix:
    marks = np.zeros((len(side), len(names)), np.float32)
    for index, said in enumerate(side):
        marks[index, [names[name] for name in said if name in names]] = 1
    return marks


def same(mentors: Side, mentees: Side, said: Callable[[SignUp], str]) -> NDArray[np.bool_]:
    """Whether both said the same; nobody is the same in what was not said."""
    ours, theirs = (np.array([" ".join(said(one).casefold().split()) for one in side], object)
                    for side in (mentors, mentees))  # fmt: skip
    numbers = {word: index for index, word in enumerate(sorted({*ours, *theirs}))}
    left, right = (np.array([numbers[word] for word in side]) for side in (ours, theirs))
    found: NDArray[np.bool_] = (left[:, None] == right) & (ours != "")[:, None]
    return found


def known(mentors: Side, mentees: Side, said: Callable[[SignUp], object]) -> NDArray[np.bool_]:
    """Whether both said anything."""
    ours, theirs = (np.array([bool(said(one)) for one in side], bool) for side in (mentors, mentees))
    found: NDArray[np.bool_] = ours[:, None] & theirs
    return found


def shared_hours(mentors: Side, mentees: Side, day: date, zone: str) -> Matrix:
    """How many hours of a day both have time.

    Args:
        mentors: in rows.
        mentees: in columns.
        day: on which clocks are compared.
        zone: of those who did not say theirs.
    """
    ours, theirs = (_half_hours(side, day, zone) for side in (mentors, mentees))
    return ours @ theirs.T / np.float32(2)


def _half_hours(side: Side, day: date, zone: str) -> Matrix:
    return np.array([_halves(one, day, zone) for one in side], np.float32).reshape(len(side), _HALVES)


def _halves(one: SignUp, day: date, zone: str) -> NDArray[np.bool_]:
    """The half hours of a day, in UTC, at which somebody has time; all of them where that was not said."""
    if one.hours is None:
        return np.ones(_HALVES, bool)
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    offset = noon.astimezone(ZoneInfo(one.timezone or zone)).utcoffset()
    assert offset is not None
    begin, end = (2 * hour - round(offset.total_seconds() / 1800) for hour in one.hours)
    marks = np.zeros(_HALVES, bool)
    marks[np.arange(begin, max(begin, end)) % _HALVES] = True
    return marks
