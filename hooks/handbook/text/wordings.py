"""What is said of a mistake, by its code: with what stands in the file, and without."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, cast

import yaml

from .. import DATA

_HIDDEN = "\0"
_EXAMPLE = re.compile(rf": [`“][^`”{_HIDDEN}]*{_HIDDEN}[^`”]*[`”]")
_QUOTED = re.compile(rf"[`“][^`“”{_HIDDEN}]*{_HIDDEN}[^`”]*[`”]|{_HIDDEN}")


class _Hidden:
    """Stands for a value, whatever part of that a wording asks for and in whatever form."""

    def __getattr__(self, name: str) -> _Hidden:
        return self

    def __format__(self, form: str) -> str:
        return _HIDDEN


@cache
def wordings() -> Mapping[str, Any]:
    """What data/problems/en.yml says, by code or CODE.VARIANT; and under `phrases` what several say."""
    file = DATA / "problems" / "en.yml"
    return cast(Mapping[str, Any], yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader))


def worded(name: str, words: Mapping[str, object]) -> tuple[tuple[str, str], tuple[str, str]]:
    """Message and hint, by a code or CODE.VARIANT; and both once more, without any value.

    Which words never come from a file, and so may be said anywhere, stands under `phrases` as `own words`.
    """
    wording, phrases = wordings()[name], wordings()["phrases"]
    own = phrases["own words"].split()
    values = {"history": phrases["history"], **words}
    harmless = {word: value if word in own else _Hidden() for word, value in values.items()}
    message, hint = wording["message"], wording.get("hint", "")
    hidden = (_unquoted(text.format(**harmless)) for text in (message, wording.get("unquoted", hint)))
    return (message.format(**values), hint.format(**values)), (next(hidden), next(hidden))


def _unquoted(text: str) -> str:
    """A wording without its values: the sentence remains, an example behind a colon does not."""
    hidden = wordings()["phrases"]["hidden value"]
    text = _QUOTED.sub(hidden, _EXAMPLE.sub("", text))
    return text[:1].upper() + text[1:] if text.startswith(hidden) else text
