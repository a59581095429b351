"""How people write their time zone -> an IANA name, or which may be meant."""

from __future__ import annotations

import re
from dataclasses import replace
from zoneinfo import available_timezones

from ...model.definitions.organisation import Organisation
from ...rules import WORDS
from ...rules.checks import organisation_problems
from ...text.document import Document
from ...text.problems import did_you_mean
from ...text.prose import Text
from ..ledger.spelling import normal_form, one_line
from .faults import SheetFault, fault, shown

# Whoever looks for so many zones in vain has another mistake; each takes a look at all that there are.
_MOST_IN_VAIN = 20
_MOST_CITIES = 6
_MOST_SIGNS = 60


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
        wrong = fault("timezone", answer=shown(answer))
        before = one_line(re.sub(r"\([^()]*\)", " ", answer))
        # `EST` says too little, and is a zone without summer time too.
        if near := WORDS["zones"].get(normal_form(before)):
            return replace(wrong, hint=did_you_mean(near, [near]).strip())
        if answer in self._iana:
            return answer
        remedies = []
        for place in before.split(",")[:_MOST_CITIES]:
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
        # Whoever wrote `Other` meant no place in Antarctica: a slip leaves the first letter as it is.
        near = re.search("/([A-Z])[^/`]*`", problem.hint)
        slip = near is None or near[1] == place[:1].upper()
        return problem.meant, problem.hint if problem.meant or slip else ""
