"""`handbook pair`: sign-ups -> the best pairings, a report that says why, and the cohort's file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...model.definitions.program import Program
from ...model.handbook import Handbook
from ...register.ledger import people
from ...register.ledger.ledger import Couple, Wishes
from ...register.ledger.register import Register
from ...register.ledger.store import NOTHING
from ...register.ledger.waiting import WRITE
from ...text.signs import visible
from ..terminal.cohorts import cohort_of, parameter
from ..terminal.days import Day
from ..terminal.next_step import here, say_next
from ..terminal.reporter import count
from .pair_write import write_pairings

if TYPE_CHECKING:
    from ...register.pairing.proposal import Table, Terms

_INSTALL = ".venv/bin/python -m pip install lapx numpy"


@click.command()
@click.argument("program")
@click.argument("cohort")
@click.option(
    "--pin", metavar="MENTOR:MENTEE", multiple=True, help="These two meet, whatever the points say."
)
@click.option("--forbid", metavar="MENTOR:MENTEE", multiple=True, help="These two do not meet.")
@click.option("--rematch", metavar="MENTOR:MENTEE", multiple=True, help="This pairing ended: pair both anew.")
@click.option("--waiting-list", is_flag=True, help="Keep every pairing; only who has none is paired.")
@click.option(
    "--give",
    type=click.IntRange(0, 100),
    default=5,
    show_default=True,
    help="How much of the best total may be lost for the worst-off pairing, in percent.",
)
@click.option(
    "--write", "writes", is_flag=True, help="Put the pairings that both confirmed into the cohort's file."
)
@click.option(
    "--announce",
    "day",
    type=Day(),
    help="With --write: the day from which the site shows those that both confirmed.",
)
@click.option("--yes", is_flag=True, help="With --write: do not ask.")
@click.pass_obj
def pair(
    root: Path, /, program: str, cohort: str, writes: bool, day: date | None, yes: bool, **wishes: Any
) -> None:
    """Propose pairings for PROGRAM's COHORT from its sign-ups.

    People are given by name, address or id. The proposals and a page that explains them stay in signups/,
    which is private. Pairings that somebody has confirmed stand. Nothing is announced.
    """
    handbook, of = cohort_of(root, program, cohort)
    register = Register.of(root, of)
    # Pairings that somebody wrote into the file by hand need no sign-ups.
    if not register.ledger.sign_ups and not (writes and of.pairings):
        words = ("import", "signups", "FILE.csv", "--program", of.program.id, "--cohort", of.id)
        raise click.ClickException(f"There are no sign-ups yet. Import them: {here(root, *words)}")
    if (day or yes) and not writes:
        raise click.UsageError(f"{'--announce' if day else '--yes'} goes with --write.")
    if writes:
        write_pairings(root, handbook, register, day, yes=yes)
    else:
        _propose(root, handbook, register, wishes)


def _propose(root: Path, handbook: Handbook, register: Register, options: Mapping[str, Any]) -> None:
    try:
        from ...register.pairing import assignment, proposal, report
    except ImportError as error:
        message = f"Pairing needs a library that is not installed ({error.name}). Install it:"
        raise click.ClickException(f"{message}\n  {_INSTALL}") from error
    register = _without_leavers(register, _couples(register, options["rematch"]))
    wishes = Wishes(*(frozenset(_couples(register, options[kind])) for kind in ("pin", "forbid")))
    terms = _terms(handbook, register, wishes, options)
    try:
        table = proposal.table(register.ledger.sign_ups, terms)
    except ValueError as error:
        raise click.ClickException(f"{error} {NOTHING}") from error
    names = _names(handbook, register.cohort.program, report)
    _refuse_broken(table, wishes.pin, {**report.STANDING, **names.rules})
    pairs = assignment.assign(table.board, terms.share)
    title = f"{register.cohort.program.title}, {register.cohort.title}"
    explained = report.explained(title, table, pairs, names)
    couples = {(table.mentors[row].id, table.mentees[column].id) for row, column in (*table.pinned, *pairs)}
    before, register = register.ledger.wishes, register.keep(register.proposing(couples, wishes))
    place = register.store.keep_report(report.rendered(explained, "page.j2"))
    click.echo(report.rendered(explained, "text.j2"))
    _say_what_is_wished_no_more(register, before, terms)
    _say_next(root, register, len(couples), place)


def _terms(handbook: Handbook, register: Register, wishes: Wishes, options: Mapping[str, Any]) -> Terms:
    from ...register.pairing.criteria import When
    from ...register.pairing.proposal import Terms

    program = register.cohort.program
    standing = register.standing(all_proposals=options["waiting_list"])
    return Terms(
        program.criteria,
        When(register.cohort.start, handbook.organisation.timezone),
        {name: int(value) for name, value in program.rules.items()},
        options["give"] / 100,
        standing | wishes.pin,
        wishes.forbid | register.apart(),
    )


def _say_next(root: Path, register: Register, number: int, place: str) -> None:
    words = (register.cohort.program.id, register.cohort.id)
    done = f"{count(number, 'pairing')} proposed. The same report is a page: {place}"
    if number:
        line = here(root, "confirm", *words, "MENTOR", "MENTEE")
        say_next(done, "Ask both people of each pairing, then note who said yes:", line)
    else:
        say_next(done, "See what waits for you all the same:", here(root, "due", *words))
    if ended := register.ended():
        still = f"{count(len(ended), 'pairing')} ended, and {register.cohort.path} does not say so yet"
        line = here(root, "pair", *words, *WRITE)
        say_next(f"{still}: the site goes on showing what is public of it.", "Write that down:", line)


def _without_leavers(register: Register, ended: Iterable[Couple]) -> Register:
    """Part those whose pairing ended, and those of whom somebody is no longer among the sign-ups."""
    leavers = register.leavers()
    if leavers:
        named = count(len(leavers), "pairing")
        click.echo(f"{named} ended: somebody is no longer among the sign-ups.", err=True)
    return Register(register.store, register.cohort, register.parted([*ended, *leavers]), register.edition)


def _couples(register: Register, words: Iterable[str]) -> set[Couple]:
    """Read `mentor:mentee`, each by name, address or id."""
    couples = set()
    for word in words:
        mentor, colon, mentee = word.partition(":")
        if not colon:
            raise click.BadParameter(f"“{word}” names no two people. Write MENTOR:MENTEE.")
        with parameter():
            couples.add(
                (
                    people.sign_up(register, mentor, "mentor").id,
                    people.sign_up(register, mentee, "mentee").id,
                )
            )
    return couples


def _refuse_broken(table: Table, pins: Iterable[Couple], rules: Mapping[str, str]) -> None:
    """Refuse to pin what a rule forbids; those who have confirmed already know better."""
    rows = {person.id: index for index, person in enumerate(table.mentors)}
    columns = {person.id: index for index, person in enumerate(table.mentees)}
    for mentor, mentee in pins:
        place = rows[mentor], columns[mentee]
        broken = [name for name, mask in table.broken.items() if name != "pinned" and mask[place]]
        if broken:
            reasons = " ".join(rules.get(name, name) for name in broken)
            two = f"{table.mentors[place[0]].name} and {table.mentees[place[1]].name}"
            raise click.ClickException(f"{two} cannot be paired: {reasons} {NOTHING}")


def _say_what_is_wished_no_more(register: Register, before: Wishes, terms: Terms) -> None:
    """Name the wishes of the last proposal that this one does not have, unless the two stand or ended.

    A wish holds for one proposal: who runs the command again for another reason would lose it unawares.
    """
    now, names = register.ledger.wishes, {person.id: person.name for person in register.ledger.sign_ups}
    settled = terms.pinned | register.apart()
    gone = [("--pin", couple) for couple in sorted(before.pin - now.pin)]
    gone += [("--forbid", couple) for couple in sorted(before.forbid - now.forbid)]
    lines = [
        f"  {option} {':'.join(couple)}  ({visible(' and '.join(names[name] for name in couple))})"
        for option, couple in gone
        if couple not in settled and {*couple} <= {*names}
    ]
    if lines:
        click.echo("\n".join(("\nWished for last time, and not this time:", *lines)))


def _names(handbook: Handbook, program: Program, report: Any) -> Any:
    say = handbook.labels.say
    return report.Names(
        {topic.id: str(topic.title) for topic in program.topics},
        {goal.id: str(goal.title) for goal in program.goals},
        {name: say(f"criterion.{name}").unescape() for name, _ in program.criteria},
        {name: say(f"rule.{name}", n=value).unescape() for name, value in program.rules.items() if value},
    )
