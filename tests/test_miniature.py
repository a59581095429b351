"""The whole output of a small repository, as files that people read: tests/miniature -> tests/expected."""

import difflib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from unittest import mock

import jinja2

from handbook.contents.build import Host
from handbook.contents.kinds import PAGES
from handbook.pages.rendering.macros import Macros
from handbook.pages.website.navigation import Entry
from handbook.pages.website.website import Website
from tests.repository import DAY, MINIATURE, ROOT, Files, Sites, read, write

EXPECTED = ROOT / "tests/expected"
REMEDY = "If the new output is right, run: make accept"
HOST = Host("https://github.com/harbour/handbook", "trunk")
BY_HAND = "our-page.md"
# An override starts with the playbook's whole text; tests/test_site.py looks at that.
PREFILLED = re.compile(r"(&amp;value=)[^)\s]*")
# The same on every page, and so kept once.
FOOT = re.compile(r'(<p class="hb-built") .*(</p>)')


def rendered() -> Files:
    """The miniature's pages, what all have at their foot, its hand-written page with all macros, its menu."""
    with mock.patch.dict(os.environ, HANDBOOK_TODAY=DAY):
        website = Website.read(MINIATURE, HOST, {}, "https://harbour.example/")
        pages = {path: PREFILLED.sub(r"\1…", page.text) for path, page in website.pages.items()}
        macros = Macros(website.handbook, website.build).named(lambda: BY_HAND)
        menu = website.menu([{"Our own page": BY_HAND}])
    text = (MINIATURE / "docs" / BY_HAND).read_text("utf-8")
    by_hand = jinja2.Environment(undefined=jinja2.StrictUndefined).from_string(text).render(macros)
    feet = sorted({foot[0] for page in pages.values() for foot in FOOT.finditer(page)})
    pages = {path: FOOT.sub(r"\1>…\2", page) for path, page in pages.items()}
    return {
        **pages,
        BY_HAND: by_hand,
        "foot.txt": "".join(f"{foot}\n" for foot in feet),
        "navigation.txt": "".join(lines(menu.entries)),
    }


def lines(entries: Iterable[Entry], indent: str = "") -> Iterator[str]:
    for entry in entries:
        yield f"{indent}{' – '.join(filter(None, (entry.title, entry.path)))}\n"
        yield from lines(entry.children, f"{indent}    ")


def expected() -> Files:
    return read(EXPECTED)


def difference(old: Mapping[str, str], new: Mapping[str, str]) -> str:
    """All differences, as `diff -u` writes them."""
    return "".join(
        line if line.endswith("\n") else f"{line}\n"
        for name in sorted({*old, *new})
        for line in difflib.unified_diff(
            old.get(name, "").splitlines(keepends=True),
            new.get(name, "").splitlines(keepends=True),
            f"expected/{name}",
            f"now/{name}",
        )
    )


def test_output_is_as_expected() -> None:
    """Every page and the menu are, letter by letter, what tests/expected/ holds."""
    found = difference(expected(), rendered())

    assert not found, f"\n{found}\n{REMEDY}"


def test_no_name_without_consent_is_in_the_output() -> None:
    """People who did not agree to be shown to the public are in no byte of a public build."""
    output = "".join(rendered().values())

    assert "Cleo Sands" in output
    assert [
        name for name in ("Hidden", "Veiled", "Unsaid", "dai-77", "eva-88", "Vault") if name in output
    ] == []


def test_every_kind_of_page_is_in_the_miniature() -> None:
    """A new kind of page needs a place in the miniature, unless it is for none or several programs alone."""
    with mock.patch.dict(os.environ, HANDBOOK_TODAY=DAY):
        made = {
            page.kind.name
            for page in Website.read(MINIATURE, HOST, {}, "https://harbour.example/").pages.values()
        }
    others = {"not-one-program", "several-programs"}
    assert {kind.name for kind in PAGES if kind.when not in others} == made


def test_accepting_shows_the_difference(tmp_path: Path) -> None:
    """A changed, a new and a lost page are each shown by their name."""
    write(tmp_path, {"same.md": "one\n", "changed.md": "old\n", "lost.md": "gone\n"})

    found = difference(read(tmp_path), {"same.md": "one\n", "changed.md": "new\n", "new.md": "here\n"})

    assert "same.md" not in found
    assert "-old\n+new\n" in found
    assert "-gone\n" in found
    assert "+here\n" in found


def test_real_site_holds_all_expected_pages(built: Sites) -> None:
    """A real build under --strict publishes every expected page, the hand-written one among them."""
    site = built(read(MINIATURE))
    pages = {name.removesuffix("index.md").removesuffix(".md") for name in expected() if name.endswith(".md")}

    assert sorted(f"{page.rstrip('/')}/".lstrip("/") for page in pages) == sorted(site.pages())
    assert "Dai Hidden" not in "".join(site.html(page) for page in site.pages())
    assert list(site.dead_links()) == []
