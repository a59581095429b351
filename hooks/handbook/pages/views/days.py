"""A cohort by months, and drawn on one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ...model.definitions.cohort import Cohort
from ...model.timeline import Event, events


def months(cohort: Cohort) -> Mapping[date, Sequence[Event]]:
    """Group a cohort's events by the first day of the month in which they begin."""
    grouped: dict[date, list[Event]] = {}
    for event in events(cohort):
        grouped.setdefault(event.day.replace(day=1), []).append(event)
    return grouped


@dataclass(frozen=True)
class Span:
    """One bar of the timeline's drawing, in percent of the cohort's whole time."""

    event: Event
    left: float
    width: float


@dataclass(frozen=True)
class Drawing:
    """The whole of a cohort on one line: spans, and where today is (None before and after)."""

    spans: tuple[Span, ...]
    today: float | None
    first: date
    last: date


def drawing(cohort: Cohort, day: date) -> Drawing:
    """Lay out sign-up, sessions and forms between a cohort's first event and its last day."""
    dated = events(cohort)
    first, last = min(event.day for event in dated), max(event.until for event in dated)
    whole = max(1, (last - first).days + 1)

    def share(days: int) -> float:
        return round(100 * days / whole, 2)

    def span(event: Event) -> Span:
        width = max(0.9, share((event.until - event.day).days + 1))
        return Span(event, round(min(share((event.day - first).days), 100 - width), 2), width)

    spans = tuple(span(event) for event in dated if event.kind in ("sign-up", "session", "form", "milestone"))
    return Drawing(spans, share((day - first).days) if first <= day <= last else None, first, last)
