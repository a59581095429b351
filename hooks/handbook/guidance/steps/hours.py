"""How much time a role gives in all: what takes how long, when, and what that costs for some pairings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from ...model import timeline
from ...model.definitions.cohort import Cohort
from ...model.definitions.program import ROLES, Program, Role
from ...model.labels import Labels
from ...text.prose import Text
from .step import launch_plan, launch_steps, messages_to_send

# From so many minutes on a sum is said in hours, to half a one; then in whole ones.
_HOURS_FROM, _WHOLE_FROM = 120, 20 * 60
# How many people of a role come with a pairing. Whoever takes part has a line manager.
_OF_A_PAIRING = {"mentor": 1, "mentee": 1, "line-manager": 2}
# What sums are made of, and when: before sign-up, before the announcement, up to the first session, …
KINDS = ("sessions", "preparation", "training", "meetings", "forms", "steps", "messages")
PHASES = ("prepare", "choose", "start", "run", "end")
EARLY, LATER = PHASES[:3], PHASES[3:]


class Share(NamedTuple):
    """What one person gives `minutes` to, until a day; so many as `each` come on top with each pairing."""

    kind: str
    title: Text
    until: date
    minutes: int
    each: int = 0


@dataclass(frozen=True)
class Hours:
    """What a role gives its time to: the sum and what is counted, in words; titles of what has no length."""

    time: Markup
    counted: tuple[Text | Markup, ...]
    uncounted: tuple[Text | Markup, ...]


def hours(of: Program | Cohort, role: Role, labels: Labels) -> Hours:
    """Add up what a role gives in a cohort, or in any of a program's that pins nothing."""
    cohort = timeline.typical(of) if isinstance(of, Program) else of
    given, first = _shares(cohort, role), timeline.key_days(cohort)["first-meeting"]
    timed = [share for share in given if share.minutes]
    parts = groupby(timed, lambda share: (share.kind, share.until <= first or share.kind != "training"))
    return Hours(
        spoken(sum(share.minutes for share in timed), labels),
        tuple(_said(cohort, kind, early, list(several), labels) for (kind, early), several in parts),
        tuple(share.title for share in given if not share.minutes and not share.each),
    )


def spoken(minutes: float, labels: Labels) -> Markup:
    """Say a sum of minutes: in hours where it is long."""
    if minutes < _HOURS_FROM:
        return labels.count("count.minutes", minutes)
    number = round(minutes / 30) / 2 if minutes < _WHOLE_FROM else round(minutes / 60)
    return labels.count("count.hours", number)


def _said(cohort: Cohort, kind: str, early: bool, several: Sequence[Share], labels: Labels) -> Markup:
    minutes = sum(share.minutes for share in several)
    return labels.say(
        f"hours.{kind}.{'before' if early else 'later'}",
        f"hours.{kind}",
        "hours.alone" if len(several) == 1 else "hours.together",
        named=labels.count(f"count.{kind}", len(several)) if labels.has(f"count.{kind}.other") else "",
        minutes=labels.count("count.minutes", minutes),
        time=spoken(minutes, labels),
        rhythm=labels.rhythm(timeline.commitment(cohort)),
    )


def _shares(cohort: Cohort, role: Role) -> Sequence[Share]:
    given = (*_events(cohort, role), *_forms(cohort, role), *_plan(cohort, role))
    return sorted(given, key=lambda share: KINDS.index(share.kind))


def _events(cohort: Cohort, role: Role) -> Iterator[Share]:
    """Where a check-in is with each person alone, the coordinator is in all of them."""
    ready = cohort.program.costs.prep_minutes
    for event in (one for one in timeline.until_the_end(cohort) if role in one.roles):
        if isinstance(event.thing, tuple):
            modules = (module for module in event.thing if role in module.roles)
            yield from (Share("training", one.title, event.until, one.minutes) for one in modules)
        elif event.kind == "session":
            yield Share("sessions", event.title, event.until, event.minutes)
            yield from [Share("preparation", event.title, event.day, ready)] if ready else ()
        elif event.kind in ("milestone", "check-in") and event.thing:
            alone = role == "coordinator" and event.thing.item["each"] == "person"
            times = sum(_OF_A_PAIRING.get(one, 0) for one in event.roles) if alone else 0
            once, each = (0, event.minutes * times) if times else (event.minutes, 0)
            yield Share("meetings", event.title, event.day, once, each)


