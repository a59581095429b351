"""Another language than English needs nothing but texts: every word follows it, and so does the direction."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import icalendar
import pytest
from playwright.sync_api import Browser, Page

from handbook import DATA
from handbook.contents.build import Build
from handbook.guidance.messages.announcement import Announcement
from handbook.guidance.messages.formats import FORMATS
from handbook.load.repository import load
from handbook.model.handbook import Handbook
from handbook.model.labels import Labels
from handbook.model.timeline import last_day
from handbook.text.document import Document, read
from tests.completeness import completeness, report
from tests.pseudo import LONG_WORD, Told, english, own_words, pseudo, spoken, texts
from tests.repository import SHORT, Files, Site, Sites, example, write

Serve = Callable[[Path], AbstractContextManager[str]]
Load = Callable[[Files], Any]

ORGANISATION = "programs/organisation.yml"
STYLES = sorted((DATA / "styles").glob("*.css"))
_english = read("en.yml", (DATA / "texts/en.yml").read_bytes())
assert isinstance(_english, Document)
ENGLISH = Labels.of("en", _english).words
SITES = {"short": SHORT, "example": example()}
# The names of things that are called so everywhere.
NAMES = re.compile(
    r"\b(?:GitHub|GitLab|Google Forms|Microsoft Forms|handbook import signups|Excel|CSV|PDF|QR|UTC)\b"
)


def told(site: Site, files: Files) -> list[str]:
    """Each English word that a site tells somebody, with its file and place."""
    own = own_words(files)
    found = []
    for name, content in site.files.items():
        for place, text in said_in(name, content):
            if words := english(NAMES.sub(" ", text), own):
                found.append(f"{name} {place}: {' '.join(words[:8])!r} in {' '.join(text.split())[:90]!r}")
    return found


def said_in(name: str, content: bytes) -> Iterable[tuple[str, str]]:
    """All that a file of a site says, each with its place there."""
    ending = next((ending for ending in _TOLD if name.endswith(ending)), "")
    return _TOLD[ending](content) if ending and b'http-equiv="refresh"' not in content else ()


def of_calendar(content: bytes) -> Iterator[tuple[str, str]]:
    for part in icalendar.Calendar.from_ical(content).walk():
        for key in ("summary", "description", "location", "name", "x-wr-calname"):
            yield key, str(part.get(key, ""))


def of_csv(content: bytes) -> Iterator[tuple[str, str]]:
    titles, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    yield from (("line 1", title) for title in titles)
    ids = len(titles) - 1 if len(titles) == 13 else None  # the last column of the question bank
    for number, row in enumerate(rows, 2):
        zones = r"\w+/\w+"
        yield from ((f"line {number}", cell) for cell in row[:ids] if not re.fullmatch(zones, cell))


def of_lettered(content: bytes) -> Iterator[tuple[str, str]]:
    text = re.sub(r"(?m)^[A-Z]{1,2}\. ", "", content.decode("utf-8-sig"))
    yield from ((f"line {number}", line) for number, line in enumerate(text.splitlines(), 1))


def of_script(content: bytes) -> Iterator[tuple[str, str]]:
    written = content.decode("utf-8-sig").partition("const SIGN_UP = ")[2]
    for question in json.loads(written.rstrip().rstrip(";"))["questions"]:
        yield from ((f"{question['field']}.{key}", question[key]) for key in ("title", "help", "why"))


_TOLD: Mapping[str, Callable[[bytes], Iterable[tuple[str, str]]]] = {
    ".html": lambda content: Told(content.decode()).said, ".ics": of_calendar, ".csv": of_csv,
    "sign-up-form.txt": of_lettered, "sign-up-form.gs": of_script,
}  # fmt: skip


# --- what there is, and what is said where there is nothing ----------------------------------------


def test_a_language_without_texts_is_told_with_those_that_there_are(load_with: Load) -> None:
    handbook, [problem] = load_with({ORGANISATION: "name: Small\nlanguage: sw\n"})

    assert handbook is None
    assert (2, 11, "wrong-choice") == (problem.line, problem.column, problem.code)
    assert "There are texts in: en." in problem.hint
    assert "docs/templates/texts/XX.yml" in problem.hint


def test_an_organisation_begins_a_language_with_one_label(load_with: Load) -> None:
    """What it lacks is English, block by block, and says so."""
    own = {
        ORGANISATION: "name: Small\nlanguage: de-AT\n",
        "docs/templates/texts/de-AT.yml": "role: {mentor: Mentorin}\ncount: {days: {other: '{n} Tage'}}\n",
    }
    handbook, problems = load_with(own)
    labels = handbook.labels

    assert () == problems
    assert "Mentorin" == labels.say("role.mentor")
    assert "Sponsor" == labels.say("role.sponsor")
    assert {"role.sponsor", "menu.kit"} <= labels.lacking
    assert not {"role.mentor", "count.days.one", "count.days.other"} & labels.lacking
    assert ["1 Tage", "3 Tage"] == [labels.count("count.days", number) for number in (1, 3)]


def test_words_for_roles_are_for_english_alone(load_with: Load) -> None:
    words = "words: {mentor: {one: guide, many: guides, a: a guide}}\n"
    files = {"docs/templates/texts/de.yml": "role: {mentee: Mentee}\n"}
    handbook, [problem] = load_with({**files, ORGANISATION: f"name: Small\nlanguage: de\n{words}"})

    assert handbook is None
    assert "English texts alone" in problem.message


@pytest.mark.site
def test_what_a_language_lacks_says_that_it_is_english(built: Sites) -> None:
    """In whole labels and texts, in no attribute, and never as letters of a tag."""
    texts = {
        ORGANISATION: SHORT[ORGANISATION] + "language: he\n",
        "docs/templates/texts/he.yml": "role: {mentor: \u05de}\n",
    }
    site = built({**SHORT, **texts})
    html = {page: site.html(page) for page in site.pages()}
    written = [name for name, content in site.files.items() if b"<span" in content and "html" not in name]

    assert [] == [page for page, text in html.items() if re.search(r"&lt;/?(?:span|div)", text)]
    assert [] == [page for page, text in html.items() if re.search(r'="[^"<>]*<(?:span|div)', text)]
    assert [] == [name for name in written if name.endswith((".ics", ".csv", ".txt", ".gs"))]
    assert all('<html lang="he"' in text and 'dir="rtl"' in text for text in html.values())
    spoken_as_english = r'<(?:div|span) (?:dir="ltr" lang="en"|lang="en" dir="ltr")>'
    assert [] == [page for page, text in html.items() if not re.search(spoken_as_english, text)]
    # A text of several paragraphs is one block.
    assert '<div dir="ltr" lang="en">' in html["guide/why/"]


# --- plurals, numbers, days -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("ar", {0: "zero", 1: "one", 2: "two", 5: "few", 11: "many", 100: "other", 103: "few"}),
        ("pl", {0: "many", 1: "one", 2: "few", 5: "many", 12: "many", 22: "few", 1.5: "other"}),
        ("ru", {0: "many", 1: "one", 3: "few", 5: "many", 11: "many", 21: "one", 22: "few"}),
        ("he", {0: "other", 1: "one", 2: "two", 10: "other"}),
        ("fr", {0: "one", 1: "one", 2: "other", 1_000_000: "many"}),
        ("ja", {0: "other", 1: "other", 2: "other"}),
    ],
)
def test_things_are_counted_by_the_forms_of_cldr(language: str, forms: dict[float, str]) -> None:
    words = {f"days.{form}": form for form in ("zero", "one", "two", "few", "many", "other")}

    assert forms == {number: str(Labels(language, words).count("days", number)) for number in forms}


def test_a_plural_is_english_as_a_whole_or_not_at_all() -> None:
    given = read("en.yml", b"count: {days: {one: '{n} day', other: '{n} days'}}")
    mine = read("ru.yml", "count: {days: {few: '{n} дня', other: '{n} дней'}}".encode())
    assert isinstance(given, Document)
    assert isinstance(mine, Document)
    labels = Labels.of("ru", given, mine)

    assert ["1 дней", "3 дня", "5 дней"] == [labels.count("count.days", number) for number in (1, 3, 5)]
    assert frozenset() == labels.lacking


@pytest.mark.parametrize(
    ("language", "share", "number"),
    [("en", "12.5%", "1,234.5"), ("de", "12,5\xa0%", "1.234,5"), ("fr", "12,5\xa0%", "1\u202f234,5")],
)
def test_numbers_are_written_as_the_language_does(language: str, share: str, number: str) -> None:
    labels = Labels(language)

    assert (share, number) == (labels.number(12.5, "%"), labels.number(1234.5))


# --- words that no label says ---------------------------------------------------------------------


def test_every_label_is_said_somewhere() -> None:
    """By its name, by the beginning of it where the rest is worked out, or by its group."""
    code = (one for ending in ("*.py", "*.j2", "*.html") for one in sorted(DATA.parent.rglob(ending)))
    text = "\n".join(one.read_text("utf-8") for one in code)
    whole = {*re.findall(r"""["']([a-z][\w-]*(?:\.[\w./-]*\w)+)["']""", text)}
    begun = {*re.findall(r"""["']([a-z][\w-]*\.(?:[\w/-]+\.)*)(?:["']|{)""", text)}
    begun |= {f"{group}." for group in re.findall(r"""map\("label", "([\w.-]+)"\)""", text)}

    plural = re.compile(r"\.(?:one|other)$")
    said = {name for name in ENGLISH if {name, plural.sub("", name)} & whole or name.startswith((*begun,))}
    assert [] == sorted({*ENGLISH} - said)


@pytest.mark.parametrize("file", STYLES, ids=lambda file: file.name)
def test_no_stylesheet_says_a_word(file: Path) -> None:
    """Nobody can translate it; signs such as brackets may be there."""
    said = re.findall(r"content:\s*([^;}]*)", without_comments(file))
    texts = [text for value in said for text in re.findall(r'"([^"]*)"', re.sub(r"\\[0-9a-f]+", "", value))]

    assert [] == [text for text in texts if re.search(r"[^\W\d_]", text)]


def test_no_script_says_a_word() -> None:
    """What a script says it takes from an attribute, which a label fills."""
    said = re.compile(
        r'(?:textContent|title|placeholder|innerText|"aria-label",)\s*[=,]?\s*"([^"\n]*[A-Za-z]{2}[^"\n]*)"'
    )
    found = {file.name: said.findall(file.read_text("utf-8")) for file in DATA.rglob("*.js")}

    assert {} == {name: words for name, words in found.items() if words}


def test_calendars_messages_and_announcements_are_in_the_language(tmp_path: Path) -> None:
    """Here with texts that an organisation writes over the engine's, as one without a copy of it does."""
    files = spoken_by_itself(example(), "he")
    write(tmp_path, files)
    handbook, problems = load(tmp_path)
    assert handbook is not None, problems

    own, found = own_words(files), []
    for name, text in announced(handbook):
        # The head of a mail is no word of a reader's; chat tools get signs that look alike.
        plain = re.sub(r"(?m)^Subject: |[\u2060\u02cd]", "", text)
        found += [f"{name}: {words}" for words in [english(plain, own)] if words]

    assert not found, "\n".join(found)


def announced(handbook: Handbook) -> Iterator[tuple[str, str]]:
    for cohort in handbook.cohorts:
        days = {cohort.start, last_day(cohort)}
        for build in (Build(day, "participants", site="https://handbook.example/") for day in sorted(days)):
            announcement = Announcement(handbook, build, cohort)
            for message in (announcement.for_all(), *announcement.for_each()):
                for form, written in FORMATS.items():
                    yield f"{cohort.id} on {build.day} as {form}", written(message)


def spoken_by_itself(files: Files, language: str) -> Files:
    data, own = "hooks/handbook/data/", "docs/templates/"
    said = {
        path.replace(f"{data}texts/", f"{own}texts/").replace(
            f"{data}playbook/{language}/", f"{own}playbook/"
        ): text
        for path, text in texts(language).items()
        if not path.endswith("program.yml")
    }
    organisation = re.sub(r"(?m)^language:.*\n", "", files[ORGANISATION])
    return {**files, **said, ORGANISATION: f"{organisation}language: {language}\n"}


@pytest.mark.site
def test_no_word_of_a_site_is_left_in_english(built: Sites) -> None:
    found = told(built(spoken(SHORT, "he")), SHORT)

    assert not found, "\n".join(found)


@pytest.mark.long
@pytest.mark.site
@pytest.mark.parametrize(("name", "language"), [("short", "ru"), ("example", "he"), ("example", "ru")])
def test_no_word_of_any_site_is_left_in_english(built: Sites, name: str, language: str) -> None:
    found = told(built(spoken(SITES[name], language)), SITES[name])

    assert not found, "\n".join(found)


def test_an_english_word_is_found() -> None:
    page = (
        '<html><head><title>א Mentors</title><meta name="description" content="Words"></head><body>'
        '<p title="Tip">ב</p><p lang="en">quiet</p><p data-said="Later">ג</p><code>make site</code>'
        "<script>var quiet;</script><p>organisation.yml, https://site.example/path ד</p></body></html>"
    )
    found = [word for _, text in Told(page).said for word in english(text, ())]

    assert ["Mentors", "Words", "Tip", "Later"] == found
    assert [] == english("Digital fluency", own_words(SHORT))


# --- from right to left ---------------------------------------------------------------------------


def without_comments(file: Path) -> str:
    return re.sub(
        r"/\*.*?\*/", lambda found: re.sub(r"[^\n]", " ", found[0]), file.read_text("utf-8"), flags=re.S
    )


_PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|inset|scroll-margin)-(?:left|right)(?:-\w+)?|left|right"
    r"|border-(?:top|bottom)-(?:left|right)-radius)\s*:[^;}]*"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)\b[^;}]*"
)
_SIDES = re.compile(
    r"(?<![\w-])(?P<name>padding|margin|border-width|inset|border-style|border-color)\s*:(?P<sides>[^;}]*)"
)
_CORNERS = re.compile(r"(?<![\w-])border-radius\s*:(?P<corners>[^;}]*)")
_MOVED = re.compile(r"translateX\([^)]*\)|translate\([^,)]*,|inset\s+-?[1-9.]\w*\s+0\s")


