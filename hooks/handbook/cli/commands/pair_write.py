"""`handbook pair --write`: pairings that may stand in a cohort's file -> the file, with new people."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from ...model.definitions.cohort import Cohort, Pairing
from ...model.handbook import Handbook
from ...register.ledger import signup
from ...register.ledger.signup import Proposal, SignUp
from ...text import document, edit
from ..terminal import private
from ..terminal.aliases import alias, keep_numbers, last_numbers
from ..terminal.asked import can_be_asked, write_asked
from ..terminal.next_step import here, say_next
from ..terminal.reporter import count
from ..terminal.today import today

_ROLES = ("mentor", "mentee")


def write_pairings(root: Path, handbook: Handbook, run: Cohort, people: Sequence[SignUp],
                   kept: Sequence[Proposal], announce: date | None, yes: bool) -> None:  # fmt: skip
    """Add the pairings that may stand in the file, with their people; no name without its consent.

    Those that stand there get what is known since: who said yes, from which day they are shown, and that they
    ended.
    """
    private_files = handbook.organisation.repository == "private"
    by_id = {one.id: one for one in people}
    fit = [one for one in kept if one.state == "confirmed" or (private_files and one.confirmed)]
    ready = [one for one in fit if not one.written and not one.ended and {*one.two} <= by_id.keys()]
    now = today(handbook)
    moved = _to_move(root, handbook, run, kept, announce, now, yes)
    changes = [*_changes(run, kept, announce, now), *moved]
    if not ready and not changes:
        waiting = "somebody has confirmed" if private_files else "both have confirmed"
        click.echo(f"There is no pairing to write: none of which {waiting} is missing from the file.")
        return
    ids = _Ids(run, kept, last_numbers(root, run))
    entries = [_entry(one, by_id, ids, announce) for one in ready]
    text = (root / run.path).read_bytes().decode()
    try:
        for path, value in changes:
            text = edit.with_value(text, path, value)
        text = edit.with_people(text, ids.added(by_id, private_files)) if ids.new else text
        text = edit.with_pairings(text, entries) if entries else text
    except edit.Impossible as error:
        raise click.ClickException(f"{run.path}: {error} {private.NOTHING}") from error
    write_asked(root, run.path, text, yes)
    written = {one.two: (ids.of(one.mentor, "mentor"), ids.of(one.mentee, "mentee")) for one in ready}
    after = [replace(one, written=written.get(one.two, one.written)) for one in kept]
    private.keep(root, signup.proposals_path(run.program.id, run.id), signup.proposals_as_json(after))
    keep_numbers(root, f"{run.program.id}/{run.id}", ids.last.items())
    done = f"{count(len(ready), 'pairing')} and {count(len(changes), 'change')} written into {run.path}."
    missing = any(one.state == "confirmed" and not announce for one in ready)
    then = "Say from which day they are shown:" if missing else "Look what it is like:"
    say_next(done, then, write_line(root, run) if missing else here(root, "check"))


def write_line(root: Path, run: Cohort) -> str:
    """The command that writes what both confirmed, with the day from which it is shown."""
    return here(root, "pair", run.program.id, run.id, "--write", "--announce", "YYYY-MM-DD")


def still_open(run: Cohort, kept: Iterable[Proposal]) -> list[Pairing]:
    """The pairings that ended, as signups/ has it, and of which the cohort's file does not say so yet."""
    ended = {one.written for one in kept if one.ended}
    return [one for one in run.pairings if not one.closed and _two(one) in ended]


def _changes(
    run: Cohort, kept: Iterable[Proposal], announce: date | None, now: date
) -> Iterator[tuple[document.Path, object]]:
    """What the file does not say yet of pairings that stand there: the place, and the value."""
    noted = {one.written: one for one in kept}
    for there, days in _standing(run, kept):
        path = ("pairings", there.number)
        if _two(there) in noted and noted[_two(there)].ended:
            yield (*path, "ended"), now
            continue
        if there.confirmed != days:
            yield (*path, "confirmed"), days
        if announce and there.announce is None and len(days) == len(_ROLES):
            yield (*path, "announce"), announce


