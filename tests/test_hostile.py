"""Whatever people write in a field, on a page, in a download or in a log it is letters, and nothing runs."""

from __future__ import annotations

import csv
import difflib
import io
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from html import unescape
from pathlib import Path
from unicodedata import normalize
from xml.etree import ElementTree

import markdown
import pytest
from bs4 import BeautifulSoup
from ical.calendar_stream import IcsCalendarStream
from ical.parsing.component import ParsedComponent, parse_content
from playwright.sync_api import Browser, BrowserContext, Page, ProxySettings, Request, expect

from handbook.contents.build import Build
from handbook.guidance import calendars as ics
from handbook.load.repository import load
from handbook.pages.views import survey
from handbook.text.document import read
from handbook.text.problems import Problem
from handbook.text.prose import address
from tests import hostile
from tests.hostile import ANSWER, REFUSED, STRINGS, UNSHOWN, Deck, Product, Twin, fields, readable
from tests.repository import (
    DAY,
    PROGRAM,
    ROOT,
    SHORT,
    Files,
    Site,
    Sites,
    build,
    environment,
    make,
    mkdocs,
    write,
)
from tests.test_browser import dismissed, search

Serve = Callable[[Path], AbstractContextManager[str]]
ENTRIES = 3  # in each list: as few as hold every string once
FOLDER = "programs/hostile"


@cache
def everything() -> tuple[Files, Deck]:
    """A repository with every string and every field, and what was dealt to which."""
    deck = Deck()
    return hostile.files(deck, ENTRIES), deck


@cache
def harmless() -> tuple[Files, Twin]:
    """The same repository with harmless words."""
    twin = Twin(Deck())
    return hostile.files(twin, ENTRIES), twin


@pytest.fixture(scope="module")
def site(built: Sites) -> Site:
    return built(everything()[0])


@pytest.fixture(scope="module")
def twin(built: Sites) -> Site:
    return built(harmless()[0])


def one_line(text: str) -> str:
    return " ".join(text.split())


# --- the corpus -----------------------------------------------------------------------------------


def test_there_are_many_strings_and_each_would_be_seen_to_run() -> None:
    marker = re.compile(r"hb_ran|evil\.example|7\*191")

    assert len(STRINGS) >= 300
    assert len(STRINGS) == len(set(STRINGS))
    assert [] == [text for text in STRINGS if not text.strip() or not marker.search(readable(text))]
    assert [] == [text for text in STRINGS if ANSWER in text]


def test_what_nobody_sees_is_refused_with_one_problem() -> None:
    found = {text: read("program.yml", f"title: {json.dumps(text)}\n") for text in REFUSED}

    codes = {ascii(text): one.code if isinstance(one, Problem) else "" for text, one in found.items()}
    assert {} == {text: code for text, code in codes.items() if code != "control-character"}


def test_the_walk_finds_every_text_of_the_schemas() -> None:
    found = {one.path: one.kind for one in fields()}

    assert len(found) > 180, "\n".join(found)
    # One of each kind of place: below an if, in a list, in a mapping, by reference, and each kind of rule.
    assert {
        "organisation.name": "text",
        "organisation.site": "link",
        "organisation.contacts[].address": "address",
        "program.why": "rich",
        "program.sign_up.columns{}": "key",
        "program.roles.line-manager.when_hard[].do": "text",
        "program.milestones[].acts.*": "text",
        "program.playbook.sheets.take[].table.columns[]": "text",
        "program.playbook.messages.take[].file": "file",
        "program.forms[].url": "link",
        "cohort.results.stories[].text": "rich",
    }.items() <= found.items()
    assert {"program.topics[].id", "cohort.start", "organisation.timezone"}.isdisjoint(found)


def test_every_field_is_filled_and_every_string_stands_somewhere_whole() -> None:
    dealt = everything()[1].dealt
    plain = {text for to, text in dealt if to.kind == "text"}
    rich = "".join(text for to, text in dealt if to.kind in ("rich", "file"))

    assert set() == set(fields()) - {to for to, _ in dealt}
    assert set() == set(STRINGS) - plain
    assert [] == [text for text in STRINGS if text not in rich]


def test_the_repository_has_no_error(tmp_path: Path) -> None:
    write(tmp_path, everything()[0])
    handbook, problems = load(tmp_path)

    assert handbook is not None, problems


# --- in the browser -------------------------------------------------------------------------------

