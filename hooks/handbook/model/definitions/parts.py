"""The small parts of a program: its goals, its numbers, its days, the steps of an agenda."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ...text.prose import Text


@dataclass(frozen=True)
class Measure:
    """How one knows that a goal is reached; numbers are in `unit`, the baseline comes from `n` people."""

    what: Text
    unit: Text = Text()
    baseline: float | None = None
    target: float | None = None
    form: str = ""
    n: int | None = None


@dataclass(frozen=True)
class Goal:
    """One goal of a program."""

    id: str
    title: Text
    benefits: tuple[str, ...] = ()
    measure: Measure | None = None


@dataclass(frozen=True)
class Range:
    """Numbers of one kind that differ, by the least and the most of them."""

    least: int
    most: int

    def __str__(self) -> str:
        return f"{self.least}–{self.most}"


# One number where all are the same.
Amount = int | Range


def amount(numbers: Iterable[int]) -> Amount:
    """Give what can truly be said of some numbers in one; there is at least one."""
    least, *_, most = sorted(numbers) * 2
    return least if least == most else Range(least, most)


def bounds(number: Amount) -> tuple[int, int]:
    """Give the least and the most of what may be one number."""
    return (number.least, number.most) if isinstance(number, Range) else (number, number)


@dataclass(frozen=True)
class Commitment:
    """How much time people give: as many sessions as there really are, with their lengths and distances.

    Attributes:
        every_weeks: how many weeks lie between sessions; 0 among them where a week has several.
        weeks: how many weeks there are from the first session's to the last's, both counted.
    """

    sessions: int
    minutes: Amount
    every_weeks: Amount
    protected_time: bool = True
    weeks: int = 1

    def measured(self, sessions: Sequence[tuple[int, int]]) -> Commitment:
        """What these sessions take, given as (week, minutes); a single one leaves the distance as it is."""
        if not sessions:
            return self
        weeks = sorted(week for week, _ in sessions)
        distances = [later - earlier for earlier, later in pairwise(weeks)]
        return replace(
            self,
            sessions=len(sessions),
            minutes=amount(minutes for _, minutes in sessions),
            every_weeks=amount(distances) if distances else self.every_weeks,
            weeks=weeks[-1] - weeks[0] + 1,
        )


@dataclass(frozen=True)
class Agreement:
    """The numbers of the mentoring agreement, in hours and days; no `concern_days`, no promise."""

    reply_hours: int
    cancel_notice_hours: int
    notice_days: int
    concern_days: int = 0


@dataclass(frozen=True)
class Costs:
    """What time is worth by role, and what is added up besides; `pairings` is 0 where none are planned."""

    day_rate: Mapping[str, float] = field(default_factory=dict)
    hours_a_day: float = 7.5
    currency: str = "EUR"
    prep_minutes: int = 0
    pairings: int = 0


@dataclass(frozen=True)
class Point:
    """A day as an offset: week 1 is the week of the start; or so many days from something else.

    `before` names what a step of a plan always comes before.
    """

    week: int | None = None
    weekday: str = ""
    anchor: str = ""
    days: int = 0
    before: str = ""


@dataclass(frozen=True)
class AgendaStep:
    """One step of an agenda or of a module, in minutes."""

    minutes: int
    text: Text
    title: Text = Text()
