"""Something wrong with a sheet, at a row and a column as a spreadsheet shows them."""

from __future__ import annotations

from dataclasses import dataclass

from ...text.problems import Severity


@dataclass(frozen=True)
class Fault:
    """One thing wrong. No message holds a name, an address or an answer in own words.

    Attributes:
        row: from 1, which is the row of titles; 0 where the whole sheet is meant.
        column: the title of the column; empty where the whole row is meant.
        message: what is wrong.
        hint: what to do.
        severity: with an error the row is left out, with a warning it is read.
        others: the rows below it where the same is wrong.
    """

    row: int
    column: str
    message: str
    hint: str = ""
    severity: Severity = "error"
    others: tuple[int, ...] = ()

    @property
    def rows(self) -> tuple[int, ...]:
        """All rows where this is wrong."""
        return self.row, *self.others


@dataclass(frozen=True)
class Wrong:
    """Why a cell has no value."""

    message: str
    hint: str = ""
    severity: Severity = "error"

    def at(self, row: int, column: str) -> Fault:
        """Say where the cell stands."""
        return Fault(row, column, self.message, self.hint, self.severity)
