"""The register of a cohort, written and read by the tests as the engine has it."""

from __future__ import annotations

from pathlib import Path

from handbook.register.ledger.ledger import Ledger, SignUp
from tests.repository import write

COHORT_ID = "digital-fluency/2027-spring"


def folder(root: Path, cohort: str = COHORT_ID) -> Path:
    """Where the register of a cohort lies."""
    return root / "signups" / cohort


def files(root: Path, cohort: str = COHORT_ID) -> list[Path]:
    """Its editions; there is one, unless a command was stopped."""
    return sorted(folder(root, cohort).glob("register-*.json"))


def keep(root: Path, ledger: Ledger, cohort: str = COHORT_ID) -> Path:
    """Put a ledger in place of the one that is there."""
    for file in files(root, cohort):
        file.unlink()
    path = f"signups/{cohort}/register-0001.json"
    write(root, {path: ledger.as_json()})
    return root / path


def keep_people(root: Path, *people: SignUp, cohort: str = COHORT_ID) -> Path:
    """Put sign-ups into a register, in place of those that are there; what else it has stays."""
    before = ledger(root, cohort)
    return keep(root, Ledger(**{**before.__dict__, "sign_ups": people}), cohort)


def ledger(root: Path, cohort: str = COHORT_ID) -> Ledger:
    """Read the last edition; an empty one where there is none."""
    editions = files(root, cohort)
    return Ledger.of_json(editions[-1].read_text("utf-8")) if editions else Ledger()
