"""What the templates show: values worked out beforehand, so that templates stay mute."""

from __future__ import annotations

from ...contents.kinds import copied_messages
from ...guidance.steps.forms import FormRow, form_links, forms, session_forms
from ...guidance.steps.pairings import (
    PairingCard,
    called,
    called_both,
    other_dates,
    pairing_card,
    pairing_cards,
    people_count,
    terms,
    topics_of,
    units_of,
    waiting,
)
from ...guidance.steps.steps import Step, door, event_page, next_step
from ...model.timeline import live
from .connections import Connections, Tie, connections
from .days import Drawing, Month, Span, drawing, months
from .goals import FEWEST_ANSWERS, Meter, meter
from .plan import Planned, direction, distance, planned
from .programs import MOST_CARDS, Card, card, prepared
from .sessions import AgendaRow, agenda, item_agenda, moment_day, session_number, session_span
from .sheets import Blank, blank_rows, blanks
from .training import TrainingGroup, modules_for, training_path

__all__ = [
    "FEWEST_ANSWERS",
    "MOST_CARDS",
    "AgendaRow",
    "Blank",
    "Card",
    "Connections",
    "Drawing",
    "FormRow",
    "Meter",
    "Month",
    "PairingCard",
    "Planned",
    "Span",
    "Step",
    "Tie",
    "TrainingGroup",
    "agenda",
    "blank_rows",
    "blanks",
    "called",
    "called_both",
    "card",
    "connections",
    "copied_messages",
    "direction",
    "distance",
    "door",
    "drawing",
    "event_page",
    "form_links",
    "forms",
    "item_agenda",
    "live",
    "meter",
    "modules_for",
    "moment_day",
    "months",
    "next_step",
    "other_dates",
    "pairing_card",
    "pairing_cards",
    "people_count",
    "planned",
    "prepared",
    "session_forms",
    "session_number",
    "session_span",
    "terms",
    "topics_of",
    "training_path",
    "units_of",
    "waiting",
]
