"""The built sites in a real headless Chromium: what they request, show, cut off, and never run."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Locator, Page, expect

from tests.repository import COHORT, DAY, PROGRAM, SHORT, Files, Site, Sites, example

Serve = Callable[[Path], AbstractContextManager[str]]

expect.set_options(timeout=30_000)  # a loaded machine is slow, and slow is no fault
ROLES = ("mentor", "mentee", "coordinator", "sponsor", "line-manager")
SIZES = {"phone": (390, 844), "desk": (1280, 900)}
SCHEMES = ("light", "dark")
FLUENCY = "programs/digital-fluency/"


@cache
def window(chromium: Browser, size: str, scheme: str, use: str) -> BrowserContext:
    """A window of a size, in a colour scheme, that stays open for all tests with the same use for it."""
    width, height = SIZES[size]
    return chromium.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,  # type: ignore[arg-type]
    )


@contextmanager
def opened(
    chromium: Browser, size: str = "phone", scheme: str = "light", use: str = "looking"
) -> Iterator[Page]:
    """A new page of a window; dialogs and console errors fail the test.

    What a test changes in the window, and not in the page alone, it has another `use` for.
    """
    page = window(chromium, size, scheme, use).new_page()
    faults: list[str] = []
    page.on("dialog", lambda dialog: dismissed(dialog, faults))
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on(
        "console", lambda said: faults.append(f"{page.url}: {said.text}") if said.type == "error" else None
    )
    try:
        yield page
        assert faults == []
    finally:
        page.close()


def dismissed(dialog: Dialog, faults: list[str]) -> None:
    """Close a dialog, and note that there was one."""
    faults.append(f"dialog: {dialog.message}")
    dialog.dismiss()


def search(page: Page, words: str) -> Locator:
    """Open the search unless it is, type, and give what it found."""
    if not page.locator("dialog.hb-search").is_visible():
        page.keyboard.press("/")
    page.fill(".hb-search__input", words)
    asked = json.dumps(words, ensure_ascii=False)
    page.wait_for_selector(f".hb-search__hits[data-asked={asked}]", state="attached")
    return page.locator(".hb-search__hit")


# --- what pages request ---------------------------------------------------------------------------


@pytest.mark.parametrize("half", [0, 1], ids=["every second page", "the pages between"])
def test_no_page_requests_anything_from_another_host(
    chromium: Browser, serve_dir: Serve, built: Sites, half: int
) -> None:
    """Every page of the shipped example, with its scripts run; nothing in the console is an error."""
    site = built(example())
    pages = site.pages()[half::2]
    requested: set[str] = set()

    with serve_dir(site.folder) as url, opened(chromium, "desk") as page:
        page.on("request", lambda request: requested.add(request.url))
        for path in pages:
            page.goto(f"{url}/{path}", wait_until="load")
        expect(search(page, "mentor").first).to_be_attached()

    assert len(pages) > 40
    assert {f"{url}/{path}" for path in pages} <= requested
    assert {one for one in requested if not one.startswith((f"{url}/", "data:", "blob:"))} == set()


# --- text stays text ------------------------------------------------------------------------------

TITLE = "{{ 1/0 }} <script>alert(1)</script>"
BREAKING = "</title><script>alert(2)</script>"
STEP = {"minutes": 60, "text": BREAKING}
HOSTILE: Files = SHORT | {
    "programs/organisation.yml": json.dumps(
        {
            "name": f"Org {BREAKING}",
            "contacts": [{"purpose": "program", "label": f"Ask {BREAKING}", "address": "a@b.example"}],
        }
    ),
    "programs/digital-fluency/program.yml": json.dumps(
        {
            "title": TITLE,
            "summary": f"Findthissummary {BREAKING} [x](javascript:alert(3)) <img src=x onerror=alert(4)>",
            "why": f"Because {BREAKING} [x](javascript:alert(5)) <img src=x onerror=alert(6)>",
            "goals": [{"title": f"Goal {BREAKING} {{: onclick=alert(7) }}"}],
            "commitment": {"sessions": 4},
            "sessions": [{"id": "own", "title": f"Session {BREAKING}", "agenda": [STEP]}],
            "forms": [{"id": "own-form", "title": f"Form {BREAKING}", "url": "https://forms.example/'\"><script>"}],
        }
    ),
    "programs/digital-fluency/2027-spring.yml": json.dumps(
        {
            "title": f"Cohort {BREAKING}",
            "start": "2027-02-01",
            "people": [
                {"id": "one", "name": f"Person {BREAKING}", "role": "mentor", "consent": "public"},
                {"id": "two", "name": TITLE, "role": "mentee", "consent": "public"},
            ],
            "pairings": [
                {
                    "mentor": "one",
                    "mentee": "two",
                    "confirmed": {"mentor": "2027-01-20", "mentee": "2027-01-20"},
                    "announce": "2027-01-29",
                }
            ],
        }
    ),
}  # fmt: skip
WHERE = {
    "programs/digital-fluency/": TITLE,
    "programs/digital-fluency/sessions/own/": f"Session {BREAKING}",
    "programs/digital-fluency/2027-spring/": f"Cohort {BREAKING}",
}


def test_hostile_texts_make_no_script(built: Sites) -> None:
    """No page has a script, a handler or a link that was written in YAML."""
    site = built(HOSTILE)
    for page in site.pages():
        look = site.look(page)
        assert [script for script in look.scripts if "alert(" in script] == [], page
        assert [link for link in look.addresses if link.startswith(("javascript:", "data:"))] == [], page
        assert "<img src=x" not in site.html(page)
        assert " onclick=" not in site.html(page)


@pytest.mark.parametrize(("path", "title"), WHERE.items())
def test_hostile_titles_appear_as_that_very_text(
    chromium: Browser, serve_dir: Serve, built: Sites, path: str, title: str
) -> None:
    """In heading, navigation and browser's title."""
    with serve_dir(built(HOSTILE).folder) as url, opened(chromium, "desk") as page:
        page.goto(f"{url}/{path}")

        assert page.locator("h1").evaluate("h => h.firstChild.textContent") == title
        assert title in page.title()
        site = f"Reverse mentoring at Org {BREAKING}"  # left out of a title that would be cut off
        assert page.title().endswith(site if site in page.title() else title)
        assert title in [
            text.strip() for text in page.locator(".hb-menu :is(a, summary, span)").all_text_contents()
        ]


