"""A page -> the same page with a Content-Security-Policy: what a browser may load and run for it.

The site is made of plain files, and not every host lets people set headers. So each page says it itself.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Collection, Iterable
from hashlib import sha256
from html.parser import HTMLParser

_CSP = "Content-Security-Policy"


def secured(html: str, embeds: Iterable[str] = (), distrusted: Collection[str] = ()) -> str:
    """Add the CSP at the beginning of a finished page's head; a page that has one keeps it as it is.

    It may show frames, pictures and films of the origins `embeds`; `distrusted` inline scripts shall not run.
    """
    page = _Page(html)
    if page.has_csp:
        return html
    refused = {_bare(script) for script in distrusted}
    trusted = [script for script in page.scripts if _bare(script) not in refused]
    meta = f'\n<meta http-equiv="{_CSP}" content="{_directives(trusted, tuple(embeds))}">'
    return f"{html[: page.place]}{meta}{html[page.place :]}"


def inline_scripts(html: str) -> list[str]:
    """The text of each script that stands in a page or a part of one; data is no script."""
    return _Page(html).scripts


def _directives(scripts: Iterable[str], embeds: tuple[str, ...]) -> str:
    sources = {
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
    return "; ".join(f"{name} {' '.join(allowed)}" for name, allowed in sources.items())


def _hash(script: str) -> str:
    """Name a script as a browser does, which sees every end of a line as one sign."""
    content = re.sub(r"\r\n?", "\n", script).encode("utf-8", "replace")
    return f"'sha256-{b64encode(sha256(content).digest()).decode()}'"


def _bare(script: str) -> str:
    """A script as one compares it: blank space may have been left out since."""
    return "".join(script.split())


class _Page(HTMLParser):
    """What a CSP needs to know of a page.

    Attributes:
        scripts: the text of each inline script.
        place: where the CSP belongs: behind the page's encoding, and before any script.
        has_csp: whether one stands there already.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.place = 0
        self.has_csp = False
        self._lines = html.split("\n")
        self._encoded = False
        self._in_head = True
        self._in_script = False
        self.feed(html)
        self.close()

    def parse_html_declaration(self, i: int) -> int:
        """Read `<![` as browsers do, up to the next bracket; Python would stop at a word it does not know."""
        odd = self.rawdata.startswith("<![", i)
        return self.parse_bogus_comment(i) if odd else super().parse_html_declaration(i)

    def handle_decl(self, decl: str) -> None:
        if not self.place:
            self.place = self._begin() + len(f"<!{decl}>")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: (value or "").lower() for name, value in attrs}
        if self._in_head:
            self._look_at_head(tag, values)
        is_data = values.get("type", "").endswith("json")
        self._in_script = tag == "script" and "src" not in values and not is_data
        if self._in_script:
            self.scripts.append("")

    def _look_at_head(self, tag: str, values: dict[str, str]) -> None:
        header = values.get("http-equiv") if tag == "meta" else None
        self._in_head = tag not in ("script", "body")  # a CSP behind a script would come too late
        self.has_csp |= header == _CSP.lower()
        encoding = tag == "meta" and ("charset" in values or header == "content-type")
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
        return sum(len(text) + 1 for text in self._lines[: line - 1]) + column
