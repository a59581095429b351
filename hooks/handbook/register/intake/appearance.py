"""Answers -> what they look like: of which field they are, and whether a title is one of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import islice

from ...rules.privacy.spellings import normal_form, words_of
from .cells import PARSERS, is_address, is_nothing, names_one_role, role_named
from .faults import SheetFault
from .sheet import Sheet
from .vocabulary import words

_LOOKED_AT = 500
_ENOUGH = 0.8
_FEW_ROWS = 4  # of so few nobody can say that answers repeat
_MOST_SIGNS = 60
_MOST_WORDS = 6
_NUMBER = re.compile(r"[+(]?\d[\d\s.,:/()-]*(?:[ap]m\s*)?(?:gmt|utc)?[+\d:-]*", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_]+(?:[.'’-]+[^\W\d_]*)*,?")


def likely_field(answers: Iterable[str], fields: Collection[str]) -> str:
    """The one of these fields that most answers are of; empty where they look like none of them."""
    given = [answer.strip() for answer in islice(answers, _LOOKED_AT)]
    looks = ((field, _LOOKS[field]) for field in _LOOKS if given and field in fields)
    field = next((field for field, fits in looks if len([*filter(fits, given)]) >= len(given) * _ENOUGH), "")
    # Of names and addresses that come again, many are a manager's.
    return "" if field in ("name", "email") and _different(given) < _ENOUGH else field


def could_be(answers: Iterable[str], field: str) -> bool:
    """Whether half of some answers can be read as those of a field; where there is none, they can."""
    given = [answer.strip() for answer in islice(answers, _LOOKED_AT)]
    if field == "not-with":  # a refusal may be worded in any way: what cannot be one is a choice of the form
        few = len(given) >= _FEW_ROWS and _different(given) <= 0.5
        return not few or any(map(_names_nobody_or_somebody, given))
    # Of consent forms have choices of their own, which are asked about one by one.
    parser = PARSERS.get(field if field != "consent" else "", str)
    fits = _LOOKS.get(field) or (lambda answer: not isinstance(parser(answer), SheetFault))
    return len([*filter(fits, given)]) * 2 >= len(given)


def are_answers(sheet: Sheet) -> bool:
    """Whether answers stand where the titles of a sheet should: one surely is none, or all may be none.

    A title may look like a name, or speak of a role; hardly one of each does over such answers.
    """
    columns = [(title, [*sheet.column(index)]) for index, title in enumerate(sheet.titles)]
    both = all(any(_could_be_answer(*column, field) for column in columns) for field in ("name", "role"))
    return both or any(_is_answer(*column) for column in columns)


def _is_answer(title: str, answers: Iterable[str]) -> bool:
    """Whether a title is what people answer: a number, yes or no, a role, or an answer that stands below."""
    given = {normal_form(answer) for answer in islice(answers, _LOOKED_AT)}
    form = normal_form(title)
    if not form:
        return False
    if _NUMBER.fullmatch(title.strip()) or form in words("bare-answers") or form in given:
        return True
    roles = words("mentor") | words("mentee") | words("both")
    return form in roles and bool(given) and given <= roles


def _could_be_answer(title: str, answers: Iterable[str], field: str) -> bool:
    """Whether a title above answers of a field could be one more of them: a full name, or a role."""
    looks = _is_name if field == "name" else names_one_role
    return looks(title.strip()) and likely_field(answers, {field}) == field


def seem_swapped(names: Collection[str], units: Collection[str]) -> bool:
    """Whether the names are the same few again and again, as units are, and nearly all units differ."""
    few = min(len(names), len(units)) < _FEW_ROWS
    return not few and _different(names) <= 0.5 and _different(units) >= 0.9


def _different(answers: Collection[str]) -> float:
    return len({normal_form(answer) for answer in answers}) / len(answers)


def _is_name(text: str) -> bool:
    return len(text.split()) > 1 and _is_named(text)


def _is_named(text: str) -> bool:
    """Whether a text may be a name, or the first name alone: each word of it has a capital."""
    parts = text[:_MOST_SIGNS].split()
    capitals = all(part[0].isupper() or normal_form(part) in words("name-particles") for part in parts)
    return len(parts) <= _MOST_WORDS and capitals and all(map(_NAME.fullmatch, parts))


def _names_nobody_or_somebody(text: str) -> bool:
    return is_address(text) or _is_named(text) or is_nothing(text) or words_of(text) <= words("no")


_LOOKS: Mapping[str, Callable[[str], object]] = {
    "email": is_address, "role": role_named, "name": _is_name,
    "manager": lambda text: is_address(text) or _is_name(text),
}  # fmt: skip
