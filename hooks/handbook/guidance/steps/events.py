"""What a role does at the events of a cohort that concern it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date

from ...model.definitions.cohort import Cohort
from ...model.definitions.program import PARTICIPANTS, Form, Moment, Role, Session
from ...model.timeline import Event, until_the_end
from ...text.prose import Text
from .step import Step, event_page


def concerning(cohort: Cohort, roles: Collection[Role], day: date | None = None) -> Iterator[Event]:
    """What takes place for any of these roles, as it is known on a day.

    Of later announcements only the coordinator has to know.
    """
    announced = False
    for event in until_the_end(cohort, day):
        later = announced and event.kind == "announcement" and "coordinator" not in roles
        announced = announced or event.kind == "announcement"
        if set(event.roles) & set(roles) and not later:
            yield event


def at_events(cohort: Cohort, role: Role) -> Iterator[Step]:
    """What a role does at each event."""
    for event in concerning(cohort, (role,)):
        if event.kind in _ACTIONS:
            page = event_page(event)
            step = Step(cohort, role, event.kind, event.day, event.until, event.until, event, page=page)
            yield _ACTIONS[event.kind](step, event.thing)


def _sign_up(step: Step, form: object) -> Step:
    if step.role == "coordinator":
        return replace(step, page="cohort/messages")
    url, takes_part = _link(step, form), step.role in PARTICIPANTS
    page = "taking-part" if takes_part else f"roles/{step.role}"
    return replace(step, name="" if url else "sign-up-without-form", page=page, url=url if takes_part else "")


def _announcement(step: Step, milestone: object) -> Step:
    """Where no pairing is in the file, nobody can say that yours is announced on that day."""
    unsaid = isinstance(milestone, Moment) and step.role in PARTICIPANTS
    return replace(step, name="announcement-planned" if unsaid else "")


def _session(step: Step, session: object) -> Step:
    assert isinstance(session, Session)
    return replace(step, name=f"session-{session.place}", sentence=act(session, step.role))


def act(session: Session, role: str) -> Text:
    """What the one in this role does in a session, where the session says so; else an empty text."""
    acts: Mapping[str, Text] = session.item.fields.get("acts", {})
    return acts.get(role, Text())


def _moment(step: Step, moment: object) -> Step:
    assert isinstance(moment, Moment)
    return replace(step, sentence=moment.act(step.role))


def _form(step: Step, form: object) -> Step:
    assert isinstance(form, Form)
    if not form.url:
        return replace(step, name="form-without-link")
    return replace(step, sentence=form.item["act"], url=_link(step, form))


def _link(step: Step, form: object) -> str:
    return form.link(step.cohort.program.id, step.cohort.id, step.role) if isinstance(form, Form) else ""


# What a person acts on; the start and the end of a cohort are only marks on the way.
_ACTIONS: Mapping[str, Callable[[Step, object], Step]] = {
    "sign-up": _sign_up,
    "announcement": _announcement,
    "training": lambda step, modules: step,
    "session": _session,
    "milestone": _moment,
    "check-in": _moment,
    "form": _form,
}
