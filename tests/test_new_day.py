"""The site is built soon after midnight where the organisation is: the looks, and what one decides."""

import json
import os
import re
import runpy
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from tests.repository import EXAMPLE, MINIATURE, ROOT

NEW_DAY = runpy.run_path(str(ROOT / ".ci/new_day.py"))
DAILY: dict[Any, Any] = yaml.safe_load((ROOT / ".github/workflows/daily.yml").read_text("utf-8"))
LINES = [one["cron"] for one in DAILY[True]["schedule"]]  # to YAML 1.1 `on` is true
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
ZONES = [
    "Pacific/Honolulu", "America/New_York", "Europe/London", "Asia/Kolkata", "Pacific/Auckland",
    "Asia/Kathmandu", "Pacific/Chatham", "Australia/Lord_Howe", "America/St_Johns", "Pacific/Marquesas",
    "Pacific/Niue", "Pacific/Kiritimati", "Africa/Cairo", "America/Santiago",
]  # fmt: skip
# Winter and summer, and the weeks in which clocks are changed somewhere, in Cairo and Santiago at midnight.
WEEKS = ["2027-01-11", "2027-03-11", "2027-03-25", "2027-04-01", "2027-04-26", "2027-07-12",
         "2027-09-02", "2027-09-23", "2027-10-01", "2027-10-28", "2027-11-05"]  # fmt: skip

Run = dict[str, Any]


def run(when: datetime, conclusion: str | None = "success") -> Run:
    """A run of Site as GitHub's API has it."""
    status = "completed" if conclusion else "in_progress"
    created = when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"created_at": created, "status": status, "conclusion": conclusion}


def looks(lines: Iterable[str], first: date, days: int) -> Iterator[datetime]:
    """Every moment of these days for which the lines of a schedule ask."""
    asked = set()
    for line in lines:
        minutes, hours, *rest = line.split()
        assert ["*"] * 3 == rest
        begin, end = map(int, hours.split("-"))
        asked |= {(hour, int(minute)) for hour in range(begin, end + 1) for minute in minutes.split(",")}
    for number in range(days):
        for hour, minute in sorted(asked):
            yield datetime.combine(first + number * DAY, time(hour, minute), UTC)


def builds(
    zone: str,
    monday: date,
    lines: Iterable[str] = LINES,
    late: timedelta = timedelta(),
    pushes: Sequence[datetime] = (),
) -> list[datetime]:
    """When the looks of nine days start a build, in the organisation's time."""
    pending, runs, started = sorted(pushes), [run(datetime(2026, 12, 1, tzinfo=UTC))], []
    for look in looks(lines, monday - DAY, 9):
        now = (look + late).astimezone(ZoneInfo(zone))
        while pending and pending[0] < now:
            runs.insert(0, run(pending.pop(0)))
        if not NEW_DAY["refusal"](runs[:5], now):
            runs.insert(0, run(now))
            started.append(now)
    return started


def midnight(day: date, zone: str) -> datetime:
    """The first moment of a day; where the clock jumps over midnight, that of the jump."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def assert_once_a_day_soon_after_midnight(zone: str, monday: date, started: Sequence[datetime]) -> None:
    days = [monday + number * DAY for number in range(7)]

    assert days == [now.date() for now in started if now.date() in days]
    for now in started:
        if now.date() in days:
            waited = now.astimezone(UTC) - midnight(now.date(), zone)
            assert timedelta() <= waited <= 30 * MINUTE, now


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("late", [0, 25, 95], ids=lambda late: f"{late} minutes late")
def test_a_build_starts_within_half_an_hour_of_midnight_and_once_a_day(zone: str, late: int) -> None:
    """However late GitHub starts its schedules, as long as all are."""
    for monday in map(date.fromisoformat, WEEKS):
        started = builds(zone, monday, late=late * MINUTE)
        assert_once_a_day_soon_after_midnight(zone, monday, started)


def kept() -> list[tuple[str, list[str]]]:
    """The manual's time zones, each with the lines of the schedule that a private repository keeps."""
    manual = (ROOT / "hooks/README.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+/\w+)` \| (.*17,47.*) \|$", manual, re.MULTILINE)
    return [(zone, re.findall(r"`([^`]+)`", lines)) for zone, lines in rows]


def test_the_manual_says_for_many_which_lines_to_keep() -> None:
    assert {*ZONES[:5]} <= {zone for zone, _ in kept()}


@pytest.mark.parametrize(("zone", "lines"), kept())
def test_the_lines_that_the_manual_keeps_are_enough(zone: str, lines: list[str]) -> None:
    assert set(lines) < set(LINES)
    for monday in map(date.fromisoformat, WEEKS):
        assert_once_a_day_soon_after_midnight(zone, monday, builds(zone, monday, lines))


