"""Calendar files for a phone: one is read by people, and each by another library than wrote it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event
from yaml import safe_load

from handbook.contents.build import Build
from handbook.guidance import calendars as ics
from handbook.model import timeline
from handbook.model.definitions.program import ROLES
from handbook.model.handbook import Handbook
from handbook.pages.rendering import pages
from handbook.pages.website.faults import faults
from tests.conftest import Loaded
from tests.repository import Files, Sites, example

PROGRAM = "programs/tea/program.yml"
RUN = "programs/tea/2027-spring.yml"
FOLDER = "programs/tea/2027-spring"
TEA = """\
title: Tea, milk
summary: Those who drink tea teach those who drink coffee.
goals: [{title: More tea}]
commitment: {sessions: 3, minutes: 60, every_weeks: 3}
sessions:
  - {id: boil, title: Boil water, place: first, week: 2}
  - {id: pour, title: Pour tea, place: midpoint, week: 5}
  - {id: taste, title: Taste tea, place: closing, week: 8}
milestones:
  - {id: whistle, title: Whistle, week: 1, weekday: tuesday, time: "14:00", minutes: 45,
     for: [mentor, mentee], act: Bring a cup.}
check_ins: []
forms: []
training: []
sign_up: {opens: {week: -2}, closes: {week: -1}}
"""
FILES: Files = {
    "programs/organisation.yml": "name: Leaf\ntimezone: Europe/Berlin\nsite: https://leaf.example/\n",
    PROGRAM: TEA,
    RUN: "start: 2027-03-01\n",
}
DAY = date(2027, 3, 10)
SITE = "https://leaf.example/"
BUILD = Build(DAY, site=SITE)

Load = Callable[[Files], Loaded]
Calendars = Mapping[str, bytes]


def written(load_with: Load, files: Files, build: Build = BUILD) -> Calendars:
    """The files of a cohort's folder, by their name."""
    handbook, problems = load_with({**FILES, **files})
    assert handbook is not None, problems
    made = ics.downloads(handbook, build)
    return {path.removeprefix(f"{FOLDER}/"): text for path, text in made.items() if path.startswith(FOLDER)}


def read(text: bytes) -> Calendar:
    return IcsCalendarStream.calendar_from_ics(text.decode())


def events(load_with: Load, files: Files, name: str = "calendar.ics") -> Mapping[str, Event]:
    """The entries of one file by what they are called, without the program."""
    found = read(written(load_with, files)[name]).events
    return {str(one.summary).removesuffix(" (Tea, milk)"): one for one in found}


def with_milestone(said: str) -> Files:
    return {PROGRAM: re.sub(r"  - \{id: whistle.*?\}\n", f"  - {said}\n", TEA, flags=re.DOTALL)}


def test_a_small_calendar(load_with: Load) -> None:
    found = written(load_with, {})["calendar-mentor.ics"].decode()

    assert EXPECTED == found.replace("\r\n", "\n")


EXPECTED = r"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Reverse mentoring handbook//Calendar//EN
NAME:Tea\, milk\, Spring 2027: Mentor
X-WR-CALNAME:Tea\, milk\, Spring 2027: Mentor
REFRESH-INTERVAL;VALUE=DURATION:P1D
X-PUBLISHED-TTL;VALUE=DURATION:P1D
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:STANDARD
DTSTART:20270101T000000
TZNAME:CET
TZOFFSETFROM:+0100
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20270328T030000
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20271031T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
SUMMARY:Sign-up opens (Tea\, milk)
DTSTART;VALUE=DATE:20270208
DTEND;VALUE=DATE:20270209
DTSTAMP:20270310T000000Z
UID:sign-up.opens.2027-spring.tea@leaf.example
DESCRIPTION:Tell the coordinator that you want to be a mentor.\nTea\, milk
 \, Spring 2027\nhttps://leaf.example/programs/tea/2027-spring/
TRANSP:TRANSPARENT
URL:https://leaf.example/programs/tea/2027-spring/
END:VEVENT
BEGIN:VEVENT
SUMMARY:Last day to sign up (Tea\, milk)
DTSTART;VALUE=DATE:20270219
DTEND;VALUE=DATE:20270220
DTSTAMP:20270310T000000Z
UID:sign-up.closes.2027-spring.tea@leaf.example
DESCRIPTION:Tell the coordinator that you want to be a mentor.\nTea\, milk
 \, Spring 2027\nhttps://leaf.example/programs/tea/2027-spring/
