"""What a proposal is worth: beside chance, beside what nothing surpasses, and for each of its people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..ledger.signup import SignUpRole
from .assignment import SHARED, Board, Pair, Pairs, assign, largest
from .criteria import MOST, Mask, common, word_sets
from .proposal import Table
from .rules import CHOSEN, FLOOR, judged

_DRAWS, _MOST_DRAWN = 20, 15_000  # times everyone draws; so many turns are enough for a mean
_SEED = 1  # the same people give the same report
SIDES: tuple[SignUpRole, SignUpRole] = ("mentor", "mentee")
_GIVEN = (0, 1, 5, 10)  # percent of the best total
_LARGE = (
    250_000  # cells of a board on which solving again and again, or looking at every swap, takes too long
)


@dataclass(frozen=True)
class Care:
    """What so much care for the worst off costs."""

    give: int  # percent of the best total that may be lost
    worst: int | None  # the smallest share that anybody gets of their own best, out of MOST
    total: int
    pairings: int
    changed: int  # people who would not meet the same as in the proposal


@dataclass(frozen=True)
class Comparison:
    """Points of all new pairings together, how many there are, and what can be said of them.

    What takes too long on a large board is None there.
    """

    total: int  # of the proposal, and so the next
    pairings: int
    drawn: float  # points where everyone in turn draws a partner whom the rules allow, on average
    drawn_pairings: float
    bound: int  # no assignment of so many pairings surpasses it: everyone with their best partner at once
    worst: int | None  # the smallest share that anybody gets of their own best, out of MOST; None: nobody has
    worst_off: tuple[tuple[Pair, SignUpRole], ...]  # who gets no more than that
    give: float  # how much of the best total might be lost for them, from 0 to 1
    lost: int  # points that were
    levels: int  # how many of the smallest shares were looked at
    more_by_blanks: int  # pairings that there are only because of people who answered nothing that counts
    blanks: Pairs  # new pairings with somebody of these
    no_topic: frozenset[Pair]  # all pairings that share no topic, where that counts
    rather: int | None  # how many two would both rather have each other
    only: frozenset[Pair] | None  # new pairings without which there would be fewer
    care: tuple[Care, ...] | None
    idle: tuple[str, ...]  # rules in force that keep nobody apart
    unjudged: tuple[str, ...]  # rules in force that could judge no two people: nobody said what they need
    unused: tuple[str, ...]  # rules that a program may choose, and this one did not


def compare(table: Table, pairs: Pairs) -> Comparison:
    """Compare pairings with what else there could be; `pairs` are without those that stand."""
    board = table.board
    times = max(3, min(_DRAWS, _MOST_DRAWN // max(1, len(board.mentees))))
    draws = np.array([_drawn(board, np.random.default_rng(_SEED + turn)) for turn in range(times)])
    points, pairings = map(float, draws.mean(axis=0))
    small = board.allowed.size <= _LARGE
    chosen = [rule for rule in table.broken if rule in (*CHOSEN, FLOOR)]
    unjudged = tuple(
        rule for rule in chosen if not judged(rule, (table.mentors, table.mentees), table.terms.when)
    )
    return Comparison(
        total=board.total(pairs),
        pairings=len(pairs),
        drawn=points,
        drawn_pairings=pairings,
        bound=_bound(board, len(pairs)),
        worst=_worst(board, pairs),
        worst_off=tuple(_worst_off(board, pairs)),
        give=table.terms.share,
        lost=board.total(board.largest) - board.total(pairs),
        levels=board.levels,
        more_by_blanks=len(pairs) - len(largest(board, board.rank > 0)),
        blanks=tuple(pair for pair in pairs if not board.rank[pair]),
        no_topic=_no_topic(table, pairs),
        rather=_rather(board, pairs) if small else None,
        only=_only(board, pairs) if small else None,
        care=tuple(_care(table, pairs)) if small else None,
        idle=tuple(rule for rule in chosen if rule not in unjudged and not table.broken[rule].any()),
        unjudged=unjudged,
        unused=tuple(rule for rule in CHOSEN if rule not in table.broken),
    )


def _drawn(board: Board, random: np.random.Generator) -> tuple[int, int]:
    """The points and the number of pairings where mentees draw one after the other."""
    room, points, pairings = board.mentors.copy(), 0, 0
    places = np.repeat(np.arange(len(board.mentees)), board.mentees)
    met: set[tuple[int, int]] = set()
    for column in random.permutation(places):
        free = np.flatnonzero(board.allowed[:, column] & (room > 0))
        free = np.array([row for row in free if (int(row), int(column)) not in met], int) if met else free
        if free.size:
            row = int(random.choice(free))
            room[row] -= 1
            met.add((row, int(column))) if board.mentees[column] > 1 else None
            points, pairings = points + int(board.scores[row, column]), pairings + 1
    return points, pairings


def _bound(board: Board, pairings: int) -> int:
    """The best partners of all, for as many pairings as there are; the narrower side decides."""
    reached = np.where(board.allowed, board.scores, 0)
    best = ((reached.max(axis=0, initial=0), board.mentees), (reached.max(axis=1, initial=0), board.mentors))
    sides = (np.sort(np.repeat(points, room))[::-1][:pairings].sum() for points, room in best)
    return min(*map(int, sides), MOST * pairings)


def _worst(board: Board, pairs: Pairs) -> int | None:
    return board.worst(pairs) if board.size(pairs)[SHARED] else None


def _worst_off(board: Board, pairs: Pairs) -> Iterator[tuple[Pair, SignUpRole]]:
    """Who gets no more than the smallest share."""
    worst = _worst(board, pairs)
    for pair in pairs:
        for role, best, index in zip(SIDES, board.best, pair, strict=True):
            if board.rank[pair] == SHARED and int(board.scores[pair]) * MOST // int(best[index]) == worst:
                yield pair, role


def _no_topic(table: Table, pairs: Pairs) -> frozenset[Pair]:
    if "topics" not in dict(table.weights):
        return frozenset()
    shared = common(word_sets(table.mentors, "topics"), word_sets(table.mentees, "topics"))
    return frozenset(pair for pair in (*table.pinned, *pairs) if not shared[pair])


def _taken(board: Board, pairs: Pairs) -> Mask:
    taken = np.zeros(board.allowed.shape, bool)
    for pair in pairs:
        taken[pair] = True
    return taken


def _rather(board: Board, pairs: Pairs) -> int:
    """How many two would have more of each other than both have now; an empty place has nothing."""
    taken = _taken(board, pairs)
    points = np.where(taken, board.scores, MOST + 1)
    mentors, mentees = (
        np.where(taken.sum(axis=axis) < room, -1, points.min(axis=axis, initial=MOST + 1))
        for axis, room in ((1, board.mentors), (0, board.mentees))
    )
    better = (board.scores > mentors[:, None]) & (board.scores > mentees)
    return int(np.count_nonzero(board.open & ~taken & better))


def _only(board: Board, pairs: Pairs) -> frozenset[Pair]:
    """Each pairing without which no way round through others leads to as many."""
    taken, ways = _taken(board, pairs), board.open.copy()
    ways[taken] = False
    reached = np.eye(len(board.mentors), dtype=np.float32)
    steps = (ways.astype(np.float32) @ taken.T.astype(np.float32)) > 0
    steps = steps | (reached > 0)
    while (further := (steps.astype(np.float32) @ steps) > 0).sum() > steps.sum():
        steps = further
    reach = (steps.astype(np.float32) @ ways) > 0  # from each mentor, which mentees others can make room for
    free_mentors, free_mentees = taken.sum(axis=1) < board.mentors, taken.sum(axis=0) < board.mentees
    mentors, mentees = (reach & free_mentees).any(axis=1), (reach & free_mentors[:, None]).any(axis=0)
    return frozenset(pair for pair in pairs if not (reach[pair] or mentors[pair[0]] or mentees[pair[1]]))


def _care(table: Table, pairs: Pairs) -> Iterator[Care]:
    """What the proposal would be for other shares of the total."""
    board, met = table.board, _met(pairs)
    given = round(100 * table.terms.share)
    for give in sorted({*_GIVEN, given}):
        other = pairs if give == given else assign(board, give / 100)
        changed = sum(met.get(who) != partners for who, partners in _met(other).items())
        changed += len(met.keys() - _met(other).keys())
        yield Care(give, _worst(board, other), board.total(other), len(other), changed)


def _met(pairs: Pairs) -> dict[tuple[SignUpRole, int], set[int]]:
    """Whom everybody meets, who meets anybody."""
    met: dict[tuple[SignUpRole, int], set[int]] = {}
    for mentor, mentee in pairs:
        met.setdefault(("mentor", mentor), set()).add(mentee)
        met.setdefault(("mentee", mentee), set()).add(mentor)
    return met