def _standing(run: Cohort, kept: Iterable[Proposal]) -> Iterator[tuple[Pairing, Mapping[str, date]]]:
    """The open pairings of the file, with the days on which people said yes, as far as anybody noted."""
    noted = {one.written: _days(one) for one in kept}
    for one in run.pairings:
        if not one.closed:
            yield one, noted.get(_two(one), one.confirmed)


def _to_move(root: Path, handbook: Handbook, run: Cohort, kept: Sequence[Proposal], announce: date | None,
             now: date, yes: bool) -> list[tuple[document.Path, object]]:  # fmt: skip
    """The days that give way to the one that is said, once somebody agreed; each of the others is told.

    A late pairing is written with a day of its own: it must not take along those that wait for theirs.
    """
    ended = {one.number for one in still_open(run, kept)}
    others = [one for one, days in _standing(run, kept) if announce and one.announce not in (None, announce)
              and len(days) == len(_ROLES) and one.number not in ended]  # fmt: skip
    if announce is None or not others:
        return []
    day = handbook.labels.day
    coming = [one for one in others if one.announce and one.announce > now]
    for one in others:
        until = "is to be shown from" if one in coming else "has been shown since"
        click.echo(f"{_called(handbook, one)} {until} {day(one.announce or now)}.")
    if len(coming) < len(others):
        click.echo(f"What has been shown keeps its day; only {run.path} itself can be changed to hide it.")
    if coming and not yes and can_be_asked():
        yes = click.confirm(f"Move {count(len(coming), 'pairing')} to {day(announce)}?")
    elif coming and not yes:
        words = ("--write", "--announce", str(announce), "--yes")
        move = here(root, "pair", run.program.id, run.id, *words)
        click.echo(f"To move {count(len(coming), 'pairing')} to {day(announce)}:\n  {move}")
    return [(("pairings", one.number, "announce"), announce) for one in coming] if yes else []


def _called(handbook: Handbook, one: Pairing) -> str:
    """What the two are called where a log may keep it."""
    return " → ".join(alias(handbook, who) for who in (one.mentor, one.mentee))


def _two(one: Pairing) -> tuple[str, str]:
    return one.mentor.id, one.mentee.id


def _days(one: Proposal) -> Mapping[str, date]:
    return {role: one.confirmed[role] for role in _ROLES if role in one.confirmed}


class _Ids:
    """The ids of people in a cohort's file: those that they have, and new ones that say nothing."""

    def __init__(self, run: Cohort, kept: Iterable[Proposal], last: dict[str, int]) -> None:
        self.known = {(one.mentor, "mentor"): one.written[0] for one in kept if one.written}
        self.known |= {(one.mentee, "mentee"): one.written[1] for one in kept if one.written}
        self.taken = {person.id for person in run.people}
        self.last = last
        self.new: dict[tuple[str, str], str] = {}

    def of(self, sign_up: str, role: str) -> str:
        """The id of somebody in a role."""
        key = sign_up, role
        if key not in self.known:
            # A number that is free between others was somebody's, whom the site called by it.
            above = itertools.count(self.last[role] + 1)
            self.last[role] = next(n for n in above if f"{role}-{n}" not in self.taken)
            self.known[key] = self.new[key] = f"{role}-{self.last[role]}"
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


def _entry(
    one: Proposal, people: Mapping[str, SignUp], ids: _Ids, announce: date | None
) -> dict[str, object]:
    mentor, mentee = people[one.mentor], people[one.mentee]
    shared = [topic for topic in mentee.topics if topic in mentor.topics]
    said: dict[str, object] = {"mentor": ids.of(one.mentor, "mentor"), "mentee": ids.of(one.mentee, "mentee")}
    said |= {"topics": shared} if shared else {}
    goals = [goal for goal in mentee.goals if goal in mentor.goals]
    said |= {"goals": goals} if goals else {}
    said |= {"confirmed": _days(one)}
    return said | ({"announce": announce} if announce and one.state == "confirmed" else {})
