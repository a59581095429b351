"""Titles -> which column is read as what: as the program says, else as titles are known."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from ...model.definitions.program import COLUMNS, LEAVE_OUT
from ...text.problems import did_you_mean
from ..ledger.spelling import normal_form
from . import titles
from .appearance import differ, likely_field, repeat
from .faults import SheetFault
from .sheet import Sheet, letter

_NEEDED = ("name", "role")
# Several columns of one of these belong together; of the others the first that says something counts.
_JOINED = frozenset({
    "name", "topics", "skills", "learn", "goals", "interests", "languages", "not-with", "earlier",
})  # fmt: skip
_IN_PROGRAM = "Say it in program.yml under `sign_up: columns:`."


@dataclass(frozen=True)
class Plan:
    """What is read of a sheet.

    Attributes:
        fields: what a column holds, by its index.
        unknown: the indexes of columns of which nobody knows what they hold.
        doubled: for each title that stands there more than once the indexes of its columns.
        faults: what cannot be taken, and why.
        lacking: what every sign-up needs and no column holds so far.
        swapped: the columns of name and unit where the answers look as if each stood below the other's title.
    """

    fields: Mapping[int, str]
    unknown: Sequence[int]
    doubled: Sequence[Sequence[int]]
    faults: tuple[SheetFault, ...]
    lacking: Sequence[str]
    swapped: Sequence[int]


def plan_of(sheet: Sheet, columns: Mapping[str, str], taken: Collection[int] = ()) -> Plan:
    """Say which column is read as what.

    Args:
        sheet: the rows.
        columns: what the program says of its columns, by their titles.
        taken: of the columns of one title, those that a person chose.
    """
    named = {normal_form(title): field for title, field in columns.items()}
    held = [named.get(normal_form(title), "") or titles.field_of(title) for title in sheet.titles]
    left_out, groups = _doubled(sheet, taken)
    doubtful = set(chain.from_iterable(groups))
    wanted = [index for index, field in enumerate(held) if field != LEAVE_OUT and index not in left_out]
    protected = {index for index in wanted if titles.is_protected(sheet.titles[index], sheet.column(index))}
    fields: dict[int, str] = {}
    unknown: list[int] = []
    untitled: list[int] = []
    for index in (index for index in wanted if index not in protected):
        if held[index] in COLUMNS and index not in doubtful:
            fields[index] = held[index]
        elif not held[index] and index not in doubtful and any(sheet.column(index)):
            (unknown if sheet.titles[index] else untitled).append(index)
    doubled = [group for group in groups if held[group[0]] != LEAVE_OUT and not protected & {*group}]
    sure = (*fields.values(), *(held[group[0]] for group in groups))
    lacking = [field for field in _NEEDED if field not in sure]
    faults = (
        *_unknown_fields(columns),
        *(_PROTECTED.placed(sheet.top, sheet.titles[index]) for index in sorted(protected)),
        *(_untitled(index).placed(sheet.top) for index in untitled),
        *(() if unknown or groups else map(_missing, lacking)),
        *_same_field(sheet, fields),
    )
    return Plan(fields, unknown, doubled, faults, lacking, _swapped(sheet, fields, named))


def _doubled(sheet: Sheet, taken: Collection[int]) -> tuple[set[int], list[list[int]]]:
    """The columns that another of the same title stands for, and the groups of which nobody can say so."""
    groups: dict[str, list[int]] = {}
    for index, title in enumerate(sheet.titles):
        groups.setdefault(normal_form(title) or f"\0{index}", []).append(index)
    left_out: set[int] = set()
    doubtful = []
    for group in (group for group in groups.values() if len(group) > 1):
        chosen = [index for index in group if index in taken]
        chosen = chosen or [index for index in group if any(sheet.column(index))]
        if len(chosen) > 1:
            doubtful.append(group)
        else:
            left_out |= set(group) - set(chosen or group[-1:])
    return left_out, doubtful


def _unknown_fields(columns: Mapping[str, str]) -> Iterator[SheetFault]:
    fields = (*COLUMNS, LEAVE_OUT)
    for title, field in columns.items():
        if field not in fields:
            message = f"program.yml reads this column as `{field}`, which is nothing that a sign-up has."
            hint = f"{did_you_mean(field, fields)}Choose one of: {', '.join(fields)}."
            yield SheetFault(message, hint, column=title)


_PROTECTED = SheetFault(
    "This column asks for what a person is, which is protected by law in many countries: not taken.",
    "Better take the question out of the form.",
    "warning",
)


def _untitled(index: int) -> SheetFault:
    message = f"Column {letter(index)} has no title, and is left out."
    return SheetFault(message, "Give it one where it is to be read.", "warning")


def _missing(field: str) -> SheetFault:
    where = "Name it under `sign_up: columns:` in program.yml: its title, then what it holds."
    return SheetFault(f"No column holds the {field}.", where)


def _same_field(sheet: Sheet, fields: Mapping[int, str]) -> Iterator[SheetFault]:
    first: dict[str, int] = {}
    for index, field in sorted(fields.items()):
        same = first.setdefault(field, index) if any(sheet.column(index)) else index
        if same != index and field not in _JOINED:
            message = f"Column {letter(same)} is read as `{field}` too: the first that says something counts."
            yield SheetFault(message, severity="warning").placed(sheet.top, sheet.titles[index])


def _swapped(sheet: Sheet, fields: Mapping[int, str], named: Collection[str]) -> Sequence[int]:
    """The columns of name and unit that look like each other's, unless the program says what they hold."""
    columns = [[index for index, held in fields.items() if held == field] for field in ("name", "unit")]
    if any(len(same) != 1 or normal_form(sheet.titles[same[0]]) in named for same in columns):
        return ()
    names, units = columns[0][0], columns[1][0]
    return (names, units) if repeat([*sheet.column(names)]) and differ([*sheet.column(units)]) else ()


