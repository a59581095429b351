"""What git holds of a person: in files and their names, messages, authors, tags, branches, the reflog."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ...load.files import git
from .holdings import is_engines
from .person import Person
from .reading import MOST_BYTES, is_for_eyes, may_show, reading_of
from .spellings import is_searched

_MOST_BYTES_IN_ALL, _BYTES_AT_ONCE, _PLACES_AT_ONCE = 2_000_000_000, 50_000_000, 100_000
_PLACED = ("-m", "--no-renames", "--raw", "--no-abbrev", "-z", "--format=")
Place = tuple[str, str]  # a path, and what git calls the contents that stood there


@dataclass(frozen=True)
class History:
    """What git holds of a person; words for both mappings stand in data/cli/history.txt.j2.

    Attributes:
        commits: that hold the person in a file, its name or their own words, with days, oldest first.
        elsewhere: how many of what else do, such as messages, tags and branches.
        unsearched: what could not be looked into, with how many there are.
    """

    commits: Sequence[str]
    elsewhere: Mapping[str, int]
    unsearched: Mapping[str, int]


@dataclass(frozen=True)
class _Objects:
    """What git keeps that holds the person, by what git calls it.

    Attributes:
        files: contents with a name or address; they count wherever they stand.
        entries: contents with an id, or a name of one word, and in which paths these are the person's.
        unread: contents that are no text.
    """

    commits: set[str] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    entries: dict[str, list[re.Pattern[str]]] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)


def history_of(root: Path, person: Person) -> History | None:
    """Look through all that git keeps; None where there is no repository."""
    try:
        return _history(root, person)
    except ChildProcessError:
        kept = any((folder / ".git").exists() for folder in (root, *root.resolve().parents))
        return History((), {}, {"git": 1}) if kept else None


def _history(root: Path, person: Person) -> History:
    objects, placed = _objects(root, person), {*_placed(root)}
    holding = {place for place in placed if not is_engines(place[0]) and _is_in(place, objects, person)}
    every = [line.split(" ") for line in _lines(root, "log", "--all", "--reverse", "--format=%H %h %cs")]
    reached = {full for full, _, _ in every}
    held = [*_held(root, sorted(reached), holding)]
    holders = objects.commits.union(commit for commit, _ in held)
    commits = [f"{short} of {day}" for full, short, day in every if full in holders]
    known = {name for _, (_, name) in held} | {name for path, name in placed if is_engines(path)}
    lost = (objects.files - known) | (objects.commits - reached)
    elsewhere = {
        "messages": len(objects.commits & reached),
        "names": len({path for path, _ in holding if person.spellings.are_in(path)}),
        "tags": len(objects.tags), "refs": _told(root, person, "for-each-ref", "--format=%(refname)"),
        "reflog": _told(root, person, "log", "-g", "--all", "--format=%gn %ge %gs"), "lost": len(lost),
    }  # fmt: skip
    return History(commits, _some(elsewhere), _some({**_unsearched(root), **_unread(objects, placed)}))


def _some(counts: Mapping[str, int]) -> dict[str, int]:
    return {what: number for what, number in counts.items() if number}


def _objects(root: Path, person: Person) -> _Objects:
    """Look into everything that git keeps, also what no commit holds any more."""
    found, patterns = _Objects(), [*_entries(person)]
    for name, kind, content in _contents(root, found.unread):
        reading = reading_of("", content)
        if kind == "blob" and (not reading.whole or content.startswith(b"version https://git-lfs")):
            found.unread.add(name)
        if person.spellings.are_in(reading.text):
            {"commit": found.commits, "tag": found.tags}.get(kind, found.files).add(name)
        if kind == "blob" and (paths := [path for path, said in patterns if said.search(reading.text)]):
            found.entries[name] = paths
    return found


def _entries(person: Person) -> Iterator[tuple[re.Pattern[str], re.Pattern[str]]]:
    """In which paths a key has a value that is the person's: an id, or a name of one word."""
    for name in person.calls:
        if not is_searched(name):
            yield re.compile("(?:.*/)?(?:programs|signups)/.*"), _said_as("name", name)
    for cohort, identifier in person.ids:
        where = re.escape(cohort)
        yield (
            re.compile(rf"(?:.*/)?(?:programs/{where}\.ya?ml|signups/{where}/.*)"),
            _said_as("id", identifier),
        )


def _said_as(key: str, value: str) -> re.Pattern[str]:
    """A key with its value, quoted or not."""
    return re.compile(rf"\b{key}[\"']?: *[\"']?{re.escape(value)}[\"']?\s*(?:[\],}}#]|$)", re.MULTILINE)


