"""What a reader must find on the site, as data: rows.yml and sections.yml; and how it is looked for.

Each row or section has answers: a page, a selector, and claims. One of the elements that the selector names
must hold the words of a claim where a reader sees them. Headings, the lines that open a fold, a page's foot,
comments, attributes and what is hidden do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import yaml
from bs4 import BeautifulSoup
from bs4.filter import SoupStrainer
from markdown import Markdown

from handbook import DATA
from handbook.contents import templating
from handbook.contents.build import Build
from handbook.contents.kinds import ANNOUNCEMENTS, PAGES, PageKind, PageSubject, site_address
from handbook.load.readers import programs as definitions
from handbook.load.readers.settings import ENGINE_SETTINGS
from handbook.load.repository import load
from handbook.model.definitions import playbook
from handbook.model.definitions.playbook import OVERRIDES, Item
from handbook.model.handbook import Handbook
from handbook.pages.rendering import pages
from handbook.text.prose import Wording
from tests.repository import DAY

FOLDER = Path(__file__).parent
# The announcement stands on no page; tests/test_announce.py has every word of it.
FILES = sorted(file for file in (DATA / "playbook/en").glob("*/*.md") if file.stem not in ANNOUNCEMENTS)
ITEMS = tuple(f"{file.parent.name}/{file.stem}" for file in FILES)
PLACES = {"{program}": "digital-fluency", "{cohort}": "2027-spring"}
UNSEEN = (
    "h1, h2, h3, h4, h5, h6, summary, .hb-foot, .headerlink, .hb-hidden, [hidden], script, style, template"
)
_QUOTES = {0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'}
_SLUG = re.compile(r"[a-z0-9:/#-]+")
_MARKS = re.compile(r"\*\*|\]\([^)]*\)|\[|^(?:- |\d+\. |#+ .*$)", re.MULTILINE)


@dataclass(frozen=True)
class Claim:
    """A few words that a reader must find.

    Attributes:
        of: the row or section that they answer.
        page: its address below the site's root.
        within: a selector of the elements, one of which holds the words.
        words: as `plain` would have them.
    """

    of: str
    page: str
    within: str
    words: str

    def found_in(self, text: str) -> bool:
        """Whether a plain text has the words, as whole words."""
        return self.words in text and bool(re.search(rf"(?<!\w){re.escape(self.words)}(?!\w)", text))

    def __str__(self) -> str:
        return f"{self.of}: “{self.words}” in `{self.within}` of {self.page or 'home'}"


@dataclass(frozen=True)
class Point:
    """A row or section: what it asks for, and where it is answered."""

    id: str
    says: str
    claims: tuple[Claim, ...]


@cache
def points(name: str) -> tuple[Point, ...]:
    """Read rows.yml or sections.yml."""
    said: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yml").read_text("utf-8"))
    return tuple(Point(one, entry["says"], tuple(_claims(one, entry))) for one, entry in said.items())


def _claims(point: str, entry: Mapping[str, Any]) -> Iterator[Claim]:
    for answer in entry["answers"]:
        page = answer["page"]
        for place, name in PLACES.items():
            page = page.replace(place, name)
        yield from (Claim(point, page, answer["in"], plain(words)) for words in answer["claims"])


def plain(text: str) -> str:
    """Take away what a reader does not tell apart: white space, capitals and the shape of quotes."""
    return " ".join(text.split()).lower().translate(_QUOTES)


class Article:
    """What is seen of one page's article."""

    def __init__(self, html: str) -> None:
        only = SoupStrainer("article")
        found = BeautifulSoup(html, "html.parser", parse_only=only).select_one("article")
        assert found is not None
        for element in found.select(UNSEEN):
            element.extract()
        for end in found.select("br"):
            end.replace_with("\n")
        self._seen = found
        self._texts: dict[str, tuple[str, ...]] = {}

    def holds(self, claim: Claim) -> bool:
        """Whether one of the claim's elements has its words."""
        if claim.within not in self._texts:
            self._texts[claim.within] = tuple(
                plain(one.get_text()) for one in self._seen.select(claim.within)
            )
        return any(claim.found_in(text) for text in self._texts[claim.within])


# --- the playbook's own words ---------------------------------------------------------------------


def own_words(item: Item) -> str:
    """What an item says apart from its title and its steps' titles, without the marks of Markdown."""
    said = [*_wordings(item.fields), item.body]
    return plain(" / ".join(_MARKS.sub("", one) for one in said))


