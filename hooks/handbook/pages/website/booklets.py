"""A built site -> booklets: some of its pages, finished as they are there, as one document to print."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin
from xml.etree import ElementTree as ET

from markupsafe import Markup

from ...contents import templating
from ...contents.kinds import PageSubject, site_address
from ..rendering.context import PageContext
from .website import Website

_NOWHERE = "https://handbook.invalid"  # stands for a site whose address nobody said


def planned(website: Website, listed: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Plan each booklet: `of` a role, a pairing (its id) or nobody; its `page`, `paths` and file's `name`."""
    for page in website.pages.values():
        if page.kind.name in ("role", "cohort/pairing"):
            rendered = _rendered("pages.j2", website, {"subject": page.subject})
            name = site_address(page.path).removeprefix("programs/")
            if paths := [path.partition("#")[0] for path in rendered.split()]:
                of, name = name.split("/")[-1], name.replace("/", "-")
                yield {"of": of, "name": name, "page": page, "paths": paths}
    yield {"of": "", "name": "handbook", "page": None, "paths": [*listed]}  # the whole, in reading order


def html(booklet: Mapping[str, Any], website: Website, folder: Path) -> str:
    """Write a booklet as one page, in which links lead on, from the pages of the site in a folder."""
    files = (folder / "assets" / name for name in ("handbook/handbook.css", "local.css"))
    css = _plain("".join(file.read_text("utf-8") for file in files if file.is_file()))
    drawn = Markup("".join(re.findall(r"[^{}]+\{[^{}]*(?:fill|stroke)[^{}]*\}", css)))
    addresses = dict.fromkeys(map(site_address, booklet["paths"]))
    base = f"{website.build.site.rstrip('/') or _NOWHERE}/"
    chapters = [_chapter(folder, address, addresses, base, drawn) for address in addresses]
    own = {"booklet": booklet, "chapters": chapters, "style": Markup(css), "drawn": drawn}
    return _rendered("booklet.html.j2", website, own)


def _rendered(name: str, website: Website, values: dict[str, Any]) -> str:
    environment = templating.environment(website.handbook.labels, website.handbook.templates)
    context = PageContext(website.handbook, website.build, "index.md", values.get("subject", PageSubject()))
    return environment.get_template(f"print/{name}").render(context.values() | values)


def _plain(css: str) -> str:
    """Say colours without names and mixtures, and only what holds on paper: drawings know nothing else."""
    css = re.sub(r"/\*.*?\*/|@media (?!print)[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}", "", css, flags=re.DOTALL)
    names: dict[str, str] = dict(re.findall(r"(--[\w-]+):\s*((?!\s|color\(|oklch\()[^;{}]+)", css))
    for _ in range(5):  # a name may stand for another
        css = re.sub(r"var\((--[\w-]+)(?:,\s*([^()]*))?\)", lambda one: names.get(one[1], one[2] or ""), css)
    mixture = r"color-mix\(in\ssrgb,\s(\S+)\s(\d+)%,\s(\w+|#\w+)\)"
    return re.sub(mixture, lambda one: one[1] if int(one[2]) > 49 else one[3], css)


def _chapter(folder: Path, address: str, inside: Collection[str], base: str, drawn: str) -> tuple[str, ...]:
    """Give the id, the title and the text of a page, as they stand in a booklet."""
    from tinyhtml5 import parse  # comes with WeasyPrint

    page = (folder / address / "index.html").read_text("utf-8")
    article = parse(page, namespace_html_elements=False).find(".//article")
    article.set("id", "")
    for element in (one for one in article.iter() if isinstance(one.tag, str)):
        if element.tag.endswith("}svg"):
            ET.SubElement(element, "style").text = drawn
        elif "headerlink" in element.get("class", ""):
            element.clear()
        elif not element.tag.startswith("{"):
            _settle(element, address, base, inside)
        element.tag = element.tag.rpartition("}")[2]
    title = " ".join("".join(article.find(".//h1").itertext()).split())
    return f"/{address}", title, Markup(ET.tostring(article, "unicode", method="html"))


def _settle(element: Any, address: str, base: str, inside: Collection[str]) -> None:
    """Let an id be one of its kind, a link lead on inside or to the site, a picture be the site's own."""
    if "id" in element.attrib:
        element.set("id", f"/{address}.{element.get('id')}".rstrip("."))
    for name in {"href", "src"} & {*element.attrib}:
        url = urljoin(f"{base}{address}".rstrip("/") + "/", element.attrib.pop(name))
        target, fragment = urldefrag(url.removeprefix(base))
        if name == "src" and url.startswith(base):
            element.set(name, target)
        elif name == "href" and url.startswith(base) and target.rstrip("/") in inside:
            element.set(name, f"#/{target.rstrip('/')}.{fragment}".rstrip("."))
        elif name == "href" and not url.startswith(_NOWHERE):
            element.set(name, url)
