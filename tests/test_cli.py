"""The command line: options and exit codes, files that are written, and a driven terminal."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from handbook import DATA, cli
from handbook.cli import SUMMARIES
from handbook.cli import command as command_of
from handbook.cli.terminal.parameters import questions
from handbook.cli.terminal.reporter import filled, quoted_answer
from handbook.contents.build import Host
from handbook.load import repository as load
from handbook.model.definitions.playbook import Source
from handbook.rules.checks import advice
from handbook.text import document, signs
from handbook.text.edit.values import flow
from handbook.text.problems import Problem, as_text
from tests.terminal import pexpect

HANDBOOK = [sys.executable, "-m", "handbook.cli"]
GITHUB = {
    "GITHUB_ACTIONS": "true",
    "GITHUB_SERVER_URL": "https://github.com",
    "GITHUB_REPOSITORY": "small/steps",
    "GITHUB_SHA": "0123abcd",
    "GITHUB_STEP_SUMMARY": "",
}
ORGANISATION = """\
name: Miniature
contacts: [{purpose: concern, label: Speak up, address: "https://small.example/speak-up"}]
privacy: {controller: Us, basis: consent, months: 0, tools: [], authority: {name: A, address: B Street}}
"""
# Complete, so that nothing is warned about.
PROGRAM = """\
title: Small
summary: A small program.
sponsor: {title: Chief of all}
goals:
  - {title: One goal, measure: {what: People who did it, target: 5}}
