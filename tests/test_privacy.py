"""No address or number of a person stands in a program, a cohort or a text beside them."""

import re
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from handbook.cli import main
from handbook.model.definitions.organisation import Contact, Organisation
from handbook.rules.privacy.names import Names
from handbook.rules.privacy.private import in_prose
from handbook.text.prose import Text
from tests.conftest import Loaded
from tests.repository import COHORT, PROGRAM, SHORT, Files

Load = Callable[[Files], Loaded]
RUN = "programs/digital-fluency/2027-spring.yml"
CONTACTS = """\
contacts:
  - {purpose: program, label: The team, address: mentoring@steps.example}
  - {purpose: wellbeing, label: The line, phone: "+44 1632 960142"}
"""
ORGANISATION = {"programs/organisation.yml": f"name: Small Steps\n{CONTACTS}"}
PATH, RUN, PROSE = (
    "programs/digital-fluency/program.yml",
    "programs/digital-fluency/2027-spring.yml",
    "programs/digital-fluency/story.md",
)


@pytest.mark.parametrize(
    "text",
    [
        "Write to jo.ray@steps.example",
        "mailto:Jo-Ray+x@mail.steps.example",
        "Call +44 1632 960999 today",
        "Call 01632 960999",
        "Call (01632) 960 999",
        "tel +1-202-555-0143",
        "call (202) 555-0143",
        "call 202-555-0143",
        "jo.ray&#64;steps.example",
        "jo.ray@steps&#46;example",
        "jo.ray\\@steps.example",
        "jo.ray (at) steps (dot) example",
        "jo.ray @ steps.example",
        "jo.ray\uff20steps.example",
        "jo.ray@**steps**.example",
        "`jo.ray`@`steps.example`",
        "jo.ray@[steps.example](https://steps.example)",
        "[write](mailto:jo.ray%40steps.example)",
        "+44.1632.960.999",
        "01632\u00a0960\u00a0999",
        "01632\u2011960\u2011999",
        "01632 **960** 999",
        "&#43;44 1632 960999",
        "\uff0b44 1632 960999",
        "0170 / 1234567",
        "030 - 123 456 78",
        "(0)20 7946 0018",
        "1-555-123-4567",
        "[call](tel:4917012345678)",
        "https://wa.me/4917012345678",
        "jo.ray[@]steps.example",
        "jo.ray (at) steps dot example",
        "https://steps.example,jo.ray@steps.example",
    ],
)
def test_an_address_or_number_is_refused_without_being_printed(load_with: Load, text: str) -> None:
    for path, files, line in (
        (PATH, {PATH: f"{PROGRAM}why: '{text}'\n"}, len(PROGRAM.splitlines()) + 1),
        (RUN, {RUN: f"{COHORT}results: {{lessons: [{{said: '{text}', did: B}}]}}\n"}, 4),
        (PROSE, {PROSE: f"# A\n\n{text}\n"}, 3),
    ):
        handbook, [problem] = load_with({**SHORT, PROSE: "A\n", **ORGANISATION, **files})

        assert handbook is None
        assert ("personal-address", path, line) == (problem.code, problem.path, problem.line)
        assert "steps.example" not in problem.message + problem.hint
        assert "960" not in problem.message
        assert "Git history" in problem.hint


@pytest.mark.parametrize(
    "text", ["Ask jo.ray@\nsteps.example", "Ask jo.ray\n@steps.example", "On 01632\n960999"]
)
def test_an_address_is_found_where_its_line_ends(load_with: Load, text: str) -> None:
    _, [problem] = load_with({**SHORT, **ORGANISATION, PROSE: f"# A\n\n{text}\n"})

    assert ("personal-address", PROSE, 3) == (problem.code, problem.path, problem.line)


@pytest.mark.parametrize(
    "text",
    [
        "Write to [us](mailto:mentoring@steps.example) or MENTORING@steps.example",
        "Call +44 1632 960142, or +44 (1632) 960-142",
        "In 2027, on 2027-02-01, we were 6,000 people in room 0123",
        "See https://steps.example/06912345678?entry.0123456789=1",
        "At 13:30 and 09:00 we meet @home",
        "Version 0.1.2.3 of 12345678",
        "On 01.02.2027, 08.03.2027 and 12.04.2027.",
        "Lunch @ noon, 2027-02-01 at 10.30",
        "On 05.02. 09.03. 13.04. 18.05. and 01/02 08/02 15/02 22/02",
        "At 09.00 10.00 11.00 12.00; weeks 02 04 06 08 10",
        "ISBN 0306406152, cost centre 0012345678, meeting ID: 012 345 678 901",
        "We have 1 000 000 000 reasons",
        "The VP @ Booking.com, on Instagram @northwind.health and @learning@mastodon.social",
    ],
)
def test_what_is_shared_or_no_address_is_welcome(load_with: Load, text: str) -> None:
    handbook, problems = load_with({**ORGANISATION, PATH: f"{PROGRAM}why: '{text}'\n", PROSE: f"{text}\n"})

    assert handbook is not None
    assert () == problems


