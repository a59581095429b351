"""Files that change: tried in a copy of the handbook, shown and agreed to, then written whole."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from ... import NOTHING
from ...load.files import write
from ...load.repository import trial
from ...model.definitions.playbook import slug
from ...text.problems import errors
from .reporter import command, difference, here, show, show_difference


def refuse_elsewhere(root: Path) -> None:
    """Refuse to write where there is no handbook."""
    if not (root / "programs").is_dir() and not (root / "mkdocs.yml").is_file():
        message = "This is not the folder of a handbook: it has no programs/."
        raise click.UsageError(f"{message} Name that folder: {command('-C', 'FOLDER', 'new', '…')}")


def write_checked(root: Path, path: str, text: str, before: str | None = None) -> None:
    """Write a file, unless its handbook would then have an error in it, or it is not as it was before."""
    handbook, problems = trial(root, {path: text})
    needed = {path, f"{path.rpartition('/')[0]}/program.yml", "programs/organisation.yml"}
    about = [problem for problem in problems if problem.path in needed]
    if errors(about):
        show(root, about)
        raise click.ClickException(f"With {path} there would be the problems above. {NOTHING}")
    show(root, (problem for problem in about if problem.path == path))
    if before is not None:
        refuse_changed(path, (root / path).read_bytes() == before.encode())
    write(root, path, text)
    if handbook is None:
        click.echo(f"Other files have problems: {here(root, 'check')}", err=True)


def file_name(title: str) -> str:
    """Make a name of a title; empty where the title has no sign that may stand in one."""
    return slug(title) if re.search("[A-Za-z0-9]", title) else ""


def is_seen() -> bool:
    """Whether what is printed goes to a person's eyes alone, and to nothing that keeps it."""
    return sys.stdout.isatty()


def can_be_asked() -> bool:
    """Whether a person sees what is printed, and can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def agree(path: str, before: str, text: str, *, yes: bool) -> None:
    """Ask whether a file is to be written anew; end where a person says no.

    On a terminal the difference is shown, and asked about. Anywhere else nothing is shown, since a log may
    keep it, and whoever wrote the command into a script has agreed.
    """
    if not can_be_asked() or yes:
        return
    click.echo()
    show_difference(difference(path, before, text, around=1))
    if not click.confirm("Write this?"):
        raise click.ClickException(NOTHING)


def agreed(line: str, *, yes: bool) -> bool:
    """Ask whether the changes that were shown are to be written; else say which command does."""
    if yes:
        return True
    if not sys.stdin.isatty():
        click.echo(f"{NOTHING} To write this: {line}")
        return False
    agrees = click.confirm("Write these changes?")
    if not agrees:
        click.echo(NOTHING)
    return agrees


def refuse_changed(path: str, same: bool) -> None:
    """End where a file is not the same any more as the one that the change was made of."""
    if not same:
        raise click.ClickException(f"{path} was changed meanwhile. {NOTHING} Try again.")
