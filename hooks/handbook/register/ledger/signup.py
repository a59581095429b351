"""What one person told when signing up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SignUpRole = Literal["mentor", "mentee"]
Consent = Literal["nobody", "participants", "public"]
MANAGERS = "; "  # between the managers of one person
Location = Literal["", "either", "remote", "in-person"]


@dataclass(frozen=True)
class SignUp:
    """What one person told when signing up. Nothing of it may reach git, a log or a site unasked."""

    id: str  # such as `p-17`: it says nothing, and stays when the same person is read again
    name: str = ""
    email: str = ""
    roles: tuple[SignUpRole, ...] = ()  # mentor, mentee or both, in this order
    unit: str = ""
    grade: str = ""  # as it was answered; where it stands is said by grades.py
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
