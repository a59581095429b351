"""A program or cohort with the file that it was read from: what a rule looks at."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...model.definitions.cohort import Cohort
from ...model.definitions.organisation import Organisation
from ...model.definitions.playbook import slug
from ...model.definitions.program import Program
from ...text.document import Document, Path
from ...text.problems import Problem

DATED = ("sessions", "milestones", "check_ins", "forms")


@dataclass(frozen=True)
class _File:
    document: Document

    def problem(self, key: str, path: Path, /, **fields: Any) -> Problem:
        """Say what is wrong with a value, at its place."""
        return self.document.problem(key, path, **fields)


@dataclass(frozen=True)
class ProgramFile(_File):
    """A program with the file that it was read from; whose it is, where that could be read."""

    program: Program
    organisation: Organisation | None = None

    def things(self, *keys: str) -> Iterator[tuple[str, Any]]:
        """Each thing of some lists, with the name of its list."""
        return ((key, thing) for key in keys for thing in getattr(self.program, key))

    def path_of(self, identifier: str, *keys: str) -> Path:
        """Find the place of a thing in one of some lists of the file; empty where it is in none."""
        for key in keys:
            for index, entry in enumerate(self.document.mapping.get(key, ())):
                if named(entry) == identifier:
                    return (key, index)
        return ()

    def taken(self, kind: str) -> Iterator[tuple[Path, Mapping[str, Any]]]:
        """The texts of the playbook that the file itself writes or changes, each with its place."""
        entries = self.document.mapping.get("playbook", {}).get(kind, {}).get("take", ())
        for index, entry in enumerate(entries):
            if isinstance(entry, Mapping):
                yield ("playbook", kind, "take", index), entry


@dataclass(frozen=True)
class CohortFile(_File):
    """A cohort with the file that it was read from; whose it is, where that could be read.

    Attributes:
        others: the files of the program's other cohorts.
    """

    cohort: Cohort
    organisation: Organisation | None = None
    others: Sequence[Document] = ()


def named(entry: Any) -> Any:
    """What an entry of a list is called."""
    return entry.get("id") or slug(entry.get("title", "")) if isinstance(entry, Mapping) else entry


def doubles(keys: Iterable[Hashable]) -> Iterator[tuple[int, int]]:
    """The index of each key that stood there before, and of the first like it; None is no key."""
    seen: dict[Hashable, int] = {}
    for index, key in enumerate(keys):
        first = index if key is None else seen.setdefault(key, index)
        if first != index:
            yield index, first
