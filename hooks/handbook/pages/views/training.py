"""A program's modules, grouped by what they are due before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ...model.definitions.cohort import Cohort
from ...model.definitions.program import Module, Program, Role
from ...model.timeline import events
from ...text.prose import Text


@dataclass(frozen=True)
class TrainingGroup:
    """The modules that are due before one thing, and the day in a cohort, where there is one."""

    title: Text
    modules: tuple[Module, ...]
    due: date | None


def training_path(program: Program, cohort: Cohort | None) -> tuple[TrainingGroup, ...]:
    """Group a program's modules by what they are due before, in the order of time."""
    if cohort:
        trainings = (event for event in events(cohort) if event.kind == "training")
        return tuple(TrainingGroup(event.title, event.thing, event.until) for event in trainings)  # type: ignore[arg-type]
    titles = {thing.id: thing.title for thing in program.dated}
    grouped: dict[str, list[Module]] = {}
    for module in program.training:
        grouped.setdefault(module.anchor, []).append(module)
    first = program.sessions[0].title
    return tuple(
        TrainingGroup(titles.get(name, first), tuple(modules), None) for name, modules in grouped.items()
    )


def modules_for(program: Program, role: Role) -> tuple[Module, ...]:
    """The modules of a role."""
    return tuple(module for module in program.training if role in module.roles)