def physical(css: str) -> Iterator[tuple[int, str]]:
    """Each declaration that stays on its side where the direction turns, by its line; and how to write it."""
    for rule in re.finditer(r"([^{}]*)\{([^{}]*)\}", css):
        if "dir=" in rule[1] or "@page" in rule[1]:
            continue
        line, said = css.count("\n", 0, rule.start(2)) + 1, rule[2]
        for found in _PHYSICAL.finditer(said):
            yield line, f"{found[0].strip()}: say inline-start or inline-end"
        for found in _SIDES.finditer(said):
            sides = pieces(found["sides"])
            if len(sides) == 4 and sides[1] != sides[3]:
                name, after = ([*found["name"].split("-"), ""])[:2]
                block, inline = (f"{name}-{way}{'-' + after if after else ''}" for way in ("block", "inline"))
                top, right, bottom, left = sides
                yield line, f"{found[0].strip()}: say {block}: {top} {bottom}; {inline}: {left} {right}"
        for found in _CORNERS.finditer(said):
            corners = pieces(found["corners"])
            if len(corners) > 1 and "/" not in corners and mirrored(corners) != corners[:4]:
                yield line, f"{found[0].strip()}: say border-start-start-radius, …"
        if "border-inline" in said and (turn := re.search(r"rotate\([^)]*\)", said)):
            yield (
                line,
                f"{turn[0]} of a border at inline-start or inline-end: add the other way for [dir=rtl]",
            )
        for found in _MOVED.finditer(said):
            yield line, f"{found[0].strip()}: add a rule for [dir=rtl], or center it otherwise"


