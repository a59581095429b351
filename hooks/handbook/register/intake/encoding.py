"""Bytes -> text. What has to be guessed is told, and what is garbled is refused: names go into public."""

from __future__ import annotations

import codecs
import re

from ...text.signs import UNTIDY
from .faults import SheetFault, fault

_KNOWN_BY = {
    b"PK\x03\x04": "an Excel or OpenDocument workbook",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF",
}
_GUESS = "cp1252"
_LETTER = r"[^\W\d_]"
# What the second byte of a letter in UTF-8 looks like in Windows-1252.
_SECOND = "[\x80-\xbf€\u201aƒ„…†‡\u02c6‰Š\u2039ŒŽ\u2018’“”•–—\u02dc™š\u203aœžŸ]"
# UTF-8 that was read as something else and saved, and letters that were lost on the way.
_GARBLED = re.compile(
    f"\ufffd|(?<=[a-z])[ÂÃÄÅ]{_SECOND}|[ÂÃÄÅ]{_SECOND}(?=[a-z])|(?:[ÐÑÎÏ]{_SECOND}){{2}}|(?<={_LETTER})√[^\\s\\w]"
)
# Letters of another encoding, read as Windows-1252.
_GUESSED_WRONG = re.compile(
    f"{_LETTER}[£¥§¬¯³¶¹¼¾¿ƒ†‡\u02c6‰\u2039•\u02dc™\u203a\u201a“„]{_LETTER}|(?<!\\w)[£¯]{_LETTER}|ƒ|{_LETTER}{{2}}(?:[£¬¯¹³¿]|\u2018)(?!\\w)"
    f"|ø[áéíóúý]|[a-zß-öø-ÿœšž][À-ÖØ-ÞŸŠŽŒ]|[^\\W\\d_\0-\x7f]{{3}}"
)
_IN_QUOTES = re.compile("\u201a[^\u201a\u2018]{0,300}\u2018")
_WORD = re.compile(f"{_LETTER}+")


def decoded(content: bytes) -> tuple[str, str | None] | SheetFault:
    """Read UTF-8 and UTF-16, and anything else as Windows-1252 where that gives letters that names have.

    With the text comes None, or where the encoding is a guess a word that shows how it was read, if any does.
    """
    for start, kind in _KNOWN_BY.items():
        if content.startswith(start):
            return fault("no-text", kind=kind)
    utf_16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if content.count(b"\0") * 4 > len(content) and not utf_16:  # UTF-16 that does not say so
        return fault("garbled")
    try:
        text = content.decode("utf-16" if utf_16 else "utf-8")
    except UnicodeDecodeError:
        return fault("no-utf-16") if utf_16 else _guessed(content)
    return fault("garbled") if _GARBLED.search(text) else (UNTIDY.sub("", text), None)


def _guessed(content: bytes) -> tuple[str, str] | SheetFault:
    try:
        text = content.decode(_GUESS)
    except UnicodeDecodeError:
        return fault("garbled")
    if any(wrong.search(_IN_QUOTES.sub("", text)) for wrong in (_GARBLED, _GUESSED_WRONG)):
        return fault("garbled")
    words = (word for word in _WORD.findall(text) if word.isalpha() and not word.isascii())
    return UNTIDY.sub("", text), max(words, key=lambda word: sum(sign > "\x7f" for sign in word), default="")
