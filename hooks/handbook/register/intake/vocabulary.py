"""What forms and answers say in every language, and what form tools add: all of data/forms/, read once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from typing import Any

from ... import DATA
from ...model.definitions.program import COLUMNS, LEAVE_OUT
from ...text.document import read
from ...text.problems import HandbookError, Problem
from ..ledger.spelling import normal_form

_FORMS, _TOOLS = DATA / "forms", "tools.yml"


def titles() -> Iterator[tuple[str, str]]:
    """What columns are called, each with what it holds; those that a form tool adds are to be left out."""
    for field, language in product(COLUMNS, _languages()):
        yield from ((title, field) for title in language["titles"].get(field, ()))
    yield from ((title, LEAVE_OUT) for tool in _tools() for title in tool["leave-out"])


def last_names() -> Iterator[str]:
    """The titles of columns that hold the second part of a name."""
    return (title for language in _languages() for title in language["last-names"])


@cache
def words(kind: str) -> frozenset[str]:
    """All words of a kind, in their normal form."""
    listed = (language["words"].get(kind, "") for language in _languages())
    return _normal_forms(word for text in listed for word in text.split())


@cache
def second_titles() -> Sequence[tuple[frozenset[str], frozenset[str]]]:
    """Of each form tool with a second row of titles: the columns that it adds, and what marks that row."""
    return [
        (_normal_forms(tool["leave-out"]), _normal_forms(tool["second-titles"]))
        for tool in _tools()
        if "second-titles" in tool
    ]


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
