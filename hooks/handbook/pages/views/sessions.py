"""What a page says of sessions: agendas in minutes, and spans."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from markupsafe import Markup

from ...model.definitions.builder import build
from ...model.definitions.cohort import Cohort
from ...model.definitions.parts import AgendaStep
from ...model.definitions.playbook import Item
from ...model.labels import Labels
from ...model.timeline import events


@dataclass(frozen=True)
class AgendaRow:
    """One step of an agenda: from which minute, and its share of the whole in percent."""

    step: AgendaStep
    begins: int
    share: int


def agenda(planned: Iterable[AgendaStep]) -> tuple[AgendaRow, ...]:
    """Lay an agenda out in minutes."""
    known = tuple(planned)
    begins = accumulate((step.minutes for step in known), initial=0)
    total = sum(step.minutes for step in known) or 1
    shares = (max(2, round(100 * step.minutes / total)) for step in known)
    return tuple(map(AgendaRow, known, begins, shares))


def item_agenda(item: Item) -> tuple[AgendaStep, ...]:
    """The agenda that stands in a text of the playbook."""
    return tuple(build(AgendaStep, step) for step in item.fields.get("agenda", ()))


def event_span(cohort: Cohort, identifier: str, texts: Labels) -> Markup:
    """The day or the week of an event in a cohort, by its id such as `session-closing`; empty without one."""
    event = next((event for event in events(cohort) if event.id == identifier), None)
    return texts.span(event.day, event.until) if event else Markup("")
