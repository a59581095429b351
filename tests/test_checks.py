"""What a schema cannot say: each rule finds its mistake, at its place, and nothing else."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from handbook.load.files import Files
from handbook.load.readers.settings import config_problems
from handbook.model.handbook import Handbook
from handbook.rules import checks
from handbook.text.problems import Problem, did_you_mean, errors, known, surely
from tests.repository import SHORT
from tests.test_bad import BAD

Load = Callable[[dict[str, str]], tuple[Handbook | None, tuple[Problem, ...]]]

FILES = {
    "organisation": "programs/organisation.yml",
    "program": "programs/digital-fluency/program.yml",
    "cohort": "programs/digital-fluency/2027-spring.yml",
}
# Goals, topics and holidays that the mistakes are made with.
AROUND = {
    FILES["organisation"]: "name: A\nholidays: [2028-01-04, {from: 2027-03-24, to: 2027-03-27}]\n",
    FILES["program"]: "title: A\nsummary: B\ngoals: [{id: a, title: A}]\n",
    FILES["cohort"]: "start: 2027-02-08\n",
}
# With a form that counts from two things, and a cohort that was before.
BESIDE = {
    **AROUND,
    FILES["program"]: f"""\
{AROUND[FILES["program"]]}\
forms: [{{id: pulse, title: Pulse, purpose: midpoint, opens: {{week: 3}}, closes: {{with: midpoint-review}}}}]
""",
    "programs/digital-fluency/2025-spring.yml": """\
