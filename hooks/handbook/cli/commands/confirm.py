"""`handbook confirm`: who said yes or no to a pairing, and when; for one pairing or for many."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Literal, NamedTuple

import click

from ... import NOTHING, Refusal
from ...model.definitions.program import PARTICIPANTS
from ...register.ledger import people
from ...register.ledger.ledger import Couple, Wishes
from ...register.ledger.register import Register
from ...register.ledger.waiting import AGAIN, WRITE, WRITE_WITH_DAY
from ..terminal.cohorts import Desk, desk_of
from ..terminal.files import can_be_asked, is_seen
from ..terminal.named_people import reading_of
from ..terminal.parameters import parameters
from ..terminal.reporter import count, filled, say_next
from .pair import terms_of


class Answer(NamedTuple):
    """What some of two people said."""

    couple: Couple
    roles: Sequence[str]
    says: Literal["yes", "no", "nothing"]  # nothing where what they said is taken back


@click.command()
@parameters("confirm")
def confirm(
    root: Path, /, program: str, cohort: str, two: tuple[str, ...], by: str | None, day: date | None,
    yes: bool, **said: Any,
) -> None:  # fmt: skip
    """Note that MENTOR, MENTEE or both said yes to being paired, or no.

    For many at once: --yes-to and --no-to, as the page of the report makes them. After a no the two are not
    proposed again. Nobody is asked why.
    """
    desk = desk_of(root, program, cohort)
    if day and day > desk.today:
        raise click.BadParameter(f"{day} has not come yet. {NOTHING}", param_hint="--on")
    answers = _answers(desk, two, by, **said)
    if day and all(answer.says != "yes" for answer in answers):
        raise click.UsageError("--on goes with a yes: of nothing else is the day kept.")
    register = desk.register
    for answer in answers:
        register = _noted(desk, register, answer, day)
    shown = filled("answers.txt", answers=answers, people=register.people, named=is_seen())
    click.echo(shown, nl=False)
    if not two and not yes and can_be_asked() and not click.confirm("Note this?"):
        raise click.ClickException(NOTHING)
    register = desk.register.keep(register.ledger)
    missing = [role for role in PARTICIPANTS if role not in register.answers(answers[0].couple)]
    click.echo(filled("noted.txt", answers=answers, missing=missing), nl=False)
    _say_next(desk, register, answers)


def _answers(
    desk: Desk, two: tuple[str, ...], by: str | None, declines: bool, undo: bool, yes_to: Sequence[str],
    no_to: Sequence[str],
) -> Sequence[Answer]:  # fmt: skip
    """What was said of two people, or of each number in a list."""
    if len(two) not in (0, 2) or bool(two) == bool(yes_to or no_to) or (not two and (by or declines)):
        raise click.UsageError("Say MENTOR and MENTEE, or else --yes-to and --no-to.")
    if undo and (declines or no_to):
        raise click.UsageError("--undo takes back a no as well as a yes: say it without the no.")
    if two:
        couple, known = desk.couple(*two), desk.register.is_known
        couple = couple if known(couple) or not known(couple[::-1]) else couple[::-1]  # both are both
        words = (":".join(filter(None, (people.number(couple), by))),)
        yes_to, no_to = ((), words) if declines else (words, ())
    lists = (("nothing" if undo else "yes", yes_to), ("no", no_to))
    parts = [(word, says) for says, words in lists for word in re.findall(r"[^,\s]+", ",".join(words))]
    answers = [_read(*part) for part in parts or [("", "yes")]]
    said = Counter((answer.couple, role) for answer in answers for role in answer.roles)
    for couple in (couple for (couple, _), times in said.items() if times > 1):
        raise click.UsageError(f"“{people.number(couple)}” is said twice. {NOTHING}")
    return answers


def _read(word: str, says: Any) -> Answer:
    """Read an answer such as `12-40:mentor`; a yes of nobody in particular is that of both."""
    number, colon, role = word.partition(":")
    couple = people.couple_of(number)
    if says == "no" and not role:
        raise click.UsageError("Say who said no: --by mentor, mentee or both; in a list, as 12-40:mentor.")
    if not couple or (colon and role not in (*PARTICIPANTS, "both")):
        raise click.UsageError(f"“{word}” cannot be read. Write a number of the report, as 12-40:mentor.")
    return Answer(couple, (role,) if role in PARTICIPANTS else PARTICIPANTS, says)


def _noted(desk: Desk, register: Register, answer: Answer, day: date | None) -> Register:
    """The register with an answer; ends where that cannot be noted, with what would help."""
    couple, roles, says = answer
    if says == "yes" and not day:  # a day that was noted stays
        roles = [role for role in roles if role not in register.answers(couple)]
    try:
        if says == "no":
            return replace(register, ledger=register.declining(couple, roles))
        on = day or desk.today if says == "yes" else None
        return replace(register, ledger=register.answered(couple, roles, on))
    except Refusal as error:
        message = f"{people.number(couple)}: {error} {NOTHING} {_remedy(desk, couple)}"
        raise click.ClickException(message) from error


def _remedy(desk: Desk, couple: Couple) -> str:
    """What would help where an answer cannot be noted."""
    if pairing := desk.register.pairing(couple):
        two = pairing.mentor.id, pairing.mentee.id
        return f"If one of them wants no more: {desk.command('mark', *two, '--ended')}"
    if any(couple == two for two, _ in desk.register.ledger.declined):
        return f"To take that back: {desk.command('confirm', *couple, '--undo')}"
    known = desk.register.people
    if all(id in known and role in known[id].roles for id, role in zip(couple, PARTICIPANTS, strict=True)):
        return f"To propose them: {desk.command('pair', '--pin', ':'.join(couple))}"
    return "Write the numbers as the report has them, the mentor’s first."


def _say_next(desk: Desk, register: Register, answers: Iterable[Answer]) -> None:
    if apart := [answer.couple for answer in answers if answer.says == "no"]:
        if is_seen():
            _say_next_best(desk, register, apart)
        line = desk.command("pair", *AGAIN)
        say_next("Who said no is not asked why.", "Pair anew whoever has nobody now; all others stay:", line)
    pairings = filter(None, (register.pairing(answer.couple) for answer in answers))
    unsaid = [pairing for pairing in pairings if register.confirmed(pairing) != pairing.confirmed]
    if ready := register.confirmed_proposals():
        then = "Put them into the cohort's file, with the day from which they are shown:"
        line = desk.command("pair", *WRITE_WITH_DAY)
        say_next(f"{count(len(ready), 'pairing')} can be written.", then, line)
    elif unsaid:
        words = WRITE if all(pairing.announce for pairing in unsaid) else WRITE_WITH_DAY
        done = f"{desk.cohort.path} does not say so yet."
        say_next(done, "Write that down:", desk.command("pair", *words))


def _say_next_best(desk: Desk, register: Register, apart: Iterable[Couple]) -> None:
    """Say whom else each of those could meet who have nobody now."""
    from ...register.pairing import proposal, report

    register = replace(register, ledger=register.parted(register.leavers()))
    terms = terms_of(desk, register, Wishes(), {"give": 5, "waiting_list": True})
    reading = reading_of(desk, register.ledger)
    if reading.doubts:  # who of them refused whom is not settled yet
        return
    table = proposal.table(reading.sign_ups, terms)
    click.echo(filled("others.txt", others=[*report.next_best_of(table, apart)]), nl=False)
