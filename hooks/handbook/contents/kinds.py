"""The kinds of pages: one table PAGES says whom each is made for, and where its text comes from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from ..model.definitions.assembly import module
from ..model.definitions.cohort import Cohort, Pairing
from ..model.definitions.playbook import Item, Source
from ..model.definitions.program import ROLES, Form, Module, Moment, Program, Role, Session
from ..model.handbook import Handbook
from ..model.timeline import public_pairings
from ..text.problems import did_you_mean

ORGANISATION = Source("programs/organisation.yml")
Sources = Callable[["Handbook", "Subject"], Iterable[Source]]


@dataclass(frozen=True)
class Subject:
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
class Kind:
    """A row of PAGES: a kind of page, whom it is made for on a day, and where its text comes from."""

    name: str
    path: str
    subjects: Callable[[Handbook, date], Iterable[Subject]]
    sources: Sources

    def address(self, subject: Subject) -> str:
        """The page's path for one subject."""
        return self.path.format(**subject.names())


def _once(_: Handbook, day: date) -> Iterator[Subject]:
    yield Subject()


def _roles(_: Handbook, day: date) -> Iterator[Subject]:
    return (Subject(role=role) for role in ROLES)


def _shared_modules(handbook: Handbook, day: date) -> Iterator[Subject]:
    for item in handbook.playbook.kind("training"):
        yield Subject(module=module(item))


def _programs(handbook: Handbook, day: date) -> Iterator[Subject]:
    return (Subject(program=program) for program in handbook.programs)


def _program_roles(handbook: Handbook, day: date) -> Iterator[Subject]:
    return (Subject(program=program, role=role) for program in handbook.programs for role in ROLES)


def _own_modules(handbook: Handbook, day: date) -> Iterator[Subject]:
    for program in handbook.programs:
        yield from (Subject(program=program, module=one) for one in program.training if one.item.changed)


def _sessions(handbook: Handbook, day: date) -> Iterator[Subject]:
    for program in handbook.programs:
        yield from (Subject(program=program, session=one) for one in (*program.sessions, *program.further))


def _sheets(handbook: Handbook, day: date) -> Iterator[Subject]:
    for program in handbook.programs:
        yield from (Subject(program=program, sheet=one) for one in program.items["sheets"])


def _cohorts(handbook: Handbook, day: date) -> Iterator[Subject]:
    return (Subject(program=cohort.program, cohort=cohort) for cohort in handbook.cohorts)


def _pairings(handbook: Handbook, day: date) -> Iterator[Subject]:
    """One for each two people who are shown; of two pairings of theirs the one that goes on."""
    for cohort in handbook.cohorts:
        known = sorted(public_pairings(cohort, day), key=lambda one: not one.closed)
        couples = {one.id: one for one in known}
        yield from (Subject(program=cohort.program, cohort=cohort, pairing=one) for one in couples.values())


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
    """Name program.yml, then what the program takes of these kinds; `kind/id` names one."""

    def found(handbook: Handbook, subject: Subject) -> Iterator[Source]:
        program = subject.program
        assert program is not None
        yield Source(program.path)
        for kind in kinds:
            name, _, identifier = kind.partition("/")
            for item in _taken(program, name):
                if identifier in ("", item.id):
                    yield from item.sources

    return found


def _taken(program: Program, kind: str) -> Iterator[Item]:
    """The things of a kind as a program takes them."""
    dated: dict[str, tuple[Session | Module | Moment | Form, ...]] = {
        "training": program.training,
        "sessions": (*program.sessions, *program.further),
        "milestones": program.milestones,
        "check-ins": program.check_ins,
        "forms": program.forms,
    }
    yield from (thing.item for thing in dated[kind]) if kind in dated else program.items[kind]


def _glimpses(*kinds: str) -> Sources:
    """Name the page's own files, then the things of these kinds as a list shows them: title and summary."""

    def found(handbook: Handbook, subject: Subject) -> Iterator[Source]:
        program = subject.program
        assert program is not None
        yield from _of_cohort(handbook, subject) if subject.cohort else (Source(program.path),)
        for kind in kinds:
            for item in _taken(program, kind):
                yield from item.glimpse

    return found


