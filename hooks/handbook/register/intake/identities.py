"""People of a sheet, and those of an earlier one -> sign-ups with ids that stay."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ...rules.privacy.spellings import normal_form
from ..ledger.signup import SignUp
from .cells import BOTH
from .doubles import name_words, narrowest
from .vocabulary import words


@dataclass(frozen=True)
class Roster:
    """All sign-ups of a cohort, with ids."""

    sign_ups: tuple[SignUp, ...]
    last: int  # the largest number that an id ever had
    missing: int = 0  # how many people of the earlier sheet are not in this one


def _apart(person: SignUp, other: SignUp) -> bool:
    """Whether two of one name are hardly one: they share no address, and have other units and other roles."""
    units = {normal_form(person.unit), normal_form(other.unit)}
    unknown = not (person.email and other.email) and {*person.roles}.isdisjoint(other.roles)
    return unknown and len(units - {""}) == 2 and bool(person.roles and other.roles)


def _alike(person: SignUp, other: SignUp) -> bool:
    """Whether two names share a word of their own: people marry, and write a name in another way."""
    return not {*name_words(person)}.isdisjoint({*name_words(other)} - words("name-particles"))


def give_ids(
    people: Sequence[SignUp], before: Sequence[SignUp] = (), last: int = 0, keep_missing: bool = False,
    role: str = "", held: Collection[str] = (),
) -> Roster:  # fmt: skip
    """Give each person of a new sheet the id from before, or a new one.

    Args:
        people: those of the sheet, without ids.
        before: those of earlier sheets.
        last: the largest number that an id ever had.
        keep_missing: whether those who are not in this sheet stay.
        role: where the sheet is of one role alone; then whoever has another too is in another sheet as well.
        held: what the columns of the sheet hold.
    """
    numbers = (re.fullmatch(r"p-([0-9]{1,9})", person.id) for person in before)
    last = max([last, *(int(number[1]) for number in numbers if number)])
    ids = _ids_from_before(people, before)
    new = [place for place in range(len(people)) if place not in ids]
    ids |= {place: f"p-{number}" for number, place in enumerate(new, last + 1)}
    sign_ups = [replace(person, id=ids[place]) for place, person in enumerate(people)]
    missing = [person for person in before if person.id not in ids.values()]
    gone = [person for person in missing if not role or person.roles == (role,)]
    stay = [person for person in missing if keep_missing or person not in gone]
    known = {person.id: person for person in before if role and person.roles != (role,)}
    sign_ups = [_with_other_role(person, known.get(person.id), held) for person in sign_ups]
    return Roster((*sign_ups, *stay), last + len(new), len(gone))


def _with_other_role(person: SignUp, other: SignUp | None, held: Collection[str]) -> SignUp:
    """What somebody answered in two sheets, one for each role: nothing is lost, and no consent is widened."""
    if other is None:
        return person
    values: dict[str, Any] = {}
    for name, value in vars(person).items():
        before = getattr(other, name)
        if name != "hours" and isinstance(value, tuple):
            values[name] = tuple(dict.fromkeys((*value, *before)))
        elif not value or (name not in ("id", "roles") and name.replace("_", "-") not in held):
            values[name] = before
    roles = tuple(role for role in BOTH if role in values["roles"])
    return replace(person, **values | {"roles": roles, "consent": narrowest((person, other))})


def _ids_from_before(people: Sequence[SignUp], before: Sequence[SignUp]) -> dict[int, str]:
    """Whoever has the same address is found first, so that nobody takes an id by a name alone.

    With an address and another's name, somebody else reads that mailbox now.
    """
    addresses = {person.email.casefold(): person for person in before if person.email}
    names: defaultdict[str, list[SignUp]] = defaultdict(list)
    for person in before:
        names[normal_form(person.name)].append(person)
    ids: dict[int, str] = {}
    taken: set[str] = set()
    for by_address in (True, False):
        for number, person in enumerate(people):
            known = addresses.get(person.email.casefold())
            # Two of one name with different addresses are two people.
            namesakes = () if known or by_address else names[normal_form(person.name)]
            alike = [same for same in namesakes if not (person.email and same.email)]
            left = [who for who in ([known] if known else alike) if who.id not in taken]
            same = left[0] if len(left) == 1 and number not in ids else None
            if same and _alike(person, same) and not _apart(person, same):
                ids[number] = same.id
                taken.add(same.id)
    return ids
