"""Whom people name in their own words is found, or asked about: no refusal is dropped in silence."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from handbook.cli import main
from handbook.register.intake.refusals import carried, freed, heard
from handbook.register.ledger.ledger import Ledger, Proposal, SignUp
from handbook.register.pairing.assignment import assign
from handbook.register.pairing.criteria import Setting
from handbook.register.pairing.proposal import Terms, table
from handbook.rules.privacy.spellings import normal_form
from tests.registers import keep, keep_people, ledger
from tests.repository import DAY, SHORT, write
from tests.terminal import pexpect

ADA = SignUp("p-1", "Ada Ray", "ada@x.example", ("mentor",), unit="Data")
OTHERS = (
    SignUp("p-2", "Bo Lee", "bo@x.example", ("mentee",), unit="Finance"),
    SignUp("p-3", "Cy Poe", "cy@x.example", ("mentee",), unit="Estates"),
    SignUp("p-4", "Kim Jung", "jung@x.example", ("mentee",), unit="Human Resources"),
    SignUp("p-5", "Kim Park", "park@x.example", ("mentee",), unit="Nursing"),
    SignUp("p-6", "Will Smith", "will@x.example", ("mentee",)),
    SignUp("p-7", "May Fox", "may@x.example", ("mentee",)),
    SignUp("p-8", "Łukasz Groß", "lukasz@x.example", ("mentee",)),
    SignUp("p-9", "Ana de la Cruz", "ana@x.example", ("mentee",)),
    SignUp("p-10", "Anna-Lena Maier", "maier@x.example", ("mentee",)),
    SignUp("p-11", "Cher", "cher@x.example", ("mentee",)),
    SignUp("p-12", "José Ortega y Gasset", "jose@x.example", ("mentee",)),
    SignUp("p-13", "Maria Garcia", "garcia@x.example", ("mentee",)),
    SignUp("p-14", "Maria Garcia Lopez", "lopez@x.example", ("mentee",)),
)


def ada(field: str, cell: str, manager: str = "") -> SignUp:
    """Ada, with a cell in one of the columns that name people."""
    if field == "manager":
        return replace(ADA, manager=cell)
    return replace(ADA, manager=manager, **{field.replace("-", "_"): (cell,)})  # type: ignore[arg-type]


def named(field: str, cell: str, manager: str = "") -> tuple[list[str], list[str]]:
    """The ids that Ada surely names in a column, and the texts in it of which nobody knows."""
    reading = heard(Ledger((ada(field, cell, manager), *OTHERS)))
    meant = getattr(reading.sign_ups[0], field.replace("-", "_"))
    ids = meant.split("; ") if field == "manager" else meant
    doubts = [doubt.text for doubt in reading.doubts if doubt.field == field]
    return [name for name in ids if name.startswith("p-")], doubts


FOUND = {
    # The ways of the finding.
    "Bo": "p-2", "B. Lee": "p-2", "Bo Lee (Finance)": "p-2", "Mr Bo Lee": "p-2", "Dr. Bo Lee": "p-2",
    "Bo Lee or Cy Poe": "p-2 p-3", "Bo Lee and Cy Poe": "p-2 p-3", "Bo Lee - we worked together": "p-2",
    "Bo Lee": "p-2", " bo  LEE ": "p-2", "Lee, Bo": "p-2", "bo@x.example": "p-2", "Bó Léé": "p-2",
    "Bo Lee; Cy Poe": "p-2 p-3",
    # Titles, addresses, what stands before and behind.
    "Herrn Lukasz Gross": "p-8", "Prof. Dr. Cy Poe": "p-3",
    "Sra. Ana de la Cruz": "p-9", "Bo Lee <bo@x.example>": "p-2",
    "Bo Lee <bo@home.example>": "p-2", "mailto:bo@x.example": "p-2", "(Bo Lee)": "p-2", "“Bo Lee”": "p-2",
    "@Bo Lee": "p-2", "Please not Bo Lee": "p-2", "Not: Bo Lee": "p-2", "Nobody except Bo Lee.": "p-2",
    "Bitte nicht mit Bo Lee": "p-2", "I would rather not meet Bo Lee": "p-2",
    "Bo Lee (Finance, London)": "p-2", "Lee, Bo (Finance)": "p-2", "Bo Lee, bo@x.example": "p-2",
    "Bo Lee – he was my boss": "p-2", "Bo Lee: we do not get on": "p-2", "Kim Jung (Human Resources)": "p-4",
    # Several.
    "Bo Lee/Cy Poe": "p-2 p-3", "Bo Lee & Cy Poe": "p-2 p-3", "Bo Lee and/or Cy Poe": "p-2 p-3",
    "Bo Lee, Cy Poe, and Kim Park": "p-2 p-3 p-5", "Lee, Bo; Poe, Cy": "p-2 p-3", "Bo\nCy": "p-2 p-3",
    "- Bo Lee\n- Cy Poe": "p-2 p-3", "1. Bo Lee\n2) Cy Poe": "p-2 p-3", "Bo oder Cy": "p-2 p-3",
    "Bo et Cy": "p-2 p-3", "Bo y Cy": "p-2 p-3", "Bo en Cy": "p-2 p-3", "BO LEE AND CY POE": "p-2 p-3",
    "Bo Lee • Cy Poe": "p-2 p-3", "No, not Bo Lee": "p-2",
    # Names.
    "Kim J.": "p-4", "K. Park": "p-5", "Ana Cruz": "p-9", "de la Cruz, Ana": "p-9", "A. de la Cruz": "p-9",
    "Anna Maier": "p-10", "Anna–Lena Maier": "p-10", "Cher": "p-11",
    "Cher or Bo": "p-11 p-2",
    "Jose Ortega y Gasset": "p-12", "Maria Garcia": "p-13", "Maria Garcia Lopez": "p-14", "May": "p-7",
    "p-2": "p-2", "Ada Ray": "",
}  # fmt: skip
NOBODY = (
    "none", "No", "n/a", "N/A.", "-", "", "...", "Nobody", "no one", "No preference", "no, thanks", "keine",
    "Niemand.", "nein danke", "k.A.", "personne", "Aucune préférence", "Sans objet", "ninguno", "No aplica",
    "geen", "n.v.t.", "Not applicable", "None that I know of", "No conflicts of interest", "none; n/a",
)  # fmt: skip
# What could be two people, is only near a name or holds words that nobody knows; and who is proposed first.
DOUBTFUL = {
    "Bo Leee": "p-2", "Boo Lee": "p-2", "Bo Lei": "p-2", "Ob Lee": "p-2", "Lukas Groß": "p-8", "Kim": "p-4",
    "Kim (Nursing)": "p-4", "M. Garcia": "p-13", "Maria": "p-13", "Anna-Lena Mayer": "p-10", "Che": "p-11",
    "Bo Marie Lee": "p-2", "bo.lee@home.example": "p-2", "Will not travel": "p-6", "May only": "p-7",
    "Bo Lee's team": "p-2", "my old boss (Bo Lee)": "p-2", "Bo Lee (anyone of that team)": "p-2",
    "Bo Lee - Cyy Poe": "p-2", "Bo Lee Cy Poe": "p-2", "anybody from Finance": "", "Zed Quux": "",
    "Maier": "p-10", "Maier, Bo": "p-10", "Poe, Kim": "p-3", "Rose Ortega": "p-12", "Groß": "p-8",
    "cy@x.example jo@home.example": "p-3", "Lena Maier": "p-10", "Bo de la Cruz": "p-2",
    "de la Cruz": "p-9", "Kim van": "p-4", "Everyone": "", "my neighbour": "", "B": "", "B. L.": "",
    "?!x": "", "Frau Groß": "p-8", "Mme Cruz": "p-9", "Dhr. Poe": "p-3", "Frau Maier": "p-10",
    "J. Kim": "p-4", "Bo Lee (Finance) or CyPoe": "p-2", "Bo Lee - boss, never again": "p-2",
    "Bo Lee (or Cy)": "p-2", "Bo Lee <cy@x.example>": "p-2", "Lee, Bo, Poe, Cy": "p-2", "Bo, L.": "p-2",
    "Bo Lee, my old friend": "p-2", "Bo Leee and Cy Poe": "p-3", "Bo Lee of Finance": "p-2",
    "Not Bo, Cy is fine": "p-2",
    "Rose Ortega y Gasset": "p-12", "Bo, Cher, Poe, Rose": "p-2", "cy@x.example / jo@home.example": "p-3",
}  # fmt: skip


@pytest.mark.parametrize("field", ["not-with", "earlier", "manager"])
@pytest.mark.parametrize(("cell", "ids"), FOUND.items())
def test_whoever_is_surely_meant_is_found_in_each_column(field: str, cell: str, ids: str) -> None:
    cell = cell.replace("\n", "; ") if field == "manager" else cell  # as the sheet's cell comes in

    assert (ids.split(), []) == named(field, cell)


@pytest.mark.parametrize("field", ["not-with", "earlier", "manager"])
@pytest.mark.parametrize("cell", NOBODY)
def test_whoever_names_nobody_is_asked_nothing(field: str, cell: str) -> None:
    assert ([], []) == named(field, cell)


@pytest.mark.parametrize("field", ["not-with", "earlier"])
@pytest.mark.parametrize(("cell", "first"), DOUBTFUL.items())
def test_whoever_may_be_meant_is_asked_about(field: str, cell: str, first: str) -> None:
    reading = heard(Ledger((ada(field, cell), *OTHERS)))

    assert ([], [cell]) == named(field, cell)
    assert [cell] == [doubt.text for doubt in reading.doubts]
    assert first in [person.id for person in reading.doubts[0].near[:2]] or not first


def test_of_a_list_each_line_is_found_or_asked_about() -> None:
    assert (["p-2"], ["somebody else"]) == named("not-with", "Bo Lee; none; somebody else")


@pytest.mark.parametrize(
    "cell",
    ["My manager", "my line manager", "Mein Chef", "mon responsable", "mi jefe", "Mijn manager",
     "My boss - he knows why", "my manager (Bo Lee)"],
)  # fmt: skip
def test_my_manager_is_whom_the_person_reports_to(cell: str) -> None:
    assert (["p-2"], []) == named("not-with", cell, manager="Bo Lee")
    assert ([], [cell]) == named("not-with", cell), "nobody is said to be the manager"
    assert ([], [cell]) == named("not-with", cell, manager="Bo Leee"), "who it is has to be said first"


def test_a_manager_who_did_not_sign_up_is_no_question_and_no_refusal() -> None:
    assert ([], []) == named("not-with", "My manager", manager="Zed Quux")


@pytest.mark.parametrize(
    ("manager", "asked"),
    [
        ("Zed Quux", False), ("Dr. Zed Quux", False), ("zed.quux@x.example", False), ("Anna Weber", False),
        ("zed quux", False), ("Jan van der Berg", False), ("Zed Quux (Finance)", False),
        ("Boo Lee", True), ("Bob Lee", True), ("bo.lee@home.example", True), ("Maria Garcia Lopes", True),
        ("Zed", True), ("Head of Finance", True), ("whoever it may be", True), ("Somebody of IT", True),
        ("Bo Lee Cy Poe", True),
        ("my boss", True),
    ],
)  # fmt: skip
def test_a_manager_is_asked_about_where_the_name_is_near_or_none(manager: str, asked: bool) -> None:
    assert ([], [manager] if asked else []) == named("manager", manager)


def test_a_comma_that_may_stand_between_two_is_asked_about_but_of_a_manager() -> None:
    """An organisation's own list has “Last, First” in every row, and one manager in each."""

    def read(**said: object) -> tuple[str, tuple[str, ...], list[str]]:
        writer = replace(ADA, **said)  # type: ignore[arg-type]
        reading = heard(Ledger((writer, *OTHERS, SignUp("p-20", "María Lee"))))
        return reading.sign_ups[0].manager, reading.sign_ups[0].not_with, [two.text for two in reading.doubts]

    assert ("", (), ["Lee, Bo"]) == read(not_with=("Lee, Bo",))
    assert ("", (), ["Lee, María"]) == read(not_with=("Lee, María",))
    assert ("p-2", (), []) == read(manager="Lee, Bo")


