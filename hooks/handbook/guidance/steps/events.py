"""What a role does at the events of a cohort that concern it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date

from ...model.definitions.cohort import Cohort
from ...model.definitions.program import PARTICIPANTS, Form, Moment, Role, Session
from ...model.timeline import Event, until_the_end
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
    """What a role does at each event; the start and the end of a cohort are only marks on the way."""
    for event in concerning(cohort, (role,)):
        if event.kind not in ("start", "end"):
            page = event_page(event)
            step = Step(cohort, role, event.kind, event.day, event.until, event.until, event, page=page)
            yield _sign_up(step, event.thing) if event.kind == "sign-up" else _adapted(step, event.thing)


def _sign_up(step: Step, form: object) -> Step:
    if step.role == "coordinator":
        return replace(step, page="cohort/messages")
    url, takes_part = _link(step, form), step.role in PARTICIPANTS
    page = "taking-part" if takes_part else f"roles/{step.role}"
    return replace(step, name="" if url else "sign-up-without-form", page=page, url=url if takes_part else "")


def _adapted(step: Step, thing: object) -> Step:
    """A step in the words of its thing."""
    match step.code, thing:
        # No pairing is in the file, so nobody can say that yours is announced on that day.
        case "announcement", Moment() if step.role in PARTICIPANTS:
            return replace(step, name="announcement-planned")
        case "announcement", _ if step.role == "coordinator":
            return replace(step, name="announce")
        case "form", Form(url=""):
            return replace(step, name="form-without-link")
        case "session", Session():
            return replace(step, name=f"session-{thing.place}", sentence=thing.act(step.role))
        case "form", Form():
            return replace(step, sentence=thing.act(step.role), url=_link(step, thing))
        case "milestone" | "check-in", Moment():
            return replace(step, sentence=thing.act(step.role) or thing.title)
    return step


def _link(step: Step, form: object) -> str:
    return form.link(step.cohort.program.id, step.cohort.id, step.role) if isinstance(form, Form) else ""
