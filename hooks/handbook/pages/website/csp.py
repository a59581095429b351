"""A page -> the same page with a Content-Security-Policy: what a browser may load and run for it.

The site is made of plain files, and not every host lets people set headers. So each page says it itself.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Collection, Iterable
from hashlib import sha256
from html.parser import HTMLParser

_NEWLINE = re.compile(r"\r\n?")
_CHARSET = "content-type"
_POLICY = "content-security-policy"


def secured(html: str, embeds: Iterable[str] = (), distrusted: Collection[str] = ()) -> str:
    """Add the policy at the beginning of a page's head; a page that has one keeps it as it is.

    Args:
        html: the whole page, to which nothing is done afterwards.
        embeds: the origins whose frames, pictures and films it may show.
        distrusted: inline scripts that shall not run, should they stand in it.
    """
    page = _read(html)
    if page.has_policy:
        return html
    refused = {_bare(script) for script in distrusted}
    trusted = [script for script in page.scripts if _bare(script) not in refused]
    meta = f'\n<meta http-equiv="Content-Security-Policy" content="{_policy(trusted, tuple(embeds))}">'
    return f"{html[: page.place]}{meta}{html[page.place :]}"


def inline_scripts(html: str) -> list[str]:
    """The text of each script that stands in a page or a part of one; data is no script."""
    return _read(html).scripts


def _policy(scripts: Iterable[str], embeds: tuple[str, ...]) -> str:
    allowed = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *sorted({_hash(script) for script in scripts})],
        # Drawings and agendas say their lengths in style attributes: many on a page, each with its own.
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", *embeds],  # the theme's signs are data
        "font-src": ["'self'"],
        "connect-src": ["'self'"],  # the search index
        "worker-src": ["'self'"],  # the search
        "media-src": ["'self'", *embeds],
        "frame-src": [*embeds] or ["'none'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in allowed.items())


def _hash(script: str) -> str:
    """Name a script as a browser does, which sees every end of a line as one sign."""
    content = _NEWLINE.sub("\n", script).encode("utf-8", "replace")
    return f"'sha256-{b64encode(sha256(content).digest()).decode()}'"


def _bare(script: str) -> str:
    """A script as one compares it: blank space may have been left out since."""
    return "".join(script.split())


def _read(html: str) -> _Page:
    page = _Page(html)
    page.feed(html)
    page.close()
    return page


class _Page(HTMLParser):
    """What a policy needs to know of a page.

    Attributes:
        scripts: the text of each inline script.
        place: where the policy belongs: behind the page's encoding, and before any script.
        has_policy: whether one stands there already.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.place = 0
        self.has_policy = False
        self._lines = html.split("\n")
        self._encoded = False
        self._in_head = True
        self._in_script = False

    def parse_html_declaration(self, i: int) -> int:
        """Read `<![` as browsers do, up to the next bracket; Python would stop at a word it does not know."""
        odd = self.rawdata.startswith("<![", i)
        return self.parse_bogus_comment(i) if odd else super().parse_html_declaration(i)

    def handle_decl(self, decl: str) -> None:
        if not self.place:
            self.place = self._begin() + len(f"<!{decl}>")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: (value or "").lower() for name, value in attrs}
        if self._in_head:
            self._look_at_head(tag, said)
        self._in_script = tag == "script" and "src" not in said and not said.get("type", "").endswith("json")
        if self._in_script:
            self.scripts.append("")

    def _look_at_head(self, tag: str, said: dict[str, str]) -> None:
        meant = said.get("http-equiv") if tag == "meta" else None
        self._in_head = tag not in ("script", "body")  # a policy behind a script would come too late
        self.has_policy |= meant == _POLICY
        encoding = tag == "meta" and ("charset" in said or meant == _CHARSET)
        if not self._encoded and (encoding or tag in ("html", "head")):
            self.place = self._begin() + len(self.get_starttag_text() or "")
        self._encoded |= encoding

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False
        self._in_head &= tag != "head"

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.scripts[-1] += data

    def _begin(self) -> int:
        """Where the tag that is read begins."""
        line, column = self.getpos()
        return sum(len(one) + 1 for one in self._lines[: line - 1]) + column
