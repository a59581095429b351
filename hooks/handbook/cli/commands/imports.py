"""`handbook import signups`: a sheet as it was exported -> signups/, which git ignores and no build reads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from ...register.intake.cells import ROLES
from ...register.intake.faults import has_errors
from ...register.intake.identities import give_ids
from ...register.intake.rows import SheetPeople
from ...register.intake.sheet import MOST_BYTES
from ...register.ledger.register import Register
from ...register.ledger.signup import SignUp
from ...register.ledger.store import NOTHING, git_would_keep
from ...text.signs import visible
from ..terminal.agreement import can_be_asked
from ..terminal.cohorts import cohort_of
from ..terminal.next_step import here, say_next
from ..terminal.reporter import count
from ..terminal.sheet_questions import SheetQuestions, tell


@click.group("import")
def imports() -> None:
    """Read what people answered in forms."""


@imports.command("signups")
@click.argument(
    "file",
    metavar="FILE.csv",
    type=click.Path(exists=True, dir_okay=False, resolve_path=True, path_type=Path),
)
@click.option("--program", help="The program's folder in programs/.")
@click.option("--cohort", help="The cohort's file in that folder, without .yml.")
@click.option(
    "--take",
    "letters",
    metavar="LETTER",
    multiple=True,
    help="Of the columns that have the same title, the one that is meant, such as D. May be repeated.",
)
@click.option("--skip-broken", is_flag=True, help="Leave out rows with errors without asking.")
@click.option("--keep-missing", is_flag=True, help="Keep people who are no longer in the sheet.")
@click.pass_obj
def signups(
    root: Path,
    /,
    file: Path,
    program: str | None,
    cohort: str | None,
    letters: Sequence[str],
    skip_broken: bool,
    keep_missing: bool,
) -> None:
    """Read the sign-ups of a cohort from FILE.csv into signups/, which git ignores.

    Any form tool or spreadsheet exports such a file. Rows with errors are told and left out. A newer export
    of the same sheet takes the place of the earlier one; people keep their ids.
    """
    _, of = cohort_of(root, program, cohort)
    register = Register.of(root, of)
    register.store.refuse_git()
    ledger, asks = register.ledger, can_be_asked()
    questions = SheetQuestions(root, file.name, of.program, asks, {_index(word) for word in letters})
    sheet, fields = questions.columns(_content(file))
    people = questions.people(sheet, fields)
    # Whoever stands in a row that could not be read is not gone.
    keep_missing = keep_missing or has_errors(people.faults)
    roster = give_ids(people.sign_ups, ledger.sign_ups, ledger.last_id, keep_missing)
    tell(file.name, people.faults)
    _agree(root, file, people, roster.missing, skip_broken, keep_missing)
    register.keep(replace(ledger, sign_ups=roster.sign_ups, last_id=roster.last))
    questions.remember()
    _warn_of_git(root, file)
    done = f"{register.store.shown()} is written: {_numbers(roster.sign_ups)}."
    say_next(done, "Propose who meets whom:", here(root, "pair", of.program.id, of.id))


def _content(file: Path) -> bytes:
    if not file.is_file():
        raise click.BadParameter("This is no plain file.", param_hint="FILE.csv")
    with file.open("rb") as opened:
        return opened.read(MOST_BYTES + 1)


def _index(letters: str) -> int:
    """The place of a column by its letters; wrong ones name none."""
    if not re.fullmatch("[A-Za-z]{1,2}", letters):
        raise click.BadParameter("Give the letter of a column, such as D.", param_hint="--take")
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _agree(
    root: Path, file: Path, people: SheetPeople, missing: int, skip_broken: bool, keep_missing: bool
) -> None:
    """Go on where every row was read, or where a person agrees."""
    broken = len({row for fault in people.faults if fault.severity == "error" for row in fault.rows})
    if not people.sign_ups:
        raise click.ClickException(f"No row could be read as a sign-up. {NOTHING}")
    if missing:
        kept = "they stay" if keep_missing else "they go; --keep-missing keeps them"
        click.echo(f"No longer in this sheet: {_people(missing)}; {kept}.")
    if broken:
        click.echo(f"{count(broken, 'row')} would be left out.")
    if not broken and (keep_missing or not missing or not can_be_asked()):
        return
    if broken and skip_broken:
        return
    if not can_be_asked():
        again = "Correct the sheet, or leave these rows out with --skip-broken."
        raise click.ClickException(f"{NOTHING} {again}")
    if not click.confirm("Write the sign-ups?"):
        raise click.ClickException(NOTHING)


def _warn_of_git(root: Path, file: Path) -> None:
    """Say so where the sheet itself lies where the next commit may take it in."""
    if file.is_relative_to(root.resolve()):
        path = file.relative_to(root.resolve()).as_posix()
        if git_would_keep(root, path):
            click.echo(f"Git would keep {visible(path)} too. Move it into signups/, or delete it.", err=True)


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"


def _numbers(sign_ups: Sequence[SignUp]) -> str:
    """How many there are of each role, and how many agreed to be named."""
    roles = Counter(person.roles for person in sign_ups)
    consents = Counter(person.consent for person in sign_ups)
    public, participants = consents["public"], consents["participants"]
    mentors, mentees = (count(roles[(role,)], role) for role in ROLES)
    named = f"{public + participants} of whom agreed to be named"
    if public + participants:
        named += f" ({public} `public`, {participants} `participants`)"
    return f"{_people(len(sign_ups))} ({mentors}, {mentees}, {roles[ROLES]} both), {named}"
