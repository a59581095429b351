"""A form tool and a language of sheets are files in data/forms/: whoever adds one writes no Python."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from handbook import DATA
from handbook.model.definitions.program import COLUMNS
from handbook.rules.privacy.spellings import normal_form
from tests import registers
from tests.repository import COHORT, PROGRAM, write

FORMS = DATA / "forms"
TOP = DATA.parents[2]
LANGUAGES = sorted(file.stem for file in FORMS.glob("??.yml"))
# Esperanto, with no more than this sheet asks.
LANGUAGE = """\
titles:
  name: [nomo]
  role: [kion vi volas esti]
  topics: [temoj]
last-names: []
words:
  mentor: mentoro
  mentee: mentoroto
"""
TOOL = """
pigeon-post:
  leave-out: [Pigeon No., Loft Address]
  second-titles: [Feather]
"""


@pytest.fixture
def engine(tmp_path: Path) -> Path:
    """A copy of the engine, whose files a test may change."""
    copy = tmp_path / "engine"
    shutil.copytree(DATA.parent, copy / "hooks/handbook", ignore=shutil.ignore_patterns("__pycache__"))
    if (TOP / "schemas").is_dir():
        shutil.copytree(TOP / "schemas", copy / "schemas")
    shutil.copy(TOP / "pyproject.toml", copy)
    return copy / "hooks"


def people(engine: Path, sheet: str) -> dict[str, tuple[str, ...]]:
    """The roles and topics of whom this copy of the engine reads in a sheet, by their names."""
    root = engine.parents[1] / "organisation"
    program, cohort = "programs/small/program.yml", "programs/small/2027-spring.yml"
    write(root, {"programs/organisation.yml": "name: Small\n", program: PROGRAM, cohort: COHORT})
    (root / "sheet.csv").write_text(sheet, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "handbook.cli", "import", "signups", "sheet.csv"],
        cwd=root, env={**os.environ, "PYTHONPATH": str(engine)}, capture_output=True, text=True,
    )  # fmt: skip
    assert 0 == done.returncode, done.stdout + done.stderr
    sign_ups = registers.ledger(root, "small/2027-spring").sign_ups
    return {person.name: (*person.roles, *person.topics) for person in sign_ups}


def test_a_form_tool_is_added_without_code(engine: Path) -> None:
    with (engine / "handbook/data/forms/tools.yml").open("a", encoding="utf-8") as tools:
        tools.write(TOOL)

    sheet = "Pigeon No.,Loft Address,Who?,,Topics,\n,,Name,Role,AI tools,Feather\n"
    sheet += "7,10.0.0.7,Jo,mentor,AI tools,\n"
    assert {"Jo": ("mentor", "ai-tools")} == people(engine, sheet)


def test_a_language_of_sheets_is_added_without_code(engine: Path) -> None:
    (engine / "handbook/data/forms/eo.yml").write_text(LANGUAGE, "utf-8")

    sheet = "Nomo,Kion vi volas esti?,Temoj\nJo,Mentoro,AI tools\nAl,mentoroto,\n"
    assert {"Jo": ("mentor", "ai-tools"), "Al": ("mentee",)} == people(engine, sheet)


def test_the_manual_names_the_files_of_both() -> None:
    manual = (TOP / "hooks/README.md").read_text("utf-8").partition("### Adding things")[2]

    assert "`hooks/handbook/data/forms/tools.yml`" in manual
    assert "`hooks/handbook/data/forms/XX.yml`" in manual


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_a_title_of_every_field_and_words_of_every_kind_that_the_engine_asks_for(
    language: str,
) -> None:
    forms = yaml.safe_load((FORMS / f"{language}.yml").read_text("utf-8").replace("  no:", '  "no":'))
    code = "".join(file.read_text("utf-8") for file in (DATA.parent / "register/intake").glob("*.py"))
    kinds = {
        *re.findall(r'words\("([a-z-]+)"\)', code),
        "remote",
        "in-person",
        "morning",
        "afternoon",
        "evening",
    }

    assert ["titles", "last-names", "words"] == [*forms]
    assert list(COLUMNS) == [*forms["titles"]]
    assert kinds == {*forms["words"]}
    assert [] == [kind for kind, words in forms["words"].items() if not words.strip()]


def test_no_title_of_a_language_means_two_things() -> None:
    """Of two fields the one that comes later would win unseen."""
    held: dict[str, set[str]] = {}
    for language in LANGUAGES:
        titles = yaml.safe_load((FORMS / f"{language}.yml").read_text("utf-8"))["titles"]
        for field, names in titles.items():
            for name in names:
                held.setdefault(normal_form(str(name)), set()).add(field)

    assert {} == {name: fields for name, fields in held.items() if len(fields) > 1}
