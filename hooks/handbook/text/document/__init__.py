"""YAML text -> Document: plain values that remember their places.

PyYAML's own constructor reads `no` as False, `12:30` as 750, keeps the last of two equal keys and accepts
aliases; so only its parser is used (events from libyaml) and scalars are read by YAML 1.2's core schema.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

import yaml

from ..problems import MOST_PROBLEMS, Problem, Severity, did_you_mean, known, quoted, surely
from ..prose import Text
from .syntax import explain

Scalar = Text | int | float | bool | None
Path = tuple[str | int, ...]

MOST_BYTES = 1_000_000
MOST_DEPTH = 40
MOST_VALUES = 50_000
MOST_CHARACTERS = 20_000


@dataclass(frozen=True)
class Place:
    """Where a value stands: line and column from 1."""

    line: int
    column: int


@dataclass(frozen=True)
class Document:
    """What a YAML file says.

    Attributes:
        path: the file, relative to the repository root.
        values: dicts, lists and scalars; strings are `prose.Text`.
        places: for each path of keys and indexes the place of its value.
        keys: for each path of a mapping's entry the place of its key.
        doubtful: the places of values that have a fault, of which nothing more should be said.
    """

    path: str
    values: object
    places: Mapping[Path, Place] = field(default_factory=dict)
    keys: Mapping[Path, Place] = field(default_factory=dict)
    doubtful: frozenset[Place] = frozenset()

    @property
    def mapping(self) -> Mapping[str, Any]:
        """The values as a mapping; empty where the file holds none."""
        return self.values if isinstance(self.values, Mapping) else {}

    def place(self, path: Path) -> Place:
        """Find the place of a value, or of the nearest thing that holds it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place(1, 1))

    def texts(self) -> Iterator[tuple[Path, str]]:
        """Every text of the file with its place, but for those that are refused as too long."""
        return ((path, text) for path, text in _texts(self.values, ()) if len(text) <= MOST_CHARACTERS)

    def key_place(self, path: Path) -> Place:
        """Find the place of the key that names a value."""
        return self.keys.get(path) or self.place(path)

    def value(self, path: Path) -> object:
        """The value at a path of keys and indexes that stand in the file."""
        found: Any = self.values
        for part in path:
            found = found[part]
        return found

    def in_brackets(self, path: Path) -> bool:
        """Whether a value stands in its mapping's line, behind others, as in `{a: 1, b: 2}`."""
        place = self.key_place(path)
        around = self.place(path[:-1])
        return place.line == around.line and place.column > around.column + 1

    def problem(
        self,
        code: str,
        path: Path,
        message: str,
        hint: str = "",
        severity: Severity = "error",
        meant: str = "",
    ) -> Problem:
        """Say what is wrong with a value, at its place."""
        place = self.place(path)
        return Problem(self.path, place.line, place.column, code, message, hint, severity, meant)

    def unknown(self, path: Path, word: str, names: Collection[str], message: str) -> Problem:
        """Say that a word names nothing there is.

        Args:
            path: of the word; of what holds it, where that has no place of its own.
            word: what stands there.
            names: those that could.
            message: what is wrong.
        """
        meant = surely(word, names) if path in self.places and self.value(path) == word else ""
        beside = self.value(path[:-1]) if meant and isinstance(path[-1], int) else ()
        if isinstance(beside, list) and meant in beside:
            meant = ""  # nobody says the same twice
        return self.problem(
            "unknown-id", path, message, did_you_mean(word, names) + known(names), meant=meant
        )


def _texts(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*path, index))


class _Enough(Exception):
    """Raised where there are more faults than anybody is told."""


