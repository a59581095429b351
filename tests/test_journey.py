"""The way of a cohort as it is drawn, menus that know the reader, and what people read around a page."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from handbook.contents.build import Build
from handbook.contents.kinds import BY_NAME
from handbook.load.repository import load
from handbook.model import timeline
from handbook.model.definitions.program import ROLES
from handbook.model.handbook import Handbook
from handbook.pages.rendering import pages
from handbook.pages.views import VIEWS
from handbook.pages.website.navigation import Entry, Menu
from handbook.pages.website.website import Website
from tests import year
from tests.repository import PROGRAM, SHORT, Files, write
from tests.test_year import PLACES

BASE = "programs/digital-fluency/"
COHORT_AT = f"{BASE}2027-spring.yml"
WORDS = {"past": "done", "now": "now"}
KINDS = {"sign-up", "announcement", "session", "milestone", "end"}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("journey")


@cache
def handbook_of(root: Path, name: str) -> Handbook:
    write(root / name, {**PLACES, **OTHERS}[name])
    handbook, problems = load(root / name)
    assert handbook is not None, problems
    return handbook


def with_lines(cohort: str = "", commitment: str = "sessions: 6") -> Files:
    """Twelve lines, with another line of the cohort or another number of sessions."""
    program = PROGRAM.replace("sessions: 6", commitment)
    return {**SHORT, f"{BASE}program.yml": program, COHORT_AT: SHORT[COHORT_AT] + cohort}


OTHERS: dict[str, Files] = {
    "cancelled": with_lines("cancelled: 2027-02-10\n"),
    "postponed": with_lines("postponed: 2027-02-10\n"),
    "one": with_lines("end: 2027-02-12\n"),
    "many": with_lines(commitment="sessions: 48"),
    "early-end": with_lines("end: 2027-03-03\n"),
    "no-dates": {name: text for name, text in SHORT.items() if name != COHORT_AT},
}


# --- the journey ----------------------------------------------------------------------------------


@pytest.mark.parametrize("place", [*PLACES, *OTHERS])
def test_every_stop_lies_and_stands_as_the_timeline_has_it(place: str, root: Path) -> None:
    for cohort in handbook_of(root, place).cohorts:
        events = [event for event in timeline.until_the_end(cohort) if event.kind in KINDS]
        first, last = min(event.day for event in events), timeline.last_day(cohort)
        for day in year.days(cohort):
            for roles in (ROLES, ("mentor",), ("line-manager",)):
                journey = VIEWS.journey(cohort, day, roles)
                assert (journey is not None) == timeline.holds(cohort, day)
                if journey is None:
                    continue
                wanted = [event for event in events if set(roles) & set(event.roles)]
                assert [stop.event for stop in journey.stops] == wanted
                ahead = [event.day for event in wanted if timeline.state(event, day) == "coming"]
                for stop in journey.stops:
                    stands = WORDS.get(timeline.state(stop.event, day)) or (
                        "next" if stop.event.day == min(ahead) else "coming"
                    )
                    assert stop.stands == ("done" if day > last else stands)
                    along = (stop.event.day - first).days / (last - first).days
                    assert stop.at == pytest.approx(100 * along, abs=0.01)
                    assert stop.at <= stop.ends <= 100
                assert journey.stops[-1].at == 100
                assert (journey.today is None) == (not first <= day <= last)


def made(handbook: Handbook, day: str, *names: str) -> dict[str, str]:
    kinds = [BY_NAME[name] for name in names]
    rendered, problems = pages.render_kinds(handbook, Build(date.fromisoformat(day)), kinds)
    assert not problems
    return {page.path.removeprefix(BASE): page.text for page in rendered}


def journeys(text: str) -> list[str]:
    return re.findall(r'<div class="hb-journey" .*?</details>', text, re.S)


def test_the_words_of_a_journey_are_those_of_its_stops(root: Path) -> None:
    handbook, day = handbook_of(root, "short"), "2027-03-03"
    [text] = journeys(made(handbook, day, "cohort")["2027-spring/index.md"])
    journey = VIEWS.journey(handbook.cohorts[0], date.fromisoformat(day))

    items = re.findall(r'<li class="hb-journey__item--(\w+)">(.*?), ', text)
    assert [stop.stands for stop in journey.stops] == [stands for stands, _ in items]
    for stands in ("now", "next"):
        titles = [str(stop.event.title) for stop in journey.stops if stop.stands == stands]
        said = text.partition(f"hb-journey__word--{stands}")[2].partition("</p>")[0]
        assert titles == re.findall(r"\[(.*?)\]\(", said)
    assert 'aria-hidden="true"' in text.partition("<svg")[2].partition(">")[0]


def test_a_page_marks_its_own_stop(root: Path) -> None:
    text = made(handbook_of(root, "short"), "2027-03-03", "session")

    for name, kept in (("closing", 1), ("learning-in-public", 0)):
        assert kept == text[f"sessions/{name}.md"].count('class="hb-journey__here"')
        assert kept == text[f"sessions/{name}.md"].count("<strong>this page</strong>")


@pytest.mark.parametrize(
    ("place", "day", "drawn"),
    [
        ("short", "2026-10-01", 1),
        ("short", "2027-12-01", 1),
        ("cancelled", "2027-02-09", 1),
        ("cancelled", "2027-02-10", 0),
        ("postponed", "2027-02-10", 0),
        ("no-dates", "2027-02-10", 0),
        ("one", "2027-02-10", 1),
        ("many", "2027-02-10", 1),
    ],
)
def test_no_journey_is_drawn_where_no_days_hold(place: str, day: str, drawn: int, root: Path) -> None:
    text = made(handbook_of(root, place), day, "overview", "sessions", "kit", "role", "cohort")

    for path in ("index.md", "sessions/index.md", "kit.md", "roles/mentor.md", "2027-spring/index.md"):
        assert drawn == len(journeys(text.get(path, ""))) or place == "no-dates", path
    assert ("All done." in text["index.md"]) == (day == "2027-12-01")


@pytest.mark.parametrize(
    ("day", "button", "leads"),
    [
        ("2026-10-01", "How to take part", "taking-part.md"),
        ("2026-12-20", "Sign up", "taking-part.md"),
        ("2027-03-03", "See all dates", "2027-spring/index.md#dates"),
        ("2027-12-01", "How to take part", "taking-part.md"),
    ],
)
def test_the_one_button_of_an_overview_is_what_comes_next(
    day: str, button: str, leads: str, root: Path
) -> None:
    text = made(handbook_of(root, "short"), day, "overview")["index.md"]

    assert [(button, leads)] == re.findall(r"\[([^\]]*)\]\(([^)]*)\){ \.md-button \.md-button--primary", text)


def test_a_plan_is_open_at_the_phase_in_which_the_next_step_is(root: Path) -> None:
    for place, day, phase, folds in (
        ("short", "2027-03-03", "While pairings meet", 3),
        ("no-dates", "2027-03-03", "Before sign-up opens", 5),
    ):
        text = made(handbook_of(root, place), day, "kit")["kit.md"]
        [opened] = re.findall(r'hb-phase" open markdown>\s*<summary>([^<]*?) <', text)
        assert phase == opened
        assert text.count('class="hb-question hb-phase"') == folds


# --- menus ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sites(root: Path) -> dict[str, Website]:
    """One program alone, and two beside each other."""
    return {
        "short": Website(handbook_of(root, "short"), Build(date(2027, 3, 3)), {}, ()),
        "example": Website(handbook_of(root, "example"), Build(date(2027, 3, 10)), {}, ()),
    }


def paths(entries: tuple[Entry, ...]) -> Iterator[str]:
    for entry in entries:
        yield from filter(None, [entry.path])
        yield from paths(entry.children)


def kit_of(site: Website, program: str) -> set[str]:
    return {p.path for p in site.pages.values() if p.section == "kit" and p.path.startswith(program)}


def program_of(path: str) -> str:
    found = re.match("programs/[^/]+/", path)
    return found[0] if found else ""


@pytest.mark.parametrize("name", ["short", "example"])
def test_readers_see_the_rooms_of_their_own_program_alone(name: str, sites: dict[str, Website]) -> None:
    site = sites[name]
    menu = site.menu([])
    kits = {one: kit_of(site, one) for one in {*map(program_of, site.pages)} - {""}}
    for path in site.pages:
        shown = [*paths(menu.sidebar(path))]
        assert len(shown) == len({*shown}), path
        if program := program_of(path):
            assert {program, ""} >= {*map(program_of, shown)}
            if path in kits[program]:
                assert {*shown} == {"index.md", f"{program}index.md", *kits[program]}
            else:
                assert [f"{program}roles/coordinator.md"] == [one for one in shown if one in kits[program]]
                assert f"{program}taking-part.md" in shown


def test_one_program_alone_has_no_level(sites: dict[str, Website]) -> None:
    menu = sites["short"].menu([])

    titles = [str(entry.title) for entry in menu.sidebar("guide/why.md")]
    assert titles[:4] == ["Home", "Digital fluency", "Your role", "Spring 2027"]
    assert titles[-1] == "The guide"
    assert titles == [str(entry.title) for entry in menu.sidebar(f"{BASE}safety.md")]


# --- before and after -----------------------------------------------------------------------------


def walk(menu: Menu, first: str) -> list[str]:
    """From a page onwards; whoever goes back comes the same way, but for the pages of roles."""
    way = [first]
    while following := menu.around[way[-1]][1]:
        assert following not in way
        assert menu.around[following][0] == way[-1] or "/roles/" in way[-1]
        way.append(following)
    return way


def test_sessions_training_and_the_kit_are_read_in_their_order(sites: dict[str, Website]) -> None:
    site = sites["short"]
    menu, [program] = site.menu([]), site.handbook.programs

    sessions = [f"{BASE}sessions/{one.id}.md" for one in (*program.sessions, *program.further)]
    assert [f"{BASE}sessions/index.md", *sessions] == walk(menu, f"{BASE}sessions/index.md")
    modules = [f"guide/training/{module.id}.md" for module in program.training]
    prepare = [f"{BASE}taking-part.md", f"{BASE}training/index.md", *modules]
    assert [f"{BASE}roles/mentor.md", *prepare] == walk(menu, f"{BASE}roles/mentor.md")
    assert {*walk(menu, f"{BASE}roles/coordinator.md")} == kit_of(site, BASE)
    assert menu.around[f"{BASE}roles/sponsor.md"] == (f"{BASE}index.md", "")


@pytest.mark.parametrize("name", ["short", "example"])
def test_nobody_is_led_into_another_program_or_the_kit(name: str, sites: dict[str, Website]) -> None:
    site = sites[name]
    menu = site.menu([])
    for path, around in menu.around.items():
        program = program_of(path)
        for other in filter(None, around):
            there = program_of(other)
            assert program == there or len(site.handbook.programs) == 1
            assert (site.pages[path].section == "kit") == (site.pages[other].section == "kit")


# --- names ----------------------------------------------------------------------------------------

_SMALL = {"the", "a", "an", "and", "of", "to", "for", "in", "it", "your", "what", "how", "we", "is"}


def stems(title: str) -> frozenset[str]:
    words = re.findall(r"[\w-]+", title.lower().replace("’s", ""))
    return frozenset(re.sub("(ies|s)$", "", word) for word in words if word not in _SMALL)


def alike(one: str, other: str) -> bool:
    """Whether two titles have the same words, or two thirds of them."""
    mine, theirs = stems(one), stems(other)
    return 3 * len(mine & theirs) >= 2 * len(mine | theirs)


def test_no_two_pages_of_a_program_have_nearly_one_name(sites: dict[str, Website]) -> None:
    for site in sites.values():
        for program in site.handbook.programs:
            mine = [page for page in site.pages.values() if page.subject.program is program]
            mine = [page for page in mine if page.kind.listed and page.subject.cohort is None]
            modules = [one.title for one in program.training if not one.item.changed]
            pairs = combinations([*map(str, modules), *(str(page.title) for page in mine)], 2)
            assert [] == [pair for pair in pairs if alike(*pair)]


def test_names_that_are_nearly_one_are_told() -> None:
    assert alike("Forms and feedback", "Feedback and forms")
    assert alike("Questions", "The question")
    assert not alike("Questions and answers", "Question bank")