# Each element of a page as the server sends it, read by the browser's own parser and never run: its name,
# classes and attributes, and what acts: scripts, styles, and where each address leads. A text may change none
# of these. Only inside the block of a Rich text may there be elements of its own, and those are few.
READ = """async paths => {
  const rich = new Set(["P", "BR", "STRONG", "EM", "UL", "OL", "LI", "A", "CODE", "PRE", "BLOCKQUOTE",
    "H3", "H4", "H5", "HR"]);
  const addresses = new Set(["href", "src", "action", "formaction", "data", "poster", "background", "ping",
    "srcset", "xlink:href", "cite", "longdesc", "manifest"]);
  const kind = (value, base) => {
    let url;
    try { url = new URL(value, base); } catch { return "no address"; }
    return url.origin === location.origin ? url.pathname : url.protocol;
  };
  const told = (element, base) => {
    const attributes = [...element.attributes].map(({name, value}) => {
      if (addresses.has(name)) return name + "=" + kind(value, base);
      return ["style", "srcdoc", "type", "rel", "http-equiv"].includes(name) ? name + "=" + value : name;
    }).sort();
    const acting = ["SCRIPT", "STYLE", "TEMPLATE"].includes(element.tagName) ? element.innerHTML : "";
    const classes = [...element.classList].sort().join(".");
    return [element.tagName, classes, ...attributes, acting].join(" ").trim();
  };
  const odd = (element, base) => {
    const leads = value => /^(https|mailto|tel):$/.test(kind(value, base));
    const wrong = [...element.attributes].filter(({name, value}) => element.tagName !== "A"
      || !(["rel", "title"].includes(name) || (name === "href" && leads(value))));
    return !rich.has(element.tagName) || wrong.length > 0;
  };
  return Promise.all(paths.map(async path => {
    const base = location.origin + "/" + path;
    const read = new DOMParser().parseFromString(await (await fetch(base)).text(), "text/html");
    const lines = [];
    for (const element of read.querySelectorAll("*")) {
      const inside = element.parentElement && element.parentElement.closest(".hb-prose");
      if (!inside) lines.push(told(element, base));
      else if (odd(element, base)) lines.push("in a Rich text: " + told(element, base));
    }
    for (const silent of read.querySelectorAll("script, style, template")) silent.remove();
    return {lines, title: read.title, text: read.title + " " + read.body.textContent,
            blocks: [...read.querySelectorAll("pre")].map(one => one.textContent)};
  }));
}"""

# What no page holds, be it as it was sent or once its scripts, such as the search, have run.
WATCH = """(page, base) => {
  const found = [];
  const leads = value => {
    try { return new URL(value, base); } catch { return {protocol: "none:", origin: ""}; }
  };
  for (const element of page.querySelectorAll("*")) {
    const name = () => element.outerHTML.slice(0, 200);
    for (const attribute of element.attributes) {
      if (/^(on.*|srcdoc)$/i.test(attribute.name)) found.push(attribute.name + ": " + name());
      if (!/^(href|src|action|formaction|data|xlink:href)$/i.test(attribute.name)) continue;
      const address = leads(attribute.value.trim());
      if (address.origin === location.origin) continue;
      if (!/^(https|mailto|tel):$/.test(address.protocol)) found.push("leads away: " + name());
      if (attribute.name === "src") found.push("foreign: " + name());
    }
    const own = element.closest("article, .hb-search__hits, .hb-menu, .hb-toc, .hb-head__name");
    if (own && element.matches("script, img, iframe, frame, object, embed, base, meta, link, style, math"
        + ", video, audio, marquee, template, dialog, textarea")) found.push("element: " + name());
  }
  return found;
}"""
WATCH_LIVE = f"() => ({WATCH})(document, document.baseURI)"
WATCH_SENT = f"""async paths => (await Promise.all(paths.map(async path => {{
  const base = location.origin + "/" + path;
  const read = new DOMParser().parseFromString(await (await fetch(base)).text(), "text/html");
  return ({WATCH})(read, base).map(found => path + ": " + found);
}}))).flat()"""


@dataclass(frozen=True)
class Reading:
    """What the browser's parser reads on a page.

    Attributes:
        lines: its elements, with what acts in them.
        text: all that people read, the browser's title first.
        blocks: the text of each block that keeps its lines.
    """

    lines: Sequence[str]
    title: str
    text: str
    blocks: Sequence[str]


