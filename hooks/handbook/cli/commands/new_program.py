"""`handbook new program`: a few answers -> programs/ID/program.yml."""

from __future__ import annotations

from functools import partial
from math import isfinite
from pathlib import Path

import click

from ...rules.checks import names_fit_addresses
from ..terminal import starter
from ..terminal.files import file_name, refuse_elsewhere, write_checked
from ..terminal.next_step import here, say_next
from ..terminal.questions import Answers, Complaint, Question, by_schema, sentence


def _number_wrong(answer: str) -> str:
    try:
        value = float(answer)
    except ValueError:
        value = float("inf")
    return "" if isfinite(value) and abs(value) <= 1e9 else "Please write a number alone, such as 20 or 12.5."


def _question(option: str, text: str, complaint: Complaint, needed: bool = False) -> Question:
    return Question(option, text, complaint, starter.EXAMPLE[option], needed)


_program, _measure = partial(by_schema, "program"), partial(by_schema, "program", "goals", 0, "measure")
_QUESTIONS = (
    _question("title", "What is the program called?", _program("title"), True),
    _question("summary", "Who mentors whom on what, in one sentence?", _program("summary"), True),
    _question("goal", "What do you want to reach?", _program("goals", 0, "title"), True),
    _question("measure", "What will you count to know that you reached it?", _measure("what")),
)
# Asked only where there is something to count.
_ABOUT_MEASURE = (
    _question("unit", "What is that number in?", _measure("unit")),
    _question("baseline", "What is it today?", _number_wrong),
    _question("target", "What should it be at the end?", _number_wrong),
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
    values = {question.option: answers.take(question) for question in _QUESTIONS}
    for question in _ABOUT_MEASURE:
        name = question.option
        if not values["measure"] and options[name] is not None:
            raise click.BadParameter("Say with --measure what is counted.", param_hint=f"--{name}")
        values[name] = answers.take(question) if values["measure"] else ""
    folder = _folder_name(root, answers, values["title"])
    path = f"programs/{folder}/program.yml"
    write_checked(root, path, starter.program(values))
    done = f"{path} is written and has no errors. Open it and go on from the comments in it."
    then = here(root, "new", "cohort", "--program", folder)
    say_next(done, "When you know the first day, start a cohort:", then)


def _folder_name(root: Path, answers: Answers, title: str) -> str:
    """Make a name of the title; ask for one only where that does not do."""
    question = Question("id", "What should its folder be called?", partial(_folder_wrong, root), "our-app")
    if answers.options["id"] is None:
        name = file_name(title)
        wrong = _folder_wrong(root, name)
        if not wrong:
            return name
        if answers.silent:
            raise click.BadParameter(wrong, param_hint="--id")
        click.echo(wrong)
    return answers.take(question)


def _folder_wrong(root: Path, name: str) -> str:
    if wrong := sentence(names_fit_addresses("programs", name)):
        return wrong
    taken = (root / "programs" / name / "program.yml").exists()
    return f"There is already a program in programs/{name}/. Choose another name." if taken else ""
