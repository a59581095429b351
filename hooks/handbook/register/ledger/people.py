"""A word that somebody typed -> the one person who is called so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from html import unescape
from pathlib import Path
from typing import TypeVar

from ... import Refusal
from ...model.definitions.cohort import Person
from ...model.definitions.program import Role
from ...model.labels import Labels
from ...rules.privacy.spellings import loose_form, normal_form
from ...text.problems import did_you_mean
from ...text.signs import visible
from .ledger import Couple, SignUp
from .register import Register
from .store import stores

_Someone = TypeVar("_Someone", SignUp, Person)


def hidden_names(root: Path) -> frozenset[str]:
    """The names of all who signed up, as registers here have them, and that are not for everyone."""
    people: list[SignUp] = []
    with suppress(Refusal, OSError):  # what cannot be read is told by the commands that need it
        for store in stores(root):
            with suppress(Refusal, OSError):  # the others count all the same
                people += store.read()[0].sign_ups
    return frozenset(person.name for person in people if person.consent != "public")


def alias(labels: Labels, person: Person) -> str:
    """What the site calls somebody without a name."""
    return unescape(labels.say(f"pairings.alias.{person.role}", n=person.number))


def number(couple: Couple) -> str:
    """What a report calls two people for short, such as 12-40; it never means others."""
    return "-".join(person.removeprefix("p-") for person in couple)


def couple_of(number: str) -> Couple | None:
    """The ids of the sign-ups that a report calls so."""
    match = re.fullmatch("([0-9]+)-([0-9]+)", number)
    return (f"p-{match[1]}", f"p-{match[2]}") if match else None


def sign_up(register: Register, word: str, role: str) -> SignUp:
    """Who signed up in a role, or in any, by id, name or address; a Refusal of nobody, or of several."""
    people = register.people
    called = _called(word, {key: (key, person.email, person.name) for key, person in people.items()})
    if only := _only(word, {key: people[key] for key in called if role in (*people[key].roles, "")}):
        return only
    message = (
        f"“{visible(word)}” signed up, but not as {role}." if called
        else f"Nobody called “{visible(word)}” signed up."
    )  # fmt: skip
    raise Refusal(f"{message} Give a full name, an address or an id.")


def member(register: Register, labels: Labels, word: str, role: Role) -> Person:
    """Who has a role in the cohort's file, by id, alias or sign-up; a Refusal of nobody, or of several."""
    people = {person.id: person for person in register.cohort.people if person.role == role}
    if word in people:  # an id comes before what somebody else is called
        return people[word]
    calls = {person.id: [*_calls(register, labels, person)] for person in people.values()}
    if only := _only(word, {name: people[name] for name in _called(word, calls)}):
        return only
    # What only sign-ups say is not proposed: a log may keep it.
    near = did_you_mean(word, (call for person in people.values() for call in _public_calls(labels, person)))
    raise Refusal(f"No {role} in {register.cohort.path} is called “{visible(word)}”. {near}".strip())


def _called(word: str, calls: Mapping[str, Iterable[str]]) -> list[str]:
    """The ids of those who are called so, or who may be, where ä was typed as ae."""
    for form in (normal_form, loose_form):
        if form(word) and (same := [key for key, words in calls.items() if form(word) in map(form, words)]):
            return same
    return []


def _only(word: str, fit: Mapping[str, _Someone]) -> _Someone | None:
    if len(fit) > 1:
        raise Refusal(f"{len(fit)} people are called “{visible(word)}”. Give one by id: {', '.join(fit)}.")
    return next(iter(fit.values()), None)


def _calls(register: Register, labels: Labels, person: Person) -> Iterable[str]:
    """What somebody may be called: as in the file, on the site, and in the sign-ups."""
    known = register.sign_up(person.role, person.id)
    more = (known.id, known.name, known.email) if known else ()
    return filter(None, (*_public_calls(labels, person), str(person.name), *more))


def _public_calls(labels: Labels, person: Person) -> tuple[str, ...]:
    return person.id, f"{person.role}-{person.number}", alias(labels, person)
