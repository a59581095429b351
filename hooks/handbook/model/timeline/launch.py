"""A cohort -> the days of its plan's steps and messages, in order whatever is pinned; a sign-up that fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from ..definitions.cohort import Cohort
from ..definitions.parts import Point
from .days import DAY, WEEK, Spans, free_days, monday_of, next_free
from .schedule import Schedule, key_days

# What comes one after the other in every cohort; what lies between two of these days stays there.
_WAY = ("sign-up-opens", "sign-up-closes", "pairings-announced", "first-meeting")
# Two weeks in which pairings are proposed and both people of each are asked.
PAIRING_TIME = 2 * WEEK
# A week and a half to find a sponsor, to settle time and help and to decide; as long for people to sign up.
_BEFORE_THAT = 3 * WEEK


def planned_days(cohort: Cohort, points: Iterable[Point], holidays: Spans = ()) -> Mapping[Point, date]:
    """The days of steps and messages; what has none, or counts from nothing that there is, is left out.

    Each is a working day: the one before a holiday or weekend; after, where it is on a day or follows one.
    What counts back from a day of `_WAY`, or comes `before` it, lies between that day and the one on the way
    before it. Where the time is too short for that, the days between are shared out evenly, in order.
    With `plan_from` nothing is planned for an earlier day.
    """
    days = {point: day for point in points if (day := _usual_day(cohort, point, holidays))}
    known = key_days(cohort)
    first = cohort.plan_from or min(days.values(), default=date.min)
    for name in filter(known.__contains__, _WAY):
        between = [point for point in days if name in (point.before, point.days < 0 and point.anchor)]
        between.sort(key=lambda point: (point.anchor == name, days[point], point.days))
        days.update(_in_order({point: days[point] for point in between}, first, known[name], holidays))
        first = known[name] + DAY
    earliest = next_free(cohort.plan_from, holidays) if cohort.plan_from else date.min
    return {point: max(day, earliest) for point, day in days.items()}


def _usual_day(cohort: Cohort, point: Point, holidays: Spans) -> date | None:
    days = key_days(cohort)
    if point == Point() or (point.anchor and point.anchor not in days):
        return None
    day = days[point.anchor] + point.days * DAY if point.anchor else Schedule(cohort).day(point)
    return next_free(day, holidays, DAY if point.anchor and point.days >= 0 else -DAY)


def _in_order(
    wished: Mapping[Point, date], first: date, until: date, holidays: Spans
) -> Iterator[tuple[Point, date]]:
    """Leave days that follow each other from a first one, before another; share the days out where not."""
    days = tuple(wished.values())
    if list(days) == sorted(days) and all(first <= day < until for day in days):
        return
    free = free_days(first, until, holidays) or (next_free(until, holidays),)
    yield from ((point, free[place * len(free) // len(wished)]) for place, point in enumerate(wished))


def has_weeks(cohort: Cohort, weeks: int) -> bool:
    """Whether planning begins so many weeks before the start; where nothing says when, it does."""
    return cohort.plan_from is None or cohort.start - cohort.plan_from >= weeks * WEEK


def fitting_sign_up(cohort: Cohort, day: date, holidays: Spans = ()) -> tuple[date, date]:
    """When sign-up opens and closes, if planning begins on a day.

    It ends two weeks before the announcement, and opens halfway there. If too little is left for that,
    preparing, sign-up and asking both people share what there is.
    """
    announced = max(_announced(cohort), day)
    asking = min(PAIRING_TIME, (announced - day) * 2 // 5)
    closes = max(next_free(announced - asking, holidays, -DAY), day)
    return min(next_free(day + (closes - day) // 2, holidays), closes), closes


def moved_sign_up(last: Cohort, start: date) -> Mapping[str, date]:
    """The days of sign-up that an earlier cohort says, as long before another start; no fitted ones."""
    days = {} if last.plan_from else {"opens": last.sign_up_opens, "closes": last.sign_up_closes}
    return {end: start - (last.start - day) for end, day in days.items() if day}


def earliest_start(cohort: Cohort, day: date, holidays: Spans = ()) -> date:
    """The first day from a cohort's start on that leaves time enough, if planning begins on a day.

    That is its start, or the Monday of a later week.
    """
    tried = cohort
    while next_free(_announced(tried) - PAIRING_TIME, holidays, -DAY) - day < _BEFORE_THAT:
        tried = replace(tried, start=monday_of(tried.start) + WEEK)
    return tried.start


def _announced(cohort: Cohort) -> date:
    return key_days(cohort).get("pairings-announced", cohort.start)
