"""Document -> problems: schema errors in a coordinator's words, on the right line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from .document import Document
from .problems import Problem, did_you_mean, known, shown

FOLDER = Path(__file__).resolve().parents[2] / "schemas"
_NAMES = {"object": "keys with values", "array": "a list", "string": "a text", "integer": "a whole number"}
_NAMES |= {"number": "a number", "boolean": "true or false", "null": "nothing"}
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?!\n)$")


@cache
def read(name: str) -> Mapping[str, Any]:
    """Give one of the three schemas: organisation, program or cohort."""
    schema: Mapping[str, Any] = json.loads((FOLDER / f"{name}.schema.json").read_text("utf-8"))
    return schema


@cache
def _validator(name: str, definition: str) -> Draft202012Validator:
    schema = dict(read(name))
    if definition:
        schema = {"$ref": f"#/$defs/{definition}", "$defs": schema["$defs"]}
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def problems(document: Document, name: str, definition: str = "") -> tuple[Problem, ...]:
    """Say where a document is not as its schema wants it.

    Args:
        document: what the file says.
        name: organisation, program or cohort.
        definition: a name under the schema's `$defs`, where only that part is meant.
    """
    if document.values is None:
        title = read(name)["title"].lower()
        empty = f"This file is empty; it should describe the {title}."
        return (
            document.problem(
                "empty-file", (), empty, "Start from a file that `.venv/bin/handbook new` writes."
            ),
        )
    found = _validator(name, definition).iter_errors(document.values)
    return tuple(dict.fromkeys(problem for error in found for problem in _problems(document, error)))


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
        yield _wrong_value(document, error)


def _unknown_keys(document: Document, error: ValidationError) -> Iterator[Problem]:
    names = list(_part(error).get("properties", {}))
    path = tuple(error.absolute_path)
    for key in _keys(error):
        if key not in names:
            place = document.key_place((*path, key))
            hint = did_you_mean(key, names) + known(names, " here")
            message = f"`{key}` is not a key that is known here."
            yield Problem(document.path, place.line, place.column, "unknown-key", message, hint)


def _wrong_name(document: Document, error: ValidationError) -> Problem:
    key = str(error.instance)
    place = document.key_place((*error.absolute_path, key))
    names = [str(name) for name in _part(error).get("enum", ())]
    hint = did_you_mean(key, names) + known(names, " here") if names else "Use a-z, 0-9 and hyphens."
    message = f"`{key}` is not a key that is known here."
    return Problem(document.path, place.line, place.column, "unknown-key", message, hint)


def _missing(document: Document, error: ValidationError) -> Iterator[Problem]:
    """Name all keys that are missing in one place; jsonschema reports the same place once for each.

    A key that stands there misspelt is told as an unknown one, and is not missing besides.
    """
    required: Any = error.validator_value
    misspelt = [key for key in _keys(error) if key not in _part(error).get("properties", {})]
    for key in (key for key in required if key not in _keys(error) and not did_you_mean(key, misspelt)):
        told = _part(error).get("properties", {}).get(key, {})
        example = json.dumps(told.get("examples", ["…"])[0], ensure_ascii=False)
        hint = f"Add, for example, `{key}: {example}`."
        yield document.problem("missing-key", tuple(error.absolute_path), f"`{key}` is missing here.", hint)


def _wrong_value(document: Document, error: ValidationError) -> Problem:
    path = tuple(error.absolute_path)
    value = shown(error.instance)
    name = next((str(part) for part in reversed(path) if isinstance(part, str)), "This")
    rule: Any = error.validator_value
    if error.validator == "type":
        wanted = rule if isinstance(rule, list) else [rule]
        kinds = " or ".join(_NAMES[kind] for kind in wanted)
        number = isinstance(error.instance, int | float)
        quotes = number and "string" in wanted and re.search(_part(error).get("pattern", ""), value)
        hint = f'Put it in quotes: `"{value}"`.' if quotes else _example(error.schema)
        return document.problem("wrong-type", path, f"`{name}` should be {kinds}, not {value}.", hint)
    if error.validator == "enum":
        choices = [str(choice) for choice in rule]
        hint = f"{did_you_mean(str(error.instance), choices)}Choose one of: {', '.join(choices)}."
        return document.problem("wrong-choice", path, f"`{name}` cannot be {value}.", hint)
    if error.validator == "format":
        message = f"{value} is not a day of the calendar."
        return document.problem("impossible-date", path, message, _example(error.schema))
    if error.validator == "pattern":
        return document.problem("wrong-pattern", path, f"`{name}` cannot be {value}.", _example(error.schema))
    return document.problem("out-of-range", path, f"`{name}`: {_range(error)}.", _example(error.schema))


def _keys(error: ValidationError) -> tuple[str, ...]:
    """Give the keys of the mapping that is wrong."""
    return tuple(error.instance) if isinstance(error.instance, Mapping) else ()


def _part(error: ValidationError) -> Mapping[str, Any]:
    """Give the part of the schema that a value does not meet."""
    return error.schema if isinstance(error.schema, Mapping) else {}


def _range(error: ValidationError) -> str:
    limit, value = error.validator_value, shown(error.instance)
    words = {
        "minimum": f"{value} is less than {limit}",
        "maximum": f"{value} is more than {limit}",
        "minItems": f"at least {limit} needed",
        "maxItems": f"more than {limit} entries",
        "maxProperties": f"more than {limit} entries",
        "maxLength": f"more than {limit} characters",
    }
    return words.get(str(error.validator), f"{value} is not allowed")


def _example(part: Any) -> str:
    examples = part.get("examples") if isinstance(part, Mapping) else None
    return f"For example: {json.dumps(examples[0], ensure_ascii=False)}." if examples else ""
