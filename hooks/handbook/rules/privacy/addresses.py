"""Addresses and telephone numbers: those of a person stand in no text, and contacts are shared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from ...model.definitions.organisation import Organisation
from ...text.document import Document
from ...text.problems import MOST_PROBLEMS, Fault, Problem
from ...text.signs import MAILBOX, PHONE, as_seen
from .. import WORDS, fault, problem
from .keys import refused


def in_document(document: Document, organisation: Organisation) -> Iterator[Problem]:
    """No text of a program or cohort holds an address or number that is not one of the contacts."""
    for path, text in document.texts():
        if any(refused(path[: end + 1]) for end in range(len(path))):
            continue  # the key has been told
        # All of a text stand at one place.
        kinds = {"@" in address: address for _, address in _private(as_seen(text), organisation)}
        for address in kinds.values():
            yield _told(address).placed(document.path, *document.place(path))
    for title in _titles(document):
        path = ("sign_up", "columns", title)
        for _, address in islice(_private(as_seen(title), organisation), 1):
            yield _told(address).placed(document.path, *document.key_place(path))


def _titles(document: Document) -> Iterator[str]:
    """The titles of columns, the only keys that people make up; what the schema refuses may stand there."""
    sign_up = document.mapping.get("sign_up")
    columns = sign_up.get("columns") if isinstance(sign_up, Mapping) else None
    yield from columns if isinstance(columns, Mapping) else ()


def in_prose(path: str, text: str, organisation: Organisation) -> Iterator[Problem]:
    """No long text beside a program holds one either."""
    lines, seen = text.split("\n"), as_seen(text)
    for at, found in islice(_private(seen, organisation), MOST_PROBLEMS + 1):
        line = seen.count("\n", 0, at)
        yield _told(found).placed(path, line + 1, max(0, lines[line].find(found)) + 1)


# Everyone can read what a check prints: it names the kind, and never the address itself.
def _told(address: str) -> Fault:
    return fault("personal-address.mailbox" if "@" in address else "personal-address.phone")


# Links to calendars and meetings hold an @; days, hours and other numbers may begin with a nought.
_NO_ADDRESS = re.compile(
    r"https://(?!wa\.me/)[^\s,;)]+"
    r"|(?<![\d+])\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}(?!\d|[/.-]\d)"
    r"|(?<![^\s(,;])\d{1,2}[./]\d{1,2}[./]?(?=[\s,;)]|$)"
    r"|\b(?:weeks?|isbn|id|cent(?:re|er)|room|code|version)\b[ .:#-]{0,3}\d[\d -]{0,40}",
    re.IGNORECASE,
)


def _private(seen: str, organisation: Organisation) -> Iterator[tuple[int, str]]:
    """Each address and number with its index in a text as it is seen."""
    text = _NO_ADDRESS.sub(lambda found: "|" * len(found[0]), seen)
    shared = {_bare(part) for contact in organisation.contacts for part in (contact.address, contact.phone)}
    for pattern in (MAILBOX, PHONE):
        found = ((match.start(), match[0]) for match in pattern.finditer(text))
        yield from ((at, said) for at, said in found if _bare(said) not in shared)


def _bare(address: str) -> str:
    """An address as one compares it: a number by its digits."""
    return address.lower().replace("\n", "") if "@" in address else re.sub(r"\D", "", address)


# Words of mailboxes that several people read. A part that is none of them is most likely a name.
_SHARED = frozenset(WORDS["shared"].split())
_LOCAL_NAME = re.compile(r"[^\W\d_]+[._][^\W\d_]{2,}")


def contacts_are_shared(document: Document, organisation: Organisation) -> Iterator[Problem]:
    """No contact is one person's mailbox: people leave, and everyone can read the site."""
    said = re.findall(r"[^\W\d_]+", organisation.name.lower())
    for index, contact in enumerate(organisation.contacts):
        local, at, _ = contact.address.lower().partition("@")
        parts = re.split(r"[._]", local)
        if at and _LOCAL_NAME.fullmatch(local) and _SHARED.isdisjoint(parts) and not set(parts) & {*said}:
            yield problem(document, "contact-looks-personal", ("contacts", index, "address"))
