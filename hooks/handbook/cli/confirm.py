"""`handbook confirm`: who said yes to a pairing, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from .. import signup
from ..timeline import today
from . import private
from .next_step import here, say_next
from .reporter import count


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
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="On which day. [default: today]")
@click.pass_obj
def confirm(root: Path, /, program: str, cohort: str, mentor: str, mentee: str, by: str, day: Any) -> None:
    """Note that MENTOR, MENTEE or both said yes to being paired."""
    handbook, run = private.cohort_of(root, program, cohort)
    people, kept = private.sign_ups(root, run), private.proposals(root, run)
    two = private.person(mentor, people, "mentor").id, private.person(mentee, people, "mentee").id
    found = next((one for one in kept if one.two == two and not one.ended), None)
    if found is None:
        words = ("pair", run.program.id, run.id, "--pin", f"{two[0]}:{two[1]}")
        raise click.ClickException(f"These two are not proposed. To propose them: {here(root, *words)}")
    said: date = day.date() if day else today(handbook.organisation.timezone)
    roles = ("mentor", "mentee") if by == "both" else (by,)
    new = replace(found, confirmed={**dict.fromkeys(roles, said), **found.confirmed})
    after = [new if one is found else one for one in kept]
    private.keep(root, signup.proposals_path(run.program.id, run.id), signup.proposals_as_json(after))
    ready = sum(one.state == "confirmed" and not one.written for one in after)
    done = (
        "Both have said yes." if new.state == "confirmed" else f"Noted; the {_other(by)} has yet to say yes."
    )
    say_next(f"{done} {count(ready, 'pairing')} can be written.", "Put them into the cohort's file:",
             here(root, "pair", run.program.id, run.id, "--write"))  # fmt: skip


def _other(role: str) -> str:
    return "mentee" if role == "mentor" else "mentor"
