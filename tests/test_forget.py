"""`handbook forget`: a person goes out of every file, and what is left is told without telling more."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result

from handbook import DATA, cli
from handbook.load.repository import load
from handbook.register.ledger.ledger import Ledger, Proposal, SignUp
from handbook.rules.checks.advice import CODES
from tests import registers
from tests.repository import COHORT, EXAMPLE, SHORT, write
from tests.terminal import is_seen, pexpect

SPRING = "programs/digital-fluency/2027-spring.yml"
FIRST = "programs/digital-fluency/2026-spring.yml"
PATH = "programs/digital-fluency/program.yml"
STORY = "programs/digital-fluency/story.md"
PROPOSAL = "signups/digital-fluency/2027-spring/proposal.html"
NAME = "J. Rivera"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the example."""
    shutil.copytree(EXAMPLE, tmp_path / "programs")
    return tmp_path


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A small handbook, to which each test adds its people."""
    write(tmp_path, {path: text for path, text in SHORT.items() if path.startswith("programs/")})
    return tmp_path


def forget(root: Path, *words: str) -> Result:
    return CliRunner().invoke(cli.main, ["-C", str(root), "forget", *words])


def files(root: Path) -> dict[str, bytes]:
    found = (file for file in root.rglob("*") if file.is_file() and ".git" not in file.parts)
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in found}


def mistakes(root: Path) -> list[str]:
    return [problem.code for problem in load(root)[1] if problem.code not in CODES]


def git(root: Path, *words: str) -> str:
    who = {
        f"GIT_{one}_{what}": "a@b.example" for one in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    plain = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(
        ["git", *words], cwd=root, check=True, capture_output=True, env=os.environ | who | plain
    )
    return done.stdout.decode().strip()


def commit(root: Path, said: str) -> str:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", said)
    return git(root, "log", "-1", "--format=%h")


def kept(root: Path, *people: SignUp, cohort: str = "2027-spring") -> Path:
    return registers.keep_people(root, *people, cohort=f"digital-fluency/{cohort}")


# --- the example ----------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["jr", NAME, "j.  RIVERA"])
def test_a_person_of_the_example_is_gone_and_it_checks_clean(root: Path, said: str) -> None:
    before = files(root)

    result = forget(root, "--yes", said)

    assert 0 == result.exit_code, result.output
    assert [] == mistakes(root)
    after = files(root)
    assert [SPRING] == [path for path in before if before[path] != after[path]]
    left = re.sub(rb", number: \d+}", b"}", after[SPRING]).split(b"\n")
    gone = [line for line in before[SPRING].split(b"\n") if line not in left]
    assert 3 == len(gone)
    assert b"id: jr" in gone[0]
    assert b"mentee: jr" in gone[1]
    assert b"     confirmed: " in gone[2]
    assert b"  - {id: amara, name: Amara O." in after[SPRING]


def test_the_others_keep_their_numbers_and_so_the_addresses_of_their_pages(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Theirs would be one less, and a page that was sent to two people would be that of two others."""

    def numbers() -> dict[str, int]:
        handbook, problems = load(root)
        assert handbook is not None, problems
        [run] = [one for one in handbook.cohorts if one.path == SPRING]
        return {person.id: person.number for person in run.people}

    before = numbers()
    is_seen(monkeypatch)
    result = forget(root, "--yes", "amara")

    assert 0 == result.exit_code, result.output
    assert {who: number for who, number in before.items() if who != "amara"} == numbers()
    assert 4 == (root / SPRING).read_text("utf-8").count("number: ")  # mentor-6 says it already
    assert "tomasz" not in result.output.lower()


def test_the_versions_that_still_hold_the_person_are_counted(root: Path) -> None:
    git(root, "init", "-q")
    with_person = (root / SPRING).read_text("utf-8")
    (root / SPRING).write_text(re.sub(r".*\bjr\b.*\n(     .*\n)?", "", with_person), "utf-8")
    commit(root, "without")
    (root / SPRING).write_text(with_person, "utf-8")
    commit(root, "with")
    write(root, {"README.md": "Ours\n"})
    commit(root, "another file")

    result = forget(root, "jr", "--yes")
    assert "Git still holds this person:\n  versions of files: 1\n" in result.output
    assert "filter-repo" in result.output
    commit(root, "forgotten")

    for said in ("jr", NAME):
        again = forget(root, said)
        assert 0 == again.exit_code
        assert "versions of files: 1\n" in again.output


