"""Rules of organisation.yml, and of the names of folders and files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from babel.core import get_global

from ...contents.kinds import reserved_names
from ...model.definitions.organisation import Organisation
from ...model.definitions.playbook import slug
from ...text.document import Document
from ...text.problems import Problem, surely

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def organisation_problems(document: Document, organisation: Organisation) -> Iterator[Problem]:
    """Every time zone is one of IANA's names, and no holiday ends before it begins."""
    yield from _wrong_zone(document, organisation)
    for index, (first, last) in enumerate(organisation.holidays):
        if last < first:
            message = f"{last} is before {first}."
            path, hint = ("holidays", index, "to"), "Change one of the two: `from`, then `to`."
            yield document.problem("dates-out-of-order", path, message, hint)


def _wrong_zone(document: Document, organisation: Organisation) -> Iterator[Problem]:
    zone_name = organisation.timezone
    if zone_name in _zones():
        return
    cities: dict[str, list[str]] = {}
    for zone in sorted(_zones()):
        cities.setdefault(zone.rpartition("/")[2].lower(), []).append(zone)
    name = re.sub(r"[\s-]", "_", zone_name.lower())
    same = {zone.lower(): zone for zone in _zones()}.get(name) or _only(cities.get(name, ()))
    windows = get_global("windows_zone_mapping").get(zone_name, "")
    meant = same or get_global("zone_aliases").get(windows, windows)
    if meant:
        near = f"Did you mean `{meant}`? "
    elif abbreviated := _abbreviated(zone_name):
        near = f"{zone_name} may be {', '.join(abbreviated)}, which know when clocks change. "
    else:
        near = _near_city(zone_name, cities)
    hint = f"{near}Use an IANA name, such as Europe/London or Asia/Kolkata."
    message = f"“{zone_name}” is not a time zone."
    yield document.problem("unknown-time-zone", ("timezone",), message, hint, meant=meant)


def _near_city(name: str, cities: Mapping[str, Sequence[str]]) -> str:
    """Propose a misspelt city; one with letters like another's is no slip, such as Munich and Zurich."""
    city = surely(name.rpartition("/")[2].lower(), cities)
    return f"Did you mean `{cities[city][0]}`? " if city and len(cities[city]) == 1 else ""


def _only(zones: Sequence[str]) -> str:
    return zones[0] if len(zones) == 1 else ""


_MOST_ZONES = 4


def _abbreviated(name: str) -> list[str]:
    """Capitals of zones that call their time so in winter or in summer; an abbreviation means several."""
    days = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC))
    zones = [
        zone
        for zone in sorted(_zones())
        if "/" in zone and any(day.astimezone(ZoneInfo(zone)).tzname() == name for day in days)
    ]
    return [zone for zone in zones if zone in get_global("zone_territories")][:_MOST_ZONES]


@cache
def _zones() -> set[str]:
    return available_timezones()  # looks at 600 files


def names_fit_addresses(folder: str, file: str) -> Iterator[Problem]:
    """Every program's folder and cohort's file is named as an address can be, and no cohort as a page."""
    path = f"{folder}/{file}"
    name = file if folder == "programs" else file.removesuffix(".yml")
    if not _NAME.fullmatch(name):
        message = f"“{file}” cannot be part of an address." if file else "A name is missing."
        ending = ".yml" if name != file else ""
        hint = f"Rename it, for example to {slug(name)}{ending}: a-z, 0-9 and hyphens."
        yield Problem(path, 1, 1, "wrong-file-name", message, hint)
    elif name != file and name in reserved_names():
        message = f"“{name}” is the name of a page of every program."
        yield Problem(path, 1, 1, "wrong-file-name", message, "Choose another name, such as 2027-spring.yml.")
