"""What is drawn on a scale: an agenda, the way of a cohort, a goal's numbers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from itertools import accumulate
from math import ceil
from typing import NamedTuple

from ...model.definitions.assembly import fitted
from ...model.definitions.builder import build
from ...model.definitions.cohort import Cohort, Result
from ...model.definitions.parts import AgendaStep, Goal
from ...model.definitions.playbook import Item
from ...model.definitions.program import ROLES, Program, Role
from ...model.timeline import Event, holds, last_day, until_the_end

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


class Stop(NamedTuple):
    """An event from here to there in percent; it is `done`, `now`, the `next` or still `coming`."""

    event: Event
    at: float
    ends: float
    stands: str


class Journey(NamedTuple):
    """The way of a cohort from its first stop to its end, and how far today is (None before and after)."""

    stops: tuple[Stop, ...]
    today: float | None


def journey(cohort: Cohort, day: date, roles: Collection[Role] = ROLES) -> Journey | None:
    """Lay out what concerns some roles between a cohort's first stop and its last day, if its days hold."""
    kinds = ("sign-up", "announcement", "session", "milestone", "end")
    way = [event for event in until_the_end(cohort) if event.kind in kinds]
    mine = [event for event in way if not {*roles}.isdisjoint(event.roles)]
    first, last = way[0].day, last_day(cohort)
    ahead = min((event.day for event in mine if event.day > day), default=None)

    def share(to: date) -> float:
        return round(100 * (min(to, last) - first).days / max(1, (last - first).days), 2)

    def stands(event: Event) -> str:
        if day > last or event.until < day:
            return "done"
        return "now" if event.day <= day else "next" if event.day == ahead else "coming"

    stops = tuple(Stop(event, share(event.day), share(event.until), stands(event)) for event in mine)
    return Journey(stops, share(day) if first <= day <= last else None) if holds(cohort, day) else None


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