CONTACT = Contact("program", Text("The team"), Text("mentoring@steps.example"))


@given(st.text(max_size=3000))
def test_whatever_stands_in_a_text_it_is_searched(text: str) -> None:
    for problem in in_prose("a.md", text, Organisation(Text("A"), contacts=(CONTACT,))):
        assert 1 <= problem.line <= len(text.splitlines())


@pytest.mark.parametrize(
    ("address", "warned"),
    [
        ("dana.whitfield@steps.example", True),
        ("d.whitfield@steps.example", True),
        ("dana_whitfield-ray@steps.example", False),  # three parts: too many for a guess
        ("reverse-mentoring@steps.example", False),
        ("speak.up@steps.example", False),
        ("small-steps@steps.example", False),
        ("mentoring@steps.example", False),
        ("https://steps.example/dana.whitfield", False),
    ],
)
def test_a_contact_that_looks_like_one_persons_is_a_warning(
    load_with: Load, address: str, warned: bool
) -> None:
    contact = f'contacts: [{{purpose: program, label: A, address: "{address}"}}]\n'
    handbook, problems = load_with({"programs/organisation.yml": f"name: Small Steps\n{contact}"})

    assert handbook is not None
    assert [("contact-looks-personal", 2)] * warned == [(one.code, one.line) for one in problems]


@pytest.mark.parametrize("column", ["Your faith: religion", "Gender: unit"])
def test_a_column_that_says_what_a_person_is_is_not_taken_over(load_with: Load, column: str) -> None:
    handbook, [problem] = load_with({PATH: f"{PROGRAM.replace('sign_up:', 'agreement: {}#')}"
                                     f"\nsign_up:\n  columns:\n    {column}\n"})  # fmt: skip

    assert handbook is None
    assert "protected-characteristic" == problem.code
    assert "the column then stays in the sheet" in problem.hint


@pytest.mark.parametrize("column", ["Gender: leave-out", '"Your religion?": leave-out'])
def test_a_column_that_is_left_out_may_be_called_anything(load_with: Load, column: str) -> None:
    """Else nobody could say once that it is not to be read."""
    handbook, problems = load_with({PATH: f"{PROGRAM.replace('sign_up:', 'agreement: {}#')}"
                                    f"\nsign_up:\n  columns:\n    {column}\n"})  # fmt: skip

    assert handbook is not None
    assert () == problems


def test_an_address_in_the_title_of_a_column_is_found(load_with: Load) -> None:
    column = '"Ask dana.whitfield@steps.example: colour?": leave-out'
    text = f"{PROGRAM.replace('sign_up:', 'agreement: {}#')}\nsign_up:\n  columns:\n    {column}\n"

    handbook, [problem] = load_with({PATH: text})

    assert handbook is None
    assert "personal-address" == problem.code
    assert column in text.split("\n")[problem.line - 1]
    assert "dana" not in problem.message


PRIVATE = {"programs/organisation.yml": "name: Small Steps\nrepository: private\n"}
PEOPLE = """\
people:
  - {id: a, role: mentor, name: Amara Obi, consent: public}
  - {id: b, role: mentee, name: Jo Rivera, consent: participants}
  - {id: c, role: mentee, name: May}
"""


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        (RUN, "results: {lessons: [{said: Thanks to Jo  Rivera, did: Done}]}\n", 8),
        (PATH, "why: Ask JO RIVERA.\n", len(PROGRAM.splitlines()) + 1),
        (PROSE, "# A\n\nJo\tRivera asked.\n", 3),
        (PROSE, "# A\n\nAsk Jo\nRivera.\n", 3),
        (PROSE, "# A\n\nAsk **Jo** _Rivera_ or Jo R&#105;vera.\n", 3),
        (PROSE, "# A\n\n[Jo](https://steps.example/) Rivera\n", 3),
        (PROSE, "# A\n\nRivera, Jo\n", 3),
        (PROSE, "# A\n\nDr. Jo Rivera\n", 3),
        (PROSE, "# A\n\nJo\u034f Riv\ufe0fera\n", 3),
        (
            PATH,
            "resources: [{title: Jo Rivera, url: 'https://steps.example/'}]\n",
            len(PROGRAM.splitlines()) + 1,
        ),
    ],
)
def test_a_name_without_consent_stands_in_no_text(load_with: Load, path: str, text: str, line: int) -> None:
    files = {RUN: COHORT + PEOPLE, PATH: PROGRAM, PROSE: "A\n"}
    files[path] = text if path == PROSE else files[path] + text
    handbook, [problem] = load_with({**PRIVATE, **files})

    assert handbook is None
    assert ("name-in-text", path, line) == (problem.code, problem.path, problem.line)
    assert "rivera" not in f"{problem.message} {problem.hint}".lower()