def test_hostile_texts_appear_on_pages(chromium: Browser, serve_dir: Serve, built: Sites) -> None:
    """Goal, form, person, contact and organisation."""
    where = {
        "": [f"Reverse mentoring at Org {BREAKING}", f"Ask {BREAKING}", TITLE],
        FLUENCY: [f"Goal {BREAKING} {{: onclick=alert(7) }}"],
        f"{FLUENCY}feedback/": [f"Form {BREAKING}"],
        f"{FLUENCY}2027-spring/pairings/": [f"Person {BREAKING}", TITLE],
        f"{FLUENCY}sessions/own/": [BREAKING],
    }
    with serve_dir(built(HOSTILE).folder) as url, opened(chromium) as page:
        for path, texts in where.items():
            page.goto(f"{url}/{path}")
            shown = page.locator("article").inner_text()
            assert [text for text in texts if text not in shown] == [], path


@pytest.mark.parametrize("query", ["Findthissummary", TITLE])
def test_hostile_titles_appear_in_search_results(
    chromium: Browser, serve_dir: Serve, built: Sites, query: str
) -> None:
    with serve_dir(built(HOSTILE).folder) as url, opened(chromium, "desk") as page:
        page.goto(f"{url}/")
        search(page, query)
        found = page.locator(".hb-search__title")
        expect(found.filter(has_text=TITLE).first).to_be_visible()

        assert TITLE in found.all_text_contents()


# --- two taps to the next step --------------------------------------------------------------------

