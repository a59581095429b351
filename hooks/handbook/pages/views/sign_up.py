"""A program's sign-up form: what its pairings are made by, asked in words that the import knows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import yaml

from ... import DATA
from ...model.definitions.organisation import Organisation
from ...model.definitions.program import Program
from ...model.labels import Labels
from ...text.prose import plain
from . import survey

_ROWS = yaml.load((DATA / "sign-up.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)
_SCRIPT = (DATA / "sign-up.gs").read_text("utf-8")
# What would end a script where a page holds it, and what older engines take for the end of a line.
_UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<\u2028\u2029"}


@dataclass(frozen=True)
class SignUpQuestion:
    """A question, which is a column of the sheet that the form exports; `kind` is one of data/sign-up.gs."""

    field: str
    kind: str
    required: bool
    title: str
    help: str
    why: str
    choices: tuple[str, ...]


@dataclass(frozen=True)
class SignUpForm:
    """All that a program's sign-up form says, as plain letters."""

    title: str
    description: str
    questions: tuple[SignUpQuestion, ...]

    @property
    def script(self) -> str:
        """The form as a Google Apps Script that makes it; what the program says is data there."""
        data = json.dumps(asdict(self), ensure_ascii=False, indent=2).translate(_UNSAFE)
        return f"{_SCRIPT}const SIGN_UP = {data};\n"

    @property
    def numbered(self) -> str:
        """Numbered questions with lettered choices, as Microsoft Forms imports a document."""
        blocks = (
            [f"{number}. {question.title}", *map(_lettered, range(len(question.choices)), question.choices)]
            for number, question in enumerate(self.questions, 1)
        )
        return "\n\n".join(map("\n".join, blocks)) + "\n"

    def csv(self, texts: Labels) -> str:
        """One row for each question, for any other form tool, with the choices in columns."""
        most = max(len(question.choices) for question in self.questions)
        titles = ("question", "kind", "required", "help", "why", *["choice"] * most)
        rows = [survey.words("column", titles, texts)]
        for each in self.questions:
            said = survey.words("word", (each.kind, "yes" if each.required else "no"), texts)
            padding = [""] * (most - len(each.choices))
            rows.append([each.title, *said, each.help, each.why, *each.choices, *padding])
        return survey.written(rows)


def _lettered(place: int, choice: str) -> str:
    before, last = divmod(place, 26)
    return f"{chr(64 + before) if before else ''}{chr(65 + last)}. {choice}"


def sign_up_form(program: Program, organisation: Organisation, texts: Labels) -> SignUpForm:
    """The questions that a program's criteria and rules need, and no others."""
    contact = organisation.contact("access")
    whom = ", ".join(filter(None, (contact.label, contact.address, contact.phone))) if contact else ""
    return SignUpForm(
        _said(texts, "ask.form", program=program.title),
        _said(texts, "ask.description", contact=whom or texts.say("contact.none")),
        tuple(_questions(program, organisation, texts)),
    )


def _questions(program: Program, organisation: Organisation, texts: Labels) -> Iterator[SignUpQuestion]:
    rules = {name: value for name, value in program.rules.items() if value}
    in_force = {"always", *rules, *(name for name, _ in program.criteria)}
    for row in _ROWS:
        field, kind, choices = row["field"], row["kind"], _choices(row, program, organisation, texts)
        uses = [name for name in row["for"] if name in in_force]
        # Where there is nothing to choose from, nobody could answer.
        if uses and (choices or kind in ("text", "paragraph")):
            reasons = (
                _said(texts, f"rule.{use}", f"ask.why.{use}", f"ask.why.{field}", n=rules.get(use))
                for use in uses
            )
            yield SignUpQuestion(
                field,
                "choice" if choices and kind == "text" else kind,
                bool(in_force.intersection(row.get("required", ()))),
                _said(texts, f"ask.title.{field}"),
                _said(texts, f"ask.help.{field}"),
                " ".join(reasons),
                choices,
            )


def _choices(
    row: Mapping[str, Any], program: Program, organisation: Organisation, texts: Labels
) -> tuple[str, ...]:
    """What there is to choose from, each once; a form refuses to have it twice."""
    field = row["field"]
    named = {
        "topics": [topic.title for topic in program.topics],
        "goals": [goal.title for goal in program.goals],
        "grade": organisation.grades,
        "timezone": (organisation.timezone, *row.get("choices", ())),
    }
    labels = (f"ask.choices.{field}.{number}" for number in range(1, 10))
    own = (texts.say(label).unescape() for label in labels if texts.has(label))
    return tuple(dict.fromkeys(map(plain, named.get(field, own))))


def _said(texts: Labels, *labels: str, **values: object) -> str:
    return plain(texts.say(*labels, **values).unescape())
