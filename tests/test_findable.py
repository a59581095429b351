"""What people type leads, by the site's own search, to the page that tells them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import yaml
from playwright.sync_api import Browser, Page, expect

from handbook.pages.website.search import sections
from tests.repository import SHORT, Files, Site, Sites

Serve = Callable[[Path], AbstractContextManager[str]]

GROUPS: Mapping[str, Mapping[str, list[str]]] = yaml.safe_load(
    Path(__file__).with_name("findable.yml").read_text("utf-8")
)
# As many results as somebody looks at.
MOST_LOOKED_AT = 3
ROLES = ("mentor", "mentee", "line manager", "sponsor", "coordinator")
HITS = ".hb-search__hit"
NAMES = {
    "will": "Will Hart", "said": "Said Omar", "may": "May Ray", "an": "An Bui", "li": "Li Fay",
    "elodie": "Élodie D’Août", "oyvind": "Øyvind Ås", "muller": "Jörg Müller", "lukasz": "Łukasz Wróbel",
    "strasse": "Æsa Straße", "mohamed": "محمد علي", "lior": "ליאור כהן",
    "bruce": "李小龍", "dmitri": "Дмитрий Ёлкин",
    "giorgos": "Γιώργος Παππάς",
    "oneill": "Siobhan O’Neill", "hidden": "Hidewell Person", "alone": "Ann Hide",
}  # fmt: skip

# The pairing of each, by its number: names in every script, with accents and without, short ones, units.
BY_NAME = {
    "Will": 1, "May": 2, "Said": 1, "An": 2, "Li": 3, "Elodie": 3, "Élodie Août": 3, "aout": 3,
    "Oyvind": 4, "Øyvind": 4, "Muller": 4, "Mueller": 4, "lukasz": 5, "Straße": 5, "strasse": 5,
    "محمد": 6, "ליאור": 6, "李小": 7, "小龍": 7, "Дмитрий": 7, "ΓΙΩΡΓΟΣ": 8, "Γιώργος": 8, "ONeill": 8,
    "R&D": 1,
}  # fmt: skip


def cohort(title: str, start: str, announced: str) -> str:
    """A cohort of NAMES, each two of them a pairing; the last one is not public."""
    ids = [*NAMES]
    people = [
        {
            "id": one,
            "name": name,
            "role": ("mentor", "mentee")[number % 2],
            "unit": "R&D" if one == "will" else "Ward",
        }
        | {"consent": "participants" if one in ("hidden", "alone") else "public"}
        for number, (one, name) in enumerate(NAMES.items())
    ]
    yes = {"mentor": announced, "mentee": announced}
    pairings = [
        {"mentor": mentor, "mentee": mentee, "confirmed": yes, "announce": announced}
        for mentor, mentee in zip(ids[::2], ids[1::2], strict=True)
    ]
    return json.dumps({"title": title, "start": start, "people": people, "pairings": pairings})


FILES: Files = SHORT | {
    "programs/organisation.yml": json.dumps(
        {
            "name": "Small Steps",
            "repository": "private",
            "contacts": [{"purpose": "program", "label": "Mentoring team", "address": "team@steps.example"}],
        }
    ),
    "programs/digital-fluency/2026-spring.yml": cohort("Spring 2026", "2026-02-02", "2026-01-26"),
    "programs/digital-fluency/2027-spring.yml": cohort("Spring 2027", "2027-02-01", "2027-01-25"),
    "docs/canteen.md": "# Where we eat\n\nLunch in the canteen is at noon.\n",
    "docs/secret.md": "---\nsearch: {exclude: true}\n---\n# Unlisted\n\nXylophone.\n",
}
NOW, BEFORE = "programs/digital-fluency/2027-spring", "programs/digital-fluency/2026-spring"


@contextmanager
def searching(chromium: Browser, url: str, at: str = "", width: int = 1280) -> Iterator[Page]:
    """A page on which the search was opened, and is ready; nothing may fail in its console."""
    page = chromium.new_page(viewport={"width": width, "height": 800})
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    try:
        page.goto(f"{url}/{at}", wait_until="load")
        page.keyboard.press("/")
        ready(page, "")
        yield page
        assert [] == faults
    finally:
        page.close()


def ready(page: Page, words: str) -> None:
    wanted = json.dumps(words, ensure_ascii=False)
    page.wait_for_selector(f".hb-search__hits[data-asked={wanted}]", state="attached")


ANSWERS = """async ([asked, hits]) => {
  const input = document.querySelector(".hb-search__input");
  const list = document.querySelector(".hb-search__hits");
  const found = {};
  for (const words of asked) {
    input.value = words;
    input.dispatchEvent(new Event("input"));
    while (list.dataset.asked !== words) await new Promise(done => setTimeout(done, 5));
    found[words] = [...document.querySelectorAll(hits)].map(link => link.href);
  }
  return found;
}"""


def answers(page: Page, *asked: str) -> dict[str, list[str]]:
    """For all that is typed the addresses of the pages that the search names, the best first."""
    found = page.evaluate(ANSWERS, [asked, HITS])
    return {
        words: [unquote(urlsplit(link).path).lstrip("/") for link in links] for words, links in found.items()
    }


def results(page: Page, words: str) -> list[str]:
    return answers(page, words)[words]


def asked_for() -> dict[str, list[str]]:
    """All that is typed, with the addresses of the pages that are right."""
    pages = {words: pages for group in GROUPS.values() for words, pages in group.items()}
    pages |= {name: [f"{{cohort}}/pairings/{pair}-with-{pair}/"] for name, pair in BY_NAME.items()}
    where = {"program": "programs/digital-fluency", "cohort": NOW}
    return {words: [one.format(**where) for one in right] for words, right in pages.items()}


def test_the_list_is_long() -> None:
    assert len(asked_for()) >= 100
    assert all(len(GROUPS[f"asked by {role}s"]) >= 10 for role in ROLES)


def test_the_search_leads_to_a_page_that_helps(chromium: Browser, serve_dir: Serve, built: Sites) -> None:
    first, among = 0, {}
    with serve_dir(built(FILES).folder) as url, searching(chromium, url) as page:
        asked = asked_for()
        for words, found in answers(page, *asked).items():
            named = {*asked[words]}
            first += bool(named & {*found[:1]})
            if not named & {*found[:MOST_LOOKED_AT]}:
                among[words] = found[:MOST_LOOKED_AT]
            assert len(found) == len({*found}), words
            for number, one in enumerate(found):
                assert one.replace(BEFORE, NOW) not in found[number + 1 :], (words, found)

    assert {} == among
    assert first >= 0.9 * len(asked)


def test_what_is_shown_is_text_of_the_article(chromium: Browser, serve_dir: Serve, built: Sites) -> None:
    site = built(FILES)
    with serve_dir(site.folder) as url, searching(chromium, url) as page:
        results(page, "harassment")
        hit = page.locator(HITS).first
        expect(hit.locator("mark").first).to_have_text("harassment", ignore_case=True)
        assert [] == results(page, "xylophone")
        expect(page.locator(".hb-search__said")).to_contain_text("Nothing found")
        expect(page.locator(".hb-search__help a")).to_have_attribute("href", "mailto:team@steps.example")
    known = parts(site)
    assert "docs/templates/playbook" not in known  # the foot
    assert "Built on" not in known


def parts(site: Site) -> str:
    return "".join(text.decode() for name, text in site.files.items() if name.startswith("search/"))


def test_only_what_readers_may_see_is_in_the_index(built: Sites) -> None:
    known = parts(built(FILES))

    assert "Élodie D’Août" in known
    assert "Hidewell" not in known
    assert "Ann Hide" not in known


def test_nothing_is_loaded_before_the_search_is_opened(
    chromium: Browser, serve_dir: Serve, built: Sites
) -> None:
    site = built(FILES)
    with serve_dir(site.folder) as url:
        page = chromium.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(urlsplit(request.url).path))
        page.goto(f"{url}/programs/digital-fluency/", wait_until="networkidle")
        assert not [one for one in asked if "search" in one]

        page.locator(".hb-search__open").click()
        ready(page, "")
        loaded = [one for one in asked if "search" in one]
        assert [
            "/assets/handbook/search.js",
            "/search/site.js",
            "/search/programs/digital-fluency.js",
        ] == loaded
        page.close()


def test_the_search_is_used_by_keyboard(chromium: Browser, serve_dir: Serve, built: Sites) -> None:
    with serve_dir(built(FILES).folder) as url, searching(chromium, url, width=390) as page:
        dialog, button = page.locator("dialog.hb-search"), page.locator(".hb-search__open")
        page.keyboard.press("Escape")
        expect(dialog).not_to_be_visible()
        button.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".hb-search__input")).to_be_focused()
        page.keyboard.press("Escape")
        expect(button).to_be_focused()
        page.keyboard.press("Control+k")
        results(page, "certificate")
        page.keyboard.press("ArrowDown")
        expect(page.locator(HITS).first).to_be_focused()
        page.keyboard.press("ArrowDown")
        expect(page.locator(HITS).nth(1)).to_be_focused()
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
        expect(page.locator(".hb-search__input")).to_be_focused()
        page.keyboard.press("Enter")
        page.wait_for_url("**/sheets/certificate/**")


def test_the_search_works_from_a_folder(chromium: Browser, built: Sites) -> None:
    folder = built(FILES).folder
    with searching(chromium, folder.as_uri(), "guide/index.html") as page:
        found = results(page, "Oyvind")
        assert found[0].endswith(f"{NOW}/pairings/4-with-4/index.html")
        page.locator(HITS).first.click()
        expect(page.locator("h1")).to_contain_text("Øyvind")


def test_an_article_is_read_by_its_headings() -> None:
    html = (
        '<h1 id="a">Title</h1><p>One <b>bo</b>ld.</p><div hidden><div>no</div>no</div>'
        "<p data-search-exclude>no</p>"
        '<h2 id="b">Two<a aria-hidden="true">¶</a></h2><ul><li>x</li><li>y &amp; z</li></ul><form>no</form>'
        '<h2 id="c" data-search-exclude>No</h2><p>no</p><h3 id="d">Four</h3>'
    )

    assert [("", "", "One bold."), ("b", "Two", "x\ny & z"), ("d", "Four", "")] == sections(html)


def test_an_organisations_own_entry_for_the_search_breaks_nothing(
    chromium: Browser, serve_dir: Serve, built: Sites
) -> None:
    site = built({**FILES, "mkdocs.yml": FILES["mkdocs.yml"] + "plugins: {search: {lang: en}}\n"})
    with serve_dir(site.folder) as url, searching(chromium, url) as page:
        assert f"{NOW}/pairings/1-with-1/" == results(page, "Will")[0]
        expect(page.locator(".md-search")).to_have_count(0)