def pieces(value: str) -> list[str]:
    """The values of a shorthand, of which `calc(…)` is one."""
    return [
        piece
        for piece in re.findall(r"(?:[\w-]*\([^()]*(?:\([^()]*\)[^()]*)*\)|[^\s()]+)", value)
        if piece != "!important"
    ]


def mirrored(corners: list[str]) -> list[str]:
    first, second, third, fourth = {2: corners * 2, 3: [*corners, corners[1]]}.get(len(corners), corners)
    turned = [second, first, fourth, third]
    return corners if turned == [first, second, third, fourth] else turned


@pytest.mark.parametrize("file", STYLES, ids=lambda file: file.name)
def test_styles_turn_with_the_direction(file: Path) -> None:
    css = without_comments(file)
    turned = {where for where in re.findall(r"\[dir=\"?rtl\"?\]\s*([^{},]+)", css)}
    selectors = {line.strip() for line in turned}
    wrong = [
        f"{file.name}:{line}: {said}"
        for line, said in physical(css)
        if not any(one in css.splitlines()[line - 1] for one in selectors)
    ]

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("css", [
    ".a { margin-left: 1px }", ".a { left: 0 }", ".a { text-align: right }", ".a { padding: 0 1px 0 2px; }",
    ".a { border-radius: 1px 0 0 1px }", ".a { transform: translateX(-50%) }",
    ".a { border-width: 0 1px 1px 0 }",
])  # fmt: skip
def test_what_stays_on_its_side_is_found(css: str) -> None:
    assert 1 == len([*physical(css)])


