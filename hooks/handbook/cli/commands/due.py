"""`handbook due`: what a coordinator has to do now. Names are for a terminal alone; a log gets counts."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from html import unescape
from pathlib import Path

import click

from ...contents.build import Build
from ...guidance.messages.announcement import Announcement
from ...load.repository import load
from ...model.definitions.cohort import Cohort, Pairing
from ...model.definitions.program import Moment
from ...model.handbook import Handbook
from ...model.timeline import Event, state, until_the_end
from ...register.ledger import signup
from ...register.ledger.signup import Proposal, SignUp
from ...text.problems import errors, visible
from ..terminal import private
from ..terminal.aliases import alias
from ..terminal.next_step import here
from ..terminal.reporter import count
from ..terminal.today import today
from .announce import faults_shown
from .pair_write import still_open, write_line

_SOON = 14
_ROLES = ("mentor", "mentee")


@click.command()
@click.argument("program", required=False)
@click.argument("cohort", required=False)
@click.pass_obj
def due(root: Path, /, program: str | None, cohort: str | None) -> None:
    """Say what there is to do now, for PROGRAM's COHORT or for all that are not over.

    Names are shown on a terminal alone. Whatever keeps what is printed gets numbers.
    """
    handbook, runs = _runs(root, program, cohort)
    day = today(handbook)
    show = _for_people if sys.stdout.isatty() else _for_a_log
    with faults_shown(root):
        blocks = [show(run, tuple(_Desk(root, handbook, run, day).things())) for run in runs(day)]
    found = [block for block in blocks if block]
    click.echo("\n\n".join(found) if found else "Nothing is due.")


def _runs(
    root: Path, program: str | None, cohort: str | None
) -> tuple[Handbook, Callable[[date], tuple[Cohort, ...]]]:
    """The cohort that is named, whatever its days; else each that is not over on a day."""
    if program or cohort:
        handbook, run = private.cohort_of(root, program, cohort)
        return handbook, lambda _: (run,)
    loaded, problems = load(root)
    if loaded is None:
        told = count(len(errors(problems)), "error")
        raise click.ClickException(f"There is {told} in the files; see {here(root, 'check')}.")
    return loaded, lambda day: tuple(run for run in loaded.cohorts if state(run, day) != "finished")


@dataclass(frozen=True)
class _Thing:
    """One kind of thing to do.

    Attributes:
        heading: what it is.
        number: how many there are, in words.
        lines: each of them, with names; for the coordinator's eyes alone.
        command: what to run, where a command does it.
    """

    heading: str
    number: str
    lines: tuple[str, ...]
    command: str = ""


def _for_people(run: Cohort, things: Iterable[_Thing]) -> str:
    told = [_said(thing) for thing in things]
    title = visible(f"{run.program.title}, {run.title}")
    return "\n".join((title, *told)) if told else ""


def _said(thing: _Thing) -> str:
    # Only as a whole line: a name is a text of somebody's, and must not move the cursor.
    lines = [f"    {visible(line)}" for line in thing.lines]
    command = [f"    {thing.command}"] if thing.command else []
    return "\n".join((f"  {thing.heading}", *lines, *command))


def _for_a_log(run: Cohort, things: Iterable[_Thing]) -> str:
    """Numbers alone; even a title is somebody's text."""
    told = [f"  {thing.heading} {thing.number}" for thing in things]
    return "\n".join((run.path, *told)) if told else ""


