"""Faults of what has a beginning and an end: quotes, brackets, and signs that mean something to YAML."""

from __future__ import annotations

import re

from ...problems import Problem
from .report import Report, in_quotes

_BEGINNING = re.compile(r"\s*(?:- +)*(?:[^\s:#\"'\[{][^:#]*:\s+|- +)(?P<text>[\[{].*)$")


def sign(report: Report) -> Problem | None:
    """A text that begins with a sign which means something to YAML."""
    if "cannot start any token" in report.complaint:
        return _cannot_begin(report, report.stop.column)
    if "scanning an anchor" in report.context or "scanning an alias" in report.context:
        return _cannot_begin(report, report.start.column)
    beginning = _BEGINNING.match(report.line)
    behind = report.line[: report.stop.column].rstrip().endswith(("]", "}"))
    if (
        "expected key" in report.complaint
        and beginning
        and behind
        and report.line[report.stop.column :][:1] not in ("]", "}")
    ):
        return _cannot_begin(report, beginning.start("text"))
    return None


def _cannot_begin(report: Report, column: int) -> Problem:
    if report.line[max(0, column - 1) : column] == "{":  # `{% … %}` and the like
        column -= 1
    text, number = report.line[column:].rstrip(), report.stop.line
    in_brackets = re.search(r"[\[{]", report.line[:column]) or "flow" in report.context
    quoted = "" if in_brackets else in_quotes(text)  # there a text ends somewhere in the line
    hint = f"Put it in quotes: `{quoted}`." if quoted else "Put the whole text in quotes."
    return report.fault(number, column, f"A text cannot begin with “{text[:1]}”.", hint, quoted)


def open_quote(report: Report) -> Problem | None:
    """A quote that is never closed, or a backslash in it."""
    if "quoted scalar" not in report.context:
        return None
    if "unexpected end" in report.complaint:
        hint = "Add the same quote at the end of the text."
        return report.fault(
            report.start.line, report.start.column, "The quote that begins here is never closed.", hint
        )
    hint = "Write two backslashes, or put the text in single quotes."
    return report.fault(
        report.stop.line, max(0, report.stop.column - 1), "A backslash in double quotes stands alone.", hint
    )


def open_bracket(report: Report) -> Problem | None:
    """A bracket that is never closed, or what does not fit into it."""
    if "flow" not in report.context:
        return None
    line, column = _last_bracket(report)
    sign = report.numbered(line)[column : column + 1]
    close = {"[": "]", "{": "}"}.get(sign)
    if close is None:
        return None
    if report.stop.line == line:
        message = f"Between “{sign}” and “{close}” something does not fit."
        hint = "Put a comma between entries, and a text with a comma, colon or bracket in double quotes."
        return report.here(message, hint)
    hint = f"Add “{close}” at the end, and a comma between entries."
    return report.fault(line, column, f"The “{sign}” that begins here is never closed.", hint)


def _last_bracket(report: Report) -> tuple[int, int]:
    """Where the list or mapping begins that the parser was in; of a node in it, it gives another place."""
    end = report.start.column + 1
    for line in range(report.start.line, -1, -1):
        column = max(report.numbered(line).rfind(sign, 0, end) for sign in "[{")
        if column >= 0:
            return line, column
        end = len(report.numbered(line - 1))
    return 0, 0


def after_quote(report: Report) -> Problem | None:
    """Something behind a closing quote, which may be one that should open."""
    before = report.line[: report.stop.column].rstrip()
    if "expected key" not in report.complaint or not before.endswith(('"', "'")):
        return None
    quote = before[-1]
    odd = [at for at, line in enumerate(report.lines[: report.stop.line]) if line.count(quote) % 2]
    if odd:
        column = report.lines[odd[-1]].rfind(quote)
        hint = "Add the same quote at the end of that text."
        return report.fault(odd[-1], column, "The quote that begins here is not closed in its line.", hint)
    other = "double" if quote == "'" else "single"
    hint = f"Put the whole text in quotes; one that holds {quote} itself in {other} ones."
    return report.here("Something stands behind the closing quote.", hint)


def bracket_too_many(report: Report) -> Problem | None:
    """A bracket that closes nothing."""
    sign = report.line[report.stop.column : report.stop.column + 1]
    if "expected key" not in report.complaint or sign not in ("]", "}"):
        return None
    hint = "Delete it, or add the one that opens."
    return report.here("This bracket closes nothing.", hint)
