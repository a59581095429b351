"""Who is meant: an id or a name -> everything that one person is called in the files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property

from ... import Refusal
from ...rules.privacy.spellings import Spellings, called, is_searched
from ...text.signs import folded
from .holdings import Entry, Holdings, cohort_of

_ID = re.compile("[a-z0-9-]+")
_NEAR = 0.8  # of the letters of two names


@dataclass(frozen=True)
class Person:
    """Whom to forget."""

    words: str  # what somebody typed
    ids: frozenset[tuple[str, str]] = frozenset()  # each behind its cohort: in another it may be another's
    names: frozenset[str] = frozenset()  # as they are spelled in the files
    emails: frozenset[str] = frozenset()

    @property
    def calls(self) -> list[str]:
        """The names and addresses."""
        return sorted((*self.names, *self.emails))

    @cached_property
    def spellings(self) -> Spellings:
        """The ways in which those of them are written that can be looked for in texts."""
        return Spellings(frozenset(filter(is_searched, self.calls)))

    def has(self, entry: Entry) -> bool:
        """Whether an entry is this person's: by id, name or address."""
        return (entry.cohort, entry.id) in self.ids or self._is_called(entry.name, entry.email)

    def is_named(self, text: str, cohort: str) -> bool:
        """Whether a text is an id, name or address of this person."""
        return (cohort, text) in self.ids or self._is_called(text, text)

    def _is_called(self, name: str, email: str) -> bool:
        same_name = bool(name) and called(name) in map(called, self.names)
        return same_name or (bool(email) and folded(email) in map(folded, self.emails))

    def with_all(self, entries: Iterable[Entry]) -> Person:
        """The same person with what more entries say."""
        listed = [*entries]
        return replace(
            self,
            ids=self.ids | {(entry.cohort, entry.id) for entry in listed},
            names=self.names | {entry.name for entry in listed if entry.name},
            emails=self.emails | {entry.email for entry in listed if entry.email},
        )

    def near(self, names: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """Those of some names, each behind its file, that may be this person's, written in another way."""
        own = {*map(called, (*self.calls, *(name for _, name in self.ids)))}
        mine = {*map(_words, self.names if self.ids else self.calls)}
        others = (place for place in {*names} if called(place[1]) not in own)
        return sorted(place for place in others if any(_are_near(_words(place[1]), name) for name in mine))


def _words(call: str) -> str:
    """A name, or of an address what stands before its @."""
    return called(call.partition("@")[0])


def _are_near(name: str, other: str) -> bool:
    """Whether two names may be one person's: but for a slip, or an initial or word that one of them lacks."""
    few, many = sorted((name.split(), other.split()), key=len)
    short = all(any(word in (known, known[:1]) or word[:1] == known for known in many) for word in few)
    return short or SequenceMatcher(None, name, other).ratio() >= _NEAR


def person_of(holdings: Holdings, words: str, cohort: str | None) -> Person:
    """Who is meant, with all by which the files know this person; a Refusal of nobody, or of several."""
    if not re.search(r"\w", words):
        raise Refusal("Give an id or a name.")
    listed = [*holdings.people()]
    known = sorted({entry.cohort for entry in listed})
    if cohort and cohort not in known:
        raise Refusal(f"Nobody is listed in {cohort}. Known: {', '.join(known)}.")
    by_id = [entry for entry in listed if entry.id == words and cohort in (None, entry.cohort)]
    _refuse_several(by_id)
    person = Person(words).with_all(by_id)
    if not by_id:
        typed = frozenset([words])
        person = replace(person, emails=typed) if "@" in words else replace(person, names=typed)
    while (more := person.with_all(filter(person.has, listed))) != person:
        person = more
    if not person.ids and _ID.fullmatch(words):  # git may hold it still
        every = filter(None, map(cohort_of, holdings.texts))
        return Person(words, frozenset((name, words) for name in (*every, *holdings.registers)))
    return person


def _refuse_several(entries: Sequence[Entry]) -> None:
    """Refuse an id that several cohorts have, where the names do not show that it is one person's."""
    names: dict[str, set[str]] = {}
    for entry in entries:
        names.setdefault(entry.cohort, set()).update({called(entry.name)} if entry.name else ())
    if len(names) > 1 and (len(set().union(*names.values())) > 1 or not all(names.values())):
        ways = ", ".join(f"--cohort {cohort}" for cohort in sorted(names))
        message = "Several cohorts have this id, and it may be another person's there."
        raise Refusal(f"{message} Say which: {ways}.")
