"""What is said of a mistake, by its code: with what stands in the file, and without."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, cast

import yaml

from .. import DATA


@cache
def wordings() -> Mapping[str, Any]:
    """What data/problems/en.yml says, by code or CODE.VARIANT; and under `phrases` what several say."""
    file = DATA / "problems" / "en.yml"
    return cast(Mapping[str, Any], yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader))


def worded(name: str, words: Mapping[str, object]) -> tuple[tuple[str, str], tuple[str, str]]:
    """Message and hint, by a code or CODE.VARIANT; and both once more, without any value."""
    wording, values = wordings()[name], {"history": wordings()["phrases"]["history"], **words}
    message, hint = wording["message"], wording.get("hint", "")
    unquoted = _unquoted(message), _unquoted(wording.get("unquoted", hint))
    said, hidden = ([text.format(**values) for text in texts] for texts in ((message, hint), unquoted))
    return (said[0], said[1]), (hidden[0], hidden[1])


@cache
def _unquoted(text: str) -> str:
    """A wording without values of a file: the sentence remains, an example behind a colon does not.

    Which words never come from a file, and so may be said anywhere, stands under `phrases` as `own words`.
    """
    hidden, own = (wordings()["phrases"][name] for name in ("hidden value", "own words"))
    value = rf"(?<!{{)(?:{{{{)*{{(?!{{|(?:{'|'.join(own.split())})\b)[^{{}}]*}}"
    text = re.sub(rf": [`“][^`”]*{value}[^`”]*[`”]", "", text)
    text = re.sub(rf"[`“][^`“”]*{value}[^`”]*[`”]|{value}", hidden, text)
    return text[:1].upper() + text[1:] if text.startswith(hidden) else text
