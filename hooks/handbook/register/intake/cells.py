"""What stands in a cell -> the value of one field, or why there is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from math import ceil, floor
from zoneinfo import available_timezones

from ...model.definitions.organisation import Organisation
from ...rules.checks import organisation_problems
from ...text.document import Document
from ...text.problems import quoted
from ...text.prose import Text
from ...text.sensitive import MAILBOX
from ..ledger.fold import fold, one_line
from ..ledger.signup import Consent, Location, SignUpRole
from .faults import Wrong
from .vocabulary import WORDS

MOST_PAIRINGS = 20
# Whoever looks for so many zones in vain has another mistake; each takes a look at all that there are.
_MOST_IN_VAIN = 20
_MOST_CITIES = 6
_MOST_SIGNS = 60
# A longer answer is one in own words: it may name somebody, or say what nobody else should know.
_MOST_QUOTED_SIGNS = 20
_MOST_QUOTED_WORDS = 3
_IANA = "Use an IANA name, such as Europe/London."

_ROLES: tuple[SignUpRole, ...] = ("mentor", "mentee")
_PLACES: tuple[Location, ...] = ("remote", "in-person")
_PARTS_OF_DAY = {"morning": (8, 12), "afternoon": (12, 17), "evening": (17, 20)}
# What a form's choices are read as, by the field.
CHOICES: Mapping[str, Mapping[str, object]] = {
    "role": {"mentor": ("mentor",), "mentee": ("mentee",), "both": _ROLES},
    "consent": {"nobody": "nobody", "participants": "participants", "public": "public"},
}
_APART = re.compile(r"[()\[\]{}:;,.!?/|\u2013\u2014]|\s-\s")
_TIME = re.compile(r"(\d{1,2})(?:\s?([:.,hu])\s?(\d{1,2})(?!\d))?\s*(am|pm|a\.m\.?|p\.m\.?)?", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def name(text: str) -> str | Wrong:
    """A name, in one line."""
    return one_line(text) or Wrong("Here a name is missing.", "Fill it in; without one nobody can be told.")


def email(text: str) -> str | Wrong:
    """An address; a form that asks for none may say that a person is anonymous."""
    said = text.strip().removeprefix("mailto:")
    if fold(said) in {"", "anonymous", "anonym", "anonyme", "anonimo", "anoniem"}:
        return ""
    wrong = Wrong("This is no e-mail address.", "Write one alone, such as jo.ray@steps.example.")
    return said if MAILBOX.fullmatch(said) and "\n" not in said else wrong


def role(text: str) -> tuple[SignUpRole, ...] | Wrong:
    """Mentor, mentee or both; what stands behind a colon, a dash or in brackets explains.

    Whoever wants a mentor is none: beside the role stands no word that could turn it round.
    """
    hint = "Write mentor, mentee or both."
    if not text.strip():
        return Wrong("Here the role is missing.", hint)
    words = {*fold(re.split(r":\s|\s[-\u2013\u2014]\s|\(", text, maxsplit=1)[0]).split()}
    found = _roles_named(words)
    if not found or not _names_a_role(words) or WORDS["no"] & {*fold(text).split()}:
        return Wrong(f"{_said(text)} is no role.", hint)
    return tuple(one for one in _ROLES if one in found or "both" in found)


def proposed_role(text: str) -> str:
    """The one role that an answer names, where it stands apart at its beginning or end; else nothing."""
    words = {*fold(text).split()}
    found = _roles_named(words)
    if len(found) != 1 or WORDS["no"] & words:
        return ""
    parts = [{*fold(part).split()} for part in _APART.split(text) if part.strip()]
    apart = any(found == _roles_named(one) and _names_a_role(one) for one in (parts[0], parts[-1]))
    return found[0] if apart else ""


def names_one_role(text: str) -> bool:
    """Whether one role is named in a text, and no other."""
    return len(_roles_named({*fold(text).split()})) == 1


def _roles_named(words: set[str]) -> list[str]:
    return [one for one in CHOICES["role"] if WORDS[one] & words]


def _names_a_role(words: set[str]) -> bool:
    """Whether some words say no more than what somebody is, or wants to be."""
    rest = words.difference(*(WORDS[one] for one in CHOICES["role"])) - WORDS["role-filling"]
    wish = rest <= WORDS["role-wish"] and bool(words & WORDS["to-be"])
    return not rest or (wish and len(_roles_named(words)) == 1)


def grade(text: str) -> int | Wrong | None:
    """The one number that a grade holds: Band 6, L5."""
    if not text.strip():
        return None
    found = _whole(text, 999)
    hint = "Write a number, or a word with one number, such as Band 6. A larger number is more senior."
    return Wrong(f"{_said(text)} holds no single number.", hint) if found is None else found


def capacity(text: str) -> int | Wrong | None:
    """How many pairings."""
    if not text.strip():
        return None
    found = _whole(text, MOST_PAIRINGS)
    hint = f"Write a number from 1 to {MOST_PAIRINGS}."
    return found or Wrong(f"{_said(text)} is no number of pairings.", hint)


def _whole(text: str, most: int) -> int | None:
    """The only number of a text, where it is a whole one; a spreadsheet may have put `,0` behind it."""
    numbers = _NUMBER.findall(text)
    if len(numbers) != 1 or re.match(r"\s*-", text):
        return None
    whole, _, rest = numbers[0].replace(",", ".").partition(".")
    return int(whole) if not rest.strip("0") and len(whole) < 6 and int(whole) <= most else None


class Zones:
    """Time zones by IANA's names, cities and Windows' names, each looked for once in a sheet."""

    def __init__(self) -> None:
        self._known = available_timezones()
        self._found: dict[str, str | Wrong] = {}
        self._in_vain = 0

    def read(self, text: str) -> str | Wrong:
        """An IANA name; what stands in brackets explains, or is what Windows shows before its cities."""
        said = one_line(text)
        if not said or said in self._known:
            return said
        if said not in self._found:
            self._found[said] = self._look_for(said)
        return self._found[said]

    def _look_for(self, said: str) -> str | Wrong:
        cities = one_line(re.sub(r"\([^()]*\)", " ", said)).split(",")
        hint = ""
        for name in (city.strip() or said for city in cities[:_MOST_CITIES]):
            zone, first = self._zone(name)
            hint = hint or first
            if zone:
                return zone
        return Wrong(f"{_said(said)} is not a time zone.", hint or _IANA)

    def _zone(self, said: str) -> tuple[str, str]:
        """The zone that is surely meant, else nothing; and a remedy, as organisation.yml gets it."""
        if said in self._known:
            return said, ""
        if self._in_vain >= _MOST_IN_VAIN or len(said) > _MOST_SIGNS:
            return "", ""
        organisation = Organisation(Text("-"), timezone=said)
        (found,) = organisation_problems(Document("", {}), organisation)
        self._in_vain += not found.meant
        return found.meant, found.hint


def hours(text: str) -> tuple[int, int] | Wrong | None:
    """The whole hours of one span: 9-17, 09:30–17:00, 9am to 5pm, mornings."""
    words = set(fold(text).split())
    if not words or words & WORDS["any-time"]:
        return None
    times = [found for found in _TIME.finditer(text[:80])]
    if not times and (parts := [span for part, span in _PARTS_OF_DAY.items() if WORDS[part] & words]):
        return min(parts)[0], max(parts)[1]
    if len(times) == 2 and (span := _span(_hour(times[0]), _hour(times[1]), bool(times[1][4]))):
        return span
    return Wrong(f"{_said(text)} is no span of hours.", "Write one span, such as 9-17 or 09:00-17:00.")


def _span(start: float, end: float, half: bool) -> tuple[int, int] | None:
    """The whole hours between two times; nine to five ends in the afternoon, unless `half` is said."""
    if not half and 0 < end < start <= 12:
        end += 12
    first, last = ceil(start), floor(end)
    return (first, last) if 0 <= first < last <= 24 else None


def _hour(found: re.Match[str]) -> float:
    minutes = float(found[3] or 0)
    if found[3] and len(found[3]) == 1:  # a spreadsheet's number: 8,5
        minutes *= 6
    hour = int(found[1]) + minutes / 60 if minutes < 60 else -1
    half = (found[4] or "")[:1].lower()
    if half and not 0 < int(found[1]) <= 12:
        return -1
    return hour - (12 if half == "a" and hour >= 12 else 0) + (12 if half == "p" and hour < 12 else 0)


def location(text: str) -> Location | Wrong:
    """How a person wants to meet; empty where both is fine."""
    words = set(fold(text).split())
    found = [place for place in _PLACES if WORDS[place] & words]
    if not words or words & WORDS["either-place"] or len(found) == 2:
        return ""
    if found and not words & WORDS["no"]:
        return found[0]
    message = f"{_said(text)} is neither remote nor in person: read as both."
    return Wrong(message, "Write remote, in person or both.", "warning")


def consent(text: str) -> Consent | Wrong:
    """Who may read a name; in doubt nobody."""
    words = set(fold(text).split())
    rest = words - WORDS["consent-filling"]
    if not words or (rest and rest <= WORDS["no"]):
        return "nobody"
    if rest and rest <= WORDS["participants"] | WORDS["public"]:
        if rest & WORDS["participants"]:
            return "participants"
        if not words & WORDS["consent-narrowing"]:  # “everyone in the program” is not everyone
            return "public"
    message = f"{_said(text)} says not surely who may read the name: read as nobody."
    return Wrong(message, "Write public, participants or nobody.", "warning")


def style(text: str) -> str:
    """A style, in one line; Microsoft Forms puts a semicolon behind each answer."""
    return one_line(text).strip("; ")


def _said(text: str) -> str:
    """Quote a short answer that has no name in it by its look: a capital within is one."""
    said = one_line(text)
    words = said.split()
    short = len(said) <= _MOST_QUOTED_SIGNS and len(words) <= _MOST_QUOTED_WORDS
    return quoted(said) if short and not any(word[0].isupper() for word in words[1:]) else "This answer"


PARSERS: Mapping[str, Callable[[str], object]] = {
    "name": name,
    "email": email,
    "role": role,
    "unit": one_line,
    "grade": grade,
    "manager": one_line,
    "working-style": style,
    "communication-style": style,
    "hours": hours,
    "location": location,
    "capacity": capacity,
    "consent": consent,
}
