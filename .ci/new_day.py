"""The organisation's day -> a build of the site, where none of that day is published: what daily.yml asks.

It runs before anything is set up, and so with Python's own library alone.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import Request, urlopen
from zoneinfo import ZoneInfo

# A run of site.yml, as GitHub tells of it.
Run = Mapping[str, Any]

ORGANISATION = Path("programs/organisation.yml")
_ZONE = re.compile(r"""(?:^|[{,])\s*["']?timezone["']?\s*:\s*["']?([\w+/-]+)""", re.MULTILINE)
# What comes where GitHub cannot be reached, or something on the way to it answers in its place. An answer in
# another form than GitHub's is an error: that would go on for ever, and in silence.
_NO_ANSWER = (OSError, HTTPException, json.JSONDecodeError, UnicodeDecodeError)
# GitHub asks to come later: too many requests.
_LATER = 429
# A second one, for what only failed to reach something; whoever broke a file need not hear of it all day.
_TRIES = 2


def zone(organisation: str) -> ZoneInfo:
    """The time zone that the text of an organisation.yml says; UTC where it says none that there is.

    Of a wrong one Site tells, which then cannot be built; a look need not fail for it all day.
    """
    said = _ZONE.search(organisation)
    try:
        return ZoneInfo(said[1] if said else "UTC")
    except (OSError, LookupError, ValueError):
        return ZoneInfo("UTC")


def of_today(runs: Sequence[Run], now: datetime) -> Sequence[Run]:
    """The runs that began on this day: one that began before midnight may have built the day before."""
    begun = ((datetime.fromisoformat(run["created_at"]).astimezone(now.tzinfo), run) for run in runs)
    return [run for when, run in begun if when.date() == now.date()]


def refusal(runs: Sequence[Run], now: datetime) -> str:
    """Why nothing is to be built; empty where a build is to start.

    Args:
        runs: the latest, of the branch that is published.
        now: in the organisation's time zone.
    """
    today = of_today(runs, now)
    if all(run["conclusion"] != "success" for run in runs):
        return "The site was not published yet. Once it is, it is built again every day."
    if any(run["conclusion"] == "success" for run in today):
        return f"The site of {now:%Y-%m-%d} is published."
    if any(run["status"] != "completed" for run in today):
        return f"The site of {now:%Y-%m-%d} is being built."
    return "The site could not be built today. See Actions, Site." if len(today) >= _TRIES else ""


def main() -> None:
    """Start Site where that is to be; a second try ends as an error, so that somebody hears of the first."""
    now, branch = datetime.now(zone(ORGANISATION.read_text("utf-8"))), os.environ["GITHUB_REF_NAME"]
    try:
        runs = _github(f"runs?per_page=30&branch={quote(branch, safe='')}")["workflow_runs"]
        refused = refusal(runs, now)
        print(refused or f"The site of {now:%Y-%m-%d} is to be built: see Actions, Site.")
        if not refused:
            _github("dispatches", {"ref": branch})
    except _NO_ANSWER as error:
        if getattr(error, "code", _LATER) < _LATER:
            raise
        print(f"GitHub gave no answer: {error}. The next look asks again.")
        return
    if of_today(runs, now) and not refused:
        sys.exit("Today's site could not be built, and is tried once more. See Actions, Site.")


def _github(path: str, said: Mapping[str, str] | None = None) -> Any:
    known = ("GITHUB_API_URL", "GITHUB_REPOSITORY", "GH_TOKEN")
    api, repository, token = (os.environ[name] for name in known)
    address = f"{api}/repos/{repository}/actions/workflows/site.yml/{path}"
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/vnd.github+json"}
    body = json.dumps(said).encode() if said else None
    with urlopen(Request(address, body, headers), timeout=30) as answer:
        return json.loads(answer.read() or b"null")


if __name__ == "__main__":
    main()
