"""YAML text and a change -> the text with that change, and every other byte where it was.

Nothing is loaded and dumped again. ruamel.yaml (0.19, its lists indented as ours are) gave back 74 of the 91
YAML files of the example, the miniature and tests/bad as they were: it refused 7, and in 10 it moved comments
and wrapped long entries anew. It writes `no` and `12:30` without quotes, too. So the parser's marks say where
an entry begins and ends, and only that entry's own text is written. Each result is read back: it says what
the text said before, with the change, or it is not given. A text that cannot be changed surely is Impossible.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from operator import getitem
from typing import Any

import yaml

from ..document import Document, Path, examine, read
from ..document.tree import child, is_nothing, place_of
from ..problems import Problem
from ..signs import BREAK
from .layout import Layout
from .places import BOM, Edit, Impossible, edited
from .values import plain

__all__ = ["Impossible", "with_entries", "with_keys", "with_value", "without"]


def with_keys(text: str, path: Path, entries: Mapping[str, object]) -> str:
    """Add keys to a mapping, and to those within it; the others stay."""
    inner: Any = _document(text).mapping
    if path[0] not in inner:
        return with_value(text, path, entries)
    for key in path:
        inner = inner.get(key) if isinstance(inner, dict) else None
    text = text if inner else with_value(text, path, {})
    for key, value in entries.items():
        if isinstance(value, Mapping):
            text = with_keys(text, (*path, key), value)
        else:
            text = with_value(text, (*path, key), value)
    return text


def with_entries(text: str, key: str, entries: Sequence[Mapping[str, object]]) -> str:
    """Add people or pairings to the list of a cohort that a key names, behind those that it has."""
    document = _document(text)
    present = document.mapping.get(key)
    if present in (None, []):
        return with_value(text, (key,), list(entries)) if entries else text
    if not isinstance(present, list):
        raise Impossible(f"`{key}` is no list.", document.place((key,)).line)

    def change(values: Any) -> None:
        values[key] += map(plain, entries)

    return _edited(text, lambda file: file.appended(file.around((key,))[1], entries), change)


def with_value(text: str, path: Path, value: object) -> str:
    """Set one key of a mapping that is there, or add it.

    Args:
        text: the file's.
        path: keys and indexes, the key itself last.
        value: text, number, boolean, day, or lists and mappings of these. A day is written without quotes.
    """

    def change(values: Any) -> None:
        if len(path) > 1 and _inner(values, path[:-1]) is None:
            _inner(values, path[:-2])[path[-2]] = {}
        _inner(values, path[:-1])[path[-1]] = plain(value)

    def edits(file: Layout) -> Iterable[Edit]:
        key, node = file.around(path[:-1])
        if key is not None and is_nothing(node):
            return file.replaced(key, node, {path[-1]: value})
        if not isinstance(node, yaml.MappingNode):
            raise Impossible("Here is no mapping to which a key could be added.", place_of(node).line)
        pair = child(node, path[-1])
        if pair is not None:
            return file.replaced(*pair, value)
        return file.added(node, str(path[-1]), value, top=len(path) == 1)

    return _edited(text, edits, change)


def without(text: str, paths: Sequence[Path]) -> str:
    """Take whole entries of lists, or keys with their values, out.

    A comment above goes with its entry where nothing else below it could be meant. A list or mapping of which
    nothing is left is written as `[]` or `{}`.
    """
    document = _document(text)
    whole = {path for path in paths if not any(path[:end] in paths for end in range(1, len(path)))}
    for path in sorted(whole, key=document.key_place, reverse=True):
        text = _without(text, path)
    return text


def _without(text: str, path: Path) -> str:
    def change(values: Any) -> None:
        del _inner(values, path[:-1])[path[-1]]

    return _edited(text, lambda file: file.removed(path), change)


def _edited(text: str, edits: Callable[[Layout], Iterable[Edit]], change: Callable[[Any], None]) -> str:
    """Change a text by edits, and read it back; `change` does the same to its values."""
    body = text.removeprefix(BOM)
    before = _document(text)
    try:
        changed = edited(body, edits(Layout(body, before.root)))
    except (KeyError, IndexError) as error:
        raise Impossible("There is no such place to change.", 1) from error
    wanted = before.values
    change(wanted)
    document = read("", changed)
    if isinstance(document, Problem):
        raise Impossible(f"This change cannot be read back: {document.unquoted[0]}", document.line)
    if _comparable(document.values) != _comparable(wanted):
        lines = zip(BREAK.split(body), BREAK.split(changed), strict=False)
        differing = (number for number, (was, will_be) in enumerate(lines, 1) if was != will_be)
        raise Impossible("This change would alter what stands beside it.", next(differing, 1))
    return text[: len(text) - len(body)] + changed


def _comparable(values: object) -> str:
    """Tell `true` from 1, which Python takes for equal."""
    return json.dumps(values, sort_keys=True)


def _document(text: str) -> Document:
    """Read a file, which has to be a mapping without a fault."""
    document, faults = examine("", text.removeprefix(BOM))
    if faults:
        raise Impossible(faults[0].unquoted[0], faults[0].line)
    if document is None or not isinstance(document.values, dict):
        raise Impossible("This file should hold keys and values, such as `title: …`.", 1)
    return document


def _inner(values: Any, path: Path) -> Any:
    return reduce(getitem, path, values)
