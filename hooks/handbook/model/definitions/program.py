"""Program, complete: frozen dataclasses for what a program is, year after year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args
from urllib.parse import urlencode

from ...text.problems import did_you_mean
from ...text.prose import Rich, Text
from .parts import AgendaStep, Agreement, Commitment, Costs, Goal, Point
from .playbook import Item

Role = Literal["mentor", "mentee", "coordinator", "sponsor", "line-manager"]
Audience = Literal["public", "participants"]
ROLES: tuple[Role, ...] = get_args(Role)
# The two of a pairing.
PARTICIPANTS: tuple[Role, Role] = ("mentor", "mentee")
# The playbook counts from these sessions; where a program has others in their place, those are meant.
PLACES: Mapping[str, str] = {"first-meeting": "first", "midpoint-review": "midpoint", "closing": "closing"}
# Likewise the playbook's forms, by what they are for.
PURPOSES: Mapping[str, str] = {"baseline": "baseline", "midpoint-survey": "midpoint", "end-survey": "end"}
# What a column of a sheet can hold, with hyphens; `role` may name both.
COLUMNS = (
    "name", "email", "role", "unit", "grade", "manager", "topics", "skills", "learn", "goals",
    "working-style", "communication-style", "interests", "languages", "timezone", "hours", "location",
    "capacity", "not-with", "earlier", "consent",
)  # fmt: skip
# … or that nobody needs it.
LEAVE_OUT = "leave-out"


def covers(consent: str, audience: Audience) -> bool:
    """Whether a consent lets these readers see a name."""
    return consent in ("public", audience)


@dataclass(frozen=True, kw_only=True)
class Named:
    """Somebody whose name is shown to those whom a consent covers."""

    name: Text = Text()
    consent: str = "nobody"

    def shown_to(self, audience: Audience) -> Text:
        """The name, where the person's consent covers the readers; else an empty text."""
        return self.name if covers(self.consent, audience) else Text()


@dataclass(frozen=True)
class Sponsor(Named):
    """The senior person who stands for a program."""

    title: Text
    message: Rich = Rich()
    commits: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Resource:
    """Something to read, watch or try."""

    title: Text
    url: Text
    summary: Text = Text()
    roles: tuple[Role, ...] = ()
    reviewed: date | None = None


@dataclass(frozen=True)
class Question:
    """A question about the program, with its answer."""

    question: Text
    answer: Rich
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Thing:
    """What a program makes of a thing of the playbook; `minutes` is 0 where that is not said."""

    item: Item
    roles: tuple[Role, ...] = PARTICIPANTS
    minutes: int = 0
    time = ""

    @property
    def id(self) -> str:
        """Unique in its kind."""
        return self.item.id

    @property
    def title(self) -> Text:
        """What people see."""
        return self.item.title

    def act(self, role: str) -> Text:
        """What a person in this role does, where the thing says so; else an empty text."""
        acts: Mapping[str, Text] = self.item.fields.get("acts", {})
        return acts.get(role, self.item["act"])


@dataclass(frozen=True)
class Session(Thing):
    """One meeting of a pairing; `week` is 0 for one that the program only offers in place of another."""

    week: int
    place: str = "topical"
    agenda: tuple[AgendaStep, ...] = ()
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class Module(Thing):
    """A piece of training."""

    before: str = ""
    activities: tuple[AgendaStep, ...] = ()

    @property
    def anchor(self) -> str:
        """What it prepares for: the first meeting, where nobody says."""
        return self.before or "first-meeting"


@dataclass(frozen=True, kw_only=True)
class Moment(Thing):
    """A milestone or a check-in: something dated that people come to or do."""

    kind: Literal["milestone", "check-in"]
    point: Point
    roles: tuple[Role, ...] = ROLES
    time: str = ""


