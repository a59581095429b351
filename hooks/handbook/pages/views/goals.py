"""A goal's numbers on one scale."""

from __future__ import annotations

from dataclasses import dataclass

from ...model.definitions.cohort import Result
from ...model.definitions.parts import Goal

# Below this number of answers a result could point at a person.
FEWEST_ANSWERS = 5


@dataclass(frozen=True)
class Meter:
    """A goal's numbers on one scale, each also as a share of it from 0 to 100.

    Attributes:
        shown: whether the number reached may be shown; few answers are not.
    """

    goal: Goal
    baseline: float | None
    target: float | None
    actual: float | None
    top: float
    answers: int | None
    shown: bool

    def share(self, value: float) -> int:
        """Where on the scale a number stands, in percent."""
        return max(0, min(100, round(100 * value / self.top))) if self.top else 0


def meter(goal: Goal, result: Result | None = None) -> Meter | None:
    """Work out a goal's meter; None for a goal without numbers."""
    measure = goal.measure
    if measure is None or (measure.target is None and measure.baseline is None and result is None):
        return None
    shown = result is not None and (result.n is None or result.n >= FEWEST_ANSWERS)
    public = result if shown else None
    baseline = public.baseline if public and public.baseline is not None else measure.baseline
    actual = public.actual if public else None
    numbers = [number for number in (baseline, measure.target, actual) if number is not None]
    top = 100.0 if measure.unit == "%" else 1.15 * max((*numbers, 0.0))
    return Meter(goal, baseline, measure.target, actual, top, result.n if result else None, shown)
