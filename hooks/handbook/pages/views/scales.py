"""What is drawn on a scale: an agenda, a cohort's whole time, a goal's numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import accumulate
from math import ceil
from typing import NamedTuple

from ...model.definitions.assembly import fitted
from ...model.definitions.builder import build
from ...model.definitions.cohort import Cohort, Result
from ...model.definitions.parts import AgendaStep, Goal
from ...model.definitions.playbook import Item
from ...model.definitions.program import Program
from ...model.timeline import Event, events

# Below this number of answers a result could point at a person.
FEWEST_ANSWERS = 5
# Below this number of people a share is said as a count: one of them moves it by more than five percent.
FEWEST_FOR_SHARES = 20


def agenda(steps: Sequence[AgendaStep]) -> tuple[tuple[int, AgendaStep], ...]:
    """Each step of an agenda, with the minute in which it begins before it."""
    return tuple(zip(accumulate((step.minutes for step in steps), initial=0), steps, strict=False))


def agenda_steps(item: Item, program: Program) -> Sequence[AgendaStep]:
    """The agenda that stands in a text; a ready-made one as long as the milestone that it is for."""
    steps = [build(AgendaStep, step) for step in item["agenda"]]
    minutes = (moment.minutes for moment in program.milestones if moment.id == item["milestone"])
    return steps if "agenda" in item.given else fitted(steps, next(minutes, 0))


class Span(NamedTuple):
    """One bar of the timeline's drawing, in percent of the cohort's whole time."""

    event: Event
    left: float
    width: float


class Drawing(NamedTuple):
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


class Count(NamedTuple):
    """So many people of so many; not exact where no number of them makes the share that was given."""

    some: int
    of: int
    exact: bool


def in_people(share: float, of: int | None, unit: str, least: bool = False) -> Count | None:
    """Say a share in percent as a count of people, or the least that reaches it; None for enough people."""
    if unit != "%" or not of or of >= FEWEST_FOR_SHARES:
        return None
    people = round(share * of / 100, 6)
    some = ceil(people) if least else round(people)
    return Count(some, of, least or abs(people - some) <= of / 199)  # it may be a whole percent, rounded


class Meter(NamedTuple):
    """A goal's numbers on one scale; `shown` is false where the one reached rests on too few answers.

    `asked` is how many people the baseline comes from, which is not shown either where they are too few.
    """

    baseline: float | None
    target: float | None
    actual: float | None
    top: float
    answers: int | None
    shown: bool
    asked: int | None = None

    def share(self, value: float) -> int:
        """Where on the scale a number stands, in percent."""
        return max(0, min(100, round(100 * value / self.top))) if self.top else 0


def meter(goal: Goal, result: Result | None = None) -> Meter | None:
    """Work out a goal's meter; None for a goal without numbers."""
    measure = goal.measure
    if measure is None or (measure.target is None and measure.baseline is None and result is None):
        return None
    shown = result is not None and (result.n or 0) >= FEWEST_ANSWERS
    baseline, actual = (result.baseline, result.actual) if result and shown else (None, None)
    asked = measure.n if baseline is None or result is None else result.n
    if baseline is None and (asked or FEWEST_ANSWERS) >= FEWEST_ANSWERS:
        baseline = measure.baseline
    numbers = [number for number in (baseline, measure.target, actual) if number is not None]
    top = 100.0 if measure.unit == "%" else 1.15 * max((*numbers, 0.0))
    return Meter(baseline, measure.target, actual, top, result.n if result else None, shown, asked)
