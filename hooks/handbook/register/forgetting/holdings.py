"""Every file in which a person may stand, and what programs/ and the registers say of people."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from ... import NOTHING, Refusal
from ...text.document import Document, read
from ..ledger.ledger import Ledger, SignUp
from ..ledger.store import FOLDER, Store, registers, stores

_COHORT = re.compile(r"programs/([^/]+/(?!program\.)[^/]+)\.ya?ml")
_YAML = re.compile(r"programs/.+\.ya?ml", re.DOTALL)
# What git and tools keep for themselves, and what comes with the engine: its people are made up.
_SKIPPED = frozenset(
    {".git", ".venv", ".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache", "node_modules"}
)
_ENGINE = ("hooks/handbook/", "hooks/README.md", "tests/")


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
    """Everything in which a person may stand."""

    files: Mapping[str, Path]  # by path below the folder, else by the whole one; without registers
    texts: Mapping[str, str]  # of programs/, as far as they are YAML
    documents: Mapping[str, Document]  # those of them that can be read
    registers: Mapping[str, KeptRegister]  # by PROGRAM/COHORT
    unread: tuple[str, ...]  # what cannot be looked into: links, folders and files without the right to

    @staticmethod
    def of(root: Path) -> Holdings:
        """Find all files, and read programs/ and the registers; links are not followed."""
        refuse_links(root)
        kept: dict[str, KeptRegister] = {}
        for store in stores(root):
            with suppress(Refusal):  # any other file is searched as a text
                kept[store.cohort] = KeptRegister(store, *store.read())
                store.tidy(kept[store.cohort].edition)
        editions = {register.store.shown(register.store.name(register.edition)) for register in kept.values()}
        files, unread = files_of(root)
        files = {path: file for path, file in files.items() if path not in editions}
        yaml = {path: text_of(file) for path, file in files.items() if _YAML.fullmatch(path)}
        texts = {path: text for path, text in yaml.items() if text is not None}
        read_ones = ((path, read(path, text.removeprefix("\ufeff"))) for path, text in texts.items())
        documents = {path: document for path, document in read_ones if isinstance(document, Document)}
        unread += sorted(yaml.keys() - documents.keys())
        return Holdings(files, texts, documents, kept, tuple(unread))

    def names(self, ledgers: Mapping[str, Ledger]) -> Iterator[tuple[str, str]]:
        """Each name that is written of somebody, behind its file; of some cohorts as in new ledgers."""
        for path, document in self.documents.items():
            sponsor = document.mapping.get("sponsor")
            listed = [entry.name for _, entry in listed_in(document)]
            yield from ((path, name) for name in [*listed, name_of(sponsor)] if name)
        for cohort, kept in self.registers.items():
            ledger = ledgers.get(cohort, kept.ledger)
            people = ((one.name, one.email, one.manager) for one in ledger.sign_ups)
            named = (name for one in ledger.sign_ups for name in (*one.not_with, *one.earlier))
            texts = (key.partition(" ")[2] for key in ledger.named)
            names = filter(None, (*chain.from_iterable(people), *named, *texts))
            yield from ((kept.store.shown(), name) for name in names)

    def people(self) -> Iterator[Entry]:
        """Everybody who is listed in a cohort or signed up for one."""
        for document in self.documents.values():
            yield from (entry for _, entry in listed_in(document))
        for cohort, kept in self.registers.items():
            people = {person.id: entry_of(cohort, person) for person in kept.ledger.sign_ups}
            yield from people.values()
            # Whoever has another id in the cohort's file, perhaps without a name.
            others = chain.from_iterable(known.items() for known in kept.ledger.members.values())
            yield from (people[name]._replace(id=member) for name, member in others if name in people)


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


def name_of(entry: object) -> str:
    """The name in a mapping; empty where there is none."""
    return str(entry.get("name", "")) if isinstance(entry, dict) else ""


def entry_of(cohort: str, person: SignUp) -> Entry:
    """What a sign-up says of a person."""
    return Entry(cohort, person.id, person.name, person.email)


def refuse_links(root: Path) -> None:
    """Refuse a handbook one of whose folders is a link: what is behind it is not ours to read or change."""
    for name in ("programs", "docs", FOLDER):
        if (root / name).is_symlink():
            raise Refusal(f"{name} is a link to another place, and links are not followed. {NOTHING}")


def files_of(root: Path) -> tuple[dict[str, Path], list[str]]:
    """Every file by its path, and what is not looked into: links, and folders without the right to."""
    files: dict[str, Path] = {}
    closed: list[str] = []
    elsewhere = registers(root)
    for above in (root, *(() if elsewhere.is_relative_to(root) else (elsewhere,))):
        for at, folders, names in os.walk(above, onerror=lambda error: closed.append(str(error.filename))):
            folders[:] = [name for name in folders if name not in _SKIPPED]
            for file in (Path(at, name) for name in (*folders, *names)):
                path = (file.relative_to(root) if file.is_relative_to(root) else file).as_posix()
                if not is_engines(path) and (file.is_symlink() or not file.is_dir()):
                    files[path] = file
    links = sorted(path for path, file in files.items() if file.is_symlink() or not file.is_file())
    return {path: files[path] for path in sorted(files.keys() - {*links})}, [*closed, *links]


def is_engines(path: str) -> bool:
    """Whether a file comes with the engine: the people in it are made up."""
    return path.startswith(_ENGINE)


def text_of(file: Path) -> str | None:
    """Read a text as it stands; None for what is none."""
    try:
        return None if file.is_symlink() else file.read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        return None
