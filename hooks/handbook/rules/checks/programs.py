"""Rules of a program: its lists, their ids, agendas and texts, and what its days count from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from ...model import timeline
from ...model.definitions.builder import build
from ...model.definitions.parts import Point
from ...model.definitions.playbook import Item, Playbook, Source
from ...model.definitions.program import LEAVE_OUT
from ...text.document import Document, Path, Place
from ...text.problems import Problem, fault
from ...text.signs import UNSEEN
from .files import DATED, ProgramFile, doubles, named

_LATEST_WEEK = 12


def some_session_remains(file: ProgramFile) -> Iterator[Problem]:
    """Every program keeps at least one session."""
    if not file.program.sessions:
        yield file.problem("no-session", ("sessions",))


def steps_add_up(file: ProgramFile) -> Iterator[Problem]:
    """Every session takes as long as its agenda, and every module as its activities."""
    for key, thing in file.things("sessions", "training"):
        part = "agenda" if key == "sessions" else "activities"
        total = sum(step.minutes for step in getattr(thing, part))
        if total not in (0, thing.minutes):
            path = file.path_of(thing.id, key)
            own = (*path, part) if path and part == "agenda" and part in thing.item.given else path
            yield file.problem("agenda-does-not-add-up", own, total=total, minutes=thing.minutes)


def own_agenda_adds_up(item: Item) -> Iterator[Problem]:
    """The agenda of an organisation's own session or module takes as long as that says.

    A program with other minutes stretches it, as it does the playbook's.
    """
    steps = item.fields.get("agenda", ()) or item.fields.get("activities", ())
    total, minutes = sum(step["minutes"] for step in steps), item.fields.get("minutes")
    if steps and minutes and total != minutes:
        yield fault("agenda-does-not-add-up", total=total, minutes=minutes).placed(item.sources[0].path)


def omitted_things_exist(document: Document, book: Playbook) -> Iterator[Problem]:
    """Every id under `playbook.<kind>.omit` is one of the playbook's."""
    for kind, part in document.mapping.get("playbook", {}).items():
        names = book.names.get(kind, ())  # another file may leave out the same
        for index, identifier in enumerate(part.get("omit", ())):
            if identifier not in names:
                path = ("playbook", kind, "omit", index)
                yield document.unknown(path, "unknown-id.omit", names, identifier, kind=kind)


def titles_are_apart(titled: Iterable[tuple[Document, str]]) -> Iterator[Problem]:
    """No two programs, and no two cohorts of one program, have the same title; readers see nothing else."""
    known = list(titled)
    for index, first in doubles(" ".join(title.casefold().split()) for _, title in known):
        yield known[index][0].problem("double-title", ("title",), path=known[first][0].path)


def prose_is_seen(path: str, text: str) -> Iterator[Problem]:
    """No long text beside a program holds a sign that nobody sees; an address could hide behind one."""
    for number, line in enumerate(text.split("\n"), 1):
        if found := UNSEEN.search(line):
            said = fault("control-character", number=ord(found[0]))
            yield said.placed(path, number, found.start() + 1)


def goals_have_own_ids(file: ProgramFile) -> Iterator[Problem]:
    """Every goal has an id of its own."""
    names = [goal.id for goal in file.program.goals]
    for index, _ in doubles(names):
        yield file.problem("double-id.goals", ("goals", index), id=names[index])


def dated_things_have_own_ids(file: ProgramFile) -> Iterator[Problem]:
    """Every session, milestone, check-in and form has an id that is its own among all of them."""
    seen: dict[str, str] = {}
    for key, thing in file.things(*DATED):
        before = seen.setdefault(thing.id, key)
        if before != key:
            path = file.path_of(thing.id, key, before)
            yield file.problem("double-id.lists", path, id=thing.id, before=before, list=key)


def no_id_is_index(file: ProgramFile) -> Iterator[Problem]:
    """No thing of a program has the id `index`, which is that of the page that lists them."""
    for key, thing in file.things("goals", "topics", "training", *DATED):
        if thing.id == "index":
            yield file.problem("reserved-id.list", file.path_of(thing.id, key), list=key)
    if any(sheet.id == "index" for sheet in file.program.items["sheets"]):
        yield file.problem("reserved-id.sheet", ("playbook", "sheets", "take"))


# What a new text of a kind cannot do without; a change to a known one keeps what that had.
_NEEDED = {"survey": ("asked",), "messages": ("to", "subject"), "launch": ()}


def new_texts_are_whole(file: ProgramFile) -> Iterator[Problem]:
    """Every new survey question, message and step of the plan says what it needs to be shown."""
    for kind, needed in _NEEDED.items():
        items = {item.id: item for item in file.program.items[kind]}
        for path, entry in file.taken(kind):
            item = items.get(named(entry))
            missing = [name for name in needed if item and not item.fields.get(name)]
            if item and kind != "survey" and item.fields.keys().isdisjoint({"week", "with"}):
                missing.append("with")
            if missing:
                names = " and ".join(f"`{name}`" for name in missing)
                yield file.problem("missing-key.text", path, kind=kind, names=names)


def forms_exist(file: ProgramFile) -> Iterator[Problem]:
    """Every form that sign-up or a measure names is there."""
    names = [form.id for form in file.program.forms]
    wanted: list[tuple[Path, str]] = [(("sign_up", "form"), file.program.sign_up_form)]
    for index, goal in enumerate(file.program.goals):
        wanted.append((("goals", index, "measure", "form"), goal.measure.form if goal.measure else ""))
    for path, form in wanted:
        if form and form not in names:
            yield file.document.unknown(path, "unknown-id.form", names, form)