@dataclass
class Opened:
    """A browser at one site, and all that happened in it that should not."""

    page: Page
    url: str
    happened: list[str] = field(default_factory=list)

    def read(self, paths: Iterable[str]) -> Mapping[str, Reading]:
        """Read pages without running them."""
        self.page.goto(f"{self.url}/assets/handbook/handbook.css")
        known = list(paths)
        return {
            path: Reading(**one) for path, one in zip(known, self.page.evaluate(READ, known), strict=True)
        }

    def watch(self, paths: Sequence[str]) -> None:
        """Look at pages as they are sent, in a fraction of the time of a visit."""
        self.page.goto(f"{self.url}/assets/handbook/handbook.css")
        self.happened.extend(self.page.evaluate(WATCH_SENT, paths))

    def visit(self, path: str) -> None:
        """Open a page and run whatever runs there."""
        answer = self.page.goto(f"{self.url}/{path}", wait_until="load")
        assert answer is not None
        assert answer.ok, path
        self.happened.extend(f"{path}: {one}" for one in self.page.evaluate(WATCH_LIVE))


# All but this machine is asked of a proxy that is not there. A route would do as well, but without a cache.
NOWHERE: ProxySettings = {"server": "http://127.0.0.1:9", "bypass": "127.0.0.1"}


@contextmanager
def opened(chromium: Browser, serve_dir: Serve, site: Site) -> Iterator[Opened]:
    """Open a site without its policy, so that escapes alone stand between a text and what it wants."""
    with serve_dir(site.folder) as url:
        context = chromium.new_context(
            bypass_csp=True, proxy=NOWHERE, viewport={"width": 1280, "height": 900}
        )
        one = Opened(context.new_page(), url)
        _listen(context, one)
        try:
            yield one
        finally:
            context.close()


def _listen(context: BrowserContext, one: Opened) -> None:
    def asked(request: Request) -> None:
        if not request.url.startswith((f"{one.url}/", "data:image/", "blob:")):
            one.happened.append(f"request: {request.url}")

    context.expose_binding("hb_ran", lambda source: one.happened.append(f"ran: {source['page'].url}"))
    context.on("request", asked)
    one.page.on("dialog", lambda dialog: dismissed(dialog, one.happened))
    one.page.on("pageerror", lambda error: one.happened.append(f"error: {error}"))
    one.page.on("popup", lambda other: one.happened.append(f"popup: {other.url}"))


def html_files(site: Site) -> list[str]:
    """Every page by the path at which it is served."""
    return [*site.pages(), "404.html"]


@pytest.fixture(scope="module")
def readings(chromium: Browser, serve_dir: Serve, site: Site) -> Mapping[str, Reading]:
    with opened(chromium, serve_dir, site) as one:
        return one.read(html_files(site))


@pytest.fixture(scope="module")
def twin_readings(chromium: Browser, serve_dir: Serve, twin: Site) -> Mapping[str, Reading]:
    with opened(chromium, serve_dir, twin) as one:
        return one.read(html_files(twin))


def changed(before: Mapping[str, Reading], after: Mapping[str, Reading]) -> dict[str, list[str]]:
    """The elements of each page that a text made, took away or changed."""
    found = {}
    for path in sorted({*before, *after}):
        old, new = (list(read[path].lines) if path in read else [] for read in (before, after))
        if old != new:
            told = difflib.unified_diff(old, new, n=0, lineterm="")
            found[path] = [line for line in told if not line.startswith(("---", "+++", "@@"))][:6]
    return found


def test_no_text_makes_or_changes_an_element_of_any_page(
    readings: Mapping[str, Reading], twin_readings: Mapping[str, Reading]
) -> None:
    """The page of a hostile text has the very elements, scripts and addresses of its harmless twin's."""
    assert len(readings) > 50
    assert {} == changed(twin_readings, readings)


def test_nothing_runs_on_any_page_nor_in_the_search(chromium: Browser, serve_dir: Serve, site: Site) -> None:
    paths, visited = html_files(site), []
    with opened(chromium, serve_dir, site) as one:
        for path in paths:
            one.visit(path)
            visited.append(path)
        one.visit("")
        for words in ("hb_ran", "evil"):
            results = search(one.page, words)
            expect(results.first).to_be_attached(timeout=30_000)
            one.happened.extend(f"search: {found}" for found in one.page.evaluate(WATCH_LIVE))
            shown = one_line(" ".join(results.all_text_contents()))
            assert words in shown
        one.page.wait_for_timeout(300)  # what runs late

    pages = {name: page for name, page in site.files.items() if name.endswith(".html")}
    assert len([name for name, page in pages.items() if b'http-equiv="refresh"' not in page]) == len(visited)
    assert len(visited) > 50
    assert [] == one.happened


