"""`handbook import signups`: a sheet as it was exported -> signups/, which git ignores and no build reads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import click

from ... import NOTHING
from ...model.definitions.organisation import Organisation
from ...register.intake.faults import has_errors, is_harmless
from ...register.intake.identities import give_ids
from ...register.intake.refusals import carried
from ...register.intake.rows import SheetPeople
from ...register.intake.sheet import MOST_BYTES, letter
from ...register.ledger.ledger import BOTH, SignUp, graded
from ...register.ledger.store import git_would_keep
from ...rules.privacy.spellings import normal_form, one_line
from ...text.edit import Impossible, with_value
from ...text.edit.values import flow
from ...text.signs import masked, visible
from ..terminal.cohorts import desk_of
from ..terminal.files import can_be_asked, write_checked
from ..terminal.named_people import asked, tell_refusals
from ..terminal.parameters import Question, parameters
from ..terminal.reporter import count, difference, filled, say_next, show_difference
from ..terminal.sheet_questions import SheetQuestions, tell

_LETTERS = {letter(index): index for index in range(26 + 26 * 26)}
_FILE = click.Path(exists=True, dir_okay=False, resolve_path=True, path_type=Path)
_MOST_GRADES = 40  # where more is answered, it is no list of grades
_TOLD = "Some grades are on no known scale, or on more than one: those are not compared."


@click.group("import")
def imports() -> None:
    """Read what people answered in forms."""


@imports.command("signups")
@parameters("import signups", file=_FILE)
def signups(
    root: Path, /, file: Path, program: str | None, cohort: str | None, letters: Sequence[str],
    role: str | None, skip_broken: bool, keep_missing: bool,
) -> None:  # fmt: skip
    """Read the sign-ups of a cohort from FILE.csv into signups/, which git ignores.

    Any form tool or spreadsheet exports such a file. Rows with errors are told and left out. A newer export
    of the same sheet takes the place of the earlier one; people keep their ids.
    """
    desk = desk_of(root, program, cohort)
    register, ledger, labels = desk.register, desk.register.ledger, desk.handbook.labels
    register.store.refuse_git()
    taken = {_index(word) for word in letters}
    asks = can_be_asked()
    questions = SheetQuestions(root, file.name, desk.cohort.program, asks, taken, role or "")
    for number, means in enumerate((*BOTH, "both"), 1):  # as the form has it, whatever the roles are called
        questions.meant["role", normal_form(labels.say(f"ask.choices.role.{number}"))] = means
    with questions.remembering():
        sheet, fields = questions.columns(_content(file))
        people = questions.people(sheet, fields)
        # Whoever stands in a row that could not be read is not gone.
        keep_missing = keep_missing or has_errors(people.faults)
        held, role = {*fields.values()}, questions.role
        roster = give_ids(people.sign_ups, ledger.sign_ups, ledger.last_id, keep_missing, role, held)
        tell(file.name, people.faults)
        _agree(people, roster.missing, skip_broken=skip_broken, keep_missing=keep_missing)
        named = carried(ledger.named, roster.sign_ups, ledger.sign_ups)
        register = register.keep(replace(ledger, sign_ups=roster.sign_ups, last_id=roster.last, named=named))
    _ask_for_order(root, desk.handbook.organisation, (person.grade for person in roster.sign_ups), asks)
    _ask_to_delete(root, file)
    tell_refusals(desk, asked(desk, register))
    done = f"{register.store.shown()} is written: {_numbers(roster.sign_ups)}."
    say_next(done, "Propose who meets whom:", desk.command("pair"))


def _content(file: Path) -> bytes:
    if not file.is_file():
        raise click.BadParameter("This is no plain file.", param_hint="FILE.csv")
    with file.open("rb") as opened:
        return opened.read(MOST_BYTES + 1)


def _index(letters: str) -> int:
    """The place of a column by its letters; wrong ones name none."""
    if letters.isascii() and letters.upper() in _LETTERS:
        return _LETTERS[letters.upper()]
    raise click.BadParameter("Give the letter of a column, such as D.", param_hint="--take")


def _agree(people: SheetPeople, missing: int, *, skip_broken: bool, keep_missing: bool) -> None:
    """Go on where every row was read, or where a person agrees."""
    broken = len({row for fault in people.faults if fault.severity == "error" for row in fault.rows})
    if not people.sign_ups:
        raise click.ClickException(f"No row could be read as a sign-up. {NOTHING}")
    if missing:
        kept = "they stay" if keep_missing else "they go; --keep-missing keeps them"
        click.echo(f"No longer in this sheet: {count(missing, 'person')}; {kept}.")
    if broken:
        click.echo(f"{count(broken, 'row')} would be left out.")
    if broken and not skip_broken and not can_be_asked():
        again = "Correct the sheet, or leave these rows out with --skip-broken."
        raise click.ClickException(f"{NOTHING} {again}")
    loses_rows = bool(broken) and not skip_broken
    loses_people = not broken and bool(missing) and not keep_missing and can_be_asked()
    if (loses_rows or loses_people) and not click.confirm("Write the sign-ups?"):
        raise click.ClickException(NOTHING)


def _ask_to_delete(root: Path, file: Path) -> None:
    """Ask for the sheet to be deleted, and say so where it lies where git or the site would take it."""
    path = file.relative_to(root.resolve()).as_posix() if file.is_relative_to(root.resolve()) else ""
    if path.startswith("docs/"):
        click.echo(f"The site would publish {visible(path)} too.", err=True)
    elif path and git_would_keep(root, path):
        click.echo(f"Git would keep {visible(path)} too.", err=True)
    click.echo("Delete the sheet: what it holds is in the register now.", err=True)


def _numbers(sign_ups: Sequence[SignUp]) -> str:
    roles = Counter(person.roles for person in sign_ups)
    consents = Counter(person.consent for person in sign_ups)
    return filled(
        "people.txt", people=len(sign_ups), mentors=roles[("mentor",)], mentees=roles[("mentee",)],
        both=roles[BOTH], public=consents["public"], participants=consents["participants"],
    )  # fmt: skip


# --- grades that stand on no scale that is known: a person says their order for organisation.yml


def _ask_for_order(root: Path, organisation: Organisation, answers: Iterable[str], asks: bool) -> None:
    """Ask a person for the order of the grades, or tell what to write, where they cannot be compared."""
    given = [*{normal_form(answer): one_line(answer) for answer in answers if answer}.values()]
    grades = graded(given, organisation.grades)
    new = [grade for grade in given if grade not in grades] if organisation.grades else given
    if len(grades) == len(given) and len({grade.scale for grade in grades.values()}) < 2:
        return
    click.echo(_TOLD)
    listed = [*organisation.grades, *(grade for grade in new if masked(grade) == grade)]
    if asks and len(listed) <= _MOST_GRADES:
        if order := _ordered(listed):
            _write_order(root, organisation.path, order)
    else:
        _tell_order(organisation.path, [*organisation.grades, *filter(is_harmless, new)])


def _tell_order(path: str, order: Sequence[str]) -> None:
    lines = f":\n{flow({'grades': order})[1:-1]}" if order else " as `grades`."
    click.echo(f"Write their order into {path}, from junior to senior{lines}")


def _ordered(listed: Sequence[str]) -> list[str]:
    """The grades in the order that a person types; empty where they stay as they are."""
    known = {str(number): grade for number, grade in enumerate(listed, 1)}
    for number, grade in known.items():
        click.echo(f"  {number}  {visible(grade)}")

    def wrong(answer: str) -> str:
        numbers = re.findall(r"\w+", answer)
        right = known.keys() >= {*numbers} and len({*numbers}) == len(numbers) > 1
        return "" if right else f"Give each once, by its number from 1 to {len(listed)}."

    text = "Which is their order, from junior to senior? Type their numbers."
    answer = Question("grades", text, example="2 1 3", optional=True).ask("", wrong)
    return [known[number] for number in re.findall(r"\w+", answer)]


def _write_order(root: Path, path: str, order: list[str]) -> None:
    before = (root / path).read_bytes().decode()
    try:
        text = with_value(before, ("grades",), order)
    except Impossible:
        _tell_order(path, order)
        return
    show_difference(difference(path, before, text, around=1))
    if click.confirm("Write this?"):
        write_checked(root, path, text, before)
    else:
        click.echo("Nothing was written: grades are not compared.")