@dataclass(frozen=True)
class Form(Thing):
    """A feedback link with the span in which it is open."""

    purpose: str = "end"
    opens: Point = field(default=Point(1))
    closes: Point = field(default=Point())
    url: Text = Text()
    anonymous: bool = False
    prefill: Mapping[str, str] = field(default_factory=dict)

    def link(self, program: str, cohort: str, role: str = "") -> str:
        """The form's address with its prefill values filled in; empty where there is none yet."""
        if not self.url:
            return ""
        known = {"program": program, "cohort": cohort, "role": role}
        filled = urlencode({name: known[value] for value, name in self.prefill.items() if known[value]})
        page, hash_sign, place = self.url.partition("#")
        sign = ("&" if "?" in page else "?") if filled else ""
        return f"{page}{sign}{filled}{hash_sign}{place}"


@dataclass(frozen=True, eq=False)  # each is itself: a key for what is worked out of it
class Program:
    """What a program is, year after year.

    Attributes:
        areas: those of its topics; texts promise nothing of others.
        further: sessions of the playbook that a pairing may take in place of one of `sessions`.
        items: the playbook's other things by kind, as this program takes them (safety, agreement, …).
        rules, criteria: what a pairing must keep to, by name; what makes a good one, with its weight.
    """

    id: str
    path: str
    title: Text
    summary: Text
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
    mode: str = "reverse"
    why: Rich = Rich()
    sponsor: Sponsor | None = None
    eligibility: Mapping[str, tuple[Text, ...]] = field(default_factory=dict)
    criteria: tuple[tuple[str, int], ...] = ()
    rules: Mapping[str, int | bool] = field(default_factory=dict)
    resources: tuple[Resource, ...] = ()
    faq: tuple[Question, ...] = ()
    further: tuple[Session, ...] = ()
    areas: frozenset[str] = frozenset()
    items: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)
    costs: Costs = field(default_factory=Costs)
    draft: bool = False

    def role(self, role: str) -> Item:
        """The guide of a role."""
        return next(guide for guide in self.roles if guide.id == role)

    def session(self, name: str, known: Iterable[str] = ()) -> Session:
        """The session of an id; in place of one that was left out, what days count from instead.

        Raises:
            LookupError: neither the program nor the playbook, whose sessions are `known`, has the id.
        """
        names = (*(session.id for session in (*self.sessions, *self.further)), *PLACES, *known)
        if name not in names:
            raise LookupError(f"There is no session “{name}”. {did_you_mean(name, names)}".strip())
        return self.counted_from(name)

    def counted_from(self, anchor: str) -> Session:
        """The session that days count from: of that id, or in the place of the playbook's; else the first."""
        named = [session for session in (*self.sessions, *self.further) if session.id == anchor]
        in_its_place = [session for session in self.sessions if session.place == PLACES.get(anchor)]
        index = {"midpoint-review": len(self.sessions) // 2, "closing": -1}.get(anchor, 0)
        return (named or in_its_place or self.sessions[index:])[0]

    def form(self, name: str) -> Form | None:
        """The form of an id. For one of the playbook's that is not there, that of the same purpose."""
        named = next((form for form in self.forms if form.id == name), None)
        return named or next((form for form in self.forms if form.purpose == PURPOSES.get(name)), None)

    @property
    def moments(self) -> tuple[Moment, ...]:
        """The milestones and the check-ins; one of each may share a name."""
        return (*self.milestones, *self.check_ins)

    @property
    def dated(self) -> tuple[Session | Moment, ...]:
        """Everything that another thing can be counted from: sessions, milestones, check-ins."""
        return (*self.sessions, *self.moments)

    @property
    def dated_forms(self) -> tuple[Form, ...]:
        """The forms with days of their own; one more opens with sign-up, another after each session."""
        return tuple(form for form in self.forms if form.purpose not in ("sign-up", "session"))

    @property
    def months(self) -> int:
        """How long it is from the first session to the last, in whole months; 0 for less than half a one."""
        return round((self.commitment.weeks - 1) / 4.35)
