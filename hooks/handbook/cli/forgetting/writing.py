"""A change is tried in a copy, shown, agreed to and written."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click

from ...text.problems import as_text, errors
from ..terminal.files import trial, write
from ..terminal.next_step import here
from ..terminal.reporter import count, difference, show_difference
from .change import HIDDEN, NOTHING, Change, is_hidden
from .kept import Kept, text_of
from .patterns import pattern
from .person import Person


def write_change(root: Path, kept: Kept, change: Change, person: Person, again: str, yes: bool) -> bool:
    """Try the change, show it, ask, and write it; whether it was written."""
    files = {path: text for path, text in change.texts.items() if path.startswith("programs/")}
    before = Counter((one.path, one.code) for one in errors(trial(root, {})[1]))
    found = errors(trial(root, files)[1])
    if Counter((one.path, one.code) for one in found) - before:
        click.echo(veil(as_text(found), person))
        raise click.ClickException(f"Without this person there would be the problems above. {NOTHING}")
    _show(change, person)
    if not yes and not sys.stdin.isatty():
        click.echo(f"{NOTHING} To write this: {veil(again, person)}")
        return False
    if not yes and not click.confirm("Write these changes?"):
        click.echo(NOTHING)
        return False
    for path in change.texts:
        if text_of(root / path) != kept.texts[path]:
            raise click.ClickException(f"{path} was changed meanwhile. {NOTHING} Try again.")
    for path, text in change.texts.items():
        write(root, path, text)
    click.echo(f"{count(len(change.texts), 'file')} changed.")
    if found:
        click.echo(f"There are other problems, as before: {here(root, 'check')}")
    return True


def _show(change: Change, person: Person) -> None:
    """Show what goes, without the lines around it, which may be other people's; sign-ups are not shown."""
    click.echo()
    changed = (difference(path, path, *texts, around=0) for path, texts in change.shown.items())
    show_difference(veil(line, person) for lines in changed for line in lines)


def veil(line: str, person: Person) -> str:
    """A line in which only that name or address stands which somebody typed."""
    for hidden in (*person.names, *person.emails):
        if is_hidden(hidden, person):
            line = pattern(hidden).sub(HIDDEN, line)
    return line
