"""A file, and what a program says of its columns -> its sheet, and which column is read as what."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from ...model.definitions.program import COLUMNS, LEAVE_OUT
from ...rules.privacy.spellings import normal_form
from ...text.problems import did_you_mean
from .appearance import are_answers, could_be, likely_field, seem_swapped
from .cells import is_address, role_in, role_named
from .faults import SheetFault, fault
from .sheet import Sheet, letter, read_sheet
from .vocabulary import LOOKED_AT, field_of, is_protected, nearest, refuses, words

_NEEDED = ("name", "role")
# Several columns of one of these belong together; of the others the first that says something counts.
_JOINED = frozenset({
    "name", "topics", "skills", "learn", "goals", "interests", "languages", "not-with", "earlier",
})  # fmt: skip


def sheet_of(content: bytes, columns: Mapping[str, str]) -> Sheet | SheetFault:
    """Read a file; the titles that a program knows help to find out how it is written."""
    named = _by_form(columns)
    sheet = read_sheet(content, lambda title: bool(_field(title, named)))
    if isinstance(sheet, SheetFault):
        return sheet
    needed = any(_field(title, named) in _NEEDED for title in sheet.titles)
    answers = any(map(is_address, sheet.titles)) or (not needed and are_answers(sheet))
    # What stands there is somebody's name or address: it is not told.
    return fault("no-titles").placed(sheet.top) if answers else sheet


def _by_form(columns: Mapping[str, str]) -> dict[str, str]:
    return {normal_form(title): field for title, field in columns.items()}


def _field(title: str, named: Mapping[str, str]) -> str:
    """What a column holds: as the program says, else as its title is known."""
    return named.get(normal_form(title)) or field_of(title)


@dataclass(frozen=True)
class Plan:
    """What is read of a sheet; columns are given by their indexes."""

    fields: Mapping[int, str]  # what a column holds
    unknown: Sequence[int]  # of which nobody knows what they hold
    doubled: Sequence[Sequence[int]]  # those of one title
    faults: tuple[SheetFault, ...]  # what cannot be taken, and why
    lacking: Sequence[str]  # what every sign-up needs and no column holds so far

    @property
    def held(self) -> set[str]:
        """What is held by a column, or needs none."""
        return {*self.fields.values(), *_NEEDED}.difference(self.lacking)


def plan_of(sheet: Sheet, columns: Mapping[str, str], taken: Collection[int] = (), role: str = "") -> Plan:
    """Say which column is read as what; of those of one title, a person has `taken` some.

    Where all have one `role`, a column that is called so may hold that one, or something else, such as a job.
    """
    named = _by_form(columns)
    held = [_field(title, named) for title in sheet.titles]
    for index in _swapped(sheet, held, named):
        held[index] = ""
    roles = [index for index, field in enumerate(held) if field == "role" and role]
    others = [index for index in roles if not {*map(role_named, sheet.column(index))} <= {"", role}]
    for index in {*roles}.difference(others):
        held[index] = LEAVE_OUT
    left_out, groups = _doubled(sheet, taken)
    doubtful = set(chain.from_iterable(groups))
    wanted = [index for index, field in enumerate(held) if field != LEAVE_OUT and index not in left_out]
    protected = {index for index in wanted if is_protected(sheet.titles[index], sheet.column(index))}
    clear = [index for index in wanted if index not in protected | doubtful]
    fields = {index: held[index] for index in clear if held[index] in COLUMNS}
    unread = [index for index in clear if not held[index] and any(sheet.column(index))]
    unknown = [index for index in unread if sheet.titles[index]]
    untitled = [index for index in unread if not sheet.titles[index]]
    doubled = [group for group in groups if held[group[0]] != LEAVE_OUT and not protected & {*group}]
    sure = (*fields.values(), *(held[group[0]] for group in groups))
    lacking = [field for field in _NEEDED if field not in sure and not (role and field == "role")]
    faults = (
        *_unknown_fields(columns),
        *(fault("protected").placed(sheet.top, sheet.titles[index]) for index in sorted(protected)),
        *(fault("untitled", letter=letter(index)).placed(sheet.top) for index in untitled),
        *(fault("role-twice").placed(sheet.top, sheet.titles[index]) for index in others),
        *(fault("missing", field=field) for field in lacking if field != "role" and not (unknown or groups)),
        *_same_field(sheet, fields),
    )
    return Plan(fields, unknown, doubled, faults, lacking)


def lacks_role(sheet: Sheet, plan: Plan) -> bool:
    """Whether no column holds the role, and none looks as if it did: then all may have the same."""
    return "role" in plan.lacking and all(proposed(sheet, at, plan.held) != "role" for at in plan.unknown)


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
            near = did_you_mean(field, fields)
            yield fault("unknown-field", field=field, near=near, fields=", ".join(fields)).placed(0, title)


def _same_field(sheet: Sheet, fields: Mapping[int, str]) -> Iterator[SheetFault]:
    first: dict[str, int] = {}
    for index, field in sorted(fields.items()):
        # Microsoft Forms has a column of addresses even where it knows none.
        told = any(normal_form(answer) not in words("anonymous") for answer in sheet.column(index))
        same = first.setdefault(field, index) if told else index
        if same != index and field not in _JOINED:
            doubled = fault("same-field", letter=letter(same), field=field)
            yield doubled.placed(sheet.top, sheet.titles[index])


def _swapped(sheet: Sheet, held: Sequence[str], named: Collection[str]) -> Sequence[int]:
    """The columns of name and unit that look like each other's, unless the program says what they hold."""
    two = [index for field in ("name", "unit") for index, holds in enumerate(held) if holds == field]
    sure = [held[index] for index in two] != ["name", "unit"] or any(
        normal_form(sheet.titles[index]) in named for index in two
    )
    return () if sure or not seem_swapped(*([*sheet.column(index)] for index in two)) else two


