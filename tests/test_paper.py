"""What is printed from a browser, and the booklets that `handbook print` makes: both are read as PDF."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from playwright.sync_api import Browser
from pypdf import PdfReader

from handbook import cli
from handbook.contents.build import Build, Host
from handbook.contents.kinds import BY_NAME
from handbook.model.handbook import Handbook
from handbook.pages.rendering.pages import render_kinds
from handbook.pages.website import booklets
from handbook.pages.website.website import Website
from tests.repository import DAY, ROOT, SHORT, Files, Sites, environment, example, make

Serve = Callable[[Path], AbstractContextManager[str]]

FLUENCY = "programs/digital-fluency/"
PAPERS = ("A4", "Letter")
TEAM = "mentoring@northwind.example"
FOR_SCREENS = ("On this page", "Remember on this device", "Menu", "Search", "Print", "Copy", "Back to top")
PEOPLE = """
people:
  - {id: one, name: Ada Quill, role: mentor, consent: public}
  - {id: two, name: Bo Reed, role: mentee, consent: public}
pairings:
  - {mentor: one, mentee: two, confirmed: {mentor: 2027-01-20, mentee: 2027-01-20}, announce: 2027-01-29}
"""
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 9h9V0z"/></svg>'
PAIRED: Files = SHORT | {
    "programs/digital-fluency/2027-spring.yml": SHORT["programs/digital-fluency/2027-spring.yml"] + PEOPLE,
    "programs/organisation.yml": "name: Small Steps\nsite: https://steps.example/mentoring/\n",
    "mkdocs.yml": f"{SHORT['mkdocs.yml']}theme:\n  logo: assets/steps.svg\n",
    "docs/assets/steps.svg": LOGO,
}


# --- printed from a browser -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def printed(
    chromium: Browser, serve_dir: Serve, built: Sites
) -> Iterator[Callable[[str, str], tuple[PdfReader, list[str]]]]:
    """`printed(page, paper)` gives the PDF of a page of the example, and the text of each of its sides."""
    with serve_dir(built(example()).folder) as url:
        window = chromium.new_page(color_scheme="dark")

        def printing(page: str, paper: str) -> tuple[PdfReader, list[str]]:
            window.goto(f"{url}/{page}")
            sides = PdfReader(io.BytesIO(window.pdf(format=paper, prefer_css_page_size=True)))
            return sides, [normalize("NFKC", side.extract_text()) for side in sides.pages]  # no ligatures

        yield printing
        window.close()


Printing = Callable[[str, str], tuple[PdfReader, list[str]]]


@pytest.mark.parametrize("paper", PAPERS)
def test_the_agreement_takes_two_pages_with_the_rules_before_the_signatures(
    printed: Printing, paper: str
) -> None:
    _, sides = printed(f"{FLUENCY}agreement/", paper)
    whole = "\n".join(sides)

    assert 2 == len(sides)
    assert whole.index("Ground rules") < whole.index("We agree on this") < whole.index("Code of conduct")
    assert all(word in sides[1] for word in ("We agree on this", "Both of us", "Signature"))
    assert "mailto:" not in whole
    assert TEAM in whole.replace("\n", "")
    assert f"https://northwind.example/mentoring/{FLUENCY}agreement/" in whole.replace("\n", "")


@pytest.mark.parametrize("paper", PAPERS)
def test_the_certificate_is_one_page_across_that_says_for_what(printed: Printing, paper: str) -> None:
    pdf, [side] = printed(f"{FLUENCY}sheets/certificate/", paper)

    assert pdf.pages[0].mediabox.width > pdf.pages[0].mediabox.height
    for words in ("Certificate", "Northwind Health", "Spring 2027", "6 sessions of 60 minutes", "Signature"):
        assert words in side
    assert "Chief operating officer" in side


@pytest.mark.parametrize(
    ("page", "most"),
    [
        ("sessions/first-meeting/", 2),
        ("roles/coordinator/", 4),
        ("kit/pitch/", 1),
        ("sheets/goal-sheet/", 1),
        ("sheets/session-log/", 1),
        ("2027-spring/", 5),
    ],
)
def test_guides_take_few_pages_and_none_is_empty(printed: Printing, page: str, most: int) -> None:
    for paper in PAPERS:
        _, sides = printed(f"{FLUENCY}{page}", paper)

        assert most >= len(sides)
        assert all(side.strip() for side in sides)
        assert "mailto:" not in "".join(sides)
        assert [] == [words for words in FOR_SCREENS if words in "".join(sides)]


def test_what_folds_is_open_and_what_has_states_keeps_them_without_colours(
    chromium: Browser, serve_dir: Serve, built: Sites
) -> None:
    with serve_dir(built(example()).folder) as url:
        page = chromium.new_page()
        page.emulate_media(media="print")
        page.goto(f"{url}/{FLUENCY}roles/mentor/")
        shut = page.locator("article details:not([open]) > :not(summary)")
        assert shut.count() > 4
        assert all(
            one.is_visible()
            for one in shut.all()
            if one.evaluate("one => one.closest('.hb-contents, .hb-foot') === null")
        )
        # Of the stops on the way, the next one and those to come are rings, and the others discs.
        widths = page.eval_on_selector_all(
            ".hb-journey__line path",
            "all => all.map(one => [one.className.baseVal, getComputedStyle(one).strokeWidth])",
        )
        page.close()

    wide = {
        name.split("--")[-1]: float(width.removesuffix("px")) for name, width in widths if "__stop" in name
    }
    assert wide["now"] == wide["next"] > wide["coming"] > wide["done"]
    assert 2 == sum("__hole" in name for name, _ in widths)


def test_a_button_prints_and_is_not_printed(chromium: Browser, serve_dir: Serve, built: Sites) -> None:
    with serve_dir(built(example()).folder) as url:
        page = chromium.new_page(color_scheme="dark")
        page.add_init_script("window.print = () => { window.printed = true; }")
        page.goto(f"{url}/{FLUENCY}agreement/")
        assert page.locator(".hb-back").is_hidden()
        page.get_by_role("button", name="Print").click()
        assert page.evaluate("window.printed")
        page.emulate_media(media="print")
        assert page.locator("[data-print]").is_hidden()
        assert page.locator(".hb-back svg").is_visible()
        # Whoever reads in the dark prints dark on white.
        ink = page.locator("h1").evaluate("one => getComputedStyle(one).color")
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.close()

    shades = [sum(map(int, re.findall(r"\d+", colour)[:3])) for colour in (ink, paper)]
    assert shades[0] < 200
    assert shades[1] in (0, 765)  # none, or white
    assert paper != "rgb(0, 0, 0)"


def test_a_code_leads_back_only_where_the_address_is_known(short: Handbook) -> None:
    kinds = [BY_NAME[name] for name in ("agreement", "sheet", "session", "role")]
    for site in ("", "https://steps.example/mentoring/"):
        pages, problems = render_kinds(short, Build(date.fromisoformat(DAY), site=site), kinds)

        assert () == problems
        assert {bool(site)} == {"hb-back" in page.text for page in pages}


# --- booklets -------------------------------------------------------------------------------------


def missing() -> str:
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError) as error:
        return f"WeasyPrint or Pango is missing: {error}"
    return ""


@pytest.fixture(scope="module")
def booklet_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if reason := missing():
        pytest.skip(reason)
    return make(tmp_path_factory.mktemp("booklets"), PAIRED)


def printing(root: Path, out: str, *words: str) -> Path:
    command = [sys.executable, "-m", "handbook.cli", "-C", str(root), "print", str(root / out), *words]
    engine = {"PYTHONPATH": str(ROOT / "hooks")}  # this one, wherever another is installed
    done = subprocess.run(command, env=environment(DAY) | engine, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / out


@pytest.fixture(scope="module")
def of_two(booklet_root: Path) -> Path:
    """The booklets of one role and one pairing."""
    return printing(booklet_root, "print", "--role", "mentor", "--pairing", "1-with-1")


def outline(pdf: PdfReader, entries: object = None) -> list[str]:
    found: list[str] = []
    for entry in pdf.outline if entries is None else entries:  # type: ignore[attr-defined]
        found += outline(pdf, entry) if isinstance(entry, list) else [str(entry.title)]
    return found


def looked_at(file: Path, sections: tuple[str, ...], pages: range) -> None:
    pdf = PdfReader(file)
    root = pdf.root_object
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    links = [
        str(link["/Dest"])
        for page in pdf.pages
        for link in (one.get_object() for one in page.get("/Annots", ()))
        if "/Dest" in link
    ]

    assert len(pdf.pages) in pages
    assert "en" == str(root["/Lang"])
    assert "/StructTreeRoot" in root
    assert "{'/Marked': True}" == str(root["/MarkInfo"])
    assert pdf.metadata
    assert pdf.metadata.title
    assert [] == [name for name in sections if name not in text]
    assert [] == [name for name in sections if name not in outline(pdf)]
    assert len(links) > len(sections)
    assert set(links) <= set(pdf.named_destinations)


def test_a_roles_booklet_holds_what_that_role_needs(of_two: Path) -> None:
    sections = (
        "The mentor’s guide", "Safety and support", "Agreement and rules", "Sessions", "Spring 2027",
        "Goal sheet",
    )  # fmt: skip
    looked_at(of_two / "digital-fluency-roles-mentor.pdf", sections, range(15, 40))


def test_a_pairings_booklet_holds_what_the_two_need(of_two: Path) -> None:
    sections = ("Ada Quill and Bo Reed", "Agreement and rules", "Session log", "Safety and support")
    looked_at(of_two / "digital-fluency-2027-spring-pairings-1-with-1.pdf", sections, range(12, 30))
    assert 2 == len([*of_two.iterdir()])


def test_an_organisations_logo_is_on_the_certificate_and_on_the_cover(
    booklet_root: Path, of_two: Path
) -> None:
    page = BeautifulSoup(
        (booklet_root / "site" / FLUENCY / "sheets/certificate/index.html").read_text("utf-8"), "html.parser"
    )
    pdf = PdfReader(of_two / "digital-fluency-roles-mentor.pdf")

    assert ("../../../../assets/steps.svg", "Small Steps") in [
        (logo["src"], logo["alt"]) for logo in page.select(".hb-sheet__mark img")
    ]
    assert not page.select(".hb-emblem")
    assert "Small Steps" in pictures(pdf.root_object["/StructTreeRoot"])


def pictures(tagged: Any) -> list[str]:
    """What is said of each picture of a PDF, by its tags."""
    below: Any = tagged.get("/K", ()) if isinstance(tagged, dict) else ()
    kids = [kid.get_object() for kid in (below if isinstance(below, list | tuple) else (below,))]
    own = [str(tagged["/Alt"])] if "/Alt" in tagged else []
    return own + [one for kid in kids if isinstance(kid, dict) for one in pictures(kid)]


def test_links_of_booklets_lead_to_their_own_pages_or_to_the_site(
    booklet_root: Path, of_two: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the whole handbook too, before it is PDF: what leads nowhere is left out there."""
    monkeypatch.setenv("HANDBOOK_TODAY", DAY)
    website = Website.read(booklet_root, Host(), {}, None)
    planned = [*booklets.planned(website, website.menu(()).ways)]
    assert len(planned) == 7
    for booklet in (planned[0], *planned[-2:]):
        page = BeautifulSoup(booklets.html(booklet, website, booklet_root / "site"), "html.parser")
        ids = [str(one["id"]) for one in page.select("[id]") if not one.find_parent("svg")]
        leading = [str(link["href"]) for link in page.select("a[href]")]

        assert len(ids) == len(set(ids))
        assert [] == [link for link in leading if link.startswith("#") and link[1:] not in ids]
        assert [] == [link for link in leading if not re.match(r"#/|https://|mailto:|tel:", link)]
        assert not [link for link in leading if "handbook.invalid" in link]


def test_without_weasyprint_a_sentence_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    said = CliRunner().invoke(cli.main, ["-C", str(tmp_path), "print"])

    assert 1 == said.exit_code
    assert "make print" in said.stderr
    assert "libpango" in said.stderr
    assert [] == [*tmp_path.iterdir()]


def test_what_is_the_handbooks_is_not_printed_into(tmp_path: Path) -> None:
    said = CliRunner().invoke(cli.main, ["-C", str(tmp_path), "print", str(tmp_path / "programs")])

    assert 1 == said.exit_code
    assert "part of the handbook" in said.stderr


@pytest.mark.long
def test_the_same_handbook_makes_the_same_bytes_and_the_whole_holds_every_page(
    booklet_root: Path, of_two: Path
) -> None:
    again = printing(booklet_root, "again", "--pairing", "1-with-1", "--all")
    name = "digital-fluency-2027-spring-pairings-1-with-1.pdf"
    assert (of_two / name).read_bytes() == (again / name).read_bytes()
    sections = ("Digital fluency", "Coordinator’s kit", "The mentor’s guide", "Ada Quill and Bo Reed")
    looked_at(again / "handbook.pdf", sections, range(100, 300))
