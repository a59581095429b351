"""`handbook new program`: a few answers -> programs/ID/program.yml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from math import isfinite
from pathlib import Path

import click

from ...rules.checks import names_fit_addresses
from ...text.edit import starter
from ..terminal.files import file_name, refuse_elsewhere, write_checked
from ..terminal.next_step import here, say_next
from ..terminal.questions import Answers, Question, by_schema, first


def _number_wrong(answer: str) -> str:
    try:
        value = float(answer)
    except ValueError:
        value = float("inf")
    return "" if isfinite(value) and abs(value) <= 1e9 else "Please write a number alone, such as 20 or 12.5."


_MEASURE = ("program", "goals", 0, "measure")
_SAID = starter.EXAMPLE
_QUESTIONS = (
    Question("title", "What is the program called?", by_schema("program", "title"), _SAID.title),
    Question(
        "summary",
        "Who mentors whom on what, in one sentence?",
        by_schema("program", "summary"),
        _SAID.summary,
    ),
    Question("goal", "What do you want to reach?", by_schema("program", "goals", 0, "title"), _SAID.goal),
    Question(
        "measure",
        "What will you count to know that you reached it?",
        by_schema(*_MEASURE, "what"),
        _SAID.measure,
        needed=False,
    ),
)
_ABOUT_MEASURE = (
    Question("unit", "What is that number in?", by_schema(*_MEASURE, "unit"), "%", needed=False),
    Question("baseline", "What is it today?", _number_wrong, "20", needed=False),
    Question("target", "What should it be at the end?", _number_wrong, "80", needed=False),
)


@click.command("program")
@click.option("--title", help="What the program is called.")
@click.option("--summary", help="Who mentors whom on what, in one sentence.")
@click.option("--goal", help="What you want to reach.")
@click.option("--measure", help="What you will count to know that you reached it.")
@click.option("--unit", help="What that number is in, such as %.")
@click.option("--baseline", help="The number today.")
@click.option("--target", help="The number you want at the end.")
@click.option("--id", help="The folder's name: a-z, 0-9 and hyphens. [default: from the title]")
@click.pass_obj
def new_program(root: Path, /, **options: str | None) -> None:
    """Write programs/ID/program.yml, which checks clean and is yours to go on with."""
    refuse_elsewhere(root)
    answers = Answers(options, ("title", "summary", "goal"))
    said = {question.option: answers.take(question) for question in _QUESTIONS}
    said |= {question.option: _measured(answers, question, said["measure"]) for question in _ABOUT_MEASURE}
    folder = _folder_name(root, answers, said["title"])
    path = f"programs/{folder}/program.yml"
    write_checked(root, path, starter.program(_read(said)))
    done = f"{path} is written and has no errors. Open it and go on from the comments in it."
    then = here(root, "new", "cohort", "--program", folder)
    say_next(done, "When you know the first day, start a cohort:", then)


def _read(said: Mapping[str, str]) -> starter.ProgramAnswers:
    baseline, target = (float(said[name]) if said[name] else None for name in ("baseline", "target"))
    return starter.ProgramAnswers(
        said["title"], said["summary"], said["goal"], said["measure"], said["unit"], baseline, target
    )


def _measured(answers: Answers, question: Question, measure: str) -> str:
    """Ask for a number's unit and values only where there is something to count."""
    if measure:
        return answers.take(question)
    if answers.options[question.option] is not None:
        raise click.BadParameter("Say with --measure what is counted.", param_hint=f"--{question.option}")
    return ""


def _folder_name(root: Path, answers: Answers, title: str) -> str:
    """Make a name of the title; ask for one only where that does not do."""
    usual = file_name(title)
    question = Question("id", "What should its folder be called?", partial(_folder_wrong, root), "our-app")
    if answers.options["id"] is not None:
        return answers.take(question)
    wrong = _folder_wrong(root, usual)
    if wrong and answers.silent:
        raise click.BadParameter(wrong, param_hint="--id")
    if wrong:
        click.echo(wrong)
    return answers.take(question) if wrong else usual


def _folder_wrong(root: Path, name: str) -> str:
    if wrong := first(names_fit_addresses("programs", name)):
        return wrong
    taken = (root / "programs" / name / "program.yml").exists()
    return f"There is already a program in programs/{name}/. Choose another name." if taken else ""
