"""The worked first hour keeps to the agenda and the sheets of the playbook, and says that it is invented."""

import re
from collections.abc import Mapping

import pytest

from handbook.model.definitions.playbook import Item
from handbook.model.handbook import Handbook

MOST_WORDS = 1800
SPOKEN = re.compile(r"^\*\*(\w+):\*\*", re.M)


def items(handbook: Handbook, kind: str) -> Mapping[str, Item]:
    return {item.id: item for item in handbook.playbook.kind(kind)}


@pytest.fixture
def hour(short: Handbook) -> str:
    return str(items(short, "guide")["first-hour"].body)


def part(text: str, heading: str) -> str:
    """What stands below a heading, up to the next of any depth."""
    found = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#|\Z)", text, re.M | re.S)
    assert found, heading
    return found[1]


def bold(text: str) -> list[str]:
    return re.findall(r"^- \*\*(.+?)\.?\*\*", text, re.M)


def test_it_says_first_that_it_is_invented_and_stays_short(hour: str) -> None:
    assert hour.lstrip().startswith("**Invented")
    assert len(re.sub(r"{{.*?}}", "", hour).split()) <= MOST_WORDS


def test_the_agenda_is_that_of_the_first_meeting(short: Handbook, hour: str) -> None:
    agenda = [step["title"] for step in items(short, "sessions")["first-meeting"]["agenda"]]
    well = hour.split("## A first session that goes well")[1].split("## A first session that goes wrong")[0]

    assert agenda == [one.split(": ")[1] for one in re.findall(r"^### (.+)$", well, re.M)]


def test_the_mentee_opens_and_the_mentor_is_the_junior(hour: str) -> None:
    assert "Gareth is the **mentee**" in hour
    assert "four levels above her" in hour
    assert "Gareth" == SPOKEN.findall(hour)[0]
    assert {"Gareth", "Ivy"} == set(SPOKEN.findall(hour))


def test_it_goes_wrong_late_lecturing_defensive_and_silent_and_each_could_do_something(hour: str) -> None:
    for heading in ("Late", "Lecturing", "Defensive", "Silent"):
        assert ["Ivy could", "Gareth could"] == bold(part(hour, heading))


def test_the_sheets_are_filled_in_part_by_part(short: Handbook, hour: str) -> None:
    sheets = items(short, "sheets")

    for name, heading in (("about-me", "About me"), ("goal-sheet", "Goal sheet")):
        assert [one["title"] for one in sheets[name]["parts"]] == bold(part(hour, heading))
    assert list(sheets["session-log"]["table"]["columns"]) == bold(part(hour, "Session log"))
    points = {str(item.title) for item in items(short, "agreement").values()}
    changed = bold(part(hour, "The agreement"))
    assert len(changed) >= 3
    assert set() == set(changed) - points
