"""`handbook import signups`: what is asked, told and written, and for whose eyes it is."""

import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from handbook import DATA, cli
from handbook.load import repository as load
from handbook.register.ledger.ledger import Ledger, SignUp
from tests import registers
from tests.repository import COHORT, PROGRAM, write
from tests.terminal import pexpect

SHEETS = Path(__file__).parent / "sheets"
FOLDER = "small/2027-spring"
ROWS = """\
Name,E-mail,Role,Topics,Consent
Jo Ray,jo@steps.example,mentor,AI tools,public
Sam Poe,sam@steps.example,mentee,AI tools,participants
Al Ono,al@steps.example,both,,
"""
BROKEN = f"{ROWS},canary@steps.example,mentor,,\n"


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for every test, also in the processes that it starts."""
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("PYTHONUTF8", "1")
    monkeypatch.setenv("PYTHONPATH", str(DATA.parents[1]))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A handbook with one program and one cohort."""
    files = {
        "programs/organisation.yml": "name: Miniature\n",
        "programs/small/program.yml": PROGRAM,
        "programs/small/2027-spring.yml": COHORT,
    }
    write(tmp_path / "handbook", files)
    return tmp_path / "handbook"


def run(root: Path, text: str | bytes, *words: str) -> Result:
    sheet = root.parent / "sheet.csv"
    sheet.write_bytes(text.encode() if isinstance(text, str) else text)
    return CliRunner().invoke(cli.main, ["-C", str(root), "import", "signups", str(sheet), *words])


def kept(root: Path) -> dict[str, SignUp]:
    return {one.name: one for one in registers.ledger(root, FOLDER).sign_ups}


@contextmanager
def terminal(root: Path, text: str, *words: str) -> Iterator[Any]:
    sheet = root.parent / "sheet.csv"
    sheet.write_text(text, "utf-8")
    command = ["-m", "handbook.cli", "import", "signups", str(sheet), *words]
    screen = pexpect.spawn(
        sys.executable, command, cwd=str(root), encoding="utf-8", timeout=30, dimensions=(40, 200)
    )
    try:
        yield screen
    finally:
        screen.close()


# --- what is written ----------------------------------------------------------------------------


def test_sign_ups_are_written_and_counted_and_the_next_command_is_told(root: Path) -> None:
    result = run(root, ROWS)

    assert 0 == result.exit_code, result.output
    assert (
        f"signups/{FOLDER} is written: 3 people (1 mentor, 1 mentee, 1 both), "
        "2 of whom agreed to be named (1 `public`, 1 `participants`)." in result.stdout
    )
    assert re.search(r"\n  \S.* pair small 2027-spring\n$", result.stdout)
    assert ["p-1", "p-2", "p-3"] == [one.id for one in kept(root).values()]
    assert (("ai-tools",), "public") == (kept(root)["Jo Ray"].topics, kept(root)["Jo Ray"].consent)


@pytest.mark.parametrize(
    "sheet",
    ["google-forms.csv", "microsoft-forms.csv", "excel-deutsch.csv", "libreoffice.tsv", "surveymonkey.csv"],
)
def test_every_usual_export_is_taken_as_it_is(root: Path, sheet: str) -> None:
    result = run(root, (SHEETS / sheet).read_bytes())

    assert 0 == result.exit_code, result.output
    assert len(kept(root)) in (3, 4)


def test_only_its_owner_can_read_what_is_written(root: Path) -> None:
    run(root, ROWS)
    registers.files(root, FOLDER)[0].chmod(0o644)

    run(root, ROWS)

    files = [file for file in (root / "signups").rglob("*") if file.is_file()]
    assert [root / "signups" / FOLDER / "register-0001.json"] == files
    assert {0o600} == {stat.S_IMODE(file.stat().st_mode) for file in files}
    assert 0o700 == stat.S_IMODE((root / "signups/small").stat().st_mode)


def test_nothing_that_a_person_said_is_printed(root: Path) -> None:
    canaries = BROKEN.replace("Ray", "canary").replace("jo@", "canary@").replace("AI tools,p", "canary,p")

    for words in ((), ("--skip-broken",)):
        result = run(root, canaries, *words)

        assert "canary" not in result.output
        assert "row 5, “Name”: error: Here a name is missing." in result.stdout