def _contents(root: Path, closed: set[str]) -> Iterator[tuple[str, str, bytes]]:
    """Everything that git keeps but lists of files, the small first: name, kind and bytes."""
    listed = _lines(
        root, "cat-file", "--batch-all-objects", "--batch-check=%(objectsize) %(objecttype) %(objectname)"
    )
    closed |= {line.split(" ")[0] for line in listed if line.endswith(" missing")}  # it is damaged
    known = (line.split(" ") for line in listed if not line.endswith(" missing"))
    sizes = sorted((int(size), name) for size, kind, name in known if kind != "tree")
    batch: list[str] = []
    at_once = in_all = 0
    for size, name in sizes:
        at_once, in_all = at_once + size, in_all + size
        if size > MOST_BYTES or in_all > _MOST_BYTES_IN_ALL:
            closed.add(name)
        else:
            batch.append(name)
        if at_once > _BYTES_AT_ONCE:
            yield from _batch(root, batch)
            batch, at_once = [], 0
    yield from _batch(root, batch)


def _batch(root: Path, names: Sequence[str]) -> Iterator[tuple[str, str, bytes]]:
    answer, at = _answer(root, "cat-file", "--batch", given="".join(f"{name}\n" for name in names)), 0
    while at < len(answer):
        end = answer.index(b"\n", at)
        name, kind, size = answer[at:end].decode().split(" ")
        yield name, kind, answer[end + 1 : end + 1 + int(size)]
        at = end + int(size) + 2


def _placed(root: Path) -> Iterator[Place]:
    """Every path that a commit, also one of the stash or reflog, put something into, with what that was."""
    listed = _text(root, "-c", "log.showRoot=true", "log", "--all", "--reflog", *_PLACED)
    return ((path, name) for name, path in re.findall(r":\d+ \d+ \w+ (\w+) \w+\0([^\0]*)\0", listed))


def _is_in(place: Place, objects: _Objects, person: Person) -> bool:
    path, name = place
    entry = any(paths.fullmatch(path) for paths in objects.entries.get(name, ()))
    return entry or name in objects.files or person.spellings.are_in(path)


def _held(root: Path, commits: Sequence[str], holding: Collection[Place]) -> Iterator[tuple[str, Place]]:
    """Each of some commits with each of these places that is in it as it was."""
    paths = sorted({path for path, _ in holding if "\n" not in path})
    asked = [(commit, path) for path in paths for commit in commits]
    for start in range(0, len(asked), _PLACES_AT_ONCE):
        some = asked[start : start + _PLACES_AT_ONCE]
        words = "".join(f"{commit}:{path}\n" for commit, path in some)
        names = _lines(root, "cat-file", "--batch-check=%(objectname)", given=words)
        places = ((commit, (path, name)) for (commit, path), name in zip(some, names, strict=True))
        yield from (pair for pair in places if pair[1] in holding)


def _told(root: Path, person: Person, *words: str) -> int:
    """In how many lines of what git tells the person is named."""
    return sum(map(person.spellings.are_in, _lines(root, *words)))


def _unsearched(root: Path) -> dict[str, int]:
    staged = _lines(root, "ls-files", "--stage")
    return {
        "shallow": int("true" in _lines(root, "rev-parse", "--is-shallow-repository")),
        "partial": len(_lines(root, "config", "--get-regexp", r"^remote\..*\.promisor$")),
        "submodules": sum(line.startswith("160000 ") for line in staged),
    }


def _unread(objects: _Objects, placed: Collection[Place]) -> dict[str, int]:
    for_eyes = {name for path, name in placed if is_for_eyes(path)}
    pictures = {name for path, name in placed if may_show(path)}
    return {"files": len(objects.unread - for_eyes), "pictures": len(objects.unread & pictures)}


def _lines(root: Path, *words: str, given: str = "") -> list[str]:
    return [line for line in _text(root, *words, given=given).split("\n") if line]


def _text(root: Path, *words: str, given: str = "") -> str:
    return _answer(root, *words, given=given).decode("utf-8", "surrogateescape")


def _answer(root: Path, *words: str, given: str = "") -> bytes:
    """What git answers; a ChildProcessError where it is missing or fails, which finding nothing is not."""
    done = git(root, *words, given=given.encode("utf-8", "surrogateescape"))
    if done is None or done.returncode > 1:
        raise ChildProcessError
    return done.stdout
