"""What a coordinator is told to do now: names on a terminal alone, numbers wherever it may be kept."""

from __future__ import annotations

import os
import re
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from handbook.cli import main
from handbook.guidance.steps.now import steps
from handbook.load.repository import load
from handbook.model.timeline import last_day
from handbook.register.ledger.ledger import Ledger, Proposal, SignUp
from tests import registers
from tests.repository import COHORT, DAY, SHORT, write
from tests.terminal import pexpect

RUN = "programs/digital-fluency/2027-spring.yml"
YES = date(2027, 3, 1)
SIGN_UPS = (
    SignUp("p-1", "Ada Ray", "ada@steps.example", ("mentor",), unit="Data"),
    SignUp("p-2", "Brin Lind", "brin@steps.example", ("mentor",), unit="Estates"),
    SignUp("p-3", "Cleo Sands", "cleo@steps.example", ("mentee",), unit="Finance"),
    SignUp("p-4", "Dai Stone", "dai@steps.example", ("mentee",), unit="People"),
)
PROPOSED = (
    Proposal("p-1", "p-3", {"mentor": YES}),
    Proposal("p-2", "p-4", {"mentor": YES, "mentee": YES}),
)
IN_THE_FILE = """\
people:
  - {id: mentor-1, role: mentor}
  - {id: mentor-2, role: mentor}
  - {id: mentor-3, role: mentor}
  - {id: mentor-4, role: mentor}
  - {id: mentee-1, role: mentee}
  - {id: mentee-2, role: mentee}
  - {id: mentee-3, role: mentee}
  - {id: mentee-4, role: mentee}
pairings:
  - {mentor: mentor-1, mentee: mentee-1, confirmed: {mentor: 2027-03-01}, announce: 2027-03-12}
  - {mentor: mentor-2, mentee: mentee-2, confirmed: {mentor: 2027-03-01, mentee: 2027-03-02}}
  - {mentor: mentor-3, mentee: mentee-3, confirmed: {mentor: 2027-03-01, mentee: 2027-03-02},
     announce: 2027-03-12}
  - {mentor: mentor-4, mentee: mentee-4, confirmed: {mentor: 2027-03-01},
     announce: 2027-03-01, ended: 2027-03-05}
"""
# Nobody waits any more for what was never said.
OVER = """\
start: 2025-02-03
people: [{id: mentor-1, role: mentor}, {id: mentee-1, role: mentee}]
pairings: [{mentor: mentor-1, mentee: mentee-1, confirmed: {mentor: 2025-01-20}}]
"""


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDBOOK_TODAY", DAY)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A handbook in the middle of its pairing: some asked, some in the file."""
    write(tmp_path, {**SHORT, RUN: COHORT + IN_THE_FILE})
    keep(tmp_path, *PROPOSED)
    return tmp_path


# In a register in which p-1 is Mentor 1 of the file, and so on.
MEMBERS = {"mentor": {"p-1": "mentor-1", "p-2": "mentor-2"}, "mentee": {"p-3": "mentee-1", "p-4": "mentee-2"}}


def keep(root: Path, *proposals: Proposal, **more: Any) -> None:
    registers.keep(root, Ledger(SIGN_UPS, 4, proposals, **more))


def on_a_terminal(root: Path, *words: str) -> str:
    """What a person reads."""
    # The terminal that runs the tests may be narrower than a line.
    command = [sys.executable, "-m", "handbook.cli", "due", *words]
    screen = pexpect.spawn(
        command[0], command[1:], cwd=str(root), encoding="utf-8", timeout=60, dimensions=(60, 200),
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    screen.expect(pexpect.EOF)
    screen.close()
    assert 0 == screen.exitstatus, screen.before
    return str(screen.before).replace("\r\n", "\n")


def in_a_log(root: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(root), "due", *words])


