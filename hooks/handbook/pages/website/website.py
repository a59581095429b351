"""Repository -> everything that a site generator needs, as values."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from posixpath import relpath
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from ... import DATA
from ...contents import templating
from ...contents.build import Build, Host, audience
from ...contents.kinds import site_address
from ...contents.kinds.addresses import moved
from ...load.repository import load
from ...model import timeline
from ...model.handbook import Handbook
from ...text.problems import HandbookError, Problem, as_text, fault, quoted
from ...text.prose import Text, address, anchor, inert
from ..rendering import pages
from ..rendering.macros import Macros, macro_fault
from ..rendering.pages import Page
from . import frame, navigation, own_hooks
from .csp import inline_scripts
from .faults import downloads
from .navigation import Entry, Menu
from .search import SearchIndex
from .staging import Staging

# All that an adapter to a site generator asks for stands here.
__all__ = [
    "DEFAULT_NAME", "Host", "Macros", "Staging", "Website", "anchor", "as_nav", "as_text", "compact",
    "inert", "inline_scripts", "macro_fault", "own_hooks",
]  # fmt: skip
DEFAULT_NAME = "Reverse mentoring handbook"
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_OUTSIDE = ("https:", "mailto:")
_BLANK = re.compile(r"(?<![ \t])[ \t]*\n\s*")


@dataclass(frozen=True)
class Website:
    """A handbook as a site: pages, assets and menus for one day.

    Attributes:
        colours: `brand` and `accent` of the organisation, as #rrggbb.
        warnings: what does not stop a build.
        embeds: the origins from which hand-written pages may show frames, pictures and films.
    """

    handbook: Handbook
    build: Build
    colours: Mapping[str, str]
    warnings: tuple[Problem, ...]
    embeds: tuple[str, ...] = ()

    @staticmethod
    def read(
        root: Path, host: Host, settings: Mapping[str, Any], site: str | None, drafts: bool = False
    ) -> Website:
        """Read a repository, with `extra` of its mkdocs.yml and the site's address for one that says none.

        Only who looks at the site while writing it sees drafts.

        Raises:
            HandbookError: with every problem, where there is an error.
        """
        handbook, problems = load(root)
        if handbook is None:
            raise HandbookError(problems)
        handbook = handbook.previewed() if drafts else handbook.published()
        organisation = handbook.organisation
        day = timeline.today(organisation.timezone)
        address = str(organisation.site) or _of_others(site or "")
        build = Build(day, audience(), host, address, str(settings.get("handbook_logo") or ""))
        # Whatever stands there is as it should be: loading has looked at it.
        colours = dict(settings.get("handbook") or {})
        embeds = tuple(colours.pop("embed", ()))
        return Website(handbook, build, colours, (*problems, *pages.clashes(handbook, day)), embeds)

    @property
    def name(self) -> Markup:
        """The site's name, made of the organisation's."""
        with templating.faults_named():
            return self.handbook.labels.say("home.title", organisation=self.handbook.organisation.name)

    @property
    def notice(self) -> str:
        """What each page of a site that is not for everyone says of that; nothing on the public's."""
        return "" if self.build.audience == "public" else str(self.handbook.labels.say("page.participants"))

    def frame(self, folders: Iterable[str]) -> Mapping[str, Any]:
        """What stands round each page, for a theme with these folders."""
        with templating.faults_named():
            return frame.frame(self.handbook, self.build, self.notice, folders)

    @cached_property
    def pages(self) -> Mapping[str, Page]:
        """The generated pages by path."""
        return {page.path: page for page in pages.render(self.handbook, self.build)}

    @cached_property
    def search(self) -> SearchIndex:
        """What is found on the site, as far as its pages were added."""
        return SearchIndex(self)

    def menu(self, hand_written: Iterable[Any]) -> Menu:
        """The whole menu; `hand_written` is `nav` of mkdocs.yml.

        Raises:
            HandbookError: where it leads to an address that is no link, or a label cannot be said.
        """
        own = tuple(_entries(hand_written))
        with templating.faults_named():
            return Menu.of(navigation.tree(tuple(self.pages.values()), own, self.handbook.labels))

    def replaced(self, hand_written: Iterable[str]) -> Mapping[str, str]:
        """Give for each hand-written page the generated one that it stands for, by their paths."""
        return pages.replaced(self.handbook, hand_written, self.build.day)

    @cached_property
    def moved(self) -> Mapping[str, str]:
        """For each path where a page was, or is on other days, that of the page which stands for it."""
        return {old: path.partition("#")[0] for old, path in moved(self.handbook, self.build.day)}

    def files(self, taken: Collection[str]) -> Iterator[tuple[str, bytes]]:
        """Script, stylesheet with the organisation's colours, and whatever has a path that is not taken."""
        rules = "".join(f"--hb-{name}:{value};" for name, value in sorted(self.colours.items()))
        colours = f":root{{{rules}}}\n" if rules else ""
        yield "assets/handbook/handbook.css", (_joined("styles") + colours).encode()
        script = f'(function () {{\n"use strict";\n{_joined("scripts")}}})();\n'
        yield "assets/handbook/handbook.js", script.encode()
        yield from frame.pictures(self.handbook, self.build, self.colours)
        yield from ((f"assets/handbook/{one.name}", one.read_bytes()) for one in (DATA / "assets").iterdir())
        yield from ((path, content) for path, content in self.downloads.items() if path not in taken)
        standing = {*map(site_address, taken), *map(site_address, self.pages)}
        for path, target in moved(self.handbook, self.build.day):
            if site_address(path) not in standing:
                yield f"{site_address(path)}/index.html", self._signpost(site_address(path), target).encode()

    def _signpost(self, address: str, target: str) -> str:
        """A page that only leads on, for links that people have kept."""
        path, sign, anchor = target.partition("#")
        values = {"target": f"{relpath(site_address(path) or '.', address)}/{sign}{anchor}"}
        environment = templating.environment(self.handbook.labels, self.handbook.templates)
        return environment.get_template("moved.html.j2").render(self.handbook.__dict__ | values)

    @cached_property
    def downloads(self) -> Mapping[str, bytes]:
        """The question bank and the calendars, by path."""
        return downloads(self.handbook, self.build)

    def meta(self, page: Page) -> dict[str, Any]:
        """What a page tells the theme; markup is already inert."""
        title = {} if page.path == "index.md" else {"title": inert(page.full_title)}  # home has the site's
        return {"render_macros": False, **title}

    def edit_address(self, page: Page) -> str:
        """Where the first of a page's sources is changed, for the sign beside the title.

        Empty where the host is unknown, or where a new file would be prefilled: such an address is long, and
        stands at the foot of the page already.
        """
        first = page.sources[0]
        return "" if first.prefill else self.build.host.address(first)

    def theme_language(self, folders: Collection[str]) -> tuple[str, str]:
        """The language of a theme with these folders; and a note where it is another's."""
        language = self.handbook.organisation.language
        for name in (language, language.partition("-")[0]):
            if any(Path(folder, "partials", "languages", f"{name}.html").is_file() for folder in folders):
                return name, ""
        return "en", f"The theme has no words in the language `{language}`; its own are in English."


