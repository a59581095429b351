"""Why somebody stays without a pairing: what would have to change, each found by solving again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np

from ..ledger.grades import FAR
from ..ledger.signup import SignUp, SignUpRole
from .assignment import Board, Pairs, assign, largest
from .criteria import Mask, Sides, scores
from .proposal import Table, without
from .rules import CHOSEN, broken

# A board of more cells takes seconds to solve: there only so many changes are tried.
_LARGE, _MOST_TRIALS = 1_000_000, 5
_NEW = "\0"  # the id and unit of somebody who is not there


@dataclass(frozen=True)
class Reason:
    """One change after which somebody would be paired.

    `rule`: if this rule did not count for this person; `room`: if this person of the other role took one
    more; `another`: if so many more people of the other role signed up for this topic; `unsaid`: if this
    person said what these rules need, and so many more of the other role signed up.
    """

    kind: Literal["rule", "room", "another", "unsaid"]
    name: str  # of the rule, rules or topic, or the id of the person; an empty topic is any
    number: int = 1  # of people


@dataclass(frozen=True)
class Left:
    """Somebody who stays without a pairing, and each single change that would help, as far as any does."""

    person: SignUp
    role: SignUpRole
    reasons: tuple[Reason, ...]


def left_out(table: Table, pairs: Pairs) -> tuple[Left, ...]:
    """Everyone without a pairing in the best assignment on the board, mentees first, by id."""
    views = _View(table, pairs, "mentee"), _View(_turned(table), _swapped(pairs), "mentor")
    return tuple(left for view in views for left in view.left_out())


def _swapped(pairs: Pairs) -> Pairs:
    return tuple(sorted((mentee, mentor) for mentor, mentee in pairs))


def _turned(table: Table) -> Table:
    """The same table with mentees in rows, so that what serves one side serves both."""
    board = table.board
    turned = Board(board.scores.T, board.allowed.T, board.draw.T, board.mentees, board.mentors)
    masks = {name: mask.T for name, mask in table.broken.items()}
    return Table(table.terms, table.mentees, table.mentors, masks, turned, _swapped(table.pinned))


class _View:
    """A table seen from the side of its columns, the people of one role: who is missing, what would help."""

    def __init__(self, table: Table, pairs: Pairs, role: SignUpRole) -> None:
        self.table, self.board, self.pairs, self.role = table, table.board, pairs, role
        self.taken = np.zeros(self.board.allowed.shape, bool)
        for pair in pairs:
            self.taken[pair] = True
        self.large = self.board.allowed.size > _LARGE
        self.trials = 0

    def left_out(self) -> Iterator[Left]:
        """Everyone who has no pairing at all, with the reasons."""
        paired = _columns(self.pairs) | _columns(self.table.pinned)
        missing = [index for index in range(len(self.table.mentees)) if index not in paired]
        shared = self.newcomers(missing)
        for index in missing:
            reasons = (*self.rules(index), *self.room(index), *shared[index])
            yield Left(self.table.mentees[index], self.role, reasons)

    def rules(self, index: int) -> Iterator[Reason]:
        """Each rule without which this person would be paired.

        With new partners for one person alone, the largest number of pairings grows by one exactly where one
        of these has room, or gets room when others move on; and then it cannot do without this person.
        """
        for name in (*CHOSEN, "not-with", "not-again", "forbidden"):
            if name in self.table.broken and self.table.broken[name][:, index].any():
                others = [mask[:, index] for key, mask in self.table.broken.items() if key != name]
                if (self._movable & ~np.logical_or.reduce(others)).any():
                    yield Reason("rule", name)

    @cached_property
    def _movable(self) -> Mask:
        """Those in rows who have room, or get it when those they meet move on to others."""
        free: Mask = (self.board.mentors - self.taken.sum(axis=1)) > 0
        open_ways = self.board.allowed & ~self.taken
        while (more := self.taken[:, open_ways[free].any(axis=0)].any(axis=1) & ~free).any():
            free |= more
        return free

    def room(self, index: int) -> Iterator[Reason]:
        """The best partner who would have to take one more."""
        fit = np.where(self.board.allowed[:, index], self.board.scores[:, index], -1)
        if fit.size and fit.max() >= 0 and self._may_try():
            row = int(fit.argmax())
            room = self.board.mentors.copy()
            room[row] += 1
            if index in _columns(assign(replace(self.board, mentors=room), self.table.terms.share)):
                yield Reason("room", self.table.mentors[row].id)

    def newcomers(self, missing: Sequence[int]) -> Mapping[int, tuple[Reason]]:
        """For each of those who are missing, how many more of the other role would do, and on which topic."""
        places_left = int(self.board.mentees.sum()) - len(self.pairs)
        by_topic: dict[str, list[int]] = {}
        reasons: dict[int, tuple[Reason]] = {}
        for index in missing:
            unsaid = ",".join(name for name, mask in self._apart_from_newcomers.items() if mask[index])
            if unsaid:
                reasons[index] = (Reason("unsaid", unsaid, places_left),)
            else:
                by_topic.setdefault((*self.table.mentees[index].topics, "")[0], []).append(index)
        for topic, group in by_topic.items():
            reason = Reason("another", "", places_left)  # so many pair everyone, whatever they know
            enough = int(self.board.mentees[group].sum())  # one of them alone may take several
            if self._may_try() and self._helps(topic, group, enough):
                reason = Reason("another", topic, enough)
            reasons |= dict.fromkeys(group, (reason,))
        return reasons

    def _helps(self, topic: str, group: Sequence[int], number: int) -> bool:
        """Whether so many more people for a topic pair all of these, however the draw goes."""
        board, terms = self.board, self.table.terms
        points = scores(self._with_newcomer(topic), terms.weights, terms.when).ravel()
        welcome = ~np.logical_or.reduce([*self._apart_from_newcomers.values()])
        draw = np.full((len(board.draw) + number, points.size), 2**32 - 1, np.uint32)
        draw[:, group] = 0  # among equals anybody else comes first
        added = Board(
            np.vstack([board.scores, *[points] * number]),
            np.vstack([board.allowed, *[welcome] * number]),
            draw,
            np.append(board.mentors, np.ones(number, np.int64)),
            board.mentees,
        )
        return set(group) <= _columns(assign(added, terms.share))

    def _with_newcomer(self, topic: str) -> Sides:
        """Mentors and mentees, where the other role is one who keeps every rule with all who said enough."""
        mentees = self.table.mentees
        spoken = sorted({language for person in mentees for language in person.languages})
        topics = (topic,) if topic else ()
        new = (SignUp(_NEW, unit=_NEW, grade=FAR, languages=tuple(spoken), topics=topics),)
        return (new, mentees) if self.role == "mentee" else (mentees, new)

    @cached_property
    def _apart_from_newcomers(self) -> Mapping[str, Mask]:
        """By rule, who cannot be paired with anybody at all, since they did not say what it needs."""
        terms = self.table.terms
        masks = broken(self._with_newcomer(""), terms.rules, terms.when)
        return {name: mask.ravel() for name, mask in masks.items()}

    def _may_try(self) -> bool:
        self.trials += 1
        return not self.large or self.trials <= _MOST_TRIALS


def _columns(pairs: Pairs) -> set[int]:
    return {column for _, column in pairs}


@dataclass(frozen=True)
class Cost:
    """What a rule costs: how many more pairings, and how many more points, there could be without it."""

    rule: str
    pairings: int
    points: int


def costs(table: Table) -> tuple[Cost, ...]:
    """Solve again without each rule that keeps anybody apart."""
    board, most = table.board, table.board.largest
    rules = (rule for rule, mask in table.broken.items() if rule not in ("pinned", "oneself") and mask.any())
    others = ((rule, largest(board, without(table, rule))) for rule in rules)
    return tuple(
        Cost(rule, len(other) - len(most), board.total(other) - board.total(most)) for rule, other in others
    )