@dataclass(frozen=True)
class _Desk:
    """Everything that is known of one cohort on a day: its file, and what stands in signups/."""

    root: Path
    handbook: Handbook
    run: Cohort
    day: date

    def things(self) -> Iterator[_Thing]:
        """What there is to do, the most pressing first."""
        made = (
            self._ended(), self._asked(), self._unwritten(), self._unsaid(), self._without_day(),
            self._appearing(),
            self._soon("Check-ins:", "check-in"),
            self._soon(f"In the next {_SOON} days:"),
        )  # fmt: skip
        yield from (thing for thing in made if thing is not None)

    # --- who is waited for

    def _ended(self) -> _Thing | None:
        """The pairings that ended, and that the site goes on showing."""
        found = still_open(self.run, self._kept)
        command = here(self.root, "pair", self.run.program.id, self.run.id, "--write")
        heading = f"Ended; not said in {self.run.path} yet, so still shown:"
        return _thing(heading, count(len(found), "pairing"), [self._met(one) for one in found], command)

    def _asked(self) -> _Thing | None:
        """Whose yes is waited for: of the proposals by name, of the cohort's file by alias."""
        lines = [self._waits(one) for one in self._proposed if one.state != "confirmed" and not one.written]
        number = sum(2 - len(one.confirmed) for one in self._proposed if not one.written)
        for pairing in self._open():
            missing = [role for role in _ROLES if role not in self._confirmed(pairing)]
            if missing:
                people = self._told(pairing)
                lines.append(f"{' and '.join(people[role] for role in missing)}, in {_both(people)}")
                number += len(missing)
        return _thing("To ask, or to remind:", count(number, "answer"), lines)

    def _waits(self, one: Proposal) -> str:
        people = self._names(one)
        missing = [people[role] for role in _ROLES if role not in one.confirmed]
        return f"{' and '.join(missing)}, in {_both(people)}"

    def _unwritten(self) -> _Thing | None:
        """The proposals to which both said yes, and which the cohort's file has not."""
        found = [one for one in self._proposed if one.state == "confirmed" and not one.written]
        command = write_line(self.root, self.run)
        lines = [_both(self._names(one)) for one in found]
        return _thing(
            "Both said yes; not in the cohort’s file yet:", count(len(found), "pairing"), lines, command
        )

    def _unsaid(self) -> _Thing | None:
        """The pairings of the file whose yes is known here and missing there."""
        found = [one for one in self._open() if set(self._confirmed(one)) - set(one.confirmed)]
        command = here(self.root, "pair", self.run.program.id, self.run.id, "--write")
        if any(one.announce is None for one in found):
            command = write_line(self.root, self.run)
        heading = f"Said yes; not said in {self.run.path} yet:"
        return _thing(heading, count(len(found), "pairing"), [self._met(one) for one in found], command)

    def _without_day(self) -> _Thing | None:
        found = [one for one in self._open() if len(one.confirmed) == len(_ROLES) and one.announce is None]
        heading = "Confirmed; give them the day from which they are shown:"
        command = write_line(self.root, self.run)
        return _thing(heading, count(len(found), "pairing"), [self._met(one) for one in found], command)

    def _appearing(self) -> _Thing | None:
        told = Announcement(self.handbook, Build(self.day), self.run).waiting()
        days = [(day, count(number, "pairing")) for day, number in told]
        lines = [f"{number} on {self._on(day)}" for day, number in days]
        return _thing("Will appear:", ", ".join(number for _, number in days), lines)

    # --- days

    def _soon(self, heading: str, kind: str = "") -> _Thing | None:
        """What begins or ends in the next days: of one kind, or all but check-ins and announcements."""
        found = sorted(
            (event.next_day(self.day), self._event(event))
            for event in until_the_end(self.run)
            if 0 <= (event.next_day(self.day) - self.day).days <= _SOON
            and (event.kind == kind if kind else event.kind not in ("check-in", "announcement"))
        )
        lines = [f"{words} – {self._on(day)}" for day, words in found]
        return _thing(heading, count(len(lines), "date"), lines)

    def _event(self, event: Event) -> str:
        texts = self.handbook.labels
        ends = event.day <= self.day and texts.has(f"event_ends.{event.kind}")
        words = texts.say(f"event{'_ends' if ends else ''}.{event.kind}", title=event.title)
        act = event.thing.act("coordinator") if isinstance(event.thing, Moment) else ""
        said = f"{words}: {act}" if act and act != event.title else str(words)
        return unescape(said)

    def _on(self, day: date) -> str:
        texts = self.handbook.labels
        return unescape(f"{texts.day(day)}, {texts.ahead(day, self.day)}")

    # --- people

    @cached_property
    def _proposed(self) -> tuple[Proposal, ...]:
        return tuple(one for one in self._kept if not one.ended)

    @cached_property
    def _kept(self) -> tuple[Proposal, ...]:
        return private.proposals(self.root, self.run)

    def _open(self) -> list[Pairing]:
        """The pairings of the file that nobody has ended, be it in signups/ alone."""
        ended = still_open(self.run, self._kept)
        return [one for one in self.run.pairings if not one.closed and one not in ended]

    def _confirmed(self, pairing: Pairing) -> frozenset[str]:
        """Who has said yes, by the file or by what `handbook confirm` noted later."""
        two = (pairing.mentor.id, pairing.mentee.id)
        noted = [role for one in self._proposed if one.written == two for role in one.confirmed]
        return frozenset((*pairing.confirmed, *noted))

    def _told(self, pairing: Pairing) -> dict[str, str]:
        return {
            "mentor": alias(self.handbook, pairing.mentor),
            "mentee": alias(self.handbook, pairing.mentee),
        }

    def _met(self, pairing: Pairing) -> str:
        return _both(self._told(pairing))

    def _names(self, one: Proposal) -> dict[str, str]:
        people = self._sign_ups
        nobody = SignUp("", name="somebody who is no longer among the sign-ups")
        return {role: people.get(getattr(one, role), nobody).name for role in _ROLES}

    @cached_property
    def _sign_ups(self) -> Mapping[str, SignUp]:
        if not (self.root / signup.path(self.run.program.id, self.run.id)).is_file():
            return {}
        return {one.id: one for one in private.sign_ups(self.root, self.run)}


def _both(people: Mapping[str, str]) -> str:
    return f"{people['mentor']} → {people['mentee']}"


def _thing(heading: str, number: str, lines: Iterable[str], command: str = "") -> _Thing | None:
    told = tuple(lines)
    return _Thing(heading, number, told, command) if told else None
