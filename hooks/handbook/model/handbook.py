"""Handbook: everything that a site is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..text.problems import Problem
from .definitions.cohort import Cohort
from .definitions.organisation import Organisation
from .definitions.playbook import Playbook
from .definitions.program import Program
from .labels import Labels


@dataclass(frozen=True)
class Report:
    """How many points of a good handbook lack nothing, of how many, and what the others lack."""

    good: int
    all: int
    lacking: tuple[Problem, ...]


@dataclass(frozen=True)
class Handbook:
    """Everything that a site is made of.

    Attributes:
        cohorts: of all programs, in the order of their start.
        templates: the organisation's own page templates by name, such as `home.md.j2`.
        reports: how complete each program is, by its id.
        hand_written: pages that people keep in docs/, by their path; they win over generated ones.
        contents: of the files that all this was read from, by path.
    """

    organisation: Organisation
    programs: tuple[Program, ...] = ()
    cohorts: tuple[Cohort, ...] = ()
    playbook: Playbook = field(default_factory=Playbook)
    labels: Labels = field(default_factory=lambda: Labels("en"))
    templates: Mapping[str, str] = field(default_factory=dict)
    reports: Mapping[str, Report] = field(default_factory=dict)
    hand_written: frozenset[str] = frozenset()
    contents: Mapping[str, bytes] = field(default_factory=dict, compare=False, repr=False)

    def cohorts_of(self, program: Program) -> tuple[Cohort, ...]:
        """The cohorts of a program, in the order of their start."""
        return tuple(cohort for cohort in self.cohorts if cohort.program is program)
