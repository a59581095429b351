"""Rows -> sign-ups without ids; a row with an error is left out and told."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from ...model.definitions.program import COLUMNS, LEAVE_OUT
from ...rules.privacy.spellings import normal_form, one_line, words_of
from ..ledger.ledger import BOTH, SignUp, SignUpRole
from .appearance import Moment, moments
from .cells import PARSERS, is_nothing, is_placeholder, proposed_role, role_in, several_addresses
from .faults import SheetFault, fault, has_errors
from .identities import latest
from .sheet import MOST_SIGNS, Row, Sheet
from .terms import Catalogue, Meanings, Term, TermIndex, once, split
from .vocabulary import is_sent, name_part

_NEEDED = ("name", "role", "consent", "not-with")
_NEVER_NOTHING = ("name", "role", "manager", "consent")  # there a word for nothing may be an answer
_NO_PART = re.compile(r"n\W+a\W*", re.IGNORECASE)  # beside other parts of a name
_MEANT = re.compile("^Did you mean `([^`]+)`")


@dataclass(frozen=True)
class UnclearAnswer:
    """What people answered in words of their own or a form's, where nobody knows surely what it means."""

    field: str
    answer: str  # as it was given first; for the eyes of a person at a terminal alone
    proposal: str  # the answer that it may mean; empty where none is likely
    fault: SheetFault  # what is told of it, with all its rows


@dataclass(frozen=True)
class SheetPeople:
    """What the rows of a sheet gave."""

    sign_ups: tuple[SignUp, ...]  # one for each person, without ids
    faults: tuple[SheetFault, ...]
    near: Mapping[tuple[str, str], Term]  # by field and answer, the topic or goal that it may mean
    unclear: tuple[UnclearAnswer, ...]  # each has a fault too


def read_people(
    sheet: Sheet, fields: Mapping[int, str], catalogue: Catalogue, meanings: Meanings | None = None,
    role: str = "",
) -> SheetPeople:  # fmt: skip
    """Read the rows of a sheet; `fields` says what a column holds, by its index, `role` which all have."""
    return _Reader(sheet, fields, catalogue, meanings or {}, role).read()


