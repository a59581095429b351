"""How much there is to read: pages, and what a role must read before the first session."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup

from tests.repository import SHORT, Files, Site, Sites, example

FLUENCY = "programs/digital-fluency/"
MOST_PAGES, MOST_OF_COORDINATORS = 45, 20
MOST_TO_READ, MOST_MINUTES = 4, 15
WORDS_A_MINUTE = 220
OF_COORDINATORS = re.compile(
    rf"{FLUENCY}(roles/coordinator|kit|survey|sign-up-form|recognition|sheets/certificate|[^/]+/messages)/"
)


def must_read(site: Site, role: str) -> tuple[list[str], int]:
    """The pages that a role's guide asks to read, and the minutes that it promises."""
    box = BeautifulSoup(site.html(f"{FLUENCY}roles/{role}/"), "html.parser").select_one(".hb-must-read")
    assert box is not None, role
    minutes = re.search(r"(\d+) minutes?", box.get_text())
    assert minutes is not None
    return [str(link["href"]) for link in box.select("a")], int(minutes[1])


@pytest.mark.site
@pytest.mark.parametrize("files", [SHORT, example()], ids=["the shortest program", "the example"])
@pytest.mark.parametrize("role", ["mentor", "mentee"])
def test_what_must_be_read_before_the_first_session_is_four_pages_in_a_quarter_of_an_hour(
    built: Sites, files: Files, role: str
) -> None:
    pages, minutes = must_read(built(files), role)

    assert MOST_TO_READ >= len(pages) > 1
    assert MOST_MINUTES >= minutes > 5


@pytest.mark.site
def test_the_minutes_are_those_of_the_words(built: Sites) -> None:
    """Counted on the whole pages, which have some computed lines and other parts besides."""
    site = built(SHORT)
    pages, minutes = must_read(site, "mentor")
    paths = [f"{FLUENCY}roles/mentor/", *(re.sub(r"^(\.\./)+|#.*", "", page) for page in pages[1:])]
    words = sum(site.look(path if path.startswith(FLUENCY) else f"{FLUENCY}{path}").words for path in paths)

    assert 0.6 * words / WORDS_A_MINUTE < minutes < 1.1 * words / WORDS_A_MINUTE + 1


@pytest.mark.site
def test_the_shortest_program_has_few_pages(built: Sites) -> None:
    pages = built(SHORT).pages()
    of_coordinators = [page for page in pages if OF_COORDINATORS.match(page)]

    assert MOST_OF_COORDINATORS >= len(of_coordinators) > 6
    assert MOST_PAGES >= len(pages) - len(of_coordinators) > 20
