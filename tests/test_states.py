"""What is not for now: drafts, which nobody reads, and cohorts that are cancelled or postponed."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from html import unescape
from pathlib import Path
from posixpath import normpath
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner

from handbook.cli import main
from handbook.contents.build import Host
from handbook.pages.website.navigation import Entry
from handbook.pages.website.website import Website
from tests.repository import COHORT, DAY, PROGRAM, SHORT, Files, environment, make, mkdocs, write

FLUENCY = "programs/digital-fluency"
SPRING, AUTUMN = f"{FLUENCY}/2027-spring.yml", f"{FLUENCY}/2027-autumn.yml"
CRAFTS = "programs/crafts/program.yml"

# --- drafts ---------------------------------------------------------------------------------------

DRAFTS = {
    AUTUMN: "title: Quince run, ready in 2028\nstart: 2027-09-06\ndraft: true\n",
    CRAFTS: PROGRAM.replace("Digital fluency", "Quince crafts") + "draft: true\n",
    "programs/crafts/2027-autumn.yml": "title: Quince term\nstart: 2027-09-13\n",
}
MARKED = "This is a draft. You see it because you are writing it."


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDBOOK_TODAY", DAY)


def website(root: Path, files: Files, *, drafts: bool = False) -> Website:
    write(root, files)
    return Website.read(root, Host(), {}, "https://handbook.example/", drafts=drafts)


def everything(site: Website) -> dict[str, str]:
    """All that is generated, the menu among it, by path."""
    pages = {path: f"{page.full_title}\n{page.text}" for path, page in site.pages.items()}
    files = {path: content.decode() for path, content in site.downloads.items()}
    return {**pages, **files, "menu": repr(site.menu(()))}


def titles(entries: Iterator[Entry] | tuple[Entry, ...]) -> Iterator[str]:
    for entry in entries:
        yield str(entry.title)
        yield from titles(entry.children)


def test_a_published_site_is_the_same_to_the_byte_without_the_files_of_drafts(tmp_path: Path) -> None:
    without = everything(website(tmp_path / "without", SHORT))
    with_drafts = everything(website(tmp_path / "with", {**SHORT, **DRAFTS}))

    assert without == with_drafts


def test_who_writes_a_draft_reads_on_each_page_and_in_each_list_that_it_is_one(tmp_path: Path) -> None:
    site = website(tmp_path, {**SHORT, **DRAFTS}, drafts=True)
    pages = {path: page.text for path, page in site.pages.items()}

    own = {path for path in pages if "/crafts/" in path or "/2027-autumn/" in path}
    assert own == {path for path, text in pages.items() if MARKED in text}
    assert {"Quince crafts (draft)", "Quince run, ready in 2028 (draft)"} <= {*titles(site.menu(()).entries)}
    for path in ("index.md", "programs/index.md", "for/mentor.md"):
        text = unescape(pages[path])
        assert text.count("Quince crafts") == text.count("Quince crafts (draft)") > 0


def test_a_site_of_which_all_is_a_draft_says_that_nothing_is_open(tmp_path: Path) -> None:
    hidden = {**SHORT, f"{FLUENCY}/program.yml": f"{PROGRAM}draft: true\n"}

    home = website(tmp_path, hidden).pages["index.md"].text

    assert "No programme is open at the moment." in home
    assert "Digital fluency" not in home


def test_a_draft_is_checked_as_any_other_and_named_once(tmp_path: Path) -> None:
    write(tmp_path, {**SHORT, **DRAFTS})
    checked = CliRunner().invoke(main, ["-C", str(tmp_path), "check"])

    assert 1 == checked.output.count(f"Drafts, on no published site: {CRAFTS}, {AUTUMN}.")
    write(tmp_path, {AUTUMN: f"{DRAFTS[AUTUMN]}end: 2027-01-01\n"})
    assert f"{AUTUMN}:4:6: error" in CliRunner().invoke(main, ["-C", str(tmp_path), "check"]).output


def test_an_export_holds_no_draft(tmp_path: Path) -> None:
    write(tmp_path, {**SHORT, **DRAFTS})
    result = CliRunner().invoke(main, ["-C", str(tmp_path), "export", str(tmp_path / "out")])

    assert 0 == result.exit_code, result.output
    assert "Quince" not in "".join(
        file.read_text("utf-8") for file in (tmp_path / "out").rglob("*") if file.is_file()
    )


SERVE = """\
import mkdocs.config, mkdocs.commands.build
config = mkdocs.config.load_config(strict=True)
config.plugins.on_startup(command="serve", dirty=False)
mkdocs.commands.build.build(config)
"""


@pytest.mark.site
def test_serve_shows_drafts_and_build_does_not(tmp_path: Path) -> None:
    root = make(tmp_path, {**SHORT, **DRAFTS})
    page = root / "site" / FLUENCY / "2027-autumn" / "index.html"

    subprocess.run([sys.executable, "-c", SERVE], cwd=root, env=environment(DAY), check=True)
    assert MARKED in page.read_text("utf-8")
    assert 0 == mkdocs(root, "build", "--strict").returncode
    assert not page.exists()
    found = [file for file in (root / "site").rglob("*") if file.is_file() and b"Quince" in file.read_bytes()]
    assert [] == found


# --- cancelled and postponed ----------------------------------------------------------------------

RUN = SPRING.removesuffix(".yml")
PAIRED = """\
people:
  - {id: mentor-1, role: mentor}
  - {id: mentor-2, role: mentor}
  - {id: mentee-1, role: mentee}
