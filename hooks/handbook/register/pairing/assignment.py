"""Who meets whom: the best assignment under rules and places, by a stated order of aims.

In this order: as many pairings as the rules allow. Of these as many as can be between people who answered,
and who can have anything in common with somebody. Then, while the total loses no more than a part of it, the
smallest share that anybody gets of their own best, and how few get no more; the next smallest, for a number
of levels. Then the total; then a fixed draw for each two people, so that nobody gains by the first letter of
a name or by a line in a file.

Every number is whole, and every sum of them is below 2**53: the solvers' doubles hold them exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import lap
import numpy as np
from numpy.typing import NDArray

from .criteria import MOST, Mask, Scores
from .flow import Flow, Limit

Places = NDArray[np.int64]
Costs = NDArray[np.float64]
Pair = tuple[int, int]  # the indexes of a mentor and a mentee
Pairs = tuple[Pair, ...]

LEVELS = 3  # of shares that are looked at, the smallest first
_MOST_FOR_LEVELS = 40_000  # pairs that the rules allow; where there are more, only the smallest is
_BITS = 52  # of a sum that a double holds exactly, with one to spare
_FLOW_BITS = 44  # likewise where a solver goes on adding
_DRAWN = 1 << 8
SHARED = 2  # the rank where shares count


@dataclass(frozen=True, eq=False)
class Board:
    """Everyone who may be paired: mentors in rows, mentees in columns."""

    scores: Scores  # whole points from 0 to MOST
    allowed: Mask  # whether the rules allow the two to meet
    draw: NDArray[np.uint32]  # from 0 to 2**32 - 1 for each two people; decides between equals
    mentors: Places  # how many pairings each mentor has room for
    mentees: Places
    said: Mask | None = None  # whether both answered anything that counts; everybody did where this is None

    @cached_property
    def open(self) -> Mask:
        """Who may meet, and has room."""
        free: Mask = self.allowed & (self.mentors > 0)[:, None] & (self.mentees > 0)
        return free

    @cached_property
    def best(self) -> tuple[Scores, Scores]:
        """The most points that each mentor, and each mentee, can get; 0 where no answer counts."""
        points = np.where(self.open, self.scores, 0)
        return points.max(axis=1, initial=0), points.max(axis=0, initial=0)

    @cached_property
    def rank(self) -> NDArray[np.int8]:
        """0 where one of two answered nothing, 2 where both have points with anybody, else 1."""
        mentors, mentees = self.best
        shared: Mask = (mentors > 0)[:, None] & (mentees > 0)
        return shared.astype(np.int8) + (shared if self.said is None else self.said | shared)

    @cached_property
    def lowest(self) -> Scores:
        """What the worse off of each two gets of their own best, out of MOST, as where no share counts."""
        mentors, mentees = self.best
        best = np.maximum(mentors[:, None], mentees).astype(np.int32)
        shares = self.scores * np.int32(MOST) // np.maximum(best, 1)
        return np.where(self.rank == SHARED, shares, MOST).astype(np.int16)

    @property
    def levels(self) -> int:
        """How many of the smallest shares are looked at."""
        number = np.count_nonzero(self.open & (self.rank == SHARED))
        return 0 if not number else 1 if number > _MOST_FOR_LEVELS else LEVELS

    @cached_property
    def costs(self) -> tuple[Costs, float]:
        """What each two people cost the solver, were they allowed to meet, and what two cost who are not.

        Worked out once, since a board is solved many times, each time with other masks.
        """
        values = _values(self, _BITS)
        top = float(values.max(initial=0.0))
        scale = 2.0 ** -max(0, int(top).bit_length() - 16)  # the solver takes a million for infinite
        np.subtract(top, values, out=values)
        values *= scale
        return values, top * scale

    @cached_property
    def values(self) -> Costs:
        """What each two people are worth to the other solver."""
        return _values(self, _FLOW_BITS)

    @cached_property
    def largest(self) -> Pairs:
        """The largest number of pairings with the largest total, whoever is worst off."""
        return largest(self, self.allowed)

    def taken(self, pairs: Pairs) -> Mask:
        """Which two meet in these pairings."""
        taken = np.zeros(self.allowed.shape, bool)
        taken[tuple(np.array(pairs, int).reshape(-1, 2).T)] = True
        return taken

    def total(self, pairs: Pairs) -> int:
        """The points of these pairings together."""
        return sum(int(self.scores[pair]) for pair in pairs)

    def worst(self, pairs: Pairs) -> int:
        """The smallest share that anybody gets of their own best, out of MOST; that where nobody has one."""
        return min((int(self.lowest[pair]) for pair in pairs), default=MOST)

    def size(self, pairs: Pairs) -> tuple[int, ...]:
        """How many pairings there are of each rank or a higher one, from 0 on."""
        ranks = [int(self.rank[pair]) for pair in pairs]
        return tuple(sum(rank >= least for rank in ranks) for least in range(SHARED + 1))


def assign(board: Board, share: float) -> Pairs:
    """Find the best pairings, sorted; `share`, from 0 to 1, of the best total may go to the worst off."""
    best = board.largest
    least = board.total(best) - int(share * board.total(best))
    levels = _levels(board, best)
    low, high = 0, len(levels) - 1  # the lowest level is that of `best`
    middle = high  # many boards reach the highest, and then one solution is enough
    while low < high:
        pairs = largest(board, board.allowed & (board.lowest >= levels[middle]))
        if board.size(pairs) == board.size(best) and board.total(pairs) >= least:
            best, low = pairs, middle
        else:
            high = middle - 1
        middle = (low + high + 1) // 2
    return _further(board, best, least) if board.levels == LEVELS else best


def _levels(board: Board, best: Pairs) -> NDArray[np.int64]:
    """The shares that the worst off could get, from what they get in these pairings on."""
    shared = board.size(best)[SHARED]
    reached = np.where(board.open & (board.rank == SHARED), board.lowest, -1)
    bound = MOST
    if shared == board.mentees.sum():  # all of them have a share, each at most that of their best
        bound = int(reached.max(axis=0, initial=0)[board.mentees > 0].min(initial=MOST))
    if shared == board.mentors.sum():
        bound = min(bound, int(reached.max(axis=1, initial=0)[board.mentors > 0].min(initial=MOST)))
    levels = np.flatnonzero(np.bincount(reached[reached >= 0], minlength=MOST + 1))
    return levels[(levels >= board.worst(best)) & (levels <= bound)] if shared else levels[:0]


def _further(board: Board, pairs: Pairs, least: int) -> Pairs:
    """Look at the shares after the smallest, which these pairs have, then at the total and the draw."""
    level, sizes = float(board.worst(pairs)), board.size(pairs)
    rows, columns = two = np.nonzero(board.open & (board.lowest >= level))
    points, ranks = board.scores[two].astype(float), board.rank[two]
    unit = float(_DRAWN * len(pairs))  # of a point: more than all that is drawn
    drawn = board.draw[two] // (2**32 // _DRAWN)
    flow = Flow(rows, columns, points * unit + drawn, board.mentors, board.mentees)
    shares = np.where(ranks == SHARED, [points * MOST // np.maximum(most[side], 1)
                               for most, side in zip(board.best, two, strict=True)], np.inf)  # fmt: skip
    limits: list[Limit] = [((ranks >= rank).astype(float), size) for rank, size in enumerate(sizes)]
    for _ in range(LEVELS - 1):
        few, level, choice = flow.raised(shares, level, limits, least * unit)
        limits.append(few)
    return _chosen(two, choice)


def largest(board: Board, allowed: Mask) -> Pairs:
    """Find the most pairings between those whom `allowed` lets meet, by the aims that are no shares."""
    allowed = allowed & board.open
    if not allowed.any():
        return ()
    if (board.mentors <= 1).all() or (board.mentees <= 1).all():
        return _assigned(board, allowed)
    rows, columns = two = np.nonzero(allowed)
    choice = Flow(rows, columns, board.values[two], board.mentors, board.mentees).best()
    assert choice is not None  # nobody has to be paired
    return _chosen(two, choice)


def _assigned(board: Board, allowed: Mask) -> Pairs:
    """The same where one side has a place each: people as often as they have room; nobody meets twice."""
    rows, columns = (np.repeat(np.arange(len(room)), room) for room in (board.mentors, board.mentees))
    known, dear = board.costs
    costs = np.where(allowed, known, dear)
    costs = costs if (board.mentors == 1).all() else costs[rows]
    costs = costs if (board.mentees == 1).all() else costs[:, columns]
    pairs = ((int(rows[row]), int(columns[column])) for row, column in _solved(costs, dear))
    return tuple(sorted(pair for pair in pairs if allowed[pair]))


def _chosen(two: tuple[NDArray[np.int64], ...], choice: Mask) -> Pairs:
    return tuple((int(row), int(column)) for row, column in np.transpose(two)[choice])


def _values(board: Board, limit: int) -> Costs:
    """One number above 0 for the aims: paired, rank, points, draw; sums of them have so many bits."""
    most = int(min(board.mentors.sum(), board.mentees.sum()))
    bits = max(most, 2).bit_length()
    whole = board.scores.astype(np.float64)
    unit = 1 << (MOST.bit_length() + bits)  # more than all points together
    top = MOST
    for rank in range(SHARED, 0, -1):
        above = board.rank >= rank
        below = int(board.mentors[~above.any(axis=1)].sum() + board.mentees[~above.any(axis=0)].sum())
        if above.any() and (board.rank == rank - 1).any():
            whole += above * float(unit)
            top += unit
            unit *= min(most, below) + 1  # so many pairings may be below
    whole += unit
    room = limit - (top + unit).bit_length() - bits
    drawn = max(0, min(32, room - bits))
    whole *= float(1 << (drawn + bits if drawn else 0))
    if drawn:
        whole += board.draw >> np.uint32(32 - drawn)
    return whole


def _solved(costs: Costs, dear: float) -> list[Pair]:
    """Assign rows to columns so that the sum of costs is smallest; who is left over costs `dear`."""
    height, width = costs.shape
    if height != width:
        more = [(0, max(0, width - height)), (0, max(0, height - width))]
        costs = np.pad(costs, more, constant_values=dear)
    rows, columns = lap.lapjvr(costs, return_cost=False)  # the quickest of its solvers on such numbers
    pairs = zip(map(int, rows), map(int, columns), strict=True)
    return [(row, column) for row, column in pairs if row < height and column < width]
