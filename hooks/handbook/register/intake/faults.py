"""Something wrong with a sheet, at a row and a column as a spreadsheet shows them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ...text.problems import Severity


@dataclass(frozen=True)
class SheetFault:
    """One thing wrong. No message holds a name, an address or an answer in own words.

    Attributes:
        message: what is wrong.
        hint: what to do.
        severity: with an error the row is left out, with a warning it is read.
        row: from 1, which is the first of the file; 0 where the whole sheet is meant.
        column: the title of the column; empty where the whole row is meant.
        others: the rows below it where the same is wrong.
    """

    message: str
    hint: str = ""
    severity: Severity = "error"
    row: int = 0
    column: str = ""
    others: tuple[int, ...] = ()

    @property
    def rows(self) -> tuple[int, ...]:
        """All rows where this is wrong."""
        return self.row, *self.others

    def placed(self, row: int, column: str = "") -> SheetFault:
        """Say where it stands."""
        return replace(self, row=row, column=column)


def has_errors(faults: tuple[SheetFault, ...]) -> bool:
    """Whether any of these is an error."""
    return any(fault.severity == "error" for fault in faults)