def test_a_manager_matters_to_one_rule_alone() -> None:
    kept = Ledger((replace(ADA, manager="Boo Lee"), *OTHERS))

    assert 1 == len(heard(kept, ["outside-reporting-line"]).doubts)
    assert () == heard(kept, ["grade-gap"]).doubts


# --- 300 ways, generated ------------------------------------------------------------------------

FIRST = ["Bo", "Ada", "Jürgen", "Łukasz", "Søren", "Anna-Lena", "Jean Luc", "María", "Will", "May", "Kim",
         "Chloé", "Zoë", "Ngozi", "Yusuf", "Siobhán", "Björn", "Iñigo", "Rose", "Mark"]  # fmt: skip
LAST = ["Lee", "de la Cruz", "Groß", "O’Neil", "van den Berg", "Nowak", "Smith-Jones", "Ortega y Gasset",
        "Oyelaran", "Øst", "Ferreira", "Dvořák", "Żak", "Hughes", "Poe", "Fox"]  # fmt: skip
REASONS = [
    "we worked together",
    "Finance",
    "my former team lead",
    "she knows why",
    "ehemalige Chefin",
    "2019",
]


def slipped(name: str, dice: random.Random) -> str:
    """A name with two letters changed for one another, one left out, doubled or another."""
    place = dice.randrange(1, len(name) - 1)
    before, letter, after = name[:place], name[place], name[place + 1 :]
    return dice.choice([
        before + after, before + letter + letter + after, before + dice.choice("aeionrst") + after,
        before + after[:1] + letter + after[1:],
    ])  # fmt: skip


