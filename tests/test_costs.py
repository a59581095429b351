"""What a program costs, against a count of its own: of raw YAML alone, by none of the engine's functions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from handbook.contents.build import Build
from handbook.guidance.steps.hours import (
    EARLY,
    KINDS,
    LATER,
    PHASES,
    costs,
    hours,
    pairings_to_count,
    spoken,
)
from handbook.load.repository import load
from handbook.model.definitions.assembly import program as assembled
from handbook.model.definitions.program import ROLES, Program
from handbook.model.handbook import Handbook
from handbook.pages.rendering import pages
from handbook.text.document import Document, read
from tests.repository import PROGRAM, ROOT, SHORT, write

PLAYBOOK = ROOT / "hooks/handbook/data/playbook/en"
BOTH = ["mentor", "mentee"]
# Whoever takes part has a line manager.
PEOPLE = {"mentor": 1, "mentee": 1, "line-manager": 2}
LINES = {"milestones": "milestones", "check-ins": "check_ins", "training": "training", "forms": "forms"}


# --- the count of its own ------------------------------------------------------------------------


def raw(text: str) -> Any:
    return yaml.load(text, Loader=yaml.CSafeLoader)


@cache
def ready(kind: str) -> dict[str, dict[str, Any]]:
    """The front matter of every text of a kind, by its name."""
    texts = {file.stem: file.read_text("utf-8") for file in sorted((PLAYBOOK / kind).glob("*.md"))}
    return {name: raw(text.split("---\n")[1]) for name, text in texts.items()}


def taken(kind: str, said: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What a program takes of a kind: its own entries over the ready ones, and the rest where it says so."""
    book, rows = ready(kind), said.get(LINES[kind], ["the-rest"])
    named = [row if isinstance(row, dict) else {"id": row} for row in rows if row != "the-rest"]
    rest = [{"id": name} for name in book if name not in {row.get("id") for row in named}]
    return [
        {**book.get(row.get("id", ""), {}), **row} for row in (*named, *(rest if "the-rest" in rows else []))
    ]


def session_minutes(said: Mapping[str, Any]) -> list[int]:
    """The length of each session; those that say none have the rhythm's."""
    rhythm = {
        **raw((PLAYBOOK / "program.yml").read_text())["commitment"],
        **said.get("commitment", {}),
    }
    rows = said.get("sessions", ["the-rest"])
    own = [row.get("minutes") if isinstance(row, dict) else None for row in rows if row != "the-rest"]
    number = max(len(own), rhythm["sessions"]) if "the-rest" in rows else len(own)
    return [minutes or rhythm["minutes"] for minutes in (*own, *[None] * (number - len(own)))]


def module_minutes(module: Mapping[str, Any]) -> int:
    return int(module.get("minutes") or sum(step["minutes"] for step in module.get("activities", ())) or 20)


def counted(said: Mapping[str, Any], role: str, pairings: int) -> int:
    """The minutes that one person in a role gives."""
    sessions = session_minutes(said) if role in BOTH else []
    minutes = sum(sessions) + len(sessions) * said.get("costs", {}).get("prep_minutes", 0)
    for module in taken("training", said):
        minutes += module_minutes(module) if role in module.get("for", BOTH) else 0
    for moment in (*taken("milestones", said), *taken("check-ins", said)):
        among = moment.get("for", ROLES)
        heard = sum(PEOPLE.get(one, 0) for one in among) if moment.get("each") == "person" else 0
        times = heard * pairings if role == "coordinator" and heard else 1
        minutes += times * moment.get("minutes", 0) if role in among else 0
    for form in taken("forms", said):
        times = len(session_minutes(said)) if form.get("purpose") == "session" else 1
        minutes += times * form.get("minutes", 0) if role in form.get("for", BOTH) else 0
    for step in ready("launch").values():
        times = pairings if step.get("each") == "pairing" and role not in PEOPLE else 1
        minutes += times * step.get("minutes", {}).get(role, 0)
    if role == "coordinator":
        copied = [one for name, one in ready("messages").items() if not name.startswith("announcement")]
        minutes += sum(message["minutes"] for message in copied if "with" in message)
    return int(minutes)


EXAMPLES = {
    "twelve lines": PROGRAM,
    **{
        name: (ROOT / f"hooks/handbook/data/example/{name}/program.yml").read_text("utf-8")
        for name in ("digital-fluency", "inclusive-leadership")
    },
}


def made(short: Handbook, text: str) -> Program:
    document = read("programs/own/program.yml", text)
    assert isinstance(document, Document), document
    found, problems = assembled(document, short.playbook, {"ai-policy.md": "Text."})
    assert not problems
    return found


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("pairings", [1, 10, 37])
def test_each_role_s_minutes_are_those_of_the_raw_files(
    short: Handbook, name: str, role: Any, pairings: int
) -> None:
    cost = costs(made(short, EXAMPLES[name]), pairings)[role]

    assert counted(raw(EXAMPLES[name]), role, pairings) == cost.one()
    assert PEOPLE.get(role, 0) * pairings or 1 == cost.people
    assert cost.one() * (PEOPLE.get(role, 0) * pairings or 1) == cost.all


