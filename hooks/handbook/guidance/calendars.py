"""Cohorts -> calendar files, which people add on their phone. Only here is a VEVENT written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from html import unescape
from typing import NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import icalendar
from icalendar.enums import TRANSP

from ..contents.build import Build
from ..model import timeline
from ..model.definitions.program import PARTICIPANTS, ROLES, Role
from ..model.handbook import Handbook
from ..model.timeline import Event
from ..text.prose import address, plain
from .messages.words import MessageWords
from .steps.events import concerning
from .steps.now import steps
from .steps.step import Step, event_page

PRODUCER = "-//Reverse mentoring handbook//Calendar//EN"
# Ids of events end in a host; this one is nobody's.
_NO_HOST = "handbook.invalid"
_DAY = timedelta(days=1)
# Nobody wants weeks of sign-up across a calendar: what lasts is marked on the days that count.
_MARKED = {"sign-up": ("opens", "closes"), "form": ("opens", "closes"), "training": ("closes",)}


def downloads(handbook: Handbook, build: Build) -> Mapping[str, bytes]:
    """The files beside each cohort's pages, by path: every date, and for each role its own."""
    files: dict[str, bytes] = {}
    for cohort in handbook.cohorts:
        path = f"programs/{cohort.program.id}/{cohort.id}/calendar"
        diary = _Diary(handbook, build, cohort)
        files[f"{path}.ics"] = diary.written(ROLES, "calendar.name")
        for role in ROLES:
            files[f"{path}-{role}.ics"] = diary.written((role,), "calendar.name_of_role")
    return files


# What the plan of a role has beside the events; each is a day of its own in that role's calendar.
_PLANNED = frozenset({"task", "message", "missing-link"})


class _Entry(NamedTuple):
    """A line of a calendar: an event, or the day on which it `opens` or `closes`; or a step of a plan."""

    event: Event | None
    end: str
    first: date
    last: date
    steps: tuple[Step, ...] = ()


