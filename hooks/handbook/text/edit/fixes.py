"""Files and problems -> the files as they were meant: what can be mended without doubt, letter by letter.

Nothing is written anew: the word that is wrong gives way, and every other byte stays where it was.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from ..document.tree import Tree
from ..problems import Problem
from ..signs import BREAK, NEEDLESS

Contents = Mapping[str, bytes]

_BOM = "\ufeff"
# Behind a text; `#1` and `#tag` are more likely a part of it.
_COMMENT = re.compile(r"(?<![ \t])[ \t]+#(?: .*)?$")


class _Edit(NamedTuple):
    """A part of a text, from a sign to before another, and what to write there."""

    start: int
    end: int
    text: str


def mended(files: Contents, problems: Iterable[Problem]) -> Contents:
    """Give all files by path, as they are once these problems are mended.

    Only files of `programs/` that hold YAML are touched. `docs/templates/` and `mkdocs.yml` are code: who
    changes them should know why. A problem that leaves any doubt changes nothing.
    """
    after = dict(files)
    by_path: dict[str, list[Problem]] = {}
    for problem in problems:
        by_path.setdefault(problem.path, []).append(problem)
    for path, found in by_path.items():
        if path in files and re.fullmatch(r"programs/.+\.ya?ml", path, re.DOTALL):
            content = _mended(files[path], found)
            del after[path]
            after[_name(path, found, files)] = content
    return after


def mendable(files: Contents, problem: Problem) -> bool:
    """Whether there is a change that would mend a problem."""
    return mended(files, [problem]) != files


def in_vain(chosen: Iterable[Problem], before: Iterable[Problem], after: Iterable[Problem],
            files: Contents) -> frozenset[object]:  # fmt: skip
    """Which problems are still told although they were mended, by `same`.

    Args:
        chosen: the problems that were mended.
        before: all problems there were.
        after: all problems there are now.
        files: as they are now.
    """
    counted = Counter(map(same, before))
    # Behind one fault of YAML the next is found, whose turn comes then.
    left = Counter(
        same(problem) for problem in after if problem.code != "yaml-syntax" or not mendable(files, problem)
    )
    return frozenset(same(problem) for problem in chosen if left[same(problem)] >= counted[same(problem)])


def same(problem: Problem) -> object:
    """What makes a problem the same before and after a change; its column may move.

    Where a file cannot be read, that is told once, of the first place.
    """
    if problem.code in ("not-utf-8", "yaml-syntax"):
        return problem.path, problem.code
    return problem.path, problem.code, problem.line, problem.message


def renamed(path: str) -> str:
    """The name of a definition, which ends in .yml; elsewhere a file that ends in .yaml is none."""
    match = re.fullmatch(r"(programs/(?:organisation|[^/]+/[^/]+)\.)yaml", path)
    return f"{match[1]}yml" if match else path


def _name(path: str, problems: Iterable[Problem], present: Collection[str]) -> str:
    """The name that a file should have, where no other file has it."""
    wrong = any(problem.code == "wrong-file-name" for problem in problems)
    return renamed(path) if wrong and renamed(path) not in present else path


def _mended(content: bytes, problems: Iterable[Problem]) -> bytes:
    """Change a file's content, from its end to its beginning, so that no change moves another's place."""
    text = _text(content)
    if text is None:
        recoded = _from_utf_16(content) if any(problem.code == "not-utf-8" for problem in problems) else None
        return content if recoded is None else recoded.encode()
    body = text.removeprefix(_BOM)
    untouched = len(body)
    for edit in sorted({edit for problem in problems for edit in _edits(body, problem)}, reverse=True):
        if edit.end <= untouched:
            body = body[: edit.start] + edit.text + body[edit.end :]
            untouched = edit.start
    return (text[: len(text) - len(text.removeprefix(_BOM))] + body).encode()


def _text(content: bytes) -> str | None:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return None


def _from_utf_16(content: bytes) -> str | None:
    """Read what an office program saved as “Unicode”: its first two bytes say so."""
    if not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    try:
        text = content.decode("utf-16")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text  # UTF-32 begins with the same two bytes


def _edits(text: str, problem: Problem) -> Iterable[_Edit]:
    if problem.code == "control-character":
        return _without_signs(text, problem)
    if not problem.meant:
        return ()
    return (_line_end(text, problem),) if problem.code == "yaml-syntax" else _word(text, problem)


def _without_signs(text: str, problem: Problem) -> Iterable[_Edit]:
    """Delete what nobody sees from a key or value; an escape in quotes is seen."""
    start = _index(text, problem)
    if not NEEDLESS.match(text, start):
        return ()
    spans = (range(word.start_mark.index, word.end_mark.index) for word in _words(text).values())
    around = next((span for span in spans if start in span), ())
    return (_Edit(index, index + 1, "") for index in around if NEEDLESS.match(text, index))


def _line_end(text: str, problem: Problem) -> _Edit:
    """Write the rest of a line anew; a comment behind it stays."""
    start, end = _index(text, problem), _end(text, problem)
    comment = _COMMENT.search(text[start:end])
    comment_kept = comment[0] if comment and comment[0].strip() not in problem.meant else ""
    return _Edit(start, end, problem.meant + comment_kept)


def _index(text: str, problem: Problem) -> int:
    """Count the signs before a place."""
    starts = (0, *(found.end() for found in BREAK.finditer(text)))
    line = min(problem.line, len(starts)) - 1
    return min(starts[line] + problem.column - 1, len(text))


def _end(text: str, problem: Problem) -> int:
    """Count the signs before the end of a line."""
    match = BREAK.search(text, _index(text, problem))
    return match.start() if match else len(text)


def _word(text: str, problem: Problem) -> Iterable[_Edit]:
    """Replace the key or value that begins at a place, with its quotes; a block is more than a word."""
    word = _words(text).get((problem.line, problem.column))
    if word is None or word.style in ("|", ">"):
        return ()
    return (_Edit(word.start_mark.index, word.end_mark.index, problem.meant),)


@lru_cache(maxsize=64)
def _words(text: str) -> Mapping[tuple[int, int], Any]:
    """Each key and value by line and column, as far as the text can be read; those left out have no place."""
    written = [leaf for leaf in Tree(text).leaves if leaf.start_mark.index < leaf.end_mark.index]
    return {(leaf.start_mark.line + 1, leaf.start_mark.column + 1): leaf for leaf in written}
