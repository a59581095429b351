"""The launch plan and the messages come in order whatever a cohort pins, and pages show what is due first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.contents.build import Build
from handbook.contents.kinds import PAGES
from handbook.guidance.steps.step import Dated, launch_plan, left_out, messages_to_send
from handbook.load.repository import load
from handbook.model.definitions.cohort import Cohort
from handbook.model.definitions.parts import Point
from handbook.model.timeline import Spans, earliest_start, fitting_sign_up, key_days, planned_days, sign_up
from handbook.pages.rendering.pages import render_kinds
from tests.repository import SHORT, write

PROGRAM = "programs/digital-fluency/program.yml"
MONDAY = date(2028, 1, 10)
WEEK = timedelta(days=7)
# What no cohort goes without, in the order in which it is done.
NEVER_LEFT_OUT = """
    find-a-sponsor settle-time-and-money make-it-safe decide-to-open open-sign-up propose-pairings
    ask-both-people brief-line-managers announce kick-off listen-early
    ask-about-the-load sponsor-talk act-at-the-midpoint thank-your-colleague celebrate report
""".split()  # noqa: SIM905


@cache
def cohort() -> Cohort:
    """A cohort that pins nothing, of a program whose sign-up is the playbook's."""
    program = SHORT[PROGRAM].replace("sign_up: {opens: {week: -8}}\n", "")
    with TemporaryDirectory() as folder:
        write(Path(folder), {**SHORT, PROGRAM: program})
        handbook, problems = load(Path(folder))
    assert handbook is not None, problems
    said: dict[str, Any] = {"sign_up_opens": None, "sign_up_closes": None, "dates": {}, "pairings": ()}
    return replace(handbook.cohorts[0], **said)


def pinned(opens: date, closes: date) -> Cohort:
    """The same in September, with sign-up on days of its own."""
    return replace(cohort(), start=date(2028, 9, 4), sign_up_opens=opens, sign_up_closes=closes)


def fitted(start: date, day: date) -> Cohort:
    """The same, planned from a day on, as `handbook new cohort` would have it."""
    usual = replace(cohort(), start=start)
    opens, closes = fitting_sign_up(usual, day)
    return replace(usual, plan_from=day, sign_up_opens=opens, sign_up_closes=closes)


def until_the_kick_off(plan: Dated) -> str:
    rows = [f"{day:%a %d %b}  {item.id}" for item, day in plan]
    return "\n".join(rows[: 1 + next(n for n, row in enumerate(rows) if row.endswith("kick-off"))])


PLANS = {
    "14 weeks": (replace(cohort(), start=MONDAY + 14 * WEEK), """\
Mon 10 Jan  find-a-sponsor
Mon 17 Jan  set-goals
Mon 24 Jan  settle-time-and-money
Mon 31 Jan  make-it-safe
Mon 07 Feb  prepare-the-handbook
Mon 14 Feb  decide-to-open
Mon 21 Feb  open-sign-up
Mon 28 Feb  ask-in-person
Mon 03 Apr  propose-pairings
Wed 05 Apr  ask-both-people
Mon 10 Apr  brief-line-managers
Fri 14 Apr  announce
Tue 18 Apr  kick-off"""),
    "10 weeks": (fitted(MONDAY + 10 * WEEK, MONDAY), """\
Mon 10 Jan  find-a-sponsor
Thu 13 Jan  set-goals
Tue 18 Jan  settle-time-and-money
Mon 24 Jan  make-it-safe
Thu 27 Jan  prepare-the-handbook
Tue 01 Feb  decide-to-open
Mon 07 Feb  open-sign-up
Mon 14 Feb  ask-in-person
Mon 06 Mar  propose-pairings
Wed 08 Mar  ask-both-people
Mon 13 Mar  brief-line-managers
Fri 17 Mar  announce
Tue 21 Mar  kick-off"""),
    "6 weeks": (fitted(MONDAY + 6 * WEEK, MONDAY), """\
Mon 10 Jan  find-a-sponsor
Wed 12 Jan  settle-time-and-money
Mon 17 Jan  make-it-safe
Wed 19 Jan  decide-to-open
Mon 24 Jan  open-sign-up
Mon 07 Feb  propose-pairings
Wed 09 Feb  ask-both-people
Mon 14 Feb  brief-line-managers
Fri 18 Feb  announce
Tue 22 Feb  kick-off"""),
    "sign-up pinned early": (
        pinned(date(2028, 5, 9), date(2028, 7, 4)), """\
Tue 28 Mar  find-a-sponsor
Tue 04 Apr  set-goals
Tue 11 Apr  settle-time-and-money
Tue 18 Apr  make-it-safe
Tue 25 Apr  prepare-the-handbook
Tue 02 May  decide-to-open
Tue 09 May  open-sign-up
Tue 16 May  ask-in-person
Fri 07 Jul  propose-pairings
Mon 10 Jul  ask-both-people
Mon 28 Aug  brief-line-managers
Fri 01 Sep  announce
Tue 05 Sep  kick-off"""),
    "sign-up pinned late and short": (
        pinned(date(2028, 8, 22), date(2028, 8, 25)), """\
Tue 11 Jul  find-a-sponsor
Tue 18 Jul  set-goals
Tue 25 Jul  settle-time-and-money
Tue 01 Aug  make-it-safe
Tue 08 Aug  prepare-the-handbook
Tue 15 Aug  decide-to-open
Tue 22 Aug  open-sign-up
Wed 23 Aug  ask-in-person
Mon 28 Aug  propose-pairings
Tue 29 Aug  ask-both-people
Wed 30 Aug  brief-line-managers
Fri 01 Sep  announce
Tue 05 Sep  kick-off"""),
}  # fmt: skip


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_fits(name: str) -> None:
    planned, expected = PLANS[name]

    assert until_the_kick_off(launch_plan(planned, ())) == expected


