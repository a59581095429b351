"""The kinds of pages, each a row of data/pages.yml, and what the pages of each are about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from typing import Any

import yaml

from ... import DATA
from ...model.definitions.assembly import module
from ...model.definitions.cohort import Cohort, Pairing
from ...model.definitions.playbook import Item, Playbook, Source
from ...model.definitions.program import ROLES, Audience, Module, Program, Role, Session
from ...model.handbook import Handbook
from ...model.timeline import public_pairings

ORGANISATION = Source("programs/organisation.yml")


@dataclass(frozen=True)
class PageSubject:
    """What a page is about; what does not apply is None."""

    role: Role | None = None
    program: Program | None = None
    cohort: Cohort | None = None
    module: Module | None = None
    session: Session | None = None
    sheet: Item | None = None
    pairing: Pairing | None = None

    def names(self) -> dict[str, str]:
        """The words that a page's address is made of."""
        return {key: getattr(value, "id", value) for key, value in self.__dict__.items() if value is not None}


@dataclass(frozen=True)
class PageKind:
    """A kind of page: a row of data/pages.yml.

    Attributes:
        name: of its template, of its label `title.NAME`, and in `page("NAME")`.
        path: below docs/. There is a page for each thing that the words in braces can stand for.
        files: what its text is made of, the file to change first before the others. `kind` and `kind/id` are
            texts of the playbook as the page's program takes them, `~kind` those that it only lists, with
            title and summary; `kit:running` are those of a chapter; `@program`, … are files of YAML.
        section: of the menu, in which it stands with others: the label `menu.SECTION`.
        titled_by: the part of its subject whose title it has; where empty, a label says it.
        listed: whether it has a line in the menu; else it stands at the line before it.
        searched: how much weight the search gives it; with none it does not find it.
        audience: the readers it is made for; a page for `participants` is not in a public build.
        when: the condition without which it would have nothing to say, and is not made.
        otherwise: the page that then stands for it, perhaps with an anchor behind a #.
        was: the pages that it stands for now, each perhaps with an anchor on it.
    """

    name: str
    path: str
    files: Sequence[str] = ()
    section: str = ""
    titled_by: str = ""
    listed: bool = True
    searched: float = 1
    audience: Audience = "public"
    when: str = ""
    otherwise: str = ""
    was: Sequence[str] = ()

    @cached_property
    def words(self) -> Sequence[str]:
        """The words in braces of its path."""
        return re.findall(r"{(\w+)}", self.path)

    @cached_property
    def family(self) -> str:
        """How names of its pages begin where each is named by a thing, as `roles/mentor`."""
        named = re.fullmatch(r"(?:programs/{program}/)?([a-z/-]+)/{\w+}\.md", self.path)
        return named[1] if named else ""

    def address(self, subject: PageSubject) -> str:
        """The page's path for one subject."""
        return self.path.format(**subject.names())

    def subjects(self, handbook: Handbook, day: date) -> Iterable[PageSubject]:
        """Whatever such a page is made for on a day."""
        return (one for one in self.every(handbook, day) if self.is_made(handbook, one, day))

    def is_made(self, handbook: Handbook, subject: PageSubject, day: date) -> bool:
        """Whether the page of a subject has anything to say on a day."""
        return not self.when or bool(_WHEN[self.when](self, handbook, subject, day))

    def every(self, handbook: Handbook, day: date) -> Iterable[PageSubject]:
        """Whatever such a page can be about, made or not."""
        subjects = [PageSubject()]
        for word in self.words:
            subjects = [
                replace(subject, **{word: thing})
                for subject in subjects
                for thing in _THINGS[word](handbook, subject, day)
            ]
        return subjects

    def sources(self, handbook: Handbook, subject: PageSubject) -> Iterator[Source]:
        """The files of a page's text, the one to change first before the others; some may come twice."""
        texts = [*self.texts(handbook.playbook, subject.program, subject.names())]
        for file in self.files:
            yield from map(Source, _FILES[file](handbook, subject)) if file.startswith("@") else ()
            for item in (item for name, item in texts if name == file):
                yield from item.glimpse if file.startswith("~") else item.sources

    def texts(
        self, book: Playbook, program: Program | None, names: Mapping[str, str]
    ) -> Iterator[tuple[str, Item]]:
        """Name each text that a page is made of where its path has these words, after the file it is of."""
        for file in self.files:
            kind, _, identifier = file.removeprefix("~").format(**names).partition("/")
            kind, _, chapter = kind.partition(":")
            for one in () if file.startswith("@") else texts_of(book, program, kind):
                if identifier in ("", one.id) and chapter in ("", one["page"] or "prepare"):
                    yield file, one


# Messages that `handbook announce` fills in, for all and for each pairing: none that one copies from a page.
ANNOUNCEMENTS = ("announcement", "announcement-each")


