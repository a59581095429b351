"""Cohorts -> calendar files, which people add on their phone. Only here is a VEVENT written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from html import unescape
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import icalendar

from ..contents.build import Build
from ..model import timeline
from ..model.definitions.cohort import Cohort
from ..model.definitions.program import ROLES, Role
from ..model.handbook import Handbook
from ..model.timeline import Event
from ..text.prose import Text, address, plain
from .messages.words import MessageWords
from .steps.steps import event_page, event_step

PRODUCER = "-//Reverse mentoring handbook//Calendar//EN"
# Ids of events end in a host; this one is nobody's.
_NO_HOST = "handbook.invalid"
_DAY = timedelta(days=1)
# Nobody wants weeks of sign-up across a calendar: what lasts is marked on the days that count.
_MARKED = {"sign-up": ("opens", "closes"), "form": ("opens", "closes"), "training": ("closes",)}


def downloads(handbook: Handbook, build: Build) -> Mapping[str, bytes]:
    """The files beside each cohort's pages, by path: every date, and for each role its own."""
    made: dict[str, bytes] = {}
    for cohort in handbook.cohorts:
        path = f"programs/{cohort.program.id}/{cohort.id}/calendar"
        diary = _Diary(handbook, build, cohort, MessageWords(handbook, build, cohort))
        made[f"{path}.ics"] = diary.of_all()
        made |= {f"{path}-{role}.ics": diary.of_role(role) for role in ROLES}
    return made


@dataclass(frozen=True)
class _Entry:
    """A line of a calendar: an event, or the day on which it `opens` or `closes`."""

    event: Event
    end: str
    first: date
    last: date


