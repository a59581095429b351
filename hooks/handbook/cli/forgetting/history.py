"""What git still holds of a person, and how it is purged."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import click

from ..terminal.reporter import count
from .patterns import is_searched
from .person import Person

_COMMITS_AT_ONCE = 200


def say_history(root: Path, person: Person) -> None:
    """Say which commits still hold the person, and how to purge them."""
    every = _git(root, "log", "--all", "--reverse", "--format=%H %h %cs")
    if every is None:
        return
    commits = [line.split(" ") for line in every.splitlines()]
    holding = _holding(root, [one[0] for one in commits], person)
    if _git(root, "rev-parse", "--is-shallow-repository") == "true\n":
        click.echo("\nThis is a shallow clone: older commits, which it does not hold, were not looked into.")
    told = [f"{short} of {day}" for full, short, day in commits if full in holding]
    if not told:
        click.echo("\nNo commit of git holds this person.")
        return
    which = f"the first {told[0]}, the last {told[-1]}" if len(told) > 1 else told[0]
    click.echo(f"\nGit still holds this person in {count(len(told), 'commit')}: {which}.")
    click.echo(_PURGE)


_PURGE = """\
To purge them, once this change is committed and everybody has pushed:
  1. Outside of this folder, write a file: a line for each spelling of the name, `regex:` lines for ids.
  2. In a fresh clone run `git filter-repo --replace-text THAT_FILE`, and push all branches and tags by force.
  3. Your host keeps copies, in pull requests too: see its guide to removing sensitive data, and SECURITY.md.
  4. Delete that file, and let everybody clone anew."""


def _holding(root: Path, commits: Sequence[str], person: Person) -> frozenset[str]:
    """The commits whose files hold a name or address of the person, or the entry of an id."""
    found: set[str] = set()
    for name in sorted((*person.names, *person.emails)):
        if is_searched(name) and (paths := _touched(root, name)):
            found |= _grep(root, commits, ("-F", "-e", name), paths)
        elif not is_searched(name):
            found |= _grep(root, commits, ("-E", "-e", _said_as("name", name)), ["programs", "signups"])
    for cohort, identifier in person.ids:
        paths = [f"programs/{cohort}.yml", f"programs/{cohort}.yaml", f"signups/{cohort}.json"]
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
    """Ask git, never through a shell; None where there is no git, or nothing was found."""
    # Whoever owns the folder, and whatever its settings say: git is only to look.
    harmless = ("-c", "core.fsmonitor=false", "-c", "safe.directory=*", "-c", "log.showSignature=false")
    try:
        done = subprocess.run(["git", *harmless, *words], cwd=root, capture_output=True)
    except FileNotFoundError:
        return None
    return done.stdout.decode("utf-8", "surrogateescape") if done.returncode == 0 else None
