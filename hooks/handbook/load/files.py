"""Files of a repository: read where they stand, with what is wrong with them, and written whole."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from secrets import token_hex
from typing import Any, Literal

from .. import Refusal
from ..text.document import MOST_BYTES, not_utf_8
from ..text.problems import Problem, fault
from ..text.signs import visible

OVERRIDES = "docs/templates"


class Files:
    """Reads the files of one repository and gathers what is wrong with them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.contents: dict[str, bytes] = {}  # of each file that was read, by its path

    def path(self, file: Path) -> str:
        """A file's path below the root, with forward slashes."""
        return file.relative_to(self.root).as_posix()

    def report(self, file: Path, name: str, /, **words: Any) -> None:
        """Keep a problem of a whole file, by the name of its fault."""
        self.problems.append(fault(name, **words).placed(self.path(file)))

    def add(self, *problems: Iterable[Problem]) -> None:
        """Keep problems of several checks."""
        self.problems.extend(chain(*problems))

    def look_around(self, folder: Path) -> None:
        """Report each link in a folder, which is followed by nobody, and each name that would spoil a log."""
        inside = (Path(at, name) for at, folders, files in os.walk(folder) for name in (*folders, *files))
        for file in (folder, *inside):
            lock = file.name.startswith(".#") and not file.exists()  # Emacs', while somebody edits
            if file.is_symlink() and not lock:
                self.report(file, "symbolic-link")
            if visible(file.name) != file.name:
                self.report(file, "wrong-file-name.sign")

    def content(self, file: Path, most: int = MOST_BYTES) -> bytes | None:
        """Read a file of at most so many bytes where it stands; a link could lead to what is private."""
        try:
            if file.is_symlink() or file.resolve() != self.root.resolve() / file.relative_to(self.root):
                self.report(file, "symbolic-link")
            elif file.is_dir():
                self.report(file, "unreadable-file.folder")
            elif file.exists() and not file.is_file():
                self.report(file, "unreadable-file.device")
            elif file.stat().st_size > most:
                self.report(file, "file-too-large", most=most)
            else:
                return self.contents.setdefault(self.path(file), file.read_bytes())
        except OSError as error:
            self.report(file, "unreadable-file", reason=error.strerror)
        return None

    def text(self, file: Path, most: int = MOST_BYTES) -> str | None:
        """Read a text; None where that cannot be. Arguments as those of `content`."""
        content = self.content(file, most)
        try:
            return None if content is None else content.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            self.problems.append(not_utf_8(self.path(file), error))
            return None


def write(folder: Path, path: str, text: str) -> None:
    """Write a text below a folder; see `write_bytes`."""
    write_bytes(folder, path, text.encode())


def write_bytes(folder: Path, path: str, content: bytes) -> None:
    """Write a file below a folder: beside, then in its place, so that nobody ever reads half a file.

    Nobody can know the name that it has meanwhile, and a link of that name would not be followed. A file that
    was there gives its rights to the new one, which is for nobody else until it has them.

    Raises:
        Refusal: where a link leads out of the folder.
    """
    file = folder / path
    if file.parent.resolve() != folder.resolve() / Path(path).parent:
        raise Refusal(f"{path} would stand behind a link to another place. It was not written.")
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{token_hex(8)}.new")
    rights = 0o600 if file.is_file() else 0o666  # until it has those of the file that was there
    try:
        with open(beside, "xb", opener=lambda path, flags: os.open(path, flags, rights)) as new:
            new.write(content)
        if file.is_file() and not file.is_symlink():
            shutil.copymode(file, beside)
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)


def write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files by their paths below a folder."""
    for path, content in files.items():
        write_bytes(folder, path, content)


def behind_link(root: Path, path: Path) -> bool:
    """Whether a file or folder is a link, or stands behind one below the root; nothing is to follow it."""
    above = (folder for folder in path.parents if folder != root and folder.is_relative_to(root))
    return any(place.is_symlink() for place in (path, *above))


def replace_contents(folder: Path, new: Path) -> None:
    """Put what another folder holds in the place of what a folder holds; hidden files there stay."""
    for old in folder.glob("[!.]*") if folder.is_dir() else ():
        shutil.rmtree(old) if old.is_dir() and not old.is_symlink() else old.unlink()
    shutil.copytree(new, folder, dirs_exist_ok=True)


def below(folder: Path) -> Iterator[str]:
    """Every file below a folder, with forward slashes."""
    return (path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def public_on_host() -> bool:
    """Whether the host of the repository, where its workflow runs, says that everyone can read it."""
    try:
        event = json.loads(Path(os.environ.get("GITHUB_EVENT_PATH", "")).read_text("utf-8"))
        return event["repository"]["private"] is False
    except (LookupError, OSError, TypeError, ValueError):  # this is no workflow, or none of a repository
        return False


def kept_by_git(folder: Path) -> Iterator[tuple[str, Literal["kept", "coming"]]]:
    """The files below a folder that git keeps, and those that the next commit may add; none without git."""
    listed = git(folder, "ls-files", "-t", "-z", "--cached", "--others", "--exclude-standard", "--", ".")
    for name in listed.stdout.decode("utf-8", "surrogateescape").split("\0") if listed else ():
        if name:
            yield name[2:], "coming" if name.startswith("? ") else "kept"


def git(folder: Path, *words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes] | None:
    """Ask git, never through a shell, and give it what it reads; None where there is no git.

    Whoever owns the folder, and whatever its settings say: git is only to look.
    """
    harmless = ("-c", "core.fsmonitor=false", "-c", "safe.directory=*", "-c", "log.showSignature=false")
    try:
        return subprocess.run(["git", *harmless, *words], cwd=folder, capture_output=True, input=given)
    except FileNotFoundError:
        return None
