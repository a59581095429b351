"""Which day it is, and days of the week and of holidays."""

from __future__ import annotations

import os
from collections.abc import Collection
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY = timedelta(days=1)
WEEK = timedelta(days=7)

# First and last days, such as those of holidays.
Spans = Collection[tuple[date, date]]


def today(timezone: str = "UTC") -> date:
    """The day for which everything is built: HANDBOOK_TODAY (YYYY-MM-DD), else today in the time zone.

    Raises:
        ValueError: HANDBOOK_TODAY is not a day.
    """
    pinned = os.environ.get("HANDBOOK_TODAY")
    return date.fromisoformat(pinned) if pinned else datetime.now(ZoneInfo(timezone)).date()


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def falls_on(day: date, spans: Spans) -> bool:
    """Whether a day lies in one of these spans, such as holidays."""
    return any(first <= day <= last for first, last in spans)


def _is_free(day: date, holidays: Spans) -> bool:
    """Whether a day is a working day and no holiday."""
    return day.weekday() < 5 and not falls_on(day, holidays)


def works_on(first: date, last: date, holidays: Spans) -> bool:
    """Whether one of these days is a working day and no holiday."""
    return any(_is_free(first + number * DAY, holidays) for number in range((last - first).days + 1))


def next_free(day: date, holidays: Spans, step: timedelta = DAY) -> date:
    """The next working day that is no holiday, the day itself among them; backwards with a step of -1 day."""
    while not _is_free(day, holidays):
        day += step
    return day
