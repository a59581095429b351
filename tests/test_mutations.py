"""Whatever happens to one place of a valid repository, the check stays whole and quick, and says where."""

from __future__ import annotations

import re
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from handbook.cli.commands.check import checked
from handbook.cli.terminal.reporter import show
from handbook.model.handbook import Handbook
from handbook.text.problems import Problem, as_github, as_json, as_text, errors
from tests.mutations import BASES, KINDS, SECONDS, Change, Mutation, made, mutations, source, within
from tests.repository import make, mkdocs

# As editors and libyaml count them.
LINES = re.compile(b"\r\n|[\r\n]|\xc2\x85|\xe2\x80[\xa8\xa9]")
CODE = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
LOCATED = 0.95
# What is done with a changed repository besides, and what of it must not be.
Done = Callable[[Path, Handbook | None], Iterator[str]]


@dataclass(frozen=True)
class Repositories:
    """The valid repositories on a disk, and the problems that each has as it is."""

    roots: dict[str, Path]
    known: dict[str, Counter[tuple[str, str, str]]]

    @contextmanager
    def changed(self, mutation: Mutation) -> Iterator[Path]:
        """A repository with its one change, for as long as it is looked at."""
        root = self.roots[mutation.base]
        file = root / mutation.path
        before = file.read_bytes()
        file.write_bytes(mutation.content)
        try:
            yield root
        finally:
            file.write_bytes(before)

    def new(self, mutation: Mutation, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """The problems that were not there before the change."""
        left = self.known[mutation.base].copy()
        left.subtract(map(_told, problems := tuple(problems)))
        fresh = {told for told, number in left.items() if number < 0}
        return tuple(problem for problem in problems if _told(problem) in fresh)


def _told(problem: Problem) -> tuple[str, str, str]:
    """A problem wherever it has moved to."""
    return problem.path, problem.code, re.sub(r"line [0-9]+", "line N", problem.message)


@pytest.fixture(scope="module")
def repositories(tmp_path_factory: pytest.TempPathFactory) -> Repositories:
    folder = tmp_path_factory.mktemp("mutations")
    roots = {name: make(folder / name, files) for name, files in BASES.items()}
    return Repositories(roots, {name: Counter(map(_told, checked(root)[1])) for name, root in roots.items()})


@dataclass
class Figures:
    """What became of the changes: a row for each kind, and what must not be."""

    rows: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    faults: list[str] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)

    def add(self, mutation: Mutation, found: tuple[Problem, ...]) -> None:
        """Count what was told of one change."""
        for fault in faults(mutation, found):
            self.fault(mutation, fault)
        fate = "clean" if not found else "located" if located(mutation, found) else "elsewhere"
        self.rows[mutation.kind].update(["all", fate, *(["refused"] if errors(found) else [])])
        if fate == "elsewhere":
            places = ", ".join(f"{one.path}:{one.line} {one.code}" for one in found[:3])
            self.misses.append(f"{mutation.base}/{mutation.told}: {places}")

    def fault(self, mutation: Mutation, told: str) -> None:
        """Keep what must not be, with the change that it came of."""
        self.faults.append(f"{told}: {mutation.base}/{mutation.told}")

    @property
    def total(self) -> Counter[str]:
        """The row below all others."""
        return sum(self.rows.values(), Counter())

    @property
    def located(self) -> float:
        """The share of the changes with problems that were told where they were made."""
        total = self.total
        return total["located"] / max(1, total["located"] + total["elsewhere"])

    def __str__(self) -> str:
        columns = ("all", "clean", "refused", "located", "elsewhere")
        rows = [*sorted(self.rows.items()), (f"located: {self.located:.2%}", self.total)]
        head = f"{'':<20}" + "".join(f"{name:>10}" for name in columns)
        body = [f"{kind:<20}" + "".join(f"{row[name]:>10}" for name in columns) for kind, row in rows]
        return "\n".join(["", head, *body, "", *self.misses])


def located(mutation: Mutation, found: Iterable[Problem]) -> bool:
    """Whether one of the problems leads to the change."""
    return any(one.path == mutation.path and one.line in mutation.near for one in found)


def faults(mutation: Mutation, found: Iterable[Problem]) -> Iterator[str]:
    """Say what must not be in what was told of a change."""
    found = tuple(found)
    lines = len(LINES.split(mutation.content))
    for one in found:
        if not (one.message.strip() and one.hint.strip() and CODE.fullmatch(one.code)):
            yield f"a problem without words or remedy: {one}"
        if one.line < 1 or one.column < 1 or (one.path == mutation.path and one.line > lines):
            yield f"a problem outside its file: {one}"
    there = [one for one in errors(found) if (one.path, one.line) == (mutation.path, mutation.line)]
    if mutation.refused and not there:
        yield "no error where there must be one"


