"""A message -> mail, chat or Markdown, in which no value acts."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from html import escape, unescape

from ...text.prose import address, plain
from .message import Line, Message

_COLUMNS = 72
# Chat tools know no escape: these become signs that look alike, …
_LOOK_ALIKE = str.maketrans({"*": "\u2217", "~": "\u223c", "`": "\u02cb", "[": "\uff3b", "]": "\uff3d"})
_EDGE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
# … and behind these stands a joiner that nobody sees, so that no mention, emoji, link or tag begins.
_JOINER = "\u2060"
_BEGINS = re.compile(r"\\|[@#<&:](?=\S)|(?<=\w)\.(?=\w)")
_MARK_OF_A_LINE = re.compile(r"^(?=\W|\d+[.)])")
# Many boxes take a line's direction from its first letter: mentor and mentee would change places.
_TURNED = re.compile(
    r"^((?:Subject: )?(?:(?!\n)[\W\d_])*)"
    r"(?=(?![\W\d_])[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff])",
    re.MULTILINE,
)
_FROM_LEFT = "\\1\u200e"


@dataclass(frozen=True)
class _Format:
    """How one kind of reader writes a text's parts; without `brackets` an address is linked by itself."""

    text: Callable[[str], str]
    subject: str
    heading: str
    item: str
    brackets: bool = True


def _mail(message: Message) -> str:
    """Write plain text in 72 columns, with the subject above it; addresses are never broken."""
    # A header is one line, however long it is.
    blocks = [f"Subject: {plain(message.subject)}"]
    for part in message.parts:
        rows = [_wrapped(part.heading)] if part.heading else []
        rows += [_mailed(line, "") for line in part.lines]
        rows += [_mailed(line, "  ", "- ") for line in part.items]
        blocks.append("\n".join(rows))
    return _TURNED.sub(_FROM_LEFT, "\n\n".join(blocks) + "\n")


def _mailed(line: Line, indent: str, first: str = "") -> str:
    words, target = line.words and _wrapped(line.words, indent, first), _shown(line.url)
    return "\n".join(filter(None, (words, target and f"{indent if words else first}{target}")))


def _wrapped(text: str, indent: str = "", first: str = "") -> str:
    return textwrap.fill(
        plain(text), _COLUMNS, initial_indent=first, subsequent_indent=indent, break_on_hyphens=False
    )


def _written(message: Message, form: _Format) -> str:
    blocks = [form.subject.format(form.text(message.subject))]
    for part in message.parts:
        items = [form.item.format(_line(line, form)) for line in part.items]
        blocks += [form.heading.format(form.text(part.heading))] if part.heading else []
        blocks += [_line(line, form) for line in part.lines]
        blocks += ["\n".join(items)] if items else []
    return _TURNED.sub(_FROM_LEFT, "\n\n".join(blocks) + "\n")


def _line(line: Line, form: _Format) -> str:
    words, target = form.text(line.words), address(line.url)
    if not target:
        return words
    if form.brackets:
        return f"[{words or form.text(_shown(line.url))}]({target})"
    return "\n".join(filter(None, (words, escape(_shown(line.url), quote=False))))


def _shown(url: str) -> str:
    """An address as people read it, with nothing in it that is no part of one; empty where it is none."""
    return unescape(address(url)).removeprefix("mailto:")


# What means something in Markdown, also where bare addresses are links or a list begins with a number.
_ACTIVE = re.compile(r"[\\`*_\[\]<>&#!|~@{}^$=]|(?<=\w)[.:](?=[\w/])|^[-+]|(?<=^\d)[.)]|(?<=^\d\d)[.)]")


def _escaped(text: str) -> str:
    """Put a backslash before what Markdown would read; people still read the source."""
    quiet = _ACTIVE.sub(lambda sign: f"\\{sign[0]}", plain(text)).replace("\\@", "&#64;")  # no mention
    return re.sub(r"^(\d{3,9})([.)])", r"\1\\\2", quiet)


def _chatted(text: str) -> str:
    """Leave nothing in a text that a chat tool would read as a mark; readers see the same letters."""
    quiet = _EDGE.sub("\u02cd", plain(text).translate(_LOOK_ALIKE))
    return _MARK_OF_A_LINE.sub(_JOINER, _BEGINS.sub(lambda sign: f"{sign[0]}{_JOINER}", quiet))


_SLACK = _Format(lambda text: escape(_chatted(text), quote=False), "*{}*", "*{}*", "• {}", brackets=False)
FORMATS: Mapping[str, Callable[[Message], str]] = {
    "email": _mail,
    "slack": partial(_written, form=_SLACK),
    "teams": partial(_written, form=_Format(_chatted, "**{}**", "**{}**", "- {}")),
    "markdown": partial(_written, form=_Format(_escaped, "# {}", "## {}", "- {}")),
}