@pytest.mark.parametrize("css", [
    ".a { margin-inline-start: 1px; inset-inline: 0 }", ".a { padding: 0 1px 2px 1px }",
    ".a { padding: 1px 2px 3px }",
    ".a { border-radius: 1px 1px 0 0 }", '[dir="rtl"] .a { left: 0 }', ".a { margin: 0 auto 1px }",
])  # fmt: skip
def test_what_turns_is_left_alone(css: str) -> None:
    assert [] == [*physical(css)]


def test_templates_say_no_side() -> None:
    """In attributes of style, and of SVG that a page draws."""
    found = [
        f"{file.relative_to(DATA).as_posix()}:{number}: {said}"
        for folder in ("templates", "theme")
        for file in sorted((DATA / folder).rglob("*.*"))
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        for said in re.findall(
            r'style="(?:[^"]*[\s;])?(?:left|right|margin-left|margin-right)\s*:[^"]*"', line
        )
    ]

    assert [] == found


# Every part that has a name of its own or draws, with its edges; each is looked at again the other way round.
_EDGES = """
() => {
  const inside = "[class*='hb-'], [class*='hb-'] svg *, .md-sidebar, .md-footer__link";
  const named = [...document.querySelectorAll(inside)], seen = [];
  for (const element of named) {
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    const draws = element instanceof SVGElement;
    // What stands in a line goes where the words round it let it go.
    if (/^inline/.test(style.display) && !draws || !box.width) continue;
    if (draws && element.closest("button, .md-icon, .md-source")) continue; // signs that stand for a word
    if (element.closest("[hidden], .hb-hidden, .md-search, [class*='-code'], [class*='-qr']")) continue;
    const own = (draws ? element.closest("[class*='hb-']") : element).className;
    const name = element.tagName.toLowerCase() + "." + String(own.baseVal ?? own).match(/[\\w-]+/)[0];
    const edges = [box.left, box.right];
    if (element instanceof SVGGeometryElement) {
      edges.push(element.getPointAtLength(0).matrixTransform(element.getScreenCTM()).x);
    }
    for (const part of ["::before", "::after"]) {
      const drawn = getComputedStyle(element, part);
      if (drawn.content === "none" || drawn.position !== "absolute") continue;
      edges.push([parseFloat(drawn.left), parseFloat(drawn.right)]);
    }
    edges.push([parseFloat(style.paddingLeft), parseFloat(style.paddingRight)]);
    edges.push([parseFloat(style.borderLeftWidth), parseFloat(style.borderRightWidth)]);
    let above = element.parentElement;
    while (above && !named.includes(above)) above = above.parentElement;
    seen.push({name, edges, at: named.indexOf(element), above: named.indexOf(above)});
  }
  return {width: document.documentElement.clientWidth, seen};
}
"""
_TURN = "way => { document.documentElement.dir = document.body.dir = way; }"


