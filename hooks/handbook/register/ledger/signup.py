"""What one person told when signing up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SignUpRole = Literal["mentor", "mentee"]
Consent = Literal["nobody", "participants", "public"]
Location = Literal["", "remote", "in-person"]


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
