"""A change -> the letters to write or to take out, in the layout that the text has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import yaml

from ..document import Path
from ..document.tree import child, place_of
from ..signs import BREAK
from .places import Edit, Impossible, Part, Places
from .values import MOST_SIGNS, block, entries_of, filled, flow, item

# Where a key goes that is not there yet: behind the nearest of those before it.
_ORGANISATION = ("name", "language", "timezone", "site", "repository", "grades")
_COHORT = ("title", "start", "end", "sign_up", "dates", "people", "pairings", "results")
_PROGRAM = (
    "title", "summary", "mode", "why", "sponsor", "goals", "topics", "commitment", "sign_up", "matching",
)  # fmt: skip


class Layout(Places):
    """A text without a fault, and how its layout takes a change."""

    # --- what to write ---

    def replaced(self, key: Any, value: Any, new: object) -> Iterable[Edit]:
        """Write a value in place of another; entries stand below the key of their list, each in a line."""
        start, end, column = value.start_mark.index, self.end(value), self.root.start_mark.column
        if self.has_comment(value):
            raise Impossible("A comment stands in the value that would give way.", place_of(value).line)
        has_entries = isinstance(new, list) and any(isinstance(entry, Mapping) for entry in new)
        if has_entries and not self.root.flow_style and key.start_mark.column == column:
            _, *lines = block(key.value, new, column)
            return [Edit(self.colon(key), end, ""), self._inserted(self.line_end(end), lines)]
        in_lines = isinstance(value, yaml.CollectionNode) and not value.flow_style
        start = self.colon(key) if in_lines else start
        blank = " " if in_lines or start == end else ""
        written = self.newline.join(filled(new, self.column(start) + len(blank)))
        return [Edit(start, end, blank + written)]

    def added(self, mapping: Any, key: str, value: object, top: bool) -> Iterable[Edit]:
        """Add a key to a mapping that has none of its name; at the top of a file it has its usual place."""
        if mapping.flow_style:
            return self._in_brackets(mapping, [*entries_of({key: value})])
        column = mapping.start_mark.column
        before = self._before(mapping, key) if top else None
        blank = [""] if top and isinstance(value, list) else []
        stop = self.below(self.end(before or mapping), column)
        return [self._inserted(stop, [*blank, *block(key, value, column)])]

    def _before(self, mapping: Any, key: str) -> Any:
        """The value behind which a key stands as a rule; None for the end."""
        kinds = {"summary": _PROGRAM, "name": _ORGANISATION}
        order = next((order for name, order in kinds.items() if child(mapping, name)), _COHORT)
        names = order[: order.index(key)] if key in order else ()
        pairs = (child(mapping, name) for name in reversed(names))
        return next((pair[1] for pair in pairs if pair), None)

    def _inserted(self, index: int, lines: Iterable[str]) -> Edit:
        return Edit(index, index, "".join(self.newline + line for line in lines))

    def appended(self, sequence: Any, entries: Sequence[Mapping[str, object]]) -> Iterable[Edit]:
        """Add entries behind the last one of a list, written as that is."""
        if sequence.flow_style:
            return self._in_brackets(sequence, [flow(entry) for entry in entries])
        last, part, column = sequence.value[-1], self.parts(sequence)[-1], sequence.start_mark.column
        same_line = place_of(last).line == self.line(part.first) and part.first < last.start_mark.index
        gap = last.start_mark.index - part.first - 1 if same_line else 1
        in_lines = isinstance(last, yaml.MappingNode) and not last.flow_style
        written = [line for entry in entries for line in item(entry, column, gap, in_lines)]
        return [self._inserted(self.below(part.end, column), written)]

    def _brackets(self, node: Any, message: str) -> tuple[int, int]:
        """The indexes behind the opening bracket, and of the closing one."""
        if self.text[node.start_mark.index] not in "[{":
            raise Impossible(message, place_of(node).line)
        return node.start_mark.index + 1, node.end_mark.index - 1

    def _in_brackets(self, node: Any, new: Sequence[str]) -> Iterable[Edit]:
        start, closing = self._brackets(node, "These entries have no brackets of their own.")
        parts = self.parts(node)
        if not parts:
            if "#" in self.text[start:closing]:
                raise Impossible("A comment stands in the brackets.", place_of(node).line)
            return [Edit(start, closing, ", ".join(new))]
        last, line_end = parts[-1], self.line_end(parts[-1].end)
        on_own_lines = all(self.begins_line(part.first) for part in parts[1:] or parts)
        behind = self.rest(last.end).partition(" #")[0].rstrip()
        whole = self.column(last.end) + sum(len(entry) + 2 for entry in new) + len(behind)
        column = self.column(last.first if on_own_lines else start)
        gap = f"{self.newline}{' ' * column}" if on_own_lines or whole > MOST_SIGNS else " "
        written = ",".join(gap + entry for entry in new)
        if not on_own_lines or not last.end < line_end < closing:
            return [Edit(last.end, last.end, f",{written}")]
        if behind.lstrip().startswith(","):
            return [Edit(line_end, line_end, f"{written},")]
        return [Edit(last.end, last.end, ","), Edit(line_end, line_end, written)]  # a comment stays there

    # --- what to take out ---

    def removed(self, path: Path) -> Iterable[Edit]:
        """Take an entry out."""
        key, node = self.around(path[:-1])
        keys = [name.value for name, _ in node.value] if isinstance(node, yaml.MappingNode) else []
        number = keys.index(path[-1]) if path[-1] in keys else path[-1]
        parts = self.parts(node)
        if not isinstance(number, int) or not 0 <= number < len(parts):
            raise KeyError(path[-1])
        if node.flow_style:
            return self._out_of_brackets(node, parts, number)
        if len(parts) == 1:
            return self._emptied(key, node, parts[0])
        return self._out_of_lines(parts, number)

    def _out_of_brackets(self, node: Any, parts: Sequence[Part], number: int) -> Iterable[Edit]:
        opening, closing = self._brackets(node, "This entry has no brackets of its own.")
        first, end = parts[number]
        start, stop = (parts[number - 1].end, end) if number else (opening, closing)
        if number + 1 < len(parts):
            start, stop = first, parts[number + 1].first
        if "#" not in self.text[start:first] + self.text[end:stop]:
            return [Edit(start, stop, "")]
        if self.begins_line(first) and re.fullmatch(r"\s*,?\s*(#.*)?", self.rest(end)):
            return [Edit(self.line_start(first), self.next_line(end), "")]
        raise Impossible("A comment stands beside the entry.", self.line(first))

    def _out_of_lines(self, parts: Sequence[Part], number: int) -> Iterable[Edit]:
        first, end = parts[number]
        if self.begins_line(first):
            return [self._lines(parts[number], self._comment_above(parts, number))]
        behind = parts[number + 1].first if number + 1 < len(parts) else first
        if behind > first and "#" not in self.text[end:behind]:
            return [Edit(first, behind, "")]
        raise Impossible("More stands in this line than the entry.", self.line(first))

    def _lines(self, part: Part, start: int) -> Edit:
        """All lines of an entry; at the end of a file without a last line break the one above."""
        stop = self.below(part.end, self.column(part.first))
        after = self.next_line(stop)
        above = [*BREAK.finditer(self.text, 0, start)][-1:] if after == stop else []
        return Edit(above[0].start() if above else start, after, "")

    def _comment_above(self, parts: Sequence[Part], number: int) -> int:
        """Where the comment begins that is said of one entry alone; else where its first line begins.

        Above the first entry it may be said of all. Else the blank line, comment or end behind the entry
        shows that it is said of no other. What looks like YAML was put aside, and is no comment.
        """
        first, end = parts[number]
        column, start = self.column(first), self.line_start(first)
        behind = self.rest(self.next_line(self.below(end, column))).strip()
        if number == 0 or (number + 1 < len(parts) and behind and not behind.startswith("#")):
            return start
        top = self.line(start)
        while top > 1 and (line := self.rest(self.starts[top - 2])).startswith(f"{' ' * column}#"):
            if re.match(r"#\s*(?:- |[\w-]+:(?: |$))", line.strip()):
                return start
            top -= 1
        return self.starts[top - 1]

    def _emptied(self, key: Any, node: Any, part: Part) -> Iterable[Edit]:
        nothing = "{}" if isinstance(node, yaml.MappingNode) else "[]"
        if key is not None and self.begins_line(part.first):
            colon = self.colon(key)
            return [Edit(colon, colon, f" {nothing}"), self._lines(part, self.line_start(part.first))]
        if node is self.root or BREAK.search(self.text, part.first, part.end):
            raise Impossible("Nothing would be left here.", place_of(node).line)
        return [Edit(part.first, part.end, nothing)]
