"""What the templates show: values worked out beforehand, so that templates stay mute."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from .cohort import Cohort, Pairing, Result
from .completion import point, steps
from .load import Handbook
from .playbook import Item
from .program import (
    AgendaStep,
    Audience,
    Form,
    Goal,
    Module,
    Moment,
    Program,
    Role,
    Session,
)
from .prose import Text
from .texts import Texts
from .timeline import Event, Step, coming, current, events, is_public, next_step, planned_day, state

# Below this number of answers a result could point at a person.
FEWEST_ANSWERS = 5
# With more than this, a page of next steps is a list to choose from.
MOST_CARDS = 6


@dataclass(frozen=True)
class Card:
    """A program as home shows it: with the cohort that a reader most likely means."""

    program: Program
    cohort: Cohort | None
    state: str
    next: Event | None


def card(handbook: Handbook, program: Program, day: date) -> Card:
    """Make a program's card for a day."""
    cohort = current(handbook.cohorts_of(program), day)
    if cohort is None:
        return Card(program, None, "no-cohort", None)
    ahead = coming((cohort,), day, 1)
    return Card(program, cohort, state(cohort, day), ahead[0][1] if ahead else None)


def live(cohorts: Iterable[Cohort], day: date) -> tuple[Cohort, ...]:
    """The cohorts that a reader may act in: all that are not finished; else the last that was."""
    known = tuple(cohorts)
    unfinished = tuple(cohort for cohort in known if state(cohort, day) != "finished")
    return unfinished or known[-1:]


def prepared(cohorts: Iterable[Cohort], day: date) -> Cohort | None:
    """The cohort that a coordinator prepares: the next to start; else the one that a reader means."""
    known = tuple(cohorts)
    ahead = (cohort for cohort in known if state(cohort, day) in ("planned", "sign-up", "matching"))
    return next(ahead, None) or current(known, day)


@dataclass(frozen=True)
class Meter:
    """A goal's numbers on one scale, each also as a share of it from 0 to 100.

    Attributes:
        shown: whether the number reached may be shown; few answers are not.
    """

    goal: Goal
    baseline: float | None
    target: float | None
    actual: float | None
    top: float
    answers: int | None
    shown: bool

    def share(self, value: float) -> int:
        """Where on the scale a number stands, in percent."""
        return max(0, min(100, round(100 * value / self.top))) if self.top else 0


def meter(goal: Goal, result: Result | None = None) -> Meter | None:
    """Work out a goal's meter; None for a goal without numbers."""
    measure = goal.measure
    if measure is None or (measure.target is None and measure.baseline is None and result is None):
        return None
    shown = result is not None and (result.n is None or result.n >= FEWEST_ANSWERS)
    told = result if shown else None
    baseline = told.baseline if told and told.baseline is not None else measure.baseline
    actual = told.actual if told else None
    numbers = [number for number in (baseline, measure.target, actual) if number is not None]
    top = 100.0 if measure.unit == "%" else 1.15 * max((*numbers, 0.0))
    return Meter(goal, baseline, measure.target, actual, top, result.n if result else None, shown)


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


@dataclass(frozen=True)
class Blank:
    """A part of a sheet: a heading with lines to write on."""

    title: Text
    hint: Text
    lines: int


_BLANK_ROWS = 3


def blanks(sheet: Item) -> tuple[Blank, ...]:
    """The parts of a sheet."""
    return tuple(
        Blank(part["title"], part.get("hint", Text()), part.get("lines", 1))
        for part in sheet.fields.get("parts", ())
    )


def blank_rows(sheet: Item, program: Program) -> int:
    """How many rows a sheet's table has: as said, or one for each session."""
    said: int = sheet.fields["table"].get("rows", _BLANK_ROWS)
    return len(program.sessions) if sheet["rows"] == "sessions" else said


@dataclass(frozen=True)
class Planned:
    """A step of the launch plan, or a message, with its day; None where there is no such day."""

    item: Item
    day: date | None


