"""The parts of a sheet to print."""

from __future__ import annotations

from ...model.definitions.playbook import Item
from ...model.definitions.program import Program

_BLANK_ROWS = 3


def blank_rows(sheet: Item, program: Program) -> int:
    """How many rows a sheet's table has: as said, or one for each session."""
    rows: int = sheet.fields["table"].get("rows", _BLANK_ROWS)
    return len(program.sessions) if sheet["rows"] == "sessions" else rows
