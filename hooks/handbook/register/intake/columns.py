"""Titles -> which column is read as what: as the program says, else as titles are known."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import chain

from ...model.definitions.program import COLUMNS, LEAVE_OUT
from ...text.problems import did_you_mean
from ..ledger.fold import fold
from . import titles
from .answers import differ, likely, repeat
from .faults import Fault
from .sheet import Sheet, letter

_NEEDED = ("name", "role")
# Several columns of one of these belong together; of the others the first that says something counts.
_JOINED = frozenset({
    "name", "topics", "skills", "learn", "goals", "interests", "languages", "not-with", "earlier",
})  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """What is read of a sheet.

    Attributes:
        fields: what a column holds, by its index.
        open: the indexes of columns of which nobody knows what they hold.
        twice: for each title that stands there more than once the indexes of its columns.
        faults: what cannot be taken, and why.
        lacking: what every sign-up needs and no column holds so far.
        swapped: the columns of name and unit where the answers look as if each stood below the other's title.
    """

    fields: Mapping[int, str]
    open: tuple[int, ...] = ()
    twice: tuple[tuple[int, ...], ...] = ()
    faults: tuple[Fault, ...] = ()
    lacking: tuple[str, ...] = ()
    swapped: tuple[int, ...] = ()


def plan(sheet: Sheet, said: Mapping[str, str], taken: Collection[int] = ()) -> Plan:
    """Say which column is read as what.

    Args:
        sheet: the rows.
        said: what the program says of its columns, by their titles.
        taken: of the columns of one title, those that a person chose.
    """
    told = titles.fields(said)
    faults = [*_unknown_fields(said)]
    fields: dict[int, str] = {}
    open_ones: list[int] = []
    left_out, twice = _doubled(sheet, taken)
    doubtful = set(chain.from_iterable(twice))
    for index, title in enumerate(sheet.titles):
        if index in left_out:
            continue
        field = _field(sheet, told, index)
        if field == LEAVE_OUT:
            continue
        if titles.is_protected(title, sheet.column(index)):
            faults.append(_protected(sheet, title))
        elif not title:
            faults += [_untitled(sheet, index)] if any(sheet.column(index)) else []
        elif not field:
            open_ones += [index] if any(sheet.column(index)) else []
        elif field in COLUMNS and index not in doubtful:
            fields[index] = field
    lacking = _lacking(fields, [_field(sheet, told, group[0]) for group in twice])
    if not (open_ones or twice):
        faults += _missing(lacking)
    faults += _same_field(sheet, fields)
    asked = tuple(index for index in open_ones if index not in doubtful)
    unclear = tuple(group for group in twice if _matters(sheet, group, told))
    return Plan(fields, asked, unclear, tuple(faults), lacking, _swapped(sheet, fields, told))


def proposed(sheet: Sheet, index: int, held: Collection[str]) -> str:
    """What a column that nobody knows may hold: by its title, or by what people answered.

    Args:
        sheet: the rows.
        index: of the column.
        held: the fields of which a column is known.

    Returns:
        The field, or that nobody needs the column; empty where nothing speaks for it and a field that every
        sign-up needs has no column yet.
    """
    if titles.refuses(sheet.titles[index]):
        return "not-with"
    near = titles.nearest(sheet.titles[index])
    free = [field for field in (*_NEEDED, "email") if field not in held]
    found = likely(sheet.column(index), free)
    # Names look like much that has two words; roles and addresses like nothing else.
    field = near or found if found == "name" else found or near
    lacking = any(one not in held for one in _NEEDED)
    return ("" if lacking else LEAVE_OUT) if field in ("", LEAVE_OUT) else field


def _field(sheet: Sheet, told: Mapping[str, str], index: int) -> str:
    title = sheet.titles[index]
    return told.get(fold(title), "") or titles.field_of(title)


def _lacking(fields: Mapping[int, str], doubtful: Collection[str]) -> tuple[str, ...]:
    return tuple(one for one in _NEEDED if one not in fields.values() and one not in doubtful)


def _swapped(sheet: Sheet, fields: Mapping[int, str], told: Mapping[str, str]) -> tuple[int, ...]:
    """The columns of name and unit that look like each other's, unless the program says what they hold."""
    pair = []
    for field in ("name", "unit"):
        found = [index for index, one in fields.items() if one == field]
        if len(found) != 1 or fold(sheet.titles[found[0]]) in told:
            return ()
        pair += found
    names, units = ([*sheet.column(index)] for index in pair)
    return tuple(pair) if repeat(names) and differ(units) else ()


def _doubled(sheet: Sheet, taken: Collection[int]) -> tuple[set[int], list[tuple[int, ...]]]:
    """The columns that another of the same title stands for, and the groups of which nobody can say so."""
    groups: dict[str, list[int]] = {}
    for index, title in enumerate(sheet.titles):
        groups.setdefault(fold(title) or f"\0{index}", []).append(index)
    left_out: set[int] = set()
    open_ones = []
    for group in (group for group in groups.values() if len(group) > 1):
        chosen = [one for one in group if one in taken] or [one for one in group if any(sheet.column(one))]
        if len(chosen) > 1:
            open_ones.append(tuple(group))
        else:
            left_out |= set(group) - set(chosen or group[-1:])
    return left_out, open_ones


def _matters(sheet: Sheet, group: tuple[int, ...], told: Mapping[str, str]) -> bool:
    title = sheet.titles[group[0]]
    field = _field(sheet, told, group[0])
    protected = any(titles.is_protected(title, sheet.column(index)) for index in group)
    return field != LEAVE_OUT and not protected


def _unknown_fields(said: Mapping[str, str]) -> list[Fault]:
    fields = (*COLUMNS, LEAVE_OUT)
    return [
        Fault(
            0,
            title,
            f"program.yml reads this column as `{field}`, which is nothing that a sign-up has.",
            f"{did_you_mean(field, fields)}Choose one of: {', '.join(fields)}.",
        )
        for title, field in said.items()
        if field not in fields
    ]


def _protected(sheet: Sheet, title: str) -> Fault:
    message = "This column asks for what a person is, which is protected by law in many countries: not taken."
    return Fault(sheet.top, title, message, "Better take the question out of the form.", "warning")


def _untitled(sheet: Sheet, index: int) -> Fault:
    message = f"Column {letter(index)} has no title, and is left out."
    return Fault(sheet.top, "", message, "Give it one where it is to be read.", "warning")


def _same_field(sheet: Sheet, fields: Mapping[int, str]) -> list[Fault]:
    faults = []
    for index, field in sorted(fields.items()):
        first = next(one for one in sorted(fields) if fields[one] == field)
        if index != first and field not in _JOINED and any(sheet.column(index)):
            message = (
                f"Column {letter(first)} is read as `{field}` too: the first that says something counts."
            )
            faults.append(Fault(sheet.top, sheet.titles[index], message, "", "warning"))
    return faults


def _missing(lacking: Collection[str]) -> list[Fault]:
    """Say what every sign-up needs and no column holds."""
    where = "Name it under `sign_up: columns:` in program.yml: its title, then what it holds."
    return [Fault(0, "", f"No column holds the {one}.", where) for one in lacking]
