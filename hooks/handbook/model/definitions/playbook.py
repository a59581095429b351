"""The ready-made content, and how organisation and program take, change, extend or omit it.

Works on plain values, before they become the model: short in, complete out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ...text.document import Document, Path, read
from ...text.problems import Problem, did_you_mean, surely
from ...text.prose import Rich, Text, Wording

THE_REST = "the-rest"
OVERRIDES = "docs/templates/playbook"
_FRONT_MATTER = re.compile(r"\A---\r?\n(?P<yaml>.*?\n)---\r?\n?(?P<body>.*)\Z", re.DOTALL)
_PLAIN_FIELDS = frozenset({"title", "url"})
# These four are one value: the day of a thing, counted from the start or from another thing.
_DAY = frozenset({"week", "weekday", "with", "days"})


@dataclass(frozen=True, order=True)
class Source:
    """A file that a text comes from, or would come from.

    Attributes:
        path: from the repository root.
        prefill: where the file is not there yet: the text that it should start with; else empty.
    """

    path: str
    prefill: str = ""


@dataclass(frozen=True)
class Item:
    """One thing of the playbook, perhaps changed, or a new one of the same kind.

    Attributes:
        kind: the folder of the playbook.
        id: unique in its kind.
        fields: front matter and changes; texts of the playbook are `Wording`, those of programs `Text`.
        body: the long text.
        sources: the files that it comes from, the one to change first.
        changed: whether a program changed or added it.
        said: the fields that the program's own entry names.
    """

    kind: str
    id: str
    fields: Mapping[str, Any]
    body: Text = Text()
    sources: tuple[Source, ...] = ()
    changed: bool = False
    said: frozenset[str] = frozenset()

    @property
    def title(self) -> Text:
        """What people see."""
        return Text(self.fields.get("title", self.id))

    @property
    def glimpse(self) -> tuple[Source, ...]:
        """The sources for a page that shows title and summary alone: a new file starts with these two.

        An override keeps what it does not say, so the rest stays as it is.
        """
        shown = {key: str(self.fields[key]) for key in ("title", "summary") if key in self.fields}
        lines = "".join(f"{key}: {json.dumps(text, ensure_ascii=False)}\n" for key, text in shown.items())
        return tuple(replace(one, prefill=one.prefill and f"---\n{lines}---\n") for one in self.sources)

    def __getitem__(self, name: str) -> Any:
        """Give a field, for templates and their filters; an absent one is empty."""
        return self.id if name == "id" else self.fields.get(name, Text())


@dataclass(frozen=True)
class Playbook:
    """All ready-made things by kind, in their order, and the defaults of a program.

    Attributes:
        items: what is there, without what was left out.
        defaults: what a program says where it says nothing.
        names: the ids of each kind, also of what was left out.
    """

    items: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)
    defaults: Mapping[str, Any] = field(default_factory=dict)
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def kind(self, kind: str) -> tuple[Item, ...]:
        """All things of a kind."""
        return self.items.get(kind, ())

    def without(self, omitted: Mapping[str, Any]) -> Playbook:
        """Leave out what `playbook.<kind>.omit` of an organisation or program names."""
        kept = {
            kind: tuple(item for item in items if item.id not in omitted.get(kind, {}).get("omit", ()))
            for kind, items in self.items.items()
        }
        return replace(self, items=kept)


def front_matter(path: str, text: str) -> tuple[Document, str] | Problem:
    """Split a text of the playbook into the YAML at its head and its body."""
    parts = _FRONT_MATTER.match(text)
    if parts is None:
        hint = "Begin with a line `---`, then `title: …`, then a line `---`."
        return Problem(path, 1, 1, "no-front-matter", "This file does not begin with front matter.", hint)
    document = read(path, parts["yaml"], first_line=2)
    if isinstance(document, Problem):
        return document
    if not isinstance(document.values, dict):
        return Problem(path, 2, 1, "no-front-matter", "The front matter holds no keys.", "Write `title: …`.")
    return document, parts["body"].strip()


def item(document: Document, body: str, kind: str, identifier: str) -> Item:
    """Make one thing of the playbook of its front matter and its body."""
    said = document.values if isinstance(document.values, dict) else {}
    fields = {key: _worded(key, value, document.path) for key, value in said.items()}
    return Item(kind, identifier, fields, Wording(body, document.path), (Source(document.path),))


def _worded(key: str, value: object, source: str) -> object:
    if isinstance(value, list):
        return [_worded(key, entry, source) for entry in value]
    if isinstance(value, dict):
        return {inner: _worded(inner, entry, source) for inner, entry in value.items()}
    if isinstance(value, str):
        return Text(value) if key in _PLAIN_FIELDS else Wording(value, source)
    return value


def assemble(ready: Iterable[tuple[Item, str]], own: Iterable[Item], defaults: Mapping[str, Any]) -> Playbook:
    """Put the engine's things and the organisation's own texts together.

    Args:
        ready: the engine's things, each with the text of its file.
        own: what stands in `docs/templates/playbook/`; a field that is absent there stays the engine's.
        defaults: what a program says where it says nothing.
    """
    items = {(one.kind, one.id): _overridable(one, text) for one, text in ready}
    for mine in own:
        before = items.get((mine.kind, mine.id))
        fields = _changed(before.fields, mine.fields) if before else mine.fields
        body = mine.body or (before.body if before else mine.body)
        items[mine.kind, mine.id] = replace(mine, fields=fields, body=body)
    kinds: dict[str, list[Item]] = {}
    for one in items.values():
        kinds.setdefault(one.kind, []).append(one)
    ordered = {kind: _in_order(several) for kind, several in sorted(kinds.items())}
    names = {kind: tuple(one.id for one in several) for kind, several in ordered.items()}
    return Playbook(ordered, defaults, names)


def _changed(before: Mapping[str, Any], said: Mapping[str, Any]) -> Mapping[str, Any]:
    """Put fields over others; a day that is said anew takes nothing from the old one."""
    dropped = _DAY if said.keys() & {"week", "with"} else frozenset[str]()
    return {**{key: value for key, value in before.items() if key not in dropped}, **said}


def _overridable(one: Item, text: str) -> Item:
    """Name the override that a person would write, rather than the engine's own file."""
    return replace(one, sources=(Source(f"{OVERRIDES}/{one.kind}/{one.id}.md", text),))


