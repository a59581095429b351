"""Handbook: everything that a site is made of."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from ..text.problems import Problem
from ..text.prose import Text
from .definitions.cohort import Cohort
from .definitions.organisation import Organisation
from .definitions.playbook import Playbook
from .definitions.program import Program
from .labels import Labels

_Thing = TypeVar("_Thing", Program, Cohort)


@dataclass(frozen=True)
class Report:
    """How many points of a good handbook lack nothing, of how many, and what the others lack."""

    good: int
    all: int
    lacking: tuple[Problem, ...]

    def without(self, paths: Collection[str]) -> Report:
        """The same without what these files lack."""
        lacking = tuple(problem for problem in self.lacking if problem.path not in paths)
        return Report(self.all - len({problem.code for problem in lacking}), self.all, lacking)


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

    @property
    def drafts(self) -> tuple[str, ...]:
        """The files of the programs and cohorts that say that they are a draft."""
        things: tuple[Program | Cohort, ...] = (*self.programs, *self.cohorts)
        return tuple(thing.path for thing in things if thing.draft)

    def published(self) -> Handbook:
        """What everyone may read: not a word of a draft is in it, nor of a draft program's cohorts."""
        programs = tuple(program for program in self.programs if not program.draft)
        cohorts = tuple(cohort for cohort in self.cohorts if not cohort.unpublished)
        reports = {program.id: self.reports[program.id].without(self.drafts) for program in programs}
        return replace(self, programs=programs, cohorts=cohorts, reports=reports)

    def previewed(self) -> Handbook:
        """What its writers look at: all of it, and each draft is called one wherever it is named."""
        programs = {program.id: self._marked(program) for program in self.programs}
        cohorts = (
            replace(self._marked(cohort), program=programs[cohort.program.id]) for cohort in self.cohorts
        )
        return replace(self, programs=tuple(programs.values()), cohorts=tuple(cohorts))

    def _marked(self, thing: _Thing) -> _Thing:
        """A program or cohort; a draft with a title that says so."""
        title = self.labels.say("draft.title", title=thing.title)
        return replace(thing, title=Text(title.unescape())) if thing.draft else thing
