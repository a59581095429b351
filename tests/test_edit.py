"""Changes to YAML: what was asked for changes, and every other byte stays where it was."""

import difflib
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.text import document, edit
from handbook.text.document import Document
from tests.repository import EXAMPLE, MINIATURE, ROOT

SPRING = (EXAMPLE / "digital-fluency/2027-spring.yml").read_text("utf-8")
PLANNED = (EXAMPLE / "inclusive-leadership/2027-autumn.yml").read_text("utf-8")
PROGRAM = (EXAMPLE / "digital-fluency/program.yml").read_text("utf-8")
ADA = {"id": "ada", "name": "Ada Lind", "role": "mentor", "topics": ["ai-tools"], "consent": "public"}
PAIR = {
    "mentor": "ada",
    "mentee": "jr",
    "confirmed": {"mentor": date(2027, 3, 1)},
    "announce": date(2027, 3, 2),
}


def with_people(text: str, people: Sequence[Mapping[str, object]]) -> str:
    return edit.with_entries(text, "people", people)


def with_pairings(text: str, pairings: Sequence[Mapping[str, object]]) -> str:
    return edit.with_entries(text, "pairings", pairings)


def values(text: str) -> Any:
    """What a text says; one with a fault fails the test."""
    read = document.read("", text.encode())
    assert isinstance(read, Document), read
    return read.values


def changed(before: str, after: str) -> list[str]:
    """The lines that went, and those that came."""
    lines = difflib.ndiff(before.split("\n"), after.split("\n"))
    return [f"{line[0]}{line[2:]}" for line in lines if line[0] in "+-"]


# --- what a coordinator sees ----------------------------------------------------------------------


def test_a_person_is_added_in_the_style_of_the_list() -> None:
    line = "  - {id: ada, name: Ada Lind, role: mentor, topics: [ai-tools], consent: public}"

    assert [f"+{line}"] == changed(SPRING, with_people(SPRING, [ADA]))
    assert f"{line}\n\n# The site shows" in with_people(SPRING, [ADA])


@pytest.mark.parametrize("comment", ["", "  # who they are, which may go on beyond the end of the line"])
@pytest.mark.parametrize(("length", "wrapped"), [(65, False), (66, True)])
def test_an_entry_begins_a_line_where_it_no_longer_fits_before_the_bracket(
    comment: str, length: int, wrapped: bool
) -> None:
    """A line holds 118 signs; a comment behind it may go beyond."""
    before = f"start: 2027-01-01\npeople: [{{id: a, role: mentor}}]{comment}\n"
    person = {"id": "b" * length, "role": "mentee"}

    after = with_people(before, [person])

    between = ",\n         " if wrapped else ", "
    entry = f"{{id: {person['id']}, role: mentee}}"
    assert f"start: 2027-01-01\npeople: [{{id: a, role: mentor}}{between}{entry}]{comment}\n" == after


def test_a_pairing_that_is_too_long_for_a_line_is_wrapped_as_the_others_are() -> None:
    long = {**PAIR, "topics": ["ai-tools", "data-analytics"], "goals": ["weekly-ai", "speaking-up"]}
    order = ("mentor", "mentee", "topics", "goals", "confirmed", "announce")
    after = with_pairings(SPRING, [{key: long[key] for key in order}])

    assert after == SPRING + (
        "  - {mentor: ada, mentee: jr, topics: [ai-tools, data-analytics], goals: [weekly-ai, speaking-up],\n"
        "     confirmed: {mentor: 2027-03-01}, announce: 2027-03-02}\n"
    )


def test_lists_that_are_absent_stand_behind_the_dates_people_before_pairings() -> None:
    with_both = with_people(with_pairings(PLANNED, [PAIR]), [ADA])

    person = "  - {id: ada, name: Ada Lind, role: mentor, topics: [ai-tools], consent: public}\n"
    pairing = "  - {mentor: ada, mentee: jr, confirmed: {mentor: 2027-03-01}, announce: 2027-03-02}\n"
    assert f"{PLANNED}\npeople:\n{person}\npairings:\n{pairing}" == with_both