class _Reader:
    def __init__(
        self, sheet: Sheet, fields: Mapping[int, str], catalogue: Catalogue, meanings: Meanings, role: str
    ) -> None:
        self._sheet = sheet
        self._meanings = meanings
        self._role = role
        self._unclear: dict[tuple[str, str], UnclearAnswer] = {}
        self._columns: dict[str, list[int]] = {}
        for index in sorted(fields):
            self._columns.setdefault(fields[index], []).append(index)
        self._parsers = {field: parser for field, parser in PARSERS.items() if field in self._columns}
        names = self._columns.get("name", [])
        self._whole = _whole_name(sheet, names)
        # A part of a name is left out only beside a column with the whole name.
        parts = sorted((name_part(sheet.titles[index]), index) for index in names if index != self._whole)
        self._parts = [index for _, index in parts]
        self._terms = {
            kind: TermIndex(terms, {answer: id for (field, answer), id in meanings.items() if field == kind})
            for kind, terms in catalogue.items()
        }

    def read(self) -> SheetPeople:
        read = [(row.number, *self._row(row)) for row in self._sheet.rows]
        # Roles come first, since they decide who is read at all.
        unclear = sorted(self._unclear.values(), key=lambda doubt: COLUMNS.index(doubt.field))
        sign_ups, doubled = latest(((row, person) for row, person, _ in read if person), self._sent())
        faults = [*self._sheet.faults, *chain.from_iterable(wrong for *_, wrong in read)]
        faults += [*(doubt.fault for doubt in unclear), *doubled]
        faults.sort(key=lambda fault: fault.row)
        near = {(kind, answer): term
                for kind, index in self._terms.items() for answer, term in index.near.items()}  # fmt: skip
        return SheetPeople(tuple(sign_ups), tuple(faults), near, tuple(unclear))

    def _sent(self) -> dict[int, Sequence[Moment]]:
        """When each row was sent, by its number, where a column of the form tool says so."""
        rows = self._sheet.rows
        index = next((index for index, title in enumerate(self._sheet.titles) if is_sent(title)), None)
        times = moments([row.cells[index] for row in rows]) if index is not None else [()] * len(rows)
        return {row.number: time for row, time in zip(rows, times, strict=True)}

    def _row(self, row: Row) -> tuple[SignUp | None, list[SheetFault]]:
        row, faults = self._bounded(row)
        if has_errors(faults):
            return None, faults
        values: dict[str, Any] = {}
        unclear: list[SheetFault] = []
        for field in self._parsers:
            value = self._value(row, field)
            if isinstance(value, SheetFault):
                wrong = value.placed(row.number, self._title(row, field))
                noted = field != "name" and self._note(row, field, wrong)
                (unclear if noted else faults).append(wrong)
            elif value is not None:
                values[field.replace("-", "_")] = value
        if has_errors((*unclear, *faults)):
            return None, faults
        roles = tuple(role for role in BOTH if role == self._role) or values.pop("role", ())
        lists, more = self._lists(row, roles)
        if any(map(several_addresses, self._cells(row, "email"))):
            faults.append(fault("several-addresses").placed(row.number, self._title(row, "email")))
        return SignUp("", roles=roles, **values, **lists), [*faults, *more]

    def _bounded(self, row: Row) -> tuple[Row, list[SheetFault]]:
        """A row without cells that are too long; without a name, a role or a refusal nobody is read."""
        cells, faults = [*row.cells], []
        for index, field in sorted((at, field) for field, places in self._columns.items() for at in places):
            if len(row.cells[index]) > MOST_SIGNS:
                cells[index] = ""
                kind = "long-cell" if field in _NEEDED else "long-answer"
                faults.append(fault(kind, most=MOST_SIGNS).placed(row.number, self._sheet.titles[index]))
        return replace(row, cells=tuple(cells)), faults

    def _value(self, row: Row, field: str) -> object:
        """What the columns of a field say: a whole name, the roles, else the first that says something."""
        cells = self._cells(row, field) or ("",)
        if field == "name":
            return self._parsed(field, self._name(row))
        if field == "role" and (roles := self._roles_by_title(row)):
            cells = (roles,)
        values = [self._parsed(field, cell) for cell in cells]
        if field == "consent":  # of two answers that differ nobody knows which is meant
            return values[0] if len({*values}) == 1 else "nobody"
        return next((value for value in values if value), values[0])

    def _name(self, row: Row) -> str:
        """The whole name of a row, or what stands there in its place."""
        cells = [row.cells[index].strip() for index in self._parts]
        parts = [cell for cell in cells if any(map(str.isalpha, cell)) and not _NO_PART.fullmatch(cell)]
        # Na Li and Jo Test are people: what stands in place of a name is judged where all parts are none.
        joined = "" if all(map(is_placeholder, parts)) else " ".join(parts)
        whole = "" if self._whole is None else row.cells[self._whole].strip()
        if not whole or (joined and (is_placeholder(whole) or words_of(whole) < words_of(joined))):
            return joined or " ".join(cells)
        return whole

    def _roles_by_title(self, row: Row) -> str:
        """The roles to which somebody said yes, where columns ask for each: Do you want to be a mentor?"""
        asked = {role_in(self._sheet.titles[index], row.cells[index]) for index in self._columns["role"]}
        return ", ".join(sorted(asked - {""}))

    def _parsed(self, field: str, text: str) -> object:
        """What an answer says surely, or what a person said that it means."""
        parser = self._parsers[field]
        value = parser("" if field not in _NEVER_NOTHING and is_nothing(text) else text)
        if not isinstance(value, SheetFault):
            return value
        meaning = self._meanings.get((field, normal_form(text)))
        meant = value if meaning is None else parser("" if meaning == LEAVE_OUT else meaning)
        return value if isinstance(meant, SheetFault) else meant

    def _note(self, row: Row, field: str, wrong: SheetFault) -> bool:
        """Keep an unclear answer, once for all its rows; an empty one is none."""
        answer = next(iter(self._cells(row, field)), "")
        key = field, normal_form(answer)
        if answer and key in self._unclear:
            first = self._unclear[key]
            wrong = replace(first.fault, others=(*first.fault.others, row.number))
            self._unclear[key] = replace(first, fault=wrong)
        elif answer:
            meant = _MEANT.match(wrong.hint)
            # Whatever a person wrote of their name, nothing but `nobody` is proposed.
            proposals = {"role": proposed_role(answer), "consent": "nobody"}
            proposal = proposals.get(field, meant[1] if meant else "")
            self._unclear[key] = UnclearAnswer(field, one_line(answer), proposal, wrong)
        return bool(answer)

    def _title(self, row: Row, field: str) -> str:
        indexes = self._columns[field]
        filled = (index for index in indexes if row.cells[index].strip())
        return self._sheet.titles[next(filled, indexes[0])]

    def _lists(self, row: Row, roles: tuple[SignUpRole, ...]) -> tuple[dict[str, Any], list[SheetFault]]:
        terms = self._terms["topics"]
        faults: list[SheetFault] = []
        topics, unknown = self._agreed(row, "topics", faults)
        goals, _ = self._agreed(row, "goals", faults)
        own = {field: self._answers(row, field, terms.ids) for field in ("skills", "learn")}
        for role, field in (("mentor", "skills"), ("mentee", "learn")):
            if role in roles:
                topics += [id for answer in own[field] if (id := terms.ids.get(normal_form(answer)))]
                own[field] = once([*own[field], *unknown])
        return {
            "topics": tuple(dict.fromkeys(topics)),
            "goals": tuple(dict.fromkeys(goals)),
            **own,
            **{field: self._answers(row, field) for field in ("interests", "languages")},
            "not_with": self._cells(row, "not-with"),
            "earlier": self._cells(row, "earlier"),
        }, faults

    def _agreed(self, row: Row, kind: str, faults: list[SheetFault]) -> tuple[list[str], list[str]]:
        """The ids of the terms that a row names, and the answers that name none, which are told."""
        answers = {answer: self._terms[kind].agreed(answer)
                   for answer in self._answers(row, kind, self._terms[kind].ids)}  # fmt: skip
        unknown = [answer for answer, id in answers.items() if not id]
        if unknown:
            wording = f"{'one-' if len(unknown) == 1 else ''}unknown-{kind}"
            faults.append(fault(wording, number=len(unknown)).placed(row.number, self._title(row, kind)))
        return [*filter(None, answers.values())], unknown

    def _cells(self, row: Row, field: str) -> tuple[str, ...]:
        return tuple(filter(None, (row.cells[index].strip() for index in self._columns.get(field, ()))))

    def _answers(self, row: Row, field: str, known: Container[str] = ()) -> tuple[str, ...]:
        answers = (answer for cell in self._cells(row, field) for answer in split(cell, known))
        return once(answer for answer in answers if not is_nothing(answer))


def _whole_name(sheet: Sheet, columns: Sequence[int]) -> int | None:
    """The column whose answers mostly hold the parts of others: “Name” may as well be the last name alone."""
    parts = [index for index in columns if name_part(sheet.titles[index])]
    for whole in (index for index in columns if index not in parts):
        rows = [row.cells for row in sheet.rows if row.cells[whole].strip()]
        names = (words_of(" ".join(cells[part] for part in parts)) for cells in rows)
        held = sum(name <= words_of(cells[whole]) for name, cells in zip(names, rows, strict=True))
        if held * 2 > len(rows):
            return whole
    return None