commitment: {sessions: 6}
forms: [{id: end-survey, url: "https://small.example/end"}, the-rest]
"""
STARTER = filled(
    "starter/program.yml", **{name: one.example for name, one in questions("new program").items()}
)
COHORT = filled("starter/cohort.yml", start="2027-02-01", title="", fit=None, last=None, sign_up={})
OURS = {"name": "Ours", "timezone": "UTC", "contact": "", "repository": "public"}
BROKEN = "title: Small\nsummary: [oops\n"
HOSTILE = (
    "Say \"yes\": or 'no' # not a comment",
    "{{ 1/0 }} {% raw %} <script>alert(1)</script>",
    "- [x]: &anchor *alias !!tag | > %",
    "two\nlines\n\tand a tab",
    "back\\slash \\n \\u0041 \\",
    "👩🏽‍💻 ½ ﷽ \u2028 end",
    "yes",
    "2027-02-01",
    "12.50",
    " blanks round it ",
)


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for every test, also in the processes that it starts."""
    for name in ("NO_COLOR", "FORCE_COLOR", "HANDBOOK_TODAY", *GITHUB):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("PYTHONUTF8", "1")
    monkeypatch.setenv("PYTHONPATH", str(DATA.parents[1]))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A handbook with an organisation, a program and a cohort."""
    write(tmp_path, "programs/organisation.yml", ORGANISATION)
    write(tmp_path, "programs/small/program.yml", PROGRAM)
    write(tmp_path, "programs/small/2027-spring.yml", "start: 2027-02-01\n")
    return tmp_path


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """A handbook as an organisation gets it, with the example."""
    shutil.copytree(DATA / "example", tmp_path / "programs")
    return tmp_path


def write(root: Path, path: str, text: str) -> Path:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def run(root: Path, *words: str | Path, typed: str = "") -> Result:
    return CliRunner().invoke(cli.main, ["-C", str(root), *map(str, words)], input=typed)


def values(root: Path, path: str) -> Any:
    found = document.read(path, (root / path).read_bytes())
    assert isinstance(found, document.Document), found
    return found.values


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def assert_clean(root: Path) -> None:
    """There is no mistake; what a good handbook has may still be lacking."""
    handbook, problems = load.load(root)
    assert handbook is not None
    assert [] == [problem for problem in problems if problem.code not in advice.CODES]


def new_program(root: Path, **answers: str) -> Result:
    said = {"title": "Reading club", "summary": "Who and what.", "goal": "One goal", **answers}
    return run(root, "new", "program", *(word for key, value in said.items() for word in (f"--{key}", value)))


def commands(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    for name, inner in getattr(command, "commands", {}).items():
        yield from commands(command_of(name) if command is cli.main else inner, (*path, name))


# --- the whole ----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", list(commands(cli.main)), ids=" ".join)
def test_every_command_has_help(path: tuple[str, ...], tmp_path: Path) -> None:
    result = run(tmp_path, *path, "--help")

    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: ")
    assert not re.search(r"^  --?\w\S*( TEXT)?$", result.stdout, re.MULTILINE), "an option without help"


@pytest.mark.parametrize("name", SUMMARIES)
def test_the_list_of_commands_says_of_each_what_its_own_help_says(name: str) -> None:
    assert SUMMARIES[name] == command_of(name).get_short_help_str(1000)


def test_version_is_the_engines() -> None:
    result = CliRunner().invoke(cli.main, ["--version"])

    assert re.fullmatch(r"handbook, version \d+\.\d+\.\d+\n", result.stdout)


@pytest.mark.parametrize(
    "words",
    [
        ["chekc"],
        ["check", "--format", "xml"],
        ["export"],
        ["new"],
        ["new", "--name", "X"],
        ["new", "--fresh", "program"],
        ["new", "program", "--title", "X"],
        ["new", "cohort", "--program", "none", "--start", "2027-02-01"],
        ["new", "cohort", "--program", "small", "--start", "1 February"],
    ],
    ids=" ".join,
)
def test_wrong_call_ends_with_2_and_writes_nothing(root: Path, words: list[str]) -> None:
    before = files(root)

    result = run(root, *words)

    assert result.exit_code == 2, result.output
    assert "Error: " in result.stderr
    assert files(root) == before


def test_a_folder_that_is_not_there_ends_with_2(tmp_path: Path) -> None:
    assert run(tmp_path / "none", "check").exit_code == 2


def test_new_wants_the_folder_of_a_handbook(tmp_path: Path) -> None:
    result = new_program(tmp_path)

    assert result.exit_code == 2
    assert "it has no programs/" in result.stderr
    assert files(tmp_path) == {}


# --- check --------------------------------------------------------------------------------------


def test_check_without_problems(root: Path) -> None:
    result = run(root, "check")

    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr == "No problems: 1 programme, 1 cohort.\n"


def test_check_shows_place_line_caret_and_remedy(root: Path) -> None:
    write(root, "programs/small/program.yml", f"mode: Reverse # ours\n{PROGRAM}")

    result = run(root, "check")

    assert result.exit_code == 1
    assert result.stdout == (
        'programs/small/program.yml:1:7: error: `mode` cannot be "Reverse". [wrong-choice]\n'
        "    1 | mode: Reverse # ours\n"
        "      |       ^\n"
        "    Did you mean `reverse`? Choose one of: reverse, reciprocal.\n"
        "    See hooks/README.md#wrong-choice\n\n"
    )
    assert result.stderr == "1 error in 1 file.\n"


def test_check_shows_every_broken_file(root: Path) -> None:
    write(root, "programs/small/program.yml", BROKEN)
    write(root, "programs/small/2027-spring.yml", "start: soon\n")
    write(root, "programs/organisation.yml", "nmae: X\n")

    result = run(root, "check")

    assert result.exit_code == 1
    for path in ("small/program.yml", "small/2027-spring.yml", "organisation.yml"):
        assert re.search(rf"^programs/{path}:\d+:\d+: error: .* \[[a-z-]+\]$", result.stdout, re.MULTILINE)


def test_a_check_loads_neither_mkdocs_nor_what_writes_calendars(root: Path) -> None:
    code = (
        "import sys; from handbook.cli import main\ntry: main(['check'])\nfinally: print(sorted(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)

    assert "'handbook.cli.commands.check'" in done.stdout
    assert not re.search("'(icalendar|markdown|mkdocs)'", done.stdout)


def test_warnings_alone_do_not_fail(root: Path) -> None:
    write(root, "docs/index.md", "# Ours\n")

    result = run(root, "check")

    assert result.exit_code == 0
    assert "docs/index.md:1:1: warning: " in result.stdout
    assert result.stderr == "No errors, 1 warning: 1 programme, 1 cohort.\n"


def test_the_manual_is_named_where_a_code_comes_first(root: Path) -> None:
    write(root, "programs/small/program.yml", f"{PROGRAM}mode: none\none: 1\ntwo: 2\n")

    told = run(root, "check").stdout

    assert re.findall(r"\[[a-z-]+\]$|See .+$", told, re.MULTILINE) == [
        "[wrong-choice]",
        "See hooks/README.md#wrong-choice",
        "[unknown-key]",
        "See hooks/README.md#unknown-key",
        "[unknown-key]",
    ]


def test_check_as_json_prints_only_the_list(root: Path) -> None:
    assert json.loads(run(root, "check", "--format", "json").stdout) == []
    write(root, "programs/small/program.yml", f"{PROGRAM}why: “Müll” 😀\nmode: Reverse\n")

    result = run(root, "check", "--format", "json")

    assert result.exit_code == 1
    (problem,) = json.loads(result.stdout)
    assert problem == {
        "path": "programs/small/program.yml", "line": 9, "column": 7, "code": "wrong-choice",
        "message": '`mode` cannot be "Reverse".',
        "hint": "Did you mean `reverse`? Choose one of: reverse, reciprocal.",
        "severity": "error", "meant": "reverse", "manual": "hooks/README.md#wrong-choice",
    }  # fmt: skip


def test_nothing_in_a_file_reaches_the_terminal_as_a_command(root: Path) -> None:
    write(root, "programs/small/program.yml", "title: \x1b[2Jx\n")
    write(root, "programs/small/2027-spring.yml", 'start: 2027-02-01\n"\\e[2J\\u202e": 1\n')

    result = run(root, "check")

    assert result.exit_code == 1
    assert "\x1b" not in result.output
    assert "\u202e" not in result.output


def test_the_caret_of_a_long_line_stays_below_its_place(root: Path) -> None:
    write(
        root,
        "programs/small/program.yml",
        f"{PROGRAM}faq: [{'{question: 春, answer: a}, ' * 20}{{question: x}}]\n",
    )

    lines = run(root, "check").stdout.splitlines()

    caret = next(line for line in lines if line.endswith("^"))
    shown = lines[lines.index(caret) - 1]
    assert len(shown) < 110
    wide = shown[:7] + "".join(f"{sign} " if sign == "春" else sign for sign in shown[7:])
    assert wide[len(caret) - 1 :].startswith(("{question: x", "question: x"))


def test_a_terminal_gets_colour(root: Path) -> None:
    write(root, "programs/small/program.yml", BROKEN)

    with terminal(root, "check") as screen:
        screen.expect(pexpect.EOF)
        assert "\x1b[1;31merror:" in screen.before

    assert screen.exitstatus == 1


# --- check in a workflow of GitHub --------------------------------------------------------------

ATTACK = (
    "::error::x ##[error]x <img src=x onerror=alert(1)> @everyone https://evil.example www.evil.example"
    " ![x](https://evil.example) [x](https://evil.example) ``` ```` | # </code></pre>&lt; small/steps#1"
    f" {'y' * 99} ``` {'y' * 99} <img src=x>"  # as it is wrapped, the quotes have a line of their own
)


TAGS = {"a", "code", "h2", "h3", "li", "p", "pre", "strong", "ul"}


@pytest.fixture
def workflow(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook in a workflow; its step's summary is the file `summary.md`."""
    for name, value in {**GITHUB, "GITHUB_STEP_SUMMARY": str(root / "summary.md")}.items():
        monkeypatch.setenv(name, value)
    return root


