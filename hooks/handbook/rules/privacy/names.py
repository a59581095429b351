"""Names of people in texts: only of those who agreed that everyone may read them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from itertools import groupby, islice, pairwise
from operator import itemgetter
from unicodedata import normalize
from urllib.parse import unquote

from ...model.definitions.cohort import Cohort
from ...model.definitions.program import Program
from ...text.document import Document
from ...text.problems import MOST_PROBLEMS, Problem
from ...text.signs import as_seen
from .. import WORDS, fault, problem

_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[\s,.'’_/+-]{1,4}")
_TAG = re.compile(r"<[^<>\n]{1,200}>")
# What these say of a person is a name, or is shown only where a name is.
_NAMING = frozenset({"name", "unit"})
_PEOPLE = frozenset({"people", "sponsor"})
_TITLES = frozenset(WORDS["titles"].split())
_MARKS = re.compile(r"[\u0300-\u036f]")
_MOST_WORDS = 8  # of a name; longer ones are found by these
_LEAST_LETTERS = (
    3  # of each word of a name that is found however its letters are written: `will a` is no Will A.
)
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
            if self.hidden and not itself and self.are_in(text):
                yield problem(document, "name-in-text", path)

    def are_in(self, text: str) -> bool:
        """Whether a text holds a hidden name."""
        return self._may_be_in(text) and any(self._places(_seen(text)))

    def in_prose(self, path: str, text: str) -> Iterator[Problem]:
        """No long text holds one either."""
        seen = _seen(text) if self._may_be_in(text) else ""
        lines, seen_lines = text.split("\n"), seen.split("\n")
        for at in islice(self._places(seen), MOST_PROBLEMS + 1):
            line = seen.count("\n", 0, at - 1)
            same = lines[line] == seen_lines[line]  # else nobody knows where in the line
            column = at - seen.rfind("\n", 0, at - 1) - 1 if same else 1
            yield fault("name-in-text").placed(path, line + 1, column)

    def _may_be_in(self, text: str) -> bool:
        """Whether the letters of a name's longest word are there in their order; few texts have them."""
        letters = "".join(_WORD.findall(folded(unescape(unquote(text)))))
        return any(longest in letters for longest in self._longest)

    @cached_property
    def _longest(self) -> frozenset[str]:
        return frozenset(folded(max(name, key=len)) for name in self.hidden)

    def _places(self, text: str) -> Iterator[int]:
        """The places, counted from 1, at which a hidden name begins."""
        found, index = [*_WORD.finditer(text)], 0
        words = tuple(word[0] for word in found)
        while index < len(words):
            ends = (index + length for length in self._lengths.get(folded(words[index]), ()))
            known = (end for end in ends if self._is_name(words[index:end], found[index:end], text))
            end = next(known, index)
            if self._hides(words[index:end]):
                yield found[index].start() + 1
            index = max(end, index + 1)

    def _is_name(self, words: Words, span: list[re.Match[str]], text: str) -> bool:
        return any(form in self._known for form in _as_found(words)) and _is_whole(span, text)

    def _hides(self, words: Words) -> bool:
        return next((self._known[form] for form in _as_found(words) if form in self._known), False)

    @cached_property
    def _known(self) -> Mapping[Words, bool]:
        """Each name, as it is written and in small letters, and whether it is hidden."""
        hidden = dict.fromkeys((form for name in self.hidden for form in (name, _small(name))), True)
        return hidden | dict.fromkeys((form for name in self.public for form in (name, _small(name))), False)

    @cached_property
    def _lengths(self) -> Mapping[str, Sequence[int]]:
        """How many words the names have that begin with a word, the longest first, with an initial or not."""
        by_word = groupby(sorted((folded(name[0]), len(name)) for name in self._known), key=itemgetter(0))
        lengths = (
            (word, {length + more for _, length in names for more in (0, 1)}) for word, names in by_word
        )
        return {word: sorted(several, reverse=True) for word, several in lengths}


def folded(text: str) -> str:
    """A text in small letters without accents, as people write a name when they are in a hurry."""
    small = text.casefold()
    plain = small if small.isascii() else _MARKS.sub("", normalize("NFKD", small))
    return plain if plain.isascii() else "".join(filter(str.isprintable, plain))


def _seen(text: str) -> str:
    return as_seen(_TAG.sub(" ", text))


def _small(words: Words) -> Words:
    """A name in small letters, where it cannot be a part of any sentence."""
    return tuple(map(folded, words)) if all(len(word) >= _LEAST_LETTERS for word in words) else words


def _as_found(words: Words) -> Iterator[Words]:
    """The ways in which words may be a name: as they are, in small letters, without a middle initial."""
    yield words
    yield tuple(map(folded, words))
    inner = [word for word in words[1:-1] if len(word) > 1]
    yield tuple(map(folded, (*words[:1], *inner, *words[-1:])))


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
    after = text[span[-1].end() : span[-1].end() + 2]
    return not (after[:1] == "-" and after[1:].isupper()) and all(_GAP.fullmatch(gap) for gap in gaps)
