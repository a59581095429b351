"""Pages -> the tree of menus, and the part of it that one page shows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

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


def tree(pages: Sequence[Page], hand_written: Iterable[Entry], texts: Labels) -> tuple[Entry, ...]:
    """Arrange all pages: home, the doors, the guide, each program with its cohorts, hand-written ones."""
    known = {page.path: page for page in pages}
    grouped: dict[int, list[Page]] = {}
    for page in pages:
        grouped.setdefault(id(page.subject.program), []).append(page)
    shared = grouped[id(None)]
    programs = [_program(of_one, texts) for key, of_one in grouped.items() if key != id(None)]
    return (
        _line(known["index.md"]),
        Entry(_say(texts, "menu.doors"), children=_lines(page for page in shared if page.name == "door")),
        Entry(
            _say(texts, "menu.guide"),
            children=_with_section(
                [page for page in shared if page.name.startswith("guide/")], "guide/training/"
            ),
        ),
        Entry(_say(texts, "menu.programs"), children=(_line(known["programs/index.md"]), *programs)),
        *hand_written,
    )


def _say(texts: Labels, name: str) -> Text:
    return Text(texts.say(name).unescape())


def _line(page: Page) -> Entry:
    return Entry(page.title, page.path)


def _lines(pages: Iterable[Page]) -> tuple[Entry, ...]:
    return tuple(_line(page) for page in pages)


def _with_section(pages: Sequence[Page], folder: str) -> tuple[Entry, ...]:
    """List pages; those of a folder in a section of their own, where the folder's index stands."""
    inside = [page for page in pages if page.path.startswith(folder)]
    lines = [_line(page) for page in pages if page not in inside]
    section = Entry(inside[0].title, children=_lines(inside)) if len(inside) > 1 else _line(inside[0])
    lines.insert(pages.index(inside[0]), section)
    return tuple(lines)


# Pages of a program that stand together in its menu, and those that stand below their list.
_SECTIONS = {
    "role": "roles",
    "agreement": "rules", "conduct": "rules", "safety": "rules", "privacy": "rules",
    "check-ins": "feedback", "feedback": "feedback", "survey": "feedback", "recognition": "feedback",
}  # fmt: skip
_LISTED_BY_ANOTHER = frozenset({"module", "session", "sheet"})


def _program(pages: Sequence[Page], texts: Labels) -> Entry:
    """Put a program's pages under its overview: cohorts, newest first, then goals, guides, training, …"""
    overview = pages[0]
    cohorts: dict[str, list[Page]] = {}
    for page in pages:
        if page.subject.cohort:
            cohorts.setdefault(page.subject.cohort.id, []).append(page)
    runs = (_cohort(run) for run in reversed(cohorts.values()))
    lines: list[Entry] = [_line(overview), *runs]
    listed: set[str] = set()
    for page in pages[1:]:
        section = _SECTIONS.get(page.name, "")
        if page.subject.cohort or page.name in _LISTED_BY_ANOTHER or (section and section in listed):
            continue
        listed.add(section)
        if page.path.endswith("/index.md"):
            folder = page.path.rpartition("/")[0] + "/"
            lines.extend(_with_section([one for one in pages if one.path.startswith(folder)], folder))
        elif section:
            inside = _lines(one for one in pages if _SECTIONS.get(one.name) == section)
            lines.append(Entry(_say(texts, f"menu.{section}"), children=inside))
        else:
            lines.append(_line(page))
    return Entry(overview.title, children=tuple(lines), own_only=True)


def _cohort(pages: Sequence[Page]) -> Entry:
    """List a cohort's pages; those of its pairings stand at their list."""
    pairings = tuple(page.path for page in pages if page.subject.pairing)
    lines = (
        replace(_line(page), unlisted=pairings if page.name == "cohort/pairings" else ())
        for page in pages
        if not page.subject.pairing
    )
    return Entry(pages[0].title, children=tuple(lines))


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
        ways = dict(_ways(entries, ()))
        unlisted = {path for entry in _every(entries) for path in entry.unlisted}
        return Menu(entries, ways, _around(tuple(path for path in ways if path not in unlisted)), unlisted)

    def sidebar(self, path: str) -> tuple[Entry, ...]:
        """Keep what a page shows: the top level, and the sections that it stands in unfolded.

        Programs other than the page's own are left out, so that pages do not grow with their number.
        """
        return _along(self.entries, self.ways.get(path, ()))


def _around(paths: tuple[str, ...]) -> dict[str, tuple[str, str]]:
    """Pair each page with its neighbours; a program and the guide are read each for itself."""
    triples = zip(("", *paths), paths, (*paths[1:], ""), strict=False)
    return {
        path: (before if _part(before) == _part(path) else "", after if _part(after) == _part(path) else "")
        for before, path, after in triples
    }


def _part(path: str) -> str:
    return "/".join(path.split("/")[: 2 if path.startswith("programs/") else 1])


def _ways(entries: Sequence[Entry], way: tuple[int, ...]) -> Iterator[tuple[str, tuple[int, ...]]]:
    for index, entry in enumerate(entries):
        if entry.path and not entry.outside:
            yield entry.path, (*way, index)
        yield from ((path, (*way, index)) for path in entry.unlisted)
        yield from _ways(entry.children, (*way, index))


def _every(entries: Iterable[Entry]) -> Iterator[Entry]:
    for entry in entries:
        yield entry
        yield from _every(entry.children)


def _along(entries: Sequence[Entry], way: tuple[int, ...]) -> tuple[Entry, ...]:
    kept: list[Entry] = []
    for index, entry in enumerate(entries):
        if way and index == way[0]:
            kept.append(replace(entry, children=_along(entry.children, way[1:]), active=True))
        elif not entry.own_only:
            kept.append(_closed(entry))
    return tuple(kept)


def _closed(entry: Entry) -> Entry:
    """Keep a section's index alone; a section without one stays as it is."""
    if not entry.children or not entry.children[0].path.endswith("index.md"):
        return entry
    return replace(entry, children=entry.children[:1])