# What fails is a sum, and a shorter program would not say more.
NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
minutes = st.integers(min_value=15, max_value=240)
modules = st.sampled_from(sorted(ready("training")))
programs = st.fixed_dictionaries(
    {
        "commitment": st.fixed_dictionaries(
            {"sessions": st.integers(min_value=3, max_value=8), "minutes": minutes}
        )
    },
    optional={
        "training": st.lists(modules, unique=True).flatmap(
            lambda names: st.sampled_from(
                [
                    [*names, {"title": "Own", "minutes": 35, "for": ["mentor", "sponsor"]}],
                    [*names, "the-rest"],
                ]
            )
        ),
        "check_ins": minutes.map(lambda own: [{"id": "mentor-circle", "minutes": own}, "the-rest"]),
        "milestones": minutes.map(lambda own: [{"id": "celebration", "minutes": own}, "the-rest"]),
        "forms": minutes.map(
            lambda own: [
                {"title": "Note", "purpose": "session", "minutes": own, "url": "https://forms.example/n"},
                {"id": "end-survey", "minutes": own},
                "the-rest",
            ]
        ),
        "costs": st.fixed_dictionaries({"prep_minutes": minutes}),
    },
)


@settings(max_examples=60, phases=NO_SHRINKING)
@given(programs, st.integers(min_value=1, max_value=60))
def test_the_sums_follow_whatever_a_program_says(
    short: Handbook, said: dict[str, Any], pairings: int
) -> None:
    said = {"title": "Own", "summary": "One teaches.", "goals": [{"title": "Learn"}], **said}
    found = costs(made(short, yaml.safe_dump(said)), pairings)

    assert {role: counted(said, role, pairings) for role in ROLES} == {
        role: cost.one() for role, cost in found.items()
    }
    for cost in found.values():
        assert cost.one() == cost.one(EARLY) + cost.one(LATER)
        assert cost.one() == sum(cost.one([phase], [kind]) for phase in PHASES for kind in KINDS)


def test_guides_and_messages_say_the_same_sum(short: Handbook) -> None:
    program = short.programs[0]
    for role in ("mentor", "mentee"):
        half_hours = round(costs(program, 1)[role].one() / 30)
        assert f"{half_hours / 2:g} hours" == hours(program, role, short.labels).time


def test_what_comes_before_the_first_session_is_told_apart(short: Handbook) -> None:
    """Counted by hand: five modules, the kick-off, the sign-up form."""
    mentor = costs(short.programs[0], 1)["mentor"]

    assert {"training": 160, "meetings": 60, "forms": 10} == {
        kind: mentor.one(EARLY, [kind]) for kind in KINDS if mentor.one(EARLY, [kind])
    }
    assert 6 * 60 == mentor.one(LATER, ["sessions"])


# --- money ---------------------------------------------------------------------------------------

RATES = "costs: {day_rate: {mentor: 300, mentee: 900.5}, hours_a_day: 8, currency: GBP, pairings: 12}\n"


def test_money_is_hours_at_the_day_rates(short: Handbook) -> None:
    found = costs(made(short, PROGRAM + RATES), 12)
    said = raw(PROGRAM + RATES)
    expected = {
        role: counted(said, role, 12) * 12 / 60 / 8 * rate
        for role, rate in (("mentor", 300), ("mentee", 900.5))
    }

    assert expected == pytest.approx({role: cost.money for role, cost in found.items() if cost.price})


@pytest.mark.parametrize(
    ("language", "currency", "written"),
    [
        ("en", "GBP", "£12,346"),
        ("de", "EUR", "12.346\xa0€"),
        ("en", "JPY", "¥12,346"),
        ("fr", "CHF", "12\u202f346\xa0CHF"),
    ],
)
def test_money_is_written_as_the_language_does(
    short: Handbook, language: str, currency: str, written: str
) -> None:
    labels = type(short.labels)(language, short.labels.words)

    assert written == labels.money(12345.6, currency)


# --- how many pairings, and what pages say -------------------------------------------------------

PAIRED = "".join(
    f"  - {{mentor: m{n}, mentee: l{n}, announce: 2027-01-29, "
    "confirmed: {mentor: 2027-01-20, mentee: 2027-01-22}}\n"
    for n in range(3)
)
PEOPLE_OF_IT = "people:\n" + "".join(
    f"  - {{id: m{n}, role: mentor}}\n  - {{id: l{n}, role: mentee}}\n" for n in range(3)
)


def texts_of(folder: Path, files: Mapping[str, str], day: date = date(2027, 2, 10)) -> dict[str, str]:
    """What is read on the three pages, tags left out."""
    write(folder, {**SHORT, **files})
    handbook, problems = load(folder)
    assert handbook is not None, problems
    rendered = pages.render(handbook, Build(day))
    return {
        page.path.rpartition("/kit/")[2]: " ".join(re.sub(r"<[^>]*>", " ", page.text).split())
        for page in rendered
        if "/kit/" in page.path
    }


