"""Names of people in texts: only of those who agreed that everyone may read them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, islice, pairwise
from operator import itemgetter

from ...model.definitions.cohort import Cohort
from ...model.definitions.program import Program
from ...text.document import Document
from ...text.problems import MOST_PROBLEMS, Problem
from ...text.signs import as_seen
from .. import WORDS, fault, problem

_WORD = re.compile(r"\w+")
_GAP = re.compile(r"[\s,.'’-]{1,4}")
_LONGER = re.compile(r"-\w")
# What these say of a person is a name, or is shown only where a name is.
_NAMING = frozenset({"name", "unit"})
_PEOPLE = frozenset({"people", "sponsor"})
_TITLES = frozenset(WORDS["titles"].split())
_MOST_WORDS = 8  # of a name; longer ones are found by these
Words = tuple[str, ...]


@dataclass(frozen=True)
class Names:
    """The names of people in all files, in words: `hidden` are those that not everyone may read.

    A name counts from two words on: one alone may be any word, such as Mark or May. The longest counts, so
    that Anna Schmidt is not found in Anna Schmidt Meyer, who agreed.
    """

    hidden: frozenset[Words]
    public: frozenset[Words]

    @staticmethod
    def of(programs: Iterable[Program], cohorts: Iterable[Cohort]) -> Names:
        """Gather the names of sponsors and people."""
        names = [(person.name, person.consent) for cohort in cohorts for person in cohort.people]
        names += [(program.sponsor.name, program.sponsor.consent) for program in programs if program.sponsor]
        public = {form for name, consent in names if consent == "public" for form in _forms(name)}
        hidden = {form for name, consent in names if consent != "public" for form in _forms(name)} - public
        return Names(frozenset(hidden), frozenset(public))

    def in_document(self, document: Document) -> Iterator[Problem]:
        """No text of a file holds the name of a person who did not agree that everyone may read it."""
        for path, text in document.texts():
            itself = path[0] in _PEOPLE and path[-1] in _NAMING
            if self.hidden and not itself and any(self._places(as_seen(text))):
                yield problem(document, "name-in-text", path)

    def in_prose(self, path: str, text: str) -> Iterator[Problem]:
        """No long text beside a program holds one either."""
        seen = as_seen(text) if self.hidden else ""
        lines, seen_lines = text.split("\n"), seen.split("\n")
        for at in islice(self._places(seen), MOST_PROBLEMS + 1):
            line = seen.count("\n", 0, at - 1)
            same = lines[line] == seen_lines[line]  # else nobody knows where in the line
            column = at - seen.rfind("\n", 0, at - 1) - 1 if same else 1
            yield fault("name-in-text").placed(path, line + 1, column)

    def _places(self, text: str) -> Iterator[int]:
        """The places, counted from 1, at which a hidden name begins."""
        found, every, index = [*_WORD.finditer(text)], self.hidden | self.public, 0
        words = tuple(word[0] for word in found)
        while index < len(words):
            ends = (index + length for length in self._lengths.get(words[index], ()))
            known = (end for end in ends if words[index:end] in every and _is_whole(found[index:end], text))
            end = next(known, index)
            if words[index:end] in self.hidden:
                yield found[index].start() + 1
            index = max(end, index + 1)

    @cached_property
    def _lengths(self) -> Mapping[str, Sequence[int]]:
        """How many words the names have that begin with a word, the longest first."""
        by_word = groupby(sorted(self.hidden | self.public), key=itemgetter(0))
        return {word: sorted({*map(len, names)}, reverse=True) for word, names in by_word}


def _forms(name: str) -> Iterator[Words]:
    """A name in words: as it is written, without titles, the last first, in capitals; not one word alone."""
    written = tuple(_WORD.findall(as_seen(name)))[:_MOST_WORDS]
    plain = tuple(word for word in written if word.casefold() not in _TITLES)
    for words in (written, plain, (*plain[-1:], *plain[:-1])):
        if len(words) > 1:
            yield words
            yield tuple(word.upper() for word in words)


def _is_whole(span: list[re.Match[str]], text: str) -> bool:
    """Whether these words of a text belong together, and are not the beginning of a longer name."""
    gaps = (text[word.end() : next_word.start()] for word, next_word in pairwise(span))
    return not _LONGER.match(text, span[-1].end()) and all(_GAP.fullmatch(gap) for gap in gaps)
