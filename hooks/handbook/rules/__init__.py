"""What a definition must keep to: its schema, checks, privacy; the words that they look for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from .. import DATA
from ..text.document import Document, Path
from ..text.problems import Problem, fault, wordings

__all__ = ["PHRASES", "WORDS", "fault", "problem"]
WORDS: Mapping[str, Any] = yaml.load(
    (DATA / "problems" / "words.yml").read_text("utf-8"), Loader=yaml.CSafeLoader
)
PHRASES: Mapping[str, str] = wordings()["phrases"]


def problem(document: Document, key: str, path: Path, /, meant: str = "", **fields: Any) -> Problem:
    """Say what is wrong with a value, at its place."""
    return fault(key, meant, **fields).placed(document.path, *document.place(path))