start: 2025-02-10
people: [{id: mentor-7, role: mentor, unit: Pharmacy}, {id: mentee-7, role: mentee}]
pairings: [{mentor: mentor-7, mentee: mentee-7, confirmed: {mentor: 2025-01-20, mentee: 2025-01-20}}]
results: {lessons: [{said: A, did: B}]}
""",
}


class Mistake(NamedTuple):
    """One of those in tests/bad/CODE/KIND.RULE.yml, between two lines `---`: the ^ stands below it."""

    rule: str
    file: str
    text: str
    line: int
    column: int
    code: str
    said: str


def mistakes() -> list[pytest.ParameterSet]:
    return [
        pytest.param(mistake(path, text), id=f"{path.parent.name}/{path.stem}-{number}")
        for path in sorted(BAD.glob("*/*.*.yml"))
        for number, text in enumerate(path.read_text("utf-8").split("---\n"))
    ]


def mistake(path: Path, text: str) -> Mistake:
    [mark] = re.finditer(r"^#.*\^ (?P<said>.+)$", text, re.MULTILINE)
    line, column = text[: mark.start()].count("\n"), mark[0].index("^") + 1
    kind, rule = path.stem.split(".")
    return Mistake(rule, FILES[kind], text, line, column, path.parent.name, mark["said"])


@pytest.mark.parametrize("mistake", mistakes())
def test_a_rule_finds_its_mistake_and_nothing_else(load_with: Load, mistake: Mistake) -> None:
    _, [problem] = load_with({**BESIDE, mistake.file: mistake.text})

    expected = (mistake.file, mistake.line, mistake.column, mistake.code)
    assert expected == (problem.path, problem.line, problem.column, problem.code)
    assert mistake.said in f"{problem.message} {problem.hint}"


@pytest.mark.parametrize(("closes", "codes"), [("2027-01-11", []), ("2027-01-12", ["too-little-time"])])
def test_two_weeks_are_enough_to_ask_both_people(load_with: Load, closes: str, codes: list[str]) -> None:
    days = f"sign_up: {{opens: 2026-12-01, closes: {closes}}}\ndates: {{pairings-announced: 2027-01-25}}\n"
    _, problems = load_with({FILES["cohort"]: f"start: 2027-02-01\n{days}"})

    assert codes == [problem.code for problem in problems]


@pytest.mark.parametrize(("kind", "key"), [("training", "activities"), ("sessions", "agenda")])
@pytest.mark.parametrize(("minutes", "codes"), [(10, []), (11, ["agenda-does-not-add-up"])])
def test_what_an_own_text_lists_takes_as_long_as_it_says(
    load_with: Load, kind: str, key: str, minutes: int, codes: list[str]
) -> None:
    steps = "[{minutes: 4, title: A, text: B}, {minutes: 6, title: C, text: D}]"
    text = f"---\ntitle: Own\nsummary: Ours.\nminutes: {minutes}\n{key}: {steps}\n---\n"
    _, problems = load_with({f"docs/templates/playbook/{kind}/own.md": text})

    assert codes == [problem.code for problem in problems]


RULES = {rule.__name__ for rule in (*checks.PROGRAM_CHECKS, *checks.COHORT_CHECKS)}


def test_every_rule_has_a_mistake() -> None:
    made = {path.stem.split(".")[1] for path in BAD.glob("*/*.*.yml")}

    assert {*RULES, checks.organisation_problems.__name__} <= made


@pytest.mark.parametrize("mistake", [case for case in mistakes() if case.values[0].rule in RULES])  # type: ignore[union-attr]
def test_no_other_rule_finds_it(load_with: Load, monkeypatch: pytest.MonkeyPatch, mistake: Mistake) -> None:
    for table in ("PROGRAM_CHECKS", "COHORT_CHECKS"):
        others = tuple(rule for rule in getattr(checks, table) if rule.__name__ != mistake.rule)
        monkeypatch.setattr(checks, table, others)

    assert mistake.code not in {
        problem.code for problem in load_with({**BESIDE, mistake.file: mistake.text})[1]
    }


def test_every_rule_says_in_one_sentence_what_holds() -> None:
    rules = (*checks.PROGRAM_CHECKS, *checks.COHORT_CHECKS)

    assert [] == [
        rule.__name__ for rule in rules if not re.match(r"(Every|No|In a) .+\.$", rule.__doc__ or "")
    ]


@pytest.mark.parametrize(
    "mistake",
    [
        case
        for case in mistakes()
        if any(
            name in str(case.id)
            for name in ("no_day", "within_years", "after_the_end", "weeks_are", "listed")
        )
    ],
)
def test_some_mistakes_do_not_stop_a_build(load_with: Load, mistake: Mistake) -> None:
    handbook, problems = load_with({**BESIDE, mistake.file: mistake.text})

    assert () == errors(problems)
    assert handbook is not None


def test_the_short_repository_has_no_problem(load_with: Load) -> None:
    assert () == load_with({})[1]


@pytest.mark.parametrize("purpose", ["sign-up", "session"])
def test_a_form_without_a_day_of_its_own_cannot_be_pinned(load_with: Load, purpose: str) -> None:
    form = f"{{id: apply, title: Apply, purpose: {purpose}}}"
    program = f"{AROUND[FILES['program']]}forms: [the-rest, {form}]\n"
    cohort = "start: 2027-02-01\ndates: {apply: 2026-12-01}\n"
    _, [problem] = load_with({FILES["program"]: program, FILES["cohort"]: cohort})

    assert ("unknown-id", 2, 9) == (problem.code, problem.line, problem.column)
    assert "has a day of its own" in problem.message
    assert "apply" not in problem.hint


def test_a_program_whose_sign_up_closes_too_late_is_a_problem_of_its_cohort(load_with: Load) -> None:
    program = f"{AROUND[FILES['program']]}sign_up: {{closes: {{week: 3}}}}\n"
    _, [problem] = load_with({FILES["program"]: program, FILES["cohort"]: "start: 2027-02-01\n"})

    assert (FILES["cohort"], 1, "dates-out-of-order") == (problem.path, problem.line, problem.code)
    assert "start on 2027-02-01 is before the end of sign-up on 2027-02-19" in problem.message
    assert "the programme's `sign_up`" in problem.hint


def test_people_called_as_in_any_cohort_are_not_those_of_the_last_one(load_with: Load) -> None:
    people = "people: [{id: mentor-1, role: mentor}, {id: mentee-1, role: mentee}]\n"
    files = {FILES["cohort"]: f"start: 2027-02-08\n{people}"}

    assert () == load_with({**files, "programs/digital-fluency/late.yml": f"start: 2027-09-06\n{people}"})[1]


def test_early_pairings_may_be_announced_while_sign_up_is_open(load_with: Load) -> None:
    cohort = """\
