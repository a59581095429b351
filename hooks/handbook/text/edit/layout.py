"""A change -> the letters to write or to take out, in the layout that the text has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import yaml

from ..document import Path
from ..document.tree import child
from ..signs import BREAK
from .places import Around, Impossible, Part, Places, line_of
from .values import MOST_SIGNS, block, entries_of, filled, flow, item

# Where a key goes that is not there yet: behind the nearest of those before it.
_COHORT = ("title", "start", "end", "sign_up", "dates", "people", "pairings", "results")
_PROGRAM = (
    "title", "summary", "mode", "why", "sponsor", "goals", "topics", "commitment", "sign_up", "matching",
)  # fmt: skip


class Edit(NamedTuple):
    """A part of a text, from a sign to before another, and what to write there."""

    start: int
    end: int
    text: str


class Layout(Places):
    """A text without a fault, and how its layout takes a change."""

    # --- what to write ---

    def replaced(self, key: Any, value: Any, new: object) -> Iterable[Edit]:
        """Write a value in place of another."""
        start, end = value.start_mark.index, self.end(value)
        if self._has_comment(value):
            raise Impossible("A comment stands in the value that would give way.", line_of(value))
        if isinstance(value, yaml.CollectionNode) and not value.flow_style:
            start = self._colon(key)
            column = self.column(start) + 1
        elif start < end:
            return [Edit(start, end, self._wrapped(new, self.column(start)))]
        else:
            column = self.column(start) + 1
        return [Edit(start, end, f" {self._wrapped(new, column)}")]

    def added(self, mapping: Any, key: str, value: object, top: bool) -> Iterable[Edit]:
        """Add a key to a mapping that has none of its name; at the top of a file it has its usual place."""
        if mapping.flow_style:
            return self._in_brackets(mapping, [*entries_of({key: value})])
        column = mapping.start_mark.column
        before = self._before(mapping, key) if top else None
        at = self.below(self.end(before or mapping), column)
        lines = block(key, value, column)
        blank = [""] if top and isinstance(value, list) else []
        return [Edit(at, at, "".join(self.newline + line for line in (*blank, *lines)))]

    def _before(self, mapping: Any, key: str) -> Any:
        """The value behind which a key stands as a rule; None for the end."""
        order = _PROGRAM if child(mapping, "summary") else _COHORT
        names = order[: order.index(key)] if key in order else ()
        pairs = (child(mapping, name) for name in reversed(names))
        return next((pair[1] for pair in pairs if pair), None)

    def appended(self, sequence: Any, entries: Sequence[Mapping[str, object]]) -> Iterable[Edit]:
        """Add entries behind the last one of a list, written as that is."""
        if sequence.flow_style:
            return self._in_brackets(sequence, [flow(entry) for entry in entries])
        last = sequence.value[-1]
        part = self.parts(sequence)[-1]
        column = sequence.start_mark.column
        same_line = line_of(last) == self.line(part.first) and part.first < last.start_mark.index
        gap = last.start_mark.index - part.first - 1 if same_line else 1
        in_lines = isinstance(last, yaml.MappingNode) and not last.flow_style
        written = [line for entry in entries for line in item(entry, column, gap, in_lines)]
        at = self.below(part.end, column)
        return [Edit(at, at, "".join(self.newline + line for line in written))]

    def begun(
        self, root: Any, key: Any, value: Any, entries: Sequence[Mapping[str, object]]
    ) -> Iterable[Edit]:
        """Begin a list that is empty, or a key without a value."""
        start, end = value.start_mark.index, self.end(value)
        if self._has_comment(value):
            raise Impossible("A comment stands in the brackets.", line_of(value))
        if root.flow_style:
            return [Edit(start, end, f" [{', '.join(map(flow, entries))}]")]
        at = self.line_end(end)
        column = root.start_mark.column + 2
        written = [line for entry in entries for line in item(entry, column, 1, in_lines=False)]
        added = Edit(at, at, "".join(self.newline + line for line in written))
        if start == end:
            return [added]
        colon = self._colon(key)
        if BREAK.search(self.text, colon, end):
            raise Impossible("The brackets do not stand in the line of their key.", line_of(value))
        return [Edit(colon, end, ""), added]

    def _in_brackets(self, node: Any, new: Sequence[str]) -> Iterable[Edit]:
        """Add entries before the closing bracket."""
        opening, closing = node.start_mark.index, node.end_mark.index - 1
        if self.text[opening] not in "[{":
            raise Impossible("These entries have no brackets of their own.", line_of(node))
        parts = self.parts(node)
        if not parts:
            if "#" in self.text[opening:closing]:
                raise Impossible("A comment stands in the brackets.", line_of(node))
            return [Edit(opening + 1, closing, ", ".join(new))]
        end, comma = parts[-1].end, self._comma(parts[-1].end)
        others = parts[1:] or parts
        if all(self.begins_line(part.first) for part in others):
            return self._on_own_lines(parts[-1], comma, closing, new)
        at, column = comma or end, self.column(opening) + 1
        written, free = "", MOST_SIGNS - self.column(at)
        behind = len(self.text[at : self.line_end(at)].partition(" #")[0].rstrip())
        for number, entry in enumerate(new):
            sign = "" if comma and not number else ","
            rest = behind if number == len(new) - 1 else 0
            if len(sign) + 1 + len(entry) + rest <= free:
                written += f"{sign} {entry}"
                free -= len(sign) + 1 + len(entry)
            else:
                written += f"{sign}{self.newline}{' ' * column}{entry}"
                free = MOST_SIGNS - column - len(entry)
        return [Edit(at, at, written)]

    def _on_own_lines(
        self, last: Part, comma: int | None, closing: int, new: Sequence[str]
    ) -> Iterable[Edit]:
        """Add entries to brackets in which each has its line; a comment behind the last one stays there."""
        indent = self.newline + self.text[self.line_start(last.first) : last.first]
        stop = self.line_end(last.end)
        if comma and comma > stop:
            raise Impossible("The comma behind the last entry stands in another line.", self.line(last.end))
        at = stop if stop < closing else comma or last.end
        written = ",".join(indent + entry for entry in new)
        if comma:
            return [Edit(at, at, f"{written},")]
        if at == last.end:
            return [Edit(at, at, f",{written}")]
        return [Edit(last.end, last.end, ","), Edit(at, at, written)]

    def _wrapped(self, value: object, column: int) -> str:
        return self.newline.join(filled(value, column))

    # --- what to take out ---

    def removed(self, path: Path) -> Iterable[Edit]:
        """Take an entry out."""
        around = self.around(path[:-1])
        node = around.node
        keys = [key.value for key, _ in node.value] if isinstance(node, yaml.MappingNode) else []
        at = keys.index(path[-1]) if keys and path[-1] in keys else path[-1]
        parts = self.parts(node)
        if not isinstance(at, int) or not 0 <= at < len(parts):
            raise KeyError(path[-1])
        if node.flow_style:
            return self._out_of_brackets(node, parts, at)
        if len(parts) == 1:
            return self._emptied(around, parts[0])
        return self._out_of_lines(parts, at)

    def _out_of_brackets(self, node: Any, parts: Sequence[Part], at: int) -> Iterable[Edit]:
        opening, closing = node.start_mark.index, node.end_mark.index - 1
        one = parts[at]
        before = parts[at - 1].end if at else opening + 1
        after = parts[at + 1].first if at + 1 < len(parts) else closing
        if self.text[opening] not in "[{":
            raise Impossible("This entry has no brackets of its own.", line_of(node))
        ahead, behind = self.text[before : one.first], self.text[one.end : after]
        if len(parts) == 1 and "#" not in ahead + behind:
            return [Edit(before, after, "")]
        if after != closing and "#" not in behind:
            return [Edit(one.first, after, "")]
        if at and after == closing and "#" not in ahead:
            return [Edit(before, one.end, "")]
        stop = self.line_end(one.end)
        if self.begins_line(one.first) and re.fullmatch(r"\s*,?\s*(#.*)?", self.text[one.end : stop]):
            return [Edit(self.line_start(one.first), self.next_line(one.end), "")]
        raise Impossible("A comment stands beside the entry.", self.line(one.first))

    def _out_of_lines(self, parts: Sequence[Part], at: int) -> Iterable[Edit]:
        one = parts[at]
        if self.begins_line(one.first):
            return [self._lines(one, self._comment_above(parts, at))]
        behind = parts[at + 1].first if at + 1 < len(parts) else one.first
        if behind > one.first and "#" not in self.text[one.end : behind]:
            return [Edit(one.first, behind, "")]
        raise Impossible("More stands in this line than the entry.", self.line(one.first))

    def _lines(self, part: Part, start: int) -> Edit:
        """All lines of an entry; at the end of a file without a last line break the one above."""
        stop = self.below(part.end, self.column(part.first))
        after = self.next_line(stop)
        above = [*BREAK.finditer(self.text, 0, start)][-1:] if after == stop else []
        return Edit(above[0].start() if above else start, after, "")

    def _comment_above(self, parts: Sequence[Part], at: int) -> int:
        """Where the comment begins that is said of one entry alone; else where its first line begins.

        Above the first entry it may be said of all. Else the blank line, comment or end behind the entry
        shows that it is said of no other. What looks like YAML was put aside, and is no comment.
        """
        column, start = self.column(parts[at].first), self.line_start(parts[at].first)
        stop = self.next_line(self.below(parts[at].end, column))
        behind = self.text[stop : self.line_end(stop)].strip()
        if at == 0 or (at + 1 < len(parts) and behind and not behind.startswith("#")):
            return start
        top = self.line(start)
        while top > 1 and (line := self.numbered(top - 1)).startswith(f"{' ' * column}#"):
            if re.match(r"#\s*(?:- |[\w-]+:(?: |$))", line.strip()):
                return start
            top -= 1
        return self.starts[top - 1]

    def _emptied(self, around: Around, part: Part) -> Iterable[Edit]:
        """Take out the only entry."""
        node = around.node
        nothing = "{}" if isinstance(node, yaml.MappingNode) else "[]"
        if around.key is not None and self.begins_line(part.first):
            colon = self._colon(around.key)
            return [Edit(colon, colon, f" {nothing}"), self._lines(part, self.line_start(part.first))]
        if node is self.root or BREAK.search(self.text, part.first, part.end):
            raise Impossible("Nothing would be left here.", line_of(node))
        return [Edit(part.first, part.end, nothing)]
