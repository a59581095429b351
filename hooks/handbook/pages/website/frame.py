"""Handbook -> what stands round each page: words, whom to ask, the theme's files, pictures of links."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from textwrap import wrap
from typing import Any

from markupsafe import Markup

from ...contents import templating
from ...contents.build import Build
from ...contents.kinds import PageSubject, site_address
from ...contents.kinds.addresses import place
from ...model.handbook import Handbook
from ...text.prose import address, inert

_draw: Callable[..., bytes] | None
try:
    from resvg_py import svg_to_bytes as _draw
except ImportError:  # it is not made for every machine: then there are no pictures
    _draw = None
_SOCIAL = "assets/handbook/social"
_LETTERS, _LINES = 20, 4  # of a title in a picture


def frame(handbook: Handbook, build: Build, notice: str, folders: Iterable[str]) -> Mapping[str, Any]:
    """What data/theme names: labels, `notice`, whom to ask about programs, the address of their list, …

    Of a theme with these folders `files` gives main, palette and bundle; `pictures` has the address of that
    for each program, with `-` for all else, where the site's own is known.

    Raises:
        LabelError: a label of the frame cannot be said.
    """
    labels, found = handbook.labels, handbook.organisation.contact("program")
    _ = [labels.say(name) for name in labels.words if name.startswith("chrome.")]
    without = labels.say("contact.without.program", "contact.none")
    programs = site_address(place("programs", PageSubject(), handbook, build.day).path)
    titles = _titles(handbook) if build.site and _draw else ()
    files = (
        file.relative_to(folder) for folder in folders for file in Path(folder).glob("assets/*/*.min.*s")
    )
    return {
        "say": labels.say,
        "contents": str(labels.say("page.contents")),
        "notice": notice,
        "contact": (inert(found.label), address(found.url)) if found else (without, Markup()),
        "programs": f"{programs}/",
        "files": {file.name.partition(".")[0]: file.as_posix() for file in files},
        "pictures": {one: f"{build.site.rstrip('/')}/{_SOCIAL}/{one}.png" for one in titles},
    }


def _titles(handbook: Handbook) -> dict[str, str]:
    site = handbook.labels.say("home.title", organisation=handbook.organisation.name).unescape()
    return {"-": site, **{program.id: str(program.title) for program in handbook.programs}}


def pictures(handbook: Handbook, build: Build, colours: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """Draw 1200 by 630 for the site and for each program, by path; without a face on the machine no words."""
    environment = templating.environment(handbook.labels, handbook.templates)
    template, titles = environment.get_template("social.svg.j2"), _titles(handbook)
    for identifier, title in titles.items():
        if not (build.site and _draw):
            return
        lines = wrap(title, _LETTERS, max_lines=_LINES, placeholder=" …")
        below = "" if identifier == "-" else titles["-"]
        svg = template.render(lines=lines, below=below, colours=colours)
        yield f"{_SOCIAL}/{identifier}.png", _draw(svg_string=svg)