def test_every_string_is_shown_as_its_own_letters(readings: Mapping[str, Reading]) -> None:
    shown = one_line(" ".join(one.text for one in readings.values()))

    assert [] == [text for text in STRINGS if one_line(text) not in shown]
    assert ANSWER not in shown


def test_every_field_is_shown_on_some_page(twin_readings: Mapping[str, Reading]) -> None:
    shown = set(re.findall(r"word\d+", " ".join(one.text for one in twin_readings.values())))
    written = ("text", "rich", "file")
    dealt = [(to, text.split()[-1]) for to, text in harmless()[1].dealt if to.kind in written]

    said = {to.path for to, word in dealt if word in shown}
    assert set() == {to.path for to, _ in dealt} - said - UNSHOWN


def test_titles_and_menus_show_the_letters_of_a_title(readings: Mapping[str, Reading]) -> None:
    dealt = everything()[1].dealt
    [title] = [one_line(text) for to, text in dealt if to.path == "program.title"]
    [name] = [one_line(text) for to, text in dealt if to.path == "organisation.name"]
    own = {path: read for path, read in readings.items() if path.startswith(f"{FOLDER}/")}
    others = {path: read for path, read in readings.items() if path != "404.html"}

    assert len(own) > 20
    assert title in own[f"{FOLDER}/"].title
    # A title that would be cut off where it is shown goes without the site's name.
    nameless = [read.title for read in others.values() if name not in one_line(read.title)]
    assert [] == [
        told for told in nameless if len(f"Reverse mentoring at {name}") + len(one_line(told)) <= 67
    ]
    assert [] == [path for path, read in own.items() if title not in one_line(read.text)]


def test_messages_hold_the_very_letters_to_copy(readings: Mapping[str, Reading]) -> None:
    blocks = readings[f"{FOLDER}/2027-spring/messages/"].blocks
    below = "program.playbook.messages.take[]."
    said = [(to, text) for to, text in everything()[1].dealt if to.path.startswith(below)]
    told = [text for to, text in said if to.path.endswith((".subject", ".text", ".file"))]

    assert len(told) == 2 * ENTRIES
    assert [] == [text for text in told if kept_lines(text) not in map(kept_lines, blocks)]


def kept_lines(text: str) -> str:
    """A text as a message keeps it: its lines, without gaps of more than one, and with spaces for tabs."""
    return re.sub("[ \t]+", " ", re.sub(r"\n(?:[ \t]*\n)+", "\n\n", text.strip()))


# --- all that is no page --------------------------------------------------------------------------

PATH = "programs/digital-fluency/program.yml"
FORMULA = re.compile(r"\s*[=+\-@]|[\t\r\n]")
DELIMITERS = (",", ";", "\t", "|")  # as a spreadsheet may be set, wherever it was bought


def cells(text: str, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter))


def formulas(text: str) -> list[str]:
    """The cells of a CSV that a spreadsheet would take for a formula; somewhere its wide signs too."""
    every = (cell for delimiter in DELIMITERS for row in cells(text, delimiter) for cell in row)
    return [cell for cell in every if FORMULA.match(normalize("NFKC", cell))]


def without_guards(text: str) -> str:
    return one_line(text).replace("'", "")


def asking(titles: Sequence[str]) -> Files:
    """A program whose forms ask these questions."""
    bank = [{"id": f"ours-{n}", "title": title, "asked": ["end"]} for n, title in enumerate(titles)]
    said = hostile.written({"survey": {"take": bank}})
    return SHORT | {PATH: f"{PROGRAM}playbook:\n  {said.replace(chr(10), ' ')}\n"}


def test_no_cell_of_the_questions_is_a_formula(tmp_path: Path) -> None:
    titles = [text for text in STRINGS if len(text) <= 160]
    found, seen = [], []
    for first in range(0, len(titles), 200):
        write(tmp_path, asking(titles[first : first + 200]))
        handbook, problems = load(tmp_path)
        assert handbook is not None, problems
        text = survey.as_csv(handbook.programs[0], handbook.labels)
        found += formulas(text)
        seen += [without_guards(cell) for row in cells(text) for cell in row]
        assert 1 == len({len(row) for row in cells(text)})

    assert len(titles) > 400
    assert [] == [title for title in titles if without_guards(title) not in seen]
    assert [] == found


def test_no_download_of_the_site_holds_a_formula(site: Site) -> None:
    downloads = {name: one.decode() for name, one in site.files.items() if name.endswith(".csv")}

    assert {f"{FOLDER}/{name}.csv" for name in ("kit/risks", "sign-up-form", "survey")} == set(downloads)
    assert {} == {name: found for name, text in downloads.items() if (found := formulas(text))}


