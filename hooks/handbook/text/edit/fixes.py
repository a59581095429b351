"""Files and problems -> the files as they were meant: what can be mended without doubt, letter by letter.

Nothing is written anew: the word that is wrong gives way, and every other byte stays where it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from ..document.tree import Tree, place_of
from ..problems import Problem
from ..signs import NEEDLESS
from .places import BOM, Edit, Lines, edited

Texts = Mapping[str, str]

# Behind a text; `#1` and `#tag` are more likely a part of it.
_COMMENT = re.compile(r"(?<![ \t])[ \t]+#(?: .*)?$")


def mended(files: Texts, problems: Iterable[Problem]) -> Texts:
    """Give all files by path, as they are once these problems are mended.

    Only files of `programs/` that hold YAML are touched. `docs/templates/` and `mkdocs.yml` are code: who
    changes them should know why. A problem that leaves any doubt changes nothing.
    """
    by_path: dict[str, list[Problem]] = {}
    for problem in problems:
        by_path.setdefault(problem.path, []).append(problem)
    touched = (path for path in by_path if path in files and re.fullmatch(r"programs/.+\.ya?ml", path))
    return {**files, **{path: _mended(files[path], by_path[path]) for path in touched}}


def mendable(files: Texts, problem: Problem) -> bool:
    """Whether there is a change that would mend a problem."""
    return mended(files, [problem]) != files


def in_vain(chosen: Iterable[Problem], after: Iterable[Problem], files: Texts) -> set[object]:
    """Which problems, by `same`, are told after they were mended; `files` as they are now.

    Behind one fault of YAML the next is found, whose turn comes then.
    """
    left = (one for one in after if one.code != "yaml-syntax" or not mendable(files, one))
    return {*map(same, chosen)} & {*map(same, left)}


def same(problem: Problem) -> object:
    """What makes a problem the same before and after a change; its column may move."""
    syntax = problem.code == "yaml-syntax"  # of which a file has one at a time
    return problem.path, problem.code, *(() if syntax else (problem.line, problem.message))


def _mended(text: str, problems: Sequence[Problem]) -> str:
    body = text.removeprefix(BOM)
    lines = Lines(body)
    changed = edited(body, (edit for problem in problems for edit in _edits(lines, problem)))
    return text[: len(text) - len(body)] + changed


def _edits(lines: Lines, problem: Problem) -> Iterable[Edit]:
    start = lines.starts[min(problem.line, len(lines.starts)) - 1] + problem.column - 1
    if problem.code == "control-character":
        return _without_signs(lines.text, start)
    if problem.meant and problem.code == "yaml-syntax":
        return (_line_end(lines, min(start, len(lines.text)), problem.meant),)
    return _word(lines.text, problem) if problem.meant else ()


def _without_signs(text: str, start: int) -> Iterable[Edit]:
    """Delete what nobody sees from a key or value; an escape in quotes is seen."""
    if not NEEDLESS.match(text, start):
        return ()
    spans = (range(word.start_mark.index, word.end_mark.index) for word in _words(text).values())
    around = next((span for span in spans if start in span), ())
    return (Edit(index, index + 1, "") for index in around if NEEDLESS.match(text, index))


def _line_end(lines: Lines, start: int, meant: str) -> Edit:
    """Write the rest of a line anew; a comment behind it stays."""
    comment = _COMMENT.search(lines.rest(start))
    comment_kept = comment[0] if comment and comment[0].strip() not in meant else ""
    return Edit(start, lines.line_end(start), meant + comment_kept)


def _word(text: str, problem: Problem) -> Iterable[Edit]:
    """Replace the key or value that begins at a place, with its quotes; a block is more than a word."""
    word = _words(text).get((problem.line, problem.column))
    if word is None or word.style in ("|", ">"):
        return ()
    return (Edit(word.start_mark.index, word.end_mark.index, problem.meant),)


@lru_cache(maxsize=64)
def _words(text: str) -> Mapping[tuple[int, int], Any]:
    """Each key and value by line and column, as far as the text can be read; those left out have no place."""
    written = [leaf for leaf in Tree(text).leaves if leaf.start_mark.index < leaf.end_mark.index]
    return {place_of(leaf): leaf for leaf in written}