@pytest.mark.parametrize(
    "path", ["programs/organisation.yml", "programs/next/program.yml", "programs/next/story.md"]
)
def test_a_name_without_consent_stands_in_no_file_of_another_program(load_with: Load, path: str) -> None:
    files = {
        "programs/next/program.yml": PROGRAM.replace("Digital fluency", "Next"),
        "programs/next/story.md": "A\n",
        RUN: COHORT + PEOPLE,
        **PRIVATE,
    }
    label = "contacts: [{purpose: concern, label: Jo Rivera, address: trust@steps.example}]\n"
    said = {"organisation.yml": label, "program.yml": "why: Ask Jo Rivera.\n", "story.md": "Ask Jo Rivera.\n"}
    handbook, problems = load_with({**files, path: files[path] + said[path.split("/")[-1]]})

    assert handbook is None
    assert [("name-in-text", path)] == [(one.code, one.path) for one in problems]


def test_a_title_before_a_name_hides_nothing(load_with: Load) -> None:
    people = PEOPLE.replace("Jo Rivera", "Dr. Jo Rivera")
    _, [problem] = load_with({**PRIVATE, RUN: COHORT + people, PROSE: "Ask Jo Rivera.\n", PATH: PROGRAM})

    assert ("name-in-text", PROSE) == (problem.code, problem.path)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Łukasz Dąb", "Lukasz Dab"), ("Søren Åkesson", "soren akesson"), ("Anna Groß", "ANNA GROSS"),
        ("Lukasz Dab", "Łukasz Dąb"), ("Ægir Þórsson", "Aegir Thorsson"), ("Đorđe Ilić", "dorde ilic"),
    ],
)  # fmt: skip
def test_a_name_is_found_without_its_strokes_and_accents(load_with: Load, name: str, text: str) -> None:
    people = PEOPLE.replace("Jo Rivera", name)
    _, [problem] = load_with({**PRIVATE, RUN: COHORT + people, PROSE: f"Ask {text}.\n", PATH: PROGRAM})

    assert ("name-in-text", PROSE) == (problem.code, problem.path)


@pytest.mark.parametrize(
    ("hidden", "public", "text", "found"),
    [
        ("Will A", "", "Which day will a mentor come?", False), ("Will A", "", "Will A", True),
        ("Will A", "", "Will a mentor come?", False), ("Bo Li", "", "BO LI", True),
        ("Will Power", "", "It takes willpower.", False),
        ("bo ek", "", "bo ek", True), ("bo ek", "", "Bo Ek", True), ("Dr. Rivera", "", "Dr Rivera", True),
        ("Anna van de Berg", "", "Berg, Anna van de", True), ("Anna Maria Berg", "", "Anna Berg", True),
        ("★ ★", "", "★ ★", False),
        ("Anna Schmidt", "Anna Schmidt Meyer", "Anna Schmidt Meyer", False),
        ("Anna Schmidt", "Anna Schmidt Meyer", "Meyer, Anna Schmidt", False),
        ("Anna Schmidt", "Anna Schmidt Meyer", "Anna Schmidt Meyer and Anna Schmidt", True),
        ("Anna Schmidt", "Anna Maria Schmidt", "Anna M. Schmidt", True),
        ("Anna Maria Schmidt", "Anna Schmidt", "Anna Schmidt", False),
        ("Anna Schmidt Meyer", "Anna Schmidt", "Anna Schmidt Meyer", True),
        ("Ek Anna", "Anna Berg; Carl Ek", "Carl Ek, Anna Berg", False),
    ],
)  # fmt: skip
def test_the_longest_name_counts_and_no_other_words(hidden: str, public: str, text: str, found: bool) -> None:
    assert found == Names(public=frozenset(filter(None, public.split("; ")))).hiding([hidden]).are_in(
        f"Ask {text}."
    )


