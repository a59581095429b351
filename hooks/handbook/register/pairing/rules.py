"""What a pairing must keep to: one small function a rule says for each two people whether it is broken.

Where somebody did not say what a rule needs, nobody can know that it is kept: it counts as broken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ..ledger.ledger import FAR, MANAGERS, SignUp, graded
from .criteria import Mask, Setting, Sides, common, known, same, shared_hours, word_sets

Rule = Callable[[Sides, int, Setting], Mask]
Ranks = NDArray[np.float64]
_LONGEST_LINE = 50  # of those who report to somebody who reports to somebody


def _on_a_scale(sides: Sides, when: Setting, holds: Callable[[Ranks, Ranks], Mask]) -> Mask:
    """For which two something holds on a scale; no comparison does of those who do not stand on it."""
    grades = graded((person.grade for side in sides for person in side), when.grades)
    held = np.zeros([*map(len, sides)], bool)
    for scale in {grade.scale for grade in grades.values()}:
        ranks = {answer: grade.rank for answer, grade in grades.items() if grade.scale == scale}
        ours, theirs = (
            np.array([(ranks | {FAR: end}).get(person.grade, np.nan) for person in side], float)
            for side, end in zip(sides, (-np.inf, np.inf), strict=True)
        )
        held |= holds(ours[:, None], theirs)
    return held


def _outside_reporting_line(sides: Sides, value: int, when: Setting) -> Mask:
    managers = {person.id: person.manager for side in sides for person in side}
    above = {identifier: _line(identifier, managers) for identifier in managers}
    return _named(sides, lambda person: above[person.id])


def _line(identifier: str, managers: Mapping[str, str]) -> Sequence[str]:
    """Everyone above somebody, as far as sign-ups tell."""
    line: list[str] = []
    below = [identifier]
    while below and len(line) < _LONGEST_LINE:
        named = [name for who in below for name in managers.get(who, "").split(MANAGERS)]
        below = [name for name in dict.fromkeys(named) if name and name not in line]
        line += below
    return line


def _named(sides: Sides, names: Callable[[SignUp], Sequence[str]]) -> Mask:
    """Whether either of two people names the other."""
    by_mentors = [(mentor.id, name) for mentor in sides[0] for name in names(mentor)]
    by_mentees = [(name, mentee.id) for mentee in sides[1] for name in names(mentee)]
    return marked(sides, by_mentors + by_mentees)


def marked(sides: Sides, pairs: Iterable[tuple[str, str]]) -> Mask:
    """Mark these pairs of ids; whoever is on neither side is passed over."""
    rows, columns = ({person.id: index for index, person in enumerate(side)} for side in sides)
    marks = np.zeros([*map(len, sides)], bool)
    for mentor, mentee in pairs:
        if mentor in rows and mentee in columns:
            marks[rows[mentor], columns[mentee]] = True
    return marks


# Those that a program chooses under `matching`, and those that hold everywhere.
CHOSEN: Mapping[str, Rule] = {
    "different-unit": lambda sides, _, when: same(sides, "unit") | ~known(sides, "unit"),
    "grade-gap": lambda sides, gap, when: ~_on_a_scale(sides, when, lambda a, b: a + gap <= b),
    # Somebody made up has the grade that is needed.
    "largest-grade-gap": lambda sides, gap, when: (
        ~_on_a_scale(sides, when, lambda a, b: (np.abs(b - a) <= gap) | np.isinf(b - a))
    ),
    # Where both grades are known; what is not known keeps nobody apart.
    "mentor-below": lambda sides, _, when: _on_a_scale(sides, when, lambda a, b: a >= b),
    "outside-reporting-line": _outside_reporting_line,
    "shared-language": lambda sides, _, when: common(*(word_sets(side, "languages") for side in sides)) == 0,
    "shared-hours": lambda sides, least, when: shared_hours(sides, when) < least,
}
FLOOR = "at-least"  # percent of the points; a rule too, once these are known
ALWAYS: Mapping[str, Rule] = {
    "not-with": lambda sides, _, when: _named(sides, lambda person: person.not_with),
    "not-again": lambda sides, _, when: _named(sides, lambda person: person.earlier),
    "oneself": lambda sides, _, when: _named(sides, lambda person: (person.id,)),
}


def broken(sides: Sides, rules: Mapping[str, int], when: Setting) -> dict[str, Mask]:
    """Say by rule which two people it keeps apart; a program's rule that is false or 0 is none."""
    counted = {name: rule for name, rule in CHOSEN.items() if rules.get(name)} | {**ALWAYS}
    return {name: rule(sides, int(rules.get(name, 1)), when) for name, rule in counted.items()}
