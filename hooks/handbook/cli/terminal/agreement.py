"""A change to one file: shown as a difference, and agreed to where a person sits."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ...register.ledger.store import NOTHING
from .reporter import difference, show_difference


def can_be_asked() -> bool:
    """Whether a person sees what is printed, and can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def agree(root: Path, path: str, text: str, *, yes: bool) -> None:
    """Ask whether a file is to be written anew.

    On a terminal the difference is shown, and asked about. Anywhere else nothing is shown, since a log may
    keep it, and whoever wrote the command into a script has agreed.

    Raises:
        click.ClickException: where the person does not agree.
    """
    before = (root / path).read_bytes()
    if not can_be_asked() or yes:
        return
    click.echo()
    show_difference(difference(path, path, before.decode(), text, around=1))
    if not click.confirm("Write this?"):
        raise click.ClickException(NOTHING)
    if (root / path).read_bytes() != before:
        raise click.ClickException(f"{path} was changed meanwhile. {NOTHING} Try again.")
