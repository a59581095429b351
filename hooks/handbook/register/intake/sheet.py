"""Bytes -> rows of cells: encoding and delimiter are found out, and nothing in a cell is more than text."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from io import StringIO
from itertools import chain, count, islice

from ...text.signs import UNTIDY
from ..ledger.spelling import one_line
from .faults import SheetFault
from .second_titles import is_second, joined

MOST_BYTES = 10_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_SIGNS = 5_000
_MOST_RECORDS = 10 * MOST_ROWS  # with those that are blank
_DELIMITERS = ",;\t"
# So much of a sheet says how it is written.
_LOOKED_AT = 20
_LOOKED_AT_SIGNS = 200_000
_KNOWN_BY = {
    b"PK\x03\x04": "an Excel or OpenDocument workbook",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF",
}
# Spreadsheets take this line as a word to them, and show no row for it.
_SEPARATOR = re.compile("sep=([,;\t])(?:\r\n?|\n)", re.IGNORECASE)
_LESS = "Leave out what is no sign-up."
_TOO_LONG = SheetFault(
    "This row has more cells than there are titles.",
    "Where a cell holds the sign between cells, quotation marks stand round it. Export the sheet again.",
)
_Cells = list[str] | csv.Error


@dataclass(frozen=True)
class Row:
    """One row below the titles.

    Attributes:
        number: as a spreadsheet shows it.
        cells: one for each title.
    """

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """What a file says.

    Attributes:
        faults: the rows that could not be told apart into cells.
        top: the number of the row that the titles stand in.
    """

    titles: tuple[str, ...]
    rows: tuple[Row, ...]
    faults: tuple[SheetFault, ...] = ()
    top: int = 1

    def column(self, index: int) -> Iterator[str]:
        """The cells below a title that hold something."""
        return (row.cells[index] for row in self.rows if row.cells[index].strip())


def letter(index: int) -> str:
    """Name a column as a spreadsheet does: A to Z, then AA."""
    first, last = divmod(index, 26)
    return f"{letter(first - 1) if first else ''}{chr(65 + last)}"


def read_sheet(content: bytes, known: Callable[[str], bool]) -> Sheet | SheetFault:
    """Read a sheet that was exported as CSV.

    Args:
        content: the file.
        known: whether a text is the title of a column; it tells the delimiter from other signs, and the
            titles from a heading above them.

    Returns:
        Its rows, or why there are none.
    """
    if len(content) > MOST_BYTES:
        return SheetFault("This file is larger than 10 MB.", _LESS)
    text = _text(content)
    if isinstance(text, SheetFault):
        return text
    separator = _SEPARATOR.match(text)
    text = text[separator.end() :] if separator else text
    delimiter = separator[1] if separator else max(_DELIMITERS, key=partial(_fit, text, known))
    return _sheet(_records(text, delimiter), known)


def _text(content: bytes) -> str | SheetFault:
    for start, kind in _KNOWN_BY.items():
        if content.startswith(start):
            return SheetFault(f"This is {kind}.", "Open it, and save or download it as CSV.")
    marks = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    tried = ("utf-16",) if content.startswith(marks) else ("utf-8", "cp1252", "latin-1")
    for encoding in tried:
        try:
            return UNTIDY.sub("", content.decode(encoding))
        except UnicodeDecodeError:
            continue
    return SheetFault("This file begins as UTF-16, and is not.", "Export the sheet again as CSV, UTF-8.")


def _fit(text: str, known: Callable[[str], bool], delimiter: str) -> tuple[int, bool, bool, float, int]:
    """How well a delimiter fits: by titles that are known, then by rows that are as long as the titles.

    A sign that no title has stands between cells only where nothing else does: lists of answers have it too.
    """
    records = (cells for _, cells in _records(text[:_LOOKED_AT_SIGNS], delimiter))
    filled = (cells for cells in records if isinstance(cells, list) and any(map(str.strip, cells)))
    rows = list(islice(filled, _LOOKED_AT))
    above = _above(rows, known)
    rows = rows[above:]
    if not rows:
        return 0, False, True, 1, 1
    width = len(rows[0])
    even = sum(len(cells) == width for cells in rows) / len(rows)
    return sum(map(known, map(one_line, rows[0]))), width > 1, not above, even, width


def _above(rows: Iterable[_Cells], known: Callable[[str], bool]) -> int:
    """How many rows stand above the titles: blank ones, and headings that fill one cell."""
    headings: list[str] = []
    for number, cells in enumerate(rows):
        if isinstance(cells, csv.Error):
            break
        filled = [one_line(cell) for cell in cells if cell.strip()]
        if len(filled) > 1:
            # A title may stand alone over columns that have none; then what is below it are answers.
            return 0 if any(map(known, headings)) and sum(map(known, filled)) < 2 else number
        headings += filled
    return 0


def _records(text: str, delimiter: str) -> Iterator[tuple[int, _Cells]]:
    """Every record with its number; a line break between quotation marks ends none."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    for number in count(1):
        try:
            yield number, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield number, error


