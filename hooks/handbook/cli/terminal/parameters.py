"""What can be said to a command: rows of data/cli/parameters.yml, and the day; and what is asked."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import click
import yaml
from click.core import ParameterSource

from ... import NOTHING
from ...model import timeline
from ...model.handbook import Handbook
from ...rules import schema
from ...text.document import Document
from ...text.problems import Problem
from ...text.signs import is_printable, visible
from .reporter import FOLDER

_Function = Callable[..., Any]
PARAMETERS: Mapping[str, Sequence[Mapping[str, Any]]] = yaml.load(
    (FOLDER / "parameters.yml").read_text("utf-8"), Loader=yaml.CSafeLoader
)


def parameters(command: str, **types: click.ParamType[Any]) -> Callable[[_Function], _Function]:
    """Give a command its arguments and options, with the types that only the code knows.

    Before them it gets the folder of the handbook.
    """

    def taking(function: _Function) -> _Function:
        function = click.pass_obj(function)
        for row in reversed(PARAMETERS[command]):
            *_, name = names = row["names"]
            declare = click.option if names[0].startswith("-") else click.argument
            settings = {key: value for key, value in row.items() if key not in ("names", "ask")}
            settings["type"] = types.get(name.lstrip("-")) or _type(settings.get("type"))
            function = declare(*names, **settings)(function)
        return function

    return taking


def typed_of(names: Container[str]) -> str:
    """The first option of these names that somebody typed; empty where none was."""
    context = click.get_current_context()
    known = ((option.name, option.opts[0]) for option in context.command.params if option.name in names)
    source, typed = context.get_parameter_source, ParameterSource.COMMANDLINE
    return next((option for name, option in known if name and source(name) == typed), "")


def _type(named: str | list[str] | None) -> click.ParamType[Any] | None:
    return click.Choice(named) if isinstance(named, list) else Day() if named == "day" else None


class Day(click.ParamType[date]):
    """A day, written in the one way that nobody reads as another."""

    name = "yyyy-mm-dd"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read a day, or say how one is written."""
        typed = str(value).strip()
        try:
            # Python reads 20270120 and 2027-W03-3 too.
            return date.fromisoformat(typed if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", typed) else "")
        except ValueError:
            hint = "Write the day as YYYY-MM-DD, such as 2027-01-20."
            return self.fail(f"“{visible(typed)}” is no day. {hint}", param, ctx)


def today(handbook: Handbook) -> date:
    """The day for which pages are rendered."""
    try:
        return timeline.today(handbook.organisation.timezone)
    except ValueError as error:
        raise click.UsageError(f"HANDBOOK_TODAY should be a day, such as 2027-03-01: {error}.") from error


# --- question -> a right answer, from an option or from a person

Complaint = Callable[[str], str]


@dataclass(frozen=True)
class Question:
    """One question, which an option answers as well.

    Attributes:
        option: without its two hyphens.
        schema: which schema judges an answer, and the place where it will stand.
        needed: whether everything is asked where this has no option.
        optional: whether the answer may be empty.
    """

    option: str
    text: str
    example: str = ""
    schema: Sequence[str | int] = ()
    needed: bool = False
    optional: bool = False

    def wrong(self, answer: str, complaint: Complaint | None = None) -> str:
        """Say what is wrong with an answer, in one or two plain sentences; empty where nothing is."""
        if not answer.strip():
            return "" if self.optional else "Please answer in a few words."
        if not is_printable(answer):
            return "This holds a character that cannot be shown. Please type it again."
        return visible(complaint(answer) if complaint else self.misfit(answer))

    def misfit(self, answer: str) -> str:
        """What the schema finds wrong with an answer."""
        name, *path = self.schema
        values: object = answer
        for key in reversed(path):
            values = {key: values} if isinstance(key, str) else [values]
        problems = schema.problems(Document("", values), str(name))
        return sentence(problem for problem in problems if problem.code != "missing-key")

    def ask(self, default: str = "", complaint: Complaint | None = None) -> str:
        """Give the first right answer that a person types."""

        def accept(answer: str) -> str:
            if wrong := self.wrong(answer.strip(), complaint):
                raise click.UsageError(wrong)
            return answer.strip()

        try:
            answer: str = click.prompt(
                self._prompt(default), default=default if default or self.optional else None,
                show_default=False, value_proc=accept, prompt_suffix="> ",
            )  # fmt: skip
            return answer
        except click.Abort:
            if sys.stdin.isatty():
                raise
            message = f"No answer to “{self.text}” {NOTHING} Give --{self.option}."
            raise click.UsageError(message) from None

    def _prompt(self, default: str) -> str:
        more = [f"for example: {self.example}"] if self.example and not default else []
        more += [f"press Enter for {default}"] if default else []
        more += ["press Enter to leave it out"] if self.optional and not default else []
        return f"{self.text} ({'; '.join(more)})\n" if more else f"{self.text}\n"


def questions(command: str) -> dict[str, Question]:
    """The questions of a command, by their options."""
    rows = ((row["names"][0].removeprefix("--"), row.get("ask")) for row in PARAMETERS[command])
    return {option: Question(option, **ask) for option, ask in rows if ask}


class Answers:
    """Takes answers from options, and asks for the others where one that is needed was not given."""

    def __init__(self, command: str, given: Mapping[str, str | None]) -> None:
        """Keep the options by name; where all needed ones are given, nothing is asked."""
        self.questions, self.options = questions(command), given
        self.silent = all(given[name] is not None for name, one in self.questions.items() if one.needed)

    def take(self, option: str, default: str = "", complaint: Complaint | None = None) -> str:
        """Give a right answer: the option's, or the first right one that a person types.

        Whoever only presses Enter gives the default. Unless there is a complaint, the schema judges.
        """
        question, given = self.questions[option], self.options[option]
        if given is None and not self.silent:
            return question.ask(default, complaint)
        answer = default if given is None else given
        if wrong := question.wrong(answer, complaint):
            raise click.BadParameter(wrong, param_hint=f"--{option}")
        return answer if answer.strip() else ""


def sentence(problems: Iterable[Problem]) -> str:
    """Say the first of some problems; empty where there is none."""
    return next((f"{problem.message} {problem.hint}".strip() for problem in problems), "")
