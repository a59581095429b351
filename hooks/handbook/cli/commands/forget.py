"""`handbook forget`: a person goes out of every program, cohort and register, and git's history is told of.

What is printed holds a name only as far as somebody typed it: a log would remember the person for good.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from ... import NOTHING
from ...load.files import write
from ...load.repository import trial
from ...register.forgetting.change import Change, change_of
from ...register.forgetting.holdings import Holdings, text_of
from ...register.forgetting.person import Person, person_of
from ...register.forgetting.remains import PICTURE, history_of, remains, veil
from ...register.ledger.store import REPORT
from ...rules.privacy.spellings import is_searched
from ...text.problems import Problem, as_text, errors
from ...text.signs import visible
from ..terminal.cohorts import parameter
from ..terminal.files import agreed, can_be_asked, refuse_changed, refuse_elsewhere
from ..terminal.parameters import parameters
from ..terminal.reporter import count, difference, filled, here, show_difference


@click.command()
@parameters("forget")
def forget(root: Path, /, words: str, cohort: str | None, yes: bool) -> None:
    """Take a person out of all programmes, cohorts and sign-ups.

    PERSON is an id, an address or a name; case, accents, titles and "Last, First" do not matter, and a name
    that is only near is proposed. Pairings go with the person, and the other one stays; numbers in results
    name nobody and stay. What changes is shown first. What no program should change, or can search, is left
    to you: each place in the handbook's folder is listed, with what to do, and the exit code is 1 as long as
    there is one. In the end you read what git still holds of the person.
    """
    refuse_elsewhere(root)
    holdings = Holdings.of(root)
    with parameter():
        person = person_of(holdings, words, cohort)
    change = change_of(holdings, person)
    for place in change.places:
        click.echo(veil(visible(place), person))
    near = person.near(holdings.names(change.ledgers))
    if not change.places and not near:
        click.echo("No entry, pairing or sign-up is this person's, by that id or name.")
    left = {
        kind: [veil(visible(place), person) for place in places]
        for kind, places in remains(holdings, change, person).items()
    }
    one_word = not all(map(is_searched, person.names))
    _tell(near, left, one_word)
    again = here(root, "forget", *(("--cohort", cohort) if cohort else ()), "--yes", "--", words)
    empty = not (change.texts or change.ledgers or change.reports)
    written = empty or _write(root, holdings, change, person, again, yes=yes)
    held = {"history": history_of(root, person), "form": change.places or left}
    click.echo(filled("history.txt", near=near, one_word=one_word, **held), nl=False)
    sys.exit(0 if written and not near and not left.keys() - {PICTURE} else 1)


def _tell(near: Sequence[tuple[str, str]], left: Mapping[str, Sequence[str]], one_word: bool) -> None:
    """Print what is left to people; a name that is only near on a terminal alone."""
    shown = [f"{path}: {name}" if can_be_asked() else path for path, name in near]
    told = {"near": [*map(visible, dict.fromkeys(shown))], "names": can_be_asked(), "left": left}
    click.echo(filled("left.txt", one_word=one_word, **told), nl=False)


def _write(root: Path, holdings: Holdings, change: Change, person: Person, again: str, *, yes: bool) -> bool:
    """Try the change, show it, ask, and write it; whether it was written."""
    problems = _refuse_mistakes(root, change, person)
    click.echo()
    for path, text in change.texts.items() if can_be_asked() else ():  # a log would keep whom it shows
        show_difference(difference(path, holdings.texts[path], text, around=0))
    if not agreed(veil(again, person), yes=yes):
        return False
    click.echo(f"{count(_write_all(root, holdings, change), 'file')} changed.")
    if problems:
        click.echo(f"There are other problems, as before: {here(root, 'check')}")
    return True


def _refuse_mistakes(root: Path, change: Change, person: Person) -> tuple[Problem, ...]:
    """The errors there are then: none that are not there today."""
    before = Counter((problem.path, problem.code) for problem in errors(trial(root, {})[1]))
    problems = errors(trial(root, change.texts)[1])
    if Counter((problem.path, problem.code) for problem in problems) - before:
        click.echo(veil(as_text(problems), person))
        raise click.ClickException(f"Without this person there would be the problems above. {NOTHING}")
    return problems


def _write_all(root: Path, holdings: Holdings, change: Change) -> int:
    """Write each file, unless it is another by now.

    The registers come last: should the computer stop before, they still lead to what is left.
    """
    for path in change.texts:
        refuse_changed(path, text_of(root / path) == holdings.texts[path])
    for path, text in change.texts.items():
        write(root, path, text)
    for cohort in change.reports:
        (holdings.registers[cohort].store.folder / REPORT).unlink(missing_ok=True)
    for cohort, ledger in change.ledgers.items():
        kept = holdings.registers[cohort]
        kept.store.replace(ledger, kept.edition)
    return len(change.texts) + len({*change.ledgers, *change.reports})
