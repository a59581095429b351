"""A cohort's plan -> its events, and the days that they name: the offsets of a program become days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, get_args

from ...text.prose import Text
from ..definitions.cohort import Cohort
from ..definitions.parts import Point
from ..definitions.program import PLACES, PURPOSES, ROLES, Form, Module, Moment, Role, Session
from .days import DAY, WEEK, WEEKDAYS, monday_of, next_free, public_from

EventKind = Literal[
    "sign-up", "announcement", "start", "training", "session", "milestone", "check-in", "form", "end"
]
_FRAME = ("sign-up", "announcement", "start", "training", "end")
_ORDER = {kind: rank for rank, kind in enumerate(get_args(EventKind))}
# Training is shown from the Monday a week before it is due; a session's week ends on its Friday.
_TRAINING_TIME = WEEK
_WORKING_WEEK = 4 * DAY
# A form stays open so long where nobody says how long.
_FORM_TIME = 2 * WEEK
# Nobody pins a day so far from the plan, or says it of a pairing, unless a year is wrong.
_FAR = 26 * WEEK


@dataclass(frozen=True)
class Event:
    """Any dated thing of a cohort, from its first day to its last.

    Attributes:
        id: stable within the cohort.
        title: of the thing itself; words round it come from the texts.
        time: "HH:MM" in the organisation's time zone, or empty.
        minutes: how long it takes; 0 where that is not said.
        thing: what it is an event of; for training the modules that are due.
    """

    id: str
    kind: EventKind
    title: Text
    day: date
    until: date
    roles: tuple[Role, ...]
    time: str = ""
    minutes: int = 0
    thing: Session | Moment | Form | tuple[Module, ...] | None = None

    @property
    def name(self) -> str:
        """What plans and files call it: the id of its thing, or of the frame of every cohort."""
        return "pairings-announced" if self.kind == "announcement" else self.id.removeprefix(f"{self.kind}-")

    @property
    def label(self) -> str:
        """The label that titles it: its kind's; what is announced after the first day has one of its own."""
        later = self.id.startswith("announcement-") and self.id != "announcement-1"
        return "announcement-later" if later else self.kind

    def next_day(self, day: date) -> date:
        """The date that counts next: its beginning, then, once it has begun, its end."""
        return self.day if self.day > day else self.until


@lru_cache(maxsize=4096)
def events(cohort: Cohort) -> tuple[Event, ...]:
    """Everything dated in a cohort, in the order of time."""
    return Schedule(cohort).events()


class Schedule:
    """Resolves the offsets of one cohort to dates."""

    def __init__(self, cohort: Cohort) -> None:
        self.cohort, self.program = cohort, cohort.program
        self.moments = {moment.id: moment for moment in self.program.moments}

    def events(self) -> tuple[Event, ...]:
        """Give all of them, in the order of time."""
        dated = [*self._frame(), *self._sessions(), *self._moments(), *self._forms(), *self._training()]
        end = self.cohort.end or max(event.until for event in dated)
        dated.append(Event("end", "end", self.cohort.title, end, end, ROLES))
        dated.sort(key=lambda event: (event.day, _ORDER[event.kind], event.until, event.id))
        return tuple(dated)

    def _frame(self) -> Iterator[Event]:
        cohort, program = self.cohort, self.program
        opens, closes = self.sign_up()
        form = next((form for form in program.forms if form.id == program.sign_up_form), None)
        yield Event("sign-up", "sign-up", program.title, opens, max(opens, closes), ROLES, thing=form)
        yield Event("start", "start", cohort.title, cohort.start, cohort.start, ROLES)
        for number, day in enumerate(_announcements(cohort), 1):
            yield Event(f"announcement-{number}", "announcement", program.title, day, day, ROLES)

    def sign_up(self) -> tuple[date, date]:
        """The days on which sign-up opens and closes.

        A cohort that says one of them moves the other, so that sign-up is as long as the program has it;
        but it never stays open past the start because of that.
        """
        cohort, program = self.cohort, self.program
        opens, closes = self.day(program.sign_up_opens), self.day(program.sign_up_closes, "friday")
        length = max(closes - opens, timedelta())
        if cohort.sign_up_opens:
            opens, closes = cohort.sign_up_opens, min(cohort.sign_up_opens + length, cohort.start)
        if cohort.sign_up_closes:
            opens, closes = cohort.sign_up_opens or cohort.sign_up_closes - length, cohort.sign_up_closes
        return opens, closes

    def _sessions(self) -> Iterator[Event]:
        for session in self.program.sessions:
            day = self._day_of(session)
            # A session has the working week; one that is pinned has that day.
            until = day if session.id in self.cohort.dates else max(day, monday_of(day) + _WORKING_WEEK)
            yield _event("session", session, day, until)

    def _moments(self) -> Iterator[Event]:
        announced = _announcements(self.cohort)
        for moment in self.program.moments:
            day = self._day_of(moment)
            event = _event(moment.kind, moment, day, day)
            if moment.id != "pairings-announced":
                yield event
            elif not announced:  # else the pairings say their own days
                yield replace(event, kind="announcement")

    def _forms(self) -> Iterator[Event]:
        for form in self.program.dated_forms:
            planned, closes = self.day(form.opens), self.day(form.closes, "friday")
            opens = self.cohort.dates.get(form.id) or planned
            if closes < opens:  # pinned behind its end, or without one
                closes = opens + (closes - planned if closes > planned else _FORM_TIME)
            yield _event("form", form, opens, closes)

    def _training(self) -> Iterator[Event]:
        """One event for each day by which training is due, whatever milestones it prepares for."""
        training = self.program.training
        days = {name: self.anchor(name) for name in dict.fromkeys(module.anchor for module in training)}
        due = {name: next_free(day - DAY, (), -DAY) for name, day in days.items()}
        for until in dict.fromkeys(due.values()):
            anchors = [name for name in days if due[name] == until]
            modules = tuple(module for module in training if module.anchor in anchors)
            roles = tuple(role for role in ROLES if any(role in module.roles for module in modules))
            first = min(anchors, key=days.__getitem__)
            title = (self.moments.get(first) or self.program.counted_from(first)).title
            day, minutes = monday_of(until - _TRAINING_TIME), sum(module.minutes for module in modules)
            yield Event(f"training-{anchors[0]}", "training", title, day, until, roles, "", minutes, modules)

    def _day_of(self, thing: Session | Moment) -> date:
        point = Point(thing.week) if isinstance(thing, Session) else thing.point
        return self.cohort.dates.get(thing.id) or self.day(point)

    def day(self, point: Point, weekday: str = "") -> date:
        """Resolve an offset; `weekday` is meant where the point names a week and no weekday of it."""
        if point.anchor:
            return self.anchor(point.anchor) + timedelta(days=point.days)
        week = 1 if point.week is None else point.week
        named = point.weekday or weekday
        day = monday_of(self.cohort.start) + (week - 1) * WEEK + (WEEKDAYS.index(named) if named else 0) * DAY
        return (max(day, self.cohort.start) if week == 1 else day) + timedelta(days=point.days)

    def anchor(self, name: str) -> date:
        """Follow `with` from milestone to milestone, to one that has a day of its own or to a session."""
        days, seen = 0, set[str]()
        while name in self.moments and name not in seen:
            moment = self.moments[name]
            if name in self.cohort.dates or not moment.point.anchor:
                return self._day_of(moment) + timedelta(days=days)
            seen.add(name)
            days, name = days + moment.point.days, moment.point.anchor
        return self._day_of(self.program.counted_from(name)) + timedelta(days=days)


