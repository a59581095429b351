"""`handbook check --fix` mends what leaves no doubt, and not one byte besides."""

import os
import shutil
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from handbook import Refusal, cli
from handbook.load import files as writing
from handbook.load.repository import load
from handbook.rules.checks.advice import CODES
from handbook.text.edit import fixes
from handbook.text.problems import Problem, Severity
from tests.repository import COHORT, PROGRAM, SHORT, write

ORGANISATION_PATH, PATH, RUN = sorted(path for path in SHORT if path.startswith("programs/"))[::-1]
SPONSOR = "sponsor: {title: Chief operating officer}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A handbook in which nothing is wrong."""
    write(tmp_path, {path: text for path, text in SHORT.items() if path.startswith("programs/")})
    return tmp_path


def fix(root: Path, *words: str) -> Result:
    return CliRunner().invoke(cli.main, ["-C", str(root), "check", "--fix", *words])


def files(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def mistakes(root: Path) -> list[str]:
    return [problem.code for problem in load(root)[1] if problem.code not in CODES]


def problem(code: str, line: int, column: int, meant: str = "", message: str = "",
            severity: Severity = "error", path: str = PATH) -> Problem:  # fmt: skip
    return Problem(path, line, column, code, message, "", severity, meant)


def mended(text: str, *problems: Problem) -> str:
    return fixes.mended({PATH: text}, problems)[PATH]


# --- the command, from a mistake to a file that checks clean ------------------------------------

MISTAKES = [
    (PATH, "title: Digital", "titel: Digital"),
    (PATH, "title: Digital", '"titel": Digital'),
    (PATH, "commitment: {sessions: 6", "commitment: {Sessions: 6"),
    (PATH, SPONSOR, f"mode: reverse  # as ever\n{SPONSOR}"),
    (PATH, SPONSOR, f"mode: Reverse  # as ever\n{SPONSOR}"),
    (PATH, "every_weeks: 3}", "every_weeks: 3, protected_time: yes}"),
    (PATH, "every_weeks: 3}", "every_weeks: 3, protected_time: Off}"),
    (RUN, "start: 2027-02-01", "start: 2027-2-1"),
    (RUN, "start: 2027-02-01", "start: 2027/2/1"),
    (RUN, "opens: 2026-12-01, closes: 2027-01-11", "open: 2026.12.1, close: 2027-1-11"),
    (RUN, "title: Spring 2027", "title: 2027"),
    (RUN, "title: Spring 2027", "title: Spring: 2027"),
    (RUN, "title: Spring 2027", "title: @home"),
    (ORGANISATION_PATH, "name: Small Steps", "Name: Small Steps\ntimezone: europe/london"),
]


@pytest.mark.parametrize(("path", "right", "wrong"), MISTAKES, ids=[one[2] for one in MISTAKES])
@pytest.mark.parametrize("layout", ["as it is", "CRLF", "BOM"])
def test_a_mistake_is_mended_where_it_stands(
    root: Path, path: str, right: str, wrong: str, layout: str
) -> None:
    text = f"# One comment\n\n{SHORT[path].replace(right, wrong, 1)}\n  # another, further in\n\n"
    assert wrong in text
    first = text[: text.index(wrong)].count("\n")
    if layout == "CRLF":
        text = text.replace("\n", "\r\n")
    content = text.encode("utf-8-sig" if layout == "BOM" else "utf-8")
    (root / path).write_bytes(content)

    result = fix(root, "--yes")

    assert [] == mistakes(root)
    assert 0 == result.exit_code
    before, after = content.split(b"\n"), (root / path).read_bytes().split(b"\n")
    changed = [number for number, lines in enumerate(zip(before, after, strict=True)) if len(set(lines)) > 1]
    assert set(changed) <= set(range(first, first + wrong.count("\n") + 1))


def test_two_mistakes_in_one_line_are_mended_and_its_comment_stays(root: Path) -> None:
    line = "  - {titel: Directors use it, mesure: {what: Directors, target: 80}}   # both wrong"
    write(root, {PATH: f"title: A\nsummary: B\ngoals:\n{line}\n"})

    fix(root, "--yes")

    right = line.replace("titel", "title").replace("mesure", "measure")
    assert f"title: A\nsummary: B\ngoals:\n{right}\n" == (root / PATH).read_text("utf-8")


def test_what_was_hidden_behind_a_mistake_is_mended_too(root: Path) -> None:
    write(root, {PATH: f"Mode: Reverse\n{PROGRAM}"})

    fix(root, "--yes")

    assert f"mode: reverse\n{PROGRAM}" == (root / PATH).read_text("utf-8")


@pytest.mark.parametrize("sign", ["\u200b", "\u202e", "\u200f"])
def test_a_character_that_nobody_sees_is_deleted(root: Path, sign: str) -> None:
    write(root, {PATH: PROGRAM.replace("Digital", f"Dig{sign}it{sign}al")})

    fix(root, "--yes")

    assert PROGRAM == (root / PATH).read_text("utf-8")


def test_several_characters_that_nobody_sees_leave_one_line_at_once(root: Path) -> None:
    goals = "goals: [{title: A\u202eB\u200f}, {title: C\u202eD\u202eE}]\n"
    write(root, {PATH: f"title: A\nsummary: B\n{goals}"})

    fix(root, "--yes")

    assert "title: A\nsummary: B\ngoals: [{title: AB}, {title: CDE}]\n" == (root / PATH).read_text("utf-8")


def test_an_escape_in_quotes_is_left_to_a_person(root: Path) -> None:
    text = PROGRAM.replace("title: Digital fluency", 'title: "A\\u202eB"')
    write(root, {PATH: text})

    result = fix(root, "--yes")

    assert "[control-character]" in result.stdout
    assert text == (root / PATH).read_text("utf-8")


def test_a_text_that_goes_on_in_the_next_line_is_left_to_a_person(root: Path) -> None:
    """Quotes round its first line would break the second."""
    text = PROGRAM.replace("title: Digital fluency", "title: Digital: fluency\n  and more")
    write(root, {PATH: text})

    fix(root, "--yes")

    assert text == (root / PATH).read_text("utf-8")


def test_two_different_characters_that_nobody_sees_leave_one_line(root: Path) -> None:
    line = "goals: [{title: A\u200bB\u00adC}]  # its\u200bown\n"
    write(root, {PATH: f"title: A\nsummary: B\n{line}"})

    fix(root, "--yes")

    expected = "title: A\nsummary: B\ngoals: [{title: ABC}]  # its\u200bown\n"
    assert expected == (root / PATH).read_text("utf-8")


@pytest.mark.parametrize("wrong", ["Early\x7fcareer", "2026\x962027", "A\u200bB\x96C"])
def test_a_control_character_is_left_to_a_person(root: Path, wrong: str) -> None:
    """Often another sign stood there, such as a dash, and only a person knows which."""
    text = PROGRAM.replace("Digital fluency", wrong)
    write(root, {PATH: text})

    result = fix(root, "--yes")

    assert "[control-character]" in result.stdout
    assert text == (root / PATH).read_text("utf-8")


def test_faults_of_yaml_are_mended_one_behind_the_other(root: Path) -> None:
    write(root, {PATH: "title: Digital: fluency\nsummary: @all\nwhy: A: B\n"})

    fix(root, "--yes")

    assert 'title: "Digital: fluency"\nsummary: "@all"\nwhy: "A: B"\n' == (root / PATH).read_text("utf-8")


@pytest.mark.parametrize("below", ["  and more", "summary: A: B\n  and more"])
def test_a_file_that_would_still_not_be_read_stays_as_it_is(root: Path, below: str) -> None:
    text = f"title: Digital: fluency\n{below}\n"
    write(root, {PATH: text, RUN: COHORT.replace("start", "strat")})

    fix(root, "--yes")

    assert text == (root / PATH).read_text("utf-8")
    assert COHORT == (root / RUN).read_text("utf-8")


@pytest.mark.parametrize(
    ("path", "wrong", "right", "true"),
    [
        (
            RUN,
            "start: 2027-2-1\nend: 2027-1-1\n",
            "start: 2027-02-01\nend: 2027-01-01\n",
            "dates-out-of-order",
        ),
        (PATH, f"Mode: six\n{PROGRAM}", f"mode: six\n{PROGRAM}", "wrong-choice"),
        (
            PATH,
            PROGRAM.replace("sessions: 6", "Sessions: six"),
            PROGRAM.replace("sessions: 6", "sessions: six"),
            "wrong-type",
        ),
    ],
)
def test_what_comes_to_light_behind_a_change_is_told(
    root: Path, path: str, wrong: str, right: str, true: str
) -> None:
    write(root, {path: wrong})

    result = fix(root, "--yes")

    assert right == (root / path).read_text("utf-8")
    assert [true] == mistakes(root)
    assert f"[{true}]" in result.stdout
    assert 1 == result.exit_code


def test_nothing_to_mend_is_said_and_the_rest_is_told(root: Path) -> None:
    write(root, {PATH: f"frobnicate: 1\n{PROGRAM}"})
    before = files(root)

    result = fix(root, "--yes")

    assert "nothing that can be mended without doubt" in result.stdout
    assert "[unknown-key]" in result.stdout
    assert 1 == result.exit_code
    assert before == files(root)


def test_where_nobody_can_be_asked_the_difference_is_shown_and_nothing_written(root: Path) -> None:
    write(root, {PATH: f"mode: Reverse # \u202ehsilop\n{PROGRAM}"})
    before = files(root)

    result = fix(root)

    assert "\n-mode: Reverse # " in result.stdout
    assert "\n+mode: reverse # " in result.stdout
    assert "\u202e" not in result.output
    assert "check --fix --yes" in result.stdout
    assert "[wrong-choice]" in result.stdout
    assert 1 == result.exit_code
    assert before == files(root)


@pytest.mark.parametrize("words", [["--format", "json"], ["--format", "github"]], ids=" ".join)
def test_a_program_cannot_ask_for_a_repair(root: Path, words: list[str]) -> None:
    assert 2 == fix(root, *words).exit_code


def test_yes_alone_is_a_wrong_call(root: Path) -> None:
    assert 2 == CliRunner().invoke(cli.main, ["-C", str(root), "check", "--yes"]).exit_code


def test_nothing_is_written_through_a_link(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "theirs.yml"
    outside.write_text(COHORT.replace("start", "strat"), "utf-8")
    (root / RUN).unlink()
    (root / RUN).symlink_to(outside)
    (root / "programs/theirs").symlink_to(outside.parent)

    fix(root, "--yes")

    assert (root / RUN).is_symlink()
    assert COHORT.replace("start", "strat") == outside.read_text("utf-8")


def test_a_file_keeps_its_rights_and_leaves_nothing_beside_it(root: Path) -> None:
    write(root, {PATH: f"mode: Reverse\n{PROGRAM}"})
    (root / PATH).chmod(0o640)
    before = set(files(root))

    fix(root, "--yes")

    assert 0o640 == stat.S_IMODE((root / PATH).stat().st_mode)
    assert b"mode: reverse" in (root / PATH).read_bytes()
    assert before == set(files(root))


def test_a_file_that_changes_while_a_person_thinks_is_not_overwritten(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(root, {PATH: f"mode: Reverse\n{PROGRAM}"})
    theirs = f"mode: Reverse\n{PROGRAM}# their comment\n"
    monkeypatch.setattr("handbook.cli.commands.check.show_difference", lambda *_: write(root, {PATH: theirs}))

    result = fix(root, "--yes")

    assert "changed meanwhile" in result.stderr
    assert theirs == (root / PATH).read_text("utf-8")


def test_a_file_that_cannot_be_tried_ends_in_a_sentence(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(root, {PATH: f"mode: Reverse\n{PROGRAM}"})

    def refused(*_: object, **__: object) -> None:
        raise shutil.Error([("a", "b", "Permission denied")])  # whoever runs the tests may read all

    monkeypatch.setattr(shutil, "copytree", refused)

    result = fix(root, "--yes")

    assert "can be tried" in result.stdout
    assert "[wrong-choice]" in result.stdout


@pytest.mark.parametrize("name", ["pipe", "digital-fluency/pipe.yml", "digital-fluency/pipe.md"])
def test_what_is_no_file_keeps_nobody_waiting(root: Path, name: str) -> None:
    write(root, {PATH: f"mode: Reverse\n{PROGRAM}"})
    os.mkfifo(root / "programs" / name)

    result = fix(root, "--yes")

    assert "There are files that cannot be copied" in result.stdout
    assert (root / PATH).read_text("utf-8").startswith("mode: Reverse\n")
    assert ("[unreadable-file]" in result.stdout) == (name != "pipe")


# --- where it writes ----------------------------------------------------------------------------


@pytest.mark.parametrize("planted", [".program.yml.new", ".2027-spring.yml.new", "2027-spring.yml"])
def test_nothing_is_written_through_a_planted_link(root: Path, tmp_path: Path, planted: str) -> None:
    """A link that came with a pull request would lead to a file of whoever mends it."""
    victim = tmp_path / "victim"
    victim.write_text("precious\n", "utf-8")
    write(
        root, {PATH: f"mode: Reverse\n{PROGRAM}", "programs/digital-fluency/2028.yml": f"{COHORT}people:\n"}
    )
    link = root / "programs/digital-fluency" / planted
    link.unlink(missing_ok=True)
    link.symlink_to(victim)

    result = fix(root, "--yes")

    assert "precious\n" == victim.read_text("utf-8")
    assert "[symbolic-link]" in result.stdout
    assert (root / PATH).read_text("utf-8").startswith("mode: reverse\n")


def test_a_new_file_is_not_written_behind_a_link(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (root / "programs/elsewhere").symlink_to(outside)

    with pytest.raises(Refusal, match="behind a link"):
        writing.write(root, "programs/elsewhere/program.yml", PROGRAM)

    assert [] == list(outside.iterdir())


# --- one change ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "column", "meant", "expected"),
    [
        ("a: 'b c' # d\n", 1, 4, "e", "a: e # d\n"),
        ('{"a" : b,c: d}', 1, 2, "e", "{e : b,c: d}"),
        ("a:   b   \n", 1, 6, '"2"', 'a:   "2"   \n'),
        ("a:\n- b\n- 😀 c\n", 3, 3, "e", "a:\n- b\n- e\n"),
        ("\ufeffa: b", 1, 1, "e", "\ufeffe: b"),
        ("a: b\r\nc: d\r\n", 2, 4, "e", "a: b\r\nc: e\r\n"),
        ("a: b\n", 1, 3, "e", "a: b\n"),  # no word begins there
        ("a:\nb: c\n", 1, 3, "e", "a:\nb: c\n"),  # nor here
        ("a: |\n  b\n", 1, 4, "e", "a: |\n  b\n"),  # more than a word
    ],
)
def test_a_word_gives_way_with_its_quotes_and_nothing_else(
    text: str, line: int, column: int, meant: str, expected: str
) -> None:
    assert expected == mended(text, problem("wrong-choice", line, column, meant))


@pytest.mark.parametrize(
    ("text", "column", "meant", "expected"),
    [
        ("a: b: c\nd: e\n", 4, '"b: c"', 'a: "b: c"\nd: e\n'),
        ("a: b: c\r\nd: e\r\n", 4, '"b: c"', 'a: "b: c"\r\nd: e\r\n'),
        ("a: b: c  # why\n", 4, '"b: c"', 'a: "b: c"  # why\n'),
        ("a: b: c  # why\n", 4, '"b: c"  # why', 'a: "b: c"  # why\n'),
        ("a: b: c #1\n", 4, '"b: c #1"', 'a: "b: c #1"\n'),
        ("a: b: c", 4, '"b: c"', 'a: "b: c"'),
    ],
)
def test_the_rest_of_a_line_gives_way_and_a_comment_stays(
    text: str, column: int, meant: str, expected: str
) -> None:
    assert expected == mended(text, problem("yaml-syntax", 1, column, meant))


@pytest.mark.parametrize("path", ["docs/templates/playbook/faq/a.md", "mkdocs.yml", "programs/a/story.md"])
def test_only_definitions_are_touched(path: str) -> None:
    content = {path: "a: b\n", PATH: "a: b\n"}

    assert content == fixes.mended(content, [problem("wrong-choice", 1, 4, "c", path=path)])


def test_two_changes_of_one_word_are_one() -> None:
    both = (problem("wrong-choice", 1, 4, "c"), problem("wrong-type", 1, 4, "d"))

    assert mended("a: long # e\n", *both) in ("a: c # e\n", "a: d # e\n")


WORD = problem("wrong-choice", 2, 4, "c", "told")
SYNTAX = problem("yaml-syntax", 2, 4, '"c: d"', "told")
RECODED = problem("not-utf-8", 1, 1)


@pytest.mark.parametrize(
    ("chosen", "after", "kept"),
    [
        (WORD, problem("wrong-choice", 2, 7, message="told"), False),
        (WORD, problem("wrong-choice", 2, 4, message="of the new word"), True),
        (WORD, problem("wrong-choice", 3, 4, message="told"), True),
        (WORD, problem("dates-out-of-order", 2, 1), True),
        (SYNTAX, problem("yaml-syntax", 4, 1, message="of another line"), False),
        (SYNTAX, problem("yaml-syntax", 4, 4, '"h: i"'), True),  # is mended next
        (SYNTAX, problem("yaml-syntax", 4, 1, path=RUN), True),
        (RECODED, problem("missing-key", 1, 1), True),
    ],
)
def test_a_change_is_kept_where_its_own_problem_is_gone(chosen: Problem, after: Problem, kept: bool) -> None:
    files = {PATH: "a: b\nmode: d\n  e: f\ng: h: i\n", RUN: ""}

    found = fixes.in_vain([chosen], [after], files)

    assert (set() if kept else {fixes.same(chosen)}) == found


@pytest.mark.parametrize("sign", "\xad\u061c\u200b\u200e\u200f\u202a\u202e\u2060\u2066\u2069\ufeff")
def test_what_has_no_width_leaves_a_text_of_several_lines(sign: str) -> None:
    text = f"why: |  \n  a{sign}b\n\n  {sign}c\n# d{sign}\n"

    found = mended(text, problem("control-character", 2, 4))

    assert f"why: |  \n  ab\n\n  c\n# d{sign}\n" == found


@pytest.mark.parametrize("sign", "\x0b\x7f\x96\t\u200d")
def test_a_sign_that_may_stand_for_another_is_no_nothing(sign: str) -> None:
    assert f"why: a{sign}b\n" == mended(f"why: a{sign}b\n", problem("control-character", 1, 7))


BLANKS = st.lists(st.sampled_from(["\n", "  \n", "# a comment\n", "  # 😀: [ ' further in\n"]), max_size=3)
WORDS = [("title", "titel"), ("summary", "sumary"), ("mode", "Mode"), ("goals", "gaols"), ("why", "why")]


@given(
    st.permutations(WORDS),
    st.lists(BLANKS, min_size=6, max_size=6),
    st.lists(st.sampled_from(["", " ", "  # behind", '   # "quoted" # twice']), min_size=5, max_size=5),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "\ufeff"]),
)
def test_whatever_stands_round_a_mistake_stays_byte_for_byte(
    words: list[tuple[str, str]], blanks: list[list[str]], behind: list[str], newline: str, bom: str
) -> None:
    def text(column: int) -> str:
        lines = [f"{word[column]}: 'it''s' {end}\n" for word, end in zip(words, behind, strict=True)]
        parts = zip(map("".join, blanks), [*lines, ""], strict=True)
        return bom + "".join(before + line for before, line in parts).replace("\n", newline)

    numbered = {
        line.split(":")[0]: number for number, line in enumerate(text(1).removeprefix(bom).split("\n"), 1)
    }
    found = [problem("unknown-key", numbered[wrong], 1, right) for right, wrong in words if right != wrong]

    assert text(0) == mended(text(1), *found)


@pytest.mark.parametrize(
    "letters", ["3.10", "1.0", "0.50", "1e3", "True", "1_000", "FALSE", "+5", ".5", "2027"]
)
def test_what_looks_like_a_number_is_put_in_quotes_letter_by_letter(tmp_path: Path, letters: str) -> None:
    path = "programs/digital-fluency/program.yml"
    program = SHORT[path].replace("topics: [", f"topics: [{{title: {letters}}}, ")
    write(tmp_path, {**SHORT, path: program})

    result = CliRunner().invoke(cli.main, ["-C", str(tmp_path), "check", "--fix", "--yes"])

    assert 0 == result.exit_code, result.output
    wanted = letters if letters == "1_000" else f'"{letters}"'  # which is a text anyway
    assert program.replace(f"title: {letters}}}", f"title: {wanted}}}") == (tmp_path / path).read_text(
        "utf-8"
    )


def test_a_name_that_looks_like_a_number_is_put_in_quotes_and_not_shown(tmp_path: Path) -> None:
    path = "programs/digital-fluency/2027-spring.yml"
    cohort = "start: 2027-02-01\npeople:\n  - {id: a-1, role: mentor, name: 3.10, unit: True}\n"
    organisation = {"programs/organisation.yml": "name: Small Steps\nrepository: private\n"}
    write(tmp_path, {**SHORT, **organisation, path: cohort})

    result = CliRunner().invoke(cli.main, ["-C", str(tmp_path), "check", "--fix", "--yes"])

    written = cohort.replace("3.10", '"3.10"').replace("True", '"True"')
    assert written == (tmp_path / path).read_text("utf-8")
    assert "\n-…\n+…\n" in result.output
    assert "3.10" not in result.output
    assert "a-1" not in result.output
