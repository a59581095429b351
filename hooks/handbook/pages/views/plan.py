"""What a program plans, with its day in a cohort: modules, steps of the launch plan, messages, events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from ...contents.kinds import copied_messages
from ...guidance.steps.step import Dated, launch_plan, launch_steps, messages_to_send
from ...model.definitions.cohort import Cohort
from ...model.definitions.parts import Amount, amount
from ...model.definitions.playbook import Item
from ...model.definitions.program import Module, Program, Role, Session
from ...model.timeline import (
    Event,
    Spans,
    current,
    events,
    goes_on,
    shifted,
    state,
    typical,
    until_the_end,
    week_state,
)
from ...text.prose import Text


def prepared(cohorts: Sequence[Cohort], day: date) -> Cohort | None:
    """The cohort that a coordinator prepares: the next to start; else the one that a reader means."""
    ahead = (cohort for cohort in cohorts if state(cohort, day) in ("planned", "sign-up", "matching"))
    return next(ahead, None) or current(cohorts, day)


def months(cohort: Cohort, day: date) -> Mapping[date, Sequence[Event]]:
    """Group what takes place in a cohort by the first day of the month in which it begins."""
    return {
        first: tuple(begun)
        for first, begun in groupby(until_the_end(cohort, day), lambda event: event.day.replace(day=1))
    }


def counted(item: Item) -> tuple[str, int]:
    """How a step of a plan counts its day, and how much: weeks or, `with` another step, days.

    It is in a `week`, so many weeks `ahead` of the start, or `before`, `on` or `after` the other's day.
    """
    if item["with"]:
        days = item.fields.get("days", 0)
        return "on" if days == 0 else "before" if days < 0 else "after", abs(days)
    week = item.fields.get("week", 1)
    return "week" if week > 0 else "ahead", abs(1 - week)


class Row(NamedTuple):
    """A step of the launch plan or a message, with its day in a cohort and where that stands."""

    item: Item
    due: date | None
    stands: str


def launch(program: Program, cohort: Cohort | None, holidays: Spans, day: date) -> list[Row]:
    """The steps of a program's launch plan in a cohort, in the order of time."""
    if cohort is None:
        return _rows(program.items["launch"], (), day)
    return _rows(launch_steps(cohort), launch_plan(cohort, holidays), day)


def messages(cohort: Cohort, holidays: Spans, day: date) -> list[Row]:
    """The messages of a cohort, in the order of time; those of weeks that are past come last."""
    rows = _rows(copied_messages(cohort.program), messages_to_send(cohort, holidays), day)
    return sorted(rows, key=lambda row: row.stands == "past")


def _rows(items: Iterable[Item], dated: Dated, day: date) -> list[Row]:
    """What has no day, as there is nothing that it counts from, is still to come."""
    known = {item.id for item, _ in dated}
    return [
        *(Row(item, due, week_state(due, day)) for item, due in dated),
        *(Row(item, None, "coming") for item in items if item.id not in known),
    ]


def never_left_out(program: Program) -> list[Text]:
    """The titles of the steps that stay in the launch plan of every cohort, however soon it starts."""
    return [step.title for step in program.items["launch"] if "skip_below" not in step.fields]


def training_path(
    program: Program, cohort: Cohort | None
) -> list[tuple[Text, tuple[Module, ...], Event | None]]:
    """A program's modules by what they are due before, in the order of time, with their event in a cohort."""
    trainings = (event for event in events(cohort or typical(program)) if event.kind == "training")
    return [(event.title, event.thing, event if cohort else None) for event in trainings]  # type: ignore[misc]


def due(cohorts: Iterable[Cohort], module: Module, day: date) -> list[tuple[Cohort, Event]]:
    """Where a module is due among cohorts that go on: the nearest day ahead first, the past last.

    A program that changed the module has another, with a page of its own.
    """
    found = [
        (cohort, event)
        for cohort in cohorts
        for event in until_the_end(cohort)
        if goes_on(cohort, day) and isinstance(event.thing, tuple)
        if any(one.item == module.item for one in event.thing)
    ]
    return sorted(found, key=lambda pair: (pair[1].until < day, pair[1].until, pair[0].path))


def training_for(program: Program, session: Session) -> tuple[Module, ...]:
    """The modules that are due before a session."""
    moments = {moment.id for moment in program.moments}
    counted = (module for module in program.training if module.anchor not in moments)
    return tuple(module for module in counted if program.counted_from(module.anchor) is session)


def guide_phase(cohort: Cohort, day: date) -> str:
    """The part of a role's guide that a day is in: `before`, `first_week`, `during` or `after`."""
    last = max(event.day for event in events(cohort) if event.kind == "session")
    ends = (cohort.start, shifted(cohort.start, 7 - cohort.start.weekday()), last)
    names = ("before", "first_week", "during")
    return next((name for name, end in zip(names, ends, strict=True) if day < end), "after")


def module_minutes(program: Program) -> Amount:
    """How long a module takes: one number, or the least and the most."""
    return amount([module.minutes for module in program.training] or [0])


def modules_for(program: Program, role: Role) -> tuple[Module, ...]:
    """The modules of a role."""
    return tuple(module for module in program.training if role in module.roles)
