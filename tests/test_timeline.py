"""Offsets become days, and on every day each cohort, pairing, form and role knows where it stands."""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.guidance.steps.events import session_forms
from handbook.guidance.steps.now import now, steps
from handbook.guidance.steps.step import Step
from handbook.model.definitions.assembly import program as make_program
from handbook.model.definitions.cohort import Cohort
from handbook.model.definitions.cohort import cohort as make_cohort
from handbook.model.definitions.program import ROLES, Role
from handbook.model.handbook import Handbook
from handbook.model.timeline import (
    Event,
    circles,
    coming,
    current,
    event_of,
    events,
    last_day,
    state,
    this_week,
    today,
    unknown_anchors,
    until_the_end,
)
from handbook.pages.views.plan import training_path
from handbook.text.document import Document, read

DAY = timedelta(days=1)
LIVES = ["planned", "sign-up", "matching", "running", "finished"]


def document(path: str, said: Mapping[str, Any]) -> Document:
    made = read(path, json.dumps(said))
    assert isinstance(made, Document)
    return made


def run(short: Handbook, said: Mapping[str, Any], program: Mapping[str, Any] | None = None) -> Cohort:
    """A cohort that says this, of a program that says that beside what it must."""
    of = {"title": "Digital", "summary": "B", "goals": [{"title": "C"}], **(program or {})}
    made, found = make_program(document("programs/a/program.yml", of), short.playbook, {})
    cohort, more = make_cohort(
        document("programs/a/2027-spring.yml", {"start": "2027-02-01", **said}), made, {}, {}
    )
    assert () == found + more
    return cohort


def event(cohort: Cohort, identifier: str) -> Event:
    return next(one for one in events(cohort) if one.id == identifier)


def span(cohort: Cohort, identifier: str) -> tuple[str, str]:
    found = event(cohort, identifier)
    return found.day.isoformat(), found.until.isoformat()


def first(cohort: Cohort, role: Role, day: date) -> Step:
    return now(cohort, role, day, ()).first


def days(first: date, count: int) -> list[date]:
    return [first + number * DAY for number in range(count)]


# Where a cohort stands.


def test_a_cohort_lives_through_its_five_states_in_order(short: Handbook) -> None:
    [cohort] = short.cohorts

    life = [name for name, _ in groupby(days(date(2026, 6, 1), 730), lambda day: state(cohort, day))]
    assert LIVES == life


def test_each_state_begins_on_its_day(short: Handbook) -> None:
    cohort = run(short, {"sign_up": {"opens": "2026-12-01", "closes": "2027-01-11"}, "end": "2027-07-30"})
    turns = {
        "2026-11-30": "planned",
        "2026-12-01": "sign-up",
        "2027-01-11": "sign-up",
        "2027-01-12": "matching",
        "2027-01-31": "matching",
        "2027-02-01": "running",
        "2027-07-30": "running",
        "2027-07-31": "finished",
    }

    assert turns == {day: state(cohort, date.fromisoformat(day)) for day in turns}


def test_a_cohort_ends_with_its_last_event_where_it_does_not_say(short: Handbook) -> None:
    cohort = run(short, {})

    assert max(one.until for one in events(cohort) if one.kind != "end") == last_day(cohort)
    assert date(2027, 7, 30) == last_day(run(short, {"end": "2027-07-30"}))


# Next steps.


def test_every_role_has_something_to_read_on_every_day_of_two_years(short: Handbook) -> None:
    [cohort] = short.cohorts

    codes = set()
    for day in days(date(2026, 6, 1), 730):
        for role in ROLES:
            card = now(cohort, role, day, ())
            codes |= {step.code for step in card.open}
            assert list(card.open) == sorted(card.open, key=lambda step: step.order)
            assert all(step.is_open(day) for step in card.open)
            assert all(step.day > day for step in card.ahead)
    assert {"sign-up", "asked", "announcement", "training", "session", "form", "finished"} <= codes


def test_a_role_with_nothing_left_to_do_is_told_so(short: Handbook) -> None:
    """From the last date of line managers to the end of the cohort."""
    cohort = run(short, {}, {"milestones": ["kick-off"]})
    step = first(cohort, "line-manager", date(2027, 7, 10))

    assert ("nothing", last_day(cohort), None) == (step.code, step.by, step.event)


