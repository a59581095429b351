"""Frozen dataclasses: what the files mean, complete, after playbook and program were put together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal
from urllib.parse import urlencode, urlsplit

from .document import Document
from .playbook import Choice, Item, Playbook, Source, choose, choose_sessions, slug
from .problems import Problem
from .prose import Rich, Text

Role = Literal["mentor", "mentee", "coordinator", "sponsor", "line-manager"]
Audience = Literal["public", "participants"]
ROLES: tuple[Role, ...] = ("mentor", "mentee", "coordinator", "sponsor", "line-manager")
PURPOSES = ("program", "concern", "wellbeing", "privacy", "access")
LISTS = ("topics", "training", "milestones", "check-ins", "forms")


@dataclass(frozen=True)
class Contact:
    """A shared mailbox, page or phone, for one purpose."""

    purpose: str
    label: Text
    address: Text = Text()
    phone: Text = Text()
    confidential: bool = False

    @property
    def url(self) -> str:
        """Where a tap on it leads."""
        if self.address:
            return str(self.address) if "://" in self.address else f"mailto:{self.address}"
        return "tel:" + "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")


@dataclass(frozen=True)
class Organisation:
    """Who runs the programs."""

    name: Text
    language: str = "en"
    timezone: str = "UTC"
    repository: str = "public"
    contacts: tuple[Contact, ...] = ()
    holidays: tuple[tuple[date, date], ...] = ()
    omitted: Mapping[str, Any] = field(default_factory=dict)
    example: bool = False
    path: str = "programs/organisation.yml"

    @staticmethod
    def of(document: Document) -> Organisation:
        """Read what a valid organisation.yml says."""
        said = _mapping(document.values)
        plain = {
            key: said[key] for key in ("name", "language", "timezone", "repository", "example") if key in said
        }
        return Organisation(
            **plain,
            contacts=tuple(Contact(**contact) for contact in said.get("contacts", ())),
            holidays=tuple(_span(holiday) for holiday in said.get("holidays", ())),
            omitted=said.get("playbook", {}),
            path=document.path,
        )

    def contact(self, *purposes: str) -> Contact | None:
        """Find the contact for the first purpose that has one; then the program's."""
        by_purpose = {contact.purpose: contact for contact in reversed(self.contacts)}
        return next(
            (by_purpose[purpose] for purpose in (*purposes, "program") if purpose in by_purpose), None
        )


def _span(holiday: Any) -> tuple[date, date]:
    first, last = (holiday["from"], holiday["to"]) if isinstance(holiday, Mapping) else (holiday, holiday)
    return date.fromisoformat(first), date.fromisoformat(last)


@dataclass(frozen=True)
class Measure:
    """How one knows that a goal is reached; numbers are in `unit`."""

    what: Text
    unit: Text = Text()
    baseline: float | None = None
    target: float | None = None
    form: str = ""


@dataclass(frozen=True)
class Goal:
    """One goal of a program."""

    id: str
    title: Text
    benefits: tuple[str, ...] = ()
    measure: Measure | None = None


@dataclass(frozen=True)
class Sponsor:
    """The senior person who stands for a program."""

    title: Text
    name: Text = Text()
    consent: str = "nobody"
    message: Rich = Rich()
    commits: tuple[Text, ...] = ()

    def shown_to(self, audience: Audience) -> Text:
        """The name, where the person's consent covers the readers; else the title alone."""
        return self.name if covers(self.consent, audience) else Text()


@dataclass(frozen=True)
class Commitment:
    """How much time people give: sessions of `minutes`, one every so many weeks."""

    sessions: int
    minutes: int
    every_weeks: int
    protected_time: bool = True


@dataclass(frozen=True)
class Agreement:
    """The numbers of the mentoring agreement, in hours and days."""

    reply_hours: int
    cancel_notice_hours: int
    notice_days: int


@dataclass(frozen=True)
class Point:
    """A day as an offset: week 1 is the week of the start; or so many days from something else."""

    week: int | None = None
    weekday: str = ""
    anchor: str = ""
    days: int = 0


@dataclass(frozen=True)
class AgendaStep:
    """One step of an agenda or of a module, in minutes."""

    minutes: int
    text: Text
    title: Text = Text()