def test_a_unit_of_a_measure_is_no_persons(load_with: Load) -> None:
    said = PROGRAM.replace('unit: "%"', "unit: Jo Rivera")
    _, [problem] = load_with({**PRIVATE, RUN: COHORT + PEOPLE, PATH: said})

    assert ("name-in-text", PATH) == (problem.code, problem.path)


@pytest.mark.parametrize(
    "person",
    [
        "- {id: c, name: Jo Rivera, role: mentorr}",
        "- {id: c, name:Jo Rivera, role: mentor}",
        "- id: c\n    role: mentor\n    name:Jo Rivera",
        "- id: c\n    role: mentor\n    name: @Jo Rivera",
        "- id: c\n    role: mentor\n    name: Jo Rivera: director",
    ],
)
def test_no_message_shows_the_name_beside_a_mistake(load_with: Load, tmp_path: Path, person: str) -> None:
    load_with({**PRIVATE, RUN: f"{COHORT}people:\n  {person}\n"})
    for style in ("text", "github"):
        done = CliRunner().invoke(main, ["-C", str(tmp_path), "check", "--format", style])

        assert 1 == done.exit_code, done.output
        assert "Rivera" not in done.output


def test_what_nobody_sees_stands_in_no_long_text(load_with: Load) -> None:
    """A page leaves such a sign out, and would show the name that it stood in."""
    _, [problem] = load_with({**SHORT, **ORGANISATION, PROSE: "# A\n\nAsk the t\u202eeam\n"})

    assert ("control-character", PROSE, 3, 10) == (problem.code, problem.path, problem.line, problem.column)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (PATH, "jo.ray@elsewhere.test: Ask\n"),
        (PATH, "title: Ask jo.ray@elsewhere.test: now\n"),
        (PATH, "why: A #jo.ray@elsewhere.test\n"),
        (PATH, "mode: jo.ray@elsewhere.test\n"),
        (PATH, "mode: please write to our nice colleague who is called jo.ray@elsewhere.test\n"),
        (PATH, "mode: jo.ray (at) elsewhere.test\n"),
        (PATH, "mode: &jo.ray@elsewhere.test reverse\n"),
        (PATH, "commitment: {sessions: '+44 1632 960999'}\n"),
        (PATH, "sponsor: {title: Dana, jo.ray@elsewhere.test}\n"),
        (PATH, "sponsor: {title: Dana, jo.ray@elsewhere.test: 1, jo.ray@elsewhere.test: 2}\n"),
        ("programs/organisation.yml", "contacts: [{purpose: jo.ray@elsewhere.test, label: A}]\n"),
        ("mkdocs.yml", "extra: {handbook: {brand: jo.ray@elsewhere.test}}\n"),
    ],
)
def test_no_message_shows_an_address_that_stands_where_another_thing_should(
    load_with: Load, tmp_path: Path, path: str, text: str
) -> None:
    files = {**SHORT, **ORGANISATION}
    load_with({**files, path: files[path] + text})
    for style in ("text", "github", "json"):
        done = CliRunner().invoke(main, ["-C", str(tmp_path), "check", "--format", style])

        assert 1 == done.exit_code, done.output
        assert path in done.output
        assert "elsewhere" not in done.output
        assert "960999" not in done.output


def test_an_error_in_one_file_hides_nothing_of_the_people_in_another(load_with: Load) -> None:
    people = "people: [{id: a, role: mentor}, {id: b, role: mentor}]\npairings: [{mentor: a, mentee: b}]\n"
    _, problems = load_with({"programs/organisation.yml": "name: A: B\n", RUN: COHORT + people})

    assert {"yaml-syntax", "wrong-role"} == {one.code for one in problems}


def test_a_name_with_consent_and_a_word_that_may_be_a_name_are_welcome(load_with: Load) -> None:
    said = "Amara Obi and Jo Rivera-Meyer said so. Jo Rivera Kim, too; so we jo rivera"
    lessons = f"results: {{lessons: [{{said: '{said}', did: You may}}, {{said: Jo Riveras, did: Jo}}]}}\n"
    longer = "  - {id: d, role: mentor, name: Jo Rivera Kim, consent: public}\n"
    handbook, problems = load_with({**PRIVATE, RUN: COHORT + PEOPLE + longer + lessons})

    assert handbook is not None
    assert () == problems


