"""A fault of YAML -> where a person went wrong, and what to do. The parser often notices lines later."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

import yaml

from ..problems import Problem, fault

# Of a line that is longer nobody sees more; and some of these patterns look at each sign many times.
_MOST_SIGNS = 1_000


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
    words = f"{error.context}\n{error.problem}"
    report = _Report(path, first_line, short, words, error.context_mark or stop, stop)
    reasons = (reason(report) for phrase, reason in _REASONS if phrase in words)
    name = next((name for phrase, name in _NAMES.items() if phrase in words), "other")
    problem = next(filter(None, reasons), None) or report.fault(name, words=error.problem or error.context)
    return _careful(problem, "".join(whole[problem.line - first_line :][:1]))


def _careful(problem: Problem, line: str) -> Problem:
    """Leave out of a remedy what was cut off, and a person's name, which everyone may read."""
    check = fault("yaml-syntax.other", words="").hint
    if len(line) > _MOST_SIGNS:
        return replace(problem, hint=check, meant="") if problem.meant else problem
    named = re.search(r"\bname\s*:\W*(\w+)", line)
    return replace(problem, hint=check) if named and named[1] in problem.hint else problem


class _Report(NamedTuple):
    """What libyaml says of a text that is no YAML, with the lines that it speaks of.

    The lines are cut where nobody looks any more. The words say in what the parser was, which begins at
    `start`, and what it met there, at `stop`.
    """

    path: str
    first_line: int
    lines: list[str]
    words: str
    start: yaml.Mark
    stop: yaml.Mark

    @property
    def line(self) -> str:
        return self.numbered(self.stop.line)

    def numbered(self, number: int) -> str:
        """A line by its number from 0; beyond the ends of the text, where the parser may be, an empty one."""
        return self.lines[number] if 0 <= number < len(self.lines) else ""

    def fault(self, name: str, line: int = -1, column: int = 0, meant: str = "", **words: Any) -> Problem:
        """Say what is wrong; line and column from 0, `meant` the rest of the line where there is no doubt.

        Without a line it is where the parser stopped.
        """
        line, column = (line, column) if line >= 0 else (self.stop.line, self.stop.column)
        worded = fault(f"yaml-syntax.{name}", meant, **words)
        return worded.placed(self.path, line + self.first_line, column + 1)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _in_quotes(text: str) -> str:
    """A text in quotes, where it holds none of the kind; empty where both kinds stand in it, or a comment."""
    quotes = "" if " #" in text or "\\" in text else "\"'"
    return next((f"{quote}{text}{quote}" for quote in quotes if quote not in text), "")


# --- what has a beginning and an end: quotes, brackets, and signs that mean something to YAML ---

_BEGINNING = re.compile(r"\s*(?:- +)*(?:[^\s:#\"'\[{][^:#]*:\s+|- +)(?P<text>[\[{].*)$")


def _sign(report: _Report) -> Problem | None:
    if "cannot start any token" in report.words:
        return _cannot_begin(report, report.stop.column)
    if "scanning an a" in report.words:  # anchor or alias
        return _cannot_begin(report, report.start.column)
    beginning = _BEGINNING.match(report.line)
    before, behind = report.line[: report.stop.column], report.line[report.stop.column :]
    closed = before.rstrip().endswith(("]", "}")) and not behind.startswith(("]", "}"))
    if "expected key" in report.words and beginning and closed:
        return _cannot_begin(report, beginning.start("text"))
    return None


def _cannot_begin(report: _Report, column: int) -> Problem:
    if report.line[max(0, column - 1) : column] == "{":  # `{% … %}` and the like
        column -= 1
    text = report.line[column:].rstrip()
    in_brackets = re.search(r"[\[{]", report.line[:column]) or "flow" in report.words
    quoted = "" if in_brackets else _in_quotes(text)  # there a text ends somewhere in the line
    name = "sign-in-quotes" if quoted else "sign"
    return report.fault(name, report.stop.line, column, quoted, sign=text[:1], quoted=quoted)


def _open_quote(report: _Report) -> Problem:
    if "unexpected end" in report.words:
        return report.fault("open-quote", report.start.line, report.start.column)
    return report.fault("backslash", report.stop.line, max(0, report.stop.column - 1))


def _open_bracket(report: _Report) -> Problem | None:
    line, column = _last_bracket(report)
    sign = report.numbered(line)[column : column + 1]
    close = {"[": "]", "{": "}"}.get(sign)
    if close is None:
        return None
    if report.stop.line == line:
        return report.fault("in-brackets", sign=sign, close=close)
    return report.fault("open-bracket", line, column, sign=sign, close=close)


def _last_bracket(report: _Report) -> tuple[int, int]:
    """Where the list or mapping begins that the parser was in; of a node in it, it gives another place."""
    end = report.start.column + 1
    for line in range(report.start.line, -1, -1):
        column = max(report.numbered(line).rfind(sign, 0, end) for sign in "[{")
        if column >= 0:
            return line, column
        end = len(report.numbered(line - 1))
    return 0, 0


def _after_quote(report: _Report) -> Problem | None:
    """Something behind a closing quote, which may be one that should open; or one bracket too many."""
    before, behind = report.line[: report.stop.column].rstrip(), report.line[report.stop.column :]
    if not before.endswith(('"', "'")):
        return report.fault("bracket-too-many") if behind.startswith(("]", "}")) else None
    quote = before[-1]
    odd = [number for number, line in enumerate(report.lines[: report.stop.line]) if line.count(quote) % 2]
    if odd:
        return report.fault("open-quote-above", odd[-1], report.lines[odd[-1]].rfind(quote))
    return report.fault("behind-quote", quote=quote, other="double" if quote == "'" else "single")


