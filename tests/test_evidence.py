"""Every claim of the playbook names its source or is a hope; numbers come from a program or a source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from math import comb
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from handbook import DATA
from handbook.contents.kinds import PageSubject
from handbook.contents.kinds.addresses import place
from handbook.model.handbook import Handbook
from tests.conformance import plain
from tests.language import blocks
from tests.repository import SHORT, Sites

FILES = sorted((DATA / "playbook/en").glob("*/*.md"))
NAMES = [f"{file.parent.name}/{file.stem}" for file in FILES]
# Kinds of which each text claims something.
CLAIMING = ("benefits", "stories", "evidence", "resources")


def parts(name: str) -> tuple[Mapping[str, Any], str]:
    """A text's front matter and its body."""
    _, head, body = (DATA / f"playbook/en/{name}.md").read_text("utf-8").split("---\n", 2)
    return yaml.safe_load(head), body


def claims(name: str) -> bool:
    kind = name.split("/")[0]
    return (
        kind in CLAIMING or name == "guide/why" or (kind == "kit" and parts(name)[0].get("page") == "pitch")
    )


CLAIMS = [name for name in NAMES if claims(name)]
STUDIES = [name for name in NAMES if name.startswith("evidence/")]


# --- source or hope -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CLAIMS)
def test_a_text_that_claims_something_has_a_source_or_is_a_hope(name: str) -> None:
    head, _ = parts(name)

    assert bool(head.get("source")) != (head.get("hope") is True)


def test_a_source_that_is_a_study_is_on_the_page_of_the_studies() -> None:
    named = {parts(name)[0].get("study") for name in NAMES} - {None, "studies"}

    assert named
    assert set() == {f"evidence/{study}" for study in named} - set(STUDIES)


@pytest.mark.site
def test_a_reader_is_told_the_source_or_the_hope_of_each_benefit(built: Sites) -> None:
    seen = [block for block in blocks(built(SHORT).html("guide/why/")) if block.tag in ("h3", "p")]
    benefits = [parts(name) for name in NAMES if name.startswith("benefits/")]

    for head, body in benefits:
        [place] = [n for n, block in enumerate(seen) if plain(body) in plain(block.text)]
        told = (
            "A hope: we know of no study that shows it." if head.get("hope") else f"Source: {head['source']}"
        )
        assert plain(told) == plain(seen[place + 1].text), head["title"]


# --- the studies ----------------------------------------------------------------------------------


def test_there_are_twelve_studies_of_reverse_mentoring_itself() -> None:
    strengths = [parts(name)[0]["strength"] for name in STUDIES]

    assert len([strength for strength in strengths if strength in ("before-after", "accounts", "link")]) >= 12


@pytest.mark.parametrize("name", STUDIES)
def test_a_study_says_who_was_asked_how_and_how_much_it_can_bear(name: str, short: Handbook) -> None:
    head, body = parts(name)

    assert {"title", "order", "n", "design", "strength", "source", "url"} == set(head) - {"second_hand"}
    assert short.labels.has(f"evidence.strength.{head['strength']}")
    assert short.labels.has(f"evidence.means.{head['strength']}")
    assert urlsplit(head["url"]).scheme == "https"
    assert 10 <= len(body.split()) <= 40


@pytest.mark.parametrize("name", [name for name in NAMES if "url" in parts(name)[0]])
def test_a_link_leads_to_the_very_page(name: str) -> None:
    address = urlsplit(parts(name)[0]["url"])

    assert "https" == address.scheme
    assert address.path.strip("/")


@pytest.mark.parametrize(("name", "anchor"), [("guide/stories", "stories"), ("guide/library", "reading")])
def test_a_page_that_went_is_still_found_by_its_name(short: Handbook, name: str, anchor: str) -> None:
    found = place(name, PageSubject(), short, date(2027, 3, 10))

    assert f"guide/evidence.md#{anchor}" == found.path


# --- numbers and studies elsewhere ----------------------------------------------------------------

_JINJA = re.compile(r"{[{%#].*?[%#}]}", re.DOTALL)
# Where a link leads, and the number of a point in a list.
_TARGET = re.compile(r"\]\([^)]*\)|https?://\S+|^\d+\. ", re.MULTILINE)
# An id, a clock time, a date: data, and no prose.
_DATA = re.compile(r"[a-z0-9:-]+|\d{4}-\d\d-\d\d")
_BARE = re.compile(r"\d|%|\bper ?cent\b|\bstud(?:y|ies)\b|\bresearch", re.IGNORECASE)


def bare(prose: str) -> list[str]:
    """The digits and the appeals to studies in a text that is not computed."""
    return _BARE.findall(_TARGET.sub("", _JINJA.sub("", prose)))


def prose(value: Any) -> Iterator[str]:
    """The texts of a front matter."""
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from prose(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from prose(inner)
    elif isinstance(value, str) and not _DATA.fullmatch(value):
        yield value


def with_numbers(head: Mapping[str, Any]) -> bool:
    """Whether a text may hold numbers: it names its source, or it says that they are invented."""
    return bool(head.get("source")) or head.get("example") is True


@pytest.mark.parametrize("name", NAMES)
def test_a_text_without_a_source_has_no_numbers_and_appeals_to_no_study(name: str) -> None:
    head, body = parts(name)
    if with_numbers(head):
        return

    assert {} == {text: found for text in (*prose(head), body) if (found := bare(text))}


@pytest.mark.parametrize(
    "text", ["9 of 10 like it", "It pays off by 40%", "Studies show it", "Research says so", "ten per cent"]
)
def test_a_bare_number_or_study_is_found(text: str) -> None:
    assert bare(text)


@pytest.mark.parametrize(
    "text",
    [
        "{{ commitment.minutes | minutes }}",
        "{% if 5 > 4 %}Nine{% endif %}",
        "[here](x#a-1)",
        "1. A student studied",
    ],
)
def test_what_is_computed_or_an_address_is_no_bare_number(text: str) -> None:
    assert [] == bare(text)


def test_an_invented_example_says_so_in_its_first_words() -> None:
    examples = [name for name in NAMES if parts(name)[0].get("example")]

    assert examples
    assert [] == [name for name in examples if "invented" not in " ".join(parts(name)[1].split()[:6]).lower()]


def test_the_example_of_small_numbers_is_reckoned_rightly() -> None:
    """Three or four of four on one side; six of six on either; and the exact interval of 4 of 8."""
    _, said = parts("kit/reading-small-numbers")

    def at_least(some: int, of: int, share: float) -> float:
        return sum(comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(some, of + 1))

    assert 0.3 < at_least(3, 4, 0.5) < 0.34
    assert "about one time in three" in said
    assert 2 * at_least(6, 6, 0.5) == 1 / 32
    assert "one time in 32" in said
    low = next(share for share in range(100) if at_least(4, 8, share / 100) > 0.025)
    assert (16, 84) == (low, 100 - low)
    assert "from 16% to 84%" in said


def test_the_chapter_on_evaluation_is_short() -> None:
    chapter = [parts(name) for name in NAMES if parts(name)[0].get("page") == "evaluation"]
    words = sum(
        len(re.findall(r"[\w'’-]+", _TARGET.sub("", _JINJA.sub("", " ".join((*prose(head), body))))))
        for head, body in chapter
    )

    assert len(chapter) >= 7
    assert words <= 1600