WAYS: Mapping[str, Callable[[SignUp, random.Random], str]] = {
    "as it is": lambda who, dice: who.name,
    "case": lambda who, dice: dice.choice([who.name.upper(), who.name.lower()]),
    "accents": lambda who, dice: normal_form(who.name).title(),
    "last, first": lambda who, dice: (
        ", ".join((who.name.split(" ", 1) * 2)[1:3]) if " " in who.name else who.name
    ),
    "first name": lambda who, dice: who.name.split()[0],
    "last name": lambda who, dice: who.name.split()[-1],
    "initial": lambda who, dice: f"{who.name[0]}. {who.name.split(' ', 1)[-1]}",
    "last initial": lambda who, dice: f"{who.name.split()[0]} {who.name.split()[-1][0]}.",
    "title": lambda who, dice: (
        f"{dice.choice(['Dr', 'Mr', 'Prof.', 'Frau', 'Mme', 'Sra.', 'Dhr.'])} {who.name}"
    ),
    "title and last": lambda who, dice: f"{dice.choice(['Mr', 'Ms', 'Herr'])} {who.name.split()[-1]}",
    "brackets": lambda who, dice: f"{who.name} ({dice.choice(REASONS)})",
    "dash": lambda who, dice: f"{who.name} {dice.choice('-–—')} {dice.choice(REASONS)}",
    "colon": lambda who, dice: f"{who.name}: {dice.choice(REASONS)}",
    "slip": lambda who, dice: slipped(who.name, dice),
    "address": lambda who, dice: who.email.upper(),
    "name and address": lambda who, dice: f"{who.name} <{who.email}>",
    "another address": lambda who, dice: f"{normal_form(who.name).replace(' ', '.')}@home.example",
    "please": lambda who, dice: f"{dice.choice(['Please not', 'Bitte nicht mit', 'not with'])} {who.name}",
    "sentence": lambda who, dice: f"I used to work for {who.name} and we fell out",
    "blanks": lambda who, dice: who.name.replace(" ", "  ").join("  "),
}
BETWEEN = [
    " and ",
    " or ",
    ", ",
    "; ",
    "\n",
    " & ",
    "/",
    " / ",
    " und ",
    " oder ",
    " and/or ",
    ", and ",
    " ou ",
]


