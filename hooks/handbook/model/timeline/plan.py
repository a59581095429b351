"""What plans and messages can count from, and what a program counts from in vain."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from ..definitions.cohort import Cohort
from ..definitions.parts import Point
from ..definitions.program import PLACES, PURPOSES, Form, Program
from .schedule import Schedule

# What a plan or a message may count from, beside sessions, milestones, check-ins and forms.
FRAME = ("sign-up-opens", "sign-up-closes", "start", "end", "training", "pairings-announced")


def unknown_anchors(program: Program) -> tuple[tuple[str, str], ...]:
    """Name each (id, anchor) whose `with` or `before` is nothing that this program has."""
    known = {thing.id for thing in program.dated} | set(PLACES)
    points = [(moment.id, moment.point.anchor) for moment in program.moments]
    points += [(form.id, end.anchor) for form in program.forms for end in (form.opens, form.closes)]
    points += [("sign_up", end.anchor) for end in (program.sign_up_opens, program.sign_up_closes)]
    points += [(module.id, module.before) for module in program.training if module.item.changed]
    return tuple((identifier, anchor) for identifier, anchor in points if anchor and anchor not in known)


def plan_anchors(program: Program) -> tuple[str, ...]:
    """What the launch plan and the messages of a program may count from."""
    forms = [form.id for form in program.dated_forms] + [name for name in PURPOSES if program.form(name)]
    ends = (f"{name}-{end}" for name in dict.fromkeys(forms) for end in ("opens", "closes"))
    return (*FRAME, *(thing.id for thing in program.dated), *PLACES, *ends)


def backward_forms(cohort: Cohort) -> tuple[Form, ...]:
    """The forms that would close before they open in a cohort by the days that they count from."""
    schedule, program = Schedule(cohort), cohort.program
    unpinned = (form for form in program.dated_forms if form.id not in cohort.dates and program.sessions)
    closing = (form for form in unpinned if form.closes != Point())
    return tuple(form for form in closing if schedule.day(form.closes, "friday") < schedule.day(form.opens))


def circles(program: Program) -> tuple[tuple[str, ...], ...]:
    """Give each circle of milestones and check-ins that count from each other, by their ids."""
    leads = {moment.id: moment.point.anchor for moment in program.moments}
    closed: dict[frozenset[str], tuple[str, ...]] = {}
    for name in leads:
        way = [name]
        while (following := leads[way[-1]]) in leads and following not in way:
            way.append(following)
        if following == name:
            closed.setdefault(frozenset(way), tuple(way))
    return tuple(closed.values())


@lru_cache(maxsize=512)
def typical(program: Program) -> Cohort:
    """A cohort that starts on a Monday and pins nothing, for what can be said of every cohort."""
    return Cohort("typical", program.path, program, program.title, date(2024, 1, 1))
