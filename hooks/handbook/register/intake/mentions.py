"""What somebody wrote of other people -> who is surely meant, and else who may be.

Sure are a few plain ways alone: a whole name, an address, an id, or a first name or initial, with a last name
or without, that fits one person and is near nobody else's. Of all else a person says what it means: to ask is
cheap, and a slip is not. Nothing is dropped but what plainly says that there is nobody.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import dropwhile

from ...rules.privacy.spellings import normal_form, one_line, words_of
from ..ledger.ledger import SignUp
from .vocabulary import words

_ENDS = re.compile(r"[;\n\r|\u2022\uff1b]+")
_SIGN = re.compile(r"[,/&+\u3001\uff0c]")
_ADDRESS = re.compile(r"(?:mailto:)?([^\s<>()\[\],;:\"']+@[^\s<>()\[\],;:\"']*\w)", re.IGNORECASE)
# What stands behind a dash or a colon, or in brackets, explains.
_NOTE = re.compile(r"\s+-+\s*|-+\s+|\s*[\u2013\u2014]+\s*|:\s|[()\[\]]")


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
        for person in people:
            name = self._names[person.id] = normal_form(person.name).split()
            # One word alone may be somebody else's first name.
            whole = " ".join(sorted(name)) if len(name) > 1 else ""
            for call in filter(None, (person.id, person.email.casefold(), whole)):
                self._called[call].add(person.id)
            for slip in {slip for word in name for slip in _slips(word)}:
                self._spelt[slip].add(person.id)

    def whole(self, text: str) -> set[str]:
        """Whose whole name, in whatever order, whose address or id a text is."""
        name = " ".join(sorted(normal_form(text).split()))
        return self._called.get(text.strip().casefold()) or self._called.get(name, set())

    def called(self, text: str) -> set[str]:
        """The same; as “Last, First” may be two people, also those who have such a name."""
        ids = self.whole(text)
        pieces = map(words_of, _SIGN.split(text) if ids and _SIGN.search(text) else ())
        return ids.union(who for piece in pieces for who in self._near(piece) if piece <= {*self._names[who]})

    def texts(self, cell: str) -> Iterator[str]:
        """The lines of a cell that name anybody."""
        return (line for line in map(one_line, _ENDS.split(cell)) if not self._is_nobody(line))

    def _is_nobody(self, text: str) -> bool:
        """Whether a text plainly says that there is nobody: none, n/a, keine, or no letter at all."""
        given = words_of(text) if re.search(r"\w", text) else set()
        says = given & words("nobody") and given <= words("nobody") | words("nobody-filling")
        letters = normal_form(text).replace(" ", "") in words("nobody")  # n/a
        return not given or (bool(says or letters) and not any(map(self._is_name, given)))

    def _is_name(self, word: str) -> bool:
        return any(word in self._names[who] for who in self._spelt.get(word, ()))

    def read(self, text: str, writer: str, manager: Reading = OPEN) -> Reading:
        """Who is meant by a line, the writer never; by “my manager” it is the writer's."""
        together, pieces = self._person(text, writer, manager), _pieces(text)
        # What stands beside several may be one more of them, and explains none.
        within = len(_pieces(_sections(text)[0])) == len(pieces)
        if len(pieces) < 2 or self.called(text) or (within and together.sure):
            return together
        named = [piece for piece in pieces if not self._is_nobody(piece)]
        apart = [self._person(piece, writer, manager) for piece in named]
        ids = [who for reading in apart for who in reading.ids]
        if apart and all(reading.sure for reading in apart):
            return Reading(tuple(dict.fromkeys(ids)))
        near = (who for reading in (*apart, together) for who in reading.near)
        return Reading((), tuple(dict.fromkeys((*ids, *near))), sure=False)

    def _person(self, text: str, writer: str, manager: Reading) -> Reading:
        addresses = [self.called(address) for address in _ADDRESS.findall(text)]
        head, *notes = _sections(text)
        if whole := self.called(text):
            meant, notes = _only(whole - {writer}), []
        elif addresses and all(addresses):
            meant, notes = _only(set().union(*addresses) - {writer}), [head, *notes]
        else:
            meant = self._name(head, writer, manager)
        known = dict.fromkeys((*meant.ids, *meant.near))
        if meant.sure and self._explains(words_of(" ".join(notes)), {*known, writer}):
            return meant
        others = self._near(words_of(_ADDRESS.sub(_user, text))) - {writer, *known}
        return Reading((), (*known, *sorted(others)), sure=False)

    def _name(self, text: str, writer: str, manager: Reading) -> Reading:
        given, listed = words_of(text), _SIGN.search(text)
        if given & words("a-manager") and given <= words("a-manager") | words("my-manager"):
            return manager
        name = self._bare(text)
        whole = self.called(text if listed else " ".join(name)) - {writer}
        # One word may be the beginning of a name, as Jo of Joanna.
        some = self._near(name) if len(name) > 1 else self._names
        likely = whole or {who for who in some if who != writer and _may_be(name, self._names[who])}
        fits = whole or (not listed and all(_fits(name, self._names[who]) for who in likely))
        return _only(likely) if likely and fits else Reading((), tuple(sorted(likely)), sure=False)

    def _bare(self, text: str) -> Sequence[str]:
        """The words of a name, without numbers, titles and words before it, unless somebody is called so."""
        name = normal_form(text).split()
        while name[1:] and (name[0] in _before_names() or name[0].isdigit()) and not self._is_name(name[0]):
            name = name[1:]
        return name

    def _near(self, name: Iterable[str]) -> set[str]:
        """Whose name shares a word with these, or nearly so."""
        telling = {*name} - words("name-particles")
        return set().union(*(self._spelt.get(slip, ()) for word in telling for slip in _slips(word)))

    def _explains(self, given: Iterable[str], ids: Collection[str]) -> bool:
        """Whether words say more of somebody who is known, and name no other."""
        telling = {word for word in given if len(word) > 2 or self._is_name(word)}  # “my” is no slip
        return not telling & words("more-people") and self._near(telling) <= {*ids}

    def is_elsewhere(self, text: str) -> bool:
        """Whether a text is an address, or a name and no sentence, that cannot be anybody's here."""
        pieces = _pieces(text)
        is_last_first = len(pieces) == 2 and all(len(self._bare(piece)) == 1 for piece in pieces)
        return all(map(self._is_stranger, [text] if is_last_first else pieces))

    def _is_stranger(self, text: str) -> bool:
        plain = _ADDRESS.sub(_user, _NOTE.split(text)[0])
        name = self._bare(plain)
        small = [word for word in plain.split() if word.islower() and word not in words("name-particles")]
        whole = len(name) > 1 if not small else len(name) == 2 == len(small)
        is_name = "@" in text or (whole and not re.search(r"[\d?!]", plain))
        return is_name and not any(_may_be(name, self._names[who]) for who in self._near(name))


