"""A program's question bank: what its forms ask, how it is answered, and as CSV; so the risk register."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from markupsafe import Markup

from ...model.definitions.playbook import Item
from ...model.definitions.program import Form, Program
from ...model.labels import Labels
from ...text.prose import Text, plain

PURPOSES = ("baseline", "session", "midpoint", "end")
# How many answers there are to choose from, where it is not the most; none for a number or a text.
_FEWER_ANSWERS = {"yes-no": 2, "role": 2, "number": 0, "text": 0}
_MOST_ANSWERS = 5
# A spreadsheet takes what begins with one of these for a formula; four of them are as wide as two letters.
# Opened with another sign between the cells than the comma, a cell begins behind that sign too.
_FORMULA = re.compile(r"(^|[;|])([\s\"]*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")

_REGISTER = ("risk", "what", "likelihood", "effect", "owner", "trigger", "remedy", "control")
_RATED = {"likelihood": "risks.level.", "effect": "risks.level.", "owner": "role."}


def questions(program: Program, purpose: str) -> tuple[Item, ...]:
    """What the forms of one purpose ask (baseline, …): their own, and the bank's unless all have some."""
    forms = [form for form in program.forms if form.purpose == purpose]
    own = [ask for form in forms for ask in _asks(form)]
    return (*own, *(() if own and all(form.item["asks"] for form in forms) else _bank(program, purpose)))


def _asks(form: Form) -> Iterator[Item]:
    for number, title in enumerate(form.item["asks"] or (), 1):
        fields = {"title": title, "asked": [form.purpose], "for": list(form.roles)}
        yield Item("survey", f"{form.id}-{number}", fields, changed=True)


def _bank(program: Program, purpose: str) -> tuple[Item, ...]:
    return tuple(item for item in program.items["survey"] if purpose in item.fields.get("asked", ()))


def asked(program: Program) -> tuple[str, ...]:
    """The purposes of forms for which the bank has questions."""
    return tuple(purpose for purpose in PURPOSES if questions(program, purpose))


def own(program: Program) -> tuple[Item, ...]:
    """The questions that a program added or changed."""
    return tuple(item for item in program.items["survey"] if item.changed)


def form_questions(program: Program, form: Form) -> tuple[Text, ...]:
    """What a form asks: its own list, else the bank's questions for its purpose and its roles."""
    bank = _bank(program, form.purpose)
    fitting = (item.title for item in bank if set(form.roles) & set(item.fields.get("for", form.roles)))
    return tuple(form.item["asks"] or fitting)


def answers(item: Item, texts: Labels) -> tuple[Markup, ...]:
    """The answers to choose from, lowest first."""
    kind = str(item["scale"] or "text")
    return tuple(
        texts.say(f"scale.{kind}.{number}") if texts.has(f"scale.{kind}.{number}") else Markup(str(number))
        for number in range(1, _FEWER_ANSWERS.get(kind, _MOST_ANSWERS) + 1)
    )


def as_csv(program: Program, texts: Labels) -> str:
    """Write the whole bank as CSV: one row for each question in each form, with the answers in columns."""
    answers = (f"answer-{number}" for number in range(1, _MOST_ANSWERS + 1))
    titles = ("form", "number", "question", "type", *answers, "for", "goal", "construct", "id")
    return written([words("column", titles, texts), *_rows(program, texts)])


def words(group: str, names: Iterable[str], texts: Labels) -> list[str]:
    """Titles of columns, or words that stand in them, of a file for other tools."""
    return [texts.say(f"languages.{group}.{name}").unescape() if name else "" for name in names]


def register_csv(risks: Iterable[Item], texts: Labels) -> str:
    """Write the risk register as CSV: one row for each risk, in the words of its page."""
    titles = [texts.say(f"risks.{name}").unescape() for name in _REGISTER]
    return written([titles, *([_of_risk(risk, name, texts) for name in _REGISTER] for risk in risks)])


def _of_risk(risk: Item, name: str, texts: Labels) -> str:
    said = str({"risk": risk.title, "what": risk.body}.get(name, risk[name]) or "")
    return texts.say(_RATED[name] + said).unescape() if said and name in _RATED else said


def written(rows: Iterable[Iterable[str]]) -> str:
    """Write rows as CSV in which no spreadsheet takes anything for a formula."""
    file = io.StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows(map(_cell, row) for row in rows)
    return file.getvalue()


def _rows(program: Program, texts: Labels) -> Iterator[tuple[str, ...]]:
    for purpose in PURPOSES:
        for number, item in enumerate(questions(program, purpose), 1):
            choices = [answer.unescape() for answer in answers(item, texts)]
            kind = "choice" if choices else str(item["scale"] or "text")
            roles = ", ".join(words("word", item.fields.get("for", ("mentor", "mentee")), texts))
            padded = (*choices, *[""] * (_MOST_ANSWERS - len(choices)))
            form, kind, goal = words("word", (purpose, kind, str(item["goal"])), texts)
            about = (goal, str(item["construct"]), item.id)
            yield (form, str(number), str(item.title), kind, *padded, roles, *about)


def _cell(value: str) -> str:
    """A text in one line that no spreadsheet takes for a formula: an apostrophe goes before what could be."""
    return _FORMULA.sub(r"\1\2'", plain(value))
