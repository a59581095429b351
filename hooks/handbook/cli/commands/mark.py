"""`handbook mark`: that a pairing rests, goes on, is done or ended -> its cohort's file; never why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from ... import NOTHING
from ...model.definitions.cohort import Cohort, Pairing
from ...model.definitions.program import Role
from ...register.ledger import people
from ...register.ledger.waiting import pairing_of
from ...text import edit
from ..terminal.cohorts import desk_of, in_either_order
from ..terminal.files import agree, write_checked
from ..terminal.parameters import parameters
from ..terminal.reporter import here, say_next


@click.command()
@parameters("mark")
def mark(
    root: Path, /, program: str, cohort: str, mentor: str, mentee: str, marks: Sequence[str],
    day: date | None, yes: bool,
) -> None:  # fmt: skip
    """Write into the cohort's file that the pairing of MENTOR and MENTEE rests, goes on, is done or ended.

    People are given by id, as mentor-3, or by name, in the cohort's file or in signups/. Nobody is asked why.
    """
    if len(set(marks)) != 1:
        raise click.UsageError("Say one of --paused, --resumed, --completed and --ended.")
    state = marks[0]
    if state == "resumed" and day:
        raise click.UsageError("--resumed takes the day out; there is none to write with --on.")
    desk = desk_of(root, program, cohort)
    labels, path = desk.handbook.labels, desk.cohort.path

    def member(word: str, role: Role) -> str:
        return people.member(desk.register, labels, word, role).id

    pairing = _open(desk.cohort, in_either_order(member, mentor, mentee))
    couple = desk.register.couple(pairing)
    if state == "resumed" and couple in desk.register.ledger.kept_apart:
        desk.register.keep(desk.register.rejoined(couple))
        click.echo(f"{pairing_of(labels, pairing)}: goes on; nothing of it had to be written into {path}.")
        return
    with desk.editing() as before:
        text = _marked(before, pairing, state, day or desk.today)
    agree(path, before, text, yes=yes)
    write_checked(root, path, text, before)
    if state == "ended" and couple:  # known here too, should the file lose it
        desk.register.keep(desk.register.parted([couple]))
    done = f"{path} says it of {pairing_of(labels, pairing)}: {state}."
    say_next(done, "Check the result:", here(root, "check"))


def _open(cohort: Cohort, couple: tuple[str, str]) -> Pairing:
    both = [pairing for pairing in cohort.pairings if (pairing.mentor.id, pairing.mentee.id) == couple]
    pairing = next((pairing for pairing in both if not pairing.closed), None)
    if pairing is None:
        why = "Their pairing is closed already" if both else "These two have no pairing"
        raise click.ClickException(f"{why} in {cohort.path}. {NOTHING}")
    return pairing


def _marked(text: str, pairing: Pairing, state: str, day: date) -> str:
    """The file as it will be."""
    if state != "resumed":
        return edit.with_value(text, ("pairings", pairing.number, state), day)
    if pairing.paused is None:
        raise click.ClickException(f"This pairing is not paused. {NOTHING}")
    return edit.without(text, [("pairings", pairing.number, "paused")])
