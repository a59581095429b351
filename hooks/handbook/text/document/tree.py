"""YAML text -> a tree of nodes with their places, which serves whoever reads, mends or edits a file.

It is built from the events of libyaml. The nodes are PyYAML's own, with two differences: a tag is there only
where it is written, and each node has its `anchor`. PyYAML's constructor reads `no` as False and `12:30` as
750, keeps the last of two equal keys and accepts aliases; so nothing but its parser is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Any, NamedTuple

import yaml
from yaml.reader import ReaderError

from ..problems import Fault, fault
from ..prose import Text

Scalar = Text | int | float | bool | None

MOST_BYTES = 1_000_000
MOST_DEPTH = 40
MOST_VALUES = 50_000

_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)(?!\n)$")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?(?!\n)$")
_NULLS = ("", "~", "null", "Null", "NULL")
_WORDS: Mapping[str, bool | None] = {
    **dict.fromkeys(_NULLS),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


class Place(NamedTuple):
    """Where a value stands: line and column from 1."""

    line: int
    column: int


class Refused(Exception):
    """Raised where reading cannot go on, although YAML could; `fault` says why."""

    def __init__(self, mark: Any, fault: Fault) -> None:
        super().__init__(fault.message)
        self.problem_mark, self.fault = mark, fault


class Alias(yaml.Node):
    """A place that repeats another, which `anchor` names; its value is the node there, if there is one."""

    anchor: str


class Tree:
    """A text with its nodes, as far as it can be read.

    Attributes:
        root: the node of all; None where the text says nothing. Where reading stopped behind a key, that has
            None for its value.
        leaves: each key and value that holds no others, in the order of the text.
        stop: why the rest was not read; None where all was.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.root: Any = None
        self.leaves: list[yaml.ScalarNode] = []
        self.stop: yaml.YAMLError | Refused | None = None
        self._values = 0
        self._anchored: dict[str, Any] = {}
        try:
            self._read(yaml.parse(text, Loader=yaml.CSafeLoader))
        except (yaml.YAMLError, Refused) as stop:
            self.stop = stop

    def stopped(self) -> tuple[int, int]:
        """The line and column, both from 0, at which reading stopped."""
        if isinstance(self.stop, ReaderError):
            before = self.text.encode()[: self.stop.position].decode(errors="ignore")  # libyaml counts bytes
            return before.count("\n"), len(before) - before.rfind("\n") - 1
        mark = getattr(self.stop, "problem_mark", None) or getattr(self.stop, "context_mark", None)
        return (mark.line, mark.column) if mark else (0, 0)

    def _read(self, events: Iterator[Any]) -> None:
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if self.root:  # also where the first document is empty
                    raise Refused(event.start_mark, fault("two-documents"))
                self.root = self._value(next(events), 0)
                self._fill(self.root, events, 0)

    def _value(self, event: Any, depth: int) -> Any:
        """The node of a value, which has no entries yet."""
        self._values += 1
        if self._values > MOST_VALUES:
            too_large = fault("file-too-large.values", values=MOST_VALUES, most=MOST_BYTES)
            raise Refused(event.start_mark, too_large)
        if depth > MOST_DEPTH:
            raise Refused(event.start_mark, fault("too-deep"))
        return self._node(event)

    def _node(self, event: Any) -> Any:
        start, end = event.start_mark, event.end_mark
        node: Any
        if isinstance(event, yaml.ScalarEvent):
            node = yaml.ScalarNode(event.tag or "", event.value, start, end, event.style)
            self.leaves.append(node)
        elif isinstance(event, yaml.AliasEvent):
            node = Alias("", self._anchored.get(event.anchor or ""), start, end)
        else:
            kind = yaml.SequenceNode if isinstance(event, yaml.SequenceStartEvent) else yaml.MappingNode
            node = kind(event.tag or "", [], start, end, event.flow_style)
        node.anchor = event.anchor
        if event.anchor:
            self._anchored.setdefault(event.anchor, node)
        return node

    def _fill(self, node: Any, events: Iterator[Any], depth: int) -> None:
        """Give a list or mapping its entries; each stands there before it is read, so that none is lost."""
        if not isinstance(node, yaml.CollectionNode):
            return
        while not isinstance(event := next(events), yaml.CollectionEndEvent):
            if isinstance(node, yaml.SequenceNode):
                value = self._value(event, depth + 1)
                node.value.append(value)
            elif isinstance(event, yaml.ScalarEvent):
                key = self._node(event)
                node.value.append((key, None))
                value = self._value(next(events), depth + 1)
                node.value[-1] = key, value
            else:
                raise Refused(event.start_mark, fault("key-not-text"))
            self._fill(value, events, depth + 1)
        node.end_mark = event.end_mark


def place_of(node: yaml.Node, first_line: int = 1) -> Place:
    """Where a node begins, in a text that begins at a line of its file."""
    return Place(node.start_mark.line + first_line, node.start_mark.column + 1)


def child(node: Any, part: object) -> tuple[Any, Any] | None:
    """The key and value at a key of a mapping, or at an index of a list, which has no key; None elsewhere."""
    if isinstance(node, yaml.MappingNode):
        return next((pair for pair in node.value if pair[0].value == part and pair[1]), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
        return (None, node.value[part]) if part < len(node.value) else None
    return None


def is_nothing(node: Any) -> bool:
    """Whether a key has no value: nothing stands there, or `~` or `null`."""
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value in _NULLS


def scalar(node: yaml.ScalarNode) -> Scalar:
    """Read a scalar by YAML 1.2's core schema; a leading zero keeps a number a text (`010` is no number)."""
    value: str = node.value
    if node.style in ("'", '"', "|", ">"):
        return Text(value)
    if value in _WORDS:
        return _WORDS[value]
    if _INT.match(value):
        return int(value) if len(value) < 16 else Text(value)
    if _FLOAT.match(value) and not re.match(r"[-+]?0[0-9]", value):
        number = float(value)
        if not isfinite(number):
            return Text(value)
        # To JSON Schema 6.0 is a whole number; so it is one here.
        return int(number) if number.is_integer() and abs(number) < 1e15 else number
    return Text(value)
