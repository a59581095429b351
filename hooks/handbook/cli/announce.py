"""`handbook announce`: the text to send about the pairings that are public, and nothing of the others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from .. import templating
from ..announcement import FORMATS, Announcement
from ..build import Build
from ..problems import HandbookError
from ..program import Audience
from ..timeline import today
from . import private
from .days import Day
from .next_step import here
from .reporter import count, show

_BETWEEN = f"\n{'-' * 72}\n\n"


@contextmanager
def faults_shown(root: Path) -> Iterator[None]:
    """End with the file and the label where one of the organisation's own cannot be said."""
    try:
        with templating.faults_named():
            yield
    except HandbookError as error:
        show(root, error.problems)
        raise click.ClickException(f"A label is wrong; see {here(root, 'check')}.") from error


@click.command()
@click.argument("program")
@click.argument("cohort")
@click.option("--as", "form", type=click.Choice([*FORMATS]), required=True, help="Where it will be read.")
@click.option("--each", is_flag=True, help="One more for each pairing, to its two people.")
@click.option("--day", type=Day(), help="On which day it is sent. [default: today]")
@click.option(
    "--audience",
    type=click.Choice(["public", "participants"]),
    default="public",
    show_default=True,
    help="Who will read it: a name stands there only where its consent covers them.",
)
@click.pass_obj
def announce(
    root: Path, /, program: str, cohort: str, form: str, each: bool, day: date | None, audience: Audience
) -> None:
    """Print a text, ready to send, about the pairings of PROGRAM's COHORT.

    It has the pairings that the site shows on that day: both have confirmed, and the day has come.
    """
    handbook, run = private.cohort_of(root, program, cohort)
    organisation = handbook.organisation
    on = day or today(organisation.timezone)
    told = Announcement(handbook, Build(on, audience, site=str(organisation.site)), run)
    say = handbook.texts.day
    waiting = [f"{count(number, 'pairing')} until {say(when)}" for when, number in told.waiting()]
    if waiting:
        click.echo(f"Not in the text, since the day has not come: {', '.join(waiting)}.", err=True)
    if not told.cards:
        line = here(root, "due", run.program.id, run.id)
        raise click.ClickException(f"No pairing is public on {say(on)}. See what is waited for:\n  {line}")
    if not organisation.site:
        click.echo(f"There is no link in it: say `site` in {organisation.path}.", err=True)
    with faults_shown(root):
        messages = [told.for_all(), *(told.for_each() if each else ())]
    click.echo(_BETWEEN.join(FORMATS[form](message) for message in messages), nl=False)
