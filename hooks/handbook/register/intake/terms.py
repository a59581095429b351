"""Answers in a cell, told apart and brought to what a program has; a near one is only proposed.

A program.yml remembers under `sign_up` what was said of them and of columns, so that nobody is asked twice.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...model.definitions.program import LEAVE_OUT, Program
from ...rules.privacy.spellings import normal_form, one_line, words_of
from ...text.document import Document, read
from ...text.signs import masked

# So many different answers are compared with what there is; each costs time, and more nobody is asked.
_MOST_COMPARED = 200
_MOST_SIGNS = 60
_SHORTEST_WORD = 3
_NEAR = 0.72
_MOST_PIECES = 24  # of one title, between commas
# What several people answered in the same words stands in the form; what one did may be in own words.
_MOST_WORDS = 8
_LINE, _PIECE = re.compile(r"[\n\r]"), re.compile("[^,;]+")

Columns = Mapping[str, str]  # what columns hold, by their titles
# What a person said that an answer means: an id, or an answer that is surely read, or LEAVE_OUT; by the
# field and the normal form.
Meanings = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Term:
    """A topic or goal of a program."""

    id: str
    title: str
    about: str = ""  # what else is said of it; a word of it may be what somebody means


Catalogue = Mapping[str, Sequence[Term]]  # under "topics" and "goals": what the answers of a sheet may name


def catalogue_of(program: Program) -> Catalogue:
    """What the answers of a program's sheet may name."""
    topics = [
        Term(topic.id, str(topic.title), " ".join((str(topic["summary"]), *map(str, topic["ideas"]))))
        for topic in program.topics
    ]
    return {"topics": topics, "goals": [Term(goal.id, str(goal.title)) for goal in program.goals]}


class TermIndex:
    """Finds the topics of a program, or its goals, in answers."""

    def __init__(self, terms: Sequence[Term], meanings: Mapping[str, str] | None = None) -> None:
        """Know the terms, and the id, or LEAVE_OUT, that a person said an answer's normal form means."""
        self.near: dict[str, Term] = {}  # by answers, as they were given, that nobody was asked about yet
        self._terms = {term.id: term for term in terms}
        self._meanings = {
            answer: id for answer, id in (meanings or {}).items() if id in ("", LEAVE_OUT, *self._terms)
        }
        self._compared: set[str] = set()
        names = [*((term.id, term.id) for term in terms), *((term.title, term.id) for term in terms)]
        self.ids = {normal_form(name): id for name, id in reversed(names)}  # the first of two alike stays

    def agreed(self, answer: str) -> str:
        """The id of the term that an answer names, or that a person said it means."""
        form = normal_form(answer)
        identifier = self.ids.get(form) or self._meanings.get(form, "").replace(LEAVE_OUT, "")
        new = not identifier and form not in self._meanings and form not in self._compared
        if new and len(self._compared) < _MOST_COMPARED and len(form) <= _MOST_SIGNS:
            self._compared.add(form)
            if term := self._nearest(form):
                self.near[one_line(answer)] = term
        return identifier

    def _nearest(self, form: str) -> Term | None:
        """The one term that is spelt nearly so, has all of the words, or is said to be about them."""
        if spelt := difflib.get_close_matches(form, self.ids, n=1, cutoff=_NEAR):
            return self._terms[self.ids[spelt[0]]]
        words = {word for word in form.split() if len(word) >= _SHORTEST_WORD} or set(form.split())
        for text in ("title", "about"):
            named = [term for term in self._terms.values() if words <= words_of(getattr(term, text))]
            if len(named) == 1:
                return named[0]
        return None


def split(cell: str, known: Container[str]) -> tuple[str, ...]:
    """Tell answers apart at semicolons, line breaks and commas; each stands there once.

    `known` are normal forms of texts that may have commas and semicolons themselves, and are kept whole.
    """
    return once(answer for line in _LINE.split(cell) for answer in _answers(line, known))


def once(answers: Iterable[str]) -> tuple[str, ...]:
    """Each answer as it was written first."""
    return tuple({normal_form(answer): answer for answer in reversed([*answers])}.values())[::-1]


def _answers(line: str, known: Container[str]) -> Iterator[str]:
    pieces = [*_PIECE.finditer(line)]
    forms = [normal_form(piece[0]) for piece in pieces]
    first = 0
    while first < len(pieces):
        ends = range(min(len(pieces), first + _MOST_PIECES), first, -1)
        end = next((end for end in ends if " ".join(filter(None, forms[first:end])) in known), first + 1)
        if answer := one_line(line[pieces[first].start() : pieces[end - 1].end()]):
            yield answer
        first = end


# --- what a program.yml remembers


def remembered(path: str, content: bytes) -> tuple[Columns, Meanings]:
    """What a program.yml says of columns, and of answers.

    Of consent it can say no more than `nobody`: whose name is shown is not decided by a file for whatever
    form comes next.
    """
    document = read(path, content)
    sign_up = document.mapping.get("sign_up", {}) if isinstance(document, Document) else {}
    columns = {str(title): str(field) for title, field in sign_up.get("columns", {}).items()}
    meanings = {
        (field, normal_form(str(answer))): str(meaning)
        for field, answers in sign_up.get("answers", {}).items()
        for answer, meaning in answers.items()
        if field != "consent" or meaning == "nobody"
    }
    return columns, meanings


def harmless(columns: Columns) -> Columns:
    """Those without an address or number in the title: everyone may read a program.yml."""
    return {title: field for title, field in columns.items() if masked(title) == title}


def can_be_kept(field: str, answer: str, meaning: str, rows: int) -> bool:
    """Whether a file that everyone may read can hold an answer that was given in so many rows."""
    words, is_term = answer.split(), field in ("topics", "goals")
    several = rows > 1 and len(words) <= _MOST_WORDS and len(answer) <= _MOST_SIGNS
    alone = len(words) <= (3 if is_term else 1) and len(answer) <= _MOST_SIGNS
    looks = is_term or field == "timezone" or rows > 2 or not any(word[0].isupper() for word in words[1:])
    widens = field == "consent" and meaning != "nobody"
    return (several or alone) and looks and masked(answer) == answer and not widens
