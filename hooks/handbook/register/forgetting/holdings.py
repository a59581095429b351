"""Every file in which a person may stand: what programs/, docs/ and the registers hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from ... import Refusal
from ...load.files import below
from ...model.definitions.program import PARTICIPANTS
from ...text.document import Document, read
from ..ledger.ledger import Ledger
from ..ledger.signup import SignUp
from ..ledger.store import FOLDER, Store, registers, stores
from .sheets import WORKBOOKS, sheets_below, workbook

_COHORT = re.compile(r"programs/([^/]+/(?!program\.)[^/]+)\.ya?ml")
_YAML = re.compile(r"programs/.+\.ya?ml", re.DOTALL)
_TEXTS = (".css", ".csv", ".html", ".j2", ".js", ".json", ".md", ".svg", ".txt", ".yaml", ".yml")


class Entry(NamedTuple):
    """What one file says of one person."""

    cohort: str
    id: str
    name: str
    email: str = ""


class Kept(NamedTuple):
    """A register as it is kept: its place, its ledger and the number of the edition."""

    store: Store
    ledger: Ledger
    edition: int


@dataclass(frozen=True)
class Holdings:
    """Everything in which a person may stand.

    Attributes:
        texts: of all files that are texts, by path; a file elsewhere by its whole path.
        documents: those of programs/, as far as they can be read.
        registers: by PROGRAM/COHORT.
        unread: the paths of files that no program can look into.
        sheets: what form tools and spreadsheets left in the folder, as texts, by path; they are not changed.
    """

    texts: Mapping[str, str]
    documents: Mapping[str, Document]
    registers: Mapping[str, Kept]
    unread: tuple[str, ...]
    sheets: Mapping[str, str]

    @staticmethod
    def of(root: Path) -> Holdings:
        """Read programs/, docs/, the registers and the sheets beside them; links are not followed."""
        kept = {store.cohort: Kept(store, *store.read()) for store in _plain(root)}
        editions = {one.store.shown(one.store.name(one.edition)) for one in kept.values()}
        files = {path: file for path, file in _files(root).items() if path not in editions}
        contents = {path: text_of(file) for path, file in files.items()}
        texts = {path: text for path, text in contents.items() if text is not None}
        unread = [path for path, text in contents.items() if text is None and _matters(root, path)]
        yaml = {path: text for path, text in texts.items() if _YAML.fullmatch(path)}
        read_files = {path: read(path, text.removeprefix("\ufeff")) for path, text in yaml.items()}
        documents = {path: one for path, one in read_files.items() if isinstance(one, Document)}
        unread += [path for path in read_files if path not in documents]
        sheets = {path: _sheet(root / path) for path in sheets_below(root)}
        unread += [path for path, text in sheets.items() if text is None]
        known = {path: text for path, text in sheets.items() if text is not None}
        return Holdings(texts, documents, kept, tuple(unread), known)

    def people(self) -> Iterator[Entry]:
        """Everybody who is listed in a cohort or signed up for one."""
        for path, document in self.documents.items():
            yield from (entry for _, entry in listed_in(document, cohort_of(path)))
        for cohort, kept in self.registers.items():
            yield from (entry_of(cohort, person) for person in kept.ledger.sign_ups)
            yield from _members(cohort, kept.ledger)


def cohort_of(path: str) -> str:
    """The cohort whose people stand in a file, as PROGRAM/COHORT; empty for other files."""
    match = _COHORT.fullmatch(path)
    return match[1] if match else ""


def listed_in(document: Document, cohort: str) -> Iterator[tuple[int, Entry]]:
    """The people of a cohort's file, with their places in the list."""
    for index, person in mappings(document.mapping.get("people") if cohort else ()):
        yield index, Entry(cohort, str(person.get("id", "")), str(person.get("name", "")))


def entry_of(cohort: str, person: SignUp) -> Entry:
    """What a sign-up says of a person."""
    return Entry(cohort, person.id, person.name, person.email)


def _members(cohort: str, ledger: Ledger) -> Iterator[Entry]:
    """Whoever has another id in the cohort's file, perhaps without a name, as the register tells."""
    people = {person.id: person for person in ledger.sign_ups}
    for role in PARTICIPANTS:
        for name, member in ledger.members[role].items():
            if name in people:
                yield Entry(cohort, member, people[name].name, people[name].email)


def _plain(root: Path) -> Iterator[Store]:
    """The registers that stand behind no link, and that can be read: any other file is searched as a text."""
    for store in stores(root):
        try:
            store.read()
        except Refusal:
            continue
        yield store


def _files(root: Path) -> dict[str, Path]:
    """Every file by its path, and every link to a folder, which is not looked into."""
    folders = [root / name for name in ("programs", "docs", FOLDER)]
    elsewhere = registers(root)
    files: dict[str, Path] = {}
    for folder in (*folders, *({elsewhere} - {*folders})):
        if folder.is_dir():
            links = (path for path in folder.rglob("*") if path.is_symlink())
            paths = {folder / path for path in below(folder)} | {*links}
            files |= {_path(root, path): path for path in paths}
    return dict(sorted(files.items()))


def _path(root: Path, file: Path) -> str:
    return (file.relative_to(root) if file.is_relative_to(root) else file).as_posix()


def _matters(root: Path, path: str) -> bool:
    return path.startswith((f"{FOLDER}/", "/")) or path.endswith(_TEXTS)


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
        listed = file.suffix.lower() in (".csv", ".tsv", ".txt")
        return content.decode("cp1252", "replace") if listed else None


def mappings(values: object) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The mappings of a list, each with its index; none where it is no list."""
    listed = enumerate(values) if isinstance(values, list) else ()
    return ((index, value) for index, value in listed if isinstance(value, dict))
