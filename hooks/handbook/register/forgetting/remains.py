"""What is left of a person in files: in texts and names, in what commands made, in what none can search."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from ...load.readers.contents import CLOSED, MOST_BYTES, Contents, contents_of, is_mute
from ...rules.privacy.lists import is_closed
from ...rules.privacy.spellings import Spellings, called, place_of
from ..ledger.store import FOLDER, REPORT
from .change import Change
from .history import may_show
from .holdings import Holdings
from .person import Person

# What may be left, in the order in which it is told; what to do about each is said in data/cli/left.txt.j2.
TEXT, SHEET, NAME, MADE, UNREAD, PICTURE = KINDS = ("text", "sheet", "name", "made", "unread", "picture")
_LISTS = (".csv", ".tsv")
_MADE = ("site/", ".cache/", "build/")
_EXPORT = "/.handbook-export"  # the file by which a folder with an export is known
# Pages to print that are published are for eyes, as pictures are; elsewhere one may be a list of people.
_FOR_EYES = re.compile(r"(?:docs|site)/.*\.pdf", re.IGNORECASE | re.DOTALL)


def remains(holdings: Holdings, change: Change, person: Person) -> dict[str, list[str]]:
    """Each place where the person is named in a file, or may be, by kinds, in the files as they are then."""
    made = (*_MADE, *(path.removesuffix(_EXPORT[1:]) for path in holdings.files if path.endswith(_EXPORT)))
    left: defaultdict[str, list[str]] = defaultdict(list, {UNREAD: [*holdings.unread]})
    several: defaultdict[tuple[str, str], dict[str, None]] = defaultdict(dict)  # paths, each once
    for path, contents in _contents(holdings, change):
        folder = next((folder for folder in made if path.startswith(folder)), "")
        # Of what is made anew nobody needs the lines.
        for kind, place in _left_in(path, contents._replace(lined=contents.lined and not folder), person):
            if folder and kind not in (UNREAD, PICTURE):
                several[MADE, folder][path] = None
            elif kind == PICTURE and may_show(path):
                several[kind, f"{PurePosixPath(path).parent}/"][path] = None
            else:
                left[kind].append(place)
    for (kind, folder), paths in several.items():
        number = f"{len(paths)} file{'' if len(paths) == 1 else 's'}"
        left[kind].append(f"{folder}: {number}, such as {next(iter(paths))}")
    return {kind: left[kind] for kind in KINDS if left[kind]}


def _contents(holdings: Holdings, change: Change) -> Iterator[tuple[str, Contents]]:
    """Every file as it is then: registers too, in which others may name the person in their own words."""
    gone = {holdings.registers[cohort].store.shown(REPORT) for cohort in change.reports}
    texts = {**change.texts, **dict(_registers(holdings, change))}
    for path in sorted((holdings.files.keys() | texts) - gone):
        yield path, Contents(texts[path]) if path in texts else _read(holdings.files[path])


def _registers(holdings: Holdings, change: Change) -> Iterator[tuple[str, str]]:
    for cohort, (store, ledger, edition) in holdings.registers.items():
        if edition:
            path = store.shown(store.name(edition + (cohort in change.ledgers)))
            yield path, change.ledgers.get(cohort, ledger).as_json()


def _read(file: Path) -> Contents:
    try:
        return CLOSED if file.stat().st_size > MOST_BYTES else contents_of(file.read_bytes())
    except OSError:
        return CLOSED


def _left_in(path: str, contents: Contents, person: Person) -> Iterator[tuple[str, str]]:
    """What is left of a person in one file, and in its name: a kind, and the place."""
    private = path.startswith((f"{FOLDER}/", "/"))
    if not contents.lined or (path.lower().endswith(_LISTS) and not private):
        if person.spellings.are_in(contents.all):
            yield SHEET, f"{path}: this file"
    else:
        ids = _places_of_ids(path, contents.all, person) if private else ()
        places = sorted({*person.spellings.places(contents.all), *ids})
        yield from ((TEXT, f"{path}:{line}:{column}") for line, column in places)
    if person.spellings.are_in(path):
        yield NAME, path
    if may_show(path) or _FOR_EYES.fullmatch(path):
        yield PICTURE, path
    elif is_closed(path) or not (contents.whole or is_mute(path)):
        yield UNREAD, path


def _places_of_ids(path: str, text: str, person: Person) -> Iterator[tuple[int, int]]:
    """Where an id stands in another file of its cohort's register."""
    for cohort, identifier in person.ids:
        if f"/{cohort}/" in path:
            for match in re.finditer(rf"(?<![\w-]){re.escape(identifier)}(?![\w-])", text):
                yield place_of(text, match.start())


def veil(line: str, person: Person) -> str:
    """A line in which only that name or address stands which somebody typed."""
    others = (call for call in person.calls if called(call) != called(person.words))
    return Spellings(frozenset(others)).cut(line, "…")