def test_a_value_is_shown_where_it_is_harmless_and_then_without_addresses(root: Path) -> None:
    told = run(root, "Name,Role,Capacity\nJo,jo@northwind.com,high\x1b[J\u202e\n").output

    assert '"high[J" is not a number' in told
    assert '"…" is not a role.' in told


def test_a_link_is_never_written_through_or_read(root: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (root / "signups").symlink_to(elsewhere)

    result = run(root, ROWS)

    assert (1, []) == (result.exit_code, list(elsewhere.iterdir()))
    assert "behind a link" in result.stderr
    (root / "signups").unlink()
    registers.folder(root, FOLDER).mkdir(parents=True)
    (elsewhere / "other.json").write_text(Ledger((SignUp("p-7", "Jo Ray", "jo@steps.example"),)).as_json())
    (registers.folder(root, FOLDER) / "register-0001.json").symlink_to(elsewhere / "other.json")
    assert 1 == run(root, ROWS).exit_code


def test_nothing_is_written_where_git_would_keep_it(root: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)

    result = run(root, ROWS)

    assert 1 == result.exit_code
    assert result.stderr.endswith("Write this line into .gitignore:\n  /signups/\n")
    assert not (root / "signups").exists()
    (root / ".gitignore").write_text("/signups/\n")
    assert 0 == run(root, ROWS).exit_code


def test_a_sheet_that_git_would_keep_is_told(root: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    paths = ("answers.csv", "signups/answers.csv", "docs/answers.csv")
    write(root, {".gitignore": "/signups/\n", **dict.fromkeys(paths, ROWS)})

    told = [
        CliRunner().invoke(cli.main, ["-C", str(root), "import", "signups", str(root / path)]).output
        for path in paths
    ]

    assert [True, False, False] == ["Git would keep answers.csv too." in one for one in told]
    assert [False, False, True] == ["The site would publish docs/answers.csv too." in one for one in told]
    assert all("Delete the sheet:" in one for one in told)


def test_a_file_of_another_kind_in_its_place_is_kept(root: Path) -> None:
    path = f"signups/{FOLDER}/register-0001.json"
    write(root, {path: "[]"})

    result = run(root, ROWS)

    assert (1, "[]") == (result.exit_code, (root / path).read_text())
    assert "was not written by this version" in result.stderr


# --- once more ----------------------------------------------------------------------------------


def test_a_newer_export_keeps_ids_and_says_how_many_are_gone(root: Path) -> None:
    run(root, ROWS)
    title, jo, _, al = ROWS.splitlines()

    result = run(root, "\n".join((title, al, jo.replace("AI tools", ""), "Kim Su,,mentee,,")))

    assert "No longer in this sheet: 1 person; they go; --keep-missing keeps them." in result.stdout
    assert {"Jo Ray": "p-1", "Al Ono": "p-3", "Kim Su": "p-4"} == {
        one.name: one.id for one in kept(root).values()
    }
    assert () == kept(root)["Jo Ray"].topics


def test_people_who_are_gone_stay_where_that_is_said(root: Path) -> None:
    run(root, ROWS)

    result = run(root, "\n".join(ROWS.splitlines()[:2]), "--keep-missing")

    assert "No longer in this sheet: 2 people; they stay." in result.stdout
    assert ["Jo Ray", "Sam Poe", "Al Ono"] == list(kept(root))


def test_the_id_of_whoever_left_last_is_given_to_nobody(root: Path) -> None:
    run(root, ROWS)
    run(root, "\n".join(ROWS.splitlines()[:2]))

    run(root, f"{ROWS}Kim Su,,mentee,,\n")

    assert {"Jo Ray": "p-1", "Sam Poe": "p-4", "Al Ono": "p-5", "Kim Su": "p-6"} == {
        one.name: one.id for one in kept(root).values()
    }


# --- what is wrong ------------------------------------------------------------------------------


def test_rows_with_errors_are_left_out_only_where_that_is_said(root: Path) -> None:
    result = run(root, BROKEN)

    assert (1, False) == (result.exit_code, registers.folder(root, FOLDER).exists())
    assert "1 row would be left out." in result.stdout
    assert "--skip-broken" in result.stderr
    assert (0, 3) == (run(root, BROKEN, "--skip-broken").exit_code, len(kept(root)))


def test_a_sheet_without_a_right_row_is_never_written(root: Path) -> None:
    result = run(root, "Name,Role\n,mentor\n", "--skip-broken")

    assert (1, False) == (result.exit_code, registers.folder(root, FOLDER).exists())


OWN_WORDS = "Name,Role,May we show your name?\n" + "".join(f"{row}\n" for row in (
    "Jo,I'd like to teach (mentor),Yes: everyone may see my name", "Al,I want to learn (mentee),No",
    "Sam,I'd like to teach (mentor),Yes: everyone may see my name", "Kim,Either would do,My manager Ada only",
))  # fmt: skip


def test_a_form_with_choices_in_its_own_words_gets_one_line_for_each_wording(root: Path) -> None:
    told = run(root, f"{OWN_WORDS}Ann,mentor,\n").stdout.splitlines()

    assert [
        "rows 2, 4, “Role”: error:",
        "rows 2, 4, “May we show your name?”: warning:",
        "row 3, “Role”: error:",
        "row 5, “Role”: error:",
        "row 5, “May we show your name?”: warning:",
    ] == [re.sub("^sheet.csv, |(?<=error:|rning:)(?<=or:|ng:).*", "", line) for line in told[:5]]
    assert "4 rows would be left out." in told
    assert not [line for line in told if "teach" in line or "Ada" in line]


def test_columns_that_nobody_knows_are_told_with_lines_that_can_be_pasted(root: Path) -> None:
    rows = "Name,Role,Home department,What you like: #1\nJo,mentor,Data,red\n"

    result = run(root, rows)

    assert (1, False) == (result.exit_code, registers.folder(root, FOLDER).exists())
    assert "row 1, “Home department”: error: Nobody knows what this column holds." in result.stdout
    lines = result.stdout[result.stdout.index("sign_up:\n") :]
    assert {"Home department": "unit", "What you like: #1": "leave-out"} == yaml.safe_load(lines)["sign_up"][
        "columns"
    ]
    program = root / "programs/small/program.yml"
    program.write_text(PROGRAM.replace("sign_up: {opens: {week: -8}}\n", lines))
    assert (0, "Data") == (run(root, rows).exit_code, kept(root)["Jo"].unit)


def test_no_line_to_paste_leaves_out_what_may_be_the_column_that_is_needed(root: Path) -> None:
    rows = "Name,Colour,Home department\nJo,red,Data\n"

    told = run(root, rows).stdout

    assert '    # "Colour": what does it hold?\n' in told
    assert {"Home department": "unit"} == yaml.safe_load(told[told.index("sign_up:\n") :])["sign_up"][
        "columns"
    ]


def test_of_columns_with_one_title_a_letter_says_which_is_meant(root: Path) -> None:
    rows = "Name,Role,Unit,Unit\nJo,mentor,A,B\n"

    assert "columns C and D" in run(root, rows).stdout
    assert (0, "A") == (run(root, rows, "--take", "c").exit_code, kept(root)["Jo"].unit)
    assert (0, "B") == (run(root, rows, "--take", "D").exit_code, kept(root)["Jo"].unit)


@pytest.mark.parametrize(
    "words",
    [
        ["--program", "other"],
        ["--cohort", "../small"],
        ["--cohort", "program"],
        ["--take", "7"],
        ["--take", ""],
    ],
    ids=" ".join,
)
def test_a_wrong_call_ends_with_2_and_writes_nothing(root: Path, words: list[str]) -> None:
    result = run(root, ROWS, *words)

    assert (2, False) == (result.exit_code, (root / "signups").exists())


def test_of_several_cohorts_one_is_named(root: Path) -> None:
    write(root, {"programs/small/2028-spring.yml": "start: 2028-02-07\n"})

    result = run(root, ROWS)

    assert 2 == result.exit_code
    assert "Known: 2027-spring, 2028-spring." in result.stderr
    assert 0 == run(root, ROWS, "--program", "small", "--cohort", "2028-spring").exit_code
    assert registers.files(root, "small/2028-spring")


def test_a_handbook_with_errors_gets_no_sign_ups(root: Path) -> None:
    write(root, {"programs/small/2027-spring.yml": "start: soon\n"})

    assert (1, False) == (run(root, ROWS).exit_code, (root / "signups").exists())


def test_a_channel_in_place_of_a_sheet_keeps_nobody_waiting(root: Path) -> None:
    os.mkfifo(root.parent / "channel")
    words = ["-C", str(root), "import", "signups", str(root.parent / "channel")]

    assert 2 == CliRunner().invoke(cli.main, words).exit_code


# --- with a person ------------------------------------------------------------------------------


def test_a_person_is_asked_once_and_what_was_said_is_remembered(root: Path) -> None:
    people = "Jo,mentor,Data,38,Spreadsheet\nAl,mentee,Red,39,AI tool\n"
    rows = f"Name,Role,Home department,Shoe size,Topics\n{people}"
    with terminal(root, rows) as screen:
        screen.expect_exact("“Home department” hold?")
        screen.expect_exact("press Enter for unit")
        screen.sendline("")
        screen.expect_exact("“Shoe size” hold?")
        screen.sendline("size")
        screen.expect_exact("Choose one of: name, email,")
        screen.sendline("leave-out")
        screen.expect_exact("“AI tool”: is that the topic “AI tools”?")
        screen.sendline("y")
        screen.expect(pexpect.EOF)
    told = screen.before

    assert (0, "Data", ("ai-tools",)) == (screen.exitstatus, kept(root)["Jo"].unit, kept(root)["Al"].topics)
    program = root / "programs/small/program.yml"
    if "remembers" not in told:
        lines = told[told.index("sign_up:") : told.index("leave-out") + 9].replace("\r", "")
        program.write_text(PROGRAM.replace("sign_up: {opens: {week: -8}}\n", f"{lines}\n"))
    assert {"Home department": "unit", "Shoe size": "leave-out"} == yaml.safe_load(program.read_text())[
        "sign_up"
    ]["columns"]
    again = run(root, rows)
    assert (0, False) == (again.exit_code, "Home department" in again.output)


def test_while_a_needed_field_has_no_column_that_is_said_and_the_likely_one_is_proposed(root: Path) -> None:
    rows = "Name,Colour,Your choice,Size\nJo,red,Mentor,9\nAl,blue,Both,8\n"
    with terminal(root, rows) as screen:
        screen.expect_exact("“Colour” hold?")
        screen.expect_exact("No column holds the role yet, which is needed.\r\n> ")
        screen.sendline("leave-out")
        screen.expect_exact("“Your choice” hold?")
        screen.expect_exact("No column holds the role yet, which is needed. (press Enter for role)")
        screen.sendline("")
        screen.expect_exact("“Size” hold? `leave-out` where nobody needs it. (press Enter for leave-out)")
        screen.sendline("")
        screen.expect(pexpect.EOF)

    assert (0, ("mentor", "mentee")) == (screen.exitstatus, kept(root)["Al"].roles)


def test_a_person_is_asked_once_for_each_wording_of_a_choice(root: Path) -> None:
    with terminal(root, OWN_WORDS) as screen:
        screen.expect_exact("“I'd like to teach (mentor)” (2 rows): Which role is meant?")
        screen.expect_exact("press Enter for mentor")
        screen.sendline("")
        screen.expect_exact("“I want to learn (mentee)” (1 row): Which role is meant?")
        screen.sendline("teacher")
        screen.expect_exact("Write mentor, mentee or both.")
        screen.sendline("Mentee")
        screen.expect_exact("“Either would do” (1 row): Which role is meant? One of:")
        screen.expect_exact("leaves the rows out.\r\n> ")
        screen.sendline("leave-out")
        screen.expect_exact("“Yes: everyone may see my name” (2 rows): Who may then read the name?")
        screen.expect_exact("press Enter for nobody")
        screen.sendline("public")
        screen.expect_exact("“My manager Ada only” (1 row): Who may then read the name?")
        screen.sendline("")
        screen.expect_exact("row 5, “Role”: error")
        screen.expect_exact("1 row would be left out.")
        screen.sendline("y")
        screen.expect_exact("2 of whom agreed to be named (2 `public`, 0 `participants`)")
        screen.expect(pexpect.EOF)

    assert {"Jo": (("mentor",), "public"), "Al": (("mentee",), "nobody"), "Sam": (("mentor",), "public")} == {
        name: (one.roles, one.consent) for name, one in kept(root).items()
    }
    program = yaml.safe_load((root / "programs/small/program.yml").read_text("utf-8"))
    assert {"role": {"I'd like to teach (mentor)": "mentor"}} == program["sign_up"]["answers"]


def test_nobody_is_asked_about_more_wordings_than_a_form_has_choices(root: Path) -> None:
    rows = "".join(f"Jo {at},I teach (mentor) {'x' * at}.\n" for at in range(1, 23))
    with terminal(root, f"Name,Role\n{rows}") as screen:
        for _ in range(20):
            screen.expect_exact("Which role is meant?")
            screen.sendline("mentor")
        screen.expect_exact("2 rows would be left out.")
        screen.sendline("y")
        screen.expect(pexpect.EOF)

    assert 20 == len(kept(root))


def test_what_is_asked_about_is_shown_without_addresses(root: Path) -> None:
    goal = "Directors use AI tools in their own work every week"
    rows = f"Name,Role,Goals\nJo,as ada@northwind.com says,{goal} a@b.com\n"
    with terminal(root, rows) as screen:
        screen.expect_exact("“as … says” (1 row): Which role is meant?")
        screen.sendline("mentor")
        screen.expect_exact(f"“{goal} …”: is that the goal “{goal}”?")
        screen.sendline("n")
        screen.expect(pexpect.EOF)

    assert 0 == screen.exitstatus


def test_nothing_is_asked_where_the_question_would_end_up_in_a_file(root: Path) -> None:
    (root.parent / "sheet.csv").write_text(OWN_WORDS, "utf-8")
    words = f"{sys.executable} -m handbook.cli import signups ../sheet.csv > ../told.txt"
    with pexpect.spawn("sh", ["-c", words], cwd=str(root), encoding="utf-8", timeout=30) as screen:
        screen.expect(pexpect.EOF)

    told = (root.parent / "told.txt").read_text("utf-8")
    assert (True, False) == ("rows 2, 4, “Role”" in told, "teach" in told)


SWAPPED = "Name,Department,Role\n" + "".join(f"{one}\n" for one in (
    "Data,Jo Ray,mentor", "Data,Al Poe,mentee", "IT,Sam Oy,mentor", "IT,Kim Su,mentee"
))  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "names"), [("unit", ["Jo Ray", "Al Poe", "Sam Oy", "Kim Su"]), ("name", ["Data", "IT"])]
)
def test_where_name_and_unit_seem_swapped_is_asked_once_what_they_hold(
    root: Path, answer: str, names: list[str]
) -> None:
    with terminal(root, SWAPPED) as screen:
        screen.expect_exact("“Name” hold?")
        screen.sendline(answer)
        screen.expect_exact("“Department” hold?")
        screen.sendline("" if answer == "unit" else "unit")
        screen.expect(pexpect.EOF)

    assert (0, names) == (screen.exitstatus, list(kept(root)))
    assert 0 == run(root, SWAPPED).exit_code


