"""YAML text -> Document, with every fault on the way."""

from __future__ import annotations

import re
from typing import Any

import yaml

from ..problems import MOST_PROBLEMS, Fault, Problem, quoted
from ..signs import UNSEEN
from .document import MOST_CHARACTERS, Document, Place
from .syntax import explain
from .tree import MOST_BYTES, SPLIT, Alias, Refused, Scalar, Tree, scalar


class _Enough(Exception):
    """Raised where there are more faults than anybody is told."""


def read(path: str, content: bytes | str, first_line: int = 1) -> Document | Problem:
    """Read one YAML file that should have no fault.

    Args:
        path: the file's name in problems.
        content: its bytes, or its text.
        first_line: the line of the file at which this text starts (for front matter).

    Returns:
        The document, or the first problem of it.
    """
    document, faults = examine(path, content, first_line)
    return faults[0] if document is None or faults else document


def examine(path: str, content: bytes | str, first_line: int = 1) -> tuple[Document | None, list[Problem]]:
    """Read one YAML file as far as it can be read, with all of its faults; arguments as those of `read`.

    Returns:
        What could be read, or None; and every fault. A document with faults is only good for finding more.
    """
    try:
        text = content if isinstance(content, str) else content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, [not_utf_8(path, error)]
    if len(text) > MOST_BYTES:
        return None, [Problem(path, 1, 1, "file-too-large", "This file is too large.", SPLIT)]
    tree = Tree(text)
    reader = _Reader(path, text, first_line)
    try:
        values = reader.value(tree.root) if tree.root else None
    except _Enough:
        return None, reader.faults
    if tree.stop is None:
        return Document(path, values, tree.root, first_line, frozenset(reader.doubtful)), reader.faults
    problem = _stopped(path, tree, first_line)
    # Such as `[a #1, b]` or `*a* b`: what was told of the line is why.
    known = any(fault.code == "swallowed-text" or fault.line == problem.line for fault in reader.faults)
    return None, reader.faults if known and problem.code == "yaml-syntax" else [*reader.faults, problem]


def not_utf_8(path: str, error: UnicodeDecodeError) -> Problem:
    """Say that a file is saved in another way."""
    line = error.object.count(b"\n", 0, error.start) + 1
    hint = "Save it again as UTF-8, and look at the letters with accents."
    return Problem(path, line, 1, "not-utf-8", "This file is not saved as UTF-8.", hint)


def _stopped(path: str, tree: Tree, first_line: int) -> Problem:
    """Say why a text could not be read to its end."""
    if isinstance(tree.stop, Refused):
        return tree.stop.fault.placed(path, tree.stop.mark.line + first_line, tree.stop.mark.column + 1)
    if isinstance(tree.stop, yaml.MarkedYAMLError):
        return explain(path, tree.text, tree.stop, first_line)
    if len(re.findall("[\0-\x08]", tree.text[:1000])) > 3:
        hint = "Save it as plain text whose name ends in .yml."
        return Problem(path, 1, 1, "not-utf-8", "This is no text file.", hint)
    line, column = tree.stopped()
    message = "This file holds a control character that YAML does not allow."
    return Problem(path, line + first_line, column + 1, "control-character", message, _RETYPE)