Calendars = Mapping[str, bytes]


def calendars(site: Site) -> Calendars:
    return {name: text for name, text in site.files.items() if name.endswith(".ics")}


def bones(part: ParsedComponent) -> tuple[object, ...]:
    """A part of a calendar without its letters: its name, and those of its properties and of its parts."""
    said = [(one.name, *(each.name for each in one.params or ())) for one in part.properties]
    return (part.name, said, [bones(inner) for inner in part.components])


def entries_of(found: Calendars) -> Mapping[str, object]:
    return {name: [bones(one) for one in parse_content(text.decode())] for name, text in found.items()}


def summaries(found: Calendars) -> list[str]:
    """What each entry is called, as another library reads it."""
    read = [IcsCalendarStream.calendar_from_ics(text.decode()) for text in found.values()]
    return [str(event.summary) for one in read for event in one.events]


def dated(titles: Sequence[str]) -> Files:
    """A program with a milestone of each title, and nothing to do but that."""
    said = [{"id": f"ours-{n}", "title": title, "week": 2} for n, title in enumerate(titles)]
    return SHORT | {PATH: f"{PROGRAM}milestones: {hostile.written(said).replace(chr(10), ' ')}\n"}


def not_called(titles: Sequence[str], found: Calendars) -> list[str]:
    """The titles by which no entry is called, letter by letter."""
    said = set(summaries(found))
    return [title for title in titles if f"{one_line(title)} (Digital fluency)" not in said]


def test_each_string_is_an_entry_called_by_its_own_letters(tmp_path: Path) -> None:
    titles = [text for text in STRINGS if len(text) <= 160]
    lost, shapes = [], set()
    for first in range(0, len(titles), 200):
        some = titles[first : first + 200]
        write(tmp_path, dated(some))
        handbook, problems = load(tmp_path)
        assert handbook is not None, problems
        found = ics.downloads(handbook, Build(date.fromisoformat(DAY)))
        lost += not_called(some, found)
        for text in found.values():
            [calendar] = parse_content(text.decode())
            shapes |= {str(bones(one)) for one in calendar.components if "-ours-" in str(one.properties)}
        mentors = found[PATH.replace("program.yml", "2027-spring/calendar-mentor.ics")]
        assert len(some) == len(re.findall(b"^UID:milestone-ours-", mentors, re.MULTILINE))

    assert len(titles) > 400
    assert [] == lost
    assert 1 == len(shapes)


def test_a_calendar_has_the_entries_of_its_twin_and_no_line_more(site: Site, twin: Site) -> None:
    ours, plain = (calendars(one) for one in (site, twin))

    assert 6 == len(ours)
    assert len(summaries(plain)) > 50
    assert entries_of(plain) == entries_of(ours)


def test_an_entry_leads_to_a_page_of_the_site_alone(site: Site) -> None:
    [own] = [text for to, text in everything()[1].dealt if to.path == "organisation.site"]
    unfolded = b"".join(calendars(site).values()).replace(b"\r\n ", b"").decode()
    links = re.findall(r"^URL.*?:(.*)\r$", unfolded, re.MULTILINE)

    assert len(links) == len(summaries(calendars(site)))
    home = unescape(address(f"{own.rstrip('/')}/programs/hostile/"))
    assert [] == [link for link in links if not link.startswith(home)]


def test_the_search_index_holds_letters_alone(site: Site) -> None:
    """Each text letter by letter, as data: what shows it never reads it as HTML."""
    found = site.searched()
    told = " ".join(text for title, sections in found.values() for text in (title, *map(" ".join, sections)))
    letters = one_line(told)

    assert len(found) > 50
    assert [] == [text for text in shown_strings() if one_line(text) not in letters]
    assert ANSWER not in letters


def shown_strings() -> list[str]:
    """What stands in an article; the index leaves out what only a menu shows."""
    return [text for to, text in everything()[1].dealt if to.kind == "text" and to.path not in UNSHOWN]


def test_the_map_of_the_site_is_that_of_its_twin(site: Site, twin: Site) -> None:
    places = [[one.text for one in ElementTree.fromstring(each.files["sitemap.xml"]).iter() if one.text]
              for each in (site, twin)]  # fmt: skip

    assert len(places[0]) > 50
    assert places[1] == places[0]


