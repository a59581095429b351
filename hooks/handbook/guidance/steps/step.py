"""A step: something that a role does in a cohort, with its days, its words and where it leads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from ...model.definitions.cohort import Cohort
from ...model.definitions.playbook import Item
from ...model.definitions.program import PARTICIPANTS, Module, Role
from ...model.labels import Labels
from ...model.timeline import Event
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