def test_a_person_has_a_line_for_each_key_where_the_others_have() -> None:
    before = "start: 2027-02-01\npeople:\n  - id: jr\n    role: mentee  # since May\n\n# end\n"

    assert before.replace("\n\n# end", '\n  - id: ada\n    topics: [ai-tools, "no"]\n\n# end') == (
        with_people(before, [{"id": "ada", "topics": ["ai-tools", "no"]}])
    )


def test_the_second_yes_stands_beside_the_first() -> None:
    after = edit.with_value(SPRING, ("pairings", 6, "confirmed", "mentee"), date(2027, 3, 9))

    assert [
        "-     confirmed: {mentor: 2027-03-08}, announce: 2027-03-15}",
        "+     confirmed: {mentor: 2027-03-08, mentee: 2027-03-09}, announce: 2027-03-15}",
    ] == changed(SPRING, after)


def test_a_column_of_the_sheet_is_remembered_and_the_comment_beside_the_others_stays() -> None:
    after = edit.with_keys(PROGRAM, ("sign_up",), {"columns": {"Your grade": "grade"}})

    assert "\n  columns: {Your department: unit, Your grade: grade}  # how our sign-up form words" in after
    assert 2 == len(changed(PROGRAM, after))


@pytest.mark.parametrize(
    "before",
    [
        "title: A\nsummary: B\n",
        "title: A\nsummary: B\nsign_up:\n",
        "title: A\nsummary: B\nsign_up: {form: sign-up}\n",
        "title: A\nsummary: B\nsign_up: {}\n",
        "title: A\nsummary: B\nsign_up:\n  form: sign-up  # ours\nfaq: []\n",
        "title: A\nsummary: B\nsign_up: {columns: {Unit: name}, form: sign-up}\n",
        "title: A\nsummary: B\nsign_up:\n  columns:\n    # ours\n    Unit: name\n",
        'title: A\nsummary: B\nsign_up:\n  "columns": ~ # ours\n',
    ],
)
def test_columns_are_added_and_changed_wherever_they_stand(before: str) -> None:
    new = {
        "Unit": "unit",
        "Role: which, if any?": "role",
        "no": "goals",
        "12:30": "hours",
        "x" * 70: "skills",
    }
    after = edit.with_keys(before, ("sign_up",), {"columns": new})

    assert {**values(before), "sign_up": {**(values(before).get("sign_up") or {}), "columns": new}} == values(
        after
    )
    assert all(len(line) <= 118 for line in after.split("\n"))
    assert before.count("#") == after.count("#")


def test_an_entry_goes_with_its_lines_and_nothing_else_does() -> None:
    after = edit.without(SPRING, [("people", 7), ("pairings", 0)])

    person = "  - {id: jr, name: J. Rivera, role: mentee, unit: Finance, topics: [ai-tools], consent: public}"
    pairing = (
        "  - {mentor: amara, mentee: jr, topics: [ai-tools], goals: [weekly-ai],\n"
        "     confirmed: {mentor: 2027-01-20, mentee: 2027-01-22}, announce: 2027-01-29}"
    )
    assert after == SPRING.replace(f"{person}\n", "").replace(f"{pairing}\n", "")


def test_a_comment_goes_with_the_one_entry_that_it_is_said_of() -> None:
    after = edit.without(SPRING, [("pairings", 4)])

    assert "Resting for a while" not in after
    assert "# Two late pairings" in after


@pytest.mark.parametrize(
    ("before", "path", "after"),
    [
        ("a:\n  # of all\n  - x\n  - y\n", ("a", 0), "a:\n  # of all\n  - y\n"),
        ("a:\n  # of all\n  - x\n\n  - y\n", ("a", 0), "a:\n  # of all\n\n  - y\n"),
        ("a:\n  - x\n  # of both\n  - y\n  - z\n", ("a", 1), "a:\n  - x\n  # of both\n  - z\n"),
        ("a:\n  - x\n  # - put aside\n  - y\n", ("a", 1), "a:\n  - x\n  # - put aside\n"),
        ("a:\n  - x\n# of the file\n  - y\n", ("a", 1), "a:\n  - x\n# of the file\n"),
        ("a:\n  - x\n  # of y\n  # alone\n  - y\n", ("a", 1), "a:\n  - x\n"),
        ("a:\n  - x\n  # of y\n  - y # too\n\n  - z\n", ("a", 1), "a:\n  - x\n\n  - z\n"),
        ("a:\n  - x\n  - y\n    # further in\nb: 1\n", ("a", 1), "a:\n  - x\nb: 1\n"),
    ],
)
def test_in_doubt_a_comment_stays(before: str, path: document.Path, after: str) -> None:
    assert after == edit.without(before, [path])


