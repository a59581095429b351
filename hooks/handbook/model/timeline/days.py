"""Which day it is, and days of the week, of holidays and of a pairing."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta
from math import ceil
from zoneinfo import ZoneInfo

from ..definitions.cohort import Pairing

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY = timedelta(days=1)
WEEK = timedelta(days=7)

# First and last days, such as those of holidays.
Spans = tuple[tuple[date, date], ...]


def today(timezone: str) -> date:
    """The day for which everything is built: HANDBOOK_TODAY (YYYY-MM-DD), else today in the time zone.

    Raises:
        ValueError: HANDBOOK_TODAY is not a day.
    """
    pinned = os.environ.get("HANDBOOK_TODAY")
    return date.fromisoformat(pinned) if pinned else datetime.now(ZoneInfo(timezone)).date()


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def shifted(day: date, days: int) -> date:
    """The day so many days later, or earlier."""
    return day + days * DAY


def _is_free(day: date, holidays: Spans) -> bool:
    return day.weekday() < 5 and not any(first <= day <= last for first, last in holidays)


def works_on(first: date, last: date, holidays: Spans) -> bool:
    """Whether one of these days is a working day and no holiday."""
    return any(_is_free(first + number * DAY, holidays) for number in range((last - first).days + 1))


def free_days(first: date, until: date, holidays: Spans) -> tuple[date, ...]:
    """The working days from a first one to the one before another."""
    days = (first + number * DAY for number in range((until - first).days))
    return tuple(day for day in days if _is_free(day, holidays))


def next_free(day: date, holidays: Spans, step: timedelta = DAY) -> date:
    """The next working day that is no holiday, the day itself among them; backwards with a step of -1 day."""
    while not _is_free(day, holidays):
        day += step
    return day


def answered_by(day: date, hours: int, holidays: Spans) -> date:
    """The day by which somebody answers who has so many hours from a day on, days off not counted."""
    for _ in range(ceil(hours / 24)):
        day = next_free(day + DAY, holidays)
    return day


def end_of_week(day: date, holidays: Spans) -> date:
    """The Friday of a day's week; of a Friday or a day off the next working day."""
    friday = monday_of(day) + 4 * DAY
    return friday if day < friday else next_free(day + DAY, holidays)


def public_from(pairing: Pairing) -> date | None:
    """The day from which a pairing is public: it has come, and both have confirmed; or None."""
    if pairing.announce is None or len(pairing.confirmed) < 2:
        return None
    return max(pairing.announce, *pairing.confirmed.values())
