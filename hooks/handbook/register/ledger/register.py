"""What is known of a cohort: its file, the only truth of each pairing that stands there, and its ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from ... import Refusal
from ...model.definitions.cohort import Cohort, Pairing
from ...model.definitions.program import PARTICIPANTS
from .ledger import Couple, Ledger, Proposal, Wishes
from .signup import SignUp
from .store import Store


@dataclass(frozen=True)
class Register:
    """A cohort with its ledger.

    Attributes:
        ledger: as it is once it is held against the cohort's file.
        edition: the number of what was read.
    """

    store: Store
    cohort: Cohort
    ledger: Ledger
    edition: int

    @staticmethod
    def of(root: Path, cohort: Cohort) -> Register:
        """Read the register of a cohort.

        Raises:
            Refusal: where it cannot be read.
        """
        store = Store.of(root, cohort)
        ledger, edition = store.read()
        return Register(store, cohort, _settled(ledger, cohort), edition)

    def keep(self, ledger: Ledger) -> Register:
        """Write another ledger in place of this one.

        Raises:
            Refusal: where it cannot be written, or somebody else has written one meanwhile.
        """
        return replace(self, ledger=ledger, edition=self.store.keep(ledger, self.edition))

    # --- people

    @property
    def people(self) -> Mapping[str, SignUp]:
        """Everyone who signed up, by id."""
        return {person.id: person for person in self.ledger.sign_ups}

    def sign_up(self, role: str, member: str) -> SignUp | None:
        """The sign-up of somebody in the cohort's file, where it is known whose it is."""
        return self.people.get(_sign_ups(self.ledger, role).get(member, ""))

    # --- pairings of the file

    def couple(self, pairing: Pairing) -> Couple | None:
        """The ids of the sign-ups of a pairing in the file; None where one of the two has none here."""
        return _couple(self.ledger, pairing)

    def pairing(self, couple: Couple) -> Pairing | None:
        """The open pairing of two people in the file."""
        return _open_in_file(self.ledger, self.cohort).get(couple)

    def ended(self) -> list[Pairing]:
        """The open pairings of the file that ended, of which it does not say so yet: they are still shown."""
        return [pairing for pairing in self._open() if self.couple(pairing) in self.ledger.apart]

    def going_on(self) -> list[Pairing]:
        """The pairings of the file that nobody has ended, in the file or here."""
        ended = self.ended()
        return [pairing for pairing in self._open() if pairing not in ended]

    def confirmed(self, pairing: Pairing) -> Mapping[str, date]:
        """Who has said yes to a pairing of the file, with what was noted since."""
        couple = self.couple(pairing)
        return self.answers(couple) if couple else pairing.confirmed

    def unsaid(self) -> list[Pairing]:
        """The pairings of the file that go on and of which more people have said yes than it says."""
        return [
            pairing
            for pairing in self.going_on()
            if self.confirmed(pairing).keys() - pairing.confirmed.keys()
        ]

    def _open(self) -> Iterable[Pairing]:
        return (pairing for pairing in self.cohort.pairings if not pairing.closed)

    # --- proposals

    def proposed(self) -> list[Proposal]:
        """The proposals that are not in the file."""
        return [proposal for proposal in self.ledger.proposals if self.pairing(proposal.couple) is None]

    def confirmed_proposals(self) -> list[Proposal]:
        """Those of them to which both have said yes."""
        return [proposal for proposal in self.proposed() if not proposal.waits_for]

    def apart(self) -> frozenset[Couple]:
        """Who is not to be paired again: whose pairing ended, here or in the file, or reached its end."""
        closed = (self.couple(pairing) for pairing in self.cohort.pairings if pairing.closed)
        return self.ledger.apart | {couple for couple in closed if couple}

    def standing(self, *, all_proposals: bool) -> frozenset[Couple]:
        """The pairings that stand whatever is proposed: of the file, and those that somebody confirmed."""
        inside = {couple for pairing in self.going_on() if (couple := self.couple(pairing))}
        beside = {one.couple for one in self.ledger.proposals if one.confirmed or all_proposals}
        return frozenset((inside | beside) - self.apart())

    def answers(self, couple: Couple) -> Mapping[str, date]:
        """Who of two people has said yes on which day: as it was noted here, else as the file says."""
        noted = {proposal.couple: proposal.confirmed for proposal in self.ledger.proposals}
        pairing = self.pairing(couple)
        return noted.get(couple, pairing.confirmed if pairing else {})

    # --- changes

    def answered(self, couple: Couple, roles: Collection[str], day: date | None) -> Ledger:
        """Note that people of a couple said yes on a day; None takes back what they said.

        Raises:
            Refusal: where the two are neither proposed nor in the file.
        """
        proposals = {proposal.couple: proposal for proposal in self.ledger.proposals}
        if couple in self.apart() or not (couple in proposals or self.pairing(couple)):
            raise Refusal("These two are not proposed.")
        others = {role: said for role, said in self.answers(couple).items() if role not in roles}
        after = {**others, **dict.fromkeys(roles, day)} if day else others
        proposals[couple] = Proposal(*couple, {role: after[role] for role in PARTICIPANTS if role in after})
        return _settled(replace(self.ledger, proposals=tuple(proposals.values())), self.cohort)

    def parted(self, couples: Iterable[Couple]) -> Ledger:
        """Note that pairings ended: nobody proposes them again."""
        apart = self.ledger.apart | {*couples}
        proposals = tuple(one for one in self.ledger.proposals if one.couple not in apart)
        return replace(self.ledger, apart=apart, proposals=proposals)

    def leavers(self) -> list[Couple]:
        """The proposals, and pairings of the file, of which somebody is no longer among the sign-ups."""
        couples = [proposal.couple for proposal in self.ledger.proposals]
        couples += [couple for pairing in self.going_on() if (couple := self.couple(pairing))]
        here = self.people.keys()
        return [couple for couple in dict.fromkeys(couples) if not {*couple} <= here]

    def proposing(self, couples: Iterable[Couple], wishes: Wishes) -> Ledger:
        """Take these proposals in place of those that were; what anybody said of one that stays is kept."""
        before = {proposal.couple: proposal for proposal in self.ledger.proposals}
        inside = {couple for couple in before if self.pairing(couple)}
        new = {couple for couple in couples if not self.pairing(couple)}
        proposals = tuple(before.get(couple) or Proposal(*couple) for couple in sorted(inside | new))
        return replace(self.ledger, proposals=proposals, wishes=wishes)