pairings:
  - {mentor: mentor-1, mentee: mentee-1, YES, announce: 2027-01-29}
  - {mentor: mentor-2, mentee: mentee-1, YES, announce: 2027-03-12}
""".replace("YES", "confirmed: {mentor: 2027-01-20, mentee: 2027-01-21}")
FORMS = PROGRAM.replace(
    "forms:\n",
    """\
forms:
  - {id: sign-up, purpose: sign-up, url: "https://forms.example/up"}
  - {id: note, title: A line, purpose: session, url: "https://forms.example/note"}
  - {id: now, title: Now, purpose: midpoint, url: "https://forms.example/mid",
     opens: {week: 5}, closes: {week: 9}}
""",
).replace("sign_up: {", "sign_up: {form: sign-up, ")
FUTURE = re.compile(r"DTSTART\S*:2027(0[4-9]|031[1-9]|03[23])")


def off(said: str, more: str = "") -> Files:
    """The short repository, paired, with forms that are open; its cohort says this."""
    return {**SHORT, f"{FLUENCY}/program.yml": FORMS, SPRING: f"{COHORT}{PAIRED}{said}\n{more}"}


@cache
def off_pages(said: str) -> Mapping[str, str]:
    with TemporaryDirectory() as root:
        made = everything(website(Path(root), off(said)))
    return {path: unescape(text) for path, text in made.items()}


@pytest.mark.parametrize("state", ["cancelled", "postponed"])
def test_of_a_cohort_that_is_off_nothing_is_told_as_if_it_took_place(state: str) -> None:
    said = off_pages(f"{state}: 2027-03-10")
    tells_days = {
        path: re.findall(r"(?:Mon|Tue|Wed|Thu|Fri) \d+ (?:March|April|May|June|July) 2027", text)
        for path, text in said.items()
        if path.endswith(".md") and "/messages" not in path
    }

    assert {"Wed 10 March 2027"} >= {day for days in tells_days.values() for day in days if _is_ahead(day)}
    assert not any("https://forms.example/" in text for path, text in said.items() if path.endswith(".md"))
    assert not any(FUTURE.search(text) for path, text in said.items() if path.endswith(".ics"))
    assert f"{RUN}/pairings/1-with-1.md" in said
    assert f"{RUN}/pairings/2-with-1.md" not in said
    # No session is next, and no calendar is to be added.
    assert not re.search(r"2027-spring/calendar-|sessions/(?!index)", said["index.md"])
    assert "2027-spring/calendar-" not in said[f"{FLUENCY}/roles/mentor.md"]


def _is_ahead(day: str) -> bool:
    return datetime.strptime(day[4:], "%d %B %Y").date().isoformat() >= DAY


@pytest.mark.parametrize(
    ("state", "page", "words"),
    [
        ("cancelled", "index", "This cohort has been cancelled. Nothing is due"),
        ("cancelled", "index", "unless you want to be on the waiting list"),
        ("cancelled", "pairings/1-with-1", "nothing is due for you two"),
        ("cancelled", "../feedback", "This cohort has been cancelled."),
        ("cancelled", "messages", "This cohort is cancelled. One message is left to send"),
        ("postponed", "index", "its dates no longer apply"),
        ("postponed", "index", "Training that you have done is not lost."),
        ("postponed", "pairings/1-with-1", "You two stay a pairing."),
        ("postponed", "messages", "One message is left to send; the others wait"),
    ],
)
def test_each_page_of_it_says_how_it_stands(state: str, page: str, words: str) -> None:
    path = normpath(f"{RUN}/{page}.md")

    assert words in off_pages(f"{state}: 2027-03-10")[path]
    assert words not in off_pages("")[path]


@pytest.mark.parametrize("state", ["cancelled", "postponed"])
def test_until_that_day_nothing_is_told_of_it(state: str) -> None:
    assert off_pages("") == off_pages(f"{state}: 2027-03-11")


def test_readers_of_a_program_are_led_to_the_cohort_that_takes_place(tmp_path: Path) -> None:
    files = {**off("cancelled: 2027-03-01"), AUTUMN: "start: 2027-09-06\n"}
    pages = website(tmp_path, files).pages

    assert "2027 autumn" not in pages["index.md"].text
    assert "Planned" in pages["index.md"].text
    assert "Cancelled" in pages[f"{FLUENCY}/index.md"].text
    assert "Spring 2027" not in pages[f"{FLUENCY}/taking-part.md"].text
    assert "Spring 2027" not in pages[f"{FLUENCY}/roles/mentor.md"].text


ANNOUNCE = ["announce", "digital-fluency", "2027-spring", "--as", "email"]


@pytest.mark.parametrize("more", [[], ["--message", "invitation"]])
def test_the_one_message_that_is_left_is_named_with_its_command(tmp_path: Path, more: list[str]) -> None:
    write(tmp_path, off("cancelled: 2027-03-01"))
    refused = CliRunner().invoke(main, ["-C", str(tmp_path), *ANNOUNCE, *more])
    assert "This cohort is cancelled." in refused.output
    assert "" == refused.stdout

    then = refused.output.strip().splitlines()[-1].split()
    message = CliRunner().invoke(main, then[then.index("-C") :])
    assert "Spring 2027 is cancelled" in message.stdout


@pytest.mark.parametrize("state", ["cancelled", "postponed"])
def test_a_coordinator_is_led_to_the_message_also_where_another_cohort_goes_on(
    tmp_path: Path, state: str
) -> None:
    files = {**off(f"{state}: 2027-03-05"), AUTUMN: "start: 2027-09-06\n"}
    pages = website(tmp_path, files).pages

    for page in (f"{FLUENCY}/kit.md", f"{FLUENCY}/roles/coordinator.md"):
        assert re.search(rf"\[Open the messages\]\(\S*{RUN.split('/')[-1]}/messages.md\)", pages[page].text)
    assert "Tell everyone that" not in pages[f"{FLUENCY}/roles/mentor.md"].text


@pytest.mark.parametrize(
    ("state", "day", "told"),
    [
        ("cancelled", "2027-03-05", "  Open now: 1 date\n"),
        ("cancelled", "2027-03-11", "  Open now: 1 date\n"),
        ("cancelled", "2027-03-12", "Nothing is due.\n"),
        ("postponed", "2027-05-12", "  Open now: 1 date\n"),
    ],
)
def test_what_is_left_to_do_in_it_is_due(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, state: str, day: str, told: str
) -> None:
    monkeypatch.setenv("HANDBOOK_TODAY", day)
    write(tmp_path, {**SHORT, SPRING: f"{COHORT}{state}: 2027-03-05\n"})

    assert told in CliRunner().invoke(main, ["-C", str(tmp_path), "due"]).output


def test_its_calendar_keeps_what_the_coordinator_had_done_by_then() -> None:
    calendars = {
        said: off_pages(said)[f"{RUN}/calendar-coordinator.ics"] for said in ("", "cancelled: 2027-03-10")
    }
    sent = {said: set(re.findall(r"UID:\S+[.]message[.]\S+", text)) for said, text in calendars.items()}

    assert set() < sent["cancelled: 2027-03-10"] < sent[""]


@pytest.mark.parametrize("key", ["reason", "cancelled_because", "why-postponed"])
def test_why_a_cohort_does_not_take_place_is_refused(tmp_path: Path, key: str) -> None:
    write(tmp_path, off("cancelled: 2027-03-01", f"{key}: too few people\n"))
    checked = CliRunner().invoke(main, ["-C", str(tmp_path), "check"])

    assert f"`{key}` would say why" in checked.output
    assert "[reason-for-leaving]" in checked.output


# --- the next cohort ------------------------------------------------------------------------------

LAST = f"""\
{COHORT}{PAIRED}end: 2027-07-30
dates: {{kick-off: 2027-02-03}}
postponed: 2028-01-01
results:
  lessons: [{{said: "Rooms were\\n  *far* away.", did: "One room: ours."}}]
