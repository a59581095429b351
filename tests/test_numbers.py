"""Numbers that are true: what is said of time comes from the sessions that there really are."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from handbook.contents.build import Build
from handbook.contents.kinds import PageSubject
from handbook.guidance.messages.announcement import Announcement
from handbook.guidance.messages.formats import FORMATS
from handbook.guidance.steps.hours import hours
from handbook.load.repository import load
from handbook.model.definitions.parts import Commitment, Range, amount
from handbook.model.handbook import Handbook
from handbook.pages.rendering import pages
from handbook.pages.rendering.context import PageContext
from tests.repository import Files, write

TITLE = "title: Odd\nsummary: Each meets as it suits.\ngoals: [{title: Meet}]\n"
# Each says a rhythm that its sessions do not keep.
COMMITMENT = "commitment: {sessions: 5, minutes: 50, every_weeks: 5}\n"
WEEKLY = f"""\
{TITLE}{COMMITMENT}sessions:
  - {{id: first-meeting, minutes: 30, week: 2}}
  - {{id: midpoint-review, minutes: 180, week: 3}}
  - {{id: closing, minutes: 90, week: 4}}
milestones: [{{id: kick-off, minutes: 40}}, {{id: celebration, minutes: 75}}, the-rest]
"""
WITHOUT_AGENDAS = f"""\
{TITLE}{COMMITMENT}sessions:
  - {{title: A walk, place: first}}
  - {{title: A visit, minutes: 70}}
  - {{title: A look back, place: midpoint, week: 20}}
  - {{title: A meal, place: closing}}
milestones: []
check_ins: []
training: [{{title: Shoes, minutes: 35}}]
forms:
  - {{title: A word, purpose: session, minutes: 3, for: [mentee], url: "https://forms.example/word"}}
  - {{id: end-survey, minutes: 12}}
"""
PLACES = {1: ", place: first", 25: ", place: midpoint", 48: ", place: closing"}
CALLS = (
    TITLE
    + COMMITMENT
    + "sessions:\n"
    + "".join(
        f"  - {{title: Call {n}, minutes: 15, week: {(n + 3) // 2}{PLACES.get(n, '')}}}\n"
        for n in range(1, 49)
    )
    + "forms: [{id: baseline, minutes: 9}]\ntraining: [what-it-is, {id: boundaries, before: call-3}]\n"
)
COHORT = """\
title: Spring 2027
start: 2027-02-01
people: [{id: mentor-1, role: mentor}, {id: mentee-1, role: mentee}]
pairings:
  - {mentor: mentor-1, mentee: mentee-1, announce: 2027-01-29,
     confirmed: {mentor: 2027-01-20, mentee: 2027-01-22}}
