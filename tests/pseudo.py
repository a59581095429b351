"""A language that nobody speaks: English texts in other letters, a third longer, in which no word is left.

Whatever then still reads as English was written into code, templates, styles or scripts. Run as a program it
writes such a language into a folder: `python -m tests.pseudo he FOLDER` gives a copy of the example to build.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import yaml
from babel import Locale

from handbook import DATA
from handbook.text.document import Document, read
from tests.repository import ROOT, Files, example, make

LATIN = "abcdefghijklmnopqrstuvwxyz"
# Languages that Material and Babel know, in letters of their own; in both no sign is an ASCII letter.
ALPHABETS = {
    "ru": "абцдефгхийклмнопярстувжшзю",
    "he": "אבגדהוזחטיכלמנסעפצקרשתאבגד",
}
# What a reader never sees, or what a translator leaves as it is: code, links, tags, addresses, entities.
_KEPT = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\{[^{}]*\}|\]\([^()\s{}]*\)|`[^`]*`|<[^<>]*>|https?://[^\s)]+"
    r"|[\w.]+@[\w.]+|&#?\w+;",
    re.DOTALL,
)
# Words of a reader’s inside code: the link that `in_programs` makes, what stands where there is nothing.
_SAID = re.compile(r'(?P<before>in_programs\(|\bor |\belse |\{\{ )"(?P<said>[^"]*)"')
# Keys of front matter whose values are ids and words of a fixed list, not prose.
_MUTE = frozenset(
    [
        "area",
        "asked",
        "by",
        "each",
        "effect",
        "for",
        "form",
        "goal",
        "kind",
        "likelihood",
        "look",
        "milestone",
        "must_read",
        "next",
        "only_with",
        "order",
        "owner",
        "page",
        "place",
        "purpose",
        "rows",
        "scale",
        "strength",
        "study",
        "topics",
        "url",
        "weekday",
        "who",
        "with",
    ]
)


def _words_of_a_list(schema: Any, key: str = "") -> Iterator[str]:
    """The keys of a schema that take one of a few words."""
    if isinstance(schema, Mapping):
        if "enum" in schema:
            yield key
        for name, part in schema.items():
            yield from _words_of_a_list(part, key if name == "items" else name)
    elif isinstance(schema, list):
        for part in schema:
            yield from _words_of_a_list(part, key)


_MUTE |= {*_words_of_a_list(json.loads((ROOT / "schemas/program.schema.json").read_text("utf-8")))}
_DIRECTIONS = re.compile("[\u200e\u200f\u2066-\u2069]")
LONG_WORD = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"  # 63 letters


def pseudo(text: str, language: str, most: int = 0) -> str:
    """Say a text in the letters of a language; code, links and placeholders stay.

    Each vowel is said twice, which makes it a third longer, unless it would be longer than `most`.
    """
    letters = ALPHABETS[language]
    table = str.maketrans(LATIN + LATIN.upper(), letters + (letters if language == "he" else letters.upper()))

    def other(plain: str) -> str:
        return re.sub("[aeiou]", lambda vowel: vowel[0] + vowel[0].lower(), plain, flags=re.I).translate(
            table
        )

    def code(kept: str) -> str:
        return _SAID.sub(lambda said: f'{said["before"]}"{other(said["said"])}"', kept)

    parts = re.split(f"({_KEPT.pattern})", text, flags=re.DOTALL)
    said = "".join(code(part) if number % 2 else other(part) for number, part in enumerate(parts))
    return (
        said
        if not most or len(said) <= most
        else re.sub(f"([{''.join(letters[LATIN.index(vowel)] for vowel in 'aeiou')}])\\1", r"\1", said)
    )


def _labels(value: Any, language: str, path: tuple[str, ...] = ()) -> Any:
    if path == ("dates",):
        return {**value, "lists": language}
    if isinstance(value, Mapping):
        if "one" in value and {*value} <= {"one", "other"}:  # what is counted
            forms = sorted({"other", *Locale.parse(language).plural_form.tags})
            value = {form: value.get(form, value["other"]) for form in forms}
        return {key: _labels(inner, language, (*path, key)) for key, inner in value.items()}
    return pseudo(str(value), language)


def _front(value: Any, language: str, key: str = "") -> Any:
    if isinstance(value, Mapping):
        return {inner: _front(entry, language, inner) for inner, entry in value.items()}
    if isinstance(value, list):
        return [_front(entry, language, f"{key}s" if key == "before" else key) for entry in value]
    is_mute = key in _MUTE or key == "before" or not isinstance(value, str) or re.fullmatch(r"[\d:]+", value)
    return value if is_mute else pseudo(value, language, 160 if key == "title" else 0)


def _text(text: str, language: str) -> str:
    _, front, body = re.split(r"^---\n", text, maxsplit=2, flags=re.MULTILINE)
    said = _front(yaml.safe_load(front), language)
    return f"---\n{_yaml(said)}---\n{pseudo(body, language)}"


def _yaml(value: Any) -> str:
    written: str = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10**6)
    return written


@cache
def texts(language: str) -> Files:
    """The files of the engine that a language is made of, by their path in a repository."""
    data = "hooks/handbook/data"
    labels = yaml.safe_load((DATA / "texts/en.yml").read_text("utf-8"))
    files = {f"{data}/texts/{language}.yml": _yaml(_labels(labels, language))}
    for file in sorted((DATA / "playbook/en").glob("*/*.md")):
        path = f"{data}/playbook/{language}/{file.relative_to(DATA / 'playbook/en').as_posix()}"
        files[path] = _text(file.read_text("utf-8"), language)
    defaults = yaml.safe_load((DATA / "playbook/en/program.yml").read_text("utf-8"))
    usual = {**defaults, "eligibility": _front(defaults["eligibility"], language)}
    return {**files, f"{data}/playbook/{language}/program.yml": _yaml(usual)}


def spoken(files: Files, language: str) -> Files:
    """A repository whose handbook is in that language; what its organisation wrote stays as it is."""
    organisation = files["programs/organisation.yml"]
    said = re.sub(r"(?m)^language:.*\n", "", organisation) + f"language: {language}\n"
    return {**files, **texts(language), "programs/organisation.yml": said}


# --- what a reader is told --------------------------------------------------------------------------

_SILENT = frozenset({"script", "style", "code", "svg"})
_VOID = frozenset({"base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
_SPOKEN = frozenset({"title", "alt", "aria-label", "aria-description", "placeholder", "label", "content"})
_SAID_LATER = re.compile(r"data-(?!md-|me|now|built|pairings|filters|search|pagefind|tick)")
# Meta elements that say no words.
_META = frozenset(
    {"viewport", "generator", "robots", "color-scheme", "theme-color", "twitter:card", "og:type"}
)


class Told(HTMLParser):
    """All that a page tells a reader, each with where it stands: texts, names of things, what scripts say."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[tuple[str, str]] = []
        self._open: list[tuple[str, bool]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        mute = bool(self._open) and self._open[-1][1]
        own = given.get("class", "").split()
        # What an organisation wrote itself, and texts that say that they are English.
        mute = mute or given.get("lang") == "en" or "hb-prose" in own or given.get("translate") == "no"
        unsaid = mute or (tag == "meta" and (given.get("name") or given.get("property")) in {*_META, None})
        place = f"<{tag}{''.join(f'.{name}' for name in own)}>"
        for name, value in given.items() if not unsaid else ():
            if name in _SPOKEN or _SAID_LATER.match(name):
                self.said.append((f"{place} {name}", value))
        if tag not in _VOID:
            self._open.append((tag, mute or tag in _SILENT))
            self.place = place

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not (self._open and self._open[-1][1]):
            self.said.append((f"<{self._open[-1][0]}>" if self._open else "", data))


# What stays as it is in any language: what a script fills in, addresses, paths, names of files and zones.
_ADDRESS = re.compile(
    r"\{\w+\}|(?:https?|mailto|tel):\S*|\S+@\S+|[\w.-]*/[\w./#-]*|[\w-]+\.(?:yml|md|csv|ics|gs|txt)\b|#[\w-]+"
)
_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]+")