@dataclass(frozen=True)
class Session:
    """One meeting of a pairing."""

    id: str
    title: Text
    item: Item
    minutes: int
    week: int
    place: str = "topical"
    agenda: tuple[AgendaStep, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class Module:
    """A piece of training."""

    id: str
    title: Text
    item: Item
    roles: tuple[Role, ...]
    minutes: int
    before: str = ""
    activities: tuple[AgendaStep, ...] = ()


@dataclass(frozen=True)
class Moment:
    """A milestone or a check-in: something dated that people come to or do."""

    kind: Literal["milestone", "check-in"]
    id: str
    title: Text
    item: Item
    point: Point
    roles: tuple[Role, ...]
    time: str = ""
    minutes: int = 0

    def act(self, role: str) -> Text:
        """What a person in this role does."""
        acts: Mapping[str, Text] = self.item.fields.get("acts", {})
        return acts.get(role, self.item["act"]) or self.title


@dataclass(frozen=True)
class Form:
    """A feedback link with the span in which it is open."""

    id: str
    title: Text
    item: Item
    purpose: str
    roles: tuple[Role, ...]
    opens: Point
    closes: Point
    url: Text = Text()
    anonymous: bool = False
    prefill: Mapping[str, str] = field(default_factory=dict)

    def link(self, program: str, cohort: str, role: str = "") -> str:
        """The form's address with its prefill values filled in; empty where there is none yet."""
        if not self.url:
            return ""
        known = {"program": program, "cohort": cohort, "role": role}
        filled = urlencode({name: known[value] for value, name in self.prefill.items() if known[value]})
        if not filled:
            return str(self.url)
        parts = urlsplit(self.url)
        return parts._replace(query=f"{parts.query}&{filled}" if parts.query else filled).geturl()


@dataclass(frozen=True, eq=False)  # each is itself: a key for what is worked out of it
class Program:
    """What a program is, year after year.

    Attributes:
        texts: the playbook's other things by kind, as this program takes them (safety, agreement, …).
        rules: what a pairing must keep to, by name.
        criteria: what makes a good pairing, with its weight.
    """

    id: str
    path: str
    title: Text
    summary: Text
    mode: str
    goals: tuple[Goal, ...]
    commitment: Commitment
    agreement: Agreement
    topics: tuple[Item, ...]
    roles: tuple[Item, ...]
    training: tuple[Module, ...]
    sessions: tuple[Session, ...]
    milestones: tuple[Moment, ...]
    check_ins: tuple[Moment, ...]
    forms: tuple[Form, ...]
    sign_up_form: str
    sign_up_opens: Point
    sign_up_closes: Point
    why: Rich = Rich()
    sponsor: Sponsor | None = None
    eligibility: Mapping[str, tuple[Text, ...]] = field(default_factory=dict)
    criteria: tuple[tuple[str, int], ...] = ()
    rules: Mapping[str, int | bool] = field(default_factory=dict)
    resources: tuple[Mapping[str, Any], ...] = ()
    faq: tuple[Mapping[str, Any], ...] = ()
    texts: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)

    def role(self, role: str) -> Item:
        """The guide of a role."""
        return next(guide for guide in self.roles if guide.id == role)

    def goal(self, identifier: str) -> Goal | None:
        """Find a goal by its id."""
        return next((goal for goal in self.goals if goal.id == identifier), None)

    @property
    def dated(self) -> tuple[Session | Moment, ...]:
        """Everything that another thing can be counted from: sessions, milestones, check-ins."""
        return (*self.sessions, *self.milestones, *self.check_ins)

    @property
    def months(self) -> int:
        """How long the sessions take, in whole months."""
        return max(1, round(self.sessions[-1].week / 4.35)) if self.sessions else 1


def program(
    document: Document, book: Playbook, prose: Mapping[str, str]
) -> tuple[Program, tuple[Problem, ...]]:
    """Make a program of its valid file, the organisation's playbook and the long texts beside the file."""
    said = _mapping(document.values)
    book = book.without(said.get("playbook", {}))
    full = {key: _merged(book.defaults.get(key), said.get(key)) for key in {*said, *book.defaults}}
    commitment = Commitment(**full["commitment"])
    chosen: dict[str, tuple[Item, ...]] = {}
    problems: list[Problem] = []
    for kind in LISTS:
        chosen[kind], found = choose(kind, book.kind(kind), Choice(document, kind.replace("-", "_"), prose))
        problems.extend(found)
    sessions, found = choose_sessions(
        book.kind("sessions"), Choice(document, "sessions", prose), commitment.sessions
    )
    problems.extend(found)
    made = Program(
        id=document.path.split("/")[-2],
        path=document.path,
        title=said["title"],
        summary=said["summary"],
        mode=said.get("mode", "reverse"),
        why=Rich(said.get("why", "")),
        sponsor=_sponsor(said["sponsor"]) if "sponsor" in said else None,
        goals=tuple(_goal(goal) for goal in said["goals"]),
        commitment=commitment,
        agreement=Agreement(**full["agreement"]),
        topics=chosen["topics"],
        roles=tuple(_role(guide, said.get("roles", {}), document.path) for guide in book.kind("roles")),
        training=tuple(module(item) for item in chosen["training"]),
        sessions=_sessions(sessions, commitment),
        milestones=tuple(_moment("milestone", item) for item in chosen["milestones"]),
        check_ins=tuple(_moment("check-in", item) for item in chosen["check-ins"]),
        forms=tuple(_form(item) for item in chosen["forms"]),
        sign_up_form=full["sign_up"].get("form", ""),
        sign_up_opens=point(full["sign_up"]["opens"]),
        sign_up_closes=point(full["sign_up"]["closes"]),
        eligibility={role: tuple(lines) for role, lines in full["eligibility"].items()},
        criteria=tuple((one["by"], one.get("weight", 1)) for one in full["matching"].get("criteria", ())),
        rules=full["matching"].get("rules", {}),
        resources=tuple(said.get("resources", ())),
        faq=tuple({**entry, "answer": Rich(entry["answer"])} for entry in said.get("faq", ())),
        texts={
            kind: book.kind(kind) for kind in ("agreement", "ground-rules", "safety", "evaluation", "faq")
        },
    )
    return made, tuple(problems)


