"""What a template may name for one page: values, and functions that know where the page stands."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from markupsafe import Markup

from ...contents.build import Build
from ...contents.kinds import PAGES, PageKind, PageSubject, path_of
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
        numbers = {"commitment": program.commitment, "agreement": program.agreement} if program else {}
        if cohort:
            numbers["commitment"] = timeline.commitment(cohort)
        letter = {"letter": self.letter} if cohort else {}
        functions = (self.page, self.in_programs, self.contact, self.plan_name)
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
        }

    def letter(self, text: Item | Text, sent: date | None = None) -> Markup:
        """A message, or a line of one, as it is sent in the page's cohort on a day."""
        assert self.subject.cohort is not None
        return MessageWords(self.handbook, self.build, self.subject.cohort, sent).letters(text)

    def page(self, name: str, **others: Any) -> Markup:
        """Give the relative address of a page by its name (see `kinds.path_of`), seen from here."""
        target = path_of(name, replace(self.subject, **others), self.handbook.playbook)
        return Markup(posixpath.relpath(target, posixpath.dirname(self.path) or "."))

    def in_programs(self, words: str, name: str) -> Markup:
        """Link words to a page that a program has; several are named behind them, many by the list of all."""
        programs = (self.subject.program,) if self.subject.program else self.handbook.programs
        targets = [(inert(program.title), self.page(name, program=program)) for program in programs]
        if 1 < len(targets) <= _MOST_NAMED:
            return Markup(f"{words} ({', '.join(f'[{title}]({page})' for title, page in targets)})")
        return Markup(f"[{words}]({targets[0][1] if len(targets) == 1 else self.page('programs')})")

    def contact(self, *purposes: str) -> Markup:
        """Link to whom one asks, inside a sentence; the coordinator where no contact was given."""
        contact = self.handbook.organisation.contact(*purposes)
        if contact is None:
            return self.handbook.labels.say("contact.none")
        target = address(contact.url)
        return Markup(f"[{inert(contact.label)}]({target})") if target else inert(contact.label)

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
