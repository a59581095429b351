"""What a role does beside the events of a cohort: waiting, planning and writing, making room."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from ...model import timeline
from ...model.definitions.cohort import Cohort
from ...model.definitions.program import PARTICIPANTS, Form, Role
from ...model.timeline import Event, Spans
from ...text.prose import Text
from .step import Step, launch_plan, messages_to_send

# The step of the plan that opens the time of being asked, and the message that line managers get.
_ASKING, _NOTE = "ask-both-people", "line-manager-note"
# The step of the plan to which the coordinator comes, although the sponsor leads it.
_TALK = "sponsor-talk"
# A form's link is missed a week before it opens.
_LINK_TIME = 7


def of_participants(cohort: Cohort, role: Role, known: tuple[Step, ...], holidays: Spans) -> Iterator[Step]:
    """What mentors and mentees do: waiting and being asked, the first message, and how it goes on."""
    announced = next((step for step in known if step.code == "announcement"), None)
    closed = timeline.shifted(timeline.event_of(cohort, "sign-up").until, 1)
    if announced:
        asked = {item.id: day for item, day in launch_plan(cohort, holidays)}.get(_ASKING)
        for code, first, last in _asking(closed, asked or announced.day, announced.day):
            yield Step(cohort, role, code, first, last, announced.day, page="taking-part#matching")
    for step in known:
        yield _until_answered(step, holidays) if step.code == "announcement" else step
    if held := timeline.sessions(cohort):
        yield from _after_each(cohort, role)
        over, end = timeline.shifted(max(session.until for session in held), 1), timeline.last_day(cohort)
        if over <= end:
            yield Step(cohort, role, "afterwards", over, end, end, page="recognition")


def _asking(closed: date, asked: date, announced: date) -> Iterator[tuple[str, date, date]]:
    """The days of waiting for a proposal, then those of being asked; without any, nothing."""
    asked = max(closed, min(asked, announced))
    if closed < asked:
        yield "waiting", closed, timeline.shifted(asked, -1)
    if asked < announced:
        yield "asked", asked, timeline.shifted(announced, -1)


def _until_answered(step: Step, holidays: Spans) -> Step:
    """The first message goes to the mentor, who then has as long to answer."""
    hours = step.cohort.program.agreement.reply_hours
    by = timeline.answered_by(step.day, hours, holidays)
    by = timeline.answered_by(by, hours, holidays) if step.role == "mentor" else by
    return replace(step, by=by, until=by, name=step.name or "first-message")


def _after_each(cohort: Cohort, role: Role) -> Iterator[Step]:
    """The form that follows each session, while there are any."""
    held = timeline.sessions(cohort)
    first, last = held[0].day, max(session.until for session in held)
    for form in cohort.program.forms:
        if form.purpose == "session" and role in form.roles:
            event = Event(f"form-{form.id}", "form", form.title, first, last, form.roles, thing=form)
            name = "form-each-session" if form.url else "form-without-link"
            url, page = form.link(cohort.program.id, cohort.id, role), "feedback#links"
            yield Step(cohort, role, "form", first, last, last, event, name=name, page=page, url=url)


def planned(cohort: Cohort, role: Role, known: tuple[Step, ...], holidays: Spans) -> Iterator[Step]:
    """The launch plan's steps of a role; the coordinator's are also those that say nobody's.

    Each is shown until its week is over. What the playbook has on the day of an event that says it already is
    left out; a program's own step never is.
    """
    said = {step.event.name for step in known if step.event}
    for item, day in launch_plan(cohort, holidays):
        own = (item["who"] or "coordinator") == role or (item.id == _TALK and role == "coordinator")
        again = item["with"] in said and not item.fields.get("days") and not item.changed
        if own and not again:
            until, title = timeline.end_of_week(day, holidays), Text(item.title)
            yield Step(cohort, role, "task", day, until, day, item=item, sentence=title, page="kit")


def of_coordinator(cohort: Cohort, role: Role, known: tuple[Step, ...], holidays: Spans) -> Iterator[Step]:
    """The messages on their days, beside the events, and links that are missing."""
    yield from known
    for item, day in messages_to_send(cohort, holidays):
        until, page = timeline.end_of_week(day, holidays), "cohort/messages"
        yield Step(cohort, role, "message", day, until, day, item=item, page=page)
    for event in timeline.until_the_end(cohort):
        if isinstance(event.thing, Form) and event.kind == "form" and not event.thing.url:
            first, page = timeline.shifted(event.day, -_LINK_TIME), "feedback#links"
            yield Step(cohort, role, "missing-link", first, event.until, event.day, event, page=page)


def of_line_manager(cohort: Cohort, role: Role, known: tuple[Step, ...], holidays: Spans) -> Iterator[Step]:
    """The talk about the hours, from the note that asks for it to the start, and the hour of each session."""
    noted = {item.id: day for item, day in messages_to_send(cohort, holidays)}.get(_NOTE)
    for step in known:
        if step.code == "announcement":
            first, by = min(noted or step.day, step.day), max(step.day, cohort.start)
            yield replace(step, code="talk", name="", day=first, until=by, by=by, page="cohort#dates")
        else:
            yield step
    for event in timeline.sessions(cohort):
        hour, page = "session-hour", "cohort#dates"
        yield Step(cohort, role, "session", event.day, event.until, event.until, event, name=hour, page=page)


OWN: Mapping[Role, Callable[[Cohort, Role, tuple[Step, ...], Spans], Iterator[Step]]] = {
    **dict.fromkeys(PARTICIPANTS, of_participants),
    "coordinator": of_coordinator,
    "sponsor": lambda cohort, role, known, holidays: iter(known),
    "line-manager": of_line_manager,
}
