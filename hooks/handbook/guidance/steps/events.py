"""What a role does at the events of a cohort; its forms, when they are open, and the links to them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from ...model.definitions.cohort import Cohort
from ...model.definitions.program import PARTICIPANTS, ROLES, Form, Moment, Role, Session
from ...model.timeline import Event, holds, sessions, state, until_the_end
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


# --- forms


class FormRow(NamedTuple):
    """A form in a cohort: its span, its state, and a link for each role that gets its own."""

    event: Event
    form: Form
    state: str
    links: tuple[tuple[Role | None, str], ...]


def forms(cohort: Cohort, day: date, roles: Collection[Role] = ROLES) -> tuple[FormRow, ...]:
    """A cohort's dated forms that any of these roles answers, in the order of time."""
    return tuple(
        FormRow(event, event.thing, state(event, day), form_links(event.thing, cohort, roles))
        for event in until_the_end(cohort, day)
        if isinstance(event.thing, Form) and set(event.thing.roles) & set(roles)
    )


def session_forms(cohort: Cohort | None, day: date) -> str:
    """Where the forms that follow each session stand: open from the first session to the end of the last."""
    if cohort and not holds(cohort, day):
        return "past"
    states = {state(session, day) for session in sessions(cohort)} if cohort else set()
    if states <= {"coming"}:
        return "coming"
    return "past" if states == {"past"} else "now"


def form_links(
    form: Form, cohort: Cohort | None, roles: Collection[Role] = ROLES
) -> tuple[tuple[Role | None, str], ...]:
    """One link for all, or one for each of these roles where the role is filled in beforehand."""
    if not form.url or cohort is None:
        return ()
    if "role" not in form.prefill:
        return ((None, form.link(cohort.program.id, cohort.id)),)
    own = (role for role in form.roles if role in roles)
    return tuple((role, form.link(cohort.program.id, cohort.id, role)) for role in own)
