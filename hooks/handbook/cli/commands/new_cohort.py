"""`handbook new cohort`: a first day -> programs/PROGRAM/NAME.yml."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

import click

from ...rules.checks import names_fit_addresses
from ...text.problems import did_you_mean, known
from ..terminal import starter
from ..terminal.files import file_name, refuse_elsewhere, write_checked
from ..terminal.next_step import at, here, say_next
from ..terminal.questions import Answers, Question, by_schema, sentence

_START = Question("start", "On which day does the cohort start?", by_schema("cohort", "start"), "2027-02-01")


@click.command("cohort")
@click.option("--program", help="The program's folder in programs/.")
@click.option("--start", help="The first day, such as 2027-02-01.")
@click.option("--name", help="What the cohort is called, such as “Spring 2027”. [default: from the start]")
@click.pass_obj
def new_cohort(root: Path, /, **options: str | None) -> None:
    """Write programs/PROGRAM/NAME.yml: one run of a program, with its first day."""
    refuse_elsewhere(root)
    answers = Answers(options, ("program", "start"))
    program = _program(root, answers)
    start = date.fromisoformat(answers.take(_START))
    called, name = _cohort_name(answers, root / "programs" / program, start)
    path = f"programs/{program}/{name}.yml"
    write_checked(root, path, starter.cohort(start.isoformat(), "" if called == name else called))
    then = "make serve" if at(root) and Path("Makefile").is_file() else here(root, "build")
    say_next(f"{path} is written and has no errors.", "See what it looks like:", then)


def _program(root: Path, answers: Answers) -> str:
    programs = sorted(file.parent.name for file in (root / "programs").glob("*/program.yml"))
    if not programs:
        raise click.UsageError(f"There is no program yet. Write one first: {here(root, 'new', 'program')}")
    if len(programs) == 1 and answers.options["program"] is None:
        return programs[0]
    question = Question("program", f"Which program: {', '.join(programs)}?", partial(_unknown, programs))
    return answers.take(question)


def _unknown(names: Sequence[str], answer: str) -> str:
    wrong = f"There is no program “{answer}”. {did_you_mean(answer, names)}{known(names)}"
    return "" if answer in names else wrong


def _cohort_name(answers: Answers, folder: Path, start: date) -> tuple[str, str]:
    """Give what the cohort is called, and the name of its file."""
    usual = f"{start:%Y-%B}".lower()  # in English, whatever the computer's language

    def name(called: str) -> str:
        return file_name(called) or usual

    def wrong(called: str) -> str:
        return _file_wrong(folder, f"{name(called)}.yml") or by_schema("cohort", "title")(called)

    called = answers.take(Question("name", "What is the cohort called?", wrong, "Spring 2027"), usual)
    return called, name(called)


def _file_wrong(folder: Path, file: str) -> str:
    if (folder / file).exists():
        return f"There is already a file {file} in {folder.name}/. Choose another name."
    return sentence(names_fit_addresses(f"programs/{folder.name}", file))