def unturned(page: Page) -> list[str]:
    """The parts of a page that do not stand mirrored when its direction turns; nothing of what is in them."""
    there = page.evaluate(_EDGES)
    page.evaluate(_TURN, "ltr")
    here = page.evaluate(_EDGES)
    page.evaluate(_TURN, "rtl")
    width, found, wrong = there["width"], dict[str, str](), set[int]()
    for one, other in zip(there["seen"], here["seen"], strict=True):
        (left, right, *more), (left_here, right_here, *more_here) = one["edges"], other["edges"]
        turned = [width - right_here, width - left_here]
        turned += [width - edge if isinstance(edge, float | int) else edge[::-1] for edge in more_here]
        if one["above"] in wrong or apart([left, right, *more], turned):
            wrong.add(one["at"])
            if one["above"] not in wrong:
                found[one["name"]] = f"{one['name']}: {[left, right, *more]} in place of {turned}"
    return [*found.values()]


def apart(edges: list[Any], turned: list[Any]) -> bool:
    return any(
        apart(one, other)
        if isinstance(one, list)
        else one is not None and other is not None and abs(one - other) > 2
        for one, other in zip(edges, turned, strict=True)
    )


CUT = """
() => {
  const cut = [], page = document.documentElement;
  const named = one => one.tagName.toLowerCase() + "." + one.className;
  if (page.scrollWidth > page.clientWidth) {
    const wide = [...document.querySelectorAll("body *")].filter(one => {
      const box = one.getBoundingClientRect();
      if (one.closest(".md-sidebar, .md-search, .hb-hidden, .hb-scroll, pre, table")) return false;
      return box.right > page.clientWidth + 1 || box.left < -1;
    });
    cut.push("wider than the window: " + wide.slice(-3).map(one =>
      named(one) + " " + one.textContent.trim().slice(0, 30) + "<" + named(one.parentElement)).join(", "));
  }
  const parts = ".md-content *, .md-footer *, .md-header__title *, .hb-head *, .md-banner *, .hb-notice";
  for (const one of document.querySelectorAll(parts)) {
    const style = getComputedStyle(one), text = one.textContent.trim();
    if (!/hidden|clip/.test(style.overflowX + style.overflowY)) continue;
    // The head of the theme says the title once more, in two lines at most.
    if (one.closest(".hb-hidden, [hidden], .md-search, .md-header__topic")) continue;
    if (style.clipPath !== "none" || style.opacity === "0" || !one.clientWidth || !text) continue;
    if (one.scrollWidth > one.clientWidth + 1) cut.push(`cut: ${named(one)} “${text.slice(0, 40)}”`);
  }
  return cut;
}
"""


