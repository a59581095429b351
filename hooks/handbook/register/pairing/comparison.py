"""What a proposal is worth, for all of its people and for each of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .assignment import SHARED, Board, Pair, Pairs, assign, largest
from .criteria import MOST, common, word_sets
from .proposal import Table
from .rules import CHOSEN

_GIVEN = (0, 1, 5, 10)  # percent of the best total
_LARGE = 250_000  # cells of a board that takes too long to be solved again and again


@dataclass(frozen=True)
class Care:
    """What so much care for the worst off costs."""

    give: int  # percent of the best total that may be lost
    worst: int | None  # the smallest share that anybody gets of their own best, out of MOST
    total: int
    others: int  # pairings that are not in the proposal


@dataclass(frozen=True)
class Comparison:
    """What can be said of all new pairings together; None is what takes too long on a large board."""

    total: int  # points
    worst: int | None  # the smallest share that anybody gets of their own best, out of MOST; None: nobody has
    more_by_blanks: int  # pairings that there are only because of people who answered nothing that counts
    no_topic: frozenset[Pair]  # all pairings that share no topic, where that counts
    rather: int | None  # how many two would both rather have each other
    only: frozenset[Pair] | None  # new pairings without which there would be fewer
    care: tuple[Care, ...] | None
    idle: tuple[str, ...]  # rules that keep nobody apart, or that the program does not have


def compare(table: Table, pairs: Pairs) -> Comparison:
    """Compare pairings with what else there could be; `pairs` are without those that stand."""
    board = table.board
    small = board.allowed.size <= _LARGE
    return Comparison(
        total=board.total(pairs),
        worst=_worst(board, pairs),
        more_by_blanks=len(pairs) - len(largest(board, board.rank > 0)),
        no_topic=_no_topic(table, pairs),
        rather=_rather(board, pairs) if small else None,
        only=_only(board, pairs) if small else None,
        care=tuple(_care(table, pairs)) if small else None,
        idle=tuple(rule for rule in CHOSEN if not np.any(table.broken.get(rule, False))),
    )


def _worst(board: Board, pairs: Pairs) -> int | None:
    return board.worst(pairs) if board.size(pairs)[SHARED] else None


def _no_topic(table: Table, pairs: Pairs) -> frozenset[Pair]:
    if "topics" not in dict(table.weights):
        return frozenset()
    shared = common(word_sets(table.mentors, "topics"), word_sets(table.mentees, "topics"))
    return frozenset(pair for pair in (*table.pinned, *pairs) if not shared[pair])


def _rather(board: Board, pairs: Pairs) -> int:
    """How many two would have more of each other than both have now; an empty place has nothing."""
    taken = board.taken(pairs)
    points = np.where(taken, board.scores, MOST + 1)
    mentors, mentees = (
        np.where(taken.sum(axis=axis) < room, -1, points.min(axis=axis, initial=MOST + 1))
        for axis, room in ((1, board.mentors), (0, board.mentees))
    )
    better = (board.scores > mentors[:, None]) & (board.scores > mentees)
    return int(np.count_nonzero(board.open & ~taken & better))


def _only(board: Board, pairs: Pairs) -> frozenset[Pair]:
    """Each pairing without which no way round through others leads to as many."""
    taken = board.taken(pairs)
    height = len(taken)
    # Who gets to whom: by a new pairing, or out of an old.
    ways = np.eye(sum(taken.shape), dtype=np.float32)
    ways[:height, height:], ways[height:, :height] = board.open & ~taken, taken.T
    for _ in range(len(ways).bit_length()):
        ways = (ways @ ways > 0).astype(np.float32)
    reached = ways[:height, height:].astype(bool)
    free_mentors, free_mentees = taken.sum(axis=1) < board.mentors, taken.sum(axis=0) < board.mentees
    mentors = np.logical_or.reduce(reached[:, free_mentees], axis=1)
    mentees = np.logical_or.reduce(reached[free_mentors], axis=0)
    return frozenset(pair for pair in pairs if not (reached[pair] or mentors[pair[0]] or mentees[pair[1]]))


def _care(table: Table, pairs: Pairs) -> Iterator[Care]:
    """What the proposal would be for other shares of the total."""
    board, given = table.board, round(100 * table.terms.share)
    for give in sorted({*_GIVEN, given}):
        other = pairs if give == given else assign(board, give / 100)
        yield Care(give, _worst(board, other), board.total(other), len({*other} - {*pairs}))
