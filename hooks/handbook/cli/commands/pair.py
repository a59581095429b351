"""`handbook pair`: sign-ups -> the best pairings, a report that says why, and the cohort's file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ... import NOTHING
from ...model.definitions.cohort import Pairing
from ...register.intake.refusals import unrefused
from ...register.ledger.cohort_file import Draft, Writing
from ...register.ledger.ledger import Couple, Wishes
from ...register.ledger.register import Register
from ...register.ledger.waiting import WRITE, WRITE_WITH_DAY, pairing_of
from ..terminal.cohorts import Desk, desk_of, unsaid_ends
from ..terminal.files import agree, can_be_asked, is_seen, write_checked
from ..terminal.named_people import settled
from ..terminal.parameters import parameters, typed_of
from ..terminal.reporter import count, filled, here, say_next

if TYPE_CHECKING:
    from ...register.pairing.proposal import Table, Terms

_INSTALL = ".venv/bin/python -m pip install --require-hashes -r requirements-pairing.txt"


@click.command()
@parameters("pair", give=click.IntRange(0, 100))
def pair(
    root: Path, /, program: str, cohort: str, writes: bool, day: date | None, yes: bool, **wishes: Any
) -> None:
    """Propose pairings for PROGRAM's COHORT from its sign-ups.

    People are given by name, address or id. The proposals and a page that explains them stay in signups/,
    which is private. Pairings that somebody has confirmed stay. Nothing is announced.
    """
    desk = desk_of(root, program, cohort)
    # Pairings that somebody wrote into the file by hand need no sign-ups.
    if not desk.register.ledger.sign_ups and not (writes and desk.cohort.pairings):
        words = ("FILE.csv", "--program", desk.cohort.program.id, "--cohort", desk.cohort.id)
        line = here(root, "import", "signups", *words)
        raise click.ClickException(f"There are no sign-ups yet. Import them: {line}")
    if writes and (option := typed_of(wishes)):
        raise click.UsageError(f"{option} goes with a proposal, and not with --write.")
    if (day or yes) and not writes:
        raise click.UsageError(f"{'--announce' if day else '--yes'} goes with --write.")
    if writes:
        _write(desk, day, yes=yes)
    else:
        _propose(desk, wishes)


# --- proposing


def _propose(desk: Desk, options: Mapping[str, Any]) -> None:
    try:
        from ...register.pairing import assignment, proposal, report
    except ImportError as error:
        message = f"Pairing needs a library that is not installed ({error.name}). Install it:"
        raise click.ClickException(f"{message}\n  {_INSTALL}") from error
    ended = [*_couples(desk, options["rematch"])]
    if not all(map(desk.register.is_known, ended)):
        raise click.BadParameter("These two have no pairing.", param_hint="--rematch")
    register, sign_ups = settled(desk, options["means"])
    register = _without_leavers(replace(register, ledger=unrefused(register.ledger, sign_ups)), ended)
    wishes = Wishes(*(frozenset(_couples(desk, options[kind])) for kind in ("pin", "forbid")))
    terms = terms_of(desk, register, wishes, options)
    try:
        table = proposal.table(sign_ups, terms)
    except ValueError as error:
        raise click.ClickException(f"{error} {NOTHING}") from error
    names = report.Names(*_names(desk))
    _refuse_broken(table, wishes.pin, {**report.STANDING, **names.rules})
    pairs = assignment.assign(table.board, terms.share)
    title = f"{desk.cohort.program.title}, {desk.cohort.title}"
    couples = {(table.mentors[row].id, table.mentees[column].id) for row, column in (*table.pinned, *pairs)}
    before, answer_by = register.ledger.wishes, _answer_by(desk, options["answer_by"])
    register = register.keep(register.proposing(couples, wishes, answer_by))
    said = {couple: register.answers(couple).keys() for couple in couples}
    until = unescape(desk.handbook.labels.day(answer_by)) if answer_by else ""
    asking = report.Asking(desk.command("confirm"), until, said)
    explained = report.explained(title, table, pairs, names, asking)
    place = register.store.keep_report(report.rendered(explained, "page.j2"))
    if is_seen():
        click.echo(report.rendered(explained, "text.j2"))
    _say_what_is_wished_no_more(register, before, terms)
    _say_next(desk, register, len(couples), place)


def _answer_by(desk: Desk, day: date | None) -> date | None:
    """The day by which people are to answer; one of before holds until it has passed."""
    known = desk.register.ledger.answer_by
    if day and day < desk.today:
        raise click.BadParameter(f"{day} has passed. {NOTHING}", param_hint="--answer-by")
    return day or (known if known and known >= desk.today else None)


def _names(desk: Desk) -> Iterator[dict[str, str]]:
    """What topics, goals, criteria and rules are called."""
    program, say = desk.cohort.program, desk.handbook.labels.say
    yield {topic.id: str(topic.title) for topic in program.topics}
    yield {goal.id: str(goal.title) for goal in program.goals}
    yield {name: say(f"criterion.{name}").unescape() for name, _ in program.criteria}
    yield {name: say(f"rule.{name}", n=value).unescape() for name, value in program.rules.items() if value}


def terms_of(desk: Desk, register: Register, wishes: Wishes, options: Mapping[str, Any]) -> Terms:
    """What a proposal goes by: the program's file, what stands, and what is wished."""
    from ...register.pairing.criteria import Setting
    from ...register.pairing.proposal import Terms

    program, organisation = desk.cohort.program, desk.handbook.organisation
    return Terms(
        program.criteria,
        Setting(desk.cohort.start, organisation.timezone, organisation.grades),
        {name: int(value) for name, value in program.rules.items()},
        options["give"] / 100,
        register.standing(all_proposals=options["waiting_list"]) | wishes.pin,
        wishes.forbid | register.apart(),
    )


