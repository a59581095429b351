"""`handbook pair`: sign-ups -> the best pairings, a report that says why, and the cohort's file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .. import edit, signup
from ..cohort import Cohort
from ..load import ENGINE, Handbook
from ..program import Program
from ..signup import Proposal, SignUp
from ..timeline import today
from . import private
from .files import write_checked
from .next_step import here, say_next
from .reporter import count

if TYPE_CHECKING:
    from ..pairing.proposal import Table

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
@click.pass_obj
def pair(root: Path, /, program: str, cohort: str, writes: bool, **wishes: Any) -> None:
    """Propose pairings for PROGRAM's COHORT from its sign-ups.

    People are given by name, address or id. The proposals and a page that explains them stay in signups/,
    which is private. Pairings that somebody has confirmed stand. Nothing is announced.
    """
    handbook, run = private.cohort_of(root, program, cohort)
    people = private.sign_ups(root, run)
    kept = private.proposals(root, run)
    if writes:
        _write(root, handbook, run, people, kept)
        return
    _propose(root, handbook, run, people, kept, wishes)


def _propose(root: Path, handbook: Handbook, run: Cohort, people: Sequence[SignUp],
             kept: Sequence[Proposal], wishes: Mapping[str, Any]) -> None:  # fmt: skip
    try:
        from ..pairing import assignment, proposal, report
        from ..pairing.criteria import When
    except ImportError as error:
        said = f"Pairing needs a library that is not installed ({error.name}). Install it:"
        raise click.ClickException(f"{said}\n  {_INSTALL}") from error
    ended = _pairs(wishes["rematch"], people)
    standing = [one for one in kept if (one.confirmed or wishes["waiting_list"]) and _two(one) not in ended]
    pinned = {_two(one) for one in standing} | _pairs(wishes["pin"], people)
    terms = proposal.Terms(
        run.program.criteria,
        When(run.start, handbook.organisation.timezone),
        {name: int(value) for name, value in run.program.rules.items()},
        wishes["give"] / 100,
        frozenset(pinned),
        frozenset(_pairs(wishes["forbid"], people) | ended),
    )
    try:
        laid = proposal.table(people, terms)
    except ValueError as error:
        raise click.ClickException(f"{error} Nothing was written.") from error
    _refuse_broken(laid, _pairs(wishes["pin"], people), _rule_words(handbook, run.program))
    pairs = assignment.assign(laid.board, terms.share)
    told = report.explained(
        f"{run.program.title}, {run.title}", laid, pairs, _names(handbook, run.program, report)
    )
    found = {(laid.mentors[row].id, laid.mentees[column].id) for row, column in (*laid.pinned, *pairs)}
    ready = [one for one in standing if _two(one) in found]
    ready += [Proposal(*two) for two in sorted(found - {_two(one) for one in ready})]
    page = signup.report_path(run.program.id, run.id)
    private.keep(root, signup.proposals_path(run.program.id, run.id), signup.proposals_as_json(ready))
    private.keep(root, page, report.as_html(told, (ENGINE / "pairing/page.html.j2").read_text("utf-8")))
    click.echo(report.as_text(told))
    done = f"{count(len(found), 'pairing')} proposed. The same report is a page: {page}"
    say_next(done, "Ask both people of each pairing, then note who said yes:",
             here(root, "confirm", run.program.id, run.id, "MENTOR", "MENTEE"))  # fmt: skip


def _two(one: Proposal) -> tuple[str, str]:
    return one.mentor, one.mentee


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
            raise click.ClickException(
                f"{mentor}:{mentee} breaks what the program says: {said} {private.NOTHING}"
            )


def _rule_words(handbook: Handbook, program: Program) -> Mapping[str, str]:
    say = handbook.texts.say
    return {name: say(f"rule.{name}", n=value).unescape() for name, value in program.rules.items() if value}


def _names(handbook: Handbook, program: Program, report: Any) -> Any:
    say = handbook.texts.say
    return report.Names(
        {one.id: str(one.title) for one in program.topics},
        {one.id: str(one.title) for one in program.goals},
        {name: say(f"criterion.{name}").unescape() for name, _ in program.criteria},
        _rule_words(handbook, program),
    )


# --- into the cohort's file -----------------------------------------------------------------------


def _write(
    root: Path, handbook: Handbook, run: Cohort, people: Sequence[SignUp], kept: Sequence[Proposal]
) -> None:
    """Add the pairings that may stand in the file, with their people; no name without its consent."""
    private_files = handbook.organisation.repository == "private"
    ready = [
        one
        for one in kept
        if not one.written and (one.state == "confirmed" or (private_files and one.confirmed))
    ]
    if not ready:
        waiting = "both have confirmed" if not private_files else "somebody has confirmed"
        click.echo(f"There is no pairing to write: none of which {waiting} is missing from the file.")
        return
    by_id = {one.id: one for one in people}
    ids = _Ids(run, kept)
    entries = [_entry(one, by_id, ids) for one in ready]
    text = (root / run.path).read_bytes().decode()
    try:
        text = edit.with_people(text, ids.added(by_id, private_files)) if ids.new else text
        text = edit.with_pairings(text, entries)
    except edit.Impossible as error:
        raise click.ClickException(f"{run.path}: {error} {private.NOTHING}") from error
    write_checked(root, run.path, text)
    written = {_two(one): (ids.of(one.mentor, "mentor"), ids.of(one.mentee, "mentee")) for one in ready}
    after = [replace(one, written=written.get(_two(one), one.written)) for one in kept]
    private.keep(root, signup.proposals_path(run.program.id, run.id), signup.proposals_as_json(after))
    done = f"{count(len(ready), 'pairing')} written into {run.path}."
    say_next(done, "Give each a day under `announce`, then look:", here(root, "check"))


class _Ids:
    """The ids of people in a cohort's file: those that they have, and new ones that say nothing."""

    def __init__(self, run: Cohort, kept: Iterable[Proposal]) -> None:
        self.known = {(one.mentor, "mentor"): one.written[0] for one in kept if one.written}
        self.known |= {(one.mentee, "mentee"): one.written[1] for one in kept if one.written}
        self.taken = {person.id for person in run.people}
        self.new: dict[tuple[str, str], str] = {}

    def of(self, sign_up: str, role: str) -> str:
        """The id of somebody in a role."""
        key = sign_up, role
        if key not in self.known:
            number = next(n for n in range(1, len(self.taken) + 2) if f"{role}-{n}" not in self.taken)
            self.known[key] = self.new[key] = f"{role}-{number}"
            self.taken.add(self.known[key])
        return self.known[key]

    def added(self, people: Mapping[str, SignUp], private_files: bool) -> list[dict[str, object]]:
        """The entries of those who are new in the file: what a reader may know of them, and no more."""
        return [
            _person(people[name], role, identifier, private_files)
            for (name, role), identifier in self.new.items()
        ]


