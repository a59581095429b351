"""The manual's “Adding things”: its files are there, and a check is added to a copy of the engine as it says.

A page, a message, a form tool and a language are added in tests/test_kinds.py, test_messages.py and
test_forms.py.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repository import ROOT, SHORT, make, write

MANUAL = (ROOT / "hooks/README.md").read_text("utf-8")
_ADDING = MANUAL.partition("### Adding things")[2]
RECIPES = dict(re.findall(r"^\*\*(A [^*]+?)\*\*(.*?)(?=^\*\*A |^###)", _ADDING, re.DOTALL | re.MULTILINE))
RULE = '''

def titles_are_no_shouts(file: ProgramFile) -> Iterator[Problem]:
    """No program's title is all capitals."""
    if file.program.title.isupper():
        yield file.problem("title-shouts", ("title",), title=file.program.title)
'''
WORDS = """
title-shouts:
  message: “{title}” is all capitals.
  hint: Write it as you would say it.
"""


def test_the_manual_says_how_each_thing_is_added() -> None:
    assert [
        "A page of every programme", "A check", "A drawing", "A message", "A form tool",
        "A language of sign-up sheets", "A language of the handbook",
    ] == [recipe.rstrip(".:") for recipe in RECIPES]  # fmt: skip


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_names_places_that_there_are(recipe: str) -> None:
    """Of a file that is still to be made, its folder."""
    paths = re.findall(r"`((?:hooks|schemas|tests)/[^`]*)`", RECIPES[recipe])
    whole = [re.split(r"[^/]*(?:[A-Z]{2,}|X{2})", path)[0] for path in paths]

    assert paths
    assert [] == [path for path in whole if not (ROOT / path).exists()]


def test_a_check_is_added_as_the_manual_says(tmp_path: Path) -> None:
    root = make(tmp_path, {**SHORT, "pyproject.toml": (ROOT / "pyproject.toml").read_text("utf-8")})
    places = {"rules/checks/programs.py": RULE, "data/problems/en.yml": WORDS}
    for name, addition in places.items():
        with (root / "hooks/handbook" / name).open("a", encoding="utf-8") as file:
            file.write(addition)
    program = "programs/digital-fluency/program.yml"
    write(root, {program: re.sub(r"(?m)^title: .*$", "title: DIGITAL", SHORT[program])})

    line = [sys.executable, "-m", "handbook.cli", "-C", str(root), "check"]
    environment = {**os.environ, "PYTHONPATH": str(root / "hooks")}
    done = subprocess.run(line, env=environment, capture_output=True, text=True, check=False)

    assert 1 == done.returncode
    assert f"{program}:1:8: error: “DIGITAL” is all capitals. [title-shouts]" in done.stdout
