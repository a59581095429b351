"""What git holds of a person: in files and their names, messages, authors, tags, branches, the reflog."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...load.files import git
from ...load.readers.contents import CLOSED, MOST_BYTES, contents_of, is_mute, is_picture
from ...rules.privacy.spellings import is_searched
from .holdings import is_engines
from .person import Person

_AT_ONCE = 50  # objects, so that few of the largest are kept in memory
_LFS = b"version https://git-lfs"


@dataclass(frozen=True)
class History:
    """What git holds of a person; words for both mappings stand in data/cli/history.txt.j2.

    Attributes:
        held: of what the person stands in, such as versions of files, how many there are.
        unsearched: what could not be looked into, likewise.
    """

    held: Mapping[str, int]
    unsearched: Mapping[str, int]


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
