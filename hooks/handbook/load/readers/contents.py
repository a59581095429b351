"""What a file says, whatever its format: texts in any encoding, office documents, archives; within bounds."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import PurePosixPath
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile, ZipInfo

from ...rules import WORDS

MOST_BYTES = 10_000_000  # of one file, packed and unpacked
_MOST_PARTS, _DEEPEST = 2_000, 2
_PICTURES, _MUTE = (frozenset(WORDS["suffixes"][kind].split()) for kind in ("pictures", "mute"))
_ZIP, _GZIP, _UTF_16 = b"PK\x03\x04", b"\x1f\x8b", (b"\xff\xfe", b"\xfe\xff")
_NO_TEXT = re.compile(rb"[\0-\x08\x0e-\x1a]|\A\s*%PDF")
_STRINGS = re.compile(rb"[\t\n\r -~\xa0-\xff]{6,}")
_CELL = re.compile(r"</(?:c|w:tc|table:table-cell)>")
_LINE = re.compile(r"</(?:si|row|w:p|w:tr|text:p|a:p|table:table-row|comment)>")
_VALUE = re.compile('="([^"<>]+)"')
_LOCKED = "EncryptedPackage".encode("utf-16-le")  # an office document behind a password


class Contents(NamedTuple):
    """What can be read of a file.

    Attributes:
        text: of a workbook each row is a line, with tabs between the cells, or each text that cells name by
            number; of an archive the texts of its files stand one below the other; of any other file that is
            no text what can be read in it.
            None where nobody can look into it, as it is locked, broken or far too large.
        beside: what else an archive holds, such as the names of its files and of authors.
        whole: whether nothing may stand in it but this.
        lined: whether the lines of the text are the file's.
    """

    text: str | None
    beside: str = ""
    whole: bool = True
    lined: bool = True

    @property
    def all(self) -> str:
        """Everything that can be read."""
        return f"{self.text or ''}\n{self.beside}" if self.beside else self.text or ""


CLOSED = Contents(None, whole=False, lined=False)


def is_mute(path: str) -> bool:
    """Whether by its name a file is a picture, a recording, a font or the like, with no text to be read."""
    return is_picture(path) or _suffix(path) in _MUTE


def is_picture(path: str) -> bool:
    """Whether by its name a file is a picture or recording, which may be one of people."""
    return _suffix(path) in _PICTURES


def _suffix(path: str) -> str:
    return PurePosixPath(path).suffix.lower().removeprefix(".")


def is_media(path: str, content: bytes) -> bool:
    """Whether a file holds pictures, sound, letters or pages to print, which are published on purpose."""
    named = (is_mute(path) or path.lower().endswith(".pdf")) and not content.startswith(_ZIP)
    return named and bool(_NO_TEXT.search(content[:1_000]))


def contents_of(content: bytes, depth: int = 0) -> Contents:
    """Read the text of a file."""
    packed = content.startswith((_ZIP, _GZIP))
    if len(content) > 10 * MOST_BYTES or (packed and depth == _DEEPEST) or _LOCKED in content:
        return CLOSED
    try:
        if content.startswith(_ZIP):
            return _of_archive(content, depth)
        if packed:
            with gzip.open(BytesIO(content)) as opened:
                return contents_of(opened.read(10 * MOST_BYTES + 1), depth + 1)._replace(lined=False)
    except (BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError, zlib.error):
        return CLOSED
    is_text = content.startswith(_UTF_16) or not _NO_TEXT.search(content)
    return Contents(_plain(content), whole=is_text, lined=is_text)


def _plain(content: bytes) -> str:
    if content.startswith(_UTF_16):
        return content.decode("utf-16", "replace")
    if b"\0" in content:
        content = b"\n".join(_STRINGS.findall(content.replace(b"\0", b"")))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _of_archive(content: bytes, depth: int) -> Contents:
    with ZipFile(BytesIO(content)) as opened:
        parts = opened.infolist()
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > 10 * MOST_BYTES:
            return CLOSED
        read = [part for known in parts for part in _part(opened, known, depth)]
    beside = "\n".join((*(part.filename for part in parts), *(part.beside for part in read)))
    text = "\n".join(part.text or "" for part in read)
    closed = any(part.text is None for part in read)
    return CLOSED if closed else Contents(text, beside, all(part.whole for part in read), lined=False)


def _part(opened: ZipFile, part: ZipInfo, depth: int) -> Iterator[Contents]:
    inside = opened.read(part)
    if part.filename.endswith((".xml", ".rels")):
        xml = inside.decode("utf-8", "replace")
        yield Contents(_without_tags(xml), "\n".join((xml, *_VALUE.findall(xml))))
    elif not is_mute(part.filename):
        is_pdf = is_media(part.filename, inside)
        yield Contents("", whole=False) if is_pdf else contents_of(inside, depth + 1)


def _without_tags(xml: str) -> str:
    # A cell may be cut into runs of letters that look different: only its end is a blank.
    return unescape(re.sub("<[^<>]*>", "", _LINE.sub("\n", _CELL.sub("\t", xml.replace("\n", " ")))))