def board(dice: random.Random) -> tuple[SignUp, ...]:
    """Twenty who signed up; of some the first or the last name is another's too, and some have one word."""
    names = {f"{dice.choice(FIRST)} {dice.choice(LAST)}" for _ in range(24)}
    listed = [*sorted(names)[:19], dice.choice(["Cher", "Ngozi", "Lee"])]
    dice.shuffle(listed)
    return tuple(
        SignUp(f"p-{n}", name, f"u{n}@x.example", ("mentor",) if n % 2 else ("mentee",), unit="Finance")
        for n, name in enumerate(listed, 1)
    )


def refusing(seed: int) -> Iterator[tuple[SignUp, dict[str, tuple[str, SignUp]]]]:
    """Who signed up on one board, each with one to three refusals, and who is meant by which words."""
    dice = random.Random(seed)
    people = board(dice)
    for person in people:
        meant = dice.sample([other for other in people if other != person], dice.choice([1, 1, 2, 3]))
        ways = [(dice.choice([*WAYS]), who) for who in meant]
        texts = [WAYS[way](who, dice) for way, who in ways]
        cell = texts[0] + "".join(dice.choice(BETWEEN) + text for text in texts[1:])
        written = {text: (way, who) for text, (way, who) in zip(texts, ways, strict=True)}
        yield replace(person, not_with=(cell,)), written


