"""Rows -> people: who signed up twice, and which of the two counts, by when they were sent.

People of a sheet, and those of an earlier one -> sign-ups with ids that stay.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import gt
from typing import Any, get_args

from ...rules.privacy.spellings import normal_form
from ..ledger.ledger import BOTH, Consent, SignUp
from .appearance import Moment
from .faults import SheetFault, fault
from .vocabulary import words

_Rows = Sequence[tuple[int, SignUp]]
_CONSENTS: Sequence[Consent] = get_args(Consent)


def latest(
    people: Iterable[tuple[int, SignUp]], sent: Mapping[int, Sequence[Moment]]
) -> tuple[list[SignUp], list[SheetFault]]:
    """Keep the latest row of each person, and tell of the others; the order of the rows finds nobody else.

    Rows that could be read, and when each was `sent`, are known by their numbers; see `moments`.
    """
    faults: list[SheetFault] = []
    kept: dict[int, SignUp] = {}
    for rows in _by_person([*people], faults):
        mine, others = _of_one_name(rows)
        row, kept[row] = _last(mine, sent, faults)
        for other, _ in others:
            earlier, later = sorted((mine[0][0], other))
            faults.append(fault("one-address", earlier=earlier, later=later).placed(other))
    alike: defaultdict[tuple[str, ...], list[SignUp]] = defaultdict(list)
    for person in kept.values():  # of one name and unit, who may be one person with two addresses
        alike[normal_form(person.unit), *name_words(person)].append(person)
    narrow = {person: narrowest(same) for same in alike.values() for person in same}
    return [replace(kept[row], consent=narrow[kept[row]]) for row in sorted(kept)], faults


def narrowest(people: Iterable[SignUp]) -> Consent:
    """The least that any of these sign-ups agrees to."""
    return min((person.consent for person in people), key=_CONSENTS.index)


def name_words(person: SignUp) -> list[str]:
    """A name as it is compared: Ray, Jo is Jo Ray."""
    return sorted(normal_form(person.name).split())


def _by_person(people: _Rows, faults: list[SheetFault]) -> list[list[tuple[int, SignUp]]]:
    """The rows of each person: of one address, or without one of a name that nothing tells apart."""
    names: defaultdict[str, list[tuple[int, SignUp]]] = defaultdict(list)
    for row, person in people:
        names[" ".join(name_words(person))].append((row, person))
    found: defaultdict[tuple[str, ...], list[tuple[int, SignUp]]] = defaultdict(list)
    for name, rows in names.items():
        first: dict[tuple[str, ...], int] = {}
        for key, (row, person) in zip(_keys(name, [person for _, person in rows]), rows, strict=True):
            found[key].append((row, person))
            first.setdefault(key, row)
        if len(first) > 1:
            earlier, later = sorted(first.values())[:2]
            faults.append(fault("namesakes", earlier=earlier).placed(later))
    return [*found.values()]


def _keys(name: str, namesakes: Sequence[SignUp]) -> Iterator[tuple[str, ...]]:
    """By what each of those with one name is known: the address, else name and unit."""
    units: defaultdict[str, set[str]] = defaultdict(set)  # the addresses that are known in each
    for person in namesakes:
        units[normal_form(person.unit)] |= {person.email.casefold()} - {""}
    every = set().union(*units.values())
    apart = len(every) > 1 or len(units.keys() - {""}) > 1
    for person in namesakes:
        unit = normal_form(person.unit) if apart else ""
        addresses = {person.email.casefold()} if person.email else units[unit] if apart else every
        yield ("@", *addresses) if len(addresses) == 1 else (name, unit)


def _of_one_name(rows: _Rows) -> tuple[_Rows, _Rows]:
    """Those of one address with the name that most have, and those with another: two share a mailbox."""
    names = [" ".join(name_words(person)) for _, person in rows]
    counted = Counter(names)
    name = min(counted, key=lambda name: (-counted[name], name))
    mine = [row for row, called in zip(rows, names, strict=True) if called == name]
    return mine, [row for row, called in zip(rows, names, strict=True) if called != name]


def _last(rows: _Rows, sent: Mapping[int, Sequence[Moment]], faults: list[SheetFault]) -> tuple[int, SignUp]:
    """What counts of a person's rows: the one sent last, else the lowest with the narrowest consent."""
    if len(rows) == 1:
        return rows[0]
    times = {row: sent.get(row, ()) for row, _ in rows}
    sure = [row for row in times if all(_is_later(times[row], times[at]) for at in times if at != row)]
    row, person = next(pair for pair in rows if pair[0] == max(sure or times))
    for other, earlier in rows:
        if other != row:
            kind = "same-person" if person.email and earlier.email else "same-name"
            faults.append(fault(kind, earlier=other).placed(row))
    everyone = [person for _, person in rows]
    person = replace(person, email=person.email or next((one.email for one in everyone if one.email), ""))
    refused = tuple(dict.fromkeys(name for person in everyone for name in person.not_with))
    if sure:  # who says nothing of refusals takes none back
        return row, replace(person, not_with=person.not_with or refused)
    if len({person.consent for person in everyone}) > 1:
        faults.append(fault("same-person-consent").placed(row))
    return row, replace(person, consent=narrowest(everyone), not_with=refused)


def _is_later(time: Sequence[Moment], other: Sequence[Moment]) -> bool:
    """Whether a time is surely the later, in whatever order day and month stand."""
    return bool(time and other) and all(map(gt, time, other))


# --- ids


@dataclass(frozen=True)
class Roster:
    """All sign-ups of a cohort, with ids."""

    sign_ups: tuple[SignUp, ...]
    last: int  # the largest number that an id ever had
    missing: int = 0  # how many people of the earlier sheet are not in this one


def give_ids(
    people: Sequence[SignUp], before: Sequence[SignUp] = (), last: int = 0, keep_missing: bool = False,
    role: str = "", held: Collection[str] = (),
) -> Roster:  # fmt: skip
    """Give each person of a new sheet the id from `before`, or a new one: the largest ever was `last`.

    Those who are not in this sheet go, unless `keep_missing`. Where it is of one `role` alone, whoever has
    another too is in another sheet as well, with what the columns that are `held` here do not say.
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
            if same and _may_be_one(person, same):
                ids[number] = same.id
                taken.add(same.id)
    return ids


def _may_be_one(person: SignUp, other: SignUp) -> bool:
    """Whether two may be one, of whom the address or name is known.

    Names share a word of their own: people marry, and write a name in another way. And two of one name are
    hardly one if they share no address, and have other units and other roles.
    """
    units = {normal_form(person.unit), normal_form(other.unit)}
    unknown = not (person.email and other.email) and {*person.roles}.isdisjoint(other.roles)
    apart = unknown and len(units - {""}) == 2 and person.roles and other.roles
    own = {*name_words(other)} - words("name-particles")
    return not apart and not own.isdisjoint(name_words(person))
