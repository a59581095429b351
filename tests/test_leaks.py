"""What the public may not see is in no byte of the public site, nor in theirs what participants may not."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path

import pytest

from handbook.model.definitions.program import COLUMNS
from handbook.register.ledger.ledger import Ledger, Proposal, SignUp
from tests.repository import COHORT, DAY, SHORT, environment, make

pytestmark = pytest.mark.site

RUN = "programs/digital-fluency/2027-spring.yml"
FOLDER = "signups/digital-fluency"
# One word each that stands nowhere else.
CANARIES = {name: f"Zanary{number}q" for number, name in enumerate(COLUMNS)}
HIDDEN, PARTICIPANTS, PUBLIC = "Hidewell Xanary", "Partwell Xanary", "Openwell Xanary"
UNITS = {HIDDEN: "Hideunit", PARTICIPANTS: "Partunit", PUBLIC: "Openunit"}
PEOPLE = f"""\
people:
  - {{id: idcanary-1, name: {HIDDEN}, role: mentor, unit: Hideunit, topics: [ai-tools]}}
  - {{id: idcanary-2, name: {PARTICIPANTS}, role: mentee, unit: Partunit, consent: participants}}
  - {{id: idcanary-3, name: {PUBLIC}, role: mentor, unit: Openunit, topics: [ai-tools], consent: public}}
  - {{id: idcanary-4, role: mentee}}
  - {{id: idcanary-5, name: Waitwell Xanary, role: mentor, unit: Waitunit, consent: public}}
  - {{id: idcanary-6, name: Soonwell Xanary, role: mentee, unit: Soonunit, consent: public}}
  - {{id: idcanary-7, name: Leftwell Xanary, role: mentor, unit: Leftunit, consent: public}}
pairings:
  - {{mentor: idcanary-1, mentee: idcanary-2, topics: [ai-tools],
     confirmed: {{mentor: 2027-01-20, mentee: 2027-01-21}}, announce: 2027-01-29}}
  - {{mentor: idcanary-3, mentee: idcanary-4,
     confirmed: {{mentor: 2027-01-20, mentee: 2027-01-21}}, announce: 2027-01-29}}
  - {{mentor: idcanary-5, mentee: idcanary-4, confirmed: {{mentor: 2027-01-20}}, announce: 2027-01-29}}
  - {{mentor: idcanary-3, mentee: idcanary-6,
     confirmed: {{mentor: 2027-01-20, mentee: 2027-01-21}}, announce: 2027-03-11}}
  - {{mentor: idcanary-7, mentee: idcanary-6,
     confirmed: {{mentor: 2027-01-20, mentee: 2027-01-21}}, announce: 2027-01-29, ended: 2027-02-20}}
"""
FILES = {
    **SHORT,
    "programs/organisation.yml": "name: Small Steps\nrepository: private\n",
    RUN: COHORT + PEOPLE,
    ".gitignore": "/signups/\n",
}


def private() -> Mapping[str, str]:
    """What a coordinator has in signups/: the sheet, what was read of it, proposals and their page."""
    row = ",".join(CANARIES.values())
    said = {
        one.name: (CANARIES[name],) if isinstance(getattr(SignUp(""), one.name), tuple) else CANARIES[name]
        for one in fields(SignUp)
        if (name := one.name.replace("_", "-")) in COLUMNS and one.name not in ("grade", "hours", "capacity")
    }
    person = replace(SignUp("p-canary", roles=("mentor",)), **said)  # type: ignore[arg-type]
    ledger = Ledger((person,), 1, (Proposal("p-canary", "p-canary"),))
    return {
        f"{FOLDER}/answers.csv": f"{','.join(COLUMNS)}\n{row}\n",
        f"{FOLDER}/2027-spring/register-0001.json": ledger.as_json(),
        f"{FOLDER}/2027-spring/proposals.html": f"<p>{row}</p>",
    }


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Mapping[tuple[str, str], str]:
    """Every byte that a build writes, by its readers and its day, with what it says meanwhile."""
    found = {}
    for audience, day in (("public", DAY), ("participants", DAY), ("public", "2027-03-11")):
        root = make(tmp_path_factory.mktemp("leaks"), {**FILES, **private()})
        subprocess.run(["git", "init", "--quiet"], cwd=root, check=True)
        env = {**environment(day), "HANDBOOK_AUDIENCE": audience}
        command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
        done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        site = [file for file in (root / "site").rglob("*") if file.is_file()]
        names = [file.relative_to(root).as_posix() for file in site]
        # A calendar breaks its long lines anywhere.
        contents = [file.read_bytes().decode("utf-8", "replace").replace("\r\n ", "") for file in site]
        found[audience, day] = "\n".join((*names, *contents, done.stdout, done.stderr))
    return found


READERS = [("public", DAY), ("participants", DAY), ("public", "2027-03-11")]


@pytest.mark.parametrize("readers", READERS)
def test_nothing_that_was_told_in_confidence_is_in_any_site(
    written: Mapping[tuple[str, str], str], readers: tuple[str, str]
) -> None:
    assert [] == re.findall("Zanary[0-9]+q|p-canary", written[readers])


@pytest.mark.parametrize("readers", READERS)
def test_no_id_of_a_person_is_in_any_site(
    written: Mapping[tuple[str, str], str], readers: tuple[str, str]
) -> None:
    assert "idcanary" not in written[readers]


@pytest.mark.parametrize("readers", READERS)
def test_who_told_nobody_may_know_is_in_no_site(
    written: Mapping[tuple[str, str], str], readers: tuple[str, str]
) -> None:
    assert not re.search("Hidewell|Hideunit", written[readers])


def test_who_is_for_participants_is_in_their_site_alone(written: Mapping[tuple[str, str], str]) -> None:
    assert not re.search("Partwell|Partunit", written["public", DAY])
    assert PARTICIPANTS in written["participants", DAY]
    assert PUBLIC in written["public", DAY]


@pytest.mark.parametrize("readers", READERS)
def test_what_one_has_not_confirmed_or_what_ended_is_in_no_site(
    written: Mapping[tuple[str, str], str], readers: tuple[str, str]
) -> None:
    assert not re.search("Waitwell|Waitunit|Leftwell|Leftunit", written[readers])


def test_a_pairing_is_there_from_its_day_on_and_nowhere_before(
    written: Mapping[tuple[str, str], str],
) -> None:
    """Nothing is committed in between: the same files, built a day later."""
    assert not re.search("Soonwell|Soonunit", written["public", DAY])
    assert not re.search("Soonwell|Soonunit", written["participants", DAY])
    assert "Soonwell Xanary" in written["public", "2027-03-11"]


def test_search_engines_are_asked_to_stay_away_from_what_is_for_participants(
    written: Mapping[tuple[str, str], str],
) -> None:
    meta = '<meta name="robots" content="noindex, nofollow">'
    signposts = written["participants", DAY].count('http-equiv="refresh"')  # they say noindex alone
    pages = written["participants", DAY].count("<!doctype html>") - signposts

    assert meta not in written["public", DAY]
    assert pages == written["participants", DAY].count(meta) > 20


def test_the_canaries_stand_where_they_could_be_found(tmp_path: Path) -> None:
    """Else all of this would prove nothing."""
    said = " ".join(private().values())

    assert set(CANARIES.values()) <= set(re.findall("Zanary[0-9]+q", said))
    assert all(name in PEOPLE for name in UNITS)
