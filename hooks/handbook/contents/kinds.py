"""The kinds of pages, each a row of data/pages.yml, and their addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from typing import Any

import yaml

from .. import DATA
from ..model.definitions.assembly import module
from ..model.definitions.cohort import Cohort, Pairing
from ..model.definitions.playbook import Item, Playbook, Source
from ..model.definitions.program import ROLES, Audience, Module, Program, Role, Session
from ..model.handbook import Handbook
from ..model.timeline import public_pairings
from ..text.problems import did_you_mean

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
            title and summary; `@program`, `@cohort`, … are files of YAML.
        section: of the menu, in which it stands with others: the label `menu.SECTION`.
        titled_by: the part of its subject whose title it has; where empty, a label says it.
        listed: whether it has a line in the menu; else it stands at the line before it.
        searched: whether the search finds it.
        audience: the readers it is made for; a page for `participants` is not in a public build.
    """

    name: str
    path: str
    files: Sequence[str]
    section: str = ""
    titled_by: str = ""
    listed: bool = True
    searched: bool = True
    audience: Audience = "public"

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
        for name in self.files:
            if name.startswith("@"):
                yield from map(Source, _FILES[name](handbook, subject))
                continue
            kind, _, identifier = name.removeprefix("~").format(**subject.names()).partition("/")
            for item in _items(handbook.playbook, subject.program, kind):
                if identifier in ("", item.id):
                    yield from item.glimpse if name.startswith("~") else item.sources


# Messages that `handbook announce` fills in, for all and for each pairing: none that one copies from a page.
ANNOUNCEMENTS = ("announcement", "announcement-each")


def copied_messages(program: Program) -> tuple[Item, ...]:
    """The messages that stand on a cohort's page, to be copied from there."""
    return tuple(item for item in program.items["messages"] if item.id not in ANNOUNCEMENTS)


def _items(book: Playbook, program: Program | None, kind: str) -> Iterable[Item]:
    """The texts of a kind, as a program takes them where there is one."""
    if program is None:
        return book.kind(kind)
    if kind in ("roles", "messages"):
        return program.roles if kind == "roles" else copied_messages(program)
    if kind == "sessions":
        return [session.item for session in (*program.sessions, *program.further)]
    if kind in ("training", "milestones", "check-ins", "forms"):
        return [thing.item for thing in getattr(program, kind.replace("-", "_"))]
    return program.items[kind]


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


PAGES = tuple(
    PageKind(**row) for row in yaml.load((DATA / "pages.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)
)
BY_NAME = {kind.name: kind for kind in PAGES}
_FAMILIES = {kind.family: kind for kind in PAGES if kind.family}


def path_of(name: str, subject: PageSubject, book: Playbook) -> str:
    """Give the path of a page by its name, seen from one subject.

    `overview`, `goals`, `roles/mentor`, `sessions/closing`, … are the subject's program's; `cohort/…` its
    cohort's; `guide/…`, `for/…` and `home` stand once. A sheet or module that the program left out leads to
    the list, and a module that it took as it is to the guide, where that has its page.

    Raises:
        LookupError: there is no such page, or it is one of a program, a cohort, … that the subject has not.
    """
    kind, names = BY_NAME.get(name), subject.names()
    if kind is None:
        kind, names = _member(name, subject, book)
    missing = [word for word in kind.words if word not in names]
    if missing:
        raise LookupError(f"“{kind.name}” is a page of one {missing[-1]}, and here none is meant.")
    return kind.path.format(**names)


def _member(name: str, subject: PageSubject, book: Playbook) -> tuple[PageKind, dict[str, str]]:
    """Find a page that is named by a thing; one for what this program left out is its family's list."""
    family, _, identifier = name.rpartition("/")
    kind = _FAMILIES.get(family)
    if kind is None:
        raise _no_page(name, (*BY_NAME, *(f"{other}/{identifier}" for other in _FAMILIES)))
    texts = kind.files[0].partition("/")[0]
    own = {item.id: item for item in _items(book, subject.program, texts)}
    known = (*own, *book.names.get(texts, ()))
    if identifier not in known:
        raise _no_page(name, (f"{family}/{other}" for other in known))
    names = {**subject.names(), kind.words[-1]: identifier}
    if kind.titled_by == "session" and subject.program:
        names["session"] = subject.program.session(identifier, known).id
    elif identifier not in own:
        index = f"{kind.path.rpartition('/')[0]}/index.md"
        kind = next((other for other in PAGES if other.path == index), kind)
    elif kind.name == "module" and subject.program and not own[identifier].changed:
        kind = BY_NAME["guide/module"]
    return kind, names


def _no_page(name: str, names: Iterable[str]) -> LookupError:
    return LookupError(f"There is no page “{name}”. {did_you_mean(name, names)}".strip())


_ENDING = re.compile(r"(?:(?:^|(?<=/))(?:index|README))?\.(?:md|markdown|mdown|mkdn?)$(?!\n)")


def site_address(path: str) -> str:
    """Where a page stands on the site: `x.md`, `x/index.md` and `x/README.md` all stand at `x`."""
    return _ENDING.sub("", path).strip("/")


@cache
def reserved_names() -> frozenset[str]:
    """The names of the pages and folders that every program has; its cohorts' folders stand beside them."""
    parts = (kind.path.removeprefix("programs/{program}/") for kind in PAGES if "{program}/" in kind.path)
    return frozenset(name for part in parts if "{" not in (name := part.split("/")[0].removesuffix(".md")))
