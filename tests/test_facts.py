"""Facts as design: the agenda's bar, phases that fold, lists that are ticked, what stands on a long page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from bs4 import BeautifulSoup, Tag
from bs4.filter import SoupStrainer
from playwright.sync_api import Browser, Page, expect

from handbook.contents.build import Build
from handbook.contents.kinds import PAGES
from handbook.load.repository import load
from handbook.model.handbook import Handbook
from handbook.pages.rendering.pages import render_kinds
from handbook.pages.views.plan import guide_phase
from tests.repository import DAY, SHORT, Site, Sites, example, write

Serve = Callable[[Path], AbstractContextManager[str]]
FLUENCY = "programs/digital-fluency/"
MENTOR = f"{FLUENCY}roles/mentor/"
MOST_WORDS = 800
AROUND = ".hb-contents, .hb-example, .hb-foot, .hb-journey, .hb-back"  # what is not the guide's own


@cache
def handbook() -> Handbook:
    with TemporaryDirectory() as folder:
        write(Path(folder), example())
        found, problems = load(Path(folder))
    assert found is not None, problems
    return found


@cache
def pages(day: str = DAY, *kinds: str) -> Mapping[str, str]:
    """The example's pages of some kinds, or of all, as Markdown by their paths."""
    chosen = [kind for kind in PAGES if kind.name in kinds or not kinds]
    made, faults = render_kinds(handbook(), Build(date.fromisoformat(day), "participants"), chosen)
    assert not faults
    return {page.path: page.text for page in made}


# --- agendas --------------------------------------------------------------------------------------


def test_the_parts_of_an_agendas_bar_are_as_long_as_its_minutes() -> None:
    made = pages(DAY, "session")
    sessions = {
        f"programs/{program.id}/sessions/{session.id}.md": session
        for program in handbook().programs
        for session in (*program.sessions, *program.further)
        if session.agenda
    }
    drawn = {path: [*map(int, re.findall(r"flex-grow: (\d+)", made[path]))] for path in sessions}

    assert {path: [step.minutes for step in one.agenda] for path, one in sessions.items()} == drawn
    assert {path: one.minutes for path, one in sessions.items()} == {
        path: sum(parts) for path, parts in drawn.items()
    }
    assert len(drawn) > 10


def test_bar_and_list_have_the_same_numbers_and_each_step_says_when_it_begins() -> None:
    text = pages(DAY, "session")[f"{FLUENCY}sessions/prompt-lab.md"]
    bar = re.findall(r"<b>(\d+)</b>", text)
    steps = re.findall(
        r'agenda__number" aria-hidden="true">(\d+)<.*?agenda__minutes">Minute (\d+) · (\d+) ', text
    )
    minutes = [int(length) for _, _, length in steps]

    assert bar == [number for number, _, _ in steps] == [*"123456"]
    assert [int(begins) for _, begins, _ in steps] == [sum(minutes[:at]) for at in range(len(minutes))]


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_bar_can_be_read_at_every_width(
    chromium: Browser, serve_dir: Serve, built: Sites, width: int
) -> None:
    parts = """[...document.querySelectorAll(".hb-minutes__part")].map(part => [
        part.getBoundingClientRect().width, +part.style.flexGrow, part.querySelector("b").scrollWidth,
        getComputedStyle(part.querySelector("span")).display, part.querySelector("span").scrollWidth])"""
    page = chromium.new_page(viewport={"width": width, "height": 844})
    with serve_dir(built(example()).folder) as url:
        page.goto(f"{url}/{FLUENCY}sessions/prompt-lab/")
        drawn = page.evaluate(parts)
    page.close()

    whole = sum(wide for wide, *_ in drawn)
    assert all(abs(wide / whole - share / 60) < 0.03 for wide, share, *_ in drawn)
    assert all(number <= wide + 1 for wide, _, number, *_ in drawn)
    assert all(words <= wide + 1 for wide, *_, seen, words in drawn if seen != "none")
    assert any(seen != "none" for *_, seen, _ in drawn)


# --- phases of a role's guide ---------------------------------------------------------------------

PHASES = {
    "before": "Before the first session",
    "first_week": "The week of the kick-off",
    "during": "While it runs",
}
PHASES |= {"after": "At the end"}


