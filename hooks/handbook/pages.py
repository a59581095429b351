"""Handbook -> Page(path, title, text, sources); one table PAGES."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from . import templating, timeline, views
from .changes import Host
from .load import Handbook
from .playbook import Item, Source
from .problems import Problem
from .program import ROLES, Audience, Cohort, Module, Program, Role, Session, module
from .prose import Text, address, inert

ORGANISATION = Source("programs/organisation.yml")


@dataclass(frozen=True)
class Subject:
    """What a page is about; what does not apply is None."""

    role: Role | None = None
    program: Program | None = None
    cohort: Cohort | None = None
    module: Module | None = None
    session: Session | None = None

    def names(self) -> dict[str, str]:
        """The words that a page's address is made of."""
        return {key: getattr(value, "id", value) for key, value in self.__dict__.items() if value is not None}


@dataclass(frozen=True)
class Page:
    """One generated page.

    Attributes:
        path: below docs/, with forward slashes, ending in .md.
        name: of its kind, such as `program/goals`.
        title: in a menu, where its neighbours say the rest.
        full_title: in the browser's title and among search results.
        text: Markdown with the handbook's own HTML; inert where it came from YAML.
        sources: the files to change, the most important first.
        subject: what it is about.
    """

    path: str
    name: str
    title: Text
    full_title: Text
    text: str
    sources: tuple[Source, ...]
    subject: Subject = field(default_factory=Subject)


Sources = Callable[[Handbook, Subject], Iterable[Source]]


@dataclass(frozen=True)
class Kind:
    """A row of PAGES: a kind of page, whom it is made for, and where its text comes from."""

    name: str
    path: str
    subjects: Callable[[Handbook], Iterable[Subject]]
    sources: Sources

    def address(self, subject: Subject) -> str:
        """The page's path for one subject."""
        return self.path.format(**subject.names())


def _once(_: Handbook) -> Iterator[Subject]:
    yield Subject()


def _roles(_: Handbook) -> Iterator[Subject]:
    return (Subject(role=role) for role in ROLES)


def _shared_modules(handbook: Handbook) -> Iterator[Subject]:
    for item in handbook.playbook.kind("training"):
        yield Subject(module=module(item))


def _programs(handbook: Handbook) -> Iterator[Subject]:
    return (Subject(program=program) for program in handbook.programs)


def _program_roles(handbook: Handbook) -> Iterator[Subject]:
    return (Subject(program=program, role=role) for program in handbook.programs for role in ROLES)


def _own_modules(handbook: Handbook) -> Iterator[Subject]:
    for program in handbook.programs:
        yield from (Subject(program=program, module=one) for one in program.training if one.item.changed)


def _sessions(handbook: Handbook) -> Iterator[Subject]:
    return (
        Subject(program=program, session=one) for program in handbook.programs for one in program.sessions
    )


def _cohorts(handbook: Handbook) -> Iterator[Subject]:
    return (Subject(program=cohort.program, cohort=cohort) for cohort in handbook.cohorts)


def _items(*kinds: str) -> Sources:
    """Name the sources of all the playbook's things of these kinds; `kind/id` names one."""

    def found(handbook: Handbook, subject: Subject) -> Iterator[Source]:
        for kind in kinds:
            name, _, identifier = kind.partition("/")
            for item in handbook.playbook.kind(name):
                if identifier in ("", item.id):
                    yield from item.sources

    return found


def _of_program(*kinds: str) -> Sources:
    """Name program.yml, then what the program takes of these kinds."""

    def found(handbook: Handbook, subject: Subject) -> Iterator[Source]:
        program = subject.program
        assert program is not None
        yield Source(program.path)
        taken: Mapping[str, Iterable[Any]] = {
            "sessions": program.sessions, "training": program.training, "forms": program.forms,
            "check-ins": program.check_ins, "topics": program.topics,
        }  # fmt: skip
        for kind in kinds:
            for thing in taken.get(kind, program.texts.get(kind, ())):
                yield from getattr(thing, "item", thing).sources

    return found


def _of_thing(handbook: Handbook, subject: Subject) -> Iterator[Source]:
    thing = subject.session or subject.module
    assert thing is not None
    yield from thing.item.sources
    if subject.program:
        yield Source(subject.program.path)


def _of_role(handbook: Handbook, subject: Subject) -> Iterator[Source]:
    assert subject.program is not None
    assert subject.role is not None
    yield from subject.program.role(subject.role).sources
    yield Source(subject.program.path)


def _of_cohort(handbook: Handbook, subject: Subject) -> Iterator[Source]:
    assert subject.cohort is not None
    yield Source(subject.cohort.path)
    yield Source(subject.cohort.program.path)


def _of_door(handbook: Handbook, subject: Subject) -> Iterator[Source]:
    yield from (source for guide in handbook.playbook.kind("roles") if guide.id == subject.role
                for source in guide.sources)  # fmt: skip
    yield from (Source(cohort.path) for cohort in handbook.cohorts)