def test_a_title_with_somebodys_address_reaches_no_file_of_the_program(root: Path) -> None:
    rows = "Name,Role,Colour (ask anna@northwind.com),Size\nJo,mentor,red,9\n"
    unasked = run(root, rows)
    with terminal(root, rows) as screen:
        for _ in range(2):
            screen.expect_exact("hold?")
            screen.sendline("leave-out")
        screen.expect(pexpect.EOF)

    assert "is not remembered" in screen.before
    assert "Size" in (root / "programs/small/program.yml").read_text("utf-8")
    told = (root / "programs/small/program.yml").read_text("utf-8") + unasked.output + screen.before
    assert "northwind.com" not in told


@pytest.mark.parametrize("title", ["Reason", "Reason for leaving", "Mobile phone"])
def test_a_title_that_would_be_refused_as_a_key_elsewhere_is_remembered(root: Path, title: str) -> None:
    with terminal(root, f"Name,Role,{title}\nJo,mentor,x\n") as screen:
        screen.expect_exact("hold?")
        screen.sendline("")
        screen.expect(pexpect.EOF)

    program = yaml.safe_load((root / "programs/small/program.yml").read_text("utf-8"))
    assert {title: "leave-out"} == program["sign_up"]["columns"]
    assert [] == [one for one in load.load(root)[1] if one.severity == "error"]


