"""What is left of a person: in texts and names of files, in what cannot be searched, in git's commits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...load.files import git
from ...rules.privacy import Names
from ..ledger.store import FOLDER, REPORT
from .change import HIDDEN, Change
from .holdings import Holdings
from .person import Person, holds, is_searched, pattern

_COMMITS_AT_ONCE = 200


def remains(holdings: Holdings, change: Change, person: Person) -> Iterator[str]:
    """Each place where the person is named in a text, or may be, in the files as they are then."""
    patterns = [pattern(name) for name in person.calls if is_searched(name)]
    gone = {holdings.registers[cohort].store.shown(REPORT) for cohort in change.reports}
    texts = {**holdings.texts, **change.texts, **dict(_registers(holdings, change))}
    for path in sorted(texts.keys() - gone):
        text, every = texts[path], [*patterns, *_id_patterns(path, person)]
        starts = {match.start() for name in every for match in name.finditer(text)}
        places = {(text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)) for start in starts}
        yield from (f"{path}:{line}:{column}" for line, column in sorted(places))
        if not places and not path.startswith(f"{FOLDER}/"):
            yield from _marked(path, text, person)
    yield from (f"{path}: this sheet" for path, text in holdings.sheets.items() if holds(text, patterns))
    paths = (*holdings.texts, *holdings.sheets, *holdings.unread)
    yield from (f"{path}: the file's name" for path in paths if holds(path, patterns))
    yield from (f"{path}: no program can search this" for path in holdings.unread)


def _registers(holdings: Holdings, change: Change) -> Iterator[tuple[str, str]]:
    """The registers as they are then: what others said in own words stays, and may name the person."""
    for cohort, (store, ledger, edition) in holdings.registers.items():
        if edition:
            path = store.shown(store.name(edition + (cohort in change.ledgers)))
            yield path, change.ledgers.get(cohort, ledger).as_json()


def _id_patterns(path: str, person: Person) -> Iterator[re.Pattern[str]]:
    """The ids in other files of a cohort's register."""
    for cohort, identifier in person.ids:
        if f"/{cohort}/" in path and not path.startswith("programs/"):
            yield re.compile(rf"(?<![\w-]){re.escape(identifier)}(?![\w-])")


def _marked(path: str, text: str, person: Person) -> Iterator[str]:
    """Places where a page would show the name, which is written with marks or signs that hide it."""
    words = (tuple(re.findall(r"\w+", name)) for name in person.names if is_searched(name))
    problems = Names(frozenset(words), frozenset()).in_prose(path, text)
    return (f"{problem.path}:{problem.line}:{problem.column}" for problem in problems)


def veil(line: str, person: Person) -> str:
    """A line in which only that name or address stands which somebody typed."""
    for name in filter(person.is_other, person.calls):
        line = pattern(name).sub(HIDDEN, line)
    return line


@dataclass(frozen=True)
class History:
    """The commits of git that still hold a person."""

    commits: tuple[str, ...]  # each with its day, the oldest first
    shallow: bool  # whether older commits, which the clone does not hold, were not looked into


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
    for name in person.calls:
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
    plain = ("--no-textconv", "--no-ext-diff", "--no-renames", "--format=", "--name-only", "-z")
    listed = _git(root, "log", "--all", "-m", *plain, f"-S{name}") or ""
    return sorted({f":(top,literal){path}" for path in re.split("[\0\n]", listed) if path})


def _grep(root: Path, commits: Sequence[str], pattern: Sequence[str], paths: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(commits), _COMMITS_AT_ONCE):
        words = (*pattern, *commits[start : start + _COMMITS_AT_ONCE], "--", *paths)
        listed = _git(root, "grep", "-l", "-z", "--no-textconv", *words) or ""
        found.update(hit.partition(":")[0] for hit in listed.split("\0") if hit)
    return found


def _git(root: Path, *words: str) -> str | None:
    """What git answers; None where there is no git, or nothing was found."""
    done = git(root, *words)
    return done.stdout.decode("utf-8", "surrogateescape") if done and done.returncode == 0 else None