def test_a_cohort_s_announced_pairings_count_before_planned_ones(tmp_path: Path) -> None:
    cohort = SHORT["programs/digital-fluency/2027-spring.yml"] + PEOPLE_OF_IT + "pairings:\n" + PAIRED
    files = {
        "programs/digital-fluency/program.yml": PROGRAM + "costs: {pairings: 12}\n",
        "programs/digital-fluency/2027-spring.yml": cohort,
    }
    write(tmp_path, {**SHORT, **files})
    handbook, _ = load(tmp_path)
    assert handbook is not None
    [program], [run] = handbook.programs, handbook.cohorts

    assert (3, "cohort") == pairings_to_count(program, run, date(2027, 2, 10))
    assert (12, "program") == pairings_to_count(program, run, date(2027, 1, 28)), (
        "They are not announced yet."
    )
    assert (12, "program") == pairings_to_count(program, None, date(2027, 2, 10))


def test_without_a_number_ten_is_an_example_and_called_one(tmp_path: Path) -> None:
    texts = texts_of(tmp_path, {})

    assert "sums are for 10 pairings, as an example" in texts["costs.md"]
    assert "The number is an example until it is planned." in texts["pitch.md"]


def test_pages_say_the_sums_and_change_with_the_program(tmp_path: Path) -> None:
    longer = PROGRAM.replace("minutes: 60", "minutes: 90")
    before, after = (
        texts_of(tmp_path / name, {"programs/digital-fluency/program.yml": text + RATES}, date(2026, 12, 10))
        for name, text in (("short", PROGRAM), ("long", longer))
    )
    for texts, text in ((before, PROGRAM), (after, longer)):
        said = raw(text + RATES)
        mentor, mentee = (counted(said, role, 12) for role in BOTH)
        worth = sum(
            counted(said, role, 12) * 12 / 480 * rate for role, rate in (("mentor", 300), ("mentee", 900.5))
        )
        everybody = sum(counted(said, role, 12) * (PEOPLE.get(role, 0) * 12 or 1) for role in ROLES)
        assert f"| **In all** | **{mentor}** | **{mentee}** |" in texts["costs.md"]
        for page in ("costs.md", "pitch.md"):
            assert f"is worth about £{round(worth, -2):,.0f}. Not in that sum: Coord" in texts[page]
            assert f"One cohort with 12 pairings takes about {round(everybody / 60)} hours" in texts[page]
        half_hours = [f"{round(one / 30) / 2:g} hours" for one in (mentor, mentee)]
        speech = "about {} for a mentor and {} for a mentee".format(*half_hours)
        assert speech in texts["briefings.md"]

    assert before["pitch.md"] != after["pitch.md"]


def test_a_sum_is_said_in_half_hours_and_a_large_one_in_whole_ones(short: Handbook) -> None:
    said = raw(PROGRAM)
    everybody = sum(counted(said, role, 10) * (PEOPLE.get(role, 0) * 10 or 1) for role in ROLES)

    assert f"{round(everybody / 60)} hours" == spoken(everybody, short.labels)


# --- the pitch and the speech ----------------------------------------------------------------------


def test_the_pitch_is_filled_from_the_program(tmp_path: Path) -> None:
    pitch = texts_of(tmp_path, {}, date(2026, 12, 10))["pitch.md"]

    for said in (
        "from Mon 1 February 2027 to",
        "Ask this sponsor to support it in public: Chief operating officer.",
        "| Directors who used an AI tool this week | 20% | 80% |",
        "Sign-up is open from Tue 1 December 2026 to Mon 11 January 2027.",
    ):
        assert said in pitch


def test_a_pitch_for_a_goal_without_numbers_says_so(tmp_path: Path) -> None:
    bare = {"programs/digital-fluency/program.yml": "title: A\nsummary: B\ngoals: [{title: C}]\n"}
    pitch = texts_of(tmp_path, bare, date(2026, 12, 10))["pitch.md"]

    assert "| C | Not settled yet | not known yet | not known yet |" in pitch
    assert "Name one of you as its sponsor" in pitch


def test_every_text_of_the_pitch_has_a_source_or_is_called_a_hope(tmp_path: Path) -> None:
    items = {name: one for name, one in ready("kit").items() if one.get("page") == "pitch"}
    pitch = texts_of(tmp_path, {})["pitch.md"]

    assert items
    for name, item in items.items():
        assert bool(item.get("source")) != bool(item.get("hope")), name
        assert item.get("source", "A hope: we know of no study that shows it.") in pitch


def test_the_sponsor_s_speech_takes_two_minutes(tmp_path: Path) -> None:
    text = texts_of(tmp_path, {})["briefings.md"]
    speech = text.partition("Fill the blank yourself.")[2].partition("## ")[0]

    assert 150 < len(re.findall(r"[\w’'-]+", speech)) <= 260


@pytest.mark.parametrize("name", ["briefing-line-managers", "briefing-mentees"])
def test_a_briefing_takes_ten_minutes(name: str) -> None:
    assert 10 == sum(step["minutes"] for step in ready("kit")[name]["agenda"])
