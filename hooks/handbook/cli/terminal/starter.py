"""Answers -> the short, commented files that a new program, cohort or organisation starts from.

Answers have the names of the options of `handbook new`; those to what need not be known may be empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

from ... import DATA
from ...text.edit.values import flow
from ...text.signs import UNSEEN, in_quotes

FOLDER = DATA / "starter"
EXAMPLE: Mapping[str, str] = {
    "title": "Digital fluency",
    "summary": "Early-career colleagues mentor our directors on AI and everyday digital tools.",
    "goal": "Directors use AI tools in their own work every week",
    "measure": "Directors who used an AI tool this week",
    "unit": "%",
    "baseline": "20",
    "target": "80",
}


def quoted_answer(answer: str) -> str:
    """Write an answer so that YAML reads exactly it; signs that nobody sees are left out."""
    return in_quotes(UNSEEN.sub("", answer))


def program(answers: Mapping[str, str]) -> str:
    """Give the file of a new program."""
    values = {name: quoted_answer(answers[name]) for name in ("title", "summary", "goal")}
    return _filled("program", values | {"measure": _measure(answers)})


def _measure(answers: Mapping[str, str]) -> str:
    if not answers["measure"]:
        return '# measure: {what: "What you will count", unit: "%", baseline: 20, target: 80}'
    parts = [f"what: {quoted_answer(answers['measure'])}"]
    parts += [f"unit: {quoted_answer(answers['unit'])}"] if answers["unit"] else []
    parts += [f"{name}: {flow(float(answers[name]))}" for name in ("baseline", "target") if answers[name]]
    return f"measure: {{{', '.join(parts)}}}"


def cohort(start: str, title: str = "") -> str:
    """Give the file of a new cohort; without a title it is called as its file is."""
    return _filled("cohort", {"start": start, "title": f"title: {quoted_answer(title)}\n" if title else ""})


def organisation(answers: Mapping[str, str]) -> str:
    """Give the file of a new organisation."""
    values = {name: quoted_answer(answers[name]) for name in ("name", "timezone", "contact")}
    if not answers["contact"]:
        values |= {"off": "# ", "contact": '"mentoring@your-organisation.example"'}
    return _filled("organisation", {"off": "", "repository": answers["repository"]} | values)


def _filled(name: str, values: Mapping[str, str]) -> str:
    """Put values into a text of the engine, once: what they hold is never looked at again."""
    return Template((FOLDER / f"{name}.yml").read_text("utf-8")).substitute(values)
