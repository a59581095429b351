"""Pages -> the tree of menus, the part of it that one page shows, and what is read around a page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from types import MappingProxyType

from ...model.labels import Labels
from ...text.prose import Text
from ..rendering.pages import Page

# The order of a program's sections; one that is not among them stands before the kit.
_ORDER = ("", "roles", "now", "prepare", "meet", "rules", "results", "earlier", "kit")
# Their pages stand side by side, each for other readers: nobody goes from one to the next.
_APART = ("top", "doors", "roles", "results", "modules")


@dataclass(frozen=True)
class Entry:
    """A line of a menu: a page (its path), or a section with others below it.

    Attributes:
        room: what a section is, by the last part of its name; of a `program` the pages inside alone show it.
        active: whether it is, or holds, the page that the menu is for.
        outside: whether its path is the address of another site.
        unlisted: pages that stand here and have no line of their own, since they would be too many.
    """

    title: Text
    path: str = ""
    children: tuple[Entry, ...] = ()
    room: str = ""
    active: bool = False
    outside: bool = False
    unlisted: tuple[str, ...] = ()


def tree(pages: Sequence[Page], hand_written: Iterable[Entry], labels: Labels) -> tuple[Entry, ...]:
    """Arrange all pages: home, the doors, the guide, each program, hand-written ones.

    The only program stands behind home, for all to see, and the modules that it takes stand in it.
    """
    groups: dict[object, list[Page]] = {page.subject.program: [] for page in pages}
    [*programs] = filter(None, groups)
    for page in pages:
        taken = programs[0] if page.section == "prepare/training" else None
        groups[page.subject.program or taken].append(page)
    several = tuple(_program(groups[one], labels) for one in programs)
    lines = _lines(groups[None], labels, below={"programs": several})
    only = tuple(replace(one, room="alone") for one in several if len(several) == 1)
    return (*lines[:1], *only, *lines[1:], *hand_written)


def _program(pages: Sequence[Page], labels: Labels) -> Entry:
    """Put a program's pages under its overview, by what people do there; cohorts stand newest first."""
    overview = next(page for page in pages if page.subject.program)
    modules = [one.id for one in overview.subject.program.training] if overview.subject.program else []

    def order(page: Page) -> tuple[float, bool, int]:
        about, room = page.subject, page.section.partition("/")[0]
        last = room == "kit" and bool(about.cohort or about.sheet)
        newest = -about.cohort.start.toordinal() if about.cohort else 0
        number = modules.index(about.module.id) + 1 if about.module else newest
        return _ORDER.index(room) if room in _ORDER else len(_ORDER) - 1.5, last, number

    return Entry(overview.title, children=_lines(sorted(pages, key=order), labels), room="program")


def _lines(
    pages: Iterable[Page],
    labels: Labels,
    section: str = "",
    below: Mapping[str, tuple[Entry, ...]] = MappingProxyType({}),
) -> tuple[Entry, ...]:
    """Give pages their lines: those of one section stand together; `below` it others stand behind them.

    A section is called as a label says, else as its first page; a cohort that goes on alone is what is now.
    """
    lines: list[Entry] = []
    depth = section.count("/") + 2 if section else 1
    for own, group in groupby(pages, lambda page: "/".join(page.section.split("/")[:depth])):
        first, *others = group
        if own != section:
            name = f"menu.{own.replace('/', '-')}"
            named = labels.has(name) and not (own == first.section == "now" and first.subject.cohort)
            title = Text(labels.say(name).unescape()) if named else first.title
            children = (*_lines((first, *others), labels, own), *below.get(own, ()))
            lines.append(Entry(title, children=children, room=own.rpartition("/")[2]))
            continue
        for page in (first, *others):
            if page.kind.listed or not lines:
                cohort = page.subject.cohort if own in ("kit", "results") else None
                lines.append(
                    Entry(Text(f"{page.title}, {cohort.title}") if cohort else page.title, page.path)
                )
            else:
                lines[-1] = replace(lines[-1], unlisted=(*lines[-1].unlisted, page.path))
    return tuple(lines)


@dataclass(frozen=True)
class Menu:
    """The whole tree.

    Attributes:
        ways: for each page the way to it, as indexes from the top; in reading order.
        around: for each page the one that people read before it and the one after, or "".
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
        return Menu(entries, ways, {path: pair for path, pair in _around(entries) if path}, unlisted)

    def sidebar(self, path: str) -> tuple[Entry, ...]:
        """Keep what a page shows: its program's sections, unfolded where it stands; without a path the top.

        A page of the kit shows the kit and the way back, any other of the kit the first page alone. Other
        programs are left out, so that pages do not grow with their number.
        """
        home, *rest = _along(self.entries, self.ways.get(path, ()))
        inside = (one for line in rest for one in (line, *line.children) if one.room in ("program", "alone"))
        program = next(inside, None)
        if program is None:
            return (home, *rest)
        for section in program.children:
            if section.room == "kit" and section.active:
                return (home, program.children[0], *section.children)
        others = (one for one in rest if one is not program and one.room != "doors")
        closed = (_closed(one) if program in one.children else one for one in others)
        return (home, *program.children, *closed)


def _around(entries: Sequence[Entry], room: str = "top") -> Iterator[tuple[str, tuple[str, str]]]:
    """Pair each page with those around it; training and a participant's guide are parts of a longer way."""
    read: list[str] = []
    for entry in entries:
        if entry.room == "training":
            read += [child.path for child in entry.children]
        elif entry.children:
            yield from _around(entry.children, entry.room)
        elif not entry.outside:
            read += [entry.path, ""] if room in _APART else [entry.path]
    whole = ["", *read, ""]
    yield from zip(read, zip(whole, whole[2:], strict=False), strict=False)
    rooms = {entry.room: entry.children for entry in entries if room in ("program", "alone")}
    for role in rooms.get("roles", ()):
        takes_part = role.path.endswith(("/mentor.md", "/mentee.md")) and "prepare" in rooms
        yield role.path, (entries[0].path, rooms["prepare"][0].path if takes_part else "")


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
        if way[:1] == (index,) or entry.room != "program"
    )


def _closed(entry: Entry) -> Entry:
    """Keep the index of a section alone, and the first page of the kit; others, as what is now, keep all."""
    first = entry.children[0].path if entry.children else ""
    if (first.endswith("index.md") and entry.room not in ("now", "alone")) or entry.room == "kit":
        return replace(entry, children=entry.children[:1])
    return replace(entry, children=tuple(map(_closed, entry.children)))
