"""Rows -> sign-ups without ids; a row with an error is left out and told."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from ..ledger.signup import SignUp, SignUpRole
from ..ledger.spelling import normal_form, one_line, words_of
from .cells import CHOICES, PARSERS, Zones, proposed_role
from .faults import SheetFault, fault, has_errors
from .identities import latest
from .sheet import MOST_SIGNS, Row, Sheet
from .terms import Catalogue, Term, TermIndex, once, split
from .vocabulary import is_last_name

# What a person said that an answer means: an id, a choice or nothing, by the field and the normal form.
Meanings = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class UnclearChoice:
    """What people answered to a choice in a form's own words, where nobody knows surely what it means."""

    field: str  # `role` or `consent`
    answer: str  # as it was given first; for the eyes of a person at a terminal alone
    proposal: str  # the choice that it may mean; empty where none is likely
    fault: SheetFault  # what is told of it, with all its rows


@dataclass(frozen=True)
class SheetPeople:
    """What the rows of a sheet gave."""

    sign_ups: tuple[SignUp, ...]  # one for each person, without ids
    faults: tuple[SheetFault, ...]
    near: Mapping[tuple[str, str], Term]  # by field and answer, the topic or goal that it may mean
    unclear: tuple[UnclearChoice, ...]  # each has a fault too


def read_people(
    sheet: Sheet, fields: Mapping[int, str], catalogue: Catalogue, meanings: Meanings | None = None
) -> SheetPeople:
    """Read the rows of a sheet; `fields` says what a column holds, by its index."""
    return _Reader(sheet, fields, catalogue, meanings or {}).read()


class _Reader:
    def __init__(
        self, sheet: Sheet, fields: Mapping[int, str], catalogue: Catalogue, meanings: Meanings
    ) -> None:
        self._sheet = sheet
        self._meanings = meanings
        self._unclear: dict[tuple[str, str], UnclearChoice] = {}
        self._columns: dict[str, list[int]] = {}
        for index in sorted(fields, key=lambda index: (is_last_name(sheet.titles[index]), index)):
            self._columns.setdefault(fields[index], []).append(index)
        parsers: dict[str, Callable[[str], object]] = {**PARSERS, "timezone": Zones().read}
        self._parsers = {field: parser for field, parser in parsers.items() if field in self._columns}
        self._terms = {
            kind: TermIndex(terms, {answer: id for (field, answer), id in meanings.items() if field == kind})
            for kind, terms in catalogue.items()
        }

    def read(self) -> SheetPeople:
        read = [(row.number, *self._row(row)) for row in self._sheet.rows]
        # Roles come first, since they decide who is read at all.
        unclear = sorted(self._unclear.values(), key=lambda choice: choice.field, reverse=True)
        sign_ups, doubled = latest((number, sign_up) for number, sign_up, _ in read if sign_up)
        faults = [*self._sheet.faults, *chain.from_iterable(wrong for *_, wrong in read)]
        faults += [*(choice.fault for choice in unclear), *doubled]
        faults.sort(key=lambda fault: fault.row)
        near = {
            (kind, answer): term for kind in self._terms for answer, term in self._terms[kind].near.items()
        }
        return SheetPeople(tuple(sign_ups), tuple(faults), near, tuple(unclear))

    def _row(self, row: Row) -> tuple[SignUp | None, list[SheetFault]]:
        if faults := [*self._too_long(row)]:
            return None, faults
        values: dict[str, Any] = {}
        unclear: list[SheetFault] = []
        for field in self._parsers:
            value = self._value(row, field)
            if isinstance(value, SheetFault):
                wrong = value.placed(row.number, self._title(row, field))
                choice = field in CHOICES and self._note(row, field, wrong)
                (unclear if choice else faults).append(wrong)
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
                yield fault("long-cell", most=MOST_SIGNS).placed(row.number, self._sheet.titles[index])

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

    def _note(self, row: Row, field: str, wrong: SheetFault) -> bool:
        """Keep an unclear answer to a choice, once for all its rows; an empty one is none."""
        answer = next(iter(self._cells(row, field)), "")
        key = field, normal_form(answer)
        if answer and key in self._unclear:
            first = self._unclear[key]
            wrong = replace(first.fault, others=(*first.fault.others, row.number))
            self._unclear[key] = replace(first, fault=wrong)
        elif answer:
            # Whatever a person wrote of their name, nothing but `nobody` is proposed.
            proposal = proposed_role(answer) if field == "role" else "nobody"
            self._unclear[key] = UnclearChoice(field, one_line(answer), proposal, wrong)
        return bool(answer)

    def _title(self, row: Row, field: str) -> str:
        indexes = self._columns[field]
        filled = (index for index in indexes if row.cells[index].strip())
        return self._sheet.titles[next(filled, indexes[0])]

    def _lists(self, row: Row, roles: tuple[SignUpRole, ...]) -> tuple[dict[str, Any], list[SheetFault]]:
        terms = self._terms["topics"]
        topics, unknown = self._agreed(row, "topics")
        goals, unknown_goals = self._agreed(row, "goals")
        own = {field: self._answers(row, field, terms.ids) for field in ("skills", "learn")}
        for role, field in (("mentor", "skills"), ("mentee", "learn")):
            if role in roles:
                topics += [id for answer in own[field] if (id := terms.id(answer))]
                own[field] = once([*own[field], *unknown])
        return {
            "topics": tuple(dict.fromkeys(topics)),
            "goals": tuple(dict.fromkeys(goals)),
            **own,
            **{field: self._answers(row, field) for field in ("interests", "languages")},
            "not_with": self._cells(row, "not-with"),
            "earlier": self._cells(row, "earlier"),
        }, [*self._no_terms(row, "topics", unknown), *self._no_terms(row, "goals", unknown_goals)]

    def _agreed(self, row: Row, kind: str) -> tuple[list[str], list[str]]:
        """The ids of the terms that a row names, and the answers that name none."""
        answers = {answer: self._terms[kind].agreed(answer)
                   for answer in self._answers(row, kind, self._terms[kind].ids)}  # fmt: skip
        return [*filter(None, answers.values())], [answer for answer, id in answers.items() if not id]

    def _cells(self, row: Row, field: str) -> tuple[str, ...]:
        cells = (row.cells[index].strip() for index in self._columns.get(field, ()))
        return tuple(cell for cell in cells if cell)

    def _answers(self, row: Row, field: str, known: Container[str] = ()) -> tuple[str, ...]:
        return once(answer for cell in self._cells(row, field) for answer in split(cell, known))

    def _no_terms(self, row: Row, kind: str, unknown: Sequence[str]) -> Iterator[SheetFault]:
        if unknown:
            wording = f"{'one-' if len(unknown) == 1 else ''}unknown-{kind}"
            yield fault(wording, number=len(unknown)).placed(row.number, self._title(row, kind))


def _whole_name(cells: Iterable[str]) -> str:
    """Put the parts of a name together; a part that stands in a whole name too is left out."""
    words = {cell: words_of(cell) for cell in cells}
    whole = [cell for cell in words if len(words[cell]) > 1]
    repeated = {cell for cell in words for other in whole if other != cell and words[cell] <= words[other]}
    return " ".join(cell for cell in words if cell not in repeated) or " ".join(whole[:1])
