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
    "MOST_BYTES",
    "Catalogue",
    "Plan",
    "Roster",
    "Sheet",
    "SheetFault",
    "SheetPeople",
    "Term",
    "UnclearChoice",
    "catalogue_of",
    "give_ids",
    "has_errors",
    "letter",
    "normal_form",
    "plan",
    "proposals",
    "proposed",
    "read_people",
    "sheet_of",
    "unasked",
]
