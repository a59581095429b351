"""The announcement page and the page of each pairing: what the two open on their phones."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, expect

from handbook.contents.build import Build
from handbook.guidance.messages.announcement import Announcement
from handbook.guidance.steps.pairings import PairingCard
from handbook.model import timeline
from handbook.model.definitions.cohort import Pairing, Person
from handbook.model.definitions.program import Audience
from handbook.model.handbook import Handbook
from handbook.pages.rendering import pages
from handbook.pages.views.connections import connections
from handbook.pages.website.faults import downloads, faults
from handbook.text.prose import Text
from tests.conftest import Loaded
from tests.repository import COHORT, DAY, SHORT, Files, Look, Site, Sites, example
from tests.test_browser import LIGHT, opened

Load = Callable[[Files], Loaded]
Serve = Callable[[Path], AbstractContextManager[str]]
FLUENCY = "programs/digital-fluency/"
RUN = f"{FLUENCY}2027-spring/"
PAIRINGS = f"{RUN}pairings/"
FIRST = f"{PAIRINGS}1-with-1/"
YES = "confirmed: {mentor: 2027-01-20, mentee: 2027-01-21}"
PEOPLE = """\
people:
  - {id: zoe, name: Zoë Ålund, role: mentor, unit: Data, consent: public}
  - {id: bo, name: Bo Quist, role: mentor, unit: Care, consent: participants}
  - {id: mentor-9, role: mentor}
  - {id: kim, name: Kim Field, role: mentee, unit: Finance, consent: public}
  - {id: lee, name: Lee Marsh, role: mentee, unit: Estates, consent: public}
"""


def with_pairings(*pairings: str) -> Files:
    """The short repository, with these people and pairings in its cohort."""
    lines = "".join(f"  - {{{line}}}\n" for line in pairings)
    return {
        **SHORT,
        "programs/organisation.yml": "name: Small Steps\nrepository: private\n",
        f"{RUN[:-1]}.yml": f"{COHORT}{PEOPLE}pairings:\n{lines}",
    }


ZOE_AND_KIM = f"mentor: zoe, mentee: kim, topics: [ai-tools], {YES}, announce: 2027-01-29"
BO_AND_LEE = f"mentor: bo, mentee: lee, {YES}, announce: 2027-01-29, paused: 2027-03-01"
NINE_AND_LEE = f"mentor: mentor-9, mentee: lee, {YES}, announce: 2027-03-08"
LATER = f"mentor: bo, mentee: kim, {YES}, announce: 2027-03-15"
SMALL = with_pairings(ZOE_AND_KIM, BO_AND_LEE, NINE_AND_LEE, LATER)


def look(built: Sites, page: str, files: Files = SMALL, day: str = DAY) -> Look:
    return built(files, day).look(page)


def pairing_pages(site: Site) -> list[str]:
    return [page for page in site.pages() if page.startswith(PAIRINGS) and page != PAIRINGS]


def rendered(load_with: Load, files: Files, day: str = DAY, audience: Audience = "public") -> dict[str, str]:
    """The pages of pairings as Markdown, by their address: quicker than a site where words count alone."""
    handbook, problems = load_with(files)
    assert handbook is not None, problems
    made = pages.render(handbook, Build(date.fromisoformat(day), audience))
    return {
        f"{one.path.removesuffix('.md')}/": unescape(one.text)
        for one in made
        if one.kind.name == "cohort/pairing"
    }


# --- a page for each pairing ----------------------------------------------------------------------


def test_each_pairing_that_is_shown_has_a_page_named_by_numbers(built: Sites) -> None:
    """And one whose day has not come has none."""
    expected = [f"{PAIRINGS}{name}/" for name in ("1-with-1", "2-with-2", "9-with-2")]

    assert expected == pairing_pages(built(SMALL))


def test_the_page_comes_with_its_day_and_without_a_commit(built: Sites) -> None:
    page = f"{PAIRINGS}2-with-1/"

    assert page not in built(SMALL).pages()
    assert page in built(SMALL, "2027-03-15").pages()


def test_the_list_leads_to_each_page_and_the_page_back(built: Sites) -> None:
    site = built(SMALL)

    found = [link for link in site.look(PAIRINGS).addresses if link.startswith(("1-", "2-", "9-"))]
    assert ["1-with-1/", "2-with-2/", "9-with-2/"] == found
    assert "../" in site.look(FIRST).addresses
    assert [] == list(site.dead_links())


def test_a_page_is_called_by_the_names_that_its_readers_may_know(built: Sites) -> None:
    site = built(SMALL)

    names = [site.look(page).headings[0] for page in pairing_pages(site)]
    assert ["Zoë Ålund and Kim Field", "Mentor 2 and Lee Marsh", "Mentor 9 and Lee Marsh"] == names
    assert b"Bo Quist" not in b"".join(site.files.values())
    assert "<title>Zoë Ålund and Kim Field – Spring 2027 – Digital fluency<" in unescape(site.html(FIRST))


def test_a_page_has_dates_sessions_forms_and_what_to_do_next(built: Sites) -> None:
    text = look(built, FIRST, example()).text
    headings = look(built, FIRST, example()).headings

    assert ["What to do next", "Your sessions", "Your feedback forms"] == [
        one for one in headings[1:] if one.startswith(("What", "Your"))
    ]
    assert text.index("Your sessions") < text.index("Your other dates") < text.index("Your feedback forms")
    assert "Meet your mentor for “Prompt lab”." in text
    assert "Mon 29 Mar – Fri 2 April 2027, 60 minutes Hands on: one tool, one real task" in text
    assert "Wed 28 April 2027" in text
    assert "Answer each other within 48 hours" in text
    calendars = [one for one in look(built, FIRST, example()).addresses if one.endswith(".ics")]
    assert ["../../calendar-mentor.ics", "../../calendar-mentee.ics"] == calendars


def test_each_of_the_two_gets_the_links_of_their_role(load_with: Load) -> None:
    """A form that fills the role in beforehand has one link for each of the two, and none for others."""
    forms = """\
