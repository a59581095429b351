"""New files: tried in a copy of the handbook first, then written whole."""

from __future__ import annotations

import re
from pathlib import Path

import click

from ...load.files import write
from ...load.repository import trial
from ...model.definitions.playbook import slug
from ...text.problems import errors
from .next_step import command, here
from .reporter import show


def refuse_elsewhere(root: Path) -> None:
    """Refuse to write where there is no handbook."""
    if not (root / "programs").is_dir() and not (root / "mkdocs.yml").is_file():
        message = "This is not the folder of a handbook: it has no programs/."
        raise click.UsageError(f"{message} Name that folder: {command('-C', 'FOLDER', 'new', '…')}")


def write_checked(root: Path, path: str, text: str) -> None:
    """Write a new file, unless its handbook would then have an error in it."""
    handbook, problems = trial(root, {path: text})
    needed = {path, f"{path.rpartition('/')[0]}/program.yml", "programs/organisation.yml"}
    about = [problem for problem in problems if problem.path in needed]
    if errors(about):
        show(root, about)
        raise click.ClickException(f"With {path} there would be the problems above. Nothing was written.")
    show(root, (problem for problem in about if problem.path == path))
    write(root, path, text)
    if handbook is None:
        click.echo(f"Other files have problems: {here(root, 'check')}", err=True)


def file_name(title: str) -> str:
    """Make a name of a title; empty where the title has no sign that may stand in one."""
    return slug(title) if re.search("[A-Za-z0-9]", title) else ""
