"""Everything that is kept of a cohort in private, as one value: read of one file, and written as one."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Self

from ...model.definitions.program import PARTICIPANTS
from .signup import SignUp

VERSION = 1
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


def _nobody() -> dict[str, Any]:
    return {role: {} for role in PARTICIPANTS}


@dataclass(frozen=True)
class Ledger:
    """What is kept of a cohort, and stands nowhere else.

    Attributes:
        last_id: the largest number that the id of a sign-up ever had.
        proposals: pairings that are not in the cohort's file; of those that are, what it does not say yet.
        receipts: what was written into the cohort's file, to notice when somebody took it back.
        apart: who was paired and is not to be again, since it ended or somebody left.
        members: by role, for the id of a sign-up that of the same person in the cohort's file.
        numbers: by role, the largest that anybody of the cohort's file ever had, also who is forgotten.
    """

    sign_ups: tuple[SignUp, ...] = ()
    last_id: int = 0
    proposals: tuple[Proposal, ...] = ()
    receipts: tuple[Proposal, ...] = ()
    apart: frozenset[Couple] = frozenset()
    wishes: Wishes = Wishes()
    members: Mapping[str, Mapping[str, str]] = field(default_factory=_nobody)
    numbers: Mapping[str, int] = field(default_factory=dict)

    def as_json(self) -> str:
        """Write it, sorted by ids; of a sign-up what nobody said is left out."""
        empty = asdict(SignUp(""))
        people = [asdict(person) for person in sorted(self.sign_ups, key=lambda person: person.id)]
        lists = {
            "sign_ups": [
                {key: value for key, value in person.items() if value != empty[key]} for person in people
            ],
            "proposals": _listed(self.proposals),
            "receipts": _listed(self.receipts),
            "apart": sorted(self.apart),
            "wishes": {"pin": sorted(self.wishes.pin), "forbid": sorted(self.wishes.forbid)},
        }
        numbers = {"last_id": self.last_id, "members": self.members, "numbers": self.numbers}
        return json.dumps({"version": VERSION, **lists, **numbers}, indent=1, ensure_ascii=False) + "\n"

    @classmethod
    def of_json(cls, text: str) -> Self:
        """Read what `as_json` wrote.

        Raises:
            ValueError: where it is anything else, with a sentence that tells no value of it.
        """
        try:
            return cls._of(json.loads(text))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ValueError("This file was not written by this version of `handbook`.") from error

    @classmethod
    def _of(cls, values: Mapping[str, Any]) -> Self:
        if values["version"] != VERSION:
            raise ValueError
        wishes = Wishes(*(_couples(values["wishes"][kind]) for kind in ("pin", "forbid")))
        return cls(
            tuple(_sign_up(person) for person in values["sign_ups"]),
            int(values["last_id"]),
            tuple(_proposal(entry) for entry in values["proposals"]),
            tuple(_proposal(entry) for entry in values["receipts"]),
            _couples(values["apart"]),
            wishes,
            {role: dict(values["members"][role]) for role in PARTICIPANTS},
            {role: int(number) for role, number in values["numbers"].items()},
        )

    def counting(self, numbers: Mapping[str, int]) -> Ledger:
        """Remember the larger of these numbers and those that were, so that nobody new gets one of them."""
        larger = {role: max(self.numbers.get(role, 0), number) for role, number in numbers.items()}
        return replace(self, numbers={**self.numbers, **larger})

    def without(self, gone: Callable[[str], bool]) -> Ledger:
        """Take out everything of people by the ids of their sign-ups."""

        def stays(couple: Couple) -> bool:
            return not any(map(gone, couple))

        def others(proposals: tuple[Proposal, ...]) -> tuple[Proposal, ...]:
            return tuple(proposal for proposal in proposals if stays(proposal.couple))

        wishes = Wishes(*(frozenset(filter(stays, some)) for some in (self.wishes.pin, self.wishes.forbid)))
        return replace(
            self,
            sign_ups=tuple(person for person in self.sign_ups if not gone(person.id)),
            proposals=others(self.proposals),
            receipts=others(self.receipts),
            apart=frozenset(filter(stays, self.apart)),
            wishes=wishes,
            members={
                role: {name: member for name, member in known.items() if not gone(name)}
                for role, known in self.members.items()
            },
        )


def _listed(proposals: tuple[Proposal, ...]) -> list[dict[str, object]]:
    return [
        {
            "mentor": proposal.mentor,
            "mentee": proposal.mentee,
            "confirmed": {role: day.isoformat() for role, day in proposal.confirmed.items()},
        }
        for proposal in sorted(proposals, key=lambda proposal: proposal.couple)
    ]


def _proposal(entry: Mapping[str, Any]) -> Proposal:
    days = {role: date.fromisoformat(day) for role, day in entry["confirmed"].items()}
    return Proposal(entry["mentor"], entry["mentee"], days)


def _couples(listed: list[Any]) -> frozenset[Couple]:
    return frozenset((str(mentor), str(mentee)) for mentor, mentee in listed)


def _sign_up(values: Mapping[str, Any]) -> SignUp:
    fields: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in values.items()
    }
    return SignUp(**fields)