@pytest.mark.parametrize(
    ("day", "now"),
    [
        ("2026-12-15", "before"),
        ("2027-02-03", "first_week"),
        ("2027-03-10", "during"),
        ("2027-06-08", "after"),
        ("2027-01-20", "before"),
    ],
)
def test_the_phase_of_the_day_is_open_and_marked(day: str, now: str) -> None:
    text = pages(day, "role")[f"{FLUENCY}roles/mentor.md"]
    folds = re.findall(r'<details class="hb-fold([^"]*)"( open)? markdown>.*?## ([^\n]+)', text, re.DOTALL)
    spring = next(one for one in handbook().cohorts_of(handbook().programs[0]) if one.id == "2027-spring")

    assert guide_phase(spring, date.fromisoformat(day)) == now
    assert [title for *_, title in folds] == [*PHASES.values()]
    assert [title for _, is_open, title in folds if is_open] == [PHASES[now]]
    assert [title for mark, _, title in folds if mark] == [PHASES[now]]
    assert 'class="hb-now">Now</span> Spring 2027' in text


@pytest.mark.parametrize("day", ["2027-06-25", "2029-01-10"])
def test_without_a_cohort_in_hand_every_phase_is_open(day: str) -> None:
    text = pages(day, "role")[f"{FLUENCY}roles/mentor.md"]

    assert text.count('<details class="hb-fold" open markdown>') == len(PHASES)
    assert "hb-now" not in text


@pytest.mark.site
def test_a_guide_comes_to_the_point(built: Sites) -> None:
    site = built(example())
    text = site.html(MENTOR)
    order = (
        'class="hb-step ',
        "hb-must-read",
        'class="hb-do"',
        'class="hb-fold',
        'id="when-it-gets-hard"',
        "hb-calendar",
    )
    places = [text.index(mark) for mark in order]

    assert places == sorted(places)
    for around in (seen := article(site, MENTOR)).select(AROUND):
        around.extract()
    assert len(re.findall(r"\w+", seen.get_text(" "))) <= MOST_WORDS


# --- what stands on a page ------------------------------------------------------------------------


def article(site: Site, page: str) -> Tag:
    only = SoupStrainer("article")
    found = BeautifulSoup(site.html(page), "html.parser", parse_only=only).select_one("article")
    assert found is not None
    return found


def of_headings(article: Tag) -> list[str]:
    return [f"#{heading['id']}" for heading in article.select("h2[id]")]


@pytest.mark.site
def test_long_pages_have_a_list_of_their_headings(built: Sites) -> None:
    site = built(example())
    without, other = [], []
    for page in filter(None, site.pages()):
        found = article(site, page)
        listed = [str(link["href"]) for link in found.select("details.hb-contents a")]
        if not found.select(".hb-contents") and len(of_headings(found)) > 3:
            without.append(page)
        if listed and listed != of_headings(found):
            other.append(page)

    assert [] == without
    assert [] == other


@pytest.mark.site
def test_a_hand_written_page_has_the_list_too(built: Sites) -> None:
    text = "# Ours\n\nHello.\n\n" + "".join(f"## Part {one} & more\n\nText.\n\n" for one in "abcd")
    site = built({**SHORT, "docs/ours.md": text, "docs/short.md": "# Short\n\n## One\n\n## Two\n"})
    listed = article(site, "ours/").select_one("h1 + details.hb-contents")

    assert listed is not None
    assert "On this page" == listed.select("summary")[0].get_text()
    assert ["Part a & more", "Part b & more"] == [link.get_text() for link in listed.select("a")][:2]
    assert not article(site, "short/").select(".hb-contents")


@pytest.mark.parametrize(("width", "seen"), [(390, True), (1280, False)])
def test_the_list_stands_where_there_is_no_column_for_it(
    chromium: Browser, serve_dir: Serve, built: Sites, width: int, seen: bool
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 844})
    with serve_dir(built(example()).folder) as url:
        page.goto(f"{url}/{FLUENCY}sessions/prompt-lab/")
        expect(page.locator("details.hb-contents")).to_be_visible(visible=seen)
        expect(page.locator(".hb-toc")).to_be_visible(visible=not seen)
    page.close()


def test_a_link_to_a_heading_that_is_folded_opens_it(
    chromium: Browser, serve_dir: Serve, built: Sites
) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    with serve_dir(built(example()).folder) as url:
        page.goto(f"{url}/{MENTOR}#at-the-end")
        expect(page.locator("details:has(#at-the-end)")).to_have_attribute("open", "")
        expect(page.locator("details:has(#before-the-first-session)")).not_to_have_attribute("open", "")
    page.close()


# --- checklists -----------------------------------------------------------------------------------

SESSION = f"{FLUENCY}sessions/prompt-lab/"


