"""The playbook, labels and templates: the engine's, and the organisation's own over them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from babel.localedata import exists

from ... import DATA
from ...model.definitions import playbook
from ...model.definitions.organisation import Organisation
from ...model.definitions.playbook import Item, Playbook
from ...model.labels import Labels
from ...rules import checks, schema
from ...text.document import Document, read
from ...text.problems import Problem, did_you_mean, known
from ...text.prose import Said, Wording, renaming
from ..files import OVERRIDES, Files

ENGINE_PLAYBOOK = "hooks/handbook/data/playbook"


def whole_playbook(files: Files, organisation: Organisation | None) -> Playbook:
    """Read the engine's playbook, with the organisation's own texts over it, in its words for roles."""
    said = renaming(organisation.words if organisation else ())
    ready, defaults = _engine_playbook(organisation.language if organisation else "en", said)
    mine = files.root / OVERRIDES / "playbook"
    kinds = sorted({item.kind for item, _ in ready})
    texts = {files.path(file): files.text(file) for file in sorted(mine.glob("*/*.md"))}
    read_items = [_item(path, text, said) for path, text in texts.items() if text is not None]
    own = [item for item in read_items if isinstance(item, Item)]
    files.add(problem for item in read_items if not isinstance(item, Item) for problem in item)
    for item in own:
        if item.kind not in kinds:
            names = did_you_mean(item.kind, kinds) + known(kinds)
            files.report(mine / item.kind / f"{item.id}.md", "unknown-kind", kind=item.kind, known=names)
    book = playbook.assemble(ready, own, defaults)
    timed = {(item.kind, item.id) for item in own if item.fields.keys() & {"agenda", "activities"}}
    for kind in ("sessions", "training"):
        for item in book.kind(kind):
            if (kind, item.id) in timed:
                files.add(checks.own_agenda_adds_up(item))
    return book


def languages(files: Files) -> Collection[str]:
    """The languages that have labels, and whose days and plurals are known, by their tags."""
    found = (*(DATA / "texts").glob("*.yml"), *(files.root / OVERRIDES / "texts").glob("*.yml"))
    return sorted({file.stem for file in found if exists(file.stem.replace("-", "_"))})


@cache
def _engine_playbook(language: str, said: Said) -> tuple[list[tuple[Item, str]], dict[str, Any]]:
    """Read the engine's own playbook in English and in another language, and the defaults."""
    ready, defaults = list[tuple[Item, str]](), dict[str, Any]()
    for folder in (DATA / "playbook" / name for name in dict.fromkeys(("en", language))):
        for file in sorted(folder.glob("*/*.md")):
            text = file.read_text("utf-8")
            item = _item(f"{ENGINE_PLAYBOOK}/{file.relative_to(folder.parent).as_posix()}", text, said)
            if not isinstance(item, Item):
                raise ValueError(f"The engine's own playbook is broken: {item}")
            ready.append((item, text))
        if (folder / "program.yml").is_file():
            document = _engine_document(f"playbook/{folder.name}/program.yml")
            defaults |= playbook.item(document, Wording(), "program", folder.name, str).fields
    return ready, defaults


@cache
def _engine_document(name: str) -> Document:
    """Read a file of the engine's own, once."""
    document = read(f"hooks/handbook/data/{name}", (DATA / name).read_bytes())
    if isinstance(document, Problem):
        raise ValueError(f"The engine's own {name} is broken: {document}")
    return document


def _item(path: str, text: str, said: Said) -> Item | tuple[Problem, ...]:
    """Read one thing of a playbook, or say what is wrong with it."""
    parts = playbook.front_matter(path, text)
    if isinstance(parts, Problem):
        return (parts,)
    document, body = parts
    kind, name = path.removesuffix(".md").split("/")[-2:]
    return _shape(document, kind) or playbook.item(document, body, kind, name, said)


def _shape(document: Document, kind: str) -> tuple[Problem, ...]:
    """Hold front matter against the part of the program's schema that describes its kind."""
    definitions = schema.read("program")["$defs"]
    if kind not in definitions or not isinstance(document.values, dict):
        return ()
    described = {key: value for key, value in document.values.items() if key != "order"}  # only sorts
    if "id" in definitions[kind]["properties"]:
        described |= {"id": "any"}  # its file's name is its id
    return schema.problems(replace(document, values=described), "program", kind)


def texts(files: Files, organisation: Organisation | None) -> Labels:
    """Read the labels: the engine's, then the organisation's own over them."""
    language = organisation.language if organisation else "en"
    own = files.root / OVERRIDES / "texts" / f"{language}.yml"
    content = files.content(own) if own.is_file() else None
    mine = read(files.path(own), content) if content is not None else None
    if isinstance(mine, Problem):
        files.add((mine,))
    engine = (f"texts/{name}.yml" for name in dict.fromkeys(("en", language)))
    documents = [_engine_document(name) for name in engine if (DATA / name).is_file()]
    labels = Labels.of(language, *documents, *((mine,) if isinstance(mine, Document) else ()))
    said = renaming(organisation.words if organisation else ())
    return replace(labels, words={name: said(text) for name, text in labels.words.items()})


def templates(files: Files) -> Mapping[str, str]:
    """Read the organisation's own page templates, by name."""
    folder = files.root / OVERRIDES
    return {
        file.relative_to(folder).as_posix(): files.text(file) or ""
        for file in sorted(folder.rglob("*.md.j2"))
    }
