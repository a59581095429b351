"""A note of what is being taken out of several files, so that a second run finishes what a stopped one began.

It lies beside the registers, for nobody else to read, and only until all is done.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from .store import registers

NOTE = ".forgetting"
Note = Mapping[str, Any]


def note(root: Path) -> Note | None:
    """What a stopped command noted; None where none was, or before it had noted all, and changed nothing."""
    file = registers(root) / NOTE
    with suppress(FileNotFoundError, ValueError):
        values = json.loads("" if file.is_symlink() else file.read_text("utf-8"))
        return values if isinstance(values, dict) else None
    return None


def begin(root: Path, noted: Note) -> None:
    """Write the note where none is: not beside and then in its place, which a stop would leave there."""
    if note(root):
        return
    end(root)
    file = registers(root) / NOTE
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as opened:
        json.dump(noted, opened, default=sorted)


def end(root: Path) -> None:
    """Take the note away."""
    (registers(root) / NOTE).unlink(missing_ok=True)
