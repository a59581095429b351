"""Problems -> the terminal: with their source lines, in colour, harmless whatever a file holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.text import Text

from ..fixes import BREAK
from ..problems import MANUAL, Problem, visible, with_manual
from ..sensitive import masked

_STYLES: Mapping[str, str] = {"error": "bold red", "warning": "bold yellow"}
_WIDTH = 90


def show(root: Path, problems: Iterable[Problem]) -> None:
    """Print problems with their source lines, in colour on a terminal.

    The place in the manual is told once a code: where the code comes first, so that nobody reads it twice.
    """
    console = Console(highlight=False, soft_wrap=True)
    manual = (root / MANUAL).resolve()
    address = manual.as_uri() if manual.is_file() else ""
    for problem, place in with_manual(problems):
        text = _shown(problem, _source_line(root, problem), address)
        if place:
            text.append(f"    See {visible(place)}\n", "dim")
        console.print(text)


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


def _source_line(root: Path, problem: Problem) -> str | None:
    file = root / problem.path
    try:
        # What a link leads to is for nobody's eyes, and a channel would keep everyone waiting.
        if problem.private or not file.is_file() or file.resolve() != root.resolve() / problem.path:
            return None
        lines = BREAK.split(file.read_bytes().decode("utf-8-sig", "replace"))
    except OSError:
        return None  # the file is what is missing, or it is the engine's
    line = lines[problem.line - 1] if problem.line <= len(lines) else ""
    return line if line.strip() and masked(line) == line else None
