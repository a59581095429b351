"""What a coordinator does and sends on which day: a cohort's launch plan and its messages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ...contents.kinds import copied_messages
from ...model.definitions.builder import build
from ...model.definitions.cohort import Cohort
from ...model.definitions.parts import Point
from ...model.definitions.playbook import Item
from ...model.timeline import Spans, planned_day

Dated = tuple[tuple[Item, date], ...]


def launch_plan(cohort: Cohort, holidays: Spans) -> Dated:
    """The steps of the launch plan that have a day in a cohort, in the order of time."""
    return _dated(cohort.program.items["launch"], cohort, holidays)


def messages_to_send(cohort: Cohort, holidays: Spans) -> Dated:
    """The messages to copy that have a day in a cohort, in the order of time."""
    return _dated(copied_messages(cohort.program), cohort, holidays)


def undated(items: Iterable[Item], dated: Dated) -> tuple[Item, ...]:
    """Those that have no day there, in the order of the playbook."""
    known = {item.id for item, _ in dated}
    return tuple(item for item in items if item.id not in known)


def _dated(items: Iterable[Item], cohort: Cohort, holidays: Spans) -> Dated:
    days = ((item, planned_day(cohort, build(Point, item.fields), holidays)) for item in items)
    return tuple(sorted(((item, day) for item, day in days if day), key=lambda step: step[1]))