def annotations(told: str) -> list[str]:
    """What is printed where commands are listened to, of which there are no others."""
    token = re.match(r"::stop-commands::([0-9a-f]{32})\n", told)
    assert token
    before, stopped, after = told.split(token[1])
    assert before == "::stop-commands::"
    assert stopped.endswith("\n::")
    lines = after.removeprefix("::\n").splitlines()
    assert all(re.match("::(error|warning) file=", line) for line in lines)
    return lines


def prose_of(summary: str) -> str:
    """A summary as a reader sees it, without what stands in it as code."""
    soup = BeautifulSoup(MarkdownIt("commonmark").render(summary), "html.parser")
    assert {tag.name for tag in soup.find_all()} <= TAGS
    assert all(str(link["href"]).startswith("https://github.com/small/steps/") for link in soup.find_all("a"))
    for code in soup.find_all("code"):
        code.decompose()
    return soup.get_text()


@pytest.mark.parametrize(
    ("words", "said", "begins"),
    [([], "true", "::stop"), ([], "", "programs/"), (["--format", "text"], "true", "programs/"),
     (["--format", "github"], "", "::stop"), (["--format", "json"], "true", "["),
     (["--fix"], "true", "There is nothing that can be mended without doubt.\n\nprograms/")],
)  # fmt: skip
def test_a_workflow_gets_what_github_shows_unless_told_otherwise(
    root: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str, begins: str
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", said)
    write(root, "programs/small/program.yml", BROKEN)

    result = run(root, "check", *words)

    assert result.exit_code == 1
    assert result.stdout.startswith(begins)


def test_of_25_problems_github_shows_10_and_its_summary_all(workflow: Path) -> None:
    goals = "".join(f"  - {{title: Goal {number}, extra: 1}}\n" for number in range(25))
    lacking = "".join(f"  - title: More {number}\n" for number in range(12))
    write(workflow, "programs/small/program.yml", f"title: A\nsummary: B\ngoals:\n{goals}")
    write(workflow, "programs/other/program.yml", f"title: A\nsummary: B\ngoals:\n{lacking}")

    result = run(workflow, "check")

    told = annotations(result.stdout)
    assert [line.split()[0] for line in told] == ["::error"] * 10 + ["::warning"] * 10
    assert result.stdout.count("[unknown-key]") == 25
    summary = (workflow / "summary.md").read_text("utf-8")
    assert summary.count("[`unknown-key`]") == 25
    assert summary.count("[`goal-without-measure`]") == 12
    assert "25 errors" in summary


def test_an_annotation_says_place_remedy_and_manual(workflow: Path) -> None:
    write(workflow, "programs/small/a,b:c%/program.yml", "x")
    write(workflow, "programs/small/program.yml", f"{PROGRAM}mode: Reverse\n")

    told = annotations(run(workflow, "check").stdout)

    manual = "https://github.com/small/steps/blob/0123abcd/hooks/README.md#"
    assert told == [
        "::error file=programs/small/a%2Cb%3Ac%25/program.yml,line=1,col=1,title=wrong-file-name"
        "::Nothing reads a file of this name here."
        "%0AA programme is programs/NAME/program.yml, a cohort programs/NAME/COHORT.yml."
        f"%0ASee {manual}wrong-file-name",
        "::error file=programs/small/program.yml,line=8,col=7,title=wrong-choice"
        '::`mode` cannot be "Reverse".%0ADid you mean `reverse`? Choose one of: reverse, reciprocal.'
        f"%0ASee {manual}wrong-choice",
    ]


@pytest.mark.parametrize("newline", [" ", "\\n", "\\r", "\\r\\n"])
def test_nothing_in_a_file_is_a_command_or_more_than_letters_on_github(workflow: Path, newline: str) -> None:
    attack = f"x{newline}{ATTACK}"
    write(workflow, "programs/small/program.yml", f'{PROGRAM}"{attack}": 1\nmode: "{attack}"\n')
    write(workflow, "programs/small/2028-spring.yml", f"start: 2028-02-01\ntitle: {ATTACK}: x\n")
    write(workflow, "programs/small/2027-spring.yml", f'start: 2027-02-01\n"{attack}": "{attack}"\n')
    name = ATTACK.replace("/", "\u2215")
    write(workflow, f"programs/small/@x [a](b) `c` <b>\n::error::{name[:60]}.yaml", "start: 2027-02-01\n")

    result = run(workflow, "check")

    assert len(annotations(result.stdout)) >= 4
    summary = (workflow / "summary.md").read_text("utf-8")
    assert "::error::x" in summary
    said = prose_of(summary)
    assert "Line 1, column 1" in said
    assert not re.search(r"evil|everyone|img|@|::|<|steps#|!\[", said)


def test_the_summary_leads_to_the_lines_and_to_the_manual(workflow: Path) -> None:
    write(workflow, "programs/small/program.yml", f"{PROGRAM}mode: Reverse\n")

    run(workflow, "check")

    at = "https://github.com/small/steps/blob/0123abcd"
    assert (workflow / "summary.md").read_text("utf-8") == (
        "## The handbook needs a correction\n\n"
        "1 error in 1 file. Errors keep the handbook from being built; warnings never do. Each place below"
        " leads to the line, and each name in `code` to what the manual says about it.\n\n"
        "### `programs/small/program.yml`\n\n"
        f"- [Line 8, column 7]({at}/programs/small/program.yml?plain=1#L8): error,"
        f" [`wrong-choice`]({at}/hooks/README.md#wrong-choice)\n\n"
        '  ```text\n  `mode` cannot be "Reverse".\n'
        "  Did you mean `reverse`? Choose one of: reverse, reciprocal.\n  ```\n"
    )


def test_the_summary_of_a_sound_handbook_says_so_behind_what_stood_there(workflow: Path) -> None:
    write(workflow, "summary.md", "Before.\n\n")

    result = run(workflow, "check")

    assert result.stdout == ""
    assert (workflow / "summary.md").read_text("utf-8") == (
        "Before.\n\n## The handbook is in order\n\nNo problems: 1 programme, 1 cohort.\n"
    )


def test_a_summary_that_github_would_refuse_is_cut_and_says_so(workflow: Path) -> None:
    goals = "".join(f"  - {{title: Goal {number}, extra: 1}}\n" for number in range(99))
    for folder in "abc":
        write(workflow, f"programs/{folder}/program.yml", f"title: A\nsummary: B\ngoals:\n{goals}")

    run(workflow, "check")

    summary = (workflow / "summary.md").read_text("utf-8")
    assert len(summary) < 1024 * 1024
    left = re.search(r"\*\*(\d+) more problems\*\* had no room here\.", summary)
    assert left
    assert (250, 47) == (summary.count("[`unknown-key`]"), int(left[1]))


def test_the_list_of_a_build_is_no_command_either_and_names_the_manual_once_a_code() -> None:
    told = as_text(
        Problem("a.yml", 1, 1, "unknown-key", f"`x\n::error::{n}` ##[x] {n}", "Why.") for n in "ab"
    )

    assert told == (
        "a.yml:1:1: error: `x ::error::a` ## [x] a [unknown-key]\n    Why.\n"
        "    See hooks/README.md#unknown-key\n\n"
        "a.yml:1:1: error: `x ::error::b` ## [x] b [unknown-key]\n    Why."
    )


# --- check --fix, asked in a terminal -----------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "mode", "status"), [("y", "reverse", 0), ("n", "Reverse", 1), ("", "Reverse", 1)]
)
def test_a_person_sees_the_difference_and_decides(root: Path, typed: str, mode: str, status: int) -> None:
    write(root, "programs/small/program.yml", f"mode: Reverse # ours\n{PROGRAM}")

    with terminal(root, "check", "--fix") as screen:
        screen.expect_exact("\x1b[31m-mode: Reverse # ours")
        screen.expect_exact("\x1b[32m+mode: reverse # ours")
        screen.expect_exact("Write these changes? [y/N]: ")
        screen.sendline(typed)
        screen.expect(pexpect.EOF)

    assert screen.exitstatus == status
    assert (root / "programs/small/program.yml").read_text("utf-8") == f"mode: {mode} # ours\n{PROGRAM}"


