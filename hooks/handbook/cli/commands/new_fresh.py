"""`handbook new --fresh`: the shipped example gives way to the organisation's own handbook."""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click
from babel.localtime import LOCALTZ

from ... import DATA
from ...load.files import below, write
from ...load.repository import trial
from ...model.definitions.organisation import SERIOUS, Organisation
from ...rules.checks import organisation_problems
from ...text import document
from ...text.problems import errors
from ...text.prose import Text
from ..terminal.files import refuse_elsewhere
from ..terminal.parameters import Answers, sentence
from ..terminal.reporter import FOLDER, filled, here, say_next, show

EXAMPLE = DATA / "example"
ORGANISATION = "programs/organisation.yml"
_NOTHING = "Nothing was removed."
# What may stand in a folder in which a handbook begins: what git and its hosts put there.
_NO_HANDBOOK = re.compile(r"\.|README|LICENSE")
_ZONE_HERE = str(getattr(LOCALTZ, "key", None) or "UTC")  # a computer may have none with a name


def start_afresh(root: Path, answers: Answers, yes: bool) -> None:
    """Remove what is still as shipped, keep what is the organisation's, and write a new organisation.yml."""
    begins = all(_NO_HANDBOOK.match(path.name) for path in root.iterdir())
    if not begins:
        refuse_elsewhere(root)
    _refuse_own_organisation(root)
    shipped, own = _example_files(root)
    text = filled(
        "starter/organisation.yml",
        name=answers.take("name"),
        timezone=answers.take("timezone", _ZONE_HERE, _zone_wrong),
        contact=answers.take("contact"),
        serious={purpose: answers.take(purpose) for purpose in SERIOUS},
        repository=answers.take("repository", "public"),
    )
    _refuse_loss(root, text, shipped)
    if shipped and not yes:
        _confirm_removal(shipped, own)
    write(root, ORGANISATION, text)
    if begins and not (root / ".gitignore").exists():
        write(root, ".gitignore", (FOLDER / "starter/gitignore").read_text("utf-8"))
    _remove(root, shipped)
    kept = f" Kept, since it is yours: {', '.join(own)}." if own else ""
    done = f"The example is gone, and {ORGANISATION} is yours." if shipped else f"{ORGANISATION} is written."
    say_next(f"{done}{kept}", "Start your first programme:", here(root, "new", "program"))


def _zone_wrong(answer: str) -> str:
    return sentence(organisation_problems(document.Document("", {}), Organisation(Text(), timezone=answer)))


def _refuse_own_organisation(root: Path) -> None:
    """Refuse where the organisation's own file, or whatever has its name, would be lost."""
    file = root / ORGANISATION
    if os.path.lexists(file) and not _as_shipped(file, EXAMPLE / "organisation.yml"):
        changed = f"You changed {ORGANISATION}, and a new one would take its place."
        move = shlex.join(("mv", str(file), str(root / "organisation.old.yml")))
        then = f"Move it away, and take from it what you need afterwards:\n  {move}"
        raise click.ClickException(f"This handbook is yours already. {changed} {_NOTHING}\n{then}")


def _example_files(root: Path) -> tuple[Sequence[str], Sequence[str]]:
    """Tell the files below programs/ that are still as shipped from the organisation's own."""
    files = sorted(path for path in below(root / "programs") if path != "organisation.yml")
    shipped = [path for path in files if _as_shipped(root / "programs" / path, EXAMPLE / path)]
    own = [path for path in files if path not in shipped]
    return [f"programs/{path}" for path in shipped], [f"programs/{path}" for path in own]


def _as_shipped(file: Path, master: Path) -> bool:
    if file.is_symlink() or not (master.is_file() and file.is_file()):
        return False
    # Git on Windows may have turned the ends of lines.
    return file.read_bytes().replace(b"\r\n", b"\n") == master.read_bytes().replace(b"\r\n", b"\n")


def _refuse_loss(root: Path, text: str, shipped: Iterable[str]) -> None:
    """Refuse where the organisation's own files would not check without the example's."""
    _, problems = trial(root, {ORGANISATION: text}, shipped)
    own = [problem for problem in errors(problems) if problem.path.startswith("programs/")]
    if own:
        show(root, own)
        message = "Your own files would not check without the example's. Move them away first."
        raise click.ClickException(f"{message} {_NOTHING}")


def _confirm_removal(shipped: Iterable[str], own: Iterable[str]) -> None:
    click.echo("\n".join((*(f"  goes:  {path}" for path in shipped), *(f"  stays: {path}" for path in own))))
    try:
        click.confirm("Remove the example?", abort=True)
    except click.Abort:
        if sys.stdin.isatty():
            raise
        raise click.UsageError(f"{_NOTHING} Say so with --yes.") from None


def _remove(root: Path, paths: Iterable[str]) -> None:
    for path in paths:
        (root / path).unlink()
    for folder in sorted((root / "programs").rglob("*"), reverse=True):
        if folder.is_dir() and not folder.is_symlink() and not any(folder.iterdir()):
            folder.rmdir()
