"""The handbook that a command works on, and one of its cohorts, by the words that somebody typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import click

from ... import Refusal
from ...load.repository import load
from ...model.definitions.cohort import Cohort
from ...model.handbook import Handbook
from ...register.ledger.store import NOTHING
from ...text.problems import did_you_mean, how_many, known
from ...text.signs import visible
from .files import refuse_elsewhere
from .next_step import here

_Thing = TypeVar("_Thing")


def handbook_of(root: Path) -> Handbook:
    """Load the handbook, or end with the number of its errors."""
    refuse_elsewhere(root)
    handbook, problems = load(root)
    if handbook is None:
        message = f"{how_many(problems)}; see {here(root, 'check')}. {NOTHING}"
        raise click.ClickException(message)
    return handbook


def cohort_of(root: Path, program: str | None, cohort: str | None) -> tuple[Handbook, Cohort]:
    """Find a cohort by its program's folder and its own file's name; the only one where none is said."""
    handbook = handbook_of(root)
    of = _named(program, {known.id: known for known in handbook.programs}, "PROGRAM")
    return handbook, _named(cohort, {known.id: known for known in handbook.cohorts_of(of)}, "COHORT")


def _named(name: str | None, things: Mapping[str, _Thing], kind: str) -> _Thing:
    if name in things:
        return things[name or ""]
    if name is None and len(things) == 1:
        return next(iter(things.values()))
    message = f"There is no “{visible(name)}”. {did_you_mean(name, things)}" if name else "Say which. "
    raise click.BadParameter(f"{message}{known(things)}", param_hint=kind)


@contextmanager
def parameter(name: str | None = None) -> Iterator[None]:
    """Say of which parameter a refusal is."""
    try:
        yield
    except Refusal as error:
        raise click.BadParameter(str(error), param_hint=name) from error
