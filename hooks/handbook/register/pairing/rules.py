"""What a pairing must keep to: one small function a rule says for each two people whether it is broken.

Where somebody did not say what a rule needs, nobody can know that it is kept: it counts as broken.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..ledger.signup import SignUp
from . import features
from .criteria import When
from .features import Side

Mask = NDArray[np.bool_]
_LONGEST_LINE = 50  # of those who report to somebody who reports to somebody


def _different_unit(mentors: Side, mentees: Side, value: int, when: When) -> Mask:
    shared = features.same(mentors, mentees, lambda one: one.unit)
    unknown: Mask = ~features.known(mentors, mentees, lambda one: one.unit)
    return shared | unknown


def _grade_gap(mentors: Side, mentees: Side, value: int, when: When) -> Mask:
    ours, theirs = (
        np.array([np.nan if one.grade is None else one.grade for one in side]) for side in (mentors, mentees)
    )
    kept: Mask = ours[:, None] + value <= theirs  # which no comparison says of what is not known
    return ~kept


def _outside_reporting_line(mentors: Side, mentees: Side, value: int, when: When) -> Mask:
    managers = {one.id: one.manager for one in (*mentors, *mentees)}
    above = {name: _line(name, managers) for name in managers}
    return _named(mentors, mentees, lambda one: above[one.id])


def _line(one: str, managers: Mapping[str, str]) -> Sequence[str]:
    """Everyone above somebody, as far as sign-ups tell."""
    found: list[str] = []
    at = managers.get(one, "")
    while at and at not in found and len(found) < _LONGEST_LINE:
        found.append(at)
        at = managers.get(at, "")
    return found


def _shared_language(mentors: Side, mentees: Side, value: int, when: When) -> Mask:
    ours, theirs = ([features.words(one.languages) for one in side] for side in (mentors, mentees))
    found: Mask = features.common(ours, theirs) == 0
    return found


def _shared_hours(mentors: Side, mentees: Side, value: int, when: When) -> Mask:
    found: Mask = features.shared_hours(mentors, mentees, when.day, when.zone) < value
    return found


def _not_with(mentors: Side, mentees: Side, value: int, when: When) -> Mask:
    return _named(mentors, mentees, lambda one: one.not_with)


def _not_again(mentors: Side, mentees: Side, value: int, when: When) -> Mask:
    return _named(mentors, mentees, lambda one: one.earlier)


def _named(mentors: Side, mentees: Side, names: Callable[[SignUp], Sequence[str]]) -> Mask:
    """Whether one of two people names the other."""
    rows = {one.id: index for index, one in enumerate(mentors)}
    columns = {one.id: index for index, one in enumerate(mentees)}
    broken = np.zeros((len(mentors), len(mentees)), bool)
    for index, one in enumerate(mentors):
        broken[index, [columns[name] for name in names(one) if name in columns]] = True
    for index, one in enumerate(mentees):
        broken[[rows[name] for name in names(one) if name in rows], index] = True
    return broken


def _oneself(mentors: Side, mentees: Side, value: int, when: When) -> Mask:
    numbers = {name: index for index, name in enumerate(sorted({one.id for one in (*mentors, *mentees)}))}
    ours, theirs = (np.array([numbers[one.id] for one in side], int) for side in (mentors, mentees))
    found: Mask = ours[:, None] == theirs
    return found


# Those that a program chooses under `matching: rules`, and those that hold everywhere.
CHOSEN: Mapping[str, Callable[[Side, Side, int, When], Mask]] = {
    "different-unit": _different_unit,
    "grade-gap": _grade_gap,
    "outside-reporting-line": _outside_reporting_line,
    "shared-language": _shared_language,
    "shared-hours": _shared_hours,
}
ALWAYS: Mapping[str, Callable[[Side, Side, int, When], Mask]] = {
    "not-with": _not_with,
    "not-again": _not_again,
    "oneself": _oneself,
}


def broken(mentors: Side, mentees: Side, rules: Mapping[str, int], when: When) -> Mapping[str, Mask]:
    """Say by rule which two people it keeps apart.

    Args:
        mentors: in rows.
        mentees: in columns.
        rules: of the program, by name; what is false or 0 is none.
        when: for the hours.
    """
    chosen = {
        name: rule(mentors, mentees, int(rules[name]), when)
        for name, rule in CHOSEN.items()
        if rules.get(name)
    }
    return chosen | {name: rule(mentors, mentees, 1, when) for name, rule in ALWAYS.items()}