def look(
    chromium: Browser, url: str, pages: list[str], width: int, check: Callable[[Page], list[str]]
) -> list[str]:
    """What a check says of pages, each once, with the first page that has it."""
    window = chromium.new_context(viewport={"width": width, "height": 900})
    page, found = window.new_page(), dict[str, str]()
    for address in pages:
        page.goto(f"{url}/{address}")
        for said in check(page):
            found.setdefault(said, f"{address or 'home'} at {width} px: {said}")
    window.close()
    return [*found.values()]


def cut(page: Page) -> list[str]:
    said: list[str] = page.evaluate(CUT)
    return said


FLUENCY = "programs/digital-fluency/"
SAMPLE = [
    "",
    FLUENCY,
    *(f"{FLUENCY}{name}/" for name in ("roles/mentor", "sessions/first-meeting", "2027-spring", "kit")),
]


@pytest.mark.browser
def test_parts_are_mirrored_and_nothing_is_cut(chromium: Browser, serve_dir: Serve, built: Sites) -> None:
    with serve_dir(built(spoken(SHORT, "he")).folder) as url:
        found = [*look(chromium, url, SAMPLE, 320, cut), *look(chromium, url, SAMPLE, 1280, unturned)]
        window = chromium.new_context(viewport={"width": 1280, "height": 900})
        page = window.new_page()
        page.goto(f"{url}/{FLUENCY}kit/")
        menu, text = (
            page.locator(one).bounding_box() for one in (".md-sidebar >> nth=0", ".md-content article")
        )
        window.close()

    assert not found, "\n".join(found)
    assert menu
    assert text
    assert menu["x"] > text["x"]


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.parametrize("language", ["he", "ru"])
@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_is_cut_on_any_page(
    chromium: Browser, serve_dir: Serve, built: Sites, language: str, width: int
) -> None:
    site = built(spoken(example(), language))
    with serve_dir(site.folder) as url:
        found = look(chromium, url, site.pages(), width, cut)

    assert not found, "\n".join(found)


