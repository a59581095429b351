"""What folders and files of programs/ may be called."""

from collections.abc import Callable

import pytest

from handbook.contents.kinds import reserved_names
from handbook.text.problems import Problem
from tests.conftest import Loaded
from tests.repository import COHORT, PROGRAM, Files

Load = Callable[[Files], Loaded]


def about(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(problem.path, problem.code) for problem in problems]


def test_the_reserved_names_are_those_of_every_programs_pages() -> None:
    assert reserved_names() == {
        "agreement", "check-ins", "conduct", "decisions", "feedback", "goals", "index", "kit", "privacy",
        "questions", "recognition", "roles", "safety", "sessions", "sheets", "sign-up-form", "survey",
        "taking-part", "training",
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(reserved_names()))
def test_no_cohort_is_called_as_a_page(load_with: Load, name: str) -> None:
    path = f"programs/digital-fluency/{name}.yml"

    handbook, problems = load_with({path: COHORT})

    assert handbook is None
    assert [(path, "wrong-file-name")] == about(problems)
    assert problems[0].hint == "Choose another name, such as 2027-spring.yml."


@pytest.mark.parametrize("name", ["Spring", "2027_spring", "2027 spring", "2027.spring", "spring-", "été"])
def test_no_cohort_has_a_name_that_no_address_holds(load_with: Load, name: str) -> None:
    path = f"programs/digital-fluency/{name}.yml"

    assert [(path, "wrong-file-name")] == about(load_with({path: COHORT})[1])


@pytest.mark.parametrize("name", ["Digital", "digital.yml", "digital_fluency"])
def test_no_program_has_a_name_that_no_address_holds(load_with: Load, name: str) -> None:
    found = load_with({f"programs/{name}/program.yml": PROGRAM})[1]

    assert [(f"programs/{name}", "wrong-file-name")] == about(found)


def test_a_program_may_be_called_as_a_page(load_with: Load) -> None:
    other = PROGRAM.replace("Digital fluency", "Goals")
    handbook, problems = load_with({"programs/goals/program.yml": other})

    assert handbook is not None
    assert () == problems


@pytest.mark.parametrize("zone", ["Europe", "Lundon", "europe/london", "Europe/London/City"])
def test_every_time_zone_is_one_of_ianas(load_with: Load, zone: str) -> None:
    problems = load_with({"programs/organisation.yml": f"name: Small Steps\ntimezone: {zone}\n"})[1]

    assert [("programs/organisation.yml", "unknown-time-zone")] == about(problems)
    assert (2, 11) == (problems[0].line, problems[0].column)


def test_a_city_alone_is_led_to_its_time_zone(load_with: Load) -> None:
    (problem,) = load_with({"programs/organisation.yml": "name: Small Steps\ntimezone: London\n"})[1]

    assert problem.hint.startswith("Did you mean `Europe/London`? ")
