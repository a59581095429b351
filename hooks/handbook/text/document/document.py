"""Plain values of a YAML file that remember their places."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import getitem
from typing import Any, cast

from yaml import ScalarNode

from ..problems import Problem, did_you_mean, fault, known, surely
from .tree import Place, child, place_of

Path = tuple[str | int, ...]

MOST_CHARACTERS = 20_000


@dataclass(frozen=True)
class Document:
    """What a YAML file says.

    Attributes:
        path: the file, relative to the repository root.
        values: dicts, lists and scalars; strings are `prose.Text`.
        root: the node of all, as `Tree` has it; None for values that stand in no file.
        first_line: the line of the file at which its text starts.
        doubtful: the places of values that have a fault, of which nothing more should be said.
    """

    path: str
    values: object
    root: Any = field(default=None, compare=False, repr=False)
    first_line: int = 1
    doubtful: frozenset[Place] = frozenset()

    @property
    def mapping(self) -> Mapping[str, Any]:
        """The values as a mapping; empty where the file holds none."""
        return self.values if isinstance(self.values, Mapping) else {}

    def place(self, path: Path) -> Place:
        """Find the place of a value, or of the nearest thing that holds it."""
        _, node = self._way(path)[-1]
        return place_of(node, self.first_line) if node else Place(1, 1)

    def _way(self, path: Path) -> list[tuple[Any, Any]]:
        """The root, and behind it each key with its value on the way to a path, as far as that leads."""
        way = [(None, self.root)]
        for part in path:
            if (pair := child(way[-1][1], part)) is None:
                break
            way.append(pair)
        return way

    def texts(self) -> Iterator[tuple[Path, str]]:
        """Every text of the file with its place, but for those that are refused as too long."""
        return ((path, text) for path, text in _texts(self.values, ()) if len(text) <= MOST_CHARACTERS)

    def key_place(self, path: Path) -> Place:
        """Find the place of the key that names a value."""
        way = self._way(path)
        key = way[-1][0] if len(way) > len(path) else None
        return place_of(key, self.first_line) if key else self.place(path)

    def value(self, path: Path) -> object:
        """The value at a path of keys and indexes that stand in the file."""
        return reduce(getitem, path, cast(Any, self.values))

    def in_brackets(self, path: Path) -> bool:
        """Whether a value stands in its mapping's line, behind others, as in `{a: 1, b: 2}`."""
        place = self.key_place(path)
        around = self.place(path[:-1])
        return place.line == around.line and place.column > around.column + 1

    def problem(self, key: str, path: Path, /, meant: str = "", **words: Any) -> Problem:
        """Say what is wrong with a value, at its place."""
        return fault(key, meant, **words).placed(self.path, *self.place(path))

    def letters(self, path: Path) -> str:
        """What stands at a path, letter by letter: `3.10` is the number 3.1, and may be meant as text."""
        way = self._way(path)
        node = way[-1][1] if len(way) > len(path) else None
        return str(node.value) if isinstance(node, ScalarNode) else ""

    def unknown(self, path: Path, key: str, names: Collection[str], word: str, **words: object) -> Problem:
        """Say by a code that a word names nothing there is; `names` are those that could stand there.

        The path is that of the word, or of what holds it, where that has no place of its own.
        """
        meant = surely(word, names) if len(self._way(path)) > len(path) and self.value(path) == word else ""
        beside = self.value(path[:-1]) if meant and isinstance(path[-1], int) else ()
        if isinstance(beside, list) and meant in beside:
            meant = ""  # nobody says the same twice
        near, listed = did_you_mean(word, names), known(names)
        return self.problem(key, path, meant, word=word, near=near, known=listed, **words)


def _texts(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict | list):
        for part, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(inner, (*path, part))
