"""Answers -> the short, commented files that a new program, cohort or organisation starts from."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date

from ..document import UNSEEN

# What YAML would fold, refuse or show in another order than it stands.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
CONTACT_LABEL = "Reverse mentoring team"


@dataclass(frozen=True)
class ProgramAnswers:
    """What a coordinator said of a new program; `measure` is empty where nobody knows yet."""

    title: str
    summary: str
    goal: str
    measure: str = ""
    unit: str = ""
    baseline: float | None = None
    target: float | None = None


@dataclass(frozen=True)
class CohortAnswers:
    """What a coordinator said of a new cohort; without a title it is called as its file is."""

    start: date
    title: str = ""


@dataclass(frozen=True)
class OrganisationAnswers:
    """What a coordinator said of the organisation; `contact` is a shared mailbox, a page, or empty."""

    name: str
    timezone: str = "UTC"
    contact: str = ""
    repository: str = "public"


EXAMPLE = ProgramAnswers(
    title="Digital fluency",
    summary="Early-career colleagues mentor our directors on AI and everyday digital tools.",
    goal="Directors use AI tools in their own work every week",
    measure="Directors who used an AI tool this week",
    unit="%",
    baseline=20,
    target=80,
)
NEW_PROGRAM = "programs/my-program/program.yml"


def quoted(text: str) -> str:
    """Write a text so that YAML reads exactly it; signs that nobody sees are left out."""
    seen = json.dumps(UNSEEN.sub("", text), ensure_ascii=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", seen)


def number(value: float) -> str:
    """Write a number as people do: 20, not 20.0."""
    return str(int(value)) if value == int(value) else repr(value)


def program(answers: ProgramAnswers) -> str:
    """Give the file of a new program."""
    return f"""\
# yaml-language-server: $schema=../../schemas/program.schema.json
# What the program is. Only title, summary and one goal are needed; the playbook fills in the rest.
title: {quoted(answers.title)}
summary: {quoted(answers.summary)}
goals:
  - title: {quoted(answers.goal)}
    {_measure(answers)}
## Say more whenever you know it: delete the "# " in front of a line below, and change what it says.
# sponsor: {{title: "Chief operating officer"}}
# commitment: {{sessions: 6, minutes: 60, every_weeks: 3}}
# topics: [ai-tools, {{id: our-app, title: "Our own app"}}, the-rest]
# forms: [{{id: end-survey, url: "https://forms.example/your-form"}}, the-rest]
"""


def _measure(answers: ProgramAnswers) -> str:
    if not answers.measure:
        return '# measure: {what: "What you will count", unit: "%", baseline: 20, target: 80}'
    said = {"what": quoted(answers.measure)}
    said |= {"unit": quoted(answers.unit)} if answers.unit else {}
    for name, value in (("baseline", answers.baseline), ("target", answers.target)):
        said |= {name: number(value)} if value is not None else {}
    return f"measure: {{{', '.join(f'{key}: {value}' for key, value in said.items())}}}"


def cohort(answers: CohortAnswers) -> str:
    """Give the file of a new cohort."""
    title = f"title: {quoted(answers.title)}\n" if answers.title else ""
    return f"""\
# yaml-language-server: $schema=../../schemas/cohort.schema.json
# One run of the program. All its dates follow from the start: week 1 is the week of this day.
{title}start: {answers.start.isoformat()}
# Once people have signed up, say who they are and who meets whom. The mentor is the junior colleague.
# people: [{{id: ada, role: mentor}}, {{id: jo, role: mentee}}]
# pairings: [{{mentor: ada, mentee: jo}}]
"""


def organisation(answers: OrganisationAnswers) -> str:
    """Give the file of a new organisation."""
    label, address = quoted(CONTACT_LABEL), quoted(answers.contact or "mentoring@your-organisation.example")
    off = "" if answers.contact else "# "
    return f"""\
# yaml-language-server: $schema=../schemas/organisation.schema.json
# Who runs the programs. Only the name is needed. To use a line below, delete the "# " in front of it.
name: {quoted(answers.name)}
timezone: {quoted(answers.timezone)}
# public: everyone can read these files, so a name needs "consent: public". private: only colleagues.
repository: {answers.repository}
# Where people find this handbook; the messages that you copy from it link there.
# site: "https://your-organisation.example/mentoring/"
# Whom people ask: shared mailboxes and pages, never a person's own. Also: wellbeing, privacy, access.
{off}contacts:
{off}  - {{purpose: program, label: {label}, address: {address}}}
#   - {{purpose: concern, label: "Speak-up page", address: "https://your-organisation.example/speak-up"}}
# holidays: [2027-12-27, {{from: 2028-08-07, to: 2028-08-18}}]
"""
