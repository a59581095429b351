"""Articles -> what the search knows: scripts that only hand over data, loaded when somebody searches."""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from ...load.files import write_bytes
from ...model.timeline import state
from ...text.prose import address
from ..rendering.pages import Page

_HEADINGS = "h2[id], h3[id], h4[id], h5[id], h6[id]"
_HIDDEN = ":is([data-search-exclude], [hidden], [aria-hidden=true])"
_UNREAD = f"button, form, h1, nav, script, select, style, svg, template, {_HIDDEN}:not({_HEADINGS})"
_INLINE = [
    "a", "abbr", "b", "bdi", "cite", "code", "em", "i", "kbd", "mark", "q", "s", "small", "span", "strong",
    "sub", "sup", "time", "u", "wbr",
]  # fmt: skip
_MARK = "\x1e"  # where a heading was
_written = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))


class SearchIndex:
    """What is found of a `Website`: only what the articles of this build say."""

    def __init__(self, website: Any) -> None:
        self._handbook, self._day = website.handbook, website.build.day
        self._parts: dict[str, list[list[Any]]] = defaultdict(list, site=[])

    def add(self, made: Page | None, at: str, title: str, html: str, meta: Mapping[str, Any]) -> None:
        """Take in an article; a hand-written page may say `search: {exclude: true}` or `{boost: 2}`."""
        part, about = "site", [title, title, "", 0]
        if made:
            cohort, program = made.subject.cohort, made.subject.program
            over = cohort and state(cohort, self._day) in ("finished", "cancelled")
            about = [str(made.title), str(made.full_title), made.kind.name, int(bool(over))]
            part = f"programs/{program.id}" if program and made.kind.name != "overview" else part
        own = meta["search"] if isinstance(meta.get("search"), dict) else {}
        weight = made.kind.searched if made else 0 if own.get("exclude") else own.get("boost", 1)
        if weight and isinstance(weight, int | float):
            self._parts[part].append([at.removeprefix("./"), *about, weight, sections(html)])

    def write(self, folder: Path) -> None:
        """Write into a folder a part for all, with what several pages say, and one for each program."""
        counted = Counter(section for pages in self._parts.values() for *_, told in pages for section in told)
        shared = {one: number for number, one in enumerate(one for one, n in counted.items() if n > 1)}
        labels, contact = self._handbook.labels.words, self._handbook.organisation.contact("program")
        about = {
            "programs": [[one.id, len(self._parts[f"programs/{one.id}"])] for one in self._handbook.programs],
            "people": [
                [*one[:-1], []] for all in self._parts.values() for one in all if one[3] == "cohort/pairing"
            ],
            "ask": [str(contact.label), address(contact.url)] if contact else [],
            "also": {name[12:]: said for name, said in labels.items() if name.startswith("search.also.")},
            "shared": [*shared],
        }
        for part, pages in self._parts.items():
            entries = [[*page, [shared.get(one, one) for one in told]] for *page, told in pages]
            said = ",".join(map(_written, (part, entries, about if part == "site" else None)))
            write_bytes(folder, f"search/{part}.js", f"handbookSearch({said});\n".encode("utf-8", "replace"))


def sections(html: str) -> list[tuple[str, str, str]]:
    """Read an article as (anchor, heading, text), a line for each block; the first section has no heading.

    What is hidden or marked with `data-search-exclude` is not told; a heading's mark is its section's.
    """
    article = LexborHTMLParser(html)
    assert article.body is not None  # the parser makes one
    for one in article.css(_UNREAD):
        one.decompose()
    article.unwrap_tags(_INLINE)
    headings = [("", "")]
    for one in article.css(_HEADINGS):
        headings.append(
            (one.attributes["id"] or "", "" if "data-search-exclude" in one.attributes else one.text())
        )
        one.replace_with(_MARK)
    article.body.merge_text_nodes()
    texts = article.body.text(separator="\n").split(_MARK)
    read = ((at, _tidy(heading), _tidy(text)) for (at, heading), text in zip(headings, texts, strict=True))
    return [part for part in read if part[1] or (part[2] and not part[0])]


def _tidy(text: str) -> str:
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))
