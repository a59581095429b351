"""New files: tried in a copy of the handbook first, then written whole."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory

import click

from ...load.files import OVERRIDES
from ...load.repository import load
from ...model.definitions.playbook import slug
from ...model.handbook import Handbook
from ...text.problems import Problem, errors
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


class Untried(click.ClickException):
    """Raised where no change can be tried, since a file cannot be copied."""


def trial(
    root: Path, texts: Mapping[str, str], gone: Iterable[str] = ()
) -> tuple[Handbook | None, tuple[Problem, ...]]:
    """Load a copy of the handbook as it would be with these files and without those.

    Raises:
        Untried: where a file cannot be copied; a check says which, and why.
    """
    with TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in ("programs", OVERRIDES):
            if (root / name).is_dir() and not (root / name).is_symlink():
                _copy(root / name, copy / name)
        for path in gone:
            (copy / path).unlink()
        write_all(copy, {path: text.encode() for path, text in texts.items()})
        return load(copy)


def _copy(folder: Path, to: Path) -> None:
    """Copy a folder with its links, none of which is followed, and without devices and the like."""
    try:
        shutil.copytree(folder, to, symlinks=True, ignore=_devices)
    except shutil.Error as error:
        raise Untried("There are files that cannot be copied, so that no change can be tried.") from error


def _devices(folder: str, names: Iterable[str]) -> set[str]:
    files = ((name, Path(folder, name)) for name in names)
    return {name for name, file in files if not (file.is_symlink() or file.is_dir() or file.is_file())}


def write(folder: Path, path: str, text: str) -> None:
    """Write a text below a folder; see `write_bytes`."""
    write_bytes(folder, path, text.encode())


def write_bytes(folder: Path, path: str, content: bytes) -> None:
    """Write a file below a folder: beside, then in its place, so that nobody ever reads half a file.

    Nobody can know the name that it has meanwhile, and a link of that name would not be followed. A file that
    was there gives its rights to the new one.

    Raises:
        click.ClickException: where a link leads out of the folder.
    """
    file = folder / path
    if file.parent.resolve() != folder.resolve() / Path(path).parent:
        raise click.ClickException(f"{path} would stand behind a link to another place. It was not written.")
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{token_hex(8)}.new")
    try:
        with beside.open("xb") as new:
            new.write(content)
        if file.is_file() and not file.is_symlink():
            shutil.copymode(file, beside)
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)


def write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files by their paths below a folder."""
    for path, content in files.items():
        write_bytes(folder, path, content)


def below(folder: Path) -> Iterator[str]:
    """Every file below a folder, with forward slashes."""
    return (path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def file_name(title: str) -> str:
    """Make a name of a title; empty where the title has no sign that may stand in one."""
    return slug(title) if re.search("[A-Za-z0-9]", title) else ""
