"""Kinds of pages: each is one row, which says its address, files, title, place in the menu and readers."""

import logging
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from handbook.contents.build import Build
from handbook.contents.kinds import BY_NAME, PAGES
from handbook.model.handbook import Handbook
from handbook.pages.rendering import pages
from handbook.pages.website.faults import faults
from handbook.pages.website.navigation import Entry, Menu
from handbook.pages.website.search import SearchIndex
from handbook.pages.website.website import Website
from tests.conftest import Loaded
from tests.repository import COHORT, DAY, PROGRAM, SHORT, Files, Sites, build, make, write

Load = Callable[[Files], Loaded]
TODAY = Build(date.fromisoformat(DAY))
WHERE = "docs/templates/playbook/faq/where.md"
PROGRAM_AT = "programs/digital-fluency/program.yml"
TWO_PROGRAMS: Files = {
    "programs/digital-fluency/2026-spring.yml": "title: Spring 2026\nstart: 2026-02-02\n",
    "programs/listening/program.yml": PROGRAM.replace("Digital fluency", "Listening"),
    "programs/listening/2027-autumn.yml": COHORT,
}


def asking(name: str) -> Files:
    """A question of the organisation's own whose answer leads to a page."""
    return {WHERE: f'---\ntitle: Where?\nfor: [mentor]\n---\n[Here]({{{{ page("{name}") }}}}).\n'}


def handbook_of(loaded: Loaded) -> Handbook:
    handbook, problems = loaded
    assert handbook is not None, problems
    return handbook


def menu_of(handbook: Handbook) -> Menu:
    return Website(handbook, TODAY, {}, ()).menu([])


def line(entries: tuple[Entry, ...], *titles: str) -> Entry:
    """The line of a menu under these titles."""
    [entry] = [entry for entry in entries if entry.title == titles[0]]
    return line(entry.children, *titles[1:]) if titles[1:] else entry


# --- names of pages -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("sessions/clossing", "sessions/closing"),
        ("sheets/goal-shet", "sheets/goal-sheet"),
        ("training/active-listenin", "training/active-listening"),
        ("roles/mentr", "roles/mentor"),
        ("for/mentr", "for/mentor"),
        ("guide/training/active-listenin", "guide/training/active-listening"),
    ],
)
def test_a_misspelt_name_leads_nowhere_and_is_named_with_what_was_meant(
    load_with: Load, name: str, meant: str
) -> None:
    [problem] = faults(handbook_of(load_with(asking(name))), TODAY)

    assert (WHERE, "broken-template") == (problem.path, problem.code)
    assert f"There is no page “{name}”. Did you mean `{meant}`?" in problem.message


SHEET = "sheets: {omit: [goal-sheet]}"
OTHER_END = "sessions: [the-rest, {id: farewell, title: Farewell, place: closing}]\n"


@pytest.mark.parametrize(
    ("said", "name", "path"),
    [
        ("", "sessions/closing", "sessions/closing.md"),
        (OTHER_END, "sessions/closing", "sessions/farewell.md"),
        (f"playbook: {{{SHEET}}}\n", "sheets/goal-sheet", "sessions/index.md#sheets"),
    ],
)
def test_what_a_program_left_out_leads_to_what_has_its_place(
    load_with: Load, said: str, name: str, path: str
) -> None:
    handbook = handbook_of(load_with({**asking(name), PROGRAM_AT: PROGRAM + said}))

    made = {page.path: page.text for page in pages.render(handbook, TODAY)}

    assert f"[Here]({path})" in made["programs/digital-fluency/questions.md"]


def test_a_session_of_the_playbook_that_is_not_held_leads_to_the_first(load_with: Load) -> None:
    left_out = "playbook: {sessions: {omit: [what-people-say]}}\n"
    handbook = handbook_of(load_with({PROGRAM_AT: PROGRAM + left_out}))
    [program], known = handbook.programs, handbook.playbook.names["sessions"]

    assert program.sessions[0] is program.session("what-people-say", known)
    with pytest.raises(LookupError, match=r"no session “clossing”\. Did you mean `closing`\?"):
        program.session("clossing", known)


def test_a_family_is_named_as_its_pages_are() -> None:
    families = {kind.family: kind.name for kind in PAGES if kind.family}

    assert {
        "for": "door",
        "roles": "role",
        "sessions": "session",
        "training": "module",
        "sheets": "sheet",
        "guide/training": "guide/module",
    } == families


# --- menus ----------------------------------------------------------------------------------------


def test_previous_and_next_stay_in_one_program_or_in_the_guide(load_with: Load) -> None:
    menu = menu_of(handbook_of(load_with(TWO_PROGRAMS)))
    parts = ("programs/digital-fluency/", "programs/listening/", "guide/")

    for part in parts:
        inside = [path for path in menu.around if path.startswith(part)]
        assert len(inside) > 4
        assert any(menu.around[path][1] for path in inside)
        around = {other for path in inside for other in menu.around[path]} - {""}
        assert around <= {*inside}
    assert {("", "")} == {around for path, around in menu.around.items() if path.startswith("for/")}


def test_a_program_is_parted_by_what_people_do_with_earlier_cohorts_apart(load_with: Load) -> None:
    program = line(menu_of(handbook_of(load_with(TWO_PROGRAMS))).entries, "Programmes", "Digital fluency")

    assert [
        "Digital fluency",
        "Your role",
        "Spring 2027",
        "Prepare",
        "Meet",
        "Rules and help",
        "Earlier cohorts",
        "For coordinators",
    ] == [entry.title for entry in program.children]
    assert ["Spring 2026"] == [entry.title for entry in program.children[-2].children]


