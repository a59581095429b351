"""What stands in a cell -> the value of one field, or why there is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from math import ceil, floor
from zoneinfo import available_timezones

from ...model.definitions.organisation import Organisation
from ...rules.checks import organisation_problems
from ...text.document import Document
from ...text.problems import quoted
from ...text.prose import Text
from ...text.signs import MAILBOX
from ..ledger.signup import Consent, Location, SignUpRole
from ..ledger.spelling import normal_form, one_line, words_of
from .faults import SheetFault, fault
from .vocabulary import words

# Whoever looks for so many zones in vain has another mistake; each takes a look at all that there are.
_MOST_IN_VAIN = 20
_MOST_CITIES = 6
_MOST_SIGNS = 60
# A longer answer is one in own words: it may name somebody, or say what nobody else should know.
_MOST_QUOTED_SIGNS = 20
_MOST_QUOTED_WORDS = 3

BOTH: tuple[SignUpRole, ...] = ("mentor", "mentee")
_PLACES: tuple[Location, ...] = ("remote", "in-person")
_PARTS_OF_DAY = {"morning": (8, 12), "afternoon": (12, 17), "evening": (17, 20)}
# What a form's choices are read as, by the field.
CHOICES: Mapping[str, Mapping[str, object]] = {
    "role": {"mentor": ("mentor",), "mentee": ("mentee",), "both": BOTH},
    "consent": {"nobody": "nobody", "participants": "participants", "public": "public"},
}
_APART = re.compile(r"[()\[\]{}:;,.!?/|\u2013\u2014]|\s-\s")
_TIME = re.compile(r"(\d{1,2})(?:\s?([:.,hu])\s?(\d{1,2})(?!\d))?\s*(am|pm|a\.m\.?|p\.m\.?)?", re.IGNORECASE)
_NUMBER = re.compile(r"(\d+)(?:[.,](\d+))?")


def name(text: str) -> str | SheetFault:
    """A name, in one line."""
    return one_line(text) or fault("no-name")


def email(text: str) -> str | SheetFault:
    """An address; a form that asks for none may say that a person is anonymous."""
    address = text.strip().removeprefix("mailto:")
    if not address or normal_form(address) in words("anonymous"):
        return ""
    return address if is_address(address) else fault("no-address")


def is_address(text: str) -> bool:
    """Whether a text is one e-mail address and nothing else."""
    return bool(MAILBOX.fullmatch(text.strip())) and "\n" not in text.strip()


def role(text: str) -> tuple[SignUpRole, ...] | SheetFault:
    """Mentor, mentee or both; what stands behind a colon, a dash or in brackets explains.

    Whoever wants a mentor is none: beside the role stands no word that could turn it round.
    """
    if not text.strip():
        return fault("no-role")
    answer = words_of(re.split(r":\s|\s[-\u2013\u2014]\s|\(", text, maxsplit=1)[0])
    named = _roles_named(answer)
    if not named or not _names_a_role(answer) or words("no") & words_of(text):
        return fault("unclear-role", answer=_shown(text))
    return tuple(role for role in BOTH if role in named or "both" in named)


def proposed_role(text: str) -> str:
    """The one role that an answer names, where it stands apart at its beginning or end; else nothing."""
    named = _roles_named(words_of(text))
    if len(named) != 1 or words("no") & words_of(text):
        return ""
    parts = [words_of(part) for part in _APART.split(text) if part.strip()]
    apart = any(named == _roles_named(part) and _names_a_role(part) for part in (parts[0], parts[-1]))
    return named[0] if apart else ""


def names_one_role(text: str) -> bool:
    """Whether one role is named in a text, and no other."""
    return len(_roles_named(words_of(text))) == 1


def _roles_named(answer: set[str]) -> list[str]:
    return [role for role in CHOICES["role"] if words(role) & answer]


def _names_a_role(answer: set[str]) -> bool:
    """Whether some words say no more than what somebody is, or wants to be."""
    rest = answer.difference(words("role-filling"), *map(words, CHOICES["role"]))
    wish = rest <= words("role-wish") and bool(answer & words("to-be"))
    return not rest or (wish and len(_roles_named(answer)) == 1)


def number(field: str, least: int, most: int, text: str) -> int | SheetFault | None:
    """The only number of a text, a whole one: Band 6, L5; a spreadsheet may have put `,0` behind it."""
    if not text.strip():
        return None
    numbers = [] if re.match(r"\s*-", text) else _NUMBER.findall(text)
    whole, rest = numbers[0] if len(numbers) == 1 else ("", "")
    if whole and not rest.strip("0") and len(whole) < 6 and least <= int(whole) <= most:
        return int(whole)
    return fault(field, answer=_shown(text), most=most)


class Zones:
    """Time zones by IANA's names, cities and Windows' names, each looked for once in a sheet."""

    def __init__(self) -> None:
        self._iana = available_timezones()
        self._zones: dict[str, str | SheetFault] = {}
        self._in_vain = 0

    def read(self, text: str) -> str | SheetFault:
        """An IANA name; what stands in brackets explains, or is what Windows shows before its cities."""
        answer = one_line(text)
        if answer and answer not in self._zones:
            self._zones[answer] = self._look_for(answer)
        return self._zones.get(answer, "")

    def _look_for(self, answer: str) -> str | SheetFault:
        if answer in self._iana:
            return answer
        wrong = fault("timezone", answer=_shown(answer))
        remedies = []
        for place in one_line(re.sub(r"\([^()]*\)", " ", answer)).split(",")[:_MOST_CITIES]:
            zone, remedy = self._zone(place.strip() or answer)
            if zone:
                return zone
            remedies.append(remedy)
        return replace(wrong, hint=next(filter(None, remedies), wrong.hint))

    def _zone(self, place: str) -> tuple[str, str]:
        """The zone that is surely meant, else nothing; and a remedy, as organisation.yml gets it."""
        if place in self._iana:
            return place, ""
        if self._in_vain >= _MOST_IN_VAIN or len(place) > _MOST_SIGNS:
            return "", ""
        (problem,) = organisation_problems(Document("", {}), Organisation(Text("-"), timezone=place))
        self._in_vain += not problem.meant
        return problem.meant, problem.hint


def hours(text: str) -> tuple[int, int] | SheetFault | None:
    """The whole hours of one span: 9-17, 09:30–17:00, 9am to 5pm, mornings."""
    answer = words_of(text)
    if not answer:
        return None
    if answer & words("any-time"):
        return 0, 24
    times = [*_TIME.finditer(text[:80])]
    if not times and (parts := [span for part, span in _PARTS_OF_DAY.items() if words(part) & answer]):
        return min(parts)[0], max(parts)[1]
    if len(times) == 2 and (span := _span(_hour(times[0]), _hour(times[1]), bool(times[1][4]))):
        return span
    return fault("hours", answer=_shown(text))


def _span(start: float, end: float, half: bool) -> tuple[int, int] | None:
    """The whole hours between two times; nine to five ends in the afternoon, unless `half` is said."""
    if not half and 0 < end < start <= 12:
        end += 12
    first, last = ceil(start), floor(end)
    return (first, last) if 0 <= first < last <= 24 else None


def _hour(time: re.Match[str]) -> float:
    hour, minutes, half = int(time[1]), float(time[3] or 0), (time[4] or "")[:1].lower()
    if len(time[3] or "") == 1:  # a spreadsheet's number: 8,5
        minutes *= 6
    if minutes >= 60 or (half and not 0 < hour <= 12):
        return -1
    return (hour % 12 + 12 * (half == "p") if half else hour) + minutes / 60


def location(text: str) -> Location | SheetFault:
    """How a person wants to meet."""
    answer = words_of(text)
    places = [place for place in _PLACES if words(place) & answer]
    if not answer:
        return ""
    if answer & words("either-place") or len(places) == 2:
        return "either"
    sure = places and not answer & words("no")
    return places[0] if sure else fault("location", answer=_shown(text))


def consent(text: str) -> Consent | SheetFault:
    """Who may read a name; in doubt nobody."""
    answer = words_of(text)
    rest = answer - words("consent-filling")
    if not answer or (rest and rest <= words("no")):
        return "nobody"
    if rest and rest <= words("participants") | words("public"):
        if rest & words("participants"):
            return "participants"
        if not answer & words("consent-narrowing"):  # “everyone in the program” is not everyone
            return "public"
    return fault("consent", answer=_shown(text))


def _shown(text: str) -> str:
    """Quote a short answer that has no name in it by its look: a capital within is one."""
    answer = one_line(text)
    parts = answer.split()
    short = len(answer) <= _MOST_QUOTED_SIGNS and len(parts) <= _MOST_QUOTED_WORDS
    return quoted(answer) if short and not any(part[0].isupper() for part in parts[1:]) else "This answer"


PARSERS: Mapping[str, Callable[[str], object]] = {
    "name": name,
    "email": email,
    "role": role,
    "unit": one_line,
    "grade": one_line,
    "manager": one_line,
    # Microsoft Forms puts a semicolon behind each answer.
    "working-style": lambda text: one_line(text).strip("; "),
    "communication-style": lambda text: one_line(text).strip("; "),
    "hours": hours,
    "location": location,
    "capacity": partial(number, "capacity", 1, 20),
    "consent": consent,
}
