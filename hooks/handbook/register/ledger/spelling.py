"""A text -> what is left of it once people's ways to write it are taken off."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from ...rules import WORDS

TITLES = frozenset(WORDS["titles"].split())
_ACCENTS = re.compile("[\u0300-\u036f]")
# Letters that no rule of Unicode parts from their stroke, or in two.
_LETTERS = str.maketrans({
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "\u0131": "i",
    "æ": "ae", "œ": "oe", "þ": "th",
})  # fmt: skip
_LETTER = re.compile(f"[{''.join(map(chr, _LETTERS))}]")
_TYPED_APART = re.compile("(?<=[aou])e|(?<=a)a")
# Letters and digits of every script stay, and so do the marks that are vowels in some.
_BETWEEN = re.compile(
    "[\\s\0-/:-@\\[-`{-\u00bf\u2000-\u206f\u2e00-\u2e7f\u3000-\u303f\ufe30-\ufe4f\uff00-\uff0f]+"
)


@lru_cache(1 << 15)  # the same few answers stand in row after row
def normal_form(text: str) -> str:
    """Take off case, accents, hyphens and blanks; what holds nothing else stays as it is."""
    return _BETWEEN.sub(" ", folded(text).replace("&", " and ")).strip() or text.strip()


def folded(text: str) -> str:
    """Take off case, accents and strokes alone: what stands between words stays, and so do the lines."""
    if text.isascii():
        return text.lower()
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return _LETTER.sub(lambda letter: letter[0].translate(_LETTERS), plain)  # in a long text there are few


def called(name: str) -> str:
    """A name as one compares it: in its normal form, without titles, and `Last, First` turned round."""
    last, _, first = name.partition(",")
    words = normal_form(f"{first} {last}").split()
    return " ".join(word for word in words if word not in TITLES) or normal_form(name)


def loose_form(text: str) -> str:
    """Its normal form, in which ä may have been typed as ae, ø as oe, and å as aa."""
    return _TYPED_APART.sub("", normal_form(text))


def words_of(text: str) -> set[str]:
    """The words of a text in their normal form."""
    return set(normal_form(text).split())


def one_line(text: str) -> str:
    """A text without line breaks and doubled blanks."""
    return " ".join(text.split())