def test_a_person_whom_no_commit_holds_is_said_to_be_in_none(root: Path) -> None:
    git(root, "init", "-q")
    git(root, "add", "programs/inclusive-leadership")
    git(root, "commit", "-q", "-m", "one program")

    assert "No commit of git holds this person." in forget(root, "jr", "--yes").output


def test_a_shallow_clone_says_that_it_cannot_know(
    small: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    git(small, "init", "-q")
    write(small, {STORY: "Ada Lind\n"})
    commit(small, "all")
    write(small, {STORY: "Nobody\n"})
    commit(small, "nobody")
    clone = tmp_path_factory.mktemp("clone") / "handbook"
    git(small, "clone", "-q", "--depth=1", f"file://{small}", str(clone))

    assert "shallow clone" in forget(clone, "Ada Lind").output
    assert "shallow clone" not in forget(small, "Ada Lind").output


@pytest.mark.parametrize("name", ["--output=owned x", "$(touch owned) x", "; touch owned", "-S x", "--not x"])
def test_a_name_that_looks_like_an_option_or_a_command_is_only_looked_for(small: Path, name: str) -> None:
    git(small, "init", "-q")
    commit(small, "small")
    assert "No commit of git holds this person." in forget(small, "--", name).output
    write(small, {STORY: f"Ask {name} for more.\n"})
    commit(small, "all")

    assert "versions of files: 1\n" in forget(small, "--", name).output
    assert "owned" not in {path.name for path in small.rglob("*")}


def test_without_a_terminal_or_yes_nothing_is_written(root: Path) -> None:
    before = files(root)

    result = forget(root, "jr")

    assert 1 == result.exit_code
    assert before == files(root)
    assert "Nothing was written. To write this: " in result.output
    assert " forget --yes -- jr" in result.output


@pytest.mark.parametrize(("answer", "code"), [("n", 1), ("y", 0)])
def test_on_a_terminal_it_asks_and_does_as_it_is_told(
    root: Path, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(DATA.parents[1]))
    before = files(root)
    words = ["-m", "handbook.cli", "-C", str(root), "forget", "jr"]
    terminal = pexpect.spawn(sys.executable, words, encoding="utf-8", timeout=60)

    terminal.expect(r"-  - \{id: jr, name: J\. Rivera, ")
    terminal.expect_exact("Write these changes? [y/N]: ")
    assert before == files(root)
    terminal.sendline(answer)
    terminal.expect(pexpect.EOF)
    terminal.close()

    assert code == terminal.exitstatus
    assert (answer == "n") == (before == files(root))


def test_no_name_is_printed_but_the_one_that_was_typed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(root, "init", "-q")
    write(root, {STORY: f"We thank {NAME} and Tomasz W. for this.\n"})
    text = (root / SPRING).read_text("utf-8").replace("name: J. Rivera", r'name: "J\x2e Rivera"')
    (root / SPRING).write_text(text.replace("  - {id: jr", "  # as J. Rivera asked\n  - {id: jr"), "utf-8")
    commit(root, "all")

    logged = forget(root, "jr").output
    is_seen(monkeypatch)
    by_id, by_name = forget(root, "jr"), forget(root, NAME)

    assert [] == re.findall(r"(?m)^[-+] .*", logged)
    assert f"{STORY}:1:10" in by_id.output
    for word in ("Rivera", "Amara O", "Tomasz", "role: mentee", "mentor: "):
        assert word not in by_id.output
    assert NAME in by_name.output
    assert "Tomasz" not in by_name.output


# --- where a person stands ------------------------------------------------------------------------


def test_a_sponsor_keeps_the_post_and_loses_the_name(root: Path) -> None:
    result = forget(root, "dana", "--yes")

    assert 0 == result.exit_code, result.output
    assert "sponsor:\n  title: Chief operating officer\n  message: |" in (root / PATH).read_text("utf-8")
    assert "id: dana" not in (root / FIRST).read_text("utf-8")
    assert "n: 6}" in (root / FIRST).read_text("utf-8")  # counts name nobody
    assert [] == mistakes(root)


def test_a_name_in_a_text_is_left_to_a_person_and_told_with_its_place(root: Path) -> None:
    write(root, {STORY: "# Ours\n\nWe thank *J.* Rivera.\nAnd J.\nRivera again; J&#46; Rivera, too.\n"})
    with (root / PATH).open("a", encoding="utf-8") as file:
        file.write("# J Rivera wrote this\n")
    lines = (root / PATH).read_text("utf-8").count("\n")

    result = forget(root, "jr", "--yes")

    assert 1 == result.exit_code
    told = [line.strip() for line in result.output.splitlines() if re.match(r"  programs/\S+:\d+:\d+$", line)]
    assert [f"{PATH}:{lines}:3", f"{STORY}:3:11", f"{STORY}:4:5", f"{STORY}:5:15"] == told
    assert "id: jr" not in (root / SPRING).read_text("utf-8")
    write(root, {STORY: "# Ours\n", PATH: SHORT[PATH]})
    assert 0 == forget(root, NAME).exit_code


def test_a_name_that_hides_in_marks_and_in_the_name_of_a_file_is_found(root: Path) -> None:
    write(root, {STORY: "We thank J&#46; Ri**ve**ra.\n", "docs/j-rivera.md": "Ours\n"})

    result = forget(root, "jr", "--yes")

    assert 1 == result.exit_code
    assert f"{STORY}:1:" in result.output
    assert "docs/….md: the file's name" in result.output


def test_a_sign_up_goes_and_nobody_names_the_person_any_more(root: Path) -> None:
    kept(
        root,
        SignUp("jr", "J. Rivera", "jr@a.example", ("mentee",)),
        SignUp("p-2", "Ada Lind", manager="jr", not_with=("jr", "p-3"), earlier=("J. Rivera",)),
        SignUp("p-3", "Bo Ek", not_with=("JR@a.example",), goals=("weekly-ai",)),
    )

    result = forget(root, "--yes", "jr")

    assert 0 == result.exit_code, result.output
    assert "1 sign-up, which 2 others named" in result.output
    assert (SignUp("p-2", "Ada Lind", not_with=("p-3",)), SignUp("p-3", "Bo Ek", goals=("weekly-ai",))) == (
        registers.ledger(root).sign_ups
    )
    assert [0o600] == [file.stat().st_mode & 0o777 for file in registers.files(root)]
    assert "Ada" not in result.output
    assert "example/" not in result.output.replace(str(root), "")


@pytest.mark.parametrize("said", ["p-9", "Ada Lind", "ada@a.example"])
def test_somebody_who_only_signed_up_is_found_by_id_name_or_address(root: Path, said: str) -> None:
    kept(root, SignUp("p-9", "Ada Lind", "ada@a.example"))

    assert 0 == forget(root, "--yes", said).exit_code
    assert () == registers.ledger(root).sign_ups


def test_what_else_lies_in_signups_is_searched_by_name_address_and_id(root: Path) -> None:
    kept(root, SignUp("jr", "J. Rivera", "jr@a.example"))
    write(
        root, {PROPOSAL: "<p>amara and jr</p>\n<p>mentor-jr</p>\n", "signups/raw.csv": "a\nx;jr@a.example\n"}
    )
    (root / "signups/sheet.xlsx").write_bytes(b"PK\x03\x04\x00")

    result = forget(root, "jr", "--yes")

    assert 1 == result.exit_code
    assert f"  {PROPOSAL}:1:14\n  signups/raw.csv:2:3\n  signups/sheet.xlsx: no tool" in result.output


def test_an_id_that_may_be_two_people_is_asked_about(root: Path) -> None:
    before = files(root)
    result = forget(root, "mentor-6", "--yes")

    assert 2 == result.exit_code
    assert "--cohort digital-fluency/2026-spring, --cohort digital-fluency/2027-spring" in result.output
    assert before == files(root)

    assert 0 == forget(root, "mentor-6", "--yes", "--cohort", "digital-fluency/2027-spring").exit_code
    assert before[FIRST] == files(root)[FIRST]
    assert b"mentor-6" not in files(root)[SPRING]
    assert 2 == forget(root, "mentor-7", "--cohort", "digital-fluency/2028").exit_code


def test_one_person_in_two_cohorts_is_found_by_the_name(small: Path) -> None:
    other = SPRING.replace("2027-spring", "2028-spring")
    for path, identifier in ((SPRING, "ada"), (other, "al")):
        people = f"people: [{{id: {identifier}, name: Ada Lind, role: mentor, consent: public}}]\n"
        write(small, {path: COHORT.replace("Spring 2027", path[-15:-4]) + people})

    assert 0 == forget(small, "ada", "--yes").exit_code
    assert b"people: []\n" in files(small)[SPRING]
    assert b"people: []\n" in files(small)[other]


# --- what must not happen -------------------------------------------------------------------------


def test_a_change_after_which_there_would_be_a_problem_is_not_written(small: Path) -> None:
    """Anna Lind's name is private; today it only stands within that of Anna Lind Ek, who agreed."""
    people = """\
people:
  - {id: ek, name: Anna Lind Ek, role: mentor, consent: public}
  - {id: lind, name: Anna Lind, role: mentor}
"""
    write(small, {"programs/organisation.yml": "name: Small\nrepository: private\n", SPRING: COHORT + people})
    write(small, {STORY: "Anna Lind Ek and so on.\n"})
    before = files(small)
    assert [] == mistakes(small)

    result = forget(small, "ek", "--yes")

    assert 1 == result.exit_code
    assert "[name-in-text]" in result.output
    assert "Nothing was written." in result.output
    assert before == files(small)


def test_a_file_that_cannot_be_changed_surely_is_named_and_nothing_is_written(small: Path) -> None:
    people = "people: [{id: ada, role: mentor}, # who\n  # this\n  {id: bo, role: mentor}]\n"
    write(small, {SPRING: COHORT + people})
    before = files(small)

    result = forget(small, "ada", "--yes")

    assert 1 == result.exit_code
    assert f"{SPRING}: Line 4: A comment stands beside the entry. Delete it by hand." in result.output
    assert before == files(small)


def test_a_file_that_cannot_be_read_is_told(small: Path) -> None:
    write(small, {SPRING: "start: [\n"})

    result = forget(small, "ada")

    assert 1 == result.exit_code
    assert f"{SPRING}: no tool can search this" in result.output


def test_a_person_goes_also_where_somebody_else_has_a_number_for_an_id(small: Path) -> None:
    people = "people: [{id: 12, role: mentor}, {id: ada, role: mentor}]\n"
    write(small, {SPRING: f"{COHORT}{people}pairings: [{{mentor: [ada], mentee: 12}}]\n"})
    kept(small, SignUp("p-1", "Jo Ray"))

    result = forget(small, "ada", "--yes")

    assert 0 == result.exit_code, result.output
    assert "ada, role" not in (small / SPRING).read_text("utf-8")


@pytest.mark.parametrize(
    "link", ["signups/digital-fluency/2027-spring/register-0001.json", "signups/digital-fluency"]
)
def test_a_link_is_not_followed(small: Path, tmp_path_factory: pytest.TempPathFactory, link: str) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    text = Ledger((SignUp("ada", "Ada Lind"),)).as_json()
    write(elsewhere, {"register-0001.json": text, "2027-spring/register-0001.json": text})
    (small / link).parent.mkdir(parents=True)
    (small / link).symlink_to(elsewhere / "register-0001.json" if link.endswith(".json") else elsewhere)

    result = forget(small, "ada", "--yes")

    assert 1 == result.exit_code
    assert f"{link}: no tool can search this" in result.output
    assert (small / link).is_symlink()
    assert "Ada" in (elsewhere / "register-0001.json").read_text("utf-8")


def test_a_name_of_one_word_is_said_not_to_be_looked_for_in_texts(small: Path) -> None:
    git(small, "init", "-q")
    people = "people: [{id: m-1, name: May, role: mentor, consent: public}]\n"
    write(small, {SPRING: COHORT + people, STORY: "You may in May.\n"})
    commit(small, "all")

    result = forget(small, "m-1", "--yes")

    assert 0 == result.exit_code
    assert "A name of one word could be any word" in result.output
    assert "versions of files: 1\n" in result.output
    assert "May" not in result.output


@pytest.mark.parametrize("said", ["", "  ", "--"])
def test_nothing_is_nobody(small: Path, said: str) -> None:
    assert 2 == forget(small, "--yes", "--", said).exit_code


def test_what_was_proposed_for_the_person_goes_too(small: Path) -> None:
    """The others keep their proposals; the page about them is made anew by the next proposal."""
    kept(
        small,
        *(SignUp(f"p-{number}", name) for number, name in enumerate(("Jo Ray", "Bo Lind", "Cleo Sands"), 1)),
    )
    both = (Proposal("p-1", "p-3"), Proposal("p-2", "p-3"))
    people = registers.ledger(small).sign_ups
    registers.keep(small, Ledger(people, 3, both, (Proposal("p-1", "p-2"),), frozenset({("p-3", "p-1")})))
    write(small, {"signups/digital-fluency/2027-spring/proposals.html": "<p>Jo Ray → Cleo Sands</p>"})

    result = forget(small, "Jo Ray", "--yes")

    assert 0 == result.exit_code, result.output
    left = registers.ledger(small)
    assert ((Proposal("p-2", "p-3"),), (), frozenset()) == (left.proposals, left.receipts, left.apart)
    assert not re.search(
        "Ray|p-1", "".join(file.read_text("utf-8") for file in registers.folder(small).iterdir())
    )


def workbook(file: Path, part: str, text: str) -> None:
    with ZipFile(file, "w") as opened:
        opened.writestr(part, text)


def test_a_sheet_in_the_folder_that_holds_the_person_is_named_and_left(small: Path) -> None:
    kept(small, SignUp("p-1", "Jo Ray", "jo@steps.example"))
    write(small, {
        "answers.csv": "Vorname;Nachname\nJo;Ray\n", "others.csv": "Name\nBo Lind\n", "Jo-Ray.tsv": "a\tb\n",
        "old.xls": "\0", "broken.xlsx": "PK\3\4",
    })  # fmt: skip
    (small / "latin.csv").write_bytes("Größe,Name\n1,JO RAY\n".encode("cp1252"))
    cells = "<sst><si><r><t>Jo </t></r><r><t>Ray</t></r></si></sst>"
    workbook(small / "answers.xlsx", "xl/sharedStrings.xml", cells)
    workbook(small / "programs/answers.ods", "content.xml", "<text:p>jo@steps.example</text:p>")
    workbook(small / "others.xlsx", "xl/worksheets/sheet1.xml", "<c><t>Bo &amp; Lind</t></c>")
    before = files(small)

    result = forget(small, "Jo Ray", "--yes")

    told = re.findall(r"^  (\S+: .*)$", result.output, re.MULTILINE)
    assert 1 == result.exit_code
    assert [
        "answers.csv: this file", "answers.xlsx: this file", "latin.csv: this file",
        "programs/answers.ods: this file", "Jo-Ray.tsv: the file's name",
        "broken.xlsx: no tool can search this", "old.xls: no tool can search this",
    ] == told  # fmt: skip
    after = files(small)
    assert {path: before[path] for path in before if "signups" not in path} == {
        path: after[path] for path in after if "signups" not in path
    }


def test_who_stands_in_the_file_without_a_name_goes_there_too(small: Path) -> None:
    """Which entry is whose is known in signups/ alone."""
    people = "people: [{id: mentor-1, role: mentor}, {id: mentee-1, role: mentee}]\n"
    write(small, {SPRING: f"{COHORT}{people}pairings:\n  - {{mentor: mentor-1, mentee: mentee-1}}\n"})
    members = {"mentor": {"p-1": "mentor-1"}, "mentee": {"p-2": "mentee-1"}}
    registers.keep(small, Ledger((SignUp("p-1", "Jo Ray"), SignUp("p-2", "Bo Lind")), 2, members=members))

    result = forget(small, "Jo Ray", "--yes")

    text = (small / SPRING).read_text("utf-8")
    assert 0 == result.exit_code, result.output
    assert "mentor-1" not in text
    assert "mentee-1" in text


def test_the_row_in_the_form_is_asked_for_at_the_end(root: Path) -> None:
    result = forget(root, NAME, "--yes")

    assert "Delete this person's row in the form's answers and in every sheet" in result.output
    assert result.output.endswith("the next import would bring the person back.\n")


@pytest.mark.parametrize("git_keeps", [False, True])
def test_the_number_of_somebody_forgotten_is_remembered_and_no_id(small: Path, git_keeps: bool) -> None:
    git(small, "init", "-q")
    write(small, {".gitignore": "" if git_keeps else "/signups/\n"})
    write(
        small,
        {SPRING: f"{COHORT}people: [{{id: jo, role: mentee, number: 6, name: Jo Ray, consent: public}}]\n"},
    )
    kept(small, SignUp("p-1", "Jo Ray"), SignUp("p-2", "Bo Lind"))
    result = forget(small, "Jo Ray", "--yes")

    assert 0 == result.exit_code, result.output
    assert {"mentee": 6} == registers.ledger(small).numbers
    assert [] == [file for file in files(small) if "signups" in file and b"Ray" in files(small)[file]]

    kept(small, SignUp("p-2", "Bo Lind"))
    write(
        small, {SPRING: f"{COHORT}people: [{{id: mentee-3, role: mentee, name: Bo Lind, consent: public}}]\n"}
    )

    assert 0 == forget(small, "Bo Lind", "--yes").exit_code
    assert {"mentee": 6} == registers.ledger(small).numbers
