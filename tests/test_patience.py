"""Whatever stands in a file, a check and a build end in the time that a person would wait."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from handbook.cli import main
from handbook.load.readers.programs import MOST_PROSE
from handbook.load.repository import load
from handbook.pages.views import survey
from handbook.pages.website import website
from handbook.rules.checks import advice
from handbook.text import prose, signs
from handbook.text.edit import fixes
from handbook.text.signs import as_seen
from tests.mutations import SECONDS, within
from tests.repository import COHORT, PROGRAM, SHORT, write

PATH, RUN, PROSE = (
    "programs/digital-fluency/program.yml",
    "programs/digital-fluency/2027-spring.yml",
    "programs/digital-fluency/story.md",
)
MANY = 20_000
LONG = 900_000
PEOPLE = "".join(f"  - {{id: p-{number}, role: mentee}}\n" for number in range(2000))
WRONG = "".join(f"  - {{mentor: p-{number}, mentee: p-{number + 1}}}\n" for number in range(0, 1999, 2))
UNKNOWN = [", ".join(f"ai-tool-{number}-{n}" for n in range(100)) for number in range(200)]
TOPICS = "".join(f"  - {{id: q-{n}, role: mentee, topics: [{said}]}}\n" for n, said in enumerate(UNKNOWN))
TAKEN = "".join(
    f"  {kind}: {{take: [{', '.join(f'{kind}-x{n}-{kind}' for n in range(200))}]}}\n"
    for kind in ("safety", "survey", "messages", "sheets", "faq", "kit", "conduct", "privacy", "launch")
)


@pytest.mark.parametrize(
    "text",
    [
        "- !a b\n" * MANY,
        '- "\\x01"\n' * MANY,
        "- a #b\n" * MANY,
        "a: 1\n" * MANY,
        "<<: 1\n" * MANY,
        "- *a\n" * MANY,
        "- &a b\n" * MANY,
        "- " * (LONG // 2) + "{x",
        f"a:{' ' * LONG}{{x}}: y",
        f"a: b\n  {'- ' * (LONG // 2)}x: y: z",
        "a: " + "b: " * (LONG // 3),
        f"- [a]{' ' * LONG}x",
        f"a: [b] {' ' * LONG}] c",
        "a: %" + " #" * (LONG // 2),
        f'a: "{"b" * LONG}',
        f"{PROGRAM}playbook:\n{TAKEN}",
    ],
    ids=lambda text: f"{text[:12]!r}",
)
def test_a_definition_keeps_nobody_waiting(tmp_path: Path, text: str) -> None:
    write(tmp_path, {**SHORT, PATH: text})
    with within(SECONDS):
        handbook, problems = load(tmp_path)

    assert handbook is None
    assert PATH in {problem.path for problem in problems}


@pytest.mark.parametrize("more", [f"people:\n{PEOPLE}pairings:\n{WRONG}", f"people:\n{TOPICS}"])
def test_a_cohort_keeps_nobody_waiting(tmp_path: Path, more: str) -> None:
    write(tmp_path, {**SHORT, RUN: COHORT + more})
    with within(SECONDS):
        handbook, problems = load(tmp_path)

    assert handbook is None
    assert "too-many-problems" in {problem.code for problem in problems}


@pytest.mark.parametrize(
    "text",
    [
        "{" + ", ".join(f"k{number}: 1" for number in range(100)) + "} # " + "a" * LONG,
        f"{PROGRAM}faq:\n" + f"  - {{question: A, answer: B, file: '[a]({'x' * 19_000}'}}\n" * 40,
        PROGRAM.replace("https://forms.example/end", "0123456789 " * (LONG // 11)),
        f"{PROGRAM}playbook: {{faq: {{take: [{', '.join('x' * 9_000 + str(n) for n in range(90))}]}}}}\n",
    ],
    ids=["one long line", "long values", "many numbers", "long words"],
)
def test_what_a_check_says_is_short(tmp_path: Path, text: str) -> None:
    write(tmp_path, {**SHORT, PATH: text})
    with within(SECONDS):
        told = CliRunner().invoke(main, ["-C", str(tmp_path), "check"])

    assert 1 == told.exit_code
    assert len(told.output) < 300_000


def test_names_of_many_lengths_keep_nobody_waiting(tmp_path: Path) -> None:
    people = "".join(f"  - {{id: p-{n}, role: mentee, name: {'A ' * n}Bi}}\n" for n in range(1, 58))
    write(tmp_path, {**SHORT, "programs/organisation.yml": "name: A\nrepository: private\n"})
    write(tmp_path, {RUN: f"{COHORT}people:\n{people}", PROSE: "A " * (MOST_PROSE // 2)})
    with within(SECONDS):
        load(tmp_path)


HALF = MOST_PROSE // 2
MARKDOWN = {
    "brackets": "[" * MOST_PROSE,
    "pictures": "![" * HALF,
    "links": "[a](" * (HALF // 2),
    "stars": "*a*_ " * (HALF // 3),
    "ticks": "".join("`" * number + "a" for number in range(300)),
    "quotes": "> " * HALF,
    "lists": "- " * HALF,
    "deep lists": "".join(f"{' ' * number}- a\n" for number in range(300)),
    "blanks": "\n " * HALF,
    "half links": f"[]({'x' * 800})"[:-1] * (MOST_PROSE // 803),
    "entities": "&amp;" * (HALF // 3),
    "definitions": "[a]: /b\n" * (HALF // 5) + "[a]" * (HALF // 5),
}


@pytest.mark.parametrize("text", MARKDOWN.values(), ids=MARKDOWN)
def test_a_long_text_keeps_nobody_waiting(text: str) -> None:
    with within(SECONDS):
        made = prose.rich(text)
        seen = as_seen(text)

    assert len(made) < 20 * MOST_PROSE
    assert len(seen) <= len(text)


def test_a_link_that_is_defined_elsewhere_is_text() -> None:
    """A few hundred bytes of definition, named thousands of times, would make a page of gigabytes."""
    made = prose.rich("[a] [a]\n\n[a]: https://steps.example/")

    assert "<a " not in made
    assert "[a]: https://steps.example/".translate({ord(one): f"&#{ord(one)};" for one in "[]:"}) in made


def test_a_long_text_has_its_bounds(tmp_path: Path) -> None:
    write(tmp_path, {**SHORT, PROSE: "a" * (MOST_PROSE + 1)})
    problems = load(tmp_path)[1]

    assert [("file-too-large", PROSE)] == [
        (one.code, one.path) for one in problems if one.severity == "error"
    ]


SEARCHED: dict[str, tuple[Callable[[str], object], str]] = {
    "letters": (signs.masked, "a" * LONG),
    "mailboxes": (signs.masked, "a@" * (LONG // 2)),
    "hosts": (signs.masked, "a@" + "a." * (LONG // 2)),
    "noughts": (signs.masked, "0" * LONG),
    "numbers": (signs.masked, "01-" * (LONG // 3)),
    "groups": (signs.masked, "000-" * (LONG // 4)),
    "blanks of a page": (website.compact, f"a{' ' * LONG}b"),
    "placeholders": (advice._PLACEHOLDER.search, "[your " * (LONG // 6)),
    "comments": (fixes._COMMENT.search, f"a{' ' * LONG}b"),
    "cells": (survey._cell, "; " * (LONG // 2)),
}


@pytest.mark.parametrize(("look", "text"), SEARCHED.values(), ids=SEARCHED)
def test_no_search_goes_back_and_forth(look: Callable[[str], object], text: str) -> None:
    with within(SECONDS):
        look(text)
