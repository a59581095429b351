"""Where things stand in a YAML text, by the marks that its parser gives."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import yaml

from ..document import Path
from ..document.tree import child
from ..signs import BREAK


class Impossible(ValueError):
    """Raised where a text has a shape that cannot be changed surely; it says what to do by hand.

    Attributes:
        line: where that is, from 1.
    """

    def __init__(self, message: str, line: int) -> None:
        super().__init__(f"Line {line}: {message}")
        self.line = line


def line_of(node: yaml.Node) -> int:
    """The line of a value, from 1."""
    return int(node.start_mark.line) + 1


class Part(NamedTuple):
    """One entry of a list or mapping: where its key or value begins, and where its value ends."""

    first: int
    end: int


@dataclass(frozen=True)
class Around:
    """A list or mapping with the key that names it, where one does."""

    node: Any
    key: Any = None


class Places:
    """A text without a fault, and where everything stands in it."""

    def __init__(self, text: str, root: Any) -> None:
        """Keep a text, and the node of all that it holds."""
        self.text, self.root = text, root
        self.starts = [0, *(found.end() for found in BREAK.finditer(text))]
        found = re.search("\r\n|[\n\r]", text)
        self.newline = found[0] if found else "\n"

    def around(self, path: Path) -> Around:
        """Find the list or mapping at a path."""
        around = Around(self.root)
        for part in path:
            if (pair := child(around.node, part)) is None:
                raise KeyError(part)
            around = Around(pair[1], pair[0])
        return around

    def parts(self, node: Any) -> list[Part]:
        """Give the entries of a list or mapping; one of a list in lines begins with its hyphen."""
        if isinstance(node, yaml.MappingNode):
            return [Part(key.start_mark.index, self.end(value)) for key, value in node.value]
        parts: list[Part] = []
        for item in node.value:
            first = item.start_mark.index
            if not node.flow_style:
                first = self._behind_comments(parts[-1].end) if parts else node.start_mark.index
            parts.append(Part(first, self.end(item)))
        return parts

    def end(self, node: Any) -> int:
        """Find where a value ends; the parser counts comments and blank lines below to it."""
        stop = int(node.end_mark.index)
        if isinstance(node, yaml.ScalarNode):
            if node.style not in ("|", ">"):
                return stop
            if "+" in self._header(node):  # blank lines are a part of it
                last = [*BREAK.finditer(self.text, node.start_mark.index, stop)][-1:]
                return last[0].start() if last and last[0].end() == stop else stop
            return len(self.text[:stop].rstrip())
        if node.flow_style:
            return stop
        last = node.value[-1]
        return self.end(last[1] if isinstance(last, tuple) else last)

    def _header(self, node: Any) -> str:
        """The line at which a block of text begins."""
        start = node.start_mark.index
        return self.text[start : self.line_end(start)]

    def line_start(self, index: int) -> int:
        """The index of the first sign of a line."""
        return self.starts[self.line(index) - 1]

    def line(self, index: int) -> int:
        """The number of a line, from 1."""
        return bisect_right(self.starts, index)

    def line_end(self, index: int) -> int:
        """The index behind the last sign of a line."""
        match = BREAK.search(self.text, index)
        return match.start() if match else len(self.text)

    def next_line(self, index: int) -> int:
        """The index at which the next line begins; that of the end where there is none."""
        match = BREAK.search(self.text, index)
        return match.end() if match else len(self.text)

    def column(self, index: int) -> int:
        """How many signs stand before one in its line."""
        return index - self.line_start(index)

    def begins_line(self, index: int) -> bool:
        """Whether nothing but blanks stands before a sign in its line."""
        return not self.text[self.line_start(index) : index].strip()

    def below(self, end: int, column: int) -> int:
        """The end of the line where an entry ends, or of the comments below it that stand further in."""
        at = self.line_end(end)
        while (start := self.next_line(at)) > at:
            line = self.text[start : self.line_end(start)]
            if not line.lstrip(" ").startswith("#") or len(line) - len(line.lstrip(" ")) <= column:
                break
            at = self.line_end(start)
        return at

    def _behind_comments(self, index: int) -> int:
        match = re.compile(r"(?:\s|(?<=\s)#[^\n\r\x85\u2028\u2029]*)*").match(self.text, index)
        return match.end() if match else index

    def _colon(self, key: Any) -> int:
        """The index behind the colon of a key."""
        match = re.compile(r"[ \t]*:").match(self.text, key.end_mark.index)
        if not match:
            raise Impossible("This key has its colon elsewhere.", line_of(key))
        return match.end()

    def _has_comment(self, node: Any) -> bool:
        """Whether a comment stands inside a value."""
        if isinstance(node, yaml.ScalarNode):
            return node.style in ("|", ">") and "#" in self._header(node)
        ends = [at for leaf in _leaves(node) for at in leaf]
        inside = [node.start_mark.index, *ends, self.end(node)]
        gaps = (self.text[start:end] for start, end in zip(inside[::2], inside[1::2], strict=True))
        return any("#" in gap for gap in gaps)

    def _comma(self, end: int) -> int | None:
        """The index behind a comma that follows the last entry."""
        at = self._behind_comments(end)
        return at + 1 if self.text[at : at + 1] == "," else None

    def numbered(self, number: int) -> str:
        """A line by its number."""
        start = self.starts[number - 1]
        return self.text[start : self.line_end(start)]


def _leaves(node: Any) -> Iterator[tuple[int, int]]:
    """Where each key and value without others in it begins and ends."""
    if isinstance(node, yaml.ScalarNode):
        yield node.start_mark.index, node.end_mark.index
        return
    for entry in node.value:
        for one in entry if isinstance(entry, tuple) else (entry,):
            yield from _leaves(one)