def _sheet(records: Iterator[tuple[int, _Cells]], known: Callable[[str], bool]) -> Sheet | SheetFault:
    filled: list[tuple[int, list[str]]] = []
    faults: list[SheetFault] = []
    for number, cells in _below_headings(records, known):
        if isinstance(cells, csv.Error):
            faults.append(_unreadable(cells).placed(number))
        elif any(map(str.strip, cells)):
            filled.append((number, _trimmed(cells)))
        if len(filled) > MOST_ROWS + 1 or number > _MOST_RECORDS:
            return SheetFault(f"This sheet has more than {MOST_ROWS:,} rows.", _LESS)
    if not filled:
        return faults[0] if faults else SheetFault("This sheet is empty.", "Export it again as CSV.")
    table = _table(filled, known)
    return table if isinstance(table, SheetFault) else replace(table, faults=(*faults, *table.faults))


def _below_headings(
    records: Iterator[tuple[int, _Cells]], known: Callable[[str], bool]
) -> Iterator[tuple[int, _Cells]]:
    first = list(islice(records, _LOOKED_AT))
    return chain(first[_above((cells for _, cells in first), known) :], records)


def _table(filled: list[tuple[int, list[str]]], known: Callable[[str], bool]) -> Sheet | SheetFault:
    """Make a sheet of the rows from the titles on."""
    top, titles = filled.pop(0)
    second: list[str] = []
    if filled and len(titles) <= MOST_COLUMNS and is_second(titles, filled[0][1][: MOST_COLUMNS + 1]):
        _, second = filled.pop(0)
    if max(len(titles), len(second)) > MOST_COLUMNS:
        message = f"This sheet has more than {MOST_COLUMNS} columns."
        return SheetFault(message, "Leave out what is not needed.", row=top)
    if second:
        titles, answers = joined(titles, second, [cells for _, cells in filled], known)
        filled = [(number, cells) for (number, _), cells in zip(filled, answers, strict=True)]
    width = len(titles)
    rows = tuple(
        Row(number, (*cells, *[""] * (width - len(cells)))) for number, cells in filled if len(cells) <= width
    )
    faults = tuple(_TOO_LONG.placed(number) for number, cells in filled if len(cells) > width)
    return Sheet(tuple(map(one_line, titles)), rows, faults, top)


def _trimmed(cells: list[str]) -> list[str]:
    """A row without the blank cells at its end."""
    while not cells[-1].strip():
        cells.pop()
    return cells


def _unreadable(error: csv.Error) -> SheetFault:
    if "end of data" in str(error):
        message = "From this row on nothing can be read: a quotation mark is opened and never closed."
        return SheetFault(message, "Close it, or export the sheet again.")
    if "limit" in str(error):
        message = f"A cell has more than {MOST_SIGNS:,} characters."
        return SheetFault(message, "Shorten it, or close a quotation mark that is open.")
    return SheetFault("A quotation mark stands in a wrong place.", "Export the sheet again.")
