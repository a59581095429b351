"""Slips with a name or a reason in them: told with place and remedy, and never with the name or reason."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from handbook.cli import main
from tests.repository import SHORT, write

RUN = "programs/digital-fluency/2027-spring.yml"
PROGRAM = "programs/digital-fluency/program.yml"
ORGANISATION = "programs/organisation.yml"
START = "start: 2027-02-01\n"
TWO = "people:\n  - {id: mentor-1, role: mentor}\n  - {id: mentee-1, role: mentee}\n"
PAIR = "pairings:\n  - {mentor: mentor-1, mentee: mentee-1, "
ONE = "people:\n  - {id: mentee-1, role: mentee}\n  - "

# What nobody may read of it; each slip has some of these words.
SECRET = re.compile(r"zora|quill|quarrel|burn ?out|\bill\b|illness|sick|unkind|moved to oslo", re.IGNORECASE)

# Below a cohort's start, one mistake each.
SLIPS = {
    "name with a capital": f"{ONE}{{id: m1, Name: Zora Quill, role: mentor}}",
    "name in capitals": f"{ONE}{{id: m1, NAME: Zora Quill, role: mentor}}",
    "name without a letter": f"{ONE}{{id: m1, nme: Zora Quill, role: mentor}}",
    "name with letters swapped": f"{ONE}{{id: m1, naem: Zora Quill, role: mentor}}",
    "another word for name": f"{ONE}{{id: m1, full_name: Zora Quill, role: mentor}}",
    "first and last name": f"{ONE}{{id: m1, first: Zora, last: Quill, role: mentor}}",
    "person for name": f"{ONE}{{id: m1, person: Zora Quill, role: mentor}}",
    "name in another language": f"{ONE}{{id: m1, nom: Zora Quill, role: mentor}}",
    "a name alone": f"{ONE}Zora Quill",
    "a list of names": "people: [Zora Quill, Zora Quill Junior]",
    "one name for a list": "people: Zora Quill",
    "names for keys": "people:\n  Zora Quill: {role: mentor}\n  Zora Quilly: {role: mentee}",
    "a name for a key in the list": f"{ONE}Zora Quill: {{role: mentor}}",
    "equals for a colon": f"{ONE}name = Zora Quill",
    "a hyphen for a colon": f"{ONE}name - Zora Quill",
    "no space behind the colon": f"{ONE}id: m1\n    name:Zora Quill\n    role: mentor",
    "no space behind the colon, in braces": f"{ONE}{{id: m1, name:Zora Quill, role: mentor}}",
    "a colon in the name": f"{ONE}id: m1\n    name: Zora: Quill\n    role: mentor",
    "a quote that is not closed": f'{ONE}{{id: m1, name: "Zora Quill, role: mentor}}',
    "a quote too many": f'{ONE}{{id: m1, name: "Zora" Quill", role: mentor}}',
    "an apostrophe": f"{ONE}{{id: m1, name: 'Zora O'Quill', role: mentor}}",
    "a brace that is not closed": f"{ONE}{{id: m1, name: Zora Quill, role: mentor",
    "a bracket that closes nothing": f"{ONE}{{id: m1, name: Zora Quill], role: mentor}}",
    "a tab before the name": f"{ONE}id: m1\n\tname: Zora Quill\n    role: mentor",
    "a tab behind the dash": f"{ONE[:-2]}-\tZora Quill: mentor: x",
    "a line too far in": f"{ONE}id: m1\n      name: Zora Quill\n    role: mentor",
    "a line not far enough in": f"{ONE}id: m1\n name: Zora Quill\n    role: mentor",
    "no dash": f"{ONE}{{id: m1, role: mentor}}\n    Zora Quill",
    "another sign for a dash": f"{ONE[:-2]}• Zora Quill",
    "at the beginning of a name": f"{ONE}{{id: m1, role: mentor, name: @zoraquill}}",
    "at alone": f"{ONE}@zoraquill",
    "an anchor": f"{ONE}&zora-quill {{id: m1, role: mentor}}",
    "an alias": f"{ONE}*zora-quill",
    "a tag": f"{ONE}!ZoraQuill {{id: m1, role: mentor}}",
    "a comment that was none": f"{ONE}{{id: m1, role: mentor, name: Zora #Quill\n    }}",
    "a key twice": f"{ONE}{{id: m1, role: mentor, Zora Quill: 1, Zora Quill: 2}}",
    "a second document": f"{ONE}{{id: m1, role: mentor}}\n--- Zora Quill",
    "a character that nobody sees": f"{ONE}{{id: m1, role: mentor, name: Zora\u200b Quill}}",
    "people misspelt": "pepole:\n  - {id: m1, name: Zora Quill, role: mentor}",
    "people by another word": "participants:\n  - {id: m1, name: Zora Quill, role: mentor}",
    "mentors by themselves": "mentors: [Zora Quill]\nmentees: [Zora Quilly]",
    "sign-ups in the file": "signups:\n  - Zora Quill, zora.quill@nw.example, mentor",
    "a name for an id": f"{ONE}{{id: Zora Quill, role: mentor}}",
    "a name for a role": f"{ONE}{{id: m1, role: Zora Quill}}",
    "a sentence for consent": f"{ONE}{{id: m1, role: mentor, consent: Zora Quill said yes}}",
    "a name for a topic": f"{ONE}{{id: m1, role: mentor, topics: [Zora Quill]}}",
    "a name for a capacity": f"{ONE}{{id: m1, role: mentor, capacity: two with Zora Quill}}",
    "a unit that names": f"{ONE}{{id: m1, role: mentor, units: Office of Zora Quill}}",
    "a list for a name": f"{ONE}{{id: m1, role: mentor, name: [Zora, Quill]}}",
    "a name for a pairing": f"{TWO}pairings: [Zora Quill with Jon Quill]",
    "names in a pairing": f"{TWO}pairings:\n  - mentor: Zora Quill\n    mentee: mentee-1",
    "an id that nobody has": f"{TWO}pairings:\n  - {{mentor: zora-quill, mentee: mentee-1}}",
    "an arrow": f"{TWO}pairings:\n  - Zora Quill -> Jon Quill",
    "a colon between two": f"{TWO}pairings:\n  - Zora Quill: Jon Quill",
    "a pairing's key misspelt": f"{TWO}pairngs:\n  - {{mentor: zora-quill, mentee: jon-quill}}",
    "confirmed by a name": f"{TWO}{PAIR}confirmed: {{Zora Quill: 2027-01-20}}}}",
    "confirmed in words": f"{TWO}{PAIR}confirmed: {{mentor: Zora Quill on the phone}}}}",
    "announced by": f"{TWO}{PAIR}announce: when Zora Quill is back}}",
    "a goal that names": f"{TWO}{PAIR}goals: [help Zora Quill]}}",
    "why it ended": f"{TWO}{PAIR}ended: after a quarrel with Zora Quill}}",
    "why it ended, under a key": f"{TWO}{PAIR}ended: {{because: a quarrel}}}}",
    "why it ended, beside it": f"{TWO}{PAIR}ended: 2027-03-01, note: burnout}}",
    "why it ended, behind it": f"{TWO}{PAIR}ended: 2027-03-01 burnout}}",
    "ended misspelt": f"{TWO}{PAIR}endd: burnout}}",
    "ended misspelt in a line": f"{TWO}pairings:\n  - mentor: mentor-1\n    mentee: mentee-1\n    enede: ill",
    "why it rests": f"{TWO}{PAIR}paused: sick leave}}",
    "paused misspelt": f"{TWO}{PAIR}puased: illness}}",
    "left": f"{TWO}{PAIR}left: moved to Oslo}}",
    "a comment that ends nothing": f"{TWO}{PAIR}ended: 2027-13-01}} # a quarrel",
    "a reason of a person": f"{ONE}{{id: m1, role: mentor, status: burnout}}",
    "why it is cancelled": "cancelled: Zora Quill is ill",
    "cancelled misspelt": "canceled: after a quarrel",
    "cancelled by another word": "called_off: 2027-01-05 Zora Quill is ill",
    "why it is postponed": "postponed: {to: 2027-03-01, why: illness}",
    "a day with a reason": "end: 2027-05-01 since Zora Quill is ill",
    "a day with a reason behind it": "end: 2027-13-01 # since Zora Quill left",
    "a reason behind a day that can be mended": "end: 2027-5-1 # since Zora Quill left",
    "a pinned day with a name": "dates: {Zora Quill leaves: 2027-03-01}",
    "a pinned day with a short name": "dates: {zora-quill-leaves: 2027-03-01}",
    "a pinned day in words": "dates: {kick-off: when Zora Quill is back}",
    "sign-up with a name": "sign_up: {opens: 2026-12-01, by: Zora Quill}",
    "a day that goes on below": "end: 2027-05-01\n  since Zora Quill is ill",
    "a day in quotes that goes on": 'end: "2027-05-01\nsince Zora Quill is ill"',
    "a day in braces that goes on": "dates: {kick-off: 2027-05-01\nsince Zora Quill is ill}",
    "days in a list": "sign_up:\n  - 2026-12-01\n  - Zora Quill",
    "a list of days that goes on": "dates: [2027-03-01,\n  Zora Quill]",
    "a title": "title: {Zora Quill: ill}",
    "a note at the top": "note: Zora Quill left after a quarrel",
    "a note without a key": "Zora Quill left after a quarrel",
    "a result of one": "results: {measures: {zora-quill: {actual: 1}}}",
    "a result in words": "results: {measures: {weekly-ai: {actual: Zora Quill said it was fine}}}",
    "a lesson": "results: {lessons: [Zora Quill left after a quarrel]}",
    "a story": "results: {stories: [{title: A, txt: Zora Quill left after a quarrel}]}",
    "why it rests, in a list": f"{TWO}{PAIR}paused: [2027-03-01, sick leave]}}",
    "why it ended, for a key with a day": f"{TWO}{PAIR}burnout: 2027-03-01}}",
    "why it ended, for a key in it": f"{TWO}{PAIR}ended: {{burnout: 2027-03-01}}}}",
    "a key by itself": "? people\n: - Zora Quill",
    "a key with a tag": "!!str people: [Zora Quill]",
    "a key in quotes": '"people": [Zora Quill]',
    "days of another place": "dates:\n  <<: {zora-quill: 2027-03-01}",
    "a day in several lines": "end: >-\n  2027-05-01\n  Zora Quill",
    "ends of lines of an old computer": "end: 2027-13-01\rpeople:\r  - Zora Quill",
    "an end of a line that few know": "end: 2027-05-32\u2028  Zora Quill",
    "a key before the first": "Zora Quill, end: 2027-13-01",
    "two versions": "<<<<<<< HEAD\npeople: [Zora Quill]\n=======\npeople: []\n>>>>>>> zora-quill",
}
SPONSORS = {
    "a sponsor without a key": "sponsor: Zora Quill",
    "a sponsor's name with a capital": "sponsor: {title: Director, Name: Zora Quill}",
    "a sponsor's key misspelt": "sponser: {title: Director, name: Zora Quill}",
    "a sponsor with a colon": "sponsor:\n  title: Director\n  name: Zora: Quill",
    "an owner of a goal": "milestones:\n  title: X\n  owner: Zora Quill",
    "a coordinator": "coordinator: Zora Quill",
    "people in the program": "people: [Zora Quill]",
    "a key before the first": "Zora Quill, goals: []",
    "a trainer": "sessions:\n  - {title: Prompts, trainer: Zora Quill}",
}


def shown(root: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The log, annotations and summary of a workflow, the list for people, JSON, and what changes show."""
    monkeypatch.setenv("HANDBOOK_TODAY", "2027-03-20")
    summary = root.parent / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    every = [("--format", style) for style in ("github", "text", "json")]
    commands = [*(("check", *words) for words in (*every, ("--fix",))), ("forget", "mentee-1")]
    outputs = [CliRunner().invoke(main, ["-C", str(root), *words]) for words in commands]
    assert all(isinstance(done.exception, SystemExit | None) for done in outputs)
    return [*(done.output for done in outputs), summary.read_text("utf-8")]


