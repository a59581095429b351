"""`handbook pair --write`: pairings that may stand in a cohort's file -> the file, with new people."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ...model.definitions.cohort import Pairing
from ...model.handbook import Handbook
from ...register.ledger.cohort_file import Draft, Writing
from ...register.ledger.register import Register
from ...register.ledger.store import NOTHING
from ...register.ledger.waiting import WRITE_WITH_DAY, pairing_of
from ...text import edit
from ..terminal.agreement import agree, can_be_asked
from ..terminal.files import write_checked
from ..terminal.next_step import here, say_next
from ..terminal.reporter import count
from ..terminal.today import today


def write_pairings(
    root: Path, handbook: Handbook, register: Register, announce: date | None, *, yes: bool
) -> None:
    """Write the pairings that may stand in the file, with their people; no name without its consent.

    Those that stand there get what is known since: who said yes, from which day they are shown, and that they
    ended.
    """
    cohort, private = register.cohort, handbook.organisation.repository == "private"
    writing = Writing(register, private, announce, today(handbook))
    moved = _moved(root, handbook, writing, yes=yes)
    text = (root / cohort.path).read_bytes().decode()
    try:
        draft = writing.draft(text, moved)
    except edit.Impossible as error:
        raise click.ClickException(f"{cohort.path}: {error} {NOTHING}") from error
    if not draft.new and not draft.changes:
        waiting = "somebody has confirmed" if private else "both have confirmed"
        click.echo(f"There is no pairing to write: none of which {waiting} is missing from the file.")
        return
    agree(root, cohort.path, draft.text, yes=yes)
    register = register.keep(draft.before)
    write_checked(root, cohort.path, draft.text)
    register.keep(draft.after)
    _say_written(root, register, draft, announce)


def _say_written(root: Path, register: Register, draft: Draft, announce: date | None) -> None:
    cohort = register.cohort
    numbers = f"{count(len(draft.new), 'pairing')} and {count(len(draft.changes), 'change')}"
    done = f"{numbers} written into {cohort.path}."
    if any(not proposal.waits_for and not announce for proposal in draft.new):
        line = here(root, "pair", cohort.program.id, cohort.id, *WRITE_WITH_DAY)
        say_next(done, "Say from which day they are shown:", line)
    else:
        say_next(done, "Look what it is like:", here(root, "check"))


def _moved(root: Path, handbook: Handbook, writing: Writing, *, yes: bool) -> tuple[Pairing, ...]:
    """The pairings whose day gives way to the one that is said, once somebody agreed; each other is told.

    A late pairing is written with a day of its own: it must not take along those that wait for theirs.
    """
    announce, others, cohort = writing.announce, writing.dated_otherwise(), writing.register.cohort
    if announce is None or not others:
        return ()
    say = handbook.labels.day
    coming = tuple(pairing for pairing in others if pairing.announce and pairing.announce > writing.today)
    for pairing in others:
        until = "is to be shown from" if pairing in coming else "has been shown since"
        click.echo(f"{pairing_of(handbook.labels, pairing)} {until} {say(pairing.announce or announce)}.")
    if len(coming) < len(others):
        click.echo(f"What has been shown keeps its day; only {cohort.path} itself can be changed to hide it.")
    if coming and not yes and can_be_asked():
        yes = click.confirm(f"Move {count(len(coming), 'pairing')} to {say(announce)}?")
    elif coming and not yes:
        words = ("--write", "--announce", str(announce), "--yes")
        line = here(root, "pair", cohort.program.id, cohort.id, *words)
        click.echo(f"To move {count(len(coming), 'pairing')} to {say(announce)}:\n  {line}")
    return coming if yes else ()
