"""`handbook due`: what a coordinator has to do now. Names are for a terminal alone; a log gets counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from html import unescape
from pathlib import Path

import click

from ...contents.build import Build
from ...guidance.messages.words import MessageWords
from ...guidance.steps.now import on_list
from ...guidance.steps.pairings import appearing
from ...guidance.steps.step import Step
from ...model.definitions.cohort import Cohort
from ...model.timeline import is_over
from ...register.intake.refusals import unheard
from ...register.ledger.waiting import Waiting, overdue, ownerless, waiting
from ..terminal.cohorts import Desk, desk_of, handbook_of
from ..terminal.files import is_seen
from ..terminal.named_people import reading_of
from ..terminal.parameters import parameters
from ..terminal.reporter import count, filled
from .announce import faults_shown

_SOON = 14


@click.command()
@parameters("due")
def due(root: Path, /, program: str | None, cohort: str | None) -> None:
    """Say what there is to do now, for PROGRAM's COHORT or for all in which anything is left.

    Names are shown on a terminal alone. Whatever keeps what is printed gets numbers.
    """
    if program or cohort:
        desks = [desk_of(root, program, cohort)]
        handbook = desks[0].handbook
    else:
        handbook = handbook_of(root)
        desks = [Desk(root, handbook, of) for of in handbook.cohorts]
    with faults_shown(root, handbook):
        lists = ((desk, [thing for thing in _things(desk) if thing.lines]) for desk in desks)
        waits = [(desk, things) for desk, things in lists if things]
    paths = () if program else ownerless(root, handbook)
    click.echo(filled("due.txt", named=is_seen(), waiting=waits, ownerless=paths), nl=False)


def _things(desk: Desk) -> Iterator[Waiting]:
    yield from overdue(desk.register, desk.today, desk.handbook.organisation.privacy.get("months", 0))
    if not is_over(desk.cohort, desk.today):
        yield from unheard(desk.register, reading_of(desk, desk.register.ledger))
        yield from waiting(desk.register, desk.handbook.labels, desk.today)
        days = appearing(desk.cohort, desk.today)
        lines = [f"{count(number, 'pairing')} on {_on(desk, when)}" for when, number in days]
        yield Waiting("Will appear:", sum(number for _, number in days), "pairing", tuple(lines))
        yield _repeated(desk.cohort)
    yield _listed(desk, "Open now:", lambda step: step.is_open(desk.today))
    soon = f"Begins in the next {_SOON} days:"
    yield _listed(desk, soon, lambda step: 0 < (step.day - desk.today).days <= _SOON)


def _repeated(cohort: Cohort) -> Waiting:
    """The leaders of whose pairings more than one was ended; nobody here knows why, and none need."""
    ended = Counter(pairing.mentee.id for pairing in cohort.pairings if pairing.ended)
    lines = tuple(f"{who}: {count(number, 'pairing')}" for who, number in ended.items() if number > 1)
    return Waiting("Ended more than once, to show to HR without reasons:", len(lines), "mentee", lines)


def _listed(desk: Desk, heading: str, fits: Callable[[Step], bool]) -> Waiting:
    """What a coordinator does, as cards and calendars have it, each with its day."""
    words = MessageWords(desk.handbook, Build(desk.today), desk.cohort)
    every = on_list(desk.cohort, "coordinator", desk.today, desk.handbook.organisation.holidays)
    going = filter(fits, every)
    lines = tuple(f"{_said(words, step)} – {_on(desk, step.counts(desk.today))}" for step in going)
    return Waiting(heading, len(lines), "date", lines)


def _said(words: MessageWords, step: Step) -> str:
    short = unescape(step.short(words.handbook.labels, step.day))
    what = words.step(step, step.day)
    if step.item:
        return short
    return what if short.casefold() in what.casefold() else f"{short}: {what}"


def _on(desk: Desk, when: date) -> str:
    labels = desk.handbook.labels
    return unescape(f"{labels.day(when)}, {labels.ahead(when, desk.today)}")
