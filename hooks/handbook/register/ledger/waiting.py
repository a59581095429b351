"""What of a register waits for somebody: for an answer, to be written, to be deleted."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from html import unescape
from pathlib import Path

from ...model.definitions.cohort import Pairing
from ...model.definitions.program import PARTICIPANTS
from ...model.handbook import Handbook
from ...model.labels import Labels
from ...model.timeline import is_over, just_cancelled, last_day, state
from .ledger import Proposal
from .people import alias
from .register import Register
from .store import stores

AGAIN: tuple[str, ...] = ("--waiting-list",)  # pairs whoever has nobody; all others stay
WRITE: tuple[str, ...] = ("--write",)
WRITE_WITH_DAY: tuple[str, ...] = ("--write", "--announce", "YYYY-MM-DD")
_OVER = "Over; sign-ups go now, as the privacy page says (a waiting list may stay). Delete this folder:"
_NOBODY = "somebody who is no longer among the sign-ups"
_both = " → ".join


@dataclass(frozen=True)
class Waiting:
    """Some things of one kind that wait."""

    heading: str  # what waits, and for what
    number: int  # how many there are
    thing: str  # what is counted, in the singular
    lines: tuple[str, ...]  # each of them, with names; for the coordinator's eyes alone
    words: tuple[str, ...] = ()  # behind `handbook pair PROGRAM COHORT`, where a command does it


def waiting(register: Register, labels: Labels, day: date) -> Iterator[Waiting]:
    """What waits in a cohort on a day, the most pressing first; also kinds of which nothing does."""

    def listed(heading: str, pairings: Iterable[Pairing], words: tuple[str, ...]) -> Waiting:
        return _listed(heading, "pairing", (pairing_of(labels, pairing) for pairing in pairings), words)

    path, going_on = register.cohort.path, register.going_on()
    said = [(pairing, register.confirmed(pairing).keys()) for pairing in going_on]
    withdrawn = [pairing for pairing, roles in said if pairing.confirmed.keys() - roles]
    unsaid = [pairing for pairing, roles in said if roles - pairing.confirmed.keys()]
    undated = [pairing for pairing in going_on if len(pairing.confirmed) == 2 and pairing.announce is None]
    unwritten = (_both(_names(register, proposal)) for proposal in register.confirmed_proposals())
    with_day = WRITE_WITH_DAY if any(pairing.announce is None for pairing in unsaid) else WRITE
    yield listed(f"Ended; not said in {path} yet, so still shown:", register.ended(), WRITE)
    yield listed(f"Took back a yes that {path} still says:", withdrawn, WRITE)
    yield _answers(register, labels, day)
    yield _listed("Both said yes; not in the cohort’s file yet:", "pairing", unwritten, WRITE_WITH_DAY)
    yield listed(f"Said yes; not said in {path} yet:", unsaid, with_day)
    yield listed("Confirmed; give them the day from which they are shown:", undated, WRITE_WITH_DAY)
    yield _listed("Without a pairing:", "person", _unpaired(register, labels))
    strays = register.store.strays()
    yield _listed("Written by two at once; keep what is right, and delete these:", "file", strays)


def overdue(register: Register, day: date, months: int) -> Iterator[Waiting]:
    """What is kept although the privacy page promises that it is deleted so many months after the end."""
    cohort, end = register.cohort, last_day(register.cohort)
    passed = 12 * (day.year - end.year) + day.month - end.month - (day.day <= end.day)
    kept = just_cancelled(cohort, day) or (state(cohort, day) == "finished" and passed < months)
    if register.edition and is_over(cohort, day) and not kept:
        yield Waiting(_OVER, 1, "folder", (register.store.shown(),))


def ownerless(root: Path, handbook: Handbook) -> tuple[str, ...]:
    """The registers of cohorts that programs/ does not have any more."""
    known = {f"{cohort.program.id}/{cohort.id}" for cohort in handbook.cohorts}
    return tuple(store.shown() for store in stores(root) if store.cohort not in known)


def pairing_of(labels: Labels, pairing: Pairing) -> str:
    """What the two of a pairing are called where a log may keep it."""
    return _both(_aliases(labels, pairing))


def _listed(heading: str, thing: str, lines: Iterable[str], words: tuple[str, ...] = ()) -> Waiting:
    every = tuple(lines)
    return Waiting(heading, len(every), thing, every, words)


def _answers(register: Register, labels: Labels, day: date) -> Waiting:
    """Whose yes is waited for: of the proposals by name, of the cohort's file by alias."""

    def missing(names: tuple[str, ...], days: Container[str]) -> tuple[str, list[str]]:
        sides = zip(PARTICIPANTS, names, strict=True)
        return _both(names), [name for role, name in sides if role not in days]

    asked = [missing(_names(register, proposal), proposal.confirmed) for proposal in register.proposed()]
    asked += [
        missing(_aliases(labels, pairing), register.confirmed(pairing)) for pairing in register.going_on()
    ]
    lines = tuple(f"{' and '.join(names)}, in {both}" for both, names in asked if names)
    heading, until = "To ask, or to remind:", register.ledger.answer_by
    if until:
        when = unescape(labels.day(until))
        heading = f"To ask, or to remind; they answer by {when}:"
        if day > until:
            heading = f"Late, since the day was {when}; remind them, or note a no, then pair again:"
    words = AGAIN if until and day > until else ()
    return Waiting(heading, sum(len(names) for _, names in asked), "answer", lines, words)


def _unpaired(register: Register, labels: Labels) -> Iterator[str]:
    """Who is in no pairing: of the sign-ups by name, of the cohort's file alone by alias."""
    yield from (person.name for person in register.unpaired())
    cohort = register.cohort
    paired = {person for pairing in cohort.pairings for person in (pairing.mentor, pairing.mentee)}
    alone = (person for person in cohort.people if cohort.pairings and person not in paired)
    yield from (alias(labels, one) for one in alone if not register.sign_up(one.role, one.id))


def _aliases(labels: Labels, pairing: Pairing) -> tuple[str, ...]:
    return alias(labels, pairing.mentor), alias(labels, pairing.mentee)


def _names(register: Register, proposal: Proposal) -> tuple[str, ...]:
    people = (register.people.get(name) for name in proposal.couple)
    return tuple(person.name if person else _NOBODY for person in people)
