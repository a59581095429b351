"""Cohort -> events, and where things stand on a day. Only here are days added, and the day is asked."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache, singledispatch
from typing import Literal
from zoneinfo import ZoneInfo

from ...text.prose import Text
from ..definitions.cohort import Cohort, Pairing
from ..definitions.program import (
    PARTICIPANTS,
    PLACES,
    PURPOSES,
    ROLES,
    Form,
    Module,
    Moment,
    Point,
    Program,
    Role,
    Session,
)

EventKind = Literal[
    "sign-up", "announcement", "start", "training", "session", "milestone", "check-in", "form", "end"
]
CohortState = Literal["planned", "sign-up", "matching", "running", "finished"]
PairingState = Literal["proposed", "half-confirmed", "confirmed", "announced", "paused", "completed", "ended"]
EventState = Literal["coming", "now", "past"]
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEK = timedelta(days=7)
# Training is shown from the Monday a week before it is due; a session's week ends on its Friday.
_TRAINING_TIME = timedelta(days=7)
_WORKING_WEEK = timedelta(days=4)
# A form stays open so long where nobody says how long.
_FORM_TIME = timedelta(days=14)


def today(timezone: str = "UTC") -> date:
    """The day for which everything is built: HANDBOOK_TODAY (YYYY-MM-DD), else today in the time zone.

    Raises:
        ValueError: HANDBOOK_TODAY is not a day.
    """
    pinned = os.environ.get("HANDBOOK_TODAY")
    return date.fromisoformat(pinned) if pinned else datetime.now(ZoneInfo(timezone)).date()


@dataclass(frozen=True)
class Event:
    """Any dated thing of a cohort.

    Attributes:
        id: stable within the cohort.
        title: of the thing itself; words round it come from the texts.
        day: the first day.
        until: the last day; the same as `day` where it is one.
        roles: whom it concerns.
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

    def next_day(self, day: date) -> date:
        """The date that counts next: its beginning, then, once it has begun, its end."""
        return self.day if self.day > day else self.until


@dataclass(frozen=True)
class Step:
    """What a role does next: an event's action, or how a cohort stands where there is nothing to do.

    Attributes:
        code: the event's kind, or the state to wait in.
        by: the day that counts, or None.
        event: what it is about, or None.
    """

    code: str
    by: date | None = None
    event: Event | None = None


@lru_cache(maxsize=4096)
def events(cohort: Cohort) -> tuple[Event, ...]:
    """Everything dated in a cohort, in the order of time."""
    return _Calendar(cohort).events()


def unknown_anchors(program: Program) -> tuple[tuple[str, str], ...]:
    """Name each (id, anchor) whose `with` or `before` is nothing that this program has."""
    known = {one.id for one in program.dated} | set(PLACES)
    points = [(one.id, one.point.anchor) for one in (*program.milestones, *program.check_ins)]
    points += [(form.id, end.anchor) for form in program.forms for end in (form.opens, form.closes)]
    points += [("sign_up", end.anchor) for end in (program.sign_up_opens, program.sign_up_closes)]
    points += [(module.id, module.before) for module in program.training if module.item.changed]
    return tuple((identifier, anchor) for identifier, anchor in points if anchor and anchor not in known)


# What a plan or a message may count from, beside sessions, milestones, check-ins and forms.
FRAME = ("sign-up-opens", "sign-up-closes", "start", "end", "training", "pairings-announced")


def plan_anchors(program: Program) -> tuple[str, ...]:
    """What the launch plan and the messages of a program may count from."""
    forms = [form.id for form in program.dated_forms] + [one for one in PURPOSES if program.form(one)]
    ends = (f"{name}-{end}" for name in dict.fromkeys(forms) for end in ("opens", "closes"))
    return (*FRAME, *(one.id for one in program.dated), *PLACES, *ends)


def backward_forms(program: Program) -> tuple[Form, ...]:
    """The forms that would close before they open, in every cohort that pins nothing."""
    if not program.sessions:
        return ()
    calendar = _Calendar(_typical(program))
    said = (form for form in program.dated_forms if form.closes != Point())
    return tuple(form for form in said if calendar.day(form.closes, "friday") < calendar.day(form.opens))


