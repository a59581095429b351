"""A program or cohort with the file that it was read from: what a rule looks at."""

from __future__ import annotations

from dataclasses import dataclass

from ...model.definitions.cohort import Cohort
from ...model.definitions.organisation import Organisation
from ...model.definitions.playbook import slug
from ...model.definitions.program import Program
from ...text.document import Document, Path


@dataclass(frozen=True)
class ProgramFile:
    """A program with the file that it was read from; whose it is, where that could be read."""

    document: Document
    program: Program
    organisation: Organisation | None = None


@dataclass(frozen=True)
class CohortFile:
    """A cohort with the file that it was read from; whose it is, where that could be read."""

    document: Document
    cohort: Cohort
    organisation: Organisation | None = None


def path_of(document: Document, key: str, identifier: str) -> Path:
    """Find the place of a thing in a list of the program's file; empty where it is not there."""
    values = document.values
    entries = values.get(key, ()) if isinstance(values, dict) else ()
    for index, entry in enumerate(entries):
        is_new = isinstance(entry, dict)
        named = entry.get("id") or slug(entry.get("title", "")) if is_new else entry
        if named == identifier:
            return (key, index)
    return ()
