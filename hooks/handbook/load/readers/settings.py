"""mkdocs.yml -> problems: what it would take away from the engine, and what it wants of it in vain.

MkDocs replaces a list when a child configuration sets it. An organisation that writes `hooks:`, or a list
under `plugins:`, would silently drop the engine's entries. What stands under `extra` MkDocs takes as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from ... import TOP
from ...text.document.tree import Alias, Refused, Tree, is_nothing, scalar
from ...text.problems import Problem, did_you_mean, known, quoted
from ..files import Files

INHERIT = "hooks/mkdocs.yml"
ENGINE_SETTINGS = TOP / INHERIT
_FREE = frozenset({"theme.palette", "site_url"})
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
        yield _unreadable(1)
        return
    if tree.stop:
        yield _unread(tree)
        return
    own, engine = tree.root, Tree(ENGINE_SETTINGS.read_text("utf-8")).root
    entries = _entries(own)
    if "INHERIT" not in entries or entries["INHERIT"][1].value != INHERIT:
        message = "mkdocs.yml does not take the engine's settings."
        yield Problem(
            "mkdocs.yml", 1, 1, "drops-engine-entry", message, f"Let its first line be `INHERIT: {INHERIT}`."
        )
    yield from _dropped(own, engine, "")
    if (extra := entries.get("extra")) and (ours := _entries(extra[1]).get("handbook")):
        yield from _unfit(ours[1])


def _unread(tree: Tree) -> Problem:
    if isinstance(tree.stop, Refused):
        return tree.stop.fault.placed("mkdocs.yml", tree.stop.mark.line + 1, tree.stop.mark.column + 1)
    return _unreadable(tree.stopped()[0] + 1)


def _unreadable(line: int) -> Problem:
    hint = "Check quotes, indentation and colons here."
    return Problem("mkdocs.yml", line, 1, "yaml-syntax", "mkdocs.yml is not readable as YAML.", hint)


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
        if isinstance(theirs, yaml.MappingNode) and isinstance(value, yaml.MappingNode):
            yield from _dropped(value, theirs, dotted)
        elif not isinstance(theirs, yaml.ScalarNode) and (lost := _names(theirs) - _names(value)):
            yield _problem(key, dotted, lost, isinstance(theirs, yaml.MappingNode))


def _names(node: yaml.Node) -> set[str]:
    """Name the entries of a list or mapping; an entry with settings counts by its name."""
    if isinstance(node, yaml.SequenceNode):
        return {name for entry in node.value for name in _name(entry)}
    return _name(node)


def _name(node: yaml.Node) -> set[str]:
    if isinstance(node, yaml.MappingNode):
        return set(_entries(node))
    return {node.value} if isinstance(node, yaml.ScalarNode) and node.value else set()


def _problem(key: yaml.Node, dotted: str, lost: set[str], mapping: bool) -> Problem:
    named = ", ".join(sorted(lost))
    message = f"`{dotted}` here would take away what the handbook needs: {named}."
    hint = f"Write each entry of `{dotted}` as `name: {{}}` on a line of its own; it is then added."
    if not mapping:
        hint = f"Delete `{dotted}`. Own hooks go into hooks/local/, own styles into docs/assets/local.css."
    return Problem("mkdocs.yml", *_place(key), "drops-engine-entry", message, hint)


def _place(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _unfit(ours: yaml.Node) -> Iterator[Problem]:
    """Say what under `extra.handbook` is no setting of the handbook's."""
    if is_nothing(ours):
        return
    if not isinstance(ours, yaml.MappingNode):
        hint = 'Write, for example, `handbook: {brand: "#0b6e6e"}`.'
        message = "`extra.handbook` is a mapping of keys and values."
        yield Problem("mkdocs.yml", *_place(ours), "wrong-type", message, hint)
        return
    for key, value in ours.value:
        yield from _unfit_entry(key, value)


def _unfit_entry(key: yaml.Node, value: yaml.Node) -> Iterator[Problem]:
    name = _said(key)
    if name == "embed":
        yield from _wrong_embeds(value)
    elif name in _COLOURS and not _COLOUR.fullmatch(_said(value)):
        message = f"{_quoted(value)} is no colour that `{name}` can have."
        hint = f'Write six digits or letters a-f, in quotes, such as `{name}: "#0b6e6e"`.'
        yield Problem("mkdocs.yml", *_place(value), "wrong-colour", message, hint)
    elif name not in _KEYS:
        message = f"{_quoted(key)} is not a key that is known here."
        hint = did_you_mean(name, _KEYS) + known(_KEYS, " here")
        yield Problem("mkdocs.yml", *_place(key), "unknown-key", message, hint)


def _wrong_embeds(value: yaml.Node) -> Iterator[Problem]:
    for entry in value.value if isinstance(value, yaml.SequenceNode) else (value,):
        if not (isinstance(value, yaml.SequenceNode) and _ORIGIN.fullmatch(_said(entry))):
            message = f"{_quoted(entry)} is no origin that pages can embed things from."
            hint = "Write a list of hosts with `https://`, without a path: `embed: [https://video.example]`."
            yield Problem("mkdocs.yml", *_place(entry), "wrong-embed", message, hint)


def _said(node: yaml.Node) -> str:
    """The text of a node; nothing where it is none."""
    value = scalar(node) if isinstance(node, yaml.ScalarNode) else None
    return value if isinstance(value, str) else ""


def _quoted(node: yaml.Node) -> str:
    if isinstance(node, yaml.ScalarNode):
        return quoted(node.value) if node.value else "Nothing"
    return "A list or mapping"
