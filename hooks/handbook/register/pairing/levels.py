"""The smallest shares that people get of their own best, one level after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from .criteria import Mask
from .flow import Flow, Limit, Numbers


def raised(
    flow: Flow, shares: Numbers, level: float, limits: Sequence[Limit], least: float
) -> tuple[Limit, float, Mask]:
    """Let as few people as possible get no more than a share, and the others as large a smallest one.

    Args:
        flow: the pairs, of whom those chosen must be worth `least` together.
        shares: what both people of each pair get of their own best; infinite where nobody counts.
        level: the share that everybody gets at least under these limits.
        limits: what else has to hold.

    Returns:
        The limit that this is for all that follows, that smallest share, and the best choice under it.
    """
    levels = np.unique([*shares[shares > level], np.inf])
    bound = flow.bounds(limits)

    def kept(index: int, number: int) -> Limit:
        """So many get at least so much."""
        return (shares >= levels[index]).sum(axis=0).astype(float), number

    def chosen(index: int, number: int) -> Mask | None:
        choice = flow.best([*limits, kept(index, number)])
        return choice if choice is not None and flow.values[choice].sum() >= least else None

    def highest(number: int) -> int:
        return _last(len(levels), lambda index: bound(kept(index, number)) > least - 1)

    number = _last(2 * int(limits[0][1]) + 1, lambda number: bound(kept(0, number)) > least - 1)
    index = highest(number)
    # Nearly always what is thinkable in part can be had whole.
    while (choice := chosen(index, number)) is None:
        if index and chosen(0, number) is not None:
            index -= 1
        else:
            number -= 1
            index = highest(number)
    return kept(index, number), float(levels[index]), choice


def _last(length: int, holds: Callable[[int], bool]) -> int:
    """The last number below a length of which something holds that holds of 0 and of all up to the last."""
    low, high = 0, length - 1
    while low < high:
        middle = (low + high + 1) // 2
        if holds(middle):
            low = middle
        else:
            high = middle - 1
    return low
