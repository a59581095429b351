"""What a schema cannot say: CHECKS, one small function a rule; problems bear the names in the manual."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from zoneinfo import available_timezones

from . import timeline
from .cohort import Cohort
from .completion import point as completion_point
from .document import Document, Path, Place
from .organisation import Organisation
from .playbook import Item, Playbook, Source, slug
from .problems import Problem, did_you_mean, known
from .program import Point, Program

# Each program has pages or folders of these names; its cohorts' folders stand beside them.
PAGE_NAMES = frozenset({
    "agreement", "check-ins", "conduct", "feedback", "goals", "index", "kit", "privacy", "questions",
    "recognition", "roles", "safety", "sessions", "sheets", "survey", "taking-part", "training",
})  # fmt: skip
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MOST_YEARS = 5


@dataclass(frozen=True)
class ProgramFile:
    """A program with the file that it was read from; whose it is, where that could be read."""

    document: Document
    program: Program
    organisation: Organisation | None = None


@dataclass(frozen=True)
class CohortFile:
    """A cohort with the file that it was read from, and whose it is."""

    document: Document
    cohort: Cohort
    organisation: Organisation


def organisation_problems(document: Document, organisation: Organisation) -> Iterator[Problem]:
    """Every time zone is one of IANA's names, and no holiday ends before it begins."""
    yield from _wrong_zone(document, organisation)
    for index, (first, last) in enumerate(organisation.holidays):
        if last < first:
            message = f"{last} is before {first}."
            yield document.problem(
                "dates-out-of-order", ("holidays", index, "to"), message, "Order: from, to."
            )


def _wrong_zone(document: Document, organisation: Organisation) -> Iterator[Problem]:
    said = organisation.timezone
    if said not in _zones():
        zones = sorted(_zones())
        city = [zone for zone in zones if zone.lower().endswith(f"/{said.lower().replace(' ', '_')}")]
        near = f"Did you mean `{city[0]}`? " if city else did_you_mean(said, zones)
        hint = f"{near}Use an IANA name, such as Europe/London or Asia/Kolkata."
        yield document.problem("unknown-time-zone", ("timezone",), f"“{said}” is not a time zone.", hint)


@cache
def _zones() -> set[str]:
    return available_timezones()  # looks at 600 files


def names_fit_addresses(folder: str, file: str) -> Iterator[Problem]:
    """Every program's folder and cohort's file is named as an address can be, and no cohort as a page."""
    path = f"{folder}/{file}"
    name = file if folder == "programs" else file.removesuffix(".yml")
    if not _NAME.fullmatch(name):
        message = f"“{file}” cannot be part of an address." if file else "A name is missing."
        hint = "Use a-z, 0-9 and hyphens, such as digital-fluency or 2027-spring.yml."
        yield Problem(path, 1, 1, "wrong-file-name", message, hint)
    elif name != file and name in PAGE_NAMES:
        message = f"“{name}” is the name of a page of every program."
        yield Problem(path, 1, 1, "wrong-file-name", message, "Choose another name, such as 2027-spring.yml.")


def agenda_adds_up(file: ProgramFile) -> Iterator[Problem]:
    """Every agenda adds up to the session's minutes."""
    for session in file.program.sessions:
        total = sum(step.minutes for step in session.agenda)
        if total not in (0, session.minutes):
            path = _entry(file.document, "sessions", session.id)
            own = (*path, "agenda") if path and "agenda" in session.item.said else path
            yield _does_not_add_up(file.document, own, total, session.minutes)


def activities_add_up(file: ProgramFile) -> Iterator[Problem]:
    """Every module takes as long as its activities."""
    for module in file.program.training:
        total = sum(step.minutes for step in module.activities)
        if total not in (0, module.minutes):
            path = _entry(file.document, "training", module.id)
            yield _does_not_add_up(file.document, path, total, module.minutes)


def _does_not_add_up(document: Document, path: Path, total: int, minutes: int) -> Problem:
    message = f"These steps take {total} minutes, not {minutes}."
    return document.problem("agenda-does-not-add-up", path, message, "Change the steps or `minutes`.")


