"""What makes a pairing good: one small function a criterion, from 0 to 1 for each two people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ..ledger.signup import SignUp
from . import features
from .assignment import MOST, Scores
from .features import Matrix, Side

_MANY_HOURS = 4  # as many shared ones as anybody needs
_HALF = 0.5  # of what nobody knows


@dataclass(frozen=True)
class When:
    """The day on which clocks are compared, and the zone of those who did not say theirs."""

    day: date
    zone: str


def _topics(mentors: Side, mentees: Side, when: When) -> Matrix:
    return _share_of_wanted(
        [frozenset(one.topics) for one in mentors], [frozenset(one.topics) for one in mentees]
    )


def _skills(mentors: Side, mentees: Side, when: When) -> Matrix:
    return _share_of_wanted([features.words(one.skills) for one in mentors],
                            [features.words(one.learn) for one in mentees])  # fmt: skip


def _share_of_wanted(offered: Sequence[frozenset[str]], wanted: Sequence[frozenset[str]]) -> Matrix:
    numbers = np.array([max(1, len(one)) for one in wanted], np.float32)
    return features.common(offered, wanted) / numbers


def _goals(mentors: Side, mentees: Side, when: When) -> Matrix:
    return _alike([frozenset(one.goals) for one in mentors], [frozenset(one.goals) for one in mentees])


def _interests(mentors: Side, mentees: Side, when: When) -> Matrix:
    return _alike([features.words(one.interests) for one in mentors],
                  [features.words(one.interests) for one in mentees])  # fmt: skip


def _alike(ours: Sequence[frozenset[str]], theirs: Sequence[frozenset[str]]) -> Matrix:
    """What both say, as a share of what either says."""
    both = features.common(ours, theirs)
    either = np.array([len(one) for one in ours], np.float32)[:, None] + [len(one) for one in theirs] - both
    return (both / np.maximum(either, 1)).astype(np.float32)


def _languages(mentors: Side, mentees: Side, when: When) -> Matrix:
    ours, theirs = ([features.words(one.languages) for one in side] for side in (mentors, mentees))
    shared = features.common(ours, theirs) > 0
    return _or_half(shared, features.known(mentors, mentees, lambda one: one.languages))


def _working_style(mentors: Side, mentees: Side, when: When) -> Matrix:
    shared = features.same(mentors, mentees, lambda one: one.working_style)
    return _or_half(shared, features.known(mentors, mentees, lambda one: one.working_style))


def _communication_style(mentors: Side, mentees: Side, when: When) -> Matrix:
    shared = features.same(mentors, mentees, lambda one: one.communication_style)
    return _or_half(shared, features.known(mentors, mentees, lambda one: one.communication_style))


def _location(mentors: Side, mentees: Side, when: When) -> Matrix:
    shared = features.same(mentors, mentees, lambda one: one.location)
    free = ~features.known(mentors, mentees, lambda one: one.location)  # one of them does not mind
    return (shared | free).astype(np.float32)


def _hours(mentors: Side, mentees: Side, when: When) -> Matrix:
    shared = features.shared_hours(mentors, mentees, when.day, when.zone)
    whole = np.minimum(shared / _MANY_HOURS, 1)
    return np.where(features.known(mentors, mentees, lambda one: one.hours), whole, _HALF).astype(np.float32)


def _or_half(found: NDArray[np.bool_], known: NDArray[np.bool_]) -> Matrix:
    return np.where(known, found, _HALF).astype(np.float32)


CRITERIA: Mapping[str, Callable[[Side, Side, When], Matrix]] = {
    "topics": _topics,
    "skills": _skills,
    "goals": _goals,
    "working-style": _working_style,
    "communication-style": _communication_style,
    "interests": _interests,
    "languages": _languages,
    "hours": _hours,
    "location": _location,
}


# Of each criterion what a mentor says, and what a mentee says; without an answer nobody knows.
_ANSWERS: Mapping[str, tuple[Callable[[SignUp], object], Callable[[SignUp], object]]] = {
    "topics": (lambda one: one.topics, lambda one: one.topics),
    "skills": (lambda one: one.skills, lambda one: one.learn),
    "goals": (lambda one: one.goals, lambda one: one.goals),
    "working-style": (lambda one: one.working_style, lambda one: one.working_style),
    "communication-style": (lambda one: one.communication_style, lambda one: one.communication_style),
    "interests": (lambda one: one.interests, lambda one: one.interests),
    "languages": (lambda one: one.languages, lambda one: one.languages),
    "hours": (lambda one: one.hours, lambda one: one.hours),
    "location": (lambda one: one.location, lambda one: one.location),
}


def answered(name: str, mentors: Side, mentees: Side) -> tuple[bool, bool]:
    """Whether any of these mentors, and any of these mentees, said what a criterion compares."""
    ours, theirs = _ANSWERS[name]
    return any(map(ours, mentors)), any(map(theirs, mentees))


def scores(mentors: Side, mentees: Side, weights: Iterable[tuple[str, int]], when: When) -> Scores:
    """The points of each two people: the weighted mean of the criteria, as a whole number up to MOST."""
    chosen = tuple(weights)
    added = np.zeros((len(mentors), len(mentees)), np.float32)
    for name, weight in chosen:
        added += weight * CRITERIA[name](mentors, mentees, when)
    whole = sum(weight for _, weight in chosen) or 1
    points: Scores = np.rint(added * (MOST / whole)).astype(np.int16)
    return points


def parts(mentor: SignUp, mentee: SignUp, weights: Iterable[tuple[str, int]], when: When) -> dict[str, float]:
    """What each criterion gives two people, from 0 to 1."""
    return {name: float(CRITERIA[name]((mentor,), (mentee,), when)[0, 0]) for name, _ in weights}
