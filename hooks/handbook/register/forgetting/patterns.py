"""How a name is looked for in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator


def pattern(name: str) -> re.Pattern[str]:
    """A name or address in a text, also over the end of a line, and with marks between its words."""
    words = re.findall(r"\w+", name)
    gap = r"(?!\w|_)[^\w\s]{0,3}\s*(?:[#>]\s*)?[^\w\s]{0,3}" if "@" not in name else r"[^\w\s]"
    return re.compile(rf"(?<!\w){gap.join(map(re.escape, words))}(?!\w)", re.IGNORECASE)


def is_searched(name: str) -> bool:
    """Whether a name can be looked for in texts: one word alone may be any word, such as Mark or May."""
    return len(re.findall(r"\w+", name)) > 1


def starts(patterns: Iterable[re.Pattern[str]], text: str) -> Iterator[int]:
    """Where any of these begins in a text."""
    return (found.start() for pattern in patterns for found in pattern.finditer(text))


def holds(text: str, patterns: Iterable[re.Pattern[str]]) -> bool:
    """Whether any of these stands in a text, be it at its very beginning."""
    return any(pattern.search(text) for pattern in patterns)
