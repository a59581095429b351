"""What a role does beside the events of a cohort: waiting, planning and writing, making room."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from ...model.definitions.cohort import Cohort
from ...model.definitions.program import PARTICIPANTS, Form, Role
from ...model.timeline import (
    Event,
    Spans,
    answered_by,
    end_of_week,
    last_day,
    shifted,
    sign_up_event,
    until_the_end,
)
from ...text.prose import Text
from .plan import Dated, launch_plan, messages_to_send
from .step import Step

# The step of the plan that opens the time of being asked, and the message that line managers get.
_ASKING, _NOTE = "ask-both-people", "line-manager-note"
# A form's link is missed a week before it opens.
_LINK_TIME = 7


def of_participants(cohort: Cohort, role: Role, known: tuple[Step, ...], holidays: Spans) -> Iterator[Step]:
    """What mentors and mentees do: waiting and being asked, the first message, and how it goes on."""
    announced = next((step for step in known if step.code == "announcement"), None)
    closed = shifted(sign_up_event(cohort).until, 1)
    if announced:
        asked = {item.id: day for item, day in launch_plan(cohort, holidays)}.get(_ASKING)
        for code, first, last in _asking(closed, asked or announced.day, announced.day):
            yield Step(cohort, role, code, first, last, announced.day, page="guide/pairings")
    for step in known:
        yield _until_answered(step, holidays) if step.code == "announcement" else step
    sessions = [step for step in known if step.code == "session"]
    if sessions:
        yield from _after_each(cohort, role, sessions)
        over, end = shifted(max(step.until for step in sessions), 1), last_day(cohort)
        if over <= end:
            yield Step(cohort, role, "afterwards", over, end, end, page="sessions/closing")


def _asking(closed: date, asked: date, announced: date) -> Iterator[tuple[str, date, date]]:
    """The days of waiting for a proposal, then those of being asked; without any, nothing."""
    asked = max(closed, min(asked, announced))
    if closed < asked:
        yield "waiting", closed, shifted(asked, -1)
    if asked < announced:
        yield "asked", asked, shifted(announced, -1)


def _until_answered(step: Step, holidays: Spans) -> Step:
    """The first message goes to the mentor, who then has as long to answer."""
    hours = step.cohort.program.agreement.reply_hours
    by = answered_by(step.day, hours, holidays)
    by = answered_by(by, hours, holidays) if step.role == "mentor" else by
    name = step.name or "first-message"
    return replace(step, by=by, until=by, name=name)


def _after_each(cohort: Cohort, role: Role, sessions: list[Step]) -> Iterator[Step]:
    """The form that follows each session, while there are any."""
    first, last = min(step.day for step in sessions), max(step.until for step in sessions)
    for form in cohort.program.forms:
        if form.purpose == "session" and role in form.roles:
            yield _of_form(cohort, role, form, first, last)


def _of_form(cohort: Cohort, role: Role, form: Form, first: date, last: date) -> Step:
    url = form.link(cohort.program.id, cohort.id, role)
    event = Event(f"form-{form.id}", "form", form.title, first, last, form.roles, thing=form)
    name = "form-each-session" if url else "form-without-link"
    return Step(cohort, role, "form", first, last, last, event, name=name, page="cohort/feedback", url=url)


def of_coordinator(cohort: Cohort, role: Role, known: tuple[Step, ...], holidays: Spans) -> Iterator[Step]:
    """The launch plan and the messages on their days, beside the events, and links that are missing."""
    yield from known
    yield from _planned(cohort, role, known, launch_plan(cohort, holidays))
    for item, day in messages_to_send(cohort, holidays):
        until = end_of_week(day, holidays)
        page = "cohort/messages"
        yield Step(cohort, role, "message", day, until, day, item=item, page=page)
    for event in until_the_end(cohort):
        if isinstance(event.thing, Form) and event.kind == "form" and not event.thing.url:
            first, page = shifted(event.day, -_LINK_TIME), "cohort/feedback"
            yield Step(cohort, role, "missing-link", first, event.until, event.day, event, page=page)


def of_sponsor(cohort: Cohort, role: Role, known: tuple[Step, ...], holidays: Spans) -> Iterator[Step]:
    """What the launch plan has for the sponsor, beside the events."""
    yield from known
    yield from _planned(cohort, role, known, launch_plan(cohort, holidays))


def _planned(cohort: Cohort, role: Role, known: tuple[Step, ...], plan: Dated) -> Iterator[Step]:
    """The plan's steps of a role, but those that its events say already; shown until their week is over."""
    said = {_anchor(step.event) for step in known if step.event}
    for item, day in plan:
        if item["who"] == role and not (item["with"] in said and not item.fields.get("days")):
            until, title = end_of_week(day, ()), Text(item.title)
            page = "kit" if role == "coordinator" else f"roles/{role}"
            yield Step(cohort, role, "task", day, until, day, item=item, sentence=title, page=page)


def _anchor(event: Event) -> str:
    return "pairings-announced" if event.kind == "announcement" else event.id.removeprefix(f"{event.kind}-")


def of_line_manager(cohort: Cohort, role: Role, known: tuple[Step, ...], holidays: Spans) -> Iterator[Step]:
    """The talk about the hours, from the note that asks for it to the start, and the hour of each session."""
    noted = {item.id: day for item, day in messages_to_send(cohort, holidays)}.get(_NOTE)
    for step in known:
        if step.code == "announcement":
            first, by = min(noted or step.day, step.day), max(step.day, cohort.start)
            yield replace(step, code="talk", name="", day=first, until=by, by=by, page="cohort/timeline")
        else:
            yield step
    for event in until_the_end(cohort):
        if event.kind == "session":
            yield Step(
                cohort, role, "session", event.day, event.until, event.until, event,
                name="session-hour", page="cohort/timeline",
            )  # fmt: skip


OWN: Mapping[Role, Callable[[Cohort, Role, tuple[Step, ...], Spans], Iterator[Step]]] = {
    **dict.fromkeys(PARTICIPANTS, of_participants),
    "coordinator": of_coordinator,
    "sponsor": of_sponsor,
    "line-manager": of_line_manager,
}
