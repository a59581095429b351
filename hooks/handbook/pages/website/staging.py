"""A site is made aside, and takes the place of the last good one when it is whole."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ... import Refusal
from ...load.files import behind_link, below, replace_contents, write_bytes
from .csp import secured

# The macros plugin tells at length what it is about to do. Its warnings and errors stay.
logging.getLogger("mkdocs.plugins.mkdocs_macros").setLevel(logging.WARNING)
# A site or an export in one of these would take the place of what is there, or be read again.
_TAKEN = frozenset({".git", ".github", "docs", "hooks", "programs", "schemas", "signups", "tests"})


def refuse_place(root: Path, folder: Path) -> None:
    """Refuse to write a site or an export into a link, or into a folder that holds what is the handbook's."""
    place, top = folder.resolve(), root.resolve()
    link = behind_link(root.absolute(), folder.absolute())
    if link or (place.is_relative_to(top) and _TAKEN.issuperset(place.relative_to(top).parts[:1])):
        why = "a link to another place. Nothing behind it was touched" if link else "part of the handbook"
        raise Refusal(f"{folder} is {why}. Name another folder.")


class Staging:
    """A folder in which MkDocs makes a site; it goes with the process, whatever becomes of the build."""

    def __init__(self, config: Any) -> None:
        """Let MkDocs write there.

        Raises:
            Refusal: as `refuse_place`.
        """
        self._site = Path(config.site_dir)
        refuse_place(Path(config.config_file_path).parent, self._site)
        self._aside = TemporaryDirectory(prefix="handbook-site-")
        config.site_dir = self._aside.name
        _hear_warnings()

    def publish(self, config: Any, embeds: Sequence[str], distrusted: Mapping[str, Sequence[str]]) -> None:
        """Give each page its policy, and put the site into its place.

        Not where MkDocs is about to end the build for its warnings.

        Args:
            config: MkDocs', which names the site's own folder again from then on.
            embeds: the origins that pages may show.
            distrusted: the scripts in generated texts, which never run, by page.
        """
        folder, config.site_dir = Path(self._aside.name), str(self._site)
        handlers = logging.getLogger("mkdocs").handlers
        if not any(handler.get_counts() for handler in handlers if hasattr(handler, "get_counts")):
            for path in sorted(path for path in below(folder) if path.endswith(".html")):
                html = (folder / path).read_bytes().decode("utf-8", "surrogateescape")
                page = secured(html, embeds, distrusted.get(path, ()))
                write_bytes(folder, path, page.encode("utf-8", "surrogateescape"))
            replace_contents(self._site, folder)
        self._aside.cleanup()


def _hear_warnings() -> None:
    """Let MkDocs count its warnings also where `-q` asks it to print none: a strict build ends by them."""
    logger = logging.getLogger("mkdocs")
    if logger.level > logging.WARNING:
        for handler in logger.handlers:
            counts = hasattr(handler, "get_counts")
            handler.setLevel(logging.WARNING if counts else max(handler.level, logger.level))
        logger.setLevel(logging.WARNING)
