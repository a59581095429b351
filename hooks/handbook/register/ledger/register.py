"""What is known of a cohort: its file, the only truth of each pairing that stands there, and its ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from ... import Refusal
from ...model.definitions.cohort import Cohort, Pairing
from ...model.definitions.program import PARTICIPANTS
from .ledger import Couple, Ledger, Proposal, SignUp, Wishes, by_couple, in_order
from .store import Store


@dataclass(frozen=True)
class Register:
    """A cohort with its ledger, as it is once it is held against the cohort's file."""

    store: Store
    cohort: Cohort
    ledger: Ledger
    edition: int  # the number of what was read

    @staticmethod
    def of(root: Path, cohort: Cohort) -> Register:
        """Read the register of a cohort; a Refusal where that cannot be."""
        store = Store.of(root, cohort)
        register = Register(store, cohort, *store.read())
        return replace(register, ledger=register._settled(register.ledger))

    def keep(self, ledger: Ledger) -> Register:
        """Write another ledger in place of this one; a Refusal where somebody else has written meanwhile."""
        return replace(self, ledger=ledger, edition=self.store.keep(ledger, self.edition))

    # --- people

    @cached_property
    def people(self) -> Mapping[str, SignUp]:
        """Everyone who signed up, by id."""
        return {person.id: person for person in self.ledger.sign_ups}

    def sign_up(self, role: str, member: str) -> SignUp | None:
        """The sign-up of somebody in the cohort's file, where it is known whose it is."""
        return self.people.get(self._ids.get((role, member), ""))

    @cached_property
    def _ids(self) -> Mapping[tuple[str, str], str]:
        """By role and id in the cohort's file, the ids of the sign-ups."""
        members = self.ledger.members.items()
        return {(role, member): person for role, known in members for person, member in known.items()}

    # --- pairings of the file

    def couple(self, pairing: Pairing) -> Couple | None:
        """The ids of the sign-ups of a pairing in the file; None where one of the two has none here."""
        mentor = self._ids.get(("mentor", pairing.mentor.id))
        mentee = self._ids.get(("mentee", pairing.mentee.id))
        return (mentor, mentee) if mentor and mentee else None

    def pairing(self, couple: Couple) -> Pairing | None:
        """The open pairing of two people in the file."""
        return self._couples(closed=False).get(couple)

    def _couples(self, *, closed: bool) -> dict[Couple, Pairing]:
        pairings = (pairing for pairing in self.cohort.pairings if pairing.closed == closed)
        return {couple: pairing for pairing in pairings if (couple := self.couple(pairing))}

    def ended(self) -> list[Pairing]:
        """The open pairings of the file that ended, of which it does not say so yet: they are still shown."""
        return [pairing for pairing in self._open() if self.couple(pairing) in self.ledger.kept_apart]

    def going_on(self) -> list[Pairing]:
        """The pairings of the file that nobody has ended, in the file or here."""
        return [pairing for pairing in self._open() if self.couple(pairing) not in self.ledger.kept_apart]

    def _open(self) -> Iterable[Pairing]:
        return (pairing for pairing in self.cohort.pairings if not pairing.closed)

    def confirmed(self, pairing: Pairing) -> Mapping[str, date]:
        """Who has said yes to a pairing of the file, with what was noted since."""
        couple = self.couple(pairing)
        return self.answers(couple) if couple else pairing.confirmed

    # --- proposals

    def proposed(self) -> list[Proposal]:
        """The proposals that are not in the file, and to which nobody has said no."""
        new = (proposal for proposal in self.ledger.proposals if self.pairing(proposal.couple) is None)
        return [proposal for proposal in new if proposal.couple not in self.ledger.kept_apart]

    def confirmed_proposals(self) -> list[Proposal]:
        """Those of them to which both have said yes."""
        return [proposal for proposal in self.proposed() if not proposal.waits_for]

    def apart(self) -> frozenset[Couple]:
        """Who is not to be paired again: somebody said no, or it ended, here or in the file."""
        return self.ledger.kept_apart | self._couples(closed=True).keys()

    def standing(self, *, all_proposals: bool) -> frozenset[Couple]:
        """The pairings that stand whatever is proposed: of the file, and those that somebody confirmed."""
        beside = {
            proposal.couple for proposal in self.ledger.proposals if proposal.confirmed or all_proposals
        }
        return frozenset(beside.union(self._couples(closed=False)) - self.apart())

    def answers(self, couple: Couple) -> Mapping[str, date]:
        """Who of two people has said yes on which day: as the file says, with what was noted here since."""
        known = (self.pairing(couple), by_couple(self.ledger.proposals).get(couple))
        days = {role: day for thing in known if thing for role, day in thing.confirmed.items()}
        return _without_withdrawn(self.ledger, Proposal(*couple, days)).confirmed

    # --- changes

    def answered(self, couple: Couple, roles: Collection[str], day: date | None) -> Ledger:
        """Note who of a couple said yes on a day; None takes back a no, or else a yes.

        A Refusal if nobody proposed them, or somebody said no.
        """
        proposals = by_couple(self.ledger.proposals)
        left = self.ledger.declined - {(couple, role) for role in roles}
        if day is None and left != self.ledger.declined:  # what was known before it holds again
            return replace(self.ledger, declined=left)
        self._refuse_unless_proposed(couple)
        if couple in self.ledger.kept_apart:
            raise Refusal("One of these two said no.")
        before = self.answers(couple)
        days = {**before, **dict.fromkeys(roles, day)}
        proposals[couple] = Proposal(*couple, {role: on for role in PARTICIPANTS if (on := days.get(role))})
        answers = {(couple, role) for role in roles if day or role in before}
        withdrawn = self.ledger.withdrawn - answers if day else self.ledger.withdrawn | answers
        return self._settled(replace(self.ledger, proposals=tuple(proposals.values()), withdrawn=withdrawn))

    def declining(self, couple: Couple, roles: Collection[str]) -> Ledger:
        """Note who of a couple said no: they are not proposed again. A Refusal if they are not now."""
        self._refuse_unless_proposed(couple)
        if self.pairing(couple):
            raise Refusal(f"These two are paired in {self.cohort.path}.")
        declined = self.ledger.declined | {(couple, role) for role in roles}
        return replace(self.ledger, declined=declined)

    def _refuse_unless_proposed(self, couple: Couple) -> None:
        ended = self.ledger.apart | self._couples(closed=True).keys()
        if couple in ended or not self.is_known(couple):
            raise Refusal("These two are not proposed.")

    def parted(self, couples: Iterable[Couple]) -> Ledger:
        """Note that pairings ended: nobody proposes them again."""
        apart = self.ledger.apart | {*couples}
        proposals = tuple(proposal for proposal in self.ledger.proposals if proposal.couple not in apart)
        return replace(self.ledger, apart=apart, proposals=proposals)

    def rejoined(self, couple: Couple) -> Ledger:
        """Note that a pairing goes on, of which it was noted that it had ended, or that somebody said no."""
        declined = frozenset(answer for answer in self.ledger.declined if answer[0] != couple)
        return replace(self.ledger, apart=self.ledger.apart - {couple}, declined=declined)

    def unpaired(self) -> list[SignUp]:
        """Who signed up and is in no pairing, proposed or going on; nobody before anything is proposed."""
        couples = self._couples_that_meet()
        paired = {person for couple in couples for person in couple}
        begun = couples or self.ledger.declined
        return [person for person in self.ledger.sign_ups if begun and person.id not in paired]

    def _couples_that_meet(self) -> list[Couple]:
        going_on = (couple for pairing in self.going_on() if (couple := self.couple(pairing)))
        return [*(proposal.couple for proposal in self.proposed()), *going_on]

    def is_known(self, couple: Couple) -> bool:
        """Whether two people are or were proposed or paired."""
        known = by_couple(self.ledger.proposals).keys() | self._couples(closed=False).keys()
        return couple in known | self.apart()

    def leavers(self) -> list[Couple]:
        """The proposals, and pairings of the file, of which somebody is no longer among the sign-ups."""
        here = self.people.keys()
        return [couple for couple in self._couples_that_meet() if not {*couple} <= here]

    def proposing(self, couples: Iterable[Couple], wishes: Wishes, answer_by: date | None) -> Ledger:
        """Take these proposals in place of those that were; what anybody said of one that stays is kept.

        The day by which people are to answer goes with them.
        """
        before, inside = by_couple(self.ledger.proposals), self._couples(closed=False)
        after = (before.keys() & inside.keys()) | ({*couples} - inside.keys())
        proposals = tuple(before.get(couple) or Proposal(*couple) for couple in sorted(after))
        return replace(self.ledger, proposals=proposals, wishes=wishes, answer_by=answer_by)

    def _settled(self, ledger: Ledger) -> Ledger:
        """Hold a ledger against the cohort's file.

        What stands in the file as it is here is known there alone, and leaves a receipt. What was written and
        is not there any more, as on another branch, is a proposal again: nobody has to be asked twice.
        """
        inside = self._couples(closed=False)
        listed = inside.keys() | self._couples(closed=True).keys()
        receipts = by_couple(ledger.receipts)
        back = (receipts[couple] for couple in receipts.keys() - listed - ledger.kept_apart)
        known = by_couple((*back, *ledger.proposals)).values()
        every = (_without_withdrawn(ledger, proposal) for proposal in known)
        said = {couple: pairing.confirmed.items() for couple, pairing in inside.items()}
        # Of those in the file only what an open one does not say yet is left.
        new = (one for one in every if one.couple not in listed
               or not one.confirmed.items() <= said.get(one.couple, one.confirmed.items()))  # fmt: skip
        left = {couple: receipt for couple, receipt in receipts.items() if couple in listed}
        left |= {couple: Proposal(*couple, pairing.confirmed) for couple, pairing in inside.items()}
        return replace(ledger, proposals=in_order(new), receipts=in_order(left.values()))


def _without_withdrawn(ledger: Ledger, proposal: Proposal) -> Proposal:
    """A proposal with the answers that nobody took back, in the order of the roles."""
    confirmed = proposal.confirmed
    roles = (role for role in PARTICIPANTS if (proposal.couple, role) not in ledger.withdrawn)
    return replace(proposal, confirmed={role: confirmed[role] for role in roles if role in confirmed})