def test_a_person_who_stops_at_the_question_has_written_nothing(root: Path) -> None:
    write(root, "programs/small/program.yml", f"mode: Reverse\n{PROGRAM}")
    before = files(root)

    with terminal(root, "check", "--fix") as screen:
        screen.expect_exact("Write these changes? [y/N]: ")
        interrupt(screen, "Stopped. Nothing was written.")
        screen.expect(pexpect.EOF)

    assert screen.exitstatus == 1
    assert files(root) == before


def test_a_check_in_a_terminal_says_that_it_can_mend(root: Path) -> None:
    write(root, "programs/small/program.yml", f"mode: Reverse\n{PROGRAM}")

    with terminal(root, "check") as screen:
        screen.expect(r"can be mended for you: .*check --fix")
        screen.expect(pexpect.EOF)


def test_a_terminal_leads_from_a_code_to_the_manual_where_it_stands(root: Path) -> None:
    write(root, "programs/small/program.yml", BROKEN)
    with terminal(root, "check") as screen:
        screen.expect(pexpect.EOF)
        assert "\x1b]8;" not in screen.before

    manual = write(root, "hooks/README.md", "")
    with terminal(root, "check") as screen:
        screen.expect_exact(f"{manual.resolve().as_uri()}#yaml-syntax")
        screen.expect(pexpect.EOF)


# --- export -------------------------------------------------------------------------------------