def _forms(cohort: Cohort, role: Role) -> Iterator[Share]:
    """Some are answered after each session."""
    days, each = timeline.key_days(cohort), timeline.commitment(cohort).sessions
    for form in (one for one in cohort.program.forms if role in one.roles):
        name = "sign-up" if form.purpose == "sign-up" else form.id
        minutes = form.minutes * (each if form.purpose == "session" else 1)
        yield Share("forms", form.title, days.get(f"{name}-closes", timeline.last_day(cohort)), minutes)


def _plan(cohort: Cohort, role: Role) -> Iterator[Share]:
    """Steps of the launch plan; one without a day is taken with what comes first. And messages."""
    days = {item.id: day for item, day in launch_plan(cohort, ())}
    for item in launch_steps(cohort):
        minutes = item.fields.get("minutes", {}).get(role, 0)
        once, each = (0, minutes) if item["each"] and role not in _OF_A_PAIRING else (minutes, 0)
        yield from [Share("steps", item.title, days.get(item.id, date.min), once, each)] if minutes else ()
    for item, day in messages_to_send(cohort, ()) if role == "coordinator" else ():
        yield Share("messages", item.title, day, item.fields.get("minutes", 0))


@dataclass(frozen=True)
class Cost:
    """What one role gives: how many people, the minutes of one by phase and kind, what an hour is worth."""

    role: Role
    people: int
    minutes: Mapping[tuple[str, str], float]
    price: float

    def one(self, phases: Collection[str] = PHASES, kinds: Collection[str] = KINDS) -> float:
        """The minutes of one person in some phases, given to some kinds of things."""
        return sum(n for (phase, kind), n in self.minutes.items() if phase in phases and kind in kinds)

    @property
    def all(self) -> float:
        """The minutes of everybody in the role."""
        return self.one() * self.people

    @property
    def money(self) -> float:
        """What the time of everybody in the role is worth."""
        return self.all / 60 * self.price


def costs(program: Program, number: int) -> Mapping[Role, Cost]:
    """What each role gives, with so many pairings, in a cohort that pins nothing."""
    cohort, said, found = timeline.typical(program), program.costs, dict[Role, Cost]()
    for role in ROLES:
        minutes: Counter[tuple[str, str]] = Counter()
        for share in _shares(cohort, role):
            minutes[phase(cohort, share.until), share.kind] += share.minutes + share.each * number
        people = _OF_A_PAIRING.get(role, 0) * number or 1
        found[role] = Cost(role, people, minutes, said.day_rate.get(role, 0) / said.hours_a_day)
    return found


def phase(cohort: Cohort, until: date) -> str:
    """Name the phase of a coordinator's work that a day of a cohort belongs to."""
    days = timeline.key_days(cohort)
    first, announced = days["first-meeting"], days.get("pairings-announced", days["first-meeting"])
    ends = (days["sign-up-opens"] - timeline.DAY, announced - timeline.DAY, first, days["closing"])
    return next((phase for phase, end in zip(PHASES, ends, strict=False) if until <= end), PHASES[-1])


def pairings_to_count(program: Program, cohort: Cohort | None, day: date) -> tuple[int, str]:
    """How many, and who says so: a `cohort` that announced them, the `program`, or nobody: an `example`."""
    announced, planned = len(timeline.public_pairings(cohort, day)) if cohort else 0, program.costs.pairings
    known = ((announced, "cohort"), (planned, "program"), (10, "example"))
    return next(pair for pair in known if pair[0])