def test_ticks_are_kept_on_this_device_and_forgotten(
    chromium: Browser, serve_dir: Serve, built: Sites
) -> None:
    context = chromium.new_context()
    page, sent = context.new_page(), list[str]()
    with serve_dir(built(example()).folder) as url:
        page.goto(f"{url}/{SESSION}")
        page.on("request", lambda request: sent.append(request.url))
        before, told = page.locator(".hb-checklist").first, page.locator(".hb-ticks [role=status]").first
        expect(told).to_have_text("0 of 3 done")
        before.get_by_label("sign in to the approved assistant").check()
        expect(told).to_have_text("1 of 3 done")
        kept = page.evaluate(
            "Object.entries(localStorage).filter(([key]) => key.startsWith('handbook-ticks'))"
        )
        page.reload()
        expect(before.get_by_label("sign in to the approved assistant")).to_be_checked()
        expect(page.locator(".hb-checklist input:checked")).to_have_count(1)
        page.goto(f"{url}/{FLUENCY}sessions/first-meeting/")
        expect(page.locator(".hb-checklist input:checked")).to_have_count(0)
        page.goto(f"{url}/{SESSION}")
        page.get_by_role("button", name="Clear all ticks on this device").first.click()
        expect(told).to_have_text("All ticks are cleared.")
        left = page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('handbook-ticks'))")
    context.close()

    ((key, value),) = kept
    assert key == "handbook-ticks /"
    assert [len(numbers) for numbers in json.loads(value).values()] == [1]
    assert "approved" not in value  # no words are kept
    assert left == []
    assert all(address.startswith(url) for address in sent)


@pytest.mark.parametrize(
    "broken",
    [
        "Storage.prototype.setItem = () => { throw new Error('refused'); }",
        "localStorage.setItem('handbook-ticks /', '[[')",
        "localStorage.setItem('handbook-ticks /', 'null')",
    ],
)
def test_what_keeps_nothing_breaks_nothing(
    chromium: Browser, serve_dir: Serve, built: Sites, broken: str
) -> None:
    context = chromium.new_context()
    context.add_init_script(broken)
    page, faults = context.new_page(), list[str]()
    page.on("pageerror", lambda error: faults.append(str(error)))
    with serve_dir(built(example()).folder) as url:
        page.goto(f"{url}/{SESSION}")
        page.locator(".hb-checklist input").first.check()
        expect(page.locator(".hb-ticks [role=status]").first).to_have_text("1 of 3 done")
    context.close()

    assert faults == []


def test_without_a_script_a_checklist_looks_like_a_list(
    chromium: Browser, serve_dir: Serve, built: Sites
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    with serve_dir(built(example()).folder) as url:
        page.goto(f"{url}/{SESSION}")
        expect(page.locator(".hb-checklist li").first).to_be_visible()
        boxes, marks = page.locator(".hb-checklist input").count(), style(page, "", "listStyleType")
        page.emulate_media(media="print")
        on_paper = style(page, "::before", "width")
    context.close()

    assert (boxes, marks) == (0, "disc")
    assert on_paper != "auto"  # a box to tick by pen


def style(page: Page, part: str, name: str) -> str:
    """One value of the style of the first item, where no script of the page may run."""
    return str(
        page.locator(".hb-checklist li").first.evaluate(f"item => getComputedStyle(item, '{part}').{name}")
    )


def test_a_session_leads_to_ones_own_pairing(chromium: Browser, serve_dir: Serve, built: Sites) -> None:
    context = chromium.new_context()
    page = context.new_page()
    with serve_dir(built(example()).folder) as url:
        page.goto(f"{url}/{SESSION}")
        line = page.locator("[data-me-mine]")
        expect(line).to_be_hidden()
        pairing = str(line.get_attribute("data-pairings")).split()[0]
        me = f"digital-fluency/2027-spring/mentor/{pairing}"
        page.evaluate("me => localStorage.setItem('handbook-me /', me)", me)
        page.reload()
        line.get_by_role("link").click()
        expect(page).to_have_url(f"{url}/{FLUENCY}2027-spring/pairings/{pairing}/")
    context.close()


# --- themes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("page", "kind"), [("questions", "faq"), ("decisions", "decisions")])
def test_every_text_stands_under_its_theme(page: str, kind: str) -> None:
    text = pages(DAY, page)[f"{FLUENCY}{page}.md"]
    titles = [str(item.title) for item in handbook().programs[0].items[kind]]
    places = re.findall(r"(?:<summary>|### )(.*?)(?: <span|</summary>| \{ #|$)", text, re.MULTILINE)

    assert not {item.id for item in handbook().playbook.kind(kind) if not item["theme"]}
    assert len(titles) == sum(
        places.count(title.replace("?", "&#63;")) or places.count(title) for title in titles
    )
    assert "Other questions" not in text
