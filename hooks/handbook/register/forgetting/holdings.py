"""Every file in which a person may stand: what programs/, docs/, registers and sheets hold."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from ... import Refusal
from ...model.definitions.program import PARTICIPANTS
from ...text.document import Document, read
from ..ledger.ledger import Ledger
from ..ledger.signup import SignUp
from ..ledger.store import FOLDER, Store, registers, stores

_COHORT = re.compile(r"programs/([^/]+/(?!program\.)[^/]+)\.ya?ml")
_YAML = re.compile(r"programs/.+\.ya?ml", re.DOTALL)
_TEXTS = (".css", ".csv", ".html", ".j2", ".js", ".json", ".md", ".svg", ".txt", ".yaml", ".yml")
_WORKBOOKS = (".xlsx", ".xlsm", ".ods")
_CLOSED = (".xls", ".numbers")
_LISTS = (".csv", ".tsv")
_MOST_BYTES = 100_000_000
_PARTS = re.compile(r"xl/sharedStrings\.xml|xl/(?:worksheets|comments)[^/]*(?:/[^/]*)?\.xml|content\.xml")


class Entry(NamedTuple):
    """What one file says of one person."""

    cohort: str
    id: str
    name: str
    email: str = ""


class KeptRegister(NamedTuple):
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
    registers: Mapping[str, KeptRegister]
    unread: tuple[str, ...]
    sheets: Mapping[str, str]

    @staticmethod
    def of(root: Path) -> Holdings:
        """Read programs/, docs/, the registers and the sheets beside them; links are not followed."""
        registers = {register.store.cohort: register for register in _registers(root)}
        editions = {
            register.store.shown(register.store.name(register.edition)) for register in registers.values()
        }
        files = {path: text_of(file) for path, file in _files(root) if path not in editions}
        sheets = {path: _sheet(root / path) for path in _sheets(root)}
        texts = _known(files)
        yaml = {
            path: read(path, texts[path].removeprefix("\ufeff")) for path in texts if _YAML.fullmatch(path)
        }
        documents = {path: one for path, one in yaml.items() if isinstance(one, Document)}
        unread = [path for path in files if path not in texts and _matters(path)]
        unread += [path for path in yaml if path not in documents]
        unread += [path for path, text in sheets.items() if text is None]
        return Holdings(texts, documents, registers, tuple(unread), _known(sheets))

    def people(self) -> Iterator[Entry]:
        """Everybody who is listed in a cohort or signed up for one."""
        for document in self.documents.values():
            yield from (entry for _, entry in listed_in(document))
        for cohort, kept in self.registers.items():
            yield from (entry_of(cohort, person) for person in kept.ledger.sign_ups)
            yield from _members(cohort, kept.ledger)


def cohort_of(path: str) -> str:
    """The cohort whose people stand in a file, as PROGRAM/COHORT; empty for other files."""
    match = _COHORT.fullmatch(path)
    return match[1] if match else ""


def entries(document: Document, key: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The mappings of a list of a cohort's file, each with its index; none of other files."""
    values = document.mapping.get(key) if cohort_of(document.path) else None
    listed = enumerate(values) if isinstance(values, list) else ()
    return ((index, value) for index, value in listed if isinstance(value, dict))


def listed_in(document: Document) -> Iterator[tuple[int, Entry]]:
    """The people of a cohort's file, with their places in the list."""
    for index, person in entries(document, "people"):
        yield index, Entry(cohort_of(document.path), str(person.get("id", "")), str(person.get("name", "")))


def entry_of(cohort: str, person: SignUp) -> Entry:
    """What a sign-up says of a person."""
    return Entry(cohort, person.id, person.name, person.email)


def _members(cohort: str, ledger: Ledger) -> Iterator[Entry]:
    """Whoever has another id in the cohort's file, perhaps without a name, as the register tells."""
    people = {person.id: person for person in ledger.sign_ups}
    for role in PARTICIPANTS:
        for name, member in ledger.members[role].items():
            if name in people:
                yield entry_of(cohort, people[name])._replace(id=member)


def _registers(root: Path) -> Iterator[KeptRegister]:
    """The registers that stand behind no link, and that can be read: any other file is searched as a text."""
    for store in stores(root):
        with suppress(Refusal):
            yield KeptRegister(store, *store.read())


def _files(root: Path) -> list[tuple[str, Path]]:
    """Every file by its path, and every link to a folder, which is not looked into."""
    folders = (*(root / name for name in ("programs", "docs", FOLDER)), registers(root))
    files = {
        file for folder in folders for file in folder.rglob("*") if file.is_symlink() or not file.is_dir()
    }
    return sorted((_path(root, file), file) for file in files)


def _path(root: Path, file: Path) -> str:
    return (file.relative_to(root) if file.is_relative_to(root) else file).as_posix()


def _matters(path: str) -> bool:
    return path.startswith((f"{FOLDER}/", "/")) or path.endswith(_TEXTS)


def _known(contents: Mapping[str, str | None]) -> dict[str, str]:
    return {path: text for path, text in contents.items() if text is not None}


def text_of(file: Path) -> str | None:
    """Read a text as it stands; None for what is none."""
    if file.is_symlink() or not file.is_file():
        return None
    content = file.read_bytes()
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    try:
        return None if encoding == "utf-8" and b"\0" in content else content.decode(encoding)
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace") if file.suffix.lower() in (*_LISTS, ".txt") else None


def _sheets(root: Path) -> Iterator[str]:
    """The sheets in the handbook's folder itself, and the workbooks in programs/; links are not followed."""
    books = (*_WORKBOOKS, *_CLOSED)
    for file in sorted({*root.glob("*"), *(root / "programs").rglob("*")}):
        suffixes = (*books, *_LISTS) if file.parent == root else books
        if file.suffix.lower() in suffixes and file.is_file() and not file.is_symlink():
            yield file.relative_to(root).as_posix()


def _sheet(file: Path) -> str | None:
    """The texts of a sheet's cells, of a workbook a line each; None where it cannot be read."""
    if file.suffix.lower() not in _WORKBOOKS:
        return text_of(file)
    try:
        with ZipFile(file) as opened:
            parts = [part for part in opened.infolist() if _PARTS.fullmatch(part.filename)]
            if not parts or sum(part.file_size for part in parts) > _MOST_BYTES:
                return None
            texts = [opened.read(part).decode("utf-8", "replace") for part in parts]
    except (BadZipFile, OSError, RuntimeError, ValueError, zlib.error):
        return None
    # A cell may be cut into runs of letters that look different: only its end is a line's.
    whole = re.sub(r"</(?:si|c|text:p|comment)>", "\n", "\n".join(texts))
    return unescape(re.sub("<[^<>]*>", "", whole))
