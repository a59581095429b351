"""Pages -> the tree of menus, and the part of it that one page shows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby
from types import MappingProxyType

from ...model.labels import Labels
from ...text.prose import Text
from ..rendering.pages import Page


@dataclass(frozen=True)
class Entry:
    """A line of a menu: a page (its path), or a section with others below it.

    Attributes:
        active: whether it is, or holds, the page that the menu is for.
        own_only: whether only pages that stand inside it show it.
        outside: whether its path is the address of another site.
        unlisted: pages that stand here and have no line of their own, since they would be too many.
    """

    title: Text
    path: str = ""
    children: tuple[Entry, ...] = ()
    active: bool = False
    own_only: bool = False
    outside: bool = False
    unlisted: tuple[str, ...] = ()


def tree(pages: Sequence[Page], hand_written: Iterable[Entry], labels: Labels) -> tuple[Entry, ...]:
    """Arrange all pages: home, the doors, the guide, each program with its cohorts, hand-written ones.

    The only program stands behind home, for all to see.
    """
    shared, *programs = _grouped(pages, lambda page: page.subject.program)
    several = tuple(_program(program, labels) for program in programs)
    lines = _lines(shared, labels, below={"programs": several})
    only = tuple(replace(entry, own_only=False) for entry in several if len(several) == 1)
    return (*lines[:1], *only, *lines[1:], *hand_written)


def _grouped(pages: Iterable[Page], key: Callable[[Page], object]) -> list[list[Page]]:
    """Group pages by what they are about; first those that are about no such thing."""
    groups: dict[object, list[Page]] = {None: []}
    for page in pages:
        groups.setdefault(key(page), []).append(page)
    return list(groups.values())


def _program(pages: Iterable[Page], labels: Labels) -> Entry:
    """Put a program's pages under its overview: cohorts, newest first, guides, training, …, and its kit."""
    (overview, *own), *cohorts = _grouped(pages, lambda page: page.subject.cohort)
    ordered = [overview, *chain.from_iterable(reversed(cohorts)), *own]
    ordered.sort(
        key=lambda page: page.section == "kit" and 1 + bool(page.subject.cohort or page.subject.sheet)
    )
    return Entry(overview.title, children=_lines(ordered, labels), own_only=True)


def _lines(
    pages: Sequence[Page],
    labels: Labels,
    section: str = "",
    below: Mapping[str, tuple[Entry, ...]] = MappingProxyType({}),
) -> tuple[Entry, ...]:
    """Give pages their lines: those of one section stand together, and so does all in the folder of an index.

    An index that comes first is that of all of them. What is `below` a section stands behind its pages.
    """
    lines: list[Entry] = []
    placed: set[str] = set()
    for page in pages:
        if page.path in placed:
            continue
        together, own = _together(page, pages, section), page.section or section
        placed.update(other.path for other in together)
        if own != section:
            title = Text(labels.say(f"menu.{own}").unescape())
            lines.append(Entry(title, children=(*_lines(together, labels, own), *below.get(own, ()))))
        elif len(together) > 1:
            lines.append(Entry(page.title, children=_lines(together, labels, own)))
        elif page.kind.listed or not lines:
            of = f", {page.subject.cohort.title}" if own == "kit" and page.subject.cohort else ""
            lines.append(Entry(Text(f"{page.title}{of}"), page.path))
        else:
            lines[-1] = replace(lines[-1], unlisted=(*lines[-1].unlisted, page.path))
    return tuple(lines)


def _together(page: Page, pages: Sequence[Page], section: str) -> list[Page]:
    """The pages that stand with a page: those of its section or, with an index, those of its folder."""
    if page.section not in ("", section):
        return [other for other in pages if other.section == page.section]
    folder = page.path.removesuffix("index.md")
    if folder == page.path or page is pages[0]:
        return [page]
    return [other for other in pages if other.path.startswith(folder) and other.section in ("", section)]


@dataclass(frozen=True)
class Menu:
    """The whole tree.

    Attributes:
        ways: for each page the way to it, as indexes from the top; in reading order.
        around: for each page the one before and the one after in the same part of the site, or "".
        unlisted: the pages that have no line in any menu.
    """

    entries: tuple[Entry, ...]
    ways: Mapping[str, tuple[int, ...]]
    around: Mapping[str, tuple[str, str]]
    unlisted: Collection[str]

    @staticmethod
    def of(entries: tuple[Entry, ...]) -> Menu:
        """Index a tree."""
        places = [*_places(entries, ())]
        ways = {path: way for path, way, _ in places}
        unlisted = {path for path, _, listed in places if not listed}
        return Menu(entries, ways, _around(path for path in ways if path not in unlisted), unlisted)

    def sidebar(self, path: str) -> tuple[Entry, ...]:
        """Keep what a page shows: the top level, and the sections that it stands in unfolded.

        Programs other than the page's own are left out, so that pages do not grow with their number.
        """
        return _along(self.entries, self.ways.get(path, ()))


def _around(paths: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Pair each page with its neighbours; a program and the guide are read each for itself."""
    around: dict[str, tuple[str, str]] = {}
    for _, group in groupby(paths, lambda path: path.split("/")[: 2 if path.startswith("programs/") else 1]):
        part = ["", *group, ""]
        around |= {
            path: (before, after) for before, path, after in zip(part, part[1:], part[2:], strict=False)
        }
    return around


def _places(entries: Sequence[Entry], above: tuple[int, ...]) -> Iterator[tuple[str, tuple[int, ...], bool]]:
    """Each page with the way to it, and whether it has a line there."""
    for index, entry in enumerate(entries):
        way = (*above, index)
        if entry.path and not entry.outside:
            yield entry.path, way, True
        yield from ((path, way, False) for path in entry.unlisted)
        yield from _places(entry.children, way)


def _along(entries: Sequence[Entry], way: tuple[int, ...]) -> tuple[Entry, ...]:
    return tuple(
        replace(entry, children=_along(entry.children, way[1:]), active=True)
        if way[:1] == (index,)
        else _closed(entry)
        for index, entry in enumerate(entries)
        if way[:1] == (index,) or not entry.own_only
    )


def _closed(entry: Entry) -> Entry:
    """Keep a section's index alone; a section without one stays as it is."""
    if not entry.children or not entry.children[0].path.endswith("index.md"):
        return entry
    return replace(entry, children=entry.children[:1])