SMALL = SHORT | {"programs/digital-fluency/program.yml": PROGRAM.replace("sessions: 6", "sessions: 3")}
WITHOUT_COHORT = {name: text for name, text in SMALL.items() if text != COHORT}
STATES = {
    "no-cohort": (WITHOUT_COHORT, DAY),
    "planned": (SMALL, "2026-11-16"),
    "sign-up": (SMALL, "2026-12-10"),
    "matching": (SMALL, "2027-01-18"),
    "running": (SMALL, DAY),
    "finished": (SMALL, "2027-09-01"),
}  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_two_taps_lead_each_role_to_its_next_step(
    chromium: Browser, serve_dir: Serve, built: Sites, state: str
) -> None:
    """On a phone, from home: what to do, by when, where, and whom to ask."""
    files, day = STATES[state]
    site = built(files, day)
    with serve_dir(site.folder) as url, opened(chromium) as page:
        for role in ROLES:
            page.goto(f"{url}/")
            page.locator(f".hb-door--{role} a").click()
            guide = f"programs/digital-fluency/roles/{role}/"  # of the only program
            page.wait_for_url(f"**/{guide}")
            step = page.locator(".hb-step").first
            expect(step.locator(".hb-step__what")).to_be_visible()
            expect(step.locator(".hb-step__ask")).to_have_count(0 if role == "coordinator" else 1)
            if state == "no-cohort":
                continue
            link = step.locator("a.md-button").get_attribute("href") or ""
            assert leads_somewhere(site, guide, link), link
            expect(step.locator(".hb-step__when").first).to_contain_text("202")


# From home on a phone, in two taps: the days of a year on which something else counts.
DAYS = (
    "2026-11-15", "2026-12-15", "2027-01-20", "2027-01-29", "2027-02-08",
    "2027-03-10", "2027-04-21", "2027-06-02", "2027-07-20",
)  # fmt: skip
ALWAYS = (
    "pairings/",
    "feedback/#links",
    "sessions/",
    "training/",
    "agreement/",
    "safety/",
    "questions/",
    "dates",
)
MORE = {
    "mentor": ("calendar-mentor.ics", "/digital-fluency/sessions/.+/"),
    "mentee": ("calendar-mentee.ics", "/digital-fluency/sessions/.+/"),
    "coordinator": ("kit/", "messages/", "calendar-coordinator.ics"),
    "sponsor": ("#goals", "calendar-sponsor.ics"),
    "line-manager": ("calendar-line-manager.ics",),
}
# What stands on the card of mentors and mentees on these days, by the end of its address.
OPEN_FORMS = {
    "2026-12-15": "forms.example/northwind/sign-up",
    "2027-02-08": "forms.example/northwind/start",
    "2027-04-21": "forms.example/northwind/midpoint",
    "2027-06-02": "forms.example/northwind/end",
}
EXAMPLE_DAYS = [pytest.param(day, marks=() if day == DAY else pytest.mark.long) for day in DAYS]


@cache
def touching(chromium: Browser) -> BrowserContext:
    return chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True)


def tapped(link: Locator) -> None:
    link.tap()


def typed(link: Locator) -> None:
    """Reach a link by the keyboard alone, and press Enter."""
    page = link.page
    for _ in range(80):
        page.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            page.keyboard.press("Enter")
            return
    raise AssertionError("The keyboard does not reach it.")


@pytest.mark.parametrize("day", EXAMPLE_DAYS)
@pytest.mark.parametrize("way", [tapped, typed])
def test_two_taps_lead_from_home_to_all_that_a_step_names(
    chromium: Browser, serve_dir: Serve, built: Sites, day: str, way: Callable[[Locator], None]
) -> None:
    site = built(example(), day)
    with serve_dir(site.folder) as url:
        page = touching(chromium).new_page()
        for role in ROLES:
            page.goto(f"{url}/")
            way(page.locator(f".hb-door--{role} a"))
            page.wait_for_url(f"**/for/{role}/")
            links = page.locator(".hb-step a, .hb-ways a").evaluate_all("all => all.map(one => one.href)")
            running = "2027-08" if day > "2027-06-16" else "digital-fluency"
            wanted = (*ALWAYS, *MORE[role]) if running == "digital-fluency" else ()
            assert [] == [end for end in wanted if not any(re.search(f"{end}$", link) for link in links)], (
                role
            )
            if role in ("mentor", "mentee"):
                form = OPEN_FORMS.get(day, "")
                assert any(form in link for link in links)
                assert (day >= "2027-01-29") == any(
                    re.search(r"/2027-spring/pairings/\d-with-\d/$", link) for link in links
                )
            assert role == "coordinator" or page.locator(".hb-step__ask a").count()
            action = page.locator(".hb-step a.md-button--primary").first
            target = action.get_attribute("href") or ""
            assert leads_somewhere(site, f"for/{role}/", target), target
            if not urlsplit(target).scheme:
                way(action)
                expect(page.locator("h1")).to_be_visible()
                assert page.url.split("#")[0].removeprefix(f"{url}/") in site.pages()
        page.close()


