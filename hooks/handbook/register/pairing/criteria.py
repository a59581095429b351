"""What makes a pairing good: what sign-ups say as numbers, and one row a criterion, from 0 to 1 for each two.

Mentors stand in rows, mentees in columns, so that thousands are compared in one step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from ...rules.privacy.spellings import one_line
from ..ledger.ledger import SignUp

Side = Sequence[SignUp]
Sides = tuple[Side, Side]  # mentors and mentees
Fields = tuple[str, str]  # of a mentor's sign-up, and of a mentee's
Weights = tuple[tuple[str, int], ...]
WordSets = Sequence[frozenset[str]]
Matrix = NDArray[np.float32]
Scores = NDArray[np.int16]
Mask = NDArray[np.bool_]
MOST = 1000  # points of one pairing
_HALVES = 48  # of a day's hours
_MANY_HOURS = 4  # as many shared ones as anybody needs
_SHARED = np.array([0, 0.75, 1], np.float32)  # for none in common, one, and as many as anybody needs


class Setting(NamedTuple):
    """What answers are compared by."""

    day: date  # on which clocks are compared
    zone: str  # of those who did not say theirs
    grades: tuple[str, ...] = ()  # from junior to senior; empty where nobody said an order


def words(terms: Iterable[str]) -> frozenset[str]:
    """Words as people compare them: case and spaces are no difference."""
    return frozenset(one_line(term).casefold() for term in terms if term.strip())


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
    answers = ([one_line(getattr(person, field)).casefold() for person in side] for side in sides)
    ours, theirs = (np.array([numbers.setdefault(word, len(numbers)) for word in side]) for side in answers)
    alike: Mask = ours[:, None] == theirs
    return alike


def known(sides: Sides, field: str) -> Mask:
    """Whether both said anything in a field."""
    return _both(sides, lambda who, _: getattr(who, field))


def shared_hours(sides: Sides, when: Setting) -> Matrix:
    """How many hours of a day both have time."""
    ours, theirs = (
        np.array([_halves(person, when) for person in side], np.float32).reshape(-1, _HALVES)
        for side in sides
    )
    return ours @ theirs.T / np.float32(2)


def _halves(person: SignUp, when: Setting) -> Mask:
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


def _shared(sides: Sides, fields: Fields, when: Setting) -> Matrix:
    """How much lists have in common, whatever their length: to name less makes nothing better."""
    numbers = common(*map(word_sets, sides, fields))
    worth: Matrix = _SHARED[np.minimum(numbers, len(_SHARED) - 1).astype(int)]
    return worth


def _any_shared(sides: Sides, fields: Fields, when: Setting) -> Matrix:
    return (common(*map(word_sets, sides, fields)) > 0).astype(np.float32)


def _same(sides: Sides, fields: Fields, when: Setting) -> Matrix:
    return _if_known(same(sides, fields[0]), sides, fields)


def _same_or_either(sides: Sides, fields: Fields, when: Setting) -> Matrix:
    """Whoever says that both is fine suits everyone who says anything."""
    neither = _both(sides, lambda who, at: getattr(who, fields[at]) != "either")
    return _if_known(same(sides, fields[0]) | ~neither, sides, fields)


def _hours(sides: Sides, fields: Fields, when: Setting) -> Matrix:
    return _if_known(np.minimum(shared_hours(sides, when) / _MANY_HOURS, 1), sides, fields)


def _if_known(worth: NDArray[np.generic], sides: Sides, fields: Fields) -> Matrix:
    return np.where(known(sides, fields[0]), worth, 0).astype(np.float32)


# How a criterion compares, and the fields of a sign-up in which a mentor and a mentee answer.
_CRITERIA: Mapping[str, tuple[Callable[[Sides, Fields, Setting], Matrix], Fields]] = {
    "topics": (_shared, ("topics", "topics")),
    "skills": (_shared, ("skills", "learn")),
    "goals": (_shared, ("goals", "goals")),
    "working-style": (_same, ("working_style", "working_style")),
    "communication-style": (_same, ("communication_style", "communication_style")),
    "interests": (_shared, ("interests", "interests")),
    "languages": (_any_shared, ("languages", "languages")),
    "hours": (_hours, ("hours", "hours")),
    "location": (_same_or_either, ("location", "location")),
}
CRITERIA = tuple(_CRITERIA)


def fields(criterion: str) -> Fields:
    """In which field of a sign-up a mentor says what a criterion compares, and in which a mentee."""
    return _CRITERIA[criterion][1]


def counting(weights: Weights, sides: Sides) -> Weights:
    """The criteria that make a difference: somebody on both sides said what they compare."""
    return tuple(each for each in weights if said((each,), sides).any())


def said(weights: Weights, sides: Sides) -> Mask:
    """Whether both said anything that these criteria compare."""
    names = [name for name, _ in weights]
    return _both(sides, lambda who, at: any(getattr(who, fields(name)[at]) for name in names))


def _both(sides: Sides, holds: Callable[[SignUp, int], object]) -> Mask:
    """Whether something holds of both, each on the side with this index."""
    ours, theirs = (np.array([bool(holds(who, at)) for who in side], bool) for at, side in enumerate(sides))
    both: Mask = ours[:, None] & theirs
    return both


def shared_terms(criterion: str, mentor: SignUp, mentee: SignUp) -> tuple[str, ...]:
    """What two people list alike, as the mentee says it; nothing where a criterion compares no lists."""
    compare, (ours, theirs) = _CRITERIA[criterion]
    if compare not in (_shared, _any_shared):
        return ()
    offered = words(getattr(mentor, ours))
    return tuple(term for term in getattr(mentee, theirs) if words([term]) <= offered)


def worth(criterion: str, sides: Sides, when: Setting) -> Matrix:
    """What a criterion gives each two people, from 0 to 1."""
    compare, fields = _CRITERIA[criterion]
    return compare(sides, fields, when)


def scores(sides: Sides, weights: Weights, when: Setting) -> Scores:
    """The points of each two people: the weighted mean of the criteria, as a whole number up to MOST."""
    added = np.zeros([*map(len, sides)], np.float32)
    for criterion, weight in weights:
        added += weight * worth(criterion, sides, when)
    whole = sum(weight for _, weight in weights) or 1
    points: Scores = np.rint(added * (MOST / whole)).astype(np.int16)
    return points
