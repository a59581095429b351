"""Answers in a cell, told apart and folded onto what a program has; a near one is only proposed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..ledger.fold import fold, one_line

# So many different answers are compared with what there is; each costs time, and more nobody is asked.
_MOST_COMPARED = 200
_MOST_SIGNS = 60
_SHORTEST_WORD = 3
_NEAR = 0.72
_END = re.compile(r"[;\n\r]")


@dataclass(frozen=True)
class Term:
    """A topic or goal of a program.

    Attributes:
        about: what else is said of it; a word of it may be what somebody means.
    """

    id: str
    title: str
    about: str = ""


@dataclass(frozen=True)
class Catalogue:
    """What the answers of a sheet may name."""

    topics: Sequence[Term] = ()
    goals: Sequence[Term] = ()


@dataclass
class Terms:
    """The topics of a program, or its goals.

    Attributes:
        meant: what a person said of answers that are near a term: its id, or nothing.
        near: answers that nobody was asked about yet, as they were given, with the nearest term.
    """

    terms: Sequence[Term]
    meant: Mapping[str, str] = field(default_factory=dict)
    near: dict[str, Term] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._known: dict[str, str] = {}
        for term in self.terms:
            self._known.setdefault(fold(term.id), term.id)
        for term in self.terms:
            self._known.setdefault(fold(term.title), term.id)
        self._compared: set[str] = set()

    def split(self, cell: str) -> tuple[str, ...]:
        """Tell answers apart; a title that has a comma itself stays whole."""
        return split(cell, self._known)

    def id(self, answer: str) -> str:
        """The id of the term that an answer names; empty for any other answer."""
        return self._known.get(fold(answer), "")

    def agreed(self, answer: str) -> str:
        """The id of the term that an answer names, or that a person said it means."""
        folded = fold(answer)
        found = self.id(answer) or self.meant.get(folded, "")
        if not found and folded not in self.meant and self._worth_comparing(folded):
            self._compared.add(folded)
            if term := self._nearest(folded):
                self.near[one_line(answer)] = term
        return found

    def _worth_comparing(self, folded: str) -> bool:
        new = folded not in self._compared and len(self._compared) < _MOST_COMPARED
        return new and len(folded) <= _MOST_SIGNS

    def _nearest(self, folded: str) -> Term | None:
        """The one term that is spelt nearly so, has all of the words, or is said to be about them."""
        by_id = {term.id: term for term in self.terms}
        if spelt := difflib.get_close_matches(folded, self._known, n=1, cutoff=_NEAR):
            return by_id[self._known[spelt[0]]]
        words = {word for word in folded.split() if len(word) >= _SHORTEST_WORD} or set(folded.split())
        for text in ("title", "about"):
            named = [term for term in self.terms if words <= set(fold(getattr(term, text)).split())]
            if len(named) == 1:
                return named[0]
        return None


def split(cell: str, known: Mapping[str, object]) -> tuple[str, ...]:
    """Tell answers apart at semicolons, line breaks and commas; each stands there once.

    Args:
        cell: what stands in it.
        known: folded texts that may have commas themselves, and are kept whole.
    """
    found = (one for part in _END.split(cell) for one in _at_commas(part, known))
    return tuple({fold(one): one for one in reversed(list(found))}.values())[::-1]


def _at_commas(text: str, known: Mapping[str, object]) -> Iterable[str]:
    pieces = text.split(",")
    at = 0
    while at < len(pieces):
        ends = range(min(len(pieces), at + 4), at, -1)
        end = next((end for end in ends if fold(",".join(pieces[at:end])) in known), at + 1)
        if answer := one_line(",".join(pieces[at:end])):
            yield answer
        at = end
