"""Who is asked says yes or no: one at a time or many at once, by a day, and by any spelling of a name."""

from __future__ import annotations

import os
import re
import shlex
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from playwright.sync_api import Browser

from handbook.cli import main
from handbook.load.repository import load
from handbook.register.ledger.ledger import SignUp
from handbook.register.ledger.register import Register
from tests.registers import folder, keep_people, ledger
from tests.repository import DAY, SHORT, write
from tests.terminal import is_seen, pexpect

WORDS = ("digital-fluency", "2027-spring")
NAMES = ("Ada Ray", "Kim Böhm", "Łukasz Weiß", "Cleo Sands", "Søren Dahl", "Zoë O’Neil")
UNITS = ("Data", "Estates", "Nursing", "Finance", "People", "Finance")
PEOPLE = tuple(
    SignUp(f"p-{number}", name, f"person{number}@steps.example", ("mentor" if number < 4 else "mentee",),
           unit=unit, topics=("ai-tools",), grade=str(number))
    for number, (name, unit) in enumerate(zip(NAMES, UNITS, strict=True), 1)
)  # fmt: skip
PINS = ("--pin", "p-1:p-4", "--pin", "p-2:p-5", "--pin", "p-3:p-6")
FILE = "programs/digital-fluency/2027-spring.yml"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook with three proposals: 1-4, 2-5 and 3-6."""
    monkeypatch.setenv("HANDBOOK_TODAY", DAY)
    write(tmp_path, SHORT)
    keep_people(tmp_path, *PEOPLE)
    assert 0 == run(tmp_path, "pair", *PINS).exit_code
    return tmp_path


def run(root: Path, command: str, *words: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(root), command, *WORDS, *words])


def confirm(root: Path, *words: str) -> Result:
    return run(root, "confirm", *words)


def said(root: Path) -> dict[str, set[str]]:
    """Who has said yes, by the number of the proposal."""
    proposals = ledger(root).proposals
    return {f"{one.mentor[2:]}-{one.mentee[2:]}": {*one.confirmed} for one in proposals}


def page(root: Path) -> str:
    return (folder(root) / "proposals.html").read_text("utf-8")


BOTH = {"mentor", "mentee"}


# --- a no ------------------------------------------------------------------------------------------


def test_a_no_is_kept_and_the_two_are_not_proposed_again(root: Path) -> None:
    result = confirm(root, "Ada Ray", "Cleo Sands", "--by", "mentee", "--no")

    assert 0 == result.exit_code, result.output
    assert "Noted. These two will not be proposed again." in result.output
    assert result.output.endswith("pair digital-fluency 2027-spring --waiting-list\n")
    assert {(("p-1", "p-4"), "mentee")} == ledger(root).declined
    due = run(root, "due").output
    assert "To ask, or to remind: 4 answers" in due
    assert "Without a pairing: 2 people" in due
    for again in ((), ("--waiting-list",), PINS[2:]):
        assert 0 == run(root, "pair", *again).exit_code
        assert "1-4" not in said(root)
    refused = run(root, "pair", "--pin", "p-1:p-4")
    assert 1 == refused.exit_code
    assert "p-1 and p-4 cannot be paired: You ruled it out, somebody said no, or it ended." in refused.output


def test_a_no_after_a_yes_counts_and_taking_it_back_gives_back_what_was_known(root: Path) -> None:
    confirm(root, "p-1", "p-4", "--by", "both", "--on", "2027-01-20")
    before = ledger(root)
    confirm(root, "p-1", "p-4", "--by", "mentor", "--no")
    assert "can be written" not in run(root, "due").output
    written = run(root, "pair", "--write", "--announce", "2027-03-01", "--yes")
    assert "no pairing to write" in written.output
    refused = confirm(root, "p-1", "p-4")
    assert 1 == refused.exit_code
    assert re.search(
        r"One of these two said no\. .*To take that back: .* confirm .* p-1 p-4 --undo", refused.output
    )
    confirm(root, "p-1", "p-4", "--undo")

    after = ledger(root)
    assert (frozenset(), before.proposals) == (after.declined, after.proposals)


def test_what_was_written_and_thrown_away_does_not_come_back_beside_others(root: Path) -> None:
    before = (root / FILE).read_text("utf-8")
    confirm(root, "p-1", "p-4")
    run(root, "pair", "--write", "--yes")
    written = (root / FILE).read_text("utf-8")
    write(root, {FILE: before})
    confirm(root, "p-1", "p-4", "--by", "mentor", "--no")
    for text in (before, written):  # as on two branches
        write(root, {FILE: text})
        run(root, "pair")
    write(root, {FILE: before})
    confirm(root, "p-1", "p-4", "--undo")

    assert "1-4" not in said(root)
    assert 0 == run(root, "pair", "--waiting-list").exit_code


def test_once_others_are_proposed_a_no_that_is_taken_back_brings_nothing_back(root: Path) -> None:
    confirm(root, "p-1", "p-4", "--by", "mentee")
    confirm(root, "p-1", "p-4", "--by", "mentor", "--no")
    run(root, "pair")
    proposed = said(root)
    confirm(root, "p-1", "p-4", "--undo")

    assert (frozenset(), proposed) == (ledger(root).declined, said(root))


def test_a_no_holds_whatever_becomes_of_the_file(root: Path) -> None:
    """What was written and thrown away is a proposal again; another branch may still have it."""
    before = (root / FILE).read_text("utf-8")
    confirm(root, "p-1", "p-4")
    run(root, "pair", "--write", "--announce", "2027-03-01", "--yes")
    written = (root / FILE).read_text("utf-8")
    write(root, {FILE: before})
    confirm(root, "p-1", "p-4", "--by", "mentor", "--no")
    run(root, "pair")
    assert "1-4" not in said(root)
    write(root, {FILE: written})

    assert "1 pairing on" not in run(root, "due").output
    handbook, _ = load(root)
    assert handbook
    assert [] == Register.of(root, handbook.cohorts[0]).going_on()
    assert f"Ended; not said in {FILE} yet, so still shown: 1 pairing" in run(root, "due").output
    run(root, "pair", "--write", "--yes")
    assert f"ended: {DAY}" in (root / FILE).read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("p-1", "p-4", "--no"), "Say who said no: --by mentor, mentee or both"),
        (("p-1", "p-5", "--no", "--by", "mentor"), "To propose them"),
        (("p-1", "p-4", "--no", "--undo", "--by", "both"), "--undo takes back a no as well"),
        (("p-1", "--by", "mentor"), "Say MENTOR and MENTEE, or else"),
        ((), "Say MENTOR and MENTEE, or else"),
        (("p-1", "p-4", "--yes-to", "2-5"), "Say MENTOR and MENTEE, or else"),
        (("--yes-to", "2-5", "--by", "mentor"), "Say MENTOR and MENTEE, or else"),
        (("--yes-to", "2-5,Ada Ray"), "cannot be read"),
        (("--yes-to", "2-5:boss"), "cannot be read"),
        (("--yes-to", "2-5:"), "cannot be read"),
        (("--yes-to", " , "), "cannot be read"),
        (("--yes-to", "1-4 2"), "“2” cannot be read"),
        (("--no-to", "2-5"), "Say who said no"),
        (("--yes-to", "2-5", "--no-to", "2-5:mentor"), "said twice"),
        (("--yes-to", "2-5,1-5"), "1-5: These two are not proposed. Nothing was written."),
        (("--yes-to", "2-5,77-88"), "77-88: These two are not proposed. Nothing was written."),
    ],
)
def test_what_cannot_be_noted_is_refused_as_a_whole(root: Path, words: tuple[str, ...], told: str) -> None:
    before = ledger(root)
    result = confirm(root, *words)

    assert (True, True) == (result.exit_code > 0, told in result.output), result.output
    assert before == ledger(root)


def test_who_is_paired_in_the_file_ends_it_instead(root: Path) -> None:
    confirm(root, "p-1", "p-4")
    run(root, "pair", "--write", "--yes")
    result = confirm(root, "p-1", "p-4", "--no", "--by", "mentor")

    assert 1 == result.exit_code
    assert re.search(r"paired in programs/\S+\. Nothing .* mark .* mentor-1 mentee-1 --ended", result.output)


def test_on_a_terminal_a_no_says_whom_both_could_meet_instead(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_seen(monkeypatch)
    result = confirm(root, "p-1", "p-4", "--no", "--by", "mentor")

    assert "  Ada Ray → Cleo Sands: the mentor said no\n" in result.output
    assert "  Next best for Ada Ray: Søren Dahl, 75 %, who meets Kim Böhm now\n" in result.output
    assert "  Next best for Cleo Sands: Kim Böhm, 75 %, who meets Søren Dahl now\n" in result.output


# --- many at once ----------------------------------------------------------------------------------


def test_many_answers_are_noted_at_once(root: Path) -> None:
    result = confirm(root, "--yes-to", "1-4, 2-5:mentor", "--no-to", "3-6:mentee", "--on", "2027-01-20")

    assert 0 == result.exit_code, result.output
    assert "Noted what was said about 3 pairings." in result.output
    assert "1 pairing can be written." in result.output
    assert {"1-4": BOTH, "2-5": {"mentor"}, "3-6": set()} == said(root)
    assert {(("p-3", "p-6"), "mentee")} == ledger(root).declined
    assert not any(name in result.output for name in NAMES)


def test_a_day_that_was_noted_stays_when_the_same_list_is_pasted_again(root: Path) -> None:
    confirm(root, "--yes-to", "1-4:mentor", "--on", "2027-01-20")
    confirm(root, "--yes-to", "1-4")

    [days] = [one.confirmed for one in ledger(root).proposals if one.mentor == "p-1"]
    assert {"mentor": date(2027, 1, 20), "mentee": date.fromisoformat(DAY)} == days


@pytest.mark.parametrize(("answer", "noted"), [("y", True), ("n", False)])
def test_on_a_terminal_what_was_understood_is_shown_before_it_is_noted(
    root: Path, answer: str, noted: bool
) -> None:
    command = ["-m", "handbook.cli", "confirm", *WORDS, "--yes-to", "1-4", "--no-to", "2-5:mentee"]
    screen = pexpect.spawn(
        sys.executable, command, cwd=str(root), encoding="utf-8", timeout=60, dimensions=(60, 200),
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    screen.expect_exact("Note this? [y/N]: ")
    shown = str(screen.before)
    screen.sendline(answer)
    screen.expect(pexpect.EOF)

    assert "Ada Ray → Cleo Sands: both said yes" in shown
    assert "Kim Böhm → Søren Dahl: the mentee said no" in shown
    assert noted is bool(ledger(root).declined)


def test_the_ticks_of_the_page_make_a_command_that_works_as_pasted(root: Path, chromium: Browser) -> None:
    confirm(root, "p-3", "p-6", "--by", "mentor", "--on", "2027-01-20")
    run(root, "pair", "--waiting-list")
    faults: list[str] = []
    opened = chromium.new_page()
    opened.on("console", lambda message: faults.append(message.text))
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.goto((folder(root) / "proposals.html").as_uri())
    assert not opened.is_visible("pre")
    ticks = {"1-4:mentor": ["yes"], "1-4:mentee": ["no", "yes"], "2-5:mentor": ["no"], "3-6:mentee": ["yes"]}
    for name, value in ((name, value) for name, values in ticks.items() for value in values):
        opened.check(f"[name='{name}'][value={value}]")
    line = opened.text_content("pre") or ""
    opened.emulate_media(media="print")
    hidden = not opened.is_visible("pre")
    asked = opened.locator("tr", has_text="Zoë O’Neil").first.text_content() or ""
    opened.close()
    result = CliRunner().invoke(main, shlex.split(line.partition("-C ")[2].join(["-C ", ""])))

    assert 0 == result.exit_code, (line, result.output)
    assert {"1-4": BOTH, "2-5": set(), "3-6": BOTH} == said(root)
    assert {(("p-2", "p-5"), "mentor")} == ledger(root).declined
    assert ([], True, True) == (faults, hidden, "said yes" in asked)


# --- by a day --------------------------------------------------------------------------------------


def test_who_is_late_is_named_after_the_day_on_which_answers_were_due(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = run(root, "pair", *PINS, "--answer-by", "2027-03-19")
    confirm(root, "p-1", "p-4")

    assert 0 == result.exit_code, result.output
    assert "they answer by Fri 19 March 2027" in page(root)
    monkeypatch.setenv("HANDBOOK_TODAY", "2027-03-19")
    assert "To ask, or to remind; they answer by Fri 19 March 2027: 4 answers" in run(root, "due").output
    monkeypatch.setenv("HANDBOOK_TODAY", "2027-03-20")
    late = "Late, since the day was Fri 19 March 2027; remind them, or note a no, then pair again:"
    assert f"{late} 4 answers" in run(root, "due").output
    is_seen(monkeypatch)
    seen = run(root, "due").output
    assert f"{late}\n    Kim Böhm and Søren Dahl, in Kim Böhm → Søren Dahl\n" in seen
    assert "pair digital-fluency 2027-spring --waiting-list\n" in seen


def test_the_day_holds_for_later_proposals_until_it_has_passed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(root, "pair", "--answer-by", "2027-03-19")
    run(root, "pair", "--waiting-list")
    assert date(2027, 3, 19) == ledger(root).answer_by
    monkeypatch.setenv("HANDBOOK_TODAY", "2027-03-20")
    run(root, "pair", "--waiting-list")

    assert ledger(root).answer_by is None
    assert (
        "2027-03-19 has passed. Nothing was written." in run(root, "pair", "--answer-by", "2027-03-19").output
    )
    assert (
        "--answer-by goes with a proposal" in run(root, "pair", "--write", "--answer-by", "2027-03-29").output
    )


# --- whoever is meant ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mentor", "mentee", "number"),
    [
        ("ada ray", "CLEO SANDS", "1-4"),
        ("Kim Boehm", "Soeren Dahl", "2-5"),
        ("kim bohm", "Soren Dahl", "2-5"),
        ("Lukasz Weiss", "Zoe O'Neil", "3-6"),
        ("ŁUKASZ WEISS", "zoe o neil", "3-6"),
        ("Soeren Dahl", "Kim Boehm", "2-5"),  # the mentee first
        ("p-6", "person3@steps.example", "3-6"),
    ],
)
def test_a_name_is_found_without_its_signs_and_in_either_order(
    root: Path, mentor: str, mentee: str, number: str
) -> None:
    result = confirm(root, mentor, mentee)

    assert 0 == result.exit_code, result.output
    assert BOTH == said(root)[number]


def test_of_two_whom_a_slip_could_mean_neither_is_taken(root: Path) -> None:
    keep_people(root, *PEOPLE, replace(PEOPLE[1], id="p-7", name="Kim Bohm"), replace(PEOPLE[1], id="p-8"))
    for name, told in (("Kim Boehm", "3 people are called"), ("Kim Böhm", "3 people are called")):
        assert told in confirm(root, name, "p-5").output


def test_who_signed_up_in_both_roles_is_found_in_the_one_that_was_proposed(root: Path) -> None:
    keep_people(root, *(replace(one, roles=("mentor", "mentee")) for one in PEOPLE))
    confirm(root, "p-4", "p-1", "--by", "mentor")

    assert {"mentor"} == said(root)["1-4"]


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("confirm", ("Ada Rae", "Cleo Sands")),
        ("confirm", ("Ada Ray", "Cleo Sends", "--no", "--by", "mentor")),
        ("pair", ()),
        ("pair", ("--pin", "Ada Rae:p-4")),
        ("pair", ("--forbid", "p-1:Cleo Sends")),
        ("pair", ("--pin", "p-1:p-5", "--pin", "p-1:p-6")),
        ("mark", ("Ada Rae", "Cleo Sends", "--ended")),
        ("confirm", ("p-1", "p-4", "--no", "--by", "both")),
        ("confirm", ("--yes-to", "1-4,2-5")),
        ("due", ()),
    ],
)
def test_a_log_gets_no_name_of_a_sign_up(root: Path, command: str, words: tuple[str, ...]) -> None:
    result = run(root, command, *words)

    typed = " ".join(words)
    assert [] == [name for name in NAMES if name in result.output and name not in typed]


def test_a_terminal_gets_the_name_that_may_be_meant(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    is_seen(monkeypatch)

    assert "Did you mean `Ada Ray`?" in confirm(root, "Ada Rae", "Cleo Sands").output