@pytest.mark.long
@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_every_part_of_every_page_is_mirrored(
    chromium: Browser, serve_dir: Serve, built: Sites, width: int
) -> None:
    site = built(spoken(example(), "he"))
    with serve_dir(site.folder) as url:
        found = look(chromium, url, site.pages(), width, unturned)

    # Each once, with the first page that has it.
    parts = {said.partition("px: ")[2].partition(":")[0]: said for said in reversed(found)}
    assert not parts, "\n".join(parts.values())


@pytest.mark.long
@pytest.mark.browser
def test_a_very_long_word_breaks_nothing(chromium: Browser, serve_dir: Serve, built: Sites) -> None:
    """A title of sixty letters without a gap, and one such word in every label and every text."""
    files = {
        path: re.sub(r"(?m)^(title: |name: )(.*)$", rf"\g<1>{LONG_WORD}", text, count=1)
        if path.startswith("programs/")
        else text
        for path, text in SHORT.items()
    }
    # How days are written is no word; what is absent stays as it is.
    labels = re.sub(r"(?ms)^dates:.*?(?=^\w)", "", (DATA / "texts/en.yml").read_text("utf-8"))
    long = re.sub(r"(?m)^( {2,6}(?:\w|-)+: \"?)([A-Z][^\"{\n]{3,}\"?)$", rf"\g<1>{LONG_WORD} \g<2>", labels)
    faq = f"---\ntitle: {LONG_WORD}\nfor: [mentor]\n---\n\n**{LONG_WORD}** and {LONG_WORD}.\n"
    own = {"docs/templates/texts/en.yml": long, "docs/templates/playbook/faq/long.md": faq}
    site = built({**files, **own})
    with serve_dir(site.folder) as url:
        found = look(chromium, url, site.pages(), 320, cut)

    assert not found, "\n".join(found)


# --- how complete a language is -------------------------------------------------------------------


def test_a_translator_sees_what_is_missing_and_what_no_longer_fits(tmp_path: Path) -> None:
    base = "docs/templates/"
    write(tmp_path, {
        f"{base}texts/de.yml": "role: {mentor: Mentorin}\nhome: {title: 'Mentoring bei {firma}'}\nold: Weg\n",
        f"{base}playbook/faq/no-reply.md": "---\ntitle: Keine Antwort\n---\nFrag nach.\n",
    })  # fmt: skip
    german = completeness(tmp_path)["de"]

    assert {"role.mentee", "menu.kit"} <= {*german.missing}
    assert "role.mentor" not in german.missing
    assert {"faq/may-i-say-no"} <= {*german.missing}
    assert "faq/no-reply" not in german.missing
    assert {"home.title", "old", "faq/no-reply"} <= {*german.outdated}
    assert re.search(r"(?m)^de +labels +2 of \d+$", report(tmp_path))


def test_english_lacks_nothing(tmp_path: Path) -> None:
    assert ((), ()) == completeness(tmp_path)["en"][1:]


def test_a_pseudo_language_is_longer_and_keeps_code_and_links() -> None:
    text = (
        'Ask [him]({{ page("safety") }}) about `make site` in {n} days, {{ in_programs("our page", "x") }}.'
    )
    said = pseudo(text, "ru")

    assert '({{ page("safety") }})' in said
    assert "`make site`" in said
    assert "{n}" in said
    assert '"x"' in said
    assert '"our page"' not in said
    assert [] == english(re.sub(r"{.*?}+|`.*?`", "", said), ())
    assert (
        1.2
        < len(pseudo("every word of it is longer now", "ru")) / len("every word of it is longer now")
        < 1.5
    )