class _Refused(Exception):
    """Raised where reading cannot go on."""

    def __init__(self, mark: Any, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.mark, self.fault = mark, (code, message, hint)


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
    reader = _Reader(path, first_line)
    try:
        text = content if isinstance(content, str) else content.decode("utf-8-sig")
        if len(text) > MOST_BYTES:
            message = "This file is too large."
            return None, [Problem(path, 1, 1, "file-too-large", message, _SPLIT)]
        return reader.read(text), reader.faults
    except UnicodeDecodeError as error:
        message = "This file is not saved as UTF-8."
        line = error.object.count(b"\n", 0, error.start) + 1
        hint = "Save it again as UTF-8, and look at the letters with accents."
        return None, [Problem(path, line, 1, "not-utf-8", message, hint)]
    except _Refused as refused:
        reader.keep(refused.mark, *refused.fault)
    except _Enough:
        pass  # they are told
    except yaml.MarkedYAMLError as error:
        fault = explain(text, error)
        place = fault.line + first_line, fault.column + 1
        # Such as `[a #1, b]` or `*a* b`: what was told of the line is why.
        if not any(one.code == "swallowed-text" or one.line == place[0] for one in reader.faults):
            told = Problem(path, *place, "yaml-syntax", fault.message, fault.hint, meant=fault.meant)
            reader.faults.append(told)
    except yaml.reader.ReaderError as error:
        before = text.encode()[: error.position].decode(errors="ignore")  # libyaml counts bytes
        place = before.count("\n") + first_line, len(before) - before.rfind("\n")
        reader.faults.append(_unreadable(path, text, place))
    return None, reader.faults


def _unreadable(path: str, text: str, place: tuple[int, int]) -> Problem:
    """Say what is wrong with a file of which the parser cannot read a character."""
    if len(re.findall("[\0-\x08]", text[:1000])) > 3:
        hint = "Save it as plain text whose name ends in .yml."
        return Problem(path, 1, 1, "not-utf-8", "This is no text file.", hint)
    message = "This file holds a control character that YAML does not allow."
    return Problem(path, *place, "control-character", message, RETYPE)


RETYPE = "Delete it and type the word again."
_SPLIT = f"Keep it under {MOST_BYTES:,} characters: one cohort a file."

_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)(?!\n)$")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?(?!\n)$")
_WORDS: Mapping[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip


def _scalar(event: yaml.ScalarEvent) -> Scalar:
    """Read a scalar by YAML 1.2's core schema; a leading zero keeps a number a text (`010` is no number)."""
    value: str = event.value
    if event.style in ("'", '"', "|", ">"):
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


class _Reader:
    """Builds values from libyaml's events, and remembers where each began, and every fault on the way."""

    def __init__(self, path: str, first_line: int) -> None:
        self.path, self.first_line = path, first_line
        self.places: dict[Path, Place] = {}
        self.keys: dict[Path, Place] = {}
        self.doubtful: set[Place] = set()
        self.faults: list[Problem] = []
        self.anchored = False

    def keep(self, mark: Any, code: str, message: str, hint: str) -> None:
        """Keep a fault."""
        place = mark.line + self.first_line, mark.column + 1
        self.faults.append(Problem(self.path, *place, code, message, hint))

    def report(self, mark: Any, code: str, message: str, hint: str) -> None:
        """Keep a fault and read on, unless there have been too many."""
        self.keep(mark, code, message, hint)
        if len(self.faults) > MOST_PROBLEMS:
            raise _Enough

    def read(self, text: str) -> Document:
        self.text = text
        events = yaml.parse(text, Loader=yaml.CSafeLoader)
        values = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if self.places:  # also where the first document is empty
                    message = "A second document starts here (`---`)."
                    raise _Refused(event.start_mark, "two-documents", message, "Delete the line `---`.")
                values = self._value(next(events), events, ())
        return Document(self.path, values, self.places, self.keys, frozenset(self.doubtful))

    def _place(self, event: Any) -> Place:
        return Place(event.start_mark.line + self.first_line, event.start_mark.column + 1)

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path) -> object:
        self.places[path] = self._place(event)
        if len(self.places) > MOST_VALUES:
            message = f"This file holds more than {MOST_VALUES:,} values."
            raise _Refused(event.start_mark, "file-too-large", message, _SPLIT)
        if len(path) > MOST_DEPTH:
            hint = "Delete brackets that are too many, or correct the indentation of this line."
            raise _Refused(event.start_mark, "too-deep", "This is nested too deeply.", hint)
        before = len(self.faults)
        self._check_plain(event)
        value: object = None
        if isinstance(event, yaml.ScalarEvent):
            self._check_signs(event)
            value = _scalar(event)
            self._check_comment(event, value)
        if len(self.faults) > before or isinstance(event, yaml.AliasEvent):
            self.doubtful.add(self.places[path])
        if isinstance(event, yaml.ScalarEvent | yaml.AliasEvent):
            return value
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(events, path)
        return self._mapping(events, path)

    def _list(self, events: Iterator[yaml.Event], path: Path) -> list[object]:
        values: list[object] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            values.append(self._value(event, events, (*path, len(values))))
        return values

    def _mapping(self, events: Iterator[yaml.Event], path: Path) -> dict[str, object]:
        values: dict[str, object] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            told = len(self.faults)
            key = self._key(event, values, path)
            value = self._value(next(events), events, (*path, key or "?"))
            if key is not None:
                values[key] = value
            else:
                del self.faults[told + 1 :]  # what goes with the key
        return values

    def _key(self, event: Any, values: Mapping[str, object], path: Path) -> str | None:
        """Read a key; None for one that cannot count."""
        mark = event.start_mark
        if not isinstance(event, yaml.ScalarEvent):
            raise _Refused(mark, "key-not-text", "A key must be a word.", _WORD)
        if event.value == "<<":
            self.report(mark, "merge-key", "Merge keys (`<<`) are not read here.", "Write the keys out.")
            self.doubtful.add(self.places[path])  # keys may be missing there
            return None
        self._check_plain(event)
        self._check_signs(event)
        if event.value in values:
            first = self.keys[(*path, event.value)]
            message = f"`{event.value}` stands here a second time; it is already in line {first.line}."
            self.report(mark, "duplicate-key", message, "Keep one of the two.")
            return None
        self.keys[(*path, event.value)] = self._place(event)
        return str(event.value)

    def _check_plain(self, event: Any) -> None:
        """Report what YAML knows beside plain values; of anchors with all that repeats them the first."""
        mark = event.start_mark
        if event.anchor and not self.anchored:
            if isinstance(event, yaml.AliasEvent):
                message = f"`*{event.anchor}` repeats another place; that is not read here."
                self.report(mark, "alias", message, _REPEATED)
            else:
                message = f"`&{event.anchor}` names a place; that is not read here."
                self.anchored = True
                self.report(mark, "anchor", message, _REPEATED)
        if getattr(event, "tag", None) not in (None, "!"):  # an alias has none
            self.report(mark, "tag", f"`{event.tag}` is a YAML tag; tags are not read here.", _QUOTES)

    def _check_signs(self, event: Any) -> None:
        """Report a scalar that is too long to be shown, or holds what nobody sees."""
        if len(event.value) > MOST_CHARACTERS:
            said = f"{len(event.value):,} characters; at most {MOST_CHARACTERS:,} can stand here"
            hint = "Shorten it, or link to a page that holds the rest."
            self.report(event.start_mark, "text-too-long", f"This text has {said}.", hint)
        if found := UNSEEN.search(event.value):
            self.report(_mark(event, self.text, found[0]), "control-character", unseen(found[0]), RETYPE)

    def _check_comment(self, event: Any, value: Scalar) -> None:
        """Report a text of which YAML has taken a part for a comment."""
        if event.style or not (value is None or isinstance(value, str)) or _DAY.fullmatch(str(value)):
            return
        swallowed = _SWALLOWED.match(self.text, event.end_mark.index)
        if swallowed:
            part = quoted(swallowed[1].strip())
            mark = _mark_at(event.start_mark, self.text, swallowed.start(1))
            message = f"{part} is not read: ` #` begins a comment."
            hint = "Put the whole text in double quotes; in a comment, put a space behind the #."
            self.report(mark, "swallowed-text", message, hint)


