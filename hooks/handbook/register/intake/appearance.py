"""Answers -> what they look like: of which field they are, and whether a title is one of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import islice

from ..ledger.spelling import normal_form
from .cells import is_address, names_one_role, proposed_role, role
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
    field = next((field for field, fits in looks if sum(map(fits, given)) >= len(given) * _ENOUGH), "")
    # Of names and addresses that come again, many are a manager's.
    return "" if field in ("name", "email") and _different(given) < _ENOUGH else field


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


def _is_role(text: str) -> bool:
    return isinstance(role(text), tuple) or bool(proposed_role(text))


def _is_name(text: str) -> bool:
    parts = text[:_MOST_SIGNS].split()
    return 2 <= len(parts) <= _MOST_WORDS and parts[0][0].isupper() and all(map(_NAME.fullmatch, parts))


_LOOKS: Mapping[str, Callable[[str], bool]] = {"email": is_address, "role": _is_role, "name": _is_name}
