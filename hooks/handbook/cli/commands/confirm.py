"""`handbook confirm`: who said yes to a pairing, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from ...register.ledger import signup
from ..terminal import private
from ..terminal.days import Day
from ..terminal.next_step import here, say_next
from ..terminal.reporter import count
from ..terminal.today import today
from .pair_write import write_line


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
    handbook, run = private.cohort_of(root, program, cohort)
    people, kept = private.sign_ups(root, run), private.proposals(root, run)
    two = private.person(mentor, people, "mentor").id, private.person(mentee, people, "mentee").id
    found = next((one for one in kept if one.two == two and not one.ended), None)
    if found is None:
        words = ("pair", run.program.id, run.id, "--pin", f"{two[0]}:{two[1]}")
        raise click.ClickException(f"These two are not proposed. To propose them: {here(root, *words)}")
    now = today(handbook)
    said = day or now
    if said > now:
        raise click.BadParameter(f"{said} has not come yet. {private.NOTHING}", param_hint="--on")
    roles = ("mentor", "mentee") if by == "both" else (by,)
    others = {role: on for role, on in found.confirmed.items() if role not in roles}
    new = replace(found, confirmed=others if undo else {**others, **dict.fromkeys(roles, said)})
    after = [new if one is found else one for one in kept]
    private.keep(root, signup.proposals_path(run.program.id, run.id), signup.proposals_as_json(after))
    ready = sum(one.state == "confirmed" and not one.written for one in after)
    click.echo(_SAID[len(new.confirmed)].format(*(role for role in _ROLES if role not in new.confirmed)))
    if ready:
        then = "Put them into the cohort's file, with the day from which they are shown:"
        say_next(f"{count(ready, 'pairing')} can be written.", then, write_line(root, run))


_ROLES = ("mentor", "mentee")
_SAID = ("Noted: nobody has said yes.", "Noted; the {} has yet to say yes.", "Both have said yes.")
