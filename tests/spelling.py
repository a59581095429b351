"""Words in the other spelling, in prose: not in code, keys, addresses or titles of works."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import yaml

# In American spelling; whole words.
_OTHER = re.compile(
    r"\b("
    r"programs?|"
    r"(?!(?:\w*s|pr|se|ma)iz)[a-z]{3,}iz(?:e|es|ed|er|ers|ing|ation|ations|ational)|"
    r"(?:anal|paral|catal)yz(?:e|es|ed|er|ers|ing)|"
    r"(?:mis)?behavior(?:s|al)?|colors?|colored|coloring|favors?|favored|favorites?|favorable|"
    r"honors?|honored|labor|neighbors?|humor|rumors?|flavors?|endeavors?|"
    r"centers?|centered|theaters?|fibers?|liters?|kilometers?|meager|"
    r"defense|offense|pretense|licenses?|"
    r"practic(?:ed|ing)|(?<=\bto )practice|(?<=\bcan )practice|(?<=\byou )practice|"
    r"enrolls?|enrollments?|fulfills?|fulfillment|skillful|willful|installments?|"
    r"travel(?:ed|ing|er|ers)|cancel(?:ed|ing)|label(?:ed|ing)|model(?:ed|ing)|signal(?:ed|ing)|"
    r"counsel(?:or|ors|ing|ed)|level(?:ed|ing)|total(?:ed|ing)|marvelous|"
    r"toward|gotten|gray|judgments?|acknowledgments?|catalogs?|dialogs?|artifacts?|skeptic(?:s|al|ism)?|"
    r"airplanes?|vacations?|percent|math|pediatric|aging|jewelry|maneuvers?|cozy|plow|mom"
    r")\b",
    re.IGNORECASE,
)
_MUTE = re.compile(
    r"(?<=\n)### [a-z0-9-]+(?=\n)|"  # a code of a problem
    r"```.*?```|~~~.*?~~~|``.*?``|`[^`]*`"  # code
    r"|<!--.*?-->|<(?:code|pre|script|style)\b.*?</(?:code|pre|script|style)>|<[^<>]*>"
    r"|\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\{[^{}]*\}"  # templates, what a label fills in
    r"|\]\([^)]*\)|\]\[[^\]]*\]|https?://[^\s)>\"]+|\S+@\S+|&[#\w]+;"  # addresses
    r"|(?<!\w)[\w.-]+/[\w./-]*|\b[\w-]+\.(?:yml|yaml|md|py|json|j2|csv|txt|toml)\b"  # paths
    r"|\bJournal of (?:[A-Z]\w+ ?)+"  # a name
    r"|(?<![\w-])--?[a-z][\w-]*|\b\w+_\w+\b|\b\w+\.\w+\(|\bpurpose: \w+",  # options, names of code
    re.DOTALL,
)


_COMMANDS = frozenset({"new program", "new cohort"})


def other_words(text: str) -> list[str]:
    """Each word in the other spelling, with what stands around it; words in capitals alone are names."""
    prose = _MUTE.sub(lambda mute: "\n" * mute[0].count("\n") or " ", text)
    return [
        f"{found[0]}: …{' '.join(prose[max(0, found.start() - 50) : found.end() + 40].split())}…"
        for found in _OTHER.finditer(prose)
        if not found[0].isupper()
    ]


def values(document: Any) -> Iterator[str]:
    """All texts of a YAML document, without its keys and ids."""
    if isinstance(document, dict):
        for key, inner in document.items():
            if key not in ("id", "url", "source", "synonyms", "purpose", "by", "anchors"):
                yield from values(inner)
    elif isinstance(document, list):
        for inner in document:
            yield from values(inner)
    elif isinstance(document, str) and not re.fullmatch(r"[a-z0-9-]+(/[a-z0-9-]+)?", document):
        yield document


def yaml_prose(text: str) -> str:
    """The texts of a YAML file, and its comments."""
    comments = re.findall(r"(?m)(?:^|\s)#\s+(.*)$", text)
    return "\n".join([*values(yaml.load(text, Loader=yaml.CSafeLoader)), *comments])


def described(schema: Any) -> Iterator[str]:
    """The titles and descriptions of a schema."""
    if isinstance(schema, dict):
        for key, inner in schema.items():
            if key in ("title", "description") and isinstance(inner, str):
                yield inner
            else:
                yield from described(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from described(inner)


def messages(file: Path) -> Iterator[str]:
    """The strings of a module that are sentences or part of one; docstrings are for those who read code."""
    tree = ast.parse(file.read_text("utf-8"))
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Constant) and isinstance(node.value, str)) or id(node) in documented:
            continue
        if " " in node.value.strip() and node.value not in _COMMANDS:
            yield node.value


def help_texts(command: click.Command, name: str = "handbook") -> Iterator[tuple[str, str]]:
    """The help of a command and of each below it."""
    context = click.Context(command, info_name=name)
    yield name, command.get_help(context)
    if isinstance(command, click.Group):
        for each in command.list_commands(context):
            inner = command.get_command(context, each)
            assert inner is not None
            yield from help_texts(inner, f"{name} {each}")
