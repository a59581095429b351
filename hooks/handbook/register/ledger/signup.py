"""Sign-ups: what people told in confidence, and how it is kept in signups/, which no build reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

SignUpRole = Literal["mentor", "mentee"]
Consent = Literal["nobody", "participants", "public"]
Location = Literal["", "remote", "in-person"]
VERSION = 1


@dataclass(frozen=True)
class SignUp:
    """What one person told when signing up. Nothing of it may reach git, a log or a site unasked.

    Attributes:
        id: such as `p-17`: it says nothing, and stays when the same person is read again.
        roles: mentor, mentee or both, in this order.
        grade: a larger number is more senior; None where nobody said.
        manager: the id of the sign-up of whom the person reports to; else as it was given.
        topics: ids of the program's topics: what a mentor can teach, or a mentee wants to learn.
        skills: what the person offers, in own words.
        learn: what the person wants to learn, in own words.
        goals: ids of the program's goals.
        timezone: an IANA name; empty where nobody said.
        hours: the local hours at which the person has time: the first, and the one after the last.
        location: how the person wants to meet; empty where both is fine.
        capacity: how many pairings at one time, in each of the roles.
        not_with: ids of sign-ups that the person is not to be paired with; else as they were given.
        earlier: ids of sign-ups that the person was paired with before; else as they were given.
        consent: who may read the name.
    """

    id: str
    name: str = ""
    email: str = ""
    roles: tuple[SignUpRole, ...] = ()
    unit: str = ""
    grade: int | None = None
    manager: str = ""
    topics: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    learn: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    working_style: str = ""
    communication_style: str = ""
    interests: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    timezone: str = ""
    hours: tuple[int, int] | None = None
    location: Location = ""
    capacity: int = 1
    not_with: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    consent: Consent = "nobody"


@dataclass(frozen=True)
class Proposal:
    """Two people who could meet, by the ids of their sign-ups, and which of them has said yes on which day.

    Attributes:
        written: the ids of mentor and mentee in the cohort's file, once the pairing stands there; else empty.
        ended: whether both were paired anew; it is kept, so that nobody gets a second id in the file.
    """

    mentor: str
    mentee: str
    confirmed: Mapping[str, date] = field(default_factory=dict)
    written: tuple[str, ...] = ()
    ended: bool = False

    @property
    def two(self) -> tuple[str, str]:
        """The ids of mentor and mentee."""
        return self.mentor, self.mentee

    @property
    def state(self) -> Literal["proposed", "confirmed-by-one", "confirmed"]:
        """Where it stands."""
        states: tuple[Literal["proposed", "confirmed-by-one", "confirmed"], ...]
        states = ("proposed", "confirmed-by-one", "confirmed")
        return states[len(self.confirmed)]


@dataclass(frozen=True)
class Wishes:
    """What a coordinator wished for a proposal, by ids of mentor and mentee: who meets, and who does not."""

    pin: frozenset[tuple[str, str]] = frozenset()
    forbid: frozenset[tuple[str, str]] = frozenset()


def path(program: str, cohort: str) -> str:
    """Where the sign-ups of a cohort are kept, below the repository's folder."""
    return f"signups/{program}/{cohort}.json"


def proposals_path(program: str, cohort: str) -> str:
    """Where a cohort's proposals are kept."""
    return f"signups/{program}/{cohort}-proposals.json"


def report_path(program: str, cohort: str) -> str:
    """Where the page about a cohort's proposals is kept."""
    return f"signups/{program}/{cohort}-proposals.html"


def wishes_path(program: str, cohort: str) -> str:
    """Where it is kept what was wished for a cohort's proposals."""
    return f"signups/{program}/{cohort}-wishes.json"


def numbers_path(program: str, cohort: str) -> str:
    """Where the largest numbers of people in a cohort's file are kept; they alone name nobody."""
    return f"signups/{program}/{cohort}.last-aliases"


def as_json(sign_ups: Iterable[SignUp]) -> str:
    """Write sign-ups, sorted by id; what nobody said is left out."""
    empty = asdict(SignUp(""))
    listed = sorted(sign_ups, key=lambda one: one.id)
    said = [{key: value for key, value in asdict(one).items() if value != empty[key]} for one in listed]
    return json.dumps({"version": VERSION, "sign_ups": said}, indent=1, ensure_ascii=False) + "\n"


def of_json(text: str) -> tuple[SignUp, ...]:
    """Read what `as_json` wrote.

    Raises:
        ValueError: where it is anything else, with a sentence that names no value.
    """
    with _written_by("import signups"):
        return tuple(_of(said) for said in _kept(text)["sign_ups"])


def _kept(text: str) -> Mapping[str, Any]:
    kept: Mapping[str, Any] = json.loads(text)
    if kept["version"] != VERSION:
        raise ValueError
    return kept


@contextmanager
def _written_by(command: str) -> Iterator[None]:
    """Whatever is wrong with a file, say only whose it should be: no value of it is told."""
    try:
        yield
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"This file was not written by this version of `handbook {command}`.") from error


def _of(said: Mapping[str, Any]) -> SignUp:
    values: dict[str, Any] = {key: tuple(one) if isinstance(one, list) else one for key, one in said.items()}
    return SignUp(**values)


def wishes_as_json(wishes: Wishes) -> str:
    """Write wishes, sorted by ids."""
    return json.dumps({"version": VERSION, "pin": sorted(wishes.pin), "forbid": sorted(wishes.forbid)}) + "\n"


def wishes_of_json(text: str) -> Wishes:
    """Read what `wishes_as_json` wrote.

    Raises:
        ValueError: where it is anything else.
    """
    with _written_by("pair"):
        kept = _kept(text)
        wishes = (frozenset((str(one), str(two)) for one, two in kept[kind]) for kind in ("pin", "forbid"))
        return Wishes(*wishes)


def proposals_as_json(proposals: Iterable[Proposal]) -> str:
    """Write proposals, sorted by ids."""
    listed = sorted(proposals, key=lambda one: (one.mentor, one.mentee))
    said = [
        {"mentor": one.mentor, "mentee": one.mentee, "written": one.written, "ended": one.ended}
        | {"confirmed": {role: day.isoformat() for role, day in one.confirmed.items()}}
        for one in listed
    ]
    return json.dumps({"version": VERSION, "proposals": said}, indent=1) + "\n"


def proposals_of_json(text: str) -> tuple[Proposal, ...]:
    """Read what `proposals_as_json` wrote.

    Raises:
        ValueError: where it is anything else.
    """
    with _written_by("pair"):
        return tuple(
            Proposal(
                one["mentor"],
                one["mentee"],
                {role: date.fromisoformat(day) for role, day in one["confirmed"].items()},
                tuple(one["written"]),
                bool(one["ended"]),
            )
            for one in _kept(text)["proposals"]
        )