def circles(program: Program) -> tuple[tuple[str, ...], ...]:
    """Give each circle of milestones and check-ins that count from each other, by their ids."""
    leads = {one.id: one.point.anchor for one in (*program.milestones, *program.check_ins)}
    found: list[tuple[str, ...]] = []
    for name in leads:
        circle = _circle(name, leads)
        if circle and not any(name in other for other in found):
            found.append(circle)
    return tuple(found)


def _circle(name: str, leads: Mapping[str, str]) -> tuple[str, ...]:
    """Follow what a name leads to; the way, where it comes back to the name, else nothing."""
    way, now = [name], leads[name]
    while now in leads and now not in way:
        way.append(now)
        now = leads[now]
    return tuple(way) if now == name else ()


class _Calendar:
    """Resolves the offsets of one cohort to dates."""

    def __init__(self, cohort: Cohort) -> None:
        self.cohort, self.program = cohort, cohort.program
        self.monday = _monday(cohort.start)
        self.moments = {one.id: one for one in (*self.program.milestones, *self.program.check_ins)}

    def events(self) -> tuple[Event, ...]:
        made = [*self._frame(), *self._sessions(), *self._moments(), *self._forms(), *self._training()]
        end = self.cohort.end or max(event.until for event in made)
        made.append(Event("end", "end", self.cohort.title, end, end, ROLES))
        order = {kind: rank for rank, kind in enumerate(EventKind.__args__)}  # type: ignore[attr-defined]
        return tuple(sorted(made, key=lambda event: (event.day, order[event.kind], event.until, event.id)))

    def _frame(self) -> Iterable[Event]:
        cohort, program = self.cohort, self.program
        opens, closes = self.sign_up()
        form = next((one for one in program.forms if one.id == program.sign_up_form), None)
        yield Event("sign-up", "sign-up", program.title, opens, max(opens, closes), ROLES, thing=form)
        yield Event("start", "start", cohort.title, cohort.start, cohort.start, ROLES)
        for number, day in enumerate(_announcements(cohort), 1):
            yield Event(f"announcement-{number}", "announcement", program.title, day, day, ROLES)

    def sign_up(self) -> tuple[date, date]:
        """The days on which sign-up opens and closes.

        A cohort that says one of them moves the other, so that sign-up is as long as the program has it;
        but it never stays open past the start because of that.
        """
        cohort = self.cohort
        opens, closes = (
            self.day(self.program.sign_up_opens),
            self.day(self.program.sign_up_closes, "friday"),
        )
        length = max(closes - opens, timedelta())
        if cohort.sign_up_opens:
            opens, closes = cohort.sign_up_opens, min(cohort.sign_up_opens + length, cohort.start)
        if cohort.sign_up_closes:
            opens, closes = cohort.sign_up_opens or cohort.sign_up_closes - length, cohort.sign_up_closes
        return opens, closes

    def _sessions(self) -> Iterable[Event]:
        for session in self.program.sessions:
            day = self._session_day(session)
            # A session has the working week; one that is pinned has that day.
            until = day if session.id in self.cohort.dates else max(day, _monday(day) + _WORKING_WEEK)
            yield Event(
                f"session-{session.id}", "session", session.title, day, until, PARTICIPANTS,
                minutes=session.minutes, thing=session,
            )  # fmt: skip

    def _session_day(self, session: Session) -> date:
        return self.cohort.dates.get(session.id) or self.day(Point(session.week))

    def _moments(self) -> Iterable[Event]:
        announced = _announcements(self.cohort)
        for one in (*self.program.milestones, *self.program.check_ins):
            if one.id == "pairings-announced" and announced:
                continue  # the pairings say their own days
            day = self._moment_day(one)
            kind: EventKind = "announcement" if one.id == "pairings-announced" else one.kind
            yield Event(
                f"{one.kind}-{one.id}", kind, one.title, day, day, one.roles, one.time, one.minutes, one
            )

    def _moment_day(self, one: Moment) -> date:
        return self.cohort.dates.get(one.id) or self.day(one.point)

    def _forms(self) -> Iterable[Event]:
        for form in self.program.dated_forms:
            planned, closes = self.day(form.opens), self.day(form.closes, "friday")
            opens = self.cohort.dates.get(form.id) or planned
            if closes < opens:  # pinned behind its end, or without one
                closes = opens + (closes - planned if closes > planned else _FORM_TIME)
            yield Event(f"form-{form.id}", "form", form.title, opens, closes, form.roles, thing=form)

    def _training(self) -> Iterable[Event]:
        for anchor in dict.fromkeys(module.anchor for module in self.program.training):
            modules = tuple(one for one in self.program.training if one.anchor == anchor)
            roles = tuple(role for role in ROLES if any(role in module.roles for module in modules))
            due = _working_day(self.anchor(anchor) - timedelta(days=1))
            minutes = sum(module.minutes for module in modules)
            title = (self.moments.get(anchor) or self.program.session(anchor)).title
            yield Event(
                f"training-{anchor}", "training", title, _monday(due - _TRAINING_TIME), due, roles,
                minutes=minutes, thing=modules,
            )  # fmt: skip

    def day(self, point: Point, weekday: str = "") -> date:
        """Resolve an offset; `weekday` is meant where the point names a week and no weekday of it."""
        if point.anchor:
            return self.anchor(point.anchor) + timedelta(days=point.days)
        week = 1 if point.week is None else point.week
        named = point.weekday or weekday
        day = self.monday + (week - 1) * _WEEK + timedelta(days=_WEEKDAYS.index(named) if named else 0)
        return (max(day, self.cohort.start) if week == 1 else day) + timedelta(days=point.days)

    def anchor(self, name: str) -> date:
        """Follow `with` from milestone to milestone, to one that has a day of its own or to a session."""
        days, seen = 0, set[str]()
        while name in self.moments and name not in seen:
            moment = self.moments[name]
            if name in self.cohort.dates or not moment.point.anchor:
                return self._moment_day(moment) + timedelta(days=days)
            seen.add(name)
            days, name = days + moment.point.days, moment.point.anchor
        return self._session_day(self.program.session(name)) + timedelta(days=days)


