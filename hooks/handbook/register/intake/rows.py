"""Rows -> people, each with what was said; a row with an error is left out and told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from ..ledger.fold import fold
from ..ledger.signup import SignUp, SignUpRole
from . import titles
from .cells import CHOICES, PARSERS, Zones
from .faults import Fault, Wrong
from .sheet import MOST_SIGNS, Row, Sheet
from .terms import Catalogue, Term, Terms, split
from .wordings import Wording, Wordings

Meant = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Person:
    """A sign-up without an id yet, and the row that it stands in."""

    row: int
    sign_up: SignUp


@dataclass
class Reading:
    """What rows gave.

    Attributes:
        near: for each answer that may mean a topic or goal, under the field's name: that topic or goal.
        wordings: the answers to a choice of which nobody knows surely what they mean.
    """

    people: list[Person] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    near: Mapping[tuple[str, str], Term] = field(default_factory=dict)
    wordings: tuple[Wording, ...] = ()


class Reader:
    """Reads the rows of one sheet."""

    def __init__(self, sheet: Sheet, fields: Mapping[int, str], catalogue: Catalogue, meant: Meant) -> None:
        """Say what is read, and what people said that answers mean."""
        self._sheet = sheet
        self._wordings = Wordings(meant)
        choices: dict[str, Callable[[str], object]] = {
            named: partial(self._wordings.read, named) for named in CHOICES
        }
        self._parsers: dict[str, Callable[[str], object]] = {**PARSERS, "timezone": Zones().read, **choices}
        self._columns: dict[str, list[int]] = {}
        for index in sorted(fields, key=lambda one: (titles.is_last_name(sheet.titles[one]), one)):
            self._columns.setdefault(fields[index], []).append(index)
        self._terms = {
            kind: Terms(terms, {answer: id for (of, answer), id in meant.items() if of == kind})
            for kind, terms in (("topics", catalogue.topics), ("goals", catalogue.goals))
        }

    def read(self) -> Reading:
        """Read all rows."""
        reading = Reading(faults=list(self._sheet.faults))
        for row in self._sheet.rows:
            sign_up, faults = self._row(row)
            reading.faults += faults
            if sign_up:
                reading.people.append(Person(row.number, sign_up))
        reading.near = {
            (kind, answer): term for kind, terms in self._terms.items() for answer, term in terms.near.items()
        }
        reading.wordings = self._wordings.all()
        reading.faults += [one.fault for one in reading.wordings]
        reading.faults.sort(key=lambda one: one.row)
        return reading

    def _row(self, row: Row) -> tuple[SignUp | None, list[Fault]]:
        faults = [*self._too_long(row)]
        if faults:
            return None, faults
        said: dict[str, Any] = {}
        unclear = False
        for named, parse in self._parsers.items():
            if named not in self._columns:
                continue
            value = self._value(row, named, parse)
            if isinstance(value, Wrong) and named in CHOICES and (answer := self._first(row, named)):
                self._wordings.note(named, answer, value.at(row.number, self._title(row, named)))
                unclear = unclear or value.severity == "error"
            elif isinstance(value, Wrong):
                faults.append(value.at(row.number, self._title(row, named)))
            elif value is not None:
                said[named.replace("-", "_")] = value
        if unclear or any(one.severity == "error" for one in faults):
            return None, faults
        roles = said.pop("role", ())
        lists, told = self._lists(row, roles)
        return SignUp("", roles=roles, **said, **lists), [*faults, *told]

    def _too_long(self, row: Row) -> Iterator[Fault]:
        for index in sorted(index for indexes in self._columns.values() for index in indexes):
            if len(row.cells[index]) > MOST_SIGNS:
                message = f"This cell has more than {MOST_SIGNS:,} characters."
                yield Fault(row.number, self._sheet.titles[index], message, "Shorten it.")

    def _value(self, row: Row, named: str, parse: Callable[[str], object]) -> object:
        """What the columns of a field say: the parts of a name, else the first that says something."""
        cells = self._cells(row, named) or ("",)
        if named == "name":
            return parse(_whole_name(cells))
        values = [parse(cell) for cell in cells]
        return next((value for value in values if value), values[0])

    def _first(self, row: Row, named: str) -> str:
        """What the first column of a field says that says anything."""
        return next(iter(self._cells(row, named)), "")

    def _title(self, row: Row, named: str) -> str:
        indexes = self._columns[named]
        filled = (index for index in indexes if row.cells[index].strip())
        return self._sheet.titles[next(filled, indexes[0])]

    def _lists(self, row: Row, roles: tuple[SignUpRole, ...]) -> tuple[dict[str, Any], list[Fault]]:
        topics, goals = self._terms["topics"], self._terms["goals"]
        own = {named: self._answers(row, named, topics) for named in ("skills", "learn")}
        faults: list[Fault] = []
        offered = self._answers(row, "topics", topics)
        named = [id for answer in offered if (id := topics.agreed(answer))]
        unknown = [answer for answer in offered if not topics.agreed(answer)]
        for role, kept in (("mentor", "skills"), ("mentee", "learn")):
            if role in roles:
                named += [id for answer in own[kept] if (id := topics.id(answer))]
                own[kept] = _once([*own[kept], *unknown])
        if unknown:
            faults.append(self._no_term(row, "topics", len(unknown)))
        wanted = self._answers(row, "goals", goals)
        reached = [id for answer in wanted if (id := goals.agreed(answer))]
        if len(reached) < len(wanted):
            faults.append(self._no_term(row, "goals", len(wanted) - len(reached)))
        plain = {kind: self._answers(row, kind, None) for kind in ("interests", "languages")}
        people = {kind: self._cells(row, kind) for kind in ("not-with", "earlier")}
        return {
            "topics": tuple(dict.fromkeys(named)),
            "goals": tuple(dict.fromkeys(reached)),
            **own,
            **plain,
            **{kind.replace("-", "_"): cells for kind, cells in people.items()},
        }, faults

    def _cells(self, row: Row, named: str) -> tuple[str, ...]:
        cells = (row.cells[index].strip() for index in self._columns.get(named, ()))
        return tuple(cell for cell in cells if cell)

    def _answers(self, row: Row, named: str, terms: Terms | None) -> tuple[str, ...]:
        apart = terms.split if terms else lambda cell: split(cell, {})
        return _once([answer for cell in self._cells(row, named) for answer in apart(cell)])

    def _no_term(self, row: Row, kind: str, number: int) -> Fault:
        answers = "1 answer is" if number == 1 else f"{number} answers are"
        kept = "It stays" if number == 1 else "They stay"
        where = f" {kept} among what the person offers or wants to learn." if kind == "topics" else ""
        message = f"{answers} none of the program's {kind}.{where}"
        return Fault(row.number, self._title(row, kind), message, "", "warning")


def _whole_name(cells: Iterable[str]) -> str:
    """Put the parts of a name together; a part that stands in a whole name too is left out."""
    words = {cell: set(fold(cell).split()) for cell in cells}
    whole = [cell for cell in words if len(words[cell]) > 1]
    repeated = {cell for cell in words for other in whole if other != cell and words[cell] <= words[other]}
    return " ".join(cell for cell in words if cell not in repeated) or " ".join(whole[:1])


def _once(answers: list[str]) -> tuple[str, ...]:
    return tuple({fold(answer): answer for answer in reversed(answers)}.values())[::-1]
