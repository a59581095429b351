"""The form to copy: it asks what pairings are made by, and the import reads all of it without a question."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, expect

from handbook.load.repository import load
from handbook.model.definitions.program import COLUMNS, Program
from handbook.model.handbook import Handbook
from handbook.pages.views import sign_up
from handbook.pages.views.sign_up import SignUpForm, SignUpQuestion, sign_up_form
from handbook.register.intake.columns import plan_of, sheet_of, unasked
from handbook.register.intake.faults import SheetFault
from handbook.register.intake.identities import give_ids
from handbook.register.intake.refusals import heard
from handbook.register.intake.rows import read_people
from handbook.register.intake.terms import catalogue_of
from handbook.register.ledger.ledger import Ledger, SignUp
from tests.conftest import Loaded
from tests.repository import MINIATURE, PROGRAM, ROOT, SHORT, Files, Site, Sites, example, read, write

PATH = "programs/digital-fluency/program.yml"
SCHEMA = json.loads((ROOT / "schemas/program.schema.json").read_text("utf-8"))
MATCHING = SCHEMA["properties"]["matching"]
CRITERIA = MATCHING["properties"]["criteria"]["items"]["properties"]["by"]["enum"]
RULES = {
    name: True if rule["type"] == "boolean" else 2
    for name, rule in MATCHING["properties"]["rules"]["properties"].items()
}
# Those that can be said to be none; the others are none where they are not said.
NO_RULES = {
    name: type(value)()
    for name, value in RULES.items()
    if not MATCHING["properties"]["rules"]["properties"][name].get("minimum")
}
ALWAYS = ["name", "email", "role", "not-with", "earlier", "consent"]
# Titles of topics and goals that a form tool writes as they are, between its own signs.
ODD = (
    "AI tools", "Listen, ask, tell", "Say \"no\"", "R&D: what's next?", "<script>alert(1)</script>",
    "=SUM(A1)", "العربية", "Über uns – Größe", "{{ 7*7 }}", "A / B", "`code` ${1}", "</script>",
    "One, two, three, four, five and six", "Pros; cons",
)  # fmt: skip
Load = Callable[[Files], Loaded]


def made(load_with: Load, matching: Mapping[str, Any], more: Files | None = None) -> Handbook:
    text = f"{PROGRAM.replace('topics: [ai-tools, the-rest]', '')}matching: {json.dumps(matching)}\n"
    odd = json.dumps([{"id": f"t-{number}", "title": title} for number, title in enumerate(ODD)])
    handbook, problems = load_with({PATH: f"{text}topics: {odd}\n"} | dict(more or {}))
    assert handbook is not None, problems
    return handbook


def form_of(handbook: Handbook, program: Program | None = None) -> SignUpForm:
    return sign_up_form(program or handbook.programs[0], handbook.organisation, handbook.labels)


def asked(form: SignUpForm) -> list[str]:
    return [question.field for question in form.questions]


def by(*criteria: str, **rules: object) -> dict[str, Any]:
    named = {name.replace("_", "-"): value for name, value in rules.items()}
    return {"criteria": [{"by": name} for name in criteria], "rules": {**NO_RULES, **named}}


# --- what is asked ---


@pytest.mark.parametrize(
    ("matching", "more"),
    [
        (by("topics"), ["topics"]),
        (by("skills"), ["skills", "learn"]),
        (by("goals", "location"), ["goals", "location"]),
        (by("hours"), ["timezone", "hours"]),
        (by("topics", shared_hours=1), ["topics", "timezone", "hours"]),
        (by("topics", different_unit=True), ["topics", "unit"]),
        (by("topics", grade_gap=1), ["topics", "grade"]),
        (by("topics", outside_reporting_line=True), ["topics", "manager"]),
        (by("languages", "interests"), ["interests", "languages"]),
    ],
)
def test_only_what_pairings_are_made_by_is_asked(
    load_with: Load, matching: dict[str, Any], more: list[str]
) -> None:
    assert [*ALWAYS[:3], *more, *ALWAYS[3:]] == asked(form_of(made(load_with, matching)))


def test_every_criterion_and_every_rule_of_the_schema_has_its_question() -> None:
    used = {name for row in sign_up._ROWS for name in row["for"]} - {"always"}

    assert {*CRITERIA, *RULES} <= used
    assert {row["field"] for row in sign_up._ROWS} == {*COLUMNS} - {"capacity"}


def test_an_answer_is_required_where_nobody_could_be_paired_without_it(load_with: Load) -> None:
    handbook = made(load_with, {"criteria": [{"by": name} for name in CRITERIA], "rules": RULES})

    required = {question.field for question in form_of(handbook).questions if question.required}
    assert {"name", "email", "role", "consent", "unit", "grade", "languages"} == required


def test_why_it_is_asked_are_the_rules_in_force(load_with: Load) -> None:
    handbook = made(load_with, by("languages", "topics", shared_language=True, grade_gap=3))
    why = {question.field: question.why for question in form_of(handbook).questions}

    assert "We look for a language that both of you speak. They share a language." == why["languages"]
    assert handbook.labels.say("rule.grade-gap", n=3).unescape() == why["grade"]
    assert all(why.values())


def test_known_grades_are_choices_from_junior_to_senior(load_with: Load) -> None:
    organisation = {"programs/organisation.yml": "name: Small\ngrades: [AA, AO, EO]\n"}
    (grade,) = (
        question
        for question in form_of(made(load_with, by("topics", grade_gap=1), organisation)).questions
        if question.field == "grade"
    )

    assert ("choice", ("AA", "AO", "EO")) == (grade.kind, grade.choices)


def test_the_organisations_own_time_zone_comes_first(load_with: Load) -> None:
    for zone in ("Europe/Rome", "Asia/Tokyo"):
        organisation = {"programs/organisation.yml": f"name: Small\ntimezone: {zone}\n"}
        form = form_of(made(load_with, by("hours"), organisation))
        choices = next(question.choices for question in form.questions if question.field == "timezone")

        assert zone == choices[0]
        assert 26 >= len(choices) == len(set(choices))  # a letter for each


# --- the round trip: a sheet as the form tools export it, read without a question ---

PEOPLE = ("Ada Ray", "Bo Lee", "Cleo Sands", "Zoë Ålund", "Łukasz Wróbel", "Jo Rivera", "Kim Field")
OWN_WORDS: Mapping[str, Sequence[str]] = {
    "name": PEOPLE,
    "email": tuple(f"p{number}@small.example" for number in range(len(PEOPLE))),
    "unit": ("Data", "R&D", "Estates"),
    "grade": ("Band 6", "Band 7", "Band 5"),
    "manager": ("Bo Lee", "p5@small.example", ""),
    "skills": ("Reading reviews\nTest mode", "Charts", ""),
    "learn": ("Write a prompt\nMerge cells", "", "Charts"),
    "interests": ("chess\ngardens", "chess", ""),
    "languages": ("English\nPolish", "English", "Welsh"),
    "not-with": ("Jo Rivera\np1@small.example", "", "Kim Field"),
    "earlier": ("", "Bo Lee", "Ada Ray"),
}
MEANT: Mapping[str, Sequence[object]] = {
    "role": (("mentor",), ("mentee",), ("mentor", "mentee")),
    "consent": ("nobody", "participants", "public"),
    "hours": ((8, 12), (12, 17), (17, 20), (8, 17), (12, 20), (0, 24)),
    "location": ("remote", "in-person", "either"),
}
LISTS = ("skills", "learn", "interests", "languages", "not-with", "earlier")


def answers(question: SignUpQuestion, person: int) -> tuple[str, ...]:
    """What one person says: each choice comes once, several where they can be ticked."""
    if not question.choices:
        own = OWN_WORDS[question.field]
        return (own[person % len(own)],)
    ticked = 3 if question.kind == "checkboxes" else 1
    places = {(person + step) % len(question.choices) for step in range(ticked)}
    return tuple(question.choices[place] for place in sorted(places))


def google(form: SignUpForm, people: int) -> str:
    """A file as Google Forms downloads it: several answers are parted by a comma."""
    rows = [
        [
            "2026/12/02 9:14:03 AM GMT+1",
            *(", ".join(answers(question, person)) for question in form.questions),
        ]
        for person in range(people)
    ]
    return sheet([["Timestamp", *(question.title for question in form.questions)], *rows])


def microsoft(form: SignUpForm, people: int, *, known: bool) -> str:
    """As Excel saves what Microsoft Forms gives; it may know who answers, and then need not ask."""
    questions = form.questions[2 if known else 0 :]
    rows = []
    for person in range(people):
        who = [OWN_WORDS[field][person] if known else anonymous for field, anonymous in
               (("email", "anonymous"), ("name", ""))]  # fmt: skip
        cells = [
            "".join(f"{answer};" for answer in answers(question, person))
            if question.kind == "checkboxes"
            else answers(question, person)[0]
            for question in questions
        ]
        rows.append([str(person + 1), "12/2/26 9:14:03", "12/2/26 9:20:41", *who, *cells])
    titles = ["ID", "Start time", "Completion time", "Email", "Name"]
    return "\ufeff" + sheet([[*titles, *(question.title for question in questions)], *rows])


def sheet(rows: Sequence[Sequence[str]]) -> str:
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue()


def imported(text: str, program: Program) -> tuple[SignUp, ...]:
    """Read a sheet; whatever anybody would be asked or told fails."""
    found = sheet_of(text.encode(), {})
    assert not isinstance(found, SheetFault), found
    plan = plan_of(found, {})
    assert [] == [*plan.faults, *unasked(found, plan)]
    assert not plan.unknown
    people = read_people(found, plan.fields, catalogue_of(program))
    assert () == people.faults
    assert {} == people.near
    assert () == people.unclear
    return heard(Ledger(give_ids(people.sign_ups).sign_ups)).sign_ups


def meant(form: SignUpForm, program: Program, person: int) -> Iterator[tuple[str, object]]:
    """Each field of a sign-up as the answers are meant."""
    people = {name: f"p-{number + 1}" for number, name in enumerate(PEOPLE)}
    people |= {address: f"p-{number + 1}" for number, address in enumerate(OWN_WORDS["email"])}
    catalogue = catalogue_of(program)
    ids = {term.title: term.id for term in (*catalogue["topics"], *catalogue["goals"])}
    for question in form.questions:
        said = answers(question, person)
        value: object = said[0]
        if question.field in MEANT:
            value = MEANT[question.field][question.choices.index(said[0])]
        elif question.kind == "checkboxes":
            value = tuple(ids[answer] for answer in said)
        elif question.field in LISTS:
            named = (people.get(part, part) for part in said[0].split("\n") if part)
            value = tuple(name for name in named if name != f"p-{person + 1}")
        elif question.field == "manager":
            value = people.get(said[0], said[0])
        yield question.field.replace("-", "_"), value


def round_trip(handbook: Handbook, program: Program) -> None:
    form = form_of(handbook, program)
    number = len(PEOPLE)
    for text in (
        google(form, number),
        microsoft(form, number, known=False),
        microsoft(form, number, known=True),
    ):
        sign_ups = imported(text, program)
        assert number == len(sign_ups)
        for person, read_one in enumerate(sign_ups):
            for field, value in meant(form, program, person):
                assert value == getattr(read_one, "roles" if field == "role" else field), field


COMBINATIONS: list[dict[str, Any]] = [
    *({"criteria": [{"by": name}], "rules": NO_RULES} for name in CRITERIA),
    *({"criteria": [{"by": "topics"}], "rules": {**NO_RULES, name: RULES[name]}} for name in RULES),
    {"criteria": [{"by": name} for name in CRITERIA], "rules": RULES},
    {"criteria": [{"by": "topics"}, {"by": "working-style"}]},
]


@pytest.mark.parametrize("matching", COMBINATIONS, ids=str)
def test_the_form_is_read_without_a_question(load_with: Load, matching: dict[str, Any]) -> None:
    handbook = made(load_with, matching)

    round_trip(handbook, handbook.programs[0])


@pytest.mark.parametrize("grades", [[], ["AA", "AO", "Grade 7", "Grade 6", "SCS1"]])
@pytest.mark.parametrize("shipped", ["example", "miniature", "short"])
def test_the_shipped_programs_forms_are_read_without_a_question(
    tmp_path: Path, shipped: str, grades: list[str]
) -> None:
    files = {"example": example(), "miniature": read(MINIATURE), "short": SHORT}[shipped]
    organisation = "programs/organisation.yml"
    write(tmp_path, {**files, organisation: f"{files[organisation]}grades: {json.dumps(grades)}\n"})
    handbook, problems = load(tmp_path)
    assert handbook is not None, problems

    for program in handbook.programs:
        round_trip(handbook, program)


# --- the ways to copy it ---


def test_the_csv_has_a_row_for_each_question_and_no_formula(load_with: Load) -> None:
    handbook = made(load_with, COMBINATIONS[-2])
    form = form_of(handbook)
    rows = [*csv.reader(io.StringIO(form.csv(handbook.labels)))]

    assert 1 == len({len(row) for row in rows})
    assert [question.title for question in form.questions] == [row[0] for row in rows[1:]]
    topics = next(row for row in rows if row[0].startswith("Which topics"))
    assert [title if title[0] != "=" else f"'{title}" for title in ODD] == [*filter(None, topics[5:])]
    assert [] == [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_the_list_has_numbers_and_letters(load_with: Load) -> None:
    form = form_of(made(load_with, COMBINATIONS[-2]))
    blocks = [block.splitlines() for block in form.numbered.strip().split("\n\n")]

    assert [f"{number}. {question.title}" for number, question in enumerate(form.questions, 1)] == [
        block[0] for block in blocks
    ]
    for block, question in zip(blocks, form.questions, strict=True):
        assert [line.split(". ", 1)[1] for line in block[1:]] == [*question.choices]
        assert [line[0] for line in block[1:]] == [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ"][: len(block) - 1]


# What the script calls, and what it leaves: each call of an item, by its name.
STUB = """
const made = {items: []}, log = [];
const Logger = {log: (line) => log.push(line)};
const item = (kind) => {
  const kept = {kind: kind};
  made.items.push(kept);
  const self = new Proxy({}, {get: (_, name) => (value) => { kept[name] = value; return self; }});
  return self;
};
const FormApp = {
  create: (title) => {
    made.title = title;
    const form = {
      setDescription: (text) => { made.description = text; return form; },
      addTextItem: () => item("text"), addParagraphTextItem: () => item("paragraph"),
      addMultipleChoiceItem: () => item("choice"), addCheckboxItem: () => item("checkboxes"),
      addListItem: () => item("list"),
      getPublishedUrl: () => "https://forms.example/fill", getEditUrl: () => "https://forms.example/edit",
    };
    return form;
  },
  createTextValidation: () => ({requireTextIsEmail: () => ({build: () => "email"})}),
};
"""


def items_of(form: SignUpForm) -> list[dict[str, object]]:
    return [
        {
            "kind": question.kind,
            "setTitle": question.title,
            "setHelpText": question.help,
            "setRequired": question.required,
            **({"setChoiceValues": [*question.choices]} if question.choices else {}),
            **({"setValidation": "email"} if question.field == "email" else {}),
        }
        for question in form.questions
    ]


@pytest.mark.parametrize("matching", COMBINATIONS, ids=str)
def test_the_script_makes_the_form(chromium: Browser, load_with: Load, matching: dict[str, Any]) -> None:
    form = form_of(made(load_with, matching))
    page = chromium.new_page()
    code = f"(() => {{ {STUB} {form.script}; makeSignUpForm(); return [made, log]; }})()"
    made_form, log = page.evaluate(code)
    page.close()

    assert items_of(form) == made_form["items"]
    assert (form.title, form.description) == (made_form["title"], made_form["description"])
    assert 2 == len(log)


@pytest.mark.skipif(shutil.which("node") is None, reason="no node")
@settings(max_examples=20)
@given(st.lists(st.text(min_size=1), min_size=1, max_size=8))
def test_whatever_a_program_says_is_data_in_the_script(texts: list[str]) -> None:
    question = SignUpQuestion("topics", "checkboxes", False, texts[0], texts[-1], "", tuple(texts))
    form = SignUpForm("</script><!--\u2028\u2029", "*/ //", (question,))
    assert "<" not in re.sub("^//.*|=>", "", form.script, flags=re.M).partition("const SIGN_UP")[2]
    code = f"{STUB}{form.script}makeSignUpForm();console.log(JSON.stringify(made));"
    done = subprocess.run(
        ["node", "-"], input=code.encode("utf-8", "surrogatepass"), capture_output=True, check=True
    )

    said = json.loads(done.stdout)
    assert items_of(form) == said["items"]
    assert form.title == said["title"]


# --- the page ---


@pytest.fixture
def site(built: Sites) -> Site:
    return built(example())


def test_the_page_shows_every_question_and_leads_to_the_files(site: Site) -> None:
    folder = "programs/digital-fluency/"
    page = site.look(f"{folder}sign-up-form/")
    asked_there = [*csv.reader(io.StringIO(site.files[f"{folder}sign-up-form.csv"].decode("utf-8-sig")))][1:]

    for title, _, _, help_text, why, *choices in asked_there:
        for text in (title, help_text, why, *filter(None, choices)):
            assert text in page.text
    for ending in ("csv", "gs", "txt"):
        assert f"../sign-up-form.{ending}" in page.addresses
    assert "../sign-up-form/" in site.look(f"{folder}kit/").addresses
    assert "../taking-part/" in site.look(f"{folder}feedback/").addresses
    assert "Which unit do you work in?" in site.look(f"{folder}taking-part/").text


def test_script_and_list_are_copied_as_they_are(
    chromium: Browser, serve_dir: Callable[[Path], AbstractContextManager[str]], site: Site
) -> None:
    folder = "programs/digital-fluency/"
    with serve_dir(site.folder) as url:
        context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.goto(f"{url}/{folder}sign-up-form/")
        for name, ending in (("Copy the script", "gs"), ("Copy the list", "txt")):
            page.get_by_text(name, exact=True).click()
            page.get_by_role("button", name=name).click()
            expect(page.get_by_role("status").filter(has_text="Copied")).to_be_attached()
            copied = page.evaluate("navigator.clipboard.readText()")
            assert site.files[f"{folder}sign-up-form.{ending}"].decode("utf-8-sig").strip() == copied.strip()
        context.close()
