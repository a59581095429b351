"""What every card says on every day, as tables that people read, held against the calendars.

A table has a line for each day and role on which a card begins to say something new; `make accept` writes it.
The calendars are read by another library than wrote them: what is open there stands on the card.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import pytest
from click.testing import CliRunner
from ical.calendar_stream import IcsCalendarStream

from handbook.cli import main
from handbook.contents.build import Build
from handbook.guidance import calendars
from handbook.guidance.steps import now as rooms
from handbook.guidance.steps.now import now
from handbook.guidance.steps.step import Step
from handbook.load.repository import load
from handbook.model import timeline
from handbook.model.definitions.cohort import Cohort
from handbook.model.definitions.program import ROLES, Role
from handbook.model.handbook import Handbook
from handbook.model.timeline import Spans
from tests import year
from tests.repository import ROOT, SHORT, Files, example, read, write

YEAR = ROOT / "tests/year"
DAY = timedelta(days=1)
# Twelve lines and three; and one in which both teach, with a weekend start, an early end and pinned days.
TWO_WAYS = """\
title: Both ways
summary: Nurses and finance teach each other.
mode: reciprocal
goals: [{title: Each knows the other's week}]
commitment: {sessions: 4, minutes: 45, every_weeks: 2}
agreement: {reply_hours: 24}
sessions: [first-meeting, {title: Night shift, week: 4, agenda: [{minutes: 45, text: Walk along.}]}, the-rest]
forms: [{id: sign-up, url: "https://f.example/s"}, {id: baseline, url: "https://f.example/b"}, the-rest]
"""
BOTH: Files = {
    "programs/organisation.yml": "name: Both\nholidays: [2026-12-25, 2026-12-28]\n",
    "programs/both-ways/program.yml": TWO_WAYS,
    "programs/both-ways/2027-winter.yml": "start: 2027-01-02\n"
    "dates: {kick-off: 2027-01-07, closing: 2027-02-24}\n",
}
PLACES: Mapping[str, Files] = {"example": example(), "short": SHORT, "both": BOTH}


@cache
def handbook_of(place: str, root: Path) -> Handbook:
    write(root, PLACES[place])
    handbook, problems = load(root)
    assert handbook is not None, problems
    return handbook


def tables(root: Path) -> Files:
    """Every table, by its file: one for each cohort."""
    made = {}
    for place in PLACES:
        handbook = handbook_of(place, root / place)
        for cohort in handbook.cohorts:
            made[f"{place}-{cohort.program.id}-{cohort.id}.txt"] = year.year(handbook, cohort)
    return made


def expected() -> Files:
    return read(YEAR)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("year")


def test_the_cards_say_what_the_tables_have(root: Path) -> None:
    assert expected() == tables(root), "If the new words are right, run: make accept"


# --- beside the calendars ------------------------------------------------------------------------


class Span(NamedTuple):
    """What a calendar has open: the name of its entry, its first day and the last."""

    name: str
    first: date
    last: date


def spans(text: bytes) -> Iterator[Span]:
    """What a calendar has, opening and closing taken together."""
    opened: dict[str, date] = {}
    for entry in IcsCalendarStream.calendar_from_ics(text.decode()).events:
        name, *end = str(entry.uid).split("@")[0].split(".")[:-2]
        first, last = _day(entry.dtstart), _day(entry.end)
        last = last if isinstance(entry.dtstart, datetime) else last - DAY
        if end == ["opens"]:
            opened[name] = first
        elif name not in ("start", "end"):
            yield Span(name, opened.get(name, first), last)


def _day(when: date | None) -> date:
    assert when is not None
    return when.date() if isinstance(when, datetime) else when


def name_of(step: Step) -> str:
    """The name of a step's entry."""
    thing = step.event or step.item
    if step.event and step.event.id.startswith("announcement-"):
        return f"announcement-{step.event.day}"
    return thing.id if thing else ""


def left_out(handbook: Handbook, cohort: Cohort, role: Role) -> list[tuple[str, str]]:
    """Each day with what the calendar has open, and the card has not."""
    folder = f"programs/{cohort.program.id}/{cohort.id}"
    text = calendars.downloads(handbook, Build(cohort.start))[f"{folder}/calendar-{role}.ics"]
    every = [*spans(text)]
    found = []
    for day in year.days(cohort):
        open_now = {name_of(step) for step in now(cohort, role, day, handbook.organisation.holidays).open}
        wanted = {span.name.removeprefix("announcement-") for span in every if span.first <= day <= span.last}
        missing = {
            name for name in wanted if name not in {one.removeprefix("announcement-") for one in open_now}
        }
        found += [(f"{day}", name) for name in sorted(missing)]
    return found


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("place", PLACES)
def test_whatever_the_calendar_has_open_stands_on_the_card(place: str, role: Role, root: Path) -> None:
    handbook = handbook_of(place, root / place)

    assert [] == [missing for cohort in handbook.cohorts for missing in left_out(handbook, cohort, role)]


@pytest.mark.parametrize("place", PLACES)
def test_the_nearest_deadline_is_first_and_nothing_to_do_is_said_of_an_empty_calendar_alone(
    place: str, root: Path
) -> None:
    handbook = handbook_of(place, root / place)
    for cohort in handbook.cohorts:
        for role in ROLES:
            for day in year.days(cohort):
                card = now(cohort, role, day, handbook.organisation.holidays)
                deadlines = [step.by for step in card.open]
                assert sorted(deadlines) == deadlines
                idle = card.first.code in ("nothing", "finished")
                assert not idle or not [
                    step
                    for step in rooms.steps(cohort, role, handbook.organisation.holidays)
                    if step.is_open(day)
                ]


@pytest.mark.parametrize("place", PLACES)
def test_the_coordinators_calendar_kit_and_due_have_one_list(place: str, root: Path) -> None:
    handbook = handbook_of(place, root / place)
    for cohort in handbook.cohorts:
        every = rooms.steps(cohort, "coordinator", handbook.organisation.holidays)
        folder = f"programs/{cohort.program.id}/{cohort.id}"
        text = calendars.downloads(handbook, Build(cohort.start))[f"{folder}/calendar-coordinator.ics"]
        assert {*map(name_of, every)} == {span.name for span in spans(text)}

    day = max(cohort.start for cohort in handbook.cohorts)
    handbook_due = CliRunner(env={"HANDBOOK_TODAY": f"{day}"}).invoke(main, ["-C", str(root / place), "due"])
    shown = sum(
        len(now(cohort, "coordinator", day, handbook.organisation.holidays).open)
        for cohort in handbook.cohorts
        if timeline.last_day(cohort) >= day
    )
    counted = re.findall(r"Open now: (\d+)", handbook_due.output)
    assert [shown] == [sum(map(int, counted))], handbook_due.output


def test_an_event_that_is_left_out_is_missed(root: Path) -> None:
    handbook = handbook_of("example", root / "example")
    cohort = next(cohort for cohort in handbook.cohorts if cohort.id == "2027-spring")
    every = rooms.steps

    def without_one(cohort: Cohort, role: Role, holidays: Spans) -> tuple[Step, ...]:
        return tuple(
            step
            for step in every(cohort, role, holidays)
            if step.thing.title != "Kick-off" or step.code != "milestone"
        )

    with mock.patch.object(rooms, "steps", without_one):
        assert [("2027-02-04", "milestone-kick-off")] == left_out(handbook, cohort, "mentee")
