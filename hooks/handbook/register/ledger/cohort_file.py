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
from .ledger import Ledger, Proposal
from .register import Register
from .signup import SignUp

Change = tuple[Path, object]


@dataclass(frozen=True)
class Draft:
    """What is to be written.

    Attributes:
        text: of the cohort's file.
        before: the ledger to be kept before it, with the ids of people who are new there.
        after: the ledger to be kept once it is written.
        new: the proposals that it adds.
        changes: what it says of pairings that stood there before.
    """

    text: str
    before: Ledger
    after: Ledger
    new: tuple[Proposal, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Writing:
    """What of a register may be written into a cohort's file.

    Attributes:
        private: whether the repository is, so that wider data may stand in the file.
        announce: the day from which those that both confirmed are shown, where one is said.
        today: since when those that ended are no more.
    """

    register: Register
    private: bool
    announce: date | None
    today: date

    def draft(self, text: str, moved: tuple[Pairing, ...] = ()) -> Draft:
        """Work out the file.

        Args:
            text: of the file as it is.
            moved: the pairings whose day of announcement gives way to the new one.

        Raises:
            edit.Impossible: where the file cannot be changed surely.
        """
        new, changes = self._new(), (*self._changes(), *self._moves(moved))
        ledger = _with_members(self.register, new)
        for path, value in changes:
            text = edit.with_value(text, path, value)
        text = edit.with_people(text, [*self._people(ledger, new)])
        text = edit.with_pairings(text, [self._pairing(ledger, proposal) for proposal in new])
        return Draft(text, ledger, self._written(ledger, new), new, changes)

    def dated_otherwise(self) -> list[Pairing]:
        """The pairings of the file that both confirmed and that have another day of announcement."""
        if self.announce is None:
            return []
        return [
            pairing
            for pairing in self.register.going_on()
            if pairing.announce not in (None, self.announce) and self._both_confirmed(pairing)
        ]

    def _new(self) -> tuple[Proposal, ...]:
        here = self.register.people.keys()
        fit = (
            one for one in self.register.proposed() if not one.waits_for or (self.private and one.confirmed)
        )
        return tuple(proposal for proposal in fit if {*proposal.couple} <= here)

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

    def _moves(self, moved: tuple[Pairing, ...]) -> Iterator[Change]:
        return ((("pairings", pairing.number, "announce"), self.announce) for pairing in moved)

    def _written(self, ledger: Ledger, new: tuple[Proposal, ...]) -> Ledger:
        """The ledger without what the file says then; a receipt of each pairing stays."""
        moved = [*new, *(one for one in ledger.proposals if self.register.pairing(one.couple))]
        receipts = {one.couple: one for one in (*ledger.receipts, *moved)}
        return replace(
            ledger,
            proposals=tuple(one for one in ledger.proposals if one not in moved),
            receipts=tuple(receipts[couple] for couple in sorted(receipts)),
        )

    def _people(self, ledger: Ledger, new: tuple[Proposal, ...]) -> Iterator[Mapping[str, object]]:
        """The entries of those who are new in the file: what a reader may know of them, and no more."""
        listed = {person.id for person in self.register.cohort.people}
        for role, name in dict.fromkeys(_sides(new)):
            member = ledger.members[role][name]
            if member not in listed:
                yield self._person(self.register.people[name], role, member)

    def _person(self, person: SignUp, role: str, member: str) -> Mapping[str, object]:
        shown = covers(person.consent, "participants" if self.private else "public")
        entry: dict[str, object] = {"id": member}
        entry |= {"name": person.name} if shown else {}
        entry |= {"role": role}
        entry |= {"unit": person.unit} if shown and person.unit else {}
        entry |= {"topics": list(person.topics)} if person.topics else {}
        entry |= {"capacity": person.capacity} if person.capacity != 1 else {}
        return entry | ({"consent": person.consent} if shown else {})

    def _pairing(self, ledger: Ledger, proposal: Proposal) -> Mapping[str, object]:
        mentor, mentee = (self.register.people[name] for name in proposal.couple)
        topics = [topic for topic in mentee.topics if topic in mentor.topics]
        goals = [goal for goal in mentee.goals if goal in mentor.goals]
        entry: dict[str, object] = {role: ledger.members[role][name] for role, name in _sides((proposal,))}
        entry |= {key: shared for key, shared in (("topics", topics), ("goals", goals)) if shared}
        entry |= {"confirmed": proposal.confirmed}
        return entry | ({"announce": self.announce} if self.announce and not proposal.waits_for else {})


def _sides(proposals: tuple[Proposal, ...]) -> Iterator[tuple[str, str]]:
    """Each role with the id of a sign-up, pairing after pairing."""
    return (side for proposal in proposals for side in zip(PARTICIPANTS, proposal.couple, strict=True))


def last_numbers(register: Register) -> dict[str, int]:
    """By role, the largest number that anybody has or had in the cohort's file."""
    return {
        role: max(
            register.ledger.numbers.get(role, 0),
            *(person.number for person in register.cohort.people if person.role == role),
            0,
        )
        for role in PARTICIPANTS
    }


def _with_members(register: Register, new: tuple[Proposal, ...]) -> Ledger:
    """Give an id that says nothing to everyone who is to stand in the file and has none there.

    A number that is free between others was somebody's, whom the site called by it.
    """
    ledger, last = register.ledger, last_numbers(register)
    members = {role: dict(known) for role, known in ledger.members.items()}
    taken = {person.id for person in register.cohort.people}
    for role, name in _sides(new):
        if name not in members[role]:
            last[role] = next(n for n in count(last[role] + 1) if f"{role}-{n}" not in taken)
            members[role][name] = f"{role}-{last[role]}"
    return replace(ledger, members=members).counting(last)