def _wordings(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for one in value.values():
            yield from _wordings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _wordings(one)
    elif _is_text(value):
        yield str(value)


def _is_text(value: object) -> bool:
    """Tell a text from an id, a role, a clock time or a word that the schema lists."""
    return isinstance(value, Wording) and not _SLUG.fullmatch(value)


def emptied(item: Item) -> Item:
    """Take away every text but titles; minutes, days, ids and roles stay, so the handbook still loads."""
    return replace(item, fields=_emptied(item.fields), body=Wording("", item.sources[0].path))


def _emptied(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _emptied(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_emptied(one) for one in value]
    return Wording("", value.source) if _is_text(value) else value


# --- pages of a handbook whose playbook is a little other ------------------------------------------


class Drafts:
    """Pages rendered one by one, without MkDocs, so that hundreds of changed handbooks take a minute.

    Attributes:
        claims: by page.
        items: of the playbook, by KIND/ID, each with the text of its file.
        handbook: as the repository has it.
        made_of: for each page, the items that it says it is made of.
    """

    def __init__(self, root: Path, claims: Iterable[Claim]) -> None:
        self._root = root
        self._build = Build(date.fromisoformat(DAY))
        self._markdown = _markdown()
        self._said: dict[str, str] = {}
        self.claims: dict[str, list[Claim]] = {}
        for claim in claims:
            self.claims.setdefault(claim.page, []).append(claim)
        with mock.patch.object(playbook, "assemble", wraps=playbook.assemble) as assemble:
            self.handbook = self._load()
        ready, _, self._defaults = assemble.call_args.args
        self.items: dict[str, tuple[Item, str]] = {f"{one.kind}/{one.id}": (one, text) for one, text in ready}
        self._environment = templating.environment(self.handbook.labels, self.handbook.templates)
        self.made_of = {
            address(kind, subject): sources(self.handbook, kind, subject)
            for kind in PAGES
            for subject in kind.subjects(self.handbook, self._build.day)
        }

    def _load(self) -> Handbook:
        handbook, problems = load(self._root)
        assert handbook is not None, problems
        return handbook

    def says(self, name: str, claim: Claim) -> bool:
        """Whether an item has a claim's words in its body or its fields."""
        if name not in self._said:
            self._said[name] = own_words(self.items[name][0])
        return claim.found_in(self._said[name])

    def without(self, name: str) -> Handbook:
        """Load the handbook with one item of the playbook emptied; its files are not read again."""
        item, text = self.items[name]
        items = {**self.items, name: (emptied(item), text)}
        book = playbook.assemble(items.values(), (), self._defaults)
        with mock.patch.object(definitions, "whole_playbook", return_value=book):
            return self._load()

    def lacking(self, handbook: Handbook, item: str = "") -> Iterator[Claim]:
        """Give the claims that are not found, on every page or on those that name an item as their source."""
        for kind in PAGES:
            for subject in kind.subjects(handbook, self._build.day):
                page = address(kind, subject)
                if page in self.claims and (not item or item in self.made_of[page]):
                    article = self._article(handbook, kind, subject)
                    yield from (claim for claim in self.claims[page] if not article.holds(claim))

    def _article(self, handbook: Handbook, kind: PageKind, subject: PageSubject) -> Article:
        page = pages.render_page(handbook, self._build, self._environment, kind, subject)
        return Article(f"<article>{self._markdown.reset().convert(page.text)}</article>")


def address(kind: PageKind, subject: PageSubject) -> str:
    """Give a page's address below the site's root."""
    return f"{site_address(kind.address(subject))}/".lstrip("/")


def sources(handbook: Handbook, kind: PageKind, subject: PageSubject) -> frozenset[str]:
    """Name the items of the playbook that a page says it is made of."""
    files = (source.path for source in kind.sources(handbook, subject))
    start, end = f"{OVERRIDES}/", ".md"
    return frozenset(file.removeprefix(start).removesuffix(end) for file in files if file.startswith(start))


def _markdown() -> Markdown:
    settings = yaml.safe_load(ENGINE_SETTINGS.read_text("utf-8").replace("!ENV", ""))
    extensions = settings["markdown_extensions"]
    configs = {name: made for name, made in extensions.items() if made}
    return Markdown(extensions=list(extensions), extension_configs=configs)