def _announcements(cohort: Cohort) -> tuple[date, ...]:
    """The days on which pairings become public; of one that ended by then not even a day is said."""
    days = ((public_from(pairing), pairing.ended) for pairing in cohort.pairings)
    return tuple(sorted({day for day, ended in days if day and not (ended and ended <= day)}))


def public_from(pairing: Pairing) -> date | None:
    """The day from which a pairing is public: it has come, and both have confirmed; or None."""
    if pairing.announce is None or len(pairing.confirmed) < 2:
        return None
    return max(pairing.announce, *pairing.confirmed.values())


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _working_day(day: date) -> date:
    """Move a Saturday or Sunday to the Friday before it."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def falls_on(day: date, spans: Iterable[tuple[date, date]]) -> bool:
    """Whether a day lies in one of these spans, such as holidays."""
    return any(first <= day <= last for first, last in spans)


def works_on(first: date, last: date, holidays: Collection[tuple[date, date]]) -> bool:
    """Whether one of these days is a working day and no holiday."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return any(day.weekday() < 5 and not falls_on(day, holidays) for day in days)


def next_free(day: date, holidays: Collection[tuple[date, date]]) -> date:
    """The next working day that is no holiday."""
    while falls_on(day, holidays) or day.weekday() > 4:
        day += timedelta(days=1)
    return day


@singledispatch
def state(thing: object, day: date) -> str:
    """Say where a cohort, a pairing or an event (a form, a session, …) stands on a day."""
    raise TypeError(f"{type(thing).__name__} has no state")


@state.register
def _(cohort: Cohort, day: date) -> CohortState:
    if day > last_day(cohort):
        return "finished"
    if day >= cohort.start:
        return "running"
    sign_up = sign_up_event(cohort)
    if day > sign_up.until:
        return "matching"
    return "sign-up" if day >= sign_up.day else "planned"


