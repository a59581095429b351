"""A file that is no YAML is explained where a person went wrong, in words that say what to do."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook import DATA
from handbook.text.document import Document, read
from handbook.text.problems import Problem

# The ^ stands below the place; the words are those that tell, and those of the remedy.
FAULTS = [
    ("title: A\ngoals:\n\t- title: B\n", 3, 1, "A tab is at", "spaces"),
    ("title: A\n\tsummary: B\n", 2, 1, "A tab is at", "spaces"),
    (" \t\ntitle: A\n", 1, 2, "A tab is at", "spaces"),
    ("title: A\n\t\nmode: B\n", 2, 1, "A tab is at", "spaces"),
    ("summary: Who mentors: juniors\n", 1, 10, "a colon", '`summary: "Who mentors: juniors"`'),
    ("goals:\n  - title: One: two\n", 2, 12, "a colon", '`title: "One: two"`'),
    ('title: "A\nsummary: B\n', 1, 8, "never closed", "same quote"),
    ('title: "A\nsummary: "B"\n', 1, 8, "not closed in its line", "same quote"),
    ("title: 'It's ours'\n", 1, 12, "after the closing quote", "double ones"),
    ('title: "A" and B\n', 1, 12, "after the closing quote", "single ones"),
    ('title: "C:\\Users"\n', 1, 12, "backslash", "two backslashes"),
    ("topics: [a, b\nsummary: B\n", 1, 9, "“[” that begins here is never closed", "Add “]”"),
    ("sponsor: {title: A\nsummary: B\n", 1, 10, "“{” that begins here is never closed", "Add “}”"),
    ("topics: [a]]\n", 1, 12, "closes nothing", "Delete it"),
    ("topics: [a, [b c] d]\n", 1, 19, "does not fit", "comma"),
    ("goals:\n  - title: A\n   measure: 3\n", 3, 4, "indented differently", "same column"),
    ("sponsor:\n  title: A\n name: B\n", 3, 2, "indented differently", "same column"),
    ("topics:\n  - a\n  b: c\n", 3, 3, "indented differently", "begins with `- `"),
    ("title: A\n  summary: B\n", 2, 3, "further in than the one above", "same column"),
    ("title: A\nsummary B\ngoals: []\n", 2, 1, "no colon in this line", "`summary: …`"),
    ("title A\nsummary: B\n", 1, 1, "no colon in this line", "`title: …`"),
    ("title: @home\n", 1, 8, "cannot begin with “@”", '`"@home"`'),
    ("title: `a`\n", 1, 8, "cannot begin with “`”", '`"`a`"`'),
    ("title: %a\n", 1, 8, "cannot begin with “%”", '`"%a"`'),
    ("title: *Digital* fluency\n", 1, 8, "cannot begin with “*”", '`"*Digital* fluency"`'),
    ("title: & more\n", 1, 8, "cannot begin with “&”", '`"& more"`'),
    ("goals:\n  - title: [Draft] Digital\n", 2, 12, "cannot begin with “[”", '`"[Draft] Digital"`'),
    ('title: {Draft} it\'s "so"\n', 1, 8, "cannot begin with “{”", "whole text in quotes"),
    ('why: He said: "no"\n', 1, 6, "a colon", "`why: 'He said: \"no\"'`"),
    ("title: A\n<<<<<<< HEAD\nsummary: B\n=======\n", 2, 1, "nobody chose", "Keep one"),
    ("title: A\n\xa0 b\nsummary: B\n", 2, 1, "A blank that is no space", "two for each"),
    ("title:Digital skills\nsummary: B\n", 1, 7, "A space is missing", "`title: Digital skills`"),
    ("title: A\nsummary:B\n", 2, 9, "A space is missing", "`summary: B`"),
    ("a: {unit: %, target: 80}\n", 1, 11, "cannot begin with “%”", "whole text in quotes"),
    ("title: {% name %} x\n", 1, 8, "cannot begin with “{”", '`"{% name %} x"`'),
    ("```yaml\ntitle: A\n```\n", 1, 1, "where the text was copied from", "Delete the lines"),
    ("title: A\nsummary:\xa0B\n", 2, 9, "a blank here that is not a space", "with a space"),
    ("topics:\n  - a\n  -b\n", 3, 3, "begins in another way", "`- b`"),
    ("topics:\n  - a\n  • b\n", 3, 3, "begins in another way", "`- b`"),
    ("people:\n  - {id: a}\n  {id: b}\n", 3, 3, "has no dash", "Begin it with `- `"),
    ("topics: - a\n", 1, 9, "A list cannot begin right after its key", "`[a, b]`"),
    ("why: |\nText\n", 2, 1, "belongs to the line above", "further in"),
    ("why: | Text\n  more\n", 1, 8, "follow “|”", "next line"),
    (
        "summary: A\n  - title: B\ntopics: [a]\n",
        2,
        3,
        "nothing says what it is a list of",
        "on a line of its own",
    ),
    ("goals:\n  title: A\n    measure: {what: B, target: 5}\n", 3, 5, "which is complete", "same column"),
    ("people:\n  - id: lee, role: mentee}\n", 2, 5, "between braces", "`{id: lee, role: mentee}`"),
    ("people:\n  - (id: lee, role: mentee)\n", 2, 6, "between braces", "`{id: lee, role: mentee}`"),
    ("title: ?\n? a\n", 1, 8, "not readable as YAML", "quotes"),
]


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(("text", "line", "column", "told", "remedy"), FAULTS)
def test_a_fault_is_explained_where_it_was_made(
    text: str, line: int, column: int, told: str, remedy: str, ends: str
) -> None:
    problem = read("programs/a/program.yml", f"# A\n\n{text}".replace("\n", ends))

    assert isinstance(problem, Problem)
    assert ("yaml-syntax", line + 2, column) == (problem.code, problem.line, problem.column)
    assert told in problem.message
    assert remedy in problem.hint


SOUND = (Path(DATA) / "example/digital-fluency/program.yml").read_text("utf-8")
SIGNS = "\"'[]{}:#-,|>&*!%@`?\t\n "


@given(st.integers(0, len(SOUND) - 1), st.integers(0, 3), st.text(SIGNS, max_size=3))
def test_whatever_is_typed_there_is_a_document_or_one_problem_inside_the_file(
    at: int, deleted: int, typed: str
) -> None:
    text = SOUND[:at] + typed + SOUND[at + deleted :]

    found = read("programs/a/program.yml", text)

    assert isinstance(found, Document) or 1 <= found.line <= text.count("\n") + 1
    assert isinstance(found, Document) or found.hint
