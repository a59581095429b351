"""The question bank: every form asks from it, and a form tool can read it."""

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.model.handbook import Handbook
from handbook.pages.views import survey
from tests.conftest import Loaded
from tests.repository import PROGRAM, SHORT, Files, Sites, example

PATH = "programs/digital-fluency/program.yml"
Load = Callable[[Files], Loaded]


def rows(handbook: Handbook) -> list[dict[str, str]]:
    text = survey.as_csv(handbook.programs[0], handbook.labels)
    return list(csv.DictReader(io.StringIO(text)))


def with_bank(load_with: Load, bank: list[Any]) -> Handbook:
    said = json.dumps({"survey": {"take": bank}}, ensure_ascii=False)
    handbook, problems = load_with({PATH: f"{PROGRAM}playbook: {said}\n"})
    assert handbook is not None, problems
    return handbook


def test_each_form_of_the_playbook_asks_several_questions(short: Handbook) -> None:
    numbers = {purpose: len(survey.questions(short.programs[0], purpose)) for purpose in survey.PURPOSES}

    assert 4 == numbers["session"]
    assert min(numbers.values()) >= 4
    assert {"your-role"} == {
        survey.questions(short.programs[0], purpose)[0].id for purpose in survey.PURPOSES
    }


def test_every_question_has_a_kind_of_goal_and_a_scale(short: Handbook) -> None:
    bank = short.programs[0].items["survey"]

    assert len(bank) >= 24
    assert [] == [item.id for item in bank if not (item["goal"] and item["scale"] and item["asked"])]
    kinds = [item["goal"] for item in bank]
    assert {kind for kind in kinds if kinds.count(kind) >= 3} == set(kinds)


def test_every_question_says_what_it_measures(short: Handbook) -> None:
    bank = short.programs[0].items["survey"]

    assert [] == [item.id for item in bank if not item["construct"]]
    assert {item.id: item["construct"] for item in bank}.items() <= {
        row["id"]: row["construct"] for row in rows(short)
    }.items()


def test_cost_and_harm_are_asked_while_there_is_time_and_again_at_the_end(short: Handbook) -> None:
    harm = [item for item in short.programs[0].items["survey"] if "harm" == item["goal"]]

    assert len([item for item in harm if "midpoint" in item["asked"]]) >= 3
    assert [] == [item.id for item in harm if "end" not in item["asked"]]
    assert {("mentor", "mentee")} == {tuple(item["for"]) for item in harm}


def test_the_code_joins_the_first_answers_to_the_last(short: Handbook) -> None:
    [code] = [item for item in short.programs[0].items["survey"] if item.id == "your-code"]

    assert ["baseline", "end"] == code["asked"]
    assert "You may leave it empty" in code.body


@pytest.mark.parametrize(
    ("purpose", "most"), [("baseline", 15), ("session", 4), ("midpoint", 11), ("end", 24)]
)
@pytest.mark.parametrize("role", ["mentor", "mentee"])
def test_no_form_is_long(short: Handbook, purpose: str, most: int, role: str) -> None:
    asked = [item for item in survey.questions(short.programs[0], purpose) if role in item["for"]]

    assert len(asked) <= most


def test_nobody_is_asked_about_an_age(short: Handbook) -> None:
    said = " ".join(f"{item.title} {item.body}" for item in short.programs[0].items["survey"])

    assert not re.search(r"\b(?:young|old|age|generation)", said)


def test_what_changes_is_asked_at_the_start_and_at_the_end(short: Handbook) -> None:
    bank = short.programs[0].items["survey"]

    assert len([item for item in bank if {"baseline", "end"} <= set(item["asked"])]) >= 6


def test_the_csv_has_a_row_for_each_question_in_each_form(short: Handbook) -> None:
    bank = short.programs[0].items["survey"]
    found = rows(short)

    assert sum(len(item["asked"]) for item in bank) == len(found)
    assert ("1", "Mentor", "Mentee", "") == tuple(
        found[0][key] for key in ("number", "answer 1", "answer 2", "answer 3")
    )
    first = found[1]
    assert ("baseline", "2", "choice") == (first["form"], first["number"], first["type"])
    assert "1 – not at all confident" == first["answer 1"]
    assert "5 – very confident" == first["answer 5"]
    assert {"choice", "text"} <= {row["type"] for row in found}


def test_a_program_asks_its_own_questions(load_with: Load) -> None:
    ours = {"title": "Would you do it again?", "asked": ["end"], "scale": "yes-no", "for": ["mentor"]}
    handbook = with_bank(load_with, [ours])

    [row] = rows(handbook)
    assert ("yes", "no", "", "mentor") == (row["answer 1"], row["answer 2"], row["answer 3"], row["for"])
    program = handbook.programs[0]
    asked = {form.purpose: survey.form_questions(program, form) for form in program.forms}
    assert ("Would you do it again?",) == asked["end"]
    assert () == asked["baseline"]


def test_a_form_with_questions_of_its_own_asks_those(load_with: Load) -> None:
    text = PROGRAM.replace("forms:\n", "forms:\n  - {id: baseline, asks: [Why are you here?]}\n")
    handbook, _ = load_with({PATH: text})
    assert handbook is not None
    program = handbook.programs[0]

    form = next(form for form in program.forms if form.id == "baseline")
    assert ("Why are you here?",) == survey.form_questions(program, form)


OWN_ASKS = PROGRAM.replace(
    "forms:\n",
    "forms:\n  - {id: baseline, asks: [Why are you here?, What else?]}\n"
    "  - {title: A word, purpose: session, url: 'https://forms.example/a', asks: [Was it worth it?]}\n"
    "  - {title: Another word, purpose: midpoint, url: 'https://forms.example/b', asks: [What now?]}\n",
)


def test_page_bank_and_csv_list_what_the_forms_ask(load_with: Load) -> None:
    handbook, problems = load_with({PATH: OWN_ASKS})
    assert handbook is not None, problems
    program = handbook.programs[0]
    purposes = {form.purpose for form in program.forms} & set(survey.PURPOSES)
    forms = {
        purpose: {
            ask
            for form in program.forms
            if form.purpose == purpose
            for ask in survey.form_questions(program, form)
        }
        for purpose in purposes
    }
    bank = {purpose: {item.title for item in survey.questions(program, purpose)} for purpose in purposes}
    table = {
        purpose: {row["question"] for row in rows(handbook) if row["form"] == purpose} for purpose in purposes
    }

    assert set(survey.PURPOSES) == purposes
    assert {"Why are you here?", "What else?"} == bank["baseline"]
    assert {"Was it worth it?"} == bank["session"]
    assert len(bank["midpoint"]) > 9  # another form asks the bank's
    assert forms == bank == table


@given(st.text(min_size=1).filter(lambda text: bool(text.strip())))
def test_no_cell_is_a_formula(text: str) -> None:
    assert not survey._cell(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("title", ['=HYPERLINK("https://x.example")', "+1", "-1", "@SUM(A1)"])
def test_a_question_that_looks_like_a_formula_is_a_text(load_with: Load, title: str) -> None:
    [row] = rows(with_bank(load_with, [{"id": "ours", "title": title, "asked": ["end"]}]))

    assert f"'{title}" == row["question"]


def test_the_site_holds_the_csv_and_links_to_it(built: Sites) -> None:
    site = built(example())
    text = site.files["programs/digital-fluency/survey.csv"].decode("utf-8-sig")

    assert text.startswith('"form","number","question","type","answer 1"')
    assert "../survey.csv" in site.look("programs/digital-fluency/survey/").addresses
    assert "programs/digital-fluency/survey.csv" in built(SHORT).files
