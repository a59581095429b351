"""Bytes of whatever a file holds -> the text in them, and whether that is all."""

from __future__ import annotations

import re
import zlib
from html import unescape
from io import BytesIO
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile

MOST_BYTES = 100_000_000
_MOST_INSIDE = 2  # archives in archives
# Of these no program here finds the text; what begins so is one, whatever it is called.
_CLOSED = (
    b"%PDF", b"\xd0\xcf\x11\xe0", b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"(\xb5/\xfd",
)  # fmt: skip
_MEDIA = re.compile(r"(?i).*\.(?:avif|bmp|gif|heic|jpe?g|m4a|mov|mp3|mp4|ogg|png|tiff?|wav|webm|webp)")
_HARMLESS = re.compile(r"(?i).*\.(?:bin|emf|eot|ico|mo|otf|pyc|so|ttf|wmf|woff2?)|.*/sitemap\.xml\.gz")
_LINE = re.compile(r"</(?:\w+:)?(?:si|c|p|h|comment|table-cell)>")


class Reading(NamedTuple):
    """What can be read of a file: its text, whether that is all, and whether its lines are the file's."""

    text: str
    whole: bool = True
    lined: bool = True


def reading_of(name: str, content: bytes, inside: int = 0) -> Reading:
    """Read a text, an office file or an archive; of anything else the letters that stand in it."""
    if content.startswith(b"PK"):
        return _of_archive(content, inside)
    closed = content[:1000].lstrip().startswith(_CLOSED)
    text = _decoded(content)
    is_text = b"\0" not in content or content[:2] in (b"\xff\xfe", b"\xfe\xff")
    return Reading(text, is_for_eyes(name) or (is_text and not closed), is_text)


def is_for_eyes(name: str) -> bool:
    """Whether by its name a file is a picture, a recording, a font or the like, with no text to be read."""
    return bool(_MEDIA.fullmatch(name) or _HARMLESS.fullmatch(name))


def may_show(path: str) -> bool:
    """Whether a file is a picture or recording that may be one of people, and not the engine's."""
    return path.startswith(("docs/", "programs/")) and bool(_MEDIA.fullmatch(path))


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    plain = content.replace(b"\0", b"")  # with which UTF-16 fills up letters
    try:
        return plain.decode("utf-8")
    except UnicodeDecodeError:
        return plain.decode("cp1252", "replace")


def _of_archive(content: bytes, inside: int) -> Reading:
    """What stands in the files of an archive, with their names; an office file is one."""
    try:
        with ZipFile(BytesIO(content)) as opened:
            parts = opened.infolist()
            if inside == _MOST_INSIDE or sum(part.file_size for part in parts) > MOST_BYTES:
                return Reading("", whole=False, lined=False)
            names = [part.filename for part in parts]
            read = [reading_of(name, opened.read(name), inside + 1) for name in names]
    except (BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError, zlib.error):
        return Reading("", whole=False, lined=False)
    whole = "\n".join(part.text for part in read)
    # A cell or line may be cut into runs of letters that look different: only its end is a line's.
    in_tags = unescape(re.sub("<[^<>]*>", "", _LINE.sub("\n", whole)))
    return Reading("\n".join((*names, whole, in_tags)), all(part.whole for part in read), lined=False)
