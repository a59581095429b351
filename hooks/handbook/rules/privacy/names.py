"""Names of people in texts: only of those who agreed that everyone may read them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from itertools import islice, pairwise
from urllib.parse import unquote

from ...model.definitions.cohort import Cohort
from ...model.definitions.program import Program
from ...text.document import Document
from ...text.problems import MOST_PROBLEMS, Problem
from ...text.signs import as_seen, folded
from .. import WORDS, fault, problem

_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[\s,;|.'’_/+-]{1,4}")
_TAG = re.compile(r"<[^<>\n]{1,200}>")
_VALUE = re.compile(r"\b(?:alt|content|label|name|title|value)=[\"']([^\"']*)")
# What these say of a person is a name, or is shown only where a name is.
_NAMING = frozenset({"name", "unit"})
_PEOPLE = frozenset({"people", "sponsor"})
_TITLES = frozenset(WORDS["titles"].split())
_MOST_WORDS = 8  # of a name; longer ones are found by these
# Of each word of a name that is found however its letters are written: `will a` is no Will A.
_LEAST_LETTERS = 3
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

    def hiding(self, names: Iterable[str]) -> Names:
        """These and more, which not everyone may read unless a file says so."""
        more = {form for name in names for form in _forms(name)} - self.public
        return Names(self.hidden | more, self.public)

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
        while index < len(found):
            end, hidden = self._name_at(index, found, text)
            if hidden:
                yield found[index].start() + 1
            index = end

    def _name_at(self, index: int, found: list[re.Match[str]], text: str) -> tuple[int, bool]:
        """Behind which word the longest name ends that begins with a word, and whether it is hidden."""
        first = folded(found[index][0]) in self._first
        for end in range(min(len(found), index + _MOST_WORDS + 1) if first else 0, index + 1, -1):
            span = found[index:end]
            forms = _as_found(tuple(word[0] for word in span))
            known = next((form for form in forms if form in self._known), ())
            if known and _is_whole(span, text):
                return end, self._known[known]
        return index + 1, False

    @cached_property
    def _known(self) -> Mapping[Words, bool]:
        """Each name, as it is written and in small letters, and whether it is hidden."""
        public = dict.fromkeys((form for name in self.public for form in (name, _small(name))), False)
        return dict.fromkeys((form for name in self.hidden for form in (name, _small(name))), True) | public

    @cached_property
    def _first(self) -> frozenset[str]:
        return frozenset(folded(name[0]) for name in self._known)


def _seen(text: str) -> str:
    return as_seen(_TAG.sub(lambda tag: " ".join(("", *_VALUE.findall(tag[0]), "")), text))


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
