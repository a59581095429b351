"""What a pairing must keep to: one small function a rule says for each two people whether it is broken.

Where somebody did not say what a rule needs, nobody can know that it is kept: it counts as broken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from ..ledger.signup import SignUp
from .criteria import Mask, Sides, When, common, known, same, shared_hours, word_sets

Rule = Callable[[Sides, int, When], Mask]
_LONGEST_LINE = 50  # of those who report to somebody who reports to somebody


def _grade_gap(sides: Sides, gap: int, when: When) -> Mask:
    ours, theirs = (np.array([person.grade for person in side], float) for side in sides)  # None is no number
    wide_enough: Mask = ours[:, None] + gap <= theirs  # which no comparison says of what is not known
    return ~wide_enough


def _outside_reporting_line(sides: Sides, value: int, when: When) -> Mask:
    managers = {person.id: person.manager for side in sides for person in side}
    above = {identifier: _line(identifier, managers) for identifier in managers}
    return _named(sides, lambda person: above[person.id])


def _line(identifier: str, managers: Mapping[str, str]) -> Sequence[str]:
    """Everyone above somebody, as far as sign-ups tell."""
    line: list[str] = []
    while (manager := managers.get(identifier)) and manager not in line and len(line) < _LONGEST_LINE:
        line.append(manager)
        identifier = manager
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


# Those that a program chooses under `matching: rules`, and those that hold everywhere.
CHOSEN: Mapping[str, Rule] = {
    "different-unit": lambda sides, _, when: same(sides, "unit") | ~known(sides, "unit"),
    "grade-gap": _grade_gap,
    "outside-reporting-line": _outside_reporting_line,
    "shared-language": lambda sides, _, when: common(*(word_sets(side, "languages") for side in sides)) == 0,
    "shared-hours": lambda sides, least, when: shared_hours(sides, when) < least,
}
ALWAYS: Mapping[str, Rule] = {
    "not-with": lambda sides, _, when: _named(sides, lambda person: person.not_with),
    "not-again": lambda sides, _, when: _named(sides, lambda person: person.earlier),
    "oneself": lambda sides, _, when: _named(sides, lambda person: (person.id,)),
}


def broken(sides: Sides, rules: Mapping[str, int], when: When) -> dict[str, Mask]:
    """Say by rule which two people it keeps apart; a program's rule that is false or 0 is none."""
    counted = {name: rule for name, rule in CHOSEN.items() if rules.get(name)} | {**ALWAYS}
    return {name: rule(sides, int(rules.get(name, 1)), when) for name, rule in counted.items()}
