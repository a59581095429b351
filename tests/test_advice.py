"""What a good handbook has: each point that is lacking is one warning, at its place, with a remedy."""

from datetime import date
from pathlib import Path

import pytest

from handbook.contents.build import Build
from handbook.load.repository import load
from handbook.model.handbook import Handbook
from handbook.pages.rendering import pages
from handbook.rules.checks import advice
from handbook.text.problems import Problem
from tests.repository import DAY, Files, example, write

ORGANISATION = "programs/organisation.yml"
PROGRAM = "programs/ours/program.yml"
COHORT = "programs/ours/2027-spring.yml"
COMPLETE: Files = {
    ORGANISATION: """\
name: Small Steps
contacts:
  - {purpose: concern, label: Speak up, address: "https://steps.example/speak-up"}
privacy:
  controller: Small Steps, 1 High Street
  basis: consent
  months: 0
  tools: []
  authority: {name: The commissioner, address: 2 High Street}
""",
    PROGRAM: """\
title: Digital fluency
summary: Early-career colleagues mentor our directors.
sponsor: {title: Chief operating officer}
goals:
  - {title: Directors use AI tools, measure: {what: Directors who did, target: 80}}
commitment: {sessions: 6}
forms: [{id: end-survey, url: "https://steps.example/end"}, the-rest]
""",
    COHORT: "start: 2027-02-01\n",
}


def found(root: Path, changed: Files) -> tuple[Handbook, tuple[Problem, ...]]:
    """Load the complete handbook with these files in place of its own."""
    write(root, {**COMPLETE, **changed})
    handbook, problems = load(root)
    assert handbook is not None, problems
    return handbook, problems


def test_a_complete_handbook_lacks_nothing(tmp_path: Path) -> None:
    handbook, problems = found(tmp_path, {})

    assert () == problems
    report = handbook.reports["ours"]
    assert (len(advice.POINTS), len(advice.POINTS), ()) == (
        report.good,
        report.all,
        report.lacking,
    )


def more(text: str) -> Files:
    """The program with another line, which is its eighth."""
    return {PROGRAM: f"{COMPLETE[PROGRAM]}{text}\n"}


def less(path: str, text: str, other: str = "") -> Files:
    """A file without some words, or with others in their place."""
    assert text in COMPLETE[path]
    return {path: COMPLETE[path].replace(text, other)}


# The mentoring team takes the concerns itself.
SAME = '  - {purpose: program, label: The team, address: "https://steps.example/Speak-up/"}\n'
FOR_MENTORS = "training: [{title: For mentors, for: [mentor], before: kick-off}]"
LACKING = [
    ("goal-without-measure", 5, less(PROGRAM, ", target: 80")),
    ("no-sponsor", 1, less(PROGRAM, "sponsor: {title: Chief operating officer}\n")),
    ("no-privacy-notice", 1, less(ORGANISATION, "  months: 0\n", "")),
    ("no-contact-for-concerns", 1, less(ORGANISATION, "purpose: concern", "purpose: program")),
    ("no-contact-for-concerns", 3, less(ORGANISATION, "privacy:\n", SAME + "privacy:\n")),
    ("no-limits-to-confidentiality", 8, more("playbook: {safety: {omit: [confidentiality]}}")),
    ("no-time-commitment", 1, less(PROGRAM, "commitment: {sessions: 6}\n")),
    ("no-training-before-start", 8, more("training: []")),
    ("no-training-before-start", 8, more(FOR_MENTORS)),
    ("no-midpoint-check-in", 8, more("check_ins: [first-check-in]")),
    ("no-form-at-the-end", 7, less(PROGRAM, "id: end-survey", "id: baseline")),
    ("no-form-at-the-end", 7, less(PROGRAM, ', url: "https://steps.example/end"')),
    ("single-criterion", 8, more("matching: {criteria: [{by: topics}]}")),
    ("year-of-another-cohort", 8, more("why: In 2025 we begin.")),
    ("year-of-another-cohort", 1, {COHORT: "title: Spring 2026\nstart: 2027-02-01\n"}),
    ("no-midpoint-check-in", 8, more("check_ins: [{title: For sponsors, week: 12, for: [sponsor]}]")),
    ("no-limits-to-confidentiality", 8, more("playbook: {safety: {take: [power]}}")),
    ("placeholder-left", 8, more("why: TODO write this.")),
    ("placeholder-left", 8, more("why: 'We meet at {{ place }}.'")),
    ("placeholder-left", 8, more("why: Ask [name of the sponsor].")),
    ("placeholder-left", 3, less(ORGANISATION, "steps.example", "example.com")),
]


