"""Handbook -> Page(path, title, text, sources)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from jinja2 import Environment

from ...contents import templating
from ...contents.build import Build
from ...contents.kinds import ORGANISATION, PAGES, PageKind, PageSubject, site_address
from ...guidance.steps.pairings import called_both
from ...model.definitions.playbook import Source
from ...model.handbook import Handbook
from ...model.timeline import is_over
from ...text.problems import HandbookError, Problem, fault
from ...text.prose import Text
from .context import PARENTS, PageContext


@dataclass(frozen=True)
class Page:
    """One generated page.

    Attributes:
        path: below docs/, with forward slashes, ending in .md.
        title: in a menu, where its neighbours say the rest; `full_title` stands alone.
        text: Markdown with the handbook's own HTML; inert where it came from YAML.
        sources: the files to change, the most important first.
        section: of the menu; what only coordinators need is in their `kit`, a cohort that is over `earlier`.
    """

    kind: PageKind
    path: str
    title: Text
    full_title: Text
    text: str
    sources: tuple[Source, ...]
    subject: PageSubject
    section: str = ""


def render(handbook: Handbook, build: Build) -> tuple[Page, ...]:
    """Render every page, in the order of PAGES.

    Raises:
        HandbookError: with each page whose templates or texts are wrong, or whose address another page has.
    """
    twice = double_addresses(handbook, build.day)
    rendered, problems = render_kinds(handbook, build, PAGES)
    if problems := (*twice, *problems):
        raise HandbookError(problems)
    return rendered


def render_kinds(
    handbook: Handbook, build: Build, kinds: Iterable[PageKind]
) -> tuple[tuple[Page, ...], tuple[Problem, ...]]:
    """Render the pages of some kinds that the readers may see; a problem for each that cannot be made."""
    environment = templating.environment(handbook.labels, handbook.templates)
    rendered: list[Page] = []
    problems: list[Problem] = []
    for kind, subject in _subjects(handbook, build.day, kinds):
        if kind.audience in ("public", build.audience):
            try:
                with templating.faults_named():
                    rendered.append(render_page(handbook, build, environment, kind, subject))
            except HandbookError as error:
                problems.extend(error.problems)
    return tuple(rendered), tuple(problems)


def _subjects(
    handbook: Handbook, day: date, kinds: Iterable[PageKind] = PAGES
) -> Iterator[tuple[PageKind, PageSubject]]:
    return ((kind, subject) for kind in kinds for subject in kind.subjects(handbook, day))


def replaced(handbook: Handbook, hand_written: Iterable[str], day: date) -> Mapping[str, str]:
    """Give for each hand-written page the generated one whose address it has; the hand-written one wins."""
    paths = (kind.address(subject) for kind, subject in _subjects(handbook, day))
    generated = {site_address(path): path for path in paths}
    addresses = {path: site_address(path) for path in sorted(hand_written)}
    return {path: generated[address] for path, address in addresses.items() if address in generated}


def clashes(handbook: Handbook, day: date) -> Iterator[Problem]:
    """Name each hand-written page that stands where a generated one would."""
    for path in replaced(handbook, handbook.hand_written, day):
        yield fault("hand-written-page-wins", path=f"docs/{path}").placed(f"docs/{path}")


def double_addresses(handbook: Handbook, day: date) -> Iterator[Problem]:
    """Name each page that would stand where another generated one does."""
    taken: set[str] = set()
    for kind, subject in _subjects(handbook, day):
        address = site_address(kind.address(subject))
        if address in taken:
            source = next(kind.sources(handbook, subject), ORGANISATION)
            yield fault("double-address", address=address).placed(source.path)
        taken.add(address)


def render_page(
    handbook: Handbook, build: Build, environment: Environment, kind: PageKind, subject: PageSubject
) -> Page:
    """Render one page of a kind, in the sandbox that `templating.environment` gives."""
    path = kind.address(subject)
    # Every page speaks of the organisation, and most of its contacts.
    sources = tuple(dict.fromkeys((*kind.sources(handbook, subject), ORGANISATION)))
    titles = titles_of(handbook, build, kind, subject)
    page = PageContext(handbook, build, path, subject)
    changes = tuple((source, build.host.address(source)) for source in sources)
    own = {"title": titles[0], "sources": changes, "crumbs": page.crumbs(kind), "page_kind": kind.name}
    text = environment.get_template(f"{kind.name}.md.j2").render(page.values() | own)
    return Page(kind, path, *titles, text, sources, subject, _section(handbook, kind, subject, build.day))


def _section(handbook: Handbook, kind: PageKind, subject: PageSubject, day: date) -> str:
    cohort, sheet, only = subject.cohort, subject.sheet, handbook.programs[:1] * (len(handbook.programs) == 1)
    if (subject.program and subject.role == "coordinator") or (sheet and sheet["for"] == ["coordinator"]):
        return "kit"
    if subject.module and any(one.item == subject.module.item for own in only for one in own.training):
        return "prepare/training"
    if cohort is None or kind.section != "now":
        return kind.section
    going = [one for one in handbook.cohorts_of(cohort.program) if not is_over(one, day)]
    return "now" if going == [cohort] else f"{'now' if cohort in going else 'earlier'}/{cohort.id}"


def titles_of(handbook: Handbook, build: Build, kind: PageKind, subject: PageSubject) -> tuple[Text, Text]:
    """A page's title in a menu, and the one that says where it belongs."""
    if kind.titled_by:
        title: Text = getattr(subject, kind.titled_by).title
    else:
        label = f"title.{kind.name}.{subject.role}" if subject.role else f"title.{kind.name}"
        if kind.name == "privacy" and handbook.organisation.unsaid:
            label += "-unfinished"
        names = called_both(subject.pairing, handbook.labels, build.audience) if subject.pairing else {}
        title = Text(handbook.labels.say(label, **names).unescape())
    parents = [parent.title for parent in (subject.cohort, subject.program) if parent is not None]
    own = [] if kind.titled_by in PARENTS else [title]
    return title, Text(" – ".join(str(part) for part in (*own, *parents) if part))
