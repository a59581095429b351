"""A cohort's forms: when they are open, and the links to them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from ...model.definitions.cohort import Cohort
from ...model.definitions.program import ROLES, Form, Role
from ...model.timeline import Event, holds, sessions, state, until_the_end


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
    return tuple(
        (role, form.link(cohort.program.id, cohort.id, role)) for role in form.roles if role in roles
    )
