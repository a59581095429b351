"""Values -> YAML as a person would write it: short entries in one line, quotes only where needed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from math import isfinite
from typing import Any

import yaml

from ..signs import in_quotes

MOST_SIGNS = 118


def plain(value: object) -> object:
    """A value as it is read again."""
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return str(value) if isinstance(value, str) else value


def flow(value: object) -> str:
    """Write a value in one line."""
    if isinstance(value, Mapping):
        return f"{{{', '.join(entries_of(value))}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(flow, value))}]"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, int) or (isinstance(value, float) and isfinite(value)):
        return str(plain(value))
    raise TypeError(f"{type(value).__name__} cannot be written as YAML.")


def entries_of(mapping: Mapping[Any, object]) -> Iterator[str]:
    """Each key with its value, in one line."""
    return (f"{_text(str(key))}: {flow(value)}" for key, value in mapping.items())


# What YAML 1.2 reads as a number, and PyYAML, which decides for 1.1, as a text.
_NUMBER = re.compile(r"[-+]?\.?[0-9][0-9_]*\.?[0-9]*(?:[eE][-+]?[0-9]+)?")


def _text(text: str) -> str:
    """Write a text so that it is read as one, also in brackets: plain where that is sure."""
    words = text.isprintable() and not _NUMBER.fullmatch(text) and not re.search(r":|#|\s\s", text)
    if words and text.strip() == text:
        dumped = yaml.safe_dump([text], default_flow_style=True, allow_unicode=True, width=1_000_000)
        if dumped.split("\n")[0] == f"[{text}]":
            return text
    return in_quotes(text)


def filled(value: object, column: int) -> list[str]:
    """Write a value in as few lines as fit, the first of which begins at a column."""
    whole = flow(value)
    if column + len(whole) <= MOST_SIGNS or not isinstance(value, Mapping | list | tuple):
        return [whole]
    parts = [*entries_of(value)] if isinstance(value, Mapping) else [*map(flow, value)]
    lines = [f"{whole[0]}{parts[0]}"]
    for part in parts[1:]:
        here = len(lines[-1]) + (column if len(lines) == 1 else 0)
        if here + 4 + len(part) <= MOST_SIGNS:  # with the comma before it and a sign behind
            lines[-1] += f", {part}"
        else:
            lines[-1] += ","
            lines.append(f"{' ' * (column + 1)}{part}")
    return [*lines[:-1], f"{lines[-1]}{whole[-1]}"]


def item(entry: Mapping[str, object], column: int, gap: int, in_lines: bool) -> list[str]:
    """Write an entry of a list, in brackets or with a line for each key."""
    hyphen = f"{' ' * column}-{' ' * gap}"
    if not in_lines or not entry:
        first, *more = filled(entry, len(hyphen))
        return [f"{hyphen}{first}", *more]
    keys = [line for key, value in entry.items() for line in block(key, value, len(hyphen))]
    return [f"{hyphen}{keys[0].lstrip(' ')}", *keys[1:]]


def block(key: str, value: object, column: int) -> list[str]:
    """Write a key with its value: in its line, or below it where that is too long or a list of mappings."""
    name = f"{' ' * column}{_text(key)}:"
    if isinstance(value, list) and value and all(isinstance(entry, Mapping) for entry in value):
        return [name, *(line for entry in value for line in item(entry, column + 2, 1, in_lines=False))]
    if isinstance(value, Mapping) and len(name) + 1 + len(flow(value)) > MOST_SIGNS:
        return [name, *(line for inner, one in value.items() for line in block(inner, one, column + 2))]
    first, *more = filled(value, len(name) + 1)
    return [f"{name} {first}", *more]
