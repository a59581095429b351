"""What stands in no file: keys that ask for it, people's addresses, numbers, sign-ups; links to answers."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import unquote, urlsplit

from ...model.definitions.organisation import Organisation
from ...model.definitions.program import LEAVE_OUT
from ...text.document import Document
from ...text.problems import MOST_PROBLEMS, Fault, Problem, fault
from ...text.signs import MAILBOX, PHONE, as_seen
from .. import LINKS, PHRASES, WORDS
from .names import Names
from .spellings import place_of

_CODES: dict[str, str] = {word: code for code, words in WORDS["refused"].items() for word in words.split()}
# Who takes a file: git has it, or the next commit may add it, or the site publishes it.
Keeping = Literal["kept", "coming", "published"]
_HARMLESS = frozenset({"README.md", ".gitkeep", ".gitignore"})


def refused(path: Sequence[str | int]) -> Fault | None:
    """Say why the last key of a path may not stand there, whatever its value; None for all others.

    What a word means follows from its place: a reason is one for leaving only in a pairing, and a contact has
    an address.
    """
    key = str(path[-1])
    code = _CODES.get(re.sub(r"[\s_-]+", "-", key.strip().lower()), "")
    around = path[:-1]
    elsewhere = (code == "reason-for-leaving" and "pairings" not in around) or (
        code == "personal-address" and ("contacts" in around or "columns" in around)
    )
    return fault(code, refused=key) if code and not elsewhere else None


def columns_are_harmless(document: Document) -> Iterator[Problem]:
    """No column of the sign-ups is taken over that says what a person is."""
    for title, field in document.mapping.get("sign_up", {}).get("columns", {}).items():
        refusal = refused(("columns", field)) or refused(("columns", title))
        if refusal and field != LEAVE_OUT:  # of which nothing is read
            place = document.key_place(("sign_up", "columns", title))
            told = (refusal.unquoted[0], PHRASES["column"])
            yield refusal._replace(hint=told[1], unquoted=told).placed(document.path, *place)


def sign_ups_in_git(keeping: Mapping[str, Keeping]) -> Iterator[Problem]:
    """No file of the registers is among those that git keeps, or that the next commit may add."""
    for path, how in keeping.items():
        if path.startswith("signups/") and PurePosixPath(path).name not in _HARMLESS:
            yield in_the_open(path, how)


def in_the_open(path: str, how: Keeping, kind: str = "") -> Problem:
    """Say that git keeps a file, or would, or that the site publishes it, with what is to be done.

    Args:
        path: of the file.
        how: who takes it.
        kind: another reason than the people in it, which is `closed`.
    """
    registers = "registers" if path.startswith("signups/") and how == "kept" else ""
    return fault(f"sign-ups-in-git.{kind or registers or how}", path=shlex.quote(path)).placed(path)


def in_names_of_files(
    keeping: Mapping[str, Keeping], organisation: Organisation | None, names: Names
) -> Iterator[Problem]:
    """No file or folder is called by a name or address; what it lies in is told, since a log keeps names."""
    files = [PurePosixPath(path) for path in keeping]
    for path in {place for file in files for place in (file, *file.parents)}:
        named = names.are_in(path.name) or any(others(path.name, organisation, MAILBOX))
        if named and not names.are_in(path.parent.as_posix()):
            yield fault("name-in-text.file").placed(path.parent.as_posix())


def in_document(document: Document, organisation: Organisation) -> Iterator[Problem]:
    """No text of a program or cohort holds an address or number that is not one of the contacts."""
    for path, text in document.texts():
        if any(refused(path[: end + 1]) for end in range(len(path))):
            continue  # the key has been told
        # All of a text stand at one place.
        kinds = {"@" in address: address for _, address in _private(as_seen(text), organisation)}
        for address in kinds.values():
            yield _told(address).placed(document.path, *document.place(path))
    sign_up = document.mapping.get("sign_up")
    for path in _made_up(("sign_up",), sign_up) if isinstance(sign_up, Mapping) else ():
        for _, address in islice(_private(as_seen(path[-1]), organisation), 1):
            yield _told(address).placed(document.path, *document.key_place(path))


def _made_up(path: tuple[str, ...], mapping: Mapping[str, object]) -> Iterator[tuple[str, ...]]:
    """The keys below one: titles of columns, and answers, are the only ones that people make up."""
    for key, value in mapping.items():
        yield (*path, key)
        yield from _made_up((*path, key), value) if isinstance(value, Mapping) else ()


def in_prose(path: str, text: str, organisation: Organisation) -> Iterator[Problem]:
    """No long text beside a program holds one either."""
    lines, seen = text.split("\n"), as_seen(text)
    for at, found in islice(_private(seen, organisation), MOST_PROBLEMS + 1):
        line = seen.count("\n", 0, at)
        yield _told(found).placed(path, line + 1, max(0, lines[line].find(found)) + 1)


# Everyone can read what a check prints: it names the kind, and never the address itself.
def _told(address: str) -> Fault:
    return fault("personal-address.mailbox" if "@" in address else "personal-address.phone")


# Links to calendars and meetings hold an @, but for what is filled in for somebody.
_ADDRESS = re.compile(r"https://(?!wa\.me/)([^\s,;)?#]*)([^\s,;)]*)", re.IGNORECASE)
_CALENDAR = re.compile(r"[\w.+-]+@(?:[\w-]+\.)*calendar\.google\.com|@thread\.\w+")


def _filled_in(link: re.Match[str]) -> str:
    """Of a link what is filled in behind its path alone, each value by itself, every sign in its place."""
    values = _CALENDAR.sub(lambda found: "|" * len(found[0]), re.sub("[&?#]", "|", link[2]).replace("=", " "))
    return "|" * (len(link[0]) - len(values)) + values


# Days, hours and other numbers may begin with a nought.
_NO_ADDRESS = re.compile(
    r"\bgit@[\w.-]+:|(?<![\d+])\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}(?!\d|[/.-]\d)"
    r"|(?<![^\s(,;])\d{1,2}[./]\d{1,2}[./]?(?=[\s,;)]|$)"
    r"|\b(?:weeks?|isbn|id|cent(?:re|er)|room|code|version)\b[ .:#-]{0,3}\d[\d -]{0,40}",
    re.IGNORECASE,
)


def others(
    seen: str, organisation: Organisation | None, *patterns: re.Pattern[str]
) -> Iterator[tuple[int, str]]:
    """Each address and number that is no contact's, with its index in a text as it is seen."""
    text = _ADDRESS.sub(_filled_in, seen)
    text = _NO_ADDRESS.sub(lambda found: "|" * len(found[0]), text)
    contacts = organisation.contacts if organisation else ()
    parts = (part for contact in contacts for part in (contact.address, contact.phone))
    shared = {_bare(part) for part in parts if not part.startswith("https:")}
    for pattern in patterns:
        found = ((match.start(), match[0]) for match in pattern.finditer(text))
        yield from ((at, said) for at, said in found if _bare(said) not in shared)