def test_export_writes_all_pages(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "out"

    result = run(root, "export", folder)

    assert result.exit_code == 0, result.output
    written = files(folder)
    assert {"index.md", "programs/small/safety.md", "programs/small/2027-spring/index.md"} <= set(written)
    assert "programs/small/survey.csv" in written
    assert f"{sum(path.endswith('.md') for path in written)} pages written" in result.stdout


def test_export_replaces_an_earlier_export(root: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    run(root, "export", folder)
    write(folder, "index.md", "old")
    (root / "programs/small/2027-spring.yml").unlink()

    assert run(root, "export", folder).exit_code == 0

    assert (folder / "index.md").read_text("utf-8") != "old"
    assert not (folder / "programs/small/2027-spring").exists()
    assert {path.name for path in tmp_path.iterdir()} == {"programs", "out"}


def test_export_leaves_hand_written_pages_out(root: Path, tmp_path: Path) -> None:
    write(root, "docs/guide/why.md", "# Ours\n")

    assert run(root, "export", tmp_path / "out").exit_code == 0

    assert not (tmp_path / "out/guide/why.md").exists()
    assert (tmp_path / "out/guide/evidence.md").exists()


@pytest.mark.parametrize("path", ["out/notes.txt", "out/.git/config"])
def test_export_never_replaces_what_is_not_an_export(root: Path, tmp_path: Path, path: str) -> None:
    write(tmp_path, path, "mine")
    assert run(root, "export", tmp_path / "out").exit_code == 2

    (tmp_path / path).unlink()
    assert run(root, "export", tmp_path / "out").exit_code == 0
    write(tmp_path, path, "mine")

    assert run(root, "export", tmp_path / "out").exit_code == 2
    assert (tmp_path / path).read_text("utf-8") == "mine"


@pytest.mark.parametrize("folder", [".", "docs/out", "programs/out", "signups", ".git/out"])
def test_export_stays_out_of_the_handbook(root: Path, folder: str) -> None:
    before = files(root)

    assert run(root, "export", root / folder).exit_code == 2
    assert files(root) == before


def test_export_of_a_broken_handbook_writes_nothing(root: Path, tmp_path: Path) -> None:
    run(root, "export", tmp_path / "out")
    write(root, "programs/small/program.yml", BROKEN)
    before = files(tmp_path)

    result = run(root, "export", tmp_path / "out")

    assert result.exit_code == 1
    assert "programs/small/program.yml:" in result.stdout
    assert files(tmp_path) == before


@pytest.mark.parametrize(
    "words",
    [
        ("export", "out"),
        ("due",),
        ("announce", "small", "2027-spring", "--as", "email"),
    ],
)
def test_whatever_follows_the_day_wants_one_of_the_calendar(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("HANDBOOK_TODAY", "2027-02-30")
    monkeypatch.chdir(tmp_path)

    result = run(root, *words)

    assert result.exit_code == 2, result.output
    assert "HANDBOOK_TODAY" in result.stderr


# --- new program --------------------------------------------------------------------------------


def test_new_program_checks_clean_and_says_the_next_step(root: Path) -> None:
    result = new_program(root, measure="Books read", unit="books", baseline="0", target="12.5")

    assert result.exit_code == 0, result.output
    assert_clean(root)
    measure = {"what": "Books read", "unit": "books", "baseline": 0, "target": 12.5}
    assert values(root, "programs/reading-club/program.yml") == {
        "title": "Reading club",
        "summary": "Who and what.",
        "goals": [{"title": "One goal", "measure": measure}],
    }
    assert result.stdout.rstrip().endswith("new cohort --program reading-club")


def test_the_next_step_works_as_pasted(root: Path) -> None:
    told = subprocess.run(
        [*HANDBOOK, "new", "program", "--title", "T", "--summary", "S", "--goal", "G"],
        cwd=root, capture_output=True, text=True, check=True,
    )  # fmt: skip

    pasted = told.stdout.splitlines()[-1].strip()
    subprocess.run(f"{pasted} --start 2027-02-01", shell=True, cwd=root, check=True)

    assert (root / "programs/t/2027-february.yml").is_file()


@pytest.mark.parametrize("answer", HOSTILE)
def test_answers_stand_in_the_file_exactly(root: Path, answer: str) -> None:
    result = new_program(
        root, title=answer, summary=answer, goal=answer, measure=answer, unit=answer[:30], id="x"
    )

    assert result.exit_code == 0, result.output
    assert_clean(root)
    made = values(root, "programs/x/program.yml")
    goal = made["goals"][0]
    assert [made["title"], made["summary"], goal["title"], goal["measure"]["what"]] == [answer] * 4
    assert goal["measure"]["unit"] == answer[:30]


def test_signs_that_nobody_sees_are_left_out_of_a_file() -> None:
    assert quoted_answer("a\u202eb\r\x1fc") == '"abc"'


@pytest.mark.parametrize(
    ("option", "answer", "said"),
    [
        ("title", "", "Please answer"),
        ("title", " \t", "Please answer"),
        ("title", "x" * 121, "more than 120 characters"),
        ("title", "x\x1b[A", "cannot be shown"),
        ("goal", "x" * 161, "more than 160 characters"),
        ("baseline", "many", "a number alone"),
        ("target", "nan", "a number alone"),
        ("id", "Reading Club", "a-z, 0-9 and hyphens"),
        ("id", "../x", "a-z, 0-9 and hyphens"),
        ("id", "small", "already a programme in programs/small/"),
        ("title", "読書会", "a-z, 0-9 and hyphens"),
    ],
)
def test_a_wrong_answer_is_refused_in_a_sentence(root: Path, option: str, answer: str, said: str) -> None:
    before = files(root)

    result = new_program(root, **{"measure": "m", option: answer})

    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())
    assert files(root) == before


def test_numbers_need_something_that_is_counted(root: Path) -> None:
    assert new_program(root, target="80").exit_code == 2


def test_new_program_never_overwrites(root: Path) -> None:
    before = files(root)

    result = new_program(root, title="Small")

    assert result.exit_code == 2
    assert "There is already a programme in programs/small/" in result.stderr
    assert files(root) == before


def test_new_program_fills_a_folder_that_waits_for_it(root: Path) -> None:
    (root / "programs/small/program.yml").unlink()

    assert new_program(root, title="Small").exit_code == 0
    assert_clean(root)


def test_a_handbook_without_organisation_gets_nothing(root: Path) -> None:
    (root / "programs/organisation.yml").unlink()
    before = files(root)

    result = new_program(root)

    assert result.exit_code == 1
    assert "new --fresh" in result.stdout
    assert files(root) == before


def test_a_problem_elsewhere_does_not_hinder(root: Path) -> None:
    write(root, "programs/small/program.yml", BROKEN)

    result = new_program(root)

    assert result.exit_code == 0
    assert "Other files have problems" in result.stderr


def test_without_a_terminal_the_missing_option_is_named(root: Path) -> None:
    result = run(root, "new", "program", typed="A title\n")

    assert result.exit_code == 2
    assert "--summary" in result.stderr


# --- new cohort ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "file", "title"),
    [
        (None, "2027-september", None),
        ("2027-autumn", "2027-autumn", None),
        ("Autumn 2027", "autumn-2027", "Autumn 2027"),
        ('Q3: "pilot" #1 {{ x }}\n😀', "q3-pilot-1-x", 'Q3: "pilot" #1 {{ x }}\n😀'),
        ("秋", "2027-september", "秋"),
    ],
)
def test_new_cohort_checks_clean(root: Path, name: str | None, file: str, title: str | None) -> None:
    options = ["--program", "small", "--start", "2027-09-06", *(["--name", name] if name else [])]

    result = run(root, "new", "cohort", *options)

    assert result.exit_code == 0, result.output
    assert_clean(root)
    said = {"title": title} if title else {}
    assert values(root, f"programs/small/{file}.yml") == {**said, "start": "2027-09-06"}


@pytest.mark.parametrize(
    ("start", "said", "told"),
    [
        ("2027-06-28", {}, ""),  # from here on the usual plan has yet to begin
        ("2027-06-21", {"opens": "2027-04-28", "closes": "2027-06-04"}, "plan_from"),
        ("2027-05-03", {"opens": "2027-04-05", "closes": "2027-04-16"}, "plan_from"),
        ("2027-04-12", {"opens": "2027-03-29", "closes": "2027-04-02"}, "leaves time for it is 2027-05-03"),
        ("2027-03-22", {}, ""),
    ],
)  # fmt: skip
def test_a_cohort_that_starts_soon_gets_a_plan_that_fits(
    root: Path, monkeypatch: pytest.MonkeyPatch, start: str, said: dict[str, str], told: str
) -> None:
    monkeypatch.setenv("HANDBOOK_TODAY", "2027-03-22")

    result = run(root, "new", "cohort", "--program", "small", "--start", start, "--name", "soon")

    assert result.exit_code == 0, result.output
    fit = {"plan_from": "2027-03-22", "sign_up": said} if said else {}
    assert values(root, "programs/small/soon.yml") == {"start": start, **fit}
    assert told in result.stdout
    assert bool(told) == ("The usual plan would have begun" in result.stdout)


@pytest.mark.parametrize("name", ["2027-spring", "2027 Spring!", "Program", "Training", "goals", "x" * 81])
def test_a_cohort_cannot_be_called_as_something_else(root: Path, name: str) -> None:
    before = files(root)

    result = run(root, "new", "cohort", "--program", "small", "--start", "2027-02-01", "--name", name)

    assert result.exit_code == 2
    assert files(root) == before


@pytest.mark.parametrize("start", ["2027-02-30", "01.02.2027", "0001-01-01", "9999-12-31"])
def test_a_cohort_starts_on_a_real_day(root: Path, start: str) -> None:
    assert run(root, "new", "cohort", "--program", "small", "--start", start).exit_code == 2


def test_a_cohort_of_a_broken_program_is_not_written(root: Path) -> None:
    write(root, "programs/small/program.yml", BROKEN)
    before = files(root)

    result = run(root, "new", "cohort", "--program", "small", "--start", "2027-09-06")

    assert result.exit_code == 1
    assert "programs/small/program.yml:" in result.stdout
    assert files(root) == before


# --- new --fresh --------------------------------------------------------------------------------


def fresh(root: Path, *words: str, name: str = "Ours") -> Result:
    return run(root, "new", "--fresh", "--name", name, "--yes", *words)


@pytest.mark.parametrize("name", ["Ours", *HOSTILE])
def test_fresh_removes_the_example(shipped: Path, name: str) -> None:
    options = ("--timezone", "Asia/Kolkata", "--contact", "m@ours.example", "--repository", "private")

    result = fresh(shipped, *options, name=name)

    assert result.exit_code == 0, result.output
    assert list(files(shipped)) == ["programs/organisation.yml"]
    assert [path.name for path in (shipped / "programs").iterdir()] == ["organisation.yml"]
    assert_clean(shipped)
    contact = {"purpose": "program", "label": "Reverse mentoring team", "address": "m@ours.example"}
    assert values(shipped, "programs/organisation.yml") == {
        "name": name, "timezone": "Asia/Kolkata", "repository": "private", "contacts": [contact],
    }  # fmt: skip
    assert result.stdout.rstrip().endswith("new program")


@pytest.mark.parametrize(("zone", "name"), [("Asia/Kolkata", "Asia/Kolkata"), ("Nowhere", "UTC")])
def test_fresh_takes_the_time_zone_of_this_computer(
    shipped: Path, monkeypatch: pytest.MonkeyPatch, zone: str, name: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    words = ["-C", str(shipped), "new", "--fresh", "--name", "Ours", "--yes"]
    subprocess.run([*HANDBOOK, *words], check=True, capture_output=True)

    assert values(shipped, "programs/organisation.yml")["timezone"] == name


def test_after_fresh_the_first_program_works_at_once(shipped: Path) -> None:
    fresh(shipped)

    assert new_program(shipped).exit_code == 0
    assert_clean(shipped)


def test_fresh_keeps_and_names_what_the_organisation_wrote(shipped: Path) -> None:
    write(shipped, "programs/small/program.yml", PROGRAM)
    changed = "programs/inclusive-leadership/program.yml"
    write(shipped, changed, (shipped / changed).read_text("utf-8") + "# ours\n")

    result = fresh(shipped)

    assert result.exit_code == 0, result.output
    assert set(files(shipped)) == {"programs/organisation.yml", "programs/small/program.yml", changed}
    assert "programs/small/program.yml" in result.stdout
    assert changed in result.stdout


def test_fresh_refuses_to_break_what_the_organisation_wrote(shipped: Path) -> None:
    write(shipped, "programs/digital-fluency/ours.yml", "start: 2028-02-01\n")
    before = files(shipped)

    result = fresh(shipped)

    assert result.exit_code == 1
    assert "Nothing was removed" in result.stderr
    assert files(shipped) == before


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("example: true", "example: false", "yours already"),
        ("name: Northwind Health", "name: Ours", "You changed programs/organisation.yml"),
        ("name: Northwind Health", "name: [", "yours already"),
    ],
)
def test_fresh_refuses_to_replace_an_organisation(shipped: Path, before: str, after: str, said: str) -> None:
    file = shipped / "programs/organisation.yml"
    file.write_text(file.read_text("utf-8").replace(before, after), "utf-8")
    stood = files(shipped)

    result = fresh(shipped)

    assert result.exit_code == 1
    assert said in result.stderr
    assert files(shipped) == stood


