"""The parts of a sheet to print."""

from __future__ import annotations

from dataclasses import dataclass

from ...model.definitions.playbook import Item
from ...model.definitions.program import Program
from ...text.prose import Text


@dataclass(frozen=True)
class Blank:
    """A part of a sheet: a heading with lines to write on."""

    title: Text
    hint: Text
    lines: int


_BLANK_ROWS = 3


def blanks(sheet: Item) -> tuple[Blank, ...]:
    """The parts of a sheet."""
    return tuple(
        Blank(part["title"], part.get("hint", Text()), part.get("lines", 1))
        for part in sheet.fields.get("parts", ())
    )


def blank_rows(sheet: Item, program: Program) -> int:
    """How many rows a sheet's table has: as said, or one for each session."""
    said: int = sheet.fields["table"].get("rows", _BLANK_ROWS)
    return len(program.sessions) if sheet["rows"] == "sessions" else said
