"""What the cards of a cohort say, day by day: a line wherever a role's card begins to say something else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from handbook.contents.build import Build
from handbook.guidance.messages.words import MessageWords
from handbook.guidance.steps.now import Now, now
from handbook.guidance.steps.step import Step
from handbook.model.definitions.cohort import Cohort
from handbook.model.definitions.program import ROLES, Role
from handbook.model.handbook import Handbook
from handbook.model.timeline import events, last_day

DAY = timedelta(days=1)


def days(cohort: Cohort) -> Iterator[date]:
    """From two weeks before anything to six weeks after the end."""
    day = min(event.day for event in events(cohort)) - 60 * DAY
    while day <= last_day(cohort) + 42 * DAY:
        yield day
        day += DAY


def year(handbook: Handbook, cohort: Cohort) -> str:
    """Every line of every role, role by role."""
    return "\n".join("\n".join((f"== {role}", *_of(handbook, cohort, role), "")) for role in ROLES)


def _of(handbook: Handbook, cohort: Cohort, role: Role) -> Iterator[str]:
    before = ""
    for day in days(cohort):
        card = now(cohort, role, day, handbook.organisation.holidays)
        said = _said(handbook, card)
        if said != before:
            yield f"{day:%Y-%m-%d %a}  {said}"
        before = said


def _said(handbook: Handbook, card: Now) -> str:
    words = MessageWords(handbook, Build(card.day), card.cohort)
    first = (
        f"{_mark(card, card.first)}{words.step(card.first, card.day)} [{card.first.counts(card.day):%d %b}]"
    )
    others = _listed(handbook, card, card.others)
    following = _listed(handbook, card, card.following)
    note = " (no pairing yet)" if card.unpaired else ""
    return f"{first}{note}{' + ' if others else ''}{others}{' > ' if following else ''}{following}"


def _mark(card: Now, step: Step) -> str:
    return "" if step in card.open else "NEXT "


def _listed(handbook: Handbook, card: Now, steps: tuple[Step, ...]) -> str:
    lines = (f"{step.short(handbook.labels, card.day).unescape()}{_day(card, step)}" for step in steps)
    return "; ".join(lines)


def _day(card: Now, step: Step) -> str:
    return f" [{step.counts(card.day):%d %b}]"
