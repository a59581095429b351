"""Document -> problems: schema errors in a coordinator's words, on the right line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any

from jsonschema import Draft202012Validator, validators
from jsonschema.exceptions import ValidationError

from ...text.document import Document, Path
from ...text.problems import MOST_PROBLEMS, Fault, Problem, did_you_mean, fault, known, surely
from .. import PHRASES, WORDS
from ..privacy.private import refused
from .quotable import is_open, open_part, shareable
from .values import part_of, read, written, wrong_value

__all__ = ["is_open", "open_part", "problems", "read", "shareable"]

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?!\n)$")
_CALLED: Mapping[str, Sequence[str]] = WORDS["synonyms"]  # by the key that is known


@cache
def _validator(name: str, definition: str) -> Any:
    whole = read(name)
    part = {"$ref": f"#/$defs/{definition}", "$defs": whole["$defs"]} if definition else whole
    return _Validator(part, format_checker=Draft202012Validator.FORMAT_CHECKER)


def _items(validator: Any, items: Any, instance: Any, schema: Mapping[str, Any]) -> Iterator[ValidationError]:
    """Look at the entries of a list, but for one that is too long anyway: there could be thousands."""
    if isinstance(instance, list) and len(instance) <= schema.get("maxItems", len(instance)):
        yield from Draft202012Validator.VALIDATORS["items"](validator, items, instance, schema)


_Validator = validators.extend(Draft202012Validator, {"items": _items})  # type: ignore[no-untyped-call]


def problems(document: Document, name: str, definition: str = "") -> tuple[Problem, ...]:
    """Say where a document is not as a schema wants it, or the part `definition` of its `$defs`."""
    if document.values is None:
        return (document.problem("empty-file", (), title=read(name)["title"].lower()),)
    errors = _validator(name, definition).iter_errors(document.values)
    every = (wrong for error in errors for wrong in _problems(document, error))
    certain = (wrong for wrong in every if (wrong.line, wrong.column) not in document.doubtful)
    return tuple(dict.fromkeys(islice(certain, MOST_PROBLEMS + 1)))


def _problems(document: Document, error: ValidationError) -> Iterator[Problem]:
    if error.validator in ("if", "allOf", "then"):
        for inner in error.context or ():
            yield from _problems(document, inner)
    elif error.validator == "additionalProperties":
        yield from _unknown_keys(document, error)
    elif list(error.schema_path)[-2:-1] == ["propertyNames"]:
        yield _wrong_name(document, error)
    elif error.validator == "required":
        yield from _missing(document, error)
    elif error.validator == "format" and not _DATE.match(str(error.instance)):
        return  # its pattern has said so
    else:
        yield wrong_value(document, error)


# --- keys that are unknown, refused or missing


def _unknown_keys(document: Document, error: ValidationError) -> Iterator[Problem]:
    """Say of each key of a mapping that its schema does not name what is wrong with it."""
    present: Any = error.instance
    names = list(part_of(error).get("properties", {}))
    free = [name for name in names if name not in present]
    for key in present:
        if key not in names:
            yield _unknown_key(document, (*error.absolute_path, key), names, free)


def _wrong_name(document: Document, error: ValidationError) -> Problem:
    """Say what is wrong with a key that has a form, or is one of a few."""
    names = [str(name) for name in part_of(error).get("enum", ())]
    return _unknown_key(document, (*error.absolute_path, str(error.instance)), names, names)


def _unknown_key(document: Document, path: Path, names: Sequence[str], free: Sequence[str]) -> Problem:
    """Say what is wrong with a key; `names` are those that are known at its place, `free` not there yet."""
    # Why a cohort does not take place is told as little as why a pairing ended.
    place = ("pairings", *path) if "cancelled" in names else path
    wrong = refused(place) or _together(document, path, free) or _not_known(document, path, names, free)
    return wrong.placed(document.path, *document.key_place(path))


def _together(document: Document, path: Path, free: Sequence[str]) -> Fault | None:
    """Say that a key has swallowed its value, where it has."""
    together = re.fullmatch(r"([a-z_-]+):\s*(\S.*)", str(path[-1]))
    if not together or document.value(path) is not None:
        return None
    key, value = together[1], together[2]
    return fault("unknown-key.together", f"{key}: {value}" if key in free else "", key=key, value=value)


def _not_known(document: Document, path: Path, names: Sequence[str], free: Sequence[str]) -> Fault:
    key, variant = str(path[-1]), "unknown-key"
    called = _called(key, free)
    near = PHRASES["called"].format(called) if called else did_you_mean(key, names)
    near = near + known(names, " here") if names else PHRASES["key"]
    if key.isdecimal() and document.in_brackets(path):
        variant = "unknown-key.number"
    elif document.in_brackets(path) and document.value(path) is None:
        variant = "unknown-key.text"
    return fault(variant, surely(key, free), key=key, near=near)


def _called(word: str, names: Iterable[str]) -> str:
    """The key that some people call so; empty where none here is."""
    return next((name for name in names if word.casefold() in _CALLED.get(name, ())), "")


def _missing(document: Document, error: ValidationError) -> Iterator[Problem]:
    """Name all keys that are missing in one place; jsonschema reports the same place once for each.

    A key that stands there misspelt is told as an unknown one, and is not missing besides.
    """
    required: Any = error.validator_value
    present: Any = error.instance
    described = part_of(error).get("properties", {})
    misspelt = [key for key in present if key not in described]
    together = {key.partition(":")[0] for key in misspelt}
    absent = (key for key in required if key not in present and key not in together)
    called = {_called(word, required) for word in misspelt}
    for key in (key for key in absent if key not in called and not did_you_mean(key, misspelt)):
        example = written(described.get(key, {}).get("examples", ["…"])[0])
        yield document.problem("missing-key", tuple(error.absolute_path), name=key, example=example)
