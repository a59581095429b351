"""What keeps a site from being made, beside mistakes in definitions: it is made once to see."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from ...contents import templating
from ...contents.build import Build
from ...contents.kinds import PAGES
from ...guidance import calendars
from ...guidance.messages.announcement import Announcement
from ...model.definitions.cohort import Cohort, Pairing, Person
from ...model.definitions.program import Program
from ...model.handbook import Handbook
from ...model.timeline import last_day
from ...text.problems import HandbookError, Problem, tidy
from ...text.prose import Text
from ..rendering.pages import render, render_kinds
from ..views import sign_up, survey

_PUBLIC = {"name": Text("A"), "unit": Text("B"), "consent": "public"}


def downloads(handbook: Handbook, build: Build) -> Mapping[str, bytes]:
    """The files beside the pages, by path: question bank, risk register, sign-up form to copy, and calendars.

    Raises:
        HandbookError: where a label or a text that they say is wrong.
    """
    with templating.faults_named():
        # A spreadsheet takes CSV for the computer's own encoding unless it begins with this mark.
        copied = {
            f"programs/{program.id}/{name}": text.encode("utf-8-sig")
            for program in handbook.programs
            for name, text in _to_copy(program, handbook).items()
        }
        return {**copied, **calendars.downloads(handbook, build)}


def _to_copy(program: Program, handbook: Handbook) -> Mapping[str, str]:
    form = sign_up.sign_up_form(program, handbook.organisation, handbook.labels)
    forms = {"csv": form.csv(handbook.labels), "gs": form.script, "txt": form.numbered}
    named = {f"sign-up-form.{ending}": text for ending, text in forms.items()}
    register = survey.register_csv(handbook.playbook.kind("pitfalls"), handbook.labels)
    return {"survey.csv": survey.as_csv(program, handbook.labels), "kit/risks.csv": register, **named}


def faults(handbook: Handbook, build: Build) -> tuple[Problem, ...]:
    """Name what keeps pages and files from being made: own templates, labels and texts that are wrong.

    What shows pairings is tried too where none is announced yet; else it would break on that morning.
    """
    problems = [*_tried(partial(render, handbook, build)), *_tried(partial(downloads, handbook, build))]
    kinds = [kind for kind in PAGES if "cohort" in kind.words]
    for rehearsal, day in _rehearsed(handbook):
        told = replace(build, day=day, audience="participants")  # who reads of every state
        problems.extend(render_kinds(rehearsal, told, kinds)[1])
        announcement = Announcement(rehearsal, told, rehearsal.cohorts[0])
        for write in () if announcement.missing else (announcement.for_all, announcement.for_each):
            problems.extend(_tried(write))
    return tidy(problems)


def _tried(work: Callable[[], object]) -> tuple[Problem, ...]:
    try:
        with templating.faults_named():
            work()
    except HandbookError as error:
        return error.problems
    return ()


def _rehearsed(handbook: Handbook) -> Iterator[tuple[Handbook, date]]:
    """The first cohort with made-up pairings of every state that pages know, on its first and last day."""
    for cohort in handbook.cohorts[:1]:
        rehearsal = replace(handbook, cohorts=(replace(cohort, pairings=_pairings(cohort)),))
        yield rehearsal, cohort.start
        yield rehearsal, last_day(cohort)


def _pairings(cohort: Cohort) -> tuple[Pairing, ...]:
    start, program = cohort.start, cohort.program
    topics = tuple(topic.id for topic in program.topics[:1])
    goals = tuple(goal.id for goal in program.goals[:1])
    confirmed = {"mentor": start, "mentee": start}
    states: tuple[dict[str, date], ...] = ({}, {}, {"paused": start}, {"completed": start})
    return tuple(
        Pairing(
            number,
            Person("", "mentor", number, **(_PUBLIC if number % 2 else {})),  # type: ignore[arg-type]
            Person("", "mentee", number, **_PUBLIC),  # type: ignore[arg-type]
            topics, goals, confirmed, start, **state,
        )
        for number, state in enumerate(states, 1)
    )  # fmt: skip