def _event(kind: EventKind, thing: Session | Moment | Form, day: date, until: date) -> Event:
    name = f"{kind}-{thing.id}"
    return Event(name, kind, thing.title, day, until, thing.roles, thing.time, thing.minutes, thing)


def _announcements(cohort: Cohort) -> tuple[date, ...]:
    """The days on which pairings become public; of one that ended by then not even a day is said."""
    days = ((public_from(pairing), pairing.ended) for pairing in cohort.pairings)
    return tuple(sorted({day for day, ended in days if day and not (ended and ended <= day)}))


def sign_up(cohort: Cohort) -> tuple[date, date]:
    """The days on which sign-up opens and closes, even where one is before the other."""
    return Schedule(cohort).sign_up()


def event_of(cohort: Cohort, identifier: str) -> Event:
    """An event of a cohort by its id, such as `sign-up` or `session-closing`."""
    return next(event for event in events(cohort) if event.id == identifier)


def last_day(cohort: Cohort) -> date:
    """The cohort's last day."""
    return event_of(cohort, "end").day


def span(cohort: Cohort) -> tuple[date, date]:
    """The first and the last day on which anything of a cohort can be, as its start alone has it."""
    bare = Cohort(cohort.id, cohort.path, cohort.program, cohort.title, cohort.start)
    first, last = min(event.day for event in events(bare)), max(event.until for event in events(bare))
    return first - _FAR, max(last, cohort.end or last) + _FAR


@lru_cache(maxsize=512)
def key_days(cohort: Cohort) -> Mapping[str, date]:
    """The days that a message or a plan may name, by name.

    `sign-up-opens`, `sign-up-closes`, `start`, `end`, `training` (when the first of it is due),
    `pairings-announced`, each session, milestone and check-in by its id, the sessions also by their place
    (`first-meeting`, `midpoint-review`, `closing`), and `FORM-opens`, `FORM-closes`.
    """
    schedule = Schedule(cohort)
    days = {place: schedule.anchor(place) for place in PLACES}
    # Of several with one name the first counts, and the frame before all others.
    for event in sorted(reversed(events(cohort)), key=lambda event: event.kind in _FRAME):
        days |= _key_days_of(event)
    for purpose in PURPOSES:
        form = cohort.program.form(purpose)
        for end in ("opens", "closes"):
            if form and f"{form.id}-{end}" in days:
                days.setdefault(f"{purpose}-{end}", days[f"{form.id}-{end}"])
    return days


def _key_days_of(event: Event) -> Mapping[str, date]:
    if event.kind in ("form", "sign-up"):
        return {f"{event.name}-opens": event.day, f"{event.name}-closes": event.until}
    return {"training": event.until} if event.kind == "training" else {event.name: event.day}
