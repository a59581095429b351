"""Answers -> what they look like: of which field, whether a title is one, and when they were sent."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice

from ...rules.privacy.spellings import normal_form, words_of
from .cells import PARSERS, is_address, is_nothing, names_one_role, role_named
from .faults import SheetFault
from .sheet import Sheet
from .vocabulary import LOOKED_AT, words

_ENOUGH = 0.8
_FEW_ROWS = 4  # of so few nobody can say that answers repeat
_MOST_SIGNS = 60
_MOST_WORDS = 6
_NUMBER = re.compile(r"[+(]?\d[\d\s.,:/()-]*(?:[ap]m\s*)?(?:gmt|utc)?[+\d:-]*", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_]+(?:[.'’-]+[^\W\d_]*)*,?")
_MOST_SIGNS_OF_A_TIME = 40
_ZONE = re.compile(r":\d\d(?:[:.]\d+)*\s*(?:[ap]\.?\s?m\.?)?\s*([^\s\d:.].*)", re.IGNORECASE)
_OFFSET = re.compile(r"(?:gmt|utc|z)?\s*(?:([+-])(\d{1,2}):?(\d\d)?)?", re.IGNORECASE)
_HALF = re.compile(r"\d\s*([ap])\.?\s?m", re.IGNORECASE)
Moment = tuple[int, ...]  # year, month, day, hour, minute, second


def likely_field(answers: Iterable[str], fields: Collection[str]) -> str:
    """The one of these fields that most answers are of; empty where they look like none of them."""
    given = [answer.strip() for answer in islice(answers, LOOKED_AT)]
    looks = ((field, _LOOKS[field]) for field in _LOOKS if given and field in fields)
    field = next((field for field, fits in looks if len([*filter(fits, given)]) >= len(given) * _ENOUGH), "")
    # Of names and addresses that come again, many are a manager's.
    return "" if field in ("name", "email") and _different(given) < _ENOUGH else field


def could_be(answers: Iterable[str], field: str) -> bool:
    """Whether half of some answers can be read as those of a field; where there is none, they can."""
    given = [answer.strip() for answer in islice(answers, LOOKED_AT)]
    if field == "not-with":  # a refusal may be worded in any way: what cannot be one is a choice of the form
        few = len(given) >= _FEW_ROWS and _different(given) <= 0.5
        people = any(is_address(answer) or _is_named(answer) for answer in given)
        return not few or people or any(is_nothing(said) or words_of(said) <= words("no") for said in given)
    # Of consent forms have choices of their own, which are asked about one by one.
    parser = PARSERS.get(field if field != "consent" else "", str)
    fits = _LOOKS.get(field) or (lambda answer: not isinstance(parser(answer), SheetFault))
    return len([*filter(fits, given)]) * 2 >= len(given)


def are_answers(sheet: Sheet) -> bool:
    """Whether answers stand where the titles of a sheet should: one surely is none, or all may be none.

    A title may look like a name, or speak of a role; hardly one of each does over such answers.
    """
    columns = [(title, [*sheet.column(index)]) for index, title in enumerate(sheet.titles)]
    both = all(
        any(looks(title.strip()) and likely_field(answers, {field}) == field for title, answers in columns)
        for field, looks in (("name", _is_name), ("role", names_one_role))
    )
    return both or any(_is_answer(*column) for column in columns)


def _is_answer(title: str, answers: Iterable[str]) -> bool:
    """Whether a title is what people answer: a number, yes or no, a role, or an answer that stands below."""
    given = {normal_form(answer) for answer in islice(answers, LOOKED_AT)}
    form = normal_form(title)
    if not form:
        return False
    if _NUMBER.fullmatch(title.strip()) or form in words("bare-answers") or form in given:
        return True
    roles = words("mentor") | words("mentee") | words("both")
    return form in roles and bool(given) and given <= roles


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


_LOOKS: Mapping[str, Callable[[str], object]] = {
    "email": is_address, "role": role_named, "name": _is_name,
    "manager": lambda text: is_address(text) or _is_name(text),
}  # fmt: skip


# --- when answers were sent, as form tools write it


def moments(cells: Sequence[str]) -> list[tuple[Moment, ...]]:
    """When each was sent, in each order of day and month that may be meant; nothing where no time stands.

    All of a column have one order: where a single cell has a day after the twelfth, it settles the others.
    Where clocks differ by letters that nobody can be sure of, no time is later than another.
    """
    if len({_clock(cell)[0] for cell in cells if cell.strip()}) > 1:
        return [()] * len(cells)
    orders = [[_moment(cell, day_first) for cell in cells] for day_first in (True, False)]
    readable = [sum(map(bool, order)) for order in orders]
    likely = [order for order, number in zip(orders, readable, strict=True) if number == max(readable)]
    return [times if all(times) else () for times in zip(*likely, strict=True)]


def _moment(cell: str, day_first: bool) -> Moment:
    numbers = map(int, re.findall(r"\d+", cell[:_MOST_SIGNS_OF_A_TIME]))
    year, month, day, hour, minute, second = [*numbers, 0, 0, 0, 0, 0, 0][:6]
    if year <= 31:
        in_order = day_first or re.match(r"\s*\d+\.", cell)
        year, month, day = (day, month, year) if in_order else (day, year, month)
    if half := _HALF.search(cell):
        hour = hour % 12 + 12 * (half[1] in "pP")
    try:
        time = datetime(year, month, day, hour, minute, second) - timedelta(minutes=_clock(cell)[1])
        return time.timetuple()[:6]
    except (ValueError, OverflowError):  # without a number for each of the three there is no day
        return ()


def _clock(cell: str) -> tuple[str, int]:
    """By which clock a time is told: the letters behind it, and how many minutes it is before UTC."""
    zone = _ZONE.search(cell[:_MOST_SIGNS_OF_A_TIME])
    if not zone:
        return "", 0
    offset = _OFFSET.fullmatch(zone[1].strip())
    if not offset:
        return zone[1].strip().casefold(), 0
    minutes = 60 * int(offset[2] or 0) + int(offset[3] or 0)
    return "utc", -minutes if offset[1] == "-" else minutes