def _say_next(desk: Desk, register: Register, number: int, place: str) -> None:
    done = f"{count(number, 'pairing')} proposed. A page to read, to tick and to print says why: {place}"
    if number:
        line = desk.command("confirm", "MENTOR", "MENTEE", "--by", "mentor")
        say_next(done, "Ask both people of each pairing, then note who said yes (or --no):", line)
    else:
        say_next(done, "See what waits for you all the same:", desk.command("due"))
    if unsaid := unsaid_ends(register):
        line = desk.command("pair", *WRITE)
        say_next(f"{unsaid}: the site goes on showing what is public of it.", "Write that down:", line)


def _without_leavers(register: Register, ended: Iterable[Couple]) -> Register:
    """Part those whose pairing ended, and those of whom somebody is no longer among the sign-ups."""
    leavers = register.leavers()
    if leavers:
        named = count(len(leavers), "pairing")
        click.echo(f"{named} ended: somebody is no longer among the sign-ups.", err=True)
    return replace(register, ledger=register.parted([*ended, *leavers]))


def _couples(desk: Desk, words: Iterable[str]) -> Iterator[Couple]:
    """Read `mentor:mentee`, each by name, address or id."""
    for word in words:
        mentor, colon, mentee = word.partition(":")
        if not colon:
            raise click.BadParameter(f"“{word}” names no two people. Write MENTOR:MENTEE.")
        yield desk.couple(mentor, mentee)


def _refuse_broken(table: Table, pins: Iterable[Couple], rules: Mapping[str, str]) -> None:
    """Refuse to pin what a rule forbids; those who have confirmed already know better."""
    mentors, mentees = ([person.id for person in people] for people in (table.mentors, table.mentees))
    for mentor, mentee in pins:
        row, column = mentors.index(mentor), mentees.index(mentee)
        broken = [name for name, mask in table.broken.items() if name != "pinned" and mask[row, column]]
        if broken:
            reasons = " ".join(rules.get(name, name) for name in broken)
            people = table.mentors[row], table.mentees[column]
            two = " and ".join(person.name if is_seen() else person.id for person in people)
            raise click.ClickException(f"{two} cannot be paired: {reasons} {NOTHING}")


def _say_what_is_wished_no_more(register: Register, before: Wishes, terms: Terms) -> None:
    """Name the wishes of the last proposal that this one does not have, unless the two stand or ended.

    A wish holds for one proposal: who runs the command again for another reason would lose it unawares.
    """
    now, people, settled = register.ledger.wishes, register.people, terms.pinned | register.apart()
    dropped = (("--pin", before.pin - now.pin - settled), ("--forbid", before.forbid - now.forbid - settled))
    every = ((option, couple) for option, couples in dropped for couple in sorted(couples))
    gone = [(option, couple) for option, couple in every if {*couple} <= people.keys()]
    click.echo(filled("wished.txt", gone=gone, people=people, named=is_seen()), nl=False)


# --- writing


def _write(desk: Desk, announce: date | None, *, yes: bool) -> None:
    """Write the pairings that may stand in the file, with their people; no name without its consent.

    Those that stand there get what is known since: who said yes, from which day they are shown, and that they
    ended.
    """
    root, path = desk.root, desk.cohort.path
    writing = Writing(desk.register, desk.handbook.organisation.repository == "private", announce, desk.today)
    moved = _moved(desk, writing, yes=yes)
    with desk.editing() as before:
        draft = writing.draft(before, moved)
    if not draft.new and not draft.changes:
        waiting = "somebody has confirmed" if writing.private else "both have confirmed"
        click.echo(f"There is no pairing to write: none of which {waiting} is missing from the file.")
        return
    agree(path, before, draft.text, yes=yes)
    register = desk.register.keep(draft.before)
    write_checked(root, path, draft.text, before)
    register.keep(draft.after)
    _say_written(desk, draft, announce)


def _say_written(desk: Desk, draft: Draft, announce: date | None) -> None:
    numbers = f"{count(len(draft.new), 'pairing')} and {count(len(draft.changes), 'change')}"
    done = f"{numbers} written into {desk.cohort.path}."
    if any(not proposal.waits_for and not announce for proposal in draft.new):
        say_next(done, "Say from which day they are shown:", desk.command("pair", *WRITE_WITH_DAY))
    else:
        say_next(done, "Check the result:", here(desk.root, "check"))


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
        only = f"only {desk.cohort.path} itself can be changed to hide it."
        click.echo(f"What has been shown keeps its day; {only}")
    moving = f"{count(len(coming), 'pairing')} to {labels.day(announce)}"
    if coming and not yes and can_be_asked():
        yes = click.confirm(f"Move {moving}?")
    elif coming and not yes:
        line = desk.command("pair", "--write", "--announce", str(announce), "--yes")
        click.echo(f"To move {moving}:\n  {line}")
    return coming if yes else ()
