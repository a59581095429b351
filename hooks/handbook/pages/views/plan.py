"""Steps of the launch plan and messages, each with its day."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from ...model.definitions.builder import build
from ...model.definitions.cohort import Cohort
from ...model.definitions.parts import Point
from ...model.definitions.playbook import Item
from ...model.timeline import planned_day


@dataclass(frozen=True)
class Planned:
    """A step of the launch plan, or a message, with its day; None where there is no such day."""

    item: Item
    day: date | None


def direction(item: Item) -> str:
    """How a step counts its day: a `week`, weeks `ahead` of the start, or `before`, `on`, `after` another."""
    if not item["with"]:
        return "week" if item.fields.get("week", 1) > 0 else "ahead"
    days = item.fields.get("days", 0)
    return "on" if days == 0 else "before" if days < 0 else "after"


def distance(item: Item) -> int:
    """How many days a step of a plan lies from what it counts from; weeks where it counts from the start."""
    days: int = item.fields.get("days", 0) if item["with"] else 1 - item.fields.get("week", 1)
    return abs(days)


def planned(
    items: Iterable[Item], cohort: Cohort | None, holidays: Collection[tuple[date, date]]
) -> tuple[Planned, ...]:
    """Give each its day in a cohort, in the order of time; what has no day comes last."""
    steps = (
        Planned(item, planned_day(cohort, build(Point, item.fields), holidays) if cohort else None)
        for item in items
    )
    return tuple(sorted(steps, key=lambda step: step.day or date.max))