def problems_of(outputs: list[str]) -> list[dict[str, str]]:
    return [*json.loads(outputs[2][: outputs[2].rindex("]") + 1])]


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_in_a_cohort_is_told_without_the_name_or_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slip: str
) -> None:
    root = tmp_path / "handbook"
    write(root, {**SHORT, RUN: f"{START}{SLIPS[slip]}\n"})

    outputs = shown(root, monkeypatch)

    assert SECRET.search(SLIPS[slip])
    assert [] == [SECRET.findall(output) for output in outputs if SECRET.search(output)]
    told = [problem for problem in problems_of(outputs) if problem["path"] == RUN]
    assert [] != told
    assert [] == [
        problem for problem in told if not (problem["message"] and problem["hint"] and problem["line"])
    ]


@pytest.mark.parametrize("slip", SPONSORS)
def test_a_slip_in_a_program_is_told_without_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slip: str
) -> None:
    root = tmp_path / "handbook"
    program = re.sub(r"(?m)^sponsor:.*\n(?: .*\n)*", "", SHORT[PROGRAM])
    write(root, {**SHORT, PROGRAM: f"{program}{SPONSORS[slip]}\n"})

    outputs = shown(root, monkeypatch)

    assert [] == [SECRET.findall(output) for output in outputs if SECRET.search(output)]
    told = [problem for problem in problems_of(outputs) if problem["path"] == PROGRAM]
    assert [] != [problem for problem in told if problem["severity"] == "error" and problem["hint"]]