class _Reader:
    """Reads values from nodes, and keeps every fault on the way, and which values have one."""

    def __init__(self, path: str, text: str, first_line: int) -> None:
        self.path, self.text, self.first_line = path, text, first_line
        self.doubtful: set[Place] = set()
        self.faults: list[Problem] = []
        self.anchored = False

    def keep(self, place: Place, fault: Fault) -> None:
        """Keep a fault, unless there have been too many."""
        self.faults.append(fault.placed(self.path, *place))
        if len(self.faults) > MOST_PROBLEMS:
            raise _Enough

    def value(self, node: Any) -> object:
        """Read a value with all that it holds."""
        before = len(self.faults)
        self._check_plain(node)
        value: object = None
        if isinstance(node, yaml.ScalarNode):
            self._check_signs(node)
            value = scalar(node)
            self._check_comment(node, value)
        if len(self.faults) > before or isinstance(node, Alias):
            self.doubtful.add(self._place(node))
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item) for item in node.value]
        return self._mapping(node) if isinstance(node, yaml.MappingNode) else value

    def _mapping(self, node: yaml.MappingNode) -> dict[str, object]:
        values: dict[str, object] = {}
        lines: dict[str, int] = {}
        for key, node_of_value in node.value:
            before = len(self.faults)
            counts = self._counts(key, lines, node)
            value = self.value(node_of_value) if node_of_value else None
            if counts:
                values[key.value] = value
            else:
                del self.faults[before + 1 :]  # what goes with the key
        return values

    def _counts(self, key: Any, lines: dict[str, int], around: yaml.MappingNode) -> bool:
        """Whether a key can count; `lines` has those before it, and is given this one."""
        if key.value == "<<":
            message = "Merge keys (`<<`) are not read here."
            self.keep(self._place(key), Fault("merge-key", message, "Write the keys out."))
            self.doubtful.add(self._place(around))  # keys may be missing there
            return False
        self._check_plain(key)
        self._check_signs(key)
        if key.value in lines:
            message = f"`{key.value}` stands here a second time; it is already in line {lines[key.value]}."
            self.keep(self._place(key), Fault("duplicate-key", message, "Keep one of the two."))
            return False
        lines[key.value] = self._place(key).line
        return True

    def _check_plain(self, node: Any) -> None:
        """Report what YAML knows beside plain values; of anchors with all that repeats them the first."""
        if node.anchor and not self.anchored:
            if isinstance(node, Alias):
                message = f"`*{node.anchor}` repeats another place; that is not read here."
                self.keep(self._place(node), Fault("alias", message, _REPEATED))
            else:
                self.anchored = True
                message = f"`&{node.anchor}` names a place; that is not read here."
                self.keep(self._place(node), Fault("anchor", message, _REPEATED))
        if node.tag not in ("", "!"):
            message = f"`{node.tag}` is a YAML tag; tags are not read here."
            self.keep(self._place(node), Fault("tag", message, _QUOTES))

    def _check_signs(self, node: Any) -> None:
        """Report a scalar that is too long to be shown, or holds what nobody sees."""
        if len(node.value) > MOST_CHARACTERS:
            size = f"{len(node.value):,} characters; at most {MOST_CHARACTERS:,} can stand here"
            hint = "Shorten it, or link to a page that holds the rest."
            self.keep(self._place(node), Fault("text-too-long", f"This text has {size}.", hint))
        if found := UNSEEN.search(node.value):
            index = self.text.find(found[0], node.start_mark.index, node.end_mark.index)
            # An escape has the place of its scalar.
            self.keep(self._place(node, index if index >= 0 else None), unseen(found[0]))

    def _check_comment(self, node: Any, value: Scalar) -> None:
        """Report a text of which YAML has taken a part for a comment."""
        if node.style or not (value is None or isinstance(value, str)) or _DAY.fullmatch(str(value)):
            return
        if swallowed := _SWALLOWED.match(self.text, node.end_mark.index):
            message = f"{quoted(swallowed[1].strip())} is not read: ` #` begins a comment."
            hint = "Put the whole text in double quotes; in a comment, put a space behind the #."
            self.keep(self._place(node, swallowed.start(1)), Fault("swallowed-text", message, hint))

    def _place(self, node: Any, index: int | None = None) -> Place:
        """The place of a node, or of a later sign by its index."""
        line, column = node.start_mark.line, node.start_mark.column
        if index is not None:
            line += self.text.count("\n", node.start_mark.index, index)
            column = index - self.text.rfind("\n", 0, index) - 1
        return Place(line + self.first_line, column + 1)


def unseen(sign: str) -> Fault:
    """Say that a sign is one that nobody sees."""
    message = f"There is a character here that cannot be seen (U+{ord(sign):04X})."
    return Fault("control-character", message, _RETYPE)


_RETYPE = "Delete it and type the word again."
_QUOTES = "Put the whole text in double quotes."
_REPEATED = f"{_QUOTES} Was a value to be repeated? Write it out."
# A comment has a space behind its sign. `team #1` and `#1 team` are texts, of which YAML takes a part away.
_SWALLOWED = re.compile(r"[ \t]*(#\w[^\n]*)")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
