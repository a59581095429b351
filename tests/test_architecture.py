"""Imports go one way only, and each kind of work is done in its own wing (the line in hooks/README.md)."""

import ast
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from statistics import quantiles

import pytest

from handbook.pages import views

HOOKS = Path(__file__).parents[1] / "hooks"
ENGINE = HOOKS / "handbook"
MANUAL = (HOOKS / "README.md").read_text("utf-8").partition("### The house")[2].partition("### Where")[0]
# A wing imports only from those before it. In it stand rooms: modules, or folders of them, without a circle.
_LINES = re.findall(r"^\w+(?: <- \w+)+$", MANUAL, re.MULTILINE)
WINGS = tuple(" ".join(_LINES).split(" <- "))
MOST_ROOMS, MOST_FLOORS = 31, 12
MOST_LINES, MOST_LINES_OF_CLI, MOST_LINES_OF_A_MODULE = 19_060, 2_720, 250
# Half of the functions have as many lines or fewer, from `def` to their end, and nine in ten.
MOST_LINES_OF_HALF, MOST_LINES_OF_NINE_IN_TEN = 7, 18

Room = str


@cache
def nodes(file: Path) -> Sequence[ast.AST]:
    """What a module says; each is read once, and those of a copy that say the same with it."""
    return parsed(file.read_text("utf-8"))


@cache
def parsed(text: str) -> Sequence[ast.AST]:
    return tuple(ast.walk(ast.parse(text)))


def modules(engine: Path = ENGINE) -> dict[Path, Room]:
    """Every module with its room, such as `text/edit`; what stands in a wing itself has the wing's name."""
    files = (file for file in sorted(engine.rglob("*.py")) if file.parent != engine)
    return {file: "/".join(module_name(engine, file).split(".")[:2]) for file in files}


def module_name(engine: Path, file: Path) -> str:
    """A module as others name it, below the engine; a folder is named for its `__init__`."""
    return ".".join(file.relative_to(engine).with_suffix("").parts).removesuffix(".__init__")


@cache
def module_names(engine: Path) -> frozenset[str]:
    """Every module by its name."""
    return frozenset(module_name(engine, file) for file in engine.rglob("*.py"))


def imported(engine: Path, file: Path) -> Iterator[str]:
    """The modules of the engine that a module names, with dots; the engine itself is empty."""
    package = module_name(engine, file).split(".")
    package = package if file.name == "__init__.py" else package[:-1]
    known = module_names(engine)
    for node in nodes(file):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = [*package[: len(package) - node.level + 1], *(node.module or "").split(".")]
            named = (".".join(filter(None, (*base, alias.name))) for alias in node.names)
            yield from (name if name in known else name.rpartition(".")[0] for name in named)


def external(file: Path) -> set[str]:
    """The other packages that a module imports."""
    packages: set[str] = set()
    for node in nodes(file):
        if isinstance(node, ast.Import):
            packages |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            packages.add((node.module or "").split(".")[0])
    return packages


def arrows(engine: Path) -> dict[Room, set[Room]]:
    """The rooms that each room imports from."""
    rooms = modules(engine)
    found: dict[Room, set[Room]] = {room: set() for room in rooms.values()}
    for file, room in rooms.items():
        targets = {"/".join(name.split(".")[:2]) for name in imported(engine, file) if name}
        found[room] |= targets - {room}
    return found


def against_the_arrow(engine: Path) -> Iterator[str]:
    """Name each import from a wing to the right."""
    for room, others in arrows(engine).items():
        wing = room.split("/")[0]
        yield from (
            f"{room} imports {other}"
            for other in sorted(others)
            if WINGS.index(other.split("/")[0]) > WINGS.index(wing)
        )


def floors(engine: Path) -> Mapping[Room, int]:
    """On which floor each room stands: above all that it imports from. A circle of rooms is an error."""
    below = arrows(engine)
    heights: dict[Room, int] = {}
    for room in TopologicalSorter(below).static_order():
        heights[room] = 1 + max((heights[other] for other in below[room]), default=0)
    return heights


