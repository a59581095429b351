"""Names and addresses -> each place of a text where one stands, in whatever way it is written there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from ...text.signs import as_seen, folded
from .. import WORDS

TITLES = frozenset(WORDS["titles"].split())
# Between the words of a name: blanks and ends of lines, marks, tags, codes such as &nbsp; %20 and \n.
_GAP = r"(?:\s++|<[^<>]{0,200}>|&#?\w{2,6};|%[0-9a-f]{2}|\\[nrt]|[^\w\s]|_)"
_START, _END = r"(?:(?<![^\W\d_])|(?<=\\[nrt]))", r"(?![^\W\d_])"  # a digit or _ may stand beside it
_INITIAL = r"[^\W\d_]"
_SHORT = 5  # letters; a shorter name without anything between its words may be any word
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe"})
_TYPED_APART = re.compile("(?<=[aou])e|(?<=a)a")
_TAG, _CODE, _BREAK = re.compile(r"<[^<>\n]*>"), re.compile(r"\\u([0-9a-fA-F]{4})"), re.compile("%0[aAdD]")
# Letters and digits of every script stay, and so do the marks that are vowels in some.
_BETWEEN = re.compile(
    "[\\s\0-/:-@\\[-`{-\u00bf\u2000-\u206f\u2e00-\u2e7f\u3000-\u303f\ufe30-\ufe4f\uff00-\uff0f]+"
)


@lru_cache(1 << 15)  # the same few answers stand in row after row
def normal_form(text: str) -> str:
    """Take off case, accents, hyphens and blanks; what holds nothing else stays as it is."""
    return _BETWEEN.sub(" ", folded(text).replace("&", " and ")).strip() or text.strip()


def loose_form(text: str) -> str:
    """Its normal form, in which ä may have been typed as ae, ø as oe, and å as aa."""
    return _TYPED_APART.sub("", normal_form(text))


def words_of(text: str) -> set[str]:
    """The words of a text in their normal form."""
    return set(normal_form(text).split())


def one_line(text: str) -> str:
    """A text without line breaks and doubled blanks."""
    return " ".join(text.split())


def called(name: str) -> str:
    """A name as one compares it: in its normal form, without titles, and `Last, First` turned round."""
    last, _, first = name.partition(",")
    words = normal_form(f"{first} {last}").split()
    return " ".join(word for word in words if word not in TITLES) or normal_form(name)


def is_searched(name: str) -> bool:
    """Whether a name can be looked for in texts: one word alone may be any word, such as Mark or May."""
    return "@" in name or " " in called(name)


Span = tuple[int, int]


@dataclass(frozen=True)
class Spellings:
    """The ways in which people's names and addresses may be written.

    Accents and case do not count, nor what stands between the words, nor initials and second names there;
    the last name may be the first. A text is searched as it stands, and as a page would show it.
    """

    calls: frozenset[str]

    def are_in(self, text: str) -> bool:
        """Whether any of them stands in a text."""
        return any(self.spans(seen(text)) for seen in (str, _shown))

    def places(self, text: str) -> list[tuple[int, int]]:
        """The line and column, from 1, of each; column 1 where marks hide it, so that nobody knows which."""
        shown = _shown(text)
        places = [place_of(text, start) for start, _ in self.spans(text)]
        hidden = {place_of(shown, start)[0] for start, _ in self.spans(shown)} - {line for line, _ in places}
        return sorted([*places, *((line, 1) for line in hidden)])

    def cut(self, text: str, sign: str) -> str:
        """A text with a sign in place of each."""
        for start, end in reversed(self.spans(text)):
            text = text[:start] + sign + text[end:]
        return text

    def spans(self, text: str) -> list[Span]:
        """From where to where each stands in a text as it is written; of two that overlap the first."""
        return apart(span for _, span in self.matches(text))

    def matches(self, text: str) -> list[tuple[str, Span]]:
        """Each of them with each place at which it stands."""
        form = folded(text)
        letters = form.replace("e", "")
        calls = [call for call in self.calls if _longest(call) in letters]  # most texts name nobody
        found = [(call, match.span()) for call in calls for match in _pattern(call).finditer(form)]
        if text.isascii() or not found:
            return found
        signs = [index for index, sign in enumerate(text) for _ in folded(sign)] + [len(text)]
        return [(call, (signs[start], signs[end])) for call, (start, end) in found]


def apart(spans: Iterable[Span]) -> list[Span]:
    """Those of some spans that do not overlap: of two the first, and the longest."""
    left: list[Span] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not left or left[-1][1] <= start:
            left.append((start, end))
    return left


def place_of(text: str, at: int) -> tuple[int, int]:
    """The line and column of a sign of a text, from 1."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def _shown(text: str) -> str:
    """A text as a page shows it, each line in its place."""
    plain = _CODE.sub(lambda code: chr(int(code[1], 16)), _TAG.sub("", text))
    return as_seen(unquote(_BREAK.sub(" ", plain)))


@lru_cache(1 << 14)
def _longest(call: str) -> str:
    """Letters without which nobody is called so: ae, oe and ue may be a letter each."""
    first, *_, last = (called(call) or "?").split() * 2  # one between may be left out
    return max(first, last, key=len).replace("e", "")


@lru_cache(1 << 14)
def _pattern(call: str) -> re.Pattern[str]:
    return re.compile(f"{_START}(?:{(_address if '@' in call else _name)(call)}){_END}")


def _name(name: str) -> str:
    """A name in a folded text, the first or the last name first; a long one also without a gap."""
    written = unicodedata.normalize("NFC", name).casefold().translate(_UMLAUTS)
    plain = called(written) if " " in called(written) else normal_form(written)
    # Some write ae, oe and ue as a letter each.
    words = [re.sub("([aou])e", r"\1e?", re.escape(word)) for word in plain.split()]
    first, *middle, last = words if " " in plain else [*words, ""]
    between = "|".join([*middle, *sorted(TITLES), _INITIAL])
    gap = f"{_GAP}{{1,8}}(?:(?:{between}){_GAP}{{1,8}}){{0,{len(middle) + 2}}}"
    gap = f"(?:{gap})?" if len(plain) > _SHORT else gap
    behind = f"(?:{_GAP}{{1,8}}(?:{'|'.join(middle)}){_END}){{0,{len(middle)}}}" if middle else ""
    return f"{first}{gap}{last}|{last}{gap}{first}{behind}" if last else first


def _address(address: str) -> str:
    return r"[^\w\s]".join(map(re.escape, re.findall(r"\w+", folded(address))))