def test_windows_line_ends_are_no_change(shipped: Path) -> None:
    for path, content in files(shipped).items():
        (shipped / path).write_bytes(content.replace(b"\n", b"\r\n"))

    assert fresh(shipped).exit_code == 0
    assert list(files(shipped)) == ["programs/organisation.yml"]


def test_fresh_helps_where_there_is_no_organisation(root: Path) -> None:
    (root / "programs/organisation.yml").unlink()

    assert fresh(root).exit_code == 0
    assert_clean(root)
    assert (root / "programs/small/program.yml").read_text("utf-8") == PROGRAM


def test_fresh_without_a_yes_removes_nothing(shipped: Path) -> None:
    before = files(shipped)

    assert run(shipped, "new", "--fresh", "--name", "Ours").exit_code == 2
    assert run(shipped, "new", "--fresh", "--name", "Ours", typed="n\n").exit_code != 0
    assert files(shipped) == before


@pytest.mark.parametrize(
    ("option", "answer", "said"),
    [
        ("--timezone", "London", "Did you mean `Europe/London`?"),
        ("--timezone", "Europe/Lundon", "Did you mean `Europe/London`?"),
        ("--timezone", "../../etc/passwd", "is not a time zone"),
        ("--contact", "javascript:alert(1)", "`address` cannot be"),
        ("--concern", "javascript:alert(1)", "`address` cannot be"),
        ("--repository", "secret", "Choose one of: public, private."),
    ],
)
def test_fresh_refuses_wrong_answers(shipped: Path, option: str, answer: str, said: str) -> None:
    before = files(shipped)

    result = fresh(shipped, option, answer)

    assert result.exit_code == 2
    assert said in result.stderr
    assert files(shipped) == before