def test_a_sheet_without_titles_asks_nothing_and_changes_nothing(root: Path) -> None:
    before = (root / "programs/small/program.yml").read_bytes()
    with terminal(root, "\n".join(ROWS.splitlines()[1:])) as screen:
        screen.expect(pexpect.EOF)

    assert (1, False) == (screen.exitstatus, (root / "signups").exists())
    assert "row 1: error: The titles of the columns are missing" in screen.before
    assert before == (root / "programs/small/program.yml").read_bytes()


def test_a_person_says_which_of_two_columns_is_meant_and_agrees_to_leave_rows_out(root: Path) -> None:
    with terminal(root, "Name,Role,Unit,Unit\nJo,mentor,A,B\n,mentor,A,B\n") as screen:
        screen.expect_exact("The columns C and D are all called “Unit”. Which is meant?")
        screen.sendline("Z")
        screen.expect_exact("Choose one of: C, D.")
        screen.sendline("d")
        screen.expect_exact("row 3, “Name”: error")
        screen.expect_exact("Write the sign-ups?")
        screen.sendline("y")
        screen.expect(pexpect.EOF)

    assert (0, "B") == (screen.exitstatus, kept(root)["Jo"].unit)


@pytest.mark.parametrize("answer", ["n\n", "\x03", "\x04"])
def test_a_person_who_does_not_agree_finds_nothing_written(root: Path, answer: str) -> None:
    with terminal(root, BROKEN) as screen:
        screen.expect_exact("Write the sign-ups?")
        screen.send(answer)
        screen.expect_exact("Nothing was written.")
        screen.expect(pexpect.EOF)

    assert (1, False) == (screen.exitstatus, (root / "signups").exists())


