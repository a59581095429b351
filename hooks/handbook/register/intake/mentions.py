"""What somebody wrote of other people -> who is surely meant, and else who may be.

What could be two people, is only near a name, or holds words that nobody knows is never sure: a person says
what it means. Nothing of it is dropped but what plainly says that there is nobody.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ..ledger.signup import SignUp
from ..ledger.spelling import normal_form, one_line, words_of
from .vocabulary import words

_ENDS = re.compile(r"[;\n\r|\u2022\uff1b]+")
_BULLET = re.compile(r"^(?:[-*\u2013]|\d{1,2}[.)])\s+")
_ADDRESS = re.compile(r"(?:mailto:)?([^\s<>()\[\],;:\"']+@[^\s<>()\[\],;:\"']*\w)", re.IGNORECASE)
# What stands behind a dash or a colon, or in brackets, explains.
_NOTE = re.compile(r"\s+-+\s*|-+\s+|\s*[\u2013\u2014]+\s*|:\s|[()\[\]]")
_TWO_CAPITALS = re.compile(r"\b[^\W\d_a-z]\w+\s+[^\W\d_a-z]\w")


@dataclass(frozen=True)
class Reading:
    """Who is meant by a text: the ids, where that is sure; else nobody yet, and whose names are near."""

    ids: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    sure: bool = True


OPEN = Reading(sure=False)


class Directory:
    """Those who signed up, to be found in what people write."""

    def __init__(self, people: Iterable[SignUp]) -> None:
        self._names: dict[str, Sequence[str]] = {}
        self._called: defaultdict[str, set[str]] = defaultdict(set)  # by whole names and addresses, the ids
        self._spelt: defaultdict[str, set[str]] = defaultdict(set)  # by slips of their words
        self._units: defaultdict[str, set[str]] = defaultdict(set)
        for person in people:
            name = self._names[person.id] = normal_form(person.name).split()
            self._units[normal_form(person.unit)].add(person.id)
            # One word alone may be somebody else's first name.
            whole = _sorted(name) if len(name) > 1 else ""
            for call in filter(None, (person.id, person.email.casefold(), whole)):
                self._called[call].add(person.id)
            for slip in {slip for word in name for slip in _slips(word)}:
                self._spelt[slip].add(person.id)

    def called(self, text: str) -> set[str]:
        """Whose whole name, in whatever order, whose address or id a text is."""
        name = _sorted(normal_form(text).split())
        return self._called.get(text.strip().casefold()) or self._called.get(name, set())

    # --- several people in a cell

    def parts(self, cell: str) -> Iterator[str]:
        """Tell apart the people whom a cell names, each with what is said of that person."""
        for line in _ENDS.split(cell):
            text = _BULLET.sub("", one_line(line))
            pieces = [text] if self.called(text) else [*self._pieces(text)]
            # Where nobody is near, several words are one question.
            known = len(pieces) > 1 and any("@" in piece or self._near(words_of(piece)) for piece in pieces)
            if not self._is_nobody(text):
                yield from (piece for piece in pieces if not self._is_nobody(piece)) if known else (text,)

    def _pieces(self, text: str) -> Iterator[str]:
        """Cut at commas, slashes and words between names; not in brackets, and not in “Last, First”."""
        cut = _between().split(text)
        while cut:
            end = 3 if len(cut) > 2 and cut[1].strip() == "," and self._is_last_first(cut[0], cut[2]) else 1
            yield from filter(None, ["".join(cut[:end]).strip()])
            cut = cut[end + 1 :]

    def _is_last_first(self, last: str, first: str) -> bool:
        """Whether “Last, First” is somebody, or may be somebody who is not here, since no name begins so."""
        turned = normal_form(f"{first} {last}").split()
        if any(self._names[who] == turned for who in self.called(f"{first} {last}")):
            return True
        alone = [word for word in map(normal_form, last.split()) if word not in words("name-particles")]
        begins = any(own[:1] == alone[0].split()[:1] for own in self._names.values()) if alone else True
        return len(alone) == 1 and not begins and "@" not in last and not self.called(first)

    def _is_nobody(self, text: str) -> bool:
        """Whether a text plainly says that there is nobody: none, n/a, keine, or no letter at all."""
        given = words_of(text) if re.search(r"\w", text) else set()
        says = given & words("nobody") and given <= words("nobody") | words("nobody-filling")
        letters = normal_form(text).replace(" ", "") in words("nobody")  # n/a
        return not given or (bool(says or letters) and not any(map(self._is_name, given)))

    def _is_name(self, word: str) -> bool:
        return any(word in self._names[who] for who in self._spelt.get(word, ()))

    # --- one person

    def read(self, text: str, writer: str, manager: Reading = OPEN) -> Reading:
        """Who is meant by one part of a cell, the writer never; by “my manager” it is the writer's."""
        if whole := self.called(text):
            return _only(whole - {writer})
        called = [self.called(address) for address in _ADDRESS.findall(text)]
        address = _only(set().union(*called) - {writer})
        sections = [part for part in _NOTE.split(_ADDRESS.sub(" ", text)) if re.search(r"\w", part)]
        while sections[1:] and words_of(sections[0]) <= _before_names() - words("a-manager"):
            sections = sections[1:]
        if all(called) and not sections:
            return address
        head = self._head(sections[0], writer, manager) if sections else OPEN
        ids = tuple(dict.fromkeys((*address.ids, *head.ids)))
        if head.sure and address.sure and all(self._explains(part, {*ids, writer}) for part in sections[1:]):
            return Reading(ids)
        likely = dict.fromkeys((*ids, *address.near, *head.near))
        members = (ids for unit, ids in self._units.items() if {*unit.split()} <= words_of(text) and unit)
        others = self._near(words_of(_ADDRESS.sub(_user, text))).union(*members) - {writer, *likely}
        return Reading((), (*likely, *sorted(others)), sure=False)

    def _head(self, text: str, writer: str, manager: Reading) -> Reading:
        given = words_of(text)
        if given & words("a-manager") and given <= words("a-manager") | words("my-manager"):
            return manager
        name = self._bare(text)
        if whole := self._called.get(_sorted(name)):
            return _only(whole - {writer})
        # One word may be the beginning of a name, as Jo of Joanna; one letter is nobody's.
        some = self._near(name) if len(name) > 1 else self._names if len(name[0]) > 1 else ()
        likely = sorted(who for who in some if who != writer and _may_be(name, self._names[who]))
        sure = len(likely) == 1 and _is(name, self._names[likely[0]])
        # A last name alone may be of somebody who is not here, unless Mr stands before it.
        titled = not normal_form(text).startswith(name[0])
        sure = sure and (titled or any(_is([word], self._names[likely[0]][:1]) for word in name))
        return Reading((*likely,)) if sure else Reading((), (*likely,), sure=False)

    def _bare(self, text: str) -> Sequence[str]:
        """The words of a name, without what stands before it, unless somebody is called so, and within it."""
        name = normal_form(text).split()
        while name[1:] and name[0] in _before_names() and not self._is_name(name[0]):
            name = name[1:]
        return [
            *name[:1],
            *(word for word in name[1:-1] if word not in words("name-particles")),
            *name[1:][-1:],
        ]

    def _near(self, name: Iterable[str]) -> set[str]:
        """Whose name shares a word with these, or nearly so."""
        telling = {*name} - words("name-particles")
        return set().union(*(self._spelt.get(slip, ()) for word in telling for slip in _slips(word)))

    def _explains(self, text: str, ids: set[str]) -> bool:
        """Whether a text says more of somebody who is known, and names no other."""
        form, whose = normal_form(text), self.called(text)
        if form in self._units or (whose and whose <= ids):
            return True
        others = words_of(text) & words("more-people") or form.split()[0] in words("between-names")
        telling = [word for word in form.split() if len(word) > 2 or self._is_name(word)]  # “my” is no slip
        return not (others or self._near(telling) - ids or _TWO_CAPITALS.search(text))

    def is_elsewhere(self, text: str, unit: str) -> bool:
        """Whether a text is an address, or a name and no sentence, that is near nobody's here.

        Robert Lee may be Bob Lee of the same unit; of another, a last name alone is not near.
        """
        plain = _ADDRESS.sub(_user, _NOTE.split(text)[0])
        name = self._bare(plain)
        small = [word for word in plain.split() if word.islower() and word not in words("name-particles")]
        whole = not re.search(r"[\d?!]", plain) and (
            len(name) > 1 if not small else len(name) == 2 == len(small)
        )
        around = self._units[normal_form(unit)] | self._units[""]
        return bool(whole or "@" in text) and not any(
            _may_be(name, own) or (who in around and any(_loosely(word, own[-1]) for word in name))
            for who, own in ((who, self._names[who]) for who in self._near(name))
        )