def _private(seen: str, organisation: Organisation) -> Iterator[tuple[int, str]]:
    return others(seen, organisation, MAILBOX, PHONE)


def _bare(address: str) -> str:
    """An address as one compares it: a number by its digits."""
    return address.lower().replace("\n", "") if "@" in address else re.sub(r"\D", "", address)


# Words of mailboxes that several people read. A part that is none of them is most likely a name.
_SHARED = frozenset(WORDS["shared"].split())
_LOCAL_NAME = re.compile(r"[^\W\d_]+[._][^\W\d_]{2,}")


def is_shared(address: str) -> bool:
    """Whether a mailbox is called as those are that several people, or nobody, read."""
    local = address.lower().partition("@")[0]
    words = {*re.findall(r"[^\W\d_]+", local)}
    return words <= _SHARED or not (_SHARED.isdisjoint(words) or _LOCAL_NAME.fullmatch(local))


def contacts_are_shared(document: Document, organisation: Organisation) -> Iterator[Problem]:
    """No contact is one person's mailbox: people leave, and everyone can read the site."""
    said = re.findall(r"[^\W\d_]+", organisation.name.lower())
    for index, contact in enumerate(organisation.contacts):
        link = contact.address if contact.address.startswith("https:") else ""
        for _, address in islice(_private(as_seen(link), organisation), 1):
            yield _told(address).placed(document.path, *document.place(("contacts", index, "address")))
        local, at, _ = contact.address.lower().partition("@")
        parts = re.split(r"[._]", local)
        if at and _LOCAL_NAME.fullmatch(local) and _SHARED.isdisjoint(parts) and not set(parts) & {*said}:
            yield document.problem("contact-looks-personal", ("contacts", index, "address"))


# --- links that are for nobody who answers: to where a form is made, and to where its answers lie

_URL = re.compile(r"https?://[^\s<>\"'`|]{1,2000}", re.IGNORECASE)
_EVERYWHERE, _WHERE_PEOPLE_ANSWER = ("form", "sheet"), ("form", "sheet", "file")


def links_in_document(document: Document) -> Iterator[Problem]:
    """No text of a file leads to where a form is made or answers lie; and no form to any other file."""
    for path, text in document.texts():
        kinds = _WHERE_PEOPLE_ANSWER if path[:1] == ("forms",) and path[-1] == "url" else _EVERYWHERE
        for _, wrong in islice(_wrong(text, kinds), 1):
            yield wrong.placed(document.path, *document.place(path))


def links_in_prose(path: str, text: str) -> Iterator[Problem]:
    """No long text beside a program does either."""
    for at, wrong in islice(_wrong(text, _EVERYWHERE), MOST_PROBLEMS + 1):
        yield wrong.placed(path, *place_of(text, at))


def _wrong(text: str, kinds: Sequence[str]) -> Iterator[tuple[int, Fault]]:
    for url in _URL.finditer(text):
        links = ((kind, link) for kind in kinds for link in LINKS[kind] if _matches(link, url[0]))
        if found := next(links, None):
            kind, link = found
            yield url.start(), fault(f"link-not-to-answer.{kind}", tool=link["tool"], remedy=link["remedy"])


def _matches(link: Mapping[str, str], url: str) -> bool:
    try:
        parts = urlsplit(url.rstrip(".,;:!?)]*_"))
    except ValueError:  # such as half a bracket in the name of the host
        return False
    address = unquote(parts._replace(scheme="", netloc="").geturl())
    host = re.fullmatch(link["host"], parts.hostname or "", re.IGNORECASE)
    return bool(host and re.search(link["address"], address, re.IGNORECASE))
