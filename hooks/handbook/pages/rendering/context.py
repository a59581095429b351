"""What a template may name for one page: values, and functions that know where the page stands."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import segno
from markupsafe import Markup

from ...contents.build import Build
from ...contents.kinds import PAGES, PageKind, PageSubject
from ...contents.kinds.addresses import place
from ...guidance.messages.words import MessageWords
from ...model import timeline
from ...model.definitions.playbook import Item
from ...model.definitions.program import PARTICIPANTS, ROLES, Program
from ...model.handbook import Handbook
from ...text.prose import Text, address, inert
from ..views import VIEWS, survey

# The parts of a subject that its page stands below, from the top.
PARENTS = ("program", "cohort")
# A sentence names no more programs than this.
_MOST_NAMED = 4


@dataclass(frozen=True)
class PageContext:
    """What a template may name for one page: values, and functions that know where the page stands."""

    handbook: Handbook
    build: Build
    path: str
    subject: PageSubject = field(default_factory=PageSubject)

    def values(self) -> dict[str, Any]:
        """Everything by name; `views` are the values worked out beforehand."""
        program, cohort = self.subject.program, self.subject.cohort
        numbers: dict[str, Any] = {}
        if program:
            numbers = {"commitment": program.commitment, "agreement": program.agreement}
            numbers["takes"] = lambda role: VIEWS.hours(program, role, self.handbook.labels).time
        if cohort:
            numbers["commitment"] = timeline.commitment(cohort)
        letter = {"letter": self.letter} if cohort else {}
        functions = (self.page, self.in_programs, self.contact, self.plan_name, self.section, self.texts_on)
        return {
            **letter,
            **{key: value for key, value in self.subject.__dict__.items() if value is not None},
            **numbers,
            **{function.__name__: function for function in functions},
            "handbook": self.handbook,
            "organisation": self.handbook.organisation,
            "playbook": self.handbook.playbook,
            "day": self.build.day,
            "audience": self.build.audience,
            "texts": self.handbook.labels,
            "roles": ROLES,
            "participants": PARTICIPANTS,
            "views": VIEWS,
            "survey": survey,
            "timeline": timeline,
            "path": self.path,
            "site": self.build.site.rstrip("/"),
            "logo": self.build.logo,
            "qr": lambda to, **kw: Markup(segno.make_qr(to, "l").svg_inline(border=0, omitsize=True, **kw)),
        }

    def letter(self, text: Item | Text, sent: date | None = None) -> Markup:
        """A message, or a line of one, as it is sent in the page's cohort on a day."""
        assert self.subject.cohort is not None
        return MessageWords(self.handbook, self.build, self.subject.cohort, sent).letters(text)

    def page(self, name: str, **others: Any) -> Markup:
        """Give the relative address of a page by its name (see `kinds.place`), seen from here."""
        target = place(name, replace(self.subject, **others), self.handbook, self.build.day).path
        return Markup(posixpath.relpath(target, posixpath.dirname(self.path) or "."))

    def section(self, name: str) -> list[str]:
        """The names of the pages of one program, or of none, in a section of the menu."""
        mine = (kind for kind in PAGES if kind.section == name and {*kind.words} <= {"program"})
        return [kind.name for kind in mine if kind.is_made(self.handbook, self.subject, self.build.day)]

    def texts_on(self, name: str) -> list[Item]:
        """The texts of a page, or those of the kind or id that an anchor says; the first names the page."""
        kind, subject, names, anchor = place(name, self.subject, self.handbook, self.build.day)
        texts = kind.texts(self.handbook.playbook, subject.program, names)
        return [one for file, one in texts if anchor in ("", file, one.id)]

    def in_programs(self, words: str, name: str) -> Markup:
        """Link words to a page that a program has; several are named behind them, many by the list of all."""
        programs = (self.subject.program,) if self.subject.program else self.handbook.programs
        targets = [f"[{inert(one.title)}]({self.page(name, program=one)})" for one in programs]
        if 1 < len(targets) <= _MOST_NAMED:
            return Markup(f"{words} ({', '.join(targets)})")
        return Markup(f"[{words}]({self.page(name)})")

    def contact(self, *purposes: str) -> Markup:
        """Link to whom one asks, inside a sentence; without a contact to whom every organisation has."""
        contact = self.handbook.organisation.contact(*purposes)
        if contact is None:
            names = (f"contact.without.{purpose}" for purpose in purposes)
            return self.handbook.labels.say(*names, "contact.none")
        target, written = address(contact.url), contact.phone or contact.address
        on_paper = Markup('{{ data-paper="{}" }}').format(inert(written)) if written != contact.label else ""
        return Markup(f"[{inert(contact.label)}]({target}){on_paper}") if target else inert(contact.label)

    def crumbs(self, own: PageKind) -> list[tuple[Text, Markup]]:
        """The way up to a page of a kind: its program and its cohort, each with its address."""
        above = [
            (getattr(self.subject, kind.titled_by), kind)
            for kind in PAGES
            if kind.titled_by in PARENTS and kind is not own
        ]
        return [(parent.title, self.page(kind.name)) for parent, kind in above if parent is not None]

    def plan_name(self, program: Program, item: Item) -> Text | Markup:
        """What a step of the plan counts from, in words."""
        name, texts = str(item["with"]), self.handbook.labels
        if texts.has(f"plan.{name}"):
            return texts.say(f"plan.{name}")
        titles = {thing.id: thing.title for thing in (*program.forms, *program.dated)}
        return titles.get(name, Text(name))
