"""Whom people named -> sign-ups with ids in place of who is surely meant, and what is left to be settled."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ..ledger.ledger import Ledger
from ..ledger.register import Register
from ..ledger.signup import MANAGERS, SignUp
from ..ledger.spelling import normal_form
from ..ledger.waiting import Waiting
from .mentions import OPEN, Directory, Reading

MEANS: tuple[str, ...] = ("--means", "TEXT=PERSON")
_CLASHES = "Not to meet, as one of them asked, and paired:"


@dataclass(frozen=True)
class Doubt:
    """A text by which somebody named somebody, and nobody knows surely whom."""

    writer: SignUp
    field: str  # the column: `not-with`, `earlier` or `manager`
    text: str
    near: tuple[SignUp, ...]  # who may be meant, the likeliest first

    @property
    def key(self) -> str:
        """Under which the ledger keeps what it means: by the same words each may mean somebody else."""
        return _key(self.writer, self.text)

    def is_like(self, other: Doubt) -> bool:
        """Whether the same answer holds: the manager of two people is called alike."""
        same = normal_form(self.text) == normal_form(other.text)
        return same and self.field == other.field == "manager"


def _key(writer: SignUp, text: str) -> str:
    return f"{writer.id} {normal_form(text)}"


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
        self.directory, self._named = Directory(ledger.sign_ups), ledger.named
        self.doubts: list[Doubt] = []
        self.written: dict[str, None] = {}

    def person(self, person: SignUp) -> SignUp:
        managers = self._read(person, "manager", [person.manager], OPEN)
        not_with = self._read(person, "not-with", person.not_with, managers).ids
        earlier = self._read(person, "earlier", person.earlier, managers).ids
        manager = MANAGERS.join(managers.ids) or person.manager
        return replace(person, manager=manager, not_with=not_with, earlier=earlier)

    def _read(self, person: SignUp, field: str, cells: Iterable[str], manager: Reading) -> Reading:
        """Everyone whom the cells of a field name; sure where no part of them is in doubt."""
        ids: dict[str, None] = {}
        near: dict[str, None] = {}
        texts = [text for cell in cells for text in self.directory.parts(cell)]
        sure = bool(texts)
        for text in texts:
            reading = self.read(person, text, manager)
            ids |= dict.fromkeys(reading.ids)
            if not reading.sure and not (
                field == "manager" and self.directory.is_elsewhere(text, person.unit)
            ):
                near |= dict.fromkeys(reading.near)
                sure = False
                self.doubts.append(
                    Doubt(person, field, text, tuple(map(self._people.__getitem__, reading.near)))
                )
        return Reading(tuple(ids), tuple(near), sure)

    def read(self, person: SignUp, text: str, manager: Reading = OPEN) -> Reading:
        """Who is meant: as the coordinator said, unless all whom she named are gone; else as written."""
        key = _key(person, text)
        self.written[key] = None
        answer = self._named.get(key)
        ids = tuple(who for who in (answer or "").split() if who in self._people)
        return Reading(ids) if answer == "" or ids else self.directory.read(text, person.id, manager)


def freed(ledger: Ledger, ids: Container[str]) -> tuple[SignUp, ...]:
    """The sign-ups without texts that surely mean one of these people; who else is meant stays, as an id."""
    reader = _Reader(ledger)

    def others(person: SignUp, text: str) -> Iterable[str]:
        meant = reader.read(person, text).ids
        return (who for who in meant if who not in ids) if any(who in ids for who in meant) else (text,)

    return _rewritten(ledger.sign_ups, reader.directory, others)


def resolved(sign_ups: Iterable[SignUp]) -> tuple[SignUp, ...]:
    """Put ids in place of whole names and addresses; what else is written is read again at each use."""
    people = (*sign_ups,)
    directory = Directory(people)

    def called(person: SignUp, text: str) -> Iterable[str]:
        ids = directory.called(text)
        return ids - {person.id} if len(ids) == 1 else (text,)

    return _rewritten(people, directory, called)


def _rewritten(
    people: Iterable[SignUp], directory: Directory, words: Callable[[SignUp, str], Iterable[str]]
) -> tuple[SignUp, ...]:
    """The sign-ups with other words for each part of what they say of people."""

    def new(person: SignUp, cells: Iterable[str]) -> tuple[str, ...]:
        texts = (text for cell in cells for text in directory.parts(cell))
        return tuple(dict.fromkeys(word for text in texts for word in words(person, text)))

    return tuple(
        replace(
            person,
            manager=MANAGERS.join(new(person, [person.manager])),
            not_with=new(person, person.not_with),
            earlier=new(person, person.earlier),
        )
        for person in people
    )


def carried(named: Mapping[str, str], people: Collection[SignUp], before: Iterable[SignUp]) -> dict[str, str]:
    """What a coordinator said that texts mean, but “nobody” where it may be somebody who came since."""
    known, ids = {(person.id, person.name) for person in before}, {person.id for person in people}
    new = Directory(person for person in people if (person.id, person.name) not in known)

    def stays(key: str, meant: str) -> bool:
        writer, text = key.split(" ", 1)
        reading = new.read(text, writer)
        return writer in ids and bool(meant or not (reading.ids or reading.near))

    return {key: meant for key, meant in named.items() if stays(key, meant)}


def unheard(register: Register, reading: Heard) -> Iterator[Waiting]:
    """What of refusals waits: doubts, and people who are paired although one of them asked not to be."""
    doubts = (f"{doubt.writer.name}, {doubt.field}: “{doubt.text}”" for doubt in reading.doubts)
    refused = {(person.id, other) for person in reading.sign_ups for other in person.not_with}
    paired = register.standing(all_proposals=True)
    clashes = sorted(two for two in refused if two in paired or two[::-1] in paired)
    names = {person.id: person.name for person in reading.sign_ups}
    lines = (f"{names[who]} asked not to meet {names[other]}" for who, other in clashes)
    yield Waiting(_CLASHES, len(clashes), "refusal", tuple(lines))
    yield Waiting(doubts_under(reading), len(reading.doubts), "answer", tuple(doubts), MEANS)


def doubts_under(reading: Heard) -> str:
    """The heading of what is in doubt, with the columns where it stands."""
    fields = " and ".join(sorted({f"`{doubt.field}`" for doubt in reading.doubts}))
    named = f"Somebody is named under {fields} who is not surely found."
    return f"{named} No pairing is proposed until you say who is meant:"