def own_agenda_adds_up(item: Item) -> Iterator[Problem]:
    """The agenda of an organisation's own session or module takes as long as that says.

    A program with other minutes stretches it, as it does the playbook's.
    """
    steps = item.fields.get("agenda", ()) or item.fields.get("activities", ())
    total, minutes = sum(step["minutes"] for step in steps), item.fields.get("minutes")
    if steps and minutes and total != minutes:
        message = f"These steps take {total} minutes, not {minutes}."
        hint = "Change the steps or `minutes`."
        yield Problem(item.sources[0].path, 1, 1, "agenda-does-not-add-up", message, hint)


def omitted_things_exist(document: Document, book: Playbook) -> Iterator[Problem]:
    """Every id under `playbook.<kind>.omit` is one of the playbook's."""
    for kind, part in document.mapping.get("playbook", {}).items():
        names = book.names.get(kind, ())  # another file may leave out the same
        for index, identifier in enumerate(part.get("omit", ())):
            if identifier not in names:
                hint = did_you_mean(identifier, names) + known(names)
                message = f"The playbook has no {kind} “{identifier}” to leave out."
                yield document.problem("unknown-id", ("playbook", kind, "omit", index), message, hint)


def goals_have_own_ids(file: ProgramFile) -> Iterator[Problem]:
    """Every goal has an id of its own."""
    seen: set[str] = set()
    for index, goal in enumerate(file.program.goals):
        if goal.id in seen:
            message = f"Two goals are called `{goal.id}`."
            yield file.document.problem("double-id", ("goals", index), message, "Give one another `id`.")
        seen.add(goal.id)


def dated_things_have_own_ids(file: ProgramFile) -> Iterator[Problem]:
    """Every session, milestone, check-in and form has an id that is its own among all of them."""
    seen: dict[str, str] = {}
    for key in _DATED:
        for one in getattr(file.program, key):
            before = seen.setdefault(one.id, key)
            if before != key:
                path = _entry(file.document, key, one.id) or _entry(file.document, before, one.id)
                message = f"`{one.id}` stands under `{before}` and under `{key}`."
                yield file.document.problem("double-id", path, message, "Give one another `id`.")


def no_id_is_a_day_of_every_cohort(file: ProgramFile) -> Iterator[Problem]:
    """No session, milestone or check-in is called as a day that messages and plans know by that name."""
    for key in ("sessions", "milestones", "check_ins"):
        for one in getattr(file.program, key):
            if one.id in timeline.FRAME or (one.item.changed and one.id.endswith(("-opens", "-closes"))):
                path = _entry(file.document, key, one.id)
                message = f"`{one.id}` is the name of a day that every cohort has."
                if one.id != "pairings-announced":
                    hint = "Give it another `id`."
                    yield file.document.problem("reserved-id", path, message, hint)


def no_id_is_index(file: ProgramFile) -> Iterator[Problem]:
    """No thing of a program has the id `index`, which is that of the page that lists them."""
    for key in _LISTS:
        for one in getattr(file.program, key):
            if one.id == "index":
                path = _entry(file.document, key, one.id)
                message = f"Nothing under `{key}` can be called `index`: the list itself has that address."
                hint = "Give it another `id`; or its file another name, if it has one in docs/templates/."
                yield file.document.problem("reserved-id", path, message, hint)
    for sheet in file.program.texts["sheets"]:
        if sheet.id == "index":
            path = ("playbook", "sheets", "take")
            message = "No sheet can be called `index`: the list itself has that address."
            yield file.document.problem("reserved-id", path, message, "Give it another `id`.")


def anchors_exist(file: ProgramFile) -> Iterator[Problem]:
    """Every `with` and `before` names a session, milestone or check-in of the program."""
    names = [one.id for one in file.program.dated]
    for identifier, anchor in timeline.unknown_anchors(file.program):
        message = f"“{identifier}” counts from `{anchor}`, which this program does not have."
        hint = did_you_mean(anchor, names) + known(names)
        path = next(
            (found for key in ("training", *_DATED) if (found := _entry(file.document, key, identifier))), ()
        )
        yield file.document.problem("unknown-id", path, message, hint)


# What a new text of a kind cannot do without; a change to a known one keeps what that had.
_NEEDED = {"survey": ("asked",), "messages": ("to", "subject"), "launch": ()}