def test_this_device_remembers_who_somebody_is_until_they_say_otherwise(
    chromium: Browser, serve_dir: Serve, built: Sites
) -> None:
    with serve_dir(built(example()).folder) as url, opened(chromium, use="remembering") as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{url}/")
        page.get_by_text("Show my next step first").click()
        page.locator("[name=role]").select_option("mentee")
        page.locator("[name=cohort]").select_option("digital-fluency/2027-spring")
        page.wait_for_load_state("networkidle")
        before = len(asked)
        page.locator("[data-me-form] button").click()
        mine = page.locator("[data-me-here]")
        expect(mine).to_contain_text("You are a mentee in Digital fluency, Spring 2027.")
        assert before == len(asked)

        page.goto(f"{url}/{FLUENCY}2027-spring/pairings/1-with-1/")
        button = page.get_by_role("button", name="I am the mentee of this pairing")
        button.click()
        expect(page.get_by_role("button", name="Forget it on this device")).to_be_visible()
        page.goto(f"{url}/")
        mine.get_by_role("link", name="Your pairing").click()
        page.wait_for_url("**/pairings/1-with-1/")
        assert {urlsplit(url).netloc} == {urlsplit(one).netloc for one in asked}
        page.goto(f"{url}/{FLUENCY}roles/mentee/")
        buttons = page.locator("button[data-me^='digital-fluency/2027-spring/']")
        expect(buttons).to_have_text("Forget it on this device")  # not: remember it without the pairing

        page.goto(f"{url}/for/mentee/")
        expect(page.get_by_role("button", name="Forget it on this device")).to_have_count(1)

        page.goto(f"{url}/")
        change = mine.get_by_role("button", name="Change or forget")
        change.click()
        expect(mine).to_be_hidden()
        expect(page.locator("[name=role]")).to_be_focused()
        expect(page.locator("[data-me-form] [role=status]")).to_have_text(re.compile("Forgotten"))
        for role in ("sponsor", "mentee"):
            page.locator("[name=role]").select_option(role)
            page.locator("[data-me-form] button").click()
            expect(change).to_be_focused()
            change.click()
        page.reload()
        expect(page.locator(".hb-me__ask")).to_be_visible()
        assert "{}" == page.evaluate(
            "JSON.stringify(Object.fromEntries(Object.entries(localStorage).filter("
            "([key]) => key.startsWith('handbook'))))"
        )


def test_what_a_device_remembers_and_is_no_more_is_not_shown(
    chromium: Browser, serve_dir: Serve, built: Sites
) -> None:
    with serve_dir(built(example()).folder) as url, opened(chromium, use="forgetting") as page:
        page.goto(f"{url}/")
        for gone in (
            "digital-fluency/2019-spring/mentor",
            "digital-fluency/2027-spring/mentor/99-with-99",
            '"]x',
        ):
            page.evaluate("said => localStorage.setItem('handbook-me /', said)", gone)
            page.reload()
            expect(page.locator("[data-me-here]")).to_be_visible(visible="99" in gone)
            expect(page.get_by_role("link", name="Your pairing")).to_have_count(0)
            page.evaluate("localStorage.clear()")


def test_home_is_whole_where_nothing_can_be_kept(chromium: Browser, serve_dir: Serve, built: Sites) -> None:
    with serve_dir(built(example()).folder) as url:
        context = chromium.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{url}/")
        assert ROLES == tuple(role for role in ROLES if page.locator(f".hb-door--{role} a").is_visible())
        assert not page.locator("[data-now]").filter(visible=True).count()
        assert not page.locator(".hb-me__ask").is_visible()
        context.close()


def leads_somewhere(site: Site, page: str, link: str) -> bool:
    if urlsplit(link).scheme:
        return link.startswith("https://forms.example/")
    return urlsplit(urljoin(f"/{page}", link)).path.removeprefix("/") in site.pages()


