"""An organisation's own words for roles: wherever readers are spoken to, and nowhere else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from handbook.cli import main
from handbook.contents.build import Build
from handbook.load.repository import load
from handbook.model.handbook import Handbook
from handbook.pages.rendering import pages
from handbook.pages.views.sign_up import sign_up_form
from handbook.text.prose import inert, renaming
from tests import registers
from tests.repository import DAY, SHORT, example, write
from tests.test_schema import problems as schema_problems

ORGANISATION = "programs/organisation.yml"
WORDS = """\
words:
  mentor: {one: adviser, many: advisers, a: an adviser}
  mentee: {one: learner, many: young people, a: a learner}
  coordinator: {one: organiser, many: organisers, a: an organiser}
  sponsor: {one: patron, many: patrons, a: a patron}
  line-manager: {one: team leader, many: team leaders, a: a team leader}
"""
RENAMED = {**SHORT, ORGANISATION: SHORT[ORGANISATION] + WORDS}
SAID = renaming(
    (
        ("mentor", "adviser", "advisers", "an adviser"),
        ("mentee", "learner", "young people", "a learner"),
        ("line-manager", "team leader", "team leaders", "a team leader"),
    )
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A mentor meets a mentee.", "An adviser meets a learner."),
        ("Mentors ask their line managers.", "Advisers ask their team leaders."),
        ("Is a\nline manager there?", "Is a team leader there?"),
        ("the mentor’s and mentees’ week", "the adviser’s and young people’s week"),
        ("mentors' notes", "advisers' notes"),
        ("a mentor circle", "an adviser circle"),
        ("Reverse mentoring has mentors.", "Reverse mentoring has advisers."),
        ('[a mentor]({{ page("roles/mentor") }})', '[an adviser]({{ page("roles/mentor") }})'),
        ("{% if mentor %}a mentor{% endif %}", "{% if mentor %}an adviser{% endif %}"),
        ("{mentor} and {mentee}: [mentors](../mentor/)", "{mentor} and {mentee}: [advisers](../mentor/)"),
        ("`mentor: mentee`, <b class=mentor>", "`mentor: mentee`, <b class=mentor>"),
        ("https://mentor.example/mentor/x", "https://mentor.example/mentor/x"),
        ("mentor@x.example, mentor.md, mentor-circle", "mentor@x.example, mentor.md, mentor-circle"),
        ("mentor", "mentor"),  # an id
        ("mentors", "advisers"),
        ("Sponsors and coordinators", "Sponsors and coordinators"),  # which have no words of their own
    ],
)
def test_whole_words_are_said_otherwise_with_their_article(text: str, said: str) -> None:
    assert said == SAID(text)


def test_without_words_of_its_own_an_organisation_reads_what_is_there() -> None:
    assert renaming(()) is str


# --- pages --------------------------------------------------------------------------------------

DEFAULT = re.compile(r"\b(an? +)?(mentors?|mentees?|coordinators?|sponsors?|line managers?)\b", re.IGNORECASE)
# What a page holds beside words to read: tags, code, link targets, addresses, the files that one may change.
_MUTE = re.compile(r"<[^<>]*>|`[^`]*`|\]\([^()]*\)|\{[^{}]*\}|- (docs|programs)/\S+", re.DOTALL)
# Works of others keep the words of their authors; and here they stand.
QUOTED = ("guide/stories.md", "guide/library.md", "guide/evidence.md")
# What the program itself says stays as it is.
OWN = "Early-career colleagues mentor our directors"


@pytest.fixture(scope="module")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> Handbook:
    root = write_all(tmp_path_factory.mktemp("renamed"))
    handbook, problems = load(root)
    assert handbook is not None, problems
    return handbook


def write_all(root: Path) -> Path:
    write(root, RENAMED)
    return root


def read(handbook: Handbook) -> Iterator[tuple[str, str]]:
    checked = [inert(problem.message) for report in handbook.reports.values() for problem in report.lacking]
    for page in pages.render(handbook, Build(date.fromisoformat(DAY), audience="participants")):
        text = page.text.replace(OWN, "")
        for message in checked:  # what `handbook check` says
            text = text.replace(message, "")
        yield page.path, _MUTE.sub(" ", text)


def test_no_page_speaks_of_a_role_by_a_word_that_the_organisation_does_not_use(renamed: Handbook) -> None:
    left = {
        (path, text[max(0, found.start() - 60) : found.end() + 30])
        for path, text in read(renamed)
        if path not in QUOTED
        for found in DEFAULT.finditer(text)
    }

    assert set() == left


def test_every_article_fits_the_word_behind_it(renamed: Handbook) -> None:
    many = "advisers|organisers|young people|patrons|team leaders"
    wrong = re.compile(rf"\b(a (adviser|organiser)|an (learner|patron|team leader)|an? ({many}))\b", re.I)

    assert set() == {(path, found[0]) for path, text in read(renamed) for found in wrong.finditer(text)}


def test_titles_and_menus_have_the_organisations_words(renamed: Handbook) -> None:
    titles = {page.path: page.title for page in pages.render(renamed, Build(date.fromisoformat(DAY)))}

    assert "The adviser’s guide" == titles["programs/digital-fluency/roles/mentor.md"]
    assert not [title for title in titles.values() if DEFAULT.search(title)]


def test_nothing_that_is_addressed_is_called_otherwise(renamed: Handbook) -> None:
    with_words = {page.path for page in pages.render(renamed, Build(date.fromisoformat(DAY)))}

    assert any(path.endswith("roles/mentor.md") for path in with_words)
    assert [item.fields["for"] for item in renamed.playbook.kind("benefits") if "for" in item.fields]
    assert all(
        set(item["for"]) <= {"mentor", "mentee", "coordinator", "sponsor", "line-manager", "organisation"}
        for items in renamed.playbook.items.values()
        for item in items
    )


def test_what_an_organisation_writes_itself_is_never_touched(tmp_path: Path) -> None:
    files = example()
    write(tmp_path, {**files, ORGANISATION: files[ORGANISATION] + WORDS})
    handbook, problems = load(tmp_path)
    assert handbook is not None, problems
    for path, text in files.items():
        if path.startswith("programs/") and path.endswith(".yml") and path != ORGANISATION:
            assert (tmp_path / path).read_text("utf-8") == text
    summaries = [str(program.summary) for program in handbook.programs]
    assert any(DEFAULT.search(summary) for summary in summaries)


@pytest.mark.parametrize(
    "word",
    [
        "guide{{ 1 }}",
        "<b>guide",
        "[guide](x)",
        "a  guide",
        " guide",
        "guide’s",
        "g" * 41,
        "guide\n",
        "{mentor}",
        "1",
    ],
)
def test_a_word_that_could_be_markup_is_refused(word: str) -> None:
    text = f"name: Small\nwords: {{mentor: {{one: {json.dumps(word)}, many: guides, a: a guide}}}}\n"

    assert (
        {"wrong-pattern", "out-of-range"}
        >= {problem.code for problem in schema_problems("organisation", text)}
        > set()
    )


def test_a_sign_up_form_in_the_organisations_words_is_read_without_a_question(tmp_path: Path) -> None:
    write(tmp_path, RENAMED)
    handbook, _ = load(tmp_path)
    assert handbook is not None
    form = sign_up_form(handbook.programs[0], handbook.organisation, handbook.labels)
    roles = next(asked.choices for asked in form.questions if asked.field == "role")
    assert roles[0].startswith("Adviser")
    titles = [asked.title for asked in form.questions]
    rows = []
    for number, said in enumerate(roles):
        answers = {
            "name": f"Per Son{'abc'[number]}",
            "email": f"p{number}@steps.example",
            "role": said,
            "consent": "Nobody may see my name",
        }
        rows.append([answers.get(asked.field, "") for asked in form.questions])
    sheet = tmp_path.parent / f"{tmp_path.name}.csv"
    sheet.write_text(
        "\n".join(",".join(f'"{cell}"' for cell in row) for row in [titles, *rows]) + "\n", "utf-8"
    )
    result = CliRunner().invoke(main, ["-C", str(tmp_path), "import", "signups", str(sheet)])

    assert 0 == result.exit_code, result.output
    kept = registers.ledger(tmp_path).sign_ups
    assert [("mentor",), ("mentee",), ("mentor", "mentee")] == [person.roles for person in kept]
