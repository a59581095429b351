"""A text -> the letters that a reader sees, line by line: nothing private hides in marks."""

from __future__ import annotations

import html
import re
import unicodedata

# Bounded, so that no line is searched for long.
_LINK = re.compile(r"\[([^\[\]]{0,300})\]\(([^()\s]{0,500})(?:\s[^()]{0,300})?\)")
_MARKS = re.compile(r"[*`~]+|(?<![^\W_])_+|_+(?![^\W_])|\\(?=[^\w\s])")
_PERCENT = re.compile("%([2-7][0-9A-Fa-f])")
_AT = re.compile(r" ?[(\[{] ?(?:at|@) ?[)\]}] ?", re.IGNORECASE)
_SPACED = re.compile(r"(?<=\w\.)([\w-]{1,40}) @ (?=\w)")  # `VP @ a company` is no address
_DOT = re.compile(r" ?(?:\u3002|[(\[{] ?dot ?[)\]}]) ?", re.IGNORECASE)
_DOT_IN_WORDS = re.compile(r"(@[\w-]{1,63}) dot (?=\w)", re.IGNORECASE)


# They stand between letters and change nothing, or nothing that anybody would see.
_NOTHING = frozenset({"\u034f", "\u115f", "\u1160", "\u3164", *map(chr, range(0xFE00, 0xFE10))})


def as_seen(text: str) -> str:
    """Give each line as a page shows it: without marks, entities and signs that nobody sees.

    Where a link leads stands at the end of its line. An address that is written with spaces or “(at)”, so
    that no program finds it, is written as one.
    """
    return "\n".join(_line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    targets = [found[2] for found in _LINK.finditer(line)]
    said = html.unescape(" ".join((_LINK.sub(r"\1", line), *targets)))
    said = _PERCENT.sub(lambda found: chr(int(found[1], 16)), _MARKS.sub("", said))
    if not said.isascii():
        said = "".join(sign for sign in unicodedata.normalize("NFKC", said) if _is_seen(sign))
    said = _DOT.sub(".", _AT.sub("@", " ".join(said.split())))
    return _DOT_IN_WORDS.sub(r"\1.", _SPACED.sub(r"\1@", said))


def _is_seen(sign: str) -> bool:
    return unicodedata.category(sign) != "Cf" and sign not in _NOTHING