def no_id_is_a_day_of_every_cohort(file: ProgramFile) -> Iterator[Problem]:
    """No session, milestone or check-in is called as a day that messages and plans know by that name."""
    for key, thing in file.things("sessions", "milestones", "check_ins"):
        is_frame = thing.id in timeline.FRAME and thing.id != "pairings-announced"
        if is_frame or (thing.item.changed and thing.id.endswith(("-opens", "-closes"))):
            yield file.problem("reserved-id.day", file.path_of(thing.id, key), id=thing.id)


def anchors_exist(file: ProgramFile) -> Iterator[Problem]:
    """Every `with` and `before` names a session, milestone or check-in of the program."""
    names = [thing.id for thing in file.program.dated]
    for identifier, anchor in timeline.unknown_anchors(file.program):
        own = file.path_of(identifier, "training", *DATED)
        path = ("sign_up",) if identifier == "sign_up" else own
        yield file.document.unknown(path, "unknown-id.anchor", names, anchor, id=identifier)


def plans_count_from_known_days(file: ProgramFile) -> Iterator[Problem]:
    """Every `with` of the launch plan and of the messages names a day of the program."""
    names = timeline.plan_anchors(file.program)
    for path, entry in (*file.taken("launch"), *file.taken("messages")):
        anchor = entry.get("with", "")
        if anchor and anchor not in names:
            yield file.document.unknown((*path, "with"), "unknown-id.plan", names, anchor)


def anchors_do_not_circle(file: ProgramFile) -> Iterator[Problem]:
    """No milestone or check-in counts, in the end, from itself."""
    for circle in timeline.circles(file.program):
        way = ", which counts from ".join(f"`{name}`" for name in (*circle, circle[0]))
        path = next(filter(None, (file.path_of(name, *DATED) for name in circle)), ())
        yield file.problem("circle-of-dates", path, way=way)


def days_are_said_one_way(file: ProgramFile) -> Iterator[Problem]:
    """No day counts both from another thing and from a week."""
    program = file.program
    points: list[tuple[Path, Source, Point]] = [
        (("sign_up", "opens"), Source(program.path), program.sign_up_opens),
        (("sign_up", "closes"), Source(program.path), program.sign_up_closes),
        *_points(file),
    ]
    for kind in ("launch", "messages"):
        for item in program.items[kind]:
            own = ("playbook", kind, "take") if item.changed else ()
            points.append((own, item.sources[0], build(Point, item.fields)))
    for path, source, point in points:
        if point.anchor and (point.week is not None or point.weekday):
            place = file.document.place(path) if source.path == file.document.path else Place(1, 1)
            yield fault("week-and-with", anchor=point.anchor).placed(source.path, *place)


def _points(file: ProgramFile) -> Iterator[tuple[Path, Source, Point]]:
    """What each milestone, check-in and form counts from: its place in the file, or else its source."""
    for key, thing in file.things("milestones", "check_ins"):
        yield file.path_of(thing.id, key), thing.item.sources[0], thing.point
    for form in file.program.forms:
        path = file.path_of(form.id, "forms")
        for end, point in (("opens", form.opens), ("closes", form.closes)):
            yield (*path, end) if path else (), form.item.sources[0], point


def weeks_are_in_order(file: ProgramFile) -> Iterator[Problem]:
    """No session is in an earlier week than the one before it."""
    for before, session in pairwise(file.program.sessions):
        if session.week < before.week:
            path = file.path_of(session.id, "sessions") or ("sessions",)
            yield file.problem("weeks-out-of-order", path, session=session, before=before)


def forms_close_after_they_open(file: ProgramFile) -> Iterator[Problem]:
    """Every form closes on the day that it opens, or later."""
    for form in timeline.backward_forms(timeline.typical(file.program)):
        yield file.problem("form-closes-early", file.path_of(form.id, "forms"), title=form.title)


def grades_fit(file: ProgramFile) -> Iterator[Problem]:
    """No program asks for a smaller gap between grades at most than at least."""
    least, most = (int(file.program.rules.get(name, 0)) for name in ("grade-gap", "largest-grade-gap"))
    if 0 < most < least:
        path = ("matching", "rules", "largest-grade-gap")
        yield file.problem("no-grade-fits", path, least=least, most=most)


def criteria_stand_once(file: ProgramFile) -> Iterator[Problem]:
    """No criterion is given two weights."""
    names = [name for name, _ in file.program.criteria]
    for index, _ in doubles(names):
        path = ("matching", "criteria", index)
        yield file.problem("double-id.rest", path, id=names[index], list="criteria")


def answers_name_known_things(file: ProgramFile) -> Iterator[Problem]:
    """Every answer that is remembered as a topic or goal is one that the program has."""
    remembered = file.document.mapping.get("sign_up", {}).get("answers", {})
    for kind in ("topics", "goals"):
        names = [thing.id for thing in getattr(file.program, kind)]
        for answer, name in remembered.get(kind, {}).items():
            if name not in (*names, LEAVE_OUT):
                path = ("sign_up", "answers", kind, answer)
                yield file.document.unknown(path, "unknown-id.answer", names, name)


def weeks_are_in_the_program(file: ProgramFile) -> Iterator[Problem]:
    """No milestone, check-in or form is in a week long after the last session."""
    last = max((session.week for session in file.program.sessions), default=0)
    for path, _, point in _points(file):
        if path and point.week is not None and point.week > last + _LATEST_WEEK:
            yield file.problem("week-outside-program", (*path, "week"), week=point.week, last=last)
