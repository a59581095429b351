"""What a text names is a link, every page is reached by links in texts, and states stand in words."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from datetime import date
from html import unescape
from itertools import groupby
from operator import itemgetter
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

from handbook.contents.build import Build
from handbook.contents.kinds import PAGES
from handbook.model.definitions.program import ROLES
from handbook.pages.rendering import pages
from tests.conftest import Loaded
from tests.repository import COHORT, PROGRAM, SHORT, Files, Site, Sites, example

Load = Callable[[Files], Loaded]
FLUENCY = "programs/digital-fluency/"
KINDS = (
    "guide/first-hour",
    "kit/risks",
    "guide/module",
    "module",
    "training",
    "sessions",
    "session",
    "feedback",
)


def rendered(load_with: Load, files: Files, day: str) -> dict[str, str]:
    """Some pages of the short repository with these files, as Markdown by path, on a day."""
    handbook, problems = load_with(files)
    assert handbook is not None, problems
    kinds = (kind for kind in PAGES if kind.name in KINDS)
    made, faults = pages.render_kinds(handbook, Build(date.fromisoformat(day)), kinds)
    assert () == faults
    return {page.path: unescape(page.text) for page in made}


# --- from home, by links in texts -----------------------------------------------------------------


def links(site: Site, page: str) -> set[str]:
    """The pages of a site that the article of a page leads to; its foot and the menu do not count."""
    article = BeautifulSoup(site.html(page), "html.parser").article
    assert article is not None
    for foot in article.select(".hb-foot"):
        foot.decompose()
    targets = (urlsplit(str(link["href"])) for link in article.select("a[href]"))
    inside = [unquote(target.path) for target in targets if not target.scheme and target.path]
    return {posixpath.normpath(f"/{page}{path}").strip("/") for path in inside}


def taps(site: Site) -> Mapping[str, int]:
    """How many taps lead from home to each page that is reached."""
    known = {page.strip("/"): page for page in site.pages()}
    reached, here = {"": 0}, [""]
    while here:
        page = here.pop(0)
        for target in sorted(links(site, known[page]) & known.keys() - reached.keys()):
            reached[target] = reached[page] + 1
            here.append(target)
    return reached


OF_A_PROGRAM = ("sessions", "training", "questions", "safety", "agreement", "feedback", "roles/mentor", "kit")
OF_A_COHORT = ("", "/pairings")
GUIDE = ("why", "topics")
NEAREST = {
    "programs/digital-fluency": 1,
    "guide": 1,
    "guide/evidence": 1,
    **{f"for/{role}": 1 for role in ROLES},
    **{f"guide/{name}": 2 for name in GUIDE},
    **{f"{FLUENCY}{name}": 2 for name in OF_A_PROGRAM},
    **{f"{FLUENCY}2027-spring{name}": 2 for name in OF_A_COHORT},
    f"{FLUENCY}2026-spring/results": 3,
    f"{FLUENCY}kit/prepare": 3,
    f"{FLUENCY}survey": 3,
    f"{FLUENCY}2027-spring/messages": 3,
}


@pytest.mark.site
@pytest.mark.parametrize("role", ROLES)
def test_one_tap_leads_from_each_page_of_a_role_to_what_it_needs(built: Sites, role: str) -> None:
    site, run = built(example()), f"{FLUENCY}2027-spring"
    wanted = {
        f"{FLUENCY}{name}"
        for name in ("sessions", "training", "agreement", "safety", "feedback", "questions")
    }
    wanted |= {f"{run}/pairings", run}
    if role == "coordinator":
        wanted |= {f"{FLUENCY}kit", f"{run}/messages"}

    for page in (f"for/{role}/", f"{FLUENCY}roles/{role}/"):
        assert set() == wanted - links(site, page), page


@pytest.mark.site
def test_links_in_texts_lead_from_home_to_every_page_in_few_taps(built: Sites) -> None:
    site = built(example())
    reached = taps(site)

    assert [] == [page for page in site.pages() if page.strip("/") not in reached]
    assert {} == {page: reached[page] for page, most in NEAREST.items() if reached[page] > most}
    guides = [page for page in reached if re.fullmatch(f"{FLUENCY}(sessions|training)/.+", page)]
    assert len(guides) > 9
    assert {} == {page: reached[page] for page in guides if reached[page] > 3}


@pytest.mark.parametrize(
    ("programs", "said"),
    [
        (1, "[first meeting](../programs/digital-fluency/sessions/first-meeting.md)"),
        (
            2,
            "first meeting ([Digital fluency](../programs/digital-fluency/sessions/first-meeting.md), "
            "[Tides 1](",
        ),
        (5, "[first meeting](../programs/index.md)"),
    ],
)
def test_a_text_of_the_guide_leads_to_the_page_of_each_program(
    load_with: Load, programs: int, said: str
) -> None:
    made = rendered(load_with, tides(programs - 1), "2027-03-10")

    assert said in made["guide/first-hour.md"]


def tides(count: int, training: str = "") -> Files:
    """So many other programs, each with a cohort that starts on the second Monday of May 2027."""
    program = PROGRAM.replace("Digital fluency", "Tides {n}") + training
    return {
        name: text
        for n in range(1, count + 1)
        for name, text in (
            (f"programs/tides-{n}/program.yml", program.replace("{n}", str(n))),
            (f"programs/tides-{n}/2027-summer.yml", "title: Summer\nstart: 2027-05-10\n"),
        )
    }


@pytest.mark.parametrize(
    ("training", "page"),
    [
        ("", "../../../guide/training/feedback-upwards.md"),
        ("training: [{id: feedback-upwards, title: Saying it}]\n", "../training/feedback-upwards.md"),
        ("training: [boundaries]\n", "../training/index.md"),
    ],
)
def test_a_text_leads_to_the_module_that_its_program_has(load_with: Load, training: str, page: str) -> None:
    made = rendered(load_with, {f"{FLUENCY}program.yml": PROGRAM + training}, "2027-03-10")

    assert f"[module on feedback upwards]({page})" in made[f"{FLUENCY}sessions/what-people-say.md"]


def test_a_session_lists_the_training_that_is_due_before_it(load_with: Load) -> None:
    own = "training: [{title: Ice, minutes: 7, before: hands-on}, {title: Fog, before: kick-off}]\n"
    made = rendered(load_with, {f"{FLUENCY}program.yml": PROGRAM + own}, "2027-03-10")

    session = made[f"{FLUENCY}sessions/hands-on.md"]
    assert "Spring 2027: done by Fri 19 March 2027" in session
    assert "[Ice](../training/ice.md) – 7 minutes" in session
    assert ["sessions/hands-on.md"] == [
        path.removeprefix(FLUENCY) for path, text in made.items() if "Training for this session" in text
    ]
    assert (
        "[Hands on: one tool, one real task](../sessions/hands-on.md)" in made[f"{FLUENCY}training/index.md"]
    )


# --- a module and its programs --------------------------------------------------------------------

INCLUSION = "guide/training/inclusion.md"


def due(text: str) -> list[tuple[str, str]]:
    """Each line of a module's page that names a cohort, and its state."""
    return re.findall(r"(?m)^- \[([^]]+\]\([^)]+\), .*: done by .*) <span[^>]*>(.*)</span>$", text)