@pytest.mark.parametrize(("code", "line", "changed"), LACKING)
def test_what_is_lacking_is_one_warning_at_its_place(
    tmp_path: Path, code: str, line: int, changed: Files
) -> None:
    handbook, [problem] = found(tmp_path, changed)

    assert (code, *changed, line, "warning") == (problem.code, problem.path, problem.line, problem.severity)
    assert problem.hint
    assert len(advice.POINTS) - 1 == handbook.reports["ours"].good


def test_every_point_is_tried() -> None:
    assert advice.CODES == {code for code, *_ in LACKING}


@pytest.mark.parametrize(
    "text",
    [
        "why: Since 1999 we have learned from each other.",
        "why: In spring 2027 we begin, with sign-up in 2026.",
        "why: Room 2025-3 is ours, and so is 2025.4.",
        "resources: [{title: Film, url: 'https://steps.example/2025/film', reviewed: 2025-01-04}]",
        "check_ins: [{title: How is it?, week: 12}]",
        "check_ins: [{title: How is it?, with: hands-on, days: 21}]",
        "milestones: [{id: ready, title: Ready, with: first-meeting, days: -3}]\n"
        "training: [{title: For all, before: ready}]",
        "why: Read [your guide](https://steps.example/guide).",
        "sessions: [first-meeting, {title: Halfway, place: midpoint}, closing]",
        "matching: {criteria: [{by: topics}, {by: hours}]}",
        "training: [{title: For all, before: first-meeting}]",
    ],
)
def test_what_is_there_is_not_lacking(tmp_path: Path, text: str) -> None:
    assert () == found(tmp_path, more(text))[1]


@pytest.mark.parametrize(("year", "codes"), [
    (2022, []), (2023, ["year-of-another-cohort"]), (2030, ["year-of-another-cohort"]), (2031, []),
])  # fmt: skip
def test_a_year_three_years_from_a_cohorts_was_left_over(tmp_path: Path, year: int, codes: list[str]) -> None:
    _, problems = found(tmp_path, more(f"why: Since {year} we have learned from each other."))

    assert codes == [problem.code for problem in problems]


def test_a_cohort_may_name_the_year_of_its_sign_up(tmp_path: Path) -> None:
    lesson = "{said: Sign-up before Christmas 2026 was early., did: Moved.}"
    text = f"start: 2027-02-01\nresults: {{lessons: [{lesson}]}}\n"

    assert () == found(tmp_path, {COHORT: text})[1]


def test_a_long_text_beside_the_program_is_looked_at_too(tmp_path: Path) -> None:
    path = "programs/ours/story.md"
    _, [problem] = found(tmp_path, {path: "# Ours\n\nTODO write this.\n"})

    assert ("placeholder-left", path, 3, 1) == (problem.code, problem.path, problem.line, problem.column)


def test_what_the_organisation_left_out_is_told_there(tmp_path: Path) -> None:
    _, [problem] = found(
        tmp_path,
        {ORGANISATION: f"{COMPLETE[ORGANISATION]}playbook: {{safety: {{omit: [confidentiality]}}}}\n"},
    )

    assert ("no-limits-to-confidentiality", ORGANISATION, 10) == (problem.code, problem.path, problem.line)


def test_the_shipped_example_lacks_nothing(tmp_path: Path) -> None:
    write(tmp_path, example())
    handbook, problems = load(tmp_path)

    assert handbook is not None
    assert [] == [problem for problem in problems if problem.code in advice.CODES]


@pytest.mark.parametrize("audience", ["public", "participants"])
def test_only_participants_see_the_score_and_the_list(tmp_path: Path, audience: str) -> None:
    handbook, [problem] = found(tmp_path, less(PROGRAM, ", target: 80"))
    build = Build(date.fromisoformat(DAY), audience)  # type: ignore[arg-type]

    made = {page.path: page.text for page in pages.render(handbook, build)}

    shown = [path for path, text in made.items() if "measure with a target" in text]
    assert shown == (["programs/ours/roles/coordinator.md"] if audience == "participants" else [])
    guide = made["programs/ours/roles/coordinator.md"]
    assert (f"{len(advice.POINTS) - 1} of {len(advice.POINTS)} points" in guide) == (
        audience == "participants"
    )
    assert problem.severity == "warning"
