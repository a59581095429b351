"""The three schemas, and the names that they and the playbook know."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from ... import DATA, TOP


@cache
def read(name: str) -> Mapping[str, Any]:
    """Give one of the three schemas: organisation, program or cohort."""
    return {**json.loads((TOP / "schemas" / f"{name}.schema.json").read_text("utf-8"))}


@cache
def keys_of(name: str) -> frozenset[str]:
    """Every key that a schema knows, wherever that stands."""
    return frozenset(_keys(read(name)))


@cache
def playbook_names() -> frozenset[str]:
    """Every name that the playbook gives a thing, which may stand for a key."""
    return frozenset(file.stem for file in (DATA / "playbook").rglob("*.md"))


def _keys(part: Any) -> Iterator[str]:
    inner = part.values() if isinstance(part, Mapping) else part if isinstance(part, list) else ()
    if isinstance(part, Mapping):
        yield from part.get("properties", ())
        yield from part.get("propertyNames", {}).get("enum", ())
    for other in inner:
        yield from _keys(other)
