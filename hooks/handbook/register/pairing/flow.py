"""The best choice among pairs under places and further limits, found by HiGHS; exact, since all is whole."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from highspy._core import _Highs as Solver  # `highspy.Highs` is the same, and prints who it is
from numpy.typing import NDArray

from .criteria import Mask

_OPTIMAL = highspy.HighsModelStatus.kOptimal
Numbers = NDArray[np.float64]  # one for each pair
Limit = tuple[Numbers, float]  # so much at least of these, over the pairs that are chosen
# What is looked for is whole, so that nothing is left to find once the bound is less than one away.
_OPTIONS = {"output_flag": False, "threads": 1, "mip_rel_gap": 0.0, "mip_abs_gap": 0.99}


@dataclass(frozen=True, eq=False)
class Flow:
    """Pairs that may be chosen, each at most once, what each is worth, and the places of their people."""

    rows: NDArray[np.int64]
    columns: NDArray[np.int64]
    values: Numbers  # whole
    mentors: NDArray[np.int64]  # places by row
    mentees: NDArray[np.int64]

    def best(self, limits: Sequence[Limit] = ()) -> Mask | None:
        """Choose pairs of the largest value together; nothing where no choice keeps to the limits."""
        model = self._model(limits)
        if limits:  # without them the corners of what can be chosen are whole
            model.integrality_ = [highspy.HighsVarType.kInteger] * len(self.rows)
        solver = _solved(model)
        solved = solver.getModelStatus() == _OPTIMAL
        return np.asarray(solver.getSolution().col_value) > 0.5 if solved else None

    def raised(
        self, shares: Numbers, level: float, limits: Sequence[Limit], least: float
    ) -> tuple[Limit, float, Mask]:
        """Let as few people as possible get no more than a share, and the others as large a smallest one.

        `shares` are what both people of each pair get of their own best; infinite where nobody counts. Under
        these limits everybody gets at least `level`. Pairs that are chosen must be worth `least` together.
        Gives the limit that this is for all that follows, that smallest share, and the best choice under it.
        """
        levels, bound = np.unique([*shares[shares > level], np.inf]), self._bounds(limits)

        def kept(index: int, number: int) -> Limit:
            return (shares >= levels[index]).sum(axis=0).astype(float), number

        def chosen(index: int, number: int) -> Mask | None:
            choice = self.best([*limits, kept(index, number)])
            return choice if choice is not None and self.values[choice].sum() >= least else None

        def last(things: range, limit: Callable[[int], Limit]) -> int:
            return bisect_left(things, True, 1, key=lambda at: bound(limit(at)) <= least - 1) - 1

        def highest(number: int) -> int:
            return last(range(len(levels)), lambda index: kept(index, number))

        number = last(range(2 * int(self.mentees.sum()) + 1), lambda number: kept(0, number))
        index = highest(number)
        # Nearly always what is thinkable in part can be had whole.
        while (choice := chosen(index, number)) is None:
            if index and chosen(0, number) is not None:
                index -= 1
            else:
                number -= 1
                index = highest(number)
        return kept(index, number), float(levels[index]), choice

    def _bounds(self, limits: Sequence[Limit]) -> Callable[[Limit], float]:
        """What no choice surpasses that keeps to these limits and one more, to be asked again and again.

        Much quicker than a choice: pairs may be chosen in part, and each answer begins where the first ended.
        """
        solver = _solved(self._model(limits))
        basis, last = solver.getBasis(), np.array([solver.getNumRow()], np.int32)

        def bound(limit: Limit) -> float:
            amount, least = limit
            some = np.flatnonzero(amount).astype(np.int32)
            solver.addRow(least, highspy.kHighsInf, len(some), some, amount[some])
            solver.run()
            solved = solver.getModelStatus() == _OPTIMAL
            most = -solver.getInfo().objective_function_value if solved else -np.inf
            solver.deleteRows(1, last)
            solver.setBasis(basis)
            return float(most)

        return bound

    def _model(self, limits: Sequence[Limit]) -> highspy.HighsLp:
        size, places = len(self.rows), len(self.mentors) + len(self.mentees)
        entries = 2 + len(limits)  # of a pair: in the rows of both people, and of each limit
        further = np.broadcast_to(np.arange(places, places + len(limits)), (size, len(limits)))
        where = np.column_stack([self.rows, self.columns + len(self.mentors), further])
        much = np.column_stack([np.ones((size, 2)), *(amount for amount, _ in limits)])
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = size, places + len(limits)
        model.col_cost_, model.col_lower_, model.col_upper_ = -self.values, np.zeros(size), np.ones(size)
        model.row_lower_ = np.array([*[-highspy.kHighsInf] * places, *(least for _, least in limits)])
        model.row_upper_ = np.array([*self.mentors, *self.mentees, *[highspy.kHighsInf] * len(limits)], float)
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = np.arange(0, size * entries + 1, entries).astype(np.int32)
        model.a_matrix_.index_ = where.ravel().astype(np.int32)
        model.a_matrix_.value_ = much.ravel()
        return model


def _solved(model: highspy.HighsLp) -> Solver:
    solver = Solver()
    for option, value in _OPTIONS.items():
        solver.setOptionValue(option, value)
    solver.passModel(model)
    solver.run()
    return solver
