"""Whom people named where that is not sure: asked on a terminal, or taken from options, and kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import click

from ... import Refusal
from ...register.intake.refusals import DOUBTS, MEANS, Doubt, Heard, heard, unheard
from ...register.ledger.ledger import Ledger, SignUp
from ...register.ledger.people import sign_up
from ...register.ledger.register import Register
from ...rules.privacy.spellings import normal_form
from ...text.signs import visible
from .cohorts import Desk, parameter
from .files import can_be_asked
from .parameters import Question
from .reporter import count

_NOBODY, _LATER = "nobody", "later"
_MOST_NEAR = 9


def reading_of(desk: Desk, ledger: Ledger) -> Heard:
    """Whom people of a cohort named, as far as it matters to the rules of its program."""
    return heard(ledger, [name for name, value in desk.cohort.program.rules.items() if value])


def settled(desk: Desk, means: Iterable[str]) -> tuple[Register, tuple[SignUp, ...]]:
    """The register, and its sign-ups with an id for everyone who is named; ends while anybody is in doubt."""
    register = desk.register
    if given := _given(desk, means):
        register = _kept(register, given)
    register = asked(desk, register)
    reading = reading_of(desk, register.ledger)
    if reading.doubts:
        ways = f"On a terminal you are asked. Or say it here, PERSON by name, address or id, or `{_NOBODY}`:"
        number, line = count(len(reading.doubts), "answer"), desk.command("pair", *MEANS)
        raise click.ClickException(f"{DOUBTS} {number}.\n{ways}\n  {line}")
    return register, reading.sign_ups


def asked(desk: Desk, register: Register) -> Register:
    """Ask a person about each doubt, and keep each answer at once; what is left for later is asked once.

    Of a manager she is asked once for all whose manager is called so.
    """
    left: set[str] = set()
    while can_be_asked() and (
        doubts := [doubt for doubt in reading_of(desk, register.ledger).doubts if doubt.key not in left]
    ):
        first, *others = doubts
        alike = [doubt for doubt in others if doubt.is_like(first)]
        if (answer := _ask(register, first, len(alike))) == _LATER:
            left |= {doubt.key for doubt in (first, *alike)}
        else:
            meant = _meant(register, answer, first.near)
            register = _kept(register, dict.fromkeys((doubt.key for doubt in (first, *alike)), meant))
    return register


def tell_refusals(desk: Desk, register: Register) -> None:
    """Say what of refusals waits: names on a terminal alone."""
    for thing in unheard(register, reading_of(desk, register.ledger)):
        lines = [f"  {visible(line)}" for line in thing.lines] if can_be_asked() else []
        if thing.number:
            click.echo("\n".join([f"{thing.heading} {count(thing.number, thing.thing)}.", *lines]))


def _ask(register: Register, doubt: Doubt, more: int) -> str:
    near = doubt.near[:_MOST_NEAR]
    called = (visible(", ".join(filter(None, (person.name, person.unit)))) for person in near)
    listed = (f"  {number}  {call}" for number, call in enumerate(called, 1))
    writers = f"{visible(doubt.writer.name)}{f' and {more} more' if more else ''}"
    who = f"\n{writers}, {doubt.field}: “{visible(doubt.text)}”"
    numbers = "Numbers, or names" if near else "Names"
    how = f"Who of those who signed up is meant? {numbers} with `;` between, or `{_NOBODY}`."

    def wrong(answer: str) -> str:
        try:
            _meant(register, answer, near)
        except Refusal as error:
            return str(error)
        return ""

    return Question(MEANS[0].strip("-"), "\n".join([who, *listed, how])).ask(_LATER, wrong)


def _meant(register: Register, answer: str, near: Sequence[SignUp] = ()) -> str:
    """The ids of those whom an answer names, by numbers or words; a Refusal where one is nobody's."""
    if answer in (_NOBODY, _LATER):
        return answer.replace(_NOBODY, "")
    numbers = re.split(r"[\s,;]+", answer)
    if all(word.isdecimal() and 0 < int(word) <= len(near) for word in numbers):
        return " ".join(near[int(word) - 1].id for word in numbers)
    return " ".join(sign_up(register, word.strip(), "").id for word in answer.split(";"))


def _given(desk: Desk, means: Iterable[str]) -> Mapping[str, str]:
    """What options say: the ids that are meant, by the keys of the ledger."""
    given: dict[str, str] = {}
    written = reading_of(desk, desk.register.ledger).written
    for option in means:
        text, equals, person = option.rpartition("=")
        keys = [key for key in written if key.split(" ", 1)[1] == normal_form(text)]
        with parameter(MEANS[0]):
            if not (equals and keys):
                raise Refusal(f"Nobody named somebody else as “{visible(text)}”. Write {MEANS[1]}.")
            meant = _meant(desk.register, person.strip())
            if any(bool(given.get(key, meant)) != bool(meant) for key in keys):
                raise Refusal(f"“{visible(text)}” means `{_NOBODY}` or somebody, and not both.")
        given |= {key: f"{given.get(key, '')} {meant}".strip() for key in keys}
    return given


def _kept(register: Register, meant: Mapping[str, str]) -> Register:
    ledger = register.ledger
    return register.keep(replace(ledger, named={**ledger.named, **meant}))
