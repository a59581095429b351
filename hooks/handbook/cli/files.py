"""New files: tried in a copy of the handbook first, then written whole."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from ..load import OVERRIDES, Handbook, load
from ..playbook import slug
from ..problems import Problem, errors
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
    write(root / path, text)
    if handbook is None:
        click.echo(f"Other files have problems: {here(root, 'check')}", err=True)


def trial(
    root: Path, texts: Mapping[str, str], gone: Iterable[str] = ()
) -> tuple[Handbook | None, tuple[Problem, ...]]:
    """Load a copy of the handbook as it would be with these files and without those."""
    with TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in ("programs", OVERRIDES):
            if (root / name).is_dir():
                shutil.copytree(root / name, copy / name, symlinks=True)
        for path in gone:
            (copy / path).unlink()
        write_all(copy, texts)
        return load(copy)


def write(file: Path, text: str) -> None:
    """Write beside, then replace: nobody ever reads half a file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.new")
    try:
        beside.write_bytes(text.encode())
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)


def write_all(folder: Path, texts: Mapping[str, str]) -> None:
    """Write files by their paths below a folder."""
    for path, text in texts.items():
        write(folder / path, text)


def below(folder: Path) -> Iterator[str]:
    """Every file below a folder, with forward slashes."""
    return (path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def file_name(title: str) -> str:
    """Make a name of a title; empty where the title has no sign that may stand in one."""
    return slug(title) if re.search("[A-Za-z0-9]", title) else ""
