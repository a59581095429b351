"""Repository root -> (Handbook, problems). The only reader of programs/."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from . import checks, completeness, playbook, privacy, schema
from .cohort import Cohort, cohort
from .completeness import Report
from .completion import program
from .document import MOST_BYTES, Document, examine, read
from .organisation import Organisation
from .playbook import Item, Playbook
from .problems import Problem, did_you_mean, errors, known, tidy
from .program import Program
from .settings import config_problems
from .texts import Texts

ENGINE = Path(__file__).resolve().parent
ENGINE_PLAYBOOK = "hooks/handbook/playbook"
OVERRIDES = "docs/templates"


@dataclass(frozen=True)
class Handbook:
    """Everything that a site is made of.

    Attributes:
        cohorts: of all programs, in the order of their start.
        templates: the organisation's own page templates by name, such as `home.md.j2`.
        reports: how complete each program is, by its id.
        hand_written: pages that people keep in docs/, by their path; they win over generated ones.
    """

    organisation: Organisation
    programs: tuple[Program, ...] = ()
    cohorts: tuple[Cohort, ...] = ()
    playbook: Playbook = field(default_factory=Playbook)
    texts: Texts = field(default_factory=lambda: Texts("en"))
    templates: Mapping[str, str] = field(default_factory=dict)
    reports: Mapping[str, Report] = field(default_factory=dict)
    hand_written: frozenset[str] = frozenset()

    def cohorts_of(self, one: Program) -> tuple[Cohort, ...]:
        """The cohorts of a program, in the order of their start."""
        return tuple(run for run in self.cohorts if run.program is one)


def load(root: Path) -> tuple[Handbook | None, tuple[Problem, ...]]:
    """Read a repository.

    Every file is read whatever is wrong with the others; all problems come back at once, sorted.
    The handbook is None where there is an error.
    """
    reader = _Reader(root)
    organisation, book = reader.organisation()
    programs, cohorts = reader.programs(organisation, book)
    texts, templates = reader.texts(organisation), reader.templates()
    pages = frozenset(path.relative_to(root / "docs").as_posix() for path in (root / "docs").rglob("*.md"))
    reports = reader.reports(organisation, programs, cohorts)
    lacking = (problem for report in reports.values() for problem in report.lacking)
    tracked = privacy.sign_ups_in_git(_kept_by_git(root))
    found = tidy((*config_problems(root), *reader.problems, *tracked, *lacking))
    if errors(found) or organisation is None:
        return None, found
    return Handbook(organisation, programs, cohorts, book, texts, templates, reports, pages), found


def _kept_by_git(root: Path) -> tuple[str, ...]:
    """The files of programs/ and signups/ that git keeps, or will with the next commit."""
    listing = ("ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", "programs", "signups")
    try:
        done = subprocess.run(["git", "-c", "core.fsmonitor=false", *listing], cwd=root, capture_output=True)
    except FileNotFoundError:  # without git nothing is kept
        return ()
    return tuple(name for name in done.stdout.decode("utf-8", "replace").split("\0") if name)


MOST_FILES = 5_000
_REAL_FILE = "Put the file itself here. Links are not followed, so that nothing private is built by accident."
_SPLIT = f"Keep it under {MOST_BYTES:,} bytes."


class _Reader:
    """Reads the files of one repository and gathers what is wrong with them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.documents: dict[str, Document] = {}  # the definitions that are as their schema wants them
        self.prose: dict[str, Mapping[str, str]] = {}  # the long texts by path, by that of their program

    def _path(self, file: Path) -> str:
        return file.relative_to(self.root).as_posix()

    def _report(self, file: Path, code: str, message: str, hint: str) -> None:
        self.problems.append(Problem(self._path(file), 1, 1, code, message, hint))

    def _read(self, file: Path, name: str) -> Document | None:
        """Read a file and hold it against its schema; None where it has errors."""
        content = self._bytes(file)
        if content is None:
            return None
        document, faults = examine(self._path(file), content)
        found = [*faults, *(schema.problems(document, name) if document else ())]
        self.problems.extend(found)
        if document is None or errors(found):
            return None
        self.documents[document.path] = document
        return document

    def _bytes(self, file: Path) -> bytes | None:
        """Read a file where it stands; a link could lead to what nobody meant to publish."""
        try:
            if file.resolve() != self.root.resolve() / file.relative_to(self.root):
                self._report(file, "symbolic-link", "This is a link to another place.", _REAL_FILE)
            elif file.stat().st_size > MOST_BYTES:
                self._report(file, "file-too-large", "This file is too large.", _SPLIT)
            else:
                return file.read_bytes()
        except OSError as error:
            message = f"This cannot be read: {error.strerror}."
            self._report(file, "unreadable-file", message, "Put a file that can be read here, or delete it.")
        return None

    def _text(self, file: Path) -> str | None:
        """Read a text; None where that cannot be."""
        content = self._bytes(file)
        try:
            return None if content is None else content.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            self._report(file, "not-utf-8", "This file is not saved as UTF-8.", "Save it again as UTF-8.")
            return None

    def organisation(self) -> tuple[Organisation | None, Playbook]:
        """Read organisation.yml, and the playbook in its language without what it omits."""
        file = self.root / "programs" / "organisation.yml"
        document = self._read(file, "organisation") if file.exists() else None
        if not file.exists() and not file.with_suffix(".yaml").exists():
            hint = "Write one with `name: …`, or run `.venv/bin/handbook new --fresh`."
            self._report(file, "no-organisation", "There is no programs/organisation.yml.", hint)
        organisation = Organisation.of(document) if document else None
        book = self._playbook(organisation.language if organisation else "en")
        if document is None or organisation is None:
            return None, book
        found = [*checks.organisation_problems(document, organisation)]
        found += privacy.contacts_are_shared(document, organisation)
        found += checks.omitted_things_exist(document, book)
        self.problems.extend(found)
        return (None if errors(found) else organisation), book.without(organisation.omitted)

    def programs(
        self, organisation: Organisation | None, book: Playbook
    ) -> tuple[tuple[Program, ...], tuple[Cohort, ...]]:
        """Read each folder of programs/ with its program and its cohorts, ordered by their start."""
        programs: list[Program] = []
        cohorts: list[Cohort] = []
        for folder in self._folders():
            prose = self._prose(folder)
            one = self._program(folder, book, organisation, prose)
            documents = self._cohort_documents(folder)
            if one is None:
                continue
            programs.append(one)
            runs: list[Cohort] = []
            for document in documents:
                elsewhere = _people_of(other for other in documents if other is not document)
                runs.append(self._cohort(document, one, organisation, prose, elsewhere))
            cohorts += runs
            self._find_names(one, runs)
        self._find_strays()
        return tuple(programs), tuple(sorted(cohorts, key=lambda run: (run.start, run.path)))

    def _folders(self) -> Sequence[Path]:
        """The programs' folders; none where there are more files than any organisation has."""
        programs = self.root / "programs"
        if len([*islice(programs.rglob("*"), MOST_FILES + 1)]) > MOST_FILES:
            message = f"There are more than {MOST_FILES:,} files in programs/; they were not read."
            hint = "Was something copied here by accident? Each program needs a few files alone."
            self._report(programs, "too-many-files", message, hint)
            return ()
        return sorted(path for path in programs.glob("[!.]*/") if any(path.glob("*.yml")))

    def _find_names(self, one: Program, runs: Sequence[Cohort]) -> None:
        """Look in the texts of a program for names that not everyone may read."""
        names = privacy.names_without_consent(one, runs)
        for path in (one.path, *(run.path for run in runs)):
            self.problems.extend(privacy.names_in_document(self.documents[path], names))
        for path, text in self.prose[one.path].items():
            self.problems.extend(privacy.names_in_prose(path, text, names))

    def reports(
        self, organisation: Organisation | None, programs: Iterable[Program], cohorts: Iterable[Cohort]
    ) -> Mapping[str, Report]:
        """Say how complete each program is; nothing where the organisation itself is wrong."""
        if organisation is None:
            return {}
        runs = [(cohort, self.documents[cohort.path]) for cohort in cohorts]
        described = self.documents[organisation.path]
        files = (
            completeness.Files(organisation, described, one, self.documents[one.path],
                               [run for run in runs if run[0].program is one], self.prose[one.path])
            for one in programs
        )  # fmt: skip
        return {one.program.id: completeness.report(one) for one in files}

    def _find_strays(self) -> None:
        """Report files that look like definitions and are none, since nothing reads them."""
        for file in sorted(path for path in (self.root / "programs").rglob("*.y*ml*") if path.is_file()):
            place = file.relative_to(self.root / "programs")
            if any(part.startswith(".") for part in place.parts):
                continue  # editors' and computers' own
            where = len(place.parts) == 2 or place.name == "organisation.yml"
            if file.suffix == ".yaml":
                hint = f"Rename it to {file.stem}.yml."
                self._report(file, "wrong-file-name", "Files here end in .yml, not in .yaml.", hint)
            elif file.suffix != ".yml" or not where:
                hint = "A program is programs/NAME/program.yml, a cohort programs/NAME/COHORT.yml."
                self._report(file, "wrong-file-name", "Nothing reads a file of this name here.", hint)

    def _named_well(self, file: Path) -> bool:
        """Whether a name can stand in addresses and links; the build would have to guess otherwise."""
        found = tuple(checks.names_fit_addresses(self._path(file.parent), file.name))
        self.problems.extend(found)
        return not found

    def _prose(self, folder: Path) -> Mapping[str, str]:
        """Read the long texts beside a program's file."""
        found = {path.name: self._text(path) or "" for path in sorted(folder.glob("*.md"))}
        of = self._path(folder / "program.yml")
        self.prose[of] = {self._path(folder / name): text for name, text in found.items()}
        return found

    def _program(
        self, folder: Path, book: Playbook, whose: Organisation | None, prose: Mapping[str, str]
    ) -> Program | None:
        file = folder / "program.yml"
        if not file.is_file():
            hint = "Write one, or run `.venv/bin/handbook new program`."
            self._report(file, "no-program", f"{self._path(folder)} holds no program.yml.", hint)
            return None
        document = self._read(file, "program")
        if not self._named_well(folder) or document is None:
            return None
        made, found = program(document, book, prose)
        self.problems.extend((*found, *checks.omitted_things_exist(document, book)))
        if not errors(found):
            self.problems.extend(_all(checks.PROGRAM_CHECKS, checks.ProgramFile(document, made, whose)))
        self.problems.extend(privacy.columns_are_harmless(document))
        if whose:
            self.problems.extend(privacy.in_document(document, whose))
            for name, text in self.prose[document.path].items():
                self.problems.extend(privacy.in_prose(name, text, whose))
        return made if made.sessions and not errors(found) else None

    def _cohort_documents(self, folder: Path) -> list[Document]:
        """Read the cohorts of a program; those that are as their schema wants them."""
        files = sorted(path for path in folder.glob("*.yml") if path.name != "program.yml")
        read_all = [self._read(file, "cohort") if self._named_well(file) else None for file in files]
        return [document for document in read_all if document]

    def _cohort(
        self,
        document: Document,
        of: Program,
        organisation: Organisation | None,
        prose: Mapping[str, str],
        elsewhere: Mapping[str, str],
    ) -> Cohort:
        made, found = cohort(document, of, prose, elsewhere)
        self.problems.extend(found)
        if organisation:
            self.problems.extend(privacy.in_document(document, organisation))
            file_read = checks.CohortFile(document, made, organisation)
            self.problems.extend(_all(checks.COHORT_CHECKS, file_read))
        return made

    def _playbook(self, language: str) -> Playbook:
        ready, defaults = _engine_playbook(language)
        mine = self.root / OVERRIDES / "playbook"
        kinds = sorted({one.kind for one, _ in ready})
        own = [one for file in sorted(mine.glob("*/*.md")) for one in self._item(file)]
        for one in own:
            if one.kind not in kinds:
                hint = f"{did_you_mean(one.kind, kinds)}{known(kinds)}"
                message = f"The playbook has no kind “{one.kind}”."
                self._report(mine / one.kind / f"{one.id}.md", "unknown-kind", message, hint)
        made = playbook.assemble(ready, own, defaults)
        timed = {(one.kind, one.id) for one in own if one.fields.keys() & {"agenda", "activities"}}
        for kind in ("sessions", "training"):
            for one in made.kind(kind):
                if (kind, one.id) in timed:
                    self.problems.extend(checks.own_agenda_adds_up(one))
        return made

    def _item(self, file: Path) -> Iterator[Item]:
        """Read one of the organisation's own texts."""
        text = self._text(file)
        made = () if text is None else _item(self._path(file), text)
        if isinstance(made, Item):
            yield made
        else:
            self.problems.extend(made)

    def texts(self, organisation: Organisation | None) -> Texts:
        """Read the labels: the engine's, then the organisation's own over them."""
        language = organisation.language if organisation else "en"
        name = f"{language}.yml"
        engine = read(f"hooks/handbook/texts/{name}", (ENGINE / "texts" / name).read_bytes())
        own = self.root / OVERRIDES / "texts" / name
        found = [engine, *([read(self._path(own), own.read_bytes())] if own.is_file() else [])]
        self.problems.extend(one for one in found if isinstance(one, Problem))
        return Texts.of(language, *(one for one in found if isinstance(one, Document)))

    def templates(self) -> Mapping[str, str]:
        """Read the organisation's own page templates, by name."""
        folder = self.root / OVERRIDES
        return {
            file.relative_to(folder).as_posix(): self._text(file) or ""
            for file in sorted(folder.rglob("*.md.j2"))
        }


