"""Rows -> sign-ups without ids; a row with an error is left out and told."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..ledger.signup import SignUp, SignUpRole
from ..ledger.spelling import normal_form, one_line, words_of
from . import titles
from .cells import CHOICES, PARSERS, Zones, proposed_role
from .faults import SheetFault, has_errors
from .identities import latest
from .sheet import MOST_SIGNS, Row, Sheet
from .terms import Catalogue, Term, TermIndex, once, split

# What a person said that an answer means: an id, a choice or nothing, by the field and the normal form.
Meanings = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class UnclearChoice:
    """What people answered to a choice in a form's own words, where nobody knows surely what it means.

    Attributes:
        field: `role` or `consent`.
        answer: as it was given first; for the eyes of a person at a terminal alone.
        proposal: the choice that it may mean; empty where none is likely.
        fault: what is told of it, with all its rows.
    """

    field: str
    answer: str
    proposal: str
    fault: SheetFault


@dataclass(frozen=True)
class SheetPeople:
    """What the rows of a sheet gave.

    Attributes:
        sign_ups: one for each person, without ids.
        near: for each answer that may mean a topic or goal, under the field's name: that topic or goal.
        unclear: the answers to a choice of which nobody knows surely what they mean; each has a fault too.
    """

    sign_ups: tuple[SignUp, ...]
    faults: tuple[SheetFault, ...]
    near: Mapping[tuple[str, str], Term]
    unclear: tuple[UnclearChoice, ...]


def read_people(
    sheet: Sheet, fields: Mapping[int, str], catalogue: Catalogue, meanings: Meanings | None = None
) -> SheetPeople:
    """Read the rows of a sheet.

    Args:
        sheet: the rows.
        fields: what a column holds, by its index.
        catalogue: the program's topics and goals.
        meanings: what people said that answers mean.
    """
    return _Reader(sheet, fields, catalogue, meanings or {}).read()


class _Reader:
    """Reads the rows of one sheet."""

    def __init__(
        self, sheet: Sheet, fields: Mapping[int, str], catalogue: Catalogue, meanings: Meanings
    ) -> None:
        self._sheet = sheet
        self._meanings = meanings
        self._unclear: dict[tuple[str, str], UnclearChoice] = {}
        parsers: dict[str, Callable[[str], object]] = {**PARSERS, "timezone": Zones().read}
        self._columns: dict[str, list[int]] = {}
        for index in sorted(fields, key=lambda index: (titles.is_last_name(sheet.titles[index]), index)):
            self._columns.setdefault(fields[index], []).append(index)
        self._parsers = {field: parser for field, parser in parsers.items() if field in self._columns}
        self._terms = {
            kind: TermIndex(terms, {answer: id for (field, answer), id in meanings.items() if field == kind})
            for kind, terms in catalogue.items()
        }

    def read(self) -> SheetPeople:
        """Read all rows."""
        people: list[tuple[int, SignUp]] = []
        faults = [*self._sheet.faults]
        for row in self._sheet.rows:
            sign_up, wrong = self._row(row)
            faults += wrong
            if sign_up:
                people.append((row.number, sign_up))
        near = {
            (kind, answer): term for kind, terms in self._terms.items() for answer, term in terms.near.items()
        }
        # Roles come first, since they decide who is read at all.
        unclear = sorted(self._unclear.values(), key=lambda choice: choice.field, reverse=True)
        sign_ups, doubled = latest(people)
        faults = sorted(
            [*faults, *(choice.fault for choice in unclear), *doubled], key=lambda fault: fault.row
        )
        return SheetPeople(tuple(sign_ups), tuple(faults), near, tuple(unclear))

    def _row(self, row: Row) -> tuple[SignUp | None, list[SheetFault]]:
        if faults := [*self._too_long(row)]:
            return None, faults
        values: dict[str, Any] = {}
        unclear: list[SheetFault] = []
        for field in self._parsers:
            value = self._value(row, field)
            if isinstance(value, SheetFault):
                fault = value.placed(row.number, self._title(row, field))
                choice = field in CHOICES and self._note(row, field, fault)
                (unclear if choice else faults).append(fault)
            elif value is not None:
                values[field.replace("-", "_")] = value
        if has_errors((*unclear, *faults)):
            return None, faults
        roles = values.pop("role", ())
        lists, more = self._lists(row, roles)
        return SignUp("", roles=roles, **values, **lists), [*faults, *more]

    def _too_long(self, row: Row) -> Iterator[SheetFault]:
        for index in sorted(index for indexes in self._columns.values() for index in indexes):
            if len(row.cells[index]) > MOST_SIGNS:
                message = f"This cell has more than {MOST_SIGNS:,} characters."
                yield SheetFault(message, "Shorten it.").placed(row.number, self._sheet.titles[index])

    def _value(self, row: Row, field: str) -> object:
        """What the columns of a field say: the parts of a name, else the first that says something."""
        cells = self._cells(row, field) or ("",)
        if field == "name":
            return self._parsed(field, _whole_name(cells))
        values = [self._parsed(field, cell) for cell in cells]
        return next((value for value in values if value), values[0])

    def _parsed(self, field: str, text: str) -> object:
        """What an answer says surely, or what a person said that it means."""
        value = self._parsers[field](text)
        if not isinstance(value, SheetFault) or field not in CHOICES:
            return value
        return CHOICES[field].get(self._meanings.get((field, normal_form(text)), ""), value)

    def _note(self, row: Row, field: str, fault: SheetFault) -> bool:
        """Keep an unclear answer to a choice, once for all its rows; an empty one is none."""
        answer = next(iter(self._cells(row, field)), "")
        key = field, normal_form(answer)
        if answer and key in self._unclear:
            first = self._unclear[key]
            fault = replace(first.fault, others=(*first.fault.others, row.number))
            self._unclear[key] = replace(first, fault=fault)
        elif answer:
            # Whatever a person wrote of their name, nothing but `nobody` is proposed.
            proposal = proposed_role(answer) if field == "role" else "nobody"
            self._unclear[key] = UnclearChoice(field, one_line(answer), proposal, fault)
        return bool(answer)

    def _title(self, row: Row, field: str) -> str:
        indexes = self._columns[field]
        filled = (index for index in indexes if row.cells[index].strip())
        return self._sheet.titles[next(filled, indexes[0])]

    def _lists(self, row: Row, roles: tuple[SignUpRole, ...]) -> tuple[dict[str, Any], list[SheetFault]]:
        topics, goals = self._terms["topics"], self._terms["goals"]
        own = {field: self._answers(row, field, topics.ids) for field in ("skills", "learn")}
        offered, wanted = self._answers(row, "topics", topics.ids), self._answers(row, "goals", goals.ids)
        ids = [id for answer in offered if (id := topics.agreed(answer))]
        unknown = [answer for answer in offered if not topics.agreed(answer)]
        for role, field in (("mentor", "skills"), ("mentee", "learn")):
            if role in roles:
                ids += [id for answer in own[field] if (id := topics.id(answer))]
                own[field] = once([*own[field], *unknown])
        reached = [id for answer in wanted if (id := goals.agreed(answer))]
        faults = [*self._no_terms(row, "topics", len(unknown))]
        faults += self._no_terms(row, "goals", len(wanted) - len(reached))
        return {
            "topics": tuple(dict.fromkeys(ids)),
            "goals": tuple(dict.fromkeys(reached)),
            **own,
            **{field: self._answers(row, field) for field in ("interests", "languages")},
            "not_with": self._cells(row, "not-with"),
            "earlier": self._cells(row, "earlier"),
        }, faults

    def _cells(self, row: Row, field: str) -> tuple[str, ...]:
        cells = (row.cells[index].strip() for index in self._columns.get(field, ()))
        return tuple(cell for cell in cells if cell)

    def _answers(self, row: Row, field: str, known: Container[str] = ()) -> tuple[str, ...]:
        return once(answer for cell in self._cells(row, field) for answer in split(cell, known))

    def _no_terms(self, row: Row, kind: str, number: int) -> Iterator[SheetFault]:
        if number:
            answers, stay = (
                ("1 answer is", "It stays") if number == 1 else (f"{number} answers are", "They stay")
            )
            where = f" {stay} among what the person offers or wants to learn." if kind == "topics" else ""
            fault = SheetFault(f"{answers} none of the program's {kind}.{where}", severity="warning")
            yield fault.placed(row.number, self._title(row, kind))


def _whole_name(cells: Iterable[str]) -> str:
    """Put the parts of a name together; a part that stands in a whole name too is left out."""
    words = {cell: words_of(cell) for cell in cells}
    whole = [cell for cell in words if len(words[cell]) > 1]
    repeated = {cell for cell in words for other in whole if other != cell and words[cell] <= words[other]}
    return " ".join(cell for cell in words if cell not in repeated) or " ".join(whole[:1])
