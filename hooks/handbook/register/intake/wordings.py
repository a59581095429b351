"""Answers to a choice in a form's own words: each wording is told, or asked about, once for all its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..ledger.fold import fold, one_line
from .cells import CHOICES, PARSERS, proposed_role
from .faults import Fault, Wrong


@dataclass(frozen=True)
class Wording:
    """What people answered to a choice, where nobody knows surely what it means.

    Attributes:
        field: `role` or `consent`.
        answer: as it was given first; for the eyes of a person at a terminal alone.
        proposal: the choice that it may mean; empty where none is likely.
        fault: what is told of it, with all its rows.
    """

    field: str
    answer: str
    proposal: str
    fault: Fault


class Wordings:
    """Reads the choices of a sheet, and keeps the wordings that are unclear."""

    def __init__(self, meant: Mapping[tuple[str, str], str]) -> None:
        """Say what people said that answers mean: a choice or nothing, by the field and the folded answer."""
        self._meant = meant
        self._found: dict[tuple[str, str], Wording] = {}
        self._rows: dict[tuple[str, str], list[int]] = {}

    def read(self, named: str, text: str) -> object:
        """What an answer says surely, or what a person said that it means."""
        found = PARSERS[named](text)
        said = self._meant.get((named, fold(text)), "") if isinstance(found, Wrong) else ""
        return CHOICES[named].get(said, found)

    def note(self, named: str, answer: str, fault: Fault) -> None:
        """Keep an answer that is unclear."""
        key = named, fold(answer)
        if key not in self._found:
            self._found[key] = Wording(named, one_line(answer), _proposal(named, answer), fault)
        self._rows.setdefault(key, []).append(fault.row)

    def all(self) -> tuple[Wording, ...]:
        """Every wording once, with all its rows; roles come first, since they decide who is read at all."""
        listed = sorted(self._found.items(), key=lambda one: one[0][0], reverse=True)
        return tuple(
            replace(one, fault=replace(one.fault, others=tuple(self._rows[key][1:]))) for key, one in listed
        )


def _proposal(named: str, answer: str) -> str:
    """Whatever a person wrote of their name, nothing but `nobody` is proposed."""
    return proposed_role(answer) if named == "role" else "nobody"
