"""The frame round each page: by keyboard, enlarged, pasted, at no page, from a folder."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, BrowserContext, Page, expect

from handbook.contents.build import Build
from handbook.load.files import Files as Reader
from handbook.load.readers.settings import config_problems
from handbook.model.handbook import Handbook
from handbook.pages.website.frame import pictures
from tests.repository import DAY, SHORT, Site, Sites, example
from tests.test_browser import FLUENCY, opened

Serve = Callable[[Path], AbstractContextManager[str]]

ABOUT = """\
# About us

We are a hospital with four wards.

## How we work

| one | two |
| --- | --- |
| 1 | 2 |

=== "First"

    ```python
    print("ward")
    ```

=== "Second"

    Of two.
"""
ADDED = """\
nav: [{About us: about.md}]
markdown_extensions: {pymdownx.superfences: {}, pymdownx.tabbed: {alternate_style: true}}
"""


BY_HAND = SHORT | {"mkdocs.yml": SHORT["mkdocs.yml"] + ADDED, "docs/about.md": ABOUT}


KINDS = {
    "home": "",
    "door": "for/mentor/",
    "guide": "guide/",
    "text": "guide/why/",
    "evidence": "guide/evidence/",
    "programs": "programs/",
    "overview": FLUENCY,
    "role": f"{FLUENCY}roles/mentor/",
    "training": f"{FLUENCY}training/",
    "module": f"{FLUENCY}training/ai-policy/",
    "sessions": f"{FLUENCY}sessions/",
    "session": f"{FLUENCY}sessions/first-meeting/",
    "sheet": f"{FLUENCY}sheets/goal-sheet/",
    "certificate": f"{FLUENCY}sheets/certificate/",
    "agreement": f"{FLUENCY}agreement/",
    "safety": f"{FLUENCY}safety/",
    "decisions": f"{FLUENCY}decisions/",
    "privacy": f"{FLUENCY}privacy/",
    "feedback": f"{FLUENCY}feedback/",
    "questions": f"{FLUENCY}questions/",
    "taking part": f"{FLUENCY}taking-part/",
    "cohort": f"{FLUENCY}2027-spring/",
    "pairings": f"{FLUENCY}2027-spring/pairings/",
    "pairing": f"{FLUENCY}2027-spring/pairings/1-with-1/",
    "results": f"{FLUENCY}2026-spring/results/",
    "messages": f"{FLUENCY}2027-spring/messages/",
    "kit": f"{FLUENCY}kit/",
    "costs": f"{FLUENCY}kit/costs/",
    "risks": f"{FLUENCY}kit/risks/",
    "pitch": f"{FLUENCY}kit/pitch/",
    "survey": f"{FLUENCY}survey/",
    "sign-up form": f"{FLUENCY}sign-up-form/",
    "by hand": "about/",
    "no page": "404.html",
}
# 390 px, and a window of 1280 by 1024 enlarged four times.
SMALL = {"phone": (390, 844), "enlarged": (320, 256)}


def site_of(kind: str, built: Sites) -> Site:
    """The example, or one with a page that somebody wrote by hand."""
    return built(BY_HAND if kind == "by hand" else example())


FOCUSED = (
    "() => (document.activeElement.getAttribute('aria-label') || document.activeElement.innerText).trim()"
)

INSIDE = f"""(around) => [document.querySelector(around).contains(document.activeElement)
    && document.activeElement.checkVisibility(), ({FOCUSED})()]"""


@cache
def small(chromium: Browser, size: str) -> BrowserContext:
    width, height = SMALL[size]
    return chromium.new_context(viewport={"width": width, "height": height})


@contextmanager
def looked_at(chromium: Browser, size: str) -> Iterator[Page]:
    page = small(chromium, size).new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    assert faults == []
    page.close()


def reach(page: Page, name: str) -> None:
    """Press Tab until what has the focus is called so."""
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == name:
            return
    raise AssertionError(f"The keyboard does not reach “{name}”.")


# --- by keyboard ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "size"),
    [("session", "enlarged"), ("by hand", "phone"), pytest.param("session", "phone", marks=pytest.mark.long)],
)
def test_the_menu_opens_holds_the_focus_and_gives_it_back(
    chromium: Browser, serve_dir: Serve, built: Sites, kind: str, size: str
) -> None:
    with serve_dir(site_of(kind, built).folder) as url, looked_at(chromium, size) as page:
        page.goto(f"{url}/{KINDS[kind]}")
        menu = page.get_by_role("navigation", name="Menu")
        reach(page, "Skip to content")
        reach(page, "Menu")
        for key, steps in (("Enter", 45), ("Space", 3)):
            page.keyboard.press(key)
            expect(menu).to_be_visible()
            expect(
                page.get_by_role("button", name="Menu", exact=True, include_hidden=True)
            ).to_have_attribute("aria-expanded", "true")
            expect(page.get_by_role("button", name="Close the menu")).to_be_focused()
            stops = [""]
            while "Close the menu" not in stops and len(stops) < steps:
                page.keyboard.press("Tab")
                inside, name = page.evaluate(INSIDE, "#menu")
                assert inside
                stops.append(name)
            assert steps < 45 or {"Close the menu", "Home", "Digital fluency"} <= {*stops}
            page.keyboard.press("Shift+Tab")
            page.keyboard.press("Escape")
            expect(menu).to_be_hidden()
            expect(page.get_by_role("button", name="Menu", exact=True)).to_be_focused()
            assert page.locator("[inert]").count() == 0


SEEN = """() => {
  const box = document.activeElement.getBoundingClientRect();
  return box.height > 0 && box.top >= 0 && box.bottom < innerHeight + 1;
}"""


@pytest.mark.parametrize("size", SMALL)
def test_the_search_is_used_and_left_by_keyboard(
    chromium: Browser, serve_dir: Serve, built: Sites, size: str
) -> None:
    """By its button, by “/” and by Ctrl and K; Escape leads back to where one was."""
    with serve_dir(built(example()).folder) as url, looked_at(chromium, size) as page:
        page.goto(f"{url}/{KINDS['session']}")
        dialog, field = page.get_by_role("dialog", name="Search"), page.get_by_role("searchbox")
        for name, key in (("Skip to content", "/"), ("Search", "Enter"), ("Dark colours", "Control+K")):
            reach(page, name)
            page.keyboard.press(key)
            expect(dialog).to_be_visible()
            expect(field).to_be_focused()
            page.keyboard.press("Escape")
            expect(dialog).to_be_hidden()
            assert page.evaluate(FOCUSED) == name
        page.keyboard.press("Control+K")
        page.keyboard.type("agreement")
        expect(dialog.get_by_role("listitem").nth(1)).to_be_visible()
        for key, place in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0)):
            page.keyboard.press(key)
            expect(dialog.locator("ol a").nth(place)).to_be_focused()
            assert page.evaluate(SEEN)
        page.keyboard.press("ArrowUp")
        expect(field).to_be_focused()
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUSED) == "Close"
        page.keyboard.press("Tab")
        assert page.evaluate(INSIDE, "dialog ol")[0]
        page.keyboard.press("Enter")
        page.wait_for_url("**/agreement/**")


@pytest.mark.parametrize("size", SMALL)
def test_what_is_on_pages_is_used_by_keyboard(
    chromium: Browser, serve_dir: Serve, built: Sites, size: str
) -> None:
    """The filter, ticks and folds; what has the focus is seen."""
    with serve_dir(built(example()).folder) as url, looked_at(chromium, size) as page:
        page.goto(f"{url}/{KINDS['pairings']}")
        page.get_by_role("searchbox").focus()
        page.keyboard.type("amara")
        page.keyboard.press("Enter")
        expect(page.locator(".hb-pairing:visible")).to_have_count(1)
        expect(page.locator(".hb-filter__found")).to_contain_text("1 of 5")
        reach(page, "Show all")
        assert page.evaluate(SEEN)
        page.keyboard.press("Enter")
        expect(page.locator(".hb-pairing:visible")).to_have_count(5)
        expect(page.locator("#main").get_by_role("searchbox")).to_be_focused()

        page.goto(f"{url}/{KINDS['session']}")
        tick = page.get_by_role("checkbox").first
        tick.focus()
        page.keyboard.press("Space")
        expect(tick).to_be_checked()
        assert page.evaluate(SEEN)

        page.goto(f"{url}/{KINDS['role']}")
        fold = page.locator("details.hb-fold:not([open])").first
        fold.locator("summary").focus()
        assert page.evaluate(SEEN)
        page.keyboard.press("Enter")
        expect(page.locator("details.hb-fold[open]")).to_have_count(2)


def test_a_tap_beside_the_menu_closes_it_and_a_tap_in_it_leads_on(
    chromium: Browser, serve_dir: Serve, built: Sites
) -> None:
    with serve_dir(built(example()).folder) as url, looked_at(chromium, "phone") as page:
        page.goto(f"{url}/{FLUENCY}")
        menu = page.get_by_role("navigation", name="Menu")
        page.get_by_role("button", name="Menu", exact=True).click()
        expect(menu).to_be_visible()
        page.mouse.click(4, 400)
        expect(menu).to_be_hidden()
        expect(page.get_by_role("button", name="Menu", exact=True)).to_be_focused()
        page.get_by_role("button", name="Menu", exact=True).click()
        menu.get_by_role("link", name="The guide").click()
        page.wait_for_url("**/guide/")
        expect(menu).to_be_hidden()


def test_the_menu_opens_and_closes_without_a_script(
    chromium: Browser, serve_dir: Serve, built: Sites
) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    with serve_dir(built(example()).folder) as url:
        page = context.new_page()
        page.goto(f"{url}/{FLUENCY}")
        menu = page.get_by_role("navigation", name="Menu")
        expect(menu).to_be_hidden()
        page.get_by_role("button", name="Menu", exact=True).click()
        expect(menu).to_be_visible()
        page.keyboard.press("Escape")
        expect(menu).to_be_hidden()
    context.close()


def test_on_a_desk_the_menu_stands_beside_the_page_and_nothing_opens_it(
    chromium: Browser, serve_dir: Serve, built: Sites
) -> None:
    with serve_dir(built(example()).folder) as url, opened(chromium, "desk") as page:
        page.goto(f"{url}/{KINDS['session']}")

        menu = page.get_by_role("navigation", name="Menu")
        expect(menu.get_by_role("link", name="First meeting: how we want to work")).to_have_attribute(
            "aria-current", "page"
        )
        assert menu.locator("[aria-current]").count() == 1
        expect(page.get_by_role("button", name="Menu", exact=True)).to_be_hidden()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # the way past the menu
        page.keyboard.press("Tab")
        assert page.evaluate("() => !!document.activeElement.closest('article')")


def test_colours_are_chosen_by_a_button_that_says_so_and_kept(
    chromium: Browser, serve_dir: Serve, built: Sites
) -> None:
    """On a page by hand, and for every other page; before anything is painted."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, color_scheme="light")
    with serve_dir(built(BY_HAND).folder) as url:
        page = context.new_page()
        page.goto(f"{url}/about/")
        reach(page, "Dark colours")
        page.keyboard.press("Space")
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
        assert page.evaluate(FOCUSED) == "Light colours"
        for path in ("", FLUENCY, "404.html"):
            page.goto(f"{url}/{path}", wait_until="commit")
            expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
        page.emulate_media(color_scheme="dark")
        page.get_by_role("button", name="Light colours").click()
        page.reload()
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    context.close()