def direction(item: Item) -> str:
    """How a step counts its day: a `week`, weeks `ahead` of the start, or `before`, `on`, `after` another."""
    if not item["with"]:
        return "week" if item.fields.get("week", 1) > 0 else "ahead"
    days = item.fields.get("days", 0)
    return "on" if days == 0 else "before" if days < 0 else "after"


def distance(item: Item) -> int:
    """How many days a step of a plan lies from what it counts from; weeks where it counts from the start."""
    days: int = item.fields.get("days", 0) if item["with"] else 1 - item.fields.get("week", 1)
    return abs(days)


def planned(
    items: Iterable[Item], cohort: Cohort | None, holidays: Collection[tuple[date, date]]
) -> tuple[Planned, ...]:
    """Give each its day in a cohort, in the order of time; what has no day comes last."""
    made = [
        Planned(item, planned_day(cohort, point(item.fields), holidays) if cohort else None) for item in items
    ]
    return tuple(sorted(made, key=lambda one: one.day or date.max))


@dataclass(frozen=True)
class Month:
    """The events of a timeline that begin in one month."""

    first: date
    events: tuple[Event, ...]


def months(cohort: Cohort) -> tuple[Month, ...]:
    """Group a cohort's events by the month in which they begin."""
    grouped: dict[date, list[Event]] = {}
    for event in events(cohort):
        grouped.setdefault(event.day.replace(day=1), []).append(event)
    return tuple(Month(first, tuple(found)) for first, found in grouped.items())


@dataclass(frozen=True)
class Span:
    """One bar of the timeline's drawing, in percent of the cohort's whole time."""

    event: Event
    left: float
    width: float


@dataclass(frozen=True)
class Drawing:
    """The whole of a cohort on one line: spans, and where today is (None before and after)."""

    spans: tuple[Span, ...]
    today: float | None
    first: date
    last: date


def drawing(cohort: Cohort, day: date) -> Drawing:
    """Lay out sign-up, sessions and forms between a cohort's first event and its last day."""
    found = events(cohort)
    first, last = min(event.day for event in found), max(event.until for event in found)
    whole = max(1, (last - first).days + 1)

    def share(days: int) -> float:
        return round(100 * days / whole, 2)

    def span(event: Event) -> Span:
        width = max(0.9, share((event.until - event.day).days + 1))
        return Span(event, round(min(share((event.day - first).days), 100 - width), 2), width)

    spans = tuple(span(event) for event in found if event.kind in ("sign-up", "session", "form", "milestone"))
    return Drawing(spans, share((day - first).days) if first <= day <= last else None, first, last)


@dataclass(frozen=True)
class StepCard:
    """Your next step: for a role in a cohort, with the words it is told in.

    Attributes:
        name: of the labels for it: the step's code, `sign-up-without-form` or `announcement-ahead`.
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
    if step.code == "announcement" and step.by and step.by > day:
        name = "announcement-ahead"
    page = _WAITING.get(step.code) or (event_page(step.event) if step.event else "cohort")
    title = step.event.title if step.event else cohort.title
    page = f"roles/{role}" if without_form else page
    return StepCard(cohort, role, step, name, _sentence(step, role), title, page, url)


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


@dataclass(frozen=True)
class PairingCard:
    """A pairing as these readers may see it."""

    pairing: Pairing
    mentor: Text
    mentee: Text
    state: str
    topics: tuple[Text, ...]
    goals: tuple[Text, ...]


def pairing_cards(cohort: Cohort, day: date, audience: Audience) -> tuple[PairingCard, ...]:
    """The pairings that both confirmed and whose day has come; ended ones are not shown."""
    topics = {topic.id: topic.title for topic in cohort.program.topics}
    goals = {goal.id: goal.title for goal in cohort.program.goals}
    return tuple(
        PairingCard(
            pairing,
            pairing.mentor.shown_to(audience),
            pairing.mentee.shown_to(audience),
            state(pairing, day),
            tuple(topics[topic] for topic in pairing.topics),
            tuple(goals[goal] for goal in pairing.goals),
        )
        for pairing in cohort.pairings
        if is_public(pairing, day) and state(pairing, day) != "ended"
    )


def waiting(cohort: Cohort, day: date) -> date | None:
    """The next day on which pairings are announced, or None."""
    return min(
        (event.day for event in events(cohort) if event.kind == "announcement" and event.day >= day),
        default=None,
    )


@dataclass(frozen=True)
class FormRow:
    """A form in a cohort: its span, its state, and a link for each role that gets its own."""

    event: Event
    form: Form
    state: str
    links: tuple[tuple[Role | None, str], ...]


def forms(cohort: Cohort, day: date) -> tuple[FormRow, ...]:
    """A cohort's dated forms, in the order of time."""
    dated = [event for event in events(cohort) if isinstance(event.thing, Form)]
    return tuple(FormRow(event, event.thing, state(event, day), form_links(event.thing, cohort))
                 for event in dated if isinstance(event.thing, Form))  # fmt: skip


