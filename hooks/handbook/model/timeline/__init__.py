"""Cohort -> events, and where things stand on a day. Only here are days added, and the day is asked."""

from .days import falls_on, next_free, today, works_on
from .plan import (
    FRAME,
    backward_forms,
    circles,
    key_days,
    plan_anchors,
    planned_day,
    span,
    typical_days,
    unknown_anchors,
)
from .schedule import (
    Event,
    EventKind,
    coming,
    events,
    last_day,
    public_from,
    sign_up,
    sign_up_event,
    this_week,
    until_the_end,
)
from .states import current, has_begun, is_fresh, is_public, live, public_pairings, state

__all__ = [
    "FRAME", "Event", "EventKind", "backward_forms", "circles", "coming", "current", "events", "falls_on",
    "has_begun", "is_fresh", "is_public", "key_days", "last_day", "live", "next_free", "plan_anchors",
    "planned_day", "public_from", "public_pairings", "sign_up", "sign_up_event", "span", "state",
    "this_week", "today", "typical_days", "unknown_anchors", "until_the_end", "works_on",
]  # fmt: skip
