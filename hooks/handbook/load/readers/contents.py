"""What a file says, whatever its format: texts in any encoding, office documents, archives; within bounds."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

MOST_BYTES = 10_000_000  # of one file, packed and unpacked
_MOST_PARTS, _DEEPEST = 2_000, 2
_MEDIA = frozenset({
    ".avif", ".gif", ".heic", ".ico", ".jpeg", ".jpg", ".m4a", ".mov", ".mp3", ".mp4", ".otf", ".pdf", ".png",
    ".ttf", ".wav", ".webm", ".webp", ".woff", ".woff2",
})  # fmt: skip
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_STRINGS = re.compile(rb"[\t\n\r -~\xa0-\xff]{6,}")
_SHARED = re.compile(r'<c\b[^>]*\bt="s"[^>]*>\s*<v>(\d+)</v>')
_CELL = re.compile(r"</(?:c|w:tc|table:table-cell)>")
_LINE = re.compile(r"</(?:si|row|w:p|w:tr|text:p|a:p|table:table-row|comment)>")
_LOCKED = "EncryptedPackage".encode("utf-16-le")  # an office document behind a password
_STRING = "xl/sharedStrings.xml"


def is_media(path: str, content: bytes) -> bool:
    """Whether a file holds pictures, sound, letters or pages to print, which are published on purpose."""
    return PurePosixPath(path).suffix.lower() in _MEDIA and not _is_text(content[:1_000])


def _is_text(content: bytes) -> bool:
    return not re.search(rb"[\0-\x08\x0e-\x1a]", content) and not content.startswith(b"%PDF")


def text_in(content: bytes, depth: int = 0) -> str | None:
    """The text of a file; None where nobody can look into it, as it is locked, broken or far too large.

    Of a workbook each row is a line, with tabs between the cells; of an archive the texts of its files stand
    one below the other; of any other file that is no text what can be read in it.
    """
    try:
        if content.startswith(b"PK\x03\x04"):
            return "\n".join(_parts(content, depth)) if depth < _DEEPEST else None
        if content.startswith(b"\x1f\x8b"):
            with gzip.open(BytesIO(content)) as opened:
                return text_in(opened.read(MOST_BYTES), depth + 1) if depth < _DEEPEST else None
    except (BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError, zlib.error):
        return None
    return None if _LOCKED in content else _plain(content)


def _plain(content: bytes) -> str:
    if content.startswith(_UTF_16):
        return content.decode("utf-16", "replace")
    if b"\0" in content:
        content = b"\n".join(_STRINGS.findall(content.replace(b"\0", b"")))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _parts(content: bytes, depth: int) -> Iterator[str]:
    """The texts of an archive's files."""
    with ZipFile(BytesIO(content)) as opened:
        parts = opened.infolist()
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > 10 * MOST_BYTES:
            raise ValueError
        strings = _strings(opened) if _STRING in opened.namelist() else []
        for part in parts:
            yield from _part(opened, part, strings, depth)


def _part(opened: ZipFile, part: ZipInfo, strings: list[str], depth: int) -> Iterator[str]:
    inside = opened.read(part) if PurePosixPath(part.filename).suffix.lower() not in _MEDIA else b""
    if not part.filename.endswith((".xml", ".rels")):
        text = text_in(inside, depth + 1)
        if text is None:
            raise ValueError
        yield text
    elif part.filename != _STRING:
        xml = inside.decode("utf-8", "replace")
        yield _without_tags(_SHARED.sub(lambda cell: f"<c>{strings[int(cell[1])]}", xml))


def _strings(opened: ZipFile) -> list[str]:
    """The texts that the cells of a workbook name by number, still with their entities."""
    xml = opened.read(_STRING).decode("utf-8", "replace")
    return [re.sub("<[^<>]*>", "", string) for string in re.split(r"</si>|<si/>", xml)]


def _without_tags(xml: str) -> str:
    # A cell may be cut into runs of letters that look different: only its end is a blank.
    return unescape(re.sub("<[^<>]*>", "", _LINE.sub("\n", _CELL.sub("\t", xml.replace("\n", " ")))))
