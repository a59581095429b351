"""The handbook that a command works on, and one of its cohorts, by the words that somebody typed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import click

from ... import NOTHING, Refusal
from ...load.repository import load_definitions
from ...model.definitions.cohort import Cohort
from ...model.definitions.program import Role
from ...model.handbook import Handbook
from ...register.ledger import people
from ...register.ledger.ledger import Couple
from ...register.ledger.register import Register
from ...text import edit
from ...text.problems import did_you_mean, errors, known
from ...text.signs import visible
from .files import refuse_elsewhere
from .parameters import today
from .reporter import count, here

_Thing = TypeVar("_Thing")


@dataclass(frozen=True)
class Desk:
    """A cohort, with all that a command needs to work on it."""

    root: Path
    handbook: Handbook
    cohort: Cohort

    @cached_property
    def today(self) -> date:
        """The day for which the command works, unless it is told another."""
        return today(self.handbook)

    @cached_property
    def register(self) -> Register:
        """The register as it was read first."""
        return Register.of(self.root, self.cohort)

    def couple(self, mentor: str, mentee: str) -> Couple:
        """Two of those who signed up, each by name, address or id, or as the site calls them.

        Where the words make no sense in this order, the mentee may have come first.
        """
        return in_either_order(self._signed_up, mentor, mentee)

    def _signed_up(self, word: str, role: Role) -> str:
        """The id of a sign-up; it may be called as in the cohort's file too."""
        try:
            return people.sign_up(self.register, word, role).id
        except Refusal as error:
            with suppress(Refusal):
                member = people.member(self.register, self.handbook.labels, word, role)
                if person := self.register.sign_up(role, member.id):
                    return person.id
            # Names are for a terminal alone: a log keeps what is printed.
            names = [person.name for person in self.register.ledger.sign_ups if role in person.roles]
            near = did_you_mean(word, names) if sys.stderr.isatty() else ""
            raise Refusal(f"{error} {near}".strip()) from error

    def command(self, verb: str, *words: str) -> str:
        """A command about this cohort."""
        return here(self.root, verb, self.cohort.program.id, self.cohort.id, *words)

    @contextmanager
    def editing(self) -> Iterator[str]:
        """Give the cohort's file, and end where what is tried with it cannot be."""
        try:
            yield (self.root / self.cohort.path).read_bytes().decode()
        except edit.Impossible as error:
            raise click.ClickException(f"{self.cohort.path}: {error} {NOTHING}") from error


def handbook_of(root: Path) -> Handbook:
    """Load the handbook, or end with the number of its errors."""
    refuse_elsewhere(root)
    handbook, problems = load_definitions(root)
    if handbook is None:
        number = count(len(errors(problems)), "error")
        raise click.ClickException(f"The files have {number}; see {here(root, 'check')}. {NOTHING}")
    return handbook


def desk_of(root: Path, program: str | None, cohort: str | None, parameter: str = "COHORT") -> Desk:
    """Find a cohort by its program's folder and its own file's name; the only one where none is said."""
    handbook = handbook_of(root)
    of = _named(program, {known.id: known for known in handbook.programs}, "PROGRAM")
    cohorts = {known.id: known for known in handbook.cohorts_of(of)}
    return Desk(root, handbook, _named(cohort, cohorts, parameter))


def _named(name: str | None, things: Mapping[str, _Thing], kind: str) -> _Thing:
    if name in things:
        return things[name or ""]
    if name is None and len(things) == 1:
        return next(iter(things.values()))
    message = f"There is no “{visible(name)}”. {did_you_mean(name, things)}" if name else "Say which. "
    raise click.BadParameter(f"{message}{known(things)}", param_hint=kind)


def unsaid_ends(register: Register) -> str:
    """The beginning of a sentence on the pairings that ended, while their file does not say so."""
    ended = count(len(register.ended()), "pairing")
    return f"{ended} ended, and {register.cohort.path} does not say so yet" if register.ended() else ""


@contextmanager
def parameter(name: str | None = None) -> Iterator[None]:
    """Say of which parameter a refusal is."""
    try:
        yield
    except Refusal as error:
        raise click.BadParameter(str(error), param_hint=name) from error


def in_either_order(find: Callable[[str, Role], str], mentor: str, mentee: str) -> tuple[str, str]:
    """The ids of two people, the mentee first where that alone makes sense; else as `find` refuses them."""
    with parameter():
        try:
            return find(mentor, "mentor"), find(mentee, "mentee")
        except Refusal:
            with suppress(Refusal):
                return find(mentee, "mentor"), find(mentor, "mentee")
            raise
