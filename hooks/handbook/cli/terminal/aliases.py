"""The numbers of people without a name: who is Mentor 6, and that nobody else becomes it later."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from html import unescape
from pathlib import Path

from ...model.definitions.cohort import Cohort, Person
from ...model.handbook import Handbook
from ...register.ledger import signup
from ...register.ledger.signup import SignUp
from . import private

_ROLES = ("mentor", "mentee")


def last_numbers(root: Path, run: Cohort) -> dict[str, int]:
    """The largest number that anybody of a role has or had in a cohort's file."""
    before = _kept(root, f"{run.program.id}/{run.id}")
    return {
        role: max((before.get(role, 0), *(one.number for one in run.people if one.role == role)))
        for role in _ROLES
    }


def keep_numbers(root: Path, cohort: str, numbers: Iterable[tuple[str, int]]) -> None:
    """Remember the largest of these numbers of each role, with those that were, of PROGRAM/COHORT.

    Somebody who is forgotten is in no file any more: only this keeps the number from going to another.
    """
    before = _kept(root, cohort)
    after = dict(before)
    for role, number in numbers:
        after[role] = max(after.get(role, 0), number)
    if after != before:
        private.keep(root, _path(cohort), f"{json.dumps(after)}\n")


def alias(handbook: Handbook, person: Person) -> str:
    """What the site calls somebody without a name."""
    return unescape(handbook.labels.say(f"pairings.alias.{person.role}", n=person.number))


def who_is_who(root: Path, run: Cohort) -> Mapping[str, SignUp]:
    """By their ids in the cohort's file, the sign-ups of those whom `pair --write` put there."""
    people = {one.id: one for one in private.imported(root, run)}
    return {
        identifier: people[name]
        for one in private.proposals(root, run)
        for name, identifier in zip(one.two, one.written, strict=False)
        if name in people
    }


def _kept(root: Path, cohort: str) -> Mapping[str, int]:
    file = root / _path(cohort)
    said = file.read_bytes().decode("utf-8", "replace") if file.is_file() and not file.is_symlink() else ""
    found = re.findall('"(mentor|mentee)": ([0-9]{1,4})', said)
    return {role: int(number) for role, number in found}


def _path(cohort: str) -> str:
    return signup.numbers_path(*cohort.split("/", 1))
