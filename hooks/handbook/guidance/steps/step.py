"""A step: what a role does in a cohort, with its days, its words and where it leads; and the planned ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from ...contents.kinds import copied_messages
from ...model.definitions.builder import build
from ...model.definitions.cohort import Cohort
from ...model.definitions.parts import Point
from ...model.definitions.playbook import Item
from ...model.definitions.program import PARTICIPANTS, Module, Role
from ...model.labels import Labels
from ...model.timeline import Event, Spans, has_weeks, planned_days
from ...text.prose import Text

# What is told in other words before its day has come: until then nobody can do it.
_TOLD_AHEAD = frozenset({"sign-up", "waiting", "asked", "announcement", "talk", "form", "afterwards"})
# What counts by its last day even before it begins.
_BY_THEIR_END = frozenset({"training", "waiting"})
# Of what is due on one day: what one comes to or does then, before its messages, before what can always wait.
_RANKS = {
    "milestone": 0, "check-in": 0, "task": 0, "session-first": 0, "session-topical": 0, "session-midpoint": 0,
    "session-closing": 0, "form-each-session": 2, "afterwards": 2,
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """What a role does in a cohort, or how things stand where there is nothing to do.

    Attributes:
        code: the kind of an event, `task` or `message` of the plan, or what else it is.
        day, until: the first and the last day on which it is open.
        by: the day that counts: the last one, or the one for which it was planned.
        event: what takes place, or None; `item` is what the plan has, or None.
        name: of the labels for it.
        sentence: the thing's own words for what to do; empty where a label says it.
        page: the page that it leads to, by name; an open `url` comes before it.
        url: an address elsewhere, such as a form.
    """

    cohort: Cohort
    role: Role
    code: str
    day: date
    until: date
    by: date
    event: Event | None = None
    item: Item | None = None
    name: str = ""
    sentence: Text = Text()
    page: str = "cohort"
    url: str = ""

    @property
    def thing(self) -> Event | Item | Cohort:
        """What the step is about."""
        return self.event or self.item or self.cohort

    @property
    def modules(self) -> tuple[Module, ...]:
        """The modules of a training that this role takes."""
        things = self.event.thing if self.event else None
        return tuple(one for one in things if self.role in one.roles) if isinstance(things, tuple) else ()

    @property
    def order(self) -> tuple[date, int, date, str]:
        """The nearest deadline first; of one deadline what people meet for, then what has begun earlier."""
        rank = _RANKS.get(self.name or self.code, 1)
        return self.by, rank, self.day, self.thing.id

    def is_open(self, day: date) -> bool:
        """Whether it is to be done on a day."""
        return self.day <= day <= self.until

    def short(self, labels: Labels, day: date) -> Markup:
        """What it is, in a few words, as a list names it on a day."""
        name = self.named_on(day).removesuffix("-ahead")
        name = self.event.label if self.event and name == self.event.kind else name
        names = (f"event.{name}.{self.role}", f"event.{name}", f"event.{self.code}")
        return labels.say(*names, **self._values(labels))

    def words(self, labels: Labels, day: date) -> Iterator[Text | Markup]:
        """What to do, seen from a day: in the thing's own words, or else in a label's.

        Before it stands whom the two of a pairing meet, and for what; behind it that they change places,
        where both teach.
        """
        name = self.named_on(day)
        if self.code == "session" and self.role in PARTICIPANTS:
            yield labels.say(f"step.meet.{self.role}", title=self.thing.title)
        own = Text() if name.endswith("-ahead") else self.sentence
        yield own or labels.say(f"step.{name}.{self.role}", f"step.{name}.all", **self._values(labels))
        if self.cohort.program.mode == "reciprocal" and self.name == "session-topical":
            yield labels.say("step.change-places")

    def leads_to(self, day: date) -> str:
        """The page that it leads to, seen from a day: before sign-up, whether it suits somebody."""
        early = self.code == "sign-up" and day < self.day and self.role in PARTICIPANTS
        return "taking-part#readiness" if early else self.page

    def named_on(self, day: date) -> str:
        """Whose words tell it on a day: the step’s, or those for what is still ahead."""
        return f"{self.code}-ahead" if day < self.day and self.code in _TOLD_AHEAD else self.name or self.code

    def counts(self, day: date) -> date:
        """The date that counts, seen from a day: what begins later counts from its first, but some never."""
        return self.day if day < self.day and self.code not in _BY_THEIR_END else self.by

    def _values(self, labels: Labels) -> dict[str, object]:
        modules, agreed = self.modules, self.cohort.program.agreement
        minutes = sum(one.minutes for one in modules) or (self.event.minutes if self.event else 0)
        return {
            "title": self.thing.title,
            "modules": labels.count("count.modules", len(modules)),
            "minutes": labels.count("count.minutes", minutes),
            "reply": labels.count("count.hours", agreed.reply_hours),
        }


_PAGES = {
    "training": "training",
    "announcement": "cohort/pairings",
    "milestone": "cohort#dates",
    "check-in": "feedback#check-ins",
    "form": "feedback#links",
}


def event_page(event: Event) -> str:
    """Name the page that says more of an event."""
    if event.kind == "session":
        return f"sessions/{event.id.removeprefix('session-')}"
    return _PAGES.get(event.kind, "cohort")


# --- the launch plan of a cohort and its messages: what a coordinator does and sends on which day

Dated = tuple[tuple[Item, date], ...]


def launch_plan(cohort: Cohort, holidays: Spans) -> Dated:
    """The steps of the launch plan that have a day in a cohort, in the order of time."""
    return _dated(launch_steps(cohort), cohort, holidays)


def messages_to_send(cohort: Cohort, holidays: Spans) -> Dated:
    """The messages to copy that have a day in a cohort, in the order of time."""
    return _dated(copied_messages(cohort.program), cohort, holidays)


def left_out(cohort: Cohort) -> tuple[Item, ...]:
    """The steps of the launch plan for which a cohort is planned too late, as its `plan_from` says."""
    steps = cohort.program.items["launch"]
    return tuple(item for item in steps if not has_weeks(cohort, item.fields.get("skip_below", 0)))


def launch_steps(cohort: Cohort) -> tuple[Item, ...]:
    """The steps of the launch plan for which there is time in a cohort."""
    without = left_out(cohort)
    return tuple(item for item in cohort.program.items["launch"] if item not in without)


def _dated(items: Iterable[Item], cohort: Cohort, holidays: Spans) -> Dated:
    # Steps and messages share the days, so that a step and its message are on one day.
    together = (*launch_steps(cohort), *copied_messages(cohort.program))
    days = planned_days(cohort, (build(Point, item.fields) for item in together), holidays)
    dated = ((item, days[point]) for item in items if (point := build(Point, item.fields)) in days)
    return tuple(sorted(dated, key=lambda step: step[1]))
