"""A pairing rests, goes on, is done or ended: its day stands in the cohort's file, and no reason anywhere."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from handbook.cli import main
from handbook.load.repository import load
from handbook.register.ledger.ledger import Ledger, SignUp
from tests import registers
from tests.repository import COHORT, DAY, SHORT, write
from tests.terminal import pexpect

RUN = "programs/digital-fluency/2027-spring.yml"
PEOPLE = """\
people:
  - {id: ada-lane, name: Ada L., role: mentor, consent: public}
  - {id: mentor-3, role: mentor}
  - {id: mentee-1, role: mentee}
  - {id: mentee-2, role: mentee}  # away in May
"""
PAIRINGS = """\
pairings:
  - {mentor: ada-lane, mentee: mentee-1, confirmed: {mentor: 2027-01-20, mentee: 2027-01-22}}
  - mentor: mentor-3
    mentee: mentee-2
    confirmed: {mentor: 2027-01-20, mentee: 2027-01-22}
    announce: 2027-01-29
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook with two pairings, of which the second came from sign-ups."""
    monkeypatch.setenv("HANDBOOK_TODAY", DAY)
    people = (SignUp("p-1", "Quinn Reed", "quinn@steps.example", ("mentor",)),
              SignUp("p-2", "Sam Ode", "sam@steps.example", ("mentee",)))  # fmt: skip
    members = {"mentor": {"p-1": "mentor-3"}, "mentee": {"p-2": "mentee-2"}}
    write(tmp_path, {**SHORT, RUN: COHORT + PEOPLE + PAIRINGS})
    registers.keep(tmp_path, Ledger(people, 2, members=members))
    return tmp_path


def mark(root: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(root), "mark", "digital-fluency", "2027-spring", *words])


def text(root: Path) -> str:
    return (root / RUN).read_text("utf-8")


@pytest.mark.parametrize("said", ["paused", "completed", "ended"])
@pytest.mark.parametrize(("words", "day"), [((), DAY), (("--on", "2027-03-01"), "2027-03-01")])
def test_the_day_is_written_and_nothing_else_changes(
    root: Path, said: str, words: tuple[str, ...], day: str
) -> None:
    result = mark(root, "mentor-3", "mentee-2", f"--{said}", *words)

    assert 0 == result.exit_code, result.output
    assert f"{COHORT}{PEOPLE}{PAIRINGS}    {said}: {day}\n" == text(root)
    assert load(root)[0] is not None


def test_who_goes_on_rests_no_longer(root: Path) -> None:
    mark(root, "mentor-3", "mentee-2", "--paused")
    result = mark(root, "mentor-3", "mentee-2", "--resumed")

    assert 0 == result.exit_code, result.output
    assert COHORT + PEOPLE + PAIRINGS == text(root)


@pytest.mark.parametrize("mentor", ["mentor-3", "Mentor 3", "quinn  reed", "quinn@steps.example", "p-1"])
@pytest.mark.parametrize("mentee", ["mentee-2", "MENTEE 2", "Sam Ode"])
def test_people_are_found_however_they_are_called(root: Path, mentor: str, mentee: str) -> None:
    assert 0 == mark(root, mentor, mentee, "--paused").exit_code
    assert text(root).endswith(f"    paused: {DAY}\n")


@pytest.mark.parametrize("mentor", ["ada-lane", "Ada L.", "Mentor 1", "mentor-1"])
def test_somebody_in_the_file_alone_is_found_too(root: Path, mentor: str) -> None:
    assert 0 == mark(root, mentor, "mentee-1", "--paused").exit_code
    assert f"mentee: 2027-01-22}}, paused: {DAY}}}\n" in text(root)


def test_an_id_of_the_file_comes_before_what_somebody_else_is_called(root: Path) -> None:
    third = "  - {mentor: p-1, mentee: mentee-2, confirmed: {mentor: 2027-01-20}}\n"
    people = PEOPLE.replace("people:\n", "people:\n  - {id: p-1, role: mentor}\n")
    write(root, {RUN: COHORT + people + PAIRINGS + third})
    result = mark(root, "p-1", "mentee-2", "--paused")

    assert 0 == result.exit_code, result.output
    assert text(root).endswith(f"{{mentor: 2027-01-20}}, paused: {DAY}}}\n")


@pytest.mark.parametrize(("state", "number"), [("ended", 0), ("completed", 0), ("paused", 1)])
def test_what_ended_does_not_stand_in_the_next_proposal(root: Path, state: str, number: int) -> None:
    mark(root, "mentor-3", "mentee-2", f"--{state}")
    before = registers.ledger(root)
    words = ["-C", str(root), "pair", "digital-fluency", "2027-spring"]
    result = CliRunner().invoke(main, words)

    assert f"{number} pairing" in result.output.splitlines()[1]
    assert (before.sign_ups, ()) == (registers.ledger(root).sign_ups, registers.ledger(root).proposals)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("mentor-3", "mentee-2"), 2, "Say one of --paused, --resumed, --completed and --ended."),
        (("mentor-3", "mentee-2", "--paused", "--ended"), 2, "Say one of"),
        (("mentor-3", "mentee-2", "--resumed", "--on", DAY), 2, "there is none to write with --on"),
        (("mentor-3", "mentee-2", "--paused", "--on", "soon"), 2, "Write the day as YYYY-MM-DD"),
        (("mentor-3", "mentee-2", "--resumed"), 1, "This pairing is not paused. Nothing was written."),
        (("mentor-3", "mentee-1", "--paused"), 1, f"These two have no pairing in {RUN}."),
        (("mentee-2", "mentee-2", "--paused"), 2, "No mentor in"),
        (("mentor-4", "mentee-2", "--paused"), 2, "Did you mean `mentor-3`?"),
        (("mentor-3", "mentee-2", "--paused", "--on", "2017-03-01"), 1, "there would be the problems above"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    root: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    result = mark(root, *words)

    assert (code, True) == (result.exit_code, said in result.output), result.output
    assert COHORT + PEOPLE + PAIRINGS == text(root)


def test_what_is_closed_stays_so(root: Path) -> None:
    mark(root, "mentor-3", "mentee-2", "--completed")
    before = text(root)
    result = mark(root, "mentor-3", "mentee-2", "--paused")

    assert (1, True) == (result.exit_code, "Their pairing is closed already" in result.output)
    assert before == text(root)


def test_no_name_of_a_sign_up_is_in_what_a_log_may_keep(root: Path) -> None:
    assert not re.search("Quinn|Sam|steps.example", mark(root, "mentor-3", "mentee-2", "--ended").output)


@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("n", 1)])
def test_on_a_terminal_the_difference_is_shown_and_asked_about(root: Path, answer: str, code: int) -> None:
    words = ["mark", "digital-fluency", "2027-spring", "mentor-3", "mentee-2", "--paused"]
    screen = pexpect.spawn(
        sys.executable, ["-m", "handbook.cli", *words], cwd=str(root), encoding="utf-8", timeout=60,
        dimensions=(60, 200), env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    screen.expect_exact("Write this? [y/N]: ")
    assert f"+    paused: {DAY}" in str(screen.before)
    screen.sendline(answer)
    screen.expect(pexpect.EOF)
    screen.close()

    assert code == screen.exitstatus
    assert (code == 0) is ("paused" in text(root))


def due(root: Path) -> str:
    return CliRunner().invoke(main, ["-C", str(root), "due"]).output


def test_that_a_pairing_ended_is_due_again_where_the_file_lost_it_unless_it_goes_on(root: Path) -> None:
    """As with a branch that is discarded: the site would go on showing what ended."""
    before, ended = text(root), f"Ended; not said in {RUN} yet, so still shown: 1 pairing"
    mark(root, "mentor-3", "mentee-2", "--ended")
    assert ended not in due(root)

    write(root, {RUN: before})
    assert ended in due(root)
    assert (
        "goes on; nothing of it had to be written" in mark(root, "mentor-3", "mentee-2", "--resumed").output
    )
    assert ended not in due(root)
    assert before == text(root)
