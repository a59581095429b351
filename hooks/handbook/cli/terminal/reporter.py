"""What commands print: problems and differences, longer texts, and what to do next, as commands to paste."""

from __future__ import annotations

import difflib
import os
import shlex
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import click
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.text import Text

from ... import DATA
from ...rules.schema import is_open, open_part
from ...text.edit.values import flow
from ...text.problems import MANUAL, Problem, with_manual
from ...text.signs import UNSEEN, in_quotes, masked, visible

FOLDER = DATA / "cli"
_STYLES: Mapping[str, str] = {"error": "bold red", "warning": "bold yellow"}
_CHANGED = {"+": "green", "-": "red", "@": "cyan"}
_PLURALS = {"person": "people"}
_WIDTH = 90


def show(root: Path, problems: Iterable[Problem]) -> None:
    """Print problems with their source lines, in colour on a terminal.

    The place in the manual is told once a code: where the code comes first, so that nobody reads it twice.
    """
    console = Console(highlight=False, soft_wrap=True)
    manual = (root / MANUAL).resolve()
    address = manual.as_uri() if manual.is_file() else ""
    for problem, place in with_manual(problems):
        console.print(_shown(problem, address, place))


def difference(path: str, before: str, after: str, around: int = 3) -> Iterator[str]:
    """The lines of a text that change, with so many of those around them, below its name.

    Where a log may keep them, a line that not everyone may read whole is not shown: only that it changes.
    """
    was, will_be = (text.removesuffix("\n").split("\n") for text in (before, after))
    seen = sys.stdout.isatty()
    lines = [*difflib.unified_diff(was, will_be, path, path, lineterm="", n=around if seen else 0)]
    changed = {line[1:] for line in lines}
    hidden = {
        line
        for text in (was, will_be)
        for number, line in enumerate(text if not seen else (), 1)
        if line in changed and not (open_part(path, line) == line and is_open(path, text, number))
    }
    return (f"{line[:1]}…" if line[1:] in hidden else line for line in lines)


def show_difference(lines: Iterable[str]) -> None:
    """Print a difference, in colour on a terminal and harmless to it."""
    console = Console(highlight=False, soft_wrap=True)
    for line in lines:
        style = "bold" if line.startswith(("+++", "---")) else _CHANGED.get(line[:1], "")
        console.print(Text(visible(line), style))
    console.print()


def count(number: int, thing: str) -> str:
    """Write a number with its thing: 1 page, 2 pages, 2 people."""
    return f"{number} {thing if number == 1 else _PLURALS.get(thing, f'{thing}s')}"


def _shown(problem: Problem, manual: str, place: str) -> Text:
    link = f"{manual}#{problem.code}" if manual else None
    text = Text.assemble(
        (visible(f"{problem.path}:{problem.line}:{problem.column}"), "bold"),
        ": ",
        (f"{problem.severity}:", _STYLES[problem.severity]),
        f" {visible(problem.message)} ",
        (f"[{problem.code}]", Style(dim=True, link=link)),
        "\n",
    )
    if problem.source.strip():
        text.append_text(_pointed(problem, problem.source))
    if problem.hint:
        text.append(f"    {visible(problem.hint)}\n", "green")
    if place:
        text.append(f"    See {visible(place)}\n", "dim")
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


# --- longer texts: templates of data/cli/


def quoted_answer(answer: str) -> str:
    """Write an answer so that YAML reads exactly it; signs that nobody sees are left out."""
    return in_quotes(UNSEEN.sub("", answer))


def filled(template: str, /, **values: object) -> str:
    """Put values into a template, once: what they hold is never looked at again."""
    return _templates().get_template(f"{template}.j2").render(values)


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=FileSystemLoader(FOLDER), undefined=StrictUndefined, keep_trailing_newline=True,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    templates.filters |= {
        "quoted": quoted_answer,
        "number": lambda answer: flow(float(answer)),
        "count": count,
        "masked": masked,
        "visible": visible,
    }
    return templates


# --- what to do next


def say_next(done: str, then: str, line: str) -> None:
    """Print what is done, and the command that comes next."""
    click.echo(f"\n{done}\n{then}\n  {line}")


def is_here(root: Path) -> bool:
    """Whether a person stands in the folder of the handbook."""
    return root.resolve() == Path.cwd()


def here(root: Path, *words: str) -> str:
    """A command for this handbook."""
    return command(*words) if is_here(root) else command("-C", str(root), *words)


def command(*words: str) -> str:
    """A command: from .venv, or else as this one was called."""
    ready = Path(".venv", "Scripts" if os.name == "nt" else "bin", "handbook")
    called = Path(sys.argv[0])
    if ready.exists() or ready.with_suffix(".exe").exists():
        start = str(ready)
    elif called.stem == "handbook":
        start = shlex.quote(str(called))
    else:
        start = f"{shlex.quote(sys.executable)} -m handbook.cli"
    return " ".join([start, *map(shlex.quote, words)])