def test_the_forms_after_sessions_are_open_from_the_first_session_to_the_last_days_end(
    short: Handbook,
) -> None:
    cohort = run(short, {})
    sessions = [event for event in events(cohort) if event.kind == "session"]
    first, last = sessions[0].day, max(event.until for event in sessions)

    assert ["coming", "now", "now", "past"] == [
        session_forms(cohort, day) for day in (first - DAY, first, last, last + DAY)
    ]
    assert "coming" == session_forms(None, last)


def test_of_two_things_with_one_day_what_people_meet_for_comes_first(short: Handbook) -> None:
    cohort = run(short, {"dates": {"first-check-in": "2027-02-19"}})
    card = now(cohort, "mentor", date(2027, 2, 19), ())

    assert ["check-in", "form"] == [step.code for step in card.open if step.by == date(2027, 2, 19)]


def test_a_step_seen_before_its_day_says_when_it_opens_and_not_that_it_is_to_be_done(short: Handbook) -> None:
    cohort = run(short, {}, {"forms": [{"id": "baseline", "url": "https://forms.example/b"}]})
    form = next(step for step in steps(cohort, "mentor", ()) if step.thing.title == "Starting-point form")
    before, labels = form.day - DAY, short.labels

    assert ("form-ahead", form.day) == (form.named_on(before), form.counts(before))
    assert ("form", form.until) == (form.named_on(form.day), form.counts(form.until))
    assert form.sentence not in form.words(labels, before)
    assert [form.sentence] == [*form.words(labels, form.day)]


def test_who_cannot_sign_up_by_a_form_is_led_to_how_one_takes_part(short: Handbook) -> None:
    cohort = run(short, {})
    step = first(cohort, "mentee", event_of(cohort, "sign-up").day)

    assert ("sign-up", "sign-up-without-form", "taking-part", "") == (
        step.code,
        step.name,
        step.page,
        step.url,
    )


def test_the_nearest_deadline_is_the_first_step_and_all_others_stand_below(short: Handbook) -> None:
    """What lasts counts by its last day, and stays until then."""
    cohort = run(short, {})

    cards = [now(cohort, "mentor", date(2027, 2, day), ()) for day in (2, 3, 9, 13, 18, 20)]
    expected = [
        [("milestone", 2), ("announcement", 4), ("training", 5), ("form", 19)],
        [("announcement", 4), ("training", 5), ("form", 19)],
        [("session", 12), ("form", 19)],
        [("form", 19)],
        [("form", 19)],
        [],
    ]
    assert expected == [
        [(step.code, step.by.day) for step in card.open if step.name != "form-each-session"] for card in cards
    ]


dates = st.dates(date(2026, 1, 1), date(2028, 12, 31)).map(date.isoformat)
pins = st.sampled_from(["kick-off", "celebration", "first-meeting", "closing", "end-survey", "midpoint"])
cohorts = st.fixed_dictionaries(
    {"start": dates},
    optional={
        "end": dates,
        "sign_up": st.fixed_dictionaries({}, optional={"opens": dates, "closes": dates}),
        "dates": st.dictionaries(pins, dates, max_size=4),
    },
)
LUNCH = {"id": "lunch", "title": "Lunch", "with": "party"}
PARTY = {"id": "party", "title": "Party", "with": "lunch"}
programs = st.fixed_dictionaries(
    {},
    optional={
        "commitment": st.fixed_dictionaries(
            {"sessions": st.integers(3, 12), "every_weeks": st.integers(1, 12)}
        ),
        "sessions": st.just([{"title": "Our own", "week": 1}, "the-rest"]),
        "training": st.just([]),
        "forms": st.just([]),
        "milestones": st.just([PARTY, LUNCH]),
    },
)


@given(cohorts, programs, st.dates(date(2025, 6, 1), date(2031, 1, 1)))
def test_whatever_the_dates_there_is_a_state_a_next_step_and_an_order(
    short: Handbook, said: dict[str, Any], program: dict[str, Any], day: date
) -> None:
    cohort = run(short, said, program)
    found = events(cohort)

    assert state(cohort, day) in LIVES
    assert sorted(one.day for one in found) == [one.day for one in found]
    assert len({one.id for one in found}) == len(found)
    assert [] == [one for one in found if one.until < one.day or not one.title]
    for role in ROLES:
        card = now(cohort, role, day, ())
        assert card.open or card.ahead
        assert all(step.is_open(day) for step in card.open)


# Days.


