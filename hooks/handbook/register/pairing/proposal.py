"""Sign-ups and a program's wishes -> a proposal: who could meet whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from ...rules.privacy.spellings import normal_form
from ..ledger.ledger import MANAGERS, Couple, SignUp
from .assignment import Board, Pairs
from .criteria import MOST, Mask, Scores, Setting, Side, Sides, Weights, counting, said, scores
from .rules import FLOOR, broken, marked


@dataclass(frozen=True)
class Terms:
    """What a proposal goes by."""

    weights: Weights  # of the program's criteria
    when: Setting
    rules: Mapping[str, int] = field(default_factory=dict)  # the program's, by name
    share: float = 0.05  # of the best total that may be lost for the worst off, from 0 to 1
    pinned: frozenset[Couple] = frozenset()  # pairings that stand, and take their places
    forbidden: frozenset[Couple] = frozenset()


@dataclass(frozen=True, eq=False)
class Table:
    """Everyone with everyone: what the rules say, and the board that is played on."""

    terms: Terms
    weights: Weights  # of the criteria that make a difference
    mentors: Side  # sorted by id; a row each
    mentees: Side  # sorted by id; a column each
    broken: Mapping[str, Mask]  # by rule, which two people it keeps apart
    board: Board  # with the places that pinned pairings leave
    pinned: Pairs

    @property
    def managers_elsewhere(self) -> int:
        """How many managers did not sign up, where a rule asks for them: nobody is kept apart below them."""
        people = {person.id: person for person in (*self.mentors, *self.mentees)}
        named = {who for person in people.values() for who in person.manager.split(MANAGERS)} - people.keys()
        asked = self.terms.rules.get("outside-reporting-line")
        return len(set(map(normal_form, filter(None, named)))) if asked else 0


def table(sign_ups: Iterable[SignUp], terms: Terms) -> Table:
    """Lay out everyone who signed up.

    Raises:
        ValueError: where a pinned pairing names somebody who did not sign up, or has no room left.
    """
    people = sorted(sign_ups, key=lambda person: person.id)
    mentors, mentees = sides = (
        [who for who in people if "mentor" in who.roles],
        [who for who in people if "mentee" in who.roles],
    )
    weights = counting(terms.weights, sides)
    points = scores(sides, weights, terms.when)
    masks = broken(sides, terms.rules, terms.when) | floor(points, terms.rules)
    masks["forbidden"] = marked(sides, terms.forbidden)
    standing = masks["pinned"] = marked(sides, terms.pinned)
    if standing.sum() != len(terms.pinned):
        raise ValueError("A pairing that is to stand names somebody who did not sign up in that role.")
    room = [np.array([person.capacity for person in side], np.int64) - standing.sum(axis=axis)
            for side, axis in zip(sides, (1, 0), strict=True)]  # fmt: skip
    if (np.concatenate(room) < 0).any():
        raise ValueError("Pairings that are to stand take more places than somebody has.")
    board = Board(points, allowed(masks), _draw(sides), room[0], room[1], said(weights, sides))
    pinned = tuple((int(row), int(column)) for row, column in np.argwhere(standing))
    return Table(terms, weights, mentors, mentees, masks, board, pinned)


def floor(points: Scores, rules: Mapping[str, int]) -> dict[str, Mask]:
    """Say which two people have too few points, where a program says how many percent are enough."""
    percent = rules.get(FLOOR)
    return {FLOOR: points < percent * MOST // 100} if percent else {}


def allowed(masks: Mapping[str, Mask], without: str = "") -> Mask:
    """Which two people may meet by what is broken, or might if one rule did not hold."""
    kept: Mask = ~np.logical_or.reduce([mask for name, mask in masks.items() if name != without])
    return kept


def _draw(sides: Sides) -> NDArray[np.uint32]:
    """A fixed number for each two people, which nobody can choose: it is mixed of both ids."""
    hashed = ([blake2b(person.id.encode(), digest_size=4).digest() for person in side] for side in sides)
    numbers = [np.frombuffer(b"".join(side), ">u4").astype(np.uint32) for side in hashed]
    mixed = numbers[0][:, None] ^ (numbers[1] * np.uint32(0x9E3779B1))
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        mixed ^= mixed >> np.uint32(shift)
        mixed *= np.uint32(factor)
    draw: NDArray[np.uint32] = mixed ^ (mixed >> np.uint32(16))
    return draw