@pytest.mark.parametrize(
    ("before", "path", "after"),
    [
        ("a: [x, y, z] # c\n", ("a", 0), "a: [y, z] # c\n"),
        ("a: [x, y, z] # c\n", ("a", 2), "a: [x, y] # c\n"),
        ("a: [x, ] # c\n", ("a", 0), "a: [] # c\n"),
        ("a: [\n  x, # c\n  y, # d\n  z # e\n]\n", ("a", 1), "a: [\n  x, # c\n  z # e\n]\n"),
        ("a: [\n  x, # c\n  y # d\n]\n", ("a", 1), "a: [\n  x, # c\n]\n"),
        ("a: {x: 1, y: 2}\n", ("a", "x"), "a: {y: 2}\n"),
        ("a:\n- x: 1\n  y: 2\n", ("a", 0, "x"), "a:\n- y: 2\n"),
        ("a:\n  - x # c\nb: 1\n", ("a", 0), "a: []\nb: 1\n"),
        ("a:\n- x: 1\n", ("a", 0, "x"), "a:\n- {}\n"),
        ("a:\n  x: 1\nb: 1\n", ("a", "x"), "a: {}\nb: 1\n"),
        ("a: 1\nb: |\n  c\n\n  d\n\ne: 1\n", ("b",), "a: 1\n\ne: 1\n"),
        ("a: 1\nb: |+\n  c\n\ne: 1\n", ("b",), "a: 1\ne: 1\n"),
        ("a: 1\nb: 2", ("b",), "a: 1"),
        ("a: 1\r\nb: 2\r\nc: 3\r\n", ("b",), "a: 1\r\nc: 3\r\n"),
    ],
)
def test_what_goes_leaves_no_hole(before: str, path: document.Path, after: str) -> None:
    assert after == edit.without(before, [path])


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ('"no"', "no"),
        ('"12:30"', "12:30"),
        ('"2027-01-01"', "2027-01-01"),
        ('"010"', "010"),
        ('"1e3"', "1e3"),
        ('".5"', ".5"),
        ('"1_000"', "1_000"),
        ('"null"', "null"),
        ('""', ""),
        ('"a, b"', "a, b"),
        ('"- a"', "- a"),
        ('"team #1"', "team #1"),
        ('" a "', " a "),
        ('"a\\nb"', "a\nb"),
        ('"\\u2028"', "\u2028"),
        ('"\\ufffe"', "\ufffe"),
        ("O'Brien", "O'Brien"),
        ("Zoë M.", "Zoë M."),
    ],
)
def test_a_text_is_written_so_that_every_reader_of_yaml_takes_it_for_one(written: str, text: str) -> None:
    after = edit.with_value("start: 2027-01-01\n", ("title",), text)

    assert f"title: {written}\n" in after
    assert text == values(after)["title"]


@pytest.mark.parametrize(
    ("text", "call"),
    [
        ("start: [\n", lambda text: with_people(text, [ADA])),
        ("- a\n", lambda text: with_people(text, [ADA])),
        ("start: 1\npeople: one\n", lambda text: with_people(text, [ADA])),
        ("start: 1\npeople: [ # none yet\n]\n", lambda text: with_people(text, [ADA])),
        ("start: 1\ntitle: a\n", lambda text: edit.with_value(text, ("title", "of"), "a")),
        ("start: 1\ndates:\n  a: 1\n  # d\n  b: 1\n", lambda text: edit.with_value(text, ("dates",), "a")),
        ("start: 1\n? title\n: a\n", lambda text: edit.without(text, [("title",)])),
        ("start: 1\n", lambda text: edit.without(text, [("start",)])),
        ("start: 1\n", lambda text: edit.without(text, [("people", 3)])),
        ("start: 1\npeople: [a]\n", lambda text: edit.without(text, [("people", 1)])),
        ("start: 1\n", lambda text: edit.with_value(text, ("title",), "a\u202eb")),
        ("start: 1\nwhy: |\n  a", lambda text: with_people(text.replace("start: 1\n", ""), [ADA])),
    ],
)  # fmt: skip
def test_what_cannot_be_changed_surely_is_refused_with_its_line(
    text: str, call: Callable[[str], str]
) -> None:
    with pytest.raises(edit.Impossible, match=r"^Line \d+: .+\.$") as refused:
        call(text)

    assert refused.value.line >= 1


