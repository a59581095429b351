"""Where the register of a cohort lies, and how it is read and written: whole, for nobody else to read.

Each change is a new file with the next number, which nobody else can have made: of two people who write at
once the second is told, and nothing is lost. What is older goes once the new one is there. Whether a later
edition, which may be there at once, builds on one's own, its signs of the editions before it say.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from secrets import token_hex

from ... import NOTHING, Refusal
from ...load.files import git, write
from ...model.definitions.cohort import Cohort
from .ledger import Ledger

FOLDER = "signups"
WHERE = f"{FOLDER}/where.txt"  # where a coordinator says where else the folder is, on this computer
REPORT = "proposals.html"
_EDITION = re.compile(r"register-([0-9]{4,18})\.json")
_UNFINISHED = re.compile(r"\.register-([0-9]{4,18})\.(?:[0-9a-f]+\.new|claim)")
_MOST_BYTES_OF_A_PATH = 5_000
_MOST_SIGNS, _MOST_TRIES, _LONG_AGO = 100, 5, 60  # seconds after which a claim is a stopped command's


def stores(root: Path) -> Iterator[Store]:
    """Every register there is, also of cohorts that programs/ does not have."""
    above = registers(root)
    programs = [folder for folder in _folders(above) if not folder.name.startswith(".")]
    cohorts = [folder for program in programs for folder in _folders(program)]
    names = (folder.relative_to(above).as_posix() for folder in cohorts if [*folder.glob("register-*.json")])
    return (_store(root, name) for name in sorted(names))


def _folders(above: Path) -> list[Path]:
    """The folders in a folder; an OSError where it cannot be looked into, since nothing is not there then."""
    return [path for path in above.iterdir() if path.is_dir()] if above.is_dir() else []


def registers(root: Path) -> Path:
    """The folder of all registers: signups/, or the one that where.txt names; a Refusal if that is none."""
    file = root / WHERE
    if not os.path.lexists(file):
        return root / FOLDER
    if file.is_file() and file.stat().st_size <= _MOST_BYTES_OF_A_PATH:
        with suppress(ValueError, RuntimeError):  # it is no UTF-8, or names the home of nobody
            place = Path(file.read_text("utf-8-sig").strip()).expanduser()
            if place.is_absolute() and place.is_dir():
                if not place.resolve().is_relative_to(root.resolve()):
                    return place
                message = f"{WHERE} names a folder of the handbook itself: others could read it."
                raise Refusal(f"{message} {NOTHING}")
    raise Refusal(f"{WHERE} should hold the whole path of a folder, as UTF-8, and there is none. {NOTHING}")


def _store(root: Path, cohort: str) -> Store:
    here, above = Store(root, f"{FOLDER}/{cohort}", cohort), registers(root)
    if above == root / FOLDER:
        return here
    if [*here.folder.glob("register-*.json")]:
        message = f"{here.shown()} holds a register, and {WHERE} names another folder."
        raise Refusal(f"{message} {NOTHING} Move that folder first, so that this is it: {above / cohort}")
    return Store(above, cohort, cohort)


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
        for _ in range(_MOST_TRIES):
            number = self._last()
            if not number:
                return Ledger(), 0
            name = self.name(number)
            self._refuse_link(name)
            try:
                return Ledger.of_json((self.folder / name).read_text("utf-8")), number
            except FileNotFoundError:  # somebody has just written the next one
                continue
            except ValueError as error:
                raise Refusal(f"{self.shown(name)}: {error} {NOTHING}") from error
        raise self._changed()

    def keep(self, ledger: Ledger, before: int) -> int:
        """Write the edition behind `before`; a Refusal where another did, or git would keep it."""
        self.refuse_git()
        return self.replace(ledger, before)

    def replace(self, ledger: Ledger, before: int) -> int:
        """Write as `keep` does, also where git keeps the earlier edition: somebody may go out of it."""
        self._refuse_link()
        current = self.folder / self.name(before)
        if current.is_file() and current.read_bytes() == ledger.as_json().encode():
            with self._rights() as mask:
                current.chmod(0o666 & ~mask)
            return before
        number, sign = before + 1, token_hex(8)
        file = self.folder / self.name(number)
        beside = file.with_name(f".register-{number:04}.{sign}.new")
        text = replace(ledger, editions=(*ledger.editions[1 - _MOST_SIGNS :], sign)).as_json()
        with self._rights():
            self.folder.mkdir(parents=True, exist_ok=True)
            try:
                with beside.open("x", encoding="utf-8", newline="\n") as opened:
                    opened.write(text)
                published = self._last() == before and _publish(beside, file)
            finally:
                beside.unlink(missing_ok=True)
        if not published:
            raise self._changed()
        last, newest = self.read()
        if sign not in last.editions:  # ours came below one that knows nothing of it
            file.unlink(missing_ok=True)
            raise self._changed()
        self.tidy(newest)
        return number

    def _changed(self) -> Refusal:
        message = f"Somebody else changed {self.shown()} meanwhile; what you did is not in it."
        return Refusal(f"{message} Run the command again.")

    def keep_report(self, page: str) -> str:
        """Write the page about the proposals; where a person finds it."""
        self.refuse_git()
        self._refuse_link()
        with self._rights() as mask:
            write(self.base, f"{self.path}/{REPORT}", page)
            (self.folder / REPORT).chmod(0o666 & ~mask)  # also one that was there
        return self.shown(REPORT)

    @contextmanager
    def _rights(self) -> Iterator[int]:
        """What is written meanwhile is for nobody else, or for the group that shares the folder."""
        shared = self.path == self.cohort and self.base.stat().st_mode & 0o070
        mask = 0o077 & ~shared
        before = os.umask(mask)
        try:
            yield mask
        finally:
            os.umask(before)

    def _refuse_link(self, name: str = "") -> None:
        if (self.folder / name).resolve() != self.base.resolve() / self.path / name:
            raise Refusal(f"{self.shown(name)} stands behind a link to another place. {NOTHING}")

    def refuse_git(self) -> None:
        """Refuse to write where git would keep the file."""
        if any(git_would_keep(self.base, f"{self.path}/{name}") for name in (self.name(1), REPORT)):
            message = "Sign-ups hold what people told in confidence, and git would keep"
            if self.path == self.cohort:
                raise Refusal(f"{message} {self.shown()}. {NOTHING} Share a folder that is not in git.")
            raise Refusal(f"{message} signups/. {NOTHING} Write this line into .gitignore:\n  /signups/")

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

    def tidy(self, last: int) -> None:
        """Take out what the last edition has replaced, and what was begun before it and never finished."""
        old = [file for number, file in self._files(_EDITION) if number < last]
        old += [file for number, file in self._files(_UNFINISHED) if number <= last]
        for file in old:
            file.unlink(missing_ok=True)


def _publish(beside: Path, file: Path) -> bool:
    """Give a file its name; not where another has it."""
    try:
        os.link(beside, file)
        return True
    except FileExistsError:
        return False
    except OSError:  # a disk without hard links
        return _publish_by_claim(beside, file)


def _publish_by_claim(beside: Path, file: Path) -> bool:
    """Give a file its name, where nobody else is about to; a claim that is old is a stopped command's."""
    claim = file.with_name(f".{file.stem}.claim")
    if claim.exists() and beside.stat().st_mtime - claim.stat().st_mtime > _LONG_AGO:
        claim.unlink(missing_ok=True)
    try:
        claim.touch(exist_ok=False)
    except FileExistsError:
        return False
    try:
        if file.exists():
            return False
        beside.rename(file)
        return True
    finally:
        claim.unlink(missing_ok=True)


def git_would_keep(folder: Path, path: str) -> bool:
    """Whether git does not ignore a file below a folder; without git, or a repository, nothing is kept."""
    checked = git(folder, "check-ignore", "-q", "--", path)
    return checked is not None and checked.returncode == 1
