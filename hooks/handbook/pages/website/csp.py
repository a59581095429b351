"""A page -> the same page with a Content-Security-Policy: what a browser may load and run for it.

The site is made of plain files, and not every host lets people set headers. So each page says it itself.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Collection, Iterable
from hashlib import sha256

from selectolax.lexbor import LexborHTMLParser

_CSP = "Content-Security-Policy"
# Comments, and tags with their names; of an attribute's value every sign is its own.
_TAG = re.compile(
    r"""<!--.*?-->|<(!doctype|/?[a-z]+)(?:"[^"]*"|'[^']*'|[^"'>])*>""", re.IGNORECASE | re.DOTALL
)


def secured(html: str, embeds: Iterable[str] = (), distrusted: Collection[str] = ()) -> str:
    """Add the CSP at the beginning of a finished page's head; a page that has one keeps it as it is.

    It may show frames, pictures and films of the origins `embeds`; `distrusted` inline scripts shall not run.
    """
    place = _place(html)
    if place is None:
        return html
    refused = {_bare(script) for script in distrusted}
    trusted = [script for script in inline_scripts(html) if _bare(script) not in refused]
    meta = f'\n<meta http-equiv="{_CSP}" content="{_directives(trusted, tuple(embeds))}">'
    return f"{html[:place]}{meta}{html[place:]}"


def inline_scripts(html: str) -> list[str]:
    """The text of each script that stands in a page or a part of one; data is no script."""
    scripts = LexborHTMLParser(html.encode("utf-8", "replace")).css("script:not([src])")
    kinds = ((script.attributes.get("type") or "").lower() for script in scripts)
    texts = (script.text(strip=False) or "" for script in scripts)
    return [text for text, kind in zip(texts, kinds, strict=True) if not kind.endswith("json")]


def _place(html: str) -> int | None:
    """Where the CSP belongs: behind the page's encoding, before any script; None where one stands already."""
    place, encoded = 0, False
    for tag in _TAG.finditer(html):
        name, text = (tag[1] or "").lower(), tag[0].lower()
        if name in ("script", "body", "/head"):  # a CSP behind a script would come too late
            break
        if name == "meta" and _CSP.lower() in text:
            return None
        encoding = name == "meta" and ("charset" in text or "content-type" in text)
        if not encoded and (encoding or name in ("!doctype", "html", "head")):
            place, encoded = tag.end(), encoding
    return place


def _directives(scripts: Iterable[str], embeds: tuple[str, ...]) -> str:
    sources = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *sorted({_hash(script) for script in scripts})],
        # Drawings and agendas say their lengths in style attributes: many on a page, each with its own.
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:", *embeds],  # the theme's signs are data
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
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