"""
# Another one of the weekly program, which pins its sessions, with people of its own.
PINNED = (
    COHORT.replace("Spring", "Autumn")
    .replace("start", "dates: {closing: 2027-03-31}\nstart")
    .replace("-1, ", "-2, ")
    .replace("mentee: mentee-1", "mentee: mentee-2")
)
FILES: Files = {
    "weekly": WEEKLY,
    "without-agendas": WITHOUT_AGENDAS,
    "calls": CALLS,
}


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Handbook:
    root = tmp_path_factory.mktemp("odd")
    programs = {f"programs/{name}/program.yml": text for name, text in FILES.items()}
    cohorts = {f"programs/{name}/2027-spring.yml": COHORT for name in FILES}
    titled = {
        name: text.replace("title: Odd", f"title: Odd {number}")
        for number, (name, text) in enumerate(programs.items())
    }
    write(root, {"programs/organisation.yml": "name: Small Steps\nsite: https://steps.example\n"})
    write(root, {**titled, **cohorts, "programs/weekly/2027-autumn.yml": PINNED})
    found, problems = load(root)
    assert found is not None, problems
    return found


def readable(markdown: str) -> str:
    """What a reader sees of a page, in one line; an agenda's steps are looked at by themselves.

    Nor does it hold how far off a day is, nor how long it takes to read (tests/test_reading.py counts that).
    """
    markdown = re.sub(r"(hb-must-read\"[^>]*>)\s*\*\*.*\*\*", r"\1", markdown)
    steps = re.sub(r'<span class="hb-agenda__minutes">.*?</span>|\bin \d+ weeks', "", markdown)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", steps)).split())


@pytest.fixture(scope="module")
def texts(handbook: Handbook) -> Mapping[str, str]:
    """Every page of the programs and every message, by path."""
    build = Build(date(2027, 2, 10), site="https://steps.example")
    found = {page.path: page.text for page in pages.render(handbook, build)}
    for cohort in handbook.cohorts:
        said = Announcement(handbook, build, cohort)
        for number, message in enumerate((said.for_all(), *said.for_each())):
            path = f"programs/{cohort.program.id}/{cohort.id}/announcement-{number}"
            found[path] = FORMATS["slack"](message)
    return {
        path: text
        for path, text in found.items()
        # tests/test_costs.py has the sums of these two.
        if path.startswith(tuple(f"programs/{name}/" for name in FILES))
        and not path.endswith(("/kit/costs.md", "/kit/pitch.md"))
    }


# --- every number in every text ------------------------------------------------------------------

PHRASE = re.compile(r"\d[\d.]*(?: to \d+)? (?:minute|hour|week|session|month|form)s?\b")
# The agreement's numbers, and how long the playbook's modules are.
ANYWHERE = "48 hours, 24 hours, 15 minutes, 20 minutes, 25 minutes, 30 minutes, 15 to 30 minutes"
# What else is true on the pages of each program: of its sessions; of what has a length; of sums.
TRUE = {
    "weekly": f"""{ANYWHERE}, 3 sessions, 30 to 180 minutes, 90 minutes, 180 minutes, 5 minutes, 10 minutes,
        40 minutes, 60 minutes, 75 minutes, 115 minutes, 175 minutes, 4 forms, 35 minutes, 135 minutes,
        160 minutes, 185 minutes, 195 minutes, 85 minutes, 12 hours, 11 hours, 9 hours, 2 hours, 2.5 hours,
        34 hours, 41 hours, 6.5 hours""",
    "without-agendas": """48 hours, 24 hours, 4 sessions, 50 to 70 minutes, 50 minutes, 70 minutes,
        5 to 13 weeks, 5 months, 35 minutes, 3 minutes, 12 minutes, 24 minutes, 1 form, 2 forms, 4.5 hours,
        30 minutes, 80 minutes, 34 hours, 36 hours, 6.5 hours""",
    "calls": f"""{ANYWHERE}, 48 sessions, 24 weeks, 5 months, 15 to 20 minutes, 35 minutes,
        60 minutes, 120 minutes, 200 minutes, 140 minutes, 180 minutes, 1 form, 9 minutes, 10 minutes,
        70 minutes, 115 minutes, 16 hours, 15 hours, 9 hours, 40 hours, 34 hours, 2 hours, 2.5 hours,
        6.5 hours""",
}
# In this cohort six weeks lie before the last session.
TRUE_OF_PINNED = "1 to 6 weeks"


def truth(path: str) -> set[str]:
    pinned = TRUE_OF_PINNED if "2027-autumn" in path else ""
    return {" ".join(phrase.split()) for phrase in f"{TRUE[path.split('/')[1]]},{pinned}".split(",")}


def test_no_page_and_no_message_says_a_false_number(texts: Mapping[str, str]) -> None:
    found = {path: set(PHRASE.findall(readable(text))) - truth(path) for path, text in texts.items()}

    assert {} == {path: phrases for path, phrases in found.items() if phrases}
    assert len(texts) > 150


@pytest.mark.parametrize(
    ("said", "places"),
    [
        ("3 sessions of 30 to 180 minutes, one every week", "weekly"),
        ("3 sessions of 30 to 180 minutes, one every 1 to 6 weeks", "weekly/2027-autumn"),
        ("4 sessions of 50 to 70 minutes, one every 5 to 13 weeks", "without-agendas"),
        ("48 sessions of 15 minutes within 24 weeks", "calls"),
    ],
)
def test_every_text_that_names_the_rhythm_names_the_true_one(
    texts: Mapping[str, str], said: str, places: str
) -> None:
    """Of a program on its own pages, of a cohort on its pages and in its messages."""
    saying = {path.removeprefix("programs/") for path, text in texts.items() if said in readable(text)}
    program = {"agreement.md", "kit.md", "questions.md", "taking-part.md", "roles/mentor.md"}
    pairing = "2-with-2" if "autumn" in places else "1-with-1"
    cohort = {"messages.md", f"pairings/{pairing}.md", "announcement-1"}

    if "/" in places:
        assert saying == {f"{places}/{name}" for name in cohort}
        assert not [path for path in saying if "one every week" in readable(texts[f"programs/{path}"])]
    else:
        assert saying >= {f"{places}/{name}" for name in program}
        assert saying >= {f"{places}/2027-spring/{name}" for name in cohort}


def test_own_templates_of_a_cohorts_pages_know_its_own_rhythm(handbook: Handbook) -> None:
    """Those of a program's pages know the program's."""
    build, program = Build(date(2027, 2, 10)), next(one for one in handbook.programs if one.id == "weekly")
    runs = (None, *handbook.cohorts_of(program))
    pages = [PageContext(handbook, build, "own.md", PageSubject(program=program, cohort=run)) for run in runs]
    known = {run.id if run else "": page.values() for run, page in zip(runs, pages, strict=True)}

    assert {"": 1, "2027-spring": 1, "2027-autumn": Range(1, 6)} == {
        name: names["commitment"].every_weeks for name, names in known.items()
    }


def test_each_agenda_takes_as_long_as_what_it_is_for(texts: Mapping[str, str]) -> None:
    """Those of the sessions, and the plans for kick-off and celebration."""
    plans = {
        path: [sum(map(int, re.findall(r"__minutes\">.*? · (\d+)", plan))) for plan in text.split("<ol ")[1:]]
        for path, text in texts.items()
    }
    weekly = {path.removeprefix("programs/weekly/"): sums for path, sums in plans.items() if sums}

    assert {"sessions/first-meeting.md": [30], "sessions/midpoint-review.md": [180]}.items() <= weekly.items()
    assert ([40], [75]) == (weekly["kit/running.md"], weekly["recognition.md"])


def test_agendas_are_promised_only_where_there_are_some(texts: Mapping[str, str]) -> None:
    promised = {
        name: "has an agenda" in readable(texts[f"programs/{name}/sessions/index.md"]) for name in FILES
    }

    assert {"weekly": True, "without-agendas": False, "calls": False} == promised


# --- the sum of hours ----------------------------------------------------------------------------


def given(handbook: Handbook, place: str, role: Any) -> list[str]:
    """The sum and its parts, for a program or a cohort of it."""
    program, _, cohort = place.partition("/")
    of = next(one for one in handbook.programs if one.id == program)
    run = [one for one in handbook.cohorts_of(of) if one.id == cohort]
    found = hours(run[0] if run else of, role, handbook.labels)
    return [found.time, *found.counted, *(f"? {title}" for title in found.uncounted)]


@pytest.mark.parametrize(
    ("place", "role", "parts"),
    [
        (
            "calls",
            "mentor",
            [
                "16 hours",
                "48 sessions of 15 minutes within 24 weeks",
                "15 minutes of training before the first session",
                "20 minutes of training later",
                "5 meetings and check-ins, 200 minutes in all",
                "1 form, 9 minutes",
            ],
        ),
        (
            "without-agendas",
            "mentee",  # answers the form of 3 minutes after each of 4 sessions
            [
                "4.5 hours",
                "4 sessions of 50 to 70 minutes, one every 5 to 13 weeks",
                "35 minutes of training before the first session",
                "2 forms, 24 minutes in all",
            ],
        ),
        ("without-agendas", "sponsor", ["6.5 hours", "9 steps of the launch plan, 6.5 hours"]),
        (
            "weekly",
            "line-manager",
            [
                "2 hours",
                "15 minutes of training before the first session",
                "2 meetings and check-ins, 85 minutes in all",
                "3 steps of the launch plan, 30 minutes",
            ],
        ),
    ],
)
def test_hours_are_the_sum_of_their_parts(
    handbook: Handbook, place: str, role: str, parts: list[str]
) -> None:
    assert parts == given(handbook, place, role)


def test_a_cohorts_hours_are_those_of_its_own_days(load_with: Any) -> None:
    """It ends before its last session, and its first one comes before the training for the kick-off."""
    program = (
        WEEKLY + "training: [{title: A, minutes: 15}, {title: B, minutes: 20, before: kick-off}]\nforms: []\n"
    )
    days = "end: 2027-02-19\ndates: {first-meeting: 2027-02-01, kick-off: 2027-02-16}\n"
    files = {"programs/weekly/program.yml": program, "programs/weekly/a.yml": "start: 2027-02-01\n" + days}
    found, _ = load_with({**files, "programs/digital-fluency/program.yml": TITLE.replace("Odd", "Even")})

    assert [
        "5 hours",
        "2 sessions of 30 to 180 minutes, one every 2 weeks",
        "15 minutes of training before the first session",
        "20 minutes of training later",
        "2 meetings and check-ins, 50 minutes in all",
    ] == given(found, "weekly/a", "mentee")


def test_hours_stand_in_guides_on_taking_part_and_in_the_line_managers_note(
    texts: Mapping[str, str],
) -> None:
    assert "[About 16 hours in all](../taking-part.md):\n" in texts["programs/calls/roles/mentor.md"]
    assert "As a mentor, about 16 hours in all:\n" in texts["programs/calls/taking-part.md"]
    guide = texts["programs/calls/roles/line-manager.md"]
    assert "about 16 hours as a mentor, or 15 hours as a mentee: see [how it adds up]" in guide
    note = texts["programs/calls/2027-spring/messages.md"]
    assert "- As a mentor, about 16 hours: 48 sessions of 15 minutes within 24 weeks; 15 minutes of" in note


# --- how numbers are written ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("weeks", "said"),
    [
        ([3, 6, 9], "3 sessions of 60 minutes, one every 3 weeks"),
        ([3, 4, 5], "3 sessions of 60 minutes, one every week"),
        ([9, 3, 4], "3 sessions of 60 minutes, one every 1 to 5 weeks"),
        ([-1, 3, 8], "3 sessions of 60 minutes, one every 4 to 5 weeks"),
        ([3, 3, 5], "3 sessions of 60 minutes within 3 weeks"),
        ([3, 3, 3], "3 sessions of 60 minutes within 1 week"),
        ([3], "1 session of 60 minutes"),
    ],
)
def test_a_rhythm_is_said_in_one_breath(short: Handbook, weeks: list[int], said: str) -> None:
    time = Commitment(6, 45, 4).measured([(week, 60) for week in weeks])

    assert said == short.labels.rhythm(time)


@pytest.mark.parametrize(
    ("weeks", "said"),
    [
        (1, "week"),
        (3, "3 weeks"),
        (Range(2, 4), "2 to 4 weeks"),
        (Range(0, 3), "3 weeks or sooner"),
        (Range(0, 1), "week or sooner"),
        (0, "few days"),
    ],
)
def test_every_is_followed_by_what_is_true(short: Handbook, weeks: int | Range, said: str) -> None:
    """An organisation's own texts say “every”, and what the filter `weeks` gives."""
    assert said == short.labels.every(weeks)


@pytest.mark.parametrize(
    ("numbers", "said"),
    [([60, 60], "60 minutes"), ([1], "1 minute"), ([90, 30, 180], "30 to 180 minutes")],
)
def test_several_lengths_are_one_amount(short: Handbook, numbers: list[int], said: str) -> None:
    assert said == short.labels.count("count.minutes", amount(numbers))


def test_an_own_text_that_names_minutes_and_weeks_stays_true(load_with: Any) -> None:
    """So do those in docs/templates/ that were written for one number; an amount is text, too."""
    own = "---\ntitle: Own\n---\n{{ commitment.minutes | minutes }} ({{ commitment.minutes }}) every "
    files = {
        "docs/templates/playbook/faq/own.md": own + "{{ program.commitment.every_weeks | weeks }}.\n",
        "programs/digital-fluency/program.yml": WEEKLY,
    }
    found, problems = load_with(files)
    assert found is not None, problems
    made = {page.path: page.text for page in pages.render(found, Build(date(2027, 2, 10)))}

    assert "30 to 180 minutes (30–180) every week." in made["programs/digital-fluency/questions.md"]
