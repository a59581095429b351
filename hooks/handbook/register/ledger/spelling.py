"""A text -> what is left of it once people's ways to write it are taken off."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ACCENTS = re.compile("[\u0300-\u036f]")
# Letters that no rule of Unicode parts from their stroke, or in two.
_LETTERS = str.maketrans({
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "\u0131": "i",
    "æ": "ae", "œ": "oe", "þ": "th",
})  # fmt: skip
# Letters and digits of every script stay, and so do the marks that are vowels in some.
_BETWEEN = re.compile(
    "[\\s\0-/:-@\\[-`{-\u00bf\u2000-\u206f\u2e00-\u2e7f\u3000-\u303f\ufe30-\ufe4f\uff00-\uff0f]+"
)


@lru_cache(1 << 15)  # the same few answers stand in row after row
def normal_form(text: str) -> str:
    """Take off case, accents, hyphens and blanks; what holds nothing else stays as it is."""
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold())).translate(_LETTERS)
    return _BETWEEN.sub(" ", plain.replace("&", " and ")).strip() or text.strip()


def words_of(text: str) -> set[str]:
    """The words of a text in their normal form."""
    return set(normal_form(text).split())


def one_line(text: str) -> str:
    """A text without line breaks and doubled blanks."""
    return " ".join(text.split())
