"""YAML text becomes plain values that remember their places, or exactly one clear problem."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.text.document import MOST_BYTES, MOST_CHARACTERS, MOST_VALUES, Document, Place, examine, read
from handbook.text.problems import Problem
from handbook.text.prose import Text


def values(text: str | bytes) -> object:
    document = read("file.yml", text)
    assert isinstance(document, Document), document
    return document.values


def refused(text: str | bytes) -> tuple[int, int, str]:
    """Line, column and code of the one problem."""
    problem = read("file.yml", text)
    assert isinstance(problem, Problem), problem
    assert problem.message
    assert problem.hint
    return problem.line, problem.column, problem.code


def test_every_value_and_every_key_remembers_its_place() -> None:
    document = read("file.yml", "title: A\ngoals:\n  - title: B\n    benefits: [mentee, 'x']\n")

    assert isinstance(document, Document)
    assert {"title": "A", "goals": [{"title": "B", "benefits": ["mentee", "x"]}]} == document.values
    assert Place(1, 8) == document.place(("title",))
    assert Place(3, 12) == document.place(("goals", 0, "title"))
    assert Place(4, 24) == document.place(("goals", 0, "benefits", 1))
    assert Place(4, 5) == document.key_place(("goals", 0, "benefits"))


def test_what_is_not_there_has_the_place_of_what_would_hold_it() -> None:
    document = read("file.yml", "goals:\n  - title: B\n")

    assert isinstance(document, Document)
    assert Place(2, 5) == document.place(("goals", 0, "measure", "form"))


def test_columns_are_counted_in_characters() -> None:
    assert (1, 10, "alias") == refused("ö😀ü: [1, *x]")


def test_front_matter_counts_the_lines_of_its_whole_file() -> None:
    document = read("file.md", "title: A\n", first_line=2)

    assert isinstance(document, Document)
    assert Place(2, 8) == document.place(("title",))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        # what YAML 1.1 turns into something else
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("12:30", "12:30"),
        ("010", "010"),
        ("1_000", "1_000"),
        ("0x1f", "0x1f"),
        ("2027-02-30", "2027-02-30"),
        ("2027-02-01", "2027-02-01"),
        (".inf", ".inf"),
        ("+44 1632 960000", "+44 1632 960000"),
        # what is no text
        ("~", None),
        ("null", None),
        ("", None),
        ("true", True),
        ("False", False),
        ("-17", -17),
        ("20", 20),
        ("2.5", 2.5),
        ("1e3", 1000),
        # quotes make a text of everything
        ('"no"', "no"),
        ("'20'", "20"),
        ('"~"', "~"),
        ("|\n  true\n", "true\n"),
    ],
)
def test_scalars_are_read_as_people_mean_them(written: str, meant: object) -> None:
    [value] = values(f"key: {written}").values()  # type: ignore[attr-defined]

    assert meant == value
    assert (Text if isinstance(meant, str) else type(meant)) is type(value)


def test_a_whole_number_with_a_point_is_a_whole_number() -> None:
    """To the schema 6.0 is an integer, and it counts sessions."""
    assert "{'sessions': 6}" == repr(values("sessions: 6.0"))


def test_a_number_of_very_many_digits_stays_a_text() -> None:
    """Python would take minutes to read it."""
    assert {"n": "9" * 5000} == values(f"n: {'9' * 5000}")


@pytest.mark.parametrize(
    ("text", "line", "column", "code"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, 1, "duplicate-key"),
        ("top: {a: 1, b: 2, a: 3}", 1, 19, "duplicate-key"),
        ("1: a\n'1': b\n", 2, 1, "duplicate-key"),
        ("a: &here 1\n", 1, 4, "anchor"),
        ("a: 1\nb: *here\n", 2, 4, "alias"),
        ("a:\n  <<: {b: 1}\n", 2, 3, "merge-key"),
        ("a: !!python/object/apply:os.system [ls]\n", 1, 4, "tag"),
        ("a: 1\nb: !secret x\n", 2, 4, "tag"),
        ("? [a, b]\n: 1\n", 1, 3, "key-not-text"),
        ("a: 1\n---\nb: 2\n", 2, 1, "two-documents"),
        ("---\n---\nb: 2\n", 2, 1, "two-documents"),
        ("a: [1, 2\nb: 3\n", 1, 4, "yaml-syntax"),
        ("title: Data: an introduction\n", 1, 8, "yaml-syntax"),
        ("title: team #1\n", 1, 13, "swallowed-text"),
        ("title: #1 team\n", 1, 8, "swallowed-text"),
        ("a:\n  - ö #y z\n", 2, 7, "swallowed-text"),
        ("a: [x #y, z]\n", 1, 7, "swallowed-text"),
        ("a: 'never closed\n", 1, 4, "yaml-syntax"),
        ("a: 1\n\tb: 2\n", 2, 1, "yaml-syntax"),
        ("a: " + "[" * 3000, 1, 44, "too-deep"),
        ("a: " + "[" * 3000 + "]" * 3000, 1, 44, "too-deep"),
        ("a: caf\xe9\n".encode("latin-1"), 1, 1, "not-utf-8"),
        ("a: 1\n".encode("utf-16"), 1, 1, "not-utf-8"),
        ("a: 1\nb: x\0y\n", 2, 5, "control-character"),
        ("ö: ü\r\nb: ä\x07y\n", 2, 5, "control-character"),
        # what nobody sees: as it stands, and as an escape, which has the place of its text
        ("a: 1\nb: |\n  one\n  ö\u202etwo\n", 4, 4, "control-character"),
        ("a: [1, x\u200fy]\n", 1, 9, "control-character"),
        ("ö\u2066b: 1\n", 1, 2, "control-character"),
        ("a: x\x7f\n", 1, 5, "control-character"),
        ('a: [1, "x\\u061cy"]\n', 1, 8, "control-character"),
        ('a: "x\\ay"\n', 1, 4, "control-character"),
        ('a: "x\\ry"\n', 1, 4, "control-character"),
        ('"\\u202d": 1\n', 1, 1, "control-character"),
        ("a: [1, " + "b" * (MOST_CHARACTERS + 1) + "]", 1, 8, "text-too-long"),
        (f"? {'b' * (MOST_CHARACTERS + 1)}\n: 1\n", 1, 3, "text-too-long"),
        ("a" * (MOST_BYTES + 1), 1, 1, "file-too-large"),
        (f"a: [{'1, ' * MOST_VALUES}]", 1, 3 * MOST_VALUES - 1, "file-too-large"),
        ("PK\x03\x04\0\0\0\0\0", 1, 1, "not-utf-8"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_what_cannot_be_read_is_one_problem_at_its_place(
    text: str | bytes, line: int, column: int, code: str
) -> None:
    assert (line, column, code) == refused(text)


def test_a_text_may_have_many_characters_tabs_lines_and_joined_emoji() -> None:
    assert {"a": "b" * MOST_CHARACTERS} == values(f"a: {'b' * MOST_CHARACTERS}")
    assert {"a": "\U0001f469\u200d\U0001f52c\tb\nc"} == values('a: "\U0001f469\u200d\U0001f52c\\tb\\nc"')


@pytest.mark.parametrize(
    "text", ["a: 2027-02-01 #x", "a: 3 #x", "a: true #x", "a: 'x' #y", "a: x # y", "a: x#y"]
)
def test_a_comment_that_takes_no_text_away_is_a_comment(text: str) -> None:
    assert isinstance(read("file.yml", text), Document)


def test_reading_goes_on_behind_a_fault_and_says_nothing_twice() -> None:
    text = "a: &x 1\nb: team #1\na: 2\nc: *x\nd: !t e\n"
    document, faults = examine("file.yml", text)

    assert document is not None
    assert ["anchor", "swallowed-text", "duplicate-key", "tag"] == [fault.code for fault in faults]
    assert {Place(1, 4), Place(2, 4), Place(4, 4), Place(5, 4)} == document.doubtful
    assert {"a": 1, "b": "team", "c": None, "d": "e"} == document.values


def test_an_unseen_character_is_named() -> None:
    problem = read("file.yml", "a: \u202eb")

    assert isinstance(problem, Problem)
    assert "U+202E" in problem.message


def test_a_second_key_names_the_line_of_the_first() -> None:
    problem = read("file.yml", "a: 1\nb: 2\na: 3\n")

    assert isinstance(problem, Problem)
    assert "already in line 1" in problem.message


@pytest.mark.parametrize(
    "turned",
    [
        lambda text: text.encode("utf-8"),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.replace("\n", "\r\n").encode("utf-8"),
    ],
    ids=["UTF-8", "UTF-8 with a byte order mark", "lines as Windows ends them"],
)
def test_editors_may_save_a_file_as_they_like(turned: Callable[[str], bytes]) -> None:
    document = read("file.yml", turned("title: Café\ngoals: [a]\n"))

    assert isinstance(document, Document)
    assert {"title": "Café", "goals": ["a"]} == document.values
    assert Place(1, 1) == document.key_place(("title",))
    assert Place(2, 9) == document.place(("goals", 0))


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n", "---\n"])
def test_an_empty_file_says_nothing(text: str) -> None:
    assert values(text) is None


# JSON is YAML but for what YAML 1.1's parser folds or refuses unescaped, and what nobody sees.
DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
words = st.text(
    st.characters(
        exclude_categories=["Cc", "Cs", "Zl", "Zp"],
        exclude_characters=f"\xad\u200b\u2060\ufeff\ufffe\uffff{DIRECTIONS}",
    )
)
numbers = st.integers(-(10**13), 10**13) | st.floats(allow_nan=False, allow_infinity=False)
leaves = st.none() | st.booleans() | numbers | words
trees = st.recursive(
    leaves, lambda inner: st.lists(inner) | st.dictionaries(words.filter("<<".__ne__), inner), max_leaves=20
)


@given(trees)
def test_what_json_can_say_is_read_back_unchanged(tree: object) -> None:
    assert tree == values(json.dumps(tree, ensure_ascii=False))


@given(st.text("ab: -[]{},?&*!|>'\"#%~<0\n\r\t\\\0\x85\ufeffé") | st.binary(max_size=20))
def test_whatever_stands_in_a_file_it_is_a_document_or_one_problem(content: str | bytes) -> None:
    """Nothing makes the reader raise."""
    assert isinstance(read("file.yml", content), Document | Problem)


def test_of_a_mapping_with_a_merge_key_nothing_more_is_said() -> None:
    """What it lacks may stand where the merge key leads."""
    document, [problem] = examine("a.yml", "people:\n  - {<<: {id: a}, role: mentor}\n")

    assert document is not None
    assert "merge-key" == problem.code
    assert {Place(2, 5)} == document.doubtful
    assert {"people": [{"role": "mentor"}]} == document.values


def test_places_are_found_as_far_as_a_path_leads() -> None:
    document = read("a.yml", "a: [{b: c}, 1]\nd: {e: f}\n", first_line=3)
    assert isinstance(document, Document)

    assert [Place(3, 9), Place(3, 5), Place(3, 4), Place(3, 1), Place(4, 8), Place(4, 4)] == [
        document.place(path)
        for path in (("a", 0, "b"), ("a", 0, "x"), ("a", 2), ("x",), ("d", "e"), ("d", "e2"))
    ]
    assert [Place(3, 6), Place(3, 13), Place(4, 5), Place(4, 4)] == [
        document.key_place(path) for path in (("a", 0, "b"), ("a", 1), ("d", "e"), ("d", "x"))
    ]
