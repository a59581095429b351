"""What a template may name for one page: values, and functions that know where the page stands."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from markupsafe import Markup

from ...contents.build import Build
from ...contents.kinds import Subject, path_of
from ...guidance.messages.words import MessageWords
from ...model import timeline
from ...model.definitions.cohort import Cohort
from ...model.definitions.playbook import Item, Source
from ...model.definitions.program import PARTICIPANTS, ROLES, Module, Program
from ...model.handbook import Handbook
from ...text.prose import Text, address, inert
from .. import views
from ..views import survey


@dataclass(frozen=True)
class Words:
    """What a template may name for one page: values, and functions that know where the page stands."""

    handbook: Handbook
    build: Build
    path: str
    subject: Subject = field(default_factory=Subject)

    def context(self) -> dict[str, Any]:
        """Everything by name; `views` are the values worked out beforehand."""
        program = self.subject.program
        extra = {"commitment": program.commitment, "agreement": program.agreement} if program else {}
        cohort = self.subject.cohort
        letter = {"letter": self.letter} if cohort else {}
        return {
            **letter,
            **{key: value for key, value in self.subject.__dict__.items() if value is not None},
            **extra,
            "handbook": self.handbook,
            "organisation": self.handbook.organisation,
            "playbook": self.handbook.playbook,
            "day": self.build.day,
            "audience": self.build.audience,
            "texts": self.handbook.labels,
            "roles": ROLES,
            "participants": PARTICIPANTS,
            "views": views,
            "survey": survey,
            "timeline": timeline,
            "page": self.page,
            "contact": self.contact,
            "event_link": self.event_link,
            "guide_item": self.guide_item,
            "module_link": self.module_link,
            "path": self.path,
            "criteria_names": self.criteria_names,
            "rule_names": self.rule_names,
            "plan_name": self.plan_name,
        }

    def letter(self, text: Item | Text, sent: date | None = None) -> Markup:
        """A message, or a line of one, as it is sent in the page's cohort on a day."""
        assert self.subject.cohort is not None
        return MessageWords(self.handbook, self.build, self.subject.cohort, sent).letters(text)

    def page(self, name: str, **others: Any) -> Markup:
        """Give the relative address of a page by its name.

        `overview`, `goals`, `roles/mentor`, `sessions/closing`, … are the program's; `cohort/…` the cohort's;
        `guide/…`, `for/…` and `home` stand once. Others than the page's own program or cohort are named.
        """
        target = path_of(name, replace(self.subject, **others))
        return Markup(posixpath.relpath(target, posixpath.dirname(self.path) or "."))

    def module_link(self, module: Module, program: Program | None = None) -> Markup:
        """A module's page: the program's where it changed it, else the shared one."""
        own = program or self.subject.program
        if module.item.changed and own:
            return self.page(f"training/{module.id}", program=own)
        return self.page(f"guide/training/{module.id}")

    def contact(self, *purposes: str) -> Markup:
        """Link to whom one asks, inside a sentence; the coordinator where no contact was given."""
        found = self.handbook.organisation.contact(*purposes)
        if found is None:
            return self.handbook.labels.say("contact.none")
        target = address(found.url)
        return Markup(f"[{inert(found.label)}]({target})") if target else inert(found.label)

    def event_link(self, event: timeline.Event, cohort: Cohort) -> Markup:
        """The page that says more of an event."""
        return self.page(views.event_page(event), program=cohort.program, cohort=cohort)

    def crumbs(self, name: str) -> list[tuple[Text, Markup]]:
        """The way up to a page: its program and its cohort, each with its address."""
        above = [("overview", self.subject.program), ("cohort", self.subject.cohort)]
        return [(one.title, self.page(page)) for page, one in above if one is not None and page != name]

    def criteria_names(self, program: Program) -> list[Markup]:
        """What makes a good pairing, in words."""
        return [self.handbook.labels.say(f"criterion.{name}") for name, _ in program.criteria]

    def plan_name(self, program: Program, item: Item) -> Text | Markup:
        """What a step of the plan counts from, in words."""
        name = str(item["with"])
        named = next((one for one in (*program.dated, *program.forms) if one.id == name), None)
        texts = self.handbook.labels
        return (
            texts.say(f"plan.{name}") if texts.has(f"plan.{name}") else named.title if named else Text(name)
        )

    def rule_names(self, program: Program) -> list[Markup]:
        """What a pairing must keep to, a sentence each."""
        return [
            self.handbook.labels.say(f"rule.{name}", n=value)
            for name, value in program.rules.items()
            if value
        ]

    def guide_item(self, identifier: str) -> Item:
        """The opening text of a page of the shared guide."""
        found = {item.id: item for item in self.handbook.playbook.kind("guide")}
        return found[identifier]

    def changes(self, sources: Iterable[Source]) -> tuple[tuple[Source, str], ...]:
        """Each source with the address that changes it; empty where the repository's host is unknown."""
        return tuple((source, self.build.host.address(source)) for source in sources)
