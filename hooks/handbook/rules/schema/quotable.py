"""What a message may quote of a file: allowed by lists, by the keys above a line and in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from ...text.problems import Problem, surely
from ...text.signs import BREAK, masked
from .. import WORDS
from .values import keys_of, playbook_names, read

_LONGEST = 1_000
# Where no people are: they are shown as they are.
_OF_THE_SITE = ("docs/templates/", "hooks/", "mkdocs.yml")
_BEGINS = re.compile(r"[^\s#]")
_KEY = re.compile(r"""(?m)(?:^|[{,]|-\s)\s*["']?([^\s{}\[\],:"'#-][^{}\[\],:"'#]*?)["']?\s*:(?=\s|$)""")
_COMMENT = re.compile(r"(?:^|\s)#(?:\s.*)?$")
# What days are written with, and what a switch can be.
_PLAIN = {*WORDS["quotable"]["words"].split()}


def shareable(problems: Iterable[Problem], files: Mapping[str, bytes]) -> tuple[Problem, ...]:
    """Give each problem the line that it was found in, as everyone may read it, or take out what it quotes.

    Args:
        problems: the line of one that has it stays.
        files: what was read, by path.
    """
    every = tuple(problems)
    private = {(problem.path, problem.line) for problem in every if problem.private}
    lines = cache(lambda path: BREAK.split(files.get(path, b"").decode("utf-8-sig", "replace")))

    def shared(problem: Problem) -> Problem:
        at, path = problem.line, problem.path
        if (path, at) in private or not (problem.source or is_open(path, lines(path), at)):
            return problem.withheld()
        line = "".join(lines(path)[at - 1 : at])
        return replace(problem, source=problem.source or open_part(path, line))

    return tuple(map(shared, every))


def open_part(path: str, line: str) -> str:
    """What everyone may read of a line that is open: of a cohort's not the comment.

    Nothing of one with an address, or too long to look at.
    """
    line = _COMMENT.sub("", line) if _kind(path) == "cohort" else line
    return "" if len(line) > _LONGEST or masked(line) != line else line


def is_open(path: str, lines: Sequence[str], number: int) -> bool:
    """Whether everyone may read what is said of a line of a file, counted from 1.

    A key that is near to one that is known counts as that: a slip in `goals` hides nothing, one in `people`
    shows nothing. A cohort has people in most of its lines: there all that stands with the line is looked at.
    """
    if path.startswith(_OF_THE_SITE):
        return True
    kind, begins = _kind(path), [at for at, line in enumerate(lines) if _BEGINS.match(line)]
    start = max((at for at in begins if at < number), default=len(lines))
    block = lines[start : min((at for at in begins if at > start), default=len(lines))]
    top = _KEY.match("".join(block[:1]))
    if not top or _meant(top[1], read(kind)["properties"]) not in WORDS["quotable"][kind].split():
        return False
    lines = block if kind == "cohort" else lines[number - 1 : number]
    said = "\n".join(_COMMENT.sub("", line) for line in lines)
    known = {*keys_of(kind), *playbook_names()} - {"name"}
    plain = kind != "cohort" or _is_plain(said)
    return plain and all(key == top[1] or _meant(key, keys_of(kind)) in known for key in _KEY.findall(said))


def _is_plain(text: str) -> bool:
    """Whether a text holds keys, days and switches alone, and ends where it seems to."""
    even = not any(text.count(quote) % 2 for quote in "\"'")
    closed = all(text.count(sign) == text.count(end) for sign, end in ("[]", "{}"))
    words = re.findall(r"[^\W\d_]+", _KEY.sub("", text).casefold())
    return even and closed and _PLAIN.issuperset(words)


def _kind(path: str) -> str:
    """By which schema a file is judged; whatever is none of the others may hold people."""
    name = path.removeprefix("programs/").rpartition("/")[2]
    return {"organisation.yml": "organisation", "program.yml": "program"}.get(name, "cohort")


def _meant(key: str, known: Iterable[str]) -> str:
    return key if key in known or key in playbook_names() else surely(key, known)