start: 2027-02-08
sign_up: {closes: 2027-02-01}
people: [{id: mentor-1, role: mentor}, {id: mentee-1, role: mentee}]
pairings: [{mentor: mentor-1, mentee: mentee-1, confirmed: {mentor: 2027-01-20}, announce: 2027-01-25}]
"""
    confirmed = cohort.replace("2027-01-20}", "2027-01-20, mentee: 2027-01-20}")

    assert () == load_with({FILES["cohort"]: confirmed})[1]


def test_an_override_with_two_ways_to_a_day_is_a_problem_of_its_own_file(load_with: Load) -> None:
    own = "docs/templates/playbook/check-ins/midpoint.md"
    _, [problem] = load_with({own: "---\nweekday: friday\n---\n"})

    assert (own, 1, "week-and-with") == (problem.path, problem.line, problem.code)


def test_in_a_private_repository_names_need_no_public_consent(load_with: Load) -> None:
    cohort = "start: 2027-02-01\npeople: [{id: a, role: mentor, name: Amara, consent: participants}]\n"
    private = "name: A\nrepository: private\n"

    assert () == load_with({FILES["organisation"]: private, FILES["cohort"]: cohort})[1]


@pytest.mark.parametrize(("consent", "found"), [("nobody", [(4, 27, "warning")]), ("participants", [])])
def test_in_a_private_repository_a_sponsor_whom_nobody_sees_is_a_warning(
    load_with: Load, consent: str, found: list[tuple[int, int, str]]
) -> None:
    program = f"{AROUND[FILES['program']]}sponsor: {{title: C, name: D, consent: {consent}}}\n"
    private = "name: A\nrepository: private\n"
    handbook, problems = load_with({FILES["organisation"]: private, FILES["program"]: program})

    assert handbook is not None
    assert found == [(problem.line, problem.column, problem.severity) for problem in problems]


PEOPLE_OF_SECRET_IDS = """\
start: 2027-02-01
people:
  - {id: zoe-quill, role: mentor, name: Zoe}
  - {id: zoe-quill, role: mentee}
  - {id: max-field, role: mentee}
pairings:
  - {mentor: max-field, mentee: una-stone}
  - {mentor: max-field, mentee: max-field}