def _merged(default: Any, said: Any) -> Any:
    """Put a program's keys over the defaults'; a list that is given is the list."""
    if isinstance(default, Mapping) and isinstance(said, Mapping):
        return {**default, **said}
    return default if said is None else said


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _sponsor(said: Mapping[str, Any]) -> Sponsor:
    return Sponsor(
        **{**said, "message": Rich(said.get("message", "")), "commits": tuple(said.get("commits", ()))}
    )


def _goal(said: Mapping[str, Any]) -> Goal:
    measure = Measure(**said["measure"]) if "measure" in said else None
    return Goal(
        said.get("id") or slug(said["title"]), said["title"], tuple(said.get("benefits", ())), measure
    )


def _role(guide: Item, changes: Mapping[str, Any], path: str) -> Item:
    change = changes.get(guide.id)
    if not change:
        return guide
    sources = (Source(path), *guide.sources)
    return replace(guide, fields={**guide.fields, **change}, sources=sources, changed=True)


def _steps(steps: Iterable[Mapping[str, Any]]) -> tuple[AgendaStep, ...]:
    return tuple(AgendaStep(step["minutes"], step["text"], step.get("title", Text())) for step in steps)


def module(item: Item) -> Module:
    """Make a module of a thing of the playbook or of a program."""
    steps = _steps(item.fields.get("activities", ()))
    minutes = item.fields.get("minutes") or sum(step.minutes for step in steps) or 20
    return Module(
        item.id, item.title, item, _roles(item, ("mentor", "mentee")), minutes, str(item["before"]), steps
    )


def _sessions(items: Sequence[Item], commitment: Commitment) -> tuple[Session, ...]:
    """Give each session its week: as said, else so many weeks after the last; the first is in week 2."""
    made: list[Session] = []
    for item in items:
        following = made[-1].week + commitment.every_weeks if made else 2
        changed_minutes = item.fields.get("minutes") if item.changed else None
        made.append(
            Session(
                item.id,
                item.title,
                item,
                changed_minutes or commitment.minutes,
                item.fields.get("week", following),
                str(item["place"] or "topical"),
                _steps(item.fields.get("agenda", ())),
                tuple(str(topic) for topic in item.fields.get("topics", ())),
            )
        )
    return tuple(made)


def _roles(item: Item, default: tuple[Role, ...]) -> tuple[Role, ...]:
    named = {str(role) for role in item.fields.get("for", default)}
    return tuple(role for role in ROLES if role in named)


def point(said: Mapping[str, Any]) -> Point:
    """Read an offset."""
    return Point(
        said.get("week"), str(said.get("weekday", "")), str(said.get("with", "")), said.get("days", 0)
    )


def _moment(kind: Literal["milestone", "check-in"], item: Item) -> Moment:
    return Moment(
        kind,
        item.id,
        item.title,
        item,
        point(item.fields),
        _roles(item, ROLES),
        str(item["time"]),
        item.fields.get("minutes", 0),
    )


def _form(item: Item) -> Form:
    fields = item.fields
    return Form(
        item.id,
        item.title,
        item,
        str(fields.get("purpose", "end")),
        _roles(item, ("mentor", "mentee")),
        point(fields.get("opens", {"week": 1})),
        point(fields.get("closes", {})),
        Text(fields.get("url", "")),
        bool(fields.get("anonymous", False)),
        fields.get("prefill", {}),
    )


@dataclass(frozen=True)
class Person:
    """One participant; `alias` is stable within a cohort and says nothing."""

    id: str
    role: Role
    number: int
    name: Text = Text()
    unit: Text = Text()
    topics: tuple[str, ...] = ()
    capacity: int | None = None
    consent: str = "nobody"

    def shown_to(self, audience: Audience) -> Text:
        """The name, where the person's consent covers the readers; else an empty text."""
        return self.name if covers(self.consent, audience) else Text()