def test_an_export_makes_the_elements_of_its_twin(site: Site, twin: Site, tmp_path: Path) -> None:
    """Rendered as any site with these extensions would; and no word in it is a template."""
    exported = [export(one, tmp_path / name) for name, one in (("ours", site), ("plain", twin))]

    assert len(exported[0]) > 50
    assert [] == [path for path, text in exported[0].items() if re.search(r"\{[{%#](?! \.)", text)]
    assert {path: shape(text) for path, text in exported[1].items()} == {
        path: shape(text) for path, text in exported[0].items()
    }


def handbook(root: Path, *arguments: str, engine: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run the command on a repository."""
    command = [sys.executable, "-m", "handbook.cli", "-C", str(root), *arguments]
    own = {**environment(DAY), "PYTHONPATH": str(engine / "hooks"), "PYTHONUTF8": "1"}
    return subprocess.run(command, env=own, capture_output=True, encoding="utf-8")


def export(site: Site, folder: Path) -> Files:
    """Every exported page by its path."""
    done = handbook(site.root, "export", str(folder))
    assert done.returncode == 0, done.stderr
    return {one.relative_to(folder).as_posix(): one.read_text("utf-8") for one in folder.rglob("*.md")}


def shape(text: str) -> list[str]:
    """The elements that a page's Markdown makes, without those of Rich texts."""
    extensions = ["admonition", "attr_list", "def_list", "md_in_html", "tables"]
    made = BeautifulSoup(markdown.markdown(text, extensions=extensions), "html.parser")
    for rich in made.select(".hb-prose"):
        rich.clear()
    return [" ".join([one.name, *one.get_attribute_list("class"), *sorted(one.attrs)])
            for one in made.find_all(True)]  # fmt: skip


# --- what is said of mistakes ---------------------------------------------------------------------

OURS = re.compile(r"::(error|warning) file=[^:\s]*,line=\d+,col=\d+,title=[a-z-]+::")
COMMAND = re.compile(r"^\s*::|##\[", re.MULTILINE)  # what GitHub takes for an order to its machine
CONTROL = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f]")
AT_ONCE = 60


def wrong() -> Files:
    """A repository whose mistakes are hostile: keys, choices, days, tags, and lines that look unfinished."""
    made = dict(SHORT)
    for first in range(0, len(STRINGS), AT_ONCE):
        some = STRINGS[first : first + AT_ONCE]
        said = {"title": "A", "summary": "A", "goals": [{"title": "A"}], "mode": some[0], "sponsor": some[1]}
        made[f"programs/wrong-{first}/program.yml"] = hostile.written({**said, **dict.fromkeys(some, 1)})
        made[f"programs/wrong-{first}/2027.yml"] = hostile.written({"start": some[2], "people": some[3:]})
    made["programs/tag/program.yml"] = "title: !<tag:a,%0A::error::hb_ran%1B[31m%23%23[group]> A\n"
    made["programs/digital-fluency/left.md"] = "A\n\n<your \x1b[31m \x9b31m ##[group]hb_ran()>\n"
    return made


@pytest.fixture(scope="module")
def mistaken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # Of what stands there a message quotes the very words.
    quoted = 'title: A\nsummary: B\ngoals: [{title: C}]\nmode: "\\n::error::hb_ran()"\n'
    return make(tmp_path_factory.mktemp("mistaken"), {**wrong(), "programs/quoted/program.yml": quoted})


def test_an_annotation_says_nothing_but_ours(mistaken: Path) -> None:
    """What lies between a word that nobody can guess is no command to GitHub, whatever it holds."""
    said = handbook(mistaken, "check", "--format", "github").stdout
    heard = re.sub(r"\A::stop-commands::(\w{32,})\n.*\n::\1::\n", "", said, flags=re.DOTALL)

    assert len(heard) < len(said)
    assert heard.splitlines()
    assert [] == [line for line in heard.splitlines() if not OURS.match(line)]
    assert [] == CONTROL.findall(said)


def test_problems_as_json_are_json(mistaken: Path) -> None:
    said = handbook(mistaken, "check", "--format", "json").stdout

    assert len(json.loads(said)) > 100
    assert [] == CONTROL.findall(said)


def test_problems_as_text_give_no_orders(mistaken: Path) -> None:
    said = handbook(mistaken, "check").stdout

    assert "hb_ran()" in said
    assert [] == CONTROL.findall(said)
    assert [] == [line for line in said.splitlines() if re.match(r"\s*::", line)]


def test_the_log_of_a_build_gives_no_orders(mistaken: Path, site: Site) -> None:
    done = mkdocs(mistaken, "build", "--strict")

    assert done.returncode == 1
    assert "hb_ran()" in done.stdout + done.stderr
    for said in (done.stdout + done.stderr, site.log):
        assert [] == CONTROL.findall(said)
        assert [] == [ascii(line) for line in said.splitlines() if COMMAND.search(line)]


