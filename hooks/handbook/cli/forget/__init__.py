"""`handbook forget`: a person goes out of every program, cohort and sign-up, and git's history is told of.

What is printed holds a name only as far as somebody typed it: a log would remember the person for good.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ...problems import visible
from ..files import refuse_elsewhere
from ..next_step import here
from .change import change_of
from .history import say_history
from .kept import Kept
from .left import left_of, say_left
from .person import person_of
from .writing import veil, write_change


@click.command()
@click.argument("said", metavar="PERSON")
@click.option("--cohort", metavar="PROGRAM/COHORT", help="Whose id this is, where several cohorts have it.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def forget(root: Path, /, said: str, cohort: str | None, yes: bool) -> None:
    """Take a person out of all programs, cohorts and sign-ups.

    PERSON is an id or a name as the files have it. Pairings go with the person, and the other one stays;
    numbers in results name nobody and stay. What changes is shown first. A name in the middle of a text is
    left to you: each place is listed, and the exit code is 1 as long as there is one. In the end you read
    which commits of git still hold the person.
    """
    refuse_elsewhere(root)
    kept = Kept.of(root)
    person = person_of(kept, said, cohort)
    change = change_of(kept, person)
    for place in change.places:
        click.echo(veil(visible(place), person))
    if not change.places:
        click.echo("No entry, pairing or sign-up is this person's, by that id or name.")
    left = [*left_of(kept, change, person)]
    say_left(left, person)
    written = not change.texts or write_change(root, kept, change, person, _again(root, said, cohort), yes)
    say_history(root, person)
    sys.exit(0 if written and not left else 1)


def _again(root: Path, said: str, cohort: str | None) -> str:
    words = ("--cohort", cohort) if cohort else ()
    return here(root, "forget", *words, "--yes", "--", said)