# What a private repository keeps that says nothing.
CONDITION = re.fullmatch(
    r"vars\.HANDBOOK_DAILY != 'off' && contains\(\(contains\(vars\.HANDBOOK_DAILY, '17,47 '\) && "
    r"vars\.HANDBOOK_DAILY\) \|\| \(github\.event\.repository\.private && '(.*)'\) \|\| "
    r"github\.event\.schedule, github\.event\.schedule\)",
    next(iter(DAILY["jobs"].values()))["if"],
)


@pytest.mark.parametrize("zone", ZONES)
def test_a_private_repository_that_says_nothing_pays_little_and_is_right_before_breakfast(zone: str) -> None:
    assert CONDITION
    lines = [line for line in LINES if line in CONDITION[1]]
    assert 3 * len(lines) == len(LINES)
    for monday in map(date.fromisoformat, WEEKS):
        started = [now for now in builds(zone, monday, lines) if now.date() >= monday]
        days = [now.date() for now in started]
        assert sorted({*days}) == days
        assert all(now.hour * 60 + now.minute <= 6 * 60 for now in started), started


def test_the_variable_keeps_the_lines_that_it_names_and_no_others() -> None:
    """`contains` of GitHub is Python's `in`, for these."""
    assert CONDITION

    for said, expected in [
        ("", LINES),
        ("off", []),
        ("0 3 * * *", LINES),  # a slip, and not accepted as never
        *((" and ".join(lines), lines) for _, lines in kept()),
    ]:
        named = said if "17,47 " in said else ""
        assert sorted(expected) == sorted(line for line in LINES if said != "off" and line in (named or line))


def test_a_look_needs_no_setup() -> None:
    [job] = DAILY["jobs"].values()

    assert ["actions/checkout", "make new-day"] == [
        step.get("run") or step["uses"].partition("@")[0] for step in job["steps"]
    ]


AUCKLAND = ZoneInfo("Pacific/Auckland")
MONDAY = date(2027, 1, 11)


def at(hour: int, minute: int, day: int = 11) -> datetime:
    return datetime(2027, 1, day, hour, minute, tzinfo=AUCKLAND)


@pytest.mark.parametrize(
    ("pushed", "started"),
    [
        ("2027-01-13T14:05", ["13 00:17", "14 00:17"]),  # a push builds by itself
        ("2027-01-13T00:05", ["14 00:17"]),  # and one after midnight is that day's build
        ("2027-01-12T23:58", ["13 00:17", "14 00:17"]),  # what began before midnight may be of that day
    ],
)
def test_a_push_counts_for_the_day_on_which_it_is_built(pushed: str, started: list[str]) -> None:
    when = datetime.fromisoformat(pushed).replace(tzinfo=AUCKLAND)
    found = builds("Pacific/Auckland", MONDAY, pushes=[when])

    assert started == [now.strftime("%d %H:%M") for now in found if now.day in (13, 14)]


@pytest.mark.parametrize(
    ("runs", "reason"),
    [
        ([], "not published yet"),
        ([run(at(9, 0, 10), "failure")], "not published yet"),
        ([run(at(9, 0, 10))], ""),
        ([run(at(0, 17), None), run(at(9, 0, 10))], "being built"),
        ([run(at(0, 17), "failure"), run(at(9, 0, 10))], ""),  # once more
        ([run(at(0, 47), "failure"), run(at(0, 17), "failure"), run(at(9, 0, 10))], "could not be built"),
        ([run(at(8, 0), "failure"), run(at(0, 17)), run(at(9, 0, 10))], "2027-01-11 is published"),
    ],
)
def test_what_ran_decides_whether_to_build(runs: Sequence[Run], reason: str) -> None:
    refused = NEW_DAY["refusal"](runs, at(9, 17))

    assert reason in refused
    assert bool(reason) == bool(refused)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("name: A\ntimezone: Asia/Kolkata  # as in Pune\n", "Asia/Kolkata"),
        ("name: A\r\ntimezone: 'Etc/GMT+5'\r\n", "Etc/GMT+5"),
        ('{"name": "A", "timezone": "America/Port-au-Prince"}', "America/Port-au-Prince"),
        ("# timezone: Asia/Tokyo\nname: A timezone\n", "UTC"),
        ((EXAMPLE / "organisation.yml").read_text("utf-8"), "Europe/London"),
        ((MINIATURE / "programs/organisation.yml").read_text("utf-8"), "Europe/Dublin"),
    ],
)
def test_the_time_zone_is_read_as_the_handbook_reads_it(text: str, zone: str) -> None:
    assert zone == yaml.safe_load(text).get("timezone", "UTC")
    assert zone == NEW_DAY["zone"](text).key