def own_words(files: Files) -> tuple[str, ...]:
    """What an organisation wrote in its files, the longest first; ids and words of a list are none."""
    found: set[str] = set()

    def walk(value: Any, key: str = "") -> None:
        if isinstance(value, Mapping):
            for name, inner in value.items():
                walk(inner, name)
        for inner in value if isinstance(value, list) else ():
            walk(inner, key)
        if isinstance(value, str) and (key == "unit" or re.search(r"[A-Z\s]", value)):
            found.add(" ".join(value.split()))

    for path, text in files.items():
        if path.startswith("programs/") and path.endswith(".yml"):
            found.add(
                " ".join(reversed(Path(path).stem.split("-"))).capitalize()
            )  # titles a cohort has without one
            document = read(path, text.encode())
            walk(document.values if isinstance(document, Document) else None)
    return tuple(sorted(found, key=len, reverse=True))


def english(text: str, own: Sequence[str]) -> list[str]:
    """The words of a text that are in Latin letters and that nobody but the engine can have written."""
    left = " ".join(_DIRECTIONS.sub("", text).split())
    for phrase in own:
        left = left.replace(phrase, " ")
    return _WORD.findall(_ADDRESS.sub(" ", left))


if __name__ == "__main__":
    make(Path(sys.argv[2]), spoken(example(), sys.argv[1]))
