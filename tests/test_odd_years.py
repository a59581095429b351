"""Whatever a program and a cohort may say: on every day the cards hold what the calendars hold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from handbook.contents.build import Build
from handbook.contents.kinds import PAGES
from handbook.guidance import calendars
from handbook.guidance.messages.words import MessageWords
from handbook.guidance.steps.now import now, steps
from handbook.guidance.steps.step import launch_plan
from handbook.load.repository import load
from handbook.model.definitions.cohort import Cohort
from handbook.model.definitions.program import ROLES, Role
from handbook.model.handbook import Handbook
from handbook.pages.rendering.pages import render_kinds
from tests import year
from tests.repository import SHORT, write
from tests.test_year import left_out

DAY = timedelta(days=1)
START = date(2027, 9, 1)
# What says that there is nothing to do at all.
IDLE = re.compile("You need (do nothing|not do anything) |There is nothing (left )?(for you )?to do")
SHOWN = ("home", "door", "cohort/pairings", "cohort/pairing")
PINNED = ["kick-off", "pairings-announced", "celebration", "first-meeting", "closing", "midpoint", "baseline"]


def said(required: Any, **optional: Any) -> Any:
    """Mappings with these keys, and some of those others, each with one of its values."""
    return st.fixed_dictionaries(
        required, optional={key: st.sampled_from(of) for key, of in optional.items()}
    )


own_steps = st.lists(
    said(
        {"title": st.just("Ours"), "text": st.just("We meet in the library.")},
        who=ROLES,
        days=[-30, -1, 0, 20],
        before=["sign-up-opens", "pairings-announced", "first-meeting"],
        skip_below=[2, 26],
    ).flatmap(
        lambda step: st.sampled_from(["sign-up-closes", "start", "end", "closing", "first-meeting"]).map(
            lambda anchor: {**step, "with": anchor}
        )
    ),
    max_size=3,
).map(lambda made: [{**step, "id": f"ours-{number}"} for number, step in enumerate(made)])
programs = said(
    {
        "title": st.just("P"),
        "summary": st.just("S."),
        "goals": st.just([{"title": "G"}]),
        "playbook": own_steps.map(lambda take: {"launch": {"take": [*take, "the-rest"]}}),
    },
    mode=["reverse", "reciprocal"],
    sessions=[
        ["closing"],
        [{"title": "The only one"}],
        ["first-meeting", {"title": "On one day", "week": 1}, {"title": "And another", "week": 1}, "closing"],
    ],
    commitment=[{"sessions": 3, "minutes": 30, "every_weeks": 1}, {"sessions": 12}],
    agreement=[{"reply_hours": hours} for hours in (1, 25, 336)],
    milestones=[[], ["kick-off"], [{"id": "pairings-announced", "week": 3}, "the-rest"]],
    check_ins=[[], [{"id": "first-check-in", "week": 3}, {"id": "midpoint", "week": 3}]],
    forms=[
        [],
        ["sign-up", {"id": "baseline", "url": "https://f.example/b", "minutes": 7}],
        ["the-rest", {"title": "Each time", "purpose": "session", "for": ["mentor"], "minutes": 5}],
    ],
    training=[[], [{"title": "T", "summary": "S.", "for": ["sponsor"], "before": "closing", "minutes": 15}]],
)


def days(first: int, last: int) -> st.SearchStrategy[str]:
    return st.integers(first, last).map(lambda number: f"{START + number * DAY}")


def paired(number: int, announced: date, yes: int, then: str) -> dict[str, Any]:
    """A pairing of which so many said yes before it was announced, and what became of it."""
    confirmed = {role: f"{announced - 2 * DAY}" for role in ("mentor", "mentee")[:yes]}
    two = {role: f"{role}-{number}" for role in ("mentor", "mentee")}
    later = {then: f"{announced + 20 * DAY}"} if then else {}
    return {**two, "confirmed": confirmed, "announce": f"{announced}", **later}


pairings = st.lists(
    st.tuples(st.integers(-5, 60), st.integers(1, 2), st.sampled_from(["", "paused", "completed", "ended"])),
    min_size=1,
    max_size=3,
).map(
    lambda every: [
        paired(number, START + late * DAY, yes, then) for number, (late, yes, then) in enumerate(every, 1)
    ]
)
people = [{"id": f"{role}-{number}", "role": role} for number in (1, 2, 3) for role in ("mentor", "mentee")]
cohorts = st.fixed_dictionaries(
    {"start": days(0, 6), "people": st.just(people), "pairings": pairings},
    optional={
        "end": days(5, 200),
        "sign_up": st.fixed_dictionaries({}, optional={"opens": days(-60, -30), "closes": days(-29, 0)}),
        "plan_from": days(-100, -61),
        "cancelled": days(-90, 120),
        "postponed": days(-90, 120),
        "dates": st.dictionaries(st.sampled_from(PINNED), days(-10, 120), max_size=3),
    },
)
holidays = st.lists(st.integers(-60, 120).map(lambda far: START + far * DAY), max_size=3).map(
    lambda every: [{"from": f"{first}", "to": f"{first + 20 * DAY}"} for first in every]
)


def loaded(root: Path, program: Any, cohort: dict[str, Any], off: Any) -> Handbook:
    """The handbook of these; of a cohort that says too much, such as an end before its start, with less."""
    for unsaid in ((), ("dates",), ("dates", "sign_up", "plan_from", "end"), cohort.keys() - {"start"}):
        kept = {key: value for key, value in cohort.items() if key not in unsaid}
        files = {
            "organisation.yml": {"name": "O", "holidays": off},
            "digital-fluency/program.yml": program,
            "digital-fluency/2027-spring.yml": kept,
        }
        write(root, SHORT | {f"programs/{name}": json.dumps(text) for name, text in files.items()})
        handbook, problems = load(root)
        if handbook:
            return handbook
    raise AssertionError(problems)


def faults(handbook: Handbook, cohort: Cohort, role: Role) -> Iterator[str]:
    """What is wrong with a role's cards, on any day."""
    free = handbook.organisation.holidays
    words: dict[object, str] = {}
    every = steps(cohort, role, free)
    yield from (f"{step.code} ends before it begins" for step in every if not step.day <= step.until)
    for day in year.days(cohort):
        card = now(cohort, role, day, free)
        deadlines = [step.by for step in card.open]
        if deadlines != sorted(deadlines):
            yield f"{day}: {deadlines} are not in order"
        calls = MessageWords(handbook, Build(day), cohort)
        for step in (*card.open, *card.ahead):
            key = step.code, step.order, step.day <= day
            what = words[key] = words.get(key) or calls.step(step, day)
            if not what.strip() or (IDLE.search(what) and len(card.open) > 1):
                yield f"{day}: “{what}” beside {len(card.open) - 1} others"
        idle = card.first.code in ("nothing", "finished")
        if idle and any(step.is_open(day) for step in every):
            yield f"{day}: {card.first.code} on a day with something open"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("odd")


