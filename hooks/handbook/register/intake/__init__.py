"""A sheet of sign-ups, as form tools and spreadsheets export it -> sign-ups and what is wrong, row by row."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial

from ...model.definitions.program import LEAVE_OUT
from ..ledger.fold import fold
from ..ledger.signup import SignUp
from . import titles
from .answers import could_be_one, is_address, is_answer
from .cells import CHOICES
from .columns import Plan, plan, proposed
from .faults import Fault
from .rows import Meant, Reader
from .settle import Settled, latest, settle
from .sheet import MOST_BYTES, Sheet, letter, sheet
from .terms import Catalogue, Term
from .wordings import Wording

__all__ = [
    "CHOICES",
    "LEAVE_OUT",
    "MOST_BYTES",
    "Catalogue",
    "Fault",
    "People",
    "Plan",
    "Settled",
    "Sheet",
    "Term",
    "Wording",
    "fold",
    "letter",
    "people",
    "plan",
    "proposed",
    "read",
    "settle",
    "sheet_of",
    "unasked",
]

_NEEDED = frozenset({"name", "role"})
_NOTHING: Meant = {}


@dataclass(frozen=True)
class People:
    """What the rows of a sheet gave.

    Attributes:
        sign_ups: one for each person, without ids.
        near: for each answer that may mean a topic or goal, under the field's name: that topic or goal.
        wordings: the answers to a choice of which nobody knows surely what they mean; each has a fault too.
    """

    sign_ups: tuple[SignUp, ...]
    faults: tuple[Fault, ...]
    near: Mapping[tuple[str, str], Term]
    wordings: tuple[Wording, ...] = ()


def sheet_of(content: bytes, columns: Mapping[str, str]) -> Sheet | Fault:
    """Read a file; the titles that a program knows help to find out how it is written."""
    told = titles.fields(columns)
    found = sheet(content, partial(_known, told))
    return _untitled(found) if isinstance(found, Sheet) and _has_no_titles(found, told) else found


def _has_no_titles(found: Sheet, told: Mapping[str, str]) -> bool:
    """Whether the first row is one of answers: no title that is needed is known, and one is none."""
    if any(map(is_address, found.titles)):
        return True
    held = {told.get(fold(title)) or titles.field_of(title) for title in found.titles}
    if held & _NEEDED:
        return False
    columns = [(title, found.column(index)) for index, title in enumerate(found.titles)]
    # A title may look like a name, or speak of a role; hardly one of each does over such answers.
    both = all(any(could_be_one(*column, field) for column in columns) for field in ("name", "role"))
    return both or any(is_answer(*column) for column in columns)


def _untitled(found: Sheet) -> Fault:
    # What stands there is somebody's name or address: it is not told.
    message = "The titles of the columns are missing: what stands in this row are answers."
    hint = "Put a row above it that says what each column holds, such as: Name, E-mail, Role."
    return Fault(found.top, "", message, hint)


def _known(columns: Mapping[str, str], title: str) -> bool:
    return fold(title) in columns or bool(titles.field_of(title))


def people(found: Sheet, fields: Mapping[int, str], catalogue: Catalogue, meant: Meant = _NOTHING) -> People:
    """Read the rows of a sheet.

    Args:
        found: the sheet.
        fields: what a column holds, by its index.
        catalogue: the program's topics and goals.
        meant: what people said that an answer means: an id, a choice or nothing, by the field and the folded
            answer.
    """
    reading = Reader(found, fields, catalogue, meant).read()
    sign_ups, doubled = latest(reading.people)
    faults = sorted((*reading.faults, *doubled), key=lambda one: one.row)
    return People(tuple(sign_ups), tuple(faults), reading.near, reading.wordings)


def read(
    content: bytes, columns: Mapping[str, str], catalogue: Catalogue, taken: Collection[int] = ()
) -> tuple[tuple[SignUp, ...], tuple[Fault, ...]]:
    """Read a file at once, where nobody can be asked: sign-ups with new ids, and everything wrong."""
    found = sheet_of(content, columns)
    if isinstance(found, Fault):
        return (), (found,)
    chosen = plan(found, columns, taken)
    unclear = (*chosen.faults, *unasked(found, chosen))
    if any(fault.severity == "error" for fault in unclear):
        return (), unclear
    given = people(found, chosen.fields, catalogue)
    return settle(given.sign_ups).sign_ups, (*unclear, *given.faults)


def unasked(found: Sheet, chosen: Plan) -> tuple[Fault, ...]:
    """What a person would have to be asked about the columns of a sheet."""
    doubled = tuple(
        Fault(
            found.top,
            found.titles[group[0]],
            f"This title stands over the columns {' and '.join(map(letter, group))}.",
            f"Say which is meant, for example with --take {letter(group[-1])}.",
        )
        for group in chosen.twice
    )
    lines = "Say it in program.yml under `sign_up: columns:`."
    unknown = tuple(
        Fault(found.top, found.titles[index], "Nobody knows what this column holds.", lines)
        for index in chosen.open
    )
    lacking = tuple(
        Fault(0, "", f"No column holds the {one} yet, which is needed; one of these may.")
        for one in (chosen.lacking if unknown else ())
    )
    return *doubled, *unknown, *lacking, *_swapped(found, chosen, lines)


def _swapped(found: Sheet, chosen: Plan, lines: str) -> tuple[Fault, ...]:
    if not chosen.swapped:
        return ()
    names, units = chosen.swapped
    differ = f"below column {letter(units)} all are different, as names are"
    message = f"The same few answers stand here again and again, and {differ}."
    return (Fault(found.top, found.titles[names], message, f"Which of the two holds the name? {lines}"),)
