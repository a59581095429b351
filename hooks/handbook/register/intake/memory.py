"""What a program.yml remembers of the columns of its sheets, so that nobody is asked twice."""

from __future__ import annotations

import json
from collections.abc import Mapping

from ...text.document import Document, read
from ...text.signs import masked, visible


def remembered(path: str, content: bytes) -> dict[str, str]:
    """What columns hold, by their titles, as a program.yml says under `sign_up: columns:`."""
    document = read(path, content)
    mapping = document.mapping if isinstance(document, Document) else {}
    columns = mapping.get("sign_up", {}).get("columns", {})
    return {str(title): str(field) for title, field in columns.items()}


def harmless(columns: Mapping[str, str]) -> dict[str, str]:
    """Those without an address or number in the title: everyone may read a program.yml."""
    return {title: field for title, field in columns.items() if masked(title) == title}


def as_lines(columns: Mapping[str, str]) -> str:
    """Lines to paste into a program.yml; where nobody knows what a column holds, a comment asks."""
    lines = ["sign_up:", "  columns:"]
    for title, field in columns.items():
        key = json.dumps(visible(title), ensure_ascii=False)
        lines.append(f"    {key}: {field}" if field else f"    # {key}: what does it hold?")
    return "\n".join(lines)