def unseen(sign: str) -> str:
    """Say that a sign is one that nobody sees."""
    return f"There is a character here that cannot be seen (U+{ord(sign):04X})."


_QUOTES = "Put the whole text in double quotes."
_REPEATED = f"{_QUOTES} Was a value to be repeated? Write it out."
_WORD = "Write `key: value`. A text that begins with a brace or a bracket needs double quotes."
# Controls but tab and line feed, blanks without width, and what turns the direction of the letters behind it.
UNSEEN = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
# A comment has a space behind its sign. `team #1` and `#1 team` are texts, of which YAML takes a part away.
_SWALLOWED = re.compile(r"[ \t]*(#\w[^\n]*)")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _mark(event: Any, text: str, sign: str) -> yaml.Mark:
    """Find the place of a sign; that of its scalar where it is written as an escape."""
    at = text.find(sign, event.start_mark.index, event.end_mark.index)
    return _mark_at(event.start_mark, text, at) if at >= 0 else event.start_mark


def _mark_at(start: yaml.Mark, text: str, at: int) -> yaml.Mark:
    """Count lines and columns on from a mark to a later sign."""
    line = start.line + text.count("\n", start.index, at)
    column = at - text.rfind("\n", 0, at) - 1
    return yaml.Mark(start.name, at, line, column, None, at)
