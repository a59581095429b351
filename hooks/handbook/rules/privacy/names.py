"""Names of people in texts: only of those who agreed that everyone may read them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from ...model.definitions.cohort import Cohort
from ...model.definitions.program import Program
from ...text.document import Document
from ...text.problems import MOST_PROBLEMS, Problem, fault
from ...text.signs import folded
from .spellings import Span, Spellings, apart, called, normal_form

_WORD = re.compile(r"[^\W_]+")
# What these say of a person is a name, or is shown only where a name is.
_NAMING = frozenset({"name", "unit"})
_PEOPLE = frozenset({"people", "sponsor"})
# Of each word of a name that is found in small letters: `will a` is no Will A.
_LEAST_LETTERS = 3


@dataclass(frozen=True)
class Names(Spellings):
    """The names of people in all files that not everyone may read, and the `public` ones.

    A name counts from two words on: one alone may be any word, such as Mark or May. The longest counts, so
    that Anna Schmidt is not found in Anna Schmidt Meyer, who agreed.
    """

    calls: frozenset[str] = frozenset()
    public: frozenset[str] = frozenset()

    @staticmethod
    def of(programs: Iterable[Program], cohorts: Iterable[Cohort]) -> Names:
        """Gather the names of sponsors and people."""
        names = [(person.name, person.consent) for cohort in cohorts for person in cohort.people]
        names += [(program.sponsor.name, program.sponsor.consent) for program in programs if program.sponsor]
        public = frozenset(str(name) for name, consent in names if name and consent == "public")
        return Names(public=public).hiding(str(name) for name, consent in names if consent != "public")

    def hiding(self, names: Iterable[str]) -> Names:
        """These and more, which not everyone may read unless a file says so."""
        public = {*map(called, self.public)}
        more = (name for name in names if " " in normal_form(name) and called(name) not in public)
        return replace(self, calls=self.calls.union(more))

    def in_document(self, document: Document) -> Iterator[Problem]:
        """No text of a file holds the name of a person who did not agree that everyone may read it."""
        for path, text in document.texts():
            itself = path[0] in _PEOPLE and path[-1] in _NAMING
            if not itself and self.are_in(text):
                yield document.problem("name-in-text", path)

    def in_prose(self, path: str, text: str) -> Iterator[Problem]:
        """No long text holds one either."""
        for line, column in islice(self.places(text), MOST_PROBLEMS + 1):
            yield fault("name-in-text").placed(path, line, column)

    def spans(self, text: str) -> list[Span]:
        """Where surely one of them stands, and no longer name that everyone may read."""
        hidden = {span for call, span in self.matches(text) if _is_sure(text, call, span)}
        whole = Spellings(self.public).matches(text) if hidden else ()
        # Of a public name every word has to be there: without a second name it may be somebody else's.
        public = {span for call, span in whole if _words(called(call)) <= _words(folded(text[slice(*span)]))}
        return [span for span in apart(hidden | public) if span not in public]


def _words(text: str) -> set[str]:
    return {*_WORD.findall(text)}


def _is_sure(text: str, call: str, span: Span) -> bool:
    """Whether what may be a name is no word, no part of a sentence, and no beginning of a longer name."""
    written, behind = text[slice(*span)], text[span[1] : span[1] + 2]
    small = _words(written) & (_words(call.lower()) - _words(call))
    longer = behind[:1] == "-" and behind[1:].isupper()
    several = len(_WORD.findall(unicodedata.normalize("NFC", written))) > 1  # Rose Bud is no rosebud
    return several and not longer and all(len(word) >= _LEAST_LETTERS for word in small)
