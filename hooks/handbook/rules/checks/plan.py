"""Rules of a program's offsets: what its days count from."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ...model import timeline
from ...model.definitions.builder import build
from ...model.definitions.parts import Point
from ...model.definitions.playbook import Source
from ...text.document import Path, Place
from ...text.problems import Problem
from .. import fault
from .files import DATED, ProgramFile

_LATEST_WEEK = 12


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
        yield file.no_such("unknown-id.anchor", path, anchor, names, id=identifier)


def plans_count_from_known_days(file: ProgramFile) -> Iterator[Problem]:
    """Every `with` of the launch plan and of the messages names a day of the program."""
    names = timeline.plan_anchors(file.program)
    for path, entry in (*file.taken("launch"), *file.taken("messages")):
        anchor = entry.get("with", "")
        if anchor and anchor not in names:
            yield file.no_such("unknown-id.plan", (*path, "with"), anchor, names)


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
    for form in timeline.backward_forms(file.program):
        yield file.problem("form-closes-early", file.path_of(form.id, "forms"), title=form.title)


def weeks_are_in_the_program(file: ProgramFile) -> Iterator[Problem]:
    """No milestone, check-in or form is in a week long after the last session."""
    last = max((session.week for session in file.program.sessions), default=0)
    for path, _, point in _points(file):
        if path and point.week is not None and point.week > last + _LATEST_WEEK:
            yield file.problem("week-outside-program", (*path, "week"), week=point.week, last=last)