@dataclass(frozen=True)
class _Diary:
    """The dates of a cohort as entries of a calendar.

    Attributes:
        words: say texts of the playbook, and whole addresses.
    """

    handbook: Handbook
    build: Build
    cohort: Cohort
    words: MessageWords

    def of_all(self) -> bytes:
        """Write every date."""
        return self._written(self._say("calendar.name", **self._names()), ROLES)

    def of_role(self, role: Role) -> bytes:
        """Write what concerns one role, in the role's own words."""
        own = self._say(f"role.{role}")
        return self._written(self._say("calendar.name_of_role", role=own, **self._names()), (role,))

    def _written(self, name: str, roles: tuple[Role, ...]) -> bytes:
        calendar = icalendar.Calendar()
        calendar.add("prodid", PRODUCER)
        calendar.add("version", "2.0")
        # Each has a newer and an older name; those of the calendar are unknown to the library, so it is told
        # that they are texts, or it would not escape them.
        calendar.add("name", icalendar.vText(name))
        calendar.add("x-wr-calname", icalendar.vText(name))
        each_day = icalendar.vDuration(_DAY)
        calendar.add("refresh-interval", each_day, {"VALUE": "DURATION"})
        calendar.add("x-published-ttl", each_day)
        entries = [entry for entry in self._entries() if set(entry.event.roles) & set(roles)]
        for rules in self._rules(entries):
            calendar.add_component(rules)
        for entry in entries:
            calendar.add_component(self._vevent(entry, roles))
        written: bytes = calendar.to_ical()
        return written

    def _entries(self) -> Iterator[_Entry]:
        for event in self._events():
            if event.kind not in _MARKED:
                yield _Entry(event, "", event.day, event.until)
                continue
            for end in _MARKED[event.kind]:
                day = event.day if end == "opens" else event.until
                if end == "closes" or event.day != event.until:
                    yield _Entry(event, end, day, day)

    def _events(self) -> Iterator[Event]:
        """What takes place; of later announcements only the coordinator has to know."""
        announced = False
        for event in timeline.until_the_end(self.cohort):
            if event.kind == "announcement":
                yield replace(event, roles=("coordinator",)) if announced else event
                announced = True
            else:
                yield event

    def _rules(self, entries: Iterable[_Entry]) -> Iterator[icalendar.Timezone]:
        """When the clocks are changed, in the years in which an hour is named."""
        years = [entry.first.year for entry in entries if entry.event.time]
        zone = self.handbook.organisation.timezone
        if years and _name(zone) != "UTC":  # whose hours are written with a Z
            yield _rules(zone, min(years), max(years))

    def _vevent(self, entry: _Entry, roles: tuple[Role, ...]) -> icalendar.Event:
        made = icalendar.Event()
        made.add("uid", self._identifier(entry))
        made.add("dtstamp", datetime.combine(self.build.day, time(), UTC))
        made.add("summary", self._summary(entry))
        self._add_times(made, entry)
        link = self._link(entry)
        told = (*self._steps(entry, roles), self._say("calendar.name", **self._names()), link)
        made.add("description", "\n".join(line for line in told if line))
        if link:
            made.add("url", link)
        return made

    def _identifier(self, entry: _Entry) -> str:
        """What stays when a day moves, so that a calendar changes the entry in place of adding one."""
        event = entry.event
        # Pairings count their days; a new one in between would rename the others.
        counted = event.id.startswith("announcement-")
        name = f"announcement-{event.day.isoformat()}" if counted else event.id
        parts = (name, entry.end, self.cohort.id, self.cohort.program.id)
        host = urlsplit(self.build.site).hostname or _NO_HOST
        return f"{'.'.join(part for part in parts if part)}@{host}"

    def _add_times(self, made: icalendar.Event, entry: _Entry) -> None:
        event = entry.event
        if not event.time:
            made.add("dtstart", entry.first)
            made.add("dtend", entry.last + _DAY)
            made.add("transp", "TRANSPARENT")
            return
        zone = ZoneInfo(self.handbook.organisation.timezone)
        begins = datetime.combine(event.day, time.fromisoformat(event.time), zone)
        made.add("dtstart", begins)
        if event.minutes:
            # Minutes that pass are counted, not those that a clock shows on the night when it is changed.
            ends = begins.astimezone(UTC) + timedelta(minutes=event.minutes)
            made.add("dtend", ends.astimezone(zone))

    def _summary(self, entry: _Entry) -> str:
        kind, event = entry.event.kind, entry.event
        names = (f"calendar.event.{kind}", f"event.{kind}")
        if entry.end == "closes":
            names = (f"calendar.event_ends.{kind}", f"event_ends.{kind}")
        what = self._say(*names, title=event.title)
        return self._say("calendar.summary", what=what, program=self.cohort.program.title)

    def _steps(self, entry: _Entry, roles: tuple[Role, ...]) -> Iterator[str]:
        """What to do, once for all who do the same."""
        doing: dict[str, list[Role]] = {}
        for role in entry.event.roles:
            if role in roles and (step := self._step(entry.event, role)):
                doing.setdefault(step, []).append(role)
        for step, who in doing.items():
            named = self.handbook.labels.together([self._say(f"role.{role}") for role in who])
            yield step if len(doing) == 1 else self._say("announce.step", who=unescape(named), what=step)
        if entry.event.time and set(roles) != {"coordinator"}:
            yield self._say("step.where")

    def _step(self, event: Event, role: Role) -> str:
        """What a role does on the day, as pages say it; empty where it only has to know."""
        what = self.words.step(event_step(self.cohort, event, role, event.day))
        if event.kind != "session":
            return what
        minutes = self.handbook.labels.count("count.minutes", event.minutes)
        return f"{self._say('calendar.session', minutes=minutes)} {what}"

    def _link(self, entry: _Entry) -> str:
        return unescape(address(self.words.link(event_page(entry.event)))) if self.build.site else ""

    def _names(self) -> Mapping[str, Text]:
        return {"program": self.cohort.program.title, "cohort": self.cohort.title}

    def _say(self, *names: str, **values: object) -> str:
        return plain(self.handbook.labels.say(*names, **values).unescape())


@lru_cache
def _rules(zone: str, first: int, last: int) -> icalendar.Timezone:
    """The zone's changes of clocks from one year to another."""
    days = (date(first, 1, 1), date(last, 12, 31))
    made = icalendar.Timezone.from_tzinfo(ZoneInfo(zone), _name(zone), *days)
    made.pop("comment")  # about those years, in English
    return made


@lru_cache
def _name(zone: str) -> str | None:
    """What the library calls a zone beside an hour."""
    return icalendar.timezone.tzid_from_tzinfo(ZoneInfo(zone))
