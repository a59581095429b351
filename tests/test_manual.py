"""The manual's examples do what it says."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from handbook.contents.build import Build
from handbook.load.repository import load
from handbook.pages.rendering import pages
from tests.repository import DAY, SHORT, write

HOOKS = Path(__file__).parents[1] / "hooks"
MANUAL = (HOOKS / "README.md").read_text("utf-8")
PROGRAM = "programs/digital-fluency/program.yml"


class Example(NamedTuple):
    """An example of the manual: the files that it shows, and what a page then has or has not."""

    files: dict[str, str]
    page: str
    said: tuple[tuple[str, str], ...]


BLOCK = re.compile(r"<!-- (?P<where>\S.*?) -->\n```\w+\n(?P<text>.*?)```\n", re.DOTALL)
THEN = re.compile(r"<!-- then (?P<page>\S+) (?P<said>.*?) -->")


def examples() -> Iterator[Example]:
    """Each `<!-- then PAGE has "…" and has no "…" -->`, with the files between it and the one before."""
    begin = 0
    for then in THEN.finditer(MANUAL):
        between = MANUAL[begin : then.start()]
        shown = re.split(r"\n\n(?=\*\*)", between)[-1]
        files = {block["where"]: block["text"] for block in BLOCK.finditer(shown)}
        if "in program.yml" in files:
            said = files.pop("in program.yml")
            kept = re.sub(rf"^{said.split(':')[0]}:.*\n(?:[ -].*\n)*", "", SHORT[PROGRAM], flags=re.MULTILINE)
            files[PROGRAM] = kept + said
        yield Example(files, then["page"], tuple(re.findall(r'(has(?: no)?) "([^"]+)"', then["said"])))
        begin = then.end()


@pytest.mark.parametrize("example", list(examples()), ids=lambda one: one.page.rpartition("/")[2])
def test_an_example_of_the_manual_does_what_it_says(tmp_path: Path, example: Example) -> None:
    write(tmp_path, {**SHORT, **example.files})
    handbook, problems = load(tmp_path)

    assert handbook is not None, problems
    assert example.files
    assert example.said
    made = {page.path: page.text for page in pages.render(handbook, Build(date.fromisoformat(DAY)))}
    for has, text in example.said:
        assert (has == "has") == (text in made[example.page]), (text, made[example.page])


def test_the_manual_shows_every_way_of_extending() -> None:
    shown = "".join(text for example in examples() for text in example.files.values())

    assert len(list(examples())) >= 9
    for way in ("the-rest", "omit:", "title:", "take:", "file:", "---\ntitle"):
        assert way in shown
