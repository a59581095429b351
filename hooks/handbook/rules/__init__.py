"""What a definition must keep to: its schema, checks, privacy; what they say stands in data/problems/."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from .. import DATA
from ..text.document import Document, Path
from ..text.problems import Fault, Problem

_SAID, WORDS = (
    yaml.load((DATA / "problems" / name).read_text("utf-8"), Loader=yaml.CSafeLoader)
    for name in ("en.yml", "words.yml")
)
PHRASES: Mapping[str, str] = _SAID["phrases"]


def fault(key: str, /, meant: str = "", **fields: Any) -> Fault:
    """Say what is wrong in the words of a code, or of CODE.VARIANT, with their fields filled in."""
    code, history = key.partition(".")[0], PHRASES["history"]
    said = _SAID.get(key) or _SAID[code]
    message, hint = (said.get(part, "").format(history=history, **fields) for part in ("message", "hint"))
    return Fault(code, message, hint, said.get("severity", "error"), meant)


def problem(document: Document, key: str, path: Path, /, meant: str = "", **fields: Any) -> Problem:
    """Say what is wrong with a value, at its place."""
    return fault(key, meant, **fields).placed(document.path, *document.place(path))
