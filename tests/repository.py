"""Temporary repositories, and the sites that the real `mkdocs` builds from them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "hooks/handbook/data/example"
MINIATURE = ROOT / "tests/miniature"
DAY = "2027-03-10"
HOST = "https://github.com/small/steps"

Files = Mapping[str, str]

MKDOCS = f"""\
INHERIT: hooks/mkdocs.yml
site_url: https://handbook.example/
repo_url: {HOST}
edit_uri: edit/trunk/docs/
"""
PROGRAM = """\
title: Digital fluency
summary: Early-career colleagues mentor our directors on AI and everyday digital tools.
sponsor: {title: Chief operating officer}
goals:
  - title: Directors use AI tools in their own work every week
    measure: {what: Directors who used an AI tool this week, unit: "%", baseline: 20, target: 80}
commitment: {sessions: 6, minutes: 60, every_weeks: 3}
topics: [ai-tools, the-rest]
forms:
  - {id: end-survey, url: "https://forms.example/end"}
  - the-rest
sign_up: {opens: {week: -8}}
"""
COHORT = """\
title: Spring 2027
start: 2027-02-01
sign_up: {opens: 2026-12-01, closes: 2027-01-11}
"""
# The least that an organisation writes: a name, a program of twelve lines, a cohort of three.
SHORT: dict[str, str] = {
    "mkdocs.yml": MKDOCS,
    "docs/assets/local.css": ".md-header { letter-spacing: 0; }\n",
    "programs/organisation.yml": "name: Small Steps\n",
    "programs/digital-fluency/program.yml": PROGRAM,
    "programs/digital-fluency/2027-spring.yml": COHORT,
}


def make(folder: Path, files: Files) -> Path:
    """Write a repository with a copy of the engine, but nothing of this one's organisation."""
    ignored = shutil.ignore_patterns("__pycache__", "local", "*.egg-info")
    shutil.copytree(ROOT / "hooks", folder / "hooks", ignore=ignored)
    shutil.copytree(ROOT / "schemas", folder / "schemas")
    (folder / "docs").mkdir(exist_ok=True)  # MkDocs wants one
    write(folder, files)
    return folder


def write(folder: Path, files: Files) -> None:
    """Write files by their path."""
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8", newline="\n")


def read(folder: Path, below: str = "") -> dict[str, str]:
    """Give the text files of a folder by their path, so that a repository can be made of them."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {f"{below}{file.relative_to(folder).as_posix()}": file.read_text("utf-8") for file in files}


def example() -> Files:
    """Give the shipped example, with a host for its changes."""
    return {"mkdocs.yml": MKDOCS} | read(EXAMPLE, "programs/")


def environment(day: str) -> dict[str, str]:
    """Give this process's environment without what would change a build, on one day."""
    changing = ("PYTHONPATH", "SITE_URL", "HANDBOOK_AUDIENCE")
    kept = {name: value for name, value in os.environ.items() if name not in changing}
    return kept | {"HANDBOOK_TODAY": day, "NO_MKDOCS_2_WARNING": "1"}


# Whether the test that goes on has the mark `site`, so that `make test-quick` leaves it out.
builds_are_marked = True


def mkdocs(root: Path, *arguments: str, day: str = DAY) -> subprocess.CompletedProcess[str]:
    """Run the real command in a repository."""
    assert builds_are_marked, "A test that builds has the mark `site`, or asks for `built`."
    command = [sys.executable, "-m", "mkdocs", *arguments]
    return subprocess.run(command, cwd=root, env=environment(day), capture_output=True, text=True)


def build(root: Path, day: str = DAY) -> Site:
    """Build a site as `make site` does, strictly; a build that fails fails the test."""
    done = mkdocs(root, "build", "--strict", day=day)
    log = done.stdout + done.stderr
    (root / "build.log").write_text(log, "utf-8")
    assert done.returncode == 0, log
    return Site(root)


MOST_PATIENCE = 600


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Hold a lock between processes, on any system: whoever makes the file has it, the others wait.

    One that its holder left, for it was killed, is a TimeoutError in the end.
    """
    latest = time.monotonic() + MOST_PATIENCE
    while True:
        try:
            lock.touch(exist_ok=False)
            break
        except (FileExistsError, PermissionError):  # the latter on Windows, while it is being deleted
            if time.monotonic() > latest:
                raise TimeoutError(f"{lock} is still held") from None
            time.sleep(0.05)
    try:
        yield
    finally:
        lock.unlink()


class Sites:
    """Builds each site once in a test run, whichever of its processes asks first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, files: Files, day: str = DAY, again: str = "") -> Site:
        """Give the built site of a repository on a day; `again` asks for another build of the same."""
        name = sha256(repr((sorted(files.items()), day, again)).encode()).hexdigest()[:12]
        self.folder.mkdir(exist_ok=True)
        with alone(self.folder / f"{name}.lock"):
            root = self.folder / name
            if (root / "done").exists():
                return Site(root)
            shutil.rmtree(root, ignore_errors=True)
            site = build(make(root, files), day)
            (root / "done").touch()
            return site