def new_texts_are_whole(file: ProgramFile) -> Iterator[Problem]:
    """Every new survey question, message and step of the plan says what it needs to be shown."""
    for kind, needed in _NEEDED.items():
        entries = file.document.mapping.get("playbook", {}).get(kind, {}).get("take", ())
        made = {item.id: item for item in file.program.texts[kind]}
        for index, entry in enumerate(entries):
            item = (
                made.get(entry.get("id") or slug(entry.get("title", "")))
                if isinstance(entry, Mapping)
                else None
            )
            missing = [name for name in needed if item and not item.fields.get(name)]
            if item and kind != "survey" and item.fields.keys().isdisjoint({"week", "with"}):
                missing.append("with")
            if missing:
                message = f"A new entry under `{kind}` needs {' and '.join(f'`{name}`' for name in missing)}."
                hint = "Look at those in hooks/handbook/playbook/, or change one of them by its `id`."
                path = ("playbook", kind, "take", index)
                yield file.document.problem("missing-key", path, message, hint)


def plans_count_from_known_days(file: ProgramFile) -> Iterator[Problem]:
    """Every `with` of the launch plan and of the messages names a day of the program."""
    names = timeline.plan_anchors(file.program)
    for kind in ("launch", "messages"):
        entries = file.document.mapping.get("playbook", {}).get(kind, {}).get("take", ())
        for index, entry in enumerate(entries):
            anchor = entry.get("with", "") if isinstance(entry, Mapping) else ""
            if anchor and anchor not in names:
                message = f"This counts from `{anchor}`, which this program does not have."
                hint = did_you_mean(anchor, names) + known(names)
                path = ("playbook", kind, "take", index, "with")
                yield file.document.problem("unknown-id", path, message, hint)


def anchors_do_not_circle(file: ProgramFile) -> Iterator[Problem]:
    """No milestone or check-in counts, in the end, from itself."""
    for circle in timeline.circles(file.program):
        way = " from ".join(f"`{name}`" for name in (*circle, circle[0]))
        path = next(
            (found for one in circle for key in _DATED if (found := _entry(file.document, key, one))), ()
        )
        hint = "Give one of them a `week` instead of `with`."
        yield file.document.problem("circle-of-dates", path, f"These days go in a circle: {way}.", hint)


def days_are_said_one_way(file: ProgramFile) -> Iterator[Problem]:
    """No day counts both from another thing and from a week."""
    program = file.program
    said: list[tuple[Path, Source, Point]] = [
        (("sign_up", end), Source(program.path), point)
        for end, point in (("opens", program.sign_up_opens), ("closes", program.sign_up_closes))
    ]
    for key in ("milestones", "check_ins"):
        for one in getattr(program, key):
            said.append((_entry(file.document, key, one.id), one.item.sources[0], one.point))
    for form in program.forms:
        path = _entry(file.document, "forms", form.id)
        for end, point in (("opens", form.opens), ("closes", form.closes)):
            said.append(((*path, end) if path else (), form.item.sources[0], point))
    for kind in ("launch", "messages"):
        for item in program.texts[kind]:
            own = ("playbook", kind, "take")
            said.append((own if item.changed else (), item.sources[0], completion_point(item.fields)))
    for path, source, point in said:
        if point.anchor and (point.week is not None or point.weekday):
            place = file.document.place(path) if source.path == file.document.path else Place(1, 1)
            message = f"This counts from `{point.anchor}`, so that `week` and `weekday` mean nothing."
            hint = "Say `with` and `days`, or `week` and `weekday`."
            yield Problem(source.path, place.line, place.column, "week-and-with", message, hint)


def weeks_are_in_order(file: ProgramFile) -> Iterator[Problem]:
    """No session is in an earlier week than the one before it."""
    for before, session in pairwise(file.program.sessions):
        if session.week < before.week:
            path = _entry(file.document, "sessions", session.id) or ("sessions",)
            message = (
                f"“{session.title}” is in week {session.week}; "
                f"“{before.title}” stands before it, and is in week {before.week}."
            )
            hint = "Put the list in the order of time, or change a `week`."
            yield file.document.problem("weeks-out-of-order", path, message, hint, severity="warning")