def test_home_shows_each_state_in_words(built: Sites) -> None:
    """The state stands on the program's card as a word, not as a colour alone."""
    words = {"planned": "Planned", "sign-up": "Sign-up open", "matching": "Matching", "running": "Running",
             "finished": "Finished", "no-cohort": "No dates yet"}  # fmt: skip

    shown = {
        state: "".join(re.findall('<span class="hb-state .*?">(.*?)</span>', built(files, day).html("")))
        for state, (files, day) in STATES.items()
    }
    assert {state: [word for word in words.values() if word in shown[state]] for state in STATES} == {
        state: [word] for state, word in words.items()
    }


# --- how pages look -------------------------------------------------------------------------------

LAID_OUT = {
    "home": "",
    "role guide": f"{FLUENCY}roles/mentor/",
    "session": f"{FLUENCY}sessions/prompt-lab/",
    "cohort": f"{FLUENCY}2027-spring/",
    "pairings": f"{FLUENCY}2027-spring/pairings/",
    "pairing": f"{FLUENCY}2027-spring/pairings/1-with-1/",
    "overview": FLUENCY,
    "results": f"{FLUENCY}2026-spring/results/",
    "messages": f"{FLUENCY}2027-spring/messages/",
    "kit": f"{FLUENCY}kit/",
    "question bank": f"{FLUENCY}survey/",
    "sheet": f"{FLUENCY}sheets/session-log/",
    "certificate": f"{FLUENCY}sheets/certificate/",
    "taking part": f"{FLUENCY}taking-part/",
}
# Elements that are wider than they show, and texts outside the window or cut by a box round them.
OVERFLOWING = """() => {
  const found = [], wide = document.documentElement.clientWidth;
  const name = element => element.tagName.toLowerCase() + "." + [...element.classList].join(".");
  const scrolls = element => element.closest("table[tabindex='0'], .hb-scroll, pre"
    + ", .md-sidebar, .hb-hidden");
  const whole = document.documentElement.scrollWidth;
  if (whole > wide) found.push("the page: " + whole);
  for (const element of document.querySelectorAll(".md-content *, .md-header *, .md-footer *")) {
    // What a wide table sticks out of the article is scrolled inside the table's own frame.
    if (scrolls(element) || element.matches(".md-content__inner")) continue;
    if (!element.clientWidth || !element.checkVisibility({opacityProperty: true})) continue;
    if (element.scrollWidth > element.clientWidth + 1 && !element.closest(".md-header__title"))
      found.push(name(element) + ": " + element.scrollWidth + " in " + element.clientWidth);
  }
  const texts = document.createTreeWalker(document.querySelector(".md-content"), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode, parent = node.parentElement;
    if (!node.data.trim() || scrolls(parent) || !parent.checkVisibility({opacityProperty: true})) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width < 2) continue;
      if (box.left < -1 || box.right > wide + 1) found.push("outside: " + node.data.trim());
      for (let around = parent; around && around !== document.body; around = around.parentElement) {
        const style = getComputedStyle(around), edge = around.getBoundingClientRect();
        const beside = box.right > edge.right + 1 || box.left < edge.left - 1;
        const below = box.bottom > edge.bottom + 2 || box.top < edge.top - 2;
        if (style.overflowX !== "visible" && beside || style.overflowY === "hidden" && below)
          found.push("cut by " + name(around) + ": " + node.data.trim());
      }
    }
  }
  return [...new Set(found)];
}"""
# How light an element is, with a colour on it or without, and the contrast of two such, as WCAG counts it.
LIGHT = """
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  canvas.canvas.width = canvas.canvas.height = 1;
  const painted = (element, colour) => {
    const chain = [];
    for (let one = element; one; one = one.parentElement) chain.unshift(one);
    canvas.globalAlpha = 1; canvas.fillStyle = "white"; canvas.fillRect(0, 0, 1, 1);
    let opacity = 1;
    for (const one of chain) {
      const style = getComputedStyle(one);
      opacity *= Number(style.opacity);
      canvas.globalAlpha = opacity; canvas.fillStyle = style.backgroundColor; canvas.fillRect(0, 0, 1, 1);
    }
    if (colour) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
    const parts = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map(part => part / 255)
      .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const contrast = (...both) => {
    const [dark, light] = both.sort((a, b) => a - b);
    return Math.round(100 * (light + 0.05) / (dark + 0.05)) / 100;
  };
"""
# The contrast of each drawn thing to what it is drawn on, of colours as mixed.
FAINT = f"""selector => {{{LIGHT}
  const ink = element => element.matches("svg *") ? getComputedStyle(element).stroke : undefined;
  return [...document.querySelectorAll(selector)].map(
    element => [element.getAttribute("class"),
                contrast(painted(element, ink(element)), painted(element.parentElement))]);
}}"""
# The contrasts of a button's sign to the button, and of its frame to what is round it.
PALE = f"""button => {{{LIGHT}
  const frame = getComputedStyle(button);
  return [contrast(painted(button), painted(button, frame.color)),
          contrast(painted(button.parentElement), painted(button.parentElement, frame.borderTopColor))];
}}"""
DRAWN = ".hb-journey__stop, .hb-journey__gone, .hb-meter__actual, .hb-meter__baseline, .hb-meter__target"


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", SIZES)
def test_nothing_overflows_and_nothing_is_cut(
    chromium: Browser, serve_dir: Serve, built: Sites, size: str, scheme: str
) -> None:
    found: dict[str, list[str]] = {}
    with serve_dir(built(example()).folder) as url, opened(chromium, size, scheme) as page:
        for name, path in LAID_OUT.items():
            page.goto(f"{url}/{path}")
            assert page.locator("body").get_attribute("data-md-color-scheme") == {"dark": "slate"}.get(
                scheme, "default"
            )
            found[name] = page.evaluate(OVERFLOWING)

    assert found == {name: [] for name in LAID_OUT}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_drawings_stand_out_in_both_schemes(
    chromium: Browser, serve_dir: Serve, built: Sites, scheme: str
) -> None:
    """Whatever is drawn has a contrast of 3:1 to what it is drawn on."""
    seen: dict[str, float] = {}
    with serve_dir(built(example()).folder) as url, opened(chromium, "desk", scheme) as page:
        for name in ("cohort", "overview", "results"):
            page.goto(f"{url}/{LAID_OUT[name]}")
            seen |= {what: contrast for what, contrast in page.evaluate(FAINT, DRAWN)}

    assert len(seen) >= 8
    assert {what: contrast for what, contrast in seen.items() if contrast < 3} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_copy_buttons_stand_out_in_both_schemes(
    chromium: Browser, serve_dir: Serve, built: Sites, scheme: str
) -> None:
    """Word and frame alike, and each is large enough for a thumb."""
    with serve_dir(built(example()).folder) as url, opened(chromium, "phone", scheme) as page:
        page.goto(f"{url}/{LAID_OUT['messages']}")
        button = page.locator(".hb-message .hb-copy").first
        expect(button).to_be_visible()
        contrasts, box = button.evaluate(PALE), button.bounding_box()

    assert min(contrasts) >= 4.5
    assert box is not None
    assert min(box["width"], box["height"]) >= 44