def _joined(folder: str) -> str:
    """The files of a folder as one, in the order of their names, without comments."""
    whole = "\n".join(file.read_text("utf-8") for file in sorted((DATA / folder).iterdir()))
    return re.sub(r"(?ms)/\*.*?\*/\n*|^ *//[^\n]*\n", "", whole)


def _of_others(site: str) -> str:
    """The site's address where it is one that other people can open, as that of `mkdocs serve` is not."""
    return "" if urlsplit(site).hostname in (None, "localhost", "127.0.0.1", "0.0.0.0", "::1") else site


def _entries(nav: Iterable[Any]) -> Iterator[Entry]:
    """Read `nav` of mkdocs.yml: paths, or titles with a path or a list."""
    for line in nav:
        for title, below in (line if isinstance(line, Mapping) else {"": line}).items():
            if isinstance(below, str):
                yield _leaf(Text(title), below)
            else:
                yield Entry(Text(title), children=tuple(_entries(below)))


def _leaf(title: Text, path: str) -> Entry:
    """Read the end of a line of `nav`: a page, or the address of another site."""
    if not _SCHEME.match(path):
        return Entry(title, path)
    target = address(path)
    if not target.lower().startswith(_OUTSIDE):
        raise HandbookError([fault("wrong-pattern.menu", value=quoted(path)).placed("mkdocs.yml")])
    return Entry(title or Text(path), target, outside=True)


def compact(html: str) -> str:
    """Drop indentation and empty lines, which no browser shows; a page with fixed layout stays as it is."""
    return html if "<pre" in html or "<textarea" in html else _BLANK.sub("\n", html)


def as_nav(entries: Iterable[Entry]) -> list[Any]:
    """Write a menu as `nav` of mkdocs.yml would have it."""
    return [
        {inert(entry.title): as_nav(entry.children) or entry.path} if entry.title else entry.path
        for entry in entries
    ]
