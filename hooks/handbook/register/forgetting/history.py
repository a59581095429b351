"""What git still holds of a person, and how it is purged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from ...load.files import git
from .patterns import is_searched
from .person import Person

_COMMITS_AT_ONCE = 200


@dataclass(frozen=True)
class History:
    """The commits of git that still hold a person.

    Attributes:
        commits: each with its day, the oldest first.
        shallow: whether older commits, which the clone does not hold, were not looked into.
    """

    commits: tuple[str, ...]
    shallow: bool


def history_of(root: Path, person: Person) -> History | None:
    """Look through all commits; None where there is no git."""
    every = _git(root, "log", "--all", "--reverse", "--format=%H %h %cs")
    if every is None:
        return None
    commits = [line.split(" ") for line in every.splitlines()]
    holding = _holding(root, [full for full, _, _ in commits], person)
    shallow = _git(root, "rev-parse", "--is-shallow-repository") == "true\n"
    return History(tuple(f"{short} of {day}" for full, short, day in commits if full in holding), shallow)


def _holding(root: Path, commits: Sequence[str], person: Person) -> frozenset[str]:
    """The commits whose files hold a name or address of the person, or the entry of an id."""
    found: set[str] = set()
    for name in sorted((*person.names, *person.emails)):
        if is_searched(name) and (paths := _touched(root, name)):
            found |= _grep(root, commits, ("-F", "-e", name), paths)
        elif not is_searched(name):
            found |= _grep(root, commits, ("-E", "-e", _said_as("name", name)), ["programs", "signups"])
    for cohort, identifier in person.ids:
        paths = [f"programs/{cohort}.yml", f"programs/{cohort}.yaml", f"signups/{cohort}"]
        literal = [f":(literal){path}" for path in paths]
        found |= _grep(root, commits, ("-E", "-e", _said_as("id", identifier)), literal)
    return frozenset(found)


def _said_as(key: str, value: str) -> str:
    """A pattern of a key with its value, quoted or not."""
    escaped = re.sub(r"([^\w\s-])", r"\\\1", value)
    return f"{key}[\"']?: *[\"']?{escaped}[\"']?[[:space:]]*([],}}#]|$)"


def _touched(root: Path, name: str) -> list[str]:
    """The files in which a name came or went in any commit; fast, since most commits do neither."""
    options = (
        "--all",
        "-m",
        "--no-textconv",
        "--no-ext-diff",
        "--no-renames",
        "--format=",
        "--name-only",
        "-z",
    )
    listed = _git(root, "log", *options, f"-S{name}") or ""
    return sorted({f":(top,literal){path}" for path in re.split("[\0\n]", listed) if path})


def _grep(root: Path, commits: Sequence[str], pattern: Sequence[str], paths: Sequence[str]) -> set[str]:
    batches = (commits[at : at + _COMMITS_AT_ONCE] for at in range(0, len(commits), _COMMITS_AT_ONCE))
    listed = (
        _git(root, "grep", "-l", "-z", "--no-textconv", *pattern, *some, "--", *paths) or ""
        for some in batches
    )
    return {one.partition(":")[0] for one in chain.from_iterable(text.split("\0") for text in listed) if one}


def _git(root: Path, *words: str) -> str | None:
    """What git answers; None where there is no git, or nothing was found."""
    done = git(root, *words)
    return done.stdout.decode("utf-8", "surrogateescape") if done and done.returncode == 0 else None
