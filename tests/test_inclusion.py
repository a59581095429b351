"""What a program promises follows its topics; inclusion has guides of its own, and no text judges by age."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest

from handbook.model.definitions import assembly
from handbook.model.definitions.program import ROLES, Program
from handbook.model.handbook import Handbook
from handbook.text.document import Document, read
from tests.conformance import Article, Claim, own_words
from tests.repository import SHORT, Sites, example

DIGITAL = "programs/digital-fluency/"
INCLUSIVE = "programs/inclusive-leadership/"
OWN = {"observe-and-reflect", "lived-experience"}
EIGHT = {
    *("first-meeting", "how-we-work", "hands-on", "midpoint-review"),
    *("what-people-say", "customers-and-change", "learning-in-public", "closing"),
}


def made(short: Handbook, said: Mapping[str, Any]) -> Program:
    """A program that says this beside what it must."""
    whole = {"title": "A", "summary": "B", "goals": [{"title": "C"}], **said}
    document = read("programs/a/program.yml", json.dumps(whole))
    assert isinstance(document, Document)
    program, problems = assembly.program(document, short.playbook, {})
    assert () == problems
    return program


def guides(program: Program) -> set[str]:
    """The ids of all sessions that a program has or offers."""
    return {session.id for session in (*program.sessions, *program.further)}


# --- which sessions -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [{}, {"topics": ["ai-tools"]}, {"topics": ["ai-tools", "the-rest"]}, {"topics": [{"title": "Our app"}]}],
)
def test_without_naming_the_topic_a_program_has_the_eight_guides(
    short: Handbook, said: Mapping[str, Any]
) -> None:
    assert guides(made(short, said)) == EIGHT


@pytest.mark.parametrize("inclusion", ["inclusion", {"id": "inclusion", "title": "Who belongs"}])
def test_a_program_that_names_inclusion_is_offered_its_guides(short: Handbook, inclusion: object) -> None:
    program = made(short, {"topics": ["leadership-feedback", inclusion]})

    assert EIGHT | OWN == guides(program)
    assert 6 == len(program.sessions)


def test_lived_experience_is_no_session_that_a_program_gets_without_choosing_it(short: Handbook) -> None:
    program = made(short, {"topics": ["inclusion", "leadership-feedback", "ways-of-working"]})

    assert "lived-experience" in {session.id for session in program.further}


def test_a_session_that_a_list_names_is_there_whatever_the_topics(short: Handbook) -> None:
    said = {"sessions": ["first-meeting", "lived-experience", "closing"], "topics": ["ai-tools"]}

    assert ["first-meeting", "lived-experience", "closing"] == [one.id for one in made(short, said).sessions]


def test_sessions_on_the_topics_that_a_program_names_come_first(short: Handbook) -> None:
    customers = made(short, {"topics": ["customers-and-market"], "commitment": {"sessions": 4}})
    every = made(short, {"commitment": {"sessions": 4}})

    assert "customers-and-change" in {session.id for session in customers.sessions}
    assert "customers-and-change" in {session.id for session in every.further}
    assert "how-we-work" in {session.id for session in every.sessions}


# --- what they promise ----------------------------------------------------------------------------

GADGETS = re.compile(r"\b(?:tools?|digital\w*|technolog\w*|gadgets?)\b", re.I)


@pytest.mark.parametrize("role", ROLES)
def test_a_guide_speaks_of_tools_only_where_they_are_a_topic(built: Sites, role: str) -> None:
    site = built(example())
    of_tools, of_people = (site.look(f"{one}roles/{role}/").text for one in (DIGITAL, INCLUSIVE))

    assert [] == GADGETS.findall(of_people)
    assert GADGETS.search(of_tools.replace("Digital fluency", "")) or role == "coordinator"


CLAIMS = {
    "observe-and-reflect": {
        "p": ["a leader's visit is usually prepared", "write what you saw and heard, without names"],
        "li": ["what does the place say without words", "you are a guest today", "who was never interrupted"],
        ".hb-agenda__text": ["go through person, team, organisation and symbols"],
        ".hb-checklist li": ["tell them what you will change"],
    },
    "lived-experience": {
        "p": [
            "nothing is owed",
            "the mentee stays, does not follow",
            "read where confidentiality ends together",
        ],
        "li": ["do not answer with a story of your own", "that is as far as i go"],
        ".hb-agenda__text": ["what nobody named stays here"],
        ".hb-checklist li": ["what people who live it have published"],
    },
}


@pytest.mark.parametrize("guide", ["observe-and-reflect", "lived-experience"])
def test_its_guides_say_what_to_do(built: Sites, guide: str) -> None:
    page = Article(built(example()).html(f"{INCLUSIVE}sessions/{guide}/"))
    claims = [Claim(guide, guide, within, one) for within, said in CLAIMS[guide].items() for one in said]
    missing = [str(claim) for claim in claims if not page.holds(claim)]

    assert [] == missing


def test_a_site_without_the_topic_has_no_page_of_them(built: Sites) -> None:
    assert [] == [page for page in built(SHORT).pages() if page.strip("/").split("/")[-1] in OWN]


# --- age ------------------------------------------------------------------------------------------

AGE = re.compile(
    r"\b(?:young(?:er)? (?:people|staff|colleagues?|customers?|generation)|older (?:people|staff|colleagues?)"
    r"|(?:half|twice) (?:their|his|her|your) age|(?:their|your|his|her) age|digital natives?|millennials?"
    r"|(?:other|their|own|other's) generations?|boomers?|gen z)\b",
    re.I,
)


@pytest.mark.parametrize("kind", ["roles", "sessions", "topics", "starters", "readiness"])
def test_no_text_tells_people_by_their_age(short: Handbook, kind: str) -> None:
    found = {item.id: said for item in short.playbook.kind(kind) if (said := AGE.findall(own_words(item)))}

    assert {} == found


@pytest.mark.parametrize(
    "said", ["What young people want", "taught by someone half their age", "Gen Z likes it"]
)
def test_such_words_are_found(said: str) -> None:
    assert AGE.search(said)
