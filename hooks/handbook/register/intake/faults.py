"""Something wrong with a sheet, at a row and a column as a spreadsheet shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import yaml

from ... import DATA
from ...rules.privacy.spellings import one_line
from ...text.problems import Severity, quoted

_MOST_QUOTED_SIGNS = 20
_WORDINGS: Mapping[str, Mapping[str, str]] = yaml.load(
    (DATA / "problems" / "sheets.yml").read_text("utf-8"), Loader=yaml.CSafeLoader
)


@dataclass(frozen=True)
class SheetFault:
    """One thing wrong. No message holds a name, an address or an answer in own words."""

    message: str
    hint: str = ""  # what to do
    severity: Severity = "error"  # with an error the row is left out, with a warning it is read
    row: int = 0  # from 1, which is the first of the file; 0 where the whole sheet is meant
    column: str = ""  # its title; empty where the whole row is meant
    others: tuple[int, ...] = ()  # the rows below it where the same is wrong

    @property
    def rows(self) -> tuple[int, ...]:
        """All rows where this is wrong."""
        return self.row, *self.others

    def placed(self, row: int, column: str = "") -> SheetFault:
        """Say where it stands."""
        return replace(self, row=row, column=column)


def fault(kind: str, /, **values: object) -> SheetFault:
    """What data/problems/sheets.yml says of a kind of fault, with these values."""
    wording = _WORDINGS[kind]
    severity: Severity = "warning" if "warning" in wording else "error"
    message, hint = (wording.get(text, "").format(**values) for text in (severity, "hint"))
    return SheetFault(message, hint, severity)


def is_harmless(text: str) -> bool:
    """Whether a text is one short word, maybe with numbers: two may say what nobody else should know."""
    words = [part for part in text.split() if not any(map(str.isdigit, part))]
    return len(text) <= _MOST_QUOTED_SIGNS and len(words) <= 1


def shown(text: str) -> str:
    """Quote an answer that is harmless."""
    return quoted(one_line(text)) if is_harmless(one_line(text)) else "This answer"


def has_errors(faults: Iterable[SheetFault]) -> bool:
    """Whether any of these is an error."""
    return any(fault.severity == "error" for fault in faults)
