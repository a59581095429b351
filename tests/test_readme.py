"""What the README shows works as it stands there; an organisation's own README is its own."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from handbook.cli.terminal.parameters import questions
from handbook.cli.terminal.reporter import filled
from handbook.contents.build import Host
from handbook.model.definitions.playbook import Source
from tests.conftest import Loaded
from tests.repository import Files

README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
BLOCKS = dict(re.findall(r"<!-- (programs/\S+) -->\n```yaml\n(.*?)```", README, re.DOTALL))


@pytest.mark.skipif(len(BLOCKS) < 2, reason="this README is the organisation's own")
def test_the_programs_of_the_readme_check_clean(load_with: Callable[[Files], Loaded]) -> None:
    handbook, problems = load_with({"programs/organisation.yml": "name: Ours\n", **BLOCKS})

    assert problems == ()
    assert handbook is not None
    assert [12, 3] == [len(text.splitlines()) for text in BLOCKS.values()]
    assert [1, 1] == [len(handbook.programs), len(handbook.cohorts)]


@pytest.mark.skipif("Add a program" not in README, reason="this README is the organisation's own")
def test_the_link_to_add_a_program_holds_the_starter() -> None:
    """Without a host it is relative to a README on GitHub, and so right in every copy of the repository."""
    example = {name: question.example for name, question in questions("new program").items()}
    starter = filled("starter/program.yml", **example)
    address = Host("../..").address(Source("programs/my-program/program.yml", starter))

    assert f"({address})" in README