def _of_home(handbook: Handbook, subject: Subject) -> Iterator[Source]:
    yield ORGANISATION
    yield from _items("guide/what")(handbook, subject)
    yield from (Source(program.path) for program in handbook.programs)


def _of_library(handbook: Handbook, subject: Subject) -> Iterator[Source]:
    yield from _items("guide/library", "resources")(handbook, subject)
    yield from (Source(program.path) for program in handbook.programs if program.resources)


def _of_programs(handbook: Handbook, subject: Subject) -> Iterator[Source]:
    yield from (Source(program.path) for program in handbook.programs)
    yield ORGANISATION


def _guide(name: str, *kinds: str) -> Kind:
    return Kind(f"guide/{name}", f"guide/{name}.md", _once, _items(f"guide/{name}", *kinds))


PAGES: tuple[Kind, ...] = (
    Kind("home", "index.md", _once, _of_home),
    Kind("door", "for/{role}.md", _roles, _of_door),
    Kind("guide/index", "guide/index.md", _once, _items("guide")),
    _guide("what"),
    _guide("why", "benefits"),
    _guide("how", "steps"),
    _guide("who"),
    _guide("pairings"),
    _guide("pitfalls", "pitfalls"),
    _guide("topics", "topics"),
    Kind("guide/training", "guide/training/index.md", _once, _items("guide/training")),
    Kind("guide/module", "guide/training/{module}.md", _shared_modules, _of_thing),
    Kind("guide/library", "guide/library.md", _once, _of_library),
    _guide("stories", "stories"),
    _guide("glossary", "glossary"),
    _guide("questions", "questions"),
    Kind("programs", "programs/index.md", _once, _of_programs),
    Kind("overview", "programs/{program}/index.md", _programs, _of_program()),
    Kind("goals", "programs/{program}/goals.md", _programs, _of_program()),
    Kind("role", "programs/{program}/roles/{role}.md", _program_roles, _of_role),
    Kind("training", "programs/{program}/training/index.md", _programs, _of_program("training")),
    Kind("module", "programs/{program}/training/{module}.md", _own_modules, _of_thing),
    Kind("sessions", "programs/{program}/sessions/index.md", _programs, _of_program("sessions")),
    Kind("session", "programs/{program}/sessions/{session}.md", _sessions, _of_thing),
    Kind("agreement", "programs/{program}/agreement.md", _programs, _of_program("agreement", "ground-rules")),
    Kind("safety", "programs/{program}/safety.md", _programs, _of_program("safety")),
    Kind("check-ins", "programs/{program}/check-ins.md", _programs, _of_program("check-ins", "evaluation")),
    Kind("feedback", "programs/{program}/feedback.md", _programs, _of_program("forms", "evaluation")),
    Kind("questions", "programs/{program}/questions.md", _programs, _of_program("faq")),
    Kind("cohort", "programs/{program}/{cohort}/index.md", _cohorts, _of_cohort),
    Kind("cohort/timeline", "programs/{program}/{cohort}/timeline.md", _cohorts, _of_cohort),
    Kind("cohort/pairings", "programs/{program}/{cohort}/pairings.md", _cohorts, _of_cohort),
    Kind("cohort/feedback", "programs/{program}/{cohort}/feedback.md", _cohorts, _of_cohort),
    Kind("cohort/results", "programs/{program}/{cohort}/results.md", _cohorts, _of_cohort),
)  # fmt: skip
_BY_NAME = {kind.name: kind for kind in PAGES}


@dataclass(frozen=True)
class Build:
    """What pages are built for: the day, the readers, and where the repository lives."""

    day: date
    audience: Audience = "public"
    host: Host = Host()


def render(handbook: Handbook, build: Build) -> tuple[Page, ...]:
    """Render every page, in the order of PAGES."""
    environment = templating.environment(handbook.texts, handbook.templates)
    return tuple(
        _page(handbook, build, environment, kind, subject)
        for kind in PAGES
        for subject in kind.subjects(handbook)
    )


def clashes(handbook: Handbook) -> Iterator[Problem]:
    """Name each hand-written page that stands where a generated one would; the hand-written one wins."""
    for kind in PAGES:
        for subject in kind.subjects(handbook):
            path = kind.address(subject)
            if path in handbook.hand_written:
                message = f"docs/{path} replaces the page that the handbook would make there."
                hint = "Delete it, or keep it if that is what you want."
                yield Problem(f"docs/{path}", 1, 1, "hand-written-page-wins", message, hint, "warning")


