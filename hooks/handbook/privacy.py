"""What belongs to a person and in no file: addresses, telephone numbers, names without consent, sign-ups."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from .cohort import Cohort
from .document import Document, Place
from .organisation import Organisation
from .problems import Problem
from .program import Program
from .sensitive import HISTORY, refused

# Both need no more than a look: no text is searched twice, and none of these goes back and forth.
_MAILBOX = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_PHONE = re.compile(r"(?<![\w./=-])(?:\+\d|0\d)(?:[ ()/-]{0,2}\d){7,13}(?![\w-])")


def in_document(document: Document, organisation: Organisation) -> Iterator[Problem]:
    """No text of a program or cohort holds an address or number that is not one of the contacts."""
    for path, text in document.texts():
        if any(refused(str(key)) for key in path):
            continue  # the key has been told
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
    hint = f"Delete it. Is it a shared one? Then add it to `contacts` in programs/organisation.yml. {HISTORY}"
    return Problem(path, place.line, place.column, "personal-address", message, hint)


def _private(text: str, organisation: Organisation) -> Iterator[str]:
    shared = {_bare(part) for contact in organisation.contacts for part in (contact.address, contact.phone)}
    for pattern in (_MAILBOX, _PHONE):
        yield from (found for found in pattern.findall(text) if _bare(found) not in shared)


def _bare(address: str) -> str:
    """An address as one compares it: a number by its digits."""
    return address.lower() if "@" in address else re.sub(r"\D", "", address)


# Words of mailboxes that several people read. A part that is none of them is most likely a name.
_SHARED_WORDS = """
    access admin board buddies care centre college comms concern concerns contact coordination
    coordinator culture data department desk development digital diversity dpo equality ethics feedback
    fluency general group handbook happiness health hello help helpdesk hr hub inclusion info inquiries
    integrity it ld learning legal mail mailbox mentor mentoring mentorship mentors office ombuds
    ombudsman organisation people person pilot post privacy program programme programs protection
    questions reception reverse safe safeguarding secretariat service services speak staff support
    talent talents team training trust up wellbeing wellness whistle works young
    """
_SHARED = frozenset(_SHARED_WORDS.split())
_LOCAL_NAME = re.compile(r"[^\W\d_]+[._-][^\W\d_]{2,}")


def contacts_are_shared(document: Document, organisation: Organisation) -> Iterator[Problem]:
    """No contact is one person's mailbox: people leave, and everyone can read the site."""
    said = re.findall(r"[^\W\d_]+", organisation.name.lower())
    for index, contact in enumerate(organisation.contacts):
        local, at, _ = contact.address.lower().partition("@")
        parts = re.split(r"[._-]", local)
        if at and _LOCAL_NAME.fullmatch(local) and _SHARED.isdisjoint(parts) and not set(parts) & {*said}:
            message = "This mailbox looks like one person's. Everyone can read the site, and people leave."
            hint = f"Use a mailbox that a team reads, such as mentoring@…. {HISTORY}"
            path = ("contacts", index, "address")
            yield document.problem("contact-looks-personal", path, message, hint, severity="warning")


def columns_are_harmless(document: Document) -> Iterator[Problem]:
    """No column of the sign-ups is taken over that says what a person is, or why somebody left."""
    for title, field in document.mapping.get("sign_up", {}).get("columns", {}).items():
        for word in dict.fromkeys((field, title)):
            found = refused(word)
            if found and found.code != "personal-address":
                place = document.key_place(("sign_up", "columns", title))
                hint = f"Delete this line; the column is then left in the sign-ups. {found.hint}"
                yield Problem(document.path, place.line, place.column, found.code, found.message, hint)
                break


def names_without_consent(program: Program, cohorts: Iterable[Cohort]) -> tuple[str, ...]:
    """The names in the files of a program that not every reader may see, where they are names for sure.

    One word alone may be any word, such as Mark or May.
    """
    people = [(person.name, person.consent) for cohort in cohorts for person in cohort.people]
    if program.sponsor:
        people.append((program.sponsor.name, program.sponsor.consent))
    public = {name for name, consent in people if consent == "public"}
    names = {name for name, consent in people if consent != "public" and " " in name.strip()}
    return tuple(sorted(names - public))


def names_in_document(document: Document, names: Iterable[str]) -> Iterator[Problem]:
    """No text holds the name of a person who did not agree that everyone may read it."""
    for pattern in map(_name, names):
        for path, text in document.texts():
            if path[-1:] != ("name",) and pattern.search(text):
                place = document.place(path)
                yield _named(document.path, place)


def names_in_prose(path: str, text: str, names: Iterable[str]) -> Iterator[Problem]:
    """No long text beside a program holds one either."""
    for pattern in map(_name, names):
        for number, line in enumerate(text.splitlines(), 1):
            if found := pattern.search(line):
                yield _named(path, Place(number, found.start() + 1))


def _name(name: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in name.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)


def _named(path: str, place: Place) -> Problem:
    message = "This text names somebody who did not agree that everyone may read the name."
    hint = f"Ask the person and write `consent: public`, or leave the name out of the text. {HISTORY}"
    return Problem(path, place.line, place.column, "name-in-text", message, hint)


_SHEETS = frozenset({".csv", ".tsv", ".xls", ".xlsx", ".xlsm", ".ods", ".numbers"})


def sign_ups_in_git(paths: Iterable[str]) -> Iterator[Problem]:
    """No file of sign-ups or answers is kept by git; `paths` are those that it keeps."""
    for path in paths:
        file = PurePosixPath(path)
        inside = file.parts[0] == "signups"
        if inside or (file.parts[0] == "programs" and file.suffix.lower() in _SHEETS):
            message = "Git keeps this file. Sign-ups and answers hold what people told in confidence."
            way = "" if inside else "move it into signups/, "
            hint = f"Run `git rm --cached '{path}'`, {way}then commit. {HISTORY}"
            yield Problem(path, 1, 1, "sign-ups-in-git", message, hint)