@pytest.mark.parametrize(
    "seed", [*range(40), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(40, 600))]
)
def test_each_of_many_generated_refusals_is_found_or_asked_about_and_none_is_broken(seed: int) -> None:
    """Boards with twenty people, who write some 35 refusals each: forty of them, and 600 in the long run."""
    drawn = [*refusing(seed)]
    people = tuple(person for person, _ in drawn)
    reading = heard(Ledger(people))

    said: dict[str, str] = {}
    for person, (asked, written) in zip(reading.sign_ups, drawn, strict=True):
        doubts = [doubt for doubt in reading.doubts if doubt.writer.id == person.id]
        meant = {who.id for _, who in written.values()}
        assert {*person.not_with} <= meant, (asked.not_with, written, "somebody else is surely found")
        for text, (way, who) in written.items():
            asks = [doubt for doubt in doubts if normal_form(text) in normal_form(doubt.text)]
            assert who.id in person.not_with or asks, (way, text, asked.not_with)
        said |= {doubt.key: " ".join(sorted(meant)) for doubt in doubts}

    settled = heard(Ledger(people, named=said))
    assert () == settled.doubts
    board = table(settled.sign_ups, Terms((("topics", 1),), Setting(date(2027, 2, 1), "Europe/London")))
    refused = {frozenset((person.id, who.id)) for person, written in drawn for _, who in written.values()}
    pairs = assign(board.board, 0.05)
    assert 5 <= len(pairs)
    for row, column in pairs:
        assert frozenset((board.mentors[row].id, board.mentees[column].id)) not in refused


# --- what a coordinator said --------------------------------------------------------------------


def test_what_a_coordinator_said_holds_for_who_wrote_it_and_over_what_is_read() -> None:
    ben = SignUp("p-20", "Ben Orr", "ben@x.example", ("mentor",), not_with=("Kim", "Bo"))
    kept = Ledger((ada("not-with", "Kim"), *OTHERS, ben), named={"p-20 kim": "p-4 p-5", "p-20 bo": ""})

    reading = heard(kept)
    assert [("p-1", "Kim")] == [(doubt.writer.id, doubt.text) for doubt in reading.doubts]
    assert {"p-4", "p-5"} == {*reading.sign_ups[-1].not_with}


def test_whoever_is_named_and_gone_is_asked_about_again() -> None:
    kept = Ledger((ada("not-with", "my neighbour"), *OTHERS), named={"p-1 my neighbour": "p-99"})

    assert ["my neighbour"] == [doubt.text for doubt in heard(kept).doubts]


