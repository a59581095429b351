"""Where things stand in a YAML text, by the marks that its parser gives; and what is written there."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import Any, NamedTuple

import yaml

from ..document import Path
from ..document.tree import Tree, child, place_of
from ..signs import BREAK

BOM = "\ufeff"
_BLANKS = re.compile(r"(?:\s|(?<=\s)#[^\n\r\x85\u2028\u2029]*)*")  # with comments


class Impossible(ValueError):
    """Raised where a text has a shape that cannot be changed surely; it says what to do by hand.

    Attributes:
        line: where that is, from 1.
    """

    def __init__(self, message: str, line: int) -> None:
        super().__init__(f"Line {line}: {message}")
        self.line = line


class Edit(NamedTuple):
    """A part of a text, from a sign to before another, and what to write there."""

    start: int
    end: int
    text: str


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Change a text from its end to its beginning, so that no change moves another's place."""
    untouched = len(text)
    for edit in sorted(set(edits), reverse=True):
        if edit.end <= untouched:
            text = text[: edit.start] + edit.text + text[edit.end :]
            untouched = edit.start
    return text


class Part(NamedTuple):
    """One entry of a list or mapping: where its key or value begins, and where its value ends."""

    first: int
    end: int


class Lines:
    """A text, and where its lines begin and end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(match.end() for match in BREAK.finditer(text))]

    def line(self, index: int) -> int:
        """The number of a line, from 1."""
        return bisect_right(self.starts, index)

    def line_start(self, index: int) -> int:
        """The index of the first sign of a line."""
        return self.starts[self.line(index) - 1]

    def line_end(self, index: int) -> int:
        """The index behind the last sign of a line."""
        match = BREAK.search(self.text, index)
        return match.start() if match else len(self.text)

    def next_line(self, index: int) -> int:
        """The index at which the next line begins; that of the end where there is none."""
        match = BREAK.search(self.text, index)
        return match.end() if match else len(self.text)

    def rest(self, index: int) -> str:
        """What stands from a sign to the end of its line."""
        return self.text[index : self.line_end(index)]

    def column(self, index: int) -> int:
        """How many signs stand before one in its line."""
        return index - self.line_start(index)

    def begins_line(self, index: int) -> bool:
        """Whether nothing but blanks stands before a sign in its line."""
        return not self.text[self.line_start(index) : index].strip()

    def below(self, end: int, column: int) -> int:
        """The end of the line where an entry ends, or of the comments below it that stand further in."""
        stop = self.line_end(end)
        while (start := self.next_line(stop)) > stop:
            comment = self.rest(start).lstrip(" ")
            if not comment.startswith("#") or self.line_end(start) - start - len(comment) <= column:
                break
            stop = self.line_end(start)
        return stop


class Places(Lines):
    """A text without a fault, and where everything stands in it."""

    def __init__(self, text: str, root: Any) -> None:
        super().__init__(text)
        self.root = root
        newline = re.search("\r\n|[\n\r]", text)
        self.newline = newline[0] if newline else "\n"

    def around(self, path: Path) -> tuple[Any, Any]:
        """Find the list or mapping at a path, behind the key that names it, where one does."""
        pair = None, self.root
        for part in path:
            if (inner := child(pair[1], part)) is None:
                raise KeyError(part)
            pair = inner
        return pair

    def parts(self, node: Any) -> list[Part]:
        """Give the entries of a list or mapping; one of a list in lines begins with its hyphen."""
        if isinstance(node, yaml.MappingNode):
            return [Part(key.start_mark.index, self.end(value)) for key, value in node.value]
        parts: list[Part] = []
        for item in node.value:
            first = item.start_mark.index
            if not node.flow_style:
                first = self.behind_comments(parts[-1].end) if parts else node.start_mark.index
            parts.append(Part(first, self.end(item)))
        return parts

    def end(self, node: Any) -> int:
        """Find where a value ends; the parser counts comments and blank lines below to it."""
        stop = int(node.end_mark.index)
        if isinstance(node, yaml.CollectionNode) and not node.flow_style:
            last = node.value[-1]
            return self.end(last[1] if isinstance(last, tuple) else last)
        if not isinstance(node, yaml.ScalarNode) or node.style not in ("|", ">"):
            return stop
        if "+" not in self.rest(node.start_mark.index):
            return len(self.text[:stop].rstrip())
        last = [*BREAK.finditer(self.text, node.start_mark.index, stop)][-1:]  # blank lines are a part of it
        return last[0].start() if last and last[0].end() == stop else stop

    def behind_comments(self, index: int) -> int:
        """The index behind blanks and comments."""
        match = _BLANKS.match(self.text, index)
        return match.end() if match else index

    def colon(self, key: Any) -> int:
        """The index behind the colon of a key."""
        match = re.compile(r"[ \t]*:").match(self.text, key.end_mark.index)
        if not match:
            raise Impossible("This key has its colon elsewhere.", place_of(key).line)
        return match.end()

    def has_comment(self, node: Any) -> bool:
        """Whether a comment stands inside a value."""
        if isinstance(node, yaml.ScalarNode):
            return node.style in ("|", ">") and "#" in self.rest(node.start_mark.index)
        start, stop, gaps = node.start_mark.index, self.end(node), ""
        for leaf in Tree(self.text).leaves:
            if start <= leaf.start_mark.index < stop:
                gaps, start = gaps + self.text[start : leaf.start_mark.index], leaf.end_mark.index
        return "#" in gaps + self.text[start:stop]