def rooms_of(engine: Path) -> list[Room]:
    """The rooms of all wings, without what stands in a wing itself."""
    return [room for room in arrows(engine) if "/" in room and not room.endswith("__main__")]


def calls(file: Path) -> set[str]:
    """The names that a file calls; those of methods and of other modules' functions begin with a dot."""
    called = [node.func for node in nodes(file) if isinstance(node, ast.Call)]
    plain = {function.id for function in called if isinstance(function, ast.Name)}
    return plain | {f".{function.attr}" for function in called if isinstance(function, ast.Attribute)}


def rooms_that_call(*names: str) -> set[Room]:
    return {room for file, room in modules().items() if calls(file) & set(names)}


def wings(rooms: set[Room]) -> set[str]:
    return {room.split("/")[0] for room in rooms}


def test_the_house_has_these_wings_and_one_folder_of_data() -> None:
    names = {path.name for path in ENGINE.iterdir() if path.name != "__pycache__"}

    assert {*WINGS, "data", "__init__.py"} == names


def test_the_manual_draws_the_house_in_one_line_and_names_each_room_once() -> None:
    named = re.findall(r"^\| `(\w+/\w+)` \|", MANUAL, re.MULTILINE)

    assert 1 == len(_LINES)
    assert sorted(rooms_of(ENGINE)) == sorted(named)


def test_the_walks_of_the_manual_visit_a_room_once() -> None:
    walks = [walk.split("\n\n")[1] for walk in MANUAL.partition("### Three walks")[2].split("\n\n**")[1:]]

    assert 3 == len(walks)
    for walk in walks:
        visited = re.findall(r"`(\w+/\w+)`", walk)
        assert 10 >= len(walk.splitlines())
        assert len(set(visited)) == len(visited)
        assert {*visited} <= {*rooms_of(ENGINE)}


def test_imports_go_one_way_only() -> None:
    assert [] == list(against_the_arrow(ENGINE))


def test_the_house_is_no_larger_than_a_head() -> None:
    heights = floors(ENGINE)

    rooms = {room: heights[room] for room in rooms_of(ENGINE)}

    assert MOST_ROOMS >= len(rooms)
    assert MOST_FLOORS >= max(rooms.values())


@pytest.mark.parametrize(
    ("file", "line", "found"),
    [
        ("text/prose.py", "from ..load.repository import load", "text/prose imports load/repository"),
        ("rules/schema/keys.py", "from ... import pages", "rules/schema imports pages"),
        (
            "guidance/calendars.py",
            "def later():\n    from ..pages.rendering.pages import Page",
            "guidance/calendars imports pages/rendering",
        ),
        (
            "pages/website/website.py",
            "from ...cli.terminal import today",
            "pages/website imports cli/terminal",
        ),
    ],
)
def test_an_arrow_turned_round_is_found(tmp_path: Path, file: str, line: str, found: str) -> None:
    copy = shutil.copytree(ENGINE, tmp_path / "handbook", ignore=shutil.ignore_patterns("data"))
    with (copy / file).open("a", encoding="utf-8") as module:
        module.write(f"\n{line}\n")

    assert [found] == list(against_the_arrow(copy))


def lines(file: Path) -> int:
    return len(file.read_text("utf-8").splitlines())


def lengths(file: Path) -> Iterator[int]:
    """The lines of each function of a module, with its docstring and without its decorators."""
    for node in nodes(file):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            assert node.end_lineno is not None
            yield node.end_lineno - node.lineno + 1