# --- starter files ------------------------------------------------------------------------------


def test_every_commented_line_is_true_when_its_hash_is_taken_away(root: Path) -> None:
    made = {
        "organisation.yml": filled("starter/organisation.yml", **OURS),
        "new/program.yml": STARTER,
        "new/2027.yml": COHORT,
    }
    for path, text in made.items():
        write(
            root, f"programs/{path}", re.sub(r"^# (?=[a-z_]+: ?[\[{\n]| +- )", "", text, flags=re.MULTILINE)
        )

    assert_clean(root)
    assert {"sponsor", "commitment", "topics", "forms"} <= set(values(root, "programs/new/program.yml"))
    assert {"people", "pairings"} <= set(values(root, "programs/new/2027.yml"))
    assert {"contacts", "holidays"} <= set(values(root, "programs/organisation.yml"))


@given(st.text().map(lambda text: signs.UNSEEN.sub("", text)))
def test_any_text_is_read_as_it_was_written(text: str) -> None:
    found = document.read("x.yml", f"[{quoted_answer(text)}]".encode())

    assert isinstance(found, document.Document)
    assert found.values == [text]


@given(st.floats(-1e9, 1e9))
def test_any_number_is_read_as_it_was_written(value: float) -> None:
    found = document.read("x.yml", f"[{flow(value)}]")

    assert isinstance(found, document.Document)
    assert found.values == [value]


def test_the_files_are_as_short_as_promised() -> None:
    assert len(STARTER.splitlines()) == 12
    assert len([line for line in COHORT.splitlines() if not line.startswith("#")]) == 1


@pytest.mark.parametrize("text", [STARTER,
                                  COHORT,
                                  filled("starter/organisation.yml", **OURS)])  # fmt: skip
def test_the_first_line_leads_an_editor_to_the_schema(text: str) -> None:
    path = re.match(r"# yaml-language-server: \$schema=(\.\./)+(schemas/[a-z]+\.schema\.json)\n", text)

    assert path
    assert (DATA.parents[2] / path[2]).is_file()


def test_the_address_that_adds_a_program_is_short_enough_and_relative_to_the_readme() -> None:
    source = Source("programs/my-program/program.yml", STARTER)
    address = Host("../..").address(source)

    assert re.fullmatch(r"\.\./\.\./new/main\?filename=programs%2F[\w.%-]+&value=[\w.%~-]+", address)
    assert len(Host("https://github.com/organisation/repository").address(source)) < 8000


# --- a driven terminal --------------------------------------------------------------------------


