"""Values that are not as the schema wants them, in plain words; and what was meant, where that is sure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from jsonschema.exceptions import ValidationError

from ...text.document import Document
from ...text.problems import Fault, Problem, did_you_mean, quoted, surely
from .parts import NAMES, example, is_personal, part_of

_WEIGHTY = frozenset({"consent", "repository", "role"})


def wrong_value(document: Document, error: ValidationError) -> Problem:
    """Say what is wrong with a value; of one that may be a person's name, without showing it."""
    path = tuple(error.absolute_path)
    name = next((str(part) for part in reversed(path) if isinstance(part, str)), "This")
    # GitHub shows messages to everyone; ids and names of people are not for everyone.
    personal = is_personal(path)
    value = "what stands here" if personal else _value(error.instance)
    fault = _FAULTS.get(str(error.validator), _out_of_range)(error, name, value)
    if personal and fault.meant:
        fault = fault._replace(hint="Put it in quotes.", meant="")
    return fault.placed(document.path, *document.place(path))


def _value(value: object) -> str:
    return "empty" if value is None else quoted(value)


def _wrong_type(error: ValidationError, name: str, value: str) -> Fault:
    rule: Any = error.validator_value
    wanted = rule if isinstance(rule, list) else [rule]
    shown = quoted(error.instance)
    if error.instance is None and error.absolute_path and isinstance(error.absolute_path[-1], int):
        hint = f"Delete the dash, or write something behind it. {example(error.schema)}"
        return Fault("wrong-type", f"An entry of `{name}` is empty.", hint)
    if not error.absolute_path:
        hint = f"Begin with `{error.schema['required'][0]}: …`."  # type: ignore[index]
        return Fault("wrong-type", f"This file should hold keys with values, not {value}.", hint)
    number = isinstance(error.instance, int | float)
    quotes = number and "string" in wanted and re.search(part_of(error).get("pattern", ""), shown)
    meant = f'"{shown}"' if quotes else _meant_boolean(error.instance, wanted)
    meant = meant or _meant_number(error.instance, wanted)
    hint = f"{'Put it in quotes' if quotes else 'Write'}: `{meant}`." if meant else example(error.schema)
    kinds = " or ".join(NAMES[kind] for kind in wanted)
    return Fault("wrong-type", f"`{name}` should be {kinds}, not {value}.", hint, meant=meant)


def _wrong_choice(error: ValidationError, name: str, value: str) -> Fault:
    rule: Any = error.validator_value
    choices = [str(choice) for choice in rule]
    word = str(error.instance)
    near, meant = did_you_mean(word, choices), surely(word, choices)
    if name in _WEIGHTY and meant != word.strip().lower():
        near, meant = "", ""  # a guess could make a name public, or a junior colleague the mentee
    hint = f"{near}Choose one of: {', '.join(choices)}."
    return Fault("wrong-choice", f"`{name}` cannot be {value}.", hint, meant=meant)


def _impossible_date(error: ValidationError, name: str, value: str) -> Fault:
    hint = "Write a day that this month has, as year, month and day."
    return Fault("impossible-date", f"{value} is not a day of the calendar.", hint)


def _wrong_pattern(error: ValidationError, name: str, value: str) -> Fault:
    meant = _meant_by(str(error.instance), str(error.validator_value))
    hint = f"Write it as `{meant}`." if meant else _form(error)
    return Fault("wrong-pattern", f"`{name}` cannot be {value}.", hint, meant=meant)


def _form(error: ValidationError) -> str:
    """Say how a value is written, where a person is likely to have another way."""
    value, usual = str(error.instance), example(error.schema)
    path = tuple(error.absolute_path)
    if "confirmed" in path:
        return "Write the day on which they said yes, such as 2027-01-20."
    if path[:1] in (("people",), ("pairings",)) and path[-1] in ("id", "mentor", "mentee"):
        return "Write a short id, not the name, such as `amara` or `mentor-6`: a-z, 0-9 and hyphens."
    if str(error.validator_value).startswith("^[a-z0-9]") and isinstance(path[-1], int):
        return f"Write a word that is known, such as `ai-tools`, or your own as `{{title: {value}}}`."
    if value.startswith(("http:", "www.")):
        return f"Begin it with `https://`. {usual}"
    if re.fullmatch(r"[0-9]{1,2}[-/. ][0-9A-Za-z]+[-/. ][0-9]{2,4}", value):
        return f"Write the year first, then month and day. {usual}"
    return usual


def _out_of_range(error: ValidationError, name: str, value: str) -> Fault:
    part = part_of(error)
    if "minimum" in part or "maximum" in part:
        hint = f"Write a number from {_limit(part, 'minimum')} to {_limit(part, 'maximum')}."
    elif error.validator in ("maxItems", "maxProperties"):
        hint = f"Keep {error.validator_value} at most, or group them."
    else:
        hint = f"Shorten it to {error.validator_value} characters." if error.validator == "maxLength" else ""
    return Fault("out-of-range", f"`{name}`: {_range(error)}.", hint or example(error.schema))


def _limit(part: Mapping[str, Any], name: str) -> str:
    limit = part.get(name)
    return f"{limit:,.0f}" if isinstance(limit, float) else str(limit)


def _range(error: ValidationError) -> str:
    limit, value = _limit(part_of(error), str(error.validator)), quoted(error.instance)
    words = {
        "minimum": f"{value} is less than {limit}",
        "maximum": f"{value} is more than {limit}",
        "minItems": f"at least {limit} needed",
        "maxItems": f"more than {limit} entries",
        "maxProperties": f"more than {limit} entries",
        "maxLength": f"more than {limit} characters",
    }
    return words.get(str(error.validator), f"{value} is not allowed")


_FAULTS = {
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
    meant = ""
    if day:
        meant = f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}"
        try:
            date.fromisoformat(meant)
        except ValueError:
            return ""
    elif time and int(time[1]) > 6:  # 1:30 is more likely an afternoon than a night
        meant = f"{int(time[1]):02}:{time[2]}"
    if not re.search(pattern, meant):
        return ""
    return f'"{meant}"' if time else meant
