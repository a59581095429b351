"""What a site is built for: the day, the readers, and where the repository and its changes live."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode, urlsplit

from ..model.definitions.playbook import Source
from ..model.definitions.program import Audience
from ..text.problems import HandbookError, fault, quoted

# GitHub refuses longer addresses.
MOST_ADDRESS_BYTES = 8192


@dataclass(frozen=True)
class Host:
    """Where the repository lives.

    Attributes:
        url: of the repository, without a slash at the end; empty where it is unknown.
        branch: the branch that the site is built from.
    """

    url: str = ""
    branch: str = "main"

    @staticmethod
    def of(url: str, edit: str) -> Host:
        """Read MkDocs' settings: `repo_url`, and `edit_uri`, which names the branch: edit/BRANCH/docs/."""
        branch = re.search(r"(?:^|/)edit/([^/]+)", edit)
        return Host(url.rstrip("/"), branch[1] if branch else "main")

    def address(self, source: Source) -> str:
        """Give the page that edits a file, or that starts it with the text as the playbook has it.

        Empty where the host is unknown. Hosts other than GitHub take no text for a new file.
        """
        if not self.url:
            return ""
        gitlab = "gitlab" in (urlsplit(self.url).hostname or "")
        root, branch = f"{self.url.rstrip('/')}{'/-' if gitlab else ''}", quote(self.branch)
        if not source.prefill:
            return f"{root}/edit/{branch}/{quote(source.path)}"
        if gitlab:
            return f"{root}/new/{branch}?{urlencode({'file_name': source.path})}"
        # Of a text too long for an address only the front matter: an override without a body keeps the
        # playbook's, so nothing is lost by that.
        front = source.prefill.split("\n---", 1)[0] + "\n---\n"
        whole, part = (
            f"{root}/new/{branch}?{urlencode({'filename': source.path, 'value': text}, quote_via=quote)}"
            for text in (source.prefill, front)
        )
        return whole if len(whole) < MOST_ADDRESS_BYTES else part


@dataclass(frozen=True)
class Build:
    """What pages are built for.

    Attributes:
        day: the day that everything dated is seen from.
        audience: the readers.
        host: where the repository lives.
        site: the address under which the pages will stand; empty where nobody said it.
        logo: the organisation's, by its path on the site; empty where it has none.
    """

    day: date
    audience: Audience = "public"
    host: Host = Host()
    site: str = ""
    logo: str = ""


def audience() -> Audience:
    """The readers that a build is for: HANDBOOK_AUDIENCE, the public where it is not set.

    Raises:
        HandbookError: it is neither `public` nor `participants`.
    """
    readers = os.environ.get("HANDBOOK_AUDIENCE") or "public"
    if readers in ("public", "participants"):
        return readers  # type: ignore[return-value]
    raise HandbookError([fault("wrong-choice.audience", value=quoted(readers)).placed("mkdocs.yml")])
