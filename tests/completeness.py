"""How complete the languages of the texts are, for who translates: `make languages`, or for one of them
`make languages OF=de`, which also lists what is missing and what no longer fits the English.

A label no longer fits where it names what English does not fill in, or where English has no such label; a
text where its code or its lists have another shape: a field was added, an agenda has one step more.
"""

from __future__ import annotations

import re
import string
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from handbook import DATA
from handbook.model.definitions.playbook import front_matter
from handbook.model.labels import Labels
from handbook.text.document import Document, read
from tests.repository import ROOT

_PLURAL = re.compile(r"\.(?:zero|one|two|few|many|other)$")
_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
OWN = "docs/templates"


class Language(NamedTuple):
    """What a language has of what English has, by kind; the names of what is missing or no longer fits."""

    there: Mapping[str, tuple[int, int]]
    missing: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()


def completeness(root: Path = ROOT) -> Mapping[str, Language]:
    """Each language by its tag, of the engine's and of the texts that the organisation of `root` has."""
    own = root / OWN
    tags = {file.stem for folder in (DATA, own) for file in (folder / "texts").glob("*.yml")}
    return {tag: _of(tag, own) for tag in sorted(tags)}


def report(root: Path = ROOT, of: str = "") -> str:
    """The table; for one language also the names of what is missing and what no longer fits."""
    every = completeness(root)
    lines = [
        f"{tag:8} {kind:14} {some:4} of {all_}"
        for tag, language in every.items()
        for kind, (some, all_) in language.there.items()
        if of in ("", tag)
    ]
    for heading, names in (("Missing", every[of].missing), ("Outdated", every[of].outdated)) if of else ():
        lines += ["", f"{heading}:", *(f"  {name}" for name in names)] if names else []
    return "\n".join(lines) + "\n"


def _of(tag: str, own: Path) -> Language:
    english, mine = _labels("en", own), _labels(tag, own)
    there = {"labels": (len(english.keys() & mine.keys()), len(english))}
    missing, outdated = (
        [*english.keys() - mine],
        [name for name in mine if not _fits(name, english, mine[name])],
    )
    texts, own_texts = _texts("en", own), _texts(tag, own)
    for kind, number in sorted(Counter(name.partition("/")[0] for name in texts).items()):
        there[kind] = (sum(name.startswith(f"{kind}/") for name in own_texts.keys() & texts.keys()), number)
    missing += texts.keys() - own_texts
    outdated += [name for name in own_texts if name in texts and own_texts[name] != texts[name]]
    forms = _forms("en"), _forms(tag)
    there["sign-up words"] = (len(forms[0] & forms[1]), len(forms[0]))
    missing += (f"forms: {name}" for name in forms[0] - forms[1])
    return Language(there, tuple(sorted(missing)), tuple(sorted(outdated)))


def _labels(tag: str, own: Path) -> Mapping[str, set[str]]:
    """The names that each label fills in; the forms of a plural are one label."""
    files = [folder / "texts" / f"{tag}.yml" for folder in (DATA, own)]
    read_ = (_read(file) for file in files if file.is_file())
    words = Labels.of("en", *read_).words
    found: dict[str, set[str]] = {}
    for name, text in words.items():
        fields = {field for _, field, _, _ in string.Formatter().parse(text) if field}
        found.setdefault(_PLURAL.sub("", name), set()).update(fields)
    return found


def _fits(name: str, english: Mapping[str, set[str]], fields: set[str]) -> bool:
    return name.startswith(("dates.", "languages.theme.")) or (name in english and fields <= english[name])


def _texts(tag: str, own: Path) -> Mapping[str, Any]:
    """The shape of each text: its code, and its fields with how many entries each has."""
    folder = DATA / "playbook" / tag
    found = {f"{file.parent.name}/{file.stem}": file for file in folder.glob("*/*.md")}
    if not folder.is_dir():  # an organisation's own are in the language of its handbook
        found |= {f"{file.parent.name}/{file.stem}": file for file in (own / "playbook").glob("*/*.md")}
    return {name: _shape(file.read_text("utf-8")) for name, file in found.items()}


def _shape(text: str) -> Any:
    parts = front_matter("", text)
    assert isinstance(parts, tuple), parts
    return sorted(_lists(parts[0].mapping)), Counter(_CODE.findall(parts[1]))


def _lists(value: Any, name: str = "") -> Iterator[str]:
    """Each list with how long it is; plain facts, such as days and minutes, may stay English’s."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _lists(inner, f"{name}.{key}")
    elif isinstance(value, list):
        yield f"{name} {len(value)}"


def _forms(tag: str) -> set[str]:
    file = DATA / "forms" / f"{tag}.yml"
    return (
        {f"{group}.{name}" for group, kinds in _read(file).mapping.items() for name in kinds}
        if file.is_file()
        else set()
    )


def _read(file: Path) -> Document:
    document = read(file.name, file.read_bytes())
    assert isinstance(document, Document), document
    return document


if __name__ == "__main__":
    print(report(of=sys.argv[1] if len(sys.argv) > 1 else ""), end="")
