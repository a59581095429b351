"""What pages say of how pairings are made: each claim is a rule in force, and each rule in force is said."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from handbook.contents.build import Build
from handbook.contents.kinds import BY_NAME
from handbook.model.handbook import Handbook
from handbook.pages.rendering import pages
from tests.conftest import Loaded
from tests.repository import PROGRAM, Files
from tests.test_sign_up import CRITERIA, NO_RULES, PATH, RULES

Load = Callable[[Files], Loaded]
# What a page promises where it says one of these, by the rules of which one has to hold it.
CLAIMS: Mapping[str, tuple[str, ...]] = {
    r"\b(?:another|different|own|same|other) units?\b|\bacross units\b": ("different-unit",),
    r"\bgrades?\b": ("grade-gap", "largest-grade-gap", "mentor-below"),
    r"\breporting lines?\b|\breports? to\b": ("outside-reporting-line",),
    r"\bshare a language\b": ("shared-language",),
    r"\bhours of the day\b": ("shared-hours",),
}
# Where pages and messages say how pairings of a program are made.
WHERE = ("taking-part", "sign-up-form", "feedback", "cohort/messages")


def texts_of(handbook: Handbook, *names: str) -> str:
    kinds = [BY_NAME[name] for name in names]
    made, problems = pages.render_kinds(handbook, Build(date(2026, 12, 10)), kinds)
    assert () == problems
    # The note on an unclear chart and the question about it promise nothing.
    shown = re.sub(r"&#(\d+);", lambda code: chr(int(code[1])), "\n".join(page.text for page in made))
    return shown.replace("Is there a reporting line between the two of you", "")


def with_rules(load_with: Load, matching: Mapping[str, Any]) -> Handbook:
    handbook, problems = load_with({PATH: f"{PROGRAM}matching: {json.dumps(matching)}\n"})
    assert handbook is not None, problems
    return handbook


PROGRAMS = [
    {"rules": NO_RULES},
    {},
    {"rules": RULES, "criteria": [{"by": name} for name in CRITERIA]},
    *({"rules": {**NO_RULES, name: value}} for name, value in RULES.items()),
    *({"rules": {**RULES, name: NO_RULES[name]}} for name in NO_RULES),
    *({"rules": NO_RULES, "criteria": [{"by": name}]} for name in CRITERIA),
]


@pytest.mark.parametrize("matching", PROGRAMS, ids=str)
def test_pages_claim_what_rules_hold_and_name_every_rule(load_with: Load, matching: dict[str, Any]) -> None:
    handbook = with_rules(load_with, matching)
    program = handbook.programs[0]
    rules = {name: value for name, value in program.rules.items() if value}
    shown = texts_of(handbook, *WHERE)
    page = texts_of(handbook, "taking-part")

    for claim, holders in CLAIMS.items():
        if not rules.keys() & {*holders}:
            assert [] == re.findall(claim, shown), claim
    for name, value in rules.items():
        assert f"- {handbook.labels.say(f'rule.{name}', n=value).unescape()}" in page
    for name, _ in program.criteria:
        assert handbook.labels.say(f"criterion.{name}") in page


def test_a_claim_that_no_rule_holds_is_seen(load_with: Load) -> None:
    """The claims above are those of the rules' own words, so that none is looked for in vain."""
    handbook = with_rules(load_with, {"rules": RULES})

    for claim, holders in CLAIMS.items():
        labels = (handbook.labels.say(f"rule.{name}", n=2) for name in holders if name in RULES)
        assert all(re.search(claim, label) for label in labels), claim


def test_the_guide_promises_no_rule_that_a_program_may_leave_out(load_with: Load) -> None:
    shown = texts_of(with_rules(load_with, {"rules": NO_RULES}), "taking-part")

    assert "What makes a good pairing" in shown
    assert "keep pairings out of" not in shown


def test_whom_one_would_rather_not_meet_is_a_rule_private_and_can_be_said_later(load_with: Load) -> None:
    page = texts_of(with_rules(load_with, {"rules": NO_RULES}), "taking-part")

    for words in (
        "never proposed to each other",
        "nobody else is told",
        "comes to mind later",
        "not say why",
    ):
        assert words in page


def test_a_form_of_ones_own_is_listed_as_it_is(load_with: Load) -> None:
    text = PROGRAM.replace("forms:\n", "forms:\n  - {id: sign-up, asks: [What brings you here?]}\n")
    handbook, problems = load_with({PATH: text})
    assert handbook is not None, problems
    page = texts_of(handbook, "taking-part")

    assert "- What brings you here?" in page
    assert "Which unit do you work in?" not in page
