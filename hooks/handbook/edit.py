"""YAML text and a change -> the text with that change, and every other byte where it was.

Nothing is loaded and dumped again. ruamel.yaml (0.19, its lists indented as ours are) gave back 74 of the 91
YAML files of the example, the miniature and tests/bad as they were: it refused 7, and in 10 it moved comments
and wrapped long entries anew. It writes `no` and `12:30` without quotes, too. So the parser's marks say where
an entry begins and ends, and only that entry's own text is written. Each result is read back: it says what
the text said before, with the change, or it is not given.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any, NamedTuple

import yaml

from .document import Path, examine, read
from .fixes import BREAK
from .problems import Problem

__all__ = ["Impossible", "with_columns", "with_pairings", "with_people", "with_value", "without"]

MOST_SIGNS = 118
_BOM = "\ufeff"
# Where a key goes that is not there yet: behind the nearest of those before it.
_COHORT = ("title", "start", "end", "sign_up", "dates", "people", "pairings", "results")
_PROGRAM = (
    "title", "summary", "mode", "why", "sponsor", "goals", "topics", "commitment", "sign_up", "matching",
)  # fmt: skip


class Impossible(ValueError):
    """Raised where a text has a shape that cannot be changed surely; it says what to do by hand.

    Attributes:
        line: where that is, from 1.
    """

    def __init__(self, message: str, line: int) -> None:
        super().__init__(f"Line {line}: {message}")
        self.line = line


def with_columns(text: str, columns: Mapping[str, str]) -> str:
    """Say under `sign_up: columns:` of a program what columns of a sheet hold; others stay.

    Raises:
        Impossible: where the text cannot be changed surely.
    """
    said = _mapping(text)
    sign_up = said.get("sign_up", {})
    if not columns:
        return text
    [first, *_] = columns
    one = {first: columns[first]}
    if "sign_up" not in said:
        return with_value(text, ("sign_up",), {"columns": columns})
    if sign_up is None:
        text = with_value(text, ("sign_up",), {"columns": one})
    elif not isinstance(sign_up, dict) or sign_up.get("columns") is None:
        node = _File(text.removeprefix(_BOM)).around(("sign_up",)).node
        absent = isinstance(node, yaml.MappingNode) and not node.flow_style and "columns" not in sign_up
        # In brackets each is wrapped where it is added.
        text = with_value(text, ("sign_up", "columns"), columns if absent else one)
    for title, field in columns.items():
        text = with_value(text, ("sign_up", "columns", title), field)
    return text


def with_people(text: str, people: Sequence[Mapping[str, object]]) -> str:
    """Add people to a cohort, behind those that it has.

    Raises:
        Impossible: where the text cannot be changed surely.
    """
    return _with_entries(text, "people", people)


def with_pairings(text: str, pairings: Sequence[Mapping[str, object]]) -> str:
    """Add pairings to a cohort, behind those that it has.

    Raises:
        Impossible: where the text cannot be changed surely.
    """
    return _with_entries(text, "pairings", pairings)


def with_value(text: str, path: Path, value: object) -> str:
    """Set one key of a mapping that is there, or add it.

    Args:
        text: the file's.
        path: keys and indexes, the key itself last.
        value: text, number, boolean, day, or lists and mappings of these. A day is written without quotes.

    Raises:
        Impossible: where the text cannot be changed surely.
    """

    def change(values: Any) -> None:
        if len(path) > 1 and _at(values, path[:-1]) is None:
            _at(values, path[:-2])[path[-2]] = {}
        _at(values, path[:-1])[path[-1]] = _plain(value)

    def edits(file: _File) -> Iterable[_Edit]:
        around = file.around(path[:-1])
        if around.key is not None and _is_nothing(around.node):
            return file.replaced(around.key, around.node, {path[-1]: value})
        if not isinstance(around.node, yaml.MappingNode):
            raise Impossible("Here is no mapping to which a key could be added.", _line(around.node))
        pair = file.pair(around.node, path[-1])
        if pair is not None:
            return file.replaced(*pair, value)
        return file.added(around.node, str(path[-1]), value, top=len(path) == 1)

    return _edited(text, edits, change)


def without(text: str, paths: Sequence[Path]) -> str:
    """Take whole entries of lists, or keys with their values, out.

    A comment above goes with its entry where nothing else below it could be meant. A list or mapping of which
    nothing is left is written as `[]` or `{}`.

    Raises:
        Impossible: where the text cannot be changed surely.
    """
    document = read("", text.removeprefix(_BOM))
    if isinstance(document, Problem):
        raise Impossible(document.message, document.line)
    whole = {path for path in paths if not any(path[:end] in paths for end in range(1, len(path)))}
    places = {path: document.key_place(path) for path in whole}
    for path in sorted(whole, key=lambda one: (places[one].line, places[one].column), reverse=True):
        text = _without(text, path)
    return text


def _without(text: str, path: Path) -> str:
    def change(values: Any) -> None:
        del _at(values, path[:-1])[path[-1]]

    return _edited(text, lambda file: file.removed(path), change)


def _with_entries(text: str, key: str, entries: Sequence[Mapping[str, object]]) -> str:
    if not entries:
        return text

    def change(values: Any) -> None:
        values[key] = [*(values.get(key) or ()), *(_plain(one) for one in entries)]

    def edits(file: _File) -> Iterable[_Edit]:
        root = file.root
        pair = file.pair(root, key)
        if pair is None:
            return file.added(root, key, list(entries), top=True)
        value = pair[1]
        if isinstance(value, yaml.SequenceNode) and value.value:
            return file.appended(value, entries)
        if _is_nothing(value) or isinstance(value, yaml.SequenceNode):
            return file.begun(root, *pair, entries)
        raise Impossible(f"`{key}` is no list.", _line(value))

    return _edited(text, edits, change)


class _Edit(NamedTuple):
    """A part of a text, from a sign to before another, and what to write there."""

    start: int
    end: int
    text: str


def _edited(text: str, edits: Callable[[_File], Iterable[_Edit]], change: Callable[[Any], None]) -> str:
    """Change a text, and read it back.

    Args:
        text: as it is.
        edits: what to write where.
        change: the same, done to the values.
    """
    body = text.removeprefix(_BOM)
    wanted = _mapping(text)
    changed = body
    try:
        for edit in sorted(edits(_File(body)), reverse=True):
            changed = changed[: edit.start] + edit.text + changed[edit.end :]
    except (KeyError, IndexError) as error:
        raise Impossible("There is no such place to change.", 1) from error
    change(wanted)
    document = read("", changed)
    if isinstance(document, Problem):
        raise Impossible(f"This change cannot be read back: {document.message}", document.line)
    if _comparable(document.values) != _comparable(wanted):
        line = next(iter(_different_lines(body, changed)), 1)
        raise Impossible("This change would alter what stands beside it.", line)
    return text[: len(text) - len(body)] + changed


def _comparable(values: object) -> str:
    """Tell `true` from 1, which Python takes for equal."""
    return json.dumps(values, sort_keys=True)


def _different_lines(before: str, after: str) -> Iterator[int]:
    lines = zip(BREAK.split(before), BREAK.split(after), strict=False)
    return (number for number, (was, will_be) in enumerate(lines, 1) if was != will_be)


def _mapping(text: str) -> dict[str, Any]:
    """What a file says; it has to be a mapping without a fault."""
    document, faults = examine("", text.removeprefix(_BOM))
    if faults:
        raise Impossible(faults[0].message, faults[0].line)
    if document is None or not isinstance(document.values, dict):
        raise Impossible("This file should hold keys and values, such as `title: …`.", 1)
    return document.values


def _at(values: Any, path: Path) -> Any:
    for part in path:
        values = values[part]
    return values


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _is_nothing(node: yaml.Node) -> bool:
    """Whether a key has no value: nothing stands there, or `~` or `null`."""
    plain = isinstance(node, yaml.ScalarNode) and not node.style
    return plain and node.value in ("", "~", "null", "Null", "NULL")


class _Part(NamedTuple):
    """One entry of a list or mapping: where its key or value begins, and where its value ends."""

    first: int
    end: int


@dataclass(frozen=True)
class _Around:
    """A list or mapping with the key that names it, where one does."""

    node: Any
    key: Any = None


class _File:
    """A text without a fault, and where everything stands in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root: Any = yaml.compose(text, Loader=yaml.CSafeLoader)
        self.starts = [0, *(found.end() for found in BREAK.finditer(text))]
        found = re.search("\r\n|[\n\r]", text)
        self.newline = found[0] if found else "\n"

    # --- where things stand ---

    def around(self, path: Path) -> _Around:
        """Find the list or mapping at a path."""
        found = _Around(self.root)
        for part in path:
            if isinstance(found.node, yaml.SequenceNode) and isinstance(part, int):
                found = _Around(found.node.value[part])
            else:
                pair = self.pair(found.node, part) if isinstance(found.node, yaml.MappingNode) else None
                if pair is None:
                    raise KeyError(part)
                found = _Around(pair[1], pair[0])
        return found

    def pair(self, mapping: Any, key: object) -> tuple[Any, Any] | None:
        """Find a key with its value."""
        return next((pair for pair in mapping.value if pair[0].value == key), None)

    def parts(self, node: Any) -> list[_Part]:
        """Give the entries of a list or mapping; one of a list in lines begins with its hyphen."""
        if isinstance(node, yaml.MappingNode):
            return [_Part(key.start_mark.index, self.end(value)) for key, value in node.value]
        found: list[_Part] = []
        for item in node.value:
            first = item.start_mark.index
            if not node.flow_style:
                first = self._behind_comments(found[-1].end) if found else node.start_mark.index
            found.append(_Part(first, self.end(item)))
        return found

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

    def line_start(self, at: int) -> int:
        """The index of the first sign of a line."""
        return self.starts[self.line(at) - 1]

    def line(self, at: int) -> int:
        """The number of a line, from 1."""
        return bisect_right(self.starts, at)

    def line_end(self, at: int) -> int:
        """The index behind the last sign of a line."""
        found = BREAK.search(self.text, at)
        return found.start() if found else len(self.text)

    def next_line(self, at: int) -> int:
        """The index at which the next line begins; that of the end where there is none."""
        found = BREAK.search(self.text, at)
        return found.end() if found else len(self.text)

    def column(self, at: int) -> int:
        """How many signs stand before one in its line."""
        return at - self.line_start(at)

    def begins_line(self, at: int) -> bool:
        """Whether nothing but blanks stands before a sign in its line."""
        return not self.text[self.line_start(at) : at].strip()

    def below(self, end: int, column: int) -> int:
        """The end of the line where an entry ends, or of the comments below it that stand further in."""
        at = self.line_end(end)
        while (start := self.next_line(at)) > at:
            line = self.text[start : self.line_end(start)]
            if not line.lstrip(" ").startswith("#") or len(line) - len(line.lstrip(" ")) <= column:
                break
            at = self.line_end(start)
        return at

    def _behind_comments(self, at: int) -> int:
        found = re.compile(r"(?:\s|(?<=\s)#[^\n\r\x85\u2028\u2029]*)*").match(self.text, at)
        return found.end() if found else at

    def _colon(self, key: Any) -> int:
        """The index behind the colon of a key."""
        found = re.compile(r"[ \t]*:").match(self.text, key.end_mark.index)
        if not found:
            raise Impossible("This key has its colon elsewhere.", _line(key))
        return found.end()

    def _has_comment(self, node: Any) -> bool:
        """Whether a comment stands inside a value."""
        if isinstance(node, yaml.ScalarNode):
            return node.style in ("|", ">") and "#" in self._header(node)
        leaves = [*_leaves(node)]
        inside = [node.start_mark.index, *(at for leaf in leaves for at in leaf), self.end(node)]
        gaps = (self.text[start:end] for start, end in zip(inside[::2], inside[1::2], strict=True))
        return any("#" in gap for gap in gaps)

    # --- what to write ---

    def replaced(self, key: Any, value: Any, new: object) -> Iterable[_Edit]:
        """Write a value in place of another."""
        start, end = value.start_mark.index, self.end(value)
        if self._has_comment(value):
            raise Impossible("A comment stands in the value that would give way.", _line(value))
        if isinstance(value, yaml.CollectionNode) and not value.flow_style:
            start = self._colon(key)
            column = self.column(start) + 1
        elif start < end:
            return [_Edit(start, end, self._wrapped(new, self.column(start)))]
        else:
            column = self.column(start) + 1
        return [_Edit(start, end, f" {self._wrapped(new, column)}")]

    def added(self, mapping: Any, key: str, value: object, top: bool) -> Iterable[_Edit]:
        """Add a key to a mapping that has none of its name; at the top of a file it has its usual place."""
        if mapping.flow_style:
            return self._in_brackets(mapping, [*_entries({key: value})])
        column = mapping.start_mark.column
        before = self._before(mapping, key) if top else None
        at = self.below(self.end(before or mapping), column)
        lines = _block(key, value, column)
        blank = [""] if top and isinstance(value, list) else []
        return [_Edit(at, at, "".join(self.newline + line for line in (*blank, *lines)))]

    def _before(self, mapping: Any, key: str) -> Any:
        """The value behind which a key stands as a rule; None for the end."""
        order = _PROGRAM if self.pair(mapping, "summary") else _COHORT
        names = order[: order.index(key)] if key in order else ()
        pairs = (self.pair(mapping, name) for name in reversed(names))
        return next((pair[1] for pair in pairs if pair), None)

    def appended(self, sequence: Any, entries: Sequence[Mapping[str, object]]) -> Iterable[_Edit]:
        """Add entries behind the last one of a list, written as that is."""
        if sequence.flow_style:
            return self._in_brackets(sequence, [_flow(one) for one in entries])
        last = sequence.value[-1]
        part = self.parts(sequence)[-1]
        column = sequence.start_mark.column
        same_line = _line(last) == self.line(part.first) and part.first < last.start_mark.index
        gap = last.start_mark.index - part.first - 1 if same_line else 1
        in_lines = isinstance(last, yaml.MappingNode) and not last.flow_style
        written = [line for one in entries for line in _item(one, column, gap, in_lines)]
        at = self.below(part.end, column)
        return [_Edit(at, at, "".join(self.newline + line for line in written))]

    def begun(
        self, root: Any, key: Any, value: Any, entries: Sequence[Mapping[str, object]]
    ) -> Iterable[_Edit]:
        """Begin a list that is empty, or a key without a value."""
        start, end = value.start_mark.index, self.end(value)
        if self._has_comment(value):
            raise Impossible("A comment stands in the brackets.", _line(value))
        if root.flow_style:
            return [_Edit(start, end, f" [{', '.join(map(_flow, entries))}]")]
        at = self.line_end(end)
        column = root.start_mark.column + 2
        written = [line for one in entries for line in _item(one, column, 1, in_lines=False)]
        added = _Edit(at, at, "".join(self.newline + line for line in written))
        if start == end:
            return [added]
        colon = self._colon(key)
        if BREAK.search(self.text, colon, end):
            raise Impossible("The brackets do not stand in the line of their key.", _line(value))
        return [_Edit(colon, end, ""), added]

    def _in_brackets(self, node: Any, new: Sequence[str]) -> Iterable[_Edit]:
        """Add entries before the closing bracket."""
        opening, closing = node.start_mark.index, node.end_mark.index - 1
        if self.text[opening] not in "[{":
            raise Impossible("These entries have no brackets of their own.", _line(node))
        parts = self.parts(node)
        if not parts:
            if "#" in self.text[opening:closing]:
                raise Impossible("A comment stands in the brackets.", _line(node))
            return [_Edit(opening + 1, closing, ", ".join(new))]
        end, comma = parts[-1].end, self._comma(parts[-1].end)
        others = parts[1:] or parts
        if all(self.begins_line(one.first) for one in others):
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
        return [_Edit(at, at, written)]

    def _comma(self, end: int) -> int | None:
        """The index behind a comma that follows the last entry."""
        at = self._behind_comments(end)
        return at + 1 if self.text[at : at + 1] == "," else None

    def _on_own_lines(
        self, last: _Part, comma: int | None, closing: int, new: Sequence[str]
    ) -> Iterable[_Edit]:
        """Add entries to brackets in which each has its line; a comment behind the last one stays there."""
        indent = self.newline + self.text[self.line_start(last.first) : last.first]
        stop = self.line_end(last.end)
        if comma and comma > stop:
            raise Impossible("The comma behind the last entry stands in another line.", self.line(last.end))
        at = stop if stop < closing else comma or last.end
        written = ",".join(indent + entry for entry in new)
        if comma:
            return [_Edit(at, at, f"{written},")]
        if at == last.end:
            return [_Edit(at, at, f",{written}")]
        return [_Edit(last.end, last.end, ","), _Edit(at, at, written)]

    def _wrapped(self, value: object, column: int) -> str:
        return self.newline.join(_fill(value, column))

    # --- what to take out ---

    def removed(self, path: Path) -> Iterable[_Edit]:
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

    def _out_of_brackets(self, node: Any, parts: Sequence[_Part], at: int) -> Iterable[_Edit]:
        opening, closing = node.start_mark.index, node.end_mark.index - 1
        one = parts[at]
        before = parts[at - 1].end if at else opening + 1
        after = parts[at + 1].first if at + 1 < len(parts) else closing
        if self.text[opening] not in "[{":
            raise Impossible("This entry has no brackets of its own.", _line(node))
        ahead, behind = self.text[before : one.first], self.text[one.end : after]
        if len(parts) == 1 and "#" not in ahead + behind:
            return [_Edit(before, after, "")]
        if after != closing and "#" not in behind:
            return [_Edit(one.first, after, "")]
        if at and after == closing and "#" not in ahead:
            return [_Edit(before, one.end, "")]
        stop = self.line_end(one.end)
        if self.begins_line(one.first) and re.fullmatch(r"\s*,?\s*(#.*)?", self.text[one.end : stop]):
            return [_Edit(self.line_start(one.first), self.next_line(one.end), "")]
        raise Impossible("A comment stands beside the entry.", self.line(one.first))

    def _out_of_lines(self, parts: Sequence[_Part], at: int) -> Iterable[_Edit]:
        one = parts[at]
        if self.begins_line(one.first):
            return [self._lines(one, self._comment_above(parts, at))]
        behind = parts[at + 1].first if at + 1 < len(parts) else one.first
        if behind > one.first and "#" not in self.text[one.end : behind]:
            return [_Edit(one.first, behind, "")]
        raise Impossible("More stands in this line than the entry.", self.line(one.first))

    def _lines(self, part: _Part, start: int) -> _Edit:
        """All lines of an entry; at the end of a file without a last line break the one above."""
        stop = self.below(part.end, self.column(part.first))
        after = self.next_line(stop)
        above = [*BREAK.finditer(self.text, 0, start)][-1:] if after == stop else []
        return _Edit(above[0].start() if above else start, after, "")

    def _comment_above(self, parts: Sequence[_Part], at: int) -> int:
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

    def numbered(self, number: int) -> str:
        """A line by its number."""
        start = self.starts[number - 1]
        return self.text[start : self.line_end(start)]

    def _emptied(self, around: _Around, part: _Part) -> Iterable[_Edit]:
        """Take out the only entry."""
        node = around.node
        nothing = "{}" if isinstance(node, yaml.MappingNode) else "[]"
        if around.key is not None and self.begins_line(part.first):
            colon = self._colon(around.key)
            return [_Edit(colon, colon, f" {nothing}"), self._lines(part, self.line_start(part.first))]
        if node is self.root or BREAK.search(self.text, part.first, part.end):
            raise Impossible("Nothing would be left here.", _line(node))
        return [_Edit(part.first, part.end, nothing)]


