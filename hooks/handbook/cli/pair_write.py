"""`handbook pair --write`: pairings that may stand in a cohort's file -> the file, with new people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from .. import document, edit, signup
from ..cohort import Cohort
from ..load import Handbook
from ..signup import Proposal, SignUp
from ..timeline import today
from . import private
from .files import write_checked
from .next_step import here, say_next
from .reporter import count


def write_pairings(root: Path, handbook: Handbook, run: Cohort, people: Sequence[SignUp],
                   kept: Sequence[Proposal], announce: date | None) -> None:  # fmt: skip
    """Add the pairings that may stand in the file, with their people; no name without its consent.

    Those that stand there get what is known since: who said yes, from which day they are shown, and that they
    ended.
    """
    private_files = handbook.organisation.repository == "private"
    fit = [one for one in kept if one.state == "confirmed" or (private_files and one.confirmed)]
    ready = [one for one in fit if not one.written and not one.ended]
    changes = [*_changes(run, kept, announce, today(handbook.organisation.timezone))]
    if not ready and not changes:
        waiting = "somebody has confirmed" if private_files else "both have confirmed"
        click.echo(f"There is no pairing to write: none of which {waiting} is missing from the file.")
        return
    by_id = {one.id: one for one in people}
    ids = _Ids(run, kept)
    entries = [_entry(one, by_id, ids, announce) for one in ready]
    text = (root / run.path).read_bytes().decode()
    try:
        for path, value in changes:
            text = edit.with_value(text, path, value)
        text = edit.with_people(text, ids.added(by_id, private_files)) if ids.new else text
        text = edit.with_pairings(text, entries) if entries else text
    except edit.Impossible as error:
        raise click.ClickException(f"{run.path}: {error} {private.NOTHING}") from error
    write_checked(root, run.path, text)
    written = {one.two: (ids.of(one.mentor, "mentor"), ids.of(one.mentee, "mentee")) for one in ready}
    after = [replace(one, written=written.get(one.two, one.written)) for one in kept]
    private.keep(root, signup.proposals_path(run.program.id, run.id), signup.proposals_as_json(after))
    done = f"{count(len(ready), 'pairing')} and {count(len(changes), 'change')} written into {run.path}."
    missing = any(one.state == "confirmed" and not announce for one in ready)
    then = "Say from which day they are shown:" if missing else "Look what it is like:"
    day = ("pair", run.program.id, run.id, "--write", "--announce", "YYYY-MM-DD")
    say_next(done, then, here(root, *day) if missing else here(root, "check"))


def _changes(
    run: Cohort, kept: Iterable[Proposal], announce: date | None, now: date
) -> Iterator[tuple[document.Path, object]]:
    """What the file does not say yet of pairings that stand there: the place, and the value."""
    pairings = {(one.mentor.id, one.mentee.id): one for one in run.pairings if not one.closed}
    for one in kept:
        there = pairings.get((one.written[0], one.written[1])) if one.written else None
        if there is None:
            continue
        path = ("pairings", there.number)
        if one.ended:
            yield (*path, "ended"), now
        elif there.confirmed != (days := _days(one)):
            yield (*path, "confirmed"), days
        if announce and there.announce is None and one.state == "confirmed" and not one.ended:
            yield (*path, "announce"), announce


def _days(one: Proposal) -> Mapping[str, date]:
    return {role: one.confirmed[role] for role in ("mentor", "mentee") if role in one.confirmed}


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