def test_the_house_keeps_its_measures() -> None:
    sizes = {file: lines(file) for file in sorted(HOOKS.rglob("*.py"))}
    shares = quantiles((length for file in modules() for length in lengths(file)), n=10, method="inclusive")

    assert {} == {file.name: size for file, size in sizes.items() if size > MOST_LINES_OF_A_MODULE}
    assert MOST_LINES >= sum(sizes.values())
    assert MOST_LINES_OF_CLI >= sum(size for file, size in sizes.items() if ENGINE / "cli" in file.parents)
    assert MOST_LINES_OF_HALF >= shares[4]
    assert MOST_LINES_OF_NINE_IN_TEN >= shares[8]


def test_no_module_names_the_package_by_its_full_name() -> None:
    """Such an import would go past the check of directions."""
    assert [] == [file.name for file in modules() if "handbook" in external(file)]


def test_only_the_adapter_imports_mkdocs() -> None:
    """The handbook must live on when MkDocs does not."""
    importers = {
        file.name
        for file in (*modules(), *HOOKS.glob("*.py"))
        if external(file) & {"mkdocs", "material", "mkdocs_macros"}
    }

    assert {"handbook_site.py"} == importers


def test_only_the_command_line_prints_asks_and_exits() -> None:
    assert {"cli"} == wings(
        rooms_that_call("print", "input", "exit", ".exit", "quit", "breakpoint", ".print")
    )


def test_only_named_rooms_open_files() -> None:
    """Besides `load` and `cli`, six read the engine's own files; the register has its folder."""
    reading = ("open", ".open", ".read_text", ".read_bytes", ".glob", ".rglob", ".iterdir", ".is_file")
    writing = (".write_text", ".write_bytes", ".mkdir", ".unlink", ".rename", ".rmtree")
    readers = {room for room in rooms_that_call(*reading) if not room.startswith(("load/", "cli"))}
    writers = {room for room in rooms_that_call(*writing) if not room.startswith("cli")}
    register = {"register/ledger", "register/forgetting", "register/intake"}

    assert {
        "text/wordings", "rules", "rules/schema", "contents/kinds", "contents/templating", "pages/views",
        "pages/website",
        *register,
    } == readers  # fmt: skip
    assert {"load/files", "load/repository", "register/ledger"} == writers


def test_only_load_the_command_line_and_forgetting_go_to_the_folder_of_programs() -> None:
    named = {room for file, room in modules().items() if '/ "programs"' in file.read_text("utf-8")}

    assert {"load", "cli"} == wings(named - {"register/forgetting"})


def test_the_clock_is_asked_in_one_place() -> None:
    """There in the organisation's time zone: no machine's day counts."""
    asking = {
        (room, said)
        for file, room in modules().items()
        for said in re.findall(r"\w+\.(?:now|utcnow|today|time|localtime|gmtime)\(", file.read_text("utf-8"))
    }

    assert {
        ("model/timeline", "datetime.now("),
        ("cli/terminal", "timeline.today("),
        ("pages/website", "timeline.today("),
    } == asking


def test_the_environment_is_asked_for_the_day_and_the_readers_alone() -> None:
    """Same input, same bytes: outside the command line nothing else changes anything.

    What the repository's host says of it can stop a build, and changes none.
    """
    asking = {
        (room, said)
        for file, room in modules().items()
        for said in re.findall(r"environ\S*|getenv\S*", file.read_text("utf-8"))
        if not room.startswith("cli") and not said.startswith("environment")
    }

    assert {
        ("model/timeline", 'environ.get("HANDBOOK_TODAY")'),
        ("contents/build", 'environ.get("HANDBOOK_AUDIENCE")'),
        ("load/files", 'environ.get("GITHUB_EVENT_PATH",'),
    } == asking


def test_templates_know_each_view_by_a_name_of_its_own() -> None:
    """All rooms of the views are one to templates: of two with the same name, one would be lost."""
    names = [
        name
        for room in views._ROOMS
        for name, value in vars(room).items()
        if not name.startswith("_") and getattr(value, "__module__", "") == room.__name__
    ]

    assert sorted(set(names)) == sorted(names)
