"""When answers were sent, as form tools write it -> what can be compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

_MOST_SIGNS = 40
_ZONE = re.compile(r":\d\d(?:[:.]\d+)*\s*(?:[ap]\.?\s?m\.?)?\s*([^\s\d:.].*)", re.IGNORECASE)
_OFFSET = re.compile(r"(?:gmt|utc|z)?\s*(?:([+-])(\d{1,2}):?(\d\d)?)?", re.IGNORECASE)
_HALF = re.compile(r"\d\s*([ap])\.?\s?m", re.IGNORECASE)
Moment = tuple[int, ...]  # year, month, day, hour, minute, second


def moments(cells: Sequence[str]) -> list[tuple[Moment, ...]]:
    """When each was sent, in each order of day and month that may be meant; nothing where no time stands.

    All of a column have one order: where a single cell has a day after the twelfth, it settles the others.
    Where clocks differ by letters that nobody can be sure of, no time is later than another.
    """
    if len({_clock(cell)[0] for cell in cells if cell.strip()}) > 1:
        return [()] * len(cells)
    orders = [[_moment(cell, day_first) for cell in cells] for day_first in (True, False)]
    readable = [sum(map(bool, order)) for order in orders]
    likely = [order for order, number in zip(orders, readable, strict=True) if number == max(readable)]
    return [times if all(times) else () for times in zip(*likely, strict=True)]


def _moment(cell: str, day_first: bool) -> Moment:
    numbers = map(int, re.findall(r"\d+", cell[:_MOST_SIGNS]))
    year, month, day, hour, minute, second = [*numbers, 0, 0, 0, 0, 0, 0][:6]
    if year <= 31:
        in_order = day_first or re.match(r"\s*\d+\.", cell)
        year, month, day = (day, month, year) if in_order else (day, year, month)
    if half := _HALF.search(cell):
        hour = hour % 12 + 12 * (half[1] in "pP")
    try:
        time = datetime(year, month, day, hour, minute, second) - timedelta(minutes=_clock(cell)[1])
        return time.timetuple()[:6]
    except (ValueError, OverflowError):  # without a number for each of the three there is no day
        return ()


def _clock(cell: str) -> tuple[str, int]:
    """By which clock a time is told: the letters behind it, and how many minutes it is before UTC."""
    zone = _ZONE.search(cell[:_MOST_SIGNS])
    if not zone:
        return "", 0
    offset = _OFFSET.fullmatch(zone[1].strip())
    if not offset:
        return zone[1].strip().casefold(), 0
    minutes = 60 * int(offset[2] or 0) + int(offset[3] or 0)
    return "utc", -minutes if offset[1] == "-" else minutes
