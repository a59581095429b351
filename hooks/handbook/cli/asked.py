"""A change to one file: shown as a difference and agreed to where a person sits, checked, and written."""

from __future__ import annotations

import difflib
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from ..problems import visible
from . import private
from .files import write_checked

_STYLES = {"+": "green", "-": "red", "@": "cyan"}


def can_be_asked() -> bool:
    """Whether a person sees what is printed, and can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def write_asked(root: Path, path: str, text: str, yes: bool) -> None:
    """Write a file anew, unless the handbook would have an error then.

    On a terminal the difference is shown, and asked about. Anywhere else nothing is shown, since a log may
    keep it, and whoever wrote the command into a script has agreed.

    Raises:
        click.ClickException: where the person does not agree.
    """
    before = (root / path).read_bytes()
    if can_be_asked() and not yes:
        _show(path, before.decode(), text)
        if not click.confirm("Write this?"):
            raise click.ClickException(private.NOTHING)
        if (root / path).read_bytes() != before:
            raise click.ClickException(f"{path} was changed meanwhile. {private.NOTHING} Try again.")
    write_checked(root, path, text)


def _show(path: str, before: str, after: str) -> None:
    console = Console(highlight=False, soft_wrap=True)
    was, will_be = (one.removesuffix("\n").split("\n") for one in (before, after))
    console.print()
    for line in difflib.unified_diff(was, will_be, path, path, lineterm="", n=1):
        style = "bold" if line.startswith(("+++", "---")) else _STYLES.get(line[:1], "")
        console.print(Text(visible(line), style))
    console.print()
