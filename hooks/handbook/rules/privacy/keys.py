"""Keys and columns that ask for what no file may hold, and sign-ups, which git is not to keep."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from ...model.definitions.program import LEAVE_OUT
from ...text.document import Document
from ...text.problems import Fault, Problem
from .. import PHRASES, WORDS, fault

_CODES: dict[str, str] = {word: code for code, words in WORDS["refused"].items() for word in words.split()}
_SHEETS = frozenset({".csv", ".tsv", ".xls", ".xlsx", ".xlsm", ".ods", ".numbers"})
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
    return fault(code, word=key) if code and not elsewhere else None


def columns_are_harmless(document: Document) -> Iterator[Problem]:
    """No column of the sign-ups is taken over that says what a person is."""
    for title, field in document.mapping.get("sign_up", {}).get("columns", {}).items():
        refusal = refused(("columns", field)) or refused(("columns", title))
        if refusal and field != LEAVE_OUT:  # of which nothing is read
            place = document.key_place(("sign_up", "columns", title))
            yield refusal._replace(hint=PHRASES["column"]).placed(document.path, *place)


def sign_ups_in_git(tracked: Iterable[str], coming: Iterable[str]) -> Iterator[Problem]:
    """No file of sign-ups or answers is among those that git keeps, or that the next commit may add."""
    for path in filter(_is_sign_up, tracked):
        key = "sign-ups-in-git" if path.startswith("signups/") else "sign-ups-in-git.elsewhere"
        yield fault(key, path=shlex.quote(path)).placed(path)
    for path in filter(_is_sign_up, coming):
        yield fault("sign-ups-in-git.coming").placed(path)


def _is_sign_up(path: str) -> bool:
    file = PurePosixPath(path)
    inside = file.parts[0] == "signups" and file.name not in _HARMLESS
    return inside or (file.parts[0] == "programs" and file.suffix.lower() in _SHEETS)