# --- the day of the build, and paper --------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "shown"), [("2027-03-10T12:00:00Z", 0), ("2027-03-13T23:00:00Z", 0), ("2027-03-14T01:00:00Z", 1)]
)
def test_a_page_older_than_three_days_says_so(
    chromium: Browser, serve_dir: Serve, built: Sites, now: str, shown: int
) -> None:
    with serve_dir(built(SHORT).folder) as url, opened(chromium, use=now) as page:
        page.clock.set_fixed_time(now)
        page.goto(f"{url}/")

        note = page.locator(".hb-stale")
        expect(note).to_have_count(shown)
        assert ["more than three days ago" in text for text in note.all_inner_texts()] == [True] * shown
        expect(page.locator(".hb-built")).to_contain_text("Wed 10 March 2027")


def test_on_paper_every_answer_is_open(chromium: Browser, serve_dir: Serve, built: Sites) -> None:
    answers = (
        "[...document.querySelectorAll('.hb-question')].map(one => one.lastElementChild.checkVisibility())"
    )
    with serve_dir(built(SHORT).folder) as url, opened(chromium) as page:
        page.goto(f"{url}/programs/digital-fluency/questions/")
        on_screen = page.evaluate(answers)
        page.emulate_media(media="print")
        on_paper = page.evaluate(answers)

    assert len(on_screen) > 5
    assert not any(on_screen)
    assert all(on_paper)