def _of_guide(*kinds: str) -> Sources:
    """Name things of the shared guide as a list shows them."""
    return lambda handbook, subject: (
        source for kind in kinds for item in handbook.playbook.kind(kind) for source in item.glimpse
    )


def _of_shared_training(handbook: Handbook, subject: Subject) -> Iterator[Source]:
    yield from _items("guide/training")(handbook, subject)
    yield from _of_guide("training")(handbook, subject)


def _of_thing(handbook: Handbook, subject: Subject) -> Iterator[Source]:
    thing = subject.session or subject.module
    item = thing.item if thing else subject.sheet
    assert item is not None
    yield from item.sources
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


def _of_kit(handbook: Handbook, subject: Subject) -> Iterator[Source]:
    yield from _of_program("kit")(handbook, subject)
    # A step of the plan is a line: with its whole text in each address the foot would outweigh the page.
    yield from _glimpses("launch")(handbook, subject)


# Messages that `handbook announce` fills in, for all and for each pairing: none that one copies from a page.
ANNOUNCEMENTS = ("announcement", "announcement-each")


def copied_messages(program: Program) -> tuple[Item, ...]:
    """The messages that stand on a cohort's page, to be copied from there."""
    return tuple(item for item in program.items["messages"] if item.id not in ANNOUNCEMENTS)


def _of_messages(handbook: Handbook, subject: Subject) -> Iterator[Source]:
    yield from _of_cohort(handbook, subject)
    assert subject.program is not None
    yield from (source for item in copied_messages(subject.program) for source in item.sources)


def _of_door(handbook: Handbook, subject: Subject) -> Iterator[Source]:
    yield from (source for guide in handbook.playbook.kind("roles") if guide.id == subject.role
                for source in guide.sources)  # fmt: skip
    yield from (Source(cohort.path) for cohort in handbook.cohorts)


def _of_home(handbook: Handbook, subject: Subject) -> Iterator[Source]:
    yield ORGANISATION
    yield from (Source(program.path) for program in handbook.programs)
    yield from (Source(cohort.path) for cohort in handbook.cohorts)


def _of_library(handbook: Handbook, subject: Subject) -> Iterator[Source]:
    yield from _items("guide/library", "resources")(handbook, subject)
    yield from (Source(program.path) for program in handbook.programs if program.resources)


def _guide(name: str, *kinds: str) -> Kind:
    return Kind(f"guide/{name}", f"guide/{name}.md", _once, _items(f"guide/{name}", *kinds))


