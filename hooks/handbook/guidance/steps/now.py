"""What a role has before it on a day: all that is open, the nearest deadline first, and what begins next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import chain

from ...model.definitions.cohort import Cohort
from ...model.definitions.program import PARTICIPANTS, Role
from ...model.handbook import Handbook
from ...model.timeline import Event, Spans, holds, is_public, just_cancelled, last_day, live, sessions, state
from .events import at_events
from .roles import OWN, planned
from .step import Step

# Where a step leads in a cohort in which nothing is to be done any more, by the state.
_OVER = {"finished": "cohort/results", "cancelled": "overview", "postponed": "overview"}


@dataclass(frozen=True)
class Now:
    """What a role has before it in a cohort on a day.

    Attributes:
        open: what is to be done; where there is nothing, not even ahead, the one step that says so.
        ahead: what begins on the next day on which anything does.
    """

    cohort: Cohort
    role: Role
    day: date
    open: tuple[Step, ...]
    ahead: tuple[Step, ...]

    @property
    def first(self) -> Step:
        """The one big action: the nearest deadline, or what begins next where nothing is open."""
        return (*self.open, *self.ahead)[0]

    @property
    def others(self) -> tuple[Step, ...]:
        """What else is open."""
        return self.open[1:]

    @property
    def following(self) -> tuple[Step, ...]:
        """What begins next, but the first step."""
        return self.ahead if self.open else self.ahead[1:]

    @property
    def unpaired(self) -> bool:
        """Whether somebody is to meet somebody, and no pairing is public yet."""
        meets = any(step.code in ("session", "announcement") for step in self.open)
        public = any(is_public(pairing, self.day) for pairing in self.cohort.pairings)
        return self.role in PARTICIPANTS and meets and not public

    def without(self, code: str) -> Now:
        """The same without steps of a kind, for a page that says them in its own words."""
        left = tuple(step for step in self.open if step.code != code)
        return replace(self, open=left) if left or self.ahead else self


@lru_cache(maxsize=4096)
def steps(cohort: Cohort, role: Role, holidays: Spans) -> tuple[Step, ...]:
    """Everything that a role does in a cohort, the nearest deadline first."""
    known = tuple(at_events(cohort, role))
    every = (way(cohort, role, known, holidays) for way in (OWN[role], planned))
    return tuple(sorted(chain(*every), key=lambda step: step.order))


def now(cohort: Cohort, role: Role, day: date, holidays: Spans) -> Now:
    """What a role has before it in a cohort on a day; the coordinator's plan goes on after the end."""
    stands, last = state(cohort, day), last_day(cohort)
    every = steps(cohort, role, holidays) if holds(cohort, day) else ()
    going = tuple(step for step in every if step.is_open(day))
    begins = min((step.day for step in every if step.day > day), default=None)
    ahead = tuple(step for step in every if step.day == begins)
    if not going and (stands in _OVER or not ahead):
        code = stands if stands in _OVER else "nothing"
        name = "without-results" if code == "finished" and not cohort.results else ""
        page, by = _OVER.get(code, "cohort#dates"), last
        if cohort.called_off and not holds(cohort, day):
            page, by = "cohort/messages" if role == "coordinator" else page, cohort.called_off
        going = (Step(cohort, role, code, day, max(day, last), by, name=name, page=page),)
    return Now(cohort, role, day, going, ahead)


def on_list(cohort: Cohort, role: Role, day: date, holidays: Spans) -> tuple[Step, ...]:
    """Everything that a role does in a cohort; of one that was called off by a day, what is left to do."""
    if holds(cohort, day):
        return steps(cohort, role, holidays)
    return now(cohort, role, day, holidays).open if leaves_work(cohort, role, day, holidays) else ()


def in_hand(cohorts: Iterable[Cohort], role: Role, day: date, holidays: Spans) -> tuple[Cohort, ...]:
    """The cohorts that a reader may act in, and those that are over and leave a role something to do."""
    known = tuple(cohorts)
    acted_in = live(known, day)
    return tuple(one for one in known if one in acted_in or leaves_work(one, role, day, holidays))


def leaves_work(cohort: Cohort, role: Role, day: date, holidays: Spans) -> bool:
    """Whether a role has something before it in a cohort, over or not; a cancelled one is told for a week."""
    if not holds(cohort, day):
        told = state(cohort, day) == "postponed" or just_cancelled(cohort, day)
        return role == "coordinator" and told
    return any(step.until >= day for step in steps(cohort, role, holidays))


def acting(handbook: Handbook, day: date) -> tuple[Cohort, ...]:
    """The cohorts that a reader may act in, program by program."""
    return tuple(
        cohort for program in handbook.programs for cohort in live(handbook.cohorts_of(program), day)
    )


def door(handbook: Handbook, role: Role, day: date) -> tuple[Now, ...]:
    """What a role has before it in all cohorts that a reader may act in, the nearest day first."""
    holidays = handbook.organisation.holidays
    known = (in_hand(handbook.cohorts_of(one), role, day, holidays) for one in handbook.programs)
    every = (now(cohort, role, day, holidays) for cohorts in known for cohort in cohorts)
    return tuple(sorted(every, key=lambda one: (one.first.by, one.cohort.path)))


def next_session(cohort: Cohort, day: date) -> Event | None:
    """The session of this week, else the next to come; None after the last."""
    return next((session for session in sessions(cohort, day) if session.until >= day), None)
