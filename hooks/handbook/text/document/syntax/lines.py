"""Faults of lines: colons, dashes, blanks at their beginning, and lines that do not belong there."""

from __future__ import annotations

import re

from ...problems import Problem
from .report import Report, in_quotes, indent

_CONFLICT = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: |$)")


def two_versions(report: Report) -> Problem | None:
    """Git put two versions together, and left its marks."""
    marked = [number for number, line in enumerate(report.lines) if _CONFLICT.match(line)]
    if not marked:
        return None
    message = "Two versions of this file were put together here, and nobody chose."
    hint = "Keep one of the two, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>."
    return report.fault(marked[0], 0, message, hint)


def fence(report: Report) -> Problem | None:
    """The marks of a block of code were copied along."""
    number = next((at for at, line in enumerate(report.lines) if line.lstrip().startswith("```")), -1)
    if number < 0:
        return None
    message = "This line belongs to where the text was copied from, and is no YAML."
    return report.fault(number, 0, message, "Delete the lines that begin with ```.")


_ODD = re.compile(r"(?<=[:,{\[-])[^\S \t\n\r]+")


def odd_blank(report: Report) -> Problem | None:
    """A tab or another blank that is no space, at the beginning of this line or the one above."""
    for number in (report.stop.line, report.stop.line - 1):
        line = report.numbered(number)
        column = next((at for at, sign in enumerate(line[: indent(line)]) if sign != " "), -1)
        if column >= 0 and line.strip():
            what = "A tab" if line[column] == "\t" else "A blank that is no space"
            hint = "Replace it by spaces: two for each step further in."
            return report.fault(number, column, f"{what} stands at the beginning of this line.", hint)
    odd = _ODD.search(report.line) or _ODD.search(report.numbered(report.start.line))
    if odd:
        number = report.stop.line if _ODD.search(report.line) else report.start.line
        meant = " " + report.numbered(number)[odd.end() :].rstrip()
        message = "A blank that is no space stands here, often from copying out of another program."
        return report.fault(number, odd.start(), message, "Replace it by a space.", meant)
    return None


_PAIR = re.compile(r"\s*(?:- +)*(?P<key>[^\s:#\"'\[{][^:#]*?):\s+(?P<value>\S.*)$")


_UNOPENED = re.compile(r"\s*(?:- +)+\(?(?P<said>[a-z_-]+: [^{}()]*)[})]\s*$")
_NESTED = re.compile(r"\s*[a-z_-]+:\s+[\[{]")
_NO_SPACE = re.compile(r"\s*(?:- +)*(?P<key>[a-z][\w-]*):(?P<value>[^\s:/].*)$")


def colon(report: Report) -> Problem | None:
    """A colon where none can be: in a text, or since the line before it is not whole."""
    if "mapping values are not allowed" not in report.complaint:
        return None
    line, before = report.stop.line, report.numbered(report.stop.line - 1)
    if _NO_SPACE.match(before):
        return _without_colon(report, line - 1, before)
    if entry := _UNOPENED.match(report.line):
        hint = f"Put it in braces: `{{{entry['said'].strip()}}}`."
        return report.fault(line, entry.start("said"), "This entry does not stand between braces.", hint)
    deeper = before.strip() and indent(report.line) > indent(before)
    if deeper and (report.line.count(":") == 1 or _NESTED.match(report.line)):
        message = "This line is set further in than the one above, which is complete."
        return report.fault(
            line, indent(report.line), message, "Begin it in the same column as the line above."
        )
    if before.strip() and ":" not in before and not before.lstrip().startswith(("#", "-")):
        return _without_colon(report, line - 1, before)
    pair = _PAIR.match(report.line)
    message = "A colon with a space behind it stands inside this text."
    quoted = in_quotes(pair["value"].rstrip()) if pair else ""
    if not pair or not quoted:
        return report.fault(line, report.stop.column, message, "Put the text in quotes.")
    hint = f"Put it in quotes: `{pair['key']}: {quoted}`."
    ours = re.fullmatch("[a-z_-]+", pair["key"])  # else the whole line may be a text
    return report.fault(line, pair.start("value"), message, hint, quoted if ours else "")


def no_colon(report: Report) -> Problem | None:
    """A line without the colon that makes it a key."""
    if "could not find expected ':'" not in report.complaint:
        return None
    line, before = report.numbered(report.start.line), report.numbered(report.start.line - 1).rstrip()
    if before.endswith(("|", ">", "|-", ">-")):
        message = "This text belongs to the line above, and does not stand further in."
        hint = "Set each of its lines two spaces further in than the key."
        return report.fault(report.start.line, indent(line), message, hint)
    return _without_colon(report, report.start.line, line)


_ENTRY = re.compile(r"(?:-(?=[^\s-])|[•·*–—‣◦] ?)(?P<text>\w.*|\{.*)$")


def _without_colon(report: Report, number: int, line: str) -> Problem:
    close = _NO_SPACE.match(line)
    if close:
        value = close["value"].rstrip()
        message, hint = "A space is missing behind the colon.", f"Write `{close['key']}: {value}`."
        return report.fault(number, close.start("value"), message, hint, f" {value}")
    column, text = indent(line), line.strip()
    if text[:1] == "{":
        return report.fault(
            number, column, "This entry of a list has no dash.", "Begin it with `- `, as the others."
        )
    if entry := _ENTRY.match(text):
        hint = f"Begin each entry of a list with a dash and a space: `- {entry['text']}`."
        return report.fault(
            number, column, "This entry of a list begins in another way.", hint, f"- {entry['text']}"
        )
    word = (text.split() or ["key"])[0]
    hint = f"Write `{word}: …`, or put a longer text in quotes behind its key."
    return report.fault(number, column, "There is no colon in this line.", hint)


def list_without_key(report: Report) -> Problem | None:
    """A list that stands further in than a line that is complete: the key above it is gone."""
    number = next((at for at in range(report.stop.line - 1, -1, -1) if report.numbered(at).strip()), -1)
    before, line = report.numbered(number), report.line
    further = number >= 0 and indent(line) > indent(before)
    if not (line.lstrip().startswith("- ") and further and _PAIR.match(before)):
        return None
    hint = "Write the key of the list on a line of its own above it, such as `goals:`."
    return report.fault(report.stop.line, indent(line), "A list begins here, and nothing says of what.", hint)


def indentation(report: Report) -> Problem | None:
    """A line that begins in a column where none can."""
    if "expected key" in report.complaint or "'-' indicator" in report.complaint:
        message = "This line is indented differently from the lines that it belongs to."
        hint = "Lines that belong together begin in the same column; each entry of a list begins with `- `."
        return report.here(message, hint)
    return None


def list_on_line(report: Report) -> Problem | None:
    """A list that begins behind its key."""
    if "block sequence entries" not in report.complaint:
        return None
    hint = "Put each entry on a line of its own below the key, two spaces further in, or write `[a, b]`."
    return report.here("A list cannot begin behind its key.", hint)


def block_text(report: Report) -> Problem | None:
    """A text in the line of its `|`."""
    if "block scalar" not in report.context:
        return None
    hint = "Begin the text on the next line, two spaces further in."
    return report.here("Text cannot stand behind “|” or “>”.", hint)