def test_a_module_knows_when_each_program_wants_it_done_and_leads_back(load_with: Load) -> None:
    """The nearest day first, and what is past last; nothing of a cohort that is over."""
    back = "../../programs/{}/training/index.md"
    fluency = f"Digital fluency]({back.format('digital-fluency')}), Spring 2027: done by Fri 9 April 2027"
    tide = f"Tides 1]({back.format('tides-1')}), Summer: done by Fri 16 July 2027"
    made = {day: rendered(load_with, tides(1), day)[INCLUSION] for day in ("2027-04-05", "2027-04-10")}
    over = rendered(load_with, tides(1), "2027-09-01")[INCLUSION]

    assert [(fluency, "Due now"), (tide, "To come")] == due(made["2027-04-05"])
    assert [(tide, "To come"), (fluency, "Past")] == due(made["2027-04-10"])
    assert ["Tides 1"] == [line[0].split("]")[0] for line in due(over)]
    assert [] == due(rendered(load_with, tides(1), "2028-03-01")[INCLUSION])


@pytest.mark.parametrize("state", ["cancelled", "postponed"])
def test_a_module_is_due_in_no_cohort_that_is_called_off(load_with: Load, state: str) -> None:
    off = {f"{FLUENCY}2027-spring.yml": f"{COHORT}{state}: 2027-03-01\n"}

    assert 1 == len(due(rendered(load_with, off, "2027-02-28")[INCLUSION]))
    assert [] == due(rendered(load_with, off, "2027-03-01")[INCLUSION])


def test_a_module_that_a_program_changed_is_that_programs(load_with: Load) -> None:
    changed = "training: [{id: inclusion, minutes: 40}, the-rest]\n"
    made = rendered(load_with, tides(1, changed), "2027-04-05")

    assert ["Digital fluency"] == [line[0].split("]")[0] for line in due(made[INCLUSION])]
    own = made["programs/tides-1/training/inclusion.md"]
    assert ["Tides 1](index.md), Summer: done by Fri 16 July 2027"] == [line for line, _ in due(own)]
    assert "[All modules](index.md)" in own


