"""`handbook confirm`: who said yes or no to a pairing, and when; for one pairing or for many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from ... import NOTHING, Refusal
from ...model.definitions.program import PARTICIPANTS
from ...register.ledger import people
from ...register.ledger.ledger import Couple, Ledger, Wishes
from ...register.ledger.register import Register
from ...register.ledger.waiting import AGAIN, WRITE, WRITE_WITH_DAY
from ..terminal.cohorts import Desk, desk_of
from ..terminal.files import can_be_asked, is_seen
from ..terminal.next_step import say_next
from ..terminal.parameters import parameters
from ..terminal.reporter import count
from ..terminal.templates import filled
from .pair import terms_of

# By the number of those who have not said yes.
_ANSWERS = ("Both have said yes.", "Noted; the {} has yet to say yes.", "Noted: nobody has said yes.")


@dataclass(frozen=True)
class Answer:
    """What some of two people said; None is what is taken back."""

    couple: Couple
    roles: Sequence[str]
    says: bool | None

    def noted(self, register: Register, day: date | None, today: date) -> Ledger:
        """The ledger with it."""
        if self.says is False:
            return register.declining(self.couple, self.roles)
        # A day that was noted stays.
        before = () if self.says is None or day else register.answers(self.couple)
        roles = [role for role in self.roles if role not in before]
        return register.answered(self.couple, roles, None if self.says is None else day or today)


@click.command()
@parameters("confirm")
def confirm(
    root: Path, /, program: str, cohort: str, two: tuple[str, ...], day: date | None, yes: bool, **said: Any
) -> None:
    """Note that MENTOR, MENTEE or both said yes to being paired, or no.

    For many at once: --yes-to and --no-to, as the page of the report makes them. After a no the two are not
    proposed again. Nobody is asked why.
    """
    desk = desk_of(root, program, cohort)
    if day and day > desk.today:
        raise click.BadParameter(f"{day} has not come yet. {NOTHING}", param_hint="--on")
    answers = [_single(desk, two, **said)] if two else [*_listed(desk, **said)]
    register = desk.register
    for answer in answers:
        try:
            register = replace(register, ledger=answer.noted(register, day, desk.today))
        except Refusal as error:
            _refuse(desk, answer, error)
    if is_seen():
        click.echo(filled("answers.txt", answers=answers, people=register.people), nl=False)
    if not two and not yes and can_be_asked() and not click.confirm("Note this?"):
        raise click.ClickException(NOTHING)
    register = desk.register.keep(register.ledger)
    _say_noted(register, answers)
    _say_next(desk, register, answers)


# --- what was said


def _single(
    desk: Desk, two: tuple[str, ...], by: str | None, declines: bool, undo: bool, yes_to: Any, no_to: Any
) -> Answer:
    if len(two) != 2 or yes_to or no_to:
        raise click.UsageError("Say MENTOR and MENTEE, or else --yes-to and --no-to.")
    if declines and not by:
        raise click.UsageError("Say who said no: --by mentor, mentee or both.")
    if declines and undo:
        raise click.UsageError("--undo takes back a no as well: leave out --no.")
    couple, known = desk.couple(*two), desk.register.is_known
    couple = couple if known(couple) or not known(couple[::-1]) else couple[::-1]  # both are both
    return Answer(couple, _roles(by), None if undo else not declines)


def _listed(
    desk: Desk, by: str | None, declines: bool, undo: bool, yes_to: Sequence[str], no_to: Sequence[str]
) -> Iterator[Answer]:
    if by or declines or not (yes_to or no_to):
        raise click.UsageError("Say MENTOR and MENTEE, or else --yes-to and --no-to.")
    seen: set[tuple[Couple, str]] = set()
    for option, lists, says in (("--yes-to", yes_to, True), ("--no-to", no_to, False)):
        for word in filter(None, ",".join(lists).replace(" ", "").split(",")):
            number, colon, role = word.partition(":")
            couple = people.couple_of(number)
            if not couple or ((colon or not says) and role not in (*PARTICIPANTS, "both")):
                hint = "Write the number of the report and who said it, such as 12-40:mentor."
                raise click.BadParameter(f"“{word}” cannot be read. {hint} {NOTHING}", param_hint=option)
            answers = {(couple, each) for each in _roles(role)}
            if seen & answers:
                raise click.BadParameter(f"“{word}” is said twice. {NOTHING}", param_hint=option)
            seen |= answers
            yield Answer(couple, _roles(role), None if undo else says)


def _roles(by: str | None) -> Sequence[str]:
    return (by,) if by in PARTICIPANTS else PARTICIPANTS


def _refuse(desk: Desk, answer: Answer, error: Refusal) -> None:
    """End with what would help."""
    named, register = people.number(answer.couple), desk.register
    remedy, line = "To propose them", desk.command("pair", "--pin", ":".join(answer.couple))
    if pairing := register.pairing(answer.couple):
        words = (pairing.mentor.id, pairing.mentee.id, "--ended")
        remedy, line = "If one of them wants no more", desk.command("mark", *words)
    elif any(couple == answer.couple for couple, _ in register.ledger.declined):
        remedy, line = "To take that back", desk.command("confirm", *answer.couple, "--undo")
    raise click.ClickException(f"{named}: {error} {NOTHING} {remedy}: {line}") from error


# --- what comes of it


def _say_noted(register: Register, answers: Sequence[Answer]) -> None:
    if len(answers) > 1:
        click.echo(f"Noted what was said of {count(len({answer.couple for answer in answers}), 'pairing')}.")
    elif answers[0].says is False:
        click.echo("Noted. These two will not be proposed again.")
    else:
        missing = [role for role in PARTICIPANTS if role not in register.answers(answers[0].couple)]
        click.echo(_ANSWERS[len(missing)].format(*missing))


def _say_next(desk: Desk, register: Register, answers: Iterable[Answer]) -> None:
    if apart := [answer.couple for answer in answers if answer.says is False]:
        if is_seen():
            _say_next_best(desk, register, apart)
        line = desk.command("pair", *AGAIN)
        say_next("Who said no is not asked why.", "Pair anew whoever has nobody now; all others stay:", line)
    known = [(answer.couple, register.pairing(answer.couple)) for answer in answers]
    unsaid = [two for couple, two in known if two and register.answers(couple) != two.confirmed]
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
    table = proposal.table(register.ledger.sign_ups, terms)
    click.echo(filled("others.txt", others=[*report.next_best_of(table, apart)]), nl=False)