# --- each wall taken away -------------------------------------------------------------------------

Change = tuple[str, str, str]
PROSE, TEXTS = "hooks/handbook/text/prose.py", "hooks/handbook/model/labels.py"
WEBSITE, TEMPLATING = "hooks/handbook/pages/website/website.py", "hooks/handbook/contents/templating.py"
INERT = (PROSE, "return Markup(_ACTIVE.sub(_entity, plain(text)))", "return Markup(plain(text))")
ADDRESS = (
    PROSE,
    "    try:\n        parts = urlsplit(url.strip())",
    "    return Markup(url)\n    try:\n        pass",
)
DESCRIPTION = "hooks/handbook/data/theme/partials/description.html"
META = (
    DESCRIPTION,
    'property="og:title" content="{{ title | e }}"',
    'property="og:title" content="{{ title }}"',
)
LABEL = (TEXTS, "else inert(str(value))", "else str(value)")
CLEANED = (
    PROSE,
    "    clean = nh3.clean(\n        html, ",
    "    clean = str(\n        html)\n    nh3.clean(html, ",
)
MACROS = (
    ("hooks/mkdocs.yml", "render_by_default: false", "render_by_default: true"),
    (WEBSITE, '"render_macros": False', '"render_macros": True'),
    (PROSE, "not active.isascii() else", 'not active.isascii() or active in "{}%*" else'),
)  # fmt: skip
VERBATIM = (PROSE, 'return Markup(_NOT_WORDS.sub(lambda sign: f"&#{ord(sign[0])};", UNSHOWN.sub("", text)))',
            "return Markup(text)")  # fmt: skip
# What is looked at on different pages goes into one build.
LACKING: Mapping[str, tuple[Change, ...]] = {
    "inert": (INERT,),
    "title": (META,),
    "label": (LABEL,),
    "apart": (ADDRESS, VERBATIM, CLEANED),
    "macros": MACROS,
}
WALLS: Mapping[str, tuple[str, str]] = {
    "page": ("inert", ""),
    "title": ("title", f"{FOLDER}/sheets/ours-3/"),
    "attribute": ("label", f"{FOLDER}/2027-spring/messages/"),
    "link": ("apart", f"{FOLDER}/feedback/"),
    "message": ("apart", f"{FOLDER}/2027-spring/messages/"),
    "rich text": ("apart", f"{FOLDER}/agreement/"),
    "template": ("macros", f"{FOLDER}/"),
}
MORE_WALLS: Mapping[str, tuple[Change, ...]] = {
    "menu": ((WEBSITE, "return inert(title)", "return Markup(str(title))"),),
    "scheme of a link": ((PROSE, "url_schemes=set(_LINK_SCHEMES)", 'url_schemes={"https", "http", "ws"}'),),
    "relative link": ((PROSE, 'url_relative="deny"', 'url_relative="pass_through"'),),
    "letters of Rich text": ((PROSE, "Markup(_letters_only(one_block))", "Markup(one_block)"),),
    "braces": ((PROSE, '.replace("{", "&#123;").replace("}", "&#125;")', ""), *MACROS),
    "filter": (
        (
            TEMPLATING,
            "    return inert(str(value))",
            "    return Markup(str(value))",
        ),
    ),
}


def without(folder: Path, *changes: Change) -> Path:
    """The hostile repository, with an engine that lacks a wall."""
    root = make(folder, everything()[0])
    for name, old, new in changes:
        text = (root / name).read_text("utf-8")
        assert text.count(old) == 1, (name, old)
        (root / name).write_text(text.replace(old, new), "utf-8")
    return root


Found = Mapping[str, Sequence[str]]


