"""The ready-made content, and how an organisation changes, extends or omits it: plain values still."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import attrgetter
from typing import Any

from ...text.document import Document, read
from ...text.problems import Problem, fault
from ...text.prose import Said, Text, Wording

OVERRIDES = "docs/templates/playbook"
_FRONT_MATTER = re.compile(r"\A---\r?\n(?P<yaml>.*?\n)---\r?\n?(?P<body>.*)\Z", re.DOTALL)
# What a template does, and where a link leads; no reader sees either.
_MUTE = re.compile(r"{[{%].*?[%}]}|\]\([^)]*\)")
_QUOTED = frozenset({"evidence", "resources", "stories"})  # works keep the words of their authors
_PLAIN_FIELDS = frozenset({"title", "url"})
# These are one value: the day of a thing, counted from the start or from another thing.
_DAY = frozenset({"week", "weekday", "with", "days", "before"})


@dataclass(frozen=True, order=True)
class Source:
    """A file that a text comes from, or would come from; then `prefill` is what it should start with."""

    path: str
    prefill: str = ""


@dataclass(frozen=True)
class Item:
    """One thing of the playbook, perhaps changed, or a new one of the same kind.

    Attributes:
        kind: the folder of the playbook, in which `id` is unique.
        fields: front matter and changes; texts of the playbook are `Wording`, those of programs `Text`.
        sources: the files that it comes from, the one to change first.
        changed: whether a program changed or added it.
        given: the fields that the program's own entry names.
    """

    kind: str
    id: str
    fields: Mapping[str, Any]
    body: Text = Text()
    sources: tuple[Source, ...] = ()
    changed: bool = False
    given: frozenset[str] = frozenset()

    @property
    def title(self) -> Text:
        """What people see."""
        return Text(self.fields.get("title", self.id))

    @property
    def listed(self) -> int:
        """How many words a reader sees beside its body and its summary; ids count as one word."""
        told = re.findall(r'"((?:[^"\\]|\\.)*)"', _MUTE.sub("", json.dumps({**self.fields, "summary": ""})))
        return sum(len(words) for words in map(str.split, told) if len(words) > 1)

    @property
    def glimpse(self) -> tuple[Source, ...]:
        """The sources for a page that shows title and summary alone: a new file starts with these two.

        An override keeps what it does not say, so the rest stays as it is.
        """
        shown = [key for key in ("title", "summary") if key in self.fields]
        lines = "".join(f"{key}: {json.dumps(self.fields[key], ensure_ascii=False)}\n" for key in shown)
        return tuple(
            replace(source, prefill=source.prefill and f"---\n{lines}---\n") for source in self.sources
        )

    def altered(self, entry: Mapping[str, Any], *sources: Source) -> Item:
        """The thing as the entry of a program has it; as it is where that says nothing."""
        if not entry:
            return self
        fields = changed(self.fields, entry)
        return replace(self, fields=fields, sources=sources, changed=True, given=frozenset(entry))

    def __getitem__(self, name: str) -> Any:
        """Give a field, for templates and their filters; an absent one is empty."""
        return self.id if name == "id" else self.fields.get(name, Text())


@dataclass(frozen=True)
class Playbook:
    """All ready-made things by kind, in their order; `names` has their ids, also of what was left out."""

    items: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)
    defaults: Mapping[str, Any] = field(default_factory=dict)
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def kind(self, kind: str) -> tuple[Item, ...]:
        """All things of a kind."""
        return self.items.get(kind, ())

    def without(self, omitted: Mapping[str, Any]) -> Playbook:
        """Leave out what `playbook.<kind>.omit` of an organisation or program names."""
        gone = {kind: omitted.get(kind, {}).get("omit", ()) for kind in self.items}
        items = {kind: tuple(item for item in self.kind(kind) if item.id not in gone[kind]) for kind in gone}
        return replace(self, items=items)


def front_matter(path: str, text: str) -> tuple[Document, Wording] | Problem:
    """Split a text of the playbook into the YAML at its head and its body."""
    parts = _FRONT_MATTER.match(text)
    if parts is None:
        return fault("no-front-matter").placed(path)
    document = read(path, parts["yaml"], first_line=2)
    if isinstance(document, Problem):
        return document
    if not isinstance(document.values, dict):
        return fault("no-front-matter.keys").placed(path, 2)
    body = parts["body"].lstrip()
    return document, Wording(body.rstrip(), path, text.count("\n", 0, len(text) - len(body)) + 1)


def item(document: Document, body: Wording, kind: str, identifier: str, said: Said) -> Item:
    """Make one thing of the playbook of its front matter and its body, each text as `said` has it."""
    said = str if kind in _QUOTED else said
    fields = {key: _worded(key, value, document.path, said) for key, value in document.mapping.items()}
    whole = Wording(said(body), body.source, body.first_line)
    return Item(kind, identifier, fields, whole, (Source(document.path),))


def _worded(key: str, value: object, source: str, said: Said) -> object:
    if isinstance(value, list):
        return [_worded(key, entry, source, said) for entry in value]
    if isinstance(value, dict):
        return {inner: _worded(inner, entry, source, said) for inner, entry in value.items()}
    if isinstance(value, str):
        return Text(said(value)) if key in _PLAIN_FIELDS else Wording(said(value), source)
    return value


def assemble(ready: Iterable[tuple[Item, str]], own: Iterable[Item], defaults: Mapping[str, Any]) -> Playbook:
    """Put the engine's things, each with the text of its file, and the organisation's own texts together.

    One that comes later counts before one with its name, of which it keeps each field that it does not have.
    """
    items: dict[tuple[str, str], Item] = {}
    for mine, text in (*ready, *((one, "") for one in own)):
        before = items.get((mine.kind, mine.id), mine)
        fields, body = changed(before.fields, mine.fields), mine.body or before.body
        # The source of the engine's is the override that a person would write, rather than its own file.
        sources = (Source(f"{OVERRIDES}/{mine.kind}/{mine.id}.md", text),) if text else mine.sources
        items[mine.kind, mine.id] = replace(mine, fields=fields, body=body, sources=sources)
    ordered = sorted(items.values(), key=lambda one: (one.kind, one.fields.get("order", 1000), one.id))
    kinds = {kind: tuple(several) for kind, several in groupby(ordered, attrgetter("kind"))}
    names = {kind: tuple(item.id for item in several) for kind, several in kinds.items()}
    return Playbook(kinds, defaults, names)


def changed(before: Mapping[str, Any], fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Put fields over others; a day that is said anew takes nothing from the old one."""
    dropped = _DAY if fields.keys() & {"week", "with"} else frozenset[str]()
    # A list is what to do `before` a session, and no day.
    kept = {key: value for key, value in before.items() if key not in dropped or isinstance(value, list)}
    return {**kept, **fields}


def slug(text: str) -> str:
    """Make an id of a title: lower case, words joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60].strip("-") or "untitled"
