"""Articles -> what the search knows: scripts that only hand over data, loaded when somebody searches."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from ...load.files import write_bytes
from ...model.timeline import state
from ...text.prose import address
from ..rendering.pages import Page

_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_UNREAD = re.compile("button|form|h1|nav|script|select|style|svg|template")
_INLINE = re.compile("a|abbr|b|bdi|cite|code|em|i|kbd|mark|q|s|small|span|strong|su[bp]|time|u|wbr")
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
            self._parts[part].append([at.removeprefix("./"), *about, weight, _Reader(html).told])

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


class _Reader(HTMLParser):
    """Reads an article as (anchor, heading, text), a line for each block; the first section has no heading.

    What is hidden or marked with `data-search-exclude` it does not tell; a heading's mark is its section's.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self._unread: list[str] = []  # the tag that began it, and those of its name within
        self._sections, self._field = [["", "", "", ""]], 2  # the last part of a section is not told
        self.feed(html.replace("<br>", "<br />"))
        self.close()
        self.told = [tuple(map(str.strip, one[:3])) for one in self._sections if "".join(one[1:3]).strip()]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        out = {"data-search-exclude", "hidden"} & values.keys() or values.get("aria-hidden") == "true"
        if self._unread:
            self._unread += [tag] if tag == self._unread[0] else []
        elif tag in _HEADINGS and "id" in values:
            self._sections.append([values["id"] or "", "", "", ""])
            self._field = 3 if out else 1
        elif _UNREAD.fullmatch(tag) or (out and tag not in ("img", "input", "hr", "br")):
            self._unread = [tag]

    def handle_endtag(self, tag: str) -> None:
        if self._unread:
            self._unread = self._unread[1:] if tag == self._unread[0] else self._unread
        elif not _INLINE.fullmatch(tag):
            self._sections[-1][self._field] = self._sections[-1][self._field].rstrip() + "\n"
            self._field = 2 if tag in _HEADINGS and self._field == 1 else self._field

    def handle_data(self, data: str) -> None:
        self._sections[-1][self._field] += "" if self._unread else re.sub(r"\s+", " ", data)