TRANSP:TRANSPARENT
URL:https://leaf.example/programs/tea/2027-spring/
END:VEVENT
BEGIN:VEVENT
SUMMARY:Spring 2027 starts (Tea\, milk)
DTSTART;VALUE=DATE:20270301
DTEND;VALUE=DATE:20270302
DTSTAMP:20270310T000000Z
UID:start.2027-spring.tea@leaf.example
DESCRIPTION:Tea\, milk\, Spring 2027\nhttps://leaf.example/programs/tea/20
 27-spring/
TRANSP:TRANSPARENT
URL:https://leaf.example/programs/tea/2027-spring/
END:VEVENT
BEGIN:VEVENT
SUMMARY:Whistle (Tea\, milk)
DTSTART;TZID=Europe/Berlin:20270302T140000
DTEND;TZID=Europe/Berlin:20270302T144500
DTSTAMP:20270310T000000Z
UID:milestone-whistle.2027-spring.tea@leaf.example
DESCRIPTION:Bring a cup.\nThe coordinator tells you where.\nTea\, milk\, S
 pring 2027\nhttps://leaf.example/programs/tea/2027-spring/#dates
URL:https://leaf.example/programs/tea/2027-spring/#dates
END:VEVENT
BEGIN:VEVENT
SUMMARY:Boil water: choose a day (Tea\, milk)
DTSTART;VALUE=DATE:20270308
DTEND;VALUE=DATE:20270313
DTSTAMP:20270310T000000Z
UID:session-boil.2027-spring.tea@leaf.example
DESCRIPTION:60 minutes\, on a day that you two choose. Meet your mentee fo
 r “Boil water”. Your mentee opens it\, and nothing has to be taught.\n
 Tea\, milk\, Spring 2027\nhttps://leaf.example/programs/tea/sessions/boil/
TRANSP:TRANSPARENT
URL:https://leaf.example/programs/tea/sessions/boil/
END:VEVENT
BEGIN:VEVENT
SUMMARY:Pour tea: choose a day (Tea\, milk)
DTSTART;VALUE=DATE:20270329
DTEND;VALUE=DATE:20270403
DTSTAMP:20270310T000000Z
UID:session-pour.2027-spring.tea@leaf.example
DESCRIPTION:60 minutes\, on a day that you two choose. Meet your mentee fo
 r “Pour tea”. Say what to keep and what to change.\nTea\, milk\, Sprin
 g 2027\nhttps://leaf.example/programs/tea/sessions/pour/
TRANSP:TRANSPARENT
URL:https://leaf.example/programs/tea/sessions/pour/
END:VEVENT
BEGIN:VEVENT
SUMMARY:Taste tea: choose a day (Tea\, milk)
DTSTART;VALUE=DATE:20270419
DTEND;VALUE=DATE:20270424
DTSTAMP:20270310T000000Z
UID:session-taste.2027-spring.tea@leaf.example
DESCRIPTION:60 minutes\, on a day that you two choose. Meet your mentee fo
 r “Taste tea”. Look back together\, and decide what stays.\nTea\, milk
 \, Spring 2027\nhttps://leaf.example/programs/tea/sessions/taste/
TRANSP:TRANSPARENT
URL:https://leaf.example/programs/tea/sessions/taste/
END:VEVENT
BEGIN:VEVENT
SUMMARY:Spring 2027 ends (Tea\, milk)
DTSTART;VALUE=DATE:20270423
DTEND;VALUE=DATE:20270424
DTSTAMP:20270310T000000Z
UID:end.2027-spring.tea@leaf.example
DESCRIPTION:Tea\, milk\, Spring 2027\nhttps://leaf.example/programs/tea/20
 27-spring/
