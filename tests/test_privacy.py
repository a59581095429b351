"""No address or number of a person stands in a program, a cohort or a text beside them."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.organisation import Contact, Organisation
from handbook.privacy import in_prose
from handbook.prose import Text
from tests.conftest import Files, Loaded
from tests.repository import COHORT, PROGRAM, SHORT

Load = Callable[[Files], Loaded]
CONTACTS = """\
contacts:
  - {purpose: program, label: The team, address: mentoring@steps.example}
  - {purpose: wellbeing, label: The line, phone: "+44 1632 960142"}
"""
ORGANISATION = {"programs/organisation.yml": f"name: Small Steps\n{CONTACTS}"}
PATH, RUN, PROSE = (
    "programs/digital-fluency/program.yml",
    "programs/digital-fluency/2027-spring.yml",
    "programs/digital-fluency/story.md",
)


@pytest.mark.parametrize(
    "text",
    [
        "Write to jo.ray@steps.example",
        "mailto:Jo-Ray+x@mail.steps.example",
        "Call +44 1632 960999 today",
        "Call 01632 960999",
        "Call (01632) 960 999",
        "tel +1-202-555-0143",
    ],
)
def test_an_address_or_number_is_refused_without_being_printed(load_with: Load, text: str) -> None:
    for path, files, line in (
        (PATH, {PATH: f"{PROGRAM}why: '{text}'\n"}, len(PROGRAM.splitlines()) + 1),
        (RUN, {RUN: f"{COHORT}results: {{lessons: [{{said: '{text}', did: B}}]}}\n"}, 4),
        (PROSE, {PROSE: f"# A\n\n{text}\n"}, 3),
    ):
        handbook, [problem] = load_with({**SHORT, PROSE: "A\n", **ORGANISATION, **files})

        assert handbook is None
        assert ("personal-address", path, line) == (problem.code, problem.path, problem.line)
        assert "steps.example" not in problem.message + problem.hint
        assert "960" not in problem.message
        assert "Git history" in problem.hint


@pytest.mark.parametrize(
    "text",
    [
        "Write to [us](mailto:mentoring@steps.example) or MENTORING@steps.example",
        "Call +44 1632 960142, or +44 (1632) 960-142",
        "In 2027, on 2027-02-01, we were 6,000 people in room 0123",
        "See https://steps.example/06912345678?entry.0123456789=1",
        "At 13:30 and 09:00 we meet @home",
        "Version 0.1.2.3 of 12345678",
    ],
)
def test_what_is_shared_or_no_address_is_welcome(load_with: Load, text: str) -> None:
    handbook, problems = load_with({**ORGANISATION, PATH: f"{PROGRAM}why: '{text}'\n", PROSE: f"{text}\n"})

    assert handbook is not None
    assert () == problems


CONTACT = Contact("program", Text("The team"), Text("mentoring@steps.example"))


@given(st.text(max_size=3000))
def test_whatever_stands_in_a_text_it_is_searched(text: str) -> None:
    for problem in in_prose("a.md", text, Organisation(Text("A"), contacts=(CONTACT,))):
        assert 1 <= problem.line <= len(text.splitlines())
