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
# A room imports only from the levels before its own; those of one level never import each other.
LEVELS = (
    {"seen"},
    {"sensitive"},
    {"policy", "problems", "prose", "signup", "syntax"},
    {"document", "fixes", "settings"},
    {"schema", "playbook", "organisation", "edit", "pairing"},
    {"program"},
    {"completion", "cohort"},
    {"timeline", "texts"},
    {"checks", "completeness", "privacy"},
    {"load", "intake"},
    {"templating", "views", "survey", "changes", "kinds"},
    {"build", "rehearsal"},
    {"letters"},
    {"announcement", "ics", "words", "starter"},
    {"pages", "macros"},
    {"navigation"},
    {"website"},
    {"cli"},
)
BEFORE = {
    room: before
    for level, before in zip(LEVELS, accumulate(LEVELS, set.union, initial=set()), strict=False)
    for room in level
}


def modules(engine: Path = ENGINE) -> dict[Path, str]:
    """Every module with its room: its own name, or that of the folder that it stands in."""
    files = sorted(file for file in engine.rglob("*.py") if file != engine / "__init__.py")
    return {file: file.relative_to(engine).parts[0].removesuffix(".py") for file in files}


def imports(file: Path) -> set[str]:
    """What a file imports; a dot stands before its neighbours, two before those of the folder above."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names = [node.module] if node.module else [alias.name for alias in node.names]
            found |= {"." * node.level + name for name in names}
    return found


def against_the_arrow(engine: Path) -> Iterator[str]:
    for file, room in modules(engine).items():
        dots = "." * len(file.relative_to(engine).parts)
        named = {re.sub(r"^\.+", "", name).split(".")[0] for name in imports(file) if name.startswith(dots)}
        yield from (f"{room} imports {other}" for other in sorted(named - BEFORE.get(room, set())))


def calls(file: Path) -> set[str]:
    """The names that a file calls; those of methods and of other modules' functions begin with a dot."""
    nodes = ast.walk(ast.parse(file.read_text("utf-8")))
    called = [node.func for node in nodes if isinstance(node, ast.Call)]
    names = {function.id for function in called if isinstance(function, ast.Name)}
    return names | {f".{function.attr}" for function in called if isinstance(function, ast.Attribute)}


def rooms_that_call(*names: str) -> set[str]:
    return {room for file, room in modules().items() if calls(file) & set(names)}


def test_every_module_has_its_room() -> None:
    assert set().union(*LEVELS) == set(modules().values())


def test_imports_go_one_way_only() -> None:
    assert [] == list(against_the_arrow(ENGINE))


@pytest.mark.parametrize(
    ("file", "line", "found"),
    [
        ("document.py", "from .load import load", "document imports load"),
        ("problems.py", "from . import prose", "problems imports prose"),
        ("views/steps.py", "def later():\n    from ..pages import Page", "views imports pages"),
        ("website.py", "from .cli.check import checked", "website imports cli"),
    ],
)
def test_an_arrow_turned_round_is_found(tmp_path: Path, file: str, line: str, found: str) -> None:
    copy = shutil.copytree(ENGINE, tmp_path / "handbook")
    with (copy / file).open("a", encoding="utf-8") as module:
        module.write(f"\n{line}\n")

    assert [found] == list(against_the_arrow(copy))


def test_no_module_names_the_package_by_its_full_name() -> None:
    """Such an import would go past the check of directions."""
    assert [] == [file.name for file in modules() if any(one.startswith("handbook") for one in imports(file))]


def test_only_the_adapter_imports_mkdocs() -> None:
    """The handbook must live on when MkDocs does not."""
    importers = {
        file.name
        for file in (*modules(), *HOOKS.glob("*.py"))
        if {name.split(".")[0] for name in imports(file)} & {"mkdocs", "material", "mkdocs_macros"}
    }

    assert {"handbook_site.py"} == importers


def test_only_the_command_line_prints_asks_and_exits() -> None:
    assert {"cli"} == rooms_that_call("print", "input", "exit", ".exit", "quit", "breakpoint", ".print")


def test_only_named_rooms_open_files() -> None:
    """Besides `load` and `cli`, three read the engine's own files, and `settings` mkdocs.yml."""
    reading = ("open", ".open", ".read_text", ".read_bytes", ".glob", ".rglob", ".iterdir", ".is_file")
    writing = (".write_text", ".write_bytes", ".mkdir", ".unlink", ".rename", ".rmtree")

    assert {"load", "schema", "settings", "templating", "website", "cli"} == rooms_that_call(*reading)
    assert {"cli"} == rooms_that_call(*writing)


def test_only_load_and_the_command_line_go_to_the_folder_of_programs() -> None:
    named = {room for file, room in modules().items() if '/ "programs"' in file.read_text("utf-8")}

    assert {"load", "cli"} == named


def test_the_environment_is_asked_for_the_day_and_the_readers_alone() -> None:
    """Same input, same bytes: outside the command line nothing else changes anything."""
    asking = {
        (room, said)
        for file, room in modules().items()
        for said in re.findall(r"environ\S*|getenv\S*", file.read_text("utf-8"))
        if room != "cli" and not said.startswith("environment")
    }

    assert {
        ("timeline", 'environ.get("HANDBOOK_TODAY")'),
        ("build", 'environ.get("HANDBOOK_AUDIENCE")'),
    } == asking
