"""Sign-ups: what of them is taken over, and that git keeps none."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from ...model.definitions.program import LEAVE_OUT
from ...text.document import Document
from ...text.problems import Problem
from .. import PHRASES, fault
from .keys import refused

_SHEETS = frozenset({".csv", ".tsv", ".xls", ".xlsx", ".xlsm", ".ods", ".numbers"})
_HARMLESS = frozenset({"README.md", ".gitkeep", ".gitignore"})


def columns_are_harmless(document: Document) -> Iterator[Problem]:
    """No column of the sign-ups is taken over that says what a person is."""
    for title, field in document.mapping.get("sign_up", {}).get("columns", {}).items():
        if field == LEAVE_OUT:
            continue  # nothing of it is read
        refusal = refused(("columns", field)) or refused(("columns", title))
        if refusal:
            place = document.key_place(("sign_up", "columns", title))
            yield refusal._replace(hint=PHRASES["column"]).placed(document.path, *place)


def sign_ups_in_git(tracked: Iterable[str], coming: Iterable[str]) -> Iterator[Problem]:
    """No file of sign-ups or answers is kept by git.

    Args:
        tracked: the paths of files that git keeps.
        coming: of those that the next commit may add.
    """
    for path in filter(_is_sign_up, tracked):
        key = "sign-ups-in-git" if path.startswith("signups/") else "sign-ups-in-git.elsewhere"
        yield fault(key, path=shlex.quote(path)).placed(path)
    for path in filter(_is_sign_up, coming):
        yield fault("sign-ups-in-git.coming").placed(path)


def _is_sign_up(path: str) -> bool:
    file = PurePosixPath(path)
    inside = file.parts[0] == "signups" and file.name not in _HARMLESS
    return inside or (file.parts[0] == "programs" and file.suffix.lower() in _SHEETS)
