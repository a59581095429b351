"""Everything that is kept of a cohort in private, as one value: read of one file, and written as one."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from operator import itemgetter
from typing import Any

from ...model.definitions.builder import build
from ...model.definitions.program import PARTICIPANTS
from .signup import SignUp

VERSION = 1
# Registers of before have none of these, and a grade as a number.
_LATER: dict[str, Any] = {"declined": [], "answer_by": None, "named": {}}
Couple = tuple[str, str]  # the ids of a mentor and a mentee


@dataclass(frozen=True)
class Proposal:
    """Two people who could meet, by the ids of their sign-ups, and who of them has said yes on which day."""

    mentor: str
    mentee: str
    confirmed: Mapping[str, date] = field(default_factory=dict)

    @property
    def couple(self) -> Couple:
        """The ids of mentor and mentee."""
        return self.mentor, self.mentee

    @property
    def waits_for(self) -> tuple[str, ...]:
        """The roles that have not said yes."""
        return tuple(role for role in PARTICIPANTS if role not in self.confirmed)


@dataclass(frozen=True)
class Wishes:
    """What a coordinator wished for a proposal: who meets, and who does not."""

    pin: frozenset[Couple] = frozenset()
    forbid: frozenset[Couple] = frozenset()


@dataclass(frozen=True)
class Ledger:
    """What is kept of a cohort, and stands nowhere else.

    Attributes:
        last_id: the largest number that the id of a sign-up ever had.
        proposals: pairings that are not in the cohort's file; of those that are, what it does not say yet.
        receipts: what was written into the cohort's file, to notice when somebody took it back.
        declined: who said no to whom, by couple and role: they are not proposed again.
        answer_by: the day by which those who are asked are to answer.
        named: by the id of who wrote of another person and the normal form of what was written, with a blank
            between, the ids of the sign-ups that the coordinator said it means, blanks between; empty where
            it means nobody who signed up.
        apart: who was paired and is not to be again, since it ended or somebody left.
        withdrawn: whose yes to a pairing was taken back, by couple and role, until there is a new one.
        members: by role, for the id of a sign-up that of the same person in the cohort's file.
        numbers: by role, the largest that anybody of the cohort's file ever had, also who is forgotten.
        editions: a random sign for each of the last times that this was written.
    """

    sign_ups: tuple[SignUp, ...] = ()
    last_id: int = 0
    proposals: tuple[Proposal, ...] = ()
    receipts: tuple[Proposal, ...] = ()
    apart: frozenset[Couple] = frozenset()
    withdrawn: frozenset[tuple[Couple, str]] = frozenset()
    wishes: Wishes = Wishes()
    members: Mapping[str, Mapping[str, str]] = field(
        default_factory=lambda: {role: {} for role in PARTICIPANTS}
    )
    numbers: Mapping[str, int] = field(default_factory=dict)
    editions: tuple[str, ...] = ()
    declined: frozenset[tuple[Couple, str]] = frozenset()
    answer_by: date | None = None
    named: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> str:
        """Write it, its sign-ups sorted by ids; of a sign-up what nobody said is left out."""
        empty, values = asdict(SignUp("")), {"version": VERSION, **asdict(self)}
        people = sorted(values["sign_ups"], key=itemgetter("id"))
        written = [{key: value for key, value in person.items() if value != empty[key]} for person in people]
        return json.dumps(values | {"sign_ups": written}, indent=1, ensure_ascii=False, default=_plain) + "\n"

    @classmethod
    def of_json(cls, text: str) -> Ledger:
        """Read what `as_json` wrote; of anything else a ValueError, whose sentence tells no value of it."""
        try:
            values = _LATER | json.loads(text)
            for person in values["sign_ups"]:
                person |= {"grade": str(person["grade"])} if "grade" in person else {}
            ledger = build(cls, values)
            if json.loads(ledger.as_json()) == values:
                return ledger
            raise ValueError
        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
            raise ValueError("This file was not written by this version of `handbook`.") from error

    @property
    def kept_apart(self) -> frozenset[Couple]:
        """Who is not to be paired again: since it ended or somebody left, or since somebody said no."""
        return self.apart | {couple for couple, _ in self.declined}

    def counting(self, numbers: Iterable[tuple[str, int]]) -> Ledger:
        """Remember the largest number of each role, so that nobody new gets one that was somebody's."""
        last = dict(self.numbers)
        for role, number in numbers:
            last[role] = max(last.get(role, 0), number)
        return replace(self, numbers=last)

    def without(self, ids: Container[str]) -> Ledger:
        """Take out everything of people by the ids of their sign-ups."""

        def stays(people: Iterable[str]) -> bool:
            return not any(person in ids for person in people)

        def others(couples: frozenset[Couple]) -> frozenset[Couple]:
            return frozenset(filter(stays, couples))

        return replace(
            self,
            sign_ups=tuple(person for person in self.sign_ups if person.id not in ids),
            proposals=tuple(proposal for proposal in self.proposals if stays(proposal.couple)),
            receipts=tuple(receipt for receipt in self.receipts if stays(receipt.couple)),
            apart=others(self.apart),
            withdrawn=frozenset(answer for answer in self.withdrawn if stays(answer[0])),
            wishes=Wishes(others(self.wishes.pin), others(self.wishes.forbid)),
            members={
                role: {person: member for person, member in known.items() if person not in ids}
                for role, known in self.members.items()
            },
            declined=frozenset(answer for answer in self.declined if stays(answer[0])),
            named={
                text: meant
                for text, meant in self.named.items()
                if stays((text.split(" ")[0], *meant.split()))
            },
        )


def by_couple(proposals: Iterable[Proposal]) -> dict[Couple, Proposal]:
    """Proposals by the ids of their mentors and mentees; of the same two the last."""
    return {proposal.couple: proposal for proposal in proposals}


def in_order(proposals: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """Proposals, sorted by the ids of their mentors and mentees."""
    return tuple(sorted(proposals, key=lambda proposal: proposal.couple))


def _plain(value: object) -> object:
    # A set of couples, a day, or none.
    return sorted(value) if isinstance(value, frozenset) else str(value)
