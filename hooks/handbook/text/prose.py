"""People's text -> inert Markdown or clean HTML.

Three kinds of text, told apart by type, so that what a text may do follows from where it came from:
`Text` (a plain field of YAML: shown letter by letter), `Rich` (a field where Markdown is welcome: cleaned)
and `Wording` (the playbook's: a template, since whoever may write it may write code as well).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Self
from urllib.parse import quote, urlsplit

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

from .signs import UNSHOWN


class Text(str):
    """A plain field of a data file. Wherever markup is made of it, it becomes inert."""

    __slots__ = ()

    def __html__(self) -> str:
        """Answer markupsafe, and so every Jinja filter that joins or formats."""
        return inert(self)


class Rich(Text):
    """A field that may hold Markdown. As markup in a line it is inert; `rich` renders it as a block."""

    __slots__ = ()


class Wording(Text):
    """A text of the playbook: a template over the program's own words and numbers.

    Attributes:
        source: the file that it came from, for what must be said of it.
        first_line: the line of that file at which it begins.
    """

    source: str
    first_line: int

    def __new__(cls, text: str = "", source: str = "", first_line: int = 1) -> Self:
        """Make one; a plain text has no source."""
        wording = super().__new__(cls, text)
        wording.source, wording.first_line = source, first_line
        return wording


# Characters that mean nothing in Markdown or HTML where they stand are kept, so that an export stays
# readable; every other one that is neither a letter, a digit nor a space is written as a numeric entity.
# Search index and table of contents decode them.
_ACTIVE = re.compile(
    r"(?<=[^\W\d_]{2})\.(?=\s|$)"  # a full stop behind a word
    r"|(?<=[^\W_])[-.:](?=[^\W_])"  # a hyphen, point or colon inside a word
    r"|(?<=[^\W_]):(?=\s)"  # a colon behind a word
    r"|(?P<active>_|[^\w\s,?%'/();])"
)
_NOT_WORDS = re.compile(r"[^\w\s.,:;/?()-]")
_LINK_SCHEMES = frozenset({"https", "mailto", "tel"})


def inert(text: str) -> Markup:
    """Make a text inert: in Markdown, in HTML and in attributes it shows as its own letters, in one line."""
    return Markup(_ACTIVE.sub(_entity, plain(text)))


def verbatim(text: str) -> Markup:
    """Make a text inert for a raw block that keeps its lines, such as `<pre>`: all but words is an entity."""
    return Markup(_NOT_WORDS.sub(lambda sign: f"&#{ord(sign[0])};", UNSHOWN.sub("", text)))


def _entity(match: re.Match[str]) -> str:
    active = match["active"]
    return match[0] if active is None or not active.isascii() else f"&#{ord(active)};"


# Without definitions for links: a few thousand of them, repeated, would make a page of gigabytes.
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "typographer": False}).disable("reference")
_TAGS = {
    "p", "br", "strong", "em", "ul", "ol", "li", "a", "code", "pre", "blockquote", "h3", "h4", "h5", "hr"
}  # fmt: skip
_ATTRIBUTES: dict[str, set[str]] = {"a": {"href"}, "*": set()}


@lru_cache(maxsize=4096)  # the same text stands on several pages
def rich(text: str) -> Markup:
    """Render Markdown of a data file as clean HTML in one raw block, of which no extension reads a letter.

    The highest heading becomes one of the third level, since page and section have the first two.
    Links keep https, mailto, tel.
    """
    tokens = _MARKDOWN.parse(UNSHOWN.sub("", text))
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    highest = min((int(token.tag[1]) for token in headings), default=1)
    for token in headings:
        token.tag = f"h{min(int(token.tag[1]) - highest + 3, 5)}"
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    clean = nh3.clean(
        html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=set(_LINK_SCHEMES), url_relative="deny",
        attribute_filter=lambda _, name, value: value if name != "href" or address(value) else None,
    )  # fmt: skip
    one_block = re.sub(r"\n\s*\n", "\n", UNSHOWN.sub("", clean).strip())  # entities are letters by now
    # Inside another block Markdown would read a tag that follows at once.
    return Markup('<div class="hb-prose"> {}</div>').format(Markup(_letters_only(one_block)))


# Between these tags, which are all that is left, stands text.
_TAG = re.compile(r"(</?[a-z][a-z0-9]*(?: [a-z]+=\"[^\"]*\")*>)")
_MARKING = re.compile(r"[!*+_`~|:\\\[\](){}]")


def _letters_only(html: str) -> str:
    """Leave nothing in the text that Markdown would read again, should the block stand inside another."""
    html = html.replace("\n", "&#10;" if "<pre" in html else " ")
    parts = _TAG.split(html)
    parts[::2] = [_MARKING.sub(lambda sign: f"&#{ord(sign[0])};", text) for text in parts[::2]]
    return "".join(parts).replace("{", "&#123;").replace("}", "&#125;")


def address(url: str) -> Markup:
    """Check a link target and write it so that Markdown and HTML read it alike.

    Returns an empty string for anything but https, mailto and tel, and where a name stands before the host,
    which may be a password or pretend to be the host: a template then shows no link.
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # such as half a bracket in the name of the host
        return Markup("")
    if (
        parts.scheme not in _LINK_SCHEMES
        or "@" in parts.netloc
        or (parts.scheme == "https" and not parts.hostname)
    ):
        return Markup("")
    return Markup(quote(url.strip(), safe=":/?#@!$&+,;=%~-._").replace("&", "&amp;"))


def anchor(title: str, separator: str) -> str:
    """Make the id of a heading, as MkDocs does; those that begin with an underscore are the theme's own."""
    letters = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    words = re.sub(r"[^\w\s-]", "", letters).strip().lower()
    return re.sub(rf"[{separator}\s]+", separator, words).strip("_") or "section"


def plain(text: str) -> str:
    """Give a text in one line for places that know no markup, such as a page's title."""
    return " ".join(UNSHOWN.sub("", text).split())


# --- an organisation's own words for roles

Said = Callable[[str], str]
# Templates, what a label fills in, link targets, code, tags and addresses are no prose.
_KEPT = r"{{.*?}}|{%.*?%}|{#.*?#}|{[^{}]*}|\]\([^()\s]*\)|`[^`]*`|<[^<>]*>|https?://\S+|\S+@\S+"


@cache  # whoever keeps what was said knows it by the same function
def renaming(words: tuple[tuple[str, str, str, str], ...]) -> Said:
    """What says a text with these words: for a role one, several, and one with its article; ids stay."""
    forms = {form: own for role, one, many, a in words
             for form, own in ((f"a-{role}", a), (f"{role}s", many), (role, one))}  # fmt: skip
    names = "|".join(sorted(forms, key=len, reverse=True)).replace("-", r"\s")
    name = rf"(?<![\w/@.-])(?P<name>{names})(?P<of>(?<=s)[’'](?!\w))?(?![\w@/-]|\.\w)"
    pattern, ids = re.compile(rf"{_KEPT}|{name}", re.IGNORECASE | re.DOTALL), {role for role, *_ in words}

    def said(found: re.Match[str]) -> str:
        word = forms["-".join(found["name"].lower().split())] if found["name"] else found[0]
        word = word[0].upper() + word[1:] if found[0][0].isupper() else word
        return word + ("" if not found["of"] else found["of"] if word.endswith("s") else f"{found['of']}s")

    return (lambda text: text if text in ids else pattern.sub(said, text)) if words else str
