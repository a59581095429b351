"""Where the register of a cohort lies, and how it is read and written: whole, for nobody else to read.

Each change is a new file with the next number, which nobody else can have made: of two people who write at
once the second is told, and nothing is lost. What is older goes once the new one is there.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

from ... import Refusal
from ...load.files import git, write
from ...model.definitions.cohort import Cohort
from .ledger import Ledger

FOLDER = "signups"
WHERE = f"{FOLDER}/where.txt"  # where a coordinator says where else the folder is, on this computer
REPORT = "proposals.html"
_EDITION = re.compile(r"register-([0-9]{4,9})\.json")
_UNFINISHED = re.compile(r"\.register-([0-9]{4,9})\.[0-9a-f]+\.new")
NOTHING = "Nothing was written."


def stores(root: Path) -> Iterator[Store]:
    """Every register there is, also of cohorts that programs/ does not have."""
    above = registers(root)
    names = {file.parent.relative_to(above).as_posix() for file in above.glob("*/*/register-*.json")}
    return (_store(root, name) for name in sorted(names))


def registers(root: Path) -> Path:
    """The folder of all registers: signups/, or the one that where.txt names; a Refusal if that is none."""
    file = root / WHERE
    if not file.is_file():
        return root / FOLDER
    place = Path(file.read_text("utf-8-sig").strip()).expanduser()
    if place.is_absolute() and place.is_dir():
        return place
    raise Refusal(f"{WHERE} should hold the whole path of a folder, and there is none. {NOTHING}")


def _store(root: Path, cohort: str) -> Store:
    above = registers(root)
    return (
        Store(root, f"{FOLDER}/{cohort}", cohort) if above == root / FOLDER else Store(above, cohort, cohort)
    )


@dataclass(frozen=True)
class Store:
    """The folder of one cohort's register."""

    base: Path  # the handbook's folder, or the folder of all registers where that is elsewhere
    path: str  # of this folder below the base
    cohort: str  # PROGRAM/COHORT

    @staticmethod
    def of(root: Path, cohort: Cohort) -> Store:
        """The place of a cohort's register, whether there is one or not."""
        return _store(root, f"{cohort.program.id}/{cohort.id}")

    @property
    def folder(self) -> Path:
        """Where its files lie."""
        return self.base / self.path

    def shown(self, name: str = "") -> str:
        """A file of it, as a person finds it."""
        folder = self.folder.as_posix() if self.path == self.cohort else self.path
        return f"{folder}/{name}".rstrip("/")

    @staticmethod
    def name(edition: int) -> str:
        """What the file of an edition is called."""
        return f"register-{edition:04}.json"

    def read(self) -> tuple[Ledger, int]:
        """The last edition with its number, or an empty one and 0; a Refusal where it cannot be read."""
        number = self._last()
        if not number:
            return Ledger(), 0
        name = self.name(number)
        self._refuse_link(name)
        try:
            return Ledger.of_json((self.folder / name).read_text("utf-8")), number
        except ValueError as error:
            raise Refusal(f"{self.shown(name)}: {error} {NOTHING}") from error

    def keep(self, ledger: Ledger, before: int) -> int:
        """Write the edition behind `before`; a Refusal where another did, or git would keep it."""
        self.refuse_git()
        return self.replace(ledger, before)

    def replace(self, ledger: Ledger, before: int) -> int:
        """Write as `keep` does, also where git keeps the earlier edition: somebody may go out of it."""
        self._refuse_link()
        number = before + 1
        file = self.folder / self.name(number)
        beside = file.with_name(f".register-{number:04}.{token_hex(8)}.new")
        with _for_me_alone():
            self.folder.mkdir(parents=True, exist_ok=True)
            try:
                with beside.open("x", encoding="utf-8", newline="\n") as opened:
                    opened.write(ledger.as_json())
                published = _publish(beside, file)
            finally:
                beside.unlink(missing_ok=True)
        if not published or self._last() != number:
            if published:  # below one that is newer
                file.unlink(missing_ok=True)
            raise Refusal(f"Somebody else changed {self.shown()} meanwhile. {NOTHING} Run the command again.")
        self._tidy(number)
        return number

    def keep_report(self, page: str) -> str:
        """Write the page about the proposals; where a person finds it."""
        self.refuse_git()
        self._refuse_link()
        with _for_me_alone():
            write(self.base, f"{self.path}/{REPORT}", page)
            (self.folder / REPORT).chmod(0o600)  # also one that was there
        return self.shown(REPORT)

    def _refuse_link(self, name: str = "") -> None:
        if (self.folder / name).resolve() != self.base.resolve() / self.path / name:
            raise Refusal(f"{self.shown(name)} stands behind a link to another place. {NOTHING}")

    def refuse_git(self) -> None:
        """Refuse to write where git would keep the file."""
        if git_would_keep(self.base, f"{self.path}/register"):
            message = "Sign-ups hold what people told in confidence, and git would keep signups/."
            raise Refusal(f"{message} {NOTHING} Write this line into .gitignore:\n  /signups/")

    def strays(self) -> tuple[str, ...]:
        """Editions that another program put beside the last, such as what two computers wrote at once."""
        ours = {file for pattern in (_EDITION, _UNFINISHED) for _, file in self._files(pattern)}
        files = (file for file in sorted(self.folder.glob("*register*")) if file not in ours)
        return tuple(self.shown(file.name) for file in files)

    def _last(self) -> int:
        return max((number for number, _ in self._files(_EDITION)), default=0)

    def _files(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, Path]]:
        for file in self.folder.iterdir() if self.folder.is_dir() else ():
            if match := pattern.fullmatch(file.name):
                yield int(match[1]), file

    def _tidy(self, last: int) -> None:
        """Take out what the last edition has replaced, and what was begun before it and never finished."""
        old = [file for number, file in self._files(_EDITION) if number < last]
        old += [file for number, file in self._files(_UNFINISHED) if number <= last]
        for file in old:
            file.unlink(missing_ok=True)


def _publish(beside: Path, file: Path) -> bool:
    """Give a file its name; not where another has it."""
    try:
        os.link(beside, file)
    except FileExistsError:
        return False
    except OSError:  # a disk without hard links: between look and move another could still slip in
        if file.exists():
            return False
        beside.rename(file)
    return True


@contextmanager
def _for_me_alone() -> Iterator[None]:
    """Nobody else on this computer may read what is written meanwhile."""
    mask = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(mask)


def git_would_keep(folder: Path, path: str) -> bool:
    """Whether git does not ignore a file below a folder; without git, or a repository, nothing is kept."""
    checked = git(folder, "check-ignore", "-q", "--", path)
    return checked is not None and checked.returncode == 1