def session_forms(cohort: Cohort | None, day: date) -> str:
    """Where the forms that follow each session stand: open from the first session to the end of the last."""
    found = [event for event in events(cohort) if event.kind == "session"] if cohort else []
    if not found or day < min(event.day for event in found):
        return "coming"
    return "now" if day <= max(event.until for event in found) else "past"


def form_links(form: Form, cohort: Cohort | None) -> tuple[tuple[Role | None, str], ...]:
    """One link for all, or one for each role where the role is filled in beforehand."""
    if not form.url or cohort is None:
        return ()
    if "role" not in form.prefill:
        return ((None, form.link(cohort.program.id, cohort.id)),)
    return tuple((role, form.link(cohort.program.id, cohort.id, role)) for role in form.roles)


def people_count(cards: Iterable[PairingCard]) -> int:
    """How many people are in these pairings."""
    return len({person.id for card in cards for person in (card.pairing.mentor, card.pairing.mentee)})


@dataclass(frozen=True)
class TrainingGroup:
    """The modules that are due before one thing, and the day in a cohort, where there is one."""

    title: Text
    modules: tuple[Module, ...]
    due: date | None


def training_path(program: Program, cohort: Cohort | None) -> tuple[TrainingGroup, ...]:
    """Group a program's modules by what they are due before, in the order of time."""
    if cohort:
        found = [
            event for event in events(cohort) if event.kind == "training" and isinstance(event.thing, tuple)
        ]
        return tuple(TrainingGroup(event.title, event.thing, event.until) for event in found if event.thing)  # type: ignore[arg-type]
    titles = {one.id: one.title for one in program.dated}
    grouped: dict[str, list[Module]] = {}
    for module in program.training:
        grouped.setdefault(module.anchor, []).append(module)
    first = program.sessions[0].title
    return tuple(TrainingGroup(titles.get(name, first), tuple(some), None) for name, some in grouped.items())


def modules_for(program: Program, role: Role) -> tuple[Module, ...]:
    """The modules of a role."""
    return tuple(module for module in program.training if role in module.roles)


def session_number(program: Program, session: Session) -> int:
    """Which session it is, from 1."""
    return program.sessions.index(session) + 1


def session_span(cohort: Cohort, session: Session, texts: Texts) -> Markup:
    """The week of a session in a cohort."""
    return _span(cohort, f"session-{session.id}", texts)


def moment_day(cohort: Cohort, moment: Moment, texts: Texts) -> Markup:
    """The day of a milestone or check-in in a cohort."""
    return _span(cohort, f"{moment.kind}-{moment.id}", texts)


def _span(cohort: Cohort, identifier: str, texts: Texts) -> Markup:
    event = next((one for one in events(cohort) if one.id == identifier), None)
    return texts.span(event.day, event.until) if event else Markup("")
