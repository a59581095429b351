"""Answers -> the short, commented files that a new program, cohort or organisation starts from.

Answers have the names of the options of `handbook new`; those to what need not be known may be empty.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from string import Template

from ... import DATA
from ...text.document import UNSEEN

FOLDER = DATA / "starter"
# What YAML would fold, refuse or show in another order than it stands.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
EXAMPLE: Mapping[str, str] = {
    "title": "Digital fluency",
    "summary": "Early-career colleagues mentor our directors on AI and everyday digital tools.",
    "goal": "Directors use AI tools in their own work every week",
    "measure": "Directors who used an AI tool this week",
    "unit": "%",
    "baseline": "20",
    "target": "80",
}


def quoted(text: str) -> str:
    """Write a text so that YAML reads exactly it; signs that nobody sees are left out."""
    seen = json.dumps(UNSEEN.sub("", text), ensure_ascii=False)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", seen)


def number(value: float) -> str:
    """Write a number as people do: 20, not 20.0."""
    return str(int(value)) if value == int(value) else repr(value)


def program(answers: Mapping[str, str]) -> str:
    """Give the file of a new program."""
    values = {name: quoted(answers[name]) for name in ("title", "summary", "goal")}
    return _filled("program", values | {"measure": _measure(answers)})


def _measure(answers: Mapping[str, str]) -> str:
    if not answers["measure"]:
        return '# measure: {what: "What you will count", unit: "%", baseline: 20, target: 80}'
    parts = [f"what: {quoted(answers['measure'])}"]
    parts += [f"unit: {quoted(answers['unit'])}"] if answers["unit"] else []
    parts += [f"{name}: {number(float(answers[name]))}" for name in ("baseline", "target") if answers[name]]
    return f"measure: {{{', '.join(parts)}}}"


def cohort(start: str, title: str = "") -> str:
    """Give the file of a new cohort; without a title it is called as its file is."""
    return _filled("cohort", {"start": start, "title": f"title: {quoted(title)}\n" if title else ""})


def organisation(answers: Mapping[str, str]) -> str:
    """Give the file of a new organisation."""
    values = {name: quoted(answers[name]) for name in ("name", "timezone", "contact")}
    if not answers["contact"]:
        values |= {"off": "# ", "contact": '"mentoring@your-organisation.example"'}
    return _filled("organisation", {"off": "", "repository": answers["repository"]} | values)


def _filled(name: str, values: Mapping[str, str]) -> str:
    """Put values into a text of the engine, once: what they hold is never looked at again."""
    return Template((FOLDER / f"{name}.yml").read_text("utf-8")).substitute(values)
