"""Shares of few people are said as counts, and no number stands without how many people it comes from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from handbook.contents.build import Build
from handbook.load.repository import load
from handbook.model.definitions.cohort import Result
from handbook.model.definitions.parts import Goal, Measure
from handbook.pages.rendering import pages
from handbook.pages.views.scales import Count, in_people, meter
from handbook.text.prose import Text
from tests.repository import PROGRAM, SHORT, Files, example, write

FLUENCY = "programs/digital-fluency/"


@pytest.mark.parametrize(
    ("share", "of", "unit", "least", "said"),
    [
        (20, 5, "%", False, Count(1, 5, True)),
        (67, 6, "%", False, Count(4, 6, True)),
        (66.7, 6, "%", False, Count(4, 6, True)),
        (17, 6, "%", False, Count(1, 6, True)),
        (80, 6, "%", True, Count(5, 6, True)),
        (80, 5, "%", True, Count(4, 5, True)),
        (100, 19, "%", False, Count(19, 19, True)),
        (0, 19, "%", False, Count(0, 19, True)),
        (50, 7, "%", False, Count(4, 7, False)),
        (67, 5, "%", False, Count(3, 5, False)),
        (67, 19, "%", False, Count(13, 19, False)),
        (68, 19, "%", False, Count(13, 19, True)),
        (67, 20, "%", False, None),
        (67, None, "%", False, None),
        (9, 6, "changes", False, None),
        (4.2, 6, "", True, None),
    ],
)
def test_a_share_of_few_people_is_a_count(
    share: float, of: int | None, unit: str, least: bool, said: Count | None
) -> None:
    assert said == in_people(share, of, unit, least)


@pytest.mark.parametrize("of", range(1, 20))
def test_every_count_comes_back_from_its_rounded_share(of: int) -> None:
    counts = {some: in_people(round(100 * some / of), of, "%") for some in range(of + 1)}

    assert {some: Count(some, of, True) for some in range(of + 1)} == counts


@pytest.mark.parametrize(
    ("result", "asked", "baseline", "before"),
    [
        (None, None, 20, None),
        (None, 4, None, 4),
        (None, 5, 20, 5),
        (Result(60, n=10), 12, 20, 12),
        (Result(60, 30, 10), 12, 30, 10),
        (Result(60, 30, 4), 12, 20, 12),
    ],
)
def test_the_start_is_said_with_the_people_that_it_comes_from(
    result: Result | None, asked: int | None, baseline: float | None, before: int | None
) -> None:
    goal = Goal("g", Text("G"), measure=Measure(Text("M"), Text("%"), 20, 80, n=asked))
    drawn = meter(goal, result)

    assert drawn is not None
    assert (baseline, before) == (drawn.baseline, drawn.asked)


def numbers(page: str) -> list[str]:
    """What stands in the lists of a page's goals, as a reader sees it."""
    lists = re.findall(r'<ul class="hb-numbers".*?</ul>', page, re.DOTALL)
    said = [one for found in lists for one in re.findall(r"<li.*?</li>", found, re.DOTALL)]
    return [" ".join(unescape(re.sub(r"<[^>]*>", " ", one)).split()) for one in said]


def shown(tmp_path: Path, files: Files, day: str = "2027-03-10") -> Mapping[str, list[str]]:
    write(tmp_path, files)
    handbook, problems = load(tmp_path)
    assert handbook is not None, problems
    return {page.path: numbers(page.text) for page in pages.render(handbook, Build(date.fromisoformat(day)))}


def test_a_reader_sees_counts_and_whose_they_are(tmp_path: Path) -> None:
    found = shown(tmp_path, example())

    own = found[f"{FLUENCY}2026-spring/results.md"]
    assert ["Start 1 of 6", "Target at least 5 of 6", "Result of Spring 2026 4 of 6"] == own[:3]
    assert "Result of Spring 2026 not shown, too few answers" in own
    # Wherever the goals of a running cohort stand, a past result says whose it is.
    reached = [said for path, lists in found.items() for said in lists if said.startswith("Result")]
    assert len(reached) >= 6
    assert {"Result of Spring 2026"} == {said[:21] for said in reached}


def test_no_number_at_the_start_stands_without_its_people(tmp_path: Path) -> None:
    known = PROGRAM.replace("baseline: 20", "baseline: 20, n: 15")
    many = PROGRAM.replace("baseline: 20", "baseline: 20, n: 40")
    said = {}
    for name, text in {"none": PROGRAM, "few": known, "many": many}.items():
        found = shown(tmp_path / name, {**SHORT, f"{FLUENCY}program.yml": text})
        [said[name]] = {tuple(lists) for lists in found.values() if lists}

    assert ("Start 20% number of people not given", "Target 80%") == said["none"]
    assert ("Start 3 of 15", "Target at least 12 of 15") == said["few"]
    assert ("Start 20% from 40 answers", "Target 80%") == said["many"]