# --- what is checked by rule ----------------------------------------------------------------------


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


def refused_by_axe(
    chromium: Browser, serve_dir: Serve, built: Sites, kinds: Iterable[str], width: int
) -> dict[str, list[str]]:
    found = {}
    for scheme in ("light", "dark"):
        context = chromium.new_context(
            viewport={"width": width, "height": 844}, color_scheme=scheme, bypass_csp=True
        )
        page = context.new_page()
        for kind in kinds:
            with serve_dir(site_of(kind, built).folder) as url:
                page.goto(f"{url}/{KINDS[kind]}")
            if refused := violations(page):
                found[f"{kind}, {scheme}, {width}"] = refused
        context.close()
    return found


def test_axe_finds_nothing_on_some_pages(chromium: Browser, serve_dir: Serve, built: Sites) -> None:
    assert refused_by_axe(chromium, serve_dir, built, ("session", "by hand", "no page"), 390) == {}


@pytest.mark.long
@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_axe_finds_nothing_on_any_kind_of_page(
    chromium: Browser, serve_dir: Serve, built: Sites, width: int
) -> None:
    assert refused_by_axe(chromium, serve_dir, built, KINDS, width) == {}


def test_a_page_by_hand_has_what_its_theme_promises(
    chromium: Browser, serve_dir: Serve, built: Sites
) -> None:
    """Tabs and copy buttons of Material, whose script no other page loads; and no error in the console."""
    site = built(BY_HAND)
    with serve_dir(site.folder) as url, opened(chromium, "desk") as page:
        page.goto(f"{url}/about/")
        page.locator(".tabbed-labels label", has_text="Second").click()
        expect(page.get_by_text("Of two.")).to_be_visible()

    loading = {path for path in site.pages() if "assets/javascripts/bundle." in site.html(path)}
    assert loading == {"about/"}


