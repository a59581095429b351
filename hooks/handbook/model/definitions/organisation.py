"""Organisation, complete: what organisation.yml says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ...text.document import Document
from ...text.prose import Text
from .builder import build

PURPOSES = ("program", "concern", "wellbeing", "privacy", "access")


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
        return "tel:" + "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")


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
    example: bool = False
    site: Text = Text()
    path: str = "programs/organisation.yml"

    @staticmethod
    def of(document: Document) -> Organisation:
        """Read what a valid organisation.yml says."""
        said = document.mapping
        holidays = tuple(map(_span, said.get("holidays", ())))
        omitted = said.get("playbook", {})
        return build(Organisation, said, holidays=holidays, omitted=omitted, path=document.path)

    def contact(self, *purposes: str) -> Contact | None:
        """Find the contact for the first purpose that has one; then the program's."""
        by_purpose = {contact.purpose: contact for contact in reversed(self.contacts)}
        ranked = (by_purpose.get(purpose) for purpose in (*purposes, "program"))
        return next(filter(None, ranked), None)


def _span(holiday: Any) -> tuple[date, date]:
    first, last = (holiday["from"], holiday["to"]) if isinstance(holiday, Mapping) else (holiday, holiday)
    return date.fromisoformat(first), date.fromisoformat(last)
