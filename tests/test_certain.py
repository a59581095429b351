"""What a doubt narrows: names that a register alone holds, two clocks, parts of names, people of one name."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from handbook.cli import main
from handbook.register.intake import vocabulary
from handbook.register.intake.appearance import moments
from handbook.register.ledger.ledger import SignUp
from tests import registers
from tests.repository import DAY, SHORT, write

PC = ("--program", "digital-fluency", "--cohort", "2027-spring")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HANDBOOK_TODAY", DAY)
    write(tmp_path / "handbook", SHORT)
    return tmp_path / "handbook"


def run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(root), *words])


def imported(root: Path, *rows: str) -> list[SignUp]:
    sheet = root.parent / "sheet.csv"
    sheet.write_text("\n".join(rows) + "\n", "utf-8")
    result = run(root, "import", "signups", str(sheet), *PC, "--skip-broken")
    assert 0 == result.exit_code, result.output
    return [*registers.ledger(root).sign_ups]


# --- people whom only a register knows ------------------------------------------------------------

OPEN = {
    "docs/pairs.md": "# Pairs\n\n| Mentor | Mentee |\n|---|---|\n| Mira Okonkwo | Jo Rivera |\n",
    "docs/assets/list.txt": "Mira Okonkwo\n",
    "docs/people.xml": '<people><p name="Mira Okonkwo"/></people>',
    "docs/assets/parts.csv": "id;first;last\n0;Mira;Okonkwo\n",
    "docs/assets/code.js": "const who = ['mira okonkwo']\n",
    "docs/assets/mira-okonkwo.png": "no picture",
    "docs/templates/playbook/faq/remote.md": "---\ntitle: May we?\n---\nAsk Mira Okonkwo.\n",
    "docs/report.txt": "Pairings. It is a proposal: nobody is told before you ask both people.\n",
}


@pytest.mark.parametrize("path", OPEN)
def test_a_name_that_only_a_register_holds_is_refused_where_everyone_could_read_it(
    root: Path, path: str
) -> None:
    registers.keep_people(root, SignUp("p-1", "Mira Okonkwo", roles=("mentor",), consent="participants"))
    write(root, {path: OPEN[path]})

    result = run(root, "check")

    assert 1 == result.exit_code, result.output
    assert "Mira" not in result.output
    assert "Okonkwo" not in result.output


def test_who_signed_up_and_agreed_that_everyone_may_read_the_name_is_named_freely(root: Path) -> None:
    registers.keep_people(root, SignUp("p-1", "Mira Okonkwo", roles=("mentor",), consent="public"))
    write(root, {"docs/pairs.md": OPEN["docs/pairs.md"]})

    assert 0 == run(root, "check").exit_code


# --- times ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("later", "earlier"),
    [
        ("2026/10/25 2:10:00 AM GMT+1", "2026/10/25 2:50:00 AM GMT+2"),
        ("2026-11-05T10:00:00Z", "2026-11-05T11:30:00+02:00"),
        ("2026-11-05T10:00:00+01:00", "2026-11-05T10:30:00+0200"),
        ("2026-11-05 09:00 UTC", "2026-11-05 09:30 GMT+1"),
        ("2026-11-05T23:30:00-05:00", "2026-11-06T01:00:00+00:00"),
    ],
)
def test_a_time_is_compared_by_its_clock(later: str, earlier: str) -> None:
    after, before = moments([later, earlier])

    assert after
    assert all(a > b for a, b in zip(after, before, strict=True))


@pytest.mark.parametrize("stamps", [("2026-10-25 02:10 CET", "2026-10-25 02:50 CEST"),
                                    ("2026-11-05T10:00:00Z", "2026-11-05T10:30:00")])  # fmt: skip
def test_clocks_that_nobody_can_be_sure_of_tell_no_order(root: Path, stamps: tuple[str, str]) -> None:
    assert [(), ()] == moments(stamps)

    [ann] = imported(
        root, "Timestamp,Name,Email,Role,Consent",
        f"{stamps[0]},Ann Ay,ann@x.example,Mentor,Nobody may see my name",
        f"{stamps[1]},Ann Ay,ann@x.example,Mentor,Everyone may see my name",
    )  # fmt: skip
    assert "nobody" == ann.consent


# --- names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "whole"),
    [("Na", "Li", "Na Li"), ("Null", "Jones", "Null Jones"), ("Ann", "Test", "Ann Test"),
     ("X", "Ash", "X Ash"), ("Sukarno", "-", "Sukarno"), ("n/a", "Suharto", "Suharto"),
     ("First", "Lady", "First Lady")],
)  # fmt: skip
def test_the_parts_of_a_name_are_joined_as_they_are(root: Path, first: str, last: str, whole: str) -> None:
    [person] = imported(root, "First name,Last name,Email,Role", f"{first},{last},a@x.example,Mentor")

    assert whole == person.name


def test_who_may_be_one_person_with_two_addresses_is_told_and_consents_to_the_least(root: Path) -> None:
    people = imported(
        root, "Name,Email,Role,Consent", "Ann Ay,ann@x.example,Mentor,Nobody may see my name",
        "Ann Ay,ann.ay@gmail.example,Mentor,Everyone may see my name", "Bo Lee,bo@x.example,Mentee,Public",
    )  # fmt: skip

    assert [("Ann Ay", "nobody"), ("Ann Ay", "nobody"), ("Bo Lee", "public")] == [
        (person.name, person.consent) for person in people
    ]


def test_an_address_of_an_earlier_row_stays(root: Path) -> None:
    [ann] = imported(root, "Name,Email,Role", "Ann Ay,ann@x.example,Mentor", "ann ay,,Mentor")

    assert "ann@x.example" == ann.email


# --- titles and sheets ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    ["How many hours a month can you give?", "How much time can you spend per week?",
     "Wie viele Stunden im Monat?", "Combien d'heures par mois ?", "¿Cuántas horas al mes?",
     "Hoeveel uur per maand?"],
)  # fmt: skip
def test_how_many_hours_somebody_gives_is_no_number_of_pairings(title: str) -> None:
    assert vocabulary.nearest(title) not in ("capacity", "hours")


def test_one_to_two_is_no_part_of_the_night(root: Path) -> None:
    [ann] = imported(root, "Name,Email,Role,Hours", "Ann Ay,ann@x.example,Mentor,1-2")

    assert ann.hours is None


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_that_does_not_say_so_is_refused(root: Path, encoding: str) -> None:
    sheet = root.parent / "sheet.csv"
    sheet.write_bytes("Name,Email,Role\nŁukasz Żółć,a@x.example,Mentor\n".encode(encoding))

    result = run(root, "import", "signups", str(sheet), *PC)

    assert 1 == result.exit_code
    assert "UTF-8" in result.output