TRANSP:TRANSPARENT
URL:https://leaf.example/programs/tea/2027-spring/
END:VEVENT
END:VCALENDAR
"""


def test_each_cohort_has_a_file_for_all_and_one_for_each_role(load_with: Load) -> None:
    names = {"calendar.ics", *(f"calendar-{role}.ics" for role in ROLES)}

    assert names == set(written(load_with, {}))
    called = {name: read(text).name[0] for name, text in written(load_with, {}).items()}
    assert "Tea, milk, Spring 2027" == called["calendar.ics"]
    assert "Tea, milk, Spring 2027: Line manager" == called["calendar-line-manager.ics"]


def test_a_role_finds_what_concerns_it_and_nothing_else(load_with: Load) -> None:
    assert "Whistle" in events(load_with, {}, "calendar-mentee.ics")
    ends = ["Sign-up opens", "Last day to sign up", "Spring 2027 starts", "Spring 2027 ends"]
    assert ends == [
        name for name in events(load_with, {}, "calendar-sponsor.ics") if name not in plan(load_with)
    ]


def plan(load_with: Load) -> list[str]:
    """What the launch plan has, which stands in the calendars of those who do it alone."""
    handbook, _ = load_with(FILES)
    assert handbook is not None
    return [str(item.title) for item in handbook.programs[0].items["launch"]]


def test_a_role_reads_its_own_words_and_the_file_for_all_names_whose_they_are(load_with: Load) -> None:
    own = events(load_with, {}, "calendar-mentee.ics")["Boil water: choose a day"].description
    every = events(load_with, {})

    place = ["Tea, milk, Spring 2027", "https://leaf.example/programs/tea/sessions/boil/"]
    free = "60 minutes, on a day that you two choose."
    act = "Meet your mentor for “Boil water”. You open it. Start by saying who you are, without your title."
    words = f"{free} {act}"
    assert [words, *place] == str(own).split("\n")
    assert f"Mentee: {words}" in str(every["Boil water: choose a day"].description).split("\n")
    assert "Bring a cup." == str(every["Whistle"].description).split("\n")[0]


def test_the_coordinator_is_not_sent_to_the_coordinator(load_with: Load) -> None:
    files = with_milestone('{id: whistle, title: Whistle, week: 1, time: "14:00"}')
    where = "The coordinator tells you where."

    assert where in str(events(load_with, files, "calendar-mentor.ics")["Whistle"].description)
    assert where not in str(events(load_with, files, "calendar-coordinator.ics")["Whistle"].description)


def test_a_template_in_an_organisations_own_text_is_filled_in(load_with: Load) -> None:
    text = '---\ntitle: Kick-off\nact: "Write within {{ agreement.reply_hours | hours }} & smile."\n---\nA.\n'
    files = {
        "docs/templates/playbook/milestones/kick-off.md": text,
        PROGRAM: re.sub(
            r"milestones:.*?\ncheck_ins", "milestones: [kick-off]\ncheck_ins", TEA, flags=re.DOTALL
        ),
    }

    told = str(events(load_with, files, "calendar-mentor.ics")["Kick-off"].description)
    assert "Write within 48 hours & smile." == told.split("\n")[0]


# --- when -----------------------------------------------------------------------------------------


def test_an_hour_stays_the_same_before_and_after_the_clocks_change(load_with: Load) -> None:
    for day, offset in (("2027-03-26", 1), ("2027-03-29", 2)):
        files = {RUN: f"start: 2027-03-01\ndates: {{whistle: {day}}}\n"}
        text = written(load_with, files)["calendar.ics"].decode()
        [whistle] = [one for one in read(text.encode()).events if one.summary == "Whistle (Tea, milk)"]
        begins = datetime.fromisoformat(f"{day}T14:00")
        # By the rules that the file itself brings along, as by those that the reader knows.
        rules = tzical(io.StringIO(text.replace("\r\n", "\n"))).get("Europe/Berlin")

        assert begins.replace(tzinfo=ZoneInfo("Europe/Berlin")) == whistle.dtstart
        assert isinstance(whistle.dtstart, datetime)
        assert (
            timedelta(hours=offset) == whistle.dtstart.utcoffset() == begins.replace(tzinfo=rules).utcoffset()
        )
        assert timedelta(minutes=45) == whistle.computed_duration


def test_minutes_are_counted_on_the_night_when_the_clocks_change(load_with: Load) -> None:
    files = with_milestone('{id: whistle, title: Whistle, week: 1, time: "01:30", minutes: 90}')
    files = {**files, RUN: "start: 2027-03-01\ndates: {whistle: 2027-03-28}\n"}

    found = events(load_with, files)["Whistle"]
    begins, ends = found.dtstart, found.dtend
    assert isinstance(begins, datetime)
    assert isinstance(ends, datetime)
    assert timedelta(minutes=90) == ends.astimezone(UTC) - begins.astimezone(UTC)


def test_an_hour_of_utc_needs_no_rules(load_with: Load) -> None:
    text = written(load_with, {"programs/organisation.yml": "name: Leaf\ntimezone: Etc/UTC\n"})[
        "calendar.ics"
    ]

    assert b"DTSTART:20270302T140000Z\r\n" in text
    assert b"TZID" not in text


def test_a_file_without_an_hour_brings_no_rules(load_with: Load) -> None:
    assert b"VTIMEZONE" not in written(load_with, {})["calendar-sponsor.ics"]


def test_what_has_no_length_has_no_end(load_with: Load) -> None:
    text = written(load_with, with_milestone('{id: whistle, title: Whistle, week: 1, time: "14:00"}'))
    [entry] = re.findall(r"SUMMARY:Whistle.*?END:VEVENT", text["calendar.ics"].decode(), re.DOTALL)

    assert "DTSTART;TZID=Europe/Berlin:20270301T140000" in entry
    assert "DTEND" not in entry


def test_what_has_no_hour_takes_its_day_and_keeps_it_free(load_with: Load) -> None:
    found = events(load_with, with_milestone("{id: whistle, title: Whistle, week: 1}"))["Whistle"]

    assert (date(2027, 3, 1), date(2027, 3, 2), "TRANSPARENT") == (
        found.dtstart,
        found.dtend,
        found.transparency,
    )


def test_a_session_has_its_working_week_and_keeps_it_free(load_with: Load) -> None:
    found = events(load_with, {})["Boil water: choose a day"]

    monday, saturday = date(2027, 3, 8), date(2027, 3, 13)
    assert (monday, saturday, "TRANSPARENT") == (found.dtstart, found.dtend, found.transparency)


def test_what_lasts_is_marked_on_the_days_that_count(load_with: Load) -> None:
    ours = TEA.replace("forms: []", "forms: [baseline]").replace("training: []", "training: [boundaries]")
    found = events(load_with, {PROGRAM: ours})
    handbook, _ = load_with({**FILES, PROGRAM: ours})
    assert handbook is not None
    [run] = [one for one in handbook.cohorts if one.path == RUN]
    spans = {one.kind: one for one in timeline.events(run)}

    marked = {
        "Sign-up opens": spans["sign-up"].day,
        "Last day to sign up": spans["sign-up"].until,
        "Starting-point form opens": spans["form"].day,
        "Last day: Starting-point form": spans["form"].until,
        "Last day: training before “Boil water”": spans["training"].until,
    }
    entries = {name: one for name, one in found.items() if re.search("(?i)sign.up|form|training", name)}
    assert marked == {name: one.dtstart for name, one in entries.items()}
    assert {timedelta(days=1)} == {one.computed_duration for one in entries.values()}


def test_what_opens_and_closes_on_one_day_is_told_once(load_with: Load) -> None:
    found = events(load_with, {RUN: "start: 2027-03-01\nsign_up: {opens: 2027-02-01, closes: 2027-02-01}\n"})

    assert ["Last day to sign up"] == [name for name in found if "ign" in name]


# --- one entry, one id ----------------------------------------------------------------------------


def identifiers(load_with: Load, files: Files) -> list[str]:
    return [one.uid for one in read(written(load_with, files)["calendar.ics"]).events]


def test_an_id_stays_when_a_day_moves(load_with: Load) -> None:
    moved = {RUN: "start: 2027-03-08\ndates: {whistle: 2027-03-26}\nsign_up: {opens: 2027-01-08}\n"}

    assert "milestone-whistle.2027-spring.tea@leaf.example" in identifiers(load_with, {})
    assert sorted(identifiers(load_with, {})) == sorted(identifiers(load_with, moved))


def test_an_announcement_is_named_by_its_day_so_that_one_before_it_changes_nothing(load_with: Load) -> None:
    one = "{mentor: a-1, mentee: b-1, confirmed: {mentor: 2027-02-26, mentee: 2027-02-26}, announce: DAY}"
    people = (
        "people: [{id: a-1, role: mentor, capacity: 2}, {id: b-1, role: mentee}, {id: b-2, role: mentee}]\n"
    )
    late = f"start: 2027-03-01\n{people}pairings:\n  - {one.replace('DAY', '2027-03-15')}\n"
    early = late + f"  - {one.replace('DAY', '2027-03-02').replace('b-1', 'b-2')}\n"

    name = "announcement-2027-03-15.2027-spring.tea@leaf.example"
    for run in (late, early):
        found = {
            event.uid: event.dtstart for event in read(written(load_with, {RUN: run})["calendar.ics"]).events
        }
        assert date(2027, 3, 15) == found[name]


def test_without_a_site_ids_are_nobodys_and_nothing_is_linked(load_with: Load) -> None:
    text = written(load_with, {}, Build(DAY))["calendar.ics"]

    assert {"handbook.invalid"} == {one.uid.split("@")[1] for one in read(text).events}
    assert b"URL" not in text
    assert b"http" not in text


def test_the_same_day_gives_the_same_bytes_and_another_one_a_newer_stamp(load_with: Load) -> None:
    first, again, later = (
        written(load_with, {}, Build(day, site=SITE)) for day in (DAY, DAY, DAY + timedelta(days=1))
    )

    assert first == again
    stamp = [text["calendar.ics"].replace(b"0310T000000Z", b"0311T000000Z") for text in (first, later)]
    assert stamp[0] == stamp[1] != first["calendar.ics"]


# --- letters --------------------------------------------------------------------------------------


def test_a_long_line_is_folded_between_letters(load_with: Load) -> None:
    title = "Größe, Maß; 漢字 and 🫖 " * 6
    files = {PROGRAM: TEA.replace("title: Pour tea", f'title: "{title}"')}
    lines = written(load_with, files)["calendar.ics"].split(b"\r\n")

    assert f"{title.strip()}: choose a day" in events(load_with, files)
    assert max(map(len, lines)) <= 75
    assert [] == [line for line in lines if b"\n" in line or b"\r" in line]
    assert [] == [line for line in lines if "\ufffd" in line.decode("utf-8", "replace")]


def test_the_name_of_a_calendar_is_escaped_like_any_text(load_with: Load) -> None:
    text = written(load_with, {PROGRAM: TEA.replace("Tea, milk", "Tea, milk; a\\\\nURL:b")})["calendar.ics"]

    name = rb"Tea\, milk\; a\\\\nURL:b\, Spring 2027"
    assert [name, name] == re.findall(rb"^(?:X-WR-CAL)?NAME:(.*)\r$", text, re.MULTILINE)


def test_what_nobody_sees_is_left_out(load_with: Load) -> None:
    files = {PROGRAM: TEA.replace("title: Pour tea", '"title": "Pour\\u2028ing \\tand on"')}

    assert "Pour ing and on: choose a day" in events(load_with, files)


# --- the example ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def calendars(built: Sites) -> Calendars:
    return {path: text for path, text in built(example()).files.items() if path.endswith(".ics")}


def test_another_library_reads_every_file_of_the_example(calendars: Calendars) -> None:
    assert 3 * (1 + len(ROLES)) == len(calendars)
    for path, text in calendars.items():
        found = read(text).events
        assert len(found) >= 7, path
        assert len({one.uid for one in found}) == len(found), path
        assert all(one.url and str(one.url) == str(one.description).split("\n")[-1] for one in found), path


def test_every_link_of_the_example_leads_to_a_page(calendars: Calendars, built: Sites) -> None:
    links = {str(one.url) for text in calendars.values() for one in read(text).events}
    site, home = built(example()), "https://northwind.example/mentoring/"
    parts = {
        (page, part) for page in site.pages() for part in ("", *re.findall(r' id="([^"]+)"', site.html(page)))
    }

    assert set() == links - {f"{home}{page}#{part}".rstrip("#") for page, part in parts}


def test_ids_are_the_same_in_all_files_of_a_cohort_and_of_no_other(calendars: Calendars) -> None:
    by_cohort: dict[str, set[str]] = {}
    for path, text in calendars.items():
        by_cohort.setdefault(path.rpartition("/")[0], set()).update(one.uid for one in read(text).events)

    whole = {path: {one.uid for one in read(calendars[f"{path}/calendar.ics"]).events} for path in by_cohort}
    # Only in a role’s own file stands what it plans for the others.
    planned = {".task.", ".message.", ".missing-link."}
    assert whole == {
        path: {one for one in several if not any(kind in one for kind in planned)}
        for path, several in by_cohort.items()
    }
    assert sum(map(len, whole.values())) == len(set.union(*whole.values()))


def test_no_person_is_in_any_file_of_the_example(calendars: Calendars) -> None:
    files = [safe_load(text) for path, text in example().items() if re.search(r"/\d{4}-\w+\.yml$", path)]
    people = [person for file in files for person in file.get("people", ())]
    said = {str(person[key]) for person in people for key in ("id", "name") if key in person}
    text = b"".join(calendars.values()).replace(b"\r\n ", b"").decode()

    assert len(said) > 25
    assert [] == [one for one in sorted(said) if re.search(rf"(?<![\w-]){re.escape(one)}(?![\w-])", text)]


def test_pages_offer_the_files_and_say_how_long_they_stay_true(built: Sites) -> None:
    site = built(example())
    timeline_page = site.look("programs/digital-fluency/2027-spring/")
    role_page = site.look("programs/digital-fluency/roles/mentor/")
    over = site.look("programs/digital-fluency/2026-spring/")

    assert "calendar.ics" in timeline_page.addresses
    assert {f"calendar-{role}.ics" for role in ROLES} <= set(timeline_page.addresses)
    assert ["../../2027-spring/calendar-mentor.ics"] == [
        one for one in role_page.addresses if one.endswith(".ics")
    ]
    assert "Adds the dates once, as of Wed 10 March 2027." in role_page.text
    assert [] == [one for one in over.addresses if one.endswith(".ics")]
    name = 'download="digital-fluency-2027-spring-mentor.ics"'
    assert name in site.html("programs/digital-fluency/roles/mentor/")


def test_only_a_public_calendar_can_be_subscribed_to(short: Handbook) -> None:
    found = {}
    for audience in ("public", "participants"):
        made = pages.render(short, replace(Build(DAY), audience=audience))
        [page] = [one for one in made if one.kind.name == "cohort"]
        found[audience] = "subscribe" in page.text

    assert {"public": True, "participants": False} == found


def test_a_label_that_cannot_be_said_is_named_with_its_file(short: Handbook) -> None:
    """As a fault of pages is, before anything is written."""
    words = {**short.labels.words, "calendar.summary": "{nobody}"}
    broken = replace(short, labels=replace(short.labels, words=words))

    [problem] = faults(broken, BUILD)

    assert ("docs/templates/texts/en.yml", "broken-template") == (problem.path, problem.code)
    assert "`calendar.summary`" in problem.message


def test_a_later_announcement_is_for_the_coordinator_alone(load_with: Load) -> None:
    """Who is paired already would read again that a first message comes."""
    one = "{mentor: a-1, mentee: b-1, confirmed: {mentor: 2027-02-26, mentee: 2027-02-26}, announce: DAY}"
    people = (
        "people: [{id: a-1, role: mentor, capacity: 2}, {id: b-1, role: mentee}, {id: b-2, role: mentee}]\n"
    )
    run = f"start: 2027-03-01\n{people}pairings:\n  - {one.replace('DAY', '2027-03-02')}\n"
    run += f"  - {one.replace('DAY', '2027-03-15').replace('b-1', 'b-2')}\n"

    days = {}
    for role in ("mentor", "coordinator"):
        found = read(written(load_with, {RUN: run})[f"calendar-{role}.ics"]).events
        days[role] = [one.start.day for one in found if "announced" in str(one.summary)]

    assert {"mentor": [2], "coordinator": [2, 15]} == days
