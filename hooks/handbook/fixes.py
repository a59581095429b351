"""Files and problems -> the files as they were meant: what can be mended without doubt, letter by letter.

Nothing is written anew: the word that is wrong gives way, and every other byte stays where it was.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from itertools import takewhile
from typing import Any, NamedTuple

import yaml

from .problems import Problem, errors

Contents = Mapping[str, bytes]

BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # libyaml counts lines so
_BOM = "\ufeff"
# Behind a text; `#1` and `#tag` are more likely a part of it.
_COMMENT = re.compile(r"[ \t]+#(?: .*)?$")
# Only once these are gone is the rest of a file read, or asked for its meaning.
_WHOLE_FILE = frozenset({"not-utf-8", "wrong-file-name"})
_HIDING = _WHOLE_FILE | {
    "control-character", "unknown-key", "wrong-choice", "wrong-pattern", "wrong-type", "yaml-syntax",
}  # fmt: skip


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


def culprits(chosen: Collection[Problem], earlier: Iterable[Problem], before: Iterable[Problem],
             after: Iterable[Problem], files: Contents) -> frozenset[Problem]:  # fmt: skip
    """Which changes did not do what they should: their problem is still there, or they made an error.

    Args:
        chosen: the problems that were mended last.
        earlier: those that were mended before them.
        before: all problems there were, before the last were mended.
        after: all problems there are now.
        files: as they are now.
    """
    told, now = Counter(map(said, before)), Counter(map(said, after))
    tried = Counter(map(said, chosen))
    found = {one for one in chosen if now[said(one)] > told[said(one)] - tried[said(one)]}
    for error in errors(after):
        if now[said(error)] > told[said(error)]:
            found |= _makers(chosen, error, files) or _makers(earlier, error, files)
    return frozenset(found)


def _makers(mended_ones: Iterable[Problem], error: Problem, files: Contents) -> set[Problem]:
    return {one for one in mended_ones if _made_by(one, error, files)}


def said(problem: Problem) -> tuple[str, int, str, str]:
    """What makes a problem the same before and after a change; its column may move."""
    return problem.path, problem.line, problem.code, problem.message


def _made_by(mended_one: Problem, error: Problem, files: Contents) -> bool:
    """Whether an error that is told now comes from a change, or was hidden behind what that mended.

    What was hidden stands in other lines, or is a mistake of its own that can be mended as well.
    """
    if _bare(error.path) != _bare(mended_one.path):
        return False
    if mended_one.code in _WHOLE_FILE:
        return mended_one.code == error.code
    last = mended_one.line
    if mended_one.code == "yaml-syntax":
        last = _last_line(BREAK.split(_text(files[error.path]) or ""), last)
        if error.code == "yaml-syntax":
            return error.line <= last
    inside = mended_one.code not in _HIDING or mended_one.line <= error.line <= last
    return inside and not mendable(files, error)


def _bare(path: str) -> str:
    return re.sub(r"\.ya?ml$", "", path)


def _last_line(lines: list[str], line: int) -> int:
    """The last line of what begins in a line: those that stand further in belong to it."""
    indent = _indent(lines[line - 1])
    below = takewhile(lambda one: not one.strip() or _indent(one) > indent, lines[line:])
    return line + sum(1 for _ in below)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _name(path: str, problems: Iterable[Problem], present: Collection[str]) -> str:
    """The name that a file should have: .yaml gives way to .yml where no other file has that name."""
    right = f"{path.removesuffix('.yaml')}.yml"
    wrong = path.endswith(".yaml") and any(problem.code == "wrong-file-name" for problem in problems)
    return right if wrong and right not in present else path


def _mended(content: bytes, problems: Iterable[Problem]) -> bytes:
    """Change a file's content, from its end to its beginning, so that no change moves another's place."""
    text = _text(content)
    if text is None:
        recoded = _from_utf_16(content) if any(one.code == "not-utf-8" for one in problems) else None
        return content if recoded is None else recoded.encode()
    body = text.removeprefix(_BOM)
    untouched = len(body)
    for edit in sorted({edit for one in problems for edit in _edits(body, one)}, reverse=True):
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
        return _without_sign(text, problem)
    if not problem.meant:
        return ()
    return (_line_end(text, problem),) if problem.code == "yaml-syntax" else _word(text, problem)


def _without_sign(text: str, problem: Problem) -> Iterable[_Edit]:
    """Delete a sign that nobody sees, there and in the rest of its line; an escape in quotes is none."""
    at, end = _index(text, problem), _end(text, problem)
    sign = text[at : at + 1]
    if at == end or sign == "\t" or not unicodedata.category(sign).startswith("C"):
        return ()
    return (_Edit(place, place + 1, "") for place in range(at, end) if text[place] == sign)


def _line_end(text: str, problem: Problem) -> _Edit:
    """Write the rest of a line anew; a comment behind it stays."""
    at, end = _index(text, problem), _end(text, problem)
    comment = _COMMENT.search(text[at:end])
    kept = comment[0] if comment and comment[0].strip() not in problem.meant else ""
    return _Edit(at, end, problem.meant + kept)


def _index(text: str, problem: Problem) -> int:
    """Count the signs before a place."""
    starts = (0, *(found.end() for found in BREAK.finditer(text)))
    line = min(problem.line, len(starts)) - 1
    return min(starts[line] + problem.column - 1, len(text))


def _end(text: str, problem: Problem) -> int:
    """Count the signs before the end of a line."""
    found = BREAK.search(text, _index(text, problem))
    return found.start() if found else len(text)


def _word(text: str, problem: Problem) -> Iterable[_Edit]:
    """Replace the key or value that begins at a place, with its quotes."""
    span = _words(text).get((problem.line, problem.column))
    return (_Edit(*span, problem.meant),) if span else ()


@lru_cache(maxsize=64)
def _words(text: str) -> Mapping[tuple[int, int], tuple[int, int]]:
    """Where each key and value begins and ends, by line and column.

    Those that are left out have no place of their own, and a block below `|` is more than a word.
    """
    found = {}
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            mark: Any = event.start_mark
            end: Any = event.end_mark
            word = isinstance(event, yaml.ScalarEvent) and event.style not in ("|", ">")
            if word and mark.index < end.index:
                found[mark.line + 1, mark.column + 1] = mark.index, end.index
    except yaml.YAMLError:
        pass  # what stands before the fault has been found
    return found
