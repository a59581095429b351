"""Who meets whom: the best assignment under rules and places, by a stated order of aims.

In this order: as many pairings as the rules allow; then the worst-off pairing as good as it can be, while the
total loses no more than a share; then the total; then a fixed draw for each two people, so that nobody gains
by the first letter of a name or by a line in a file.

Every number is whole, and every sum of them is below 2**53: the solver's doubles hold them exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import lap
import numpy as np
from numpy.typing import NDArray

from .criteria import MOST, Mask, Scores

Places = NDArray[np.int64]
Costs = NDArray[np.float64]
Pair = tuple[int, int]  # the indexes of a mentor and a mentee
Pairs = tuple[Pair, ...]

_BITS = 52  # of a sum that a double holds exactly, with one to spare


@dataclass(frozen=True, eq=False)
class Board:
    """Everyone who may be paired: mentors in rows, mentees in columns."""

    scores: Scores  # whole points from 0 to MOST
    allowed: Mask  # whether the rules allow the two to meet
    draw: NDArray[np.uint32]  # from 0 to 2**32 - 1 for each two people; decides between equals
    mentors: Places  # how many pairings each mentor has room for
    mentees: Places

    @cached_property
    def costs(self) -> tuple[Costs, float]:
        """What each two people cost the solver, were they allowed to meet, and what two cost who are not.

        Worked out once, since a board is solved many times, each time with other masks.
        """
        values = _values(self)
        top = float(values.max(initial=0.0))
        scale = 2.0 ** -max(0, int(top).bit_length() - 16)  # the solver takes a million for infinite
        np.subtract(top, values, out=values)
        values *= scale
        return values, top * scale

    @cached_property
    def largest(self) -> Pairs:
        """The largest number of pairings with the largest total, whoever is worst off."""
        return largest(self, self.allowed)

    def total(self, pairs: Pairs) -> int:
        """The points of these pairings together."""
        return sum(int(self.scores[pair]) for pair in pairs)

    def worst(self, pairs: Pairs) -> int:
        """The points of the worst-off pairing; MOST where there is none."""
        return min((int(self.scores[pair]) for pair in pairs), default=MOST)


def assign(board: Board, share: float) -> Pairs:
    """Find the best pairings, sorted; `share`, from 0 to 1, of the best total may go to the worst-off one."""
    best = board.largest
    least = board.total(best) - int(share * board.total(best))
    levels = _levels(board, best)
    low, high = 0, len(levels) - 1  # the lowest level is that of `best`
    middle = high  # many boards reach the highest, and then one solution is enough
    while low < high:
        pairs = largest(board, board.allowed & (board.scores >= levels[middle]))
        if len(pairs) == len(best) and board.total(pairs) >= least:
            best, low = pairs, middle
        else:
            high = middle - 1
        middle = (low + high + 1) // 2
    return best


def _levels(board: Board, best: Pairs) -> NDArray[np.int64]:
    """The points that the worst-off pairing could have, from those that it has in these pairings on."""
    if not best:
        return np.zeros(1, np.int64)
    worst = board.worst(best)
    reached = np.where(board.allowed, board.scores, -1)
    bound = MOST
    if len(best) == board.mentees.sum():  # all of them are paired, each at most with their best
        bound = int(reached.max(axis=0)[board.mentees > 0].min())
    if len(best) == board.mentors.sum():
        bound = min(bound, int(reached.max(axis=1)[board.mentors > 0].min()))
    levels = np.flatnonzero(np.bincount(reached[reached >= 0], minlength=MOST + 1))
    return levels[(levels >= worst) & (levels <= bound)]


def largest(board: Board, allowed: Mask) -> Pairs:
    """Find the most pairings between those whom `allowed` lets meet, then the largest total, then by draw."""
    # Each person as often as there is room.
    rows, columns = (np.repeat(np.arange(len(room)), room) for room in (board.mentors, board.mentees))
    if not rows.size or not columns.size or not allowed.any():
        return ()
    known, dear = board.costs
    costs = np.where(allowed, known, dear)
    costs = costs if (board.mentors == 1).all() else costs[rows]
    costs = costs if (board.mentees == 1).all() else costs[:, columns]
    solved = ((int(rows[row]), int(columns[column])) for row, column in _solved(costs, dear))
    pairs = [pair for pair in solved if allowed[pair]]
    if len(set(pairs)) < len(pairs):  # two places of each led the same two together twice
        pairs = _apart(set(pairs), np.where(allowed, _values(board), 0.0), board.mentors, board.mentees)
    return tuple(sorted(pairs))


def _values(board: Board) -> Costs:
    """One number above 0 for the three aims: being paired, the points, the draw."""
    most = int(min(board.mentors.sum(), board.mentees.sum()))
    bits = max(most, 2).bit_length()
    paired = 1 << (MOST.bit_length() + bits)  # more than all points together
    room = _BITS - paired.bit_length() - bits
    drawn = max(0, min(32, room - bits))
    whole = board.scores.astype(np.float64) + paired
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


def _apart(pairs: set[Pair], values: Costs, mentors: Places, mentees: Places) -> list[Pair]:
    """Improve pairings, each of two people at most once, until no change of any number of them gains.

    The gain of a change is that of a circle through mentors, mentees and the place outside, where everyone
    waits who has room; Bellman's and Ford's method finds a circle that gains, or that there is none.
    """
    taken = np.zeros(values.shape, bool)
    for pair in pairs:
        taken[pair] = True
    while circle := _circle(values, taken, mentors, mentees):
        for pair in circle:
            taken[pair] = ~taken[pair]
    return [(int(row), int(column)) for row, column in np.argwhere(taken)]


def _circle(values: Costs, taken: Mask, mentors: Places, mentees: Places) -> list[Pair]:
    """The pairs that change in a circle that gains; none where there is no such circle."""
    height, width = values.shape
    outside = height + width
    cost = np.full((outside + 1, outside + 1), np.inf)
    cost[:height, height:outside] = np.where((values > 0) & ~taken, -values, np.inf)  # to pair them
    cost[height:outside, :height] = np.where(taken, values, np.inf).T  # to part them
    full, placed = taken.sum(axis=1), taken.sum(axis=0)
    cost[outside, :height] = np.where(full < mentors, 0.0, np.inf)
    cost[:height, outside] = np.where(full > 0, 0.0, np.inf)
    cost[height:outside, outside] = np.where(placed < mentees, 0.0, np.inf)
    cost[outside, height:outside] = np.where(placed > 0, 0.0, np.inf)
    return _pairs_on(_gaining(cost), height, outside)


def _gaining(cost: Costs) -> list[int]:
    """The nodes of a circle whose costs are below nothing, in order; none where there is no such circle."""
    size = len(cost)
    distance, before = np.zeros(size), np.full(size, -1)
    for _ in range(size):
        ways = distance[:, None] + cost
        come = ways.argmin(axis=0)
        shorter = ways[come, np.arange(size)]
        better = shorter < distance
        if not better.any():
            return []
        distance = np.where(better, shorter, distance)
        before = np.where(better, come, before)
    node = int(np.flatnonzero(better)[0])
    for _ in range(size):
        node = int(before[node])
    circle = [node]
    while before[circle[-1]] != node:
        circle.append(int(before[circle[-1]]))
    return circle[::-1]


def _pairs_on(circle: list[int], height: int, outside: int) -> list[Pair]:
    """The pairs along a circle: each step between a mentor and a mentee makes or parts one."""
    ends = map(sorted, zip(circle, (*circle[1:], *circle[:1]), strict=True))
    return [(low, high - height) for low, high in ends if low < height <= high < outside]
