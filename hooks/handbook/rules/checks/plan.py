"""Rules of a program's offsets: what its days count from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from ...model import timeline
from ...model.definitions.builder import build
from ...model.definitions.parts import Point
from ...model.definitions.playbook import Source
from ...text.document import Path, Place
from ...text.problems import Problem
from .files import ProgramFile, path_of

_DATED = ("sessions", "milestones", "check_ins", "forms")


def no_id_is_a_day_of_every_cohort(file: ProgramFile) -> Iterator[Problem]:
    """No session, milestone or check-in is called as a day that messages and plans know by that name."""
    for key in ("sessions", "milestones", "check_ins"):
        for thing in getattr(file.program, key):
            is_frame = thing.id in timeline.FRAME and thing.id != "pairings-announced"
            if is_frame or (thing.item.changed and thing.id.endswith(("-opens", "-closes"))):
                path = path_of(file.document, key, thing.id)
                message = f"`{thing.id}` is the name of a day that every cohort has."
                yield file.document.problem("reserved-id", path, message, "Give it another `id`.")


def anchors_exist(file: ProgramFile) -> Iterator[Problem]:
    """Every `with` and `before` names a session, milestone or check-in of the program."""
    names = [thing.id for thing in file.program.dated]
    for identifier, anchor in timeline.unknown_anchors(file.program):
        message = f"`{identifier}` counts from `{anchor}`, which this program does not have."
        own = (path_of(file.document, key, identifier) for key in ("training", *_DATED))
        path = ("sign_up",) if identifier == "sign_up" else next(filter(None, own), ())
        yield file.document.unknown(path, anchor, names, message)


def plans_count_from_known_days(file: ProgramFile) -> Iterator[Problem]:
    """Every `with` of the launch plan and of the messages names a day of the program."""
    names = timeline.plan_anchors(file.program)
    for kind in ("launch", "messages"):
        entries = file.document.mapping.get("playbook", {}).get(kind, {}).get("take", ())
        for index, entry in enumerate(entries):
            anchor = entry.get("with", "") if isinstance(entry, Mapping) else ""
            if anchor and anchor not in names:
                message = f"This counts from `{anchor}`, which this program does not have."
                yield file.document.unknown(("playbook", kind, "take", index, "with"), anchor, names, message)


def anchors_do_not_circle(file: ProgramFile) -> Iterator[Problem]:
    """No milestone or check-in counts, in the end, from itself."""
    for circle in timeline.circles(file.program):
        way = ", which counts from ".join(f"`{name}`" for name in (*circle, circle[0]))
        path = next(
            (path for name in circle for key in _DATED if (path := path_of(file.document, key, name))), ()
        )
        hint = "Give one of them a `week` instead of `with`."
        yield file.document.problem("circle-of-dates", path, f"These days go in a circle: {way}.", hint)


def days_are_said_one_way(file: ProgramFile) -> Iterator[Problem]:
    """No day counts both from another thing and from a week."""
    program = file.program
    points: list[tuple[Path, Source, Point]] = [
        (("sign_up", end), Source(program.path), point)
        for end, point in (("opens", program.sign_up_opens), ("closes", program.sign_up_closes))
    ]
    for key in ("milestones", "check_ins"):
        for thing in getattr(program, key):
            points.append((path_of(file.document, key, thing.id), thing.item.sources[0], thing.point))
    for form in program.forms:
        path = path_of(file.document, "forms", form.id)
        for end, point in (("opens", form.opens), ("closes", form.closes)):
            points.append(((*path, end) if path else (), form.item.sources[0], point))
    for kind in ("launch", "messages"):
        for item in program.items[kind]:
            own = ("playbook", kind, "take")
            points.append((own if item.changed else (), item.sources[0], build(Point, item.fields)))
    for path, source, point in points:
        if point.anchor and (point.week is not None or point.weekday):
            place = file.document.place(path) if source.path == file.document.path else Place(1, 1)
            message = f"This counts from `{point.anchor}`, so that `week` and `weekday` mean nothing."
            hint = "Say `with` and `days`, or `week` and `weekday`."
            yield Problem(source.path, *place, "week-and-with", message, hint)


def weeks_are_in_order(file: ProgramFile) -> Iterator[Problem]:
    """No session is in an earlier week than the one before it."""
    for before, session in pairwise(file.program.sessions):
        if session.week < before.week:
            path = path_of(file.document, "sessions", session.id) or ("sessions",)
            message = (
                f"“{session.title}” is in week {session.week}; "
                f"“{before.title}” stands before it, and is in week {before.week}."
            )
            hint = "Put the list in the order of time, or change a `week`."
            yield file.document.problem("weeks-out-of-order", path, message, hint, severity="warning")


def forms_close_after_they_open(file: ProgramFile) -> Iterator[Problem]:
    """Every form closes on the day that it opens, or later."""
    for form in timeline.backward_forms(file.program):
        path = path_of(file.document, "forms", form.id)
        message = f"“{form.title}” would close before it opens."
        yield file.document.problem("form-closes-early", path, message, "Change `opens` or `closes`.")


_LATEST_WEEK = 12


def weeks_are_in_the_program(file: ProgramFile) -> Iterator[Problem]:
    """No milestone, check-in or form is in a week long after the last session."""
    program = file.program
    last = max((session.week for session in program.sessions), default=0)
    points: list[tuple[Path, Point]] = []
    for key in ("milestones", "check_ins"):
        for thing in getattr(program, key):
            points.append((path_of(file.document, key, thing.id), thing.point))
    for form in program.forms:
        path = path_of(file.document, "forms", form.id)
        points += [((*path, "opens"), form.opens), ((*path, "closes"), form.closes)] if path else []
    for path, point in points:
        if path and point.week is not None and point.week > last + _LATEST_WEEK:
            message = f"Week {point.week} is long after the last session, which is in week {last}."
            hint = "Weeks count from the start of a cohort. Correct the number."
            yield file.document.problem(
                "week-outside-program", (*path, "week"), message, hint, severity="warning"
            )
