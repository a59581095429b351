"""Handbook -> Page(path, title, text, sources)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from jinja2 import Environment

from ...contents import templating
from ...contents.build import Build
from ...contents.kinds import ORGANISATION, PAGES, Kind, Subject, site_address
from ...model.definitions.playbook import Source
from ...model.handbook import Handbook
from ...text.problems import HandbookError, Problem
from ...text.prose import Text
from .. import views
from .context import Words


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


def render(handbook: Handbook, build: Build) -> tuple[Page, ...]:
    """Render every page, in the order of PAGES.

    Raises:
        HandbookError: with one problem for each page whose templates or texts are wrong, or whose address
            another page has.
    """
    twice = double_addresses(handbook, build.day)
    made, problems = render_kinds(handbook, build, PAGES)
    if problems := (*twice, *problems):
        raise HandbookError(problems)
    return made


def render_kinds(
    handbook: Handbook, build: Build, kinds: Iterable[Kind]
) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    """Render the pages of some kinds; a problem for each that cannot be made."""
    environment = templating.environment(handbook.labels, handbook.templates)
    made: list[Page] = []
    problems: list[Problem] = []
    for kind in kinds:
        for subject in kind.subjects(handbook, build.day):
            try:
                with templating.faults_named():
                    made.append(render_one(handbook, build, environment, kind, subject))
            except HandbookError as error:
                problems.extend(error.problems)
    return tuple(made), tuple(problems)


def _subjects(handbook: Handbook, day: date) -> Iterator[tuple[Kind, Subject]]:
    return ((kind, subject) for kind in PAGES for subject in kind.subjects(handbook, day))


def replaced(handbook: Handbook, hand_written: Iterable[str], day: date) -> Mapping[str, str]:
    """Give for each hand-written page the generated one whose address it has; the hand-written one wins."""
    made = {
        site_address(path): path for path in (kind.address(one) for kind, one in _subjects(handbook, day))
    }
    return {path: made[site_address(path)] for path in sorted(hand_written) if site_address(path) in made}


def clashes(handbook: Handbook, day: date) -> Iterator[Problem]:
    """Name each hand-written page that stands where a generated one would."""
    for path in replaced(handbook, handbook.hand_written, day):
        message = f"docs/{path} replaces the page that the handbook would make there."
        hint = "Delete it, or keep it if that is what you want."
        yield Problem(f"docs/{path}", 1, 1, "hand-written-page-wins", message, hint, "warning")


def double_addresses(handbook: Handbook, day: date) -> Iterator[Problem]:
    """Name each page that would stand where another generated one does."""
    taken: set[str] = set()
    for kind, subject in _subjects(handbook, day):
        address = site_address(kind.address(subject))
        if address in taken:
            source = next(iter(kind.sources(handbook, subject)), ORGANISATION)
            message = f"This would make a second page at the address “{address}/”."
            hint = "Give one of the two another id, or its file another name."
            yield Problem(source.path, 1, 1, "double-address", message, hint)
        taken.add(address)


def render_one(
    handbook: Handbook, build: Build, environment: Environment, kind: Kind, subject: Subject
) -> Page:
    """Render one page of a kind, in the sandbox that `templating.environment` gives."""
    path = kind.address(subject)
    # Every page speaks of the organisation, and most of its contacts.
    sources = tuple(dict.fromkeys((*kind.sources(handbook, subject), ORGANISATION)))
    titles = titles_of(handbook, build, kind, subject)
    words = Words(handbook, build, path, subject)
    context = words.context() | {
        "title": titles[0],
        "sources": words.changes(sources),
        "crumbs": words.crumbs(kind.name),
    }
    text = environment.get_template(f"{kind.name}.md.j2").render(context)
    return Page(path, kind.name, *titles, text, sources, subject)


def titles_of(handbook: Handbook, build: Build, kind: Kind, subject: Subject) -> tuple[Text, Text]:
    """A page's title in a menu, and the one that says where it belongs."""
    short = _short_title(handbook, build, kind, subject)
    parents = [one.title for one in (subject.cohort, subject.program) if one is not None]
    own = Text() if kind.name in ("overview", "cohort") else short
    return short, Text(" – ".join(str(part) for part in (own, *parents) if part))


def _short_title(handbook: Handbook, build: Build, kind: Kind, subject: Subject) -> Text:
    thing = subject.session or subject.module or subject.sheet
    if thing:
        return thing.title
    if subject.pairing:
        two = views.called_both(subject.pairing, handbook.labels, build.audience)
        return Text(handbook.labels.say("title.cohort/pairing", **two).unescape())
    if kind.name == "overview" and subject.program:
        return subject.program.title
    if kind.name == "cohort" and subject.cohort:
        return subject.cohort.title
    name = f"title.{kind.name}.{subject.role}" if subject.role else f"title.{kind.name}"
    return Text(handbook.labels.say(name).unescape())
