"""Made-up pairings, so that what only announced ones show is tried long before their day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from ...model.definitions.cohort import Cohort, Pairing, Person
from ...model.handbook import Handbook
from ...model.timeline import last_day
from ...text.prose import Text

_PUBLIC = {"name": Text("A"), "unit": Text("B"), "consent": "public"}


def rehearsed(handbook: Handbook) -> Iterator[tuple[Handbook, date]]:
    """Give the first cohort with pairings of every state that pages know, on its first day and its last."""
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