def test_an_entry_without_brackets_of_its_own_is_refused_before_anything_is_tried() -> None:
    with pytest.raises(edit.Impossible, match="no brackets of their own"):
        edit.with_value("start: 1\npeople: [id: a]\n", ("people", 0, "role"), "mentor")


# --- whatever a file looks like -------------------------------------------------------------------

WORD = st.sampled_from(
    ["a", "no", "12:30", "Ada: Lind", "x, y", "team #1", "it's", "Zoë", "2027-01-01", '"q"']
)
PERSON = st.fixed_dictionaries(
    {
        "id": st.from_regex(r"[a-z]{1,4}(-[0-9]{1,2})?", fullmatch=True),
        "role": st.sampled_from(["mentor", "mentee"]),
    },
    optional={"name": WORD, "topics": st.lists(WORD, max_size=3), "unit": WORD},
)
PAIRING = st.fixed_dictionaries(
    {"mentor": WORD, "mentee": WORD},
    optional={"topics": st.lists(WORD, max_size=8), "confirmed": st.fixed_dictionaries({"mentor": WORD})},
)
COMMENT = st.sampled_from(["", "", "  # why", "   #"])
ABOVE = st.sampled_from(
    ["", "", "\n", "# one\n", "# one\n# two\n", "\n# one\n", "# - {id: old}\n", "      # deep\n"]
)


def one_line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


@st.composite
def entries(draw: st.DrawFn, key: str, said: Sequence[Mapping[str, object]]) -> str:
    """A list of mappings, as one of the ways in which people write it."""
    style = draw(st.sampled_from(["hyphens", "hyphens", "brackets", "brackets in lines", "mixed"]))
    if not said:
        return f"{key}:{draw(st.sampled_from([' []', '', ' ~', ' [ ]']))}{draw(COMMENT)}\n"
    if style == "brackets":
        return f"{key}: {one_line(said)}{draw(COMMENT)}\n"
    if style == "brackets in lines":
        comma = draw(st.sampled_from(["", ","]))
        lines = [f"  {one_line(one)}{',' if one is not said[-1] else comma}{draw(COMMENT)}\n" for one in said]
        return f"{key}: [\n{''.join(lines)}{draw(st.sampled_from(['', '  ']))}]\n"
    indent, gap = " " * draw(st.sampled_from([0, 2, 4])), " " * draw(st.sampled_from([1, 3]))
    text = f"{key}:{draw(COMMENT)}\n"
    for one in said:
        above = draw(ABOVE).replace("#", f"{indent}#")
        if style == "mixed" and draw(st.booleans()):
            first, *more = (f"{name}: {one_line(value)}{draw(COMMENT)}" for name, value in one.items())
            inner = indent + " " + gap
            text += f"{above}{indent}-{gap}{first}\n" + "".join(f"{inner}{line}\n" for line in more)
        else:
            text += f"{above}{indent}-{gap}{one_line(one)}{draw(COMMENT)}\n"
    return text


@st.composite
def cohorts(draw: st.DrawFn) -> str:
    """A cohort's file with comments, in some style, saved by some editor."""
    text = draw(ABOVE) + "start: 2027-02-01\n"
    text += draw(
        st.sampled_from(["", "sign_up: {opens: 2026-12-01}\n", "dates:\n  kick-off: 2027-02-04  # free\n"])
    )
    kinds: Mapping[str, st.SearchStrategy[Mapping[str, object]]] = {"people": PERSON, "pairings": PAIRING}
    for key, entry in kinds.items():
        if draw(st.booleans()):
            text += draw(ABOVE) + draw(entries(key, draw(st.lists(entry, max_size=4))))
    text += draw(st.sampled_from(["", "results:\n  lessons: []\n", "# end\n", "\n\n", "end: 2027-07-01\n"]))
    if draw(st.booleans()):
        text = text.removesuffix("\n")
    text = draw(st.sampled_from(["", "\ufeff"])) + text
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


