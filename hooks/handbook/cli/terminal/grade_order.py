"""Grades that stand on no scale that is known: a person says their order for organisation.yml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from ...model.definitions.organisation import Organisation
from ...register.intake.faults import is_harmless
from ...register.ledger.grades import graded
from ...rules.privacy.spellings import normal_form, one_line
from ...text.edit import Impossible, with_value
from ...text.edit.values import flow
from ...text.signs import masked, visible
from .files import write_checked
from .questions import Question
from .reporter import difference, show_difference

_MOST = 40  # where more is answered, it is no list of grades
_TOLD = "Some grades are on no known scale, or on more than one: those are not compared."


def ask_for_order(root: Path, organisation: Organisation, answers: Iterable[str], asks: bool) -> None:
    """Ask a person for the order of the grades, or tell what to write, where they cannot be compared."""
    given = [*{normal_form(answer): one_line(answer) for answer in answers if answer}.values()]
    grades = graded(given, organisation.grades)
    new = [grade for grade in given if grade not in grades] if organisation.grades else given
    if len(grades) == len(given) and len({grade.scale for grade in grades.values()}) < 2:
        return
    click.echo(_TOLD)
    listed = [*organisation.grades, *(grade for grade in new if masked(grade) == grade)]
    if asks and len(listed) <= _MOST:
        if order := _ordered(listed):
            _write(root, organisation.path, order)
    else:
        _tell(organisation.path, [*organisation.grades, *filter(is_harmless, new)])


def _tell(path: str, order: Sequence[str]) -> None:
    lines = f":\n{flow({'grades': order})[1:-1]}" if order else " as `grades`."
    click.echo(f"Write their order into {path}, from junior to senior{lines}")


def _ordered(listed: Sequence[str]) -> list[str]:
    """The grades in the order that a person types; empty where they stay as they are."""
    known = {str(number): grade for number, grade in enumerate(listed, 1)}
    for number, grade in known.items():
        click.echo(f"  {number}  {visible(grade)}")

    def wrong(answer: str) -> str:
        numbers = re.findall(r"\w+", answer)
        right = known.keys() >= {*numbers} and len({*numbers}) == len(numbers) > 1
        return "" if right else f"Give each once, by its number from 1 to {len(listed)}."

    text = "Which is their order, from junior to senior? Type their numbers."
    answer = Question("grades", text, example="2 1 3", optional=True).ask("", wrong)
    return [known[number] for number in re.findall(r"\w+", answer)]


def _write(root: Path, path: str, order: list[str]) -> None:
    before = (root / path).read_bytes().decode()
    try:
        text = with_value(before, ("grades",), order)
    except Impossible:
        _tell(path, order)
        return
    show_difference(difference(path, path, before, text, around=1))
    if click.confirm("Write this?"):
        write_checked(root, path, text, before)
    else:
        click.echo("Nothing was written: grades are not compared.")
