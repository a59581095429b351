"""When answers were sent, as form tools write it -> what can be compared."""

from __future__ import annotations

import re
from collections.abc import Sequence

_TIME = re.compile(
    r"(\d{1,4})([./-])(\d{1,2})\2(\d{2,4})(?:\D{1,3}(\d{1,2}):(\d\d)(?::(\d\d))?[\d.]*\s*(?:([ap])\.?\s?m)?)?",
    re.IGNORECASE,
)
Moment = tuple[int, ...]  # year, month, day, hour, minute, second


def moments(cells: Sequence[str]) -> list[tuple[Moment, ...]]:
    """When each was sent, in each order of day and month that may be meant; nothing where no time stands.

    All of a column have one order: where a single cell has a day after the twelfth, it settles the others.
    """
    orders = [[_moment(cell, day_first) for cell in cells] for day_first in (True, False)]
    readable = [sum(map(bool, order)) for order in orders]
    likely = [order for order, number in zip(orders, readable, strict=True) if number == max(readable)]
    return [times if all(times) else () for times in zip(*likely, strict=True)]


def _moment(cell: str, day_first: bool) -> Moment:
    time = _TIME.match(cell.strip())
    if not time:
        return ()
    day, month, year = int(time[1]), int(time[3]), int(time[4])
    if len(time[1]) == 4:
        day, year = year, day
    elif not day_first and time[2] != ".":
        day, month = month, day
    hour = int(time[5] or 0)
    hour = hour % 12 + 12 * (time[8] in "pP") if time[8] else hour
    right = 1 <= month <= 12 and 1 <= day <= 31
    return (year, month, day, hour, int(time[6] or 0), int(time[7] or 0)) if right else ()