def test_where_many_programs_have_a_module_its_page_stays_short(load_with: Load) -> None:
    made = rendered(load_with, tides(7), "2027-04-05")[INCLUSION]

    assert 6 == len(due(made))
    assert "[All programmes](../../programs/index.md)" in made


# --- states in words ------------------------------------------------------------------------------


def badges(text: str) -> list[str]:
    return re.findall(r'<span class="hb-state[^>]*>(.*?)</span>', text)


@pytest.mark.parametrize(
    ("day", "path", "guide"),
    [
        ("2027-02-28", ["Past", "Next", *["To come"] * 4], "To come"),
        ("2027-03-01", ["Past", "This week", "Next", *["To come"] * 3], "This week"),
        ("2027-03-05", ["Past", "This week", "Next", *["To come"] * 3], "This week"),
        ("2027-03-06", ["Past", "Past", "Next", *["To come"] * 3], "Past"),
        ("2027-09-01", ["Past"] * 6, "Past"),
    ],
)
def test_the_path_of_sessions_says_what_is_past_this_week_and_to_come(
    load_with: Load, day: str, path: list[str], guide: str
) -> None:
    made = rendered(load_with, {}, day)

    assert path == badges(made[f"{FLUENCY}sessions/index.md"])
    assert [guide] == badges(made[f"{FLUENCY}sessions/how-we-work.md"])[:1]


def test_a_session_that_is_pinned_to_a_day_is_said_to_be_today(load_with: Load) -> None:
    pinned = {f"{FLUENCY}2027-spring.yml": f"{COHORT}dates: {{how-we-work: 2027-03-03}}\n"}

    said = [
        badges(rendered(load_with, pinned, f"2027-03-0{n}")[f"{FLUENCY}sessions/index.md"]) for n in (2, 3, 4)
    ]
    assert ["Next", "Today", "Past"] == [words[1] for words in said]


def test_sessions_that_are_always_held_look_like_the_others_and_are_named(load_with: Load) -> None:
    page = rendered(load_with, {}, "2027-01-20")[f"{FLUENCY}sessions/index.md"]

    stops = re.findall('class="(hb-path__stop[ "][^"]*)"', page)
    coming = "hb-path__stop hb-path__stop--"
    assert [f"{coming}next", *5 * [f"{coming}coming"]] == stops
    [held] = re.findall("Always held: (.*)", page)
    assert 2 == held.count(",") + held.count(" and ")


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2027-01-28", ["Due now", "Due now", "To come"]),
        ("2027-02-02", ["Past", "Due now", "To come"]),
        ("2027-02-06", ["Past", "Past", "To come"]),
        ("2027-03-28", ["Past", "Past", "To come"]),
        ("2027-03-29", ["Past", "Past", "Due now"]),
        ("2027-04-10", ["Past", "Past", "Past"]),
    ],
)
def test_the_training_list_says_what_is_due_now(load_with: Load, day: str, said: list[str]) -> None:
    assert said == badges(rendered(load_with, {}, day)[f"{FLUENCY}training/index.md"])


NOTE = "  - {id: note, title: A note, purpose: session, url: 'https://forms.example/note'}\n"
NAMES = {
    "Sign-up form": "sign-up",
    "Starting-point form": "baseline",
    "Midpoint form": "midpoint",
    "End form": "end",
    "A note": "note",
}
FORMS = SHORT[f"{FLUENCY}program.yml"].replace("forms:\n", f"forms:\n{NOTE}")


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-11-30", "Not open yet: sign-up, baseline, midpoint, end, note"),
        ("2027-02-09", "Open: baseline, note. Not open yet: midpoint, end. Closed: sign-up"),
        ("2027-04-12", "Open: midpoint, note. Not open yet: end. Closed: sign-up, baseline"),
        ("2027-06-30", "Closed: sign-up, baseline, midpoint, end, note"),
    ],
)
def test_the_open_forms_come_first_and_the_closed_ones_last(load_with: Load, day: str, said: str) -> None:
    page = rendered(load_with, {f"{FLUENCY}program.yml": FORMS}, day)[f"{FLUENCY}feedback.md"]

    titles = re.findall('<p class="hb-card__title">(.*)</p>', page)
    shown = [(state, NAMES[title]) for state, title in zip(badges(page), titles, strict=True)]
    states = [(state, ", ".join(name for _, name in cards)) for state, cards in groupby(shown, itemgetter(0))]
    assert said == ". ".join(f"{state}: {names}" for state, names in states)


def test_nobody_is_thanked_for_answers_to_a_form_that_had_no_link(load_with: Load) -> None:
    page = rendered(load_with, {}, "2027-06-30")[f"{FLUENCY}feedback.md"]

    closed = re.findall('<p class="hb-card__next">(.*)</p>', page)
    assert ["Closed."] * 3 + ["Closed. Thank you to all who answered."] == closed
