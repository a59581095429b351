"""Organisation, complete: what organisation.yml says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ...text.document import Document
from ...text.prose import Text
from .builder import build

# What is serious never leads to whoever runs the programs.
SERIOUS = ("concern", "safeguarding", "union", "equality")
PURPOSES = ("program", *SERIOUS, "wellbeing", "privacy", "access")


@dataclass(frozen=True)
class Contact:
    """A shared mailbox, page or phone, for one purpose."""

    purpose: str
    label: Text
    address: Text = Text()
    phone: Text = Text()
    confidential: bool = False

    @property
    def url(self) -> str:
        """Where a tap on it leads."""
        if self.address:
            return str(self.address) if "://" in self.address else f"mailto:{self.address}"
        return "tel:" + self._number

    @property
    def _number(self) -> str:
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")

    @property
    def ends(self) -> set[str]:
        """Where whoever writes or calls ends up, so that two contacts can be seen to be one."""
        return {self.address.casefold().rstrip("/"), self._number} - {""}


@dataclass(frozen=True)
class Organisation:
    """Who runs the programs; `site` is where people find the handbook, for links in messages, or empty."""

    name: Text
    language: str = "en"
    timezone: str = "UTC"
    repository: str = "public"
    contacts: tuple[Contact, ...] = ()
    holidays: tuple[tuple[date, date], ...] = ()
    grades: tuple[str, ...] = ()  # from junior to senior
    omitted: Mapping[str, Any] = field(default_factory=dict)
    privacy: Mapping[str, Any] = field(default_factory=dict)
    words: tuple[tuple[str, str, str, str], ...] = ()  # for roles: the role, one, several, one with article
    example: bool = False
    site: Text = Text()
    path: str = "programs/organisation.yml"

    @staticmethod
    def of(document: Document) -> Organisation:
        """Read what a valid organisation.yml says."""
        said = document.mapping
        holidays = tuple(map(_span, said.get("holidays", ())))
        omitted = said.get("playbook", {})
        words = tuple((role, of["one"], of["many"], of["a"]) for role, of in said.get("words", {}).items())
        return build(Organisation, said, holidays=holidays, omitted=omitted, words=words, path=document.path)

    @property
    def unsaid(self) -> tuple[str, ...]:
        """The keys of `privacy` without which what participants read is no full privacy notice."""
        needed = ("controller", "basis", "months", "tools", "authority")
        return tuple(key for key in needed if key not in self.privacy)

    def contact(self, *purposes: str) -> Contact | None:
        """Find the contact for the first purpose that has one; for access that may be the program's."""
        by_purpose = {contact.purpose: contact for contact in reversed(self.apart)}
        names = (*purposes, "program") if {*purposes} <= {"program", "access"} else purposes
        if not {*SERIOUS}.isdisjoint(purposes):
            names = tuple(name for name in purposes if name != "program")
        return next((by_purpose[name] for name in names if name in by_purpose), None)

    @property
    def apart(self) -> tuple[Contact, ...]:
        """The contacts, without those for what is serious that lead to whoever runs the programs."""
        team = set[str]().union(*(one.ends for one in self.contacts if one.purpose == "program"))
        return tuple(one for one in self.contacts if one.purpose not in SERIOUS or team.isdisjoint(one.ends))


def _span(holiday: Any) -> tuple[date, date]:
    first, last = (holiday["from"], holiday["to"]) if isinstance(holiday, Mapping) else (holiday, holiday)
    return date.fromisoformat(first), date.fromisoformat(last)
