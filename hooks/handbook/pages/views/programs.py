"""A program as home shows it, and which of its cohorts a reader means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ...model.definitions.cohort import Cohort
from ...model.definitions.program import Program
from ...model.handbook import Handbook
from ...model.timeline import Event, coming, current, state


@dataclass(frozen=True)
class Card:
    """A program as home shows it: with the cohort that a reader most likely means."""

    program: Program
    cohort: Cohort | None
    state: str
    next: Event | None


def card(handbook: Handbook, program: Program, day: date) -> Card:
    """Make a program's card for a day."""
    cohort = current(handbook.cohorts_of(program), day)
    if cohort is None:
        return Card(program, None, "no-cohort", None)
    ahead = coming((cohort,), day, 1)
    return Card(program, cohort, state(cohort, day), ahead[0][1] if ahead else None)


def prepared(cohorts: Iterable[Cohort], day: date) -> Cohort | None:
    """The cohort that a coordinator prepares: the next to start; else the one that a reader means."""
    known = tuple(cohorts)
    ahead = (cohort for cohort in known if state(cohort, day) in ("planned", "sign-up", "matching"))
    return next(ahead, None) or current(known, day)


# With more than this, a page of next steps is a list to choose from.
MOST_CARDS = 6
