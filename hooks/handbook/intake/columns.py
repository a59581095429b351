"""Titles -> which column is read as what: as the program says, else as titles are known."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import chain

from ..problems import did_you_mean
from ..signup import COLUMNS
from . import titles
from .faults import Fault
from .fold import fold
from .sheet import Sheet, letter

_NEEDED = ("name", "role")
# Several columns of one of these belong together; of the others the first that says something counts.
_JOINED = frozenset({
    "name", "topics", "skills", "learn", "goals", "interests", "languages", "not-with", "earlier",
})  # fmt: skip
_TITLES = 1


@dataclass(frozen=True)
class Plan:
    """What is read of a sheet.

    Attributes:
        fields: what a column holds, by its index.
        open: the indexes of columns of which nobody knows what they hold.
        twice: for each title that stands there more than once the indexes of its columns.
        faults: what cannot be taken, and why.
    """

    fields: Mapping[int, str]
    open: tuple[int, ...] = ()
    twice: tuple[tuple[int, ...], ...] = ()
    faults: tuple[Fault, ...] = ()


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
        field = told.get(fold(title), "") or titles.field_of(title)
        if field == titles.LEAVE_OUT:
            continue
        if titles.is_protected(title, sheet.column(index)):
            faults.append(_protected(title))
        elif not title:
            faults += [_untitled(index)] if any(sheet.column(index)) else []
        elif not field:
            open_ones += [index] if any(sheet.column(index)) else []
        elif field in COLUMNS and index not in doubtful:
            fields[index] = field
    faults += [*_missing(fields, open_ones, twice), *_same_field(sheet, fields)]
    asked = tuple(index for index in open_ones if index not in doubtful)
    return Plan(fields, asked, tuple(group for group in twice if _matters(sheet, group, told)), tuple(faults))


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
    field = told.get(fold(title), "") or titles.field_of(title)
    protected = any(titles.is_protected(title, sheet.column(index)) for index in group)
    return field != titles.LEAVE_OUT and not protected


def _unknown_fields(said: Mapping[str, str]) -> list[Fault]:
    fields = (*COLUMNS, titles.LEAVE_OUT)
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


def _protected(title: str) -> Fault:
    message = "This column asks for what a person is, which is protected by law in many countries: not taken."
    return Fault(_TITLES, title, message, "Better take the question out of the form.", "warning")


def _untitled(index: int) -> Fault:
    message = f"Column {letter(index)} has no title, and is left out."
    return Fault(_TITLES, "", message, "Give it one where it is to be read.", "warning")


def _same_field(sheet: Sheet, fields: Mapping[int, str]) -> list[Fault]:
    faults = []
    for index, field in sorted(fields.items()):
        first = next(one for one in sorted(fields) if fields[one] == field)
        if index != first and field not in _JOINED and any(sheet.column(index)):
            message = (
                f"Column {letter(first)} is read as `{field}` too: the first that says something counts."
            )
            faults.append(Fault(_TITLES, sheet.titles[index], message, "", "warning"))
    return faults


def _missing(
    fields: Mapping[int, str], open_ones: Collection[int], twice: Collection[tuple[int, ...]]
) -> list[Fault]:
    """Say what every sign-up needs and no column holds, unless one that is still open may."""
    if open_ones or twice:
        return []
    lacking = [one for one in _NEEDED if one not in fields.values()]
    where = "Name it under `sign_up: columns:` in program.yml: its title, then what it holds."
    return [Fault(0, "", f"No column holds the {one}.", where) for one in lacking]
