"""The title of a column -> what its cells hold, in five languages."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from itertools import islice

from ...text.sensitive import refused
from ..ledger.fold import fold
from .vocabulary import LAST_NAMES, TITLES, WORDS

_ENOUGH_ANSWERS = 0.5
_ENOUGH_WORDS = 0.5
_NEAR = 0.75
_LOOKED_AT = 500
_MOST_SIGNS = 60

# These are words of a title as often as they ask for something.
_ONLY_ALONE = frozenset({"health", "race", "faith", "union membership", "marriage", "maternity", "belief"})


def field_of(title: str) -> str:
    """What a column of this title holds; LEAVE_OUT for what a form tool adds, empty where nobody knows."""
    folded = fold(title)
    if folded.split(" ")[0] in WORDS["yes-or-no"] and folded not in _exact():
        return ""  # “Are you a manager?” asks for no manager
    return _known().get(_core(title), "")


def is_last_name(title: str) -> bool:
    """Whether a column holds the second part of a name."""
    return _core(title) in {_core(one) for one in LAST_NAMES}


def nearest(title: str) -> str:
    """What a column of this title may hold: half of the words are those of a title that is known."""
    core = _core(title)[:_MOST_SIGNS]
    words = set(core.split())
    alike = {key: len(words & set(key.split())) / len(words | set(key.split())) for key in _known()}
    best = max(alike, key=lambda key: (alike[key], -len(key)))
    spelt = difflib.get_close_matches(core, _known(), n=1, cutoff=_NEAR)
    found = best if alike[best] >= _ENOUGH_WORDS else next(iter(spelt), "")
    field = _known().get(found, "")
    # Who somebody wants to be paired with is asked in nearly the same words.
    return "" if field == "not-with" and _wishes(title) else field


def refuses(title: str) -> bool:
    """Whether a title speaks of people that somebody is not to be paired with."""
    words = {*fold(title.replace("'", "").replace("\u2019", "")).split()}
    with_somebody = words & WORDS["title-with"] and words & WORDS["title-anyone"]
    return bool(words & WORDS["title-not"] and (words & WORDS["title-pair"] or with_somebody))


def _wishes(title: str) -> bool:
    words = {*fold(title).split()}
    return bool(words & WORDS["title-pair"]) and not refuses(title)


def is_protected(title: str, answers: Iterable[str]) -> bool:
    """Whether a column asks for what a person is: by its title, or by what most people answered."""
    words = fold(title).split()
    spans = {" ".join(words[at:end]) for at in range(len(words)) for end in range(at + 1, at + 4)}
    alone = fold(title)
    if any(_is_protected_word(span) for span in spans if span == alone or span not in _ONLY_ALONE):
        return True
    given = {fold(answer) for answer in islice(answers, _LOOKED_AT) if len(answer) < _MOST_SIGNS}
    said = sum(one in _answers() or _is_protected_word(one) for one in given)
    return bool(said) and said >= len(given) * _ENOUGH_ANSWERS


def _is_protected_word(folded: str) -> bool:
    found = refused(("columns", folded))
    return bool(found and found.code == "protected-characteristic") or folded in WORDS["protected"]


def fields(said: Mapping[str, str]) -> Mapping[str, str]:
    """What a program says of its columns, by their titles without case and blanks."""
    return {fold(title): field for title, field in said.items()}


@cache
def _answers() -> Collection[str]:
    return frozenset(map(fold, WORDS["protected-answers"]))


@cache
def _known() -> Mapping[str, str]:
    return {_core(title): field for field, known in TITLES.items() for title in known}


@cache
def _exact() -> Collection[str]:
    return frozenset(fold(title) for known in TITLES.values() for title in known)


def _core(title: str) -> str:
    """The words of a title that say what it asks for; what stands in brackets only explains."""
    before = title.split("(")[0] if title.split("(")[0].strip() else title
    folded = fold(before)
    return " ".join(word for word in folded.split() if word not in WORDS["filling"]) or folded
