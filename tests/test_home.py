"""The first page, who meets whom, the portrait of two, and what is drawn, as a phone shows them."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from handbook.contents.build import Build
from handbook.pages.rendering import pages
from tests.conftest import Loaded
from tests.repository import COHORT, DAY, SHORT, Files, Sites, example
from tests.test_browser import opened
from tests.test_pairing_pages import (
    BO_AND_LEE,
    FIRST,
    LATER,
    MANY,
    NINE_AND_LEE,
    PAIRINGS,
    RUN,
    YES,
    ZOE_AND_KIM,
    filtered,
    rendered,
    with_pairings,
)

Serve = Callable[[Path], AbstractContextManager[str]]
Load = Callable[[Files], Loaded]
ROLES = ("mentor", "mentee", "coordinator", "sponsor", "line-manager")
# Mentors' names out of order, a third of them with marks, and some without consent.
FIRST_NAMES = ("Zoë", "Émile", "Adaeze", "Łukasz", "Wanjirũ", "Ben", "Øyvind", "Chidi", "Ana", "Iris")
LAST_NAMES = (
    "Marsh",
    "Ålund",
    "Quist",
    "Ćosić",
    "Field",
    "Okafor-Williams",
    "Wróbel",
    "Ito",
    "Duarte",
    "Ngata",
)
UNITS = ("Data", "Care", "Finance", "Estates", "Pharmacy", "People", "Nursing", "Outpatients")


def of_hundred(number: int) -> str:
    """Who somebody of a hundred is called."""
    return f"{FIRST_NAMES[number % 10]} {LAST_NAMES[number // 10]}"


def people(role: str, letter: str) -> str:
    lines = (
        f"  - {{id: {letter}{number}, name: {of_hundred(number)}, role: {role}, "
        f"unit: {UNITS[(number * 3 + len(role)) % 8]}, "
        f"consent: {'participants' if number % 25 == 7 else 'public'}}}\n"
        for number in range(100)
    )
    return "".join(lines)


SINCE = f"{YES}, announce: 2027-01-29"
AI = f"topics: [ai-tools], {SINCE}"
HUNDRED = {
    **SHORT,
    "programs/organisation.yml": "name: Small Steps\nrepository: private\n",
    f"{RUN[:-1]}.yml": f"{COHORT}people:\n{people('mentor', 'm')}{people('mentee', 'e')}pairings:\n"
    + "".join(f"  - {{mentor: m{number}, mentee: e{(number * 7) % 100}, {AI}}}\n" for number in range(100)),
}
TOP = "one => one.getBoundingClientRect().top + scrollY"


def tops(page: Page, *selectors: str) -> list[float]:
    """How far from the top of the page the first that is seen of each stands, in px."""
    return [page.locator(selector).filter(visible=True).first.evaluate(TOP) for selector in selectors]


def listed(load_with: Load, files: Files) -> str:
    """The list of pairings as Markdown."""
    handbook, problems = load_with(files)
    assert handbook is not None, problems
    made = pages.render(handbook, Build(date.fromisoformat(DAY), "public"))
    return unescape(next(one.text for one in made if one.kind.name == "cohort/pairings"))


# --- the first page -------------------------------------------------------------------------------


def test_a_phone_shows_the_doors_and_the_next_dates_on_the_first_screen_and_a_half(
    chromium: Browser, serve_dir: Serve, built: Sites
) -> None:
    with serve_dir(built(example()).folder) as url, opened(chromium) as page:
        page.goto(f"{url}/")
        name, *doors, date, programs, ask = tops(
            page,
            "h1",
            *(f".hb-door--{role}" for role in ROLES),
            ".hb-row",
            ".hb-card--program",
            ".hb-contact",
        )
        end = page.locator(".hb-row").nth(0).evaluate(f"one => ({TOP})(one) + one.offsetHeight")

    assert name < doors[0] < doors[-1] < date < programs < ask
    assert doors[0] < 844
    assert end < 1.5 * 844


def test_whom_this_device_remembers_sees_their_step_before_all_else(
    chromium: Browser, serve_dir: Serve, built: Sites
) -> None:
    with serve_dir(built(example()).folder) as url, opened(chromium, use="a step first") as page:
        page.goto(f"{url}/")
        page.evaluate("localStorage.setItem('handbook-me /', 'digital-fluency/2027-spring/mentee')")
        page.reload()
        step, name = tops(page, "[data-me-here] .hb-step .md-button", "h1")
        expect(page.locator(".hb-hero .hb-drawn")).to_be_hidden()
        page.evaluate("localStorage.clear()")

    assert step < 844
    assert step < name


def test_a_door_says_what_is_next_where_one_cohort_alone_is_acted_in(built: Sites) -> None:
    one, two = (built(files).html("").split("hb-me__ask")[0] for files in (SHORT, example()))

    assert re.search(
        r'hb-door--mentee"(?:(?!</div>).)*hb-door__step">[^<]+<span class="hb-door__day">', one, re.S
    )
    assert "hb-door__step" not in two


@pytest.mark.parametrize(("day", "primary"), [("2026-12-15", True), (DAY, False)])
def test_take_part_is_a_button_only_while_people_may_sign_up(built: Sites, day: str, primary: bool) -> None:
    hero = built(SHORT, day).html("").split('class="hb-hero"')[1].split("hb-doors")[0]

    assert primary == ("md-button--primary" in hero)
    assert "Take part" in hero


def test_those_whom_one_asks_stand_in_a_list(chromium: Browser, serve_dir: Serve, built: Sites) -> None:
    with serve_dir(built(example()).folder) as url, opened(chromium) as page:
        page.goto(f"{url}/")
        lines = page.locator(".hb-contact")
        height = page.locator(".hb-contacts").bounding_box() or {"height": 9999}
        expect(lines.first.get_by_role("link")).to_have_attribute("href", re.compile("^mailto:"))

    assert height["height"] < 0.85 * 844


def test_the_least_program_has_a_whole_first_page(chromium: Browser, serve_dir: Serve, built: Sites) -> None:
    bare = {name: text for name, text in SHORT.items() if not name.endswith("2027-spring.yml")}
    with serve_dir(built(bare).folder) as url, opened(chromium) as page:
        page.goto(f"{url}/")
        assert len(ROLES) == page.locator(".hb-door a:visible").count()
        expect(page.locator(".hb-me__ask")).to_have_count(0)
        expect(page.locator(".hb-door__step")).to_have_count(0)


# --- who meets whom -------------------------------------------------------------------------------


def test_the_first_names_stand_on_the_first_screen(chromium: Browser, serve_dir: Serve, built: Sites) -> None:
    with serve_dir(built(MANY).folder) as url, opened(chromium) as page:
        page.goto(f"{url}/{PAIRINGS}")

        assert tops(page, ".hb-pairing strong")[0] < 600


@pytest.mark.long
def test_a_hundred_pairings_are_rows_in_order_of_plain_letters(
    chromium: Browser, serve_dir: Serve, built: Sites
) -> None:
    site = built(HUNDRED)
    with serve_dir(site.folder) as url, opened(chromium) as page:
        page.goto(f"{url}/{PAIRINGS}")
        assert tops(page, ".hb-pairing strong")[0] < 600
        mentors = page.locator(".hb-pairing strong:nth-of-type(1)").evaluate_all(
            "all => all.map(one => one.textContent)"
        )[::2]
        phone = page.evaluate("document.body.scrollHeight")
        words = page.get_by_label("Name or word")
        words.fill("emile COSIC chidi ALUND")
        assert ["Émile Ćosić & Chidi Ålund"] == filtered(page)
        took = page.evaluate(
            """() => { const box = document.querySelector("[name=words]"), began = performance.now();
              for (const word of ["a", "an", "ana", "", "zoe"]) {
                box.value = word; box.dispatchEvent(new Event("input", {bubbles: true}));
                document.body.offsetHeight;
              }
              return (performance.now() - began) / 5; }"""
        )
        words.fill("")
    with serve_dir(site.folder) as url, opened(chromium, "desk") as page:
        page.goto(f"{url}/{PAIRINGS}")
        heights = page.locator(".hb-pairing--row").evaluate_all("all => all.map(one => one.offsetHeight)")

    assert 100 == len(mentors)
    assert ["Adaeze", "Ana", "Ben"] == sorted({name.split()[0] for name in mentors[:28]})[:3]
    assert "Adaeze Ålund" == mentors[0]
    assert mentors[-1].startswith("Mentor ")  # whose name is not shown tells nothing by its place
    assert phone < 12 * 844
    assert took < 60
    assert sorted(heights)[50] < 52  # one line each
    assert len(gzip.compress(site.html(PAIRINGS).encode())) < 20_000


def threes(number: int) -> Files:
    """So many pairings of three mentors, the last two without a name to show, with three mentees."""
    mentors = ("zoe", "bo", "mentor-9")
    two = (f"mentor: {mentors[n % 3]}, mentee: x{n // 3}, {SINCE}" for n in range(number))
    more = "".join(f"  - {{id: x{n}, name: X {n}, role: mentee, consent: public}}\n" for n in range(3))
    return {path: text.replace("people:\n", f"people:\n{more}") for path, text in with_pairings(*two).items()}


@pytest.mark.parametrize(("number", "rows"), [(8, False), (9, True)])
def test_few_pairings_are_cards_and_many_are_rows(load_with: Load, number: int, rows: bool) -> None:
    page = listed(load_with, threes(number))

    assert rows == ("hb-pairing--row" in page)
    # Bo, without consent here, does not come first: whose name is not shown has no place in the alphabet.
    assert page.index("Zoë") < page.rindex("Zoë") < page.index("Mentor 2") < page.index("Mentor 9")


# --- the portrait of two --------------------------------------------------------------------------


def portrait(page: Page) -> list[str]:
    return page.locator(".hb-portrait__name").all_inner_texts()


def test_the_portrait_names_two_people_in_large_letters(
    chromium: Browser, serve_dir: Serve, built: Sites
) -> None:
    site = built(with_pairings(ZOE_AND_KIM, BO_AND_LEE, NINE_AND_LEE, LATER))
    with serve_dir(site.folder) as url:
        for size in ("phone", "desk"):
            with opened(chromium, size) as page:
                page.goto(f"{url}/{FIRST}")
                assert ["Zoë Ålund", "Kim Field"] == portrait(page)
                assert (
                    page.locator(".hb-portrait__name").first.evaluate(
                        "one => parseFloat(getComputedStyle(one).fontSize)"
                    )
                    >= 26
                )
                mentor, mentee = (
                    page.locator(f".hb-portrait__side--{role}").evaluate(TOP) for role in ROLES[:2]
                )
                assert mentee < mentor  # the line rises
                assert tops(page, ".hb-portrait__name")[0] < 400
                page.goto(f"{url}/{PAIRINGS}9-with-2/")
                assert ["Mentor 9", "Lee Marsh"] == portrait(page)
                assert 1 == page.locator(".hb-portrait__unit").count()


STATES = {
    "1-with-1": (f"mentor: zoe, mentee: kim, {SINCE}, completed: 2027-03-05", "You have reached the end."),
    "1-with-2": (f"mentor: zoe, mentee: lee, {SINCE}, paused: 2027-03-01", "You have nothing to do for now."),
    "2-with-1": (f"mentor: bo, mentee: kim, {SINCE}", "Meet your mentee"),
    "2-with-2": (f"mentor: bo, mentee: lee, {YES}, announce: 2027-03-08", "at your own pace"),
    "9-with-1": (f"mentor: mentor-9, mentee: kim, {YES}, announce: 2027-03-09", "First message"),
}
STILL = {"1-with-1", "1-with-2"}


def test_every_state_has_its_portrait_and_its_words(load_with: Load) -> None:
    """Done, paused, running, late, and just announced with an alias."""
    files = with_pairings(*(pairing for pairing, _ in STATES.values()))
    found = rendered(load_with, files, audience="participants")

    for name, (_, said) in STATES.items():
        page = found[f"{PAIRINGS}{name}/"]
        assert page.index("hb-portrait__name") < page.index(said), name
        assert ("hb-portrait--still" in page) == (name in STILL), name


# --- what is drawn --------------------------------------------------------------------------------

DRAWN = {
    "": ".hb-hero",
    FIRST: ".hb-portrait",
    "guide/": ".hb-figure",
    "guide/why/": ".hb-figure",
    "programs/digital-fluency/safety/": ".hb-figure",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_drawing_has_words_beside_it_and_is_read_to_nobody(
    chromium: Browser, serve_dir: Serve, built: Sites, scheme: str
) -> None:
    site = built(MANY)
    [power] = [page for page in site.pages() if page.endswith("training/power-and-safety/")]
    with serve_dir(site.folder) as url, opened(chromium, "phone", scheme) as page:
        for address, place in {**DRAWN, power: ".hb-figure"}.items():
            page.goto(f"{url}/{address}")
            drawn = page.locator(f"{place} svg:visible")
            assert drawn.count(), address
            for one in drawn.all():
                assert one.get_attribute("aria-hidden") == "true"
                assert not (one.text_content() or "").strip()
                box = one.bounding_box()
                assert box is not None, address
                assert 0 <= box["x"] < box["x"] + 10 < box["x"] + box["width"] <= 390, address
            assert len(page.locator(place).first.inner_text()) > 15, address


def test_drawings_are_made_of_parts_and_name_no_colour(built: Sites) -> None:
    html = built(MANY).html("")

    assert not re.search(r"<svg class=\"hb-ill[^>]*>(?:(?!</svg>).)*(?:fill|stroke)=", html, re.S)
    assert 'class="hb-ill__disc"' in html
    assert 'class="hb-ill__ring"' in html


def test_of_many_cohorts_the_first_page_holds_no_cards(load_with: Load) -> None:
    files = {
        f"programs/digital-fluency/run-{number}.yml": f"start: 2027-03-{number:02}\n"
        for number in range(1, 14)
    }
    cards = []
    for some in (SHORT, {**SHORT, **files}):
        handbook, problems = load_with(some)
        assert handbook is not None, problems
        made = pages.render(handbook, Build(date.fromisoformat(DAY), "public"))
        cards.append(next(one.text for one in made if one.path == "index.md").count("data-now="))

    assert [5, 1] == cards


@pytest.mark.long
@pytest.mark.browser
def test_of_many_cohorts_a_known_reader_is_led_to_their_own_page(
    chromium: Browser, serve_dir: Serve, built: Sites
) -> None:
    runs = {
        f"programs/digital-fluency/run-{number}.yml": f"start: 2027-03-{number:02}\n"
        for number in range(1, 14)
    }
    with serve_dir(built({**SHORT, **runs}).folder) as url, opened(chromium, "phone") as page:
        page.goto(f"{url}/")
        page.evaluate("localStorage.setItem('handbook-me /', 'digital-fluency/run-3/mentor')")
        page.reload()
        page.locator(".hb-me__page").click()

        assert page.url == f"{url}/programs/digital-fluency/roles/mentor/"
