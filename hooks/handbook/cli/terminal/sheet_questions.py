"""What a sheet leaves open is asked, or told; and what was answered is remembered in program.yml."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import click

from ... import NOTHING, Refusal
from ...load.files import write
from ...load.repository import trial
from ...model.definitions.program import COLUMNS, LEAVE_OUT, Program
from ...register.intake.cells import PARSERS
from ...register.intake.columns import Plan, lacks_role, plan_of, proposals, proposed, sheet_of, unasked
from ...register.intake.faults import SheetFault, has_errors
from ...register.intake.rows import SheetPeople, UnclearAnswer, read_people
from ...register.intake.sheet import Sheet, letter
from ...register.intake.terms import can_be_kept, catalogue_of, harmless, remembered
from ...rules.privacy.spellings import normal_form
from ...text.edit import Impossible, with_keys
from ...text.problems import did_you_mean, errors
from ...text.signs import masked, visible
from .parameters import Question
from .reporter import count, filled

# A form has fewer choices; where anything could be typed, nobody is asked about each.
_MOST_CHOICES = 20
_MOST_SHOWN = 200
_NO_SIGN_UP = "No sign-up was written."  # but what was answered
_SAID = {"columns": "columns hold", "answers": "answers mean"}
_MEANS = "what does that mean as `{field}`? `{out}` leaves it empty."
_CHOICES = {
    "role": "Which role is meant? One of: mentor, mentee, both; `{out}` leaves the rows out.",
    "consent": "Who may then read the name? One of: nobody, participants, public.",
}
_ASKED = (*_CHOICES, "timezone", "hours", "location", "capacity")


@dataclass
class SheetQuestions:
    """Reads a sheet for a program, and asks a person what it cannot know.

    Attributes:
        asks: whether there is a person to ask.
        taken: of columns with the same title, those that a person chose.
        role: which role all in the sheet have; empty where a column says it.
        new: what a person said of columns, by their titles.
        meant: what a person said of answers, by the field and the answer; LEAVE_OUT for nothing.
        kept: those of them that a file which everyone may read can hold.
    """

    root: Path
    file: str
    program: Program
    asks: bool
    taken: set[int]
    role: str = ""
    new: dict[str, str] = field(default_factory=dict)
    meant: dict[tuple[str, str], str] = field(default_factory=dict)
    kept: defaultdict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))

    @contextmanager
    def remembering(self) -> Iterator[None]:
        """Write what was answered into program.yml, however what comes next ends."""
        try:
            yield
        except (click.ClickException, click.Abort, Refusal, OSError) as error:
            message = str(error) or f"Stopped. {NOTHING}"
            if self.remember() and NOTHING in message:
                raise click.ClickException(message.replace(NOTHING, _NO_SIGN_UP)) from None
            raise
        self.remember()

    def columns(self, content: bytes) -> tuple[Sheet, Mapping[int, str]]:
        """Read the file, and say which of its columns is read as what."""
        columns, meanings = remembered(self.program.path, (self.root / self.program.path).read_bytes())
        self.meant |= meanings
        sheet = sheet_of(content, columns)
        if isinstance(sheet, SheetFault):
            self._stop([sheet], {})
        if self.asks and sheet.word:
            click.echo(f"A word as it was read: “{visible(masked(sheet.word))}”.")
        plan = plan_of(sheet, columns, self.taken, self.role)
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
            return plan_of(sheet, {**columns, **self.new}, self.taken, self.role)

        if lacks_role(sheet, plan):
            click.echo("No column is known to hold the role.")
            choices = ("mentor", "mentee", "column")
            said = _choose("role", "Which do all have? `column` where a column holds it.", choices)
            self.role = "" if said == "column" else said
        self.taken |= {_ask_which_column(sheet, group) for group in plan.doubled}
        plan = planned()
        if plan.unknown:
            click.echo(f"A column can hold: {', '.join(COLUMNS)}.")
        for index in plan.unknown:
            held = {*plan.held, *self.new.values()}
            lacking = [field for field in plan.lacking if field not in held]
            proposal = proposed(sheet, index, held)
            self.new[sheet.titles[index]] = _ask_for_field(sheet.titles[index], lacking, proposal)
        return planned()

    def people(self, sheet: Sheet, fields: Mapping[int, str]) -> SheetPeople:
        """Read the rows; what an answer may mean a person says once for all who gave it."""
        people = self._read(sheet, fields)
        if not self.asks:
            return people
        for name in _ASKED:
            doubts = [doubt for doubt in people.unclear if doubt.field == name]
            for doubt in sorted(doubts, key=lambda doubt: -len(doubt.fault.rows))[:_MOST_CHOICES]:
                self._keep(name, doubt.answer, _ask_for_meaning(doubt), len(doubt.fault.rows))
        # Topics come last: those of whom the role is not known are not read.
        for (kind, answer), term in self._read(sheet, fields).near.items():
            thing = f"{kind.removesuffix('s')} “{visible(term.title)}”"
            meant = click.confirm(f"“{_own_words(answer)}”: is that the {thing}?")
            self._keep(kind, answer, term.id if meant else LEAVE_OUT, 1)
        return self._read(sheet, fields)

    def _read(self, sheet: Sheet, fields: Mapping[int, str]) -> SheetPeople:
        return read_people(sheet, fields, catalogue_of(self.program), self.meant, self.role)

    def _keep(self, field: str, answer: str, meaning: str, rows: int) -> None:
        self.meant[field, normal_form(answer)] = meaning
        if can_be_kept(field, answer, meaning, rows):
            self.kept[field][answer] = meaning

    def remember(self) -> bool:
        """Write what was asked into program.yml, or print it; whether anything was written."""
        columns, path = harmless(self.new), self.program.path
        if len(columns) < len(self.new):
            click.echo("A title with an address or a number of somebody is not remembered: shorten it.")
        if not columns and not self.kept:
            return False
        said = {key: value for key, value in (("columns", columns), ("answers", self.kept)) if value}
        if _is_written(self.root, path, said):
            click.echo(f"{path} remembers what these {' and what these '.join(_SAID[key] for key in said)}.")
            return True
        click.echo(f"So that nobody is asked again, add to {path}:")
        click.echo(filled("sign_up.yml", columns=columns, answers=self.kept), nl=False)
        return False

    def _stop(self, faults: Iterable[SheetFault], proposals: Mapping[str, str]) -> NoReturn:
        tell(self.file, faults)
        if columns := harmless(proposals):
            add = f"Add these lines to {self.program.path}, and correct what is not so"
            click.echo(f"{add} (`{LEAVE_OUT}` leaves a column out):")
            click.echo(filled("sign_up.yml", columns=columns, answers={}), nl=False)
        raise click.ClickException(f"The sheet cannot be read as it is. {NOTHING}")


def _is_written(root: Path, path: str, said: Mapping[str, object]) -> bool:
    """Write into a program.yml what was said, where it can be changed surely and has no error then."""
    try:
        text = with_keys((root / path).read_bytes().decode(), ("sign_up",), said)
    except (Impossible, UnicodeDecodeError):
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
    text = f"The columns {' and '.join(letters)} are all called “{title}”. Which is meant?"
    return group[letters.index(_choose("take", text, letters))]


def _ask_for_field(title: str, lacking: Sequence[str], proposal: str) -> str:
    text = f"What does the column “{visible(masked(title))}” hold? `{LEAVE_OUT}` where nobody needs it."
    if lacking:
        text = f"{text} No column holds the {' and the '.join(lacking)} yet, which is needed."
    return _choose("columns", text, (*COLUMNS, LEAVE_OUT), proposal)


def _ask_for_meaning(doubt: UnclearAnswer) -> str:
    """What a person says that an answer means; LEAVE_OUT where it means nothing that can be read."""
    read = PARSERS[doubt.field]

    def wrong(answer: str) -> str:
        value = LEAVE_OUT if answer == LEAVE_OUT else read(answer)
        return value.hint if isinstance(value, SheetFault) else ""

    means = _CHOICES.get(doubt.field, _MEANS).format(field=doubt.field, out=LEAVE_OUT)
    text = f"“{_own_words(doubt.answer)}” ({count(len(doubt.fault.rows), 'row')}): {means}"
    # Without a role the row is lost: that is nothing to be agreed to by an Enter.
    default = doubt.proposal or ("" if doubt.field == "role" else LEAVE_OUT)
    return Question(doubt.field, text).ask(default, wrong)


def _own_words(answer: str) -> str:
    return visible(masked(answer if len(answer) <= _MOST_SHOWN else f"{answer[:_MOST_SHOWN]}…"))


def tell(file: str, faults: Iterable[SheetFault]) -> None:
    """Print what is wrong, row by row; whatever stands in a sheet is no command to a terminal."""
    click.echo(filled("faults.txt", file=file, faults=[*faults]), nl=False)
