"""British spelling in all that people read; programme in prose, while keys, commands, addresses stay."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml

from handbook import DATA
from handbook.cli import main
from handbook.contents.build import Build
from handbook.load.repository import load
from handbook.pages.rendering import pages
from tests.repository import DAY, MINIATURE, ROOT, SHORT, example, write
from tests.spelling import described, help_texts, messages, other_words, values, yaml_prose

# Titles and names of works, by the words around them; they are their authors'.
WORKS = ("MIT License", "Journal of Organizational")


def prose(file: Path) -> str:
    """What of a file somebody reads."""
    text = file.read_text("utf-8")
    if file.suffix == ".md" and text.startswith("---\n"):
        head, _, body = text.removeprefix("---\n").partition("\n---\n")
        return "\n".join((*values(yaml.load(head, Loader=yaml.CSafeLoader)), body))
    if file.suffix == ".json":
        return "\n".join(described(json.loads(text)))
    if file.suffix == ".py":
        return "\n".join(messages(file))
    return yaml_prose(text) if file.suffix == ".yml" else text


def sources() -> Iterator[Path]:
    for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "hooks/README.md", "hooks/CHANGELOG.md"):
        yield ROOT / name
    yield from (ROOT / "schemas").glob("*.json")
    yield from (ROOT / "hooks").rglob("*.py")
    for folder in ("playbook", "texts", "problems", "cli", "example", "theme", "report"):
        yield from (file for file in (DATA / folder).rglob("*") if file.is_file())
    yield DATA / "forms/tools.yml"
    yield DATA / "sign-up.gs"
    yield from (ROOT / "docs").rglob("*.md")
    yield from (ROOT / "tests/miniature").rglob("*.md")


# Lists of words that people may write, in whatever spelling, and patterns of addresses.
LISTS = {DATA / "problems/words.yml", DATA / "problems/links.yml"}
SOURCES = [
    file for file in sorted(set(sources())) if file not in LISTS and file.suffix not in (".svg", ".png")
]


def unexcused(text: str) -> list[str]:
    return [found for found in other_words(text) if not any(work in found for work in WORKS)]


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_no_file_has_a_word_in_the_other_spelling(file: Path) -> None:
    assert [] == unexcused(prose(file))


@pytest.mark.parametrize("audience", ["public", "participants"])
@pytest.mark.parametrize("files", [SHORT, example(), None], ids=["short", "example", "miniature"])
def test_no_page_has_a_word_in_the_other_spelling(tmp_path: Path, files: object, audience: str) -> None:
    if files is None:
        root = MINIATURE
    else:
        write(tmp_path, files)  # type: ignore[arg-type]
        root = tmp_path
    handbook, problems = load(root)
    assert handbook is not None, problems
    built = pages.render(handbook, Build(date.fromisoformat(DAY), audience=audience))  # type: ignore[arg-type]

    assert {} == {page.path: found for page in built if (found := unexcused(f"{page.title}\n{page.text}"))}


def test_no_help_has_a_word_in_the_other_spelling() -> None:
    assert {} == {name: found for name, text in help_texts(main) if (found := unexcused(text))}


@pytest.mark.parametrize(
    "text",
    [
        "This program runs.", "Programs differ.", "We organize it.", "Their organization", "a favorite color",
        "It was analyzed.", "the center", "You practiced it.", "to practice listening", "enrollment",
        "gotten", "toward", "behavior", "canceled", "a driver's license", "skeptical",
        "a summarized prioritization",
    ],
)  # fmt: skip
def test_a_word_in_the_other_spelling_is_found(text: str) -> None:
    assert other_words(text)


@pytest.mark.parametrize(
    "text",
    [
        "`program` in program.yml", "[here](programs/index.md)", "programs/ID/program.yml", "{program}",
        "handbook pair PROGRAM COHORT", "--program ID", "A programme of practice; we practise.",
        "size, prize, seize", "{{ program.title }}", "mentoring@program.example", "```\nprogram\n```",
        "the organisation cancelled it",
        "resize, downsize, advise, exercise", "sized, oversized",
    ],
)  # fmt: skip
def test_what_is_british_or_no_prose_is_not(text: str) -> None:
    assert [] == other_words(text)
