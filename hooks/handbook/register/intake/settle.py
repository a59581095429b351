"""People of a sheet, and those of an earlier one -> sign-ups with ids that stay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ..ledger.fold import fold
from ..ledger.signup import SignUp
from .faults import Fault
from .rows import Person
from .terms import split


@dataclass(frozen=True)
class Settled:
    """All sign-ups of a cohort.

    Attributes:
        last: the largest number that an id ever had.
        missing: how many people of the earlier sheet are not in this one.
    """

    sign_ups: tuple[SignUp, ...]
    last: int
    missing: int = 0


class _Known:
    """Finds a person again: by the address, else by the name where that leaves no doubt."""

    def __init__(self) -> None:
        self._mail: dict[str, int] = {}
        self._names: tuple[dict[str, set[int]], dict[str, set[int]]] = ({}, {})

    def find(self, one: SignUp) -> int | None:
        """The place of the same person; two with different addresses are two people."""
        if one.email and (at := self._mail.get(one.email.casefold())) is not None:
            return at
        without, with_mail = (names.get(fold(one.name), set()) for names in self._names)
        if len(without) + (0 if one.email else len(with_mail)) != 1:
            return None
        return next(iter(without or with_mail))

    def put(self, at: int, one: SignUp) -> None:
        """Remember a person."""
        self._names[bool(one.email)].setdefault(fold(one.name), set()).add(at)
        if one.email:
            self._mail[one.email.casefold()] = at

    def drop(self, at: int, one: SignUp) -> None:
        """Forget a person."""
        self._names[bool(one.email)][fold(one.name)].discard(at)
        if one.email:
            self._mail.pop(one.email.casefold(), None)


def latest(people: Iterable[Person]) -> tuple[list[SignUp], list[Fault]]:
    """Keep the last row of each person, and tell of it; two who share a mailbox are two people."""
    known = _Known()
    kept: dict[int, Person] = {}
    faults = []
    for one in people:
        if (at := known.find(one.sign_up)) is not None:
            earlier = kept[at]
            if _words(earlier.sign_up) != _words(one.sign_up):
                faults.append(_one_address(one.row, earlier.row))
                continue
            del kept[at]
            known.drop(at, earlier.sign_up)
            message = f"This is the same person as in row {earlier.row}: this row counts."
            faults.append(Fault(one.row, "", message, "", "warning"))
        known.put(one.row, one.sign_up)
        kept[one.row] = one
    return [one.sign_up for one in kept.values()], faults


# Words that many names have between others; two who share no more are two people.
_PARTICLES = frozenset({
    "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "ibn", "la", "le", "ten", "ter",
    "van", "von", "zu",
})  # fmt: skip


def _alike(one: SignUp, other: SignUp) -> bool:
    """Whether two names share a word of their own: people marry, and write a name in another way."""
    return not {*_words(one)}.isdisjoint({*_words(other)} - _PARTICLES)


def _words(one: SignUp) -> list[str]:
    """A name as it is compared: Ray, Jo is Jo Ray."""
    return sorted(fold(one.name).split())


def _one_address(row: int, earlier: int) -> Fault:
    message = f"Rows {earlier} and {row} have one address and two names: this row is not read."
    hint = (
        "Two people? Give each an address of their own, or none. One? Write the name alike, or delete a row."
    )
    return Fault(row, "", message, hint)


def settle(
    people: Sequence[SignUp], before: Sequence[SignUp] = (), last: int = 0, keep_missing: bool = False
) -> Settled:
    """Give each person the id from before, or a new one, and make ids of whom people name.

    Args:
        people: of the new sheet.
        before: the sign-ups that are kept so far.
        last: the largest number that an id ever had.
        keep_missing: whether those stay who are no longer in the sheet.
    """
    last = max([last, *(_number(one.id) for one in before)])
    ids = _ids_from_before(people, before)
    found = []
    for at, one in enumerate(people):
        if at not in ids:
            last += 1
        found.append(replace(one, id=ids.get(at, f"p-{last}")))
    missing = [one for one in before if one.id not in ids.values()]
    return Settled(_resolved([*found, *(missing if keep_missing else ())]), last, len(missing))


def _number(identifier: str) -> int:
    found = re.fullmatch(r"p-([0-9]{1,9})", identifier)
    return int(found[1]) if found else 0


def _ids_from_before(people: Sequence[SignUp], before: Sequence[SignUp]) -> dict[int, str]:
    """Whoever has the same address is found first, so that nobody takes an id by a name alone.

    With an address and another's name, somebody else reads that mailbox now.
    """
    known = _Known()
    for at, one in enumerate(before):
        known.put(at, one)
    ids: dict[int, str] = {}
    addresses = {one.email.casefold(): at for at, one in enumerate(before) if one.email}
    for at, one in enumerate(people):
        same = addresses.get(one.email.casefold())
        if same is not None and _alike(one, before[same]):
            del addresses[one.email.casefold()]
            ids[at] = before[same].id
            known.drop(same, before[same])
    for at, one in enumerate(people):
        if at not in ids and (found := known.find(one)) is not None and _alike(one, before[found]):
            ids[at] = before[found].id
            known.drop(found, before[found])
    return ids


def _resolved(sign_ups: Sequence[SignUp]) -> tuple[SignUp, ...]:
    """Make ids of the people whom others name; whoever is not among them stays as given."""
    found: dict[str, set[str]] = {}
    for one in sign_ups:
        for said in _ways_to_say(one):
            found.setdefault(said, set()).add(one.id)
    ids = {said: next(iter(same)) for said, same in found.items() if len(same) == 1}
    return tuple(_with_ids(one, ids) for one in sign_ups)


def _ways_to_say(one: SignUp) -> set[str]:
    """An address, a full name, and the name as lists of people have it: Ray, Jo."""
    first, _, last = one.name.rpartition(" ")
    return {fold(said) for said in (one.email, one.name, f"{last}, {first}" if first else "") if said}


def _with_ids(one: SignUp, ids: Mapping[str, str]) -> SignUp:
    def ids_of(said: Iterable[str]) -> tuple[str, ...]:
        named = (ids.get(fold(name), name) for cell in said for name in split(cell, ids))
        return tuple(dict.fromkeys(id for id in named if id != one.id))

    manager = ids.get(fold(one.manager), one.manager)
    manager = "" if manager == one.id else manager
    return replace(one, manager=manager, not_with=ids_of(one.not_with), earlier=ids_of(one.earlier))