@cache
def _between() -> re.Pattern[str]:
    """What stands between two names, outside of brackets: a sign, a word, or both."""
    listed = sorted(words("between-names"))
    word = f"(?:{'|'.join((*listed, *(word.upper() for word in listed if len(word) > 1)))})"
    sign = r"\s*[,/&+\u3001\uff0c]+\s*"
    return re.compile(rf"((?:{sign}|\s+{word}(?=[\s/,])[\s/,]*)(?:{word}\s+)?)(?![^(\[<]*[)\]>])")


@cache
def _before_names() -> frozenset[str]:
    about = words("my-manager") | words("a-manager")
    return words("before-names") | words("between-names") | about


def _only(ids: set[str]) -> Reading:
    listed = tuple(sorted(ids))
    return Reading(listed) if len(listed) < 2 else Reading((), listed, sure=False)


def _user(address: re.Match[str]) -> str:
    return address[1].partition("@")[0]


def _sorted(name: Iterable[str]) -> str:
    return " ".join(sorted(name))


@cache
def _slips(word: str) -> frozenset[str]:
    """A word, and what is left of it without one letter: two that share any differ by a slip or two."""
    without = (word[:place] + word[place + 1 :] for place in range(len(word) if len(word) > 2 else 0))
    return frozenset({word, *without} if len(word) > 1 else ())


def _loosely(given: str, own: str) -> bool:
    """Whether one word may stand for another: a slip, an initial, the beginning of a name."""
    return given.startswith(own) or own.startswith(given) or not _slips(given).isdisjoint(_slips(own))


def _may_be(given: Sequence[str], own: Sequence[str]) -> bool:
    """Whether all words of the shorter name may stand for words of the longer."""
    short, long = sorted((given, own), key=len)
    return bool(short) and all(any(_loosely(word, other) for other in long) for word in short)


def _is(given: Sequence[str], own: Sequence[str]) -> bool:
    """Whether all these words are somebody's, or an initial beside them."""
    return all(
        word in own or (len(word) == 1 and any(part.startswith(word) for part in own)) for word in given
    )