@pytest.mark.parametrize(
    ("start", "point", "day"),
    [
        ("2027-02-01", {"week": 1}, "2027-02-01"),
        ("2027-02-01", {"week": 3}, "2027-02-15"),
        ("2027-02-01", {"week": 0}, "2027-01-25"),
        ("2027-02-01", {"week": -7}, "2026-12-07"),
        ("2027-02-01", {"week": 1, "weekday": "tuesday"}, "2027-02-02"),
        ("2027-02-01", {"week": 2, "weekday": "friday", "days": 3}, "2027-02-15"),
        ("2027-02-01", {"with": "kick-off"}, "2027-02-02"),
        ("2027-02-01", {"with": "kick-off", "days": -1}, "2027-02-01"),
        ("2027-02-01", {"with": "first-meeting", "days": 9}, "2027-02-17"),
        # a cohort that starts on a Thursday: its week 1 is that week, but nothing is before the start
        ("2027-02-04", {"week": 1}, "2027-02-04"),
        ("2027-02-04", {"week": 1, "weekday": "tuesday"}, "2027-02-04"),
        ("2027-02-04", {"week": 1, "weekday": "friday"}, "2027-02-05"),
        ("2027-02-04", {"week": 2}, "2027-02-08"),
        ("2027-02-04", {}, "2027-02-04"),
    ],
)
def test_a_point_becomes_a_day(short: Handbook, start: str, point: dict[str, Any], day: str) -> None:
    own = {"id": "lunch", "title": "Lunch", **point}
    cohort = run(short, {"start": start}, {"milestones": ["kick-off", own]})

    assert (day, day) == span(cohort, "milestone-lunch")


def test_sessions_take_the_working_week_in_the_programs_rhythm(short: Handbook) -> None:
    cohort = run(short, {}, {"commitment": {"sessions": 3, "every_weeks": 4}})
    found = [(one.day.isoformat(), one.until.isoformat()) for one in events(cohort) if one.kind == "session"]

    expected = [("2027-02-08", "2027-02-12"), ("2027-03-08", "2027-03-12"), ("2027-04-05", "2027-04-09")]
    assert expected == found


def test_sessions_after_a_moved_one_follow_it(short: Handbook) -> None:
    moved = {"id": "first-meeting", "week": 3}
    program = {"commitment": {"sessions": 3, "every_weeks": 4}, "sessions": [moved, "the-rest"]}

    assert [3, 7, 11] == [session.week for session in run(short, {}, program).program.sessions]


@pytest.mark.parametrize(
    ("pinned", "identifier", "expected"),
    [
        ({"kick-off": "2027-02-09"}, "milestone-kick-off", ("2027-02-09", "2027-02-09")),
        ({"first-meeting": "2027-02-17"}, "session-first-meeting", ("2027-02-17", "2027-02-17")),
        ({"first-meeting": "2027-02-20"}, "session-first-meeting", ("2027-02-20", "2027-02-20")),
        # also before the start
        ({"kick-off": "2027-01-30"}, "milestone-kick-off", ("2027-01-30", "2027-01-30")),
        ({"midpoint": "2027-05-20"}, "check-in-midpoint", ("2027-05-20", "2027-05-20")),
        ({"baseline": "2027-02-03"}, "form-baseline", ("2027-02-03", "2027-02-19")),
        # a form that opens after it would have closed stays open as long as it would have been
        ({"baseline": "2027-03-01"}, "form-baseline", ("2027-03-01", "2027-03-19")),
        # what is counted from a pinned thing moves with it
        ({"closing": "2027-08-02"}, "milestone-celebration", ("2027-08-18", "2027-08-18")),
        ({"closing": "2027-08-02"}, "form-end-survey", ("2027-08-02", "2027-08-16")),
        ({"kick-off": "2027-02-09"}, "training-kick-off", ("2027-02-01", "2027-02-08")),
    ],
)
def test_a_pinned_day_wins(
    short: Handbook, pinned: dict[str, str], identifier: str, expected: tuple[str, str]
) -> None:
    assert expected == span(run(short, {"dates": pinned}), identifier)


def test_a_session_of_week_1_is_not_before_the_start_unless_it_is_pinned_there(short: Handbook) -> None:
    early = {"sessions": [{"id": "first-meeting", "week": 1}], "check_ins": ["first-check-in"]}
    free = run(short, {"start": "2027-02-03"}, early)
    pinned = run(short, {"start": "2027-02-03", "dates": {"first-meeting": "2027-01-29"}}, early)

    assert ("2027-02-03", "2027-02-05") == span(free, "session-first-meeting")
    assert ("2027-02-12", "2027-02-12") == span(free, "check-in-first-check-in")  # nine days later
    assert ("2027-01-29", "2027-01-29") == span(pinned, "session-first-meeting")
    assert ("2027-02-07", "2027-02-07") == span(pinned, "check-in-first-check-in")