@dataclass(frozen=True)
class Site:
    """A built site, and the repository that it was built from."""

    root: Path

    @property
    def folder(self) -> Path:
        """Where its pages are."""
        return self.root / "site"

    @property
    def log(self) -> str:
        """What the build said."""
        return (self.root / "build.log").read_text("utf-8")

    @cached_property
    def files(self) -> dict[str, bytes]:
        """Every file by its path."""
        return {
            file.relative_to(self.folder).as_posix(): file.read_bytes()
            for file in sorted(self.folder.rglob("*"))
            if file.is_file()
        }

    def pages(self) -> list[str]:
        """The pages' paths, with the slash that browsers show at their end; home is empty.

        What only leads on to another page is none.
        """
        sent = (
            (name, html) for name, html in self.files.items() if name.endswith(".html") and name != "404.html"
        )
        found = [name for name, html in sent if b'http-equiv="refresh"' not in html]
        return [name.removesuffix("index.html") for name in found]

    def html(self, page: str) -> str:
        """A page as it is sent."""
        return self.files[f"{page}index.html"].decode()

    def searched(self) -> dict[str, tuple[str, list[list[str]]]]:
        """What the search knows: by address a page's title, and its sections as anchor, heading and text."""
        parts = [
            json.loads(f"[{text.decode().removeprefix('handbookSearch(').removesuffix(');' + chr(10))}]")
            for name, text in self.files.items()
            if name.startswith("search/")
        ]
        [shared] = [about["shared"] for _, _, about in parts if about]
        return {
            page[0]: (page[1], [shared[one] if isinstance(one, int) else one for one in page[-1]])
            for _, pages, _ in parts
            for page in pages
        }

    def look(self, page: str) -> Look:
        """A page as a reader sees it."""
        return Look(self.html(page))

    def dead_links(self) -> Iterator[str]:
        """Name each link inside the site that leads to nothing."""
        for page in self.pages():
            for target in self.look(page).addresses:
                parts = urlsplit(target)
                if parts.scheme or parts.netloc or not parts.path:
                    if not (parts.scheme or parts.netloc or parts.fragment):
                        yield f"{page} -> {target!r}"
                    continue
                path = os.path.normpath(f"/{page}{unquote(parts.path)}").strip("/")
                path = path if path in self.files else f"{path}/index.html".strip("/")
                if path not in self.files:
                    yield f"{page} -> {target}"


_SILENT = frozenset({"script", "style", "svg", "template", "title"})
_VOID = frozenset({"base", "br", "hr", "img", "input", "link", "meta", "source", "wbr"})


class Look(HTMLParser):
    """The words and links of one page.

    Attributes:
        text: of the article, without its foot.
        headings: the text of each heading of the first and second level.
        addresses: of all links, pictures, scripts and styles.
        edits: what the page's "change this" links and Material's edit button lead to.
        scripts: the text of each script.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.headings: list[str] = []
        self.addresses: list[str] = []
        self.edits: list[str] = []
        self.scripts: list[str] = []
        self._open: list[tuple[str, str]] = []
        self.feed(html)
        self.text = re.sub(r"\s+", " ", self.text).strip()

    @property
    def words(self) -> int:
        """How many words the article has."""
        return len(re.findall(r"\w+", self.text))

    def _inside(self, tag: str, style: str = "") -> bool:
        return any(tag in ("", one) and style in (*named.split(), "") for one, named in self._open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        style = said.get("class", "")
        self.addresses += [said[name] for name in ("href", "src") if name in said and tag != "base"]
        if tag == "a" and {"hb-change__link", "md-content__button"} & set(style.split()):
            self.edits.append(said["href"])
        if tag == "script":
            self.scripts.append("")
        if tag in ("h1", "h2") and self._inside("article"):
            self.headings.append("")
        if tag not in _VOID:
            self._open.append((tag, style))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tag, style = self._open[-1] if self._open else ("", "")
        if tag == "script":
            self.scripts[-1] += data
        if any(one in _SILENT for one, _ in self._open) or "headerlink" in style:
            return
        if self._inside("article") and not self._inside("", "hb-foot"):
            self.text += f" {data}"
        if self.headings and (self._inside("h1") or self._inside("h2")) and self._inside("article"):
            self.headings[-1] += data
