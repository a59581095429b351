"""What takes place in a cohort, and where it, its pairings and its events stand on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache, singledispatch
from typing import Literal

from ..definitions.cohort import Cohort, Pairing
from ..definitions.parts import Commitment
from .days import DAY, WEEK, monday_of, public_from
from .schedule import Event, event_of, events, last_day

CohortState = Literal["planned", "sign-up", "matching", "running", "finished", "postponed", "cancelled"]
PairingState = Literal["proposed", "half-confirmed", "confirmed", "announced", "paused", "completed", "ended"]
EventState = Literal["coming", "now", "past"]


def until_the_end(cohort: Cohort, day: date | None = None) -> tuple[Event, ...]:
    """What takes place, as it is known on a day: no event that would begin after the cohort's last day.

    Of a cohort that was called off by then, what was over before; without a day, all that is planned.
    """
    last, off = last_day(cohort), cohort.called_off
    taking_place = tuple(event for event in events(cohort) if event.day <= last)
    if off is None or day is None or day < off:
        return taking_place
    return tuple(event for event in taking_place if event.until < off)


def sessions(cohort: Cohort, day: date | None = None) -> tuple[Event, ...]:
    """The sessions among what takes place, as it is known on a day; without a day, all that are planned."""
    return tuple(event for event in until_the_end(cohort, day) if event.kind == "session")


@lru_cache(maxsize=512)
def commitment(cohort: Cohort) -> Commitment:
    """How much time people really give in a cohort, by the days of the sessions that take place."""
    # Weeks begin on Mondays, as the first day of all was one.
    measures = [((event.day.toordinal() - 1) // 7, event.minutes) for event in sessions(cohort)]
    return cohort.program.commitment.measured(measures)


@singledispatch
def state(thing: object, day: date) -> str:
    """Say where a cohort, a pairing or an event (a form, a session, …) stands on a day."""
    raise TypeError(f"{type(thing).__name__} has no state")


@state.register
def _(cohort: Cohort, day: date) -> CohortState:
    for name in ("cancelled", "postponed"):
        since: date | None = getattr(cohort, name)
        if since and since <= day:
            return name
    if day > last_day(cohort):
        return "finished"
    if day >= cohort.start:
        return "running"
    sign_up = event_of(cohort, "sign-up")
    if day > sign_up.until:
        return "matching"
    return "sign-up" if day >= sign_up.day else "planned"


@state.register
def _(pairing: Pairing, day: date) -> PairingState:
    for name in ("ended", "completed", "paused"):
        since: date | None = getattr(pairing, name)
        if since and since <= day and is_public(pairing, day):
            return name
    confirmed = sum(since <= day for since in pairing.confirmed.values())
    if confirmed < 2:
        return "half-confirmed" if confirmed else "proposed"
    return "announced" if is_public(pairing, day) else "confirmed"


@state.register
def _(event: Event, day: date) -> EventState:
    if day < event.day:
        return "coming"
    return "now" if day <= event.until else "past"


def holds(cohort: Cohort, day: date) -> bool:
    """Whether a cohort's days hold: it is neither cancelled nor postponed."""
    return (cohort.called_off or date.max) > day


def holding(cohorts: Iterable[Cohort], day: date) -> tuple[Cohort, ...]:
    """The cohorts whose days hold."""
    return tuple(cohort for cohort in cohorts if holds(cohort, day))


def is_public(pairing: Pairing, day: date) -> bool:
    """Whether both have confirmed and the day of the announcement has come."""
    return (public_from(pairing) or date.max) <= day


def public_pairings(cohort: Cohort, day: date) -> tuple[Pairing, ...]:
    """The pairings that a day's site shows; of one that ended nothing is said.

    None appears once the cohort's days do not hold.
    """
    last = day if cohort.called_off is None else min(day, cohort.called_off - DAY)
    public = (pairing for pairing in cohort.pairings if is_public(pairing, last))
    return tuple(pairing for pairing in public if state(pairing, day) != "ended")


def has_begun(cohort: Cohort, pairing: Pairing, day: date) -> bool:
    """Whether a session has gone by since the two were announced."""
    since = public_from(pairing) or day
    return any(since <= session.day and session.until < day for session in sessions(cohort))


def is_fresh(pairing: Pairing, day: date) -> bool:
    """Whether the two were announced less than a week ago."""
    return is_public(pairing, day) and not is_public(pairing, day - WEEK)


def current(cohorts: Iterable[Cohort], day: date) -> Cohort | None:
    """The cohort that a reader most likely means: running, else the next to come, else the last that was."""
    rank = {"running": 0, "matching": 1, "sign-up": 2, "planned": 3, "postponed": 3}
    return min(
        cohorts,
        key=lambda cohort: (rank.get(state(cohort, day), 4), abs((cohort.start - day).days), cohort.id),
        default=None,
    )


def goes_on(cohort: Cohort, day: date) -> bool:
    """Whether a cohort's days hold, and its last is not past."""
    return holds(cohort, day) and day <= last_day(cohort)


def live(cohorts: Iterable[Cohort], day: date) -> tuple[Cohort, ...]:
    """The cohorts that a reader may act in: all that are not over; else the last that was."""
    known = tuple(cohorts)
    return tuple(cohort for cohort in known if not is_over(cohort, day)) or known[-1:]


def is_over(cohort: Cohort, day: date) -> bool:
    """Whether a cohort is finished, or cancelled."""
    return state(cohort, day) in ("finished", "cancelled")


def just_cancelled(cohort: Cohort, day: date) -> bool:
    """Whether a cohort was cancelled less than a week ago: so long people may ask for a place in the next."""
    return state(cohort, day) == "cancelled" != state(cohort, day - WEEK)


def this_week(cohort: Cohort, day: date) -> tuple[Event, ...]:
    """What goes on in the week of a day, Monday to Sunday, up to the cohort's last day."""
    monday = monday_of(day)
    if monday > last_day(cohort):
        return ()
    begun = (event for event in until_the_end(cohort, day) if event.day < monday + WEEK)
    return tuple(event for event in begun if event.until >= monday)


def week_state(due: date, day: date) -> EventState:
    """Where a thing to do stands whose day is due: to come, in the week of a day, or in one that is past."""
    monday = monday_of(day)
    if due < monday:
        return "past"
    return "now" if due < monday + WEEK else "coming"


def coming(cohorts: Iterable[Cohort], day: date, count: int) -> tuple[tuple[Cohort, Event], ...]:
    """The next events of several cohorts that are not past nor finished, by the date that counts next."""
    lasting = (cohort for cohort in cohorts if day <= last_day(cohort))
    dated = ((cohort, event) for cohort in lasting for event in until_the_end(cohort, day))
    ahead = [(cohort, event) for cohort, event in dated if event.until >= day]
    ahead.sort(key=lambda pair: (pair[1].next_day(day), pair[0].path, pair[1].id))
    return tuple(ahead[:count])