def _page(handbook: Handbook, build: Build, environment: Environment, kind: Kind, subject: Subject) -> Page:
    path = kind.address(subject)
    sources = tuple(dict.fromkeys(kind.sources(handbook, subject)))
    titles = titles_of(handbook, kind, subject)
    words = Words(handbook, build, path, subject)
    context = words.context() | {
        "title": titles[0],
        "sources": words.changes(sources),
        "crumbs": words.crumbs(kind.name),
    }
    text = environment.get_template(f"{kind.name}.md.j2").render(context)
    return Page(path, kind.name, *titles, text, sources, subject)


def titles_of(handbook: Handbook, kind: Kind, subject: Subject) -> tuple[Text, Text]:
    """A page's title in a menu, and the one that says where it belongs."""
    short = _short_title(handbook, kind, subject)
    parents = [one.title for one in (subject.cohort, subject.program) if one is not None]
    own = Text() if kind.name in ("overview", "cohort") else short
    return short, Text(" – ".join(str(part) for part in (own, *parents) if part))


def _short_title(handbook: Handbook, kind: Kind, subject: Subject) -> Text:
    thing = subject.session or subject.module
    if thing:
        return thing.title
    if kind.name == "overview" and subject.program:
        return subject.program.title
    if kind.name == "cohort" and subject.cohort:
        return subject.cohort.title
    name = f"title.{kind.name}.{subject.role}" if subject.role else f"title.{kind.name}"
    return Text(handbook.texts.say(name).unescape())


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
        return {
            **{key: value for key, value in self.subject.__dict__.items() if value is not None},
            **extra,
            "handbook": self.handbook,
            "organisation": self.handbook.organisation,
            "playbook": self.handbook.playbook,
            "day": self.build.day,
            "audience": self.build.audience,
            "texts": self.handbook.texts,
            "roles": ROLES,
            "views": views,
            "timeline": timeline,
            "page": self.page,
            "contact": self.contact,
            "event_link": self.event_link,
            "guide_item": self.guide_item,
            "module_link": self.module_link,
            "path": self.path,
            "criteria_names": self.criteria_names,
            "rule_names": self.rule_names,
        }

    def page(self, name: str, **others: Any) -> Markup:
        """Give the relative address of a page by its name.

        `overview`, `goals`, `roles/mentor`, `sessions/closing`, … are the program's; `cohort/…` the cohort's;
        `guide/…`, `for/…` and `home` stand once. Others than the page's own program or cohort are named.
        """
        subject = self.subject.__class__(**{**self.subject.__dict__, **others})
        kind, _, identifier = name.partition("/")
        if name in _BY_NAME:
            target = _BY_NAME[name].address(subject)
        elif kind in ("roles", "for"):
            found = _BY_NAME["role" if kind == "roles" else "door"]
            target = found.path.format(**{**subject.names(), "role": identifier})
        elif kind in ("sessions", "training") and subject.program:
            found = _BY_NAME["session" if kind == "sessions" else "module"]
            target = found.path.format(
                **{**subject.names(), kind.removesuffix("s") if kind == "sessions" else "module": identifier}
            )
        elif name.startswith("guide/training/"):
            target = f"{name}.md"
        else:
            raise KeyError(f"No page is called {name}.")
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
            return self.handbook.texts.say("contact.none")
        target = address(found.url)
        return Markup(f"[{inert(found.label)}]({target})") if target else inert(found.label)

    def event_link(self, event: timeline.Event, cohort: Cohort) -> Markup:
        """The page that says more of an event."""
        own = {"program": cohort.program, "cohort": cohort}
        if event.kind == "session":
            return self.page(f"sessions/{event.id.removeprefix('session-')}", **own)
        pages = {"training": "training", "check-in": "check-ins", "form": "cohort/feedback",
                 "announcement": "cohort/pairings", "milestone": "cohort/timeline"}  # fmt: skip
        return self.page(pages.get(event.kind, "cohort"), **own)

    def crumbs(self, name: str) -> list[tuple[Text, Markup]]:
        """The way up to a page: its program and its cohort, each with its address."""
        above = [("overview", self.subject.program), ("cohort", self.subject.cohort)]
        return [(one.title, self.page(page)) for page, one in above if one is not None and page != name]

    def criteria_names(self, program: Program) -> list[Markup]:
        """What makes a good pairing, in words."""
        return [self.handbook.texts.say(f"criterion.{name}") for name, _ in program.criteria]

    def rule_names(self, program: Program) -> list[Markup]:
        """What a pairing must keep to, a sentence each."""
        return [
            self.handbook.texts.say(f"rule.{name}", n=value) for name, value in program.rules.items() if value
        ]

    def guide_item(self, identifier: str) -> Item:
        """The opening text of a page of the shared guide."""
        found = {item.id: item for item in self.handbook.playbook.kind("guide")}
        return found[identifier]

    def changes(self, sources: Iterable[Source]) -> tuple[tuple[Source, str], ...]:
        """Each source with the address that changes it; empty where the repository's host is unknown."""
        return tuple((source, self.build.host.address(source)) for source in sources)
