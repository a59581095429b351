"""What a sheet leaves open is asked, or told; and what was asked is remembered in program.yml."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import click

from ...load.files import write
from ...load.repository import trial
from ...model.definitions.program import COLUMNS, Program
from ...register import intake
from ...register.intake import LEAVE_OUT, Fault, Sheet, Wording
from ...text.document import Document, read
from ...text.problems import did_you_mean, errors, visible
from ...text.sensitive import masked
from .questions import Answers, Question
from .reporter import count

NOTHING = "Nothing was written."
_MOST_TOLD = 100
_MOST_ROWS_TOLD = 40
# A form has fewer choices; where anything could be typed, nobody is asked about each.
_MOST_WORDINGS = 20
_MOST_SHOWN = 200
# What is asked of a wording, and how a person says that it means nothing that can be chosen.
_CHOICES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "role": ("Which role is meant?", ("none",)),
    "consent": ("Who may then read the name?", ()),
}
_NO_COLUMNS: Mapping[str, str] = {}


@dataclass
class Desk:
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
        said = self._said()
        sheet = intake.sheet_of(content, said)
        if isinstance(sheet, Fault):
            self._stop([sheet])
        plan = intake.plan(sheet, said, self.taken)
        if self.asks and not any(one.severity == "error" for one in plan.faults):
            plan = self._ask(sheet, said, plan)
        faults = (*plan.faults, *intake.unasked(sheet, plan))
        if any(one.severity == "error" for one in faults):
            self._stop(faults, _proposed(sheet, plan))
        tell(self.file, faults)
        return sheet, plan.fields

    def _ask(self, sheet: Sheet, said: Mapping[str, str], plan: intake.Plan) -> intake.Plan:
        """Let a person say what the titles leave open."""
        for group in plan.twice:
            self.taken.add(_ask_for_one(sheet, group))
        plan = intake.plan(sheet, said, self.taken)
        if plan.open:
            click.echo(f"A column can hold: {', '.join(COLUMNS)}.")
        for index in plan.open:
            held = {*plan.fields.values(), *self.new.values()}
            lacking = [one for one in plan.lacking if one not in held]
            proposal = intake.proposed(sheet, index, held)
            self.new[sheet.titles[index]] = _ask_for_field(sheet.titles[index], lacking, proposal)
        plan = intake.plan(sheet, {**said, **self.new}, self.taken)
        if plan.swapped:
            self.new |= _ask_which_is_the_name(sheet, plan.swapped)
            plan = intake.plan(sheet, {**said, **self.new}, self.taken)
        return plan

    def people(self, sheet: Sheet, fields: Mapping[int, str]) -> intake.People:
        """Read the rows; what an answer may mean a person says once for all who gave it."""
        catalogue = intake.Catalogue(_topics(self.program), _goals(self.program))
        found = intake.people(sheet, fields, catalogue)
        if not self.asks:
            return found
        meant = _ask_for_choices(found.wordings)
        found = intake.people(sheet, fields, catalogue, meant) if meant else found
        # Topics come last: those of whom the role is not known are not read.
        near = {
            (kind, intake.fold(answer)): term.id if click.confirm(_is_it(kind, answer, term)) else ""
            for (kind, answer), term in found.near.items()
        }
        return intake.people(sheet, fields, catalogue, meant | near) if near else found

    def remember(self) -> None:
        """Write what was asked into program.yml, or print it as lines to paste."""
        kept = _harmless(self.new)
        if len(kept) < len(self.new):
            click.echo("A title with an address or a number of somebody is not remembered: shorten it.")
        if not kept:
            return
        text = _with_columns((self.root / self.program.path).read_bytes(), kept)
        if text and _written(self.root, self.program.path, text):
            click.echo(f"{self.program.path} remembers what these columns hold.")
        else:
            click.echo(f"So that nobody is asked again, add to {self.program.path}:\n{_lines(kept)}")

    def _said(self) -> dict[str, str]:
        document = read(self.program.path, (self.root / self.program.path).read_bytes())
        mapping = document.mapping if isinstance(document, Document) else {}
        return {
            str(title): str(named) for title, named in mapping.get("sign_up", {}).get("columns", {}).items()
        }

    def _stop(self, faults: Iterable[Fault], unknown: Mapping[str, str] = _NO_COLUMNS) -> NoReturn:
        tell(self.file, faults)
        if unknown := _harmless(unknown):
            told = f"Add these lines to {self.program.path}, and correct what is not so"
            click.echo(f"{told} (`{LEAVE_OUT}` leaves a column out):\n{_lines(unknown)}")
        raise click.ClickException(f"The sheet cannot be read as it is. {NOTHING}")


def _ask_for_one(sheet: Sheet, group: Sequence[int]) -> int:
    letters = [intake.letter(index) for index in group]

    def wrong(answer: str) -> str:
        return "" if answer.upper() in letters else f"Choose one of: {', '.join(letters)}."

    title = visible(sheet.titles[group[0]])
    text = f"“{title}” stands over the columns {' and '.join(letters)}. Which is meant?"
    return group[
        letters.index(Answers({"take": None}, ("take",)).take(Question("take", text, wrong)).upper())
    ]


def _proposed(sheet: Sheet, plan: intake.Plan) -> dict[str, str]:
    """What columns may hold of which nobody was asked, by their titles; empty where it is open."""
    held = set(plan.fields.values())
    near = {}
    for index in plan.open:
        near[sheet.titles[index]] = intake.proposed(sheet, index, held)
        held.add(near[sheet.titles[index]])
    if held.issuperset(plan.lacking):
        near = {title: named or LEAVE_OUT for title, named in near.items()}
    swapped = zip(plan.swapped, ("unit", "name"), strict=False)
    return near | {sheet.titles[index]: field for index, field in swapped}


def _ask_which_is_the_name(sheet: Sheet, swapped: Sequence[int]) -> dict[str, str]:
    """Ask where a name seems to stand below the title of the unit; what is said holds from then on."""
    first, second = (sheet.titles[index] for index in swapped)
    names, units = (visible(masked(title)) for title in (first, second))
    click.echo(f"Below “{names}” stand the same few answers again and again; below “{units}” all differ.")
    if click.confirm(f"Does “{units}” hold the names, and “{names}” the units?"):
        return {first: "unit", second: "name"}
    return {first: "name", second: "unit"}


def _ask_for_field(title: str, lacking: Sequence[str], proposal: str) -> str:
    def wrong(answer: str) -> str:
        fields = (*COLUMNS, LEAVE_OUT)
        said = f"{did_you_mean(answer, fields)}Choose one of: {', '.join(fields)}."
        return "" if answer in fields else said

    text = f"What does the column “{visible(masked(title))}” hold? `{LEAVE_OUT}` where nobody needs it."
    if lacking:
        text = f"{text} No column holds the {' and the '.join(lacking)} yet, which is needed."
    return Answers({"columns": None}, ("columns",)).take(Question("columns", text, wrong), proposal)


def _ask_for_choices(wordings: Sequence[Wording]) -> dict[tuple[str, str], str]:
    """Ask what each wording means, by its field and the folded answer; of many wordings of one, the first."""
    meant = {}
    for named in intake.CHOICES:
        for one in [one for one in wordings if one.field == named][:_MOST_WORDINGS]:
            meant[named, intake.fold(one.answer)] = _ask_for_choice(one)
    return meant


def _ask_for_choice(wording: Wording) -> str:
    """What a person says that a wording means; empty where it means none of the choices."""
    asked, without = _CHOICES[wording.field]
    choices = [*intake.CHOICES[wording.field], *without]
    listed = ", ".join(choices)

    def wrong(answer: str) -> str:
        return "" if answer.lower() in choices else f"{did_you_mean(answer, choices)}Choose one of: {listed}."

    said = f"“{_own_words(wording.answer)}” ({count(len(wording.fault.rows), 'row')})"
    question = Question(wording.field, f"{said}: {asked} One of: {listed}.", wrong)
    answer = Answers({wording.field: None}, (wording.field,)).take(question, wording.proposal).lower()
    return "" if answer in without else answer


def _own_words(answer: str) -> str:
    """An answer as the person who is asked about it sees it."""
    return visible(masked(answer if len(answer) <= _MOST_SHOWN else f"{answer[:_MOST_SHOWN]}…"))


def _is_it(kind: str, answer: str, term: intake.Term) -> str:
    return f"“{_own_words(answer)}”: is that the {kind.removesuffix('s')} “{visible(term.title)}”?"


def _topics(program: Program) -> list[intake.Term]:
    return [
        intake.Term(one.id, str(one.title), " ".join((str(one["summary"]), *map(str, one["ideas"]))))
        for one in program.topics
    ]


def _goals(program: Program) -> list[intake.Term]:
    return [intake.Term(one.id, str(one.title)) for one in program.goals]


def tell(file: str, faults: Iterable[Fault]) -> None:
    """Print what is wrong, row by row; whatever stands in a sheet is no command to a terminal."""
    listed = list(faults)
    for one in listed[:_MOST_TOLD]:
        row = f", {_rows(one.rows)}" if one.row else ""
        column = f", “{visible(masked(one.column[:80]))}”" if one.column else ""
        text = visible(masked(f"{one.severity}: {one.message} {one.hint}".rstrip()))
        click.echo(f"{visible(file)}{row}{column}: {text}")
    if len(listed) > _MOST_TOLD:
        click.echo(f"And {len(listed) - _MOST_TOLD} more.")


def _rows(rows: Sequence[int]) -> str:
    listed = ", ".join(map(str, rows[:_MOST_ROWS_TOLD]))
    more = f" and {len(rows) - _MOST_ROWS_TOLD} more" if len(rows) > _MOST_ROWS_TOLD else ""
    return f"row{'s' if len(rows) > 1 else ''} {listed}{more}"


def _harmless(columns: Mapping[str, str]) -> dict[str, str]:
    """Those without an address or number in the title: everyone may read a program.yml."""
    return {title: named for title, named in columns.items() if masked(title) == title}


def _lines(columns: Mapping[str, str]) -> str:
    keys = {title: json.dumps(visible(title), ensure_ascii=False) for title in columns}
    told = (
        f"    {keys[title]}: {named}" if named else f"    # {keys[title]}: what does it hold?"
        for title, named in columns.items()
    )
    return "\n".join(("sign_up:", "  columns:", *told))


def _with_columns(content: bytes, columns: Mapping[str, str]) -> str:
    """The text of a program.yml that says what columns hold; empty where it cannot be changed surely."""
    try:
        from ...text.edit import with_columns

        return with_columns(content.decode(), columns)
    except (ImportError, ValueError):
        return ""


def _written(root: Path, path: str, text: str) -> bool:
    """Write a program.yml, and say so; not where there would then be an error."""
    _, problems = trial(root, {path: text})
    if not errors(problems):
        write(root, path, text)
    return not errors(problems)
