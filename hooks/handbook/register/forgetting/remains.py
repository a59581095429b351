"""What is left to a person: names in the middle of texts, in names of files, in what cannot be searched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain

from ...rules.privacy import Names
from ..ledger.store import FOLDER, REPORT
from .change import HIDDEN, Change
from .holdings import Holdings
from .patterns import holds, is_searched, pattern, starts
from .person import Person


def remains(holdings: Holdings, change: Change, person: Person) -> Iterator[str]:
    """Each place where the person is named in a text, or may be, in the files as they are then."""
    patterns = [pattern(name) for name in sorted((*person.names, *person.emails)) if is_searched(name)]
    for path, text in sorted(_texts(holdings, change).items()):
        every = [*patterns, *_id_patterns(path, person)]
        places = {(text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)) for at in starts(every, text)}
        yield from (f"{path}:{line}:{column}" for line, column in sorted(places))
        if not places and not path.startswith(f"{FOLDER}/"):
            yield from _marked(path, text, person)
    yield from (f"{path}: this sheet" for path, text in holdings.sheets.items() if holds(text, patterns))
    paths = chain(holdings.texts, holdings.sheets, holdings.unread)
    yield from (f"{path}: the file's name" for path in paths if holds(path, patterns))
    yield from (f"{path}: no program can search this" for path in holdings.unread)


def _texts(holdings: Holdings, change: Change) -> Mapping[str, str]:
    """All texts as they are then."""
    gone = {holdings.registers[cohort].store.shown(REPORT) for cohort in change.reports}
    return {path: text for path, text in {**holdings.texts, **change.texts}.items() if path not in gone}


def _id_patterns(path: str, person: Person) -> Iterator[re.Pattern[str]]:
    """The ids in other files of a cohort's register."""
    for cohort, identifier in person.ids:
        if f"/{cohort}/" in path and not path.startswith("programs/"):
            yield re.compile(rf"(?<![\w-]){re.escape(identifier)}(?![\w-])")


def _marked(path: str, text: str, person: Person) -> Iterator[str]:
    """Places where a page would show the name, which is written with marks or signs that hide it."""
    words = (tuple(re.findall(r"\w+", name)) for name in person.names if is_searched(name))
    names = Names(frozenset(words), frozenset())
    yield from (f"{one.path}:{one.line}:{one.column}" for one in names.in_prose(path, text))


def veil(line: str, person: Person) -> str:
    """A line in which only that name or address stands which somebody typed."""
    for name in (*person.names, *person.emails):
        if person.is_other(name):
            line = pattern(name).sub(HIDDEN, line)
    return line
