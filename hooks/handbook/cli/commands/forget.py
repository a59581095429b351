"""`handbook forget`: a person goes out of every program, cohort and sign-up, and git's history is told of.

What is printed holds a name only as far as somebody typed it: a log would remember the person for good.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ...model.definitions.cohort import numbered
from ...text.problems import visible
from ..forgetting.change import change_of
from ..forgetting.history import say_history
from ..forgetting.kept import Kept, cohort_of, mappings
from ..forgetting.left import left_of, say_left
from ..forgetting.person import Person, person_of
from ..forgetting.writing import veil, write_change
from ..terminal import private
from ..terminal.aliases import keep_numbers
from ..terminal.files import refuse_elsewhere
from ..terminal.next_step import here


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
    if written:
        _keep_numbers(root, kept, person)
    say_history(root, person)
    if change.places or left:
        click.echo(_FORM)
    sys.exit(0 if written and not left else 1)


_FORM = """
Delete this person's row in the form's answers and in every sheet of them too, wherever they are kept:
the next import would bring the person back."""


def _keep_numbers(root: Path, kept: Kept, person: Person) -> None:
    """See to it that nobody new gets the number by which the site called the person."""
    for path, read in kept.documents.items():
        cohort = cohort_of(path)
        sign_ups = f"signups/{cohort}.json"
        if sign_ups not in kept.sign_ups or private.git_would_keep(root, sign_ups):
            continue
        listed = (one for _, one in mappings(read.mapping.get("people")))
        # Of an entry that is not in order yet nobody has a number.
        people = [one for one in listed if one.get("role") in ("mentor", "mentee") and "id" in one]
        if any((cohort, one["id"]) in person.ids for one in people):
            roles = (one["role"] for one in people)
            keep_numbers(root, cohort, zip(roles, numbered(people), strict=True))


def _again(root: Path, said: str, cohort: str | None) -> str:
    words = ("--cohort", cohort) if cohort else ()
    return here(root, "forget", *words, "--yes", "--", said)