@state.register
def _(pairing: Pairing, day: date) -> PairingState:
    for name in ("ended", "completed", "paused"):
        since: date | None = getattr(pairing, name)
        if since and since <= day and is_public(pairing, day):
            return name
    confirmed = [role for role, said in pairing.confirmed.items() if said <= day]
    if len(confirmed) < 2:
        return "half-confirmed" if confirmed else "proposed"
    return "announced" if is_public(pairing, day) else "confirmed"


@state.register
def _(event: Event, day: date) -> EventState:
    if day < event.day:
        return "coming"
    return "now" if day <= event.until else "past"


def is_public(pairing: Pairing, day: date) -> bool:
    """Whether both have confirmed and the day of the announcement has come."""
    since = public_from(pairing)
    return since is not None and since <= day


def sign_up(cohort: Cohort) -> tuple[date, date]:
    """The days on which sign-up opens and closes, even where one is before the other."""
    return _Calendar(cohort).sign_up()


def public_pairings(cohort: Cohort, day: date) -> tuple[Pairing, ...]:
    """The pairings that a day's site shows; of one that ended nothing is said."""
    public = (pairing for pairing in cohort.pairings if is_public(pairing, day))
    return tuple(pairing for pairing in public if state(pairing, day) != "ended")


def has_begun(cohort: Cohort, pairing: Pairing, day: date) -> bool:
    """Whether a session has gone by since the two were announced."""
    since = public_from(pairing) or day
    return any(one.kind == "session" and since <= one.day and one.until < day for one in events(cohort))


def is_fresh(pairing: Pairing, day: date) -> bool:
    """Whether the two were announced less than a week ago."""
    since = public_from(pairing)
    return since is not None and since <= day < since + _WEEK


@lru_cache(maxsize=512)
def key_days(cohort: Cohort) -> Mapping[str, date]:
    """The days that a message or a plan may name, by name.

    `sign-up-opens`, `sign-up-closes`, `start`, `end`, `training` (when the first of it is due),
    `pairings-announced`, each session, milestone and check-in by its id, the sessions also by their place
    (`first-meeting`, `midpoint-review`, `closing`), and `FORM-opens`, `FORM-closes`.
    """
    days: dict[str, date] = {}
    frame: dict[str, date] = {}
    for event in reversed(events(cohort)):  # of several with one name the first counts
        if event.kind == "form":
            name = event.id.removeprefix("form-")
            days |= {f"{name}-opens": event.day, f"{name}-closes": event.until}
        elif event.kind == "sign-up":
            frame |= {"sign-up-opens": event.day, "sign-up-closes": event.until}
        elif event.kind == "announcement":
            frame["pairings-announced"] = event.day
        elif event.kind in ("training", "start", "end"):
            frame[event.kind] = event.until
        else:
            days[event.id.removeprefix(f"{event.kind}-")] = event.day
    calendar = _Calendar(cohort)
    for name in PURPOSES:
        form = cohort.program.form(name)
        for end in ("opens", "closes"):
            if form and f"{form.id}-{end}" in days:
                days.setdefault(f"{name}-{end}", days[f"{form.id}-{end}"])
    return {name: calendar.anchor(name) for name in PLACES} | days | frame


def typical_days(program: Program) -> Mapping[str, date]:
    """The days of a cohort that starts on a Monday, for what can be said of every cohort."""
    return key_days(_typical(program))


def _typical(program: Program) -> Cohort:
    return Cohort("typical", program.path, program, program.title, date(2024, 1, 1))


def planned_day(cohort: Cohort, point: Point, holidays: Collection[tuple[date, date]] = ()) -> date | None:
    """The day of a step of a plan or of a message; None where it counts from nothing there is.

    On a holiday or weekend it moves to the working day before; after, where it follows something.
    """
    if point.anchor and point.anchor not in key_days(cohort):
        return None
    day = key_days(cohort)[point.anchor] if point.anchor else _Calendar(cohort).day(replace(point, days=0))
    day += timedelta(days=point.days)
    later = point.anchor and point.days > 0
    return next_free(day, holidays) if later else _last_free(day, holidays)


