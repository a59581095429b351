"""What goes with a person: entries, pairings, sign-ups, proposals -> the files as they will be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

import click

from ...model.definitions.cohort import numbered
from ...register.ledger import signup
from ...register.ledger.signup import SignUp, Wishes
from ...text import document, edit
from ...text.document import Document
from ..terminal.reporter import count
from .kept import Kept, cohort_of, entry_of, listed_in, mappings
from .patterns import holds, pattern
from .person import Person, bare

HIDDEN = "…"
NOTHING = "Nothing was written."


@dataclass(frozen=True)
class Change:
    """What is to be written.

    Attributes:
        places: what goes, a line each.
        texts: the files as they will be, by path.
        shown: of each file that is shown what it was and what it will be, without hidden names.
    """

    places: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    shown: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def change_of(kept: Kept, person: Person) -> Change:
    """Work out what goes with a person, and how the files will be."""
    places: list[str] = []
    texts: dict[str, str] = {}
    shown: dict[str, tuple[str, str]] = {}
    for path, read in kept.documents.items():
        if gone := [*_gone(read, person)]:
            places += [f"{path}:{read.key_place(where).line}: {what}" for where, what in gone]
            paths = [where for where, _ in gone]
            numbers = dict(_numbers(read, paths))
            texts[path] = _without(path, kept.texts[path], paths, numbers)
            shown[path] = _veiled(read, kept.texts[path], paths, numbers, person)
    for path, listed in kept.sign_ups.items():
        own, others = _of_sign_ups(path, listed, person)
        if others != listed:
            freed = sum(one not in listed for one in others)
            named = f", which {count(freed, 'other')} named" if freed else ""
            places.append(f"{path}: {count(own, 'sign-up')}{named}")
            texts[path] = signup.as_json(others)
    for path, text in kept.texts.items():
        if (after := _of_proposals(path, text, person)) != text:
            places.append(f"{path}: what was proposed or wished for this person")
            texts[path] = after
    return Change(tuple(places), texts, shown)


def _of_proposals(path: str, text: str, person: Person) -> str:
    """A cohort's proposals without this person's; the page about them as one that is to be made anew."""
    found = re.fullmatch(r"signups/(.+)-(proposals\.json|proposals\.html|wishes\.json)", path)
    if found is None:
        return text
    if found[2] == "proposals.html":
        return _NO_PAGE if holds(text, map(pattern, person.names)) else text

    def others(two: tuple[str, str]) -> bool:
        return not any((found[1], name) in person.ids for name in two)

    with suppress(ValueError):  # any other file is searched as a text
        if found[2] == "wishes.json":
            return _of_wishes(text, others)
        known = signup.proposals_of_json(text)
        left = [one for one in known if others(one.two)]
        return text if len(left) == len(known) else signup.proposals_as_json(left)
    return text


def _of_wishes(text: str, others: Callable[[tuple[str, str]], bool]) -> str:
    known = signup.wishes_of_json(text)
    left = Wishes(*(frozenset(filter(others, some)) for some in (known.pin, known.forbid)))
    return text if left == known else signup.wishes_as_json(left)


_NO_PAGE = "<!doctype html>\n<title>Run handbook pair again</title>\n"


def _gone(read: Document, person: Person) -> Iterator[tuple[document.Path, str]]:
    """The entries and keys of a file that are this person's, and what each is."""
    cohort = cohort_of(read.path)
    for index, entry in listed_in(read, cohort):
        if person.has(entry):
            yield ("people", index), "the entry under `people`"
    for index, one in mappings(read.mapping.get("pairings") if cohort else ()):
        if any((cohort, one.get(role)) in person.ids for role in ("mentor", "mentee")):
            yield ("pairings", index), "a pairing; the other person stays"
    sponsor = read.mapping.get("sponsor")
    if isinstance(sponsor, dict) and person.is_named(str(sponsor.get("name", "")), ""):
        yield ("sponsor", "name"), "the sponsor's name"
        if "consent" in sponsor:
            yield ("sponsor", "consent"), "the sponsor's consent"


def _of_sign_ups(path: str, listed: Sequence[SignUp], person: Person) -> tuple[int, tuple[SignUp, ...]]:
    """How many sign-ups are this person's, and the others, in which nobody names the person."""
    cohort = cohort_of(path)

    def others(named: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(one for one in named if not person.is_named(one, cohort))

    left = [one for one in listed if not person.has(entry_of(cohort, one))]
    freed = (
        replace(
            one,
            manager="" if person.is_named(one.manager, cohort) else one.manager,
            not_with=others(one.not_with),
            earlier=others(one.earlier),
        )
        for one in left
    )
    return len(listed) - len(left), tuple(freed)


def _numbers(read: Document, gone: Sequence[document.Path]) -> Iterator[tuple[document.Path, int]]:
    """The numbers that others would lose with the entry, since theirs is their place in the file.

    What the site calls somebody, and the address of a page that was sent to two people, are made of them.
    """
    listed = mappings(read.mapping.get("people") if cohort_of(read.path) else ())
    people = {index: dict(one) for index, one in listed}
    if not all(isinstance(one.get(key), str) for one in people.values() for key in ("id", "role")):
        return  # a file that is not in order yet
    before = dict(zip(people, numbered(people.values()), strict=True))
    left = [index for index in people if ("people", index) not in gone]
    while True:
        after = dict(zip(left, numbered(people[index] for index in left), strict=True))
        moved = next((index for index in left if after[index] != before[index]), None)
        if moved is None:
            return
        people[moved]["number"] = before[moved]
        yield ("people", moved, "number"), before[moved]


def _edited(text: str, gone: Sequence[document.Path], numbers: Mapping[document.Path, int]) -> str:
    for path, number in numbers.items():
        text = edit.with_value(text, path, number)
    return edit.without(text, gone)


def _without(
    path: str, text: str, paths: Sequence[document.Path], numbers: Mapping[document.Path, int]
) -> str:
    try:
        return _edited(text, paths, numbers)
    except edit.Impossible as error:
        raise click.ClickException(f"{path}: {error} Delete it by hand. {NOTHING}") from error


def _veiled(
    read: Document,
    text: str,
    paths: Sequence[document.Path],
    numbers: Mapping[document.Path, int],
    person: Person,
) -> tuple[str, str]:
    """A file before and after, with a sign in place of each name that nobody typed; else nothing."""
    try:
        for path in paths:
            around = path if path[0] == "people" else path[:-1]
            name = read.value(around)
            if (
                path[0] != "pairings"
                and isinstance(name, dict)
                and is_hidden(str(name.get("name", "")), person)
            ):
                text = edit.with_value(text, (*around, "name"), HIDDEN)
        for path in numbers:
            other = read.value(path[:-1])
            if isinstance(other, dict) and "name" in other:
                text = edit.with_value(text, (*path[:-1], "name"), HIDDEN)
        return text, _edited(text, paths, numbers)
    except edit.Impossible:
        return "", ""


def is_hidden(name: str, person: Person) -> bool:
    """Whether a name is another than the one that was typed."""
    return bool(name) and bare(name) != bare(person.said)
