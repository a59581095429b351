"""Rules of organisation.yml, and of the names of folders and files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from zoneinfo import available_timezones

from babel.core import get_global

from ...contents.kinds import reserved_names
from ...model.definitions.organisation import Organisation
from ...model.definitions.playbook import slug
from ...model.definitions.program import ROLES
from ...text.document import Document
from ...text.problems import Problem, surely
from ...text.signs import folded
from .. import fault, problem
from .files import doubles

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def organisation_problems(document: Document, organisation: Organisation) -> Iterator[Problem]:
    """Every time zone is one of IANA's names, no grade or role's word is there twice, days are in order."""
    if organisation.timezone not in _zones():
        yield _wrong_zone(document, organisation.timezone)
    for index, _ in doubles(" ".join(folded(grade).split()) for grade in organisation.grades):
        grade = organisation.grades[index]
        yield problem(document, "double-id.rest", ("grades", index), id=grade, list="grades")
    for role, one, *_ in organisation.words:
        others = {*ROLES, *(word for other, word, *_ in organisation.words if other != role)} - {role}
        if folded(one).replace(" ", "-") in map(folded, others):
            yield problem(document, "double-id.role-word", ("words", role, "one"), id=one)
    for index, (first, last) in enumerate(organisation.holidays):
        if last < first:
            path = ("holidays", index, "to")
            yield problem(document, "dates-out-of-order.holiday", path, first=first, last=last)


def repository_is_private(
    document: Document, organisation: Organisation, *, public: bool
) -> Iterator[Problem]:
    """No repository is called private that its host shows to everyone."""
    if public and organisation.repository == "private":
        yield problem(document, "public-repository", ("repository",))


def _wrong_zone(document: Document, zone_name: str) -> Problem:
    meant, near = zone_meant(zone_name)
    key = "unknown-time-zone.near" if near else "unknown-time-zone"
    return problem(document, key, ("timezone",), meant, zone=zone_name, near=near)


def zone_meant(name: str) -> tuple[str, str]:
    """The time zone that is surely meant by a name or a city's, or by Windows' own, and which is near."""
    cities: dict[str, list[str]] = {}
    for zone in sorted(_zones()):
        cities.setdefault(zone.rpartition("/")[2].lower(), []).append(zone)
    written = re.sub(r"[\s-]", "_", name.lower())
    same = {zone.lower(): zone for zone in _zones()}.get(written) or _only(cities.get(written, ()))
    windows = get_global("windows_zone_mapping").get(name, "")
    meant = same or get_global("zone_aliases").get(windows, windows)
    # A misspelt city; one with letters like another's is no slip, such as Munich and Zurich.
    city = surely(name.rpartition("/")[2].lower(), cities)
    return meant, meant or _only(cities.get(city, ()))


def _only(zones: Sequence[str]) -> str:
    return zones[0] if len(zones) == 1 else ""


@cache
def _zones() -> set[str]:
    return available_timezones()  # looks at 600 files


def names_fit_addresses(folder: str, file: str) -> Iterator[Problem]:
    """Every program's folder and cohort's file is named as an address can be, and no cohort as a page."""
    name = file if folder == "programs" else file.removesuffix(".yml")
    if not _NAME.fullmatch(name):
        key = "wrong-file-name" if file else "wrong-file-name.none"
        example = slug(name) + file[len(name) :]
        yield fault(key, file=file, example=example).placed(f"{folder}/{file}")
    elif name != file and name in reserved_names():
        yield fault("wrong-file-name.page", name=name).placed(f"{folder}/{file}")
