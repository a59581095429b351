"""`handbook pair --write`: pairings that may stand in a cohort's file -> the file, with new people."""

from __future__ import annotations

from datetime import date

import click

from ...model.definitions.cohort import Pairing
from ...register.ledger.cohort_file import Draft, Writing
from ...register.ledger.waiting import WRITE_WITH_DAY, pairing_of
from ..terminal.cohorts import Desk
from ..terminal.files import agree, can_be_asked, write_checked
from ..terminal.next_step import here, say_next
from ..terminal.reporter import count


def write_pairings(desk: Desk, announce: date | None, *, yes: bool) -> None:
    """Write the pairings that may stand in the file, with their people; no name without its consent.

    Those that stand there get what is known since: who said yes, from which day they are shown, and that they
    ended.
    """
    root, path = desk.root, desk.cohort.path
    writing = Writing(desk.register, desk.handbook.organisation.repository == "private", announce, desk.today)
    moved = _moved(desk, writing, yes=yes)
    with desk.editing() as text:
        draft = writing.draft(text, moved)
    if not draft.new and not draft.changes:
        waiting = "somebody has confirmed" if writing.private else "both have confirmed"
        click.echo(f"There is no pairing to write: none of which {waiting} is missing from the file.")
        return
    agree(root, path, draft.text, yes=yes)
    register = desk.register.keep(draft.before)
    write_checked(root, path, draft.text)
    register.keep(draft.after)
    _say_written(desk, draft, announce)


def _say_written(desk: Desk, draft: Draft, announce: date | None) -> None:
    numbers = f"{count(len(draft.new), 'pairing')} and {count(len(draft.changes), 'change')}"
    done = f"{numbers} written into {desk.cohort.path}."
    if any(not proposal.waits_for and not announce for proposal in draft.new):
        say_next(done, "Say from which day they are shown:", desk.command("pair", *WRITE_WITH_DAY))
    else:
        say_next(done, "Look what it is like:", here(desk.root, "check"))


def _moved(desk: Desk, writing: Writing, *, yes: bool) -> tuple[Pairing, ...]:
    """The pairings whose day gives way to the one that is said, once somebody agreed; each other is told.

    A late pairing is written with a day of its own: it must not take along those that wait for theirs.
    """
    announce, others, labels = writing.announce, writing.dated_otherwise(), desk.handbook.labels
    if announce is None or not others:
        return ()
    coming = tuple(pairing for pairing in others if pairing.announce and pairing.announce > writing.today)
    for pairing in others:
        until = "is to be shown from" if pairing in coming else "has been shown since"
        click.echo(f"{pairing_of(labels, pairing)} {until} {labels.day(pairing.announce or announce)}.")
    if len(coming) < len(others):
        click.echo(
            f"What has been shown keeps its day; only {desk.cohort.path} itself can be changed to hide it."
        )
    moving = f"{count(len(coming), 'pairing')} to {labels.day(announce)}"
    if coming and not yes and can_be_asked():
        yes = click.confirm(f"Move {moving}?")
    elif coming and not yes:
        line = desk.command("pair", "--write", "--announce", str(announce), "--yes")
        click.echo(f"To move {moving}:\n  {line}")
    return coming if yes else ()
