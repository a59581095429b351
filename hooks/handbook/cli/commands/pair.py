"""`handbook pair`: sign-ups -> the best pairings, a report that says why, and the cohort's file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ... import DATA
from ...model.definitions.cohort import Cohort
from ...model.definitions.program import Program
from ...model.handbook import Handbook
from ...register.ledger import signup
from ...register.ledger.signup import Proposal, SignUp, Wishes
from ..terminal import private
from ..terminal.days import Day
from ..terminal.next_step import here, say_next
from ..terminal.reporter import count
from .pair_wishes import say_what_is_wished_no_more
from .pair_write import still_open, write_pairings

if TYPE_CHECKING:
    from ...register.pairing.proposal import Table

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
    handbook, run = private.cohort_of(root, program, cohort)
    # Pairings that somebody wrote into the file by hand need no sign-ups.
    people = (private.imported if writes and run.pairings else private.sign_ups)(root, run)
    kept = private.proposals(root, run)
    if (day or yes) and not writes:
        raise click.UsageError(f"{'--announce' if day else '--yes'} goes with --write.")
    if writes:
        write_pairings(root, handbook, run, people, kept, day, yes)
        return
    _propose(root, handbook, run, people, kept, wishes)


def _propose(root: Path, handbook: Handbook, run: Cohort, people: Sequence[SignUp],
             kept: Sequence[Proposal], wishes: Mapping[str, Any]) -> None:  # fmt: skip
    try:
        from ...register.pairing import assignment, proposal, report
        from ...register.pairing.criteria import When
    except ImportError as error:
        said = f"Pairing needs a library that is not installed ({error.name}). Install it:"
        raise click.ClickException(f"{said}\n  {_INSTALL}") from error
    kept = _without_leavers(kept, people)
    asked = Wishes(*(frozenset(_pairs(wishes[kind], people)) for kind in ("pin", "forbid")))
    ended = _pairs(wishes["rematch"], people) | {one.two for one in kept if one.ended}
    standing = [one for one in kept if (one.confirmed or wishes["waiting_list"]) and one.two not in ended]
    pinned = {one.two for one in standing} | asked.pin
    terms = proposal.Terms(
        run.program.criteria,
        When(run.start, handbook.organisation.timezone),
        {name: int(value) for name, value in run.program.rules.items()},
        wishes["give"] / 100,
        frozenset(pinned),
        asked.forbid | ended,
    )
    try:
        laid = proposal.table(people, terms)
    except ValueError as error:
        raise click.ClickException(f"{error} Nothing was written.") from error
    words = {**report.STANDING, **_rule_words(handbook, run.program)}
    _refuse_broken(laid, asked.pin, words)
    pairs = assignment.assign(laid.board, terms.share)
    told = report.explained(
        f"{run.program.title}, {run.title}", laid, pairs, _names(handbook, run.program, report)
    )
    found = {(laid.mentors[row].id, laid.mentees[column].id) for row, column in (*laid.pinned, *pairs)}
    ready = [one for one in standing if one.two in found]
    ready += [replace(one, ended=True) for one in kept if one.two in ended]
    ready += [Proposal(*two) for two in sorted(found - {one.two for one in ready})]
    page = signup.report_path(run.program.id, run.id)
    private.keep(root, signup.proposals_path(run.program.id, run.id), signup.proposals_as_json(ready))
    private.keep(root, page, report.as_html(told, (DATA / "report/page.html.j2").read_text("utf-8")))
    click.echo(report.as_text(told))
    say_what_is_wished_no_more(root, run, people, asked, pinned | ended)
    done = f"{count(len(found), 'pairing')} proposed. The same report is a page: {page}"
    say_next(done, "Ask both people of each pairing, then note who said yes:",
             here(root, "confirm", run.program.id, run.id, "MENTOR", "MENTEE"))  # fmt: skip
    if shown := still_open(run, ready):
        still = f"{count(len(shown), 'pairing')} ended, and {run.path} does not say so yet"
        say_next(f"{still}: the site goes on showing what is public of it.", "Write that down:",
                 here(root, "pair", run.program.id, run.id, "--write"))  # fmt: skip


def _without_leavers(kept: Sequence[Proposal], people: Sequence[SignUp]) -> Sequence[Proposal]:
    """The proposals, of which those end whose people are no longer among the sign-ups."""
    here_still = {one.id for one in people}
    left = [one for one in kept if not one.ended and not {*one.two} <= here_still]
    if left:
        named = count(len(left), "pairing")
        click.echo(f"{named} ended: somebody is no longer among the sign-ups.", err=True)
    return [replace(one, ended=True) if one in left else one for one in kept]


def _pairs(words: Iterable[str], people: Sequence[SignUp]) -> set[tuple[str, str]]:
    """Read `mentor:mentee`, each by name, address or id."""
    found = set()
    for word in words:
        mentor, colon, mentee = word.partition(":")
        if not colon:
            raise click.BadParameter(f"“{word}” names no two people. Write MENTOR:MENTEE.")
        found.add((private.person(mentor, people, "mentor").id, private.person(mentee, people, "mentee").id))
    return found


def _refuse_broken(laid: Table, pins: Iterable[tuple[str, str]], rules: Mapping[str, str]) -> None:
    """Refuse to pin what a rule forbids; those who have confirmed already know better."""
    rows = {one.id: index for index, one in enumerate(laid.mentors)}
    columns = {one.id: index for index, one in enumerate(laid.mentees)}
    for mentor, mentee in pins:
        broken = [
            name
            for name, mask in laid.broken.items()
            if name != "pinned" and mask[rows[mentor], columns[mentee]]
        ]
        if broken:
            said = " ".join(rules.get(name, name) for name in broken)
            two = f"{laid.mentors[rows[mentor]].name} and {laid.mentees[columns[mentee]].name}"
            raise click.ClickException(f"{two} cannot be paired: {said} {private.NOTHING}")


def _rule_words(handbook: Handbook, program: Program) -> Mapping[str, str]:
    say = handbook.labels.say
    return {name: say(f"rule.{name}", n=value).unescape() for name, value in program.rules.items() if value}


def _names(handbook: Handbook, program: Program, report: Any) -> Any:
    say = handbook.labels.say
    return report.Names(
        {one.id: str(one.title) for one in program.topics},
        {one.id: str(one.title) for one in program.goals},
        {name: say(f"criterion.{name}").unescape() for name, _ in program.criteria},
        _rule_words(handbook, program),
    )
