"""Schema errors are told in plain words on the right line, and the three schemas are fit to be read."""

import json
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from handbook.cli import main
from handbook.rules import schema
from handbook.text.document import Document, read
from handbook.text.problems import Problem
from tests.repository import write

NAMES = ("organisation", "program", "cohort")
LEAST = {
    "organisation": "name: Small Steps\n",
    "program": "title: A\nsummary: B\ngoals: [{title: C}]\n",
    "cohort": "start: 2027-02-01\n",
}

FORMATS = Draft202012Validator.FORMAT_CHECKER

Part = Mapping[str, Any]


def problems(name: str, text: str) -> list[Problem]:
    document = read(f"{name}.yml", text)
    assert isinstance(document, Document), document
    return sorted(schema.problems(document, name))


def the_problem(name: str, more: str) -> Problem:
    """The one problem of the shortest file with these lines added."""
    [problem] = problems(name, LEAST[name] + more)
    return problem


# What decides who may read a name, or who teaches whom, with slips that are a letter or two from a word.
WEIGHTY = [
    ("cohort", "people: [{{id: a, role: mentor, consent: {}}}]\n", "publik"),
    ("cohort", "people: [{{id: a, role: mentor, consent: {}}}]\n", "pubic"),
    ("cohort", "people: [{{id: a, role: mentor, consent: {}}}]\n", "publicly"),
    ("cohort", "people: [{{id: a, role: mentor, consent: {}}}]\n", "participant"),
    ("cohort", "people: [{{id: a, role: mentor, consent: {}}}]\n", "no body"),
    ("program", "sponsor: {{title: A, name: B, consent: {}}}\n", "publc"),
    ("program", "sponsor: {{title: A, name: B, consent: {}}}\n", "no-body"),
    ("organisation", "repository: {}\n", "privat"),
    ("organisation", "repository: {}\n", "pubilc"),
    ("organisation", "repository: {}\n", "private-"),
    ("cohort", "people: [{{id: a, role: {}}}]\n", "mente"),
    ("cohort", "people: [{{id: a, role: {}}}]\n", "mentro"),
    ("cohort", "people: [{{id: a, role: {}}}]\n", "men-tee"),
]


@pytest.mark.parametrize(("name", "more", "slip"), WEIGHTY)
def test_no_guess_says_who_may_read_a_name_or_who_teaches(name: str, more: str, slip: str) -> None:
    """A mistyped consent must not become a wider one, nor a mentor the mentee."""
    problem = the_problem(name, more.format(slip))

    assert ("wrong-choice", "") == (problem.code, problem.meant)
    assert problem.hint.startswith("Choose one of: ")


@pytest.mark.parametrize(("name", "more", "slip"), WEIGHTY)
def test_what_a_guess_may_not_say_is_mended_in_no_file(
    tmp_path: Path, name: str, more: str, slip: str
) -> None:
    paths = {"organisation": "organisation.yml", "program": "ours/program.yml", "cohort": "ours/spring.yml"}
    texts = {f"programs/{path}": LEAST[kind] for kind, path in paths.items()}
    texts[f"programs/{paths[name]}"] += more.format(slip)
    write(tmp_path, texts)

    result = CliRunner().invoke(main, ["-C", str(tmp_path), "check", "--fix", "--yes"])

    assert "[wrong-choice]" in result.output
    assert texts == {path: (tmp_path / path).read_text("utf-8") for path in texts}


@pytest.mark.parametrize("slip", ["Public", " PUBLIC", "pUBLIC"])
def test_capitals_and_blanks_are_no_guess(slip: str) -> None:
    assert "public" == the_problem("organisation", f"repository: '{slip}'\n").meant


@pytest.mark.parametrize("name", NAMES)
def test_the_shortest_file_is_right(name: str) -> None:
    assert [] == problems(name, LEAST[name])


