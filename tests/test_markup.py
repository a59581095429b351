"""What each built page is made of, as assistive technology reads it: headings, names, ids, lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup, Tag

from tests.repository import Site, Sites, example
from tests.test_chrome import KINDS, site_of

Rule = Callable[[BeautifulSoup], Iterator[object]]


def sent(site: Site, path: str) -> str:
    return site.files[path].decode() if path.endswith(".html") else site.html(path)


def named(tag: Tag) -> str:
    """The name of a control, link, picture or landmark, as far as the page itself gives it."""
    labels = [tag.get("aria-label"), tag.get("title"), tag.get("alt"), tag.get_text(" ", strip=True)]
    labels += [one.get("aria-label") or one.get("alt") for one in tag.find_all(["svg", "img"])]
    return " ".join(str(label) for label in labels if label).strip()


def hidden(tag: Tag) -> bool:
    return any(one.get("aria-hidden") == "true" for one in (tag, *tag.parents))


def is_whole(page: BeautifulSoup) -> bool:
    return page.find("meta", attrs={"http-equiv": "refresh"}) is None


def headings(page: BeautifulSoup) -> Iterator[object]:
    """One title, no level skipped, none empty."""
    levels = [int(one.name[1]) for one in page.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])]
    if is_whole(page) and levels.count(1) != 1:
        yield "title", levels.count(1)
    yield from ((a, b) for a, b in pairwise(levels) if b > a + 1)
    yield from (one for one in page.find_all(["h1", "h2", "h3", "h4"]) if not one.get_text(strip=True))


def ids(page: BeautifulSoup) -> Iterator[object]:
    """No id twice; what names another by its id finds it; nothing is left of the theme's hidden switches."""
    yield from page.find_all("label", attrs={"for": re.compile("^__(drawer|search)")})
    given = [str(one["id"]) for one in page.find_all(id=True)]
    yield from {one for one in given if given.count(one) > 1}
    for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "popovertarget"):
        for one in page.select(f"[{attribute}]"):
            yield from (name for name in str(one[attribute]).split() if name not in given)


def controls(page: BeautifulSoup) -> Iterator[object]:
    """Each has a name; a form can be sent by a button."""
    labelled = {str(one["for"]) for one in page.find_all("label", attrs={"for": True})}
    for one in page.find_all(["input", "select", "textarea"]):
        if not (one.get("aria-label") or one.get("id") in labelled or one.find_parent("label")):
            yield one
    yield from (one for one in page.find_all(["button", "summary"]) if not named(one))
    for form in page.find_all("form"):
        if not [one for one in form.find_all("button") if one.get("type", "submit") == "submit"]:
            yield form


def links(page: BeautifulSoup) -> Iterator[object]:
    yield from (one for one in page.find_all("a", href=True) if not hidden(one) and not named(one))


def landmarks(page: BeautifulSoup) -> Iterator[object]:
    """One `main`; navigations and regions have names, all different."""
    if is_whole(page) and len(page.find_all("main")) != 1:
        yield "main"
    titles = {str(one["id"]): one for one in page.find_all(id=True)}
    marked = [*page.find_all("nav"), *page.find_all("section")]
    names = [str(one.get("aria-label") or named(titles[str(one["aria-labelledby"])])) for one in marked]
    yield from {name for name in names if names.count(name) > 1}


def drawings(page: BeautifulSoup) -> Iterator[object]:
    """Each is hidden, has a name, or is in what has one."""
    for one in page.find_all(["svg", "img"]):
        around = [one, *one.parents]
        if not (hidden(one) or one.get("alt") is not None or any(tag.get("role") == "img" for tag in around)):
            yield str(one)[:80]
    yield from (one for one in page.select("[role=img]") if not one.get("aria-label"))


def lists(page: BeautifulSoup) -> Iterator[object]:
    """Lists are lists, and no other thing that says so."""
    yield from page.select(":is([role=region], [role=button], [role=navigation])")
    # Round a text of people's own, in which a list of theirs would end one of ours.
    yield from page.select("[role=list]:not(.hb-agenda-list)")
    yield from page.select("[role=listitem]:not([role=list] > *)")
    yield from (one for one in page.find_all("li") if one.parent and one.parent.name not in ("ul", "ol"))
    for one in page.find_all(["ul", "ol"]):
        yield from (tag for tag in one.find_all(recursive=False) if tag.name != "li")


def paragraphs(page: BeautifulSoup) -> Iterator[object]:
    """None is read aloud as nothing."""
    for one in page.find_all("p"):
        if not (hidden(one) or one.get("role") == "status" or one.get_text(strip=True) or one.find("img")):
            yield one


def document(page: BeautifulSoup) -> Iterator[object]:
    """It says its language, its direction and, in a title that is shown whole, what it is."""
    html, title = page.html, page.title
    assert html
    assert title
    if not html.get("lang") or not (html.get("dir") or (page.body and page.body.get("dir"))):
        yield "language"
    if not 2 < len(title.get_text(strip=True)) <= 70:
        yield title


RULES = (headings, ids, controls, links, landmarks, drawings, lists, paragraphs, document)


@pytest.fixture(scope="session")
def read(built: Sites) -> dict[str, BeautifulSoup]:
    """A page of each kind, one that somebody wrote by hand among them, and one that only leads on."""
    found = {path: sent(site_of(kind, built), path) for kind, path in KINDS.items()}
    signposts = [html for html in built(example()).files.values() if b'http-equiv="refresh"' in html]
    found["led on"] = signposts[0].decode()
    return {path: BeautifulSoup(html, "html.parser") for path, html in found.items()}


@pytest.mark.site
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.__name__))
def test_pages_are_made_of_what_they_say(read: dict[str, BeautifulSoup], rule: Rule) -> None:
    assert {path: found for path, page in read.items() if (found := [*rule(page)])} == {}


@pytest.mark.site
def test_every_page_is_one_document_of_today(built: Sites) -> None:
    for path, html in built(example()).files.items():
        assert not path.endswith(".html") or html.lower().startswith(b"<!doctype html>"), path
