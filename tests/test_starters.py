"""`handbook new program --like FIELD`: six programs to begin with, each complete and its field's own."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from handbook import DATA
from handbook.cli import main
from handbook.contents.build import Build
from handbook.load.repository import load
from handbook.pages.rendering import pages
from tests.repository import write

FIELDS = ("hospital", "council", "law-firm", "bank", "university", "factory")
# What no other field would say.
OWN = {
    "hospital": ["rota", "registered with a regulator", "No patient comes into the room"],
    "council": ["politically restricted", "may have to be disclosed", "committee calendar"],
    "law-firm": ["billable", "information barrier", "No client and no matter"],
    "bank": ["inside information", "Conduct rules", "works council"],
    "university": ["doctoral", "within two terms", "Student mentors are paid"],
    "factory": ["Safety shoes", "no laptop", "union"],
}
COHORT = "start: 2027-02-01\n"


def new(root: Path, *words: str, typed: str = "") -> Result:
    (root / "programs").mkdir(exist_ok=True)
    write(root, {"programs/organisation.yml": "name: Small Steps\n"})
    return CliRunner().invoke(main, ["-C", str(root), "new", "program", *words], input=typed)


def written(root: Path) -> str:
    [file] = (root / "programs").glob("*/program.yml")
    return file.read_text("utf-8")


def starter(field: str) -> Any:
    text = (DATA / f"cli/starter/like/{field}.yml").read_text("utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)


def test_there_is_a_starter_for_each_field_and_no_other() -> None:
    assert sorted(FIELDS) == sorted(file.stem for file in (DATA / "cli/starter/like").iterdir())


@pytest.mark.parametrize("field", FIELDS)
def test_pressing_enter_makes_a_program_that_checks_and_has_all_its_pages(tmp_path: Path, field: str) -> None:
    result = new(tmp_path, "--like", field, typed="\n" * 7)

    assert 0 == result.exit_code, result.output
    [file] = (tmp_path / "programs").glob("*/program.yml")
    write(tmp_path, {f"{file.parent.relative_to(tmp_path)}/2027-spring.yml": COHORT})
    handbook, problems = load(tmp_path)
    assert handbook is not None
    assert [] == [problem for problem in problems if problem.severity == "error"]
    # It is as complete as one can be without a sponsor, a form's link, contacts and what the law says,
    # which only they know.
    known = {"no-sponsor", "no-form-at-the-end", "no-contact-for-concerns", "no-privacy-notice"}
    assert known >= {one.code for one in problems}
    texts = " ".join(page.text for page in pages.render(handbook, Build(date(2026, 12, 10))))
    [program] = handbook.programs
    titles = [goal.title for goal in program.goals] + [topic.title for topic in program.topics]
    for title in (*titles, *(session.title for session in program.sessions)):
        assert title in unescape(texts)
    for said in OWN[field][:1]:
        assert said in texts


@pytest.mark.parametrize("field", FIELDS)
def test_each_differs_where_its_field_does(field: str) -> None:
    text = (DATA / f"cli/starter/like/{field}.yml").read_text("utf-8")
    more = yaml.load(starter(field)["more"], Loader=yaml.CSafeLoader)

    for said in OWN[field]:
        assert said in text
    assert 2 <= len([topic for topic in more["topics"] if isinstance(topic, dict)])
    assert 1 <= len([one for one in more["sessions"] if isinstance(one, dict) and "agenda" in one])
    assert 3 <= len([rule for rule in more["playbook"]["ground-rules"]["take"] if isinstance(rule, dict)])
    assert 3 <= len(more["faq"])
    assert {"mentor", "mentee"} == more["eligibility"].keys()
    assert "Find these before sign-up opens" in text


def test_no_two_say_the_same_rules_topics_or_goals() -> None:
    said: list[str] = []
    for field in FIELDS:
        more = yaml.load(starter(field)["more"], Loader=yaml.CSafeLoader)
        rules = more["playbook"]["ground-rules"]["take"]
        titled = (*more["topics"], *more["sessions"], *rules)
        said += [one["title"] for one in titled if isinstance(one, dict) and "title" in one]
        said += [starter(field)["answers"][name] for name in ("title", "summary", "goal", "measure")]

    assert len(said) == len(set(said))


@pytest.mark.parametrize("field", FIELDS)
def test_no_starting_point_is_made_up_and_targets_are_called_examples(tmp_path: Path, field: str) -> None:
    new(tmp_path, "--like", field, typed="\n" * 7)
    text = written(tmp_path)

    goals = yaml.load(text, Loader=yaml.CSafeLoader)["goals"]
    assert [] == [goal for goal in goals if "baseline" in goal["measure"]]
    assert "# The targets are examples: put in your own." in text


def test_the_same_questions_are_asked_as_without_it(tmp_path: Path) -> None:
    def asked(folder: str, *words: str, typed: str) -> list[str]:
        (tmp_path / folder).mkdir()
        said = new(tmp_path / folder, *words, typed=typed).output
        return re.findall(r"(?m)^(?:> )?([A-Z][^?\n]*\?)", said)

    plain = asked("plain", typed="A\nB\nC\nD\n%\n1\n2\n")

    assert 7 == len(plain)
    assert plain == asked("like", "--like", "bank", typed="\n" * 7)


def test_answers_count_more_than_the_field_s(tmp_path: Path) -> None:
    result = new(tmp_path, "--like", "bank", "--title", "Ours", "--summary", "We learn.", "--goal", "Learn")

    assert 0 == result.exit_code, result.output
    said = yaml.load(written(tmp_path), Loader=yaml.CSafeLoader)
    assert ("Ours", "We learn.", "Learn") == (said["title"], said["summary"], said["goals"][0]["title"])
    assert starter("bank")["answers"]["measure"] == said["goals"][0]["measure"]["what"]


def test_another_measure_takes_no_number_from_the_field(tmp_path: Path) -> None:
    words = ("--title", "Ours", "--summary", "We learn.", "--goal", "Learn", "--measure", "Visits")
    new(tmp_path, "--like", "bank", *words)

    goals = yaml.load(written(tmp_path), Loader=yaml.CSafeLoader)["goals"]
    assert {"what": "Visits"} == goals[0]["measure"]


def test_a_field_that_is_not_there_is_answered_with_all_that_are(tmp_path: Path) -> None:
    result = new(tmp_path, "--like", "zoo")

    assert 2 == result.exit_code
    for field in FIELDS:
        assert f"'{field}'" in result.output
    assert [] == [*(tmp_path / "programs").glob("*/program.yml")]
