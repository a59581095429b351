"""Rules of a cohort's days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice

from ...model import timeline
from ...model.definitions.cohort import Cohort
from ...text.document import Path
from ...text.problems import Problem, did_you_mean, fault, known, surely
from .files import CohortFile

_MOST_YEARS = 5
_ANNOUNCED = "pairings-announced"
# A form may open in the week before the start, so that it is there on the first day.
_FORM_EARLY = timedelta(days=7)


def dates_name_known_things(file: CohortFile) -> Iterator[Problem]:
    """Every key under `dates` is a milestone, session, check-in or form that has a day of its own."""
    program, document = file.cohort.program, file.document
    names = [thing.id for thing in (*program.dated, *program.dated_forms)]
    for key in file.cohort.dates:
        if key not in names:
            near = did_you_mean(key, names) + known(names)
            said = fault("unknown-id.date", surely(key, names), word=key, near=near)
            yield said.placed(document.path, *document.key_place(("dates", key)))


def dates_in_order(file: CohortFile) -> Iterator[Problem]:
    """No cohort ends before it starts, and no sign-up closes before it opens or after the start."""
    cohort = file.cohort
    if any(name == "sign_up" for name, _ in timeline.unknown_anchors(cohort.program)):
        return  # the program has been told
    opens, closes = timeline.sign_up(cohort)
    own = cohort.sign_up_opens or cohort.sign_up_closes
    end: Path = ("sign_up", "closes" if cohort.sign_up_closes else "opens") if own else ("start",)
    key = "dates-out-of-order" if own else "dates-out-of-order.program"
    pairs: Sequence[tuple[str, Path, str, date, str, date | None]] = (
        ("dates-out-of-order", ("end",), "start", cohort.start, "end", cohort.end),
        (key, end, "opening of sign-up", opens, "end of sign-up", closes),
        (key, ("start",), "end of sign-up", closes, "start", cohort.start),
    )
    for key, path, before, first, after, second in pairs:
        if second and second < first:
            yield file.problem(key, path, after=after, second=second, before=before, first=first)


def planning_comes_before_sign_up(file: CohortFile) -> Iterator[Problem]:
    """No cohort is planned from a day after its sign-up opened."""
    opens, planned = timeline.sign_up(file.cohort)[0], file.cohort.plan_from
    if planned and opens < planned:
        yield file.problem("dates-out-of-order.plan", ("plan_from",), planned=planned, opens=opens)


def nothing_comes_after_the_end(file: CohortFile) -> Iterator[Problem]:
    """No session, milestone, check-in or form of a cohort begins after the cohort's end."""
    cohort = file.cohort
    last = timeline.last_day(cohort)
    late = next((event for event in timeline.events(cohort) if event.day > last), None)
    if late and cohort.end and cohort.end >= cohort.start:
        yield file.problem("after-the-end", ("end",), title=late.title, day=late.day)


def cohorts_end_within_years(file: CohortFile) -> Iterator[Problem]:
    """Every cohort ends within five years, or a year in it is most likely a slip."""
    start, end = file.cohort.start, file.cohort.end
    if end and (end - start).days > _MOST_YEARS * 366:
        yield file.problem("dates-out-of-order.years", ("end",), start=start, end=end, years=_MOST_YEARS)


def no_day_on_a_holiday(file: CohortFile) -> Iterator[Problem]:
    """No milestone or check-in falls on a holiday or a weekend, and no session's days are all holidays."""
    holidays = file.organisation.holidays if file.organisation else ()
    if timeline.sign_up(file.cohort)[1] > file.cohort.start:
        return  # the start is wrong, and each day with it
    for event in timeline.events(file.cohort):
        dated = event.kind in ("milestone", "check-in", "session")
        if dated and not timeline.works_on(event.day, event.until, holidays):
            days = event.day if event.day == event.until else f"{event.day} to {event.until}"
            yield _pin(file, "date-on-holiday", event, timeline.next_free(event.day, holidays), days)


def _pin(file: CohortFile, key: str, event: timeline.Event, other: date, days: object) -> Problem:
    """Say that something is to be on another day."""
    path: Path = ("dates", event.name) if event.name in file.cohort.dates else ("start",)
    return file.problem(key, path, title=event.title, days=days, id=event.name, other=other)


def there_is_time_for_pairings(file: CohortFile) -> Iterator[Problem]:
    """Every cohort has two weeks between the end of sign-up and the announcement: both people are asked."""
    cohort, announced = file.cohort, timeline.key_days(file.cohort).get(_ANNOUNCED)
    opens, closes = timeline.sign_up(cohort)
    between = announced - max(opens, closes) if announced else timeline.PAIRING_TIME
    pinned: Path = ("dates", _ANNOUNCED) if _ANNOUNCED in cohort.dates else ("start",)
    path = ("sign_up", "closes") if cohort.sign_up_closes else pinned
    # Some pairings may be early; and what the cohort does not say itself is no mistake of its file.
    fine = between >= timeline.PAIRING_TIME or (between.days < 0 and (cohort.pairings or path == ("start",)))
    if not fine and opens <= closes <= cohort.start:
        yield file.problem("too-little-time", path, days=max(between.days, 0))


