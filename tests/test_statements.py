"""No card contradicts the page that it links to: who opens, leads or writes first, what is due, and when.

Each row is a statement, found on the card of a day and, in its own words, on a page.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from html import unescape
from pathlib import Path
from typing import NamedTuple

import pytest

from handbook.contents.build import Build
from handbook.contents.kinds import PAGES, PageSubject
from handbook.contents.kinds.addresses import place
from handbook.guidance.messages.words import MessageWords
from handbook.guidance.steps.now import now
from handbook.guidance.steps.step import Step
from handbook.load.repository import load
from handbook.model.definitions.cohort import Cohort
from handbook.model.definitions.program import Role
from handbook.model.handbook import Handbook
from handbook.pages.rendering.pages import render_kinds
from tests.repository import example, write

SPRING, AUTUMN = "digital-fluency/2027-spring", "inclusive-leadership/2027-autumn"


class Row(NamedTuple):
    """A statement: whose card says it, on which day, in which words; which page (else its own) in which."""

    run: str
    role: Role
    day: str
    card: str
    page: str
    says: str


ROWS = (
    Row(
        SPRING, "mentor", "2026-12-15", "Sign up as a mentor", "taking-part", "open until Mon 11 January 2027"
    ),
    Row(SPRING, "mentee", "2027-01-20", "You need not say why", "", "say no without giving a reason"),
    Row(
        SPRING, "mentee", "2027-01-20", "asked about a match", "cohort/pairings", "Each person is asked alone"
    ),
    Row(
        SPRING,
        "mentee",
        "2027-01-29",
        "first, within 48 hours",
        "roles/mentee",
        "to your mentor within 48 hours",
    ),
    Row(SPRING, "mentee", "2027-01-29", "three dates", "cohort/pairing", "write to Amara O. within 48 hours"),
    Row(
        SPRING,
        "mentor",
        "2027-02-03",
        "Your mentee writes first",
        "cohort/pairing",
        "You need not write first",
    ),
    Row(SPRING, "mentor", "2027-02-09", "Fri 12 February 2027", "", "done by Fri 12 February 2027"),
    Row(SPRING, "mentor", "2027-02-15", "Your mentee opens it", "", "The mentee goes first"),
    Row(
        SPRING, "mentor", "2027-02-15", "Your mentee opens it", "roles/mentor", "**Who starts?** Your mentee."
    ),
    Row(SPRING, "mentor", "2027-02-15", "nothing has to be taught", "", "Nothing has to be taught today"),
    Row(
        SPRING,
        "mentor",
        "2027-02-15",
        "three things that you could show",
        "",
        "list three things you could show",
    ),
    Row(SPRING, "mentee", "2027-02-15", "You open it", "", "The mentee goes first"),
    Row(SPRING, "mentee", "2027-02-15", "Fri 19 February 2027", "cohort/feedback", "to Fri 19 February 2027"),
    Row(SPRING, "mentor", "2027-03-11", "You lead", "roles/mentor", "lead the session"),
    Row(SPRING, "mentor", "2027-03-30", "You show it once", "", "Mentor shows it once"),
    Row(SPRING, "mentee", "2027-03-30", "The keyboard is yours", "", "The mentee has the keyboard"),
    Row(SPRING, "mentor", "2027-04-20", "You read first", "", "Then the mentor reads"),
    Row(SPRING, "mentee", "2027-06-01", "You begin the thanks", "", "The mentee begins"),
    Row(SPRING, "sponsor", "2027-02-04", "Open the kick-off", "roles/sponsor", "Open the kick-off"),
    Row(
        SPRING,
        "sponsor",
        "2027-04-28",
        "Sponsor and coordinator talk",
        "roles/sponsor",
        "one talk with the coordinator",
    ),
    Row(SPRING, "sponsor", "2027-04-28", "Sponsor and coordinator talk", "", "never about one pairing"),
    Row(
        SPRING, "coordinator", "2027-04-28", "Sponsor and coordinator talk", "kit", "never about one pairing"
    ),
    Row(
        SPRING,
        "mentor",
        "2027-01-12",
        "hear whether there is a match",
        "cohort/pairings",
        "Each person is asked",
    ),
    Row(
        SPRING,
        "mentee",
        "2027-06-15",
        "You owe each other nothing more",
        "",
        "Nobody owes the other an answer",
    ),
    Row(
        SPRING,
        "line-manager",
        "2027-01-27",
        "agree when they will be away",
        "roles/line-manager",
        "the dates",
    ),
    Row(SPRING, "line-manager", "2027-03-09", "Fri 12 March 2027", "", "Fri 12 March 2027"),
    Row(SPRING, "coordinator", "2027-01-18", "Ask both people", "kit", "Ask both people"),
    Row(SPRING, "coordinator", "2027-01-18", "Mon 18 January 2027", "kit", "Mon 18 January 2027"),
    Row(SPRING, "coordinator", "2027-01-18", "No place this time", "cohort/messages", "No place this time"),
    Row(AUTUMN, "mentee", "2027-12-07", "do not argue", "", "The mentee does not argue"),
    Row(AUTUMN, "mentor", "2027-12-07", "two observations", "", "Two observations"),
    Row(
        AUTUMN,
        "mentor",
        "2027-12-07",
        "you two change places",
        "roles/mentor",
        "you change places in most sessions",
    ),
)


@cache
def handbook_of(root: Path) -> Handbook:
    write(root, example())
    handbook, problems = load(root)
    assert handbook is not None, problems
    return handbook


def card_of(handbook: Handbook, cohort: Cohort, row: Row) -> tuple[str, Step]:
    """Everything that a card says, and its first step."""
    day, labels = date.fromisoformat(row.day), handbook.labels
    card = now(cohort, row.role, day, handbook.organisation.holidays)
    words = MessageWords(handbook, Build(day), cohort)
    every = (*card.open, *card.ahead)
    said = [
        f"{unescape(step.short(labels, day))} {words.step(step, day)} {labels.day(step.by)}" for step in every
    ]
    return " ".join(said), card.first


def page_of(handbook: Handbook, cohort: Cohort, name: str, day: date) -> str:
    """What stands on a page of a cohort, as its reader sees it."""
    pairing = cohort.pairings[0] if cohort.pairings else None
    subject = PageSubject(program=cohort.program, cohort=cohort, pairing=pairing)
    path = place(name, subject, handbook, day).path.partition("#")[0]
    kinds = [kind for kind in PAGES if re.fullmatch(re.sub(r"{\w+}", "[^/]+", kind.path), path)]
    pages, problems = render_kinds(handbook, Build(day, site="https://steps.example/"), kinds)
    assert not problems
    [text] = [page.text for page in pages if page.path == path]
    return " ".join(unescape(re.sub(r"<[^>]+>|\]\([^)]*\)|\[", "", text)).split())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.role}-{row.day}-{row.says[:20]}")
def test_card_and_page_say_the_same(row: Row, tmp_path_factory: pytest.TempPathFactory) -> None:
    handbook = handbook_of(tmp_path_factory.getbasetemp() / "statements")
    cohort = next(cohort for cohort in handbook.cohorts if f"{cohort.program.id}/{cohort.id}" == row.run)
    said, first = card_of(handbook, cohort, row)
    name = row.page or first.leads_to(date.fromisoformat(row.day))

    assert row.card in said
    assert row.says in page_of(handbook, cohort, name, date.fromisoformat(row.day))


@pytest.mark.parametrize(
    ("run", "card", "page"),
    [
        ("2027-spring", "The results are not here yet.", "The cohort ended on Wed 16 June 2027."),
        ("2026-spring", "Read what came of it.", "What this cohort reached"),
    ],
)
def test_nobody_is_sent_to_results_that_are_not_there(
    run: str, card: str, page: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    handbook = handbook_of(tmp_path_factory.getbasetemp() / "statements")
    cohort = next(cohort for cohort in handbook.cohorts if cohort.id == run)
    after = date(2027, 8, 4)
    first = now(cohort, "mentor", after, handbook.organisation.holidays).first

    assert MessageWords(handbook, Build(after), cohort).step(first, after).endswith(card)
    assert page in page_of(handbook, cohort, "cohort/results", after)


@pytest.mark.parametrize(
    ("day", "title", "counts"),
    [
        ("2026-12-18", "You will hear whether there is a match", "2027-01-29"),
        ("2027-01-13", "You might be asked about a match", "2027-01-18"),
        ("2027-01-25", "Pairings announced", "2027-01-29"),
    ],
)
def test_what_comes_next_says_its_own_day(
    day: str, title: str, counts: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Who is promised an answer by the day on which the waiting begins waits in vain."""
    handbook = handbook_of(tmp_path_factory.getbasetemp() / "statements")
    cohort = next(cohort for cohort in handbook.cohorts if cohort.id == "2027-spring")
    seen = date.fromisoformat(day)
    following = now(cohort, "mentee", seen, handbook.organisation.holidays).following
    days = {unescape(step.short(handbook.labels, seen)): f"{step.counts(seen)}" for step in following}

    assert counts == days[title]
