"""What is left of a person in files: in texts and names, in what commands made, in what none can search."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from ..ledger.store import FOLDER, REPORT
from .change import HIDDEN, Change
from .holdings import Holdings
from .person import Person
from .reading import MOST_BYTES, Reading, may_show, reading_of
from .spellings import Spellings

# What may be left, in the order in which it is told; what to do about each is said in data/cli/left.txt.j2.
TEXT, SHEET, NAME, MADE, UNREAD, PICTURE = KINDS = ("text", "sheet", "name", "made", "unread", "picture")
_LISTS = (".csv", ".tsv")
_SHEETS = (*_LISTS, ".ods", ".xls", ".xlsb", ".xlsm", ".xlsx")
_MADE = ("site/", ".cache/", "build/")
_EXPORT = "/.handbook-export"  # the file by which a folder with an export is known
Left = tuple[str, str]  # a kind, and the place


def remains(holdings: Holdings, change: Change, person: Person) -> dict[str, list[str]]:
    """Each place where the person is named in a file, or may be, by kinds, in the files as they are then."""
    gone = {holdings.registers[cohort].store.shown(REPORT) for cohort in change.reports}
    made = (*_MADE, *(path.removesuffix(_EXPORT[1:]) for path in holdings.files if path.endswith(_EXPORT)))
    readings = _readings(holdings, change, gone)
    left: defaultdict[str, list[str]] = defaultdict(list, {UNREAD: [*holdings.unread]})
    several: defaultdict[Left, dict[str, None]] = defaultdict(dict)  # paths, each once
    for path, reading in readings:
        folder = next((folder for folder in made if path.startswith(folder)), "")
        lined = reading.lined and not folder  # of what is made anew nobody needs the lines
        for kind, place in _left_in(path, reading._replace(lined=lined), person):
            if kind == PICTURE or (folder and kind != UNREAD):
                several[(MADE, folder) if folder else (kind, place)][path] = None
            else:
                left[kind].append(place)
    for (kind, folder), paths in several.items():
        number = f"{len(paths)} file{'' if len(paths) == 1 else 's'}"
        left[kind].append(f"{folder}: {number}, such as {next(iter(paths))}")
    return {kind: left[kind] for kind in KINDS if left[kind]}


def _readings(holdings: Holdings, change: Change, gone: Iterable[str]) -> Iterator[tuple[str, Reading]]:
    """Every file as it is then: registers too, in which others may name the person in their own words."""
    registers = dict(_registers(holdings, change))
    for path in sorted((holdings.files.keys() | registers) - {*gone}):
        text = change.texts.get(path, registers.get(path))
        yield path, _read(path, holdings.files[path]) if text is None else Reading(text)


def _registers(holdings: Holdings, change: Change) -> Iterator[tuple[str, str]]:
    for cohort, (store, ledger, edition) in holdings.registers.items():
        if edition:
            path = store.shown(store.name(edition + (cohort in change.ledgers)))
            yield path, change.ledgers.get(cohort, ledger).as_json()


def _read(path: str, file: Path) -> Reading:
    try:
        large = file.stat().st_size > MOST_BYTES
        return Reading("", whole=False) if large else reading_of(path, file.read_bytes())
    except OSError:
        return Reading("", whole=False)


def _left_in(path: str, reading: Reading, person: Person) -> Iterator[Left]:
    """What is left of a person in one file, and in its name."""
    suffix, private = PurePosixPath(path.lower()).suffix, path.startswith((f"{FOLDER}/", "/"))
    if not reading.lined or (suffix in _LISTS and not private):
        if person.spellings.are_in(reading.text):
            yield SHEET, f"{path}: this {'sheet' if suffix in _SHEETS else 'file'}"
    else:
        ids = _places_of_ids(path, reading.text, person) if private else ()
        places = sorted({*person.spellings.places(reading.text), *ids})
        yield from ((TEXT, f"{path}:{line}:{column}") for line, column in places)
    if person.spellings.are_in(path):
        yield NAME, path
    if not reading.whole:
        yield UNREAD, path
    if may_show(path):
        yield PICTURE, f"{PurePosixPath(path).parent}/"


def _places_of_ids(path: str, text: str, person: Person) -> Iterator[tuple[int, int]]:
    """Where an id stands in another file of its cohort's register."""
    for cohort, identifier in person.ids:
        if f"/{cohort}/" in path:
            for match in re.finditer(rf"(?<![\w-]){re.escape(identifier)}(?![\w-])", text):
                start = match.start()
                yield text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)


def veil(line: str, person: Person) -> str:
    """A line in which only that name or address stands which somebody typed."""
    return Spellings(frozenset(filter(person.is_other, person.calls))).cut(line, HIDDEN)