def test_a_coordinator_reads_what_there_is_to_do(root: Path) -> None:
    said = re.sub(
        r"^    \S+.* pair digital", "    handbook pair digital", on_a_terminal(root), flags=re.MULTILINE
    )

    assert (
        said
        == """\
Digital fluency, Spring 2027
  To ask, or to remind:
    Cleo Sands, in Ada Ray → Cleo Sands
    Mentee 1, in Mentor 1 → Mentee 1
  Both said yes; not in the cohort’s file yet:
    Brin Lind → Dai Stone
    handbook pair digital-fluency 2027-spring --write --announce YYYY-MM-DD
  Confirmed; give them the day from which they are shown:
    Mentor 2 → Mentee 2
    handbook pair digital-fluency 2027-spring --write --announce YYYY-MM-DD
  Will appear:
    1 pairing on Fri 12 March 2027, in 2 days
  Open now:
    Brief the line managers – Mon 8 March 2027, 2 days ago
    Send “Note to line managers” – Mon 8 March 2027, 2 days ago
  Begins in the next 14 days:
    Announce the pairings: Check that both people of each pairing have confirmed. Then announce them, \
each with its next steps. – Fri 12 March 2027, in 2 days
    Send “Introducing a pairing” – Fri 12 March 2027, in 2 days
    Send “Welcome to everyone” – Fri 12 March 2027, in 2 days
"""
    )


def test_a_log_gets_numbers_alone(root: Path) -> None:
    result = in_a_log(root)

    assert 0 == result.exit_code
    assert (
        result.output
        == f"""\
{RUN}
  To ask, or to remind: 2 answers
  Both said yes; not in the cohort’s file yet: 1 pairing
  Confirmed; give them the day from which they are shown: 1 pairing
  Will appear: 1 pairing
  Open now: 2 dates
  Begins in the next 14 days: 3 dates
"""
    )


def test_no_word_of_a_sign_up_is_in_a_log(root: Path) -> None:
    canaries = {word for one in SIGN_UPS for word in (one.id, *one.name.split(), one.email, one.unit)}

    assert {word for word in canaries if word in in_a_log(root).output} == set()


def test_a_yes_that_was_noted_after_writing_is_not_waited_for(root: Path) -> None:
    both = {"mentor": YES, "mentee": YES}
    keep(root, Proposal("p-1", "p-3", both), members=MEMBERS)
    said = on_a_terminal(root)

    assert "To ask" not in said
    assert f"Said yes; not said in {RUN} yet:\n    Mentor 1 → Mentee 1\n" in said


def test_a_pairing_that_ended_in_the_sign_ups_alone_is_still_shown_and_due(root: Path) -> None:
    keep(root, apart=frozenset({("p-2", "p-4")}), members=MEMBERS)
    said = on_a_terminal(root)

    assert f"  Ended; not said in {RUN} yet, so still shown:\n    Mentor 2 → Mentee 2\n" in said
    assert re.search(r"pair digital-fluency 2027-spring --write$", said, re.MULTILINE)
    assert "give them the day" not in said


def test_the_command_that_gives_a_day_gives_it_to_pairings_written_by_hand(root: Path) -> None:
    keep(root)
    words = ["pair", "digital-fluency", "2027-spring", "--write", "--announce", "2027-03-12"]
    result = CliRunner().invoke(main, ["-C", str(root), *words])

    given = "confirmed: {mentor: 2027-03-01, mentee: 2027-03-02}, announce: 2027-03-12}"
    assert 0 == result.exit_code, result.output
    assert f"- {{mentor: mentor-2, mentee: mentee-2, {given}\n" in (root / RUN).read_text("utf-8")
    assert "give them the day" not in in_a_log(root).output


def test_a_yes_that_was_taken_back_is_due_until_the_file_says_so(root: Path) -> None:
    """Also where what was written of it is taken back, as with a branch; people are called as on the site."""
    keep(root, members=MEMBERS)
    words, before = ["digital-fluency", "2027-spring"], (root / RUN).read_text("utf-8")
    undo = ["confirm", *words, "Mentor 2", "mentee-2", "--by", "mentee", "--undo"]
    assert "the mentee has yet to say yes" in CliRunner().invoke(main, ["-C", str(root), *undo]).output

    for _ in range(2):
        said = on_a_terminal(root)
        assert f"  Took back a yes that {RUN} still says:\n    Mentor 2 → Mentee 2\n" in said
        assert "Mentee 2, in Mentor 2 → Mentee 2" in said
        CliRunner().invoke(main, ["-C", str(root), "pair", *words, "--write"])
        assert "confirmed: {mentor: 2027-03-01}}\n" in (root / RUN).read_text("utf-8")
        assert "Took back" not in on_a_terminal(root)
        write(root, {RUN: before})

    CliRunner().invoke(main, ["-C", str(root), *undo[:-1]])
    assert "Took back" not in on_a_terminal(root)


