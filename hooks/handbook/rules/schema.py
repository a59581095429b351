"""Document -> problems: schema errors in a coordinator's words, on the right line."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

import yaml
from jsonschema import Draft202012Validator, validators
from jsonschema.exceptions import ValidationError

from .. import TOP
from ..text.document import Document, Path
from ..text.problems import MOST_PROBLEMS, Problem, did_you_mean, known, quoted, surely
from ..text.sensitive import refused

FOLDER = TOP / "schemas"
_NAMES = {"object": "keys with values", "array": "a list", "string": "a text", "integer": "a whole number"}
_NAMES |= {"number": "a number", "boolean": "true or false", "null": "nothing"}
_OF_PEOPLE = (("people",), ("pairings",), ("sponsor",))
_IMPERSONAL = frozenset({
    "announce", "capacity", "commits", "completed", "confirmed", "consent", "ended", "number", "paused",
    "role", "title",
})  # fmt: skip
_KEY = re.compile(r"[A-Za-z_ -]{1,30}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?!\n)$")


@cache
def read(name: str) -> Mapping[str, Any]:
    """Give one of the three schemas: organisation, program or cohort."""
    schema: Mapping[str, Any] = json.loads((FOLDER / f"{name}.schema.json").read_text("utf-8"))
    return schema


@cache
def _validator(name: str, definition: str) -> Any:
    schema = dict(read(name))
    if definition:
        schema = {"$ref": f"#/$defs/{definition}", "$defs": schema["$defs"]}
    return _Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def _items(validator: Any, items: Any, instance: Any, schema: Mapping[str, Any]) -> Iterator[ValidationError]:
    """Look at the entries of a list, but for one that is too long anyway: there could be thousands."""
    if isinstance(instance, list) and len(instance) <= schema.get("maxItems", len(instance)):
        yield from Draft202012Validator.VALIDATORS["items"](validator, items, instance, schema)


_Validator = validators.extend(Draft202012Validator, {"items": _items})  # type: ignore[no-untyped-call]


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
    in_doubt = {(place.line, place.column) for place in document.doubtful}
    told = (
        problem
        for error in found
        for problem in _problems(document, error)
        if (problem.line, problem.column) not in in_doubt
    )
    return tuple(dict.fromkeys(islice(told, MOST_PROBLEMS + 1)))


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
    present = frozenset(_keys(error))
    free = [name for name in names if name not in present]
    for key in _keys(error):
        if key not in names:
            yield _unknown_key(document, (*path, key), names, free)


def _wrong_name(document: Document, error: ValidationError) -> Problem:
    key = str(error.instance)
    names = [str(name) for name in _part(error).get("enum", ())]
    return _unknown_key(document, (*error.absolute_path, key), names, names)


def _unknown_key(document: Document, path: Path, names: Sequence[str], free: Sequence[str]) -> Problem:
    """Say what is wrong with a key.

    Args:
        document: the file that it stands in.
        path: of the key's value.
        names: the keys that are known at this place.
        free: those of them that do not stand there yet.
    """
    key, place = str(path[-1]), document.key_place(path)
    if secret := refused(path):
        return Problem(document.path, place.line, place.column, *secret)
    called = _called(key, free)
    near = f"Here it is called `{called}`. " if called else did_you_mean(key, names)
    hint = near + known(names, " here") if names else "Use a-z, 0-9 and hyphens."
    together = re.fullmatch(r"([a-z_-]+):\s*(\S.*)", key)
    if together and document.value(path) is None:
        value = "…" if _is_personal((*path[:-1], together[1])) else together[2]
        hint = f"A space is missing behind the colon: `{together[1]}: {value}`."
        at = document.path, place.line, place.column
        meant = f"{together[1]}: {together[2]}" if together[1] in free else ""
        return Problem(*at, "unknown-key", "Key and value stand together here.", hint, meant=meant)
    if key.isdecimal() and document.in_brackets(path):
        hint = f"Is it a part of a number? Write that without a comma, such as 0.8 or 1000. {hint}"
    elif document.in_brackets(path) and document.value(path) is None:
        hint = f"If `{key}` belongs to the text before the comma, put that text in double quotes. {hint}"
    said = "What stands here" if _is_personal(path) and not _KEY.fullmatch(key) else f"`{key}`"
    message = f"{said} is not a key that is known here."
    meant = surely(key, free)
    return Problem(document.path, place.line, place.column, "unknown-key", message, hint, meant=meant)


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


def _missing(document: Document, error: ValidationError) -> Iterator[Problem]:
    """Name all keys that are missing in one place; jsonschema reports the same place once for each.

    A key that stands there misspelt is told as an unknown one, and is not missing besides.
    """
    required: Any = error.validator_value
    misspelt = [key for key in _keys(error) if key not in _part(error).get("properties", {})]
    together = {key.partition(":")[0] for key in misspelt}
    absent = (key for key in required if key not in _keys(error) and key not in together)
    called = {_called(word, required) for word in misspelt}
    for key in (key for key in absent if key not in called and not did_you_mean(key, misspelt)):
        told = _part(error).get("properties", {}).get(key, {})
        hint = f"Add, for example, `{key}: {_written(told.get('examples', ['…'])[0])}`."
        yield document.problem("missing-key", tuple(error.absolute_path), f"`{key}` is missing here.", hint)


def _is_personal(path: Path) -> bool:
    """Whether a value is, or holds, what a person is called."""
    return path[:1] in _OF_PEOPLE and path[-1] not in _IMPERSONAL and "confirmed" not in path


class _Told(NamedTuple):
    """What is said of a wrong value."""

    code: str
    message: str
    hint: str
    meant: str = ""


def _wrong_value(document: Document, error: ValidationError) -> Problem:
    path = tuple(error.absolute_path)
    name = next((str(part) for part in reversed(path) if isinstance(part, str)), "This")
    # GitHub shows messages to everyone; ids and names of people are not for everyone.
    personal = _is_personal(path)
    value = "what stands here" if personal else _value(error.instance)
    told = _TELLING.get(str(error.validator), _out_of_range)(error, name, value)
    hint = "Put it in quotes." if personal and told.meant else told.hint
    meant = "" if personal else told.meant
    return document.problem(told.code, path, told.message, hint, meant=meant)


def _value(value: object) -> str:
    return "empty" if value is None else quoted(value)


def _wrong_type(error: ValidationError, name: str, value: str) -> _Told:
    rule: Any = error.validator_value
    wanted = rule if isinstance(rule, list) else [rule]
    said = quoted(error.instance)
    if error.instance is None and error.absolute_path and isinstance(error.absolute_path[-1], int):
        hint = f"Delete the dash, or write something behind it. {_example(error.schema)}"
        return _Told("wrong-type", f"An entry of `{name}` is empty.", hint)
    if not error.absolute_path:
        hint = f"Begin with `{error.schema['required'][0]}: …`."  # type: ignore[index]
        return _Told("wrong-type", f"This file should hold keys with values, not {value}.", hint)
    number = isinstance(error.instance, int | float)
    quotes = number and "string" in wanted and re.search(_part(error).get("pattern", ""), said)
    meant = f'"{said}"' if quotes else _meant_boolean(error.instance, wanted)
    meant = meant or _meant_number(error.instance, wanted)
    hint = f"{'Put it in quotes' if quotes else 'Write'}: `{meant}`." if meant else _example(error.schema)
    kinds = " or ".join(_NAMES[kind] for kind in wanted)
    return _Told("wrong-type", f"`{name}` should be {kinds}, not {value}.", hint, meant)


def _wrong_choice(error: ValidationError, name: str, value: str) -> _Told:
    rule: Any = error.validator_value
    choices = [str(choice) for choice in rule]
    said = str(error.instance)
    near, meant = did_you_mean(said, choices), surely(said, choices)
    if name in _WEIGHTY and meant != said.strip().lower():
        near, meant = "", ""  # a guess could make a name public, or a junior colleague the mentee
    hint = f"{near}Choose one of: {', '.join(choices)}."
    return _Told("wrong-choice", f"`{name}` cannot be {value}.", hint, meant)


_WEIGHTY = frozenset({"consent", "repository", "role"})


def _impossible_date(error: ValidationError, name: str, value: str) -> _Told:
    hint = "Write a day that this month has, as year, month and day."
    return _Told("impossible-date", f"{value} is not a day of the calendar.", hint)


def _wrong_pattern(error: ValidationError, name: str, value: str) -> _Told:
    meant = _meant_by(str(error.instance), str(error.validator_value))
    hint = f"Write it as `{meant}`." if meant else _form(error)
    return _Told("wrong-pattern", f"`{name}` cannot be {value}.", hint, meant)


def _form(error: ValidationError) -> str:
    """Say how a value is written, where a person is likely to have another way."""
    value, example = str(error.instance), _example(error.schema)
    path = tuple(error.absolute_path)
    if "confirmed" in path:
        return "Write the day on which they said yes, such as 2027-01-20."
    if path[:1] in (("people",), ("pairings",)) and path[-1] in ("id", "mentor", "mentee"):
        return "Write a short id, not the name, such as `amara` or `mentor-6`: a-z, 0-9 and hyphens."
    if str(error.validator_value).startswith("^[a-z0-9]") and isinstance(path[-1], int):
        return f"Write a word that is known, such as `ai-tools`, or your own as `{{title: {value}}}`."
    if value.startswith(("http:", "www.")):
        return f"Begin it with `https://`. {example}"
    if re.fullmatch(r"[0-9]{1,2}[-/. ][0-9A-Za-z]+[-/. ][0-9]{2,4}", value):
        return f"Write the year first, then month and day. {example}"
    return example


def _out_of_range(error: ValidationError, name: str, value: str) -> _Told:
    part = _part(error)
    if "minimum" in part or "maximum" in part:
        hint = f"Write a number from {_limit(part, 'minimum')} to {_limit(part, 'maximum')}."
    elif error.validator in ("maxItems", "maxProperties"):
        hint = f"Keep {error.validator_value} at most, or group them."
    else:
        hint = f"Shorten it to {error.validator_value} characters." if error.validator == "maxLength" else ""
    return _Told("out-of-range", f"`{name}`: {_range(error)}.", hint or _example(error.schema))


def _limit(part: Mapping[str, Any], name: str) -> str:
    limit = part.get(name)
    return f"{limit:,.0f}" if isinstance(limit, float) else str(limit)


_TELLING = {
    "type": _wrong_type,
    "enum": _wrong_choice,
    "format": _impossible_date,
    "pattern": _wrong_pattern,
}
_BOOLEANS = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}


def _meant_boolean(value: object, wanted: Collection[str]) -> str:
    """What a person means by yes and no, where true or false is wanted."""
    return _BOOLEANS.get(str(value).lower(), "") if "boolean" in wanted else ""


def _meant_number(value: object, wanted: Collection[str]) -> str:
    """A number as it is written here, where a person wrote it with a leading zero or in groups of three."""
    number = re.fullmatch(r"0*([1-9][0-9]{0,2}(?:[_' ]?[0-9]{3})*)", str(value))
    return re.sub(r"\D", "", number[1]) if number and {"integer", "number"} & {*wanted} else ""


_DASHES = re.compile("[\u2010-\u2015\u2212]")  # as word processors write them


def _meant_by(value: str, pattern: str) -> str:
    """A day or a time as it is written here, where a person wrote it in another way that means the same."""
    value = _DASHES.sub("-", value)
    day = re.fullmatch(r"([12][0-9]{3})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})", value.strip())
    time = re.fullmatch(r"([0-9]{1,2})[:.]([0-9]{2})", value.strip())
    made = ""
    if day:
        made = f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}"
        try:
            date.fromisoformat(made)
        except ValueError:
            return ""
    elif time and int(time[1]) > 6:  # 1:30 is more likely an afternoon than a night
        made = f"{int(time[1]):02}:{time[2]}"
    if not re.search(pattern, made):
        return ""
    return f'"{made}"' if time else made


def _keys(error: ValidationError) -> tuple[str, ...]:
    """Give the keys of the mapping that is wrong."""
    return tuple(error.instance) if isinstance(error.instance, Mapping) else ()


def _part(error: ValidationError) -> Mapping[str, Any]:
    """Give the part of the schema that a value does not meet."""
    return error.schema if isinstance(error.schema, Mapping) else {}


def _range(error: ValidationError) -> str:
    limit, value = _limit(_part(error), str(error.validator)), quoted(error.instance)
    words = {
        "minimum": f"{value} is less than {limit}",
        "maximum": f"{value} is more than {limit}",
        "minItems": f"at least {limit} needed",
        "maxItems": f"more than {limit} entries",
        "maxProperties": f"more than {limit} entries",
        "maxLength": f"more than {limit} characters",
    }
    return words.get(str(error.validator), f"{value} is not allowed")


def _written(value: object) -> str:
    """Write a value as a person would in a file."""
    if isinstance(value, dict | list):
        text: str = yaml.safe_dump(
            value, default_flow_style=True, sort_keys=False, allow_unicode=True, width=1e6
        )
        return text.strip()
    return json.dumps(value, ensure_ascii=False)


def _example(part: Any) -> str:
    """Show how a value of this part of the schema is written."""
    said: Mapping[str, Any] = part if isinstance(part, Mapping) else {}
    if examples := said.get("examples"):
        return f"For example: {_written(examples[0])}."
    if said.get("format") == "date":
        return "Write year, month and day, such as 2027-02-01."
    if str(said.get("pattern", "")).startswith("^[a-z0-9]"):
        return "Use a-z, 0-9 and hyphens, such as `ai-tools`."
    kinds = said.get("type", ())
    return f"Write {' or '.join(_NAMES[kind] for kind in ([kinds] if isinstance(kinds, str) else kinds))}."