@pytest.mark.parametrize(
    ("name", "more", "line", "column", "code", "hint"),
    [
        # an unknown key stands at its own place and names its neighbour
        ("program", "gaols: []", 4, 1, "unknown-key", "Did you mean `goals`?"),
        ("program", "commitment: {sesions: 6}", 4, 14, "unknown-key", "Did you mean `sessions`?"),
        ("program", "training:\n  - {id: a, minuts: 5}", 5, 13, "unknown-key", "Did you mean `minutes`?"),
        ("program", "roles: {menter: {}}", 4, 9, "unknown-key", "Did you mean `mentor`?"),
        ("program", "playbook:\n  trainin: {omit: [a]}", 5, 3, "unknown-key", "Did you mean `training`?"),
        ("program", "forms: [{id: a, prefill: {person: b}}]", 4, 27, "unknown-key", "program, cohort, role"),
        ("cohort", "dates: {Kick-off: 2027-02-09}", 2, 9, "unknown-key", "a-z"),
        ("cohort", "people: [{id: a, role: mentor, email: a@b.c}]", 2, 32, "personal-address", "Delete it"),
        ("cohort", "pairings: [{mentor: a, mentee: b, reason: c}]", 2, 35, "reason-for-leaving", "`ended: "),
        # one that people call by another name is not missing besides
        ("organisation", "contacts: [{purpose: access, label: A, url: 'https://b.c'}]", 2, 40, "unknown-key",
         "Here it is called `address`."),
        ("program", "resources: [{title: A, link: 'https://b.c'}]", 4, 24, "unknown-key", "called `url`"),
        # a missing one at what should hold it, with an example
        ("program", "sponsor: {name: Dana}", 4, 10, "missing-key", "`title: "),
        ("program", "training:\n  - {minutes: 5}", 5, 5, "missing-key", "`id: "),
        ("cohort", "pairings: [{mentor: a}]", 2, 12, "missing-key", "`mentee: "),
        ("organisation", "contacts: [{purpose: program, label: A}]", 2, 12, "missing-key", "`address: "),
        # the wrong kind of value
        ("program", "sponsor: {title: 5}", 4, 18, "wrong-type", 'Put it in quotes: `"5"`.'),
        ("program", "sponsor: {title: true}", 4, 18, "wrong-type", 'Put it in quotes: `"true"`.'),
        ("program", "commitment: {sessions: six}", 4, 24, "wrong-type", "For example: 6."),
        ("program", "commitment: {sessions: 6.5}", 4, 24, "wrong-type", "For example: 6."),
        ("program", "commitment: {protected_time: yes}", 4, 30, "wrong-type", "Write: `true`."),
        ("program", "topics: ai-tools", 4, 9, "wrong-type", "For example: ["),
        ("program", "why:", 4, 5, "wrong-type", "For example: "),
        ("program", "topics:\n  -\n  - ai-tools", 5, 4, "wrong-type", "Delete the dash"),
        # a value that is not among those that are possible
        ("program", "mode: revers", 4, 7, "wrong-choice", "Did you mean `reverse`?"),
        ("program", "training: [{id: a, for: [mentors]}]", 4, 26, "wrong-choice", "Did you mean `mentor`?"),
        ("cohort", "people: [{id: a, role: coach}]", 2, 24, "wrong-choice", "mentor, mentee"),
        ("program", "commitment: {sessions: 2}", 4, 24, "out-of-range", "a number from 3 to 52"),
        ("program", f"topics: [{'a, ' * 201}]", 4, 9, "out-of-range", "Keep 200 at most"),
        ("program", f"training: [{{id: a, for: [{'mentor, ' * 6}]}}]", 4, 25, "out-of-range", ""),
        ("program", "milestones: [{id: a, time: '1:30'}]", 4, 28, "wrong-pattern", '"13:30"'),
        ("program", "training: [Active listening]", 4, 12, "wrong-pattern", "`{title: Active listening}`"),
        ("cohort", "people: [{id: Amara O, role: mentor}]", 2, 15, "wrong-pattern", "a short id, not"),
        ("cohort", "people: [{id: a, role: mentr}]", 2, 24, "wrong-choice", "Choose one of: mentor, mentee."),
        ("cohort", "people: [{id: a, role:mentee}]", 2, 18, "unknown-key", "`role: mentee`"),
        ("cohort", "people: [Anna Schmidt]", 2, 10, "wrong-type", "For example: {id: amara"),
        ("cohort", "end: 2027–07–30", 2, 6, "wrong-pattern", "`2027-07-30`"),
        ("program", "resources: [{title: A, url: 'http://b.example'}]", 4, 29, "wrong-pattern", "https://"),
        ("cohort", "end: 2027-02-30", 2, 6, "impossible-date", "a day that this month has"),
        ("cohort", "end: 2027-7-1", 2, 6, "wrong-pattern", "`2027-07-01`"),
        ("cohort", "end: 1.7.2027", 2, 6, "wrong-pattern", "Write the year first"),
        ("program", "resources: [{title: A, url: 'http://b.c'}]", 4, 29, "wrong-pattern", "Begin it with"),
        ("program", "commitment: {sessions: 06}", 4, 24, "wrong-type", "Write: `6`."),
        ("program", "commitment: {sessions: 6,8}", 4, 26, "unknown-key", "without a comma, such as 0.8"),
        ("program", "sponsor: {title: Dana, our chief}", 4, 24, "unknown-key", "before the comma"),
        ("cohort", "end: next summer", 2, 6, "wrong-pattern", "For example: "),
        # `2027` in quotes would be no day either
        ("cohort", "end: 2027", 2, 6, "wrong-type", "For example: "),
    ],
)  # fmt: skip
def test_one_mistake_is_one_problem_at_its_place_with_its_remedy(
    name: str, more: str, line: int, column: int, code: str, hint: str
) -> None:
    problem = the_problem(name, more)

    assert (line, column, code) == (problem.line, problem.column, problem.code)
    assert hint in problem.hint


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("cohort", 'end: "2027-07-30\\n"'),
        ("cohort", 'people: [{id: "a\\n", role: mentor}]'),
        ("program", 'training: ["active-listening\\n"]'),
        ("program", 'milestones: [{id: a, time: "13:30\\n"}]'),
        ("program", 'resources: [{title: A, url: "https://b.example/\\n"}]'),
        ("program", 'training: [{id: a, file: "a.md\\n"}]'),
        ("organisation", 'contacts: [{purpose: program, label: A, address: "a@b.example\\n"}]'),
        ("organisation", 'contacts: [{purpose: program, label: A, phone: "+44 1632 960000\\n"}]'),
        ("organisation", 'timezone: "Europe/London\\n"'),
    ],
)
def test_a_pattern_refuses_a_line_break_at_the_end(name: str, more: str) -> None:
    """In Python `$` alone would let it through."""
    assert "wrong-pattern" == the_problem(name, more).code


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("program", "resources: [{title: A, url: 'javascript:alert(1)'}]"),
        ("program", "resources: [{title: A, url: 'https://user:pass@b.example'}]"),
        ("program", "resources: [{title: A, url: 'https://b.example\\@c.example'}]"),
        ("program", "resources: [{title: A, url: 'https://b.example:port/'}]"),
        ("program", "resources: [{title: A, url: 'https://..'}]"),
        ("program", "training: [{id: a, file: ../../secret.md}]"),
        ("organisation", "contacts: [{purpose: program, label: A, address: 'javascript:alert(1)'}]"),
        ("organisation", "contacts: [{purpose: program, label: A, address: 'a@b.example?cc=c@d.example'}]"),
        ("organisation", "contacts: [{purpose: program, label: A, address: 'a?bcc=c@b.example'}]"),
        ("organisation", "contacts: [{purpose: program, label: A, address: 'a&b@c.example'}]"),
        ("organisation", "contacts: [{purpose: program, label: A, address: 'a%0a@c.example'}]"),
        ("organisation", "contacts: [{purpose: program, label: A, address: 'a,b@c.example'}]"),
    ],
)
def test_addresses_and_files_that_lead_elsewhere_are_refused(name: str, more: str) -> None:
    assert "wrong-pattern" == the_problem(name, more).code


