"""Every file in which a person may stand: what programs/, docs/ and signups/ hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from ...register.ledger import signup
from ...register.ledger.signup import SignUp
from ...text import document
from ...text.document import Document
from ..terminal.files import below
from .sheets import WORKBOOKS, sheets_below, workbook

_COHORT = re.compile(r"programs/([^/]+/(?!program\.)[^/]+)\.ya?ml")
_SIGN_UPS = re.compile(r"signups/([^/]+/[^/]+)\.json")
_YAML = re.compile(r"programs/.+\.ya?ml", re.DOTALL)
_TEXTS = (".css", ".csv", ".html", ".j2", ".js", ".json", ".md", ".svg", ".txt", ".yaml", ".yml")


@dataclass(frozen=True)
class Kept:
    """Everything in which a person may stand.

    Attributes:
        texts: of all files that are texts, by path.
        documents: those of programs/, as far as they can be read.
        sign_ups: by path.
        unread: the paths of files that no program can look into.
        sheets: what form tools and spreadsheets left in the folder, as texts, by path; they are not changed.
    """

    texts: Mapping[str, str]
    documents: Mapping[str, Document]
    sign_ups: Mapping[str, tuple[SignUp, ...]]
    unread: tuple[str, ...]
    sheets: Mapping[str, str]

    @staticmethod
    def of(root: Path) -> Kept:
        """Read programs/, docs/, signups/ and the sheets beside them; links are not followed."""
        texts: dict[str, str] = {}
        unread: list[str] = []
        for path in _paths(root):
            text = text_of(root / path)
            if text is not None:
                texts[path] = text
            elif path.startswith("signups/") or path.endswith(_TEXTS):
                unread.append(path)
        documents, sign_ups = {}, {}
        for path, text in texts.items():
            if _YAML.fullmatch(path):
                read = document.read(path, text.removeprefix("\ufeff"))
                if isinstance(read, Document):
                    documents[path] = read
                else:
                    unread.append(path)
            elif _SIGN_UPS.fullmatch(path):
                with suppress(ValueError):  # any other file is searched as a text
                    sign_ups[path] = signup.of_json(text)
        sheets = {path: _sheet(root / path) for path in sheets_below(root)}
        unread += [path for path, text in sheets.items() if text is None]
        read_ones = {path: text for path, text in sheets.items() if text is not None}
        return Kept(texts, documents, sign_ups, tuple(unread), read_ones)

    def people(self) -> Iterator[Entry]:
        """Everybody who is listed in a cohort or signed up for one."""
        for path, read in self.documents.items():
            yield from (entry for _, entry in listed_in(read, cohort_of(path)))
        for path, listed in self.sign_ups.items():
            yield from (entry_of(cohort_of(path), one) for one in listed)
            yield from self._written(cohort_of(path), listed)

    def _written(self, cohort: str, listed: Sequence[SignUp]) -> Iterator[Entry]:
        """Whoever has another id in the cohort's file, perhaps without a name, as the proposals tell."""
        people = {one.id: one for one in listed}
        with suppress(ValueError):  # any other file is searched as a text
            text = self.texts.get(f"signups/{cohort}-proposals.json", "")
            for one in signup.proposals_of_json(text) if text else ():
                for name, identifier in zip(one.two, one.written, strict=False):
                    if name in people:
                        yield Entry(cohort, identifier, people[name].name, people[name].email)


class Entry(NamedTuple):
    """What one file says of one person."""

    cohort: str
    id: str
    name: str
    email: str = ""


def cohort_of(path: str) -> str:
    """The cohort whose people or sign-ups stand in a file, as PROGRAM/COHORT; empty for other files."""
    found = _COHORT.fullmatch(path) or _SIGN_UPS.fullmatch(path)
    return found[1] if found else ""


def listed_in(read: Document, cohort: str) -> Iterator[tuple[int, Entry]]:
    """The people of a cohort's file, with their places in the list."""
    for index, one in mappings(read.mapping.get("people") if cohort else ()):
        yield index, Entry(cohort, str(one.get("id", "")), str(one.get("name", "")))


def entry_of(cohort: str, one: SignUp) -> Entry:
    """What a sign-up says of a person."""
    return Entry(cohort, one.id, one.name, one.email)


def _paths(root: Path) -> list[str]:
    """Every file, and every link to a folder, which is not looked into."""
    folders = [folder for folder in ("programs", "docs", "signups") if (root / folder).is_dir()]
    links = (path for folder in folders for path in (root / folder).rglob("*") if path.is_symlink())
    found = {f"{folder}/{path}" for folder in folders for path in below(root / folder)}
    return sorted(found | {path.relative_to(root).as_posix() for path in links})


def _sheet(file: Path) -> str | None:
    return workbook(file) if file.suffix.lower() in WORKBOOKS else text_of(file)


def text_of(file: Path) -> str | None:
    """Read a text as it stands; None for what is none."""
    if file.is_symlink() or not file.is_file():
        return None
    content = file.read_bytes()
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    try:
        return None if encoding == "utf-8" and b"\0" in content else content.decode(encoding)
    except UnicodeDecodeError:
        return (
            content.decode("cp1252", "replace") if file.suffix.lower() in (".csv", ".tsv", ".txt") else None
        )


def mappings(said: object) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The mappings of a list, each with its index; none where it is no list."""
    listed = enumerate(said) if isinstance(said, list) else ()
    return ((index, one) for index, one in listed if isinstance(one, dict))
