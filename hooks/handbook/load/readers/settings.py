"""mkdocs.yml -> problems: what it would take away from the engine, and what it wants of it in vain.

MkDocs replaces a list when a child configuration sets it. An organisation that writes `hooks:`, or a list
under `plugins:`, would silently drop the engine's entries. What stands under `extra` MkDocs takes as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from ... import TOP
from ...text.document.tree import Alias, Refused, Tree, is_nothing, place_of, scalar
from ...text.problems import Problem, did_you_mean, fault, known, quoted
from ..files import Files

INHERIT = "hooks/mkdocs.yml"
ENGINE_SETTINGS = TOP / INHERIT
_FREE = frozenset({"theme.palette", "site_url"})
_FIXED = {"docs_dir": "drops-engine-entry.folder", "use_directory_urls": "drops-engine-entry.addresses"}
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
# One label after the other, so that no address is searched twice.
_ORIGIN = re.compile(r"https://[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*(?::[0-9]{1,5})?", re.IGNORECASE)
_COLOURS = ("brand", "accent")
_KEYS = (*_COLOURS, "embed")


def config_problems(files: Files) -> Iterator[Problem]:
    """Say which lines of `mkdocs.yml` would drop an entry of the engine's settings, or mean nothing to it."""
    file = files.root / "mkdocs.yml"
    if not file.is_file():
        return
    content = file.read_bytes()
    if not file.is_symlink():  # what a link leads to is for nobody's eyes
        files.contents["mkdocs.yml"] = content
    try:
        tree = Tree(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        yield fault("yaml-syntax.settings").placed("mkdocs.yml")
        return
    if tree.stop:
        yield _unread(tree)
        return
    own, engine = tree.root, Tree(ENGINE_SETTINGS.read_text("utf-8")).root
    entries = _entries(own)
    if "INHERIT" not in entries or entries["INHERIT"][1].value != INHERIT:
        yield fault("drops-engine-entry.settings", file=INHERIT).placed("mkdocs.yml")
    yield from _dropped(own, engine, "")
    if (extra := entries.get("extra")) and (ours := _entries(extra[1]).get("handbook")):
        yield from _unfit(ours[1])


def _unread(tree: Tree) -> Problem:
    line, column = tree.stopped()
    if isinstance(tree.stop, Refused):
        return tree.stop.fault.placed("mkdocs.yml", line + 1, column + 1)
    return fault("yaml-syntax.settings").placed("mkdocs.yml", line + 1)


def _entries(node: yaml.Node | None) -> dict[str, tuple[yaml.Node, yaml.Node]]:
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return {
        key.value: (key, value.value or value if isinstance(value, Alias) else value) for key, value in pairs
    }


def _dropped(own: yaml.Node | None, engine: yaml.Node | None, path: str) -> Iterator[Problem]:
    mine = _entries(own)
    for name, (_, theirs) in _entries(engine).items():
        dotted = f"{path}.{name}".strip(".")
        if name not in mine or dotted in _FREE:
            continue
        key, value = mine[name]
        if dotted in _FIXED and value.value not in (theirs.value, theirs.value.title(), theirs.value.upper()):
            yield _problem(key, _FIXED[dotted], key=dotted, value=theirs.value)
        if isinstance(theirs, yaml.MappingNode) and isinstance(value, yaml.MappingNode):
            yield from _dropped(value, theirs, dotted)
        elif not isinstance(theirs, yaml.ScalarNode) and (lost := _names(theirs) - _names(value)):
            mapping = isinstance(theirs, yaml.MappingNode)
            fault_name = "drops-engine-entry.mapping" if mapping else "drops-engine-entry.list"
            yield _problem(key, fault_name, key=dotted, names=", ".join(sorted(lost)))


def _names(node: yaml.Node) -> set[str]:
    """Name the entries of a list or mapping; an entry of a list with settings counts by its name."""
    if isinstance(node, yaml.SequenceNode):
        entries = (entry for entry in node.value if not isinstance(entry, yaml.SequenceNode))
        return {name for entry in entries for name in _names(entry)}
    if isinstance(node, yaml.MappingNode):
        return set(_entries(node))
    return {node.value} if isinstance(node, yaml.ScalarNode) and node.value else set()


def _problem(node: yaml.Node, name: str, /, **words: Any) -> Problem:
    return fault(name, **words).placed("mkdocs.yml", *place_of(node))


def _unfit(ours: yaml.Node) -> Iterator[Problem]:
    """Say what under `extra.handbook` is no setting of the handbook's."""
    if isinstance(ours, yaml.MappingNode):
        for key, value in ours.value:
            yield from _unfit_entry(key, value)
    elif not is_nothing(ours):
        yield _problem(ours, "wrong-type.settings")


def _unfit_entry(key: yaml.Node, value: yaml.Node) -> Iterator[Problem]:
    name = _text(key)
    if name == "embed":
        listed = isinstance(value, yaml.SequenceNode)
        for entry in value.value if listed else (value,):
            if not listed or not _ORIGIN.fullmatch(_text(entry)):
                yield _problem(entry, "wrong-embed", value=_quoted(entry))
    elif name in _COLOURS and not _COLOUR.fullmatch(_text(value)):
        yield _problem(value, "wrong-colour", key=name, value=_quoted(value))
    elif name not in _KEYS:
        names = did_you_mean(name, _KEYS) + known(_KEYS, " here")
        yield _problem(key, "unknown-key.settings", value=_quoted(key), known=names)


def _text(node: yaml.Node) -> str:
    """The text of a node; nothing where it is none."""
    value = scalar(node) if isinstance(node, yaml.ScalarNode) else None
    return value if isinstance(value, str) else ""


def _quoted(node: yaml.Node) -> str:
    if isinstance(node, yaml.ScalarNode):
        return quoted(node.value) if node.value else "Nothing"
    return "A list or mapping"
