"""`handbook confirm`: who said yes to a pairing, and when."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ... import Refusal
from ...model.definitions.program import PARTICIPANTS
from ...register.ledger import people
from ...register.ledger.register import Register
from ...register.ledger.store import NOTHING
from ...register.ledger.waiting import WRITE_WITH_DAY
from ..terminal.cohorts import cohort_of, parameter
from ..terminal.days import Day
from ..terminal.next_step import here, say_next
from ..terminal.reporter import count
from ..terminal.today import today


@click.command()
@click.argument("program")
@click.argument("cohort")
@click.argument("mentor")
@click.argument("mentee")
@click.option(
    "--by",
    type=click.Choice(["mentor", "mentee", "both"]),
    default="both",
    show_default=True,
    help="Who said yes.",
)
@click.option("--on", "day", type=Day(), help="On which day. [default: today]")
@click.option("--undo", is_flag=True, help="Take back what was noted by mistake.")
@click.pass_obj
def confirm(
    root: Path, /, program: str, cohort: str, mentor: str, mentee: str, by: str, day: date | None, undo: bool
) -> None:
    """Note that MENTOR, MENTEE or both said yes to being paired."""
    handbook, of = cohort_of(root, program, cohort)
    register = Register.of(root, of)
    with parameter():
        couple = (
            people.sign_up(register, mentor, "mentor").id,
            people.sign_up(register, mentee, "mentee").id,
        )
    now = today(handbook)
    if day and day > now:
        raise click.BadParameter(f"{day} has not come yet. {NOTHING}", param_hint="--on")
    roles = PARTICIPANTS if by == "both" else (by,)
    try:
        ledger = register.answered(couple, roles, None if undo else day or now)
    except Refusal as error:
        words = ("pair", of.program.id, of.id, "--pin", ":".join(couple))
        raise click.ClickException(f"{error} To propose them: {here(root, *words)}") from error
    register = register.keep(ledger)
    missing = [role for role in PARTICIPANTS if role not in register.answers(couple)]
    click.echo(_ANSWERS[len(missing)].format(*missing))
    if ready := register.confirmed_proposals():
        line = here(root, "pair", of.program.id, of.id, *WRITE_WITH_DAY)
        then = "Put them into the cohort's file, with the day from which they are shown:"
        say_next(f"{count(len(ready), 'pairing')} can be written.", then, line)


# By the number of those who have not said yes.
_ANSWERS = ("Both have said yes.", "Noted; the {} has yet to say yes.", "Noted: nobody has said yes.")
