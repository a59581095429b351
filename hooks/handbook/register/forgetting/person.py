"""Who is meant: an id or a name -> everything that one person is called in the files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ... import Refusal
from .holdings import Entry, Holdings, cohort_of

_ID = re.compile("[a-z0-9-]+")


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

    def has(self, entry: Entry) -> bool:
        """Whether an entry is this person's: by id, name or address."""
        same_name = bool(entry.name) and bare(entry.name) in map(bare, self.names)
        same_email = bool(entry.email) and bare(entry.email) in map(bare, self.emails)
        return (entry.cohort, entry.id) in self.ids or same_name or same_email

    def is_named(self, text: str, cohort: str) -> bool:
        """Whether a text is an id, name or address of this person."""
        return (cohort, text) in self.ids or bare(text) in map(bare, self.calls)

    def with_all(self, entries: Iterable[Entry]) -> Person:
        """The same person with what more entries say."""
        listed = [*entries]
        return replace(
            self,
            ids=self.ids | {(entry.cohort, entry.id) for entry in listed},
            names=self.names | {entry.name for entry in listed if entry.name},
            emails=self.emails | {entry.email for entry in listed if entry.email},
        )

    def is_other(self, name: str) -> bool:
        """Whether a name is another than the one that was typed: then it is not shown."""
        return bool(name) and bare(name) != bare(self.words)


def bare(text: str) -> str:
    """A name or address as one compares it."""
    return " ".join(text.casefold().split())


def pattern(name: str) -> re.Pattern[str]:
    """A name or address in a text, also over the end of a line, and with marks between its words."""
    words = re.findall(r"\w+", name)
    gap = r"(?!\w|_)[^\w\s]{0,3}\s*(?:[#>]\s*)?[^\w\s]{0,3}" if "@" not in name else r"[^\w\s]"
    return re.compile(rf"(?<!\w){gap.join(map(re.escape, words))}(?!\w)", re.IGNORECASE)


def is_searched(name: str) -> bool:
    """Whether a name can be looked for in texts: one word alone may be any word, such as Mark or May."""
    return len(re.findall(r"\w+", name)) > 1


def holds(text: str, patterns: Iterable[re.Pattern[str]]) -> bool:
    """Whether any of these stands in a text, be it at its very beginning."""
    return any(pattern.search(text) for pattern in patterns)


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
        names.setdefault(entry.cohort, set()).update({bare(entry.name)} if entry.name else ())
    if len(names) > 1 and (len(set().union(*names.values())) > 1 or not all(names.values())):
        ways = ", ".join(f"--cohort {cohort}" for cohort in sorted(names))
        message = "Several cohorts have this id, and it may be another person's there."
        raise Refusal(f"{message} Say which: {ways}.")
