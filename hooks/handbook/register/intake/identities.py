"""People of a sheet, and those of an earlier one -> sign-ups with ids that stay."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ..ledger.signup import SignUp
from ..ledger.spelling import normal_form
from .faults import SheetFault, fault
from .refusals import resolved
from .vocabulary import words


@dataclass(frozen=True)
class Roster:
    """All sign-ups of a cohort, with ids."""

    sign_ups: tuple[SignUp, ...]
    last: int  # the largest number that an id ever had
    missing: int = 0  # how many people of the earlier sheet are not in this one


class _PersonIndex:
    """Finds a person again: by the address, else by the name where that leaves no doubt."""

    def __init__(self, people: Iterable[SignUp] = ()) -> None:
        self._addresses: dict[str, int] = {}
        self._names: defaultdict[tuple[bool, str], set[int]] = defaultdict(set)
        for place, person in enumerate(people):
            self.put(place, person)

    def find(self, person: SignUp) -> int | None:
        """The place of the same person; two with different addresses are two people."""
        if (place := self._addresses.get(person.email.casefold())) is not None:
            return place
        without, with_address = (self._names[known, normal_form(person.name)] for known in (False, True))
        same = without if person.email else without | with_address
        return next(iter(same)) if len(same) == 1 else None

    def put(self, place: int, person: SignUp) -> None:
        self._names[bool(person.email), normal_form(person.name)].add(place)
        if person.email:
            self._addresses[person.email.casefold()] = place

    def drop(self, place: int, person: SignUp) -> None:
        self._names[bool(person.email), normal_form(person.name)].discard(place)
        self._addresses.pop(person.email.casefold(), None)


def latest(people: Iterable[tuple[int, SignUp]]) -> tuple[list[SignUp], list[SheetFault]]:
    """Keep the last row of each person, and tell of it; two who share a mailbox are two people."""
    index = _PersonIndex()
    rows: dict[int, SignUp] = {}
    faults = []
    for row, person in people:
        if (earlier := index.find(person)) is not None:
            if _words(rows[earlier]) != _words(person):
                faults.append(fault("one-address", earlier=earlier, later=row).placed(row))
                continue
            index.drop(earlier, rows.pop(earlier))
            faults.append(fault("same-person", earlier=earlier).placed(row))
        index.put(row, person)
        rows[row] = person
    return [*rows.values()], faults


def _alike(person: SignUp, other: SignUp) -> bool:
    """Whether two names share a word of their own: people marry, and write a name in another way."""
    return not {*_words(person)}.isdisjoint({*_words(other)} - words("name-particles"))


def _words(person: SignUp) -> list[str]:
    """A name as it is compared: Ray, Jo is Jo Ray."""
    return sorted(normal_form(person.name).split())


def give_ids(
    people: Sequence[SignUp], before: Sequence[SignUp] = (), last: int = 0, keep_missing: bool = False
) -> Roster:
    """Give each person of a new sheet the id from before, or a new one, and make ids of whom people name."""
    numbers = (re.fullmatch(r"p-([0-9]{1,9})", person.id) for person in before)
    last = max([last, *(int(number[1]) for number in numbers if number)])
    ids = _ids_from_before(people, before)
    new = [place for place in range(len(people)) if place not in ids]
    ids |= {place: f"p-{number}" for number, place in enumerate(new, last + 1)}
    sign_ups = [replace(person, id=ids[place]) for place, person in enumerate(people)]
    missing = [person for person in before if person.id not in ids.values()]
    everyone = [*sign_ups, *(missing if keep_missing else ())]
    return Roster(resolved(everyone), last + len(new), len(missing))


def _ids_from_before(people: Sequence[SignUp], before: Sequence[SignUp]) -> dict[int, str]:
    """Whoever has the same address is found first, so that nobody takes an id by a name alone.

    With an address and another's name, somebody else reads that mailbox now.
    """
    index = _PersonIndex(before)
    ids: dict[int, str] = {}
    addresses = {person.email.casefold() for person in before if person.email}
    for by_address in (True, False):
        for number, person in enumerate(people):
            if number in ids or (by_address and person.email.casefold() not in addresses):
                continue
            same = index.find(person)
            if same is not None and _alike(person, before[same]):
                ids[number] = before[same].id
                index.drop(same, before[same])
    return ids
