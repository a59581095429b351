"""YAML text -> Document, with every fault on the way."""

from __future__ import annotations

import re
from typing import Any

import yaml

from ..problems import MOST_PROBLEMS, Problem, fault, quoted
from ..signs import UNSEEN
from .document import MOST_CHARACTERS, Document
from .syntax import explain
from .tree import MOST_BYTES, Alias, Place, Refused, Scalar, Tree, place_of, scalar


class _Enough(Exception):
    """Raised where there are more faults than anybody is told."""


def read(path: str, content: bytes | str, first_line: int = 1) -> Document | Problem:
    """Read one YAML file that should have no fault; of what has some, give the first.

    Args:
        path: the file's name in problems.
        content: its bytes, or its text.
        first_line: the line of the file at which this text starts (for front matter).
    """
    document, faults = examine(path, content, first_line)
    return faults[0] if document is None or faults else document


def examine(path: str, content: bytes | str, first_line: int = 1) -> tuple[Document | None, list[Problem]]:
    """Read one YAML file as far as it can be read, with all of its faults; arguments as those of `read`.

    A document with faults is only good for finding more.
    """
    try:
        text = content if isinstance(content, str) else content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, [not_utf_8(path, error)]
    if len(text) > MOST_BYTES:
        return None, [fault("file-too-large.characters", most=MOST_BYTES).placed(path)]
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
    return fault("not-utf-8").placed(path, error.object.count(b"\n", 0, error.start) + 1)


def _stopped(path: str, tree: Tree, first_line: int) -> Problem:
    if isinstance(tree.stop, yaml.MarkedYAMLError):
        return explain(path, tree.text, tree.stop, first_line)
    if isinstance(tree.stop, yaml.YAMLError) and len(re.findall("[\0-\x08]", tree.text[:1000])) > 3:
        return fault("not-utf-8.binary").placed(path)
    line, column = tree.stopped()
    told = tree.stop.fault if isinstance(tree.stop, Refused) else fault("control-character.yaml")
    return told.placed(path, line + first_line, column + 1)


class _Reader:
    """Reads values from nodes, and keeps every fault on the way, and which values have one."""

    def __init__(self, path: str, text: str, first_line: int) -> None:
        self.path, self.text, self.first_line = path, text, first_line
        self.doubtful: set[Place] = set()
        self.faults: list[Problem] = []
        self.anchored = False

    def keep(self, node: Any, name: str, /, index: int | None = None, **words: Any) -> None:
        """Keep a fault of a node, or at a later sign by its index, unless there have been too many."""
        self.faults.append(fault(name, **words).placed(self.path, *self._place(node, index)))
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
        for key, inner in node.value:
            before = len(self.faults)
            counts = self._counts(key, lines, node)
            value = self.value(inner) if inner else None
            if counts:
                values[key.value] = value
            else:
                del self.faults[before + 1 :]  # what goes with the key
        return values

    def _counts(self, key: Any, lines: dict[str, int], around: yaml.MappingNode) -> bool:
        """Whether a key can count; `lines` has those before it, and is given this one."""
        if key.value == "<<":
            self.keep(key, "merge-key")
            self.doubtful.add(self._place(around))  # keys may be missing there
            return False
        self._check_plain(key)
        self._check_signs(key)
        if key.value in lines:
            self.keep(key, "duplicate-key", key=key.value, line=lines[key.value])
            return False
        lines[key.value] = self._place(key).line
        return True

    def _check_plain(self, node: Any) -> None:
        """Report what YAML knows beside plain values; of anchors with all that repeats them the first."""
        if node.anchor and not self.anchored:
            self.anchored = not isinstance(node, Alias)
            self.keep(node, "anchor" if self.anchored else "alias", anchor=node.anchor)
        if node.tag not in ("", "!"):
            self.keep(node, "tag", tag=node.tag)

    def _check_signs(self, node: Any) -> None:
        """Report a scalar that is too long to be shown, or holds what nobody sees."""
        if len(node.value) > MOST_CHARACTERS:
            self.keep(node, "text-too-long", size=len(node.value), most=MOST_CHARACTERS)
        if sign := UNSEEN.search(node.value):
            index = self.text.find(sign[0], node.start_mark.index, node.end_mark.index)
            # An escape has the place of its scalar.
            self.keep(node, "control-character", index if index >= 0 else None, number=ord(sign[0]))

    def _check_comment(self, node: Any, value: Scalar) -> None:
        """Report a text of which YAML has taken a part for a comment."""
        if node.style or not (value is None or isinstance(value, str)) or _DAY.fullmatch(str(value)):
            return
        if swallowed := _SWALLOWED.match(self.text, node.end_mark.index):
            self.keep(node, "swallowed-text", swallowed.start(1), text=quoted(swallowed[1].strip()))

    def _place(self, node: Any, index: int | None = None) -> Place:
        """The place of a node, or of a later sign by its index."""
        place = place_of(node, self.first_line)
        if index is None:
            return place
        line = place.line + self.text.count("\n", node.start_mark.index, index)
        return Place(line, index - self.text.rfind("\n", 0, index))


# A comment has a space behind its sign. `team #1` and `#1 team` are texts, of which YAML takes a part away.
_SWALLOWED = re.compile(r"[ \t]*(#\w[^\n]*)")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
