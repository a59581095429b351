"""Cohort -> events, and where things stand on a day. Only here are days added, and the day is asked."""

from .days import DAY, Spans, answered_by, end_of_week, next_free, public_from, shifted, today, works_on
from .launch import PAIRING_TIME, earliest_start, fitting_sign_up, has_weeks, moved_sign_up, planned_days
from .plan import FRAME, backward_forms, circles, plan_anchors, typical, unknown_anchors
from .schedule import Event, event_of, events, key_days, last_day, sign_up, span
from .states import (
    coming,
    commitment,
    current,
    goes_on,
    has_begun,
    holding,
    holds,
    is_fresh,
    is_over,
    is_public,
    just_cancelled,
    live,
    public_pairings,
    sessions,
    state,
    this_week,
    until_the_end,
    week_state,
)

__all__ = [
    "DAY", "FRAME", "PAIRING_TIME", "Event", "Spans", "answered_by", "backward_forms", "circles", "coming",
    "commitment", "current", "earliest_start", "end_of_week", "event_of", "events", "fitting_sign_up",
    "goes_on", "has_begun", "has_weeks", "holding", "holds", "is_fresh", "is_over", "is_public",
    "just_cancelled", "key_days", "last_day", "live", "moved_sign_up", "next_free", "plan_anchors",
    "planned_days", "public_from", "public_pairings", "sessions", "shifted", "sign_up", "span", "state",
    "this_week", "today", "typical", "unknown_anchors", "until_the_end", "week_state", "works_on",
]  # fmt: skip
