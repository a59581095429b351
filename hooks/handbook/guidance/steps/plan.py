"""What a coordinator does and sends on which day: a cohort's launch plan and its messages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ...contents.kinds import copied_messages
from ...model.definitions.builder import build
from ...model.definitions.cohort import Cohort
from ...model.definitions.parts import Point
from ...model.definitions.playbook import Item
from ...model.timeline import Spans, has_weeks, planned_days

Dated = tuple[tuple[Item, date], ...]


def launch_plan(cohort: Cohort, holidays: Spans) -> Dated:
    """The steps of the launch plan that have a day in a cohort, in the order of time."""
    return _dated(launch_steps(cohort), cohort, holidays)


def messages_to_send(cohort: Cohort, holidays: Spans) -> Dated:
    """The messages to copy that have a day in a cohort, in the order of time."""
    return _dated(copied_messages(cohort.program), cohort, holidays)


def left_out(cohort: Cohort) -> tuple[Item, ...]:
    """The steps of the launch plan for which a cohort is planned too late, as its `plan_from` says."""
    steps = cohort.program.items["launch"]
    return tuple(item for item in steps if not has_weeks(cohort, item.fields.get("skip_below", 0)))


def launch_steps(cohort: Cohort) -> tuple[Item, ...]:
    """The steps of the launch plan for which there is time in a cohort."""
    without = left_out(cohort)
    return tuple(item for item in cohort.program.items["launch"] if item not in without)


def _dated(items: Iterable[Item], cohort: Cohort, holidays: Spans) -> Dated:
    # Steps and messages share the days, so that a step and its message are on one day.
    together = (*launch_steps(cohort), *copied_messages(cohort.program))
    days = planned_days(cohort, (build(Point, item.fields) for item in together), holidays)
    dated = ((item, days[point]) for item in items if (point := build(Point, item.fields)) in days)
    return tuple(sorted(dated, key=lambda step: step[1]))
