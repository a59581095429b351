"""Keys that are unknown, refused or missing, in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from jsonschema.exceptions import ValidationError

from ...text.document import Document, Path
from ...text.problems import Fault, Problem, did_you_mean, known, surely
from ..privacy import refused
from .parts import is_personal, keys, part_of, written

_KEY = re.compile(r"[A-Za-z_ -]{1,30}")


def unknown_keys(document: Document, error: ValidationError) -> Iterator[Problem]:
    """Say of each key of a mapping that its schema does not name what is wrong with it."""
    names = list(part_of(error).get("properties", {}))
    present = frozenset(keys(error))
    free = [name for name in names if name not in present]
    for key in keys(error):
        if key not in names:
            yield _unknown_key(document, (*error.absolute_path, key), names, free)


def wrong_name(document: Document, error: ValidationError) -> Problem:
    """Say what is wrong with a key that has a form, or is one of a few."""
    names = [str(name) for name in part_of(error).get("enum", ())]
    return _unknown_key(document, (*error.absolute_path, str(error.instance)), names, names)


def _unknown_key(document: Document, path: Path, names: Sequence[str], free: Sequence[str]) -> Problem:
    """Say what is wrong with a key.

    Args:
        document: the file that it stands in.
        path: of the key's value.
        names: the keys that are known at this place.
        free: those of them that do not stand there yet.
    """
    fault = refused(path) or _together(document, path, free) or _not_known(document, path, names, free)
    return fault.placed(document.path, *document.key_place(path))


def _together(document: Document, path: Path, free: Sequence[str]) -> Fault | None:
    """Say that a key has swallowed its value, where it has."""
    together = re.fullmatch(r"([a-z_-]+):\s*(\S.*)", str(path[-1]))
    if not together or document.value(path) is not None:
        return None
    key, value = together[1], together[2]
    shown = "…" if is_personal((*path[:-1], key)) else value
    hint = f"A space is missing behind the colon: `{key}: {shown}`."
    meant = f"{key}: {value}" if key in free else ""
    return Fault("unknown-key", "Key and value stand together here.", hint, meant=meant)


def _not_known(document: Document, path: Path, names: Sequence[str], free: Sequence[str]) -> Fault:
    key = str(path[-1])
    called = _called(key, free)
    near = f"Here it is called `{called}`. " if called else did_you_mean(key, names)
    hint = near + known(names, " here") if names else "Use a-z, 0-9 and hyphens."
    if key.isdecimal() and document.in_brackets(path):
        hint = f"Is it a part of a number? Write that without a comma, such as 0.8 or 1000. {hint}"
    elif document.in_brackets(path) and document.value(path) is None:
        hint = f"If `{key}` belongs to the text before the comma, put that text in double quotes. {hint}"
    shown = "What stands here" if is_personal(path) and not _KEY.fullmatch(key) else f"`{key}`"
    message = f"{shown} is not a key that is known here."
    return Fault("unknown-key", message, hint, meant=surely(key, free))


# What people call it: key by key, the one that is known here.
_SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "title": ("name", "heading", "program", "programme"),
    "name": ("title", "organisation", "organization", "company"),
    "summary": ("description", "about", "abstract", "subtitle"),
    "start": ("begin", "begins", "starts", "start_date", "date", "first_day"),
    "end": ("ends", "finish", "until", "end_date", "last_day"),
    "url": ("link", "address", "href", "website"),
    "address": ("email", "e-mail", "mail", "mailbox", "url", "link"),
    "goals": ("objectives", "aims", "targets"),
    "people": ("participants", "members", "mentors", "mentees"),
    "pairings": ("pairs", "matches", "matching"),
    "minutes": ("duration", "length"),
    "timezone": ("zone", "tz"),
}
_KNOWN_AS = {(other, key) for key, others in _SYNONYMS.items() for other in others}


def _called(word: str, names: Iterable[str]) -> str:
    """What is called so by some; empty where nothing here is."""
    return next((name for name in names if (word.casefold(), name) in _KNOWN_AS), "")


def missing(document: Document, error: ValidationError) -> Iterator[Problem]:
    """Name all keys that are missing in one place; jsonschema reports the same place once for each.

    A key that stands there misspelt is told as an unknown one, and is not missing besides.
    """
    required: Any = error.validator_value
    misspelt = [key for key in keys(error) if key not in part_of(error).get("properties", {})]
    together = {key.partition(":")[0] for key in misspelt}
    absent = (key for key in required if key not in keys(error) and key not in together)
    called = {_called(word, required) for word in misspelt}
    for key in (key for key in absent if key not in called and not did_you_mean(key, misspelt)):
        described = part_of(error).get("properties", {}).get(key, {})
        hint = f"Add, for example, `{key}: {written(described.get('examples', ['…'])[0])}`."
        yield document.problem("missing-key", tuple(error.absolute_path), f"`{key}` is missing here.", hint)
