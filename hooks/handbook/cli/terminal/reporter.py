"""Problems -> the terminal: with their source lines, in colour, harmless whatever a file holds."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.text import Text

from ...text.edit.fixes import BREAK
from ...text.problems import MANUAL, Problem, visible, with_manual
from ...text.sensitive import masked

_STYLES: Mapping[str, str] = {"error": "bold red", "warning": "bold yellow"}
_CHANGED = {"+": "green", "-": "red", "@": "cyan"}
_WIDTH = 90
_LONGEST = 1_000
_NAMING = re.compile(r"\bname[\"']?\s*:")  # what stands there may be a person's


def show(root: Path, problems: Iterable[Problem]) -> None:
    """Print problems with their source lines, in colour on a terminal.

    The place in the manual is told once a code: where the code comes first, so that nobody reads it twice.
    """
    console = Console(highlight=False, soft_wrap=True)
    manual = (root / MANUAL).resolve()
    address = manual.as_uri() if manual.is_file() else ""
    lines: dict[str, list[str]] = {}
    told = tuple(problems)
    private = {(one.path, one.line) for one in told if one.private}
    for problem, place in with_manual(told):
        text = _shown(problem, _source_line(root, problem, lines, private), address)
        if place:
            text.append(f"    See {visible(place)}\n", "dim")
        console.print(text)


def difference(old: str, new: str, before: str, after: str, around: int = 3) -> Iterator[str]:
    """The lines of a text that change, with so many of those around them, below both its names."""
    was, will_be = (one.removesuffix("\n").split("\n") for one in (before, after))
    return difflib.unified_diff(was, will_be, old, new, lineterm="", n=around)


def show_difference(lines: Iterable[str]) -> None:
    """Print a difference, in colour on a terminal and harmless to it."""
    console = Console(highlight=False, soft_wrap=True)
    for line in lines:
        style = "bold" if line.startswith(("+++", "---")) else _CHANGED.get(line[:1], "")
        console.print(Text(visible(line), style))
    console.print()


def count(number: int, thing: str) -> str:
    """Write a number with its thing: 1 page, 2 pages."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _shown(problem: Problem, source: str | None, manual: str) -> Text:
    link = f"{manual}#{problem.code}" if manual else None
    text = Text.assemble(
        (visible(f"{problem.path}:{problem.line}:{problem.column}"), "bold"),
        ": ",
        (f"{problem.severity}:", _STYLES[problem.severity]),
        f" {visible(problem.message)} ",
        (f"[{problem.code}]", Style(dim=True, link=link)),
        "\n",
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


def _source_line(
    root: Path, problem: Problem, read: dict[str, list[str]], private: Collection[tuple[str, int]]
) -> str | None:
    """The line that a problem is in; None where it is empty, too long to be looked at, or private.

    Args:
        root: the folder of the handbook.
        problem: whose line is wanted.
        read: the lines of each file that was read before.
        private: the lines of which any problem says that they hold what is private.
    """
    if problem.path not in read:
        read[problem.path] = _lines(root, problem.path)
    lines = read[problem.path]
    line = lines[problem.line - 1] if problem.line <= len(lines) else ""
    shown = line.strip() and len(line) <= _LONGEST and (problem.path, problem.line) not in private
    return line if shown and masked(line) == line and not _NAMING.search(line) else None


def _lines(root: Path, path: str) -> list[str]:
    file = root / path
    try:
        # What a link leads to is for nobody's eyes, and a channel would keep everyone waiting.
        if file.is_file() and file.resolve() == root.resolve() / path:
            return BREAK.split(file.read_bytes().decode("utf-8-sig", "replace"))
    except OSError:
        pass  # the file is what is missing, or it is the engine's
    return []
