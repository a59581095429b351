"""Programs take the ready-made content as it is, change, extend or omit it; and that content is in order."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook import DATA
from handbook.contents.build import MOST_ADDRESS_BYTES, Build, Host
from handbook.model.definitions import playbook
from handbook.model.definitions.assembly import TEXTS, fitted, program
from handbook.model.definitions.choice import Choice, choose, enough_sessions
from handbook.model.definitions.parts import AgendaStep, Point
from handbook.model.definitions.playbook import Item, Source
from handbook.model.definitions.program import ROLES, Program
from handbook.model.handbook import Handbook
from handbook.model.timeline import plan_anchors
from handbook.pages.rendering import pages
from handbook.rules import schema
from handbook.text.document import Document, read
from handbook.text.problems import Problem
from handbook.text.prose import Rich, Text, Wording
from tests.repository import PROGRAM

FILES = sorted((DATA / "playbook/en").glob("*/*.md"))
READY = tuple(
    Item("training", name, {"title": Text(name.capitalize()), "minutes": 20}, Wording(f"About {name}."))
    for name in ("listening", "asking", "goals", "closing")
)


def training(given: object, prose: Mapping[str, str] | None = None) -> tuple[tuple[Item, ...], list[Problem]]:
    """What a program has that says this under `training`."""
    document = read("programs/a/program.yml", json.dumps({"training": given}))
    assert isinstance(document, Document)
    items, problems = choose("training", READY, Choice(document, ("training",), prose or {}))
    return items, list(problems)


def ids(given: object) -> list[str]:
    items, problems = training(given)
    assert [] == problems
    return [item.id for item in items]


def test_a_program_that_says_nothing_has_all() -> None:
    document = read("programs/a/program.yml", "title: A\n")
    assert isinstance(document, Document)

    assert (READY, ()) == choose("training", READY, Choice(document, ("training",), {}))


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        (["goals", "asking"], ["goals", "asking"]),
        (["goals", "the-rest"], ["goals", "listening", "asking", "closing"]),
        (["the-rest", "listening"], ["asking", "goals", "closing", "listening"]),
        (["the-rest"], ["listening", "asking", "goals", "closing"]),
        ([{"id": "our-policy", "title": "Our policy"}, "asking"], ["our-policy", "asking"]),
        ([{"title": "Our policy: part 1"}], ["our-policy-part-1"]),
        ([], []),
    ],
)
def test_a_list_that_is_given_is_the_list_and_its_order(given: object, taken: list[str]) -> None:
    assert taken == ids(given)


@given(st.permutations(["listening", "asking", "goals", "closing"]), st.integers(0, 4), st.integers(0, 4))
def test_the_rest_stands_for_each_remaining_one_once(order: list[str], named: int, place: int) -> None:
    given = order[:named]
    given.insert(min(place, named), "the-rest")

    taken = ids(given)
    assert sorted(order) == sorted(taken)
    assert order[:named] == [one for one in taken if one in order[:named]]


def test_a_known_id_changes_only_the_fields_that_are_named() -> None:
    [changed], problems = training([{"id": "asking", "minutes": 35}])

    assert [] == problems
    assert ("Asking", 35, "About asking.") == (changed.title, changed["minutes"], changed.body)
    assert changed.changed
    assert "programs/a/program.yml" == changed.sources[0].path


def test_what_is_taken_as_it_is_was_not_changed() -> None:
    assert (READY[1],) == training(["asking"])[0]


def test_a_long_text_stands_in_a_file_of_its_own() -> None:
    given = [{"id": "asking", "file": "asking.md"}, {"title": "New", "file": "new.md"}]
    items, problems = training(given, {"asking.md": "Our own *words*.", "new.md": "More."})

    assert [] == problems
    assert [Rich("Our own *words*."), Rich("More.")] == [item.body for item in items]
    assert [Rich, Rich] == [type(item.body) for item in items]
    assert Source("programs/a/asking.md") in items[0].sources


@pytest.mark.parametrize(
    ("given", "code", "column", "hint"),
    [
        (["listning"], "unknown-id", 15, "Did you mean `listening`?"),
        ([{"id": "listning", "minutes": 5}], "unknown-id", 15, "Did you mean `listening`?"),
        ([{"id": "asking", "file": "askin.md"}], "no-such-file", 40, "Did you mean `asking.md`?"),
        (["asking", "asking"], "double-id", 25, "`id`"),
        (["asking", {"id": "asking", "minutes": 5}], "double-id", 25, "`id`"),
        ([{"title": "Our app"}, {"title": "Our app!"}], "double-id", 37, "`id`"),
        (["the-rest", "the-rest"], "double-id", 27, "Delete one."),
    ],
)
def test_what_cannot_be_taken_is_one_problem_at_its_place(
    given: object, code: str, column: int, hint: str
) -> None:
    _, [problem] = training(given, {"asking.md": ""})

    assert (1, column, code) == (problem.line, problem.column, problem.code)
    assert hint in f"{problem.message} {problem.hint}"


def test_a_double_id_is_found_behind_an_unknown_one() -> None:
    _, problems = training(["listning", "asking", "asking"])

    assert [("unknown-id", 15), ("double-id", 37)] == [(one.code, one.column) for one in problems]


def test_organisation_and_program_leave_out_what_they_omit(load_with: Callable[..., Any]) -> None:
    handbook, problems = load_with(
        {
            "programs/organisation.yml": "name: A\nplaybook: {training: {omit: [inclusion]}}\n",
            "programs/digital-fluency/program.yml": "title: A\nsummary: B\ngoals: [{title: C}]\n"
            "playbook: {training: {omit: [boundaries]}, faq: {omit: [remote]}}\n",
        }
    )

    assert () == problems
    [program] = handbook.programs
    shared = {module.id for module in handbook.playbook.kind("training")}
    assert {"boundaries"} == shared - {module.id for module in program.training}
    assert "inclusion" not in shared
    assert "remote" not in {one.id for one in program.items["faq"]}


def test_an_override_may_leave_out_its_body_or_a_field(
    load_with: Callable[..., Any], short: Handbook
) -> None:
    handbook, problems = load_with(
        {
            "docs/templates/playbook/training/boundaries.md": "---\ntitle: Our limits\n---\n",
            "docs/templates/playbook/training/inclusion.md": "---\nminutes: 40\n---\nOur own words.\n",
            "docs/templates/playbook/faq/parking.md": "---\ntitle: Where do I park?\n---\nIn the yard.\n",
        }
    )

    assert () == problems
    before = {item.id: item for item in short.playbook.kind("training")}
    after = {item.id: item for item in handbook.playbook.kind("training")}
    assert "Our limits" == after["boundaries"].title
    assert before["boundaries"].body == after["boundaries"].body
    assert before["boundaries"]["minutes"] == after["boundaries"]["minutes"]
    assert (before["inclusion"].title, 40, "Our own words.") == (
        after["inclusion"].title,
        after["inclusion"]["minutes"],
        after["inclusion"].body,
    )
    assert (Source("docs/templates/playbook/training/inclusion.md"),) == after["inclusion"].sources
    assert list(before) == list(after)
    assert "parking" == handbook.playbook.kind("faq")[-1].id


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("# No front matter\n", 1, "no-front-matter"),
        ("---\njust words\n---\n", 2, "no-front-matter"),
        ("---\ntitle: A\norder: 1\ntitle: B\n---\n", 4, "duplicate-key"),
        ("---\ntitle: A: B\n---\n", 2, "yaml-syntax"),
    ],
)
def test_an_override_that_cannot_be_read_is_a_problem_on_its_line(
    load_with: Callable[..., Any], text: str, line: int, code: str
) -> None:
    path = "docs/templates/playbook/faq/parking.md"
    _, [problem] = load_with({path: text})

    assert (path, line, code) == (problem.path, problem.line, problem.code)


def sessions(short: Handbook, given: object, count: int) -> list[Item]:
    said: dict[str, Any] = {"commitment": {"sessions": count}}
    said |= {} if given is None else {"sessions": given}
    document = read("programs/a/program.yml", json.dumps(said))
    assert isinstance(document, Document)
    choice = Choice(document, ("sessions",), {})
    items, problems = choose(
        "sessions", enough_sessions(short.playbook.kind("sessions"), choice, count), choice
    )
    assert () == problems
    return list(items)


TOPICAL = ["how-we-work", "hands-on", "what-people-say", "customers-and-change", "learning-in-public"]
OWN = [{"id": f"own-{number}", "title": f"Our session {number}"} for number in range(4)]


@pytest.mark.parametrize("count", range(3, 13))
def test_sessions_are_taken_until_there_are_enough(short: Handbook, count: int) -> None:
    """The playbook has eight; whoever wants more adds their own."""
    places = [item["place"] for item in sessions(short, None, count)]

    assert min(count, 8) == len(places)
    assert ("first", "closing") == (places[0], places[-1])
    assert 1 == places.count("midpoint")


@given(st.integers(3, 12), st.lists(st.sampled_from(TOPICAL + OWN), unique_by=str), st.data())
def test_first_midpoint_and_closing_are_always_among_the_rest(
    short: Handbook, count: int, given: list[Any], data: st.DataObject
) -> None:
    given.insert(data.draw(st.integers(0, len(given))), "the-rest")

    items = sessions(short, given, count)
    named = [one if isinstance(one, str) else one["id"] for one in given if one != "the-rest"]
    assert {"first", "midpoint", "closing"} <= {item["place"] for item in items}
    assert named == [item.id for item in items if item.id in named]
    assert len(items) >= min(count, 8)
    assert len(items) <= max(count, len(named) + 3)


@given(st.lists(st.sampled_from(TOPICAL + OWN), unique_by=str, min_size=1), st.integers(3, 12))
def test_a_list_of_sessions_without_the_rest_is_the_list(
    short: Handbook, given: list[Any], count: int
) -> None:
    named = [one if isinstance(one, str) else one["id"] for one in given]

    assert named == [item.id for item in sessions(short, given, count)]


def test_a_program_may_put_its_own_session_in_a_special_place(short: Handbook) -> None:
    own = {"id": "farewell", "title": "Farewell lunch", "place": "closing"}
    taken = [item.id for item in sessions(short, ["the-rest", own], 6)]

    assert "farewell" == taken[-1]
    assert "closing" not in taken
    assert 6 == len(taken)


def made(short: Handbook, said: Mapping[str, Any]) -> Program:
    """A program that says this beside what it must."""
    whole = {"title": "A", "summary": "B", "goals": [{"title": "C"}], **said}
    document = read("programs/a/program.yml", json.dumps(whole))
    assert isinstance(document, Document)
    one, problems = program(document, short.playbook, {})
    assert () == problems
    return one


@pytest.mark.parametrize(
    ("key", "said", "point"),
    [
        # the playbook: with midpoint-review, 9 days after it
        ("check_ins", {"id": "midpoint", "week": 9}, Point(9)),
        ("check_ins", {"id": "midpoint", "week": 9, "days": 1}, Point(9, days=1)),
        ("check_ins", {"id": "midpoint", "with": "closing"}, Point(anchor="closing")),
        ("check_ins", {"id": "midpoint", "days": 2}, Point(anchor="midpoint-review", days=2)),
        ("check_ins", {"id": "midpoint", "title": "C"}, Point(anchor="midpoint-review", days=9)),
        # the playbook: week 1, on a Tuesday
        ("milestones", {"id": "kick-off", "week": 2}, Point(2)),
        ("milestones", {"id": "kick-off", "weekday": "friday"}, Point(1, "friday")),
        ("milestones", {"id": "kick-off", "with": "closing", "days": 3}, Point(anchor="closing", days=3)),
    ],
)
def test_a_day_that_is_said_anew_takes_nothing_from_the_old_one(
    short: Handbook, key: str, said: dict[str, Any], point: Point
) -> None:
    [changed] = getattr(made(short, {key: [said]}), key)

    assert point == changed.point


def test_an_override_that_says_a_day_takes_nothing_from_the_old_one(load_with: Callable[..., Any]) -> None:
    own = "docs/templates/playbook/check-ins/midpoint.md"
    handbook, problems = load_with({own: "---\nweek: 9\n---\n"})

    assert () == problems
    assert Point(9) in [one.point for one in handbook.programs[0].check_ins]


@pytest.mark.parametrize(
    ("entry", "minutes"),
    [
        ("first-meeting", 45),
        ({"id": "first-meeting", "week": 3}, 45),
        ({"id": "first-meeting", "minutes": 60}, 60),
        ({"title": "Our own"}, 45),
        ({"title": "Our own", "minutes": 90}, 90),
    ],
)
def test_a_session_takes_the_programs_minutes_unless_its_entry_says_others(
    short: Handbook, entry: object, minutes: int
) -> None:
    one = made(short, {"commitment": {"minutes": 45}, "sessions": [entry]})

    assert minutes == one.sessions[0].minutes


STEPS = st.lists(st.integers(1, 60), min_size=2, max_size=10)


@given(STEPS, st.integers(15, 240))
def test_a_ready_made_agenda_takes_as_long_as_the_session(minutes: list[int], wanted: int) -> None:
    agenda = tuple(AgendaStep(length, Text(f"Step {at}")) for at, length in enumerate(minutes))

    made = fitted(agenda, wanted)

    assert [step.text for step in agenda] == [step.text for step in made]
    assert agenda[-1] == made[-1]
    assert min(step.minutes for step in made) >= 1
    if wanted - minutes[-1] >= len(minutes) - 1:
        assert wanted == sum(step.minutes for step in made)
    else:
        assert agenda == made


@given(st.integers(15, 240))
def test_every_agenda_of_a_program_adds_up(short: Handbook, minutes: int) -> None:
    one = made(short, {"commitment": {"minutes": minutes, "sessions": 8}})

    assert {minutes} == {sum(step.minutes for step in session.agenda) for session in one.sessions}
    assert {5} == {session.agenda[-1].minutes for session in one.sessions}


def test_a_module_of_other_minutes_is_stretched_too(short: Handbook) -> None:
    [module] = made(short, {"training": [{"id": "boundaries", "minutes": 90}]}).training

    assert 90 == sum(step.minutes for step in module.activities)


def test_an_agenda_of_ones_own_stays_as_it_is(short: Handbook) -> None:
    agenda = [{"minutes": 40, "text": "A"}, {"minutes": 20, "text": "B"}]
    one = made(short, {"sessions": [{"id": "first-meeting", "minutes": 60, "agenda": agenda}]})

    assert [40, 20] == [step.minutes for step in one.sessions[0].agenda]


def test_sessions_without_room_are_offered_in_place_of_others(short: Handbook) -> None:
    all_of_them = {item.id for item in short.playbook.kind("sessions") if not item["only_with"]}
    one = made(short, {"commitment": {"sessions": 5}})

    assert (5, 3) == (len(one.sessions), len(one.further))
    assert all_of_them == {session.id for session in (*one.sessions, *one.further)}
    assert () == made(short, {"sessions": ["first-meeting", "closing"]}).further
    assert () == made(short, {"commitment": {"sessions": 8}}).further


@pytest.mark.parametrize("kind", TEXTS)
def test_every_kind_of_text_is_taken_changed_extended_and_omitted(short: Handbook, kind: str) -> None:
    first, second, third = (item.id for item in short.playbook.kind(kind)[:3])
    new = {"title": "Our own", "text": "Said by **us**."}
    said = {"omit": [second], "take": [{"id": third, "text": "Changed."}, new, "the-rest"]}

    items = made(short, {"playbook": {kind: said}}).items[kind]

    assert [third, "our-own", first] == [item.id for item in items[:3]]
    assert second not in {item.id for item in items}
    assert [Rich("Changed."), Rich("Said by **us**.")] == [item.body for item in items[:2]]
    assert [True, True, False] == [item.changed for item in items[:3]]
    assert short.playbook.kind(kind)[2].title == items[0].title


@pytest.mark.parametrize(
    ("entry", "code", "column"),
    [
        ("purpos", "unknown-id", 22),
        ("{id: purpos}", "unknown-id", 22),
        ("{id: purpose, file: gone.md}", "no-such-file", 42),
        ("{id: purpose, txt: a}", "unknown-key", 36),
        ("purpose, purpose", "double-id", 31),
    ],
)
def test_a_mistake_in_a_list_of_texts_is_one_problem_at_its_place(
    load_with: Callable[..., Any], entry: str, code: str, column: int
) -> None:
    text = f"title: A\nsummary: B\ngoals: [{{title: C}}]\nplaybook:\n  agreement: {{take: [{entry}]}}\n"

    handbook, [problem] = load_with({"programs/digital-fluency/program.yml": text})

    assert handbook is None
    assert (code, 5, column) == (problem.code, problem.line, problem.column)


def test_a_story_may_stand_in_a_file_of_its_own(load_with: Callable[..., Any]) -> None:
    story = "results: {stories: [{title: Eleven clicks, file: clicks.md}, {title: B, text: C}]}\n"
    path = "programs/digital-fluency/2027-spring.yml"

    handbook, [problem] = load_with({path: f"start: 2027-02-01\n{story}"})
    assert handbook is None
    assert ("no-such-file", path, 2) == (problem.code, problem.path, problem.line)

    there = {"programs/digital-fluency/clicks.md": "It takes **four** now.\n"}
    handbook, problems = load_with({path: f"start: 2027-02-01\n{story}", **there})
    assert () == problems
    assert ["It takes **four** now.\n", "C"] == [one["text"] for one in handbook.cohorts[0].results.stories]


def test_a_sheet_that_is_left_out_leads_to_the_list(load_with: Callable[..., Any]) -> None:
    omit = "playbook: {sheets: {omit: [session-log, certificate, story]}}\n"
    handbook, problems = load_with({"programs/digital-fluency/program.yml": f"{PROGRAM}{omit}"})
    assert () == problems

    made = pages.render(handbook, Build(date(2027, 3, 10)))

    assert not [page.path for page in made if "session-log.md" in page.text]


@pytest.mark.parametrize(
    ("given", "count"),
    [([*OWN[:3], "the-rest"], 6), (OWN[:2], 2), (["the-rest"], 3)],
)
def test_the_number_of_sessions_is_that_of_the_list(short: Handbook, given: list[Any], count: int) -> None:
    one = made(short, {"commitment": {"sessions": 3}, "sessions": given})

    assert (count, count) == (len(one.sessions), one.commitment.sessions)


def test_a_program_lasts_from_its_first_session_to_its_latest(short: Handbook) -> None:
    late = [{"id": "first-meeting", "week": 26}, {"id": "closing", "week": 2}]

    assert 6 == made(short, {"sessions": late}).months
    assert 1 == made(short, {"sessions": [late[0], {"id": "closing", "week": 22}]}).months
    assert 0 == made(short, {"sessions": []}).months


def test_a_module_prepares_the_first_meeting_unless_it_says_what(short: Handbook) -> None:
    given = [{"title": "A"}, {"title": "B", "before": "kick-off"}]

    assert ["first-meeting", "kick-off"] == [one.anchor for one in made(short, {"training": given}).training]


def test_organisation_and_program_may_omit_the_same(load_with: Callable[..., Any]) -> None:
    omit = "playbook: {training: {omit: [inclusion]}}\n"
    handbook, problems = load_with(
        {
            "programs/organisation.yml": f"name: A\n{omit}",
            "programs/digital-fluency/program.yml": f"title: A\nsummary: B\ngoals: [{{title: C}}]\n{omit}",
        }
    )

    assert () == problems
    assert "inclusion" not in {module.id for module in handbook.programs[0].training}


# What follows looks at the engine's own texts.


def read_item(file: Path, text: str) -> Item:
    parts = playbook.front_matter(file.name, text)
    assert not isinstance(parts, Problem), parts
    document, body = parts
    return playbook.item(document, body, file.parent.name, file.stem, str)


@pytest.fixture(scope="module")
def ready() -> dict[tuple[str, str], Item]:
    """Every thing of the playbook by kind and id."""
    return {(file.parent.name, file.stem): read_item(file, file.read_text("utf-8")) for file in FILES}


def test_every_front_matter_is_readable_and_has_title_and_order(ready: dict[tuple[str, str], Item]) -> None:
    assert len(ready) > 150
    assert [] == [
        key for key, item in ready.items() if not item.fields.get("title") or "order" not in item.fields
    ]


def test_no_two_things_of_a_kind_have_the_same_order(ready: dict[tuple[str, str], Item]) -> None:
    orders = [(item.kind, item["order"]) for item in ready.values()]

    assert sorted(set(orders)) == sorted(orders)


def test_every_agenda_and_every_activity_adds_up(ready: dict[tuple[str, str], Item]) -> None:
    timed = {key: item for key, item in ready.items() if key[0] in ("sessions", "training")}
    steps = {key: item["agenda"] or item["activities"] for key, item in timed.items()}
    sums = {key: sum(step["minutes"] for step in of_one) for key, of_one in steps.items() if of_one}

    assert timed.keys() == sums.keys()
    assert {key: ready[key]["minutes"] for key in sums} == sums


def test_every_name_in_the_playbook_is_known(ready: dict[tuple[str, str], Item], short: Handbook) -> None:
    dated = {name for kind, name in ready if kind in ("sessions", "milestones", "check-ins")}
    known: dict[str, set[Any]] = {
        "next": {name for kind, name in ready if kind == "training"},
        "topics": {name for kind, name in ready if kind == "topics"},
        "resource": {name for kind, name in ready if kind == "resources"},
        "with": {*dated, *plan_anchors(short.programs[0])},
        "for": {*ROLES, "organisation"},
        "acts": set(ROLES),
    }
    named = [
        (key, field, name) for key, item in ready.items() for field in known for name in listed(item, field)
    ]
    named += [
        (key, "with", end["with"]) for key, item in ready.items() for end in ends(item) if "with" in end
    ]
    befores = [(key, item["before"]) for key, item in ready.items() if key[0] == "training"]

    assert [] == [(key, field, name) for key, field, name in named if name not in known[field]]
    assert [] == [(key, name) for key, name in befores if name not in dated]
    assert [] == [(key, name) for key, field, name in named if field == "next" and name == key[1]]


def listed(item: Item, field: str) -> list[str]:
    value = item.fields.get(field, ())
    return [value] if isinstance(value, str) else list(value)


def ends(item: Item) -> list[Mapping[str, Any]]:
    return [item.fields[name] for name in ("opens", "closes") if name in item.fields]


def test_every_override_can_be_prefilled_by_a_link() -> None:
    """GitHub refuses longer addresses; of the longest texts only the front matter is prefilled."""
    host = Host("https://github.com/northwind-health-foundation-trust/reverse-mentoring-handbook")
    for file in FILES:
        text = file.read_text("utf-8")
        path = f"docs/templates/playbook/{file.parent.name}/{file.name}"
        address = host.address(Source(path, text))

        [filled] = parse_qs(urlsplit(address).query)["value"]
        assert len(address) < MOST_ADDRESS_BYTES, path
        assert read_item(file, text).fields == read_item(file, filled).fields
        assert filled in (text, text.split("\n---")[0] + "\n---\n")


def test_the_defaults_of_a_program_fit_its_schema_and_make_one(short: Handbook) -> None:
    least = {"title": Text("A"), "summary": Text("B"), "goals": [{"title": Text("C")}]}
    whole = Document("programs/a/program.yml", {**least, **short.playbook.defaults})
    made, problems = program(replace(whole, values=least), short.playbook, {})

    assert () == schema.problems(whole, "program")
    assert () == problems
    assert (6, 60) == (len(made.sessions), made.commitment.minutes)
    assert len(made.training) >= 6