@pytest.fixture(scope="module")
def found_without(
    chromium: Browser,
    serve_dir: Serve,
    twin_readings: Mapping[str, Reading],
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[..., Found]:
    """`found_without(changes, pages)` gives what a build that lacks walls changes there; built once each."""

    @cache
    def found(changes: tuple[Change, ...], pages: tuple[str, ...]) -> Found:
        root = without(tmp_path_factory.mktemp("without"), *changes)
        done = mkdocs(root, "build", "--no-strict")
        assert done.returncode == 0, done.stderr
        with opened(chromium, serve_dir, Site(root)) as one:
            return changed({page: twin_readings[page] for page in pages}, one.read(pages))

    return found


@pytest.mark.parametrize("wall", WALLS)
def test_the_browser_tells_when_a_wall_is_taken_away(found_without: Callable[..., Found], wall: str) -> None:
    lacking, page = WALLS[wall]
    pages = tuple(other for same, other in WALLS.values() if same == lacking)

    assert found_without(LACKING[lacking], pages).get(page)


@pytest.mark.long
@pytest.mark.parametrize("wall", MORE_WALLS)
def test_the_browser_tells_when_another_wall_is_taken_away(
    found_without: Callable[..., Found], twin_readings: Mapping[str, Reading], wall: str
) -> None:
    assert found_without(MORE_WALLS[wall], tuple(twin_readings))


def test_the_cells_tell_when_their_guard_is_taken_away(tmp_path: Path) -> None:
    guard = (
        "hooks/handbook/pages/views/survey.py",
        """_FORMULA.sub(r"\\1\\2'", plain(value))""",
        "plain(value)",
    )
    root = without(tmp_path, guard)
    shutil.copy(ROOT / "pyproject.toml", root)
    write(root, {PATH: asking([text for text in STRINGS if FORMULA.match(text) and len(text) <= 160])[PATH]})

    done = handbook(root, "export", str(root / "made"), engine=root)

    assert done.returncode == 0, done.stderr
    assert formulas((root / f"made/{Path(PATH).parent}/survey.csv").read_text("utf-8"))


CALENDARS = """\
import sys
from pathlib import Path
from handbook.pages.website.website import Host, Website

for name, text in Website.read(Path("."), Host(), {}, "").downloads.items():
    if name.endswith(".ics"):
        Path(sys.argv[1], name.replace("/", "_")).write_bytes(text)
"""


def test_the_calendar_tells_when_its_escape_is_taken_away(tmp_path: Path) -> None:
    """The library's, that is; ours are titles in one line, or without its escape there would be no file."""
    titles = [text for text in STRINGS if len(text) <= 160 and "\\n" in text]
    bare = 'icalendar.vText.to_ical = lambda text: text.replace("\\n", "\\\\n").encode()'
    gone = ("hooks/handbook/guidance/calendars.py", "import icalendar\n", f"import icalendar\n\n{bare}\n")
    root = without(tmp_path / "root", gone)
    write(root, dated(titles))
    folder = tmp_path / "made"
    folder.mkdir()
    own = {**environment(DAY), "PYTHONPATH": str(root / "hooks")}
    command = [sys.executable, "-c", CALENDARS, str(folder)]

    done = subprocess.run(command, cwd=root, env=own, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    made = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert 12 == len(made)
    assert not_called(titles, made)


# --- every string in every field ------------------------------------------------------------------

PROGRAMS, PRODUCT_ENTRIES = 6, 2


@cache
def slots() -> Counter[str]:
    return Product.counted(PRODUCT_ENTRIES, PROGRAMS)


def rounds(*, of_organisation: bool) -> int:
    """In how many repositories every string has stood in every field."""
    needed = {one.path: -(-len(hostile.choices(one)) // slots()[one.path]) for one in fields()}
    return max(number for path, number in needed.items()
               if path.startswith("organisation.name") == of_organisation)  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("number", range(rounds(of_organisation=False)))
def test_every_string_in_every_field_stays_letters(
    chromium: Browser, serve_dir: Serve, tmp_path: Path, number: int
) -> None:
    site = build(make(tmp_path, hostile.files(Product(number, slots()), PRODUCT_ENTRIES, PROGRAMS)))
    paths = html_files(site)
    with opened(chromium, serve_dir, site) as one:
        one.watch(paths)
        for path in paths[number % 8 :: 8]:
            one.visit(path)
        one.page.wait_for_timeout(300)

    assert len(paths) > 100
    assert [] == one.happened


@pytest.mark.long
@pytest.mark.parametrize("number", range(rounds(of_organisation=True)))
def test_every_string_in_the_organisations_name_stays_letters(
    chromium: Browser, serve_dir: Serve, tmp_path: Path, number: int
) -> None:
    name = "programs/organisation.yml"
    own = hostile.files(Product(number, slots()), PRODUCT_ENTRIES)[name]
    site = build(make(tmp_path, {**SHORT, name: own}))
    paths = [
        "",
        "404.html",
        "programs/digital-fluency/roles/mentor/",
        f"{PATH.removesuffix('program.yml')}2027-spring/messages/",
    ]
    with opened(chromium, serve_dir, site) as one:
        for path in paths:
            one.visit(path)
        one.page.wait_for_timeout(300)

    assert [] == one.happened
