"""mkdocs.yml -> problems: what it would take away from the engine.

MkDocs replaces a list when a child configuration sets it. An organisation that writes `hooks:`, or a list
under `plugins:`, would silently drop the engine's entries.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml
from yaml.reader import ReaderError

from .problems import Problem

ENGINE_SETTINGS = Path(__file__).resolve().parents[1] / "mkdocs.yml"
INHERIT = "hooks/mkdocs.yml"
_FREE = frozenset({"theme.palette", "site_url"})


def config_problems(root: Path) -> Iterator[Problem]:
    """Say which lines of `mkdocs.yml` would drop an entry of the engine's settings."""
    file = root / "mkdocs.yml"
    if not file.is_file():
        return
    try:
        own = yaml.compose(file.read_text("utf-8-sig"), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        line = _line(error, file)
        hint = "Check quotes, indentation and colons here."
        yield Problem("mkdocs.yml", line, 1, "yaml-syntax", "mkdocs.yml is not readable as YAML.", hint)
        return
    engine = yaml.compose(ENGINE_SETTINGS.read_text("utf-8"), Loader=yaml.CSafeLoader)
    entries = _entries(own)
    if "INHERIT" not in entries or entries["INHERIT"][1].value != INHERIT:
        message = "mkdocs.yml does not take the engine's settings."
        yield Problem(
            "mkdocs.yml", 1, 1, "drops-engine-entry", message, f"Let its first line be `INHERIT: {INHERIT}`."
        )
    yield from _dropped(own, engine, "")


def _line(error: Exception, file: Path) -> int:
    """The line of a fault; a character that YAML does not know has an offset in bytes instead of a mark."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return error.problem_mark.line + 1
    before = file.read_bytes()[: error.position] if isinstance(error, ReaderError) else b""
    return before.count(b"\n") + 1


def _entries(node: yaml.Node | None) -> dict[str, tuple[yaml.Node, yaml.Node]]:
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return {key.value: (key, value) for key, value in pairs if isinstance(key, yaml.ScalarNode)}


def _dropped(own: yaml.Node | None, engine: yaml.Node | None, path: str) -> Iterator[Problem]:
    mine = _entries(own)
    for name, (_, theirs) in _entries(engine).items():
        dotted = f"{path}.{name}".strip(".")
        if name not in mine or dotted in _FREE:
            continue
        key, value = mine[name]
        if isinstance(theirs, yaml.MappingNode) and isinstance(value, yaml.MappingNode):
            yield from _dropped(value, theirs, dotted)
        elif not isinstance(theirs, yaml.ScalarNode) and (lost := _names(theirs) - _names(value)):
            yield _problem(key, dotted, lost, isinstance(theirs, yaml.MappingNode))


def _names(node: yaml.Node) -> set[str]:
    """Name the entries of a list or mapping; an entry with settings counts by its name."""
    if isinstance(node, yaml.SequenceNode):
        return {name for entry in node.value for name in _names(entry)}
    if isinstance(node, yaml.MappingNode):
        return set(_entries(node))
    return {str(node.value)} if node.value else set()


def _problem(key: yaml.Node, dotted: str, lost: set[str], mapping: bool) -> Problem:
    named = ", ".join(sorted(lost))
    message = f"`{dotted}` here would take away what the handbook needs: {named}."
    hint = f"Write each entry of `{dotted}` as `name: {{}}` on a line of its own; it is then added."
    if not mapping:
        hint = f"Delete `{dotted}`. Own hooks go into hooks/local/, own styles into docs/assets/local.css."
    place = key.start_mark.line + 1, key.start_mark.column + 1
    return Problem("mkdocs.yml", *place, "drops-engine-entry", message, hint)
