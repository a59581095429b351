"""What keeps a site from being made, beside mistakes in definitions: it is made once to see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ...contents import templating
from ...contents.build import Build
from ...contents.kinds import PAGES
from ...guidance import calendars
from ...guidance.messages.announcement import Announcement
from ...model.handbook import Handbook
from ...text.problems import HandbookError, Problem, tidy
from ..rendering.pages import render, render_kinds
from ..views import survey
from .rehearsal import rehearsed


def downloads(handbook: Handbook, build: Build) -> Mapping[str, bytes]:
    """The files beside the pages, by path: the question bank as CSV, and calendars.

    Raises:
        HandbookError: where a label or a text that they say is wrong.
    """
    with templating.faults_named():
        banks = {program.id: survey.as_csv(program, handbook.labels) for program in handbook.programs}
        # A spreadsheet takes CSV for the computer's own encoding unless it begins with this mark.
        sheets = {f"programs/{name}/survey.csv": text.encode("utf-8-sig") for name, text in banks.items()}
        return {**sheets, **calendars.downloads(handbook, build)}


def faults(handbook: Handbook, build: Build) -> tuple[Problem, ...]:
    """Name what keeps pages and files from being made: own templates, labels and texts that are wrong.

    What shows pairings is tried too where none is announced yet; else it would break on that morning.
    """
    problems: list[Problem] = []
    for work in (render, downloads):
        try:
            work(handbook, build)
        except HandbookError as error:
            problems.extend(error.problems)
    kinds = [kind for kind in PAGES if "cohort" in kind.words]
    for rehearsal, day in rehearsed(handbook):
        problems.extend(render_kinds(rehearsal, replace(build, day=day), kinds)[1])
        announcement = Announcement(rehearsal, replace(build, day=day), rehearsal.cohorts[0])
        for write in () if announcement.missing else (announcement.for_all, announcement.for_each):
            try:
                with templating.faults_named():
                    write()
            except HandbookError as error:
                problems.extend(error.problems)
    return tidy(problems)