SHEETS = ("about-me", "goal-sheet", "session-log", "reflection", "action-plan", "story", "certificate")


def test_every_sheet_prints_on_one_page(chromium: Browser, serve_dir: Serve, built: Sites) -> None:
    site = built(example())
    with serve_dir(site.folder) as url, opened(chromium) as page:
        numbers = {}
        for name in SHEETS:
            page.goto(f"{url}/{FLUENCY}sheets/{name}/")
            for paper in ("A4", "Letter"):
                numbers[name, paper] = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper)))

    assert numbers == {(name, paper): 1 for name in SHEETS for paper in ("A4", "Letter")}


def test_on_paper_a_sheet_stands_alone(chromium: Browser, serve_dir: Serve, built: Sites) -> None:
    with serve_dir(built(example()).folder) as url, opened(chromium) as page:
        page.goto(f"{url}/{FLUENCY}sheets/certificate/")
        page.emulate_media(media="print")

        expect(page.locator(".hb-sheet h1")).to_be_visible()
        expect(page.locator("h1")).to_have_count(1)
        for other in (".hb-screen", ".hb-foot", ".hb-crumb", ".hb-example", ".md-header"):
            expect(page.locator(other).first).to_be_hidden()
        page.goto(f"{url}/{FLUENCY}sheets/session-log/")
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator(".hb-blank-table")).to_be_visible()
        expect(page.locator(".hb-message")).to_be_hidden()


def test_a_sheet_is_copied_as_lines_to_fill_in(chromium: Browser, serve_dir: Serve, built: Sites) -> None:
    with serve_dir(built(example()).folder) as url, opened(chromium, use="copying") as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        copied = {}
        for name in ("goal-sheet", "session-log"):
            page.goto(f"{url}/{FLUENCY}sheets/{name}/")
            page.get_by_text("The sheet as text").click()
            page.get_by_role("button", name="Copy the sheet").click()
            copied[name] = page.evaluate("navigator.clipboard.readText()")

    assert copied["goal-sheet"].startswith(
        "Goal sheet\nDigital fluency – Northwind Health\n\nOur goal:\nWho does what, and how often? "
    )
    assert len(re.findall(r"\n\n[A-Z][^\n]*:\n[A-Z]", copied["goal-sheet"])) == 7
    assert copied["session-log"].startswith(
        "Session log\nDigital fluency – Northwind Health\n\nSession 1\nDate:\nWhat we did:\n"
    )
    assert copied["session-log"].count("\n\nSession ") == 6


def test_a_message_is_copied_as_plain_text(chromium: Browser, serve_dir: Serve, built: Sites) -> None:
    with serve_dir(built(example()).folder) as url, opened(chromium, use="copying") as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(f"{url}/{FLUENCY}2027-spring/messages/")
        message = page.locator("#message-invitation ~ .hb-message").first
        copied = []
        for button in message.get_by_role("button").all():
            button.click()
            copied.append(page.evaluate("navigator.clipboard.readText()"))

    [subject, text] = copied
    assert subject == "Digital fluency: would you like to take part?"
    assert text.startswith("Hello,\n\nNorthwind Health is looking for people")
    assert text.rstrip().endswith("Reverse mentoring team, mentoring@northwind.example")


def test_each_copy_button_says_what_it_copies(chromium: Browser, serve_dir: Serve, built: Sites) -> None:
    """And what came of it is said as well as shown."""
    with serve_dir(built(example()).folder) as url, opened(chromium, use="copying") as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(f"{url}/{FLUENCY}2027-spring/messages/")
        page.get_by_role("button", name="Copy the message: Invitation to sign up").click()
        expect(page.get_by_role("status").filter(has_text="Copied")).to_be_attached()
        expect(page.locator(".hb-copy").filter(has_text="Copied")).to_be_visible()
        buttons = page.locator(".hb-message .hb-copy")
        names = buttons.evaluate_all("all => all.map(one => [one.ariaLabel, one.title])")

    assert len(names) == 2 * 17
    assert len({label for label, _ in names}) == len(names)
    assert [title for label, title in names if not label or title != label] == []