# Nobody waits for the smallest example: a whole year is looked at for each.
QUICK = settings(
    max_examples=10, phases=[Phase.explicit, Phase.generate], suppress_health_check=[*HealthCheck]
)


# A form is open while people wait to be asked.
EARLY_FORM = {
    "program": {
        "title": "P",
        "summary": "S.",
        "goals": [{"title": "G"}],
        "milestones": [{"id": "pairings-announced", "week": 3}, "the-rest"],
    },
    "cohort": {
        "start": f"{START}",
        "sign_up": {"opens": f"{START - 30 * DAY}", "closes": f"{START - 8 * DAY}"},
        "dates": {"baseline": f"{START - 7 * DAY}"},
    },
    "off": [],
}


@QUICK
@example(**EARLY_FORM)
@given(program=programs, cohort=cohorts, off=holidays)
def test_cards_hold_what_calendars_hold_and_never_say_nothing_beside_it(
    root: Path, program: Any, cohort: dict[str, Any], off: Any
) -> None:
    handbook = loaded(root, program, cohort, off)
    [one] = handbook.cohorts
    until = (one.called_off or date.max) - DAY

    for role in ROLES:
        assert [] == [*faults(handbook, one, role)]
        missing = left_out(handbook, one, role)
        assert [] == [(day, name) for day, name in missing if date.fromisoformat(day) <= until]
    for item, _ in launch_plan(one, handbook.organisation.holidays):
        if item.id.startswith("ours"):
            its = steps(one, item["who"] or "coordinator", handbook.organisation.holidays)
            assert item in [step.item for step in its]


def published(handbook: Handbook, build: Build, rest: bool) -> dict[str, object]:
    """What the public may read of a cohort, by path; all its pairings `rest`, or none does."""
    [one] = handbook.cohorts
    pairings = tuple(replace(pair, paused=pair.announce if rest else None) for pair in one.pairings)
    told = replace(handbook, cohorts=(replace(one, pairings=pairings),))
    pages, problems = render_kinds(told, build, [kind for kind in PAGES if kind.name in SHOWN])
    assert () == problems
    shown = {page.path: (page.full_title, page.text) for page in pages}
    return {**shown, **calendars.downloads(told, build)}


@QUICK
@given(program=programs, cohort=cohorts, off=holidays, when=st.integers(-20, 90))
def test_every_card_is_rendered_and_is_the_same_where_a_pairing_has_paused(
    root: Path, program: Any, cohort: dict[str, Any], off: Any, when: int
) -> None:
    handbook, build = loaded(root, program, cohort, off), Build(START + when * DAY)

    shown = published(handbook, build, rest=True)

    assert shown == published(handbook, build, rest=False)
    assert len(ROLES) == str(shown["index.md"]).count("data-now=")
