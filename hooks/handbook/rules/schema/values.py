"""The three schemas; values that are not as they want them, in plain words, and what was surely meant."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import cache
from typing import Any

import yaml
from jsonschema.exceptions import ValidationError

from ... import DATA, TOP
from ...text.document import Document, Path
from ...text.problems import Fault, Problem, did_you_mean, fault, quoted, surely
from ...text.signs import in_quotes
from .. import PHRASES


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


_NAMES = playbook_names().union(*map(keys_of, ("organisation", "program", "cohort")))
# Days on which something rests or ends; words in place of one are why.
_ENDS = frozenset({"paused", "completed", "ended", "cancelled", "postponed"})
_WEIGHTY = frozenset({"consent", "repository", "role"})


def part_of(error: ValidationError) -> Mapping[str, Any]:
    """Give the part of the schema that a value does not meet."""
    return error.schema if isinstance(error.schema, Mapping) else {}


def written(value: object) -> str:
    """Write a value as a person would in a file."""
    if isinstance(value, dict | list):
        options: dict[str, Any] = {"default_flow_style": True, "sort_keys": False, "allow_unicode": True}
        return str(yaml.safe_dump(value, width=1e6, **options)).strip()
    return json.dumps(value, ensure_ascii=False)


def _example(error: ValidationError) -> str:
    """Show how a value that the schema allows is written."""
    rule = part_of(error)
    if examples := rule.get("examples"):
        return PHRASES["example"].format(written(examples[0]))
    if rule.get("format") == "date":
        return PHRASES["day"]
    if str(rule.get("pattern", "")).startswith("^[a-z0-9]"):
        return PHRASES["id"]
    return PHRASES["kind"].format(_kinds(rule.get("type", ())))


def _kinds(wanted: str | Iterable[str]) -> str:
    return PHRASES["or"].join(PHRASES[kind] for kind in ([wanted] if isinstance(wanted, str) else wanted))


def wrong_value(document: Document, error: ValidationError) -> Problem:
    """Say what is wrong with a value."""
    path = tuple(error.absolute_path)
    name = next((str(part) for part in reversed(path) if part in _NAMES), "This")
    if name in _ENDS and _tells_why(error.instance):
        return fault("reason-for-leaving.value", ending=name).placed(document.path, *document.place(path))
    shown = _shown(document, path, error.instance)
    wrong = _FAULTS.get(str(error.validator), _out_of_range)(error, name, shown)
    return wrong.placed(document.path, *document.place(path))


def _shown(document: Document, path: Path, value: object) -> str:
    """A value as its file has it; of one that holds others, which nobody has looked at, the kind alone."""
    if value is None or isinstance(value, list | dict):
        return PHRASES["empty" if value is None else "array" if isinstance(value, list) else "object"]
    return quoted(value) if isinstance(value, str) else document.letters(path) or quoted(value)


def _tells_why(value: object) -> bool:
    """Whether somebody wrote words where a day belongs; a day may name its month."""
    text = str(value) if isinstance(value, str | list | dict) else ""
    words = re.findall(r"[^\W\d_]{2,}", text)
    return len(words) > 1 or bool(words and not re.search(r"\d", text))


def _wrong_type(error: ValidationError, name: str, value: str) -> Fault:
    rule: Any = error.validator_value
    wanted = rule if isinstance(rule, list) else [rule]
    usual = _example(error)
    if error.instance is None and error.absolute_path and isinstance(error.absolute_path[-1], int):
        return fault("wrong-type.entry", name=name, usual=usual)
    if not error.absolute_path:
        return fault("wrong-type.file", value=value, first=error.schema["required"][0])  # type: ignore[index]
    number = isinstance(error.instance, int | float)
    if number and "string" in wanted and re.search(part_of(error).get("pattern", ""), value):
        meant, key = in_quotes(value), "wrong-type.quotes"
    else:
        meant = _meant(error.instance, wanted)
        key = "wrong-type.meant" if meant else "wrong-type"
    kinds = PHRASES["date"] if part_of(error).get("format") == "date" else _kinds(wanted)
    return fault(key, meant, name=name, kinds=kinds, value=value, form=meant, usual=usual)


def _wrong_choice(error: ValidationError, name: str, value: str) -> Fault:
    rule: Any = error.validator_value
    choices = [str(choice) for choice in rule]
    word = str(error.instance)
    near, meant = did_you_mean(word, choices), surely(word, choices)
    if name in _WEIGHTY and meant != word.strip().lower():
        near, meant = "", ""  # a guess could make a name public, or a junior colleague the mentee
    return fault("wrong-choice", meant, name=name, value=value, near=near, choices=", ".join(choices))


def _wrong_pattern(error: ValidationError, name: str, value: str) -> Fault:
    meant = _meant_by(str(error.instance), str(error.validator_value))
    key, usual = "wrong-pattern.meant" if meant else _way(error), _example(error)
    return fault(key, meant, name=name, value=value, form=meant, written=error.instance, usual=usual)


def _way(error: ValidationError) -> str:
    """How a person is likely to have written a value in another way."""
    value, path = str(error.instance), tuple(error.absolute_path)
    if "confirmed" in path:
        return "wrong-pattern.confirmed"
    if path[:1] in (("people",), ("pairings",)) and path[-1] in ("id", "mentor", "mentee"):
        return "wrong-pattern.id"
    if str(error.validator_value).startswith("^[a-z0-9]") and isinstance(path[-1], int):
        return "wrong-pattern.word"
    if value.startswith(("http:", "www.")):
        return "wrong-pattern.link"
    if re.fullmatch(r"[0-9]{1,2}[-/. ][0-9A-Za-z]+[-/. ][0-9]{2,4}", value):
        return "wrong-pattern.day"
    return "wrong-pattern"


def _out_of_range(error: ValidationError, name: str, value: str) -> Fault:
    part, usual = part_of(error), _example(error)
    limits = (part.get(rule) for rule in ("minimum", "maximum", str(error.validator)))
    least, most, limit = (f"{number:,.0f}" if isinstance(number, float) else number for number in limits)
    key = f"out-of-range.{error.validator}"
    return fault(key, name=name, value=value, limit=limit, least=least, most=most, usual=usual)


_FAULTS: Mapping[str, Callable[[ValidationError, str, str], Fault]] = {
    "type": _wrong_type, "enum": _wrong_choice, "pattern": _wrong_pattern,
    "format": lambda _, name, value: fault("impossible-date", value=value),
}  # fmt: skip
_BOOLEANS = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}


def _meant(value: object, wanted: Collection[str]) -> str:
    """What a person means by yes and no, or by a number with a leading zero or in groups of three."""
    if "boolean" in wanted and str(value).lower() in _BOOLEANS:
        return _BOOLEANS[str(value).lower()]
    number = re.fullmatch(r"0*([1-9][0-9]{0,2}(?:[_' ]?[0-9]{3})*)", str(value))
    return re.sub(r"\D", "", number[1]) if number and {"integer", "number"} & {*wanted} else ""


_DASHES = re.compile("[\u2010-\u2015\u2212]")  # as word processors write them


def _meant_by(value: str, pattern: str) -> str:
    """A day or a time as it is written here, where a person wrote it in another way that means the same."""
    value = _DASHES.sub("-", value).strip()
    day = re.fullmatch(r"([12][0-9]{3})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})", value)
    time = re.fullmatch(r"([0-9]{1,2})[:.]([0-9]{2})", value)
    meant = ""
    if day:
        with suppress(ValueError):
            meant = date(*map(int, day.groups())).isoformat()
    elif time and int(time[1]) > 6:  # 1:30 is more likely an afternoon than a night
        meant = f"{int(time[1]):02}:{time[2]}"
    if not re.search(pattern, meant):
        return ""
    return f'"{meant}"' if time else meant