# --- pasted ---------------------------------------------------------------------------------------


def head(site: Site, path: str) -> dict[str, str]:
    page = BeautifulSoup(site.html(path).partition("</head>")[0], "html.parser")
    named = ((one.get("name") or one.get("property"), one.get("content")) for one in page.find_all("meta"))
    return {str(name): str(said) for name, said in named if name}


def test_each_page_says_what_it_is_where_its_link_is_pasted(built: Sites) -> None:
    site = built(example())
    for path in site.pages():
        said = head(site, path)
        assert 8 < len(said["description"]) <= 201, path
        assert "<" not in said["description"]
        assert said["og:description"] == said["description"]
        assert said["og:title"]
        assert said["og:url"] == f"https://handbook.example/{path}"
    assert head(site, KINDS["session"])["description"] == (
        "You get to know each other, agree how you will work and choose where to begin."
    )
    assert head(built(BY_HAND), "about/")["description"] == "We are a hospital with four wards."


def test_there_is_a_picture_for_the_site_and_for_each_program(built: Sites) -> None:
    site = built(example())
    drawn = {path: content for path, content in site.files.items() if "/social/" in path}

    assert {Path(path).stem for path in drawn} == {"-", "digital-fluency", "inclusive-leadership"}
    for content in drawn.values():
        assert content.startswith(b"\x89PNG")
        assert (1200, 630) == (int.from_bytes(content[16:20]), int.from_bytes(content[20:24]))
    assert len({*drawn.values()}) == 3
    assert head(site, "guide/")["og:image"].endswith("/assets/handbook/social/-.png")
    assert head(site, KINDS["pairing"])["og:image"].endswith("/social/digital-fluency.png")
    for path in ("", FLUENCY):
        assert urlsplit(head(site, path)["og:image"]).path.removeprefix("/mentoring/") in drawn


