"""The small parts of a program: its goals, its numbers, its days, the steps of an agenda."""

from __future__ import annotations

from dataclasses import dataclass

from ...text.prose import Text


@dataclass(frozen=True)
class Measure:
    """How one knows that a goal is reached; numbers are in `unit`."""

    what: Text
    unit: Text = Text()
    baseline: float | None = None
    target: float | None = None
    form: str = ""


@dataclass(frozen=True)
class Goal:
    """One goal of a program."""

    id: str
    title: Text
    benefits: tuple[str, ...] = ()
    measure: Measure | None = None


@dataclass(frozen=True)
class Commitment:
    """How much time people give: as many sessions as there really are, of minutes, every so many weeks."""

    sessions: int
    minutes: int
    every_weeks: int
    protected_time: bool = True


@dataclass(frozen=True)
class Agreement:
    """The numbers of the mentoring agreement, in hours and days."""

    reply_hours: int
    cancel_notice_hours: int
    notice_days: int


@dataclass(frozen=True)
class Point:
    """A day as an offset: week 1 is the week of the start; or so many days from something else."""

    week: int | None = None
    weekday: str = ""
    anchor: str = ""
    days: int = 0


@dataclass(frozen=True)
class AgendaStep:
    """One step of an agenda or of a module, in minutes."""

    minutes: int
    text: Text
    title: Text = Text()