def test_sign_ups_that_git_keeps_are_found(load_with: Load, tmp_path: Path) -> None:
    """What git ignores is nobody's business, and without git nothing is kept."""
    ours = {
        ".gitignore": "/signups/\n",
        "signups/2027.csv": "Name\nJo Rivera\n",
        "signups/README.md": "Private.\n",
        "programs/digital-fluency/Sign-ups (1).CSV": "Name\nJo Rivera\n",
    }
    assert () == load_with(ours)[1]
    git(tmp_path, "init", "-q")
    [problem] = load_with(ours)[1]
    assert ("programs/digital-fluency/Sign-ups (1).CSV", "sign-ups-in-git") == (problem.path, problem.code)
    assert "Move it into signups/" in problem.hint
    git(tmp_path, "add", "--force", "signups")

    handbook, problems = load_with(ours)

    assert handbook is None
    assert ["programs/digital-fluency/Sign-ups (1).CSV", "signups/2027.csv"] == [one.path for one in problems]
    assert "git rm --cached -- signups/2027.csv" in problems[1].hint


def git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=root, check=True)


def test_names_of_many_people_are_looked_for_at_once(load_with: Load) -> None:
    """Each name by itself would take a walk through every text."""
    people = "".join(f"  - {{id: p-{n}, role: mentor, name: Ada Lin{n}x}}\n" for n in range(1000))
    before = time.process_time()
    handbook, problems = load_with(
        {**PRIVATE, RUN: f"{COHORT}people:\n{people}", PROSE: "Ada Lin7x\n" * 4900}
    )

    assert handbook is None
    assert {"name-in-text", "too-many-problems"} == {one.code for one in problems}
    assert time.process_time() - before < 10


def test_what_is_private_stands_in_no_log(load_with: Load, tmp_path: Path) -> None:
    """What git keeps can be taken out of its history; a log cannot."""
    address = "jo.ray@elsewhere.example"
    load_with(
        {PATH: f"{PROGRAM}why: Write to {address}\n", PROSE: "Jo Rivera\n", **PRIVATE, RUN: COHORT + PEOPLE}
    )
    for style in ("text", "github", "json"):
        done = CliRunner().invoke(main, ["-C", str(tmp_path), "check", "--format", style])

        assert 1 == done.exit_code
        assert "personal-address" in done.output
        assert address not in done.output
        assert "Rivera" not in done.output


def test_a_line_that_holds_what_is_private_is_not_shown_for_another_mistake_in_it(
    load_with: Load, tmp_path: Path
) -> None:
    people = "people: [{id: a-1, role: mentor}, {id: b-1, role: mentee}]\n"
    pairing = "pairings:\n- {mentor: a-1, mentee: b-1, announce: tomorrow, reason: they quarrelled}\n"
    load_with({RUN: COHORT + people + pairing})

    done = CliRunner().invoke(main, ["-C", str(tmp_path), "check", "--format", "text"])

    assert "`announce` cannot be what is written here" in done.output
    assert "tomorrow" not in done.output
    assert "reason-for-leaving" in done.output
    assert "quarrelled" not in done.output


@pytest.mark.parametrize("key", ["cancelled", "postponed"])
@pytest.mark.parametrize("why", ["he was unkind", "[too small, quarrels]", "2 people were ill", "illness"])
def test_words_in_place_of_a_cohorts_last_day_are_refused_and_not_shown(
    load_with: Load, key: str, why: str
) -> None:
    _, problems = load_with({RUN: f"start: 2027-02-01\n{key}: {why}\n"})

    [wrong] = problems
    assert ("reason-for-leaving", 2, True) == (wrong.code, wrong.line, wrong.private)
    assert not {*re.findall("[a-z]{5,}", why)} & {*re.findall("[a-z]+", f"{wrong.message} {wrong.hint}")}


def test_why_a_pairing_ended_is_not_shown_either(load_with: Load) -> None:
    people = "people: [{id: mentor-1, role: mentor}, {id: mentee-1, role: mentee}]\n"
    pairing = "pairings: [{mentor: mentor-1, mentee: mentee-1, ended: because she was ill}]\n"
    _, problems = load_with({RUN: f"start: 2027-02-01\n{people}{pairing}"})

    assert ["reason-for-leaving"] == [wrong.code for wrong in problems]
    assert "ill}" not in f"{problems}".replace(pairing, "")


@pytest.mark.parametrize(("said", "code"), [("2 May 2027", "wrong-pattern"), ("true", "wrong-type")])
def test_a_day_that_is_only_written_in_another_way_is_no_reason(
    load_with: Load, said: str, code: str
) -> None:
    _, problems = load_with({RUN: f"start: 2027-02-01\ncancelled: {said}\n"})

    assert [code] == [wrong.code for wrong in problems]
    assert code != "wrong-type" or "`cancelled` should be a day" in problems[0].message
