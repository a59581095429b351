"""`handbook due`: what a coordinator has to do now. Names are for a terminal alone; a log gets counts."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import date
from html import unescape
from pathlib import Path

import click

from ...contents.build import Build
from ...guidance.messages.announcement import Announcement
from ...model.definitions.cohort import Cohort
from ...model.definitions.program import Moment
from ...model.handbook import Handbook
from ...model.timeline import Event, state, until_the_end
from ...register.ledger.register import Register
from ...register.ledger.waiting import Waiting, cohorts_at_work, overdue, ownerless, waiting
from ...text.signs import visible
from ..terminal.cohorts import cohort_of, handbook_of
from ..terminal.next_step import here
from ..terminal.reporter import count
from ..terminal.today import today
from .announce import faults_shown

_SOON = 14


@click.command()
@click.argument("program", required=False)
@click.argument("cohort", required=False)
@click.pass_obj
def due(root: Path, /, program: str | None, cohort: str | None) -> None:
    """Say what there is to do now, for PROGRAM's COHORT or for all that are not over.

    Names are shown on a terminal alone. Whatever keeps what is printed gets numbers.
    """
    handbook, cohorts = _cohorts(root, program, cohort)
    day = today(handbook)
    with faults_shown(root, handbook):
        blocks = [_block(root, of, _things(root, handbook, of, day)) for of in cohorts]
    if not program and (paths := ownerless(root, handbook)):
        heading = "Kept for cohorts that programs/ does not have any more; delete what nobody needs:"
        blocks.append("\n".join((heading, *(f"  {visible(path)}" for path in paths))))
    click.echo("\n\n".join(filter(None, blocks)) or "Nothing is due.")


def _cohorts(root: Path, program: str | None, cohort: str | None) -> tuple[Handbook, tuple[Cohort, ...]]:
    """The cohort that is named, whatever its days; else all in which something may be due."""
    if program or cohort:
        handbook, of = cohort_of(root, program, cohort)
        return handbook, (of,)
    handbook = handbook_of(root)
    return handbook, cohorts_at_work(root, handbook, today(handbook))


def _things(root: Path, handbook: Handbook, cohort: Cohort, day: date) -> Iterator[Waiting]:
    register = Register.of(root, cohort)
    yield from overdue(register, day)
    if state(cohort, day) == "finished" and register.edition:
        return
    yield from waiting(register, handbook.labels)
    appearing = [*Announcement(handbook, Build(day), cohort).waiting()]
    lines = [f"{count(number, 'pairing')} on {_on(handbook, when, day)}" for when, number in appearing]
    yield Waiting("Will appear:", sum(number for _, number in appearing), "pairing", tuple(lines))
    yield _soon(handbook, cohort, day, "Check-ins:", "check-in")
    yield _soon(handbook, cohort, day, f"In the next {_SOON} days:")


def _block(root: Path, cohort: Cohort, things: Iterable[Waiting]) -> str:
    """A cohort with what waits in it; empty where nothing does."""
    known = [thing for thing in things if thing.lines]
    if sys.stdout.isatty():
        lines = [visible(f"{cohort.program.title}, {cohort.title}")]
        lines += [line for thing in known for line in _for_people(root, cohort, thing)]
    else:  # numbers alone; even a title is somebody's text
        lines = [cohort.path, *(f"  {thing.heading} {count(thing.number, thing.thing)}" for thing in known)]
    return "\n".join(lines) if known else ""


def _for_people(root: Path, cohort: Cohort, thing: Waiting) -> Iterator[str]:
    yield f"  {thing.heading}"
    # Only as a whole line: a name is a text of somebody's, and must not move the cursor.
    yield from (f"    {visible(line)}" for line in thing.lines)
    if thing.words:
        yield f"    {here(root, 'pair', cohort.program.id, cohort.id, *thing.words)}"


def _soon(handbook: Handbook, cohort: Cohort, day: date, heading: str, kind: str = "") -> Waiting:
    """What begins or ends in the next days: of one kind, or all but check-ins and announcements."""
    dates = sorted(
        (event.next_day(day), _event(handbook, event, day))
        for event in until_the_end(cohort)
        if 0 <= (event.next_day(day) - day).days <= _SOON
        and (event.kind == kind if kind else event.kind not in ("check-in", "announcement"))
    )
    lines = tuple(f"{words} – {_on(handbook, when, day)}" for when, words in dates)
    return Waiting(heading, len(lines), "date", lines)


def _event(handbook: Handbook, event: Event, day: date) -> str:
    labels = handbook.labels
    ends = event.day <= day and labels.has(f"event_ends.{event.kind}")
    words = labels.say(f"event{'_ends' if ends else ''}.{event.kind}", title=event.title)
    act = event.thing.act("coordinator") if isinstance(event.thing, Moment) else ""
    return unescape(f"{words}: {act}" if act and act != event.title else str(words))


def _on(handbook: Handbook, when: date, day: date) -> str:
    return unescape(f"{handbook.labels.day(when)}, {handbook.labels.ahead(when, day)}")
