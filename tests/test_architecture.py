"""Imports go one way only, and each kind of work is done in its own room (the table in hooks/README.md)."""

import ast
import re
import shutil
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

import pytest

HOOKS = Path(__file__).parents[1] / "hooks"
ENGINE = HOOKS / "handbook"
# A module imports only from the levels before its own; those of one level never import each other.
LEVELS = (
    {"problems", "prose"},
    {"document", "settings"},
    {"schema", "playbook"},
    {"program"},
    {"timeline", "texts"},
    {"checks"},
    {"load"},
    {"templating", "views", "changes"},
    {"pages", "starter"},
    {"macros", "navigation"},
    {"website"},
    {"cli"},
)
BEFORE = {
    module: before
    for level, before in zip(LEVELS, accumulate(LEVELS, set.union, initial=set()), strict=False)
    for module in level
}
MODULES = sorted(file for file in ENGINE.glob("*.py") if file.name != "__init__.py")


def imports(file: Path) -> set[str]:
    """The modules that a file imports; those of its own package begin with a dot."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] != "__future__":
            dots = "." * node.level
            found |= {dots + node.module} if node.module else {dots + alias.name for alias in node.names}
    return found


def against_the_arrow(folder: Path) -> Iterator[str]:
    for file in sorted(folder.glob("*.py")):
        own = {name.split(".")[1] for name in imports(file) if name.startswith(".")}
        yield from (f"{file.stem} imports {name}" for name in sorted(own - BEFORE.get(file.stem, set())))


def calls(file: Path) -> set[str]:
    """The names that a file calls; those of methods and of other modules' functions begin with a dot."""
    nodes = ast.walk(ast.parse(file.read_text("utf-8")))
    called = [node.func for node in nodes if isinstance(node, ast.Call)]
    names = {function.id for function in called if isinstance(function, ast.Name)}
    return names | {f".{function.attr}" for function in called if isinstance(function, ast.Attribute)}


def test_every_module_has_its_level() -> None:
    assert sorted(set().union(*LEVELS)) == [file.stem for file in MODULES]


def test_imports_go_one_way_only() -> None:
    assert [] == list(against_the_arrow(ENGINE))


@pytest.mark.parametrize(
    ("module", "line", "found"),
    [
        ("document", "from .load import load", "document imports load"),
        ("problems", "from . import prose", "problems imports prose"),
        ("views", "def later():\n    from .pages import Page", "views imports pages"),
    ],
)
def test_an_arrow_turned_round_is_found(tmp_path: Path, module: str, line: str, found: str) -> None:
    copy = shutil.copytree(ENGINE, tmp_path / "handbook")
    with (copy / f"{module}.py").open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")

    assert [found] == list(against_the_arrow(copy))


def test_only_the_adapter_imports_mkdocs() -> None:
    """The handbook must live on when MkDocs does not."""
    importers = {
        file.name
        for file in (*ENGINE.rglob("*.py"), *HOOKS.glob("*.py"))
        if {name.split(".")[0] for name in imports(file)} & {"mkdocs", "material", "mkdocs_macros"}
    }

    assert {"handbook_site.py"} == importers


def test_the_package_names_itself_only_with_a_dot() -> None:
    """An import by the package's full name would go past the check of directions."""
    assert [] == [file.name for file in MODULES if any(name.startswith("handbook") for name in imports(file))]


def test_only_the_command_line_prints_asks_and_exits() -> None:
    talking = {"print", "input", "exit", ".exit", "quit", "breakpoint"}

    assert ["cli"] == [file.stem for file in MODULES if calls(file) & talking]


def test_only_named_modules_open_files() -> None:
    """Besides `load`, four read the engine's own files or mkdocs.yml; the command line writes new ones."""
    reading = {"open", ".open", ".read_text", ".read_bytes", ".glob", ".rglob", ".iterdir", ".is_file"}
    writing = {".write_text", ".write_bytes", ".mkdir", ".unlink", ".rename"}

    readers = {file.stem for file in MODULES if calls(file) & reading}
    assert {"load", "schema", "settings", "templating", "website", "cli"} == readers
    assert {"cli"} == {file.stem for file in MODULES if calls(file) & writing}


def test_only_load_and_the_command_line_go_to_the_folder_of_programs() -> None:
    named = [file.stem for file in MODULES if re.search(r'/ "programs"', file.read_text("utf-8"))]

    assert ["cli", "load"] == named


def test_the_environment_is_asked_for_the_day_alone() -> None:
    """Same input, same bytes: outside the command line only HANDBOOK_TODAY changes anything."""
    asking = {
        (file.stem, said)
        for file in MODULES
        if file.stem != "cli"
        for said in re.findall(r"os\.environ\S*|getenv\S*", file.read_text("utf-8"))
    }

    assert {("timeline", 'os.environ.get("HANDBOOK_TODAY")')} == asking
