"""Files of a repository, read where they stand, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..document import MOST_BYTES
from ..problems import Problem

ENGINE = Path(__file__).resolve().parents[1]
OVERRIDES = "docs/templates"
_REAL_FILE = "Put the file itself here. Links are not followed, so that nothing private is built by accident."
_SPLIT = f"Keep it under {MOST_BYTES:,} bytes."


class Files:
    """Reads the files of one repository and gathers what is wrong with them."""

    def __init__(self, root: Path) -> None:
        """Begin with a folder, and no problems."""
        self.root = root
        self.problems: list[Problem] = []

    def path(self, file: Path) -> str:
        """A file's path below the root, with forward slashes."""
        return file.relative_to(self.root).as_posix()

    def report(self, file: Path, code: str, message: str, hint: str) -> None:
        """Keep a problem of a whole file."""
        self.problems.append(Problem(self.path(file), 1, 1, code, message, hint))

    def add(self, problems: Iterable[Problem]) -> None:
        """Keep problems."""
        self.problems.extend(problems)

    def content(self, file: Path) -> bytes | None:
        """Read a file where it stands; a link could lead to what nobody meant to publish."""
        try:
            if file.is_dir():
                hint = "Give it another name, and put a file in its place."
                self.report(file, "unreadable-file", "This is a folder with the name of a file.", hint)
            elif file.resolve() != self.root.resolve() / file.relative_to(self.root):
                self.report(file, "symbolic-link", "This is a link to another place.", _REAL_FILE)
            elif file.stat().st_size > MOST_BYTES:
                self.report(file, "file-too-large", "This file is too large.", _SPLIT)
            else:
                return file.read_bytes()
        except OSError as error:
            message = f"This cannot be read: {error.strerror}."
            self.report(file, "unreadable-file", message, "Put a file that can be read here, or delete it.")
        return None

    def text(self, file: Path) -> str | None:
        """Read a text; None where that cannot be."""
        content = self.content(file)
        try:
            return None if content is None else content.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            hint = "Save it again as UTF-8, and look at the letters with accents."
            message = "This file is not saved as UTF-8."
            self.problems.append(Problem(self.path(file), line, 1, "not-utf-8", message, hint))
            return None
