"""What makes a pairing good: one row a criterion, from 0 to 1 for each two people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..ledger.signup import SignUp
from . import features
from .assignment import MOST, Scores
from .features import Matrix, Sides, When

Fields = tuple[str, str]  # of a mentor's sign-up, and of a mentee's
_MANY_HOURS = 4  # as many shared ones as anybody needs
_HALF = 0.5  # of what nobody knows


def _share_of_wanted(sides: Sides, fields: Fields, when: When) -> Matrix:
    offered, wanted = map(features.word_sets, sides, fields)
    numbers = np.array([max(1, len(words)) for words in wanted], np.float32)
    return features.common(offered, wanted) / numbers


def _share_of_either(sides: Sides, fields: Fields, when: When) -> Matrix:
    """What both say, as a share of what either says."""
    ours, theirs = map(features.word_sets, sides, fields)
    both = features.common(ours, theirs)
    either = np.array([len(words) for words in ours])[:, None] + [len(words) for words in theirs] - both
    return (both / np.maximum(either, 1)).astype(np.float32)


def _any_shared(sides: Sides, fields: Fields, when: When) -> Matrix:
    return _or_half(features.common(*map(features.word_sets, sides, fields)) > 0, sides, fields)


def _same(sides: Sides, fields: Fields, when: When) -> Matrix:
    return _or_half(features.same(sides, fields[0]), sides, fields)


def _same_or_unsaid(sides: Sides, fields: Fields, when: When) -> Matrix:
    """Who does not say so does not mind."""
    unsaid = ~features.known(sides, fields[0])
    return (features.same(sides, fields[0]) | unsaid).astype(np.float32)


def _hours(sides: Sides, fields: Fields, when: When) -> Matrix:
    return _or_half(np.minimum(features.shared_hours(sides, when) / _MANY_HOURS, 1), sides, fields)


def _or_half(worth: NDArray[np.generic], sides: Sides, fields: Fields) -> Matrix:
    return np.where(features.known(sides, fields[0]), worth, _HALF).astype(np.float32)


# How a criterion compares, and the fields of a sign-up in which a mentor and a mentee answer.
_CRITERIA: Mapping[str, tuple[Callable[[Sides, Fields, When], Matrix], Fields]] = {
    "topics": (_share_of_wanted, ("topics", "topics")),
    "skills": (_share_of_wanted, ("skills", "learn")),
    "goals": (_share_of_either, ("goals", "goals")),
    "working-style": (_same, ("working_style", "working_style")),
    "communication-style": (_same, ("communication_style", "communication_style")),
    "interests": (_share_of_either, ("interests", "interests")),
    "languages": (_any_shared, ("languages", "languages")),
    "hours": (_hours, ("hours", "hours")),
    "location": (_same_or_unsaid, ("location", "location")),
}
CRITERIA = tuple(_CRITERIA)


def answered(criterion: str, sides: Sides) -> list[bool]:
    """Whether any of these mentors, and any of these mentees, said what a criterion compares."""
    _, fields = _CRITERIA[criterion]
    return [any(getattr(person, field) for person in side) for side, field in zip(sides, fields, strict=True)]


def shared_terms(criterion: str, mentor: SignUp, mentee: SignUp) -> tuple[str, ...]:
    """What two people list alike, as the mentee says it; nothing where a criterion compares no lists."""
    compare, (ours, theirs) = _CRITERIA[criterion]
    if compare not in (_share_of_wanted, _share_of_either, _any_shared):
        return ()
    offered = features.words(getattr(mentor, ours))
    return tuple(term for term in getattr(mentee, theirs) if features.words([term]) <= offered)


def worth(criterion: str, sides: Sides, when: When) -> Matrix:
    """What a criterion gives each two people, from 0 to 1."""
    compare, fields = _CRITERIA[criterion]
    return compare(sides, fields, when)


def scores(sides: Sides, weights: Sequence[tuple[str, int]], when: When) -> Scores:
    """The points of each two people: the weighted mean of the criteria, as a whole number up to MOST."""
    added = np.zeros([*map(len, sides)], np.float32)
    for criterion, weight in weights:
        added += weight * worth(criterion, sides, when)
    whole = sum(weight for _, weight in weights) or 1
    points: Scores = np.rint(added * (MOST / whole)).astype(np.int16)
    return points