class _Diary(MessageWords):
    """The dates of a cohort as entries of a calendar."""

    def written(self, roles: tuple[Role, ...], label: str) -> bytes:
        """Write what concerns these roles, under a name of its own."""
        calendar = icalendar.Calendar(prodid=PRODUCER, version="2.0")
        # Each has a newer and an older name; those of the calendar are unknown to the library, so it is told
        # that they are texts, or it would not escape them.
        name = icalendar.vText(self._named(label, role=self.say(f"role.{roles[0]}")))
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        each_day = icalendar.vDuration(_DAY)
        calendar.add("refresh-interval", each_day, {"VALUE": "DURATION"})
        calendar.add("x-published-ttl", each_day)
        entries = [*self._entries(roles)]
        for entry in entries:
            calendar.add_component(self._vevent(entry, roles))
        for zone in calendar.get_missing_tzids():
            years = [entry.first.year for entry in entries if entry.event and entry.event.time]
            calendar.subcomponents.insert(0, _clock_changes(zone, min(years), max(years)))
        written: bytes = calendar.to_ical()
        return written

    def _entries(self, roles: tuple[Role, ...]) -> Iterator[_Entry]:
        """The events that concern these roles; for one role alone, also what it plans."""
        every = [step for role in roles for step in self._steps_of(role)]
        own = [*concerning(self.cohort, roles, self.build.day)]
        for event in timeline.until_the_end(self.cohort, self.build.day):
            doing = tuple(step for step in every if step.event == event and step.code not in _PLANNED)
            if doing or event in own:
                yield from _marked(event, doing)
        for step in every if len(roles) == 1 else ():
            if step.code in _PLANNED:
                yield _Entry(step.event, step.code, step.by, step.by, (step,))

    def _steps_of(self, role: Role) -> tuple[Step, ...]:
        """What a role does; of a cohort that was called off, what was over by then."""
        every, off = steps(self.cohort, role, self.handbook.organisation.holidays), self.cohort.called_off
        if off is None or timeline.holds(self.cohort, self.build.day):
            return every
        return tuple(step for step in every if step.until < off)

    def _vevent(self, entry: _Entry, roles: tuple[Role, ...]) -> icalendar.Event:
        page = event_page(entry.event) if entry.event else entry.steps[0].page
        link = unescape(address(self.link(page) if self.build.site else ""))
        lines = (*self._doing(entry, roles), self._named("calendar.name"), link)
        start, end = self._times(entry)
        timed = entry.event is not None and bool(entry.event.time)
        return icalendar.Event.new(
            uid=self._identifier(entry),
            stamp=datetime.combine(self.build.day, time(), UTC),
            summary=self._summary(entry),
            start=start,
            end=end,
            transparency=None if timed else TRANSP.TRANSPARENT,
            description="\n".join(filter(None, lines)),
            url=link or None,
        )

    def _identifier(self, entry: _Entry) -> str:
        """What stays when a day moves, so that a calendar changes the entry in place of adding one."""
        name = (entry.event or entry.steps[0].thing).id
        if name.startswith("announcement-"):  # they are counted; a new one in between would rename the others
            name = f"announcement-{entry.first.isoformat()}"
        host = urlsplit(self.build.site).hostname or _NO_HOST
        return f"{'.'.join(filter(None, (name, entry.end, self.cohort.id, self.cohort.program.id)))}@{host}"

    def _times(self, entry: _Entry) -> tuple[date, date | None]:
        event, zone = entry.event, ZoneInfo(self.handbook.organisation.timezone)
        if event is None or not event.time or entry.end:
            return entry.first, entry.last + _DAY
        begins = datetime.combine(event.day, time.fromisoformat(event.time), zone)
        # Minutes that pass are counted, not those that a clock shows on the night when it is changed.
        ends = begins.astimezone(UTC) + timedelta(minutes=event.minutes)
        return begins, ends.astimezone(zone) if event.minutes else None

    def _summary(self, entry: _Entry) -> str:
        if entry.event is None or entry.end in _PLANNED:
            what = plain(entry.steps[0].short(self.handbook.labels, entry.first).unescape())
        else:
            label = f"{'event_ends' if entry.end == 'closes' else 'event'}.{entry.event.label}"
            what = self.say(f"calendar.{label}", label, title=entry.event.title)
        return self._named("calendar.summary", what=what)

    def _doing(self, entry: _Entry, roles: tuple[Role, ...]) -> Iterator[str]:
        """What to do, once for all who do the same."""
        doing: dict[str, list[str]] = {}
        for step in entry.steps:
            doing.setdefault(self._step(step), []).append(self.say(f"role.{step.role}"))
        for what, who in doing.items():
            named = unescape(self.handbook.labels.together(who))
            yield what if len(doing) == 1 else self.say("announce.step", who=named, what=what)
        if entry.event and entry.event.time and set(roles) != {"coordinator"}:
            yield self.say("step.where")

    def _step(self, step: Step) -> str:
        """What a role does on the day, as pages say it; two who meet choose the day."""
        what = self.step(step, step.day)
        if step.event is None or step.code != "session" or step.role not in PARTICIPANTS:
            return what
        minutes = self.handbook.labels.count("count.minutes", step.event.minutes)
        return f"{self.say('calendar.session', minutes=minutes)} {what}"

    def _named(self, label: str, **values: object) -> str:
        """Say a label that may name the program and the cohort."""
        return self.say(label, program=self.cohort.program.title, cohort=self.cohort.title, **values)


def _marked(event: Event, doing: tuple[Step, ...]) -> Iterator[_Entry]:
    """An event as one line; of what lasts for weeks the days that count."""
    ends = _MARKED.get(event.kind)
    if ends is None:
        yield _Entry(event, "", event.day, event.until, doing)
        return
    if "opens" in ends and event.day != event.until:
        yield _Entry(event, "opens", event.day, event.day, doing)
    yield _Entry(event, "closes", event.until, event.until, doing)


@lru_cache
def _clock_changes(zone: str, first: int, last: int) -> icalendar.Timezone:
    """When a zone changes its clocks, from one year to another."""
    days = (date(first, 1, 1), date(last, 12, 31))
    changes = icalendar.Timezone.from_tzinfo(ZoneInfo(zone), zone, *days)
    changes.pop("comment")  # about those years, in English
    return changes
