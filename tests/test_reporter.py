"""A problem is shown above the line that it was found in, also where that line is not on the disk yet."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from handbook.cli import main
from handbook.cli.terminal.files import write_checked
from handbook.cli.terminal.reporter import show
from handbook.load.repository import load
from handbook.rules.schema import shareable
from handbook.text.problems import Problem, as_json
from tests.repository import COHORT, SHORT, write

COHORT_FILE = "programs/digital-fluency/2027-spring.yml"
PEOPLE = "people:\n  - {id: ada, role: mentor}\n  - {id: jo, role: mentee}\n"
PAIRING = (
    "pairings:\n  - mentor: ada\n    mentee: jo\n    confirmed: {mentor: 2027-01-20, mentee: 2027-01-22}\n"
)
LEFT_IN = (
    "dates: {kick-off: 2027-02-06}\n"
    "results:\n  lessons:\n    - {said: TODO, did: nothing}\n    - {said: Fourth, did: nothing is wrong}\n"
)
DAY = ("dates: {kick-off: 2027-02-06}", "2027-02-06}")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HANDBOOK_TODAY", "2027-03-20")
    write(tmp_path, {**SHORT, COHORT_FILE: COHORT + PEOPLE + PAIRING + LEFT_IN})
    return tmp_path


def pointed(output: str) -> list[tuple[str, str]]:
    """Each line that has a caret below it, with the sign that the caret points at and what follows."""
    lines = output.split("\n")
    carets = [number for number, line in enumerate(lines) if line.strip() == "| ^" or line.endswith(" ^")]
    return [(lines[at - 1].partition(" | ")[2], lines[at - 1][len(lines[at]) - 1 :]) for at in carets]


def test_the_line_of_a_problem_is_that_of_the_text_about_to_be_written(root: Path) -> None:
    words = ("mark", "digital-fluency", "2027-spring", "ada", "jo", "--paused")

    result = CliRunner().invoke(main, ["-C", str(root), *words])

    assert 0 == result.exit_code, result.output
    assert [DAY] == pointed(result.output)
    assert "[placeholder-left]" in result.output


def test_the_line_of_an_error_that_refuses_a_text_is_that_of_the_text(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"title: New\nplan_from: 2027-13-01\n{(root / COHORT_FILE).read_text('utf-8')}"

    with pytest.raises(click.ClickException):
        write_checked(root, COHORT_FILE, text)

    assert ("plan_from: 2027-13-01", "2027-13-01") in pointed(capsys.readouterr().out)


def test_a_line_that_holds_what_is_private_is_shown_for_no_problem(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of a text that is not on the disk yet, too."""
    text = (root / COHORT_FILE).read_text("utf-8").replace("said: Fourth", "sayd: Fourth, religion: secret")

    with pytest.raises(click.ClickException):
        write_checked(root, COHORT_FILE, f"# new\n{text}")

    shown = capsys.readouterr().out
    assert "[protected-characteristic]" in shown
    assert "[unknown-key]" in shown
    assert "secret" not in shown


def test_nothing_reads_the_disk_to_show_a_problem(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    problems = load(root)[1]
    (root / COHORT_FILE).write_text("\n" * 30, "utf-8")

    show(root, problems)

    assert DAY in pointed(capsys.readouterr().out)


def test_a_line_makes_no_problem_another_one_and_stands_in_no_json() -> None:
    problem = Problem("mkdocs.yml", 2, 1, "unknown-key", "No.")
    [lined] = shareable([problem], {"mkdocs.yml": "\ufeffone\r\ntwo\n".encode()})

    assert "two" == lined.source
    assert problem == lined
    assert hash(problem) == hash(lined)
    assert as_json([problem]) == as_json([lined])
    assert "source" not in json.loads(as_json([lined]))[0]
    assert "two" == shareable([lined], {"mkdocs.yml": b"other\nlines\n"})[0].source
    assert "" == shareable([replace(problem, line=9)], {"mkdocs.yml": b"one"})[0].source