def _in_order(items: Iterable[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda one: (one.fields.get("order", 1000), one.id)))


@dataclass(frozen=True)
class Choice:
    """What a program says about one kind: where it says it, and the long texts beside it.

    Attributes:
        document: the program's file.
        path: where the list stands, such as `("training",)`.
        prose: for each Markdown file beside it, its text.
    """

    document: Document
    path: Path
    prose: Mapping[str, str]

    @property
    def given(self) -> Sequence[Any] | None:
        """The list as written, or None where the program says nothing."""
        found: Any = self.document.values
        for key in self.path:
            found = found.get(key) if isinstance(found, Mapping) else None
        return found if isinstance(found, list) else None


def choose(kind: str, ready: Sequence[Item], choice: Choice) -> tuple[tuple[Item, ...], tuple[Problem, ...]]:
    """Take the playbook's things as a program wants them.

    A list that is given is the list and its order. A word takes one as it is; an object with a known id takes
    it and changes those fields; an unknown id with a title is new; `the-rest` stands for the remaining ones.
    """
    if choice.given is None:
        return tuple(ready), ()
    known = {one.id: one for one in ready}
    chosen: dict[int, Item | None] = {}
    problems: list[Problem] = []
    for index, entry in enumerate(choice.given):
        taken = None if entry == THE_REST else _taken(kind, entry, known, (*choice.path, index), choice)
        if isinstance(taken, Problem):
            problems.append(taken)
        else:
            chosen[index] = taken
    problems.extend(_twice(chosen, choice))
    named = {one.id for one in chosen.values() if one}
    rest = tuple(one for one in ready if one.id not in named)
    return tuple(item for one in chosen.values() for item in ((one,) if one else rest)), tuple(problems)


