"""The site of the shortest program answers 69 rows and 47 sections, and misses no text of the playbook."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import pytest

from tests.conformance import ITEMS, Article, Claim, Drafts, Point, points
from tests.repository import SHORT, Sites, write

ROWS = [
    *("D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8"),
    *("B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8", "B9", "B10", "B11", "B12", "B13", "B14"),
    *("C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "C10", "C11", "C12", "C13"),
    *("P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10", "P11"),
    *("M1", "M2", "M3", "M4", "M5", "X1", "X2", "X3", "X4", "X5", "X6"),
    *("E1", "E2", "E3", "Q1", "Q2", "Q3", "Q4", "Q5", "T1", "T2", "T3", "T4"),
]
SECTIONS = [
    *("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"),
    *("13", "14", "15", "16", "17", "18", "19", "20", "21", "22", "23", "24"),
    *("25", "26", "27", "28", "29", "30", "31", "32", "33", "34", "35", "36"),
    *("37", "38", "39", "40", "41", "42", "43", "44", "45", "46", "47"),
]
POINTS = (*points("rows"), *points("sections"))
CLAIMS = tuple(claim for point in POINTS for claim in point.claims)
TOO_WIDE = {"*", "html", "body", "main", "article", "section", "div"}
# What a program or an organisation says; a claim that holds it would not hold for another.
VALUES = re.compile(r"digital fluency|small steps|spring 2027|\d+ (?:sessions|minutes|weeks|hours|days)")
WORDS = "kind words are not enough"
# The shortest program names no topic of theirs; tests/test_inclusion.py asks for their words.
ONLY_WITH = ("sessions/lived-experience", "sessions/observe-and-reflect")


# --- what the lists ask for -----------------------------------------------------------------------


def test_there_are_exactly_69_rows_and_47_sections() -> None:
    assert (69, 47) == (len(ROWS), len(SECTIONS))
    assert ROWS == [point.id for point in points("rows")]
    assert SECTIONS == [point.id for point in points("sections")]


@pytest.fixture(scope="session")
def article(built: Sites) -> Callable[[str], Article]:
    """`article(page)` gives what is seen of a page of the built site; nothing where there is no such page."""
    site = built(SHORT)
    there = frozenset(site.pages())
    return cache(lambda page: Article(site.html(page) if page in there else "<article></article>"))


@pytest.mark.parametrize("point", POINTS, ids=lambda point: point.id)
def test_a_reader_finds_what_each_row_and_section_asks_for(
    article: Callable[[str], Article], point: Point
) -> None:
    missing = [str(claim) for claim in point.claims if not article(claim.page).holds(claim)]

    assert missing == [], f"Of “{point.says}” the site does not say: {'; '.join(missing)}"


@pytest.mark.parametrize("point", POINTS, ids=lambda point: point.id)
def test_claims_are_a_few_words_in_one_small_element(point: Point) -> None:
    assert point.says
    assert point.claims
    for claim in point.claims:
        assert 3 <= len(claim.words.split()) <= 9, claim
        assert not VALUES.search(claim.words), claim
        assert not TOO_WIDE & {one.split()[-1] for one in claim.within.split(",")}, claim


# --- every text of the playbook is asked for -------------------------------------------------------


@pytest.fixture(scope="session")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> Drafts:
    """The pages of the shortest program, each rendered when it is asked for."""
    root = tmp_path_factory.mktemp("drafts")
    write(root, SHORT)
    return Drafts(root, CLAIMS)


def test_every_item_of_the_playbook_has_a_claim_of_its_own_words(drafts: Drafts) -> None:
    """Words of its body or a field, not of its title, on a page that says it is made of it."""
    asked_for = {
        name for claim in CLAIMS for name in drafts.made_of.get(claim.page, ()) if drafts.says(name, claim)
    }

    assert [name for name in ITEMS if name not in asked_for] == [*ONLY_WITH]


def test_pages_rendered_one_by_one_hold_every_claim_too(drafts: Drafts) -> None:
    """So whatever lacks when an item is emptied lacks because of that."""
    assert [str(claim) for claim in drafts.lacking(drafts.handbook)] == []


@pytest.mark.parametrize("name", [name for name in ITEMS if name not in ONLY_WITH])
def test_emptying_any_item_of_the_playbook_is_noticed(drafts: Drafts, name: str) -> None:
    lacking = drafts.lacking(drafts.without(name), name)

    assert any(drafts.says(name, claim) for claim in lacking), f"All claims hold with an empty {name}."


# --- only what is seen counts ---------------------------------------------------------------------

UNSEEN = {
    "heading": f"<h3>{WORDS}</h3><p>Else.</p>",
    "line that opens a fold": f"<details><summary>{WORDS}</summary><p>Else.</p></details>",
    "sign beside a heading": f'<p>Else.<a class="headerlink">{WORDS}</a></p>',
    "hidden anchor": f'<p>Else.<a id="here" hidden>{WORDS}</a></p>',
    "hidden ancestor": f"<div hidden><p>{WORDS}</p></div>",
    "text for screen readers": f'<p>Else.<span class="hb-hidden">{WORDS}</span></p>',
    "comment": f"<p>Else.<!-- {WORDS} --></p>",
    "marker": f'<p data-claim="{WORDS}" id="{WORDS}" class="{WORDS}" title="{WORDS}">Else.</p>',
    "script": f"<p>Else.<script>{WORDS}</script></p>",
    "style": f"<p>Else.<style>{WORDS}</style></p>",
    "foot": f'<div class="hb-foot"><p>{WORDS}</p></div>',
    "other element": f"<ul><li>{WORDS}</li></ul><p>Else.</p>",
    "two elements": "<p>Kind words</p><p>are not enough</p>",
    "part of a word": f"<p>Man{WORDS}</p>",
}
SEEN = {
    "sentence": f"<p>Note: {WORDS}.</p>",
    "marks of emphasis": "<p><strong>Kind words</strong> are <a>not\nenough</a></p>",
    "fold": f"<details><summary>Else</summary><p>{WORDS}</p></details>",
    "break": "<p>One more<br>kind words are not enough</p>",
}


def _holds(html: str) -> bool:
    page = f"<body><p>{WORDS}</p><article>{html}</article></body>"
    return Article(page).holds(Claim("D1", "", "p", WORDS))


@pytest.mark.parametrize("place", UNSEEN)
def test_words_do_not_count_where_no_reader_sees_them(place: str) -> None:
    assert not _holds(UNSEEN[place])


@pytest.mark.parametrize("place", SEEN)
def test_words_count_where_a_reader_sees_them(place: str) -> None:
    assert _holds(SEEN[place])
