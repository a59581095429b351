"""Sites as `mkdocs build --strict` and `mkdocs serve` make them, of a dozen lines and of odd repositories."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import yaml
from mkdocs.exceptions import PluginError
from mkdocs.plugins import PluginCollection, event_priority

import handbook_site
from handbook.contents import kinds, templating
from handbook.contents.build import Build
from handbook.contents.kinds import ANNOUNCEMENTS
from handbook.load.files import Files as Reader
from handbook.load.readers.settings import config_problems
from handbook.model.handbook import Handbook
from handbook.pages.rendering import pages
from handbook.pages.rendering.macros import Macros
from handbook.pages.website import website
from handbook.pages.website.website import Website
from handbook.text.problems import HandbookError, Problem
from handbook.text.prose import Wording
from tests.conftest import Loaded
from tests.repository import (
    COHORT,
    DAY,
    HOST,
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
)  # fmt: skip

PLAYBOOK = ROOT / "hooks/handbook/data/playbook/en"
PROGRAM_AT, COHORT_AT = "programs/digital-fluency/program.yml", "programs/digital-fluency/2027-spring.yml"
BASE = "programs/digital-fluency/"
TODAY = Build(date.fromisoformat(DAY))
WITHOUT_HOST = "INHERIT: hooks/mkdocs.yml\n"
ROLES = ("mentor", "mentee", "coordinator", "sponsor", "line-manager")
# All eight sessions of the playbook, so that each of its texts is taken.
EVERYTHING = SHORT | {
    PROGRAM_AT: PROGRAM.replace("sessions: 6", "sessions: 10").replace("topics: [", "topics: [inclusion, ")
}
ORGANISATION_AT = "programs/organisation.yml"
OWN_HOME = "{% extends 'engine/home.md.j2' %}\n{% block help %}Come in.{% endblock %}\n"
PRACTICE = "The practice of this page is to be written by hand."
OWN_NAV = """\
nav:
  - Ours: ours.md
  - "Intranet <b> & more": https://intranet.example/?a=1&b=2
  - Elsewhere: [https://chat.example.org/mentoring]
"""
EARLY = """\
from mkdocs.plugins import event_priority

@event_priority(200)
def on_config(config):
    config.copyright = (config.copyright or "") + "Ours."
"""
OWN: Files = SHORT | {
    "mkdocs.yml": WITHOUT_HOST + OWN_NAV,
    "docs/ours.md": "---\nrender_macros: true\n---\n# Ours\n\n{{ program('digital-fluency') }}\n",
    "docs/guide/why.md": f"# Our own reasons\n\n{PRACTICE}\n",
    "docs/README.md": "# Our own front page\n\nSee [the guide](guide.md).\n",
    "docs/guide.md": "# Our own guide\n\nBack to [home](README.md).\n",
    "docs/templates/faq-notes.md": "# Nobody shall read this\n",
    "hooks/local/stamp.py": "def on_page_content(html, **_):\n    return html + '<p>Stamped.</p>'\n",
    "hooks/local/early.py": EARLY,
    PROGRAM_AT: PROGRAM.replace("title: Digital fluency", "title: 'Fluent {{ 1/0 }} {% raise %}'"),
}


# --- short in, complete out -----------------------------------------------------------------------


def test_a_dozen_lines_are_a_dozen_lines() -> None:
    assert len(PROGRAM.splitlines()) == 12
    assert len(COHORT.splitlines()) == 3


@pytest.mark.parametrize(
    ("page", "least"),
    [
        ("", 120),
        ("guide/", 120),
        (BASE, 120),
        *((f"{BASE}roles/{role}/", 400) for role in ROLES),
        (f"{BASE}training/", 120),
        (f"{BASE}sessions/", 120),
        (f"{BASE}agreement/", 300),
        (f"{BASE}safety/", 300),
        (f"{BASE}feedback/", 400),
        (f"{BASE}taking-part/", 400),
        (f"{BASE}kit/prepare/", 400),
        (f"{BASE}questions/", 200),
        (f"{BASE}2027-spring/", 240),
    ],
)
def test_fifteen_lines_give_pages_with_real_content(built: Sites, page: str, least: int) -> None:
    look = built(SHORT).look(page)

    assert look.headings[0]
    assert look.words >= least, look.text


def test_a_page_that_would_have_nothing_to_say_is_not_made(built: Sites) -> None:
    site = built(SHORT)
    cohort = site.look(f"{BASE}2027-spring/").text

    assert [] == [page for page in site.pages() if page == "programs/" or page.startswith("for/")]
    assert [] == [page for page in site.pages() if re.search("pairings|results", page)]
    assert "announced" in cohort
    assert "coordinator" in cohort


def test_old_addresses_and_those_of_pages_that_are_not_made_lead_on(built: Sites) -> None:
    site = built(SHORT)
    for old, now in (
        ("guide/what/", "../"),
        ("guide/readiness/", f"../../{BASE}taking-part/#readiness"),
        ("guide/questions/", f"../../{BASE}questions/"),
        ("for/mentor/", f"../../{BASE}roles/mentor/"),
        ("programs/", "digital-fluency/"),
        (f"{BASE}goals/", "../#goals"),
        (f"{BASE}sheets/", "../sessions/#sheets"),
        (f"{BASE}2027-spring/timeline/", "../#dates"),
        (f"{BASE}2027-spring/results/", "../"),
    ):
        html = unescape(site.html(old))
        assert f'content="0; url={now}"' in html, old
        assert 'name="robots" content="noindex"' in html
        assert old not in site.searched()
        assert f"{old}</loc>" not in site.files["sitemap.xml"].decode()


def test_a_hand_written_page_wins_at_an_old_address(built: Sites) -> None:
    site = built({**SHORT, "docs/programs/digital-fluency/goals.md": "# Ours\n\nOur own goals.\n"})

    assert "Our own goals." in site.look(f"{BASE}goals/").text


@pytest.mark.parametrize(
    ("index", "folder"), [("training", "guide/training/"), ("sessions", f"{BASE}sessions/")]
)
def test_at_least_six_modules_and_sessions_are_listed_and_are_there(
    built: Sites, index: str, folder: str
) -> None:
    site = built(SHORT)
    things = [page for page in site.pages() if page.startswith(folder) and page != folder]
    titles = [site.look(page).headings[0] for page in things]
    listed = site.look(f"{BASE}{index}/").text

    assert len(titles) >= 6
    assert [title for title in titles if title not in listed] == []
    assert min(site.look(page).words for page in things) >= 250


def test_no_link_inside_a_site_is_dead(built: Sites) -> None:
    assert list(built(SHORT).dead_links()) == []
    assert list(built(OWN).dead_links()) == []


# --- broken files ---------------------------------------------------------------------------------


@pytest.mark.site
def test_every_problem_of_every_file_is_named_and_no_site_is_written(tmp_path: Path) -> None:
    root = make(
        tmp_path,
        SHORT
        | {
            ORGANISATION_AT: "name: Small Steps\ncolour: blue\n",
            PROGRAM_AT: PROGRAM.replace("sessions: 6", "sessions: six"),
            COHORT_AT: "start: 2027-02-30\n",
            "programs/other/program.yml": "title: [never closed\n",
        },
    )

    done = mkdocs(root, "build", "--strict")

    assert done.returncode == 1
    places = re.findall(r"^(programs/\S+?\.yml:\d+:\d+): error: ", done.stderr, re.MULTILINE)
    assert places == [
        f"{COHORT_AT}:1:8",
        f"{PROGRAM_AT}:7:24",
        f"{ORGANISATION_AT}:2:1",
        "programs/other/program.yml:1:8",
    ]
    assert "Traceback" not in done.stderr
    assert not (root / "site").exists()


@pytest.mark.site
def test_a_broken_file_leaves_the_last_good_site_alone(tmp_path: Path) -> None:
    root = make(tmp_path, SHORT | {"site/index.html": "the last good one", PROGRAM_AT: "title: 7\n"})

    assert mkdocs(root, "build", "--strict").returncode == 1
    assert (root / "site/index.html").read_text() == "the last good one"


@pytest.mark.site
@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{% extends 'engine/home.md.j2' %}\n{% block help %}{{ nobody }}{% endblock %}\n", "nobody"),
        (
            "{% extends 'engine/home.md.j2' %}\n{% block help %}{% if %}{% endblock %}\n",
            "Expected an expression",
        ),
        ("{{ ''.__class__.__mro__ }}\n", "unsafe"),
    ],
    ids=["unknown name", "syntax", "out of the sandbox"],
)
def test_a_broken_template_of_the_organisation_ends_the_build(
    tmp_path: Path, template: str, said: str
) -> None:
    root = make(tmp_path, SHORT | {"docs/templates/home.md.j2": template})

    done = mkdocs(root, "build", "--strict")

    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (root / "site").exists()


# --- the same bytes -------------------------------------------------------------------------------


def test_two_builds_of_one_state_are_the_same_to_the_byte(built: Sites) -> None:
    """Sitemap, its gzip and the search index are among the files that are compared."""
    first, second = built(SHORT), built(SHORT, again="in another folder")

    assert first.root != second.root
    assert {"sitemap.xml", "sitemap.xml.gz", "search/site.js"} <= first.files.keys()
    assert first.files.keys() == second.files.keys()
    assert [name for name, content in first.files.items() if content != second.files[name]] == []


def test_on_another_day_only_what_depends_on_dates_differs(built: Sites) -> None:
    """Two days on which the very same things are next differ in the day itself; the guide in nothing else."""
    later = (date.fromisoformat(DAY) + timedelta(days=1)).isoformat()
    first, second = built(SHORT), built(SHORT, day=later)
    changed = {name for name, content in first.files.items() if content != second.files[name]}
    pages = {f"{page}index.html" for page in first.pages()}

    assert first.files.keys() == second.files.keys()
    searched = {"search/site.js", "search/programs/digital-fluency.js"}
    calendars = {name for name in first.files if name.endswith(".ics")}  # each says when it was made
    assert changed == pages | calendars | searched | {"sitemap.xml", "sitemap.xml.gz"}
    assert {day for _, day in _stamps(first)} == {DAY}
    assert {day for _, day in _stamps(second)} == {later}
    same = {page for page in first.pages() if _undated(first.html(page)) == _undated(second.html(page))}
    assert same >= {page for page in first.pages() if page.startswith("guide/")}
    assert f"{BASE}safety/" in same
    assert f"{BASE}roles/mentor/" not in same


def _stamps(site: Site) -> Iterator[tuple[str, str]]:
    for page in site.pages():
        yield from ((page, day) for day in re.findall(r'data-built="([^"]+)"', site.html(page)))
    yield from (
        ("sitemap", day) for day in re.findall(r"<lastmod>(.+?)<", site.files["sitemap.xml"].decode())
    )


def _undated(html: str) -> str:
    stamped = r'<p class="hb-built" data-built="[^"]+" ([^>]*data-stale="[^"]+")>[^<]+</p>'
    text, count = re.subn(stamped, r"\1", html)
    assert count == 1
    return text


# --- change this ----------------------------------------------------------------------------------


def test_every_change_link_opens_a_file_that_is_there_or_starts_its_override(built: Sites) -> None:
    site = built(EVERYTHING)
    checked = 0
    for page in site.pages():
        edits = site.look(page).edits
        assert edits, f"{page} has no link to change it"
        for link in edits:
            assert _leads_to_a_source(site.root, link), f"{page}: {link}"
            checked += 1
    assert checked > 200


def _leads_to_a_source(root: Path, link: str) -> bool:
    parts = urlsplit(link)
    if link.startswith(f"{HOST}/edit/trunk/"):
        return (root / unquote(parts.path).split("/edit/trunk/")[1]).is_file()
    said = parse_qs(parts.query, keep_blank_values=True, strict_parsing=True)
    path, value = said["filename"][0], said["value"][0]
    text = (PLAYBOOK / path.removeprefix("docs/templates/playbook/")).read_text("utf-8")
    front_matter = text.split("\n---", 1)[0] + "\n---\n"
    short = len(link) < 8192
    whole = value in (text, front_matter)
    return link.startswith(f"{HOST}/new/trunk?") and short and (whole or _shows_a_glimpse(value, text))


def _shows_a_glimpse(value: str, text: str) -> bool:
    """Whether a new file starts with title and summary, all that an index shows of a text."""
    begun, whole = (yaml.safe_load(one.split("---")[1]) for one in (value, text))
    return bool(begun == {key: whole[key] for key in ("title", "summary") if key in whole})


def test_every_text_of_the_playbook_can_be_changed_from_some_page(built: Sites) -> None:
    site = built(EVERYTHING)
    links = {link for page in site.pages() for link in site.look(page).edits if "/new/" in link}
    named = {parse_qs(urlsplit(link).query)["filename"][0] for link in links}
    texts = {file.relative_to(PLAYBOOK).as_posix() for file in PLAYBOOK.glob("*/*.md")}

    assert len(texts) > 80
    texts -= {f"messages/{name}.md" for name in ANNOUNCEMENTS}  # `handbook announce` says them, and no page
    assert {f"docs/templates/playbook/{text}" for text in texts} - named == set()


def test_without_a_host_a_page_names_its_files_and_links_nowhere(built: Sites) -> None:
    site = built(OWN)

    assert [page for page in site.pages() if site.look(page).edits] == []
    assert "docs/templates/playbook/guide/topics.md" in site.html("guide/topics/")


# --- what is the organisation's -------------------------------------------------------------------


def test_hooks_of_the_organisation_run(built: Sites) -> None:
    site = built(OWN)

    assert [page for page in site.pages() if "Stamped." not in site.html(page)] == []


def test_templates_are_not_published(built: Sites) -> None:
    site = built(OWN)

    assert [name for name in site.files if "templates" in name or "faq-notes" in name] == []
    assert b"Nobody shall read this" not in b"".join(site.files.values())


def test_own_styles_come_last(built: Sites) -> None:
    site = built(SHORT)
    styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', site.html(""))

    assert styles[-2:] == ["assets/handbook/handbook.css", "assets/local.css"]
    assert site.files["assets/local.css"] == SHORT["docs/assets/local.css"].encode()


def test_a_hand_written_page_wins_and_a_warning_says_so(built: Sites) -> None:
    site = built(OWN)

    assert PRACTICE in site.look("guide/why/").text
    assert "docs/guide/why.md:1:1: warning:" in site.log
    assert "[hand-written-page-wins]" in site.log


@pytest.mark.parametrize(
    ("path", "page", "title"),
    [("docs/README.md", "", "Our own front page"), ("docs/guide.md", "guide/", "Our own guide")],
)
def test_a_hand_written_page_wins_under_another_path_of_the_same_address(
    built: Sites, path: str, page: str, title: str
) -> None:
    site = built(OWN)

    assert site.look(page).headings[0] == title
    assert f"{path}:1:1: warning:" in site.log
    # It keeps the generated one's place in the menu.
    menu = site.html("guide/topics/").partition('<nav aria-label="Menu">')[2].partition("</nav>")[0]
    assert '<li><a href="../">' in menu


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("index.md", ""),
        ("README.md", ""),
        ("guide.md", "guide"),
        ("guide/index.md", "guide"),
        ("guide/README.md", "guide"),
        ("guide/what.markdown", "guide/what"),
        ("guide/myindex.md", "guide/myindex"),
        ("guide/readme.md", "guide/readme"),
        ("guide/plan.pdf", "guide/plan.pdf"),
    ],
)
def test_a_page_has_one_address_whatever_its_path(path: str, address: str) -> None:
    assert kinds.site_address(path) == address


def test_clashes_are_found_by_address(short: Handbook) -> None:
    own = {
        "README.md",
        "guide.md",
        "programs/digital-fluency.md",
        "guide/why.md",
        "ours.md",
        "guide/ours/index.md",
    }

    found = [
        problem.path
        for problem in pages.clashes(replace(short, hand_written=frozenset(own)), date.fromisoformat(DAY))
    ]

    assert found == [
        "docs/README.md",
        "docs/guide.md",
        "docs/guide/why.md",
        "docs/programs/digital-fluency.md",
    ]


def test_two_generated_pages_never_share_an_address(load_with: Callable[[Files], Loaded]) -> None:
    text = "docs/templates/playbook/sessions/README.md"
    handbook, _ = load_with({text: "---\ntitle: Read me\nsummary: At once.\nplace: topical\n---\nWords.\n"})
    assert handbook is not None

    [problem] = _faults(handbook)

    assert (problem.path, problem.code) == (text, "double-address")
    assert "sessions" in problem.message


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("cohort/results", "“cohort/results” is a page of one cohort, and here none is meant."),
        ("cohort/pairing", "“cohort/pairing” is a page of one pairing, and here none is meant."),
        ("overvew", "There is no page “overvew”. Did you mean `overview`?"),
    ],
)
def test_a_text_that_names_a_page_which_is_none_is_told_why(
    load_with: Callable[[Files], Loaded], name: str, said: str
) -> None:
    text = f'---\ntitle: One\nsummary: At once.\n---\n[Here]({{{{ page("{name}") }}}}).\n'
    handbook, _ = load_with({"docs/templates/playbook/pitfalls/one.md": text})
    assert handbook is not None

    [problem] = _faults(handbook)

    assert said.rstrip(".?") in problem.message
    assert ".." not in problem.message


def test_the_menu_leads_elsewhere(built: Sites) -> None:
    html = built(OWN).html("ours/")

    assert 'href="https://intranet.example/?a=1&amp;b=2"' in html
    assert 'href="https://chat.example.org/mentoring"' in html
    assert "Intranet &#60;b&#62; &#38; more" in html
    assert "Intranet <b>" not in html


@pytest.mark.parametrize("address", ["http://intranet.example/", "javascript:alert(1)", "https://"])
def test_the_menu_leads_to_no_unsafe_address(short: Handbook, address: str) -> None:
    with pytest.raises(HandbookError) as raised:
        Website(short, TODAY, {}, ()).menu([{"There": address}])

    [problem] = raised.value.problems
    assert (problem.path, problem.code) == ("mkdocs.yml", "wrong-pattern")
    assert address in problem.message


# --- hooks of the organisation's own --------------------------------------------------------------


def test_a_hook_that_wants_to_be_first_runs_once_behind_the_engines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """MkDocs walks along the handlers while ours adds to them: ours must not come round again."""
    early = "from mkdocs.plugins import event_priority\n@event_priority(200)\n"
    hook = "def on_config(config):\n    config.ran.append(__name__)\n"
    write(tmp_path, {"a_late.py": hook, "b_early.py": early + hook})
    ran: list[str] = []

    @event_priority(100)
    def ours(config: Any) -> None:
        ran.append("ours")
        assert len(ran) < 9
        handbook_site._load_local_hooks(config, tmp_path)

    monkeypatch.setattr(handbook_site, "on_config", ours)
    monkeypatch.setattr(handbook_site.build, "engine", website)
    config: Any = SimpleNamespace(plugins=PluginCollection(), ran=ran)
    config.plugins["plugin"] = SimpleNamespace(on_config=lambda _: ran.append("plugin"))
    config.plugins["engine"] = SimpleNamespace(on_config=ours)

    for _ in range(2):
        config.plugins.run_event("config", config)

    assert ran == ["ours", "handbook_local_b_early", "plugin", "handbook_local_a_late"] * 2


def test_a_hook_that_wants_to_be_first_builds(built: Sites) -> None:
    assert built(OWN).html("ours/").count("Ours.") == 1


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("import json\nimport nowhere_at_all\n", 2, "nowhere_at_all"),
        ("\n\ndef broken(:\n", 3, "SyntaxError"),
        ("def on_nowhere(): pass\n", 1, "nowhere"),
        ("def on_nav(nav, **_):\n    return 1 / 0\n", 2, "division by zero"),
    ],
    ids=["import", "syntax", "no event", "running"],
)
def test_a_mistake_in_a_hook_is_named_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, line: int, said: str
) -> None:
    write(tmp_path, {"local/own.py": text})
    monkeypatch.setattr(handbook_site.build, "local", tmp_path / "local")
    monkeypatch.setattr(handbook_site.build, "engine", website)
    config: Any = SimpleNamespace(plugins=PluginCollection())
    config.plugins["engine"] = SimpleNamespace(on_config=handbook_site.on_config)

    with pytest.raises(PluginError) as raised:
        _load_and_run(config, tmp_path / "local")

    assert str(raised.value).startswith(f"hooks/local/own.py:{line}: error: ")
    assert said in str(raised.value)


def _load_and_run(config: Any, folder: Path) -> None:
    handbook_site._load_local_hooks(config, folder)
    try:
        config.plugins.run_event("nav", object())
    except ZeroDivisionError as error:
        handbook_site.on_build_error(error)


# --- faults of templates, labels and settings -----------------------------------------------------


def _faults(handbook: Handbook) -> tuple[Problem, ...]:
    with pytest.raises(HandbookError) as raised:
        pages.render(handbook, TODAY)
    return raised.value.problems


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("\n{{ 1/0 }}\n", 2, "division by zero"),
        ('{{ 1 + "a" }}\n', 1, "unsupported operand"),
        ("{% extends 'home.md.j2' %}\n", 1, "recursion"),
        ("{{ t('home.nowhere') }}\n", 1, "home.nowhere"),
        ("\n{{ t('home.title') }}\n", 2, "organisation"),
    ],
)
def test_any_fault_of_a_template_is_a_problem_with_its_place(
    short: Handbook, text: str, line: int, said: str
) -> None:
    [problem] = _faults(replace(short, templates={"home.md.j2": text}))

    assert (problem.path, problem.line, problem.code) == (
        "docs/templates/home.md.j2",
        line,
        "broken-template",
    )
    assert said in problem.message


@pytest.mark.parametrize("wrong", ["{{ programm.title }}", "{% if %}", "{{ 1/0 }}"])
def test_a_fault_in_a_text_of_the_playbook_counts_the_lines_of_its_whole_file(
    load_with: Callable[[Files], Loaded], wrong: str
) -> None:
    own = "docs/templates/playbook/faq/parking.md"
    text = f"---\ntitle: Parking\nfor: [mentor]\n---\n\nPark there.\n\n{wrong}\n"
    handbook, problems = load_with({own: text})
    assert handbook is not None, problems

    [problem] = _faults(handbook)

    assert (own, 8, "broken-template") == (problem.path, problem.line, problem.code)


def with_label(handbook: Handbook, name: str, label: str) -> Handbook:
    assert name in handbook.labels.words
    words = {**handbook.labels.words, name: label}
    return replace(handbook, labels=replace(handbook.labels, words=words))


@pytest.mark.parametrize("label", ["What {is", "What {nobody} is", "What {0} is"])
@pytest.mark.parametrize("name", ["home.lead", "title.feedback", "ahead.in.weeks.other"])
def test_any_fault_of_a_label_is_a_problem_with_its_file(short: Handbook, name: str, label: str) -> None:
    [problem] = _faults(with_label(short, name, label))

    assert (problem.path, problem.code) == ("docs/templates/texts/en.yml", "broken-template")
    assert f"`{name}`" in problem.message


@pytest.mark.parametrize("name", ["home.title", "menu.guide"])
def test_labels_of_the_site_itself_are_looked_at_too(short: Handbook, name: str) -> None:
    site = Website(with_label(short, name, "What {is"), TODAY, {}, ())
    vars(site)["pages"] = Website(short, TODAY, {}, ()).pages

    with pytest.raises(HandbookError, match=name):
        print(site.name, site.menu([]))


def test_a_fault_of_the_engine_is_not_laid_on_a_template(
    short: Handbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(pages, "titles_of", broken)

    with pytest.raises(RuntimeError):
        pages.render(short, TODAY)


def test_a_character_that_yaml_does_not_know_is_a_problem_of_the_settings(tmp_path: Path) -> None:
    write(tmp_path, {"mkdocs.yml": "INHERIT: hooks/mkdocs.yml\nsite_name: Ü\nx: \x07\n"})

    [problem] = config_problems(Reader(tmp_path))

    assert (problem.path, problem.line, problem.code) == ("mkdocs.yml", 3, "yaml-syntax")


@pytest.mark.parametrize("text", ["", "\n", "Words", "One\r\n\r\ntwo }} three\n", "One\rtwo\n\n"])
def test_a_wording_without_braces_is_shown_as_jinja_would_without_compiling_it(
    short: Handbook, text: str
) -> None:
    environment: Any = templating.environment(short.labels, {})

    said = environment.from_string("{{ body(text) }}").render(text=Wording(text))

    assert said == environment.from_string(text).render()
    assert environment.wordings == {}


def test_all_macros_of_a_build_share_one_environment(
    short: Handbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []
    make_one = templating.environment

    def counted(*given: Any) -> object:
        made.append(1)
        return make_one(*given)

    monkeypatch.setattr(templating, "environment", counted)
    macros = Macros(short, TODAY).named(lambda: "ours.md")

    assert macros["programs"]()
    assert macros["comparison"]()
    assert len(made) == 1


def test_generated_pages_are_never_evaluated(built: Sites) -> None:
    """What stands in YAML is text, also where it looks like a template."""
    site = built(OWN)
    title = "Fluent {{ 1/0 }} {% raise %}"

    assert site.look(BASE).headings[0] == title
    assert title in site.look("ours/").text


# --- macros ---------------------------------------------------------------------------------------


@pytest.mark.site
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("{{ program('digital-fluancy') }}", ["digital-fluancy", "Did you mean", "Known: digital-fluency"]),
        ("{{ contact('boss') }}", ["boss", "Known: program, concern, safeguarding, union"]),
        ("{{ programms() }}", ["programms"]),
        ("{{ page.meta.nothing.at_all }}", ["nothing"]),
    ],
)
def test_a_wrong_macro_fails_the_build(tmp_path: Path, asked: str, said: list[str]) -> None:
    by_hand = f"---\nrender_macros: true\n---\n# Ours\n\n{asked}\n"
    root = make(tmp_path, SHORT | {"docs/ours.md": by_hand, "mkdocs.yml": WITHOUT_HOST + "nav: [ours.md]\n"})

    done = mkdocs(root, "build", "--strict")

    log = done.stdout + done.stderr
    assert done.returncode != 0
    assert "ours.md" in log
    assert [words for words in said if words not in log] == []


@pytest.mark.site
def test_pages_that_do_not_ask_for_macros_are_left_alone(tmp_path: Path) -> None:
    text = "# Ours\n\nWrite `{{ programs() }}` and {{ nothing }}.\n"
    root = make(tmp_path, SHORT | {"docs/ours.md": text, "mkdocs.yml": WITHOUT_HOST + "nav: [ours.md]\n"})

    assert "Write {{ programs() }} and {{ nothing }}." in build(root).look("ours/").text.replace(" .", ".")


# --- mkdocs serve ---------------------------------------------------------------------------------

PATIENCE = 30


@dataclass
class Served:
    """A running `mkdocs serve`."""

    root: Path
    address: str

    def html(self, page: str = "") -> str:
        """A page as it is served now; empty while there is none."""
        try:
            with urllib.request.urlopen(f"{self.address}/{page}", timeout=5) as answer:
                text: str = answer.read().decode()
                return text
        except OSError:
            return ""

    @property
    def log(self) -> str:
        return (self.root / "serve.log").read_text("utf-8")

    def wait(self, what: str, seen: Callable[[], bool]) -> None:
        """Wait until something is so."""
        end = time.monotonic() + PATIENCE
        while not seen():
            assert time.monotonic() < end, f"{what} was not seen within {PATIENCE} s.\n{self.log[-3000:]}"
            time.sleep(0.1)

    def change(self, name: str, text: str, shown: str, page: str = "") -> None:
        """Write a file, and wait until a page shows it."""
        write(self.root, {name: text})
        self.wait(f"“{shown}” of {name}", lambda: shown in self.html(page))

    def spoil(self, name: str, text: str, said: str, shown: str) -> None:
        """Write a broken file: its problem is logged, and what was shown is shown on."""
        before = len(self.log)
        write(self.root, {name: text})
        self.wait(f"“{said}” of {name}", lambda: said in self.log[before:])
        assert shown in self.html()


@contextmanager
def serving(root: Path) -> Iterator[Served]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    with (root / "serve.log").open("w") as log:
        running = subprocess.Popen(command, cwd=root, env=environment(DAY), stdout=log, stderr=log)
        try:
            yield Served(root, f"http://127.0.0.1:{port}")
        finally:
            running.terminate()
            running.wait(10)


@pytest.mark.site
def test_serve_follows_every_change_and_survives_broken_files(tmp_path: Path) -> None:
    """YAML, playbook, templates and the engine's code; after a mistake the last good site is served on."""
    root = make(
        tmp_path, {"mkdocs.yml": WITHOUT_HOST, "docs/assets/local.css": "", ORGANISATION_AT: "name: First\n"}
    )
    code, template = (
        "hooks/handbook/pages/website/website.py",
        "hooks/handbook/data/templates/guide/why.md.j2",
    )
    engine = (root / code).read_text("utf-8")
    renamed = engine.replace('say("home.title"', 'say("home.lead"')
    assert renamed != engine

    with serving(root) as served:
        served.wait("the site", lambda: "Reverse mentoring at First" in served.html())
        served.change(ORGANISATION_AT, "name: Second\n", "Reverse mentoring at Second")
        served.change(
            "docs/templates/playbook/guide/topics.md",
            "---\ntitle: It\n---\nNew words.\n",
            "New words.",
            "guide/topics/",
        )
        served.change("docs/templates/home.md.j2", OWN_HOME, "Come in.")
        served.change(template, "# {{ title }}\n\nOne template.\n", "One template.", "guide/why/")
        served.spoil(
            ORGANISATION_AT, "name: [Third\n", f"{ORGANISATION_AT}:1:7: error", "Reverse mentoring at Second"
        )
        served.change(ORGANISATION_AT, "name: Fourth\n", "Reverse mentoring at Fourth")
        served.spoil(code, f"{engine}\ndef broken(:\n", "SyntaxError", "Reverse mentoring at Fourth")
        served.change(code, renamed, "<title>A junior colleague")
