"""What pages are built for."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date

from .changes import Host
from .problems import HandbookError, Problem, shown
from .program import Audience


@dataclass(frozen=True)
class Build:
    """What pages are built for.

    Attributes:
        day: the day that everything dated is seen from.
        audience: the readers.
        host: where the repository lives.
        site: the address under which the pages will stand; empty where nobody said it.
    """

    day: date
    audience: Audience = "public"
    host: Host = Host()
    site: str = ""


def audience() -> Audience:
    """The readers that a build is for: HANDBOOK_AUDIENCE, the public where it is not set.

    Raises:
        HandbookError: it is neither `public` nor `participants`.
    """
    said = os.environ.get("HANDBOOK_AUDIENCE") or "public"
    if said == "public" or said == "participants":
        return said  # type: ignore[return-value]
    message = f"HANDBOOK_AUDIENCE is {shown(said)}."
    hint = "Set it to `public` or to `participants`, or leave it out."
    raise HandbookError([Problem("mkdocs.yml", 1, 1, "wrong-choice", message, hint)])
