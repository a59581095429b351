"""Names and addresses -> each place of a text where one stands, in whatever way it is written there."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from ...text.signs import as_seen, folded
from ..ledger.spelling import TITLES, called

# Between the words of a name: blanks and ends of lines, marks, tags, codes such as &nbsp; %20 and \n.
_GAP = r"(?:\s++|<[^<>]{0,200}>|&#?\w{2,6};|%[0-9a-f]{2}|\\[nrt]|[^\w\s]|_)"
_START, _END = r"(?:(?<![^\W\d_])|(?<=\\[nrt]))", r"(?![^\W\d_])"  # a digit or _ may stand beside it
_INITIAL = r"[^\W\d_]"
_SHORT = 5  # letters; a shorter name without anything between its words may be any word
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe"})
_TAG, _CODE, _BREAK = re.compile(r"<[^<>\n]*>"), re.compile(r"\\u([0-9a-fA-F]{4})"), re.compile("%0[aAdD]")


def is_searched(name: str) -> bool:
    """Whether a name can be looked for in texts: one word alone may be any word, such as Mark or May."""
    return "@" in name or len(called(name).split()) > 1


@dataclass(frozen=True)
class Spellings:
    """The ways in which somebody's names and addresses may be written.

    Accents and case do not count, nor what stands between the words, nor initials and second names there;
    the last name may be the first. A text is searched as it stands, and as a page would show it.
    """

    calls: frozenset[str]

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        ways = ((_address if "@" in call else _name)(call) for call in sorted(self.calls))
        return re.compile("|".join(f"{_START}(?:{way}){_END}" for way in ways) or "(?!)")

    def are_in(self, text: str) -> bool:
        """Whether any of them stands in a text."""
        return any(self._pattern.search(folded(seen(text))) for seen in (str, _shown))

    def places(self, text: str) -> list[tuple[int, int]]:
        """The line and column, from 1, of each; column 1 where marks hide it, so that nobody knows which."""
        form, lines = folded(text), text.split("\n")
        places = {_place(form, lines, match.start()) for match in self._pattern.finditer(form)}
        form, known = folded(_shown(text)), {line for line, _ in places}
        hidden = {form.count("\n", 0, match.start()) + 1 for match in self._pattern.finditer(form)}
        return sorted(places | {(line, 1) for line in hidden - known})

    def cut(self, text: str, sign: str) -> str:
        """A text of one line with a sign in place of each."""
        spans = [match.span() for match in self._pattern.finditer(folded(text))]
        for start, end in reversed(spans):
            text = text[: _unfolded(text, start)] + sign + text[_unfolded(text, end) :]
        return text


def _place(form: str, lines: list[str], at: int) -> tuple[int, int]:
    line = form.count("\n", 0, at)
    return line + 1, _unfolded(lines[line], at - form.rfind("\n", 0, at) - 1) + 1


def _unfolded(text: str, at: int) -> int:
    """Where in a text that stands which is at a place of its folded form."""
    return bisect_right(range(1, len(text) + 1), at, key=lambda end: len(folded(text[:end])))


def _shown(text: str) -> str:
    """A text as a page shows it, each line in its place."""
    plain = _CODE.sub(lambda code: chr(int(code[1], 16)), _TAG.sub("", text))
    return as_seen(unquote(_BREAK.sub(" ", plain)))


def _name(name: str) -> str:
    """A name in a folded text, the first or the last name first; a long one also without a gap."""
    plain = called(unicodedata.normalize("NFC", name).casefold().translate(_UMLAUTS))
    first, *middle, last = [*map(_letters, plain.split()), *([] if " " in plain else [""])]
    between = "|".join([*middle, *sorted(TITLES), _INITIAL])
    gap = f"{_GAP}{{1,8}}(?:(?:{between}){_GAP}{{1,8}}){{0,{len(middle) + 2}}}"
    gap = f"(?:{gap})?" if len(plain) > _SHORT else gap
    return f"{first}{gap}{last}|{last}{gap}{first}" if last else first


def _address(address: str) -> str:
    return r"[^\w\s]".join(map(re.escape, re.findall(r"\w+", folded(address))))


def _letters(word: str) -> str:
    """A word in which ae, oe and ue may be a letter each, as some write them."""
    return re.sub("([aou])e", r"\1e?", re.escape(word))