def some_session_remains(file: ProgramFile) -> Iterator[Problem]:
    """Every program keeps at least one session."""
    if not file.program.sessions:
        message = "This program has no session left."
        yield file.document.problem(
            "no-session", ("sessions",), message, "Leave `sessions` out, or name one."
        )


def forms_exist(file: ProgramFile) -> Iterator[Problem]:
    """Every form that sign-up or a measure names is there."""
    names = [form.id for form in file.program.forms]
    named: list[tuple[Path, str]] = [(("sign_up", "form"), file.program.sign_up_form)]
    for index, goal in enumerate(file.program.goals):
        named.append((("goals", index, "measure", "form"), goal.measure.form if goal.measure else ""))
    for path, form in named:
        if form and form not in names:
            hint = did_you_mean(form, names) + known(names)
            yield file.document.problem("unknown-id", path, f"There is no form `{form}`.", hint)


def dates_name_known_things(file: CohortFile) -> Iterator[Problem]:
    """Every key under `dates` is a milestone, session, check-in or form that has a day of its own."""
    program = file.cohort.program
    names = [one.id for one in (*program.dated, *program.dated_forms)]
    for key in file.cohort.dates:
        if key not in names:
            place = file.document.key_place(("dates", key))
            hint = did_you_mean(key, names) + known(names)
            message = f"Nothing that is called `{key}` has a day of its own in this program."
            yield Problem(file.document.path, place.line, place.column, "unknown-id", message, hint)


def dates_in_order(file: CohortFile) -> Iterator[Problem]:
    """No cohort ends before it starts, and no sign-up closes before it opens or after the start."""
    cohort = file.cohort
    opens, closes = timeline.sign_up(cohort)
    end: Path = ("sign_up", "closes" if cohort.sign_up_closes else "opens")
    own = cohort.sign_up_opens or cohort.sign_up_closes
    pairs: Sequence[tuple[Path, date, date | None]] = (
        (("end",), cohort.start, cohort.end),
        (end if own else ("start",), opens, closes),
        (("start",), closes, cohort.start),
    )
    for path, first, second in pairs:
        if second and second < first:
            message = f"{second} is before {first}."
            counted = "" if own or path == ("end",) else " Sign-up counts from the program's `sign_up`."
            hint = f"Order: opens, closes, start, end.{counted}"
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
    cohort = file.cohort
    last = timeline.last_day(cohort)
    if (last - cohort.start).days > _MOST_YEARS * 366:
        path: Path = ("end",) if cohort.end else ("start",)
        message = f"This cohort would last from {cohort.start} to {last}, more than {_MOST_YEARS} years."
        hint = "Is each year right, here and under `dates`?"
        yield file.document.problem("dates-out-of-order", path, message, hint, severity="warning")


# GitHub shows these messages to everyone: people are named by their number in the file, never by their id.
def _person(file: CohortFile, index: int) -> str:
    return f"person {index + 1} (line {file.document.place(('people', index)).line})"


def people_have_own_ids(file: CohortFile) -> Iterator[Problem]:
    """Every person has an id of their own."""
    seen: dict[str, int] = {}
    for index, person in enumerate(file.cohort.people):
        first = seen.setdefault(person.id, index)
        if first != index:
            message = f"{_person(file, index).capitalize()} has the same id as {_person(file, first)}."
            yield file.document.problem(
                "double-id", ("people", index, "id"), message, "Give one another `id`."
            )


def pairings_have_two_roles(file: CohortFile) -> Iterator[Problem]:
    """Every pairing has a mentor as mentor and a mentee as mentee."""
    at = {person.id: index for index, person in enumerate(file.cohort.people)}
    for index, pairing in enumerate(file.cohort.pairings):
        for role, person in (("mentor", pairing.mentor), ("mentee", pairing.mentee)):
            if person.role != role:
                who = _person(file, at[person.id]).capitalize()
                message = f"{who} signed up as {person.role}, but stands here as {role}."
                hint = (
                    "The mentor is the junior colleague, the mentee the senior. Swap them or change `role`."
                )
                yield file.document.problem("wrong-role", ("pairings", index, role), message, hint)