def _person(one: SignUp, role: str, identifier: str, private_files: bool) -> dict[str, object]:
    shown = one.consent == "public" or (private_files and one.consent == "participants")
    said: dict[str, object] = {"id": identifier}
    said |= {"name": one.name} if shown else {}
    said |= {"role": role}
    said |= {"unit": one.unit} if shown and one.unit else {}
    said |= {"topics": list(one.topics)} if one.topics else {}
    said |= {"capacity": one.capacity} if one.capacity != 1 else {}
    return said | ({"consent": one.consent} if shown else {})


def _entry(one: Proposal, people: Mapping[str, SignUp], ids: _Ids) -> dict[str, object]:
    mentor, mentee = people[one.mentor], people[one.mentee]
    shared = [topic for topic in mentee.topics if topic in mentor.topics]
    said: dict[str, object] = {"mentor": ids.of(one.mentor, "mentor"), "mentee": ids.of(one.mentee, "mentee")}
    said |= {"topics": shared} if shared else {}
    goals = [goal for goal in mentee.goals if goal in mentor.goals]
    said |= {"goals": goals} if goals else {}
    return said | {"confirmed": dict(sorted(one.confirmed.items(), reverse=True))}


# --- who said yes ---------------------------------------------------------------------------------


@click.command()
@click.argument("program")
@click.argument("cohort")
@click.argument("mentor")
@click.argument("mentee")
@click.option(
    "--by",
    type=click.Choice(["mentor", "mentee", "both"]),
    default="both",
    show_default=True,
    help="Who said yes.",
)
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="On which day. [default: today]")
@click.pass_obj
def confirm(root: Path, /, program: str, cohort: str, mentor: str, mentee: str, by: str, day: Any) -> None:
    """Note that MENTOR, MENTEE or both said yes to being paired."""
    handbook, run = private.cohort_of(root, program, cohort)
    people, kept = private.sign_ups(root, run), private.proposals(root, run)
    two = private.person(mentor, people, "mentor").id, private.person(mentee, people, "mentee").id
    found = next((one for one in kept if _two(one) == two), None)
    if found is None:
        words = ("pair", run.program.id, run.id, "--pin", f"{two[0]}:{two[1]}")
        raise click.ClickException(f"These two are not proposed. To propose them: {here(root, *words)}")
    said: date = day.date() if day else today(handbook.organisation.timezone)
    roles = ("mentor", "mentee") if by == "both" else (by,)
    new = replace(found, confirmed={**dict.fromkeys(roles, said), **found.confirmed})
    after = [new if one is found else one for one in kept]
    private.keep(root, signup.proposals_path(run.program.id, run.id), signup.proposals_as_json(after))
    ready = sum(one.state == "confirmed" and not one.written for one in after)
    done = (
        "Both have said yes." if new.state == "confirmed" else f"Noted; the {_other(by)} has yet to say yes."
    )
    say_next(f"{done} {count(ready, 'pairing')} can be written.", "Put them into the cohort's file:",
             here(root, "pair", run.program.id, run.id, "--write"))  # fmt: skip


def _other(role: str) -> str:
    return "mentee" if role == "mentor" else "mentor"
