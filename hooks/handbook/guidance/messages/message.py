"""A message's text -> its headings, paragraphs, lists and links, of which values are never a sign.

In the text each value begins with a mark, and each link stands between two of another kind. So what looks
like a heading, a list or a link inside a value is at no place where such a thing is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Self

from markupsafe import Markup

from ...text.prose import Text, address, plain

_VALUE, _LINK = "\ue000", "\ue001"
_MARKS = re.compile(f"[{_VALUE}{_LINK}]")
_LINKS = re.compile(f"{_LINK}([^{_LINK}\n]*){_LINK}")
_HEADING = re.compile(r"^##[ \t]+(.*)$", re.MULTILINE)
_BETWEEN_BLOCKS = re.compile(r"\n(?:[ \t]*\n)+")


@dataclass(frozen=True)
class Line:
    """Words as people read them, and an address that follows them; no format's marks are in either."""

    words: str
    url: str = ""


@dataclass(frozen=True)
class Part:
    """A paragraph, or the list below it; `heading` stands above both."""

    lines: tuple[Line, ...] = ()
    items: tuple[Line, ...] = ()
    heading: str = ""


@dataclass(frozen=True)
class Message:
    """A text to send, in no format yet."""

    subject: str
    parts: tuple[Part, ...]


class Linked(Text):
    """A value that leads somewhere: shown as it is, or as `words` with `url` behind them."""

    words: str
    url: str

    def __new__(cls, text: str, words: str = "", url: str = "") -> Self:
        """Keep what stands before the address, and the address."""
        value = super().__new__(cls, text)
        value.words, value.url = words, url
        return value


def marked(value: Any) -> str:
    """Write a value as `parse` knows it again, in one line."""
    if isinstance(value, Linked):
        link = f"{_LINK}{_unmarked(value.url)}{_LINK}" if value.url else ""
        return (marked(value.words) if value.words else "") + link
    return _VALUE + _unmarked(value.unescape() if isinstance(value, Markup) else str(value))


def literal(text: str) -> str:
    """Write a text that somebody gave as data: each line of it is a value."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(marked(line) if line and not _is_link(line) else line for line in lines)


def parse(subject: str, body: str) -> Message:
    """Read what a message's templates gave, with marked values.

    `## ` begins a heading and `- ` an item; other lines are paragraphs. A link follows the words of its line,
    and those of the line before where it stands alone. A heading with nothing below it is left out.
    """
    parts, heading = [], ""
    for block in _BETWEEN_BLOCKS.split(_HEADING.sub(r"\n\g<0>\n", body)):
        if above := _HEADING.match(block.strip()):
            heading = _unmarked(above[1])
            continue
        lines, items = _block(block)
        if lines or items:
            parts.append(Part(tuple(lines), tuple(items), heading))
            heading = ""
    return Message(_unmarked(subject), tuple(parts))


def _block(block: str) -> tuple[list[Line], list[Line]]:
    """Read the lines of a paragraph and the items of a list."""
    lines: list[Line] = []
    items: list[Line] = []
    for raw in block.splitlines():
        is_item = raw.startswith("- ")
        words, *urls = _split(raw.removeprefix("- "))
        into = items if items or is_item else lines
        if is_item or (words and into is lines):
            into.append(Line(words))
        elif words:  # goes on with the item above
            into[-1] = replace(into[-1], words=f"{into[-1].words} {words}")
        for url in urls:
            if into and not into[-1].url:
                into[-1] = replace(into[-1], url=url)
            else:
                into.append(Line("", url))
    return lines, items


def _split(line: str) -> tuple[str, ...]:
    """Give the words of a line, then its links."""
    if _is_link(line.strip()):
        return "", line.strip()
    return _unmarked(_LINKS.sub("", line)), *_LINKS.findall(line)


def _is_link(line: str) -> bool:
    """Whether a line is an address and nothing else: what it leads to is what it shows."""
    return line.startswith("https://") and len(line.split()) == 1 and bool(address(line))


def _unmarked(text: str) -> str:
    return plain(_MARKS.sub("", text))
