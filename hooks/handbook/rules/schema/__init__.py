"""Document -> problems: schema errors in a coordinator's words, on the right line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any

from jsonschema import Draft202012Validator, validators
from jsonschema.exceptions import ValidationError

from ...text.document import Document
from ...text.problems import MOST_PROBLEMS, Problem
from .. import problem
from .files import keys_of, read
from .keys import missing, unknown_keys, wrong_name
from .quotable import is_open, open_part, shareable
from .values import wrong_value

__all__ = ["is_open", "keys_of", "open_part", "problems", "read", "shareable"]

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?!\n)$")


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
        return (problem(document, "empty-file", (), title=read(name)["title"].lower()),)
    errors = _validator(name, definition).iter_errors(document.values)
    every = (wrong for error in errors for wrong in _problems(document, error))
    certain = (wrong for wrong in every if (wrong.line, wrong.column) not in document.doubtful)
    return tuple(dict.fromkeys(islice(certain, MOST_PROBLEMS + 1)))


def _problems(document: Document, error: ValidationError) -> Iterator[Problem]:
    if error.validator in ("if", "allOf", "then"):
        for inner in error.context or ():
            yield from _problems(document, inner)
    elif error.validator == "additionalProperties":
        yield from unknown_keys(document, error)
    elif list(error.schema_path)[-2:-1] == ["propertyNames"]:
        yield wrong_name(document, error)
    elif error.validator == "required":
        yield from missing(document, error)
    elif error.validator == "format" and not _DATE.match(str(error.instance)):
        return  # its pattern has said so
    else:
        yield wrong_value(document, error)
