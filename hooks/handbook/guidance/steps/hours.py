"""How much time a role gives in all: what takes how long, and what nobody can count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from ...model.definitions.cohort import Cohort
from ...model.definitions.program import Program, Role
from ...model.labels import Labels
from ...model.timeline import Event, commitment, sessions, typical, until_the_end
from ...text.prose import Text

# Below this many minutes a sum is said in minutes, above in hours.
_HOURS_FROM = 120


class Part(NamedTuple):
    """Something that takes time; `minutes` is 0 where nobody says how long."""

    said: Text | Markup
    minutes: int


@dataclass(frozen=True)
class Hours:
    """What a role gives its time to.

    Attributes:
        time: the sum, in words, to half an hour where it is long.
        counted: what has a length, with that in words.
        uncounted: the titles of what has none.
    """

    time: Markup
    counted: tuple[Text | Markup, ...]
    uncounted: tuple[Text | Markup, ...]


def hours(of: Program | Cohort, role: Role, labels: Labels) -> Hours:
    """Add up what a role gives in a cohort, or in any of a program's that pins nothing."""
    cohort = typical(of) if isinstance(of, Program) else of
    events = [event for event in until_the_end(cohort) if role in event.roles]
    met = sum(event.minutes for event in events if event.kind == "session")
    parts = [
        Part(labels.rhythm(commitment(cohort)) if met else Markup(), met),
        *_training(cohort, events, role, labels),
        *_moments(events, labels),
        *_forms(cohort, role, labels),
    ]
    minutes = sum(part.minutes for part in parts)
    hours, short = round(minutes / 30) / 2, minutes < _HOURS_FROM
    return Hours(
        labels.count("count.minutes", minutes) if short else labels.count("count.hours", hours),
        tuple(part.said for part in parts if part.minutes),
        tuple(part.said for part in parts if part.said and not part.minutes),
    )


def _training(cohort: Cohort, events: list[Event], role: Role, labels: Labels) -> Iterator[Part]:
    """The role's modules: those that are due before the first session, and the others."""
    first = min((session.day for session in sessions(cohort)), default=cohort.start)
    due = [(event.until <= first, event.thing) for event in events if isinstance(event.thing, tuple)]
    modules = [(early, module) for early, several in due for module in several if role in module.roles]
    for when, wanted in (("before", True), ("later", False)):
        minutes = sum(module.minutes for early, module in modules if early is wanted)
        if minutes:
            length = labels.count("count.minutes", minutes)
            yield Part(labels.say(f"hours.training.{when}", minutes=length), minutes)


def _moments(events: list[Event], labels: Labels) -> Iterator[Part]:
    moments = [event for event in events if event.kind in ("milestone", "check-in")]
    timed = [moment for moment in moments if moment.minutes]
    titles = labels.together([moment.title for moment in timed])
    yield _together(titles, [moment.minutes for moment in timed], labels)
    yield from (Part(moment.title, 0) for moment in moments if not moment.minutes)


def _forms(cohort: Cohort, role: Role, labels: Labels) -> Iterator[Part]:
    """Those that say their minutes, in one; some are answered after each session."""
    forms = [form for form in cohort.program.forms if role in form.roles]
    timed = [form for form in forms if form.minutes]
    each = commitment(cohort).sessions
    minutes = [form.minutes * (each if form.purpose == "session" else 1) for form in timed]
    yield _together(labels.count("count.forms", len(timed)), minutes, labels)
    yield from (Part(form.title, 0) for form in forms if not form.minutes)


def _together(named: Markup, minutes: list[int], labels: Labels) -> Part:
    length = labels.count("count.minutes", sum(minutes))
    label = "hours.alone" if len(minutes) == 1 else "hours.together"
    return Part(labels.say(label, named=named, minutes=length) if minutes else Markup(), sum(minutes))