def copied_messages(program: Program) -> tuple[Item, ...]:
    """The messages that stand on a cohort's page, to be copied from there."""
    return tuple(item for item in program.items["messages"] if item.id not in ANNOUNCEMENTS)


def texts_of(book: Playbook, program: Program | None, kind: str) -> Iterable[Item]:
    """The texts of a kind, as a program takes them where there is one."""
    if program is None:
        return book.kind(kind)
    if kind in ("roles", "messages"):
        return program.roles if kind == "roles" else copied_messages(program)
    if kind == "sessions":
        return [session.item for session in (*program.sessions, *program.further)]
    if kind in ("training", "milestones", "check-ins", "forms"):
        return [thing.item for thing in getattr(program, kind.replace("-", "_"))]
    return program.items[kind] if kind in program.items else book.kind(kind)


def _modules(handbook: Handbook, subject: PageSubject, _: date) -> Iterable[Module]:
    """The playbook's modules; of a program those that it changed or added."""
    if subject.program is None:
        return map(module, handbook.playbook.kind("training"))
    return (own for own in subject.program.training if own.item.changed)


def _pairings(_: Handbook, subject: PageSubject, day: date) -> Iterable[Pairing]:
    """One for each two people who are shown; of two pairings of theirs the one that goes on."""
    assert subject.cohort is not None
    known = sorted(public_pairings(subject.cohort, day), key=lambda pairing: not pairing.closed)
    return {pairing.id: pairing for pairing in known}.values()


# What a word in braces of a path can stand for, seen from what those before it stand for.
_THINGS: Mapping[str, Callable[[Handbook, Any, date], Iterable[Any]]] = {
    "role": lambda handbook, subject, day: ROLES,
    "program": lambda handbook, subject, day: handbook.programs,
    "cohort": lambda handbook, subject, day: handbook.cohorts_of(subject.program),
    "module": _modules,
    "session": lambda handbook, subject, day: (*subject.program.sessions, *subject.program.further),
    "sheet": lambda handbook, subject, day: subject.program.items["sheets"],
    "pairing": _pairings,
}
# The files of YAML that a row can name.
_FILES: Mapping[str, Callable[[Handbook, Any], Iterable[str]]] = {
    "@organisation": lambda handbook, subject: (ORGANISATION.path,),
    "@programs": lambda handbook, subject: (program.path for program in handbook.programs),
    "@cohorts": lambda handbook, subject: (cohort.path for cohort in handbook.cohorts),
    "@resources": lambda handbook, subject: (own.path for own in handbook.programs if own.resources),
    "@program": lambda handbook, subject: (subject.program.path,) if subject.program else (),
    "@cohort": lambda handbook, subject: (subject.cohort.path,),
}


# What a row can name as the condition of a page.
_WHEN: Mapping[str, Callable[[PageKind, Handbook, Any, date], Any]] = {
    "never": lambda kind, handbook, of, day: False,
    "several-programs": lambda kind, handbook, of, day: len(handbook.programs) > 1,
    "not-one-program": lambda kind, handbook, of, day: len(handbook.programs) != 1,
    "pairings": lambda kind, handbook, of, day: public_pairings(of.cohort, day),
    "results": lambda kind, handbook, of, day: of.cohort.results and day >= of.cohort.start,
    "texts": lambda kind, handbook, of, day: any(kind.texts(handbook.playbook, of.program, of.names())),
}


def _before(kind: PageKind) -> Iterator[PageKind]:
    """The pages that a kind stands for now, at the addresses where they were."""
    for name, _, anchor in (one.partition("#") for one in kind.was):
        below = name if name.startswith("guide/") else f"programs/{{program}}/{name}"
        path = f"{below.replace('/cohort/', '/{cohort}/')}.md"
        yield PageKind(name, path, when="never", otherwise=f"{kind.name}#{anchor}".rstrip("#"))


PAGES = tuple(
    PageKind(**row) for row in yaml.load((DATA / "pages.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)
)
GONE = tuple(old for kind in PAGES for old in _before(kind))
BY_NAME = {kind.name: kind for kind in (*GONE, *PAGES)}
FAMILIES = {kind.family: kind for kind in PAGES if kind.family}


_ENDING = re.compile(r"(?:(?:^|(?<=/))(?:index|README))?\.(?:md|markdown|mdown|mkdn?)$(?!\n)")


def site_address(path: str) -> str:
    """Where a page stands on the site: `x.md`, `x/index.md` and `x/README.md` all stand at `x`."""
    return _ENDING.sub("", path).strip("/")


@cache
def reserved_names() -> frozenset[str]:
    """The names of the pages and folders that every program has; its cohorts' folders stand beside them."""
    parts = (
        kind.path.removeprefix("programs/{program}/") for kind in (*PAGES, *GONE) if "{program}/" in kind.path
    )
    return frozenset(name for part in parts if "{" not in (name := part.split("/")[0].removesuffix(".md")))
