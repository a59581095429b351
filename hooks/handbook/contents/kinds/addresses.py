"""A page's name -> its path; and what stands at the addresses where no page is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from ...model.definitions.playbook import Playbook
from ...model.handbook import Handbook
from ...text.problems import did_you_mean
from . import BY_NAME, FAMILIES, GONE, PAGES, PageKind, PageSubject, texts_of


class Place(NamedTuple):
    """A page that is made, what is known of its subject, the words of its path, and an anchor."""

    kind: PageKind
    subject: PageSubject
    names: Mapping[str, str]
    anchor: str = ""

    @property
    def path(self) -> str:
        """Below docs/; behind it the anchor."""
        return self.kind.path.format(**self.names) + (f"#{self.anchor}" if self.anchor else "")


def place(name: str, subject: PageSubject, handbook: Handbook, day: date) -> Place:
    """Find a page by its name, seen from one subject.

    `overview`, `roles/mentor`, `sessions/closing`, … are the subject's program's, or else the only one's; of
    several, the list stands for them. `cohort/…` is its cohort's; `guide/…` and `home` stand once. What is
    not made leads to what stands for it, a sheet or module that the program left out to the list, and one
    that it took as it is to the guide, where that has its page.

    Raises:
        LookupError: there is no such page, or it is one of a cohort, … that the subject has not.
    """
    name, _, anchor = name.partition("#")
    family, programs = name.rpartition("/")[0], handbook.programs
    kind = BY_NAME.get(name) or FAMILIES.get(family)
    if kind is None:
        raise _no_page(
            name,
            (*(one.name for one in PAGES), *(f"{other}/{name.rpartition('/')[2]}" for other in FAMILIES)),
        )
    if "program" in kind.words and subject.program is None and "cohort" not in kind.words:
        if len(programs) != 1:
            return place("programs" if programs else "home", subject, handbook, day)
        subject = replace(subject, program=programs[0])
    names = subject.names()
    if kind.name != name:
        kind, names = _member(name, kind, subject, handbook.playbook)
    missing = [word for word in kind.words if word not in names]
    if missing:
        raise LookupError(f"“{kind.name}” is a page of one {missing[-1]}, and here none is meant.")
    if not kind.is_made(handbook, subject, day):
        return place(kind.otherwise.format(**names), subject, handbook, day)
    return Place(kind, subject, names, anchor)


def _member(
    name: str, kind: PageKind, subject: PageSubject, book: Playbook
) -> tuple[PageKind, dict[str, str]]:
    """Find a page that is named by a thing; one for what this program left out is its family's list."""
    family, _, identifier = name.rpartition("/")
    texts = kind.files[0].partition("/")[0]
    own = {item.id: item for item in texts_of(book, subject.program, texts)}
    known = (*own, *book.names.get(texts, ()))
    if identifier not in known:
        raise _no_page(name, (f"{family}/{other}" for other in known))
    names = {**subject.names(), kind.words[-1]: identifier}
    if kind.titled_by == "session" and subject.program:
        names["session"] = subject.program.session(identifier, known).id
    elif identifier not in own:
        kind = BY_NAME.get(family, kind)
    elif kind.name == "module" and subject.program and not own[identifier].changed:
        kind = BY_NAME["guide/module"]
    return kind, names


def moved(handbook: Handbook, day: date) -> Iterator[tuple[str, str]]:
    """Name each path where a page was, or is on another day, with that of the page that stands for it."""
    for kind in (*PAGES, *GONE):
        for subject in kind.every(handbook, day) if kind.otherwise else ():
            if not kind.is_made(handbook, subject, day):
                target = kind.otherwise.format(**subject.names())
                yield kind.address(subject), place(target, subject, handbook, day).path


def _no_page(name: str, names: Iterable[str]) -> LookupError:
    return LookupError(f"There is no page “{name}”. {did_you_mean(name, names)}".strip())