def test_a_form_without_an_end_is_open_for_two_weeks(short: Handbook) -> None:
    form = {"id": "pulse", "title": "Pulse", "purpose": "midpoint", "opens": {"week": 9}}

    assert ("2027-03-29", "2027-04-12") == span(run(short, {}, {"forms": [form]}), "form-pulse")


def test_training_is_due_on_the_working_day_before_what_it_prepares(short: Handbook) -> None:
    """The first meeting is in the week of Monday 8 February; on Friday the training is done."""
    assert date(2027, 2, 5) == event(run(short, {}), "training-first-meeting").until


def test_training_for_one_day_stands_once_however_its_milestones_are_called(short: Handbook) -> None:
    """Lunch is on the Sunday before the first meeting, so both are prepared for by the same Friday."""
    said = {
        "milestones": [
            {"id": "lunch", "title": "Lunch", "week": 1, "days": 6},
            {"id": "fair", "title": "Fair", "week": 9},
        ],
        "training": [
            {"id": "listening", "title": "Listening", "minutes": 25, "for": ["mentor"]},
            {"id": "fairs", "title": "Fairs", "minutes": 5, "before": "fair"},
            {"id": "cooking", "title": "Cooking", "minutes": 15, "for": ["mentee"], "before": "lunch"},
        ],
    }
    together, apart = run(short, {}, said), run(short, {"dates": {"lunch": "2027-02-04"}}, said)

    assert [
        ("training-first-meeting", "Lunch", "2027-02-05", ("mentor", "mentee"), 40),
        ("training-fair", "Fair", "2027-03-26", ("mentor", "mentee"), 5),
    ] == training(together)
    assert [("training-lunch", "2027-02-03"), ("training-first-meeting", "2027-02-05")] == [
        (name, until) for name, _, until, *_ in training(apart)[:2]
    ]
    assert [("Lunch", ["listening", "cooking"], None), ("Fair", ["fairs"], None)] == [
        (title, [module.id for module in modules], due)
        for title, modules, due in training_path(together.program, None)
    ]


def training(cohort: Cohort) -> list[tuple[str, str, str, tuple[str, ...], int]]:
    return [
        (one.id, str(one.title), one.until.isoformat(), one.roles, one.minutes)
        for one in events(cohort)
        if one.kind == "training"
    ]


def test_what_counts_from_a_special_session_finds_the_programs_own(short: Handbook) -> None:
    own = {"id": "farewell", "title": "Farewell", "place": "closing", "week": 30}
    cohort = run(short, {}, {"sessions": ["the-rest", own]})

    assert event(cohort, "session-farewell").day + 16 * DAY == event(cohort, "milestone-celebration").day


def test_a_milestone_and_a_check_in_of_one_name_are_both_kept(short: Handbook) -> None:
    party = {"id": "midpoint", "title": "Midpoint party", "week": 9}
    cohort = run(short, {}, {"milestones": ["the-rest", party]})

    named = {one.id for one in events(cohort) if one.id.endswith("-midpoint")}
    assert {"milestone-midpoint", "check-in-midpoint"} == named


def test_two_things_that_count_from_each_other_still_have_days(short: Handbook) -> None:
    cohort = run(short, {}, {"milestones": [LUNCH, PARTY]})

    assert [] == [one for one in events(cohort) if one.kind == "milestone" and one.day < cohort.start]


def test_each_circle_of_dates_is_named_once(short: Handbook) -> None:
    own = [
        PARTY,
        LUNCH,
        {"id": "tea", "title": "Tea", "with": "party"},
        {"id": "walk", "title": "Walk", "with": "walk"},
        {"id": "talk", "title": "Talk", "with": "closing"},
    ]
    cohort = run(short, {}, {"milestones": own})

    assert (("party", "lunch"), ("walk",)) == circles(cohort.program)


def test_an_anchor_that_is_nothing_is_named(short: Handbook) -> None:
    cohort = run(short, {}, {"milestones": [{"id": "lunch", "title": "Lunch", "with": "closin"}]})

    assert (("lunch", "closin"),) == unknown_anchors(cohort.program)


