"""A cohort that starts soon: how its file says so, and what is told of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ...guidance.steps.plan import launch_plan
from ...load.repository import trial
from ...model.timeline import earliest_start, fitting_sign_up
from ..terminal.days import today
from ..terminal.templates import filled


def fitted(root: Path, path: str, text: str) -> tuple[Mapping[str, object], str]:
    """Fit the plan of a new cohort: what its file says, and what the person who starts it is told.

    Nothing where its usual plan has yet to begin, or the cohort has begun; nothing also where its handbook
    has errors, which whoever writes the file tells.
    """
    handbook, _ = trial(root, {path: text})
    if handbook is None:
        return {}, ""
    [cohort] = (cohort for cohort in handbook.cohorts if cohort.path == path)
    day, holidays = today(handbook), handbook.organisation.holidays
    usual = min((due for _, due in launch_plan(cohort, holidays)), default=day)
    if usual >= day or cohort.start <= day:
        return {}, ""
    earliest = earliest_start(cohort, day, holidays)
    told = filled("fitted.txt", usual=usual, earliest=earliest, soon=earliest > cohort.start)
    opens, closes = fitting_sign_up(cohort, day, holidays)
    said = {"plan_from": day, "sign_up": {"opens": opens, "closes": closes}}
    return said, told