def unbroken(text: str) -> list[str]:
    return re.split("\r?\n", text)


def comments(text: str) -> list[str]:
    return re.findall("#(?!1)[^\r\n]*", text)  # `team #1` is a text


def stays(before: str, after: str, most: int) -> None:
    """All comments are still there, line ends are as they were, and few other lines have changed."""
    assert comments(before) == comments(after)
    lines = [line for line in difflib.ndiff(unbroken(before), unbroken(after)) if line.startswith("- ")]
    assert len(lines) <= most
    assert before.startswith("\ufeff") == after.startswith("\ufeff")
    assert before.endswith("\n") == after.endswith("\n")
    if "\r\n" in before:
        assert after.count("\r\n") == after.count("\n")
    else:
        assert "\r" not in after


@given(cohorts(), st.lists(PERSON, min_size=1, max_size=3))
def test_people_are_added_to_any_file(before: str, new: list[dict[str, object]]) -> None:
    after = with_people(before, new)

    said = values(before)
    assert {**said, "people": [*(said.get("people") or []), *new]} == values(after)
    stays(before, after, most=1)


@given(cohorts(), st.lists(PAIRING, min_size=1, max_size=3))
def test_pairings_are_added_to_any_file(before: str, new: list[dict[str, object]]) -> None:
    after = with_pairings(before, new)

    said = values(before)
    assert {**said, "pairings": [*(said.get("pairings") or []), *new]} == values(after)
    stays(before, after, most=1)


@given(cohorts(), st.data())
def test_a_value_is_set_in_any_file(before: str, data: st.DataObject) -> None:
    said = values(before)
    places = [(), *((key, at) for key in ("people", "pairings") for at in range(len(said.get(key) or ())))]
    path = data.draw(st.sampled_from(places))
    key, value = data.draw(st.sampled_from(["role", "confirmed", "title"])), data.draw(WORD)
    after = edit.with_value(before, (*path, key), value)

    around = said
    for part in path:
        around = around[part]
    around[key] = value
    assert said == values(after)
    stays(before, after, most=1)


@given(cohorts(), st.data())
def test_entries_are_taken_out_of_any_file(before: str, data: st.DataObject) -> None:
    said = values(before)
    places = [(key, at) for key in ("people", "pairings") for at in range(len(said.get(key) or ()))]
    paths = data.draw(st.lists(st.sampled_from(places), unique=True)) if places else []
    after = edit.without(before, paths)

    for key, at in sorted(paths, reverse=True):
        del said[key][at]
    assert said == values(after)
    came = Counter(unbroken(after)) - Counter(
        unbroken(before)
    )  # lists that are empty now, or stand in a line
    assert came.total() <= 2
    assert before.startswith("\ufeff") == after.startswith("\ufeff")


SHIPPED = sorted(
    path
    for path in {
        *EXAMPLE.rglob("20*.yml"),
        *MINIATURE.rglob("20*.yml"),
        *(ROOT / "tests/bad").rglob("20*.yml"),
    }
    if path.is_file()
)


@pytest.mark.parametrize("path", SHIPPED, ids=[str(path.relative_to(ROOT)) for path in SHIPPED])
def test_in_a_file_that_people_wrote_only_new_lines_come_or_nothing_is_done(path: Path) -> None:
    before = path.read_bytes().decode("utf-8", "replace")
    try:
        after = with_pairings(with_people(before, [ADA]), [PAIR])
    except edit.Impossible:
        read = document.read("", before)
        assert not (isinstance(read, Document) and read.mapping)
        return

    assert [] == [line for line in changed(before, after) if line.startswith("-")]
    said = values(before)
    assert len(said.get("people", ())) + 1 == len(values(after)["people"])
    both = [("people", len(values(after)["people"]) - 1), ("pairings", len(values(after)["pairings"]) - 1)]
    back = values(edit.without(after, both))
    assert {"people": [], "pairings": [], **said} == back
