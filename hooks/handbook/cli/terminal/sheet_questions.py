"""What a sheet leaves open is asked, or told; and what was asked is remembered in program.yml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import NoReturn

import click

from ... import NOTHING
from ...load.files import write
from ...load.repository import trial
from ...model.definitions.program import COLUMNS, LEAVE_OUT, Program
from ...register.intake.cells import CHOICES
from ...register.intake.columns import Plan, plan_of, proposals, proposed, sheet_of, unasked
from ...register.intake.faults import SheetFault, has_errors
from ...register.intake.rows import SheetPeople, UnclearChoice, read_people
from ...register.intake.sheet import Sheet, letter
from ...register.intake.terms import Term, catalogue_of
from ...register.intake.vocabulary import as_lines, harmless, remembered
from ...register.ledger.spelling import normal_form
from ...text.edit import with_columns
from ...text.problems import did_you_mean, errors
from ...text.signs import masked, visible
from .questions import Question
from .reporter import count
from .templates import filled

# A form has fewer choices; where anything could be typed, nobody is asked about each.
_MOST_CHOICES = 20
_MOST_SHOWN = 200
# What is asked of a choice, and how a person says that it means nothing that can be chosen.
_CHOICES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "role": ("Which role is meant?", ("none",)),
    "consent": ("Who may then read the name?", ()),
}


@dataclass
class SheetQuestions:
    """Reads a sheet for a program, and asks a person what it cannot know.

    Attributes:
        asks: whether there is a person to ask.
        taken: of columns with the same title, those that a person chose.
        new: what a person said of columns, by their titles.
    """

    root: Path
    file: str
    program: Program
    asks: bool
    taken: set[int]
    new: dict[str, str] = field(default_factory=dict)

    def columns(self, content: bytes) -> tuple[Sheet, Mapping[int, str]]:
        """Read the file, and say which of its columns is read as what."""
        columns = remembered(self.program.path, (self.root / self.program.path).read_bytes())
        sheet = sheet_of(content, columns)
        if isinstance(sheet, SheetFault):
            self._stop([sheet], {})
        plan = plan_of(sheet, columns, self.taken)
        if self.asks and not has_errors(plan.faults):
            plan = self._ask(sheet, columns, plan)
        faults = (*plan.faults, *unasked(sheet, plan))
        if has_errors(faults):
            self._stop(faults, proposals(sheet, plan))
        tell(self.file, faults)
        return sheet, plan.fields

    def _ask(self, sheet: Sheet, columns: Mapping[str, str], plan: Plan) -> Plan:
        """Let a person say what the titles leave open."""

        def planned() -> Plan:
            return plan_of(sheet, {**columns, **self.new}, self.taken)

        self.taken |= {_ask_which_column(sheet, group) for group in plan.doubled}
        plan = planned()
        if plan.unknown:
            click.echo(f"A column can hold: {', '.join(COLUMNS)}.")
        for index in plan.unknown:
            held = {*plan.fields.values(), *self.new.values()}
            lacking = [field for field in plan.lacking if field not in held]
            proposal = proposed(sheet, index, held)
            self.new[sheet.titles[index]] = _ask_for_field(sheet.titles[index], lacking, proposal)
        plan = planned()
        if plan.swapped:
            self.new |= _ask_which_is_the_name(*(sheet.titles[index] for index in plan.swapped))
        return planned()

    def people(self, sheet: Sheet, fields: Mapping[int, str]) -> SheetPeople:
        """Read the rows; what an answer may mean a person says once for all who gave it."""
        catalogue = catalogue_of(self.program)
        people = read_people(sheet, fields, catalogue)
        if not self.asks:
            return people
        meanings = _ask_for_choices(people.unclear)
        people = read_people(sheet, fields, catalogue, meanings) if meanings else people
        # Topics come last: those of whom the role is not known are not read.
        near = {
            (kind, normal_form(answer)): term.id if _is_meant(kind, answer, term) else ""
            for (kind, answer), term in people.near.items()
        }
        return read_people(sheet, fields, catalogue, meanings | near) if near else people

    def remember(self) -> None:
        """Write what was asked into program.yml, or print it as lines to paste."""
        columns, path = harmless(self.new), self.program.path
        if len(columns) < len(self.new):
            click.echo("A title with an address or a number of somebody is not remembered: shorten it.")
        if columns and _is_written(self.root, path, columns):
            click.echo(f"{path} remembers what these columns hold.")
        elif columns:
            click.echo(f"So that nobody is asked again, add to {path}:\n{as_lines(columns)}")

    def _stop(self, faults: Iterable[SheetFault], proposals: Mapping[str, str]) -> NoReturn:
        tell(self.file, faults)
        if columns := harmless(proposals):
            add = f"Add these lines to {self.program.path}, and correct what is not so"
            click.echo(f"{add} (`{LEAVE_OUT}` leaves a column out):\n{as_lines(columns)}")
        raise click.ClickException(f"The sheet cannot be read as it is. {NOTHING}")


def _is_written(root: Path, path: str, columns: Mapping[str, str]) -> bool:
    """Write into a program.yml what columns hold, where it can be changed surely and has no error then."""
    try:
        text = with_columns((root / path).read_bytes().decode(), columns)
    except ValueError:
        return False
    if safe := not errors(trial(root, {path: text})[1]):
        write(root, path, text)
    return safe


def _choose(option: str, text: str, choices: Sequence[str], proposal: str = "") -> str:
    """Ask for one of these choices, whatever its case."""
    forms = {choice.casefold(): choice for choice in choices}

    def wrong(answer: str) -> str:
        near = did_you_mean(answer, choices)
        return "" if answer.casefold() in forms else f"{near}Choose one of: {', '.join(choices)}."

    return forms[Question(option, text).ask(proposal, wrong).casefold()]


def _ask_which_column(sheet: Sheet, group: Sequence[int]) -> int:
    letters = [letter(index) for index in group]
    title = visible(sheet.titles[group[0]])
    text = f"“{title}” stands over the columns {' and '.join(letters)}. Which is meant?"
    return group[letters.index(_choose("take", text, letters))]


def _ask_which_is_the_name(first: str, second: str) -> dict[str, str]:
    """Ask where a name seems to stand below the title of the unit; what is said holds from then on."""
    names, units = (visible(masked(title)) for title in (first, second))
    click.echo(f"Below “{names}” stand the same few answers again and again; below “{units}” all differ.")
    swapped = click.confirm(f"Does “{units}” hold the names, and “{names}” the units?")
    return {first: "unit", second: "name"} if swapped else {first: "name", second: "unit"}


def _ask_for_field(title: str, lacking: Sequence[str], proposal: str) -> str:
    text = f"What does the column “{visible(masked(title))}” hold? `{LEAVE_OUT}` where nobody needs it."
    if lacking:
        text = f"{text} No column holds the {' and the '.join(lacking)} yet, which is needed."
    return _choose("columns", text, (*COLUMNS, LEAVE_OUT), proposal)


def _ask_for_choices(unclear: Sequence[UnclearChoice]) -> dict[tuple[str, str], str]:
    """Ask what each answer to a choice means; of very many answers to one choice, the first."""
    listed = ([choice for choice in unclear if choice.field == kind][:_MOST_CHOICES] for kind in CHOICES)
    return {(doubt.field, normal_form(doubt.answer)): _ask_for_choice(doubt) for doubt in chain(*listed)}


def _ask_for_choice(choice: UnclearChoice) -> str:
    """What a person says that an answer means; empty where it means none of the choices."""
    question, without = _CHOICES[choice.field]
    choices = [*CHOICES[choice.field], *without]
    shown = f"“{_own_words(choice.answer)}” ({count(len(choice.fault.rows), 'row')})"
    text = f"{shown}: {question} One of: {', '.join(choices)}."
    answer = _choose(choice.field, text, choices, choice.proposal)
    return "" if answer in without else answer


def _own_words(answer: str) -> str:
    return visible(masked(answer if len(answer) <= _MOST_SHOWN else f"{answer[:_MOST_SHOWN]}…"))


def _is_meant(kind: str, answer: str, term: Term) -> bool:
    thing = f"{kind.removesuffix('s')} “{visible(term.title)}”"
    return click.confirm(f"“{_own_words(answer)}”: is that the {thing}?")


def tell(file: str, faults: Iterable[SheetFault]) -> None:
    """Print what is wrong, row by row; whatever stands in a sheet is no command to a terminal."""
    click.echo(filled("faults.txt", file=file, faults=[*faults]), nl=False)
