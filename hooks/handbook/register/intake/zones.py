"""How people write their time zone -> an IANA name, or which may be meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from ...model.definitions.organisation import Organisation
from ...rules import WORDS
from ...rules.checks import organisation_problems
from ...text.document import Document
from ...text.problems import did_you_mean
from ...text.prose import Text
from ..ledger.spelling import normal_form, one_line
from .faults import SheetFault, fault, shown

_MOST_CITIES = 6
_MOST_SIGNS = 60


@lru_cache(1 << 12)  # each takes a look at all zones that there are
def timezone(text: str) -> str | SheetFault:
    """An IANA name; what stands in brackets explains, or is what Windows shows before its cities."""
    answer = one_line(text)
    wrong = fault("timezone", answer=shown(answer))
    before = one_line(re.sub(r"\([^()]*\)", " ", answer))
    # `EST` says too little, and is a zone without summer time too.
    if near := WORDS["zones"].get(normal_form(before)):
        return replace(wrong, hint=did_you_mean(near, [near]).strip())
    looked_up = [*_looked_up(before or answer)]
    zone = next((zone for zone, _ in looked_up if zone), "")
    hint = next((hint for _, hint in looked_up if hint), wrong.hint)
    return zone if zone or not answer else replace(wrong, hint=hint)


def _looked_up(cities: str) -> Iterator[tuple[str, str]]:
    """Of each place the zone that is surely meant, if any, and a remedy, as organisation.yml gets it."""
    for place in map(str.strip, cities.split(",")[:_MOST_CITIES]):
        if len(place) <= _MOST_SIGNS:
            organisation = Organisation(Text("-"), timezone=place)
            problem = next(organisation_problems(Document("", {}), organisation), None)
            hint = problem.hint if problem else ""
            # Whoever wrote `Other` meant no place in Antarctica: a slip leaves the first letter as it is.
            near = re.search("/([A-Z])[^/`]*`", hint)
            slip = near is None or near[1] == place[:1].upper()
            yield (problem.meant if problem else place), hint if slip else ""
