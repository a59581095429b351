"""Rules of organisation.yml, and of the names of folders and files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from zoneinfo import available_timezones

from ..document import Document
from ..organisation import Organisation
from ..problems import Problem, did_you_mean

# Each program has pages or folders of these names; its cohorts' folders stand beside them.
PAGE_NAMES = frozenset({
    "agreement", "check-ins", "conduct", "feedback", "goals", "index", "kit", "privacy", "questions",
    "recognition", "roles", "safety", "sessions", "sheets", "survey", "taking-part", "training",
})  # fmt: skip
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def organisation_problems(document: Document, organisation: Organisation) -> Iterator[Problem]:
    """Every time zone is one of IANA's names, and no holiday ends before it begins."""
    yield from _wrong_zone(document, organisation)
    for index, (first, last) in enumerate(organisation.holidays):
        if last < first:
            message = f"{last} is before {first}."
            yield document.problem(
                "dates-out-of-order", ("holidays", index, "to"), message, "Order: from, to."
            )


def _wrong_zone(document: Document, organisation: Organisation) -> Iterator[Problem]:
    said = organisation.timezone
    if said not in _zones():
        zones = sorted(_zones())
        city = [zone for zone in zones if zone.lower().endswith(f"/{said.lower().replace(' ', '_')}")]
        near = f"Did you mean `{city[0]}`? " if city else did_you_mean(said, zones)
        hint = f"{near}Use an IANA name, such as Europe/London or Asia/Kolkata."
        yield document.problem("unknown-time-zone", ("timezone",), f"“{said}” is not a time zone.", hint)


@cache
def _zones() -> set[str]:
    return available_timezones()  # looks at 600 files


def names_fit_addresses(folder: str, file: str) -> Iterator[Problem]:
    """Every program's folder and cohort's file is named as an address can be, and no cohort as a page."""
    path = f"{folder}/{file}"
    name = file if folder == "programs" else file.removesuffix(".yml")
    if not _NAME.fullmatch(name):
        message = f"“{file}” cannot be part of an address." if file else "A name is missing."
        hint = "Use a-z, 0-9 and hyphens, such as digital-fluency or 2027-spring.yml."
        yield Problem(path, 1, 1, "wrong-file-name", message, hint)
    elif name != file and name in PAGE_NAMES:
        message = f"“{name}” is the name of a page of every program."
        yield Problem(path, 1, 1, "wrong-file-name", message, "Choose another name, such as 2027-spring.yml.")
