"""Why somebody stays without a pairing: what would have to change, each found by solving again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np

from ..ledger.ledger import FAR, SignUp, SignUpRole
from .assignment import LEVELS, Board, Pairs, assign
from .criteria import Mask, Sides, said, scores
from .proposal import Table, allowed, floor
from .rules import CHOSEN, FLOOR, broken

# A board of more cells takes seconds to solve: there only so many changes are tried.
_LARGE, _MOST_TRIALS = 1_000_000, 5
_MOST_PAIRS = 100_000  # that all trials together may look at, where several levels of shares are looked at
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
    turned = Board(
        board.scores.T, board.allowed.T, board.draw.T, board.mentees, board.mentors, board.rank.T > 0
    )
    masks = {name: mask.T for name, mask in table.broken.items()}
    return Table(
        table.terms, table.weights, table.mentees, table.mentors, masks, turned, _swapped(table.pinned)
    )


class _View:
    """A table seen from the side of its columns, the people of one role: who is missing, what would help."""

    def __init__(self, table: Table, pairs: Pairs, role: SignUpRole) -> None:
        self.table, self.board, self.pairs, self.role = table, table.board, pairs, role
        self.taken = self.board.taken(pairs)
        self.trials = float(_MOST_TRIALS if self.board.allowed.size > _LARGE else np.inf)
        if self.board.levels == LEVELS:
            self.trials = _MOST_PAIRS // int(self.board.open.sum())

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
        masks = {name: mask[:, index] for name, mask in self.table.broken.items()}
        for name in (*CHOSEN, FLOOR, "not-with", "not-again", "forbidden"):
            apart = name in masks and masks[name].any()
            if apart and (self._movable & allowed(masks, name)).any():
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
        counts = "topics" in dict(self.table.weights)
        for index in missing:
            if unsaid := [*self._unsaid(index)]:
                reasons[index] = (Reason("unsaid", ",".join(unsaid), places_left),)
            else:
                topics = self.table.mentees[index].topics if counts else ()
                by_topic.setdefault((*topics, "")[0], []).append(index)
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
        new = self._with_newcomer(topic)
        points = scores(new, self.table.weights, terms.when).ravel()
        masks = self._apart_from_newcomers | floor(points, terms.rules)
        welcome = allowed(masks)
        added = Board(
            np.vstack([board.scores, *[points] * number]),
            np.vstack([board.allowed, *[welcome] * number]),
            np.full((len(board.draw) + number, points.size), 2**32 - 1, np.uint32),
            np.append(board.mentors, np.ones(number, np.int64)),
            board.mentees,
            np.vstack([board.rank > 0, *[said(self.table.weights, new).ravel()] * number]),
        )
        # Who has several places can take that of another: then each is looked at alone.
        groups = [group] if number == len(group) else [[index] for index in group]
        return all(set(some) <= _columns(assign(_last_drawn(added, some), terms.share)) for some in groups)

    def _with_newcomer(self, topic: str) -> Sides:
        """Mentors and mentees, where the other role is one who keeps every rule with all who said enough."""
        mentees = self.table.mentees
        spoken = sorted({language for person in mentees for language in person.languages})
        topics = (topic,) if topic else ()
        new = (SignUp(_NEW, unit=_NEW, grade=FAR, languages=tuple(spoken), topics=topics),)
        return (new, mentees) if self.role == "mentee" else (mentees, new)

    def _unsaid(self, index: int) -> Iterator[str]:
        """The rules for which somebody said too little to be paired with anybody at all."""
        yield from (name for name, mask in self._apart_from_newcomers.items() if mask[index])
        person = self.table.mentees[index]
        alike = replace(person, skills=person.learn, learn=person.skills)
        two = ((alike,), (person,)) if self.role == "mentee" else ((person,), (alike,))
        points = scores(two, self.table.weights, self.table.terms.when)
        yield from (name for name, mask in floor(points, self.table.terms.rules).items() if mask.any())

    @cached_property
    def _apart_from_newcomers(self) -> dict[str, Mask]:
        """By rule, who cannot be paired with anybody at all, since they did not say what it needs."""
        terms = self.table.terms
        masks = broken(self._with_newcomer(""), terms.rules, terms.when)
        return {name: mask.ravel() for name, mask in masks.items()}

    def _may_try(self) -> bool:
        self.trials -= 1
        return self.trials >= 0


def _last_drawn(board: Board, columns: Sequence[int]) -> Board:
    """The board where among equals anybody else comes first."""
    draw = board.draw.copy()
    draw[:, columns] = 0
    return replace(board, draw=draw)


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
    others = ((rule, replace(board, allowed=allowed(table.broken, rule)).largest) for rule in rules)
    return tuple(
        Cost(rule, len(other) - len(most), board.total(other) - board.total(most)) for rule, other in others
    )