def looked_at(repositories: Repositories, number: int, done: Done = lambda *_: iter(())) -> Figures:
    """Change a repository so many times, each time at another place, and check it.

    All that must not be is gathered, so that one run shows it all.
    """
    figures = Figures()

    @settings(max_examples=number, suppress_health_check=list(HealthCheck))
    @given(mutations())
    def look(mutation: Mutation) -> None:
        with repositories.changed(mutation) as root:
            try:
                with within(SECONDS):
                    handbook, problems = checked(root)
                    _print(root, problems)
            except Exception as raised:
                figures.fault(mutation, _raised(raised))
                return
            figures.add(mutation, repositories.new(mutation, problems))
            if (handbook is None) != bool(errors(problems)):
                figures.fault(mutation, "a handbook with errors, or none without")
            for fault in done(root, handbook):
                figures.fault(mutation, fault)

    look()
    print(figures)
    return figures


def _print(root: Path, problems: tuple[Problem, ...]) -> None:
    """Tell the problems in every way that a check has."""
    as_text(problems), as_github(problems).encode(), as_json(problems).encode("utf-8", "backslashreplace")
    with redirect_stdout(StringIO()):
        show(root, problems)


def _raised(error: Exception) -> str:
    """Name the place; of what was stopped, where it was at that time."""
    frames = traceback.extract_tb(error.__traceback__)
    last = [one for one in frames if one.name != "stop"][-1]
    return f"{type(error).__name__} in {Path(last.filename).name}:{last.lineno}: {str(error)[:100]}"


def test_each_change_is_found_where_it_was_made_or_does_no_harm(repositories: Repositories) -> None:
    figures = looked_at(repositories, 300)

    assert [] == figures.faults
    assert figures.located >= LOCATED
    assert set(KINDS) == set(figures.rows)
    assert figures.total["refused"] > figures.total["clean"] > 0


@pytest.mark.site
@pytest.mark.long
def test_ten_thousand_changes_are_found_and_every_hundredth_is_built(repositories: Repositories) -> None:
    """What has an error is not built; the next one without is built in its place, by the real mkdocs."""
    seen, built = 0, 0

    def build_sometimes(root: Path, handbook: Handbook | None) -> Iterator[str]:
        nonlocal seen, built
        seen += 1
        if handbook and built < seen // 100:
            built += 1
            done = mkdocs(root, "build", "--strict")
            if done.returncode:
                yield f"not built: {done.stdout[-500:]} {done.stderr[-500:]}"

    figures = looked_at(repositories, 10_000, build_sometimes)

    assert [] == figures.faults
    assert figures.located >= LOCATED
    assert figures.total["all"] >= 10_000
    assert built >= 98


# The measure itself is measured: what must not be would be seen.

PATH = "programs/digital-fluency/program.yml"
MISSPELT = made("short", "key misspelt", PATH, Change(0, 5, "titel", refused=True))
THERE = Problem(PATH, 1, 1, "unknown-key", "`titel` is not known.", "Did you mean `title`?")


def test_an_error_on_the_line_of_the_change_is_all_that_is_wanted() -> None:
    assert [] == list(faults(MISSPELT, [THERE]))
    assert located(MISSPELT, [THERE])


@pytest.mark.parametrize(
    ("found", "fault"),
    [
        ([], "no error where"),
        ([Problem(PATH, 1, 1, "unknown-key", "A.", "B.", "warning")], "no error where"),
        ([Problem(PATH, 2, 1, "unknown-key", "A.", "B.")], "no error where"),
        ([THERE, Problem(PATH, 1, 1, "unknown-key", "A.")], "without words or remedy"),
        ([THERE, Problem(PATH, 1, 1, "", "A.", "B.")], "without words or remedy"),
        ([THERE, Problem(PATH, 0, 1, "a", "A.", "B.")], "outside its file"),
        ([THERE, Problem(PATH, 99, 1, "a", "A.", "B.")], "outside its file"),
    ],
)
def test_what_must_not_be_is_noticed(found: list[Problem], fault: str) -> None:
    [noticed] = faults(MISSPELT, found)

    assert fault in noticed


def test_a_place_is_told_with_the_lines_that_it_belongs_to() -> None:
    text = source("example", PATH).text
    lines = text.splitlines()
    measure = next(at for at, line in enumerate(lines, 1) if "weekly-ai" in line) + 3
    start = sum(len(line) + 1 for line in lines[: measure - 1])
    change = made("example", "other value", PATH, Change(start + 4, start + 5, "x"))

    assert measure == change.line
    assert {measure, measure - 3, measure - 4} <= change.near
    assert not change.near & {measure - 5, measure + 2, measure + 5}
    assert not located(change, [Problem("programs/organisation.yml", measure, 1, "a", "A.", "B.")])
