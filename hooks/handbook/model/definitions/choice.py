"""How a program takes, changes and extends what the playbook has of a kind: plain values still."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ...text.document import Document, Path
from ...text.problems import Problem, did_you_mean
from ...text.prose import Rich
from .playbook import Item, Source, slug

THE_REST = "the-rest"


@dataclass(frozen=True)
class Choice:
    """What a program says of one kind, at a path such as `("training",)`; `prose` has the files beside it."""

    document: Document
    path: Path
    prose: Mapping[str, str]

    @property
    def given(self) -> Sequence[Any] | None:
        """The list as written, or None where the program says nothing."""
        value: Any = self.document.values
        for key in self.path:
            value = value.get(key) if isinstance(value, Mapping) else None
        return value if isinstance(value, list) else None


def choose(kind: str, ready: Sequence[Item], choice: Choice) -> tuple[tuple[Item, ...], tuple[Problem, ...]]:
    """Take the playbook's things as a program wants them.

    A list that is given is the list and its order. A word takes one as it is; an object with a known id takes
    it and changes those fields; an unknown id with a title is new; `the-rest` stands for the remaining ones.
    """
    if choice.given is None:
        return tuple(ready), ()
    known = {item.id: item for item in ready}
    chosen: list[Item | None] = []
    named: set[str] = set()
    problems: list[Problem] = []
    for index, entry in enumerate(choice.given):
        path = (*choice.path, index)
        taken = None if entry == THE_REST else _taken(kind, entry, known, path, choice)
        if isinstance(taken, Problem):
            problems.append(taken)
            continue
        identifier = taken.id if taken else THE_REST
        if identifier in named:
            key = "double-id.taken" if taken else "double-id.rest"
            problems.append(choice.document.problem(key, path, id=identifier, list=choice.path[-1]))
        chosen.append(taken)
        named.add(identifier)
    rest = tuple(item for item in ready if item.id not in named)
    return tuple(item for entry in chosen for item in ((entry,) if entry else rest)), tuple(problems)


def _taken(kind: str, entry: Any, known: Mapping[str, Item], path: Path, choice: Choice) -> Item | Problem:
    document = choice.document
    if isinstance(entry, str):
        return known.get(entry) or _unknown(kind, entry, known, path, document)
    identifier = entry.get("id") or slug(entry.get("title", ""))
    body = long_text(entry, path, document, choice.prose, "program.yml")
    if isinstance(body, Problem):
        return body
    if identifier not in known and "title" not in entry:
        return _unknown(kind, identifier, known, path, document)
    before = known.get(identifier) or Item(kind, identifier, {})
    file = f"{document.path.rpartition('/')[0]}/{entry['file']}" if entry.get("file") else ""
    taken = before.altered(entry, Source(document.path), *((Source(file),) if file else before.sources))
    return replace(taken, body=body or before.body)


def long_text(
    entry: Mapping[str, Any], path: Path, document: Document, prose: Mapping[str, str], beside: str
) -> Rich | Problem:
    """The text that an entry holds, or that of the Markdown file that it names."""
    name = entry.get("file")
    if not name:
        return Rich(entry.get("text", ""))
    place = (*path, "file")
    if "text" in entry:
        return document.problem("text-and-file", place)
    if name not in prose:
        near = did_you_mean(name, prose)
        return document.problem("no-such-file", place, word=name, beside=beside, near=near)
    return Rich(prose[name])


def _unknown(kind: str, name: str, known: Mapping[str, Item], path: Path, document: Document) -> Problem:
    return document.unknown(path, "unknown-id.playbook", known, name, kind=kind, every=", ".join(known))


def enough_sessions(ready: Sequence[Item], choice: Choice, count: int) -> tuple[Item, ...]:
    """So many that there are `count` with a program's own; first, midpoint and closing are always there."""
    given = [entry for entry in choice.given or (THE_REST,) if entry != THE_REST]
    named = {entry if isinstance(entry, str) else entry.get("id") for entry in given}
    filled = {entry.get("place", "topical") for entry in given if isinstance(entry, Mapping)}
    unnamed = [item for item in ready if item.id not in named]
    fixed = [item for item in unnamed if item["place"] != "topical" and item["place"] not in filled]
    topical = offered(unnamed, choice.document.mapping)
    topical = topical[: max(0, count - len(given) - len(fixed))]
    return tuple(item for item in ready if item.id in named or item in fixed or item in topical)


def offered(ready: Iterable[Item], said: Mapping[str, Any]) -> list[Item]:
    """Give the topical sessions, first those on topics that a program names; `only_with` needs one."""
    named = {entry if isinstance(entry, str) else entry.get("id") for entry in said.get("topics", ())}
    topical = [item for item in ready if item["place"] == "topical"]
    fit = [one for one in topical if not one["only_with"] or named & {*one["only_with"]}]
    return sorted(fit, key=lambda item: named.isdisjoint(item["topics"]))
