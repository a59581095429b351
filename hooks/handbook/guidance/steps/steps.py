"""What a role does at an event, and next: decided here alone, for pages, calendars and messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ...model.definitions.cohort import Cohort
from ...model.definitions.program import Form, Moment, Role
from ...model.handbook import Handbook
from ...model.timeline import Event, is_public, last_day, live, sign_up_event, state, until_the_end
from ...text.prose import Text


@dataclass(frozen=True)
class Step:
    """What a role does in a cohort: an event's action, or how things stand where there is nothing to do.

    Attributes:
        code: the event's kind, or the state to wait in.
        by: the day that counts.
        event: what it is about, or None.
        name: of the labels for it: the code, `sign-up-without-form`, `announcement-ahead` or `form-ahead`.
        sentence: the thing's own words for what to do; empty where a label says it.
        page: the page that it leads to, by name; `url` comes before it.
        url: an address elsewhere, such as an open form.
    """

    cohort: Cohort
    role: Role
    code: str
    by: date
    event: Event | None = None
    name: str = ""
    sentence: Text = Text()
    page: str = "cohort"
    url: str = ""

    @property
    def title(self) -> Text:
        """What the step is about: the event, or the cohort."""
        return self.event.title if self.event else self.cohort.title

    @property
    def labels(self) -> tuple[str, str]:
        """The labels that say what to do where the thing has no words of its own; the first that there is."""
        return f"step.{self.name}.{self.role}", f"step.{self.name}.all"


# Where a step leads in a cohort in which there is nothing to do yet, or any more.
_WAITING = {"planned": "overview", "nothing": "cohort/timeline", "finished": "cohort/results"}

_PAGES = {
    "training": "training",
    "announcement": "cohort/pairings",
    "milestone": "cohort/timeline",
    "check-in": "check-ins",
    "form": "cohort/feedback",
}
# What a person acts on; the start and the end of a cohort are only marks on the way.
_ACTIONS = frozenset({*_PAGES, "session"})


def event_page(event: Event) -> str:
    """Name the page that says more of an event."""
    if event.kind == "session":
        return f"sessions/{event.id.removeprefix('session-')}"
    return _PAGES.get(event.kind, "cohort")


def event_step(cohort: Cohort, event: Event, role: Role, day: date) -> Step:
    """Say what a role does at an event, seen from a day."""
    ahead, thing = event.day > day, event.thing
    name: str = event.kind
    if name in ("announcement", "form") and ahead:
        name = f"{name}-ahead"
    form = thing if isinstance(thing, Form) and state(event, day) == "now" else None
    url = form.link(cohort.program.id, cohort.id, role) if form else ""
    by = event.until if event.kind in ("training", "sign-up") else event.next_day(day)
    page = event_page(event)
    if name == "sign-up" and not url:
        name, page = "sign-up-without-form", f"roles/{role}"
    sentence = Text() if name == "form-ahead" else _sentence(event, role)
    return Step(cohort, role, event.kind, by, event, name, sentence, page, url)


def next_step(cohort: Cohort, role: Role, day: date) -> Step:
    """The one thing that a role does next in a cohort on a day."""
    stands, sign_up = state(cohort, day), sign_up_event(cohort)
    if stands == "planned":
        return _waiting(cohort, role, stands, sign_up.day, sign_up)
    if stands == "sign-up":
        return event_step(cohort, sign_up, role, day)
    dated = until_the_end(cohort) if stands != "finished" else ()
    ahead = [event for event in dated if event.until >= day and _concerns(event, cohort, role, day)]
    if not ahead:
        return _waiting(cohort, role, "finished" if stands == "finished" else "nothing", last_day(cohort))
    event = min(ahead, key=lambda event: (event.next_day(day), event.day > day, event.id))
    return event_step(cohort, event, role, day)


def _waiting(cohort: Cohort, role: Role, code: str, by: date, event: Event | None = None) -> Step:
    return Step(cohort, role, code, by, event, code, page=_WAITING[code])


def _concerns(event: Event, cohort: Cohort, role: Role, day: date) -> bool:
    """Whether a role has something to do in an event; further announcements are the coordinator's alone."""
    if event.kind == "announcement" and role != "coordinator":
        return role in event.roles and not any(is_public(pairing, day) for pairing in cohort.pairings)
    return role in event.roles and event.kind in _ACTIONS


def _sentence(event: Event, role: Role) -> Text:
    """What a milestone, a check-in or a form itself says that a person does."""
    thing = event.thing
    if isinstance(thing, Moment) and event.kind != "announcement":
        return thing.act(role)
    return thing.item["act"] if isinstance(thing, Form) and event.kind == "form" else Text()


def door(handbook: Handbook, role: Role, day: date) -> tuple[Step, ...]:
    """The next steps of a role in all cohorts that a reader may act in, the next one first."""
    cohorts = (cohort for own in handbook.programs for cohort in live(handbook.cohorts_of(own), day))
    steps = (next_step(cohort, role, day) for cohort in cohorts)
    return tuple(sorted(steps, key=lambda step: (step.by, step.cohort.path)))