@pytest.mark.parametrize("word", ["Europe/Lundon", "Europe", "/etc/passwd", "CEST", "++", "Mars/Base/One"])
def test_a_time_zone_that_is_none_is_left_to_site_to_tell(word: str) -> None:
    assert "UTC" == NEW_DAY["zone"](f"name: A\ntimezone: {word}\n").key


class GitHub(BaseHTTPRequestHandler):
    """As much of GitHub's API as a look asks for."""

    runs: Sequence[Run] = ()
    status = 200
    asked: list[tuple[str, str, Any]]

    def do_GET(self) -> None:
        self.reply({"workflow_runs": self.runs})

    def do_POST(self) -> None:
        self.reply(None)

    def reply(self, said: Any) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.asked.append((self.command, self.path, json.loads(body or b"null")))
        assert "Bearer a-token" == self.headers["Authorization"]
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(self.written(said))

    @staticmethod
    def written(said: Any) -> bytes:
        return json.dumps(said).encode() if said else b""

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def github(runs: Sequence[Run], status: int) -> Iterator[tuple[str, list[tuple[str, str, Any]]]]:
    asked: list[tuple[str, str, Any]] = []
    handler = type("Asked", (GitHub,), {"runs": runs, "status": status, "asked": asked})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", asked
        finally:
            server.shutdown()


NOW = datetime.now(UTC)
# Where midnight is far, so that it does not pass while tests run.
DAYTIME = "UTC" if 6 <= NOW.hour < 18 else "Etc/GMT-12"


def look(root: Path, runs: Sequence[Run], status: int = 200) -> tuple[int, str, list[tuple[str, str, Any]]]:
    """What `make new-day` ends with, says, and asks GitHub."""
    (root / "programs").mkdir()
    (root / "programs/organisation.yml").write_text(f"name: A\ntimezone: {DAYTIME}\n", "utf-8")
    (root / ".ci").symlink_to(ROOT / ".ci")
    (root / "Makefile").symlink_to(ROOT / "Makefile")
    with github(runs, status) as (url, asked):
        known = {"GITHUB_API_URL": url, "GITHUB_REPOSITORY": "a/b", "GITHUB_REF_NAME": "main"}
        env: Mapping[str, str] = {**os.environ, **known, "GH_TOKEN": "a-token", "no_proxy": "*"}
        done = subprocess.run(["make", "new-day"], cwd=root, env=env, capture_output=True, text=True)
    assert "a-token" not in done.stdout + done.stderr
    return done.returncode, done.stdout + done.stderr, asked


SITE = "/repos/a/b/actions/workflows/site.yml"
LOOKED = ("GET", f"{SITE}/runs?per_page=30&branch=main", None)
STARTED = ("POST", f"{SITE}/dispatches", {"ref": "main"})


def test_a_look_starts_the_site_of_a_new_day(tmp_path: Path) -> None:
    code, said, asked = look(tmp_path, [run(NOW - 2 * DAY)])

    assert (0, [LOOKED, STARTED]) == (code, asked), said


def test_a_look_at_a_day_that_is_published_starts_nothing(tmp_path: Path) -> None:
    code, said, asked = look(tmp_path, [run(NOW)])

    assert (0, [LOOKED]) == (code, asked), said


def test_somebody_hears_when_a_day_could_not_be_built(tmp_path: Path) -> None:
    """GitHub writes to nobody about a run that a workflow started, but about a look that failed."""
    code, said, asked = look(tmp_path, [run(NOW, "failure"), run(NOW - 2 * DAY)])

    assert (2, [LOOKED, STARTED]) == (code, asked)
    assert "tried once more" in said


@pytest.mark.parametrize(("status", "code"), [(503, 0), (429, 0), (403, 2)])
def test_a_look_waits_for_github_but_not_for_a_right_that_it_lacks(
    tmp_path: Path, status: int, code: int
) -> None:
    assert (code, [LOOKED]) == look(tmp_path, [], status)[::2]


@pytest.mark.parametrize("answer", [b"<html>Sign in to the guest network</html>", b"{", b"\xff", b'{"wor'])
def test_a_look_that_something_else_answers_asks_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: bytes
) -> None:
    monkeypatch.setattr(GitHub, "written", staticmethod(lambda said: answer))

    code, said, asked = look(tmp_path, [])

    assert (0, [LOOKED]) == (code, asked), said
    assert "asks again" in said


def test_an_answer_in_another_form_is_heard_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(GitHub, "written", staticmethod(lambda said: b'{"runs": []}'))

    assert 2 == look(tmp_path, [])[0]
