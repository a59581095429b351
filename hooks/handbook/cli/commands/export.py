"""`handbook export`: every page as plain Markdown, in a folder of its own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from ... import NOTHING, Refusal
from ...contents.build import Build
from ...load.files import below, write_all
from ...pages.rendering import pages
from ...pages.website.faults import downloads
from ...pages.website.staging import refuse_place
from ...text.signs import visible
from ..terminal.cohorts import parameter
from ..terminal.parameters import parameters, today
from ..terminal.reporter import count, show
from .check import checked, summary

MARKER = ".handbook-export"


@click.command()
@parameters("export", folder=click.Path(file_okay=False, path_type=Path))
def export(root: Path, /, folder: Path) -> None:
    """Write every page as plain Markdown into DIR.

    DIR counts from the folder you are in. It must be absent, empty or an earlier export, which is then
    replaced as a whole. A page that docs/ holds at the same address is yours already and left out.
    """
    with parameter("DIR"):
        refuse_place(root, folder)
        folder = folder.resolve()
        _refuse_foreign(folder)
    handbook, problems = checked(root)
    show(root, problems)
    if handbook is None:
        raise click.ClickException(f"{summary(handbook, problems)} {NOTHING}")
    handbook = handbook.published()
    day = today(handbook)
    build = Build(day, site=str(handbook.organisation.site))
    rendered = pages.render(handbook, build)
    yours = set(pages.replaced(handbook, handbook.hand_written, day).values())
    made = {page.path: page.text.encode() for page in rendered if page.path not in yours}
    made |= downloads(handbook, build)
    _replace(folder, {**made, MARKER: "".join(f"{path}\n" for path in sorted(made)).encode()})
    written = sum(path.endswith(".md") for path in made)
    click.echo(f"{count(written, 'page')} written to {folder}.")


def _refuse_foreign(folder: Path) -> None:
    """Refuse a folder that holds anything but an earlier export."""
    marker = folder / MARKER
    ours = {MARKER, *(marker.read_text("utf-8").splitlines() if marker.is_file() else ())}
    other = next((path for path in below(folder) if path not in ours), "")
    faults = {
        f"{folder} is no plain folder.": folder.exists() and (not folder.is_dir() or folder.is_mount()),
        f"You are in {folder}, which would be replaced.": Path.cwd().is_relative_to(folder),
        f"{folder} holds {visible(other)}, which is no part of an export.": other,
    }
    if message := next((message for message, holds in faults.items() if holds), ""):
        raise Refusal(f"{message} Name another folder.")


def _replace(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write beside, then replace: an export whose writing is interrupted leaves the earlier one as it was."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix=".handbook-") as beside:
        write_all(Path(beside, "new"), files)
        if folder.exists():
            folder.rename(Path(beside, "old"))
        Path(beside, "new").rename(folder)
