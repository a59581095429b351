"""What a schema cannot say: one small function a rule; problems bear the names in the manual."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

from ...text.problems import Problem
from . import days, people, programs
from .files import CohortFile, ProgramFile
from .organisation import names_fit_addresses, organisation_problems, repository_is_private
from .programs import omitted_things_exist, own_agenda_adds_up, prose_is_seen, titles_are_apart

__all__ = [
    "COHORT_CHECKS", "PROGRAM_CHECKS", "CohortFile", "ProgramFile", "names_fit_addresses",
    "omitted_things_exist", "organisation_problems", "own_agenda_adds_up", "prose_is_seen",
    "repository_is_private", "titles_are_apart",
]  # fmt: skip


def _rules(kind: type) -> tuple[Callable[[Any], Iterator[Problem]], ...]:
    """Every function that these modules write for such a file: whoever writes one has added a rule."""
    own = (
        rule
        for module in (days, people, programs)
        for name, rule in inspect.getmembers(module, inspect.isfunction)
        if name[0] != "_" and rule.__module__ == module.__name__
    )
    return tuple(rule for rule in own if inspect.get_annotations(rule, eval_str=True).get("file") is kind)


PROGRAM_CHECKS, COHORT_CHECKS = _rules(ProgramFile), _rules(CohortFile)