def test_what_a_sheet_holds_is_no_command_to_a_terminal(root: Path) -> None:
    rows = "Name,Role,\x1b[31m\u202eColour,Topics\nJo,mentor,red,AI tool\x1b[2J\u202e\n"

    with terminal(root, rows) as screen:
        screen.expect_exact("hold?")
        told = screen.before
        screen.sendline("leave-out")
        screen.expect_exact("is that the topic")
        told += screen.before
        screen.sendline("n")
        screen.expect(pexpect.EOF)
    told += screen.before

    assert 0 == screen.exitstatus
    assert not {"\x1b[2J", "\x1b[31m", "\u202e"} & set(re.findall(r"\x1b\[\w+|\u202e", told))
    assert [] == list(registers.ledger(root, FOLDER).sign_ups[0].topics)


# --- sheets of one role, and answers that are remembered ------------------------------------------


def program_of(root: Path) -> dict[str, Any]:
    values: dict[str, Any] = yaml.safe_load((root / "programs/small/program.yml").read_text("utf-8"))
    return values


def test_two_sheets_without_a_role_make_one_cohort(root: Path) -> None:
    assert (
        0 == run(root, "Name,Email\nJo Ray,jo@x.example\nBo Lee,bo@x.example\n", "--role", "mentor").exit_code
    )

    result = run(root, "Name,Email\nAl Poe,al@x.example\nBo Lee,bo@x.example\n", "--role", "mentee")

    assert (0, False) == (result.exit_code, "No longer" in result.output)
    both = ("mentor", "mentee")
    assert {"Jo Ray": ("mentor",), "Al Poe": ("mentee",), "Bo Lee": both} == {
        name: one.roles for name, one in kept(root).items()
    }


