"""Sign-ups and a program's wishes -> a proposal: who could meet whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from ..ledger.signup import SignUp
from .assignment import Board, Pairs
from .criteria import When, scores
from .features import Mask, Side
from .rules import broken, marked

Two = tuple[str, str]  # the ids of a mentor and a mentee


@dataclass(frozen=True)
class Terms:
    """What a proposal goes by.

    Attributes:
        weights: the program's criteria, each with its weight.
        rules: the program's rules by name.
        share: of the best total that may be lost for the worst-off pairing, from 0 to 1.
        pinned: pairings that stand, by ids of mentor and mentee; they take their places.
        forbidden: pairings that shall not be.
    """

    weights: tuple[tuple[str, int], ...]
    when: When
    rules: Mapping[str, int] = field(default_factory=dict)
    share: float = 0.05
    pinned: frozenset[Two] = frozenset()
    forbidden: frozenset[Two] = frozenset()


@dataclass(frozen=True, eq=False)
class Table:
    """Everyone with everyone: what the rules say, and the board that is played on.

    Attributes:
        mentors: sorted by id; a row each.
        mentees: sorted by id; a column each.
        broken: by rule, which two people it keeps apart.
        board: with the places that pinned pairings leave.
        pinned: by indexes.
    """

    terms: Terms
    mentors: Side
    mentees: Side
    broken: Mapping[str, Mask]
    board: Board
    pinned: Pairs


def table(sign_ups: Iterable[SignUp], terms: Terms) -> Table:
    """Lay out everyone who signed up.

    Raises:
        ValueError: where a pinned pairing names somebody who did not sign up, or has no room left.
    """
    people = sorted(sign_ups, key=lambda person: person.id)
    mentors, mentees = ([who for who in people if role in who.roles] for role in ("mentor", "mentee"))
    masks = dict(broken(mentors, mentees, terms.rules, terms.when))
    masks["forbidden"] = marked(mentors, mentees, terms.forbidden)
    standing = masks["pinned"] = marked(mentors, mentees, terms.pinned)
    if standing.sum() != len(terms.pinned):
        raise ValueError("A pairing that is to stand names somebody who did not sign up in that role.")
    room = [np.array([person.capacity for person in side], np.int64) - standing.sum(axis=axis)
            for side, axis in ((mentors, 1), (mentees, 0))]  # fmt: skip
    if (np.concatenate(room) < 0).any():
        raise ValueError("Pairings that are to stand take more places than somebody has.")
    points = scores(mentors, mentees, terms.weights, terms.when)
    board = Board(points, _allowed(masks), _draw(mentors, mentees), *room)
    pinned = tuple((int(row), int(column)) for row, column in np.argwhere(standing))
    return Table(terms, mentors, mentees, masks, board, pinned)


def _allowed(masks: Mapping[str, Mask]) -> Mask:
    allowed: Mask = ~np.logical_or.reduce([*masks.values()])
    return allowed


def without(table: Table, rule: str) -> Mask:
    """Which two people could meet if one rule did not hold."""
    return _allowed({name: mask for name, mask in table.broken.items() if name != rule})


def _draw(mentors: Side, mentees: Side) -> NDArray[np.uint32]:
    """A fixed number for each two people, which nobody can choose: it is mixed of both ids."""
    sides = (mentors, mentees)
    hashed = ([blake2b(person.id.encode(), digest_size=4).digest() for person in side] for side in sides)
    numbers = [np.frombuffer(b"".join(side), ">u4").astype(np.uint32) for side in hashed]
    mixed = numbers[0][:, None] ^ (numbers[1] * np.uint32(0x9E3779B1))
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        mixed ^= mixed >> np.uint32(shift)
        mixed *= np.uint32(factor)
    draw: NDArray[np.uint32] = mixed ^ (mixed >> np.uint32(16))
    return draw
