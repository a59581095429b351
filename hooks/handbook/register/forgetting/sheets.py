"""Sheets that lie about: what form tools exported into the folder, as the text that they hold."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from zipfile import BadZipFile, ZipFile

WORKBOOKS = (".xlsx", ".xlsm", ".ods")
_LISTS = (".csv", ".tsv")
_CLOSED = (".xls", ".numbers")
_MOST_BYTES = 100_000_000
_PARTS = re.compile(r"xl/sharedStrings\.xml|xl/(?:worksheets|comments)[^/]*(?:/[^/]*)?\.xml|content\.xml")


def sheets_below(root: Path) -> Iterator[str]:
    """The sheets in the handbook's folder itself, and the workbooks in programs/; links are not followed."""
    beside = (file for file in root.glob("*") if file.suffix.lower() in (*_LISTS, *WORKBOOKS, *_CLOSED))
    below = (file for file in (root / "programs").rglob("*") if file.suffix.lower() in (*WORKBOOKS, *_CLOSED))
    for file in sorted((*beside, *below)):
        if file.is_file() and not file.is_symlink():
            yield file.relative_to(root).as_posix()


def workbook(file: Path) -> str | None:
    """The texts of a workbook's cells, a line each; None where it cannot be read."""
    try:
        with ZipFile(file) as opened:
            parts = [one for one in opened.infolist() if _PARTS.fullmatch(one.filename)]
            if not parts or sum(one.file_size for one in parts) > _MOST_BYTES:
                return None
            texts = [opened.read(one).decode("utf-8", "replace") for one in parts]
    except (BadZipFile, OSError, RuntimeError, ValueError, zlib.error):
        return None
    # A cell may be cut into runs of letters that look different: only its end is a line's.
    whole = re.sub(r"</(?:si|c|text:p|comment)>", "\n", "\n".join(texts))
    return unescape(re.sub("<[^<>]*>", "", whole))
