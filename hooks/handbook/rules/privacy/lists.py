"""Whether a file is a list of people, by what it holds: a sheet, backup, register, proposal, address book."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence, Set
from pathlib import PurePosixPath

from ...model.definitions.organisation import Organisation
from ...text.signs import MAILBOX, as_seen
from .. import WORDS
from .private import is_shared, others


def _sets(name: str) -> dict[str, frozenset[str]]:
    return {kind: frozenset(words.split()) for kind, words in WORDS[name].items()}


_SUFFIXES, _TITLES = _sets("suffixes"), _sets("columns")
_KNOWN = frozenset[str]().union(*_TITLES.values())
_ROLES = frozenset({"mentor", "mentee"})
_PARTICLES = frozenset(WORDS["particles"].split())
_CELL = re.compile(r"[\t;,|\"<>{}\[\]:=]+")
_FEWEST = {"lists": 1, "code": 5}  # addresses of people; code names its authors. Two in anything else
_LONGEST_TITLE, _LONGEST_NAME = 12, 4  # in words
_ROW = re.compile(r"</(?:tr|li|p|div|h\d)>|<br */?>", re.IGNORECASE)
_NO_PEOPLE = re.compile(r"^UID[:;].*$|<[^<>@]*>", re.MULTILINE)  # ids of events, and tags
_LAST_NAME = re.compile("(?:last|family|second)[ _-]?name|surname|nachname|familienname|apellido|achternaam")
_FEWEST_ALONE, _FEWEST_BESIDE = 0.8, 0.5  # names among the cells, beside no other title and beside a weak one
_COHORT = re.compile("|".join(WORDS["of a cohort"]), re.DOTALL)


def is_closed(path: str) -> bool:
    """Whether a file is a table or an archive that nobody can look into."""
    return _suffix(path) in _SUFFIXES["closed"]


def is_list(path: str, text: str, organisation: Organisation | None) -> bool:
    """Whether a file holds people, who stand in lists of this or that kind.

    Addresses of contacts and of teams are nobody's. A title such as Name counts where something that looks
    like a person's name stands below, so that a form without answers is none.
    """
    if _COHORT.search(text):
        return True
    plain = html.unescape(_NO_PEOPLE.sub("\t", _ROW.sub("\n", text)))
    kind = next((kind for kind in _FEWEST if _suffix(path) in _SUFFIXES[kind]), "")
    seen = as_seen(plain) if "@" in plain else ""
    people = (address for _, address in others(seen, organisation, MAILBOX) if not is_shared(address))
    return len({*map(str.lower, people)}) >= _FEWEST.get(kind, 2) or (kind != "code" and _names_people(plain))


def _suffix(path: str) -> str:
    """The end of a name, or all of it, as it was before somebody made a copy: `.csv` of `list.csv.bak`."""
    suffixes = [suffix.lstrip(".").rstrip("~#").lower() for suffix in PurePosixPath(path).suffixes]
    kept = [suffix for suffix in suffixes if suffix not in _SUFFIXES["copies"]]
    return kept[-1] if kept else PurePosixPath(path).name.lower()


def _names_people(text: str) -> bool:
    """Whether there are names in a table, below a title that says so."""
    titles, cells = _table(text)
    if "name" not in titles:
        return False
    names = sum(_looks_like_a_name(cell, alone="last name" in titles) for cell in cells)
    if "strong" in titles:
        return bool(names) or any(cell.casefold() in _ROLES for cell in cells)
    if titles & {"weak", "last name"}:
        told = sum(cell.casefold() not in _ROLES and not cell.isdigit() for cell in cells)
        return 0 < names >= _FEWEST_BESIDE * told
    return 0 < names >= _FEWEST_ALONE * len(cells)


def _table(text: str) -> tuple[Set[str], Set[str]]:
    """The kinds of titles of a table, of whatever format, and its cells without the line of the titles."""
    rows = ((raw.strip(" '*_()-.#") for raw in _CELL.split(line)) for line in text.splitlines())
    lines = [[*filter(None, row)] for row in rows]
    kinds = [{kind for cell in line for kind in _kinds(cell)} for line in lines]
    head = next((at for at, known in enumerate(kinds) if "name" in known), len(lines))
    titled = text.splitlines()[head : head + 1]
    below = lines if ":" in "".join(titled) else lines[head + 1 :]  # as in JSON, where each has its title
    both = {cell.casefold() for line in lines for cell in line} >= _ROLES
    titles = frozenset[str]().union(*kinds, {"weak"} if both else ())
    cells = {cell for line in below for cell in line}
    return titles, {cell for cell in cells if cell.casefold() in _ROLES or not any(_kinds(cell))}


def _kinds(cell: str) -> Iterator[str]:
    """What a title is for: names, or what stands beside them; nothing for other cells.

    A title has known words alone. A question has some of them.
    """
    words = {*re.findall(r"[^\W\d_]+", cell.casefold().replace("e-mail", "email"))}
    if 0 < len(words) <= _LONGEST_TITLE and (words <= _KNOWN or cell.endswith("?")):
        yield from (kind for kind in ("strong", "weak") if _TITLES[kind] & words)
        if words <= _KNOWN and _TITLES["name"] & words and not (_TITLES["strong"] | _TITLES["weak"]) & words:
            yield "name"
            yield from ["last name"] if _LAST_NAME.search(cell.casefold()) else []


def _looks_like_a_name(cell: str, *, alone: bool) -> bool:
    """Whether each word of a cell begins as a name does; `alone` where first and last names stand apart."""
    words: Sequence[str] = cell.replace(".", " ").split()
    bare = ["".join(re.findall(r"[^\W\d_]", word)) for word in words]
    whole = all(part and len(word) - len(part) < 3 for word, part in zip(words, bare, strict=True))
    begins = (part[0].isupper() or part in _PARTICLES or not part.islower() for part in bare if part)
    enough = (0 if alone else 1) < len(words) <= _LONGEST_NAME
    return enough and whole and bare[0] not in _PARTICLES and all(begins)