def test_the_same_picture_comes_of_the_same_handbook_and_none_without_an_address(short: Handbook) -> None:
    build = Build(date.fromisoformat(DAY), site="https://handbook.example/")

    drawn = [dict(pictures(short, build, {"brand": "#0b6e6e"})) for _ in range(2)]
    assert drawn[0] == drawn[1]
    assert drawn[0] != dict(pictures(short, build, {}))
    assert [*pictures(short, Build(date.fromisoformat(DAY)), {})] == []


# --- at no page -----------------------------------------------------------------------------------


def test_the_page_for_what_is_not_there_helps_and_does_not_grow(
    chromium: Browser, serve_dir: Serve, built: Sites
) -> None:
    site = built(example())
    with serve_dir(site.folder) as url, opened(chromium) as page:
        page.goto(f"{url}/404.html")

        assert page.title().startswith("Not here yet, or no longer – ")
        assert page.locator("html").get_attribute("lang") == "en"
        expect(page.get_by_role("link", name="Reverse mentoring team")).to_be_visible()
        links = page.locator("article a:not([href^=mailto])").evaluate_all(
            "all => all.map(one => one.pathname)"
        )
        assert {"/", "/programs/"} <= {link.rstrip(".") for link in links}
        assert page.evaluate("() => document.documentElement.scrollHeight <= innerHeight")
    # It names no program and no page of one, however many there are.
    assert len(site.files["404.html"]) < 8000
    assert set(re.findall(rb"programs/[a-z0-9/-]+", site.files["404.html"])) <= {b"programs/"}


