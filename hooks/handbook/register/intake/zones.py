"""How people write their time zone -> an IANA name, or which may be meant."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from ...rules import WORDS
from ...rules.checks.organisation import zone_meant
from ...rules.privacy.spellings import normal_form, one_line
from ...text.problems import did_you_mean
from .faults import SheetFault, fault, shown

_MOST_CITIES = 6
_MOST_SIGNS = 60


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