def test_an_own_step_is_not_planned_for_a_day_before_planning_began() -> None:
    saturday, own = MONDAY - timedelta(days=2), Point(week=-20)

    assert planned_days(fitted(MONDAY + 8 * WEEK, saturday), [own]) == {own: MONDAY}


HOLIDAYS = st.lists(
    st.tuples(st.integers(0, 200), st.integers(0, 12)).map(
        lambda span: (MONDAY + timedelta(span[0]), MONDAY + timedelta(sum(span)))
    ),
    max_size=3,
).map(tuple)


@st.composite
def cohorts(draw: st.DrawFn) -> Cohort:
    """Cohorts of any start, some with a sign-up of their own or planned from a day on."""
    run = replace(cohort(), start=MONDAY + timedelta(draw(st.integers(0, 250))))
    announced = key_days(run)["pairings-announced"]
    if draw(st.booleans()):
        closes = announced - timedelta(draw(st.integers(1, 90)))
        run = replace(run, sign_up_opens=closes - timedelta(draw(st.integers(0, 60))), sign_up_closes=closes)
    if draw(st.booleans()):
        run = replace(run, plan_from=sign_up(run)[0] - timedelta(draw(st.integers(0, 100))))
    return run


@given(cohorts(), HOLIDAYS)
def test_steps_are_in_order_in_every_cohort(run: Cohort, holidays: Spans) -> None:
    plan = launch_plan(run, holidays)
    found, days = [item.id for item, _ in plan], {item.id: day for item, day in plan}

    assert found == [item.id for item in run.program.items["launch"] if item not in left_out(run)]
    assert [step for step in found if step in NEVER_LEFT_OUT] == NEVER_LEFT_OUT
    assert all(day.weekday() < 5 and not any(a <= day <= b for a, b in holidays) for day in days.values())
    assert run.plan_from is None or min(days.values()) >= run.plan_from
    assert days["ask-both-people"] > sign_up(run)[1]


@given(cohorts(), HOLIDAYS)
def test_a_message_goes_out_with_its_step(run: Cohort, holidays: Spans) -> None:
    days = {item.id: day for item, day in launch_plan(run, holidays)}
    sent = {item.id: day for item, day in messages_to_send(run, holidays)}

    assert (days["open-sign-up"], days["ask-both-people"]) == (sent["invitation"], sent["pairing-question"])
    assert (days["brief-line-managers"], days["announce"]) == (
        sent["line-manager-note"],
        sent["pairing-introduction"],
    )
    assert sent["pairing-introduction"] <= sent["welcome"] <= sent["training-reminder"]