def test_cohorts_that_go_on_beside_each_other_stand_under_now_the_newest_first(load_with: Load) -> None:
    autumn = {"programs/digital-fluency/2027-autumn.yml": "title: Autumn 2027\nstart: 2027-09-06\n"}
    program = line(
        menu_of(handbook_of(load_with({**TWO_PROGRAMS, **autumn}))).entries, "Programmes", "Digital fluency"
    )

    assert ["Autumn 2027", "Spring 2027", "Forms and check-ins"] == [
        entry.title for entry in line(program.children, "Now").children
    ]


def test_a_page_shows_the_menu_of_its_own_program_alone(load_with: Load) -> None:
    menu = menu_of(handbook_of(load_with(TWO_PROGRAMS)))

    inside, outside = menu.sidebar("programs/listening/safety.md"), menu.sidebar("guide/why.md")

    assert ["Home", "Listening", "Your role"] == [entry.title for entry in inside[:3]]
    for shown in (inside, outside):
        assert ["All programmes"] == [entry.title for entry in line(shown, "Programmes").children]


# --- fields ---------------------------------------------------------------------------------------


def test_a_title_says_where_it_belongs_once(short: Handbook) -> None:
    titles = {page.path: (page.title, page.full_title) for page in pages.render(short, TODAY)}
    base = "programs/digital-fluency/"

    assert ("Digital fluency", "Digital fluency") == titles[f"{base}index.md"]
    assert ("Spring 2027", "Spring 2027 – Digital fluency") == titles[f"{base}2027-spring/index.md"]
    full = "Messages to send – Spring 2027 – Digital fluency"
    assert ("Messages to send", full) == titles[f"{base}2027-spring/messages.md"]


def test_the_search_leaves_out_pages_that_say_so(short: Handbook, tmp_path: Path) -> None:
    site = Website(short, TODAY, {}, ())
    page = site.pages["programs/digital-fluency/agreement.md"]
    hidden = replace(page, kind=replace(page.kind, searched=0))
    index = SearchIndex(site)
    for one, at in ((page, "agreement/"), (hidden, "hidden/")):
        index.add(one, at, "", "<p>Text</p>", {})
    for front, at in (({}, "own/"), ({"search": {"exclude": True}}, "out/"), ({"search": "odd"}, "odd/")):
        index.add(None, at, "Own", "<p>Text</p>", front)
    index.write(tmp_path)

    told = "".join(file.read_text("utf-8") for file in tmp_path.rglob("*.js"))
    assert {"agreement/", "own/", "odd/"} == set(re.findall(r'\["([a-z]+/)"', told))
    assert all(kind.searched for kind in PAGES)


def test_a_kind_for_participants_is_in_no_public_build(short: Handbook) -> None:
    private = replace(BY_NAME["kit"], audience="participants")

    assert ((), ()) == pages.render_kinds(short, TODAY, [private])
    [page], problems = pages.render_kinds(short, replace(TODAY, audience="participants"), [private])
    assert ("programs/digital-fluency/kit.md", ()) == (page.path, problems)


def test_a_page_of_a_kind_without_a_line_stands_at_the_line_before_it(short: Handbook) -> None:
    site = Website(short, TODAY, {}, ())
    path = "programs/digital-fluency/kit.md"
    kit = replace(site.pages[path], kind=replace(BY_NAME["kit"], listed=False))
    vars(site)["pages"] = {**site.pages, path: kit}

    menu = site.menu([])

    assert {path} == menu.unlisted
    assert path not in menu.around
    guide = line(menu.sidebar(path), "The coordinator’s guide")
    assert (guide.active, (path,)) == (True, guide.unlisted)


# --- a new kind -----------------------------------------------------------------------------------

ROW = """\
- {name: contacts, path: "programs/{program}/contacts.md", files: ["@program", "@organisation"],
   section: rules, searched: false}
"""
TEMPLATE = """\
{% extends "engine/page.md.j2" %}
{% block body %}
{% for contact in organisation.contacts %}
- {{ contact.label }}
{% endfor %}
{% endblock %}
"""
CONTACTS = "name: Small Steps\ncontacts: [{purpose: program, label: The team, phone: '+44 1632 960000'}]\n"


@pytest.mark.site
def test_a_new_kind_of_page_is_a_row_a_template_and_a_label(tmp_path: Path) -> None:
    """As the manual says under “A page of every program”."""
    data = make(tmp_path, {**SHORT, "programs/organisation.yml": CONTACTS}) / "hooks/handbook/data"
    rows, labels = data / "pages.yml", data / "texts/en.yml"
    rows.write_text(rows.read_text("utf-8") + ROW, "utf-8")
    labels.write_text(
        labels.read_text("utf-8").replace("\ntitle:\n", "\ntitle:\n  contacts: Who helps\n"), "utf-8"
    )
    write(data / "templates", {"contacts.md.j2": TEMPLATE})

    site = build(tmp_path)

    page = site.look("programs/digital-fluency/contacts/")
    assert ["Who helps"] == page.headings[:1]
    assert "The team" in page.text
    html = site.html("programs/digital-fluency/safety/")
    rules = html.index("Rules and help")
    assert rules < html.index('href="../contacts/"')
    searched = site.searched()
    assert "programs/digital-fluency/safety/" in searched
    assert "programs/digital-fluency/contacts/" not in searched


# --- a quiet build ----------------------------------------------------------------------------------


def test_a_build_says_nothing_of_macros_that_work(built: Sites) -> None:
    assert "[macros]" not in built(SHORT).log
    assert logging.getLogger("mkdocs.plugins.mkdocs_macros.util").isEnabledFor(logging.WARNING)
