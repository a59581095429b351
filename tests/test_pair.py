"""From sign-ups to pairings in a cohort's file, as a coordinator does it on the command line."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from handbook.cli import main
from handbook.load.repository import load
from handbook.register.ledger.ledger import VERSION, Ledger, Proposal, SignUp, Wishes
from tests.registers import files, folder, keep_people, ledger
from tests.repository import COHORT, DAY, SHORT, write
from tests.terminal import is_seen, pexpect

RUN = "programs/digital-fluency/2027-spring.yml"
PRIVATE = {"programs/organisation.yml": "name: Small Steps\nrepository: private\n"}
PEOPLE = (
    SignUp("p-1", "Ada Ray", "ada@steps.example", ("mentor",), unit="Data", topics=("ai-tools",),
           consent="public"),
    SignUp("p-2", "Bo Lind", "bo@steps.example", ("mentor",), unit="Estates", topics=("data-analytics",)),
    SignUp("p-3", "Cleo Sands", "cleo@steps.example", ("mentee",), unit="Finance", topics=("ai-tools",),
           consent="participants"),
    SignUp("p-4", "Dai Stone", "dai@steps.example", ("mentee",), unit="People", topics=("data-analytics",)),
    SignUp("p-5", "Eva Reed", "eva@steps.example", ("mentee",), unit="Nursing", topics=("ai-tools",)),
)  # fmt: skip


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook whose sign-ups have been imported."""
    monkeypatch.setenv("HANDBOOK_TODAY", DAY)
    write(tmp_path, {**SHORT, ".gitignore": "/signups/\n"})
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    keep_people(tmp_path, *PEOPLE)
    return tmp_path


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is printed goes to a terminal."""
    is_seen(monkeypatch)


def run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(root), *words])


def pair(root: Path, *words: str) -> Result:
    return run(root, "pair", "digital-fluency", "2027-spring", *words)


def confirm(root: Path, *words: str) -> Result:
    return run(root, "confirm", "digital-fluency", "2027-spring", *words)


def proposals(root: Path) -> list[Proposal]:
    return list(ledger(root).proposals)


def pairs(root: Path) -> list[tuple[str, str]]:
    return [proposal.couple for proposal in proposals(root)]


@pytest.mark.usefixtures("seen")
def test_the_best_pairings_are_proposed_and_explained(root: Path) -> None:
    result = pair(root)

    assert 0 == result.exit_code, result.output
    assert [("p-1", "p-3"), ("p-2", "p-4")] == pairs(root) or [("p-1", "p-5"), ("p-2", "p-4")] == pairs(root)
    assert (
        "2 pairings of 2 people as mentor and 3 people as mentee; 1 person stays without one."
        in result.output
    )
    assert "shared topics: 75 % – AI tools" in result.output
    assert "would be paired with 1 more mentor on AI tools" in result.output
    assert "handbook.cli -C" in result.output or "handbook -C" in result.output


def test_the_report_is_a_page_too_and_nobody_else_can_read_any_of_it(root: Path) -> None:
    pair(root)
    kept = sorted(folder(root).iterdir())
    page = (folder(root) / "proposals.html").read_text("utf-8")

    assert ["proposals.html", "register-0002.json"] == [file.name for file in kept]
    assert {0o600} == {stat.S_IMODE(file.stat().st_mode) for file in kept}
    assert "Ada Ray → " in page
    assert "Private:" in page
    assert not re.search(r"https?:|src=|href=(?!\"#)", page)


def test_a_name_is_inert_on_the_page(root: Path) -> None:
    people = (replace(PEOPLE[0], name="<script>alert(1)</script>{{ 7*7 }}"), *PEOPLE[1:])
    keep_people(root, *people)
    pair(root)
    page = (folder(root) / "proposals.html").read_text("utf-8")

    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in page


@pytest.mark.usefixtures("seen")
def test_what_nobody_was_asked_is_said_once_and_what_one_did_not_say_is_named(root: Path) -> None:
    matching = "matching: {criteria: [{by: topics}, {by: hours}, {by: working-style}, {by: interests}]}\n"
    program = SHORT["programs/digital-fluency/program.yml"]
    write(root, {"programs/digital-fluency/program.yml": program + matching})
    people = (replace(PEOPLE[0], interests=("Chess",)), PEOPLE[1], replace(PEOPLE[2], interests=("Chess",)),
              PEOPLE[3], PEOPLE[4])  # fmt: skip
    keep_people(root, *people)
    said = pair(root, "--pin", "p-1:p-5", "--pin", "p-2:p-4").output

    assert "Not asked, or not answered by anybody: hours that overlap, working style. Every" in said
    assert 1 == said.count("working style")
    assert "shared interests: 0 % – Chess | not said\n" in said
    assert "shared interests: 0 % – neither said\n" in said


@pytest.mark.usefixtures("seen")
def test_what_a_rule_costs_is_a_sentence_with_what_there_would_be(root: Path) -> None:
    people = (PEOPLE[0], PEOPLE[1], replace(PEOPLE[2], unit="Data"), replace(PEOPLE[4], unit="Data"))
    keep_people(root, *people)
    said = pair(root, "--forbid", "p-2:p-3").output

    assert "+" not in said.partition("What each rule costs")[2]
    assert (
        "Mentor and mentee work in different units.\n    Without this rule there could be 1 more pairing; "
        "new ones would fit 37.5 % at best, with it 0.0 %.\n"
    ) in said
    assert "You ruled it out, somebody said no, or it ended.\n    This rule costs nothing.\n" in said


SENIOR = (
    SignUp("p-1", "Anna Adler", roles=("mentor",), unit="Data", topics=("ai-tools",), grade="15"),
    SignUp("p-2", "Bernd Beck", roles=("mentee",), unit="Finance", topics=("ai-tools",), grade="5"),
)


@pytest.mark.usefixtures("seen")
@pytest.mark.parametrize(("said", "paired"), [
    ("", False),
    ("matching: {rules: {different-unit: true}}\n", False),
    ("matching: {rules: {grade-gap: 0}}\n", True),
    ("matching: {rules: {grade-gap: 1}}\n", False),
    ("mode: reciprocal\n", True),
    ("matching: {rules: {grade-gap: false}}\n", True),
    ("mode: reciprocal\nmatching: {rules: {largest-grade-gap: 9}}\n", False),
])  # fmt: skip
def test_the_mentor_is_the_junior_unless_the_program_says_otherwise(
    root: Path, said: str, paired: bool
) -> None:
    program = root / "programs/digital-fluency/program.yml"
    program.write_text(program.read_text("utf-8") + said, "utf-8")
    keep_people(root, *SENIOR)
    told = pair(root).output

    assert ([("p-1", "p-2")] if paired else []) == pairs(root)
    below = (
        "would be paired if this did not count for them: Where both grades are known, the mentor’s is below"
    )
    assert (not paired and "gap" not in said) == (below in told)


def test_grades_that_nobody_said_keep_nobody_apart(root: Path) -> None:
    keep_people(root, replace(SENIOR[0], grade=""), SENIOR[1])
    pair(root)

    assert [("p-1", "p-2")] == pairs(root)


@pytest.mark.usefixtures("seen")
def test_below_the_floor_no_pairing_is_proposed_and_that_is_a_reason(root: Path) -> None:
    program = root / "programs/digital-fluency/program.yml"
    program.write_text(program.read_text("utf-8") + "matching: {at_least: 80}\n", "utf-8")
    told = pair(root).output

    assert [] == pairs(root)
    assert "would be paired if this did not count for them: Their answers fit by 80 % or more." in told
    assert "cannot be paired: Their answers fit by 80 % or more." in pair(root, "--pin", "p-1:p-3").output


def test_the_same_sign_ups_give_the_same_files(root: Path) -> None:
    def made() -> list[bytes]:
        pair(root)
        return [file.read_bytes() for file in sorted(folder(root).iterdir())]

    assert made() == made()


def test_what_is_pinned_or_forbidden_by_name_counts(root: Path) -> None:
    pair(root, "--pin", "ada ray:eva@steps.example", "--forbid", "p-2:p-4")

    assert ("p-1", "p-5") in pairs(root)
    assert ("p-2", "p-4") not in pairs(root)


@pytest.mark.usefixtures("seen")
def test_the_report_counts_people_and_not_places(root: Path) -> None:
    """Ada has two places and is a mentee too: she is one person, and has a pairing."""
    ada = replace(PEOPLE[0], roles=("mentor", "mentee"), capacity=2, topics=("ai-tools",))
    people = (ada, PEOPLE[2], PEOPLE[4])
    keep_people(root, *people)

    first = pair(root).output.splitlines()[1]

    assert (
        "2 pairings of 1 person as mentor (2 places) and 3 people as mentee (4 places), 1 of them in both "
        "roles; nobody stays without one; 1 person has none in one of two roles."
    ) == first


@pytest.mark.usefixtures("seen")
def test_a_wish_of_last_time_that_is_not_repeated_is_told_once(root: Path) -> None:
    first = pair(root, "--pin", "p-1:p-5", "--forbid", "p-2:p-4")
    second = pair(root, "--forbid", "p-2:p-4")
    third = pair(root)

    said = "Wished for last time, but not this time:"
    assert [False, True, True] == [said in one.output for one in (first, second, third)]
    assert "  --pin p-1:p-5  (Ada Ray and Eva Reed)\n" in second.output
    assert "--forbid p-2:p-4  " not in second.output
    assert "  --forbid p-2:p-4  (Bo Lind and Dai Stone)\n" in third.output
    assert "--pin p-1:p-5" not in third.output


def test_a_wish_is_not_missed_where_the_pairing_stands_or_somebody_left(root: Path) -> None:
    pair(root, "--pin", "p-1:p-5", "--pin", "p-2:p-4", "--forbid", "p-1:p-4")
    confirm(root, "p-1", "p-5", "--by", "mentor", "--on", "2027-01-20")
    people = [one for one in PEOPLE if one.id != "p-4"]
    keep_people(root, *people)

    result = pair(root)

    assert (0, False) == (result.exit_code, "Wished for last time" in result.output)


def test_wishes_are_kept_for_the_coordinators_eyes_alone(root: Path) -> None:
    pair(root, "--pin", "p-1:p-5")
    [file] = files(root)

    assert 0o600 == stat.S_IMODE(file.stat().st_mode)
    assert Wishes(frozenset({("p-1", "p-5")})) == ledger(root).wishes


@pytest.mark.parametrize("day", ["20.1.2027", "20270120", "2027-W03-3", "2027-02-30", "soon\x1b[2J", ""])
@pytest.mark.parametrize("words", [("confirm", "p-1", "p-5", "--on"), ("announce", "--as", "email", "--day"),
                                   ("pair", "--write", "--announce")])  # fmt: skip
def test_a_day_is_asked_for_in_one_way(root: Path, words: tuple[str, ...], day: str) -> None:
    command, *rest = words
    result = run(root, command, "digital-fluency", "2027-spring", *rest, day)

    assert 2 == result.exit_code
    assert "Write the day as YYYY-MM-DD, such as 2027-01-20." in result.output
    assert "\x1b" not in result.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--pin", "Ada Ray"), "Write MENTOR:MENTEE"),
        (("--pin", "Nobody:p-3"), "Nobody called “Nobody” signed up"),
        (("--pin", "p-3:p-4"), "signed up, but not as mentor"),
        (("--give", "101"), "0<=x<=100"),
        (("--write", "--means", "Bo=nobody"), "--means goes with a proposal, and not with --write."),
        (("--write", "--pin", "p-1:p-5"), "--pin goes with"),
        (("--write", "--give", "5"), "--give goes with"),
        (("--waiting-list", "--write"), "--waiting-list goes with"),
    ],
)
def test_a_wish_that_cannot_be_is_refused(root: Path, words: tuple[str, ...], said: str) -> None:
    result = pair(root, *words)

    assert 2 == result.exit_code
    assert said in result.output


def test_a_pin_that_breaks_a_rule_is_refused_with_the_rule(root: Path) -> None:
    people = (*PEOPLE[:2], replace(PEOPLE[2], unit="Data"), *PEOPLE[3:])
    keep_people(root, *people)
    result = pair(root, "--pin", "p-1:p-3")

    assert 1 == result.exit_code
    assert "Mentor and mentee work in different units." in result.output


@pytest.mark.usefixtures("seen")
def test_who_has_confirmed_stays_and_the_others_are_proposed_anew(root: Path) -> None:
    pair(root, "--pin", "p-1:p-5")
    confirm(root, "Ada Ray", "Eva Reed", "--by", "mentor", "--on", "2027-01-20")
    result = pair(root)

    assert ("p-1", "p-5") in pairs(root)
    assert "1 of them was made before." in result.output
    assert [("mentee",)] == [one.waits_for for one in proposals(root) if one.mentor == "p-1"]


def test_with_a_waiting_list_nobody_loses_a_pairing(root: Path) -> None:
    pair(root, "--pin", "p-1:p-5")
    before = pairs(root)
    pair(root, "--waiting-list")

    assert before == pairs(root)


def test_a_pairing_that_ended_is_not_proposed_again(root: Path) -> None:
    pair(root, "--pin", "p-1:p-5")
    confirm(root, "p-1", "p-5")
    pair(root, "--rematch", "p-1:p-5")

    assert ("p-1", "p-5") not in pairs(root)
    assert "p-1" in {mentor for mentor, _ in pairs(root)}


def test_a_pairing_that_ended_is_said_to_be_shown_until_it_is_written_down(
    root: Path, written: Callable[[], str]
) -> None:
    written()
    result = pair(root, "--rematch", "p-1:p-3")
    later = pair(root, "--write")
    again = pair(root)

    assert f"1 pairing ended, and {RUN} does not say so yet: the site goes on showing" in result.output
    assert result.output.endswith("pair digital-fluency 2027-spring --write\n")
    assert f"ended: {DAY}" in (root / RUN).read_text("utf-8"), later.output
    assert "does not say so yet" not in again.output


@pytest.mark.parametrize(("by", "missing"), [("mentor", ("mentee",)), ("both", ())])
def test_who_said_yes_is_noted_with_the_day(root: Path, by: str, missing: tuple[str, ...]) -> None:
    pair(root, "--pin", "p-1:p-5")
    result = confirm(root, "p-1", "p-5", "--by", by, "--on", "2027-01-20")
    [found] = [one for one in proposals(root) if one.mentor == "p-1"]

    assert 0 == result.exit_code, result.output
    assert missing == found.waits_for
    assert {"2027-01-20"} == {day.isoformat() for day in found.confirmed.values()}


def test_what_was_noted_by_mistake_is_taken_back_or_corrected(root: Path) -> None:
    pair(root, "--pin", "p-1:p-5")
    confirm(root, "p-1", "p-5", "--on", "2027-01-20")
    confirm(root, "p-1", "p-5", "--by", "mentee", "--on", "2027-01-21")
    [found] = [one for one in proposals(root) if one.mentor == "p-1"]
    assert ["2027-01-20", "2027-01-21"] == [day.isoformat() for day in found.confirmed.values()]

    result = confirm(root, "p-1", "p-5", "--undo")

    assert "nobody has said yes" in result.output
    assert {("mentor", "mentee")} == {one.waits_for for one in proposals(root)}


def test_once_both_said_yes_the_next_command_asks_for_the_day(root: Path) -> None:
    pair(root, "--pin", "p-1:p-5")
    result = confirm(root, "p-1", "p-5", "--on", "2027-01-20")

    assert result.output.endswith("pair digital-fluency 2027-spring --write --announce YYYY-MM-DD\n")


def test_nobody_said_yes_on_a_day_to_come(root: Path) -> None:
    pair(root, "--pin", "p-1:p-5")
    result = confirm(root, "p-1", "p-5", "--on", "2031-01-01")

    assert 2 == result.exit_code
    assert {("mentor", "mentee")} == {one.waits_for for one in proposals(root)}


def test_who_left_takes_nobody_elses_pairing_along(root: Path, written: Callable[[], str]) -> None:
    """A newer export without somebody who had said yes, or somebody forgotten, stops nothing."""
    written()
    people = [one for one in PEOPLE if one.id != "p-3"]
    keep_people(root, *people)
    result = pair(root)

    assert 0 == result.exit_code, result.output
    assert ("p-1", "p-5") in pairs(root)
    assert "1 pairing ended" in result.output
    pair(root, "--write")
    assert f"ended: {DAY}" in (root / RUN).read_text("utf-8")


def test_the_day_of_the_announcement_is_written_for_all(root: Path, written: Callable[[], str]) -> None:
    written()
    confirm(root, "p-2", "p-4", "--on", "2027-01-25")
    pair(root, "--write", "--announce", "2027-01-29")
    text = (root / RUN).read_text("utf-8")

    assert 2 == text.count("announce: 2027-01-29")
    assert load(root)[0] is not None


@pytest.mark.parametrize("name", ["ZOË  O’NEIL", "Zoë O'Neil", "zoe o neil"])
def test_a_name_is_found_however_it_is_written(root: Path, name: str) -> None:
    people = (replace(PEOPLE[0], name="Zoë O’Neil"), *PEOPLE[1:])
    keep_people(root, *people)

    assert 0 == pair(root, "--pin", f"{name}:p-5").exit_code
    assert "Zoë O’Neil`" not in pair(root, "--pin", "Zoë O’Neill:p-5").output, "a log keeps what is near"


def test_nobody_confirms_what_is_not_proposed(root: Path) -> None:
    pair(root, "--pin", "p-1:p-5")
    result = confirm(root, "p-1", "p-3")

    assert 1 == result.exit_code
    assert "--pin p-1:p-3" in result.output


@pytest.mark.parametrize("number", ["3-1", "1-99", "98-3"])
def test_nobody_is_told_to_pin_two_who_cannot_be_a_pairing(root: Path, number: str) -> None:
    pair(root, "--pin", "p-1:p-5")
    result = confirm(root, "--yes-to", number)

    assert 1 == result.exit_code
    assert result.output.endswith("Write the numbers as the report has them, the mentor’s first.\n")


@pytest.mark.parametrize("words", [("--no", "--by", "mentor"), ("--undo",)])
def test_of_a_no_no_day_is_kept_and_so_none_is_taken(root: Path, words: tuple[str, ...]) -> None:
    pair(root, "--pin", "p-1:p-5")
    before = proposals(root)
    result = confirm(root, "p-1", "p-5", *words, "--on", "2027-01-20")

    assert (2, before) == (result.exit_code, proposals(root))
    assert "--on goes with a yes" in result.output


# --- into the file --------------------------------------------------------------------------------


@pytest.fixture
def written(root: Path) -> Callable[[], str]:
    """One pairing that both confirmed, one that one did, and one that nobody did; then what the file adds."""

    def writing() -> str:
        pair(root, "--pin", "p-1:p-3", "--pin", "p-2:p-4")
        confirm(root, "p-1", "p-3", "--on", "2027-01-20")
        confirm(root, "p-2", "p-4", "--by", "mentee", "--on", "2027-01-21")
        result = pair(root, "--write")
        assert 0 == result.exit_code, result.output
        return (root / RUN).read_text("utf-8").removeprefix(COHORT)

    return writing


def test_in_a_public_repository_only_what_both_confirmed_is_written(written: Callable[[], str]) -> None:
    assert written() == (
        "\npeople:\n"
        "  - {id: mentor-1, name: Ada Ray, role: mentor, unit: Data, topics: [ai-tools], consent: public}\n"
        "  - {id: mentee-1, role: mentee, topics: [ai-tools]}\n"
        "\npairings:\n"
        "  - {mentor: mentor-1, mentee: mentee-1, topics: [ai-tools], "
        "confirmed: {mentor: 2027-01-20, mentee: 2027-01-20}}\n"
    )


def test_in_a_private_repository_also_what_waits_and_names_for_participants(
    root: Path, written: Callable[[], str]
) -> None:
    write(root, PRIVATE)
    text = written()

    assert "name: Cleo Sands, role: mentee, unit: Finance, topics: [ai-tools], consent: participants" in text
    assert "confirmed: {mentee: 2027-01-21}" in text
    assert "Dai" not in text
    assert "Bo" not in text


def test_what_is_written_checks_clean_and_is_written_once(root: Path, written: Callable[[], str]) -> None:
    text = written()
    again = pair(root, "--write")

    assert load(root)[0] is not None
    assert "There is no pairing to write" in again.output
    assert (root / RUN).read_text("utf-8") == COHORT + text


def test_new_people_take_ids_that_are_free_and_keep_them(root: Path) -> None:
    write(root, {RUN: f"{COHORT}people:\n  - {{id: mentor-1, role: mentor}}  # asked by telephone\n"})
    pair(root, "--pin", "p-1:p-3", "--pin", "p-2:p-4")
    for two in (("p-1", "p-3"), ("p-2", "p-4")):
        confirm(root, *two, "--on", "2027-01-20")
        pair(root, "--write")
    text = (root / RUN).read_text("utf-8")

    assert "{id: mentor-1, role: mentor}  # asked by telephone\n" in text
    assert ["mentor-2", "mentor-3"] == re.findall(r"- \{mentor: ([a-z0-9-]+)", text)


def test_who_says_yes_later_is_written_beside_the_other(root: Path, written: Callable[[], str]) -> None:
    write(root, PRIVATE)
    before = written()
    confirm(root, "p-2", "p-4", "--by", "mentor", "--on", "2027-01-25")
    result = pair(root, "--write")
    after = (root / RUN).read_text("utf-8").removeprefix(COHORT)

    assert "0 pairings and 1 change written" in result.output
    assert before.replace("{mentee: 2027-01-21}", "{mentor: 2027-01-25, mentee: 2027-01-21}") == after


def test_who_is_paired_anew_keeps_the_id_in_the_file(root: Path, written: Callable[[], str]) -> None:
    written()
    pair(root, "--rematch", "p-1:p-3", "--pin", "p-1:p-5")
    confirm(root, "p-1", "p-5", "--on", "2027-03-08")
    pair(root, "--write")
    text = (root / RUN).read_text("utf-8")

    assert f"ended: {DAY}" in text
    assert ["mentor-1", "mentor-1"] == re.findall(r"- \{mentor: ([a-z0-9-]+)", text)
    assert 1 == text.count("id: mentor-1,")


def test_a_number_that_somebody_had_is_given_to_nobody_new(root: Path) -> None:
    """Mentee 2 was forgotten; whoever is called so on the site must not be taken for that person."""
    pair(root, "--pin", "p-1:p-3", "--pin", "p-2:p-4")
    for two in (("p-1", "p-3"), ("p-2", "p-4")):
        confirm(root, *two, "--on", "2027-01-20")
    pair(root, "--write")
    gone = run(root, "forget", "Dai Stone", "--yes")
    assert 0 == gone.exit_code, gone.output
    pair(root, "--pin", "p-2:p-5")
    confirm(root, "p-2", "p-5", "--on", "2027-01-21")
    pair(root, "--write")
    text = (root / RUN).read_text("utf-8")

    assert ["mentee-1", "mentee-3"] == re.findall("id: (mentee-[0-9]+)", text)


def test_a_new_number_is_above_those_that_the_site_gave_to_others(root: Path) -> None:
    write(root, {RUN: f"{COHORT}people:\n  - {{id: by-hand, role: mentor}}\n"})
    pair(root, "--pin", "p-1:p-3")
    confirm(root, "p-1", "p-3", "--on", "2027-01-20")
    pair(root, "--write")
    handbook, _ = load(root)

    assert handbook is not None
    assert [("by-hand", 1), ("mentor-2", 2)] == [
        (one.id, one.number) for one in handbook.cohorts[0].people if one.role == "mentor"
    ]


def test_another_day_is_told_and_moves_only_where_somebody_agreed(
    root: Path, written: Callable[[], str]
) -> None:
    written()
    pair(root, "--write", "--announce", "2027-04-05")
    before = (root / RUN).read_text("utf-8")
    told = pair(root, "--write", "--announce", "2027-04-12")

    assert before == (root / RUN).read_text("utf-8")
    assert "Mentor 1 → Mentee 1 is to be shown from Mon 5 April 2027." in told.output
    assert "pair digital-fluency 2027-spring --write --announce 2027-04-12 --yes\n" in told.output
    pair(root, "--write", "--announce", "2027-04-12", "--yes")
    assert before.replace("2027-04-05", "2027-04-12") == (root / RUN).read_text("utf-8")


def test_the_day_of_what_is_shown_already_does_not_move(root: Path, written: Callable[[], str]) -> None:
    written()
    pair(root, "--write", "--announce", "2027-01-29")
    before = (root / RUN).read_text("utf-8")
    told = pair(root, "--write", "--announce", "2027-04-12", "--yes")

    assert before == (root / RUN).read_text("utf-8")
    assert "Mentor 1 → Mentee 1 has been shown since Fri 29 January 2027." in told.output


@pytest.mark.parametrize(("answers", "moved", "late"), [("yy", True, True), ("ny", False, True),
                                                        ("yn", False, False)])  # fmt: skip
def test_on_a_terminal_the_difference_is_shown_and_asked_about(
    root: Path, written: Callable[[], str], answers: str, moved: bool, late: bool
) -> None:
    written()
    pair(root, "--write", "--announce", "2027-04-05")
    confirm(root, "p-2", "p-4", "--on", "2027-01-25")
    command = ["-m", "handbook.cli", "pair", "digital-fluency", "2027-spring", "--write"]
    screen = pexpect.spawn(
        sys.executable, [*command, "--announce", "2027-04-12"], cwd=str(root), encoding="utf-8", timeout=60,
        dimensions=(60, 200), env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    screen.expect_exact("Move 1 pairing to Mon 12 April 2027? [y/N]: ")
    screen.sendline(answers[0])
    screen.expect_exact("Write this? [y/N]: ")
    assert "+  - {id: mentor-2, role: mentor" in str(screen.before)
    screen.sendline(answers[1])
    screen.expect(pexpect.EOF)
    screen.close()
    text = (root / RUN).read_text("utf-8")

    assert int(not late) == screen.exitstatus
    assert moved is ("2027-04-05" not in text)
    assert late is ("mentor-2" in text)


def test_somebody_who_left_before_the_pairing_was_written_stops_nobody(root: Path) -> None:
    pair(root, "--pin", "p-1:p-3", "--pin", "p-2:p-4")
    for two in (("p-1", "p-3"), ("p-2", "p-4")):
        confirm(root, *two, "--on", "2027-01-20")
    people = [one for one in PEOPLE if one.id != "p-3"]
    keep_people(root, *people)
    result = pair(root, "--write")

    assert "1 pairing and 0 changes written" in result.output


def test_no_id_of_a_sign_up_leaves_the_private_folder(root: Path, written: Callable[[], str]) -> None:
    assert not re.search(r"\bp-[0-9]", written())


# --- what is in the way ---------------------------------------------------------------------------


def test_without_sign_ups_the_command_says_how_to_import_them(root: Path) -> None:
    files(root)[0].unlink()
    result = pair(root)

    assert 1 == result.exit_code
    assert "import signups FILE.csv --program digital-fluency --cohort 2027-spring" in result.output


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"version": 9}', '{"version": 1, "sign_ups": [{"idd": 1}]}']
)
def test_a_file_that_is_none_of_ours_is_refused(root: Path, text: str) -> None:
    files(root)[0].write_text(text, "utf-8")
    result = pair(root)

    assert 1 == result.exit_code
    assert "not written by this version" in result.output


def test_nothing_is_kept_where_git_would_keep_it(root: Path) -> None:
    (root / ".gitignore").write_text("", "utf-8")
    result = pair(root)

    assert 1 == result.exit_code
    assert "/signups/" in run(root, "check").output
    assert [] == proposals(root)
    assert not (folder(root) / "proposals.html").exists()


@pytest.mark.parametrize("library", ["lap", "highspy"])
def test_without_its_library_the_command_names_the_line_to_paste(
    root: Path, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    for name in [name for name in sys.modules if name.startswith("handbook.register.pairing")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    result = pair(root)

    assert 1 == result.exit_code
    assert "-m pip install --require-hashes -r requirements-pairing.txt" in result.output


@pytest.mark.parametrize(("program", "cohort", "said"), [
    ("digital", "2027-spring", "Did you mean `digital-fluency`?"),
    ("digital-fluency", "2027-sprng", "Did you mean `2027-spring`?"),
])  # fmt: skip
def test_a_cohort_that_is_not_there_is_told_with_the_nearest(
    root: Path, program: str, cohort: str, said: str
) -> None:
    result = run(root, "pair", program, cohort)

    assert 2 == result.exit_code
    assert said in result.output


def test_a_ledger_is_read_as_it_was_written() -> None:
    yes = {"mentor": date(2027, 1, 20)}
    ledger = Ledger(
        sign_ups=PEOPLE,
        last_id=7,
        proposals=(Proposal("p-1", "p-3", yes),),
        receipts=(Proposal("p-2", "p-4"),),
        apart=frozenset({("p-1", "p-5")}),
        withdrawn=frozenset({(("p-1", "p-3"), "mentee")}),
        wishes=Wishes(frozenset({("p-2", "p-5")})),
        members={"mentor": {"p-2": "mentor-1"}, "mentee": {}},
        numbers={"mentor": 4},
        editions=("a", "b"),
    )

    assert ledger == Ledger.of_json(ledger.as_json())
    assert "Ada Ray" in ledger.as_json()
    assert VERSION == json.loads(ledger.as_json())["version"]
