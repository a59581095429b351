"""Sign-ups: what of them is taken over, and that git keeps none."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from ...model.definitions.program import LEAVE_OUT
from ...text.document import Document
from ...text.problems import Problem
from .keys import HISTORY, refused

_SHEETS = frozenset({".csv", ".tsv", ".xls", ".xlsx", ".xlsm", ".ods", ".numbers"})
_HARMLESS = frozenset({"README.md", ".gitkeep", ".gitignore"})


def columns_are_harmless(document: Document) -> Iterator[Problem]:
    """No column of the sign-ups is taken over that says what a person is."""
    for title, field in document.mapping.get("sign_up", {}).get("columns", {}).items():
        if field == LEAVE_OUT:
            continue  # nothing of it is read
        fault = refused(("columns", field)) or refused(("columns", title))
        if fault:
            place = document.key_place(("sign_up", "columns", title))
            hint = f"Delete this line, or say `{LEAVE_OUT}`; the column then stays in the sheet. {HISTORY}"
            yield fault._replace(hint=hint).placed(document.path, *place)


def sign_ups_in_git(tracked: Iterable[str], coming: Iterable[str]) -> Iterator[Problem]:
    """No file of sign-ups or answers is kept by git.

    Args:
        tracked: the paths of files that git keeps.
        coming: of those that the next commit may add.
    """
    for path in filter(_is_sign_up, tracked):
        way = "then commit" if path.startswith("signups/") else "move it into signups/, then commit"
        hint = f"Run `git rm --cached -- {shlex.quote(path)}`, {way}. {HISTORY}"
        yield Problem(path, 1, 1, "sign-ups-in-git", f"Git keeps this file. {_TOLD}", hint)
    for path in filter(_is_sign_up, coming):
        hint = "Move it into signups/, which git ignores; write `/signups/` into .gitignore if it does not."
        yield Problem(path, 1, 1, "sign-ups-in-git", f"Git would keep this file. {_TOLD}", hint)


_TOLD = "Sign-ups and answers hold what people told in confidence."


def _is_sign_up(path: str) -> bool:
    file = PurePosixPath(path)
    inside = file.parts[0] == "signups" and file.name not in _HARMLESS
    return inside or (file.parts[0] == "programs" and file.suffix.lower() in _SHEETS)
