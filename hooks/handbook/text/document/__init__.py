"""YAML text -> Document: plain values that remember their places, and what is wrong with them."""

from .document import MOST_CHARACTERS, Document, Path
from .reading import examine, not_utf_8, read
from .tree import MOST_BYTES, MOST_VALUES, Place

__all__ = [
    "MOST_BYTES", "MOST_CHARACTERS", "MOST_VALUES", "Document", "Path", "Place", "examine", "not_utf_8",
    "read",
]  # fmt: skip