def test_without_a_role_the_option_is_told_first(root: Path) -> None:
    result = run(root, "Name,Colour,Size\nJo Ray,red,38\n")

    assert 1 == result.exit_code
    assert "--role mentor or --role mentee" in result.stdout.splitlines()[0]
    assert 2 == run(root, ROWS, "--role", "both").exit_code


def test_a_person_is_asked_for_the_role_where_no_column_is_left(root: Path) -> None:
    assert "--role mentor" in run(root, "Name,Email\nBo Lee,bo@x.example\n").stdout
    with terminal(root, "Name,Email\nBo Lee,bo@x.example\n") as screen:
        screen.expect_exact("Which do all have?")
        screen.sendline("mentor")
        screen.expect(pexpect.EOF)

    assert (0, ("mentor",)) == (screen.exitstatus, kept(root)["Bo Lee"].roles)


def test_a_person_is_asked_which_role_all_have_before_any_column(root: Path) -> None:
    with terminal(root, "Name,Colour\nJo Ray,red\n") as screen:
        screen.expect_exact("No column is known to hold the role.")
        screen.sendline("Mentee")
        screen.expect_exact("“Colour” hold? `leave-out` where nobody needs it. (press Enter for leave-out)")
        screen.sendline("")
        screen.expect(pexpect.EOF)

    assert (0, ("mentee",)) == (screen.exitstatus, kept(root)["Jo Ray"].roles)


