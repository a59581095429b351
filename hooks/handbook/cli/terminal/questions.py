"""Question -> a right answer, from an option or from a person."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import click

from ...rules import schema
from ...text.document import Document
from ...text.problems import Problem
from ...text.signs import is_printable, visible

Complaint = Callable[[str], str]


@dataclass(frozen=True)
class Question:
    """One question, which an option answers as well.

    Attributes:
        option: without its two hyphens.
        complaint: what is wrong with an answer; empty where nothing is.
        needed: whether there must be an answer.
    """

    option: str
    text: str
    complaint: Complaint
    example: str = ""
    needed: bool = True

    def prompt(self, default: str) -> str:
        """The question as it is asked."""
        more = [f"for example: {self.example}"] if self.example and not default else []
        more += [f"press Enter for {default}"] if default else []
        more += [] if self.needed else ["press Enter to leave it out"]
        return f"{self.text} ({'; '.join(more)})\n" if more else f"{self.text}\n"

    def wrong(self, answer: str) -> str:
        """Say what is wrong with an answer, in one or two plain sentences."""
        if not answer.strip():
            return "Please answer in a few words." if self.needed else ""
        if not is_printable(answer):
            return "This holds a character that cannot be shown. Please type it again."
        return visible(self.complaint(answer))


class Answers:
    """Takes answers from options, and asks for the others where one that is needed was not given."""

    def __init__(self, options: Mapping[str, str | None], needed: Iterable[str]) -> None:
        """Keep the options by name; where all needed ones are given, nothing is asked."""
        self.options = options
        self.silent = all(options[name] is not None for name in needed)

    def take(self, question: Question, default: str = "") -> str:
        """Give a right answer: the option's, or the first right one that a person types."""
        given = self.options.get(question.option)
        if given is None and not self.silent:
            return _ask(question, default)
        answer = default if given is None else given
        if wrong := question.wrong(answer):
            raise click.BadParameter(wrong, param_hint=f"--{question.option}")
        return answer if answer.strip() else ""


def _ask(question: Question, default: str) -> str:
    def accept(answer: str) -> str:
        if wrong := question.wrong(answer.strip()):
            raise click.UsageError(wrong)
        return answer.strip()

    try:
        answer: str = click.prompt(
            question.prompt(default),
            default=default if default or not question.needed else None,
            show_default=False,
            value_proc=accept,
            prompt_suffix="> ",
        )
        return answer
    except click.Abort:
        if sys.stdin.isatty():
            raise
        message = f"No answer to “{question.text}” Nothing was written. Give --{question.option}."
        raise click.UsageError(message) from None


def by_schema(name: str, *path: str | int) -> Complaint:
    """Let a schema judge an answer at the place where it will stand."""

    def complaint(answer: str) -> str:
        values: object = answer
        for key in reversed(path):
            values = {key: values} if isinstance(key, str) else [values]
        problems = schema.problems(Document("", values), name)
        return sentence(problem for problem in problems if problem.code != "missing-key")

    return complaint


def sentence(problems: Iterable[Problem]) -> str:
    """Say the first of some problems; empty where there is none."""
    return next((f"{problem.message} {problem.hint}".strip() for problem in problems), "")
