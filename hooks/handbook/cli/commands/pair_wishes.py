"""`handbook pair`: what was wished for the last proposal -> what is not wished for this one, told once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import click

from ...model.definitions.cohort import Cohort
from ...register.ledger import signup
from ...register.ledger.signup import SignUp, Wishes
from ...text.problems import visible
from ..terminal import private

_NO_WISHES = Wishes()


def say_what_is_wished_no_more(root: Path, run: Cohort, people: Sequence[SignUp], now: Wishes,
                               settled: Collection[tuple[str, str]]) -> None:  # fmt: skip
    """Name the wishes of the last proposal that this one does not have, and keep those that it has.

    A wish holds for one proposal: who runs the command again for another reason would lose it unawares.

    Args:
        root: the handbook's folder.
        run: the cohort.
        people: everyone who signed up.
        now: what is wished for this proposal.
        settled: those who stand, or who ended, whatever is wished.
    """
    path = signup.wishes_path(run.program.id, run.id)
    before = _read(root, path)
    names = {one.id: one.name for one in people}
    gone = [
        f"  {option} {':'.join(two)}  ({visible(' and '.join(names[one] for one in two))})"
        for option, two in _gone(before, now)
        if two not in settled and {*two} <= {*names}
    ]
    if gone:
        click.echo("\n".join(("\nWished for last time, and not this time:", *gone)))
    if before != now:
        private.keep(root, path, signup.wishes_as_json(now))


def _gone(before: Wishes, now: Wishes) -> Iterator[tuple[str, tuple[str, str]]]:
    yield from (("--pin", two) for two in sorted(before.pin - now.pin))
    yield from (("--forbid", two) for two in sorted(before.forbid - now.forbid))


def _read(root: Path, path: str) -> Wishes:
    file = root / path
    if file.is_symlink() or not file.is_file():
        return _NO_WISHES
    try:
        return signup.wishes_of_json(file.read_text("utf-8"))
    except ValueError as error:
        raise click.ClickException(f"{path}: {error} Delete it, and run this again.") from error
