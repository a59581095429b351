"""`handbook announce`: the messages to send, above all about the pairings that are public."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import click

from ...contents import templating
from ...contents.build import Build
from ...contents.kinds import copied_messages
from ...guidance.messages.announcement import Announcement
from ...guidance.messages.formats import FORMATS
from ...guidance.messages.message import Message
from ...guidance.messages.words import MessageWords
from ...guidance.steps.pairings import appearing
from ...model.definitions.cohort import Cohort
from ...model.definitions.program import Audience
from ...model.handbook import Handbook
from ...model.timeline import holds, public_from, state
from ...register.ledger.ledger import SignUp
from ...register.ledger.people import alias
from ...register.ledger.register import Register
from ...register.ledger.waiting import WRITE
from ...rules.schema import shareable
from ...text.problems import HandbookError
from ...text.signs import visible
from ..terminal.cohorts import Desk, desk_of, unsaid_ends
from ..terminal.parameters import parameters
from ..terminal.reporter import count, filled, here, show

_aside = partial(click.echo, err=True)
_BETWEEN = f"\n{'-' * 72}\n\n"


@contextmanager
def faults_shown(root: Path, handbook: Handbook) -> Iterator[None]:
    """End with the file and the label where one of the organisation's own cannot be said."""
    try:
        with templating.faults_named():
            yield
    except HandbookError as error:
        show(root, shareable(error.problems, handbook.contents))
        raise click.ClickException(f"A label is wrong; see {here(root, 'check')}.") from error


@click.command()
@parameters("announce", form=click.Choice([*FORMATS]))
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
    desk = desk_of(root, program, cohort)
    build = Build(day or desk.today, audience, site=str(desk.handbook.organisation.site))
    with faults_shown(root, desk.handbook):
        if name:
            messages = [_another(desk, MessageWords(desk.handbook, build, desk.cohort, build.day), name)]
        else:
            messages = _announced(desk, Announcement(desk.handbook, build, desk.cohort), each, since)
    click.echo(_BETWEEN.join(FORMATS[form](message) for message in messages), nl=False)


def _another(desk: Desk, words: MessageWords, name: str) -> Message:
    """Any message that a coordinator sends, with whom it goes to said beside it."""
    texts = {text.id: text for text in copied_messages(words.cohort.program)}
    if name not in texts:
        raise click.ClickException(f"There is no message {visible(name)}. Known: {', '.join(texts)}.")
    if name != state(desk.cohort, words.build.day):
        _refuse_called_off(desk, words.build.day)
    _aside(f"To: {visible(words.spoken(texts[name]['to']))}")
    return words.message(texts[name])


def _refuse_called_off(desk: Desk, day: date) -> None:
    """End where a cohort is cancelled or postponed: then one message alone is left to send."""
    if not holds(desk.cohort, day):
        stands = state(desk.cohort, day)
        then = desk.command("announce", "--as", "email", "--message", stands)
        raise click.ClickException(f"This cohort is {stands}. There is a message that says so:\n  {then}")


def _announced(desk: Desk, announcement: Announcement, each: bool, since: date | None) -> list[Message]:
    """The text for all, and those for each pairing; beside it what is not in them."""
    say = desk.handbook.labels.day
    if waiting := [
        f"{count(number, 'pairing')} until {say(when)}"
        for when, number in appearing(announcement.cohort, announcement.build.day)
    ]:
        _aside(f"Not in the text, since the day has not come: {', '.join(waiting)}.")
    if unsaid := unsaid_ends(desk.register):
        _aside(f"{unsaid}: what is public of it is in the text. Write that down first:")
        _aside(f"  {desk.command('pair', *WRITE)}")
    _refuse_called_off(desk, announcement.build.day)
    if not announcement.cards:
        message = f"No pairing is public on {say(announcement.build.day)}. See what is waited for:"
        raise click.ClickException(f"{message}\n  {desk.command('due')}")
    if announcement.missing:
        named = " and ".join(announcement.missing)
        raise click.ClickException(f"Take {named} out of `omit` under `playbook: messages:` first.")
    if not announcement.build.site:
        _aside(f"There is no link in it: say `site` in {desk.handbook.organisation.path}.")
    if not each:
        return [announcement.for_all()]
    late = replace(announcement, cohort=_since(desk.cohort, since))
    own = late.for_each()
    _say_who_they_are(desk.register, late)
    if not own:
        _aside("No pairing needs a text of its own.")
    return [announcement.for_all(), *own]


def _since(cohort: Cohort, since: date | None) -> Cohort:
    """The cohort with the pairings alone that became public on a day or later."""
    first = since or date.min
    late = (pairing for pairing in cohort.pairings if (public_from(pairing) or date.min) >= first)
    return replace(cohort, pairings=tuple(late))


def _say_who_they_are(register: Register, announcement: Announcement) -> None:
    """Say to whom a text goes that calls its readers Mentor 3: to a terminal alone, and never in the text."""
    introduced = [card.pairing for card in announcement.cards if card.state == "announced"]
    both = (person for pairing in introduced for person in (pairing.mentor, pairing.mentee))
    unnamed = {person.id: person for person in both if not person.shown_to(announcement.build.audience)}
    labels, people = announcement.handbook.labels, []
    for name, person in unnamed.items():
        known = register.sign_up(person.role, name) or SignUp("", person.name)
        people.append((alias(labels, person), list(filter(None, (known.name, known.email)))))
    _aside(filled("unnamed.txt", people=people, named=sys.stderr.isatty()), nl=False)
