"""What a page says of sessions: agendas in minutes, numbers and spans."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from ...model.definitions.assembly import steps
from ...model.definitions.cohort import Cohort
from ...model.definitions.playbook import Item
from ...model.definitions.program import AgendaStep, Moment, Program, Session
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
    total = sum(step.minutes for step in known) or 1
    rows, begins = [], 0
    for step in known:
        rows.append(AgendaRow(step, begins, max(2, round(100 * step.minutes / total))))
        begins += step.minutes
    return tuple(rows)


def item_agenda(item: Item) -> tuple[AgendaStep, ...]:
    """The agenda that stands in a text of the playbook."""
    return steps(item.fields.get("agenda", ()))


def session_number(program: Program, session: Session) -> int:
    """Which session it is, from 1."""
    return program.sessions.index(session) + 1


def session_span(cohort: Cohort, session: Session, texts: Labels) -> Markup:
    """The week of a session in a cohort."""
    return _span(cohort, f"session-{session.id}", texts)


def moment_day(cohort: Cohort, moment: Moment, texts: Labels) -> Markup:
    """The day of a milestone or check-in in a cohort."""
    return _span(cohort, f"{moment.kind}-{moment.id}", texts)


def _span(cohort: Cohort, identifier: str, texts: Labels) -> Markup:
    event = next((one for one in events(cohort) if one.id == identifier), None)
    return texts.span(event.day, event.until) if event else Markup("")