@pytest.mark.parametrize(
    "address",
    [
        "https://b.example",
        "https://b.example:8443/c.d/e?f=g&h=i%20j#k",
        "https://b.example?c",
        "https://intranet/forms",
        "https://www.video.example/@channel",
        "https://www.büro-eins.example/ä/(c)",
        "https://192.0.2.1/",
        "first.last+mentoring@sub.b-c.example",
        "o'neill@b.example",
    ],
)
def test_addresses_as_people_have_them_are_welcome(address: str) -> None:
    contact = f"contacts: [{{purpose: program, label: A, address: {json.dumps(address)}}}]\n"

    assert [] == problems("organisation", LEAST["organisation"] + contact)


def test_a_misspelt_key_is_one_problem_and_not_missing_besides() -> None:
    text = "titel: A\nsumary: B\ngoals: [{titel: C, measure: {what: D}}]\n"
    document = read("programs/a/program.yml", text)
    assert isinstance(document, Document)

    found = schema.problems(document, "program")

    assert [("unknown-key", 1), ("unknown-key", 2), ("unknown-key", 3)] == sorted(
        (one.code, one.line) for one in found
    )
    assert all(one.hint.startswith("Did you mean `") for one in found)


@pytest.mark.parametrize("part", ["a.", "a:", "a@", "//", "https://a.", ".", "[", "a.a:1", "-"])
def test_a_long_wrong_address_is_refused_at_once(part: str) -> None:
    """Its pattern looks at each sign once; of two classes that overlap it would try all divisions."""
    url = f"https://a{part * 6000}"[:19_900]
    files = {
        "program": f"resources: [{{title: A, url: '{url} '}}]",
        "organisation": f"contacts: [{{purpose: program, label: A, address: '{url} '}}]",
    }
    before = time.process_time()
    codes = {problem.code for name, more in files.items() for problem in problems(name, LEAST[name] + more)}

    assert {"wrong-pattern", "out-of-range"} == codes
    assert time.process_time() - before < 1


