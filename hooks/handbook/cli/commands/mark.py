"""`handbook mark`: that a pairing rests, goes on, is done or ended -> its cohort's file; never why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from ...model.definitions.cohort import Cohort, Pairing, Person
from ...model.definitions.program import Role
from ...model.handbook import Handbook
from ...register.intake.fold import fold
from ...register.ledger import signup
from ...text import edit
from ...text.problems import did_you_mean, visible
from ..terminal import private
from ..terminal.aliases import alias, who_is_who
from ..terminal.asked import write_asked
from ..terminal.days import Day
from ..terminal.next_step import here, say_next
from ..terminal.today import today


@click.command()
@click.argument("program")
@click.argument("cohort")
@click.argument("mentor")
@click.argument("mentee")
@click.option("--paused", "marks", flag_value="paused", multiple=True, help="It rests for a while.")
@click.option("--resumed", "marks", flag_value="resumed", multiple=True, help="It rests no longer.")
@click.option("--completed", "marks", flag_value="completed", multiple=True, help="It reached its end.")
@click.option("--ended", "marks", flag_value="ended", multiple=True, help="It ended before.")
@click.option("--on", "day", type=Day(), help="From which day on. [default: today]")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def mark(
    root: Path, /, program: str, cohort: str, mentor: str, mentee: str, marks: Sequence[str],
    day: date | None, yes: bool,
) -> None:  # fmt: skip
    """Write into the cohort's file that the pairing of MENTOR and MENTEE rests, goes on, is done or ended.

    People are given by id, as mentor-3, or by name, in the cohort's file or in signups/. Nobody is asked why.
    """
    if len(set(marks)) != 1:
        raise click.UsageError("Say one of --paused, --resumed, --completed and --ended.")
    said = marks[0]
    if said == "resumed" and day:
        raise click.UsageError("--resumed takes the day out; there is none to write with --on.")
    handbook, run = private.cohort_of(root, program, cohort)
    people = _People(root, handbook, run)
    one = _open(run, people.person(mentor, "mentor"), people.person(mentee, "mentee"))
    text = _marked(root, run, one, said, day or today(handbook))
    write_asked(root, run.path, text, yes)
    if said == "ended":
        _keep_ended(root, run, one)
    two = " → ".join(alias(handbook, who) for who in (one.mentor, one.mentee))
    say_next(f"{run.path} says it of {two}: {said}.", "Look what it is like:", here(root, "check"))


def _open(run: Cohort, mentor: Person, mentee: Person) -> Pairing:
    both = [one for one in run.pairings if (one.mentor, one.mentee) == (mentor, mentee)]
    found = next((one for one in both if not one.closed), None)
    if found is None:
        why = "Their pairing is closed already" if both else "These two have no pairing"
        raise click.ClickException(f"{why} in {run.path}. {private.NOTHING}")
    return found


def _marked(root: Path, run: Cohort, one: Pairing, said: str, day: date) -> str:
    """The file as it will be."""
    text = (root / run.path).read_bytes().decode()
    try:
        if said != "resumed":
            return edit.with_value(text, ("pairings", one.number, said), day)
        if one.paused is None:
            raise click.ClickException(f"This pairing is not paused. {private.NOTHING}")
        return edit.without(text, [("pairings", one.number, "paused")])
    except edit.Impossible as error:
        raise click.ClickException(f"{run.path}: {error} {private.NOTHING}") from error


def _keep_ended(root: Path, run: Cohort, one: Pairing) -> None:
    """Note it beside the sign-ups too, so that the next proposal does not let the two stand."""
    two = one.mentor.id, one.mentee.id
    before = private.proposals(root, run)
    after = tuple(replace(kept, ended=True) if kept.written == two else kept for kept in before)
    if after != before:
        private.keep(root, signup.proposals_path(run.program.id, run.id), signup.proposals_as_json(after))


class _People:
    """Everyone in a cohort's file, by whatever somebody calls them."""

    def __init__(self, root: Path, handbook: Handbook, run: Cohort) -> None:
        self.handbook, self.run, self.known = handbook, run, who_is_who(root, run)

    def person(self, word: str, role: Role) -> Person:
        """Find somebody of a role.

        Raises:
            click.BadParameter: where nobody, or more than one, is called so.
        """
        people = [one for one in self.run.people if one.role == role]
        said = fold(word)
        found = [one for one in people if word == one.id] or [
            one for one in people if said and said in map(fold, self._calls(one))
        ]
        if len(found) == 1:
            return found[0]
        if found:
            ids = ", ".join(one.id for one in found)
            message = f"{len(found)} people are called “{visible(word)}”. Give one by id: {ids}."
        else:
            near = did_you_mean(word, [call for one in people for call in self._calls(one)])
            message = f"No {role} in {self.run.path} is called “{visible(word)}”. {near}"
        raise click.BadParameter(message.strip(), param_hint=role.upper())

    def _calls(self, one: Person) -> tuple[str, ...]:
        """What somebody may be called: as in the file, on the site, and in the sign-ups."""
        calls = (one.id, f"{one.role}-{one.number}", alias(self.handbook, one), str(one.name))
        known = self.known.get(one.id)
        more = (known.id, known.name, known.email) if known else ()
        return tuple(filter(None, (*calls, *more)))
