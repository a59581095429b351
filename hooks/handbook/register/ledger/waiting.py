"""What of a register waits for somebody: for an answer, to be written, to be deleted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ...model.definitions.cohort import Cohort, Pairing
from ...model.definitions.program import PARTICIPANTS
from ...model.handbook import Handbook
from ...model.labels import Labels
from ...model.timeline import state
from .ledger import Proposal
from .people import alias
from .register import Register
from .store import Store, stores

WRITE: tuple[str, ...] = ("--write",)
WRITE_WITH_DAY: tuple[str, ...] = ("--write", "--announce", "YYYY-MM-DD")
_NOBODY = "somebody who is no longer among the sign-ups"


@dataclass(frozen=True)
class Waiting:
    """Some things of one kind that wait.

    Attributes:
        heading: what waits, and for what.
        number: how many there are.
        thing: what is counted, in the singular.
        lines: each of them, with names; for the coordinator's eyes alone.
        words: behind `handbook pair PROGRAM COHORT`, where a command does it; else empty.
    """

    heading: str
    number: int
    thing: str
    lines: tuple[str, ...]
    words: tuple[str, ...] = ()


def waiting(register: Register, labels: Labels) -> Iterator[Waiting]:
    """What waits in a cohort, the most pressing first."""
    path, going_on = register.cohort.path, register.going_on()
    unsaid = register.unsaid()
    withdrawn = [one for one in going_on if one.confirmed.keys() - register.confirmed(one).keys()]
    undated = [one for one in going_on if len(one.confirmed) == 2 and one.announce is None]
    lists = (
        (f"Ended; not said in {path} yet, so still shown:", register.ended(), WRITE),
        (f"Took back a yes that {path} still says:", withdrawn, WRITE),
        (f"Said yes; not said in {path} yet:", unsaid, _with_day(unsaid)),
        ("Confirmed; give them the day from which they are shown:", undated, WRITE_WITH_DAY),
    )
    for heading, pairings, words in lists[:2]:
        yield from _of_pairings(heading, pairings, labels, words)
    yield from _answers(register, labels)
    yield from _unwritten(register)
    for heading, pairings, words in lists[2:]:
        yield from _of_pairings(heading, pairings, labels, words)
    if strays := register.store.strays():
        yield Waiting(
            "Written by two at once; keep what is right, and delete these:", len(strays), "file", strays
        )


def overdue(register: Register, day: date) -> Iterator[Waiting]:
    """What is kept although the privacy notice promises that it is deleted once the cohort has ended."""
    if register.edition and state(register.cohort, day) == "finished":
        heading = "Over; the privacy notice promises that sign-ups are deleted then. Delete this folder:"
        yield Waiting(heading, 1, "folder", (register.store.shown(),))


def ownerless(root: Path, handbook: Handbook) -> tuple[str, ...]:
    """The registers of cohorts that programs/ does not have any more."""
    known = {f"{cohort.program.id}/{cohort.id}" for cohort in handbook.cohorts}
    return tuple(store.shown() for store in stores(root) if store.cohort not in known)


def pairing_of(labels: Labels, pairing: Pairing) -> str:
    """What the two of a pairing are called where a log may keep it."""
    return _both(_aliases(labels, pairing))


def _with_day(pairings: Iterable[Pairing]) -> tuple[str, ...]:
    return WRITE_WITH_DAY if any(pairing.announce is None for pairing in pairings) else WRITE


def _of_pairings(
    heading: str, pairings: list[Pairing], labels: Labels, words: tuple[str, ...]
) -> Iterator[Waiting]:
    if pairings:
        lines = tuple(pairing_of(labels, pairing) for pairing in pairings)
        yield Waiting(heading, len(pairings), "pairing", lines, words)


def _answers(register: Register, labels: Labels) -> Iterator[Waiting]:
    """Whose yes is waited for: of the proposals by name, of the cohort's file by alias."""
    asked = [(_names(register, one), one.waits_for) for one in register.proposed() if one.waits_for]
    for pairing in register.going_on():
        missing = tuple(role for role in PARTICIPANTS if role not in register.confirmed(pairing))
        asked += [(_aliases(labels, pairing), missing)] if missing else []
    lines = tuple(
        f"{' and '.join(people[role] for role in roles)}, in {_both(people)}" for people, roles in asked
    )
    if lines:
        yield Waiting("To ask, or to remind:", sum(len(roles) for _, roles in asked), "answer", lines)


def _unwritten(register: Register) -> Iterator[Waiting]:
    proposals = register.confirmed_proposals()
    if proposals:
        lines = tuple(_both(_names(register, proposal)) for proposal in proposals)
        heading = "Both said yes; not in the cohort’s file yet:"
        yield Waiting(heading, len(proposals), "pairing", lines, WRITE_WITH_DAY)


def _aliases(labels: Labels, pairing: Pairing) -> Mapping[str, str]:
    return {role: alias(labels, getattr(pairing, role)) for role in PARTICIPANTS}


def _names(register: Register, proposal: Proposal) -> Mapping[str, str]:
    people = (register.people.get(name) for name in proposal.couple)
    names = (person.name if person else _NOBODY for person in people)
    return dict(zip(PARTICIPANTS, names, strict=True))


def _both(people: Mapping[str, str]) -> str:
    return f"{people['mentor']} → {people['mentee']}"


def cohorts_at_work(root: Path, handbook: Handbook, day: date) -> tuple[Cohort, ...]:
    """The cohorts that are not over on a day, and those of which a register is left."""
    return tuple(
        cohort
        for cohort in handbook.cohorts
        if state(cohort, day) != "finished" or Store.of(root, cohort).read()[1]
    )
