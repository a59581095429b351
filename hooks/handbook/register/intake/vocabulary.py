"""Titles and words of forms -> what they mean, in every language of data/forms/, which is read once."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice, product
from typing import Any

from ... import DATA
from ...model.definitions.program import COLUMNS, LEAVE_OUT
from ...rules.privacy.private import refused
from ...rules.privacy.spellings import normal_form, words_of
from ...text.document import read
from ...text.problems import HandbookError, Problem
from .terms import split

_FORMS, _TOOLS = DATA / "forms", "tools.yml"
_ENOUGH = 0.5  # of answers, and of the words of a title
_NEAR = 0.75
LOOKED_AT = 500  # of the answers in a column
_MOST_SIGNS = 60

# These are words of a title as often as they ask for something.
_ONLY_ALONE = frozenset({"health", "race", "faith", "union membership", "marriage", "maternity", "belief"})


@cache
def words(kind: str) -> frozenset[str]:
    """All words of a kind, in their normal form."""
    listed = (language["words"].get(kind, "") for language in _languages())
    return _normal_forms(word for text in listed for word in text.split())


@cache
def second_titles() -> Sequence[tuple[frozenset[str], frozenset[str]]]:
    """Of each form tool with a second row of titles: the columns that it adds, and what marks that row."""
    marked = (tool for tool in _tools() if "second-titles" in tool)
    return [(_normal_forms(tool["leave-out"]), _normal_forms(tool["second-titles"])) for tool in marked]


def _normal_forms(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(map(normal_form, texts))


@cache
def _languages() -> Sequence[Mapping[str, Any]]:
    return [_mapping(file.name) for file in sorted(_FORMS.glob("*.yml")) if file.name != _TOOLS]


@cache
def _tools() -> Sequence[Mapping[str, Any]]:
    return [*_mapping(_TOOLS).values()]


def _mapping(name: str) -> Mapping[str, Any]:
    document = read(f"hooks/handbook/data/forms/{name}", (_FORMS / name).read_bytes())
    if isinstance(document, Problem):
        raise HandbookError([document])
    return document.mapping


def field_of(title: str) -> str:
    """What a column of this title holds; LEAVE_OUT for what a form tool adds, empty where nobody knows."""
    form = normal_form(title)
    if form.split(" ")[0] in words("yes-or-no") and form not in map(normal_form, dict(_titles())):
        return ""  # “Are you a manager?” asks for no manager
    return _fields().get(_core(title), "")


def name_part(title: str) -> int:
    """The place of a part of a name: -1 of the first, 1 of the last, 0 of what may be the whole name."""
    last = any(_core(title) in map(_core, language["last-names"]) for language in _languages())
    return last - bool({normal_form(title), _core(title)} & words("first-names"))


def is_sent(title: str) -> bool:
    """Whether a column holds when somebody answered, as a form tool adds it."""
    return normal_form(title) in _normal_forms(title for tool in _tools() for title in tool.get("sent", ()))


def nearest(title: str) -> str:
    """What a column of this title may hold: half of the words are those of a title that is known."""
    core = _core(title)[:_MOST_SIGNS]
    asked = set(core.split())
    alike = {key: len(asked & set(key.split())) / len(asked | set(key.split())) for key in _fields()}
    best = max(alike, key=lambda key: (alike[key], -len(key)))
    spelt = difflib.get_close_matches(core, _fields(), n=1, cutoff=_NEAR)
    field = _fields().get(best if alike[best] >= _ENOUGH else next(iter(spelt), ""), "")
    # Who somebody wants to be paired with is asked in nearly the same words.
    wish = field == "not-with" and words_of(title) & words("title-pair") and not refuses(title)
    # How many hours somebody can give is no number of pairings, and no part of a day.
    asked = words_of(title)
    long = field == "capacity" or (field == "hours" and asked & words("how-many"))
    length = long and asked & words("length")
    return "" if wish or length else field


def refuses(title: str) -> bool:
    """Whether a title speaks of people that somebody is not to be paired with."""
    asked = words_of(title.replace("'", "").replace("\u2019", ""))
    with_somebody = asked & words("title-with") and asked & words("title-anyone")
    return bool(asked & words("title-not") and (asked & words("title-pair") or with_somebody))


def is_protected(title: str, answers: Iterable[str]) -> bool:
    """Whether a column asks for what a person is: by its title, or by what most people answered."""
    form = normal_form(title)
    parts = form.split()
    spans = {" ".join(parts[start : start + size]) for start in range(len(parts)) for size in (1, 2, 3)}
    if any(_is_protected_word(span) for span in spans if span == form or span not in _ONLY_ALONE):
        return True
    given = {*islice(answers, LOOKED_AT)}
    telling = sum(any(map(_is_protected_answer, map(normal_form, split(answer, ())))) for answer in given)
    return bool(telling) and telling >= len(given) * _ENOUGH


def _is_protected_answer(form: str) -> bool:
    return form in words("protected-answers") or (len(form) < _MOST_SIGNS and _is_protected_word(form))


def _is_protected_word(form: str) -> bool:
    refusal = refused(("columns", form))
    return bool(refusal and refusal.code == "protected-characteristic") or form in words("protected")


@cache
def _fields() -> Mapping[str, str]:
    return {_core(title): field for title, field in _titles()}


def _titles() -> Iterator[tuple[str, str]]:
    """What columns are called, each with what it holds; those that a form tool adds are to be left out."""
    for field, language in product(COLUMNS, _languages()):
        yield from ((title, field) for title in language["titles"].get(field, ()))
    yield from ((title, LEAVE_OUT) for tool in _tools() for title in tool["leave-out"])


def _core(title: str) -> str:
    """The words of a title that say what it asks for; what stands in brackets only explains."""
    before = title.split("(")[0]
    form = normal_form(before if before.strip() else title)
    return " ".join(word for word in form.split() if word not in words("filling")) or form
