"""`handbook due`: what a coordinator has to do now. Names are for a terminal alone; a log gets counts."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path

import click

from ...guidance.steps.pairings import appearing
from ...model.definitions.program import Moment
from ...model.timeline import Event, until_the_end
from ...register.ledger.waiting import Waiting, cohorts_at_work, overdue, ownerless, waiting
from ..terminal.cohorts import Desk, desk_of, handbook_of
from ..terminal.days import today
from ..terminal.parameters import parameters
from ..terminal.reporter import count
from ..terminal.templates import filled
from .announce import faults_shown

_SOON = 14


@click.command()
@parameters("due")
def due(root: Path, /, program: str | None, cohort: str | None) -> None:
    """Say what there is to do now, for PROGRAM's COHORT or for all that are not over.

    Names are shown on a terminal alone. Whatever keeps what is printed gets numbers.
    """
    if program or cohort:  # whatever its days are
        desks = [desk_of(root, program, cohort)]
        handbook = desks[0].handbook
    else:
        handbook = handbook_of(root)
        desks = [Desk(root, handbook, of) for of in cohorts_at_work(root, handbook, today(handbook))]
    with faults_shown(root, handbook):
        lists = ((desk, [thing for thing in _things(desk) if thing.lines]) for desk in desks)
        waits = [(desk, things) for desk, things in lists if things]
    paths = () if program else ownerless(root, handbook)
    click.echo(filled("due.txt", named=sys.stdout.isatty(), waiting=waits, ownerless=paths), nl=False)


def _things(desk: Desk) -> Iterator[Waiting]:
    over = [*overdue(desk.register, desk.today)]
    yield from over
    if over:
        return
    yield from waiting(desk.register, desk.handbook.labels)
    days = appearing(desk.cohort, desk.today)
    lines = [f"{count(number, 'pairing')} on {_on(desk, when)}" for when, number in days]
    yield Waiting("Will appear:", sum(number for _, number in days), "pairing", tuple(lines))
    yield _soon(desk, "Check-ins:", "check-in")
    yield _soon(desk, f"In the next {_SOON} days:")


def _soon(desk: Desk, heading: str, kind: str = "") -> Waiting:
    """What begins or ends in the next days: of one kind, or all but check-ins and announcements."""
    dates = sorted(
        (event.next_day(desk.today), _event(desk, event))
        for event in until_the_end(desk.cohort)
        if 0 <= (event.next_day(desk.today) - desk.today).days <= _SOON
        and (event.kind == kind if kind else event.kind not in ("check-in", "announcement"))
    )
    lines = tuple(f"{words} – {_on(desk, when)}" for when, words in dates)
    return Waiting(heading, len(lines), "date", lines)


def _event(desk: Desk, event: Event) -> str:
    labels = desk.handbook.labels
    ends = event.day <= desk.today and labels.has(f"event_ends.{event.kind}")
    words = labels.say(f"event{'_ends' if ends else ''}.{event.kind}", title=event.title)
    act = event.thing.act("coordinator") if isinstance(event.thing, Moment) else ""
    return unescape(f"{words}: {act}" if act and act != event.title else str(words))


def _on(desk: Desk, when: date) -> str:
    labels = desk.handbook.labels
    return unescape(f"{labels.day(when)}, {labels.ahead(when, desk.today)}")
