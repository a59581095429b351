"""programs/ -> organisation, programs and cohorts, each checked as it is read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from ...model.definitions.assembly import program
from ...model.definitions.cohort import Cohort, cohort
from ...model.definitions.organisation import Organisation
from ...model.definitions.playbook import Playbook, slug
from ...model.definitions.program import Program
from ...model.handbook import Report
from ...rules import checks, schema
from ...rules.checks import advice
from ...rules.privacy import private
from ...rules.privacy.names import Names
from ...text.document import Document, examine
from ...text.problems import MOST_PROBLEMS, Problem, errors, surely
from ..files import Files, public_on_host
from .overrides import languages, whole_playbook

MOST_FILES = 2_000
MOST_PROSE = 50_000
_TEXTS = frozenset({".txt", ".doc", ".docx", ".odt", ".rtf", ".pages"})
_LEFT_OVER = ("~", ".bak", ".orig", ".rej", ".tmp")


class Definitions:
    """Reads the definitions of one repository; what is wrong with them goes to its files."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.whose: Organisation | None = None  # where organisation.yml is sound
        self.documents: dict[str, Document] = {}  # those that are as their schema wants them
        self.prose: dict[str, Mapping[str, str]] = {}  # the long texts by path, by that of their program
        self.names = Names()  # once the programs are read

    def organisation(self) -> tuple[Organisation | None, Playbook]:
        """Read organisation.yml, and the playbook in its language without what it omits."""
        file = self.files.root / "programs" / "organisation.yml"
        there = os.path.lexists(file)
        document = self._read(file, "organisation") if there else None
        others = (other.name for other in file.parent.glob("*.y*ml*"))
        if not there and not any(surely(other, (file.name,)) for other in others):
            self.files.report(file, "no-organisation")
        organisation = Organisation.of(document) if document else None
        book = whole_playbook(self.files, organisation)
        if document is None or organisation is None:
            return None, book
        problems = [*checks.organisation_problems(document, organisation, languages(self.files))]
        problems += private.contacts_are_shared(document, organisation)
        problems += checks.repository_is_private(document, organisation, public=public_on_host())
        problems += checks.omitted_things_exist(document, book)
        self.files.add(problems)
        self.whose = None if errors(problems) else organisation
        return self.whose, book.without(organisation.omitted)

    def programs(self, book: Playbook) -> tuple[tuple[Program, ...], tuple[Cohort, ...]]:
        """Read each folder of programs/ with its program and its cohorts, ordered by their start."""
        programs: list[Program] = []
        cohorts: list[Cohort] = []
        for folder in self._folders():
            prose = self._prose(folder)
            program_read = self._program(folder, book, prose)
            documents = self._cohort_documents(folder)
            if program_read is not None:
                programs.append(program_read)
                cohorts += (self._cohort(document, program_read, prose, documents) for document in documents)
        self._find_double_titles(programs, cohorts)
        self._find_names(programs, cohorts)
        self._find_strays()
        return tuple(programs), tuple(sorted(cohorts, key=lambda run: (run.start, run.path)))

    def _folders(self) -> Sequence[Path]:
        """The programs' folders; none where there are more files than any organisation has."""
        programs = self.files.root / "programs"
        if len([*islice(programs.rglob("*"), MOST_FILES + 1)]) > MOST_FILES:
            self.files.report(programs, "too-many-files", most=MOST_FILES)
            return ()
        folders = (path for path in programs.glob("[!.]*/") if not path.is_symlink())
        return sorted(path for path in folders if any(path.glob("*.yml")))

    def _find_double_titles(self, programs: Sequence[Program], cohorts: Sequence[Cohort]) -> None:
        """Look for programs, and for cohorts of one program, that readers cannot tell apart."""
        groups: list[Sequence[Program | Cohort]] = [programs]
        groups += ([cohort for cohort in cohorts if cohort.program is program] for program in programs)
        for group in groups:
            self.files.add(
                checks.titles_are_apart((self.documents[thing.path], thing.title) for thing in group)
            )

    def _find_names(self, programs: Sequence[Program], cohorts: Sequence[Cohort]) -> None:
        """Look in all texts for names that not everyone may read, whatever cohort they are from."""
        self.names = names = Names.of(programs, cohorts)
        self.files.add(*map(names.in_document, self.documents.values()))
        for texts in self.prose.values():
            self.files.add(*(names.in_prose(path, text) for path, text in texts.items()))

    def reports(self, programs: Iterable[Program], cohorts: Iterable[Cohort]) -> Mapping[str, Report]:
        """Say how complete each program is; nothing where the organisation itself is wrong."""
        if self.whose is None:
            return {}
        pairs = [(cohort, self.documents[cohort.path]) for cohort in cohorts]
        reports = {}
        for of in programs:
            described = (self.documents[self.whose.path], of, self.documents[of.path])
            own = [pair for pair in pairs if pair[0].program is of]
            dossier = advice.Dossier(self.whose, *described, own, self.prose[of.path])
            reports[of.id] = advice.report(dossier)
        return reports

    def _find_strays(self) -> None:
        """Report files that look like definitions and are none, since nothing reads them."""
        programs = self.files.root / "programs"
        for file in sorted(path for path in programs.rglob("*") if path.is_file()):
            place = file.relative_to(programs)
            if any(part.startswith((".", "~")) for part in place.parts) or place.name.endswith(_LEFT_OVER):
                continue  # editors' and computers' own
            if surely(place.name, ("program.yml",)) and not (file.parent / "program.yml").exists():
                continue  # told as the program that is missing
            where = len(place.parts) == 2 or place.name == "organisation.yml"
            if file.suffix == ".yaml":
                self.files.report(file, "wrong-file-name.yaml", name=slug(file.stem))
            elif file.suffix in _TEXTS and len(place.parts) < 3:
                self.files.report(file, "wrong-file-name.document", name=slug(file.name.partition(".")[0]))
            elif file.suffix == ".yml" and not where:
                near = surely(file.name, ("organisation.yml",))
                name = "wrong-file-name.near" if near else "wrong-file-name.place"
                self.files.report(file, name, near=near)

    def _named_well(self, file: Path) -> bool:
        """Whether a name can stand in addresses and links; the build would have to guess otherwise."""
        problems = tuple(checks.names_fit_addresses(self.files.path(file.parent), file.name))
        self.files.add(problems)
        return not problems

    def _prose(self, folder: Path) -> Mapping[str, str]:
        """Read the long texts beside a program's file, by their names."""
        texts = {file: self.files.text(file, MOST_PROSE) or "" for file in sorted(folder.glob("*.md"))}
        by_path = {self.files.path(file): text for file, text in texts.items()}
        for path, text in by_path.items():
            told = private.in_prose(path, text, self.whose) if self.whose else ()
            self.files.add(checks.prose_is_seen(path, text), told, private.links_in_prose(path, text))
        self.prose[self.files.path(folder / "program.yml")] = by_path
        return {file.name: text for file, text in texts.items()}

    def _program(self, folder: Path, book: Playbook, prose: Mapping[str, str]) -> Program | None:
        file = folder / "program.yml"
        if not os.path.lexists(file):
            near = [other.name for other in folder.glob("*.y*ml") if surely(other.name, (file.name,))]
            name = "no-program.near" if near else "no-program"
            self.files.report(file, name, folder=self.files.path(folder), near="".join(near[:1]))
            return None
        document = self._read(file, "program")
        if not self._named_well(folder) or document is None:
            return None
        read, problems = program(document, book, prose)
        self.files.add(problems, checks.omitted_things_exist(document, book))
        self.files.add(private.columns_are_harmless(document))
        if not errors(problems):
            self.files.add(_all(checks.PROGRAM_CHECKS, checks.ProgramFile(document, read, self.whose)))
        return read if read.sessions and not errors(problems) else None

    def _cohort_documents(self, folder: Path) -> list[Document]:
        """Read the cohorts of a program; those that are as their schema wants them."""
        named = (path for path in folder.glob("*.yml") if not surely(path.name, ("program.yml",)))
        files = sorted(path for path in named if path.name != "program.yml")
        read_all = [self._read(file, "cohort") if self._named_well(file) else None for file in files]
        return [document for document in read_all if document]

    def _cohort(
        self, document: Document, of: Program, prose: Mapping[str, str], documents: Iterable[Document]
    ) -> Cohort:
        others = [other for other in documents if other is not document]
        elsewhere = {
            person["id"]: other.path for other in others for person in other.mapping.get("people", ())
        }
        read, problems = cohort(document, of, prose, elsewhere)
        file = checks.CohortFile(document, read, self.whose, others)
        self.files.add(problems, _all(checks.COHORT_CHECKS, file))
        return read

    def _read(self, file: Path, name: str) -> Document | None:
        """Read a file and hold it against its schema; None where it has errors."""
        content = self.files.content(file)
        if content is None:
            return None
        document, faults = examine(self.files.path(file), content)
        problems = [*faults, *(schema.problems(document, name) if document else ())]
        self.files.add(problems)
        self.files.add(private.links_in_document(document) if document else ())
        if document and self.whose:  # in organisation.yml addresses have their place
            self.files.add(private.in_document(document, self.whose))
        if document is None or errors(problems):
            return None
        self.documents[document.path] = document
        return document


def _all(rules: Iterable[Any], file: object) -> Iterator[Problem]:
    """What rules find, of each as much as anybody is told: the nearest of many words is slow to find."""
    for rule in rules:
        yield from islice(rule(file), MOST_PROBLEMS + 1)
