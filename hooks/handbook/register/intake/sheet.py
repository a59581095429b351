"""Bytes -> rows of cells: the delimiter is found out, and nothing in a cell is more than text."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from io import StringIO
from itertools import chain, count, islice, zip_longest

from ...rules.privacy.spellings import normal_form, one_line
from .encoding import decoded
from .faults import SheetFault, fault
from .vocabulary import second_titles

MOST_BYTES = 10_000_000
MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_SIGNS = 5_000
_MOST_RECORDS = 10 * MOST_ROWS  # with those that are blank
_DELIMITERS = ",;\t"
# So much of a sheet says how it is written.
_LOOKED_AT = 20
_LOOKED_AT_SIGNS = 200_000
_MOST_HEADINGS = 4
# Spreadsheets take this line as a word to them, and show no row for it.
_SEPARATOR = re.compile("sep=([,;\t])(?:\r\n?|\n)", re.IGNORECASE)
# What Python's reader says where it fails, and which fault that is.
_UNREADABLE = {"end of data": "open-quote", "limit": "endless-cell", "": "wrong-quote"}
_Cells = list[str] | csv.Error
_Known = Callable[[str], bool]  # whether a text is the title of a column


@dataclass(frozen=True)
class Row:
    """One row below the titles."""

    number: int  # as a spreadsheet shows it
    cells: tuple[str, ...]  # one for each title


@dataclass(frozen=True)
class Sheet:
    """What a file says."""

    titles: tuple[str, ...]
    rows: tuple[Row, ...]
    faults: tuple[SheetFault, ...] = ()  # the rows that could not be told apart into cells
    top: int = 1  # the number of the row that the titles stand in
    word: str = ""  # where the encoding was guessed, a word as it was read; for a person at a terminal alone

    def column(self, index: int) -> Iterator[str]:
        """The cells below a title that hold something."""
        return (row.cells[index] for row in self.rows if row.cells[index].strip())


def letter(index: int) -> str:
    """Name a column as a spreadsheet does: A to Z, then AA."""
    first, last = divmod(index, 26)
    return f"{letter(first - 1) if first else ''}{chr(65 + last)}"


def read_sheet(content: bytes, known: _Known) -> Sheet | SheetFault:
    """Read a sheet that was exported as CSV; give its rows, or why there are none.

    Titles that are known tell the delimiter from other signs, and the titles from a heading above them.
    """
    if len(content) > MOST_BYTES:
        return fault("too-large")
    file = decoded(content)
    if isinstance(file, SheetFault):
        return file
    text, word = file
    separator = _SEPARATOR.match(text)
    text = text[separator.end() :] if separator else text
    delimiter = separator[1] if separator else max(_DELIMITERS, key=partial(_fit, text, known))
    sheet = _sheet(_records(text, delimiter), known)
    if isinstance(sheet, SheetFault):
        return sheet
    return sheet if word is None else replace(sheet, faults=(fault("guessed"), *sheet.faults), word=word)


def _fit(text: str, known: _Known, delimiter: str) -> tuple[int, bool, bool, float, int]:
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


def _above(rows: Sequence[_Cells], known: _Known) -> int:
    """How many rows stand above the titles: blank ones, headings in one cell, and those over some columns."""
    filled = (isinstance(cells, csv.Error) or len([*filter(str.strip, cells)]) > 1 for cells in rows)
    top = next((number for number, several in enumerate(filled) if several), 0)
    below = [cells for cells in rows[top : top + _MOST_HEADINGS] if isinstance(cells, list)]
    if len(below) > 1 and _is_second(*below[:2]):
        return top
    titles = [sum(map(known, map(one_line, cells[:MOST_COLUMNS]))) for cells in below]
    return top + (titles.index(max(titles)) if max(titles, default=0) > 1 else 0)


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


def _sheet(records: Iterator[tuple[int, _Cells]], known: _Known) -> Sheet | SheetFault:
    filled: list[tuple[int, list[str]]] = []
    faults: list[SheetFault] = []
    first = list(islice(records, _LOOKED_AT))
    for number, cells in chain(first[_above([cells for _, cells in first], known) :], records):
        if isinstance(cells, csv.Error):
            kind = next(kind for sign, kind in _UNREADABLE.items() if sign in str(cells))
            faults.append(fault(kind, most=MOST_SIGNS).placed(number))
        elif any(map(str.strip, cells)):
            # Without the blank cells at its end.
            filled.append((number, cells[: 1 + max(at for at, cell in enumerate(cells) if cell.strip())]))
        if len(filled) > MOST_ROWS + 1 or number > _MOST_RECORDS:
            return fault("too-many-rows", most=MOST_ROWS)
    if not filled:
        return faults[0] if faults else fault("empty")
    return _table(filled, faults, known)


def _table(
    filled: list[tuple[int, list[str]]], faults: list[SheetFault], known: _Known
) -> Sheet | SheetFault:
    """Make a sheet of the rows from the titles on, beside what is wrong with others."""
    top, titles = filled.pop(0)
    second: list[str] = []
    if filled and len(titles) <= MOST_COLUMNS and _is_second(titles, filled[0][1][: MOST_COLUMNS + 1]):
        _, second = filled.pop(0)
    if max(len(titles), len(second)) > MOST_COLUMNS:
        return fault("too-many-columns", most=MOST_COLUMNS).placed(top)
    if second:
        titles, answers = _joined(titles, second, [cells for _, cells in filled], known)
        filled = [(number, cells) for (number, _), cells in zip(filled, answers, strict=True)]
    width = len(titles)
    rows = (Row(number, tuple(_padded(cells, width))) for number, cells in filled if len(cells) <= width)
    long = (fault("long-row").placed(number) for number, cells in filled if len(cells) > width)
    return Sheet(tuple(map(one_line, titles)), tuple(rows), (*faults, *long), top)


def _padded(cells: list[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))]


# --- a second row of titles, as some form tools export it: what the several columns of one question hold ---


def _is_second(titles: list[str], row: list[str]) -> bool:
    """Whether the row below the titles belongs to them.

    In what the tool adds to each answer nothing stands there, and somewhere stands a mark of such a row.
    """
    forms = [normal_form(title) for title in titles]
    for added, marks in second_titles():
        below = [cell for form, cell in zip(forms, row, strict=False) if form in added]
        if below and not any(map(str.strip, below)) and marks & set(map(normal_form, row)):
            return True
    return False


def _joined(
    titles: list[str], second: list[str], rows: list[list[str]], known: _Known
) -> tuple[list[str], list[list[str]]]:
    """Make one row of titles of two, and join the answers; as many columns as before: their letters stay.

    A column without a title of its own goes on with the question to its left. Where it holds a choice, its
    answers go there; where it is called what a column of a sheet may be called, it has that title.
    """
    answers = [_padded(row, max(len(titles), len(second))) for row in rows]
    names: list[str] = []
    question = 0
    two = zip_longest(map(one_line, titles), map(one_line, second), fillvalue="")
    for index, (title, label) in enumerate(two):
        question = index if title else question
        field = bool(label) and known(label) and any(row[index].strip() not in ("", label) for row in answers)
        names.append(label if field and not (title and known(title)) else title)
        if not names[index] and label:
            for row in answers:
                row[question] = "; ".join(filter(None, (row[question].strip(), row[index].strip())))
                row[index] = ""
    return names, answers
