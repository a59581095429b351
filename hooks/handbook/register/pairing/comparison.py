"""How good a proposal is beside chance, and beside what no rule and no place would allow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .assignment import Board, Pairs
from .criteria import MOST

_DRAWS, _MOST_DRAWN = 20, 15_000  # times everyone draws; so many turns are enough for a mean
_SEED = 1  # the same people give the same report


@dataclass(frozen=True)
class Comparison:
    """Points of all pairings together, and how many pairings there are."""

    total: int  # of the proposal, and so the next
    pairings: int
    drawn: float  # points where everyone in turn draws a partner whom the rules allow, on average
    drawn_pairings: float
    bound: int  # no assignment of so many pairings surpasses it: everyone with their best partner at once


def compare(board: Board, pairs: Pairs) -> Comparison:
    """Compare pairings with chance and with the bound."""
    times = max(3, min(_DRAWS, _MOST_DRAWN // max(1, len(board.mentees))))
    draws = np.array([_drawn(board, np.random.default_rng(_SEED + turn)) for turn in range(times)])
    points, pairings = map(float, draws.mean(axis=0))
    return Comparison(board.total(pairs), len(pairs), points, pairings, _bound(board, len(pairs)))


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
