"""What a coordinator reads about a proposal, word for word, on a terminal and as a page."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from handbook.register.ledger.ledger import SignUp
from handbook.register.pairing import report
from handbook.register.pairing.assignment import assign
from handbook.register.pairing.criteria import CRITERIA
from handbook.register.pairing.proposal import Table, Terms, table
from tests import test_pairing as pairing

EXPECTED = Path(__file__).parent / "report"
NAMES = report.Names(
    {"ai-tools": "AI tools", "our-app": "Our <app>"},
    {"weekly": "AI every week"},
    {"topics": "shared topics", "hours": "hours that overlap"},
    {
        "different-unit": "Mentor and mentee work in different units.",
        "grade-gap": "Three grades apart.",
        "outside-reporting-line": "No reporting line.",
        "shared-language": "A language.",
        "shared-hours": "Two hours.",
    },
)
SAID = {"skills": ("Excel", "Chess"), "learn": ("excel", "Go"), "interests": ("Chess",),
        "goals": ("weekly", "x"), "location": "remote", "communication_style": "Call"}  # fmt: skip
SAID_TOO = {
    "learn": ("Chess",),
    "interests": ("chess", "Rowing"),
    "goals": ("weekly",),
    "languages": ("english",),
}


def people(seed: int) -> list[SignUp]:
    """Sign-ups with names, or none, of whom some answer everything and one is both."""
    everyone = pairing.people(seed)
    if seed % 3:
        everyone = [replace(person, name=f"Person & {person.id}") for person in everyone]
    if seed % 4 != 2:
        return everyone
    everyone[1] = replace(everyone[1], roles=("mentor", "mentee"))
    return [replace(person, **(SAID if int(person.id[2:]) % 2 else SAID_TOO))
            for person in everyone]  # fmt: skip


def laid(seed: int) -> Table:
    """A table with more criteria, pairings that stand, and one that is forbidden, as the seed has it."""
    weights = pairing.WEIGHTS if seed % 2 else tuple((name, 1) for name in CRITERIA)
    terms = Terms(weights, pairing.WHEN, pairing.RULES)
    free = table(people(seed), terms)
    ids = [(free.mentors[row].id, free.mentees[column].id) for row, column in assign(free.board, 0.05)]
    forbidden = frozenset(ids[-1:] if seed % 2 else ())
    return table(people(seed), replace(terms, pinned=frozenset(ids[: seed % 3]), forbidden=forbidden))


def tables() -> Iterator[Table]:
    """Such that every sentence of the report comes."""
    yield from map(laid, (0, 1, 4, 6, 7, 9, 10))
    jo, al = SignUp("p-1", "Jo", roles=("mentor",)), SignUp("p-2", "Al", roles=("mentee",))
    yield table([jo], Terms(pairing.WEIGHTS, pairing.WHEN))
    yield table([jo, al], Terms(pairing.WEIGHTS, pairing.WHEN, {"different-unit": 1}))


def reports() -> dict[str, str]:
    """The reports by the names of the files that hold the expected ones."""
    explained = [
        report.explained("Digital & fluency, spring", one, assign(one.board, 0.05), NAMES) for one in tables()
    ]
    return {
        "proposals.txt": "\n".join(report.rendered(one, "text.j2") for one in explained),
        "proposals.html": "\n".join(report.rendered(one, "page.j2") for one in explained[-3:]),
    }


@pytest.fixture(scope="module", name="reports")
def fixture() -> dict[str, str]:
    return reports()


@pytest.mark.parametrize("name", ["proposals.txt", "proposals.html"])
def test_a_report_is_word_for_word_as_expected(reports: dict[str, str], name: str) -> None:
    """If the new words are right: `python -m tests.test_report` writes them."""
    assert (EXPECTED / name).read_text("utf-8") == reports[name]


def test_what_people_said_is_never_a_template_or_markup() -> None:
    people = [replace(person, name="{{ 7*7 }}<b>{% raw %}") for person in pairing.people(1)]
    one = table(people, Terms(pairing.WEIGHTS, pairing.WHEN))
    told = report.explained("{{ report }}", one, assign(one.board, 0.05), NAMES)

    assert "{{ 7*7 }}<b>{% raw %}" in report.rendered(told, "text.j2")
    assert "{{ 7*7 }}&lt;b&gt;{% raw %}" in report.rendered(told, "page.j2")
    assert "<b>" not in report.rendered(told, "page.j2")


if __name__ == "__main__":
    for name, text in reports().items():
        (EXPECTED / name).write_text(text, "utf-8")
