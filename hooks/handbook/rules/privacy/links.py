"""Links that are for nobody who answers: to where a form is made, and to where its answers lie."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from urllib.parse import unquote, urlsplit

from ...text.document import Document
from ...text.problems import MOST_PROBLEMS, Fault, Problem
from .. import LINKS, fault
from .spellings import place_of

_URL = re.compile(r"https?://[^\s<>\"'`|]{1,2000}", re.IGNORECASE)
_EVERYWHERE, _WHERE_PEOPLE_ANSWER = ("form", "sheet"), ("form", "sheet", "file")


def links_in_document(document: Document) -> Iterator[Problem]:
    """No text of a file leads to where a form is made or answers lie; and no form to any other file."""
    for path, text in document.texts():
        kinds = _WHERE_PEOPLE_ANSWER if path[:1] == ("forms",) and path[-1] == "url" else _EVERYWHERE
        for _, wrong in islice(_wrong(text, kinds), 1):
            yield wrong.placed(document.path, *document.place(path))


def links_in_prose(path: str, text: str) -> Iterator[Problem]:
    """No long text beside a program does either."""
    for at, wrong in islice(_wrong(text, _EVERYWHERE), MOST_PROBLEMS + 1):
        yield wrong.placed(path, *place_of(text, at))


def _wrong(text: str, kinds: Sequence[str]) -> Iterator[tuple[int, Fault]]:
    for url in _URL.finditer(text):
        links = ((kind, link) for kind in kinds for link in LINKS[kind] if _matches(link, url[0]))
        if found := next(links, None):
            kind, link = found
            yield url.start(), fault(f"link-not-to-answer.{kind}", tool=link["tool"], remedy=link["remedy"])


def _matches(link: Mapping[str, str], url: str) -> bool:
    try:
        parts = urlsplit(url.rstrip(".,;:!?)]*_"))
    except ValueError:  # such as half a bracket in the name of the host
        return False
    address = unquote(parts._replace(scheme="", netloc="").geturl())
    host = re.fullmatch(link["host"], parts.hostname or "", re.IGNORECASE)
    return bool(host and re.search(link["address"], address, re.IGNORECASE))
