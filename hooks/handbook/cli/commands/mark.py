"""`handbook mark`: that a pairing rests, goes on, is done or ended -> its cohort's file; never why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from ...model.definitions.cohort import Cohort, Pairing
from ...register.ledger import people
from ...register.ledger.register import Register
from ...register.ledger.store import NOTHING
from ...register.ledger.waiting import pairing_of
from ...text import edit
from ..terminal.agreement import agree
from ..terminal.cohorts import cohort_of, parameter
from ..terminal.days import Day
from ..terminal.files import write_checked
from ..terminal.next_step import here, say_next
from ..terminal.today import today


@click.command()
@click.argument("program")
@click.argument("cohort")
@click.argument("mentor")
@click.argument("mentee")
@click.option("--paused", "marks", flag_value="paused", multiple=True, help="It rests for a while.")
@click.option("--resumed", "marks", flag_value="resumed", multiple=True, help="It rests no longer.")
@click.option("--completed", "marks", flag_value="completed", multiple=True, help="It reached its end.")
@click.option("--ended", "marks", flag_value="ended", multiple=True, help="It ended before.")
@click.option("--on", "day", type=Day(), help="From which day on. [default: today]")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
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
    handbook, of = cohort_of(root, program, cohort)
    register = Register.of(root, of)
    with parameter("MENTOR"):
        junior = people.member(register, handbook.labels, mentor, "mentor")
    with parameter("MENTEE"):
        senior = people.member(register, handbook.labels, mentee, "mentee")
    pairing = _open(of, (junior.id, senior.id))
    text = _marked(root, of, pairing, state, day or today(handbook))
    agree(root, of.path, text, yes=yes)
    write_checked(root, of.path, text)
    done = f"{of.path} says it of {pairing_of(handbook.labels, pairing)}: {state}."
    say_next(done, "Look what it is like:", here(root, "check"))


def _open(cohort: Cohort, couple: tuple[str, str]) -> Pairing:
    both = [pairing for pairing in cohort.pairings if (pairing.mentor.id, pairing.mentee.id) == couple]
    pairing = next((pairing for pairing in both if not pairing.closed), None)
    if pairing is None:
        why = "Their pairing is closed already" if both else "These two have no pairing"
        raise click.ClickException(f"{why} in {cohort.path}. {NOTHING}")
    return pairing


def _marked(root: Path, cohort: Cohort, pairing: Pairing, state: str, day: date) -> str:
    """The file as it will be."""
    text = (root / cohort.path).read_bytes().decode()
    try:
        if state != "resumed":
            return edit.with_value(text, ("pairings", pairing.number, state), day)
        if pairing.paused is None:
            raise click.ClickException(f"This pairing is not paused. {NOTHING}")
        return edit.without(text, [("pairings", pairing.number, "paused")])
    except edit.Impossible as error:
        raise click.ClickException(f"{cohort.path}: {error} {NOTHING}") from error