def _pieces(text: str) -> Sequence[str]:
    """What stands between commas, slashes and words between names; not cut in brackets."""
    return [piece for piece in map(str.strip, _between().split(text)) if piece]


@cache
def _between() -> re.Pattern[str]:
    listed = sorted(words("between-names"))
    word = f"(?:{'|'.join((*listed, *(word.upper() for word in listed if len(word) > 1)))})"
    return re.compile(
        rf"(?:\s*{_SIGN.pattern}+\s*|\s+{word}(?=[\s/,])[\s/,]*)(?:{word}\s+)?(?![^(\[<]*[)\]>])"
    )


def _sections(text: str) -> Sequence[str]:
    """A name, and what explains it; what stands before it with a colon or dash is passed over."""
    parts = [part for part in _NOTE.split(_ADDRESS.sub(" ", text)) if re.search(r"\w", part)]
    before = _before_names() - words("a-manager")
    named = dropwhile(lambda part: all(word in before or word.isdigit() for word in words_of(part)), parts)
    return [*named] or [""]


@cache
def _before_names() -> frozenset[str]:
    about = words("my-manager") | words("a-manager")
    return words("before-names") | words("between-names") | about


def _only(ids: Iterable[str]) -> Reading:
    listed = tuple(sorted(ids))
    return Reading(listed) if len(listed) < 2 else Reading((), listed, sure=False)


def _user(address: re.Match[str]) -> str:
    return address[1].partition("@")[0]


@cache
def _slips(word: str) -> frozenset[str]:
    """A word, and what is left of it without one letter: two that share any differ by a slip or two."""
    without = (word[:place] + word[place + 1 :] for place in range(len(word) if len(word) > 2 else 0))
    return frozenset({word, *without} if len(word) > 1 else ())


def _loosely(given: str, own: str) -> bool:
    """Whether one word may stand for another: a slip, an initial, the beginning of a name."""
    return given.startswith(own) or own.startswith(given) or not _slips(given).isdisjoint(_slips(own))


def _may_be(given: Iterable[str], own: Sequence[str]) -> bool:
    """Whether two words, or all that there are, may stand for words of somebody's name."""
    telling = {*given} - words("name-particles")
    alike = sum(any(_loosely(word, other) for other in own) for word in telling)
    return alike >= min(2, len(telling), len(own)) > 0


def _fits(given: Sequence[str], own: Sequence[str]) -> bool:
    """Whether words are the first of a name or its initial, then others of it or the last initial."""
    first, *more = given
    whole = all(word in own[1:] or word == own[-1][0] for word in more)
    return whole and (first == own[0] or (first == own[0][0] and len([*more, ""][0]) > 1))
