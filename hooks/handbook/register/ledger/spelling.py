"""A text -> what is left of it once people's ways to write it are taken off."""

from __future__ import annotations

import re
from functools import lru_cache

from ...rules import WORDS
from ...text.signs import folded

TITLES = frozenset(WORDS["titles"].split())
_TYPED_APART = re.compile("(?<=[aou])e|(?<=a)a")
# Letters and digits of every script stay, and so do the marks that are vowels in some.
_BETWEEN = re.compile(
    "[\\s\0-/:-@\\[-`{-\u00bf\u2000-\u206f\u2e00-\u2e7f\u3000-\u303f\ufe30-\ufe4f\uff00-\uff0f]+"
)


@lru_cache(1 << 15)  # the same few answers stand in row after row
def normal_form(text: str) -> str:
    """Take off case, accents, hyphens and blanks; what holds nothing else stays as it is."""
    return _BETWEEN.sub(" ", folded(text).replace("&", " and ")).strip() or text.strip()


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
