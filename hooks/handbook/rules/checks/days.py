"""Rules of a cohort's days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ...model import timeline
from ...model.definitions.cohort import Cohort
from ...text.document import Path
from ...text.problems import Problem, did_you_mean, known, surely
from .files import CohortFile

_MOST_YEARS = 5
_PAIRING_TIME = 14


def dates_name_known_things(file: CohortFile) -> Iterator[Problem]:
    """Every key under `dates` is a milestone, session, check-in or form that has a day of its own."""
    program = file.cohort.program
    names = [thing.id for thing in (*program.dated, *program.dated_forms)]
    for key in file.cohort.dates:
        if key not in names:
            place = file.document.key_place(("dates", key))
            hint = did_you_mean(key, names) + known(names)
            message = f"Nothing that is called `{key}` has a day of its own in this program."
            at = file.document.path, *place
            yield Problem(*at, "unknown-id", message, hint, meant=surely(key, names))


def dates_in_order(file: CohortFile) -> Iterator[Problem]:
    """No cohort ends before it starts, and no sign-up closes before it opens or after the start."""
    cohort = file.cohort
    if any(name == "sign_up" for name, _ in timeline.unknown_anchors(cohort.program)):
        return  # the program has been told
    opens, closes = timeline.sign_up(cohort)
    end: Path = ("sign_up", "closes" if cohort.sign_up_closes else "opens")
    own = cohort.sign_up_opens or cohort.sign_up_closes
    pairs: Sequence[tuple[Path, str, date, str, date | None]] = (
        (("end",), "start", cohort.start, "end", cohort.end),
        (end if own else ("start",), "opening of sign-up", opens, "end of sign-up", closes),
        (("start",), "end of sign-up", closes, "start", cohort.start),
    )
    for path, before, first, after, second in pairs:
        if second and second < first:
            message = f"The {after} on {second} is before the {before} on {first}."
            counted = "" if own or path == ("end",) else " Sign-up counts from the program's `sign_up`."
            hint = f"Change one of the two. The order is: sign-up opens, sign-up closes, start, end.{counted}"
            yield file.document.problem("dates-out-of-order", path, message, hint)


def nothing_comes_after_the_end(file: CohortFile) -> Iterator[Problem]:
    """No session, milestone, check-in or form of a cohort begins after the cohort's end."""
    cohort = file.cohort
    taking_place = timeline.until_the_end(cohort)
    late = next((event for event in timeline.events(cohort) if event not in taking_place), None)
    if late and cohort.end and cohort.end >= cohort.start:
        message = f"“{late.title}” would be on {late.day}, after the end of this cohort."
        hint = "Nobody is told of it. Move `end`, or leave it out; or pin earlier days under `dates`."
        yield file.document.problem("after-the-end", ("end",), message, hint, severity="warning")


def cohorts_end_within_years(file: CohortFile) -> Iterator[Problem]:
    """Every cohort ends within five years, or a year in it is most likely a slip."""
    start, end = file.cohort.start, file.cohort.end
    if end and (end - start).days > _MOST_YEARS * 366:
        message = f"This cohort would last from {start} to {end}, more than {_MOST_YEARS} years."
        hint = "Correct the year that is wrong."
        yield file.document.problem("dates-out-of-order", ("end",), message, hint, severity="warning")


def no_day_on_a_holiday(file: CohortFile) -> Iterator[Problem]:
    """No milestone or check-in falls on a holiday or a weekend, and no session's days are all holidays."""
    holidays = file.organisation.holidays if file.organisation else ()
    if timeline.sign_up(file.cohort)[1] > file.cohort.start:
        return  # the start is wrong, and each day with it
    for event in timeline.events(file.cohort):
        dated = event.kind in ("milestone", "check-in", "session")
        if dated and not timeline.works_on(event.day, event.until, holidays):
            identifier = event.id.removeprefix(f"{event.kind}-")
            day = event.day if event.day == event.until else f"{event.day} to {event.until}"
            message = f"“{event.title}” falls on {day}, when nobody works."
            other = timeline.next_free(event.day, holidays)
            hint = f"Pin it to another day: `dates: {{{identifier}: {other}}}`."
            path: Path = ("dates", identifier) if identifier in file.cohort.dates else ("start",)
            yield file.document.problem("date-on-holiday", path, message, hint, severity="warning")


def there_is_time_for_pairings(file: CohortFile) -> Iterator[Problem]:
    """Every cohort has two weeks between the end of sign-up and the announcement: both people are asked."""
    days = timeline.key_days(file.cohort)
    announced = days.get("pairings-announced")
    between = (announced - days["sign-up-closes"]).days if announced else _PAIRING_TIME
    if 0 <= between < _PAIRING_TIME:
        message = f"Between the end of sign-up and the announcement there are only {between} days."
        hint = "Proposing pairings and asking both takes two weeks. Close sign-up earlier, or start later."
        path: Path = ("sign_up", "closes") if file.cohort.sign_up_closes else ("start",)
        yield file.document.problem("too-little-time", path, message, hint, severity="warning")


def check_ins_come_before_the_last_session(file: CohortFile) -> Iterator[Problem]:
    """No check-in comes after the last session, when nothing can be changed any more."""
    last = max(event.until for event in timeline.events(file.cohort) if event.kind == "session")
    for event in timeline.events(file.cohort):
        if event.kind == "check-in" and event.day > last:
            identifier = event.id.removeprefix("check-in-")
            message = f"“{event.title}” would be on {event.day}, after the last session."
            hint = f"Pin an earlier day, such as `dates: {{{identifier}: {last}}}`, or leave it out."
            path: Path = ("dates", identifier) if identifier in file.cohort.dates else ("start",)
            yield file.document.problem("check-in-too-late", path, message, hint, severity="warning")


def days_are_in_the_cohort(file: CohortFile) -> Iterator[Problem]:
    """No day is half a year before or after all of a cohort's plan: a year is wrong."""
    first, last = timeline.span(file.cohort)
    days = tuple(_said_days(file.cohort))
    if len(days) > 1 and all(day < first for _, day in days):
        message = f"This cohort starts on {file.cohort.start}, and all other days here lie long before."
        hint = "Correct the year of `start`, or the days that were left over from another year."
        yield file.document.problem("date-outside-cohort", ("start",), message, hint)
        return
    for path, day in days:
        if day < first:
            message = f"{day} is long before anything of this cohort, which starts on {file.cohort.start}."
            hint = "Was it left over from another year? Correct the day, or delete the line."
            yield file.document.problem("date-outside-cohort", path, message, hint)
        elif day > last:
            message = f"{day} is long after this cohort's plan is over."
            hint = "Correct the year, or delete the line."
            yield file.document.problem("date-outside-cohort", path, message, hint, severity="warning")


def _said_days(cohort: Cohort) -> Iterator[tuple[Path, date]]:
    """Every day that a cohort's file says of a thing or of a pairing."""
    known_days = {thing.id for thing in (*cohort.program.dated, *cohort.program.dated_forms)}
    yield from ((("dates", name), day) for name, day in cohort.dates.items() if name in known_days)
    for pairing in cohort.pairings:
        path: Path = ("pairings", pairing.number)
        for role, day in pairing.confirmed.items():
            yield (*path, "confirmed", role), day
        for name in ("announce", "paused", "completed", "ended"):
            if day := getattr(pairing, name):
                yield (*path, name), day
