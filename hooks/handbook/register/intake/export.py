"""A file as a form tool or a spreadsheet exported it -> its sheet, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping

from ..ledger.spelling import normal_form
from . import titles
from .appearance import could_be_answer, is_address, is_answer
from .faults import SheetFault
from .sheet import Sheet, read_sheet

# What stands there is somebody's name or address: it is not told.
_NO_TITLES = SheetFault(
    "The titles of the columns are missing: what stands in this row are answers.",
    "Put a row above it that says what each column holds, such as: Name, E-mail, Role.",
)


def sheet_of(content: bytes, columns: Mapping[str, str]) -> Sheet | SheetFault:
    """Read a file; the titles that a program knows help to find out how it is written."""
    fields = {normal_form(title): field for title, field in columns.items()}
    sheet = read_sheet(content, lambda title: normal_form(title) in fields or bool(titles.field_of(title)))
    if isinstance(sheet, Sheet) and _has_no_titles(sheet, fields):
        return _NO_TITLES.placed(sheet.top)
    return sheet


def _has_no_titles(sheet: Sheet, fields: Mapping[str, str]) -> bool:
    """Whether the first row is one of answers: no title that is needed is known, and one is none."""
    if any(map(is_address, sheet.titles)):
        return True
    if {fields.get(normal_form(title)) or titles.field_of(title) for title in sheet.titles} & {
        "name",
        "role",
    }:
        return False
    columns = [(title, [*sheet.column(index)]) for index, title in enumerate(sheet.titles)]
    # A title may look like a name, or speak of a role; hardly one of each does over such answers.
    both = all(any(could_be_answer(*column, field) for column in columns) for field in ("name", "role"))
    return both or any(is_answer(*column) for column in columns)
