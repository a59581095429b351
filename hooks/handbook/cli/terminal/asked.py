"""A change to one file: shown as a difference and agreed to where a person sits, checked, and written."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from . import private
from .files import write_checked
from .reporter import difference, show_difference


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
        click.echo()
        show_difference(difference(path, path, before.decode(), text, around=1))
        if not click.confirm("Write this?"):
            raise click.ClickException(private.NOTHING)
        if (root / path).read_bytes() != before:
            raise click.ClickException(f"{path} was changed meanwhile. {private.NOTHING} Try again.")
    write_checked(root, path, text)
