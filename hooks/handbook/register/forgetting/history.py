"""What git holds of a person: in files and their names, messages, authors, tags, branches, the reflog."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ...load.files import git
from ...load.readers.contents import CLOSED, MOST_BYTES, contents_of, is_mute, is_picture
from .holdings import is_engines
from .person import Person
from .spellings import is_searched

_AT_ONCE = 50  # objects, so that few of the largest are kept in memory
_LFS = b"version https://git-lfs"
# Of contents each path at which they stand, with the commits; no path where they stand in none.
Paths = Mapping[str, set[str]]


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


def history_of(root: Path, person: Person) -> History | None:
    """Look through all that git keeps; None where there is no repository."""
    try:
        return _history(root, person)
    except ChildProcessError:
        kept = any((folder / ".git").exists() for folder in (root, *root.resolve().parents))
        return History((), {}, {"git": 1}) if kept else None


def _history(root: Path, person: Person) -> History:
    listed = _parts(root, "log", "--all", "--reverse", "--format=%H %h of %cs")
    commits = dict(line.split(" ", 1) for line in listed)
    found, places = _Search(person, frozenset(commits)), _places(root)
    for name, kind, content in _objects(root):
        paths = places.get(name, {"": {name} if kind == "commit" else set()})
        found.look_into(name, content, paths)
    elsewhere = {
        "refs": _told(root, person, "for-each-ref", "--format=%(refname)"),
        "reflog": _told(root, person, "log", "-g", "--all", "--format=%gn %ge %gs"),
        "lost": len(found.lost),
    }
    unread = {"files": len(found.unread), "pictures": len(found.pictures)}
    holding = [said for name, said in commits.items() if name in found.holding]
    return History(holding, _some(elsewhere), _some({**_unsearched(root), **unread}))


def _some(counts: Mapping[str, int]) -> dict[str, int]:
    return {what: number for what, number in counts.items() if number}


@dataclass(frozen=True)
class _Search:
    """A search for a person through what git keeps; what it finds is known by what git calls it."""

    person: Person
    commits: frozenset[str]  # of branches and notes
    holding: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    pictures: set[str] = field(default_factory=set)

    def look_into(self, name: str, content: bytes | None, paths: Paths) -> None:
        """Look into contents or words, and into the names of the files that had them."""
        read = CLOSED if content is None else contents_of(content)
        holds = bool(paths) and self.person.spellings.are_in(read.all)
        held = [path for path in paths if holds or self._is_in(path, read.all)]
        commits = {commit for path in held for commit in paths[path]}
        self.holding.update(commits)
        if held and not commits & self.commits:
            self.lost.add(name)
        if paths and (not read.whole or (content or b"").startswith(_LFS)):
            self.unread.update(() if any(map(is_mute, paths)) else [name])
            self.pictures.update([name] if any(map(may_show, paths)) else ())

    def _is_in(self, path: str, text: str) -> bool:
        entries = (said.search(text) for where, said in self._entries if where.fullmatch(path))
        return self.person.spellings.are_in(path) or any(entries)

    @cached_property
    def _entries(self) -> Sequence[tuple[re.Pattern[str], re.Pattern[str]]]:
        """In which paths a key has a value that is the person's: an id, or a name of one word."""
        names = [name for name in self.person.calls if not is_searched(name)]
        return [
            *((_files_of("[^/]+/[^/]+"), _said_as("name", name)) for name in names),
            *((_files_of(re.escape(cohort)), _said_as("id", known)) for cohort, known in self.person.ids),
        ]


def may_show(path: str) -> bool:
    """Whether a file is a picture or recording that may be one of people, and not the engine's."""
    return path.startswith(("docs/", "programs/")) and is_picture(path)


def _files_of(cohort: str) -> re.Pattern[str]:
    return re.compile(rf"(?:.*/)?(?:programs/{cohort}\.ya?ml|signups/{cohort}/.*)")


def _said_as(key: str, value: str) -> re.Pattern[str]:
    """A key with its value, quoted or not."""
    return re.compile(rf"\b{key}[\"']?: *[\"']?{re.escape(value)}[\"']?\s*(?:[\],}}#]|$)", re.MULTILINE)


def _places(root: Path) -> Mapping[str, Paths]:
    """Where everything stands in every commit, also one of the stash or reflog; the engine's at no path."""
    places: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for commit in _parts(root, "rev-list", "--all", "--reflog"):
        for entry in _parts(root, "ls-tree", "-r", "-z", "--full-tree", commit, end="\0"):
            kept, path = entry.split("\t", 1)
            known = places[kept.split(" ")[2]]
            if not is_engines(path):
                known[path].add(commit)
    return places


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


def _told(root: Path, person: Person, *words: str) -> int:
    """In how many lines of what git tells the person is named."""
    return sum(map(person.spellings.are_in, _parts(root, *words)))


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