@pytest.mark.parametrize(
    ("text", "name", "stays"),
    [
        ("boo leigh", "Boo Leigh", False), ("b leigh", "Boo Leigh", False), ("jo", "Joanna Orr", False),
        ("zed quuux", "Zed Quux", False), ("boo leigh", "Zed Quux", True), ("my neighbour", "Zed Quux", True),
    ],
)  # fmt: skip
def test_nobody_is_looked_at_again_once_somebody_with_a_near_name_signs_up(
    text: str, name: str, stays: bool
) -> None:
    before = (ADA, *OTHERS)
    said = {f"p-1 {text}": "", "p-1 kim": "p-4", "p-98 bo": ""}

    after = carried(said, (*before, SignUp("p-20", name)), before)
    assert ({f"p-1 {text}": ""} if stays else {}) | {"p-1 kim": "p-4"} == after
    assert {f"p-1 {text}": "", "p-1 kim": "p-4"} == carried(said, before, before), "who is gone asks nothing"


def test_what_was_sure_is_read_again_when_more_people_sign_up() -> None:
    """Two sheets, mentors first: B. Lee may be Ben, who is in the second."""
    first = (ada("not-with", "B. Lee"), *OTHERS)

    assert ("p-2",) == heard(Ledger(first)).sign_ups[0].not_with
    second = (*first, SignUp("p-20", "Ben Lee"))
    assert ["B. Lee"] == [doubt.text for doubt in heard(Ledger(second)).doubts]


def test_whoever_is_forgotten_is_named_by_nobody_in_own_words() -> None:
    people = (
        replace(ADA, not_with=("Mr Bo Lee", "Kim"), earlier=("B. Lee",), manager="Bo"),
        replace(OTHERS[1], not_with=("the tall one", "Bo")),
        *OTHERS[2:],
        OTHERS[0],
    )
    kept = Ledger(people, named={"p-1 kim": "p-2 p-4", "p-3 the tall one": "p-2", "p-2 x": "", "p-3 y": ""})

    ada_now, cy, *_ = freed(kept, {"p-2"})
    assert (("p-4",), (), "") == (ada_now.not_with, ada_now.earlier, ada_now.manager)
    assert () == cy.not_with
    assert {"p-3 y": ""} == kept.without({"p-2"}).named


# --- commands -----------------------------------------------------------------------------------


def test_whoever_reports_to_two_is_kept_apart_from_both() -> None:
    """And from the one above either of them."""
    bo, cy, kim, *_ = OTHERS
    kept = Ledger((ada("manager", "Mr Bo Lee and Cy P."), bo, replace(cy, manager="Kim Jung"), kim))
    reading = heard(kept)
    setting = Setting(date(2027, 2, 1), "Europe/London")
    rules = {"outside-reporting-line": 1}
    laid = table(reading.sign_ups, Terms((("topics", 1),), setting, rules))

    assert "p-2; p-3" == reading.sign_ups[0].manager
    assert [[True, True, True]] == laid.broken["outside-reporting-line"].tolist()
    assert 0 == laid.managers_elsewhere


RULE = "matching: {rules: {outside-reporting-line: true}}\n"
SHEET = """\
Name,Email,Role,Department,Manager,Not with
Ada Ray,ada@x.example,Mentor,Data,Zed Quux,Bo Leee
Bea Orr,bea@x.example,Mentor,Data,Boo Lee,Cy Poe - we worked together
Cal Fry,cal@x.example,Mentor,IT,Zed Quux,Kim
Bo Lee,bo@x.example,Mentee,Finance,,
Cy Poe,cy@x.example,Mentee,Finance,,none
Kim Jung,jung@x.example,Mentee,Estates,Yan Zork,
Kim Park,park@x.example,Mentee,Nursing,boo lee,
"""
NAMES = ("Ada", "Bea", "Cal", "Bo Lee", "Leee", "Cy Poe", "Kim")
PC = ("digital-fluency", "2027-spring")
SETTLED = ("--means", "Bo Leee=Bo Lee", "--means", "Boo Lee=bo@x.example", "--means", "kim=Kim Jung",
           "--means", "Kim=Kim Park")  # fmt: skip


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HANDBOOK_TODAY", DAY)
    program = "programs/digital-fluency/program.yml"
    write(tmp_path, {**SHORT, program: SHORT[program] + RULE, ".gitignore": "/signups/\n", "a.csv": SHEET})
    return tmp_path