def _leaves(node: Any) -> Iterator[tuple[int, int]]:
    """Where each key and value without others in it begins and ends."""
    if isinstance(node, yaml.ScalarNode):
        yield node.start_mark.index, node.end_mark.index
        return
    for entry in node.value:
        for one in entry if isinstance(entry, tuple) else (entry,):
            yield from _leaves(one)


# --- values as text -------------------------------------------------------------------------------


def _plain(value: object) -> object:
    """A value as it is read again."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return str(value) if isinstance(value, str) else value


def _flow(value: object) -> str:
    """Write a value in one line."""
    if isinstance(value, Mapping):
        return f"{{{', '.join(_entries(value))}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, int) or (isinstance(value, float) and isfinite(value)):
        return str(_plain(value))
    raise TypeError(f"{type(value).__name__} cannot be written as YAML.")


def _entries(mapping: Mapping[Any, object]) -> Iterator[str]:
    return (f"{_text(str(key))}: {_flow(value)}" for key, value in mapping.items())


# What YAML 1.2 reads as a number, and PyYAML, which decides for 1.1, as a text.
_NUMBER = re.compile(r"[-+]?\.?[0-9][0-9_]*\.?[0-9]*(?:[eE][-+]?[0-9]+)?")
# What a parser would fold, refuse, or show in another order than it stands.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")


def _text(text: str) -> str:
    """Write a text so that it is read as one, also in brackets: plain where that is sure."""
    words = text.isprintable() and not _NUMBER.fullmatch(text) and not re.search(r":|#|\s\s", text)
    if words and text.strip() == text:
        [line, *_] = yaml.safe_dump(
            [text], default_flow_style=True, allow_unicode=True, width=1_000_000
        ).split("\n")
        if line == f"[{text}]":
            return text
    seen = json.dumps(text, ensure_ascii=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", seen)


def _fill(value: object, column: int) -> list[str]:
    """Write a value in as few lines as fit, the first of which begins at a column."""
    whole = _flow(value)
    if column + len(whole) <= MOST_SIGNS or not isinstance(value, Mapping | list | tuple):
        return [whole]
    parts = [*_entries(value)] if isinstance(value, Mapping) else [*map(_flow, value)]
    lines = [f"{whole[0]}{parts[0]}"]
    for part in parts[1:]:
        here = len(lines[-1]) + (column if len(lines) == 1 else 0)
        if here + 4 + len(part) <= MOST_SIGNS:  # with the comma before it and a sign behind
            lines[-1] += f", {part}"
        else:
            lines[-1] += ","
            lines.append(f"{' ' * (column + 1)}{part}")
    return [*lines[:-1], f"{lines[-1]}{whole[-1]}"]


def _item(entry: Mapping[str, object], column: int, gap: int, in_lines: bool) -> list[str]:
    """Write an entry of a list, in brackets or with a line for each key."""
    hyphen = f"{' ' * column}-{' ' * gap}"
    if not in_lines or not entry:
        first, *more = _fill(entry, len(hyphen))
        return [f"{hyphen}{first}", *more]
    keys = [line for key, value in entry.items() for line in _block(key, value, len(hyphen))]
    return [f"{hyphen}{keys[0].lstrip(' ')}", *keys[1:]]


def _block(key: str, value: object, column: int) -> list[str]:
    """Write a key with its value: in its line, or below it where that is too long or a list of mappings."""
    name = f"{' ' * column}{_text(key)}:"
    if isinstance(value, list) and value and all(isinstance(one, Mapping) for one in value):
        return [name, *(line for one in value for line in _item(one, column + 2, 1, in_lines=False))]
    if isinstance(value, Mapping) and len(name) + 1 + len(_flow(value)) > MOST_SIGNS:
        return [name, *(line for inner, one in value.items() for line in _block(inner, one, column + 2))]
    first, *more = _fill(value, len(name) + 1)
    return [f"{name} {first}", *more]
