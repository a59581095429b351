"""What goes with a person: entries, pairings, sign-ups, proposals -> the files as they will be."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ... import NOTHING, Refusal
from ...model.definitions.cohort import numbered
from ...model.definitions.program import PARTICIPANTS
from ...rules.privacy.spellings import TITLES, called
from ...text import edit
from ...text.document import Document, Path
from ..intake.refusals import freed
from ..ledger.ledger import Ledger
from ..ledger.store import REPORT
from .holdings import Holdings, KeptRegister, cohort_of, entries, entry_of, listed_in, name_of, text_of
from .person import Person

_AND = re.compile(r"[;,/&\n]|\b(?:and|or|und|oder|et|ou|y)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Change:
    """What is to be written."""

    places: tuple[str, ...]  # what goes, a line each
    texts: Mapping[str, str]  # the files of programs/ as they will be, by path
    ledgers: Mapping[str, Ledger]  # the registers as they will be, by PROGRAM/COHORT
    reports: tuple[str, ...]  # likewise the pages about proposals that go; the next proposal makes them anew


def change_of(holdings: Holdings, person: Person) -> Change:
    """What goes with a person, and how the files will be; a Refusal where one cannot be changed surely."""
    places: list[str] = []
    texts: dict[str, str] = {}
    ledgers: dict[str, Ledger] = {}
    reports: list[str] = []
    for path, document in holdings.documents.items():
        if gone := dict(_gone(document, person)):
            places += [f"{path}:{document.key_place(where).line}: {what}" for where, what in gone.items()]
            texts[path] = holdings.texts[path]
            try:
                for where, number in _numbers(document, gone):
                    texts[path] = edit.with_value(texts[path], where, number)
                texts[path] = edit.without(texts[path], [*gone])
            except edit.Impossible as error:
                raise Refusal(f"{path}: {error} Delete it by hand. {NOTHING}") from error
    for cohort, kept in holdings.registers.items():
        ledger = _ledger(holdings, kept, person)
        if ledger != kept.ledger:
            ledgers[cohort] = ledger
            places += _places(kept, ledger)
        report = holdings.files.get(kept.store.shown(REPORT))
        if report and (cohort in ledgers or person.spellings.are_in(text_of(report) or "")):
            reports.append(cohort)
    return Change(tuple(places), texts, ledgers, tuple(reports))


def _gone(document: Document, person: Person) -> Iterator[tuple[Path, str]]:
    """The entries and keys of a file that are this person's, and what each is."""
    for index, entry in listed_in(document):
        if person.has(entry):
            yield ("people", index), "the entry under `people`"
    for index, pairing in entries(document, "pairings"):
        if any((cohort_of(document.path), str(pairing.get(role))) in person.ids for role in PARTICIPANTS):
            yield ("pairings", index), "a pairing; the other person stays"
    sponsor = document.mapping.get("sponsor")
    if isinstance(sponsor, dict) and person.is_named(name_of(sponsor), ""):
        yield ("sponsor", "name"), "the sponsor's name"
        if "consent" in sponsor:
            yield ("sponsor", "consent"), "the sponsor's consent"


def _ledger(holdings: Holdings, kept: KeptRegister, person: Person) -> Ledger:
    """A register without this person, in which nobody names the person, and nobody new gets the number."""
    cohort = kept.store.cohort
    ids = {sign_up.id for sign_up in kept.ledger.sign_ups if person.has(entry_of(cohort, sign_up))}
    ids |= {name for known, name in person.ids if known == cohort}
    members = (pair for known in kept.ledger.members.values() for pair in known.items())
    ids |= {name for name, member in members if (cohort, member) in person.ids}
    ledger = replace(kept.ledger, sign_ups=freed(kept.ledger, ids)).without(ids)

    def others(texts: Iterable[str]) -> Iterator[str]:
        return filter(None, (_without(text, cohort, person) for text in texts))

    without = tuple(sign_up.naming(others) for sign_up in ledger.sign_ups)
    # What was said of a text stays where the person is not named in it; its key has the writer before it.
    texts = {key: [key.partition(" ")[2]] for key in ledger.named}
    named = {key: ids for key, ids in ledger.named.items() if [*others(texts[key])] == texts[key]}
    return replace(ledger, sign_ups=without, named=named).counting(_numbers_of(holdings, cohort, person))


def _without(text: str, cohort: str, person: Person) -> str:
    """What somebody wrote of others, without this person: whoever else is named in it stays."""
    if person.is_named(text, cohort):
        return ""
    rest = person.spellings.cut(text, ";")
    if rest == text or ";-" in rest:  # nobody is cut out, or half of somebody with a longer name
        return text
    parts = (part.strip() for part in _AND.split(rest) if not part.strip().startswith("("))
    return "; ".join(part for part in parts if re.search(r"\w", part) and called(part) not in TITLES)


def _numbers_of(holdings: Holdings, cohort: str, person: Person) -> Iterator[tuple[str, int]]:
    """The roles and numbers of all in the file of a cohort that lists the person; else nothing."""
    for document in holdings.documents.values():
        listed = (entry for _, entry in entries(document, "people") if cohort_of(document.path) == cohort)
        # Nobody has a number for an id that is no text.
        with_id = (entry for entry in listed if isinstance(entry.get("id"), str))
        people = [entry for entry in with_id if entry.get("role") in PARTICIPANTS]
        if any((cohort, entry["id"]) in person.ids for entry in people):
            yield from zip((entry["role"] for entry in people), numbered(people), strict=True)


def _places(kept: KeptRegister, ledger: Ledger) -> Iterator[str]:
    """What of a register goes, in words."""
    before, path = kept.ledger, kept.store.shown()
    gone = len(before.sign_ups) - len(ledger.sign_ups)
    freed = sum(sign_up not in before.sign_ups for sign_up in ledger.sign_ups)
    if gone or freed:
        named = f", which {freed} other{'' if freed == 1 else 's'} named" if freed else ""
        yield f"{path}: {gone} sign-up{'' if gone == 1 else 's'}{named}"
    kinds = ("proposals", "receipts", "apart", "withdrawn", "wishes", "declined", "named")
    if any(getattr(before, kind) != getattr(ledger, kind) for kind in kinds):
        yield f"{path}: what was proposed or wished for this person"


def _numbers(document: Document, gone: Collection[Path]) -> Iterator[tuple[Path, int]]:
    """The numbers that others would lose with the entry, since theirs is their place in the file.

    What the site calls somebody, and the address of a page that was sent to two people, are made of them.
    """
    people = dict(entries(document, "people"))
    if not all(isinstance(person.get(key), str) for person in people.values() for key in ("id", "role")):
        return  # a file that is not in order yet
    before = dict(zip(people, numbered(people.values()), strict=True))
    left = [index for index in people if ("people", index) not in gone]
    # All behind the first who goes move, but for those whose number is given: once it is, it stays.
    after = zip(left, numbered(people[index] for index in left), strict=True)
    yield from ((("people", index, "number"), before[index]) for index, now in after if now != before[index])