def test_what_is_left_of_a_cohort_that_is_over_or_gone_is_due_to_be_deleted(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registers.keep(root, Ledger(SIGN_UPS, 4), "digital-fluency/2019-spring")
    assert "digital-fluency/2019-spring" not in in_a_log(root, "digital-fluency", "2027-spring").output
    gone = (
        "programs/ does not have any more; delete what nobody needs:\n  signups/digital-fluency/2019-spring\n"
    )
    assert in_a_log(root).output.endswith(gone)

    monkeypatch.setenv("HANDBOOK_TODAY", "2028-01-01")
    over = "Over; sign-ups go now, as the privacy page says (a waiting list may stay). Delete this folder:"
    assert f"{RUN}\n  {over} 1 folder\n" in in_a_log(root).output
    assert f"  {over}\n    signups/digital-fluency/2027-spring\n" in on_a_terminal(root)


@pytest.mark.parametrize(("months", "last"), [(0, "2027-06-09"), (1, "2027-07-09"), (8, "2028-02-09")])
def test_a_cohort_is_due_to_be_deleted_when_the_privacy_page_says(
    root: Path, monkeypatch: pytest.MonkeyPatch, months: int, last: str
) -> None:
    write(root, {"programs/organisation.yml": f"name: Small Steps\nprivacy: {{months: {months}}}\n"})
    handbook, _ = load(root)
    assert handbook is not None
    kept = date.fromisoformat(last)
    assert kept.day == last_day(handbook.cohorts[0]).day
    for day, due in ((kept, False), (kept + timedelta(days=1), True)):
        monkeypatch.setenv("HANDBOOK_TODAY", day.isoformat())
        assert due == ("Over; sign-ups go now" in in_a_log(root).output)


def test_a_sign_up_that_was_taken_out_has_no_name(root: Path) -> None:
    keep(root, Proposal("p-9", "p-3"))

    assert "    somebody who is no longer among the sign-ups and Cleo Sands, in" in on_a_terminal(root)


def test_whoever_has_no_pairing_is_named_once_anything_is_proposed(root: Path) -> None:
    keep(root, Proposal("p-1", "p-3"))
    assert "  Without a pairing:\n    Brin Lind\n    Dai Stone\n" in on_a_terminal(root)
    assert "  Without a pairing: 2 people\n" in in_a_log(root).output

    write(root, {RUN: COHORT})
    keep(root)
    assert "Without a pairing" not in in_a_log(root).output


def test_who_stands_alone_in_the_file_is_called_as_on_the_site(root: Path) -> None:
    keep(root)
    lonely = IN_THE_FILE.replace("pairings:", "  - {id: mentee-5, role: mentee}\npairings:")
    write(root, {RUN: COHORT + lonely})

    assert "  Without a pairing:\n    Mentee 5\n" in on_a_terminal(root)


def test_a_name_does_not_move_the_cursor(root: Path) -> None:
    people = (SignUp("p-1", "Ada\x1b[2J\nRay\u202e", roles=("mentor",)), *SIGN_UPS[1:])
    registers.keep_people(root, *people)
    said = on_a_terminal(root)

    assert not re.search("[\0-\x09\x0b-\x1f\x7f-\x9f\u202e]", said)
    assert "Cleo Sands, in Ada\ufffd[2J Ray\ufffd → Cleo Sands" in said


def test_a_leader_whose_pairings_ended_twice_is_named_by_alias_alone(root: Path) -> None:
    """A coordinator shows it to somebody outside; nobody writes down why."""
    ended = "confirmed: {mentor: 2027-03-01}, announce: 2027-03-01, ended: 2027-03-05"
    twice = f"  - {{mentor: mentor-2, mentee: mentee-4, {ended}}}\n"
    write(root, {RUN: COHORT + IN_THE_FILE + twice})

    assert "Ended more than once, to show to HR without reasons: 1 mentee\n" in in_a_log(root).output
    assert "without reasons:\n    mentee-4: 2 pairings\n" in on_a_terminal(root)
    write(root, {RUN: COHORT + IN_THE_FILE})
    assert "Ended more than once" not in in_a_log(root).output


def test_the_check_ins_of_the_next_days_are_told_with_what_the_coordinator_does(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDBOOK_TODAY", "2027-02-10")
    (root / RUN).write_text(COHORT, "utf-8")
    said = on_a_terminal(root)

    assert re.search(r"    First check-in: Ask .+ – \w{3} \d+ \w+ 2027, in \d+ days\n", said)


def test_what_lies_more_than_two_weeks_ahead_is_not_due_yet(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(root, SHORT)
    registers.keep(root, Ledger())
    handbook, _ = load(root)
    assert handbook is not None
    first = min(step.day for step in steps(handbook.cohorts[0], "coordinator", ()))

    monkeypatch.setenv("HANDBOOK_TODAY", f"{first - timedelta(days=15)}")
    assert "Nothing is due.\n" == in_a_log(root).output
    monkeypatch.setenv("HANDBOOK_TODAY", f"{first - timedelta(days=14)}")
    assert f"{RUN}\n  Begins in the next 14 days: 1 date\n" == in_a_log(root).output


def test_the_plan_is_due_after_the_last_day_as_well(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(root, SHORT)
    handbook, _ = load(root)
    assert handbook is not None
    [cohort] = handbook.cohorts
    after = [step for step in steps(cohort, "coordinator", ()) if step.day > last_day(cohort)]

    for step in after:
        monkeypatch.setenv("HANDBOOK_TODAY", f"{step.day}")
        assert f"{step.thing.title}" in on_a_terminal(root)
    assert after


def test_sign_ups_of_a_cancelled_cohort_are_kept_for_a_week(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(root, {RUN: f"{COHORT}cancelled: 2027-03-05\n"})

    monkeypatch.setenv("HANDBOOK_TODAY", "2027-03-11")
    assert f"{RUN}\n  Open now: 1 date\n" == in_a_log(root).output
    monkeypatch.setenv("HANDBOOK_TODAY", "2027-03-12")
    assert "Delete this folder: 1 folder" in in_a_log(root).output


def test_what_begins_later_is_told_with_its_first_day(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(root, {RUN: f"{COHORT}draft: true\n"})
    monkeypatch.setenv("HANDBOOK_TODAY", "2026-11-24")
    said = on_a_terminal(root)

    assert re.search(r"Sign-up for .+ – Tue 1 December 2026, in 7 days\n", said)
    assert "Digital fluency, Spring 2027 (draft)\n" in said


def test_all_cohorts_are_told_but_those_that_are_over(root: Path) -> None:
    old = {"programs/digital-fluency/2025-spring.yml": OVER}
    new = {"programs/digital-fluency/2027-late.yml": "start: 2027-03-15\n"}
    write(root, {**old, **new})
    told = re.findall("^programs.*$", in_a_log(root).output, re.MULTILINE)

    assert [RUN, "programs/digital-fluency/2027-late.yml"] == told
    assert [RUN] == re.findall(
        "^programs.*$", in_a_log(root, "digital-fluency", "2027-spring").output, re.MULTILINE
    )


def test_an_unknown_cohort_is_named_with_those_that_are_known(root: Path) -> None:
    result = in_a_log(root, "digital-fluency", "2027-sprung")

    assert 2 == result.exit_code
    assert "2027-spring" in result.output


def test_with_an_error_in_the_files_the_check_is_named(root: Path) -> None:
    (root / RUN).write_text("start: soon\n", "utf-8")
    result = in_a_log(root)

    assert 1 == result.exit_code
    assert "The files have 1 error;" in result.output


def test_a_label_that_cannot_be_said_is_named_with_its_file(root: Path) -> None:
    write(root, {"docs/templates/texts/en.yml": 'event: {message: "{nobody}"}\n'})
    result = in_a_log(root)

    assert 1 == result.exit_code
    assert "The label `event.message` cannot be rendered" in result.output
