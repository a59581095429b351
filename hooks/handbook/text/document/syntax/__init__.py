"""A fault of YAML -> where a person went wrong, and what to do. The parser often notices lines later."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import yaml

from ...problems import Problem
from . import enclosed, lines
from .report import Report

# Of a line that is longer nobody sees more; and some of these patterns look at each sign many times.
_MOST_SIGNS = 1_000
_CHECK = "Check quotes, indentation and colons here; put a text that holds “: ” or “ #” in double quotes."
_NAMED = re.compile(r"\bname\s*:\W*(\w+)")
# In the order of how sure they are.
_REASONS: tuple[Callable[[Report], Problem | None], ...] = (
    lines.two_versions, lines.fence, lines.odd_blank, enclosed.sign, enclosed.open_quote,
    enclosed.open_bracket, lines.list_without_key, lines.colon, lines.no_colon, enclosed.after_quote,
    enclosed.bracket_too_many, lines.indentation, lines.list_on_line, lines.block_text,
)  # fmt: skip


def explain(path: str, text: str, error: yaml.MarkedYAMLError, first_line: int = 1) -> Problem:
    """Say in plain words why a text is no YAML.

    Args:
        path: the file's name in the problem.
        text: all of it.
        error: what the parser says.
        first_line: the line of the file at which the text starts.
    """
    stop = error.problem_mark or error.context_mark or yaml.Mark("", 0, 0, 0, None, 0)
    whole = text.replace("\r\n", "\n").split("\n")
    short = [line[:_MOST_SIGNS] for line in whole]
    context, complaint = error.context or "", error.problem or ""
    report = Report(path, first_line, short, context, complaint, error.context_mark or stop, stop)
    problem = next(filter(None, (reason(report) for reason in _REASONS)), None)
    if problem is None:
        message = f"This is not readable as YAML: {complaint or context}."
        return report.here(message, _CHECK)
    return _careful(problem, "".join(whole[problem.line - first_line :][:1]))


def _careful(problem: Problem, line: str) -> Problem:
    """Leave out of a remedy what was cut off, and a person's name, which everyone may read."""
    if len(line) > _MOST_SIGNS:
        return replace(problem, hint=_CHECK, meant="") if problem.meant else problem
    named = _NAMED.search(line)
    return replace(problem, hint=_CHECK) if named and named[1] in problem.hint else problem