@cache
def _engine_playbook(language: str) -> tuple[tuple[tuple[Item, str], ...], Mapping[str, Any]]:
    """Read the engine's own playbook, each thing with its text, and the defaults of a program.

    It is read once: a process sees one version of the engine.
    """
    folder, name = ENGINE / "playbook" / language, f"{ENGINE_PLAYBOOK}/{language}"
    ready = []
    for file in sorted(folder.glob("*/*.md")):
        text = file.read_text("utf-8")
        made = _item(f"{name}/{file.relative_to(folder).as_posix()}", text)
        if not isinstance(made, Item):
            raise ValueError(f"The engine's own playbook is broken: {made}")
        ready.append((made, text))
    defaults = read(f"{name}/program.yml", (folder / "program.yml").read_bytes())
    if isinstance(defaults, Problem):
        raise ValueError(f"The engine's own playbook is broken: {defaults}")
    return tuple(ready), defaults.mapping


def _item(path: str, text: str) -> Item | tuple[Problem, ...]:
    """Read one thing of a playbook, or say what is wrong with it."""
    parts = playbook.front_matter(path, text)
    if isinstance(parts, Problem):
        return (parts,)
    document, body = parts
    kind, name = path.removesuffix(".md").split("/")[-2:]
    return _shape(document, kind) or playbook.item(document, body, kind, name)


def _people_of(cohorts: Iterable[Document]) -> Mapping[str, str]:
    """Give for each id of a person the file that the person stands in."""
    return {one["id"]: run.path for run in cohorts for one in run.mapping.get("people", ())}


def _shape(document: Document, kind: str) -> tuple[Problem, ...]:
    """Hold front matter against the part of the program's schema that describes its kind."""
    definitions = schema.read("program")["$defs"]
    if kind not in definitions or not isinstance(document.values, dict):
        return ()
    described = {key: value for key, value in document.values.items() if key != "order"}  # only sorts
    if "id" in definitions[kind]["properties"]:
        described |= {"id": "any"}  # its file's name is its id
    return schema.problems(replace(document, values=described), "program", kind)


def _all(rules: Iterable[Any], file: object) -> Iterator[Problem]:
    for rule in rules:
        yield from rule(file)
