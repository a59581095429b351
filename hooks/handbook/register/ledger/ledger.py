"""Everything that is kept of a cohort in private, as one value: read of one file, and written as one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from operator import itemgetter
from typing import Any, Literal, NamedTuple

from ...model.definitions.builder import build
from ...model.definitions.program import PARTICIPANTS
from ...rules.privacy.spellings import normal_form

VERSION = 1
MANAGERS = "; "  # between the managers of one person
FAR = "\0"  # the grade of somebody made up, who is far enough from everyone that has one
_NUMBER = re.compile(r"(?<!\d)(\d{1,6})(?:[.,]0+)?(?!\d)")  # a spreadsheet may have put `,0` behind it
# Registers of before have none of these, and a grade as a number.
_LATER: dict[str, Any] = {"declined": [], "answer_by": None, "named": {}}
Couple = tuple[str, str]  # the ids of a mentor and a mentee
SignUpRole = Literal["mentor", "mentee"]
BOTH: tuple[SignUpRole, ...] = ("mentor", "mentee")
Consent = Literal["nobody", "participants", "public"]
Location = Literal["", "either", "remote", "in-person"]


@dataclass(frozen=True)
class SignUp:
    """What one person told when signing up. Nothing of it may reach git, a log or a site unasked."""

    id: str  # such as `p-17`: it says nothing, and stays when the same person is read again
    name: str = ""
    email: str = ""
    roles: tuple[SignUpRole, ...] = ()  # mentor, mentee or both, in this order
    unit: str = ""
    grade: str = ""  # as it was answered; where it stands is said by `graded`
    manager: str = ""  # whom the person reports to, as given; once read, ids with MANAGERS between
    topics: tuple[str, ...] = ()  # ids of the program's: what a mentor can teach, or a mentee wants to learn
    skills: tuple[str, ...] = ()  # what the person offers, in own words
    learn: tuple[str, ...] = ()  # what the person wants to learn, in own words
    goals: tuple[str, ...] = ()  # ids of the program's
    working_style: str = ""
    communication_style: str = ""
    interests: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    timezone: str = ""  # an IANA name
    hours: tuple[int, int] | None = None  # local ones with time: the first, and the one after the last
    location: Location = ""  # how the person wants to meet; empty where nothing was said
    capacity: int = 1  # how many pairings at one time, in each of the roles
    not_with: tuple[str, ...] = ()  # whom not to be paired with, as given; once read, ids of sign-ups
    earlier: tuple[str, ...] = ()  # whom the person was paired with before, likewise
    consent: Consent = "nobody"  # who may read the name

    def naming(self, left: Callable[[Iterable[str]], Iterable[str]]) -> SignUp:
        """The same person, who names no more than what is left of others."""
        manager = MANAGERS.join(left(self.manager.split(MANAGERS)))
        return replace(
            self, manager=manager, not_with=tuple(left(self.not_with)), earlier=tuple(left(self.earlier))
        )


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
    """What is kept of a cohort, and stands nowhere else."""

    sign_ups: tuple[SignUp, ...] = ()
    last_id: int = 0  # the largest number that the id of a sign-up ever had
    # Pairings that are not in the cohort's file; of those that are, what it does not say yet.
    proposals: tuple[Proposal, ...] = ()
    receipts: tuple[Proposal, ...] = ()  # what was written there, to notice when somebody took it back
    apart: frozenset[Couple] = frozenset()  # who is not to be paired again, since it ended or somebody left
    # Whose yes to a pairing was taken back, by couple and role, until there is a new one.
    withdrawn: frozenset[tuple[Couple, str]] = frozenset()
    wishes: Wishes = Wishes()
    # By role, for the id of a sign-up that of the same person in the cohort's file.
    members: Mapping[str, Mapping[str, str]] = field(
        default_factory=lambda: {role: {} for role in PARTICIPANTS}
    )
    # By role, the largest that anybody of the cohort's file ever had, also who is forgotten.
    numbers: Mapping[str, int] = field(default_factory=dict)
    editions: tuple[str, ...] = ()  # a random sign for each of the last times that this was written
    declined: frozenset[tuple[Couple, str]] = frozenset()  # who, by role, said no: not to be proposed again
    answer_by: date | None = None  # the day by which those who are asked are to answer
    # By the id of who wrote of another person and the normal form of what was written, with a blank between,
    # the ids of the sign-ups that the coordinator said it means, likewise; empty where it means none of them.
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

        named = {key: who for key, who in self.named.items() if stays((key.split(" ")[0], *who.split()))}
        return replace(
            self,
            sign_ups=tuple(person for person in self.sign_ups if person.id not in ids),
            proposals=tuple(proposal for proposal in self.proposals if stays(proposal.couple)),
            receipts=tuple(receipt for receipt in self.receipts if stays(receipt.couple)),
            apart=frozenset(filter(stays, self.apart)),
            withdrawn=frozenset(answer for answer in self.withdrawn if stays(answer[0])),
            wishes=Wishes(*(frozenset(filter(stays, two)) for two in (self.wishes.pin, self.wishes.forbid))),
            members={
                role: {person: member for person, member in known.items() if person not in ids}
                for role, known in self.members.items()
            },
            declined=frozenset(answer for answer in self.declined if stays(answer[0])),
            named=named,
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


class Grade(NamedTuple):
    """A place on a scale: a larger rank is more senior, and two scales are never compared."""

    scale: str
    rank: int


def graded(answers: Iterable[str], order: Sequence[str] = ()) -> Mapping[str, Grade]:
    """The grades of those answers that stand on a scale, by the answer.

    Where organisation.yml has words in an order, from junior to senior, they are the one scale; else answers
    that hold one number each and the same words beside it are one.
    """
    given = [answer for answer in dict.fromkeys(answers) if answer.strip()]
    if order:
        places = {normal_form(word): rank for rank, word in reversed([*enumerate(order)])}
        ranks = ((answer, places.get(normal_form(answer))) for answer in given)
        return {answer: Grade("", rank) for answer, rank in ranks if rank is not None}
    numbers = {answer: _NUMBER.findall(answer) for answer in given}
    single = (answer for answer in given if len(numbers[answer]) == 1)
    scales = {answer: normal_form(_NUMBER.sub(" ", answer)) for answer in single}
    worded = {scale for scale in scales.values() if scale}
    # 6 beside Band 6 is the same; beside Grade 6 and Band 6 nobody knows which of the two.
    bare = next(iter(worded)) if len(worded) == 1 else ""
    return {answer: Grade(scale or bare, int(numbers[answer][0])) for answer, scale in scales.items()}