ZONES = "Name,Role,Time zone,Capacity\nJo Ray,mentor,PST,a few\nAl Poe,mentee,PST,\nBo Lee,mentee,Other,\n"


def test_what_an_answer_means_is_asked_once_for_each_wording_and_remembered(root: Path) -> None:
    with terminal(root, ZONES) as screen:
        screen.expect_exact("“PST” (2 rows): what does that mean as `timezone`?")
        screen.expect_exact("press Enter for America/Los_Angeles")
        screen.sendline("Narnia")
        screen.expect_exact("IANA name")
        screen.sendline("Vancouver")
        screen.expect_exact("“Other” (1 row)")
        screen.expect_exact("press Enter for leave-out")
        screen.sendline("")
        screen.expect_exact("“a few” (1 row): what does that mean as `capacity`?")
        screen.sendline("three")
        screen.expect_exact("remembers what these answers mean.")
        screen.expect(pexpect.EOF)

    answers = program_of(root)["sign_up"]["answers"]
    assert {"timezone": {"PST": "Vancouver", "Other": "leave-out"}} == answers
    again = run(root, ZONES)
    assert (0, ["row 2, “Capacity”"]) == (again.exit_code, re.findall("row.*?”", again.output))
    zones = [one.timezone for one in kept(root).values()]
    assert ["America/Vancouver", "America/Vancouver", ""] == zones


def test_a_topic_that_somebody_spelt_in_another_way_is_asked_about_once_for_all_sheets(root: Path) -> None:
    for answer, topics in (("y", ("ai-tools",)), ("n", ())):
        (root / "programs/small/program.yml").write_text(PROGRAM, "utf-8")
        rows = "Name,Role,Topics\nJo Ray,mentor,AI toools\n"
        with terminal(root, rows) as screen:
            screen.expect_exact("is that the topic")
            screen.sendline(answer)
            screen.expect(pexpect.EOF)
        with terminal(root, rows) as screen:
            screen.expect(pexpect.EOF)
            assert "is that the topic" not in screen.before

        assert topics == kept(root)["Jo Ray"].topics


@pytest.mark.parametrize("answer", ["n\n", "\x03", "\x04"])
def test_what_was_answered_is_kept_though_nothing_else_is_written(root: Path, answer: str) -> None:
    with terminal(root, "Name,Role,Colour,Time zone\nJo Ray,mentor,red,PST\n,mentor,red,PST\n") as screen:
        screen.expect_exact("“Colour” hold?")
        screen.sendline("interests")
        screen.expect_exact("as `timezone`?")
        screen.sendline("")
        screen.expect_exact("Write the sign-ups?")
        screen.send(answer)
        screen.expect(pexpect.EOF)

    sign_up = program_of(root)["sign_up"]
    assert (1, False) == (screen.exitstatus, (root / "signups").exists())
    assert "No sign-up was written." in screen.before
    assert "Nothing was written." not in screen.before
    assert ({"Colour": "interests"}, {"PST": "America/Los_Angeles"}) == (
        sign_up["columns"],
        sign_up["answers"]["timezone"],
    )


def test_what_was_answered_before_a_stop_among_the_questions_is_kept(root: Path) -> None:
    with terminal(root, "Name,Role,Colour,Size\nJo Ray,mentor,red,38\n") as screen:
        screen.expect_exact("“Colour” hold?")
        screen.sendline("interests")
        screen.expect_exact("“Size” hold?")
        screen.send("\x03")
        screen.expect(pexpect.EOF)

    assert {"Colour": "interests"} == program_of(root)["sign_up"]["columns"]


