"""At half past midnight where the organisation is, its new day has begun: on the site, and in commands."""

import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from handbook.cli import main
from handbook.contents.build import Host
from handbook.model.timeline import events, public_pairings, state
from handbook.pages.website.website import Website
from tests.repository import COHORT, PROGRAM, SHORT, Files, Site, environment, make, write

ZONES = ["Pacific/Honolulu", "America/New_York", "Europe/London", "Asia/Kolkata", "Pacific/Auckland"]
FIRST = datetime(2027, 1, 29, 0, 30)  # of the day on which all of this changes
PEOPLE = """\
dates: {briefing: 2027-01-28, baseline: 2027-01-29}
people:
  - {id: mentor-1, name: Wren Hale, role: mentor, consent: public}
  - {id: mentee-1, name: Odd Falk, role: mentee, consent: public}
pairings:
  - mentor: mentor-1
    mentee: mentee-1
    confirmed: {mentor: 2027-01-12, mentee: 2027-01-12}
    announce: 2027-01-29
"""


def repository(zone: str) -> Files:
    closing = COHORT.replace("closes: 2027-01-11", "closes: 2027-01-28")
    return {
        **SHORT,
        "programs/organisation.yml": f"name: Small Steps\ntimezone: {zone}\n",
        "programs/digital-fluency/program.yml": f"{PROGRAM}milestones: [{{title: Briefing, week: 0}}]\n",
        "programs/digital-fluency/2027-spring.yml": closing + PEOPLE,
    }


SetClock = Callable[[datetime], None]


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """`set_clock(moment)` stops the clock that a handbook asks for the day."""
    monkeypatch.delenv("HANDBOOK_TODAY", raising=False)

    def stopped(moment: datetime) -> None:
        class Clock(datetime):
            @classmethod
            def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
                assert isinstance(tz, ZoneInfo), "The day is asked in a time zone."
                return moment.astimezone(tz)

        monkeypatch.setattr("handbook.model.timeline.days.datetime", Clock)

    return stopped


def seen(root: Path) -> tuple[date, int, str, dict[str, str]]:
    """The day of a site, how many pairings it shows, whether people can sign up, and badges of events."""
    website = Website.read(root, Host(), {}, "")
    (cohort,), day = website.handbook.cohorts, website.build.day
    badges = {event.id: state(event, day) for event in events(cohort)}
    wanted = ("sign-up", "announcement-1", "milestone-briefing", "form-baseline")
    return day, len(public_pairings(cohort, day)), state(cohort, day), {name: badges[name] for name in wanted}


@pytest.mark.parametrize("zone", ZONES)
def test_at_half_past_midnight_what_is_for_the_day_is_there(
    tmp_path: Path, set_clock: SetClock, zone: str
) -> None:
    write(tmp_path, repository(zone))
    local = FIRST.replace(tzinfo=ZoneInfo(zone))

    for hours in (-24, -1):
        set_clock(local.astimezone(UTC) + timedelta(hours=hours))
        assert seen(tmp_path) == (
            date(2027, 1, 28), 0, "sign-up",
            {
                "sign-up": "now", "announcement-1": "coming",
                "milestone-briefing": "now", "form-baseline": "coming",
            },
        )  # fmt: skip
        assert "Will appear: 1 pairing\n" in due(tmp_path)

    set_clock(local.astimezone(UTC))
    assert seen(tmp_path) == (
        date(2027, 1, 29), 1, "matching",
        {"sign-up": "past", "announcement-1": "now", "milestone-briefing": "past", "form-baseline": "now"},
    )  # fmt: skip
    assert "Will appear" not in due(tmp_path)


def due(root: Path) -> str:
    result = CliRunner().invoke(main, ["-C", str(root), "due"])
    assert 0 == result.exit_code, result.output
    return result.output


# MkDocs with a clock that stands still, for all who ask for it from then on.
STOPPED = """\
import datetime, sys

class Clock(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return datetime.datetime.fromisoformat(sys.argv[1]).astimezone(tz)

datetime.datetime, real = Clock, datetime.datetime
from mkdocs.__main__ import cli
cli(["build", "--strict"])
"""


def built_at(root: Path, moment: datetime) -> Site:
    env = {name: said for name, said in environment("").items() if name != "HANDBOOK_TODAY"}
    command = [sys.executable, "-c", STOPPED, moment.astimezone(UTC).isoformat()]
    # A machine far away: its own day does not count.
    done = subprocess.run(command, cwd=root, env=env | {"TZ": "Pacific/Niue"}, capture_output=True, text=True)
    assert 0 == done.returncode, done.stdout + done.stderr
    return Site(root)


@pytest.mark.site
def test_a_site_that_is_built_after_midnight_shows_the_pairings_of_the_day(tmp_path: Path) -> None:
    """In Kolkata, where the day begins at half past six in the evening of Greenwich."""
    local = FIRST.replace(tzinfo=ZoneInfo("Asia/Kolkata"))
    cohort = "programs/digital-fluency/2027-spring/"
    make(tmp_path, repository("Asia/Kolkata"))

    before = built_at(tmp_path, local - timedelta(hours=1))
    assert b"2027-01-28" in before.files["index.html"]
    assert not [name for name, content in before.files.items() if re.search(rb"Wren|Hale|Odd Falk", content)]

    after = built_at(tmp_path, local)
    assert b"2027-01-29" in after.files["index.html"]
    assert "Wren Hale" in after.look(f"{cohort}pairings/").text
    assert b"<lastmod>2027-01-29</lastmod>" in after.files["sitemap.xml"]
