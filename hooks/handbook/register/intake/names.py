"""The columns of a name -> the whole name."""

from __future__ import annotations

from collections.abc import Sequence

from ..ledger.spelling import words_of
from .cells import is_placeholder
from .sheet import Row, Sheet
from .vocabulary import is_first_name, is_last_name


class NameColumns:
    """Joins the parts of a name as they are; a part is left out only beside a column with the whole name."""

    def __init__(self, sheet: Sheet, indexes: Sequence[int]) -> None:
        """Find the column whose answers mostly hold the parts: “Name” may as well be the last name alone."""
        titles = {index: sheet.titles[index] for index in indexes}
        parts = [index for index in indexes if is_first_name(titles[index]) or is_last_name(titles[index])]

        def holds_most(whole: int) -> bool:
            rows = [row.cells for row in sheet.rows if row.cells[whole].strip()]
            names = (" ".join(cells[part] for part in parts) for cells in rows)
            held = [words_of(name) <= words_of(cells[whole]) for name, cells in zip(names, rows, strict=True)]
            return sum(held) * 2 > len(held)

        self._whole = next((index for index in indexes if index not in parts and holds_most(index)), -1)
        order = {index: (not is_first_name(title), is_last_name(title)) for index, title in titles.items()}
        self._others = sorted({*indexes} - {self._whole}, key=lambda index: (order[index], index))

    def name(self, row: Row) -> str:
        """The whole name of a row, or what stands there in its place."""
        cells = [row.cells[index].strip() for index in self._others]
        joined = " ".join(cell for cell in cells if cell and not is_placeholder(cell))
        whole = row.cells[self._whole].strip() if self._whole >= 0 else ""
        if not whole or (joined and (is_placeholder(whole) or words_of(whole) < words_of(joined))):
            return joined or " ".join(cells)
        return whole