def pairings_name_known_goals(file: CohortFile) -> Iterator[Problem]:
    """Every goal and topic of a pairing or a result is one of the program's."""
    program = file.cohort.program
    goals, topics = [goal.id for goal in program.goals], [topic.id for topic in program.topics]
    named: list[tuple[Path, str, list[str]]] = []
    for index, pairing in enumerate(file.cohort.pairings):
        named += [(("pairings", index, "goals", at), goal, goals) for at, goal in enumerate(pairing.goals)]
        named += [
            (("pairings", index, "topics", at), topic, topics) for at, topic in enumerate(pairing.topics)
        ]
    for index, person in enumerate(file.cohort.people):
        named += [(("people", index, "topics", at), topic, topics) for at, topic in enumerate(person.topics)]
    if file.cohort.results:
        named += [(("results", "measures", goal), goal, goals) for goal in file.cohort.results.measures]
    for path, identifier, names in named:
        if identifier not in names:
            hint = did_you_mean(identifier, names) + known(names)
            message = f"This program has no `{identifier}`."
            yield file.document.problem("unknown-id", path, message, hint)


def names_have_consent(file: CohortFile) -> Iterator[Problem]:
    """In a public repository every name has its owner's consent."""
    if file.organisation.repository == "private":
        return
    for index, person in enumerate(file.cohort.people):
        if person.name and person.consent != "public":
            message = f"{_person(file, index).capitalize()} {_NO_CONSENT}"
            yield file.document.problem("name-without-consent", ("people", index, "name"), message, _ASK)


_NO_CONSENT = "has a name here, but no consent to make it public; this repository is public."
_ASK = (
    "Ask the person and write `consent: public`, or delete `name`. "
    "Git history keeps what was already committed."
)


def sponsor_has_consent(file: ProgramFile) -> Iterator[Problem]:
    """No sponsor's name without a consent: in a public repository all can read it."""
    sponsor, path = file.program.sponsor, ("sponsor", "name")
    if not (sponsor and sponsor.name and file.organisation) or sponsor.consent == "public":
        return
    if file.organisation.repository == "public":
        yield file.document.problem("name-without-consent", path, f"The sponsor {_NO_CONSENT}", _ASK)
    elif sponsor.consent == "nobody":
        message = "The sponsor's name is shown to nobody, since there is no consent."
        hint = "Ask, then add `consent: public`."
        yield file.document.problem("name-without-consent", path, message, hint, severity="warning")


def no_day_on_a_holiday(file: CohortFile) -> Iterator[Problem]:
    """No milestone or check-in falls on a holiday or a weekend, and no session's days are all holidays."""
    holidays = file.organisation.holidays
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


_PAIRING_TIME = 14


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


_DATED = ("sessions", "milestones", "check_ins", "forms")
_LISTS = ("goals", "topics", "training", *_DATED)
PROGRAM_CHECKS: tuple[Callable[[ProgramFile], Iterator[Problem]], ...] = (
    some_session_remains,
    agenda_adds_up,
    activities_add_up,
    goals_have_own_ids,
    dated_things_have_own_ids,
    no_id_is_index,
    no_id_is_a_day_of_every_cohort,
    anchors_exist,
    plans_count_from_known_days,
    new_texts_are_whole,
    anchors_do_not_circle,
    days_are_said_one_way,
    weeks_are_in_order,
    forms_exist,
    sponsor_has_consent,
)
COHORT_CHECKS: tuple[Callable[[CohortFile], Iterator[Problem]], ...] = (
    dates_name_known_things,
    dates_in_order,
    nothing_comes_after_the_end,
    cohorts_end_within_years,
    people_have_own_ids,
    pairings_have_two_roles,
    pairings_name_known_goals,
    names_have_consent,
    no_day_on_a_holiday,
    there_is_time_for_pairings,
    check_ins_come_before_the_last_session,
)


def _entry(document: Document, key: str, identifier: str) -> Path:
    """Find the place of a thing in a list of the program's file; empty where it is not there."""
    values = document.values
    entries = values.get(key, ()) if isinstance(values, dict) else ()
    for index, entry in enumerate(entries):
        made = isinstance(entry, dict)
        named = entry.get("id") or slug(entry.get("title", "")) if made else entry
        if named == identifier:
            return (key, index)
    return ()