def check_ins_come_before_the_last_session(file: CohortFile) -> Iterator[Problem]:
    """No check-in comes after the last session, when nothing can be changed any more."""
    events = timeline.events(file.cohort)
    last = max(event.until for event in events if event.kind == "session")
    for event in events:
        if event.kind == "check-in" and event.day > last:
            yield _pin(file, "check-in-too-late", event, last, event.day)


def days_are_in_the_cohort(file: CohortFile) -> Iterator[Problem]:
    """No day is half a year before or after all of a cohort's plan: a year is wrong."""
    first, last = timeline.span(file.cohort)
    days, start = tuple(_said_days(file.cohort)), file.cohort.start
    if len(days) > 1 and all(day < first for _, day in days):
        yield file.problem("date-outside-cohort.start", ("start",), start=start)
        return
    for path, day in days:
        if day < first:
            yield file.problem("date-outside-cohort", path, day=day, start=start)
        elif day > last:
            yield file.problem("date-outside-cohort.late", path, day=day)


def pairings_follow_sign_up(file: CohortFile) -> Iterator[Problem]:
    """No pairing is confirmed or announced before sign-up opens."""
    if any(name == "sign_up" for name, _ in timeline.unknown_anchors(file.cohort.program)):
        return  # the program has been told
    first, opens = timeline.span(file.cohort)[0], timeline.sign_up(file.cohort)[0]
    days = ((path, day) for path, day in _said_days(file.cohort) if path[0] == "pairings")
    early = ((path, day) for path, day in days if first <= day < opens)
    for path, day in islice(early, 1):  # all the others have the same cause
        yield file.problem("pairing-before-sign-up", path, day=day, opens=opens)


def pinned_days_follow_the_start(file: CohortFile) -> Iterator[Problem]:
    """No day is pinned before the start of what the plan has after it, or the start was moved."""
    cohort, first = file.cohort, timeline.span(file.cohort)[0]
    planned = timeline.key_days(replace(cohort, dates={}))
    for name, day in cohort.dates.items():
        plan = planned.get(name) or planned.get(f"{name}-opens", date.min)
        start = cohort.start if name in planned else cohort.start - _FORM_EARLY
        if first <= day < start and cohort.start <= plan:
            yield file.problem("date-before-start", ("dates", name), day=day, start=cohort.start, plan=plan)


def kick_off_follows_the_announcement(file: CohortFile) -> Iterator[Problem]:
    """No kick-off is pinned before the first pairings are announced: people meet there."""
    cohort, days = file.cohort, timeline.key_days(file.cohort)
    said = (pairing.announce for pairing in cohort.pairings if pairing.announce)
    announced = min(said, default=days.get(_ANNOUNCED, date.min))
    for milestone in cohort.program.milestones:
        # Who announces late has a kick-off by the plan, and no mistake in the file.
        pinned = [name for name in (milestone.id, _ANNOUNCED) if name in cohort.dates]
        day = days[milestone.id]
        if "kick-off" in milestone.id and pinned and timeline.span(cohort)[0] <= day < announced:
            fields = {"title": milestone.title, "day": day, "announced": announced}
            yield file.problem("kick-off-before-announcement", ("dates", pinned[0]), **fields)


def forms_of_the_cohort_close_after_they_open(file: CohortFile) -> Iterator[Problem]:
    """No form closes before it opens because a day that it counts from is pinned."""
    of_the_program = timeline.backward_forms(timeline.typical(file.cohort.program))
    for form in timeline.backward_forms(file.cohort):
        if form in of_the_program:
            continue  # the program has been told
        anchors = [name for name in (form.closes.anchor, form.opens.anchor) if name in file.cohort.dates]
        path: Path = ("dates", anchors[0]) if anchors else ("dates",) if file.cohort.dates else ("start",)
        yield file.problem("form-closes-early.cohort", path, title=form.title)


def _said_days(cohort: Cohort) -> Iterator[tuple[Path, date]]:
    """Every day that a cohort's file says of a thing or of a pairing."""
    known_days = {thing.id for thing in (*cohort.program.dated, *cohort.program.dated_forms)}
    yield from ((("dates", name), day) for name, day in cohort.dates.items() if name in known_days)
    own: Sequence[tuple[Path, date | None]] = (
        (("sign_up", "opens"), cohort.sign_up_opens), (("sign_up", "closes"), cohort.sign_up_closes),
        (("cancelled",), cohort.cancelled), (("postponed",), cohort.postponed),
        (("plan_from",), cohort.plan_from),
    )  # fmt: skip
    yield from ((path, day) for path, day in own if day)
    for pairing in cohort.pairings:
        path: Path = ("pairings", pairing.number)
        for role, day in pairing.confirmed.items():
            yield (*path, "confirmed", role), day
        for name in ("announce", "paused", "completed", "ended"):
            if day := getattr(pairing, name):
                yield (*path, name), day
