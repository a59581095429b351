"""`handbook announce`: the messages to send, above all about the pairings that are public."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from ...contents import templating
from ...contents.build import Build
from ...contents.kinds import copied_messages
from ...guidance.messages.announcement import Announcement
from ...guidance.messages.formats import FORMATS
from ...guidance.messages.message import Message
from ...guidance.messages.words import MessageWords
from ...model.definitions.cohort import Cohort
from ...model.definitions.program import Audience
from ...model.handbook import Handbook
from ...model.timeline import public_from
from ...register.ledger.people import alias
from ...register.ledger.register import Register
from ...register.ledger.signup import SignUp
from ...register.ledger.waiting import WRITE
from ...text.problems import HandbookError, with_lines
from ...text.signs import visible
from ..terminal.cohorts import cohort_of
from ..terminal.days import Day
from ..terminal.next_step import here
from ..terminal.reporter import count, show
from ..terminal.today import today

_BETWEEN = f"\n{'-' * 72}\n\n"


@contextmanager
def faults_shown(root: Path, handbook: Handbook) -> Iterator[None]:
    """End with the file and the label where one of the organisation's own cannot be said."""
    try:
        with templating.faults_named():
            yield
    except HandbookError as error:
        show(root, with_lines(error.problems, handbook.contents))
        raise click.ClickException(f"A label is wrong; see {here(root, 'check')}.") from error


@click.command()
@click.argument("program")
@click.argument("cohort")
@click.option("--as", "form", type=click.Choice([*FORMATS]), required=True, help="Where it will be read.")
@click.option("--each", is_flag=True, help="One more for each pairing, to its two people.")
@click.option("--since", type=Day(), help="With --each: only those that were announced on that day or later.")
@click.option("--day", type=Day(), help="On which day it is sent. [default: today]")
@click.option(
    "--audience",
    type=click.Choice(["public", "participants"]),
    default="public",
    show_default=True,
    help="Who will read it: a name stands there only where its consent covers them.",
)
@click.option("--message", "name", metavar="ID", help="Another message of the playbook, such as invitation.")
@click.pass_obj
def announce(
    root: Path, /, program: str, cohort: str, form: str, each: bool, since: date | None, day: date | None,
    audience: Audience, name: str | None,
) -> None:  # fmt: skip
    """Print a text, ready to send, about the pairings of PROGRAM's COHORT.

    It has the pairings that the site shows on that day: both have confirmed, and the day has come.
    With --message it is another message, as the cohort's page of messages has it.
    """
    if since and not each:
        raise click.UsageError("--since goes with --each.")
    if name and each:
        raise click.UsageError("--each goes without --message.")
    handbook, of = cohort_of(root, program, cohort)
    build = Build(day or today(handbook), audience, site=str(handbook.organisation.site))
    with faults_shown(root, handbook):
        if name:
            messages = [_another(MessageWords(handbook, build, of, build.day), name)]
        else:
            messages = _announced(root, Announcement(handbook, build, of), each, since)
    click.echo(_BETWEEN.join(FORMATS[form](message) for message in messages), nl=False)


def _another(words: MessageWords, name: str) -> Message:
    """Any message that a coordinator sends, with whom it goes to said beside it."""
    texts = {text.id: text for text in copied_messages(words.cohort.program)}
    if name not in texts:
        raise click.ClickException(f"There is no message {visible(name)}. Known: {', '.join(texts)}.")
    click.echo(f"To: {visible(words.spoken(texts[name]['to']))}", err=True)
    return words.message(texts[name])


def _announced(root: Path, announcement: Announcement, each: bool, since: date | None) -> list[Message]:
    """The text for all, and those for each pairing; beside it what is not in them."""
    handbook, cohort = announcement.handbook, announcement.cohort
    say = handbook.labels.day
    waiting = [f"{count(number, 'pairing')} until {say(when)}" for when, number in announcement.waiting()]
    if waiting:
        click.echo(f"Not in the text, since the day has not come: {', '.join(waiting)}.", err=True)
    register = Register.of(root, cohort)
    _warn_of_ended(root, register)
    if not announcement.cards:
        line = here(root, "due", cohort.program.id, cohort.id)
        on = say(announcement.build.day)
        raise click.ClickException(f"No pairing is public on {on}. See what is waited for:\n  {line}")
    if announcement.missing:
        named = " and ".join(announcement.missing)
        raise click.ClickException(f"Take {named} out of `omit` under `playbook: messages:` first.")
    if not announcement.build.site:
        click.echo(f"There is no link in it: say `site` in {handbook.organisation.path}.", err=True)
    if not each:
        return [announcement.for_all()]
    late = replace(announcement, cohort=_since(cohort, since))
    own = late.for_each()
    _say_who_they_are(register, late)
    if not own:
        click.echo("No pairing needs a text of its own.", err=True)
    return [announcement.for_all(), *own]


def _since(cohort: Cohort, since: date | None) -> Cohort:
    """The cohort with the pairings alone that became public on a day or later."""
    first = since or date.min
    late = (pairing for pairing in cohort.pairings if (public_from(pairing) or date.min) >= first)
    return replace(cohort, pairings=tuple(late))


def _warn_of_ended(root: Path, register: Register) -> None:
    if ended := register.ended():
        cohort = register.cohort
        line = here(root, "pair", cohort.program.id, cohort.id, *WRITE)
        message = f"{count(len(ended), 'pairing')} ended, and {cohort.path} does not say so yet"
        click.echo(
            f"{message}: what is public of it stands in the text. Write that down first:\n  {line}", err=True
        )


def _say_who_they_are(register: Register, announcement: Announcement) -> None:
    """Say to whom a text goes that calls its readers Mentor 3: to a terminal alone, and never in the text."""
    introduced = [card.pairing for card in announcement.cards if card.state == "announced"]
    both = (person for pairing in introduced for person in (pairing.mentor, pairing.mentee))
    unnamed = {person.id: person for person in both if not person.shown_to(announcement.build.audience)}
    if not unnamed:
        return
    if not sys.stderr.isatty():
        people = "1 person has" if len(unnamed) == 1 else f"{len(unnamed)} people have"
        click.echo(f"{people} no name in these texts. On a terminal you are told who they are.", err=True)
        return
    click.echo("Who they are, for you alone:", err=True)
    for name, person in unnamed.items():
        known = register.sign_up(person.role, name) or SignUp("", person.name)
        words = ", ".join(part for part in (known.name, known.email) if part) or "not among the sign-ups"
        click.echo(f"  {visible(f'{alias(announcement.handbook.labels, person)}: {words}')}", err=True)
