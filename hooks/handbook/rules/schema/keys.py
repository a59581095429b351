"""Keys that are unknown, refused or missing, in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from jsonschema.exceptions import ValidationError

from ...text.document import Document, Path
from ...text.problems import Fault, Problem, did_you_mean, known, surely
from .. import PHRASES, WORDS, fault, problem
from ..privacy.private import refused
from .values import part_of, written

_CALLED: Mapping[str, Sequence[str]] = WORDS["synonyms"]  # by the key that is known


def unknown_keys(document: Document, error: ValidationError) -> Iterator[Problem]:
    """Say of each key of a mapping that its schema does not name what is wrong with it."""
    present: Any = error.instance
    names = list(part_of(error).get("properties", {}))
    free = [name for name in names if name not in present]
    for key in present:
        if key not in names:
            yield _unknown_key(document, (*error.absolute_path, key), names, free)


def wrong_name(document: Document, error: ValidationError) -> Problem:
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


def missing(document: Document, error: ValidationError) -> Iterator[Problem]:
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
        yield problem(document, "missing-key", tuple(error.absolute_path), name=key, example=example)
