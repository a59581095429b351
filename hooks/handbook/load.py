"""Repository root -> (Handbook, problems). The only reader of programs/."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import checks, playbook, schema
from .document import Document, read
from .playbook import Item, Playbook
from .problems import Problem, errors, tidy
from .program import Cohort, Organisation, Program, cohort, program
from .prose import Text
from .settings import config_problems
from .texts import Texts

ENGINE = Path(__file__).resolve().parent
OVERRIDES = "docs/templates"


@dataclass(frozen=True)
class Handbook:
    """Everything that a site is made of.

    Attributes:
        cohorts: of all programs, in the order of their start.
        templates: the organisation's own page templates by name, such as `home.md.j2`.
        hand_written: pages that people keep in docs/, by their path; they win over generated ones.
    """

    organisation: Organisation
    programs: tuple[Program, ...] = ()
    cohorts: tuple[Cohort, ...] = ()
    playbook: Playbook = field(default_factory=Playbook)
    texts: Texts = field(default_factory=lambda: Texts("en"))
    templates: Mapping[str, str] = field(default_factory=dict)
    hand_written: frozenset[str] = frozenset()

    def cohorts_of(self, one: Program) -> tuple[Cohort, ...]:
        """The cohorts of a program, in the order of their start."""
        return tuple(run for run in self.cohorts if run.program is one)


def load(root: Path) -> tuple[Handbook | None, tuple[Problem, ...]]:
    """Read a repository.

    Every file is read whatever is wrong with the others; all problems come back at once, sorted.
    The handbook is None where there is an error.
    """
    problems: list[Problem] = list(config_problems(root))
    organisation = _organisation(root, problems)
    language = organisation.language if organisation else "en"
    book = _playbook(root, language, problems)
    programs: list[Program] = []
    cohorts: list[Cohort] = []
    for folder in sorted(path.parent for path in (root / "programs").glob("*/*.yml") if path.name != "program.yml"):
        if not (folder / "program.yml").is_file():
            problems.append(_no_program(root, folder))
    shared = book.without(organisation.omitted) if organisation else book
    for file in sorted((root / "programs").glob("*/program.yml")):
        one = _program(root, file, shared, problems)
        if one:
            programs.append(one)
        for run_file in sorted(path for path in file.parent.glob("*.yml") if path.name != "program.yml"):
            run = _cohort(root, run_file, one, organisation, problems)
            if run:
                cohorts.append(run)
    texts = _texts(root, language, problems)
    templates = _templates(root)
    pages = frozenset(path.relative_to(root / "docs").as_posix() for path in (root / "docs").rglob("*.md"))
    found = tidy(problems)
    if errors(found) or organisation is None:
        return None, found
    ordered = tuple(sorted(cohorts, key=lambda run: (run.start, run.path)))
    return Handbook(organisation, tuple(programs), ordered, shared, texts, templates, pages), found


def _read(root: Path, file: Path, problems: list[Problem], name: str) -> Document | None:
    """Read a file and hold it against its schema; None where it has errors."""
    document = read(file.relative_to(root).as_posix(), file.read_bytes())
    found = (document,) if isinstance(document, Problem) else schema.problems(document, name)
    problems.extend(found)
    return None if isinstance(document, Problem) or errors(found) else document


def _organisation(root: Path, problems: list[Problem]) -> Organisation | None:
    file = root / "programs" / "organisation.yml"
    if not file.is_file():
        hint = "Write one with `name: …`, or run `handbook new --fresh`."
        path = "programs/organisation.yml"
        problems.append(Problem(path, 1, 1, "no-organisation", "There is no programs/organisation.yml.", hint))
        return None
    document = _read(root, file, problems, "organisation")
    if document is None:
        return None
    organisation = Organisation.of(document)
    found = tuple(checks.organisation_problems(document, organisation))
    problems.extend(found)
    return None if found else organisation


def _no_program(root: Path, folder: Path) -> Problem:
    path = folder.relative_to(root).as_posix()
    hint = "Write one, or run `handbook new program`."
    return Problem(f"{path}/program.yml", 1, 1, "no-program", f"{path} holds no program.yml.", hint)


def _program(root: Path, file: Path, book: Playbook, problems: list[Problem]) -> Program | None:
    document = _read(root, file, problems, "program")
    if document is None:
        return None
    prose = {path.name: _long_text(root, path, problems) for path in sorted(file.parent.glob("*.md"))}
    made, found = program(document, book, prose)
    problems.extend(found)
    if not errors(found):
        problems.extend(_all(checks.PROGRAM_CHECKS, checks.ProgramFile(document, made)))
    return made if made.sessions and not errors(found) else None


def _long_text(root: Path, path: Path, problems: list[Problem]) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        name = path.relative_to(root).as_posix()
        hint = "Save it again as UTF-8."
        problems.append(Problem(name, 1, 1, "not-utf-8", "This file is not saved as UTF-8.", hint))
        return ""


def _cohort(
    root: Path, file: Path, of: Program | None, organisation: Organisation | None, problems: list[Problem]
) -> Cohort | None:
    document = _read(root, file, problems, "cohort")
    if document is None or of is None:
        return None
    made, found = cohort(document, of)
    problems.extend(found)
    if organisation and not errors(found):
        problems.extend(_all(checks.COHORT_CHECKS, checks.CohortFile(document, made, organisation)))
    return made


def _all(rules: Iterable[Any], file: object) -> Iterator[Problem]:
    for rule in rules:
        yield from rule(file)


def _playbook(root: Path, language: str, problems: list[Problem]) -> Playbook:
    folder = ENGINE / "playbook" / language
    ready: list[tuple[Item, str]] = []
    for file in sorted(folder.glob("*/*.md")):
        text = file.read_text("utf-8")
        one = playbook.item(f"hooks/handbook/playbook/{language}/{file.parent.name}/{file.name}", text,
                            file.parent.name, file.stem)  # fmt: skip
        if isinstance(one, Problem):
            problems.append(one)
        else:
            ready.append((one, text))
    own = list(_own_items(root, problems))
    defaults = read(f"hooks/handbook/playbook/{language}/program.yml", (folder / "program.yml").read_bytes())
    if isinstance(defaults, Problem):
        problems.append(defaults)
        return Playbook()
    return playbook.assemble(ready, own, defaults.values if isinstance(defaults.values, dict) else {})


def _own_items(root: Path, problems: list[Problem]) -> Iterator[Item]:
    for file in sorted((root / OVERRIDES / "playbook").glob("*/*.md")):
        path = file.relative_to(root).as_posix()
        one = playbook.item(path, _long_text(root, file, problems), file.parent.name, file.stem)
        if isinstance(one, Problem):
            problems.append(one)
        else:
            yield one


def _texts(root: Path, language: str, problems: list[Problem]) -> Texts:
    documents: list[Document] = []
    engine = ENGINE / "texts" / f"{language}.yml"
    own = root / OVERRIDES / "texts" / f"{language}.yml"
    for file, path in ((engine, f"hooks/handbook/texts/{language}.yml"), (own, f"{OVERRIDES}/texts/{language}.yml")):
        if file.is_file():
            document = read(path, file.read_bytes())
            if isinstance(document, Problem):
                problems.append(document)
            else:
                documents.append(document)
    return Texts.of(language, *documents)


def _templates(root: Path) -> Mapping[str, str]:
    folder = root / OVERRIDES
    return {
        file.relative_to(folder).as_posix(): str(Text(file.read_text("utf-8")))
        for file in sorted(folder.rglob("*.md.j2"))
    }
