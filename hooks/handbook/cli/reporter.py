"""Problems -> the terminal: with their source lines, in colour, harmless whatever a file holds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from ..problems import Problem

_STYLES: Mapping[str, str] = {"error": "bold red", "warning": "bold yellow"}
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # libyaml counts lines so
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_WIDTH = 90


def show(root: Path, problems: Iterable[Problem]) -> None:
    """Print problems with their source lines, in colour on a terminal."""
    console = Console(highlight=False, soft_wrap=True)
    for problem in problems:
        console.print(_shown(problem, _source_line(root, problem)))


def count(number: int, thing: str) -> str:
    """Write a number with its thing: 1 page, 2 pages."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def visible(text: str) -> str:
    """Make a text harmless to a terminal, in one line: no control characters, nothing that turns it round."""
    return "".join(_visible(sign) for sign in text)


def _visible(sign: str) -> str:
    if sign in "\t\n\r\u2028\u2029":
        return " "
    return "\ufffd" if unprintable(sign) or _BIDI.match(sign) else sign


def unprintable(sign: str) -> bool:
    """Whether a sign is a control character, or half of one."""
    return unicodedata.category(sign) in ("Cc", "Cs")


def _shown(problem: Problem, source: str | None) -> Text:
    text = Text.assemble(
        (visible(f"{problem.path}:{problem.line}:{problem.column}"), "bold"),
        ": ",
        (f"{problem.severity}:", _STYLES[problem.severity]),
        f" {visible(problem.message)} ",
        (f"[{problem.code}]\n", "dim"),
    )
    if source is not None:
        text.append_text(_pointed(problem, source))
    if problem.hint:
        text.append(f"    {visible(problem.hint)}\n", "green")
    return text


def _pointed(problem: Problem, source: str) -> Text:
    """Show the source line, cut round the column where it is long, with a caret below."""
    column = min(problem.column - 1, len(source))
    start = max(0, column - _WIDTH // 2) if len(source) > _WIDTH else 0
    line = visible(source[start : start + _WIDTH])
    before = cell_len(visible(source[start:column]))
    gutter = f"{problem.line:>5} | "
    caret = f"{'| ':>{len(gutter)}}{' ' * before}^\n"
    return Text.assemble((gutter, "dim"), f"{line}\n", (caret, _STYLES[problem.severity]))


def _source_line(root: Path, problem: Problem) -> str | None:
    try:
        lines = _BREAK.split((root / problem.path).read_bytes().decode("utf-8-sig", "replace"))
    except OSError:
        return None  # the file is what is missing, or it is the engine's
    line = lines[problem.line - 1] if problem.line <= len(lines) else ""
    return line if line.strip() else None
