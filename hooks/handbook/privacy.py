"""What belongs to a person and in no file: addresses and telephone numbers outside the shared contacts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .document import Document, Place
from .organisation import Organisation
from .problems import Problem

# Both need no more than a look: no text is searched twice, and none of these goes back and forth.
_MAILBOX = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_PHONE = re.compile(r"(?<![\w./=-])(?:\+\d|0\d)(?:[ ()/-]{0,2}\d){7,13}(?![\w-])")
_HISTORY = "Git history keeps what was already committed: see SECURITY.md."


def in_document(document: Document, organisation: Organisation) -> Iterator[Problem]:
    """No text of a program or cohort holds an address or number that is not one of the contacts."""
    for path, text in document.texts():
        for found in _private(text, organisation):
            yield _problem(document.path, document.place(path), found)


def in_prose(path: str, text: str, organisation: Organisation) -> Iterator[Problem]:
    """No long text beside a program holds one either."""
    for number, line in enumerate(text.splitlines(), 1):
        for found in _private(line, organisation):
            yield _problem(path, Place(number, line.index(found) + 1), found)


def _problem(path: str, place: Place, found: str) -> Problem:
    # Everyone can read what a check prints: it names the kind, and never the address itself.
    what = "An e-mail address" if "@" in found else "A telephone number"
    message = f"{what} stands in this text, and is none of the contacts."
    hint = (
        f"Delete it. Is it a shared one? Then add it to `contacts` in programs/organisation.yml. {_HISTORY}"
    )
    return Problem(path, place.line, place.column, "personal-address", message, hint)


def _private(text: str, organisation: Organisation) -> Iterator[str]:
    shared = {_bare(part) for contact in organisation.contacts for part in (contact.address, contact.phone)}
    for pattern in (_MAILBOX, _PHONE):
        yield from (found for found in pattern.findall(text) if _bare(found) not in shared)


def _bare(address: str) -> str:
    """An address as one compares it: a number by its digits."""
    return address.lower() if "@" in address else re.sub(r"\D", "", address)