# --- what nobody knows ---


def unasked(sheet: Sheet, plan: Plan) -> Iterator[SheetFault]:
    """What a person would have to be asked about the columns of a sheet; that all lack a role comes first."""
    no_role = lacks_role(sheet, plan)
    if no_role:
        yield fault("missing-role")
    for group in plan.doubled:
        letters = [*map(letter, group)]
        doubled = fault("doubled", letters=" and ".join(letters), last=letters[-1])
        yield doubled.placed(sheet.top, sheet.titles[group[0]])
    for index in plan.unknown:
        yield fault("unknown").placed(sheet.top, sheet.titles[index])
    for field in plan.lacking if plan.unknown else ():
        if field != "role" or not no_role:
            yield fault("lacking", field=field)


def proposed(sheet: Sheet, index: int, held: Collection[str]) -> str:
    """What a column that nobody knows may hold: by its title, or by what people answered.

    Nobody needs it where nothing speaks for one; it is open while a field that all need is not yet `held`.
    """
    title, answers = sheet.titles[index], [*islice(sheet.column(index), LOOKED_AT)]
    if refuses(title):  # left out it is never: somebody would be paired with whom they refused
        return "not-with" if could_be(answers, "not-with") else ""
    if any(role_in(title, answer) for answer in answers):
        return "role"
    near = "" if field_of(title) else nearest(title)  # where answers speak against a title, it says nothing
    # Of two columns a second name is hardly one: a company's, a colleague's.
    near = near if could_be(answers, near) and not (near == "name" and near in held) else ""
    looks = likely_field(answers, [field for field in (*_NEEDED, "email") if field not in held])
    # Names look like much that has two words; roles and addresses like nothing else.
    field = near or looks if looks == "name" else looks or near
    lacking = any(field not in held for field in _NEEDED)
    return ("" if lacking else LEAVE_OUT) if field in ("", LEAVE_OUT) else field


def proposals(sheet: Sheet, plan: Plan) -> dict[str, str]:
    """What columns may hold of which nobody was asked, by their titles; empty where it is open."""
    held = plan.held
    fields: dict[str, str] = {}
    for index in plan.unknown:
        fields[sheet.titles[index]] = field = proposed(sheet, index, held)
        held.add(field)
    if held.issuperset(plan.lacking):
        fields = {title: field or ("" if refuses(title) else LEAVE_OUT) for title, field in fields.items()}
    return fields