def run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(root), *words])


def imported(root: Path) -> Result:
    return run(root, "import", "signups", str(root / "a.csv"))


def on_a_terminal(root: Path, words: tuple[str, ...], *answers: str) -> str:
    """What a person sees who types these answers, one for each question."""
    child = pexpect.spawn(sys.executable, ["-m", "handbook.cli", "-C", str(root), *words], encoding="utf-8",
                          timeout=30, dimensions=(50, 200))  # fmt: skip
    shown = ""
    for answer in answers:
        child.expect("> $")
        shown += child.before
        child.sendline(answer)
    child.expect(pexpect.EOF)
    return shown + str(child.before)


def test_a_log_is_told_how_many_are_named_and_nobody_is_paired_before_that_is_settled(root: Path) -> None:
    result = imported(root)
    assert 0 == result.exit_code
    assert "Somebody is named who is not surely found" in result.output
    assert "4 answers" in result.output

    due, pair = run(root, "due", *PC), run(root, "pair", *PC)
    assert (0, 1) == (due.exit_code, pair.exit_code)
    assert "4 answers" in due.output
    assert "4 answers" in pair.output
    assert "--means TEXT=PERSON" in pair.output
    assert () == ledger(root).proposals
    for output in (result.output, due.output, pair.output):
        assert not [name for name in NAMES if name in output]


def test_options_settle_whom_texts_mean_for_this_and_every_later_proposal(root: Path) -> None:
    imported(root)
    paired = run(root, "pair", *PC, *SETTLED)

    assert 0 == paired.exit_code, paired.output
    assert {"p-1 bo leee": "p-4", "p-2 boo lee": "p-4", "p-7 boo lee": "p-4", "p-3 kim": "p-6 p-7"} == (
        ledger(root).named
    )
    couples = [proposal.couple for proposal in ledger(root).proposals]
    assert 3 == len(couples)
    assert not {("p-1", "p-4"), ("p-2", "p-4"), ("p-2", "p-5"), ("p-3", "p-6"), ("p-3", "p-7")} & {*couples}
    [page] = root.glob("signups/**/proposals.html")
    assert "2 managers did not sign up: a reporting line through them is not seen." in page.read_text("utf-8")
    assert 0 == run(root, "pair", *PC).exit_code
    imported(root)
    assert 0 == run(root, "pair", *PC).exit_code, "what was said holds for the same sheet again"


@pytest.mark.parametrize(
    ("option", "complaint"),
    [
        ("Bo Leee", "Nobody named somebody else as"), ("Boo=Bo Lee", "Nobody named somebody else as"),
        ("kim=nobody\0kim=Kim Jung", "“kim” means `nobody` or somebody, and not both."),
        ("kim=Kim Jung\0kim=nobody", "“kim” means `nobody` or somebody, and not both."),
        ("Kim=Bob Lee", "Nobody called “Bob Lee” signed up."), ("Kim=", "Nobody called “” signed up."),
    ],
)  # fmt: skip
def test_an_option_that_settles_nothing_is_refused(root: Path, option: str, complaint: str) -> None:
    imported(root)
    refused = run(root, "pair", *PC, *(word for one in option.split("\0") for word in ("--means", one)))

    assert (2, {}) == (refused.exit_code, ledger(root).named)
    assert complaint in refused.output
    assert "Did you mean" not in refused.output