def _sign_ups(ledger: Ledger, role: str) -> Mapping[str, str]:
    """By the ids in the cohort's file, those of the sign-ups."""
    return {member: name for name, member in ledger.members[role].items()}


def _couple(ledger: Ledger, pairing: Pairing) -> Couple | None:
    mentor = _sign_ups(ledger, "mentor").get(pairing.mentor.id)
    mentee = _sign_ups(ledger, "mentee").get(pairing.mentee.id)
    return (mentor, mentee) if mentor and mentee else None


def _open_in_file(ledger: Ledger, cohort: Cohort) -> dict[Couple, Pairing]:
    known = ((_couple(ledger, pairing), pairing) for pairing in cohort.pairings if not pairing.closed)
    return {couple: pairing for couple, pairing in known if couple}


def _settled(ledger: Ledger, cohort: Cohort) -> Ledger:
    """Hold a ledger against the cohort's file.

    What stands in the file as it is here is known there alone, and leaves a receipt. What was written and is
    not there any more, as on another branch, is a proposal again: nobody has to be asked twice.
    """
    listed = {couple for pairing in cohort.pairings if (couple := _couple(ledger, pairing))}
    inside = _open_in_file(ledger, cohort)
    back = [one for one in ledger.receipts if one.couple not in listed | ledger.apart]
    proposals = {one.couple: one for one in (*back, *ledger.proposals)}
    new = {one.couple: one for one in _differing(proposals.values(), listed, inside)}
    receipts = {one.couple: one for one in ledger.receipts if one.couple in listed}
    receipts |= {couple: Proposal(*couple, pairing.confirmed) for couple, pairing in inside.items()}
    return replace(ledger, proposals=_sorted(new), receipts=_sorted(receipts))


def _differing(
    proposals: Iterable[Proposal], listed: Collection[Couple], inside: Mapping[Couple, Pairing]
) -> Iterator[Proposal]:
    """The proposals that the file does not have, or has with other answers."""
    for proposal in proposals:
        pairing = inside.get(proposal.couple)
        if (pairing is not None and pairing.confirmed != proposal.confirmed) or proposal.couple not in listed:
            yield proposal


def _sorted(proposals: Mapping[Couple, Proposal]) -> tuple[Proposal, ...]:
    return tuple(proposals[couple] for couple in sorted(proposals))