@pytest.mark.parametrize("pinned", [{}, {"kick-off": date(2028, 4, 27), "first-meeting": date(2028, 5, 9)}])
def test_there_is_time_for_what_a_message_asks(pinned: dict[str, date]) -> None:
    run = replace(cohort(), start=date(2028, 4, 17), dates=pinned)
    sent = {item.id: day for item, day in messages_to_send(run, ())}
    days = key_days(run)

    assert days["first-meeting"] - sent["training-reminder"] >= WEEK
    assert days["kick-off"] - sent["welcome"] > timedelta(days=1)


@pytest.mark.parametrize(
    ("start", "earliest"),
    [
        (MONDAY + 6 * WEEK, MONDAY + 6 * WEEK),
        (MONDAY + 6 * WEEK + timedelta(days=3), MONDAY + 6 * WEEK + timedelta(days=3)),
        (MONDAY + 5 * WEEK + timedelta(days=4), MONDAY + 6 * WEEK),
        (MONDAY + WEEK, MONDAY + 6 * WEEK),
    ],
)
def test_six_weeks_are_enough_and_less_is_not(start: date, earliest: date) -> None:
    assert earliest_start(replace(cohort(), start=start), MONDAY) == earliest


SIX_WEEKS = "start: 2028-02-21\nplan_from: 2028-01-10\nsign_up: {opens: 2028-01-24, closes: 2028-02-04}\n"


@cache
def pages_on(day: str) -> Mapping[str, str]:
    """Pages of a cohort that starts in six weeks, as they are on a day, by their kind."""
    with TemporaryDirectory() as folder:
        write(Path(folder), {**SHORT, "programs/digital-fluency/2027-spring.yml": SIX_WEEKS})
        handbook, problems = load(Path(folder))
    assert handbook is not None, problems
    kinds = [kind for kind in PAGES if kind.name in ("kit", "questions", "cohort/messages")]
    made, faults = render_kinds(handbook, Build(date.fromisoformat(day)), kinds)
    assert not faults
    return {page.kind.name: page.text for page in made}


MARK = r'(?:<span class="[^"]*">([^<]*)</span>)?'


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        ("2028-01-10", ("Find a sponsor", "This week"), ("Report and tidy up", "")),
        ("2028-01-28", ("Open the sign-up", "This week"), ("Decide whether to open", "Past")),
        ("2028-01-31", ("Propose the pairings", ""), ("Open the sign-up", "Past")),
        ("2029-03-01", ("Find a sponsor", "Past"), ("Report and tidy up", "Past")),
    ],
)
def test_the_plan_begins_with_what_is_due(day: str, first: tuple[str, str], last: tuple[str, str]) -> None:
    row = rf'hb-row__day">[^<]*{MARK}</p>\n\n<p class="hb-row__title">(.*?)</p>'
    rows = [(title, mark) for mark, title in re.findall(row, pages_on(day)["kit"])]

    assert (rows[0], rows[-1], len(rows)) == (first, last, len(NEVER_LEFT_OUT))


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        ("2028-01-26", ("Invitation to sign up", "This week"), ("The cohort is postponed", "")),
        ("2028-02-01", ("Reminder to sign up", "This week"), ("Invitation to sign up", "Past")),
        ("2028-02-07", ("We would like you to take part", "This week"), ("Reminder to sign up", "Past")),
    ],
)
def test_the_next_message_comes_first(day: str, first: tuple[str, str], last: tuple[str, str]) -> None:
    page = pages_on(day)["cohort/messages"]
    links = re.findall(rf'<li><a href="[^"]*">(.*?)</a>[^<]*{MARK}</li>', page)

    assert links[0] == first
    assert [title for title, _ in links] == re.findall(r"^## (.*?) \{", page, re.MULTILINE)
    assert links[-1] == last


@pytest.mark.parametrize("name", ["cohort/messages", "questions"])
def test_a_list_of_contents_leads_to_every_heading(name: str) -> None:
    page = pages_on("2028-01-28")[name].partition(' class="hb-contents')[2]

    links = re.findall(r'<li><a href="#(.*?)">', page)
    assert links == re.findall(r"^## .*?(?: \{ #(.*?) \})?$", page, re.MULTILINE)
    assert len(links) > 3


def test_the_kit_says_what_is_left_out_and_what_never_is() -> None:
    page = pages_on("2028-01-10")["kit"]
    out, _, never = page.partition("Never left out")

    assert [title in out for title in ("**Set the goals.**", "**Ask leaders in person.**")] == [True, True]
    assert "Ask both people" in never.partition("</details>")[0]
    assert "Set the goals" not in never.partition("</details>")[0]