def test_sign_up_takes_the_cohorts_days_before_the_programs(short: Handbook) -> None:
    program = {"sign_up": {"opens": {"week": -3}, "closes": {"week": -1}}}
    programs_own = event_of(run(short, {}, program), "sign-up")
    said = {"sign_up": {"opens": "2027-01-05", "closes": "2027-01-29"}}
    cohorts_own = event_of(run(short, said, program), "sign-up")

    assert (date(2027, 1, 4), date(2027, 1, 22)) == (programs_own.day, programs_own.until)
    assert (date(2027, 1, 5), date(2027, 1, 29)) == (cohorts_own.day, cohorts_own.until)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        # the program's: 4 to 22 January, 18 days
        ({"opens": "2026-11-02"}, ("2026-11-02", "2026-11-20")),
        ({"closes": "2026-11-20"}, ("2026-11-02", "2026-11-20")),
        ({"opens": "2027-01-25"}, ("2027-01-25", "2027-02-01")),  # but not past the start
        ({"closes": "2027-01-29"}, ("2027-01-11", "2027-01-29")),
    ],
)
def test_a_cohort_that_says_one_end_of_sign_up_moves_the_other(
    short: Handbook, said: dict[str, str], expected: tuple[str, str]
) -> None:
    program = {"sign_up": {"opens": {"week": -3}, "closes": {"week": -1}}}

    assert expected == span(run(short, {"sign_up": said}, program), "sign-up")


def test_an_events_next_day_is_its_beginning_then_its_end(short: Handbook) -> None:
    form = event(run(short, {}), "form-baseline")
    asked = [date(2027, 1, 31), date(2027, 2, 1), date(2027, 2, 2), date(2027, 2, 19), date(2027, 2, 20)]

    assert [form.day, form.until, form.until, form.until] == [form.next_day(day) for day in asked[:4]]
    assert ["coming", "now", "now", "now", "past"] == [state(form, day) for day in asked]


# Pairings.


def paired(short: Handbook, **pairing: Any) -> Cohort:
    people = [{"id": "amara", "role": "mentor"}, {"id": "jr", "role": "mentee"}]
    return run(short, {"people": people, "pairings": [{"mentor": "amara", "mentee": "jr", **pairing}]})


PLAYBOOKS_OWN = ("milestone-pairings-announced", date(2027, 1, 29))
BOTH = {"mentor": "2027-01-20", "mentee": "2027-01-22"}


def test_a_pairing_goes_from_proposed_to_announced(short: Handbook) -> None:
    cohort = paired(short, confirmed=BOTH, announce="2027-01-29", paused="2027-04-01", completed="2027-06-30")

    [pairing] = cohort.pairings
    life = [name for name, _ in groupby(days(date(2027, 1, 1), 365), lambda day: state(pairing, day))]
    assert ["proposed", "half-confirmed", "confirmed", "announced", "paused", "completed"] == life


@pytest.mark.parametrize(
    ("pairing", "states"),
    [
        ({}, {"proposed"}),
        ({"announce": "2027-01-29"}, {"proposed"}),
        ({"announce": "2027-01-29", "confirmed": {"mentor": "2027-01-20"}}, {"proposed", "half-confirmed"}),
        ({"announce": "2027-01-29", "ended": "2027-03-01"}, {"proposed"}),
        ({"confirmed": BOTH}, {"proposed", "half-confirmed", "confirmed"}),
    ],
)
def test_a_pairing_is_not_announced_without_two_yes_and_a_day(
    short: Handbook, pairing: dict[str, Any], states: set[str]
) -> None:
    [made] = paired(short, **pairing).pairings

    assert states == {state(made, day) for day in days(date(2027, 1, 1), 365)}


def announcements(cohort: Cohort) -> list[tuple[str, date]]:
    return [(one.id, one.day) for one in events(cohort) if one.kind == "announcement"]


def test_a_half_confirmed_pairing_leaves_no_event(short: Handbook) -> None:
    """Its day would say that somebody is proposed."""
    half = paired(short, announce="2027-01-27", confirmed={"mentor": "2027-01-20"})

    assert events(run(short, {})) == events(half)
    assert [PLAYBOOKS_OWN] == announcements(half)


def test_confirmed_pairings_say_their_own_days(short: Handbook) -> None:
    cohort = paired(short, announce="2027-01-27", confirmed=BOTH)

    assert [("announcement-1", date(2027, 1, 27))] == announcements(cohort)


