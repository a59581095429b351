"""Rows -> people: who signed up twice, and which of the two counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import gt
from typing import get_args

from ...rules.privacy.spellings import normal_form
from ..ledger.signup import Consent, SignUp
from .faults import SheetFault, fault
from .times import Moment

_Rows = Sequence[tuple[int, SignUp]]
_CONSENTS: Sequence[Consent] = get_args(Consent)


def latest(
    people: Iterable[tuple[int, SignUp]], sent: Mapping[int, Sequence[Moment]]
) -> tuple[list[SignUp], list[SheetFault]]:
    """Keep the latest row of each person, and tell of the others; the order of the rows finds nobody else.

    Args:
        people: the rows that could be read, with their numbers.
        sent: when a row was sent, by its number; see `moments`.
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
