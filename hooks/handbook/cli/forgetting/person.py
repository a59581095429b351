"""Who is meant: an id or a name -> everything that one person is called in the files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

import click

from .kept import Entry, Kept, cohort_of

_ID = re.compile("[a-z0-9-]+")


@dataclass(frozen=True)
class Person:
    """Whom to forget.

    Attributes:
        said: what somebody typed.
        ids: each with its cohort, since an id may be another person's in another cohort.
        names: as they are spelled in the files.
    """

    said: str
    ids: frozenset[tuple[str, str]] = frozenset()
    names: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()

    def has(self, entry: Entry) -> bool:
        """Whether an entry is this person's: by id, name or address."""
        same_name = bool(entry.name) and bare(entry.name) in map(bare, self.names)
        same_email = bool(entry.email) and bare(entry.email) in map(bare, self.emails)
        return (entry.cohort, entry.id) in self.ids or same_name or same_email

    def is_named(self, said: str, cohort: str) -> bool:
        """Whether a text is an id, name or address of this person."""
        return (cohort, said) in self.ids or bare(said) in map(bare, (*self.names, *self.emails))

    def with_all(self, entries: Iterable[Entry]) -> Person:
        """The same person with what more entries say."""
        found = [*entries]
        return replace(
            self,
            ids=self.ids | {(one.cohort, one.id) for one in found},
            names=self.names | {one.name for one in found if one.name},
            emails=self.emails | {one.email for one in found if one.email},
        )


def bare(text: str) -> str:
    """A name or address as one compares it."""
    return " ".join(text.casefold().split())


def person_of(kept: Kept, said: str, cohort: str | None) -> Person:
    """Find out who is meant, and everything by which the files know this person."""
    if not re.search(r"\w", said):
        raise click.BadParameter("Give an id or a name.", param_hint="PERSON")
    listed = [*kept.people()]
    known = sorted({entry.cohort for entry in listed})
    if cohort and cohort not in known:
        raise click.BadParameter(f"Nobody is listed there. Known: {', '.join(known)}.", param_hint="--cohort")
    by_id = [entry for entry in listed if entry.id == said and cohort in (None, entry.cohort)]
    cohorts = {entry.cohort for entry in by_id}
    names = {bare(entry.name) for entry in by_id if entry.name}
    nameless = {one for one in cohorts if not any(entry.name for entry in by_id if entry.cohort == one)}
    if len(cohorts) > 1 and (len(names) > 1 or nameless):
        ways = ", ".join(f"--cohort {one}" for one in sorted(cohorts))
        message = f"Several cohorts have this id, and it may be another person's there. Say which: {ways}."
        raise click.UsageError(message)
    person = Person(said).with_all(by_id)
    if not by_id:
        typed = frozenset([said])
        person = replace(person, emails=typed) if "@" in said else replace(person, names=typed)
    while (more := person.with_all(filter(person.has, listed))) != person:
        person = more
    if not person.ids and _ID.fullmatch(said):  # git may hold it still
        every = filter(None, map(cohort_of, kept.texts))
        return Person(said, frozenset((one, said) for one in every))
    return person
