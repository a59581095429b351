"""Everything else that git or the site would take: pages, settings, and files where people do not belong."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

from ...model.definitions.organisation import Organisation
from ...rules import WORDS
from ...rules.privacy import private
from ...rules.privacy.lists import is_closed, is_list
from ...rules.privacy.names import Names
from ...text.problems import Problem, fault
from ..files import Files, kept_by_git
from .contents import MOST_BYTES, Contents, contents_of, is_media
from .programs import Definitions

MOST_LOOKED_AT = 20_000
_KNOWN, _PAGE, _PROSE = (
    re.compile("|".join(WORDS["files"][kind]), re.DOTALL) for kind in ("known", "pages", "prose")
)
_LEFT_OVER = ".*.new"  # of a command that was stopped


def problems_around(files: Files, definitions: Definitions, hidden: Iterable[str]) -> Iterator[Problem]:
    """Look into each file that git or the site would take; each is told once, and nothing of it is quoted.

    `hidden` are names of more people than those whom the files know.
    """
    organisation, names = definitions.whose, definitions.names.hiding(hidden)
    keeping = _keeping(files.root)
    yield from private.sign_ups_in_git(keeping)
    if len(keeping) > MOST_LOOKED_AT:
        yield fault("too-many-files.around", most=MOST_LOOKED_AT).placed("docs")
    yield from private.in_names_of_files(keeping, organisation, names)
    for path, how in islice(keeping.items(), MOST_LOOKED_AT):
        if not path.startswith("signups/") and not _KNOWN.fullmatch(path):
            yield from _looked_into(files, path, how, organisation, names)


def _keeping(root: Path) -> Mapping[str, private.Keeping]:
    """The files that somebody takes. The site copies all of docs/, whatever git ignores."""
    left = (path.relative_to(root).as_posix() for path in (root / "programs").rglob(_LEFT_OVER))
    keeping: dict[str, private.Keeping] = dict.fromkeys(left, "coming")
    keeping |= kept_by_git(root)
    for above, _, inside in os.walk(root / "docs"):
        folder = Path(above).relative_to(root).as_posix()
        keeping |= dict.fromkeys((f"{folder}/{name}" for name in inside), "published")
    extra = (name for name in ("README.md", "mkdocs.yml") if (root / name).is_file())
    return {**dict.fromkeys(extra, "kept"), **keeping}


def _looked_into(
    files: Files, path: str, how: private.Keeping, organisation: Organisation | None, names: Names
) -> Iterator[Problem]:
    file = files.root / path
    page = _PAGE.fullmatch(path)
    # The former tells what cannot be read.
    contents = Contents(files.text(file) or "") if page else _contents(file)
    text = contents.text
    if text is None or is_closed(path):
        yield private.in_the_open(path, how, "closed")
    elif not page and is_list(path, text, organisation):
        yield private.in_the_open(path, how)
    elif page or _PROSE.fullmatch(path):
        yield from private.links_in_prose(path, text)
        yield from names.in_prose(path, text)
        yield from private.in_prose(path, text, organisation) if organisation else ()
    elif names.are_in(contents.all):
        yield fault("name-in-text").placed(path)


def _contents(file: Path) -> Contents:
    """What a file says; nothing where it is a picture, or no file."""
    if file.is_symlink() or not file.is_file():
        return Contents("")
    with file.open("rb") as opened:
        content = opened.read(MOST_BYTES)
    return Contents("") if is_media(file.name, content) else contents_of(content)