def covers(consent: str, audience: Audience) -> bool:
    """Whether a consent lets these readers see a name."""
    return consent == "public" or (consent == "participants" and audience == "participants")


@dataclass(frozen=True)
class Pairing:
    """One mentor and one mentee in a cohort."""

    mentor: Person
    mentee: Person
    topics: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    confirmed: Mapping[str, date] = field(default_factory=dict)
    announce: date | None = None
    paused: date | None = None
    completed: date | None = None
    ended: date | None = None


@dataclass(frozen=True)
class Result:
    """What was reached for one goal, and from how many answers."""

    actual: float
    baseline: float | None = None
    n: int | None = None


@dataclass(frozen=True)
class Results:
    """What came out of a cohort."""

    measures: Mapping[str, Result] = field(default_factory=dict)
    stories: tuple[Mapping[str, Text], ...] = ()
    lessons: tuple[Mapping[str, Text], ...] = ()


@dataclass(frozen=True, eq=False)  # each is itself: a key for what is worked out of it
class Cohort:
    """One run of a program, with a start date."""

    id: str
    path: str
    program: Program
    title: Text
    start: date
    end: date | None = None
    sign_up_opens: date | None = None
    sign_up_closes: date | None = None
    dates: Mapping[str, date] = field(default_factory=dict)
    people: tuple[Person, ...] = ()
    pairings: tuple[Pairing, ...] = ()
    results: Results | None = None


def cohort(document: Document, of: Program) -> tuple[Cohort, tuple[Problem, ...]]:
    """Make a cohort of its valid file and its program; pairings that name nobody known are problems."""
    said = _mapping(document.values)
    people = _people(said.get("people", ()))
    pairings, problems = _pairings(document, said.get("pairings", ()), people)
    name = document.path.split("/")[-1].removesuffix(".yml")
    sign_up = said.get("sign_up", {})
    made = Cohort(
        id=name,
        path=document.path,
        program=of,
        title=said.get("title") or _cohort_title(name),
        start=date.fromisoformat(said["start"]),
        end=_day(said, "end"),
        sign_up_opens=_day(sign_up, "opens"),
        sign_up_closes=_day(sign_up, "closes"),
        dates={key: date.fromisoformat(value) for key, value in said.get("dates", {}).items()},
        people=people,
        pairings=pairings,
        results=_results(said["results"]) if "results" in said else None,
    )
    return made, problems


def _day(said: Mapping[str, Any], key: str) -> date | None:
    return date.fromisoformat(said[key]) if key in said else None


def _cohort_title(name: str) -> Text:
    words = name.split("-")
    if len(words) > 1 and words[0].isdigit():
        words = [*words[1:], words[0]]
    return Text(" ".join(words).capitalize())


def _people(said: Iterable[Mapping[str, Any]]) -> tuple[Person, ...]:
    people: list[Person] = []
    for one in said:
        number = 1 + sum(other.role == one["role"] for other in people)
        people.append(Person(**{**one, "number": number, "topics": tuple(one.get("topics", ()))}))
    return tuple(people)


def _pairings(
    document: Document, said: Iterable[Mapping[str, Any]], people: Sequence[Person]
) -> tuple[tuple[Pairing, ...], tuple[Problem, ...]]:
    known = {person.id: person for person in people}
    pairings: list[Pairing] = []
    problems: list[Problem] = []
    for index, one in enumerate(said):
        unknown = [role for role in ("mentor", "mentee") if one[role] not in known]
        for role in unknown:
            hint = f"Add `- {{id: {one[role]}, role: {role}}}` under `people`, or correct the id."
            message = f"There is no person `{one[role]}` in this cohort."
            place = ("pairings", index, role)
            problems.append(document.problem("pairing-names-unknown-person", place, message, hint))
        if not unknown:
            pairings.append(_pairing(one, known))
    return tuple(pairings), tuple(problems)


def _pairing(said: Mapping[str, Any], known: Mapping[str, Person]) -> Pairing:
    return Pairing(
        known[said["mentor"]],
        known[said["mentee"]],
        tuple(said.get("topics", ())),
        tuple(said.get("goals", ())),
        {role: date.fromisoformat(value) for role, value in said.get("confirmed", {}).items()},
        *(_day(said, key) for key in ("announce", "paused", "completed", "ended")),
    )


def _results(said: Mapping[str, Any]) -> Results:
    stories = tuple({**story, "text": Rich(story["text"])} for story in said.get("stories", ()))
    measures = {goal: Result(**result) for goal, result in said.get("measures", {}).items()}
    return Results(measures, stories, tuple(said.get("lessons", ())))