# --- lines: colons, dashes, blanks at their beginning, and lines that do not belong there ---

_CONFLICT = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: |$)")
_FENCE = re.compile(r"\s*```")
_ODD = re.compile(r"(?<=[:,{\[-])[^\S \t\n\r]+")
_PAIR = re.compile(r"\s*(?:- +)*(?P<key>[^\s:#\"'\[{][^:#]*?):\s+(?P<value>\S.*)$")
_UNOPENED = re.compile(r"\s*(?:- +)+\(?(?P<entry>[a-z_-]+: [^{}()]*)[})]\s*$")
_NESTED = re.compile(r"\s*[a-z_-]+:\s+[\[{]")
_NO_SPACE = re.compile(r"\s*(?:- +)*(?P<key>[a-z][\w-]*):(?P<value>[^\s:/].*)$")
_ENTRY = re.compile(r"(?:-(?=[^\s-])|[•·*–—‣◦] ?)(?P<text>\w.*|\{.*)$")


def _copied(report: _Report) -> Problem | None:
    """Git put two versions together, and left its marks; or those of a block of code were copied along."""
    marks = (("two-versions", _CONFLICT), ("fence", _FENCE))
    marked = ((name, at) for name, mark in marks for at, line in enumerate(report.lines) if mark.match(line))
    return next((report.fault(name, number) for name, number in marked), None)


def _odd_blank(report: _Report) -> Problem | None:
    """A tab or another blank that is no space, at the beginning of this line or the one above."""
    for number in (report.stop.line, report.stop.line - 1):
        line = report.numbered(number)
        column = len(line) - len(line.lstrip(" "))
        if column < _indent(line) and (line.strip() or number == report.stop.line):
            blank = "A tab" if line[column] == "\t" else "A blank that is no space"
            return report.fault("blank-at-beginning", number, column, blank=blank)
    for number in (report.stop.line, report.start.line):
        line = report.numbered(number)
        if odd := _ODD.search(line):
            return report.fault("blank", number, odd.start(), f" {line[odd.end() :].rstrip()}")
    return None


def _colon(report: _Report) -> Problem | None:
    """A colon where none can be: in a text, or since the line before it is not whole."""
    line, before = report.stop.line, report.numbered(report.stop.line - 1)
    if _NO_SPACE.match(before):
        return _without_colon(report, line - 1)
    if entry := _UNOPENED.match(report.line):
        return report.fault("braces", line, entry.start("entry"), entry=entry["entry"].strip())
    deeper = before.strip() and _indent(report.line) > _indent(before)
    if deeper and (report.line.count(":") == 1 or _NESTED.match(report.line)):
        return report.fault("further-in", line, _indent(report.line))
    if before.strip() and ":" not in before and not before.lstrip().startswith(("#", "-")):
        return _without_colon(report, line - 1)
    pair = _PAIR.match(report.line)
    quoted = _in_quotes(pair["value"].rstrip()) if pair else ""
    if not pair or not quoted:
        return report.fault("colon")
    meant = quoted if re.fullmatch("[a-z_-]+", pair["key"]) else ""  # else the whole line may be a text
    return report.fault("colon-in-quotes", line, pair.start("value"), meant, key=pair["key"], quoted=quoted)


def _no_colon(report: _Report) -> Problem:
    number = report.start.line
    if report.numbered(number - 1).rstrip().endswith(("|", ">", "|-", ">-")):
        return report.fault("not-further-in", number, _indent(report.numbered(number)))
    return _without_colon(report, number)


def _without_colon(report: _Report, number: int) -> Problem:
    line = report.numbered(number)
    if close := _NO_SPACE.match(line):
        text, column = close["value"].rstrip(), close.start("value")
        return report.fault("no-space", number, column, f" {text}", key=close["key"], text=text)
    column, text = _indent(line), line.strip()
    if text[:1] == "{":
        return report.fault("no-dash", number, column)
    if entry := _ENTRY.match(text):
        return report.fault("other-dash", number, column, f"- {entry['text']}", text=entry["text"])
    return report.fault("no-colon", number, column, word=(text.split() or ["key"])[0])


def _list_without_key(report: _Report) -> Problem | None:
    """A list that stands further in than a line that is complete: the key above it is gone."""
    above = (report.numbered(number) for number in range(report.stop.line - 1, -1, -1))
    before, line = next((line for line in above if line.strip()), ""), report.line
    if line.lstrip().startswith("- ") and _indent(line) > _indent(before) and _PAIR.match(before):
        return report.fault("list-without-key", report.stop.line, _indent(line))
    return None


# In the order of how sure they are, each with what the parser says where it can be so.
_REASONS: tuple[tuple[str, Callable[[_Report], Problem | None]], ...] = (
    ("", _copied), ("", _odd_blank), ("", _sign), ("quoted scalar", _open_quote), ("flow", _open_bracket),
    ("", _list_without_key), ("mapping values are not allowed", _colon),
    ("could not find expected ':'", _no_colon), ("expected key", _after_quote),
)  # fmt: skip
_NAMES = {
    "expected key": "indentation", "'-' indicator": "indentation",
    "block sequence entries": "list-behind-key", "block scalar": "text-behind-sign",
}  # fmt: skip
