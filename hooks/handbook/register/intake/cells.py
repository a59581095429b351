"""What stands in a cell -> the value of one field, or why there is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from math import ceil, floor

from ...rules import WORDS
from ...rules.checks.organisation import zone_meant
from ...rules.privacy.spellings import normal_form, one_line, words_of
from ...text.problems import did_you_mean
from ..ledger.ledger import BOTH, Consent, Location, SignUpRole
from .faults import SheetFault, fault, shown
from .vocabulary import words

_EARLY = 6
_ROLES = (*BOTH, "both")
_PLACES: tuple[Location, ...] = ("remote", "in-person")
_PARTS_OF_DAY = {"morning": (8, 12), "afternoon": (12, 17), "evening": (17, 20)}
_MOST_PAIRINGS = 20
_MOST_CITIES, _MOST_SIGNS = 6, 60  # of a time zone
_APART = re.compile(r"[()\[\]{}:;,.!?/|\u2013\u2014]|\s-\s")
_TIME = re.compile(r"(\d{1,2})(?:\s?([:.,hu])\s?(\d{1,2})(?!\d))?\s*(am|pm|a\.m\.?|p\.m\.?)?", re.IGNORECASE)
_NUMBER = re.compile(r"(\d+)(?:[.,](\d+))?")
# Whether a text is an address; to find those in a text is another question.
_ADDRESS = re.compile(r"[\w.+'&=!#$%*?^`{}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})*\.[^\W\d_]{2,63}")
_IN_BRACKETS = re.compile(r"<\s*(?:mailto:)?([^<>\s]+@[^<>\s]+)\s*>")
_BETWEEN_ADDRESSES = re.compile(r"\s+(?:and|or|und|oder|et|ou|en|of|y|o)\s+|[\s;,<>|/]+")
# What stands in no name, but in one that was read as another encoding than its own.
_BROKEN_NAME = re.compile(
    r"[£¥§¬¯¶¹³¼½¾¿√](?=[^\W\d_])|(?<=[^\W\d_])[£¥§¬¯¶¹³¼½¾¿√]|[a-z][\u2013\u2014][a-z]"
)


def is_nothing(text: str) -> bool:
    """Whether an answer only fills its cell: a dash, n/a, none."""
    return not any(map(str.isalnum, text)) or normal_form(text) in words("nothing")


def name(text: str) -> str | SheetFault:
    """A name, in one line; what stands there so that something does is none."""
    line = one_line(text)
    if is_placeholder(line):
        return fault("no-name")
    return fault("broken-name") if _BROKEN_NAME.search(line) else line


def is_placeholder(text: str) -> bool:
    """Whether what stands in place of a name is none: test, xxx, a number."""
    words_for_none = words("no-name") | words("anonymous")
    return is_nothing(text) or not any(map(str.isalpha, text)) or words_of(text) <= words_for_none


def email(text: str) -> str | SheetFault:
    """An address as people paste it, of several the first; a form may say that a person is anonymous."""
    addresses = _pasted(text)
    if not addresses or normal_form(text) in words("anonymous"):
        return ""
    return addresses[0] if all(map(is_address, addresses)) else fault("no-address")


def several_addresses(text: str) -> bool:
    """Whether more than one address stands in a cell."""
    return len(_pasted(text)) > 1 and not isinstance(email(text), SheetFault)


def _pasted(text: str) -> list[str]:
    """The parts of a cell that should be addresses; what stands before one in angle brackets is a name."""
    parts = _IN_BRACKETS.findall(text) or _BETWEEN_ADDRESSES.split(text)
    bare = (part.strip("()[].:'\"").removeprefix("mailto:") for part in parts)
    return [part.replace("\u2019", "'") for part in bare if part]


def is_address(text: str) -> bool:
    """Whether a text is one e-mail address and nothing else."""
    return bool(_ADDRESS.fullmatch(text.strip()))


def role(text: str) -> tuple[SignUpRole, ...] | SheetFault:
    """Mentor, mentee or both; what stands behind a colon, a dash or in brackets explains.

    Whoever wants a mentor is none: beside the role stands no word that could turn it round.
    """
    if not text.strip():
        return fault("no-role")
    answer = words_of(re.split(r":\s|\s[-\u2013\u2014]\s|\(", text, maxsplit=1)[0])
    named = _roles_named(answer)
    if not named or not _names_a_role(answer) or words("no") & words_of(text):
        return fault("unclear-role", answer=shown(text))
    return tuple(role for role in BOTH if role in named or "both" in named)


def proposed_role(text: str) -> str:
    """The one role that an answer names, where it stands apart at its beginning or end; else nothing."""
    named = _roles_named(words_of(text))
    if len(named) != 1 or words("no") & words_of(text):
        return ""
    parts = [words_of(part) for part in _APART.split(text) if part.strip()]
    apart = any(named == _roles_named(part) and _names_a_role(part) for part in (parts[0], parts[-1]))
    return named[0] if apart else ""


def role_named(text: str) -> str:
    """The role that an answer surely or likely means; nothing where it names none."""
    surely = role(text)
    return "both" if surely == BOTH else surely[0] if isinstance(surely, tuple) else proposed_role(text)


def names_one_role(text: str) -> bool:
    """Whether one role is named in a text, and no other."""
    return len(_roles_named(words_of(text))) == 1


def _roles_named(answer: set[str]) -> list[str]:
    return [role for role in _ROLES if words(role) & answer]


def _names_a_role(answer: set[str]) -> bool:
    """Whether some words say no more than what somebody is, or wants to be."""
    rest = answer.difference(words("role-filling"), *map(words, _ROLES))
    wish = rest <= words("role-wish") and bool(answer & words("to-be"))
    return not rest or (wish and len(_roles_named(answer)) == 1)


def capacity(text: str) -> int | SheetFault | None:
    """The only number of a text, in figures or as a word; what stands in brackets explains."""
    if not text.strip():
        return None
    answer = text.partition("(")[0].strip() or text
    numbers = [] if answer.startswith("-") else _NUMBER.findall(answer)
    if not numbers:
        spelt = dict(form.split() for form in words("numbers"))
        numbers = [(spelt[word], "") for word in normal_form(answer).split() if word in spelt]
    whole, rest = numbers[0] if len(numbers) == 1 else ("", "")
    if whole and not rest.strip("0") and len(whole) < 6 and 1 <= int(whole) <= _MOST_PAIRINGS:
        return int(whole)
    return fault("capacity", answer=shown(text), most=_MOST_PAIRINGS)


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
    return fault("hours", answer=shown(text))


def _span(start: float, end: float, half: bool) -> tuple[int, int] | None:
    """The whole hours between two times; nine to five ends in the afternoon, unless `half` is said."""
    if not half and 0 < end < start <= 12:
        end += 12
    if not half and 0 < start < end <= _EARLY:  # a number of hours, or one to five in the afternoon
        return None
    first, last = ceil(start), floor(end)
    return (first, last) if 0 <= first < last <= 24 else None


def _hour(time: re.Match[str]) -> float:
    hour, minutes, half = int(time[1]), float(time[3] or 0), (time[4] or "")[:1].lower()
    if len(time[3] or "") == 1:  # a spreadsheet's number: 8,5
        minutes *= 6
    if minutes >= 60 or (half and not 0 < hour <= 12):
        return -1
    return (hour % 12 + 12 * (half == "p") if half else hour) + minutes / 60


@lru_cache(1 << 12)  # each takes a look at all zones that there are
def timezone(text: str) -> str | SheetFault:
    """An IANA name; what stands in brackets explains, or is what Windows shows before its cities."""
    answer = one_line(text)
    before = one_line(re.sub(r"\([^()]*\)", " ", answer))
    cities = [city.strip() for city in (before or answer).split(",")[:_MOST_CITIES]]
    found = {city: zone_meant(city) for city in cities if len(city) <= _MOST_SIGNS}
    # `EST` says too little, and is a zone without summer time too.
    near = WORDS["zones"].get(normal_form(before), "")
    zone = next((meant for meant, _ in found.values() if meant), "")
    if not near and (zone or not answer):
        return zone
    # Whoever wrote `Other` meant no place in Antarctica: a slip leaves the first letter as it is.
    likely = (zone for city, (_, zone) in found.items() if zone.rpartition("/")[2][:1] == city[:1].upper())
    near = near or next(filter(None, likely), "")
    wrong = fault("timezone", answer=shown(answer))
    return replace(wrong, hint=did_you_mean(near, [near]).strip()) if near else wrong


def location(text: str) -> Location | SheetFault:
    """How a person wants to meet."""
    answer = words_of(text)
    places = [place for place in _PLACES if words(place) & answer]
    if not answer:
        return ""
    if answer & words("either-place") or len(places) == 2:
        return "either"
    sure = places and not answer & words("no")
    return places[0] if sure else fault("location", answer=shown(text))


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
    return fault("consent", answer=shown(text))


def role_in(title: str, answer: str) -> str:
    """The role that a title asks for and an answer says yes to; else nothing. Who wants a mentor is none."""
    asked = words_of(title)
    named = _roles_named(asked)
    form = normal_form(answer)
    yes = form in words("bare-answers") and form not in words("no")
    return named[0] if yes and len(named) == 1 and asked & words("to-be") else ""


# By the field, what reads an answer: a value, or a fault; those for lists are not among them.
PARSERS: Mapping[str, Callable[[str], object]] = {
    "name": name,
    "email": email,
    "role": role,
    **dict.fromkeys(("unit", "grade", "manager"), one_line),
    # Microsoft Forms puts a semicolon behind each answer.
    **dict.fromkeys(("working-style", "communication-style"), lambda text: one_line(text).strip("; ")),
    "timezone": timezone,
    "hours": hours,
    "location": location,
    "capacity": capacity,
    "consent": consent,
}