forms:
  - {id: pulse, title: Pulse, purpose: midpoint, for: [mentor, mentee, sponsor], url: "https://forms.example/p",
     opens: {week: 5}, closes: {week: 7}, prefill: {role: r}}
  - {id: sponsors, title: For sponsors alone, purpose: end, for: [sponsor], url: "https://forms.example/s",
     opens: {week: 5}, closes: {week: 7}}
"""
    program = SHORT[f"{FLUENCY}program.yml"]
    files = {**SMALL, f"{FLUENCY}program.yml": program[: program.index("forms:")] + forms}
    text = rendered(load_with, files)[FIRST]

    found = set(re.findall(r"https://forms\.example/[^)]+", text))
    assert {"https://forms.example/p?r=mentor", "https://forms.example/p?r=mentee"} == found
    assert "For sponsors alone" not in text


def test_before_the_first_session_the_first_message_is_what_to_do(load_with: Load) -> None:
    ahead, behind = (rendered(load_with, SMALL, day)[FIRST] for day in ("2027-01-29", DAY))

    first = "Kim Field: write to Zoë Ålund within 48 hours."
    assert first in ahead
    assert first not in behind


def test_who_begins_late_begins_with_the_first_session(built: Sites) -> None:
    late = "Some of these weeks were over before you were announced."
    begin = "Choose a day for “First meeting: how we want to work”."

    for said in (late, begin):
        assert said in look(built, f"{PAIRINGS}9-with-2/").text
        assert said not in look(built, FIRST).text


@pytest.mark.parametrize(
    ("since", "said", "unsaid"),
    [
        ("paused: 2027-03-01", "You have nothing to do for now.", "Your sessions"),
        ("paused: 2027-03-01", "your dates will come back here", "Your feedback forms"),
        ("completed: 2027-03-01", "You have reached the end.", "Your sessions"),
    ],
)
def test_who_rests_or_is_done_is_asked_for_nothing(
    load_with: Load, since: str, said: str, unsaid: str
) -> None:
    text = rendered(load_with, with_pairings(f"{ZOE_AND_KIM}, {since}"), audience="participants")[FIRST]

    assert said in text
    assert unsaid not in text


def everything(load_with: Load, files: Files, audience: Audience) -> dict[str, bytes]:
    """All that such a build is made of, the messages ready to send among it."""
    handbook, problems = load_with(files)
    assert handbook is not None, problems
    build = Build(date.fromisoformat(DAY), audience, site="https://handbook.example/")
    announcement = Announcement(handbook, build, handbook.cohorts[0])
    made = {page.path: f"{page.title} {page.text}".encode() for page in pages.render(handbook, build)}
    told = {"announced": repr((announcement.for_all(), announcement.for_each())).encode()}
    return {**made, **downloads(handbook, build), **told}


@pytest.mark.parametrize("day", ["2027-01-30", "2027-03-09"])
def test_the_public_cannot_tell_whether_two_have_paused(load_with: Load, day: str) -> None:
    going_on, paused = (
        everything(load_with, with_pairings(f"{ZOE_AND_KIM}{more}", NINE_AND_LEE), "public")
        for more in ("", f", paused: {day}")
    )

    assert going_on == paused


def test_participants_read_of_a_pause_on_the_page_of_the_two_alone(load_with: Load) -> None:
    going_on, paused = (
        everything(load_with, with_pairings(f"{ZOE_AND_KIM}{more}", NINE_AND_LEE), "participants")
        for more in ("", ", paused: 2027-03-02")
    )

    differing = {path for path, content in going_on.items() if paused[path] != content}
    assert {f"{FIRST[:-1]}.md", "announced"} == differing  # who rests gets no message


def test_of_a_pairing_that_ended_no_page_is_left(load_with: Load) -> None:
    files = with_pairings(f"{ZOE_AND_KIM}, ended: 2027-03-01", BO_AND_LEE)

    assert [f"{PAIRINGS}2-with-2/"] == [*rendered(load_with, files)]


def test_two_who_meet_a_second_time_have_one_page(load_with: Load) -> None:
    """The page of what goes on, whichever stands first in the file."""
    again = ZOE_AND_KIM.replace("[ai-tools]", "[social-media]")
    over = f"{ZOE_AND_KIM}, completed: 2027-03-01"
    for files in (with_pairings(over, again), with_pairings(again, over)):
        made = rendered(load_with, files)

        assert [FIRST] == [*made]
        assert "Social media" in made[FIRST]
        assert "You have reached the end." not in made[FIRST]


def test_pages_of_pairings_are_in_no_menu_and_in_no_log(built: Sites) -> None:
    """A cohort of hundreds would fill both."""
    site = built(SMALL)

    assert "1-with-1" not in site.log
    assert "1-with-1" not in site.html(f"{PAIRINGS}2-with-2/")
    assert "1-with-1" not in site.html(f"{RUN}")


def test_the_menu_of_a_pairings_page_is_open_at_its_cohort(built: Sites) -> None:
    menu = [link for link in look(built, FIRST).addresses if link.startswith("../")]

    assert {"../../", "../"} <= set(menu)


def test_the_search_finds_the_two_and_not_the_dates_of_each_page(built: Sites) -> None:
    title, sections = built(SMALL).searched()[FIRST]

    assert "Zoë Ålund and Kim Field" == title
    assert [] == [heading for _, heading, _ in sections if heading]
    assert "AI tools" in str(sections)


# --- the list -------------------------------------------------------------------------------------


def filtered(page: Page) -> list[str]:
    """The names on the cards that are seen."""
    cards = page.locator(".hb-pairing:visible")
    return [" & ".join(card.locator("strong").all_inner_texts()) for card in cards.all()]


MANY = with_pairings(
    ZOE_AND_KIM,
    BO_AND_LEE,
    NINE_AND_LEE,
    f"mentor: zoe, mentee: lee, topics: [social-media], {YES}, announce: 2027-01-29",
)


def test_the_list_is_searched_and_narrowed_down(chromium: Browser, serve_dir: Serve, built: Sites) -> None:
    with serve_dir(built(MANY).folder) as url, opened(chromium) as page:
        page.goto(f"{url}/{PAIRINGS}")
        found, reset = page.get_by_role("status"), page.get_by_role("button", name="Show all")
        expect(reset).to_be_hidden()
        expect(found.filter(has_text="Shown")).to_have_count(0)  # nothing is said unasked

        page.get_by_label("Name or word").fill("zoe ALUND")  # as people type it
        expect(found.filter(has_text="Shown: 2 of 4")).to_be_visible()
        assert ["Zoë Ålund & Kim Field", "Zoë Ålund & Lee Marsh"] == filtered(page)

        page.get_by_text("By unit or topic").click()  # folded on a phone
        page.get_by_label("Topic").select_option("Social media")
        assert ["Zoë Ålund & Lee Marsh"] == filtered(page)

        page.get_by_label("Name or word").fill("mentor")  # a word of every card, and nobody's
        expect(found.filter(has_text="Nothing found.")).to_be_visible()

        reset.click()
        expect(found.filter(has_text="Shown: 4 of 4")).to_be_visible()
        page.get_by_label("Unit").select_option("Estates")
        assert ["Zoë Ålund & Lee Marsh", "Mentor 2 & Lee Marsh", "Mentor 9 & Lee Marsh"] == filtered(page)


LETTERS = {
    "Łukasz Wróbel": ("lukasz", "Łukasz", "łuk", "wrobel", "LUKASZ"),
    "Øyvind Åsen": ("oyvind", "Øyvind", "øyv", "asen"),
    "Đorđe Ćosić": ("dorde", "Đorđe", "đorđe cosic", "DORDE"),
    "Jana Weiß": ("weiss", "Weiß", "weiß", "WEISS", "WEIẞ"),
    "Æsa Þórsdóttir": ("aesa", "Æsa", "æsa thorsdottir", "ÆSA"),
    "I\u015f\u0131l İnan": ("isil", "I\u015f\u0131l", "inan", "INAN", "\u0131\u015f\u0131l"),
    "Sœur Guðrún": ("soeur", "sœur", "gudrun", "Guðrún"),
}
NAMED = {
    path: text.replace(
        "people:\n",
        "people:\n"
        + "".join(
            f"  - {{id: m{number}, name: {name}, role: mentor, unit: Data, consent: public}}\n"
            for number, name in enumerate(LETTERS)
        ),
    )
    for path, text in with_pairings(
        *(f"mentor: m{number}, mentee: lee, {YES}, announce: 2027-01-29" for number in range(len(LETTERS)))
    ).items()
}


def test_plain_letters_find_names_and_so_do_their_own(
    chromium: Browser, serve_dir: Serve, built: Sites
) -> None:
    with serve_dir(built(NAMED).folder) as url, opened(chromium) as page:
        page.goto(f"{url}/{PAIRINGS}")
        for name, ways in LETTERS.items():
            for way in ways:
                page.get_by_label("Name or word").fill(way)
                assert [f"{name} & Lee Marsh"] == filtered(page), way


@pytest.mark.parametrize(("files", "unnamed"), [(NAMED, False), (MANY, True)], ids=["named", "some unnamed"])
def test_that_some_have_no_name_is_said_only_where_it_is_so(
    built: Sites, files: Files, unnamed: bool
) -> None:
    html = built(files).html(PAIRINGS)

    assert 'data-none="Nothing found.' in html
    assert unnamed == ("Some people are shown without their name" in html)


def test_only_units_that_readers_see_can_be_chosen(built: Sites) -> None:
    html = built(MANY).html(PAIRINGS)

    assert "<option>Data</option>" in html
    assert "Care" not in html


def test_without_a_script_there_is_no_filter_and_every_card(
    chromium: Browser, serve_dir: Serve, built: Sites
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    with serve_dir(built(MANY).folder) as url:
        page = context.new_page()
        page.goto(f"{url}/{PAIRINGS}")

        expect(page.locator(".hb-filter")).to_be_hidden()
        assert 4 == len(filtered(page))
    context.close()


def test_before_the_day_the_cohorts_page_says_how_it_comes_about(built: Sites) -> None:
    assert PAIRINGS not in built(SHORT).pages()
    assert "No pairing is announced yet." in look(built, RUN, SHORT).text
    assert "No pairing is announced yet." not in look(built, RUN).text


# --- the drawing ----------------------------------------------------------------------------------


def card(number: int, mentor: str, mentee: str, names: tuple[str, str] = ("A", "B")) -> PairingCard:
    """A card of two people by their units."""
    left = Person(f"a{number}", "mentor", number, unit=Text(mentor))
    right = Person(f"b{number}", "mentee", number, unit=Text(mentee))
    shown = (Text(names[0]), Text(names[1]))
    return PairingCard(Pairing(number, left, right), *shown, "announced", (), (), "", begun=False, over=False)


def test_the_drawing_counts_pairings_between_two_units() -> None:
    drawn = connections([card(1, "Data", "Law"), card(2, "Care", "Law"), card(3, "Data", "Law")])

    assert ("Data", "Care") == drawn.mentors  # the most first
    assert ("Law",) == drawn.mentees
    assert [("Data", "Law", 2, 25.0, 44.38, 6.0), ("Care", "Law", 1, 75.0, 61.25, 3.0)] == [
        (tie.mentors, tie.mentees, tie.pairings, tie.begins, tie.ends, tie.thick) for tie in drawn.ties
    ]


def test_lines_of_one_unit_lie_beside_each_other_and_stay_at_its_name() -> None:
    """However many there are: 60 pairings between 6 units and 5, each with each."""
    drawn = connections(
        [card(n, f"From {n % 6}", f"To {n % 5}") for n in range(60)],
    )

    for place, unit in enumerate(drawn.mentors):
        own = [tie.begins for tie in drawn.ties if tie.mentors == unit]
        assert own == sorted(set(own))
        assert all(abs(begins - 100 * (place + 0.5) / 6) <= 0.3 * 100 / 6 for begins in own)
    assert max(tie.thick for tie in drawn.ties) < 4


def test_the_drawing_puts_units_beside_those_they_are_tied_to() -> None:
    """Drawn by the alphabet every line would cross every other."""
    cards = [card(1, "A", "Z"), card(2, "B", "Y"), card(3, "C", "X")]

    drawn = connections(cards)

    assert (("A", "B", "C"), ("Z", "Y", "X")) == (drawn.mentors, drawn.mentees)
    assert all(tie.begins == tie.ends for tie in drawn.ties)


@pytest.mark.parametrize(
    "other", [card(2, "Secret", "Law", ("", "B")), card(2, "Data", "Secret", ("A", "")), card(2, "Data", "")]
)
def test_the_drawing_leaves_out_what_a_card_does_not_say(other: PairingCard) -> None:
    drawn = connections([card(1, "Data", "Law"), other])

    assert (("Data",), ("Law",), 1) == (drawn.mentors, drawn.mentees, drawn.unsaid)


# Two pairings lie between the same two units, one beside them, and one is not to be drawn.
TIED = {
    path: text.replace("unit: Care, consent: participants", "unit: Care, consent: public").replace(
        "people:\n", "people:\n  - {id: ann, name: Ann Ray, role: mentor, unit: Data, consent: public}\n"
    )
    for path, text in with_pairings(
        ZOE_AND_KIM, f"mentor: ann, mentee: kim, {YES}, announce: 2027-01-29", BO_AND_LEE, NINE_AND_LEE
    ).items()
}


def test_the_drawing_is_said_in_words_too(built: Sites) -> None:
    text = look(built, PAIRINGS, TIED).text

    assert "From Data (mentor) to Finance (mentee): 2 pairings" in text
    assert "From Care (mentor) to Estates (mentee): 1 pairing" in text
    assert "Not drawn: 1 pairing, because somebody" in text


@pytest.mark.parametrize("files", [SMALL, example()], ids=["one line", "lines side by side"])
def test_there_is_no_drawing_where_it_would_say_nothing(built: Sites, files: Files) -> None:
    assert "How the pairings connect us" not in look(built, PAIRINGS, files).headings


ENDS = """() => {
  const middle = one => { const box = one.getBoundingClientRect(); return box.top + box.height / 2; };
  const left = [...document.querySelectorAll(".hb-ties__units--mentor li")].map(middle);
  const lines = [...document.querySelectorAll(".hb-ties path")].map(one => {
    const begin = one.getPointAtLength(0).matrixTransform(one.getScreenCTM());
    return begin.y;
  });
  return lines.map(y => Math.min(...left.map(one => Math.abs(one - y))));
}"""
STROKE = f"""() => {{{LIGHT}
  const line = document.querySelector(".hb-ties path"), box = document.querySelector(".hb-ties");
  return contrast(painted(box), painted(box, getComputedStyle(line).stroke));
}}"""


@pytest.mark.parametrize("size", ["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_line_begins_beside_its_unit_and_stands_out(
    chromium: Browser, serve_dir: Serve, built: Sites, size: str, scheme: str
) -> None:
    with serve_dir(built(TIED).folder) as url, opened(chromium, size, scheme) as page:
        page.goto(f"{url}/{PAIRINGS}")

        away = page.evaluate(ENDS)
        assert 2 == len(away)
        assert max(away) < 3
        assert page.evaluate(STROKE) >= 3


# --- what is worked out ---------------------------------------------------------------------------


def test_a_pairing_has_begun_when_a_session_went_by(load_with: Callable[[Files], Loaded]) -> None:
    handbook, problems = load_with(SMALL)
    assert isinstance(handbook, Handbook), problems
    [cohort] = handbook.cohorts
    pairing = cohort.pairings[0]
    first = next(one for one in timeline.events(cohort) if one.kind == "session")

    def begun(day: date, announced: date) -> bool:
        # Who confirms after the day under `announce` is announced with that.
        said = {"mentor": announced, "mentee": pairing.confirmed["mentee"]}
        return timeline.has_begun(cohort, replace(pairing, confirmed=said), day)

    after = date.fromordinal(first.until.toordinal() + 1)
    assert not begun(first.until, first.day)
    assert begun(after, first.day)
    assert not begun(after, after)  # what went by before they were announced is not theirs
    assert not begun(after, date.fromordinal(first.day.toordinal() + 1))  # nor what had begun


@pytest.mark.parametrize("state", ["announced", "paused", "completed"])
def test_an_own_template_that_fails_is_told_before_any_pairing_is_announced(
    load_with: Callable[[Files], Loaded], state: str
) -> None:
    """Else the site would break on the morning of the announcement."""
    own = f"""{{% extends "engine/cohort/pairing.md.j2" %}}
{{% block steps %}}{{% if card.state == "{state}" %}}{{{{ t("nothing.here") }}}}{{% endif %}}{{% endblock %}}
"""
    handbook, problems = load_with({"docs/templates/cohort/pairing.md.j2": own})
    assert isinstance(handbook, Handbook), problems

    [problem] = faults(handbook, Build(date.fromisoformat(DAY)))

    assert ("docs/templates/cohort/pairing.md.j2", 2) == (problem.path, problem.line)


def test_a_label_with_a_quotation_mark_stays_in_its_attribute(load_with: Callable[[Files], Loaded]) -> None:
    label = "pairings:\n  found: 'Shown \"{n}\" <b>of</b> {all}'\n"
    handbook, problems = load_with({**MANY, "docs/templates/texts/en.yml": label})
    assert isinstance(handbook, Handbook), problems
    made = pages.render(handbook, Build(date.fromisoformat(DAY)))
    [page] = [one for one in made if one.kind.name == "cohort/pairings"]

    form = BeautifulSoup(page.text, "html.parser").select_one(".hb-filter")
    assert form is not None
    assert 'Shown "{n}" <b>of</b> 4' == form["data-found"]
