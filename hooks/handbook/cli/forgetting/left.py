"""What is left to a person: names in the middle of texts, in names of files, in what cannot be searched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

import click

from ...rules.privacy import Names
from ...text.problems import visible
from .change import Change
from .kept import Kept
from .patterns import holds, is_searched, pattern, starts
from .person import Person
from .writing import veil


def left_of(kept: Kept, change: Change, person: Person) -> Iterator[str]:
    """Each place where the person is named in a text, or may be, in the files as they are then."""
    patterns = [pattern(name) for name in sorted((*person.names, *person.emails)) if is_searched(name)]
    for path, text in sorted({**kept.texts, **change.texts}.items()):
        own = patterns if path in kept.sign_ups else [*patterns, *_id_patterns(path, person)]
        places = {(text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)) for at in starts(own, text)}
        yield from (f"{path}:{line}:{column}" for line, column in sorted(places))
        if not places and not path.startswith("signups/"):
            yield from _marked(path, text, person)
    yield from (f"{path}: this sheet" for path, text in kept.sheets.items() if holds(text, patterns))
    yield from (f"{path}: the file's name" for path in _paths_of(kept) if holds(path, patterns))
    yield from (f"{path}: no program can search this" for path in kept.unread)


def _paths_of(kept: Kept) -> Iterator[str]:
    return chain(kept.texts, kept.sheets, kept.unread)


def _id_patterns(path: str, person: Person) -> Iterator[re.Pattern[str]]:
    """The ids in other files of a cohort's sign-ups, such as proposals."""
    for cohort, identifier in person.ids:
        if re.match(rf"signups/{re.escape(cohort)}[./]", path):
            yield re.compile(rf"(?<![\w-]){re.escape(identifier)}(?![\w-])")


def _marked(path: str, text: str, person: Person) -> Iterator[str]:
    """Places where a page would show the name, which is written with marks or signs that hide it."""
    words = (tuple(re.findall(r"\w+", name)) for name in person.names if is_searched(name))
    names = Names(frozenset(words), frozenset())
    yield from (f"{one.path}:{one.line}:{one.column}" for one in names.in_prose(path, text))


def say_left(left: Sequence[str], person: Person) -> None:
    """List what is left to whoever runs the command."""
    if left:
        click.echo("\nOnly you can change these; lines are counted as they are after the change.")
        click.echo("Then run this again, with the name in place of an id:")
        for place in left:
            click.echo(f"  {veil(visible(place), person)}")
    if any(not is_searched(name) for name in person.names):
        click.echo("\nOne word alone may be any word: such a name was not looked for in texts.")