def test_a_person_is_asked_once_for_each_and_what_is_left_for_later_stays_in_front_of_her(root: Path) -> None:
    words = ("import", "signups", str(root / "a.csv"))
    shown = on_a_terminal(root, words, "nobdy", "1", "", "1, 2")

    assert "Ada Ray, not-with: “Bo Leee”" in shown
    assert "  1  Bo Lee, Finance" in shown
    assert "Nobody called “nobdy” signed up." in shown
    assert "Bea Orr and 1 more, manager: “Boo Lee”" in shown
    assert "  Bea Orr, manager: “Boo Lee”" in shown.rpartition("1, 2")[2]
    assert {"p-1 bo leee": "p-4", "p-3 kim": "p-6 p-7"} == ledger(root).named
    assert "Bea Orr, manager: “Boo Lee”" in on_a_terminal(root, ("due", *PC))
    assert "No pairing is proposed" in on_a_terminal(root, ("pair", *PC), "later")
    assert "3 pairings proposed" in on_a_terminal(root, ("pair", *PC), "nobody")
    assert "surely found" not in on_a_terminal(root, ("due", *PC))


def test_a_manager_is_no_question_where_no_rule_asks_for_one(root: Path) -> None:
    program = "programs/digital-fluency/program.yml"
    write(root, {program: SHORT[program] + RULE.replace("true", "false")})

    assert "2 answers" in imported(root).output
    paired = run(root, "pair", *PC, *SETTLED[:2], *SETTLED[4:])
    assert 0 == paired.exit_code
    assert "did not sign up" not in paired.output


def test_a_refusal_of_somebody_with_whom_one_is_paired_is_told(root: Path) -> None:
    bo, cy = OTHERS[:2]
    keep_people(root, ADA, bo, cy)
    confirmed = Proposal("p-1", "p-2", {"mentee": date(2027, 1, 2)})
    (root / "a.csv").write_text(
        "Name,Email,Role,Not with\nAda Ray,ada@x.example,Mentor,\nBo Lee,bo@x.example,Mentee,Ms Ada Ray\n"
        "Cy Poe,cy@x.example,Mentee,Ada Ray\n"
    )
    before = ledger(root)
    keep(root, replace(before, proposals=(confirmed,)))

    result = imported(root)
    assert "Not to meet, as one of them asked, and paired: 1 refusal." in result.output
    assert "Bo Lee" not in result.output
    assert "Not to meet, as one of them asked, and paired: 1 refusal" in run(root, "due", *PC).output
    assert "Bo Lee asked not to meet Ada Ray" in on_a_terminal(root, ("due", *PC))
    words = ("import", "signups", str(root / "a.csv"))
    assert "Bo Lee asked not to meet Ada Ray" in on_a_terminal(root, words)


def test_a_waiting_list_keeps_no_proposal_that_was_refused_since(root: Path) -> None:
    """Unless somebody has said yes to it: that is told, and a person decides."""
    bo, cy = OTHERS[:2]
    keep_people(root, ADA, replace(bo, not_with=("Ada",)), cy)
    for confirmed in ({}, {"mentee": date(2027, 1, 2)}):
        keep(root, replace(ledger(root), proposals=(Proposal("p-1", "p-2", confirmed),)))

        assert 0 == run(root, "pair", *PC, "--waiting-list").exit_code
        assert [("p-1", "p-2" if confirmed else "p-3")] == [two.couple for two in ledger(root).proposals]


def test_forget_takes_out_what_names_somebody_in_own_words(root: Path) -> None:
    imported(root)
    run(root, "pair", *PC, *SETTLED)
    (root / "a.csv").unlink()

    assert 0 == run(root, "forget", "Kim Jung", "--yes").exit_code
    kept = ledger(root)
    assert ("p-7",) == {person.id: person for person in kept.sign_ups}["p-3"].not_with
    assert "p-3 kim" not in kept.named
    assert 0 == run(root, "pair", *PC).exit_code, "what the text meant beside is still known"


def test_a_log_gets_no_name_of_a_sign_up_that_is_near_a_word(root: Path) -> None:
    imported(root)

    for command in ("confirm", "mark"):
        more = ("--paused",) if command == "mark" else ()
        refused = run(root, command, *PC, "Ada Rai", "Bo Leee", *more)
        assert 2 == refused.exit_code
        assert "Ada Ray" not in refused.output
    assert "Did you mean `Ada Ray`?" in on_a_terminal(root, ("confirm", *PC, "Ada Rai", "Bo Lee"))