@pytest.mark.parametrize(
    ("pairing", "found"),
    [
        # announced on the latest of the three days
        ({"announce": "2027-01-21"}, [("announcement-1", date(2027, 1, 22))]),
        ({"announce": "2027-01-27", "ended": "2027-01-28"}, [("announcement-1", date(2027, 1, 27))]),
        ({"announce": "2027-01-27", "ended": "2027-01-27"}, [PLAYBOOKS_OWN]),
        ({"announce": "2027-01-20", "ended": "2027-01-21"}, [PLAYBOOKS_OWN]),
        ({}, [PLAYBOOKS_OWN]),
    ],
)
def test_a_pairing_is_announced_when_all_is_said_unless_it_has_ended(
    short: Handbook, pairing: dict[str, Any], found: list[tuple[str, date]]
) -> None:
    cohort = paired(short, confirmed=BOTH, **pairing)

    assert found == announcements(cohort)
    made = cohort.pairings[0]
    assert [] == [day for name, day in found if name == "announcement-1" and state(made, day) != "announced"]


# Several cohorts.


def test_this_week_is_monday_to_sunday(short: Handbook) -> None:
    cohort = run(short, {})
    expected = ["form-baseline", "session-first-meeting"]

    assert expected == [one.id for one in this_week(cohort, date(2027, 2, 8))]
    assert expected == [one.id for one in this_week(cohort, date(2027, 2, 14))]


def test_after_its_last_day_nothing_of_a_cohort_comes(short: Handbook) -> None:
    """Its last session and what follows it would be in the week of 28 June or later."""
    cohort = run(short, {"end": "2027-06-25"})
    whole = run(short, {})

    late = {one.id for one in events(cohort)} - {one.id for one in until_the_end(cohort)}
    assert {"session-closing", "milestone-celebration", "form-end-survey"} == late
    assert events(whole) == until_the_end(whole)
    assert ["end"] == [one.id for one in this_week(cohort, date(2027, 6, 24))]
    assert () == this_week(cohort, date(2027, 7, 1))
    assert [(cohort, "end")] == [(run, one.id) for run, one in coming([cohort], date(2027, 6, 23), 9)]
    assert "afterwards" == first(cohort, "mentor", date(2027, 6, 22)).code


def test_a_form_that_is_open_after_the_end_is_not_told_of(short: Handbook) -> None:
    form = {"id": "pulse", "title": "Pulse", "opens": {"week": 9}, "closes": {"week": 30}}
    cohort = run(short, {"end": "2027-06-25"}, {"forms": [form]})

    assert "form-pulse" in [one.id for _, one in coming([cohort], date(2027, 6, 25), 9)]
    assert () == coming([cohort], date(2027, 6, 26), 9)
    assert () == this_week(cohort, date(2027, 6, 28))


def test_what_comes_next_is_told_across_cohorts_by_the_date_that_counts(short: Handbook) -> None:
    first, second = run(short, {}), run(short, {"start": "2027-02-08"})
    found = coming([second, first], date(2027, 2, 10), 4)

    assert [(first, "session-first-meeting"), (second, "training-first-meeting")] == [
        (cohort, one.id) for cohort, one in found[:2]
    ]
    assert 4 == len(found)


@pytest.mark.parametrize(
    ("day", "start"),
    [
        ("2026-01-01", "2026-02-02"),
        ("2026-05-01", "2026-02-02"),
        ("2026-12-01", "2027-02-01"),
        ("2027-01-20", "2027-02-01"),
        ("2027-05-01", "2027-02-01"),
        ("2029-05-01", "2027-02-01"),
    ],
)
def test_the_current_cohort_is_running_or_next_or_was_last(short: Handbook, day: str, start: str) -> None:
    cohorts = [run(short, {"start": "2027-02-01"}), run(short, {"start": "2026-02-02"})]

    found = current(cohorts, date.fromisoformat(day))
    assert found is not None
    assert start == found.start.isoformat()


def test_without_cohorts_none_is_current() -> None:
    assert current([], date(2027, 1, 1)) is None


# Today.


def test_today_can_be_pinned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDBOOK_TODAY", "2027-03-10")

    assert date(2027, 3, 10) == today("Europe/London")


def test_today_is_the_day_in_the_organisations_time_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between these two there are 25 hours."""
    monkeypatch.delenv("HANDBOOK_TODAY", raising=False)

    assert today("Pacific/Kiritimati") > today("Pacific/Niue")


@pytest.mark.parametrize("said", ["tomorrow", "2027-02-30", "10.3.2027"])
def test_a_pinned_day_that_is_none_is_an_error(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv("HANDBOOK_TODAY", said)

    with pytest.raises(ValueError, match=r"isoformat|day is out of range"):
        today("UTC")