def test_other_addresses_are_refused_with_place_and_remedy(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("INHERIT: hooks/mkdocs.yml\nuse_directory_urls: false\n", "utf-8")

    [problem] = config_problems(Reader(tmp_path))

    assert ("mkdocs.yml", 2, 1) == (problem.path, problem.line, problem.column)
    assert problem.code == "drops-engine-entry"
    assert "has to be `true`" in problem.message
    (tmp_path / "mkdocs.yml").write_text("INHERIT: hooks/mkdocs.yml\nuse_directory_urls: True\n", "utf-8")
    assert [] == [*config_problems(Reader(tmp_path))]


# --- from a folder --------------------------------------------------------------------------------

LINKS = "all => all.map(one => one.getAttribute('href').startsWith('mailto') ? 'mailto:' : one.href)"


def astray(chromium: Browser, site: Site, pages: list[str]) -> list[str]:
    """The links that lead to no file where the site is opened from its folder."""
    found = []
    context = chromium.new_context()
    page = context.new_page()
    for path in pages:
        page.goto((site.folder / path / ("" if path.endswith(".html") else "index.html")).as_uri())
        for link in page.locator("a[href], link[rel=stylesheet], link[rel=icon]").evaluate_all(LINKS):
            parts = urlsplit(link)
            if parts.scheme == "file" and not Path(unquote(parts.path)).is_file():
                found.append(f"{path}: {link}")
    context.close()
    return found


SAMPLE = ["", "for/mentor/", FLUENCY, KINDS["session"], KINDS["pairings"], KINDS["kit"], "404.html"]


def test_opened_from_its_folder_links_lead_to_pages(chromium: Browser, built: Sites) -> None:
    assert astray(chromium, built(example()), SAMPLE) == []
    assert astray(chromium, built(BY_HAND), ["about/"]) == []


@pytest.mark.long
def test_opened_from_its_folder_every_link_leads_to_a_page(chromium: Browser, built: Sites) -> None:
    site = built(example())

    assert astray(chromium, site, [*site.pages(), "404.html"]) == []


def test_opened_from_its_folder_one_goes_from_page_to_page(chromium: Browser, built: Sites) -> None:
    with opened(chromium, "desk") as page:
        page.goto((built(example()).folder / "index.html").as_uri())
        page.get_by_role("navigation", name="Menu").get_by_role("link", name="Programmes").click()
        expect(page.locator("h1")).to_contain_text("All programmes")
        assert page.evaluate("() => 'folder' in document.documentElement.dataset")
        page.get_by_role("link", name="Reverse mentoring at Northwind Health").click()
        expect(page.locator("h1")).to_contain_text("Reverse mentoring at Northwind Health")