_DATED = ("sessions", "milestones", "check-ins", "forms")
PAGES: tuple[Kind, ...] = (
    Kind("home", "index.md", _once, _of_home),
    Kind("door", "for/{role}.md", _roles, _of_door),
    Kind("guide/index", "guide/index.md", _once, _of_guide("guide")),
    _guide("what"),
    _guide("why", "benefits"),
    _guide("how", "steps"),
    _guide("who"),
    _guide("readiness", "readiness"),
    _guide("pairings"),
    _guide("pitfalls", "pitfalls"),
    _guide("topics", "topics"),
    _guide("starters", "starters"),
    Kind("guide/training", "guide/training/index.md", _once, _of_shared_training),
    Kind("guide/module", "guide/training/{module}.md", _shared_modules, _of_thing),
    Kind("guide/library", "guide/library.md", _once, _of_library),
    _guide("stories", "stories"),
    _guide("glossary", "glossary"),
    _guide("questions", "questions"),
    Kind("programs", "programs/index.md", _once, _of_home),
    Kind("overview", "programs/{program}/index.md", _programs, _of_program()),
    Kind("goals", "programs/{program}/goals.md", _programs, _of_program("evaluation/measuring")),
    Kind("role", "programs/{program}/roles/{role}.md", _program_roles, _of_role),
    Kind("taking-part", "programs/{program}/taking-part.md", _programs, _of_program("taking-part")),
    Kind("training", "programs/{program}/training/index.md", _programs, _glimpses("training")),
    Kind("module", "programs/{program}/training/{module}.md", _own_modules, _of_thing),
    Kind("sessions", "programs/{program}/sessions/index.md", _programs, _glimpses("sessions")),
    Kind("session", "programs/{program}/sessions/{session}.md", _sessions, _of_thing),
    Kind("sheets", "programs/{program}/sheets/index.md", _programs, _glimpses("sheets")),
    Kind("sheet", "programs/{program}/sheets/{sheet}.md", _sheets, _of_thing),
    Kind("agreement", "programs/{program}/agreement.md", _programs, _of_program("agreement", "ground-rules")),
    Kind("conduct", "programs/{program}/conduct.md", _programs, _of_program("conduct")),
    Kind("safety", "programs/{program}/safety.md", _programs, _of_program("safety")),
    Kind("privacy", "programs/{program}/privacy.md", _programs, _of_program("privacy")),
    Kind("check-ins", "programs/{program}/check-ins.md", _programs, _of_program("check-ins", "evaluation")),
    Kind("feedback", "programs/{program}/feedback.md", _programs, _of_program("forms")),
    Kind("survey", "programs/{program}/survey.md", _programs, _glimpses("survey")),
    Kind("recognition", "programs/{program}/recognition.md", _programs, _of_program("recognition")),
    Kind("questions", "programs/{program}/questions.md", _programs, _of_program("faq")),
    Kind("kit", "programs/{program}/kit.md", _programs, _of_kit),
    Kind("cohort", "programs/{program}/{cohort}/index.md", _cohorts, _glimpses(*_DATED)),
    Kind("cohort/timeline", "programs/{program}/{cohort}/timeline.md", _cohorts, _glimpses(*_DATED)),
    Kind("cohort/pairings", "programs/{program}/{cohort}/pairings.md", _cohorts, _of_cohort),
    Kind("cohort/pairing", "programs/{program}/{cohort}/pairings/{pairing}.md", _pairings, _of_cohort),
    Kind("cohort/feedback", "programs/{program}/{cohort}/feedback.md", _cohorts, _glimpses("forms")),
    Kind("cohort/results", "programs/{program}/{cohort}/results.md", _cohorts, _of_cohort),
    Kind("cohort/messages", "programs/{program}/{cohort}/messages.md", _cohorts, _of_messages),
)  # fmt: skip
BY_NAME = {kind.name: kind for kind in PAGES}

# Pages of one kind that are named by what they are about: the kind, and what its address calls that.
_FAMILIES = {
    "for": ("door", "role"),
    "roles": ("role", "role"),
    "sessions": ("session", "session"),
    "training": ("module", "module"),
    "sheets": ("sheet", "sheet"),
    "guide/training": ("guide/module", "module"),
}


def path_of(name: str, subject: Subject) -> str:
    """Give the path of a page by its name, seen from one subject.

    `overview`, `goals`, `roles/mentor`, `sessions/closing`, … are the subject's program's; `cohort/…` its
    cohort's; `guide/…`, `for/…` and `home` stand once. A sheet that the program left out leads to the list.

    Raises:
        LookupError: there is no such page, or it is one of a program, a cohort, … that the subject has not.
    """
    names = subject.names()
    if name not in BY_NAME:
        family, _, identifier = name.rpartition("/")
        if family not in _FAMILIES:
            near = did_you_mean(name, (*BY_NAME, *(f"{one}/{identifier}" for one in _FAMILIES)))
            raise LookupError(f"There is no page “{name}”. {near}".strip())
        name, key = _FAMILIES[family]
        names[key] = identifier
        if name == "session" and subject.program:
            names[key] = subject.program.session(identifier).id
        sheets = subject.program.items["sheets"] if subject.program else ()
        if name == "sheet" and identifier not in {one.id for one in sheets}:
            name = "sheets"
    path = BY_NAME[name].path
    missing = [key for key in re.findall(r"{(\w+)}", path) if key not in names]
    if missing:
        raise LookupError(f"“{name}” is a page of one {missing[-1]}, and here none is meant.")
    return path.format(**names)


_ENDING = re.compile(r"(?:(?:^|(?<=/))(?:index|README))?\.(?:md|markdown|mdown|mkdn?)$(?!\n)")


def site_address(path: str) -> str:
    """Where a page stands on the site: `x.md`, `x/index.md` and `x/README.md` all stand at `x`."""
    return _ENDING.sub("", path).strip("/")
