"""Source -> the address where a person changes that text."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from .playbook import Source

# GitHub refuses longer addresses.
MOST_BYTES = 8192


@dataclass(frozen=True)
class Host:
    """Where the repository lives.

    Attributes:
        url: of the repository, without a slash at the end; empty where it is unknown.
        branch: the branch that the site is built from.
    """

    url: str = ""
    branch: str = "main"

    def address(self, source: Source) -> str:
        """Give the page that edits a file, or that starts it with the text as the playbook has it.

        Empty where the host is unknown. Hosts other than GitHub take no text for a new file.
        """
        if not self.url:
            return ""
        kind = urlsplit(self.url).hostname or ""
        root = f"{self.url.rstrip('/')}{'/-' if 'gitlab' in kind else ''}"
        path = quote(source.path)
        if not source.prefill:
            return f"{root}/edit/{quote(self.branch)}/{path}"
        if "gitlab" in kind:
            return f"{root}/new/{quote(self.branch)}?{urlencode({'file_name': source.path})}"
        return self._prefilled(f"{root}/new/{quote(self.branch)}", source)

    def _prefilled(self, page: str, source: Source) -> str:
        """Prefill the whole text; of one too long for an address only the front matter.

        An override without a body keeps the playbook's body, so nothing is lost by that.
        """
        whole = f"{page}?{urlencode({'filename': source.path, 'value': source.prefill}, quote_via=quote)}"
        if len(whole) < MOST_BYTES:
            return whole
        front = source.prefill.split("\n---", 1)[0] + "\n---\n"
        return f"{page}?{urlencode({'filename': source.path, 'value': front}, quote_via=quote)}"
