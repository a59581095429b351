"""Rules of organisation.yml, and of the names of folders and files."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from zoneinfo import available_timezones

from babel.core import get_global

from ...contents.kinds import reserved_names
from ...model.definitions.organisation import Organisation
from ...model.definitions.playbook import slug
from ...model.definitions.program import ROLES
from ...text.document import Document
from ...text.problems import Problem, fault, quoted, surely
from ...text.signs import folded
from .files import doubles

_zones = cache(available_timezones)  # looks at 600 files
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def organisation_problems(
    document: Document, organisation: Organisation, languages: Collection[str] = ("en",)
) -> Iterator[Problem]:
    """Language and time zone are there, no grade or role's word is there twice, days are in order."""
    tag, there = organisation.language, ", ".join(languages)
    if tag not in languages:
        yield document.problem("wrong-choice.language", ("language",), value=quoted(tag), choices=there)
    elif "words" in document.mapping and not tag.startswith("en"):
        yield document.problem("wrong-choice.words", ("words",), value=quoted(tag), language=tag)
    if organisation.timezone not in _zones():
        meant, near = zone_meant(organisation.timezone)
        key = "unknown-time-zone.near" if near else "unknown-time-zone"
        yield document.problem(key, ("timezone",), meant, zone=organisation.timezone, near=near)
    for index, _ in doubles(" ".join(folded(grade).split()) for grade in organisation.grades):
        grade = organisation.grades[index]
        yield document.problem("double-id.rest", ("grades", index), id=grade, list="grades")
    for role, one, *_ in organisation.words:
        others = {*ROLES, *(word for other, word, *_ in organisation.words if other != role)} - {role}
        if folded(one).replace(" ", "-") in map(folded, others):
            yield document.problem("double-id.role-word", ("words", role, "one"), id=one)
    for index, (first, last) in enumerate(organisation.holidays):
        if last < first:
            path = ("holidays", index, "to")
            yield document.problem("dates-out-of-order.holiday", path, first=first, last=last)


def repository_is_private(
    document: Document, organisation: Organisation, *, public: bool
) -> Iterator[Problem]:
    """No repository is called private that its host shows to everyone."""
    if public and organisation.repository == "private":
        yield document.problem("public-repository", ("repository",))


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


def names_fit_addresses(folder: str, file: str) -> Iterator[Problem]:
    """Every program's folder and cohort's file is named as an address can be, and no cohort as a page."""
    name = file if folder == "programs" else file.removesuffix(".yml")
    if not _NAME.fullmatch(name):
        key = "wrong-file-name" if file else "wrong-file-name.none"
        example = slug(name) + file[len(name) :]
        yield fault(key, file=file, example=example).placed(f"{folder}/{file}")
    elif name != file and name in reserved_names():
        yield fault("wrong-file-name.page", name=name).placed(f"{folder}/{file}")
