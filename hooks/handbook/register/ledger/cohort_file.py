"""Register -> the cohort's file as it will be, once what may stand in it is written there.

A stop at any moment loses and doubles nothing: the ids of new people are kept before the file is written, and
what stands in the file is then known there alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from ...model.definitions.cohort import Pairing
from ...model.definitions.program import PARTICIPANTS, covers
from ...text import edit
from ...text.document import Path
from .ledger import Ledger, Proposal, SignUp, by_couple, in_order
from .register import Register

Change = tuple[Path, object]


@dataclass(frozen=True)
class Draft:
    """What is to be written."""

    text: str  # of the cohort's file
    before: Ledger  # to be kept before it, with the ids of people who are new there
    after: Ledger  # to be kept once it is written
    new: tuple[Proposal, ...]  # that it adds
    changes: tuple[Change, ...]  # what it says of pairings that stood there before


@dataclass(frozen=True)
class Writing:
    """What of a register may be written into a cohort's file."""

    register: Register
    private: bool  # whether the repository is, so that wider data may stand in the file
    announce: date | None  # the day from which those that both confirmed are shown, where one is said
    today: date  # since when those that ended are no more

    def draft(self, text: str, moved: tuple[Pairing, ...] = ()) -> Draft:
        """Work out the file; `edit.Impossible` where it cannot be changed surely.

        The day of announcement of the pairings that are moved gives way to the new one.
        """
        moves = ((("pairings", pairing.number, "announce"), self.announce) for pairing in moved)
        new, changes = self._new(), (*self._changes(), *moves)
        ledger = _with_members(self.register, new)
        for path, value in changes:
            text = edit.with_value(text, path, value)
        text = edit.with_entries(text, "people", [*self._people(ledger, new)])
        text = edit.with_entries(text, "pairings", [self._pairing(ledger, proposal) for proposal in new])
        return Draft(text, ledger, self._written(ledger, new), new, changes)

    def dated_otherwise(self) -> list[Pairing]:
        """The pairings of the file that both confirmed and that have another day of announcement."""
        known = self.register.going_on() if self.announce else ()
        dated = (pairing for pairing in known if pairing.announce not in (None, self.announce))
        return [pairing for pairing in dated if self._both_confirmed(pairing)]

    def _new(self) -> tuple[Proposal, ...]:
        """What may stand in the file and does not yet."""
        people = self.register.people.keys()
        known = (proposal for proposal in self.register.proposed() if {*proposal.couple} <= people)
        return tuple(
            proposal for proposal in known if not proposal.waits_for or (self.private and proposal.confirmed)
        )

    def _both_confirmed(self, pairing: Pairing) -> bool:
        return len(self.register.confirmed(pairing)) == len(PARTICIPANTS)

    def _changes(self) -> Iterator[Change]:
        """What the file does not say yet of its pairings: the place, and the value."""
        for pairing in self.register.ended():
            yield ("pairings", pairing.number, "ended"), self.today
        for pairing in self.register.going_on():
            path, days = ("pairings", pairing.number), self.register.confirmed(pairing)
            if days != pairing.confirmed:
                yield (*path, "confirmed"), days
            if self.announce and pairing.announce is None and self._both_confirmed(pairing):
                yield (*path, "announce"), self.announce

    def _written(self, ledger: Ledger, new: tuple[Proposal, ...]) -> Ledger:
        """The ledger without what the file says then; a receipt of each pairing stays."""
        inside = self.register.pairing
        moved = [proposal for proposal in ledger.proposals if proposal in new or inside(proposal.couple)]
        receipts = in_order(by_couple((*ledger.receipts, *moved)).values())
        left = tuple(proposal for proposal in ledger.proposals if proposal not in moved)
        return replace(ledger, proposals=left, receipts=receipts)

    def _people(self, ledger: Ledger, new: tuple[Proposal, ...]) -> Iterator[Mapping[str, object]]:
        """The entries of those who are new in the file: what a reader may know of them, and no more."""
        listed = {person.id for person in self.register.cohort.people}
        for role, name in dict.fromkeys(_sides(new)):
            member = ledger.members[role][name]
            if member not in listed:
                yield self._person(self.register.people[name], role, member)

    def _person(self, person: SignUp, role: str, member: str) -> Mapping[str, object]:
        shown = covers(person.consent, "participants" if self.private else "public")
        return _filled({
            "id": member,
            "name": shown and person.name,
            "role": role,
            "unit": shown and person.unit,
            "topics": person.topics,
            "capacity": person.capacity != 1 and person.capacity,
            "consent": shown and person.consent,
        })  # fmt: skip

    def _pairing(self, ledger: Ledger, proposal: Proposal) -> Mapping[str, object]:
        mentor, mentee = (self.register.people[person] for person in proposal.couple)
        return _filled({
            **{role: ledger.members[role][person] for role, person in _sides((proposal,))},
            "topics": [topic for topic in mentee.topics if topic in mentor.topics],
            "goals": [goal for goal in mentee.goals if goal in mentor.goals],
            "confirmed": proposal.confirmed,
            "announce": not proposal.waits_for and self.announce,
        })  # fmt: skip


def _filled(entry: Mapping[str, object]) -> Mapping[str, object]:
    return {key: value for key, value in entry.items() if value}


def _sides(proposals: tuple[Proposal, ...]) -> Iterator[tuple[str, str]]:
    """Each role with the id of a sign-up, pairing after pairing."""
    return (side for proposal in proposals for side in zip(PARTICIPANTS, proposal.couple, strict=True))


def _with_members(register: Register, new: tuple[Proposal, ...]) -> Ledger:
    """Give an id that says nothing to everyone who is to stand in the file and has none there.

    A number that is free between others was somebody's, whom the site called by it.
    """
    people = register.cohort.people
    ledger = register.ledger.counting((person.role, person.number) for person in people)
    last, taken = dict(ledger.numbers), {person.id for person in people}
    members = {role: dict(known) for role, known in ledger.members.items()}
    for role, name in _sides(new):
        if name not in members[role]:
            last[role] = next(n for n in count(last.get(role, 0) + 1) if f"{role}-{n}" not in taken)
            members[role][name] = f"{role}-{last[role]}"
    return replace(ledger, members=members, numbers=last)
