"""The classic traps of YAML: a file is read as a person means it, or refused with one clear problem.

Here a whole repository is loaded; what the reader alone makes of a file stands in test_document.py.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from handbook.load.repository import load
from handbook.model.handbook import Handbook
from handbook.text.problems import MOST_PROBLEMS, Problem, errors
from tests.mutations import SECONDS, within
from tests.repository import COHORT, PROGRAM, SHORT, write

ORGANISATION = "programs/organisation.yml"
PATH = "programs/digital-fluency/program.yml"
RUN = "programs/digital-fluency/2027-spring.yml"
LINES = PROGRAM.count("\n")
TITLE = "title: Digital fluency\n"
BOMB = (
    PROGRAM.replace("[ai-tools, the-rest]", "&a [ai-tools, the-rest]")
    + "training: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n"
    + "sessions: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]\n"
    + "milestones: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]\n"
    + "resources: [*d, *d, *d, *d, *d, *d, *d, *d, *d]\n"
)


def loaded(root: Path, path: str, content: str | bytes) -> tuple[Handbook | None, tuple[Problem, ...]]:
    """Load the short repository with one file in place of its own, in the time that a person would wait."""
    write(root, SHORT)
    (root / path).write_bytes(content if isinstance(content, bytes) else content.encode())
    with within(SECONDS):
        return load(root)


def titled(written: str) -> str:
    return PROGRAM.replace(TITLE, f"title: {written}\n")


# --- read as it is meant --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"),
        ("12:30", "12:30"),
        ("010", "010"),
        ("1_000", "1_000"),
        ("0x1f", "0x1f"),
        ("2026-02-30", "2026-02-30"),
        (".inf", ".inf"),
        ("1e9999x", "1e9999x"),
        ("team# 1", "team# 1"),
        ('"team #1"', "team #1"),
        ("Team     # one of many", "Team"),
        ("“Team” of one", "“Team” of one"),
        ("\tTeam", "Team"),
        ('"2027"', "2027"),
        ("'~'", "~"),
    ],
)
def test_a_title_is_what_stands_there(tmp_path: Path, written: str, meant: str) -> None:
    handbook, _ = loaded(tmp_path, PATH, titled(written))

    assert handbook is not None
    assert meant == handbook.programs[0].title


@pytest.mark.parametrize(
    "saved",
    [
        "\ufeff" + PROGRAM,
        PROGRAM.replace("\n", "\r\n"),
        "\ufeff" + PROGRAM.replace("\n", "\r\n"),
        PROGRAM.replace("\n", "\r"),
        PROGRAM.rstrip(),
        PROGRAM.replace("\n", "   \n\n"),
        f"---\n{PROGRAM}...\n",
        json.dumps(yaml.safe_load(PROGRAM)),
        json.dumps(yaml.safe_load(PROGRAM), indent="\t"),
    ],
    ids=[
        "byte order mark", "CRLF", "byte order mark and CRLF", "CR", "no last line feed", "blanks at the end",
        "between --- and ...", "JSON", "JSON with tabs",
    ],
)  # fmt: skip
def test_editors_and_programs_may_save_it_in_their_way(tmp_path: Path, saved: str) -> None:
    plain, _ = loaded(tmp_path, PATH, PROGRAM)
    handbook, _ = loaded(tmp_path, PATH, saved)

    assert handbook is not None
    assert repr(plain) == repr(handbook)  # a program equals none but itself


def test_a_time_of_day_is_no_number_of_seconds(tmp_path: Path) -> None:
    said = f"{PROGRAM}milestones: [{{id: kick-off, time: 12:30}}, the-rest]\n"
    handbook, _ = loaded(tmp_path, PATH, said)

    assert handbook is not None
    assert "12:30" in [milestone.time for milestone in handbook.programs[0].milestones]


# --- refused with one problem ---------------------------------------------------------------------


class Trap(NamedTuple):
    """A file that cannot be meant so: where its one problem stands, its code, and a word of the remedy."""

    content: str | bytes
    line: int
    column: int
    code: str
    remedy: str
    path: str = PATH


TRAPS = {
    "team #1": Trap(titled("team #1"), 1, 13, "swallowed-text", "double quotes"),
    "#1 team": Trap(titled("#1 team"), 1, 8, "swallowed-text", "double quotes"),
    "~": Trap(titled("~"), 1, 8, "wrong-type", "Digital fluency"),
    "nothing": Trap(titled(""), 1, 7, "wrong-type", "Digital fluency"),
    "a year": Trap(titled("2027"), 1, 8, "wrong-type", '`"2027"`'),
    "true": Trap(titled("true"), 1, 8, "wrong-type", '`"true"`'),
    "a colon": Trap(titled("Digital: fluency"), 1, 8, "yaml-syntax", '"Digital: fluency"'),
    "a day that is none": Trap(
        COHORT.replace("2027-02-01", "2026-02-30"), 2, 8, "impossible-date", "day", RUN
    ),
    "a day without zeros": Trap(
        COHORT.replace("2027-02-01", "2027-2-1"), 2, 8, "wrong-pattern", "2027-02-01", RUN
    ),
    "no for false": Trap(
        PROGRAM.replace("weeks: 3", "weeks: 3, protected_time: no"), 7, 72, "wrong-type", "`false`"
    ),
    "1_000 for a number": Trap(PROGRAM.replace("80", "1_000"), 6, 95, "wrong-type", "1000"),
    "010 for a number": Trap(PROGRAM.replace("80", "010"), 6, 95, "wrong-type", "10"),
    "12:30 for minutes": Trap(PROGRAM.replace(": 60", ": 12:30"), 7, 36, "wrong-type", "60"),
    ".inf for a number": Trap(PROGRAM.replace("80", ".inf"), 6, 95, "wrong-type", "80"),
    "1e999 for a number": Trap(PROGRAM.replace("80", "1e999"), 6, 95, "wrong-type", "80"),
    "1,000 for a number": Trap(PROGRAM.replace("80", "1,000"), 6, 97, "unknown-key", "number"),
    "a key twice": Trap(f"{PROGRAM}title: B\n", LINES + 1, 1, "duplicate-key", "one of the two"),
    "a key twice, once in quotes": Trap(
        f'{PROGRAM}"title": B\n', LINES + 1, 1, "duplicate-key", "one of the two"
    ),
    "a merge key": Trap(PROGRAM.replace("{sessions: 6", "{<<: {sessions: 6}"), 7, 14, "merge-key", "out"),
    "an alias bomb": Trap(BOMB, 8, 9, "anchor", "quotes"),
    "an object of Python": Trap(
        f"{PROGRAM}why: !!python/object/apply:os.system [exit]\n", LINES + 1, 6, "tag", "quotes"
    ),
    "brackets": Trap(f"{PROGRAM}why: {'[' * 3000}", LINES + 1, 46, "too-deep", "bracket"),
    "brackets that close": Trap(
        f"{PROGRAM}why: {'[' * 3000}{']' * 3000}\n", LINES + 1, 46, "too-deep", "bracket"
    ),
    "braces": Trap(f"{PROGRAM}why: {'{a: ' * 3000}", LINES + 1, 166, "too-deep", "bracket"),
    "lists in one line": Trap(f"{PROGRAM}why:\n  {'- ' * 3000}a\n", LINES + 2, 83, "too-deep", "indentation"),
    "question marks": Trap(f"{PROGRAM}{'? ' * 3000}a\n", LINES + 1, 3, "key-not-text", "key: value"),
    "steps further in": Trap(
        f"{PROGRAM}why:\n" + "".join(f"{' ' * at}a:\n" for at in range(1, 1_000)),
        LINES + 42, 42, "too-deep", "indentation",
    ),
    "Latin-1": Trap(titled("Café").encode("latin-1"), 1, 1, "not-utf-8", "UTF-8"),
    "UTF-16": Trap(PROGRAM.encode("utf-16"), 1, 1, "not-utf-8", "UTF-8"),
    "NUL": Trap(titled("Digital\0fluency"), 1, 15, "control-character", "Delete it"),
    "turned round": Trap(titled("Digital\u202efluency"), 1, 15, "control-character", "Delete it"),
    "a tab": Trap(PROGRAM.replace("  - title", "\t- title"), 5, 1, "yaml-syntax", "spaces"),
    "empty": Trap("", 1, 1, "empty-file", "handbook new"),
    "only comments": Trap("# title: A\n", 1, 1, "empty-file", "handbook new"),
    "an empty cohort": Trap("", 1, 1, "empty-file", "handbook new", RUN),
    "an empty organisation": Trap("---\n", 2, 1, "empty-file", "handbook new", ORGANISATION),
    "a word": Trap("hello\n", 1, 1, "wrong-type", "title: …"),
    "a list": Trap("- title: A\n- summary: B\n", 1, 1, "wrong-type", "title: …"),
    "two documents": Trap(f"{PROGRAM}---\n{PROGRAM}", LINES + 1, 1, "two-documents", "---"),
    "one line of 900 kB": Trap(titled("x" * 900_000), 1, 8, "text-too-long", "Shorten"),
    "two megabytes": Trap(PROGRAM + "# so long\n" * 200_000, 1, 1, "file-too-large", "1,000,000"),
}  # fmt: skip


@pytest.mark.parametrize("trap", TRAPS.values(), ids=TRAPS)
def test_what_cannot_be_meant_is_refused_with_one_problem(tmp_path: Path, trap: Trap) -> None:
    handbook, problems = loaded(tmp_path, trap.path, trap.content)

    assert handbook is None
    [problem] = errors(problems)
    assert (trap.path, trap.line, trap.column, trap.code) == (
        problem.path, problem.line, problem.column, problem.code,
    )  # fmt: skip
    assert trap.remedy in problem.hint


@pytest.mark.parametrize(
    "content",
    [
        PROGRAM + "".join(f"key-{number}: 1\n" for number in range(75_000)),
        "{" + ", ".join(f'"key-{number}": 1' for number in range(60_000)) + "}",
        PROGRAM.replace("[ai-tools, the-rest]", f"[{'ai-tools, ' * 90_000}]"),
        PROGRAM.replace("[ai-tools, the-rest]", f"[{'{}, ' * 200_000}]"),
        PROGRAM + f"why: [{'&a [*a], ' * 50_000}]\n",
        PROGRAM + f"why: {'a@' * 9_000}\n",
        PROGRAM + f"why: '{'0 ' * 9_000}'\n",
        PROGRAM + f"why: '{'[](' * 6_000}'\n",
        PROGRAM + f"why: '{'**_' * 6_000}'\n",
    ],
    ids=[
        "unknown keys", "JSON's unknown keys", "equal entries", "empty entries", "anchors", "half addresses",
        "half numbers", "half links", "half emphasis",
    ],
)  # fmt: skip
def test_a_file_that_is_made_to_take_long_takes_no_longer(tmp_path: Path, content: str) -> None:
    _, problems = loaded(tmp_path, PATH, content)

    assert len([problem for problem in problems if problem.path == PATH]) <= MOST_PROBLEMS + 1