@contextmanager
def terminal(root: Path, *words: str) -> Iterator[Any]:
    screen = pexpect.spawn(
        HANDBOOK[0],
        [*HANDBOOK[1:], *words],
        cwd=str(root),
        encoding="utf-8",
        timeout=30,
        dimensions=(40, 200),
    )
    try:
        yield screen
    finally:
        screen.close()


def answer(screen: Any, question: str, *said: str) -> None:
    """Wait for a question, then type; of several answers all but the last are refused."""
    screen.expect_exact(question)
    screen.expect_exact("> ")
    for wrong in said[:-1]:
        screen.sendline(wrong)
        screen.expect_exact("Error: ")
        screen.expect_exact("> ")
    screen.sendline(said[-1])


def interrupt(screen: Any, said: str) -> None:
    """Press Ctrl-C until it is heard: Python misses one that comes just before it starts to read."""
    for _ in range(15):
        screen.sendintr()
        if screen.expect_exact([said, pexpect.TIMEOUT], timeout=2) == 0:
            return
    pytest.fail(f"Ctrl-C was not heard: {screen.before}")


def test_a_person_writes_a_program(root: Path) -> None:
    title = 'Ask "why": a #1 {{ program }} 😀'
    with terminal(root, "new", "program") as screen:
        answer(screen, "What is the programme called?", "   ", "x" * 121, title)
        answer(screen, "Who mentors whom", "Anna's team: everyone # really")
        answer(screen, "What do you want to reach?", "A goal")
        answer(screen, "What will you count", "Things")
        answer(screen, "What is that number in?", "%")
        answer(screen, "What is it today?", "twenty", "20")
        answer(screen, "What should it be at the end?", "")
        screen.expect_exact("programs/ask-why-a-1-program/program.yml is written and has no errors.")
        screen.expect(pexpect.EOF)

    assert screen.exitstatus == 0
    assert_clean(root)
    measure = {"what": "Things", "unit": "%", "baseline": 20}
    assert values(root, "programs/ask-why-a-1-program/program.yml") == {
        "title": title,
        "summary": "Anna's team: everyone # really",
        "goals": [{"title": "A goal", "measure": measure}],
    }


def test_a_person_is_asked_for_another_folder_only_where_it_is_taken(root: Path) -> None:
    with terminal(root, "new", "program") as screen:
        answer(screen, "What is the programme called?", "Small")
        answer(screen, "Who mentors whom", "S")
        answer(screen, "What do you want to reach?", "G")
        answer(screen, "What will you count", "")
        screen.expect_exact("There is already a programme in programs/small/.")
        answer(screen, "What should its folder be called?", "small", "Not this", "small-2")
        screen.expect(pexpect.EOF)

    assert screen.exitstatus == 0
    assert "[double-title]" in screen.before
    assert (root / "programs/small/program.yml").read_text("utf-8") == PROGRAM
    assert (root / "programs/small-2/program.yml").is_file()


def test_a_person_writes_a_cohort(root: Path) -> None:
    with terminal(root, "new", "cohort") as screen:
        answer(screen, "On which day", "6 September", "2027-02-30", "2027-09-06")
        answer(screen, "What is the cohort called?", "2027 spring", "")
        screen.expect_exact("programs/small/2027-september.yml is written and has no errors.")
        screen.expect(pexpect.EOF)

    assert screen.exitstatus == 0
    assert_clean(root)


def test_a_person_starts_afresh(shipped: Path) -> None:
    with terminal(shipped, "new", "--fresh") as screen:
        answer(screen, "What is your organisation called?", "Ours: the “best”")
        answer(screen, "In which time zone", "London", "Europe/London")
        answer(screen, "Which shared mailbox", "none", "")
        answer(
            screen, "outside the mentoring team takes serious concerns", "Jo", "https://ours.example/speak-up"
        )
        answer(screen, "safeguarding", "none", "")
        answer(screen, "union or staff council", "council@ours.example")
        answer(screen, "is responsible for equality", "")
        answer(screen, "Who can read this repository", "all", "")
        screen.expect_exact("goes:  programs/digital-fluency/program.yml")
        screen.expect_exact("Remove the example? [y/N]: ")
        screen.sendline("y")
        screen.expect(r"handbook.* new program")
        screen.expect(pexpect.EOF)

    assert screen.exitstatus == 0
    assert values(shipped, "programs/organisation.yml") == {
        "name": "Ours: the “best”", "timezone": "Europe/London", "repository": "public", "contacts": [
            {"purpose": "concern", "label": "Speak-up page", "address": "https://ours.example/speak-up"},
            {"purpose": "union", "label": "Union or staff council", "address": "council@ours.example"},
        ],
    }  # fmt: skip
    assert_clean(shipped)


@pytest.mark.parametrize("words", [["program"], ["cohort"], ["--fresh"]], ids=" ".join)
def test_an_interrupted_person_has_written_nothing(shipped: Path, words: list[str]) -> None:
    before = files(shipped)
    with terminal(shipped, "new", *words) as screen:
        screen.expect_exact("> ")
        interrupt(screen, "Stopped. Nothing was written.")
        screen.expect(pexpect.EOF)

    assert screen.exitstatus == 1
    assert files(shipped) == before


def test_fresh_stopped_at_the_last_question_removes_nothing(shipped: Path) -> None:
    before = files(shipped)
    with terminal(shipped, "new", "--fresh", "--name", "Ours") as screen:
        screen.expect_exact("Remove the example? [y/N]: ")
        screen.sendline("")
        screen.expect_exact("Stopped. Nothing was written.")
        screen.expect(pexpect.EOF)

    assert screen.exitstatus == 1
    assert files(shipped) == before