# --- what nobody knows ---


def unasked(sheet: Sheet, plan: Plan) -> Iterator[SheetFault]:
    """What a person would have to be asked about the columns of a sheet."""
    for group in plan.doubled:
        message = f"This title stands over the columns {' and '.join(map(letter, group))}."
        hint = f"Say which is meant, for example with --take {letter(group[-1])}."
        yield SheetFault(message, hint).placed(sheet.top, sheet.titles[group[0]])
    for index in plan.unknown:
        fault = SheetFault("Nobody knows what this column holds.", _IN_PROGRAM)
        yield fault.placed(sheet.top, sheet.titles[index])
    for field in plan.lacking if plan.unknown else ():
        yield SheetFault(f"No column holds the {field} yet, which is needed; one of these may.")
    if plan.swapped:
        names, units = plan.swapped
        differing = f"below column {letter(units)} all are different, as names are"
        message = f"The same few answers stand here again and again, and {differing}."
        fault = SheetFault(message, f"Which of the two holds the name? {_IN_PROGRAM}")
        yield fault.placed(sheet.top, sheet.titles[names])


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
    looks = likely_field(sheet.column(index), [field for field in (*_NEEDED, "email") if field not in held])
    # Names look like much that has two words; roles and addresses like nothing else.
    field = near or looks if looks == "name" else looks or near
    lacking = any(field not in held for field in _NEEDED)
    return ("" if lacking else LEAVE_OUT) if field in ("", LEAVE_OUT) else field


def proposals(sheet: Sheet, plan: Plan) -> dict[str, str]:
    """What columns may hold of which nobody was asked, by their titles; empty where it is open."""
    held = set(plan.fields.values())
    fields = {}
    for index in plan.unknown:
        fields[sheet.titles[index]] = proposed(sheet, index, held)
        held.add(fields[sheet.titles[index]])
    if held.issuperset(plan.lacking):
        fields = {title: field or LEAVE_OUT for title, field in fields.items()}
    swapped = zip(plan.swapped, ("unit", "name"), strict=False)
    return fields | {sheet.titles[index]: field for index, field in swapped}
