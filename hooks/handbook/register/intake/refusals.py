"""Whom people named -> sign-ups with ids in place of who is surely meant, and what is left to be settled."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

from ...rules.privacy.spellings import normal_form
from ..ledger.ledger import MANAGERS, Ledger, SignUp
from ..ledger.register import Register
from ..ledger.waiting import Waiting
from .mentions import OPEN, Directory, Reading

MEANS: tuple[str, ...] = ("--means", "TEXT=PERSON")
DOUBTS = "Somebody is named who is not surely found. No pairing is proposed until you say who is meant:"
_CLASHES = "Not to meet, as one of them asked, and paired:"


@dataclass(frozen=True)
class Doubt:
    """A text by which somebody named somebody, and nobody knows surely whom."""

    writer: SignUp
    field: str  # the column: `not-with`, `earlier` or `manager`
    text: str
    key: str  # under which the ledger keeps what it means: by the same words each may mean somebody else
    near: tuple[SignUp, ...]  # who may be meant, the likeliest first

    def is_like(self, other: Doubt) -> bool:
        """Whether the same answer holds: the manager of two people is called alike."""
        same = normal_form(self.text) == normal_form(other.text)
        return same and self.field == other.field == "manager"


@dataclass(frozen=True)
class Heard:
    """All sign-ups, in which whoever is surely meant stands as an id, and what is in doubt."""

    sign_ups: tuple[SignUp, ...]
    doubts: tuple[Doubt, ...]
    written: tuple[str, ...]  # the keys of all texts by which somebody named somebody


def heard(ledger: Ledger, rules: Collection[str] = ("outside-reporting-line",)) -> Heard:
    """Read whom people named, with what the coordinator said of it; a manager matters to one rule alone."""
    reader = _Reader(ledger)
    sign_ups = tuple(map(reader.person, ledger.sign_ups))
    matter = (
        doubt for doubt in reader.doubts if doubt.field != "manager" or "outside-reporting-line" in rules
    )
    return Heard(sign_ups, tuple({doubt.key: doubt for doubt in matter}.values()), (*reader.written,))


class _Reader:
    def __init__(self, ledger: Ledger) -> None:
        self._people = {person.id: person for person in ledger.sign_ups}
        self._directory, self._named = Directory(ledger.sign_ups), ledger.named
        self.doubts: list[Doubt] = []
        self.written: dict[str, None] = {}

    def person(self, person: SignUp) -> SignUp:
        managers = self._field(person, "manager", [person.manager], OPEN)
        not_with = self._field(person, "not-with", person.not_with, managers).ids
        earlier = self._field(person, "earlier", person.earlier, managers).ids
        is_own = self._directory.whole(person.manager) == {person.id}
        manager = MANAGERS.join(managers.ids) or ("" if is_own else person.manager)
        return replace(person, manager=manager, not_with=not_with, earlier=earlier)

    def _field(self, person: SignUp, field: str, cells: Iterable[str], manager: Reading) -> Reading:
        """Everyone whom the cells of a field name; sure where none of their lines is in doubt."""
        readings = dict(self.read(person, cells, manager))
        unsure = {text: reading.near for text, reading in readings.items() if not reading.sure}
        if field == "manager":  # of whom most people have one, as “Last, First”
            whole = {text: ids for text in unsure if len(ids := self._directory.whole(text)) == 1}
            readings |= {text: Reading(tuple(ids - {person.id})) for text, ids in whole.items()}
            open_yet = (text for text in unsure if text not in whole)
            unsure = {text: unsure[text] for text in open_yet if not self._directory.is_elsewhere(text)}
        for text, near in unsure.items():
            people = tuple(map(self._people.__getitem__, near))
            self.doubts.append(Doubt(person, field, text, _key(person, text), people))
        everyone = chain(*(reading.ids for reading in readings.values()))
        return Reading(
            tuple(dict.fromkeys(everyone)), (*chain(*unsure.values()),), bool(readings) and not unsure
        )

    def read(
        self, person: SignUp, cells: Iterable[str], manager: Reading = OPEN
    ) -> Iterator[tuple[str, Reading]]:
        """Each line with who is meant: as the coordinator said, unless all of these are gone."""
        for text in (text for cell in cells for text in self._directory.texts(cell)):
            self.written[key := _key(person, text)] = None
            answer = self._named.get(key)
            ids = tuple(who for who in (answer or "").split() if who in self._people)
            known = answer == "" or ids
            yield text, Reading(ids) if known else self._directory.read(text, person.id, manager)


def _key(writer: SignUp, text: str) -> str:
    return f"{writer.id} {normal_form(text)}"


def freed(ledger: Ledger, ids: Collection[str]) -> tuple[SignUp, ...]:
    """The sign-ups without lines that surely mean one of these people; who else is meant stays, as an id."""
    reader = _Reader(ledger)

    def others(person: SignUp, cells: Iterable[str]) -> Iterable[str]:
        left = (
            [who for who in line.ids if who not in ids] if {*line.ids} & {*ids} else [text]
            for text, line in reader.read(person, cells)
        )
        return dict.fromkeys(chain(*left))

    return tuple(person.naming(partial(others, person)) for person in ledger.sign_ups)


def carried(named: Mapping[str, str], people: Collection[SignUp], before: Iterable[SignUp]) -> dict[str, str]:
    """What a coordinator said that texts mean, but “nobody” where it may be somebody who came since."""
    known, ids = {(person.id, person.name) for person in before}, {person.id for person in people}
    new = Directory(person for person in people if (person.id, person.name) not in known)

    def stays(key: str, meant: str) -> bool:
        writer, text = key.split(" ", 1)
        reading = new.read(text, writer)
        return writer in ids and bool(meant or not (reading.ids or reading.near))

    return {key: meant for key, meant in named.items() if stays(key, meant)}


def unrefused(ledger: Ledger, sign_ups: Iterable[SignUp]) -> Ledger:
    """Drop the proposals to which nobody has said yes, and of which one asked since not to meet the other."""
    refused = {frozenset((person.id, other)) for person in sign_ups for other in person.not_with}
    proposals = (two for two in ledger.proposals if two.confirmed or frozenset(two.couple) not in refused)
    return replace(ledger, proposals=tuple(proposals))


def unheard(register: Register, reading: Heard) -> Iterator[Waiting]:
    """What of refusals waits: doubts, and people who are paired although one of them asked not to be."""
    doubts = (f"{doubt.writer.name}, {doubt.field}: “{doubt.text}”" for doubt in reading.doubts)
    refused = {(person.id, other) for person in reading.sign_ups for other in person.not_with}
    paired = register.standing(all_proposals=True)
    clashes = sorted(two for two in refused if two in paired or two[::-1] in paired)
    names = {person.id: person.name for person in reading.sign_ups}
    lines = (f"{names[who]} asked not to meet {names[other]}" for who, other in clashes)
    yield Waiting(_CLASHES, len(clashes), "refusal", tuple(lines))
    yield Waiting(DOUBTS, len(reading.doubts), "answer", tuple(doubts), MEANS)
