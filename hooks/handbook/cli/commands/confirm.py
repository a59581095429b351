"""`handbook confirm`: who said yes to a pairing, and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from ... import NOTHING, Refusal
from ...model.definitions.program import PARTICIPANTS
from ...register.ledger.waiting import WRITE, WRITE_WITH_DAY
from ..terminal.cohorts import desk_of
from ..terminal.next_step import say_next
from ..terminal.parameters import parameters
from ..terminal.reporter import count

# By the number of those who have not said yes.
_ANSWERS = ("Both have said yes.", "Noted; the {} has yet to say yes.", "Noted: nobody has said yes.")


@click.command()
@parameters("confirm")
def confirm(
    root: Path, /, program: str, cohort: str, mentor: str, mentee: str, by: str, day: date | None, undo: bool
) -> None:
    """Note that MENTOR, MENTEE or both said yes to being paired."""
    desk = desk_of(root, program, cohort)
    couple = desk.couple(mentor, mentee)
    if day and day > desk.today:
        raise click.BadParameter(f"{day} has not come yet. {NOTHING}", param_hint="--on")
    roles: Sequence[str] = PARTICIPANTS if by == "both" else (by,)
    if not (day or undo):  # a day that was noted stays
        roles = [role for role in roles if role not in desk.register.answers(couple)]
    try:
        ledger = desk.register.answered(couple, roles, None if undo else day or desk.today)
    except Refusal as error:
        line = desk.command("pair", "--pin", ":".join(couple))
        raise click.ClickException(f"{error} To propose them: {line}") from error
    register = desk.register.keep(ledger)
    pairing = register.pairing(couple)
    missing = [role for role in PARTICIPANTS if role not in register.answers(couple)]
    click.echo(_ANSWERS[len(missing)].format(*missing))
    if ready := register.confirmed_proposals():
        then = "Put them into the cohort's file, with the day from which they are shown:"
        line = desk.command("pair", *WRITE_WITH_DAY)
        say_next(f"{count(len(ready), 'pairing')} can be written.", then, line)
    elif pairing and register.answers(couple) != pairing.confirmed:
        words = WRITE if pairing.announce else WRITE_WITH_DAY
        done = f"{desk.cohort.path} does not say so yet."
        say_next(done, "Write that down:", desk.command("pair", *words))