def test_every_missing_key_is_told_at_once() -> None:
    said = [(problem.code, problem.message) for problem in problems("program", "mode: reverse\n")]

    missing = [("missing-key", f"`{key}` is missing here.") for key in ("goals", "summary", "title")]
    assert missing == said


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_file_says_what_it_should_describe(name: str) -> None:
    [problem] = problems(name, "# nothing yet\n")

    assert (1, 1, "empty-file") == (problem.line, problem.column, problem.code)
    assert name in problem.message


def parts(part: Any, where: str = "") -> Iterator[tuple[str, Part]]:
    """Every schema inside a schema, with its JSON pointer."""
    if not isinstance(part, Mapping):
        return
    yield where, part
    for key in ("properties", "$defs"):
        for name, inner in part.get(key, {}).items():
            yield from parts(inner, f"{where}/{key}/{name}")
    for key in ("items", "additionalProperties", "if", "then", "else", "not", "propertyNames"):
        yield from parts(part.get(key), f"{where}/{key}")


def resolved(whole: Part, part: Part) -> Part:
    """A part, or what its `$ref` means."""
    name = part.get("$ref", "").removeprefix("#/$defs/")
    return whole["$defs"][name] | part if name else part


def properties(name: str) -> dict[str, Part]:
    """What a person may write in a file of this kind, by its JSON pointer."""
    whole = schema.read(name)
    found = {where: resolved(whole, part) for where, part in parts(whole)}
    return {
        where: part for where, part in found.items() if where.split("/")[-2:-1] in (["properties"], ["$defs"])
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_valid_by_its_own_standard(name: str) -> None:
    told = schema.read(name)
    Draft202012Validator.check_schema(told)

    assert "https://json-schema.org/draft/2020-12/schema" == told["$schema"]


@pytest.mark.parametrize("name", NAMES)
def test_no_schema_has_a_choice_whose_errors_nobody_understands(name: str) -> None:
    text = json.dumps(schema.read(name))

    assert [] == [word for word in ('"oneOf"', '"anyOf"', '"patternProperties"') if word in text]


@pytest.mark.parametrize("name", NAMES)
def test_every_property_has_a_title_a_description_and_an_example(name: str) -> None:
    """Editors and the browser form show them."""
    told = properties(name)

    wanted = ("title", "description", "examples")
    assert len(told) > 10
    assert [] == [(where, key) for where, part in told.items() for key in wanted if not part.get(key)]


@pytest.mark.parametrize("name", NAMES)
def test_every_example_is_right(name: str) -> None:
    whole = {"$defs": schema.read(name).get("$defs", {})}
    wrong = [
        (where, error.message)
        for where, part in properties(name).items()
        for example in part["examples"]
        for error in Draft202012Validator({**whole, **part}, format_checker=FORMATS).iter_errors(example)
    ]

    assert [] == wrong


@pytest.mark.parametrize("name", NAMES)
def test_every_object_refuses_unknown_keys(name: str) -> None:
    """Where keys are free, as under `dates`, there is a rule for their values."""
    free = {
        where: part.get("additionalProperties", True)
        for where, part in parts(schema.read(name))
        if "object" in part.get("type", ()) and not where.endswith("/if")
    }

    assert [] == [where for where, rule in free.items() if not (rule is False or isinstance(rule, Mapping))]


@pytest.mark.parametrize("name", NAMES)
def test_every_list_has_its_limit_and_none_is_compared_with_itself(name: str) -> None:
    """`uniqueItems` takes time that grows with the square of a list."""
    most = {
        where: (part.get("maxItems"), "uniqueItems" in part)
        for where, part in parts(schema.read(name))
        if "array" in part.get("type", ())
    }
    limits = {"people": 2000, "pairings": 2000, "for": 5, "benefits": 5, "must_read": 4}

    assert {where: (limits.get(where.rpartition("/")[2], 200), False) for where in most} == most


@pytest.mark.parametrize("name", NAMES)
def test_every_number_has_its_limits_and_every_text_its_pattern(name: str) -> None:
    limits = {"number": {"minimum", "maximum"}, "integer": {"minimum", "maximum"}, "string": {"pattern"}}
    without = [
        where
        for where, part in parts(schema.read(name))
        if "enum" not in part and not limits.get(str(part.get("type")), set()) <= set(part)
    ]

    assert [] == without
