"""Every problem code: a mistake as a person makes it, what is told of it, and an entry in the manual.

Each folder of tests/bad/ is laid over the miniature; the files that its gone.txt names are taken away. Its
expected.txt is what `handbook check` then tells beside what it tells of the miniature. Where `--fix` can mend
the mistake, `fixed/` holds the files as they should be then. A file KIND.RULE.yml beside them has smaller
ones, each of which that rule alone finds; tests/test_checks.py reads them.

Templates of an organisation's own are tried out on every page at each check, which takes forty times as long
as all the rest. So the miniature's lie there only under a mistake that is about them.
"""

import ast
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner

from handbook import cli, rules
from handbook.cli.commands.check import checked
from handbook.load.files import OVERRIDES
from handbook.load.readers.programs import MOST_FILES
from handbook.text import document, problems, wordings
from handbook.text.problems import Problem, as_text
from tests.repository import MINIATURE, ROOT, Files, write

BAD = ROOT / "tests/bad"
EVENT = "build/event.json"
REMEDY = "If the new words are right, run: make accept"
PROGRAM = "programs/digital-skills/program.yml"
RUN = "programs/plain-screens/2027-autumn.yml"


# --- mistakes that cannot stand in a folder -----------------------------------------------------


def file_too_large(root: Path) -> None:
    write(root, {RUN: "start: 2027-09-06\n" + "# and so on\n" * (document.MOST_BYTES // 12)})


def sign_ups_in_git(root: Path) -> None:
    write(root, {"programs/plain-screens/sign-ups.csv": "Name,E-mail\nJon Ferry,jon@harbour.example\n"})
    for words in (["init", "--quiet"], ["add", "programs"]):
        subprocess.run(["git", *words], cwd=root, check=True)


def public_repository(root: Path) -> None:
    write(root, {EVENT: '{"repository": {"private": false, "visibility": "public"}}'})


def symbolic_link(root: Path) -> None:
    (root / RUN).symlink_to("2027-spring.yml")


def text_too_long(root: Path) -> None:
    lines = "  And so on, as everybody said at the meeting.\n" * (document.MOST_CHARACTERS // 44)
    program = (MINIATURE / "programs/plain-screens/program.yml").read_text("utf-8")
    write(root, {"programs/plain-screens/program.yml": re.sub(r"(?<=why: \|\n)", lines, program)})


def too_many_files(root: Path) -> None:
    folder = root / "programs/plain-screens/photos"
    folder.mkdir()
    for number in range(MOST_FILES):
        (folder / f"{number}.jpg").touch()


def too_many_problems(root: Path) -> None:
    people = "".join(
        f"  - {{id: mentor-{number}, role: mentor, team: Finance}}\n"
        for number in range(problems.MOST_PROBLEMS + 1)
    )
    write(root, {RUN: f"# Copied from another list\nstart: 2027-09-06\n\npeople:\n{people}"})


BUILDERS: Mapping[str, Callable[[Path], None]] = {
    "file-too-large": file_too_large,
    "public-repository": public_repository,
    "sign-ups-in-git": sign_ups_in_git,
    "symbolic-link": symbolic_link,
    "text-too-long": text_too_long,
    "too-many-files": too_many_files,
    "too-many-problems": too_many_problems,
}
# It stands behind many others, which are not what is looked at here.
AMONG_OTHERS = "too-many-problems"


# --- what is told of a folder -------------------------------------------------------------------

FIXTURES = sorted(folder.name for folder in BAD.iterdir() if folder.is_dir())
MENDABLE = [code for code in FIXTURES if (BAD / code / "fixed").is_dir()]
OWN = re.compile(r"expected\.txt|gone\.txt|fixed/|(organisation|program|cohort)\.\w+\.yml")


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def overlay(code: str) -> dict[str, bytes]:
    """The files of a fixture, as they stand in a repository."""
    return {path: content for path, content in contents(BAD / code).items() if not OWN.match(path)}


def gone(code: str) -> list[str]:
    """The files that are not there."""
    listed = BAD / code / "gone.txt"
    return listed.read_text("utf-8").splitlines() if listed.exists() else []


def make(code: str, root: Path) -> Path:
    """Make the repository in which a mistake is."""
    base(root)
    files = overlay(code)
    if any(path.startswith(f"{OVERRIDES}/") for path in files):
        shutil.copytree(MINIATURE / OVERRIDES, root / OVERRIDES)
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    for path in gone(code):
        (root / path).unlink()
    if code in BUILDERS:
        BUILDERS[code](root)
    return root


def base(root: Path) -> None:
    """Make the miniature without its templates."""
    shutil.copytree(MINIATURE, root, ignore=shutil.ignore_patterns(Path(OVERRIDES).name))


@cache
def of_the_miniature() -> frozenset[Problem]:
    """What is told of the miniature itself; its templates add nothing, or a mistake in them would show it."""
    with TemporaryDirectory() as folder:
        base(root := Path(folder) / "miniature")
        return frozenset(checked(root)[1])


def beside_the_miniature(root: Path) -> tuple[Problem, ...]:
    """What a check tells that it does not tell of the miniature."""
    return tuple(problem for problem in checked(root)[1] if problem not in of_the_miniature())


@dataclass(frozen=True)
class Mistake:
    """A repository with a mistake, and what it makes a check tell."""

    root: Path
    told: tuple[Problem, ...]


def mistake(code: str, root: Path) -> Mistake:
    """Make a mistake and look at it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GITHUB_EVENT_PATH", str(root / EVENT))  # which is there for one of them
        found = beside_the_miniature(make(code, root))
    return Mistake(root, tuple(one for one in found if code != AMONG_OTHERS or one.code == code))


def text(found: Iterable[Problem]) -> str:
    return f"{as_text(found)}\n"


def rendered() -> Files:
    """What is told of each fixture, for `make accept`."""
    with TemporaryDirectory() as folder:
        found = {code: mistake(code, Path(folder) / code).told for code in FIXTURES}
    return {f"{code}/expected.txt": text(told) for code, told in found.items()}


def expected() -> Files:
    """What should be told of each, as far as anybody has accepted it."""
    return {f"{code}/expected.txt": expected_of(code) for code in FIXTURES}


def expected_of(code: str) -> str:
    file = BAD / code / "expected.txt"
    return file.read_text("utf-8") if file.exists() else ""


# Every hint has one of them: what a person does next.
VERBS = """
    Add Ask Begin Change Choose Close Correct Delete Did Fill Give Keep Leave Let Make Mend Move Pair Pin Put
    Rename Replace Run Save Say Shorten Start Swap Take Then Use Write
"""
DOING = re.compile(rf"(?:^|[.?;,] )(?:{'|'.join(VERBS.split())})\b")


@pytest.fixture(scope="session")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Mistake]:
    """`looked_at(code)` gives a mistake that is made and checked once, and is not to be changed."""
    folder = tmp_path_factory.mktemp("bad")
    return cache(lambda code: mistake(code, folder / code))


@pytest.mark.parametrize("code", FIXTURES)
def test_a_mistake_gives_the_expected_problem_and_no_other(
    looked_at: Callable[[str], Mistake], code: str
) -> None:
    told = looked_at(code).told

    assert expected_of(code) == text(told), REMEDY
    assert [code] == [problem.code for problem in told]


@pytest.mark.parametrize("code", FIXTURES)
def test_a_problem_says_what_to_do(looked_at: Callable[[str], Mistake], code: str) -> None:
    hints = [problem.hint for problem in looked_at(code).told]

    assert [] == [hint for hint in hints if not DOING.search(hint)]


@pytest.mark.parametrize("code", FIXTURES)
def test_a_problem_stands_at_a_place_that_there_is(looked_at: Callable[[str], Mistake], code: str) -> None:
    found = looked_at(code)

    assert [] == [problem for problem in found.told if not stands_in_its_file(problem, found.root)]


def test_what_is_said_to_leave_no_doubt_has_a_mended_file_beside_it(
    looked_at: Callable[[str], Mistake],
) -> None:
    meant = {code for code in FIXTURES if any(problem.meant for problem in looked_at(code).told)}

    assert meant <= set(MENDABLE)
    assert len(meant) > 3


def stands_in_its_file(problem: Problem, root: Path) -> bool:
    """Whether there is such a line and column; what cannot be read as a file has the first."""
    file = root / problem.path
    lines = file.read_text("utf-8", "replace").split("\n") if file.is_file() else [""]
    return 0 < problem.line <= len(lines) and 0 < problem.column <= len(lines[problem.line - 1]) + 1


DEFINITIONS = [
    pytest.param(content, id=code)
    for code in FIXTURES
    for path, content in overlay(code).items()
    if path.endswith((".yml", ".yaml"))
]


@pytest.mark.parametrize("content", DEFINITIONS)
def test_a_mistake_stands_among_comments_and_blank_lines(content: bytes) -> None:
    """So they are known to do no harm, and the line that is told has been counted with them."""
    assert re.search(rb"^ *# ", content, re.MULTILINE)
    assert b"\n\n" in content


def test_a_mistake_stands_in_a_folder_or_is_made_and_not_both() -> None:
    assert sorted(BUILDERS) == [code for code in FIXTURES if not overlay(code) and not gone(code)]


# --- what can be mended -------------------------------------------------------------------------


@dataclass(frozen=True)
class Mending:
    """What the command said of a repository, and what became of it.

    Attributes:
        output: what the command printed.
        exit_code: how it ended.
        left: what a check still tells.
        untouched: the files as they were made, without those that hold the mistake.
        written: the files as they are now.
    """

    output: str
    exit_code: int
    left: tuple[Problem, ...]
    untouched: Mapping[str, bytes]
    written: Mapping[str, bytes]


def mend(code: str, root: Path) -> Mending:
    """Make a mistake and let the command mend it."""
    made = contents(make(code, root))
    untouched = {path: content for path, content in made.items() if path not in overlay(code)}
    result = CliRunner().invoke(cli.main, ["-C", str(root), "check", "--fix", "--yes"])
    return Mending(result.output, result.exit_code, beside_the_miniature(root), untouched, contents(root))


@pytest.fixture(scope="session")
def mended(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Mending]:
    """`mended(code)` lets the command mend a mistake, once each."""
    folder = tmp_path_factory.mktemp("mended")
    return cache(lambda code: mend(code, folder / code))


@pytest.mark.parametrize("code", MENDABLE)
def test_a_mistake_that_leaves_no_doubt_is_mended_and_nothing_else(
    mended: Callable[[str], Mending], code: str
) -> None:
    found = mended(code)

    assert 0 == found.exit_code, found.output
    assert {**found.untouched, **contents(BAD / code / "fixed")} == found.written
    assert () == found.left


@pytest.mark.parametrize("code", MENDABLE)
def test_mending_keeps_every_comment_and_blank_line_in_its_place(
    mended: Callable[[str], Mending], code: str
) -> None:
    found = mended(code)
    written = [content for path, content in found.written.items() if path not in found.untouched]

    assert [kept(content) for content in overlay(code).values()] == [kept(content) for content in written]


def kept(content: bytes) -> Mapping[int, bytes]:
    """The comment of each line that has one, and each blank line, by its number."""
    lines = enumerate(content.split(b"\n"), start=1)
    return {number: line.partition(b"#")[2] for number, line in lines if not line.strip() or b"#" in line}


# --- every code of the engine, and nothing else -------------------------------------------------

CODE = re.compile(r"[a-z]+(-[a-z0-9]+)*")
MAKERS = frozenset({"Problem", "problem", "Fault"})
# What passes on the code that it was given: by a maker above, or by what `codes` asks besides.
PASSING_ON = {
    "Document.unknown",
    "_pairings",
    "choose",
    "Fault.placed",
    "fault",  # as a file of words has them, which the next tests look at
}


class Codes(ast.NodeVisitor):
    """Gathers each code that a module gives to a maker, and the functions that give one on."""

    def __init__(self) -> None:
        self.makers = MAKERS
        self.where: list[str] = []
        self.given: set[str] = set()
        self.passing_on: set[str] = set()

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.inside(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self.inside(node)

    def inside(self, node: ast.ClassDef | ast.FunctionDef) -> None:
        self.where.append(node.name)
        self.generic_visit(node)
        self.where.pop()

    def visit_Call(self, node: ast.Call) -> None:
        self.generic_visit(node)
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name not in self.makers or len(node.args) < 2:  # a problem has a place besides its code
            return
        words = [str(one.value) for one in node.args if isinstance(one, ast.Constant)]
        found = [word for word in words if CODE.fullmatch(word)]
        if found:
            self.given.add(found[0])
        else:
            self.passing_on.add(".".join(self.where))


@cache
def found_in_the_source() -> Codes:
    found = Codes()
    for file in sorted((ROOT / "hooks/handbook").rglob("*.py")):
        # The faults of sheets have no code; rules say a key of WORDED instead.
        others = {"register": {"Fault"}, "rules": {"problem"}}.get(file.relative_to(ROOT).parts[2], set())
        found.makers = MAKERS - others
        found.visit(ast.parse(file.read_text("utf-8")))
    return found


WORDED: Mapping[str, Mapping[str, str]] = {
    key: wording for key, wording in wordings.wordings().items() if key != "phrases"
}


def code_of(key: str) -> str:
    return key.partition(".")[0]


def codes() -> list[str]:
    """Every code that the engine can give."""
    return sorted(found_in_the_source().given | {code_of(key) for key in WORDED})


@cache
def source(*wings: str) -> tuple[ast.AST, ...]:
    files = (file for wing in wings for file in sorted((ROOT / "hooks/handbook" / wing).rglob("*.py")))
    return tuple(node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8"))))


def keys_in(nodes: Iterable[ast.AST]) -> set[str]:
    """What is, or looks like, a key of the words of rules."""
    said = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    known = {code_of(key) for key in WORDED}
    found = {word for word in said if word in WORDED or ("." in word and code_of(word) in known)}
    begun = tuple(word for word in found if word.endswith("."))  # the rest follows from what is looked at
    return found - {*begun} | {key for key in WORDED if f"{key}.".startswith(begun)}


def tellings(nodes: Iterable[ast.AST], *makers: str) -> Iterator[tuple[ast.expr, set[str]]]:
    """The key of each call that tells something, and the fields that it fills in."""
    for node in nodes:
        if isinstance(node, ast.Call) and not any(keyword.arg is None for keyword in node.keywords):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            second = name in ("report", "unknown")
            if name in (makers or ("fault", "problem", "unknown")) and len(node.args) > second:
                key = node.args[second or (name == "problem" and isinstance(node.func, ast.Name))]
                filled = {keyword.arg for keyword in node.keywords if keyword.arg} - {"meant"}
                listed = {"word", "near", "every" if "every" in filled else "known"}
                yield key, filled | (listed if name == "unknown" else set())


def fields(key: str) -> set[str]:
    """The fields in the words of a key."""
    said = "".join(WORDED[key].get(part, "") for part in ("message", "hint"))
    return {re.split(r"[.[]", name)[0] for _, name, _, _ in Formatter().parse(said) if name} - {"history"}


@cache
def entries() -> Mapping[str, str]:
    """What the manual says of each code, in its order."""
    manual = (ROOT / "hooks/README.md").read_text("utf-8")
    listed = manual.split("\n## Problems by code\n")[1].split("\n## ")[0].split("\n### ")[1:]
    return {code: text.strip() for code, _, text in (entry.partition("\n") for entry in listed)}


def test_every_code_has_its_mistake() -> None:
    assert codes() == FIXTURES


def test_every_code_has_its_entry_in_the_manual() -> None:
    assert codes() == list(entries())


def test_all_words_are_used_and_rules_use_no_others() -> None:
    strings = {node.value for node in source("text", "load") if isinstance(node, ast.Constant)}
    read = {key for key in WORDED if {key, key.removeprefix("yaml-syntax.")} & strings}

    used = keys_in(source("rules", "model", "contents", "pages"))
    assert set(WORDED) == used | set(rules.WORDS["refused"]) | read


def test_words_name_the_fields_that_are_filled_in() -> None:
    """Of a fault of syntax, which names no code, they follow it."""
    every = (
        *tellings(source("text", "load"), "fault", "report"),
        *tellings(source("rules", "model", "pages")),
    )
    given = [(str(key.value), filled) for key, filled in every if isinstance(key, ast.Constant)]
    told = [(key if key in WORDED else f"yaml-syntax.{key}", filled - {"meant"}) for key, filled in given]

    assert [] == [(key, filled) for key, filled in told if fields(key) != filled]
    assert len(told) > 100


def test_words_that_a_rule_chooses_among_name_no_others() -> None:
    """The fields of all that stand in one function are those that it fills in."""
    for function in (node for node in source("rules") if isinstance(node, ast.FunctionDef)):
        inside = list(ast.walk(function))
        filled = set().union(*(filled for _, filled in tellings(inside)))
        if filled and (possible := keys_in(inside)):
            assert set().union(*map(fields, possible)) <= filled, function.name


def test_words_have_a_message_and_nothing_that_is_not_shown() -> None:
    assert set() == {
        key for key, said in WORDED.items() if not said.keys() <= {"message", "hint", "severity", "unquoted"}
    }
    assert set() == {key for key, said in WORDED.items() if not said["message"]}
    assert {"warning"} == {said["severity"] for said in WORDED.values() if "severity" in said}


def test_codes_are_found_wherever_they_are_given() -> None:
    """Whoever adds a way to make a problem says here, or among the makers, how its code is found."""
    assert found_in_the_source().passing_on == PASSING_ON


@pytest.mark.parametrize("code", FIXTURES)
def test_an_entry_explains_in_a_few_sentences(code: str) -> None:
    said = " ".join(entries()[code].split())

    assert 5 < len(said.split()) < 120
    assert said.endswith(".")
    assert ("warning" in said.lower()) == (": warning: " in expected_of(code)) or ("As a warning" in said)
