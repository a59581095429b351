"""Your next step, for a role in a cohort."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ...model.definitions.cohort import Cohort
from ...model.definitions.program import Form, Moment, Role
from ...model.handbook import Handbook
from ...model.timeline import Event, Step, live, next_step, state
from ...text.prose import Text


@dataclass(frozen=True)
class StepCard:
    """Your next step: for a role in a cohort, with the words it is told in.

    Attributes:
        name: of the labels for it: the step's code, `sign-up-without-form`, `announcement-ahead` or
            `form-ahead`.
        sentence: the thing's own words for what to do; empty where a label says it.
        title: of the thing that the step is about.
        page: the page that it leads to, by name; `url` comes before it.
        url: an address elsewhere, such as an open form.
    """

    cohort: Cohort
    role: Role
    step: Step
    name: str
    sentence: Text
    title: Text
    page: str
    url: str


# Where a step leads in a cohort in which there is nothing to do yet, or any more.
_WAITING = {"planned": "overview", "nothing": "cohort/timeline", "finished": "cohort/results"}

_EVENTS = {
    "training": "training",
    "announcement": "cohort/pairings",
    "milestone": "cohort/timeline",
    "check-in": "check-ins",
    "form": "cohort/feedback",
}


def event_page(event: Event) -> str:
    """Name the page that says more of an event."""
    if event.kind == "session":
        return f"sessions/{event.id.removeprefix('session-')}"
    return _EVENTS.get(event.kind, "cohort")


def step_card(cohort: Cohort, role: Role, day: date) -> StepCard:
    """Work out what a role does next in a cohort, and where that leads."""
    step = next_step(cohort, role, day)
    url = _open_form(step, cohort, role, day)
    without_form = step.code == "sign-up" and not url
    name = "sign-up-without-form" if without_form else step.code
    ahead = step.event is not None and step.event.day > day
    if step.code in ("announcement", "form") and ahead:
        name = f"{step.code}-ahead"
    page = _WAITING.get(step.code) or (event_page(step.event) if step.event else "cohort")
    title = step.event.title if step.event else cohort.title
    page = f"roles/{role}" if without_form else page
    sentence = Text() if name == "form-ahead" else _sentence(step, role)
    return StepCard(cohort, role, step, name, sentence, title, page, url)


def door(handbook: Handbook, role: Role, day: date) -> tuple[StepCard, ...]:
    """The next steps of a role in all cohorts that a reader may act in, the next one first."""
    cards = [
        step_card(cohort, role, day)
        for program in handbook.programs
        for cohort in live(handbook.cohorts_of(program), day)
    ]
    return tuple(sorted(cards, key=lambda card: (card.step.by or date.max, card.cohort.path)))


def _open_form(step: Step, cohort: Cohort, role: Role, day: date) -> str:
    """The address of the form that a step is about, filled in for the role; empty while it is not open."""
    form = step.event.thing if step.event else None
    if not isinstance(form, Form) or step.event is None or state(step.event, day) != "now":
        return ""
    return form.link(cohort.program.id, cohort.id, role)


def _sentence(step: Step, role: Role) -> Text:
    """What a milestone, a check-in or a form itself says that a person does."""
    thing = step.event.thing if step.event else None
    if isinstance(thing, Moment) and step.code != "announcement":
        return thing.act(role)
    return thing.item["act"] if isinstance(thing, Form) and step.code == "form" else Text()