"""


def test_no_message_names_the_id_of_a_person(load_with: Load) -> None:
    """GitHub shows them to everyone; the site never shows an id."""
    all_there = PEOPLE_OF_SECRET_IDS.replace("una-stone", "max-field")
    texts = (PEOPLE_OF_SECRET_IDS, all_there)
    problems = [one for text in texts for one in load_with({FILES["cohort"]: text})[1]]
    said = " ".join(f"{problem.message} {problem.hint}" for problem in problems)

    codes = {"double-id", "name-without-consent", "pairing-names-unknown-person", "pairing-with-oneself"}
    assert codes == {problem.code for problem in problems}
    assert [] == [name for name in ("zoe-quill", "max-field", "una-stone") if name in said]


def test_a_thing_of_the_playbook_is_not_called_as_the_page_of_its_list(load_with: Load) -> None:
    own = "docs/templates/playbook/training/index.md"
    _, [problem] = load_with({own: "---\ntitle: Overview\nminutes: 5\n---\nText.\n"})

    assert (FILES["program"], "reserved-id") == (problem.path, problem.code)


def test_people_are_numbered_by_their_role(load_with: Load) -> None:
    people = "".join(f"  - {{id: p-{n}, role: {('mentor', 'mentee')[n % 2]}}}\n" for n in range(2000))
    handbook, _ = load_with({FILES["cohort"]: f"start: 2027-02-01\npeople:\n{people}"})

    assert handbook is not None
    assert [1, 1, 2, 2, 3] == [person.number for person in handbook.cohorts[0].people[:5]]
    assert 1000 == handbook.cohorts[0].people[-1].number


def test_who_has_an_id_that_says_nothing_keeps_the_number(load_with: Load) -> None:
    """Whoever goes, the others are called as before; an id that may be a name gives nothing away."""
    mentors, mentees = ["ada", "mentor-3", "mentor-1", "mentor-1x", "jo"], ["mentor-7", "mentee-2"]

    def numbers(*gone: str) -> list[int]:
        listed = [(one, "mentor") for one in mentors] + [(one, "mentee") for one in mentees]
        people = "".join(f"  - {{id: {one}, role: {role}}}\n" for one, role in listed if one not in gone)
        handbook, problems = load_with({FILES["cohort"]: f"start: 2027-02-01\npeople:\n{people}"})
        assert handbook is not None, problems
        return [person.number for person in handbook.cohorts[0].people]

    assert [2, 3, 1, 4, 5, 1, 2] == numbers()
    assert [3, 1, 2, 4, 1, 2] == numbers("ada")
    assert [2, 3, 1, 4, 2] == numbers("mentor-1x", "mentor-7")


def test_who_has_a_number_keeps_it_whatever_the_id_says(load_with: Load) -> None:
    entries = ("ada", "bo, number: 1", "cy, number: 9", "mentor-4, number: 6", "di", "ed", "flo")
    people = "".join(f"  - {{id: {entry}, role: mentor}}\n" for entry in entries)
    handbook, problems = load_with({FILES["cohort"]: f"start: 2027-02-01\npeople:\n{people}"})

    assert handbook is not None, problems
    assert [2, 1, 9, 6, 3, 4, 5] == [person.number for person in handbook.cohorts[0].people]


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "Known: none."),
        (2, "Known: n0, n1."),
        (12, "n11."),
        (15, "n10, n11 and 3 more."),
    ],
)
def test_a_list_of_known_names_stays_short(count: int, said: str) -> None:
    listed = known(f"n{number}" for number in range(count))

    assert listed.startswith("Known: ")
    assert listed.endswith(said)


def test_a_near_name_is_sought_among_the_first_ones_only() -> None:
    names = [f"{number:08}" for number in range(500)]

    assert "Did you mean `kick-off`? " == did_you_mean("kickoff", [*names[:-1], "kick-off"])
    assert "" == did_you_mean("kickoff", [*names, "kick-off"])


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("programs/Digital Fluency/program.yml", "wrong-file-name"),
        ("programs/digital-fluency/2027 spring.yml", "wrong-file-name"),
        ("programs/digital-fluency/goals.yml", "wrong-file-name"),
        ("programs/digital-fluency/2028-spring.yaml", "wrong-file-name"),
        ("programs/other/2027-spring.yml", "no-program"),
    ],
)
def test_a_file_that_would_have_no_address_is_refused(load_with: Load, path: str, code: str) -> None:
    text = SHORT[FILES["program" if path.endswith("program.yml") else "cohort"]]
    _, [problem] = load_with({path: text})

    assert (1, 1, code) == (problem.line, problem.column, problem.code)
    assert problem.path.startswith(path.rpartition("/")[0])


def test_one_broken_file_hides_no_problem_of_another(load_with: Load) -> None:
    broken = {
        FILES["organisation"]: "nam: A\n",
        FILES["program"]: "title: [\n",
        FILES["cohort"]: "start: soon\n",
        "docs/templates/playbook/faq/parking.md": "no front matter\n",
        "mkdocs.yml": "INHERIT: hooks/mkdocs.yml\nhooks: [a.py]\n",
    }
    handbook, problems = load_with(broken)

    assert handbook is None
    assert set(broken) == {problem.path for problem in problems}
    assert sorted(problems) == list(problems)


# mkdocs.yml: what would drop an entry of the engine's.

INHERIT = "INHERIT: hooks/mkdocs.yml\n"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("site_name: A\n", 1, "`INHERIT: hooks/mkdocs.yml`"),
        ("INHERIT: other.yml\n", 1, "`INHERIT: hooks/mkdocs.yml`"),
        ("", 1, "`INHERIT: hooks/mkdocs.yml`"),
        (INHERIT + "hooks: [own.py]\n", 2, "hooks/local/"),
        (INHERIT + "hooks:\n", 2, "hooks/handbook_site.py"),
        (INHERIT + "site_name: A\nextra_css: [a.css]\n", 3, "docs/assets/local.css"),
        (INHERIT + "extra_javascript: []\n", 2, "assets/handbook/handbook.js"),
        (INHERIT + "plugins: [search]\n", 2, "macros"),
        (INHERIT + "plugins:\n  - tags\n", 2, "macros"),
        (INHERIT + "markdown_extensions: [toc]\n", 2, "`name: {}`"),
        (INHERIT + "theme:\n  name: material\n  features: [toc.integrate]\n", 4, "navigation.indexes"),
        (INHERIT + "theme: material\n", 2, "features"),
        (INHERIT + "nav: [\n", 3, "quotes"),
        (INHERIT + "own: &own [tags]\nplugins: *own\n", 3, "macros"),
        (INHERIT + "extra: {handbook: *none}\n", 2, "keys and values"),
    ],
)
def test_settings_that_would_drop_an_entry_of_the_engine_are_refused(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    (tmp_path / "mkdocs.yml").write_text(text, "utf-8")
    [problem] = config_problems(Files(tmp_path))

    assert ("mkdocs.yml", line) == (problem.path, problem.line)
    assert said in f"{problem.message} {problem.hint}"


@pytest.mark.parametrize(
    "text",
    [
        INHERIT,
        INHERIT + "site_name: A\nnav:\n  - About: about.md\nextra: {handbook: {brand: '#0b6e6e'}}\n",
        INHERIT + "plugins:\n  tags: {}\n  search: {lang: en}\n",
        INHERIT + "plugins: {tags: {}}\nmarkdown_extensions: {footnotes: {}}\n",
        INHERIT + "theme:\n  logo: assets/logo.svg\n  palette: {primary: teal}\n",
        INHERIT + "hooks: [hooks/handbook_site.py, own.py]\n",
        INHERIT + "site_url: !ENV [URL, 'https://a.example']\n",
        INHERIT + "own: &own {tags: {}}\nplugins: *own\n",
        INHERIT + "own: &own {handbook: *none}\nextra_own: *other\n",
    ],
)
def test_settings_that_only_add_are_welcome(tmp_path: Path, text: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(text, "utf-8")

    assert [] == list(config_problems(Files(tmp_path)))


@pytest.mark.parametrize(
    ("word", "names", "meant"),
    [
        ("sesions", ["sessions", "minutes"], "sessions"),
        ("Ai tools", ["ai-tools", "data"], "ai-tools"),
        ("goal-2", ["goal-1", "goal-3"], ""),  # another number is another thing
        ("survey-2026", ["survey-2027"], ""),
        ("for", ["form"], ""),  # too short to be sure
        ("mentor", ["mentors", "mentora"], ""),  # two are as near
        ("lunch", ["kick-off"], ""),
    ],
)
def test_only_one_near_word_is_meant_for_sure(word: str, names: list[str], meant: str) -> None:
    assert meant == surely(word, names)


def test_a_word_that_stands_beside_it_already_is_not_meant(load_with: Load) -> None:
    people = "people: [{id: a, role: mentor, topics: [ai-tools, ai-tool]}]\n"
    _, [problem] = load_with({FILES["cohort"]: f"start: 2027-02-01\n{people}"})

    assert ("unknown-id", "") == (problem.code, problem.meant)


@pytest.mark.parametrize(
    ("zone", "hint", "meant"),
    [
        ("Kolkata", "`Asia/Kolkata`", "Asia/Kolkata"),
        ("europe/london", "`Europe/London`", "Europe/London"),
        ("India Standard Time", "`Asia/Kolkata`", "Asia/Kolkata"),
        ("IST", "Use an IANA name", ""),  # several places
        ("West", "Use an IANA name", ""),  # of Australia or of Brazil
    ],
)
def test_a_time_zone_in_other_words_is_understood(load_with: Load, zone: str, hint: str, meant: str) -> None:
    _, [problem] = load_with({FILES["organisation"]: f"name: A\ntimezone: {zone}\n"})

    assert ("unknown-time-zone", meant) == (problem.code, problem.meant)
    assert hint in problem.hint
