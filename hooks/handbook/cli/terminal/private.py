"""What stands in signups/: found, read and written, so that nobody else reads it and git keeps none."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import click

from ...load.repository import load
from ...model.definitions.cohort import Cohort
from ...model.handbook import Handbook
from ...register.intake.fold import fold
from ...register.ledger import signup
from ...register.ledger.signup import Proposal, SignUp
from ...text.problems import did_you_mean, errors, known, visible
from .files import refuse_elsewhere, write
from .next_step import here
from .reporter import count

NOTHING = "Nothing was written."
_Thing = TypeVar("_Thing")


def cohort_of(root: Path, program: str | None, cohort: str | None) -> tuple[Handbook, Cohort]:
    """Find a cohort by its program's folder and its own file's name; the only one where none is said."""
    refuse_elsewhere(root)
    handbook, problems = load(root)
    if handbook is None:
        told = count(len(errors(problems)), "error")
        raise click.ClickException(f"There is {told} in the files; see {here(root, 'check')}. {NOTHING}")
    one = _named(program, {one.id: one for one in handbook.programs}, "PROGRAM")
    return handbook, _named(cohort, {run.id: run for run in handbook.cohorts_of(one)}, "COHORT")


def _named(name: str | None, things: Mapping[str, _Thing], kind: str) -> _Thing:
    if name in things:
        return things[name or ""]
    if name is None and len(things) == 1:
        return next(iter(things.values()))
    said = f"There is no “{visible(name)}”. {did_you_mean(name, things)}" if name else "Say which. "
    raise click.BadParameter(f"{said}{known(things)}", param_hint=kind)


def sign_ups(root: Path, run: Cohort) -> tuple[SignUp, ...]:
    """Everyone who signed up for a cohort."""
    found = imported(root, run)
    if not found:
        words = ("import", "signups", "FILE.csv", "--program", run.program.id, "--cohort", run.id)
        raise click.ClickException(f"There are no sign-ups yet. Import them: {here(root, *words)}")
    return found


def imported(root: Path, run: Cohort) -> tuple[SignUp, ...]:
    """The sign-ups that have been imported; none where none were."""
    return tuple(_read(root, signup.path(run.program.id, run.id), signup.of_json))


def proposals(root: Path, run: Cohort) -> tuple[Proposal, ...]:
    """The proposals of a cohort, with those that ended; none where none were made."""
    return tuple(_read(root, signup.proposals_path(run.program.id, run.id), signup.proposals_of_json))


def _read(root: Path, path: str, reader: Callable[[str], Sequence[_Thing]]) -> Sequence[_Thing]:
    file = root / path
    if not file.is_file():
        return ()
    if file.resolve() != root.resolve() / path:
        raise click.ClickException(f"{path} stands behind a link to another place. {NOTHING}")
    try:
        return reader(file.read_text("utf-8"))
    except ValueError as error:
        raise click.ClickException(f"{path}: {error} {NOTHING}") from error


def keep(root: Path, path: str, text: str) -> None:
    """Write a file that nobody else on this computer can read, unless git would keep it."""
    refuse_git(root, path)
    mask = os.umask(0o077)
    try:
        write(root, path, text)
        (root / path).chmod(0o600)  # also one that was there
    finally:
        os.umask(mask)


def refuse_git(root: Path, path: str) -> None:
    """Refuse to write where git would keep the file."""
    if git_would_keep(root, path):
        told = "Sign-ups hold what people told in confidence, and git would keep signups/."
        raise click.ClickException(f"{told} {NOTHING} Write this line into .gitignore:\n  /signups/")


def git_would_keep(root: Path, path: str) -> bool:
    """Whether git does not ignore a file below a folder; without git, or a repository, nothing is kept."""
    harmless = ("-c", "core.fsmonitor=false", "-c", "safe.directory=*")
    words = ["git", *harmless, "check-ignore", "-q", "--", path]
    try:
        return subprocess.run(words, cwd=root, capture_output=True).returncode == 1
    except FileNotFoundError:
        return False


def person(word: str, people: Sequence[SignUp], role: str) -> SignUp:
    """Find somebody by id, name or address.

    Raises:
        click.BadParameter: where nobody, or more than one, is called so.
    """
    said = fold(word)
    found = [one for one in people if said and said in (fold(one.id), fold(one.email), fold(one.name))]
    fit = [one for one in found if role in one.roles]
    if len(fit) == 1:
        return fit[0]
    if len(fit) > 1:
        ids = ", ".join(one.id for one in fit)
        raise click.BadParameter(f"{len(fit)} people are called “{visible(word)}”. Give one by id: {ids}.")
    other = (
        f"“{visible(word)}” signed up, but not as {role}."
        if found
        else f"Nobody called “{visible(word)}” signed up."
    )
    near = "" if found else did_you_mean(word, [one.name for one in people if role in one.roles])
    raise click.BadParameter(f"{other} {near}Give a full name, an address or an id.")
