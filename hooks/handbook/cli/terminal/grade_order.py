"""Grades that stand on no scale that is known: a person says their order for organisation.yml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from ...model.definitions.organisation import Organisation
from ...register.intake.faults import is_harmless
from ...register.ledger.grades import graded
from ...register.ledger.spelling import normal_form, one_line
from ...text.edit import Impossible, with_value
from ...text.edit.values import flow
from ...text.signs import masked, visible
from .files import write_checked
from .questions import Question
from .reporter import difference, show_difference

_MOST = 40  # where more is answered, it is no list of grades
_TOLD = "Grades stand on no scale that is known, or on more than one: those are not compared."


def ask_for_order(root: Path, organisation: Organisation, answers: Iterable[str], asks: bool) -> None:
    """Ask a person for the order of the grades, or tell what to write, where they cannot be compared."""
    given = [*{normal_form(answer): one_line(answer) for answer in answers if answer}.values()]
    grades = graded(given, organisation.grades)
    new = [grade for grade in given if grade not in grades] if organisation.grades else given
    if len(grades) == len(given) and len({grade.scale for grade in grades.values()}) < 2:
        return
    click.echo(_TOLD)
    listed = [*organisation.grades, *(grade for grade in new if masked(grade) == grade)]
    if not asks or len(listed) > _MOST:
        _tell(organisation.path, [*organisation.grades, *filter(is_harmless, new)])
    elif order := _ordered(listed):
        _write(root, organisation.path, order)


def _tell(path: str, order: Sequence[str]) -> None:
    lines = f":\n{flow({'grades': order})[1:-1]}" if order else " as `grades`."
    click.echo(f"Write their order into {path}, from junior to senior{lines}")


def _ordered(listed: Sequence[str]) -> list[str]:
    """The grades in the order that a person types; empty where they stay as they are."""
    for number, grade in enumerate(listed, 1):
        click.echo(f"  {number}  {visible(grade)}")
    text = (
        "Which is their order, from junior to senior? Type their numbers, or the words with commas between."
    )
    question = Question("grades", text, example="2 1 3", optional=True)
    answer = question.ask("", lambda answer: _wrong(answer, listed))
    return [listed[place] for place in _places(answer, listed) if place is not None]


def _places(answer: str, listed: Sequence[str]) -> list[int | None]:
    """The places of the grades that an answer names; None for what is none."""
    numbers = {str(number): number - 1 for number in range(1, len(listed) + 1)}
    known = {normal_form(grade): place for place, grade in enumerate(listed)}
    words = re.split(r"[\s,;<]+" if re.fullmatch(r"[\d\s,;<]+", answer) else r"[,;<]", answer.strip())
    return [numbers.get(word.strip(), known.get(normal_form(word))) for word in words if word.strip()]


def _wrong(answer: str, listed: Sequence[str]) -> str:
    places = _places(answer, listed)
    right = None not in places and len({*places}) == len(places) > 1
    return "" if right else f"Give each once, by its number from 1 to {len(listed)} or as it stands there."


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
