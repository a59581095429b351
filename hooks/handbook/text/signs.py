"""Signs that nobody sees, once for all; what a reader sees of a text, and how what is private looks."""

from __future__ import annotations

import html
import json
import re
import unicodedata

# Groups of signs, as they stand between the brackets of a pattern.
_CONTROLS = "\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # but for those that Python takes for blanks:
_BLANK_CONTROLS = "\x0b\x0c\x1c-\x1f"
_LINE_ENDS = "\r\x85"  # beside the line feed
_SEPARATORS = "\u2028\u2029"  # of lines and paragraphs
_DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # they turn the letters that follow
_WIDTHLESS = "\xad\u200b\u2060\ufeff"  # they mean nothing where they stand
_FILLERS = "\u034f\u115f\u1160\u3164\ufe00-\ufe0f"  # they change nothing, or nothing that anybody would see
_HALVES = "\ud800-\udfff"  # of characters
_NO_CHARACTERS = "\ufffe\uffff"

# What stands in no file: all of this but what is white space there.
UNSEEN = re.compile(f"[{_CONTROLS}{_BLANK_CONTROLS}{_LINE_ENDS}{_DIRECTIONS}{_WIDTHLESS}]")
# What can be taken out of a text and leave it as it was; other signs may stand for something that got lost.
NEEDLESS = re.compile(f"[{_DIRECTIONS}{_WIDTHLESS}]")
# What no page shows; controls that are blanks part words there.
UNSHOWN = re.compile(f"[{_CONTROLS}{_DIRECTIONS}]")
# What is left out of a sheet, whose lines may end in any way.
UNTIDY = re.compile(f"[{_CONTROLS}{_BLANK_CONTROLS}\x85{_DIRECTIONS}{_WIDTHLESS}{_HALVES}]")
_BLANK = re.compile(f"[\t\n{_LINE_ENDS}{_SEPARATORS}]")
_UNPRINTABLE = re.compile(f"[{_CONTROLS}{_BLANK_CONTROLS}\x85{_HALVES}]")
_HARMFUL = re.compile(f"[{_CONTROLS}{_BLANK_CONTROLS}{_DIRECTIONS}{_HALVES}]")
# What a parser of YAML would fold, refuse, or show in another order than it stands.
_UNSAFE = re.compile(f"{UNSEEN.pattern[:-1]}{_SEPARATORS}{_HALVES}{_NO_CHARACTERS}]")
_FILLER = re.compile(f"[{_FILLERS}]")

_ACCENTS = re.compile("[\u0300-\u036f]")
# Letters that no rule of Unicode parts from their stroke, or in two.
_LETTERS = str.maketrans({
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "\u0131": "i",
    "æ": "ae", "œ": "oe", "þ": "th",
})  # fmt: skip
_LETTER = re.compile(f"[{''.join(map(chr, _LETTERS))}]")

BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # between lines, as libyaml counts them
# Bounded, so that no line is searched for long.
_LINK = re.compile(r"\[([^\[\]]{0,300})\]\(([^()\s]{0,500})(?:\s[^()]{0,300})?\)")
_MARKS = re.compile(r"[*`~]+|(?<![^\W_])_+|_+(?![^\W_])|\\(?=[^\w\s])")
_PERCENT = re.compile("%([2-7][0-9A-Fa-f])")
_AT = re.compile(r" ?[(\[{] ?(?:at|@) ?[)\]}] ?", re.IGNORECASE)
_SPACED = re.compile(r"(?<=\w\.)([\w-]{1,40}) @ (?=\w)")  # `VP @ a company` is no address
_DOT = re.compile(r" ?(?:\u3002|[(\[{] ?dot ?[)\]}]) ?", re.IGNORECASE)
_DOT_IN_WORDS = re.compile(r"(@[\w-]{1,63}) dot (?=\w)", re.IGNORECASE)


def visible(text: str) -> str:
    """Make a text harmless to a terminal, in one line: no control characters, nothing that turns it round."""
    return _HARMFUL.sub("\ufffd", _BLANK.sub(" ", text))


def is_printable(text: str) -> bool:
    """Whether a text holds no control character but tabs and ends of lines, and no half of a character."""
    return not _UNPRINTABLE.search(text)


def in_quotes(text: str) -> str:
    """Write a text in double quotes, so that YAML reads exactly it."""
    return _UNSAFE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(text, ensure_ascii=False))


def folded(text: str) -> str:
    """Take off case, accents and strokes alone: what stands between words stays, and so do the lines."""
    if text.isascii():
        return text.lower()
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return _LETTER.sub(lambda letter: letter[0].translate(_LETTERS), plain)  # in a long text there are few


def as_seen(text: str) -> str:
    """Give each line as a page shows it: without marks, entities and signs that nobody sees.

    Where a link leads stands at the end of its line. An address that is written with spaces or “(at)”, so
    that no program finds it, is written as one.
    """
    return "\n".join(_line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    targets = [link[2] for link in _LINK.finditer(line)]
    shown = html.unescape(" ".join((_LINK.sub(r"\1", line), *targets)))
    shown = _PERCENT.sub(lambda code: chr(int(code[1], 16)), _MARKS.sub("", shown))
    if not shown.isascii():
        shown = _FILLER.sub("", unicodedata.normalize("NFKC", shown))
        shown = "".join(sign for sign in shown if unicodedata.category(sign) != "Cf")
    shown = _DOT.sub(".", _AT.sub("@", " ".join(shown.split())))
    return _DOT_IN_WORDS.sub(r"\1.", _SPACED.sub(r"\1@", shown))


# Both need no more than a look: no text is searched twice, and none of these goes back and forth. A line may
# end at the @, or inside a number. `@learning@host.example` is an account that everyone may read.
MAILBOX = re.compile(
    r"(?<![\w.+@-])(?:[\w.+-]{1,64}@\n?|[\w+-]{1,32}\.[\w.+-]{1,32}\n@)"
    r"[\w-]{1,63}(?:\.[\w-]{1,63})*\.[^\W\d_]{2,63}"
)
PHONE = re.compile(
    r"(?<![\w./=-])(?:(?:\+\d|0(?!00(?!\d))\d|\(0\)\d)(?:(?:[ \t()./\u2010-\u2014-]|\n(?!\n)){0,3}\d){7,13}"
    r"|(?:1[ .-])?\(\d{3}\)\s?\d{3}[.-]\d{4}|(?:1[ .-])?\d{3}[.-]\d{3}[.-]\d{4})(?![\w-])"
    r"|\b(?:tel:|wa\.me/)\+?\d[\d().-]{5,20}"
)

_ACCOUNT = re.compile(r"(//)[^\s/?#@…]{1,200}@")  # who signs in with what password, in an address


def masked(text: str) -> str:
    """Leave out what not everyone may read: addresses, but under .example, numbers, passwords in links."""
    seen = as_seen(text)
    plain = text if _masked(seen) == seen else seen  # where marks hide one, they go too
    return _masked(plain)


def _masked(text: str) -> str:
    text = _ACCOUNT.sub(r"\1…@", text)
    return PHONE.sub("…", MAILBOX.sub(lambda found: found[0] if found[0].endswith(".example") else "…", text))