def _last_free(day: date, holidays: Collection[tuple[date, date]]) -> date:
    while falls_on(day, holidays) or day.weekday() > 4:
        day -= timedelta(days=1)
    return day


def sign_up_event(cohort: Cohort) -> Event:
    """The span in which people can sign up."""
    return next(event for event in events(cohort) if event.kind == "sign-up")


def last_day(cohort: Cohort) -> date:
    """The cohort's last day."""
    return next(event.until for event in events(cohort) if event.kind == "end")


# Nobody pins a day so far from the plan, or says it of a pairing, unless a year is wrong.
_FAR = timedelta(weeks=26)


def span(cohort: Cohort) -> tuple[date, date]:
    """The first and the last day on which anything of a cohort can be, as its plan has it without pins."""
    planned = events(replace(cohort, dates={}))
    return min(event.day for event in planned) - _FAR, max(event.until for event in planned) + _FAR


def until_the_end(cohort: Cohort) -> tuple[Event, ...]:
    """What takes place: no event that would begin after the cohort's last day."""
    last = last_day(cohort)
    return tuple(event for event in events(cohort) if event.day <= last)


def this_week(cohort: Cohort, day: date) -> tuple[Event, ...]:
    """What goes on in the week of a day, Monday to Sunday, up to the cohort's last day."""
    monday = _monday(day)
    sunday = monday + timedelta(days=6)
    if monday > last_day(cohort):
        return ()
    return tuple(event for event in until_the_end(cohort) if event.day <= sunday and event.until >= monday)


def coming(cohorts: Iterable[Cohort], day: date, count: int) -> tuple[tuple[Cohort, Event], ...]:
    """The next events of several cohorts that are not past nor finished, by the date that counts next."""
    lasting = [cohort for cohort in cohorts if day <= last_day(cohort)]
    ahead = [(cohort, event) for cohort in lasting for event in until_the_end(cohort) if event.until >= day]
    ahead.sort(key=lambda pair: (pair[1].next_day(day), pair[0].path, pair[1].id))
    return tuple(ahead[:count])


# What a person acts on; the start and the end of a cohort are only marks on the way.
_ACTIONS = frozenset({"training", "session", "milestone", "check-in", "form", "announcement"})


def next_step(cohort: Cohort, role: Role, day: date) -> Step:
    """The one thing that a role does next in a cohort on a day."""
    stands = state(cohort, day)
    sign_up = sign_up_event(cohort)
    if stands == "planned":
        return Step("planned", sign_up.day, sign_up)
    if stands == "sign-up":
        return Step("sign-up", sign_up.until, sign_up)
    if stands == "finished":
        return Step("finished", last_day(cohort))
    ahead = [
        event for event in until_the_end(cohort) if event.until >= day and _concerns(event, cohort, role, day)
    ]
    if not ahead:
        return Step("nothing", last_day(cohort))
    event = min(ahead, key=lambda one: (one.next_day(day), one.day > day, one.id))
    return Step(event.kind, event.until if event.kind == "training" else event.next_day(day), event)


def _concerns(event: Event, cohort: Cohort, role: Role, day: date) -> bool:
    """Whether a role has something to do in an event; further announcements are the coordinator's alone."""
    if event.kind == "announcement" and role != "coordinator":
        return role in event.roles and not any(is_public(pairing, day) for pairing in cohort.pairings)
    return role in event.roles and event.kind in _ACTIONS


def current(cohorts: Iterable[Cohort], day: date) -> Cohort | None:
    """The cohort that a reader most likely means: running, else the next to come, else the last that was."""
    rank = {"running": 0, "matching": 1, "sign-up": 2, "planned": 3, "finished": 4}
    ordered = sorted(cohorts, key=lambda one: (rank[state(one, day)], abs((one.start - day).days), one.id))
    return ordered[0] if ordered else None


def live(cohorts: Iterable[Cohort], day: date) -> tuple[Cohort, ...]:
    """The cohorts that a reader may act in: all that are not finished; else the last that was."""
    known = tuple(cohorts)
    unfinished = tuple(cohort for cohort in known if state(cohort, day) != "finished")
    return unfinished or known[-1:]
