"""Parts of a schema in words: how a value is written, and whose it is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import yaml
from jsonschema.exceptions import ValidationError

from ...text.document import Path
from .. import PHRASES, WORDS

_OF_PEOPLE = (("people",), ("pairings",), ("sponsor",))
_IMPERSONAL = frozenset(WORDS["impersonal"].split())


def is_personal(path: Path) -> bool:
    """Whether a value is, or holds, what a person is called."""
    return path[:1] in _OF_PEOPLE and path[-1] not in _IMPERSONAL and "confirmed" not in path


def keys(error: ValidationError) -> tuple[str, ...]:
    """Give the keys of the mapping that is wrong."""
    return tuple(error.instance) if isinstance(error.instance, Mapping) else ()


def part_of(error: ValidationError) -> Mapping[str, Any]:
    """Give the part of the schema that a value does not meet."""
    return error.schema if isinstance(error.schema, Mapping) else {}


def written(value: object) -> str:
    """Write a value as a person would in a file."""
    if isinstance(value, dict | list):
        options: dict[str, Any] = {"default_flow_style": True, "sort_keys": False, "allow_unicode": True}
        return str(yaml.safe_dump(value, width=1e6, **options)).strip()
    return json.dumps(value, ensure_ascii=False)


def example(part: Any) -> str:
    """Show how a value of this part of the schema is written."""
    rule: Mapping[str, Any] = part if isinstance(part, Mapping) else {}
    if examples := rule.get("examples"):
        return PHRASES["example"].format(written(examples[0]))
    if rule.get("format") == "date":
        return PHRASES["day"]
    if str(rule.get("pattern", "")).startswith("^[a-z0-9]"):
        return PHRASES["id"]
    wanted = rule.get("type", ())
    return PHRASES["kind"].format(kinds([wanted] if isinstance(wanted, str) else wanted))


def kinds(wanted: Iterable[str]) -> str:
    """Name the types that a value may have."""
    return PHRASES["or"].join(PHRASES[kind] for kind in wanted)
