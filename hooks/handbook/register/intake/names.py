"""The columns of a name -> the whole name."""

from __future__ import annotations

from collections.abc import Sequence

from ...rules.privacy.spellings import words_of
from .cells import is_blank_part, is_placeholder
from .sheet import Row, Sheet
from .vocabulary import name_part


class NameColumns:
    """Joins the parts of a name as they are; a part is left out only beside a column with the whole name."""

    def __init__(self, sheet: Sheet, indexes: Sequence[int]) -> None:
        """Find the column whose answers mostly hold the parts: “Name” may as well be the last name alone."""
        places = {index: name_part(sheet.titles[index]) for index in indexes}
        parts = [index for index in indexes if places[index]]

        def holds_most(whole: int) -> bool:
            rows = [row.cells for row in sheet.rows if row.cells[whole].strip()]
            names = [words_of(" ".join(cells[part] for part in parts)) for cells in rows]
            held = sum(name <= words_of(cells[whole]) for name, cells in zip(names, rows, strict=True))
            return held * 2 > len(rows)

        self._whole = next((index for index in indexes if not places[index] and holds_most(index)), -1)
        self._others = sorted({*indexes} - {self._whole}, key=lambda index: (places[index], index))

    def name(self, row: Row) -> str:
        """The whole name of a row, or what stands there in its place."""
        cells = [row.cells[index].strip() for index in self._others]
        parts = [cell for cell in cells if cell and not is_blank_part(cell)]
        # Na Li and Jo Test are people: what stands in place of a name is judged where all parts are none.
        joined = "" if all(map(is_placeholder, parts)) else " ".join(parts)
        whole = row.cells[self._whole].strip() if self._whole >= 0 else ""
        if not whole or (joined and (is_placeholder(whole) or words_of(whole) < words_of(joined))):
            return joined or " ".join(cells)
        return whole