def _twice(chosen: Mapping[int, Item | None], choice: Choice) -> Iterable[Problem]:
    seen: set[str] = set()
    for index, one in chosen.items():
        identifier = one.id if one else THE_REST
        if identifier in seen:
            message = f"`{identifier}` stands twice under `{choice.path[-1]}`."
            hint = "Give one another `id`." if one else "Delete one."
            yield choice.document.problem("double-id", (*choice.path, index), message, hint)
        seen.add(identifier)


def _taken(kind: str, entry: Any, known: Mapping[str, Item], path: Path, choice: Choice) -> Item | Problem:
    if isinstance(entry, str):
        found = known.get(entry)
        return found or _unknown(kind, entry, known, path, choice)
    identifier = entry.get("id") or slug(entry.get("title", ""))
    body: Text | Problem = _long_text(entry, path, choice)
    if isinstance(body, Problem):
        return body
    file = (
        (Source(f"{choice.document.path.rpartition('/')[0]}/{entry['file']}"),) if entry.get("file") else ()
    )
    here = (Source(choice.document.path),)
    before = known.get(identifier)
    if before:
        return replace(
            before,
            fields=_changed(before.fields, entry),
            body=body or before.body,
            sources=(*here, *(file or before.sources)),
            changed=True,
            said=frozenset(entry),
        )
    if "title" not in entry:
        return _unknown(kind, identifier, known, path, choice)
    return Item(kind, identifier, entry, body, (*here, *file), changed=True, said=frozenset(entry))


def _long_text(entry: Mapping[str, Any], path: Path, choice: Choice) -> Text | Problem:
    name = entry.get("file")
    if not name:
        return Rich(entry.get("text", ""))
    if "text" in entry:
        message = "The text stands here and in a file."
        return choice.document.problem(
            "text-and-file", (*path, "file"), message, "Keep one of `text` and `file`."
        )
    if name not in choice.prose:
        hint = f"Put {name} beside program.yml. {did_you_mean(name, choice.prose)}".strip()
        return choice.document.problem(
            "no-such-file", (*path, "file"), f"There is no file {name} here.", hint
        )
    return Rich(choice.prose[name])


def _unknown(kind: str, identifier: str, known: Mapping[str, Item], path: Path, choice: Choice) -> Problem:
    message = f"The playbook has no {kind} “{identifier}”."
    hint = f"{did_you_mean(identifier, known)}Known: {', '.join(known)}. A new one needs a `title`."
    meant = surely(identifier, known) if choice.document.value(path) == identifier else ""
    return choice.document.problem("unknown-id", path, message, hint, meant=meant)


def slug(text: str) -> str:
    """Make an id of a title: lower case, words joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60].strip("-") or "untitled"


def choose_sessions(
    ready: Sequence[Item], choice: Choice, count: int
) -> tuple[tuple[Item, ...], tuple[Problem, ...]]:
    """Take sessions until there are `count`; first, midpoint and closing are always among the playbook's."""
    given = [entry for entry in choice.given or (THE_REST,) if entry != THE_REST]
    named = {entry if isinstance(entry, str) else entry.get("id") for entry in given}
    filled = {entry.get("place", "topical") for entry in given if isinstance(entry, Mapping)}
    open_ones = [one for one in ready if one.id not in named]
    fixed = [one for one in open_ones if one["place"] != "topical" and one["place"] not in filled]
    topical = [one for one in open_ones if one["place"] == "topical"]
    topical = topical[: max(0, count - len(given) - len(fixed))]
    kept = [one for one in ready if one.id in named or one in fixed or one in topical]
    return choose("sessions", kept, choice)