def test_a_consent_is_asked_about_again_where_it_was_more_than_nobody(root: Path) -> None:
    rows = "Name,Role,Consent\n" + "".join(f"{name},mentor,Yes please\n" for name in ("Jo", "Al", "Bo"))
    for said in ("public", "nobody"):
        with terminal(root, rows) as screen:
            screen.expect_exact("“Yes please” (3 rows): Who may then read the name?")
            screen.sendline(said)
            screen.expect(pexpect.EOF)
        assert {said} == {one.consent for one in kept(root).values()}

    assert {"consent": {"Yes please": "nobody"}} == program_of(root)["sign_up"]["answers"]
    assert "Consent" not in run(root, rows).output


GRADES = "Name,Role,Grade\nJo Ray,mentor,EO\nAl Poe,mentee,Grade 7\nBo Lee,mentee,HEO\nCy Fox,mentee,EO\n"


@pytest.mark.parametrize("answer", ["1 3 2", "1, 3, 2", "1<3<2"])
def test_the_order_of_grades_is_confirmed_and_written_beside_the_comments(root: Path, answer: str) -> None:
    organisation = root / "programs/organisation.yml"
    organisation.write_text("# Ours\nname: Miniature  # short\n", "utf-8")
    with terminal(root, GRADES) as screen:
        screen.expect_exact("Some grades are on no known scale")
        screen.expect_exact("  3  HEO")
        screen.sendline("1 2 9")
        screen.expect_exact("by its number from 1 to 3")
        screen.sendline(answer)
        screen.expect_exact("+grades: [EO, HEO, Grade 7]")
        screen.expect_exact("Write this?")
        screen.sendline("y")
        screen.expect(pexpect.EOF)

    told = organisation.read_text("utf-8")
    assert (0, True) == (screen.exitstatus, told.startswith("# Ours\nname: Miniature  # short\n"))
    assert ["EO", "HEO", "Grade 7"] == yaml.safe_load(told)["grades"]
    assert "Some grades are" not in run(root, GRADES).output


@pytest.mark.parametrize(
    ("grades", "lines"),
    [
        (("EO", "Grade 7"), "grades: [EO, Grade 7]"), (("AA", "EO"), "grades: [AA, EO]"), (("6", "7"), ""),
        (("Band 6", "7"), ""), (("E 11", "AT"), "grades: [E 11, AT]"),
        (("senior", "junior"), "grades: [senior, junior]"),
        (("Assistant to Ada Ray", "SCS1"), "grades: [SCS1]"),
    ],
)  # fmt: skip
def test_without_a_person_the_lines_for_grades_are_told_where_they_are_harmless(
    root: Path, grades: tuple[str, str], lines: str
) -> None:
    rows = "".join(f"Jo {at},mentor,{grade}\n" for at, grade in enumerate(grades))

    result = run(root, f"Name,Role,Grade\n{rows}")

    assert 0 == result.exit_code
    assert (lines in result.stdout, bool(lines)) == (True, "Some grades are" in result.stdout)
    assert "Ada" not in result.output
    assert [*grades] == [one.grade for one in kept(root).values()]


def test_a_word_shows_a_guessed_encoding_on_a_terminal_alone(root: Path) -> None:
    sheet = "Name,Role\nZoë Müller,mentor\n".encode("cp1252")
    alone = run(root, sheet)
    (root.parent / "other.csv").write_bytes(sheet)
    words = ["-m", "handbook.cli", "import", "signups", "../other.csv"]
    with pexpect.spawn(sys.executable, words, cwd=str(root), encoding="utf-8", timeout=30) as screen:
        screen.expect(pexpect.EOF)

    assert (0, False) == (alone.exit_code, "Zoë" in alone.output)
    assert "This file is not UTF-8" in alone.stdout
    assert "A word as it was read: “Zoë”." in screen.before


def test_a_sheet_with_broken_letters_is_refused_with_what_to_do(root: Path) -> None:
    result = run(root, "Name,Role\nŁukasz Wiśniewski,mentor\n".encode("cp1250"))

    assert (1, False) == (result.exit_code, (root / "signups").exists())
    assert "save it as “CSV UTF-8”" in result.stdout