"""


def new_cohort(root: Path, last: str, *more: str) -> str:
    line = ["-C", str(root), "new", "cohort", "--start", "2027-09-06", "--name", "Autumn", "--from", last]
    return CliRunner().invoke(main, [*line, *more]).output


@pytest.mark.parametrize("last", ["2027-spring", SPRING])
def test_a_cohort_begins_with_what_lasts_of_another(tmp_path: Path, last: str) -> None:
    write(tmp_path, {**SHORT, SPRING: LAST})
    told = new_cohort(tmp_path, last)
    text = (tmp_path / FLUENCY / "autumn.yml").read_text("utf-8")

    assert "# - People said: Rooms were *far* away.\n#   We did: One room: ours.\n" in text
    assert "sign_up: {opens: 2027-07-06, closes: 2027-08-16}" in text  # as many days before the start
    assert "`people`, `pairings`, `results`, `dates`, `end`, `postponed`" in told
    assert not re.search("mentor-1|mentee-1|kick-off|2027-0[1-35]|2028|^end|^results", text, re.MULTILINE)
    assert text.count("Lessons of Spring 2027") == 1


def test_a_sign_up_that_was_fitted_to_a_near_start_is_not_taken_over(tmp_path: Path) -> None:
    write(tmp_path, {**SHORT, SPRING: f"{COHORT}plan_from: 2026-12-01\n"})
    told = new_cohort(tmp_path, "2027-spring")

    assert "`plan_from`, `sign_up`" in told
    assert "sign_up:" not in (tmp_path / FLUENCY / "autumn.yml").read_text("utf-8")


def test_only_a_cohort_of_the_program_can_be_begun_from(tmp_path: Path) -> None:
    write(tmp_path, SHORT)

    assert "Invalid value for --from: There is no “2026-spring”." in new_cohort(tmp_path, "2026-spring")
    assert not (tmp_path / FLUENCY / "autumn.yml").exists()


def codes(root: Path, copied: str) -> list[tuple[str, str]]:
    write(root, {**SHORT, SPRING: LAST.replace("postponed: 2028-01-01\n", ""), AUTUMN: copied})
    told = CliRunner().invoke(main, ["-C", str(root), "check"]).output
    return re.findall(rf"{AUTUMN}:(\d+):\d+: error: .* \[([a-z-]+)\]", told)


def test_last_years_file_under_a_new_name_is_told_line_by_line(tmp_path: Path) -> None:
    copied = LAST.replace("postponed: 2028-01-01\n", "").replace("title: Spring 2027", "title: Spring 2028")
    found = codes(tmp_path, copied.replace("start: 2027-02-01", "start: 2028-02-07"))

    left = "left-from-another-cohort"
    lines = {"2": "date-outside-cohort", "11": "dates-out-of-order"} | dict.fromkeys(
        ("5", "9", "10", "14"), left
    )
    assert lines == dict(found)


def test_a_start_that_was_moved_is_told_at_the_days_that_it_left_behind(tmp_path: Path) -> None:
    moved = LAST.replace("postponed: 2028-01-01\n", "").replace("start: 2027-02-01", "start: 2027-03-15")
    write(tmp_path, {**SHORT, SPRING: moved})
    told = CliRunner().invoke(main, ["-C", str(tmp_path), "check"]).output

    assert f"{SPRING}:12:19: error: 2027-02-03 is before the start on 2027-03-15" in told
    assert "[date-before-start]" in told


def test_who_takes_part_again_on_other_days_is_no_mistake(tmp_path: Path) -> None:
    again = PAIRED.replace("2027-01-2", "2027-08-2").replace("2027-01-29", "2027-08-30")
    start = "start: 2027-09-06\nsign_up: {opens: 2027-07-01, closes: 2027-08-13}\n"

    assert [] == codes(tmp_path, start + again.replace("2027-03-12", "2027-10-12"))
