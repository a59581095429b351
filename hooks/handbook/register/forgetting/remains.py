"""What is left of a person: in files, of which nobody can search some, and in all that git keeps of them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ...load.files import git
from ...load.readers.contents import CLOSED, MOST_BYTES, Contents, contents_of, is_mute, is_picture
from ...rules.privacy.lists import is_closed
from ...rules.privacy.spellings import Spellings, called, is_searched, place_of
from ..ledger.store import FOLDER, REPORT
from .change import Change
from .holdings import Holdings, is_engines
from .person import Person

# What may be left, in the order in which it is told; what to do about each is said in data/cli/left.txt.j2.
TEXT, SHEET, NAME, MADE, UNREAD, PICTURE = KINDS = ("text", "sheet", "name", "made", "unread", "picture")
_LISTS = (".csv", ".tsv")
_MADE = ("site/", "print/", ".cache/", "build/")
_EXPORT = "/.handbook-export"  # the file by which a folder with an export is known
# Pages to print that are published are for eyes, as pictures are; elsewhere one may be a list of people.
_FOR_EYES = re.compile(r"(?:docs|print|site)/.*\.pdf", re.IGNORECASE | re.DOTALL)
_AT_ONCE = 50  # objects, so that few of the largest are kept in memory
_LFS = b"version https://git-lfs"


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
    texts = {**change.texts}
    for cohort, (store, ledger, edition) in holdings.registers.items():
        if edition:
            path = store.shown(store.name(edition + (cohort in change.ledgers)))
            texts[path] = change.ledgers.get(cohort, ledger).as_json()
    for path in sorted((holdings.files.keys() | texts) - gone):
        yield path, Contents(texts[path]) if path in texts else _read(holdings.files[path])


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


# --- in git


@dataclass(frozen=True)
class History:
    """What git holds of a person; words for both mappings stand in data/cli/history.txt.j2."""

    held: Mapping[str, int]  # of what the person stands in, such as versions of files, how many there are
    unsearched: Mapping[str, int]  # what could not be looked into, likewise


def history_of(root: Path, person: Person) -> History | None:
    """Look through all that git keeps; None where there is no repository."""
    try:
        return _history(root, person)
    except ChildProcessError:
        kept = any((folder / ".git").exists() for folder in (root, *root.resolve().parents))
        return History({}, {"git": 1}) if kept else None


def _history(root: Path, person: Person) -> History:
    named = _parts(root, "log", "--all", "--reflog", "--format=", "--name-only", "-z", end="\0")
    told = {
        "names": {path for path in named if not is_engines(path)},
        "refs": _parts(root, "for-each-ref", "--format=%(refname)"),
        "reflog": _parts(root, "log", "-g", "--all", "--format=%gn %ge %gs"),
    }
    held = Counter({kind: sum(map(person.spellings.are_in, lines)) for kind, lines in told.items()})
    unread = Counter(_unsearched(root))
    # Also what is in the stash or the reflog alone; of the same contents at several paths one is told.
    listed = _parts(root, "rev-list", "--objects", "--all", "--reflog")
    paths = {name: path for name, _, path in (line.partition(" ") for line in listed)}
    for name, kind, content in _objects(root):
        path, read = paths.get(name, ""), CLOSED if content is None else contents_of(content)
        if is_engines(path):
            continue
        if _holds(person, path, read.all):
            held[{"blob": "files", "commit": "commits"}.get(kind, "lost") if name in paths else "lost"] += 1
        if not read.whole or (content or b"").startswith(_LFS):
            unread["files"] += not is_mute(path)
            unread["pictures"] += may_show(path)
    return History(+held, +unread)


def _holds(person: Person, path: str, text: str) -> bool:
    """Whether a text is the person's; an id, or a name of one word, is so as the value of its key."""
    entries = [
        (_files_of("[^/]+/[^/]+"), _said_as("name", name)) for name in person.calls if not is_searched(name)
    ]
    entries += [(_files_of(re.escape(cohort)), _said_as("id", known)) for cohort, known in person.ids]
    said = any(where.fullmatch(path) and value.search(text) for where, value in entries)
    return said or person.spellings.are_in(text)


def may_show(path: str) -> bool:
    """Whether a file is a picture or recording that may be one of people, and not the engine's."""
    return path.startswith(("docs/", "programs/")) and is_picture(path)


def _files_of(cohort: str) -> re.Pattern[str]:
    return re.compile(rf"(?:.*/)?(?:programs/{cohort}\.ya?ml|signups/{cohort}/.*)")


def _said_as(key: str, value: str) -> re.Pattern[str]:
    """A key with its value, quoted or not."""
    return re.compile(rf"\b{key}[\"']?: *[\"']?{re.escape(value)}[\"']?\s*(?:[\],}}#]|$)", re.MULTILINE)


def _objects(root: Path) -> Iterator[tuple[str, str, bytes | None]]:
    """Everything that git keeps but lists of files: name, kind, and bytes unless damaged or large."""
    form = "--batch-check=%(objectname) %(objecttype) %(objectsize)"
    small: list[tuple[int, str]] = []
    for line in _parts(root, "cat-file", "--batch-all-objects", form):
        name, kind, *size = line.split(" ")  # or `missing` in place of the last two
        if not size or (kind != "tree" and int(size[0]) > MOST_BYTES):
            yield name, kind, None
        elif kind != "tree":
            small.append((int(size[0]), name))
    names = [name for _, name in sorted(small)]
    for start in range(0, len(names), _AT_ONCE):
        yield from _batch(root, names[start : start + _AT_ONCE])


def _batch(root: Path, names: Sequence[str]) -> Iterator[tuple[str, str, bytes]]:
    answer, at = _answer(root, "cat-file", "--batch", given="".join(f"{name}\n" for name in names)), 0
    while at < len(answer):
        end = answer.index(b"\n", at)
        name, kind, size = answer[at:end].decode().split(" ")
        yield name, kind, answer[end + 1 : end + 1 + int(size)]
        at = end + int(size) + 2


def _unsearched(root: Path) -> dict[str, int]:
    staged = _parts(root, "ls-files", "--stage")
    return {
        "shallow": int("true" in _parts(root, "rev-parse", "--is-shallow-repository")),
        "partial": len(_parts(root, "config", "--get-regexp", r"^remote\..*\.promisor$")),
        "submodules": sum(line.startswith("160000 ") for line in staged),
    }


def _parts(root: Path, *words: str, end: str = "\n") -> list[str]:
    answer = _answer(root, *words).decode("utf-8", "surrogateescape")
    return [part for part in answer.split(end) if part]


def _answer(root: Path, *words: str, given: str = "") -> bytes:
    """What git answers; a ChildProcessError where it is missing or fails, which finding nothing is not."""
    done = git(root, *words, given=given.encode())
    if done is None or done.returncode > 1:
        raise ChildProcessError
    return done.stdout
