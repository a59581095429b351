"""A fault of YAML -> where a person went wrong, and what to do. The parser often notices lines later."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import yaml


class Fault(NamedTuple):
    """What is wrong in a text that is no YAML: line and column from 0."""

    line: int
    column: int
    message: str
    hint: str
    meant: str = ""  # the rest of the line as it was meant, where there is no doubt


# Of a line that is longer nobody sees more; and some of these patterns look at each sign many times.
_MOST_SIGNS = 1_000


class _Told(NamedTuple):
    """What the parser says: the lines, in which context it was, what it found, and both places."""

    lines: list[str]
    context: str
    found: str
    begin: yaml.Mark
    at: yaml.Mark

    @property
    def line(self) -> str:
        """The line at which the parser stopped."""
        return self.numbered(self.at.line)

    def numbered(self, number: int) -> str:
        """A line by its number; beyond the ends of the text, where the parser may be, an empty one."""
        return self.lines[number] if 0 <= number < len(self.lines) else ""


def explain(text: str, error: yaml.MarkedYAMLError) -> Fault:
    """Say in plain words why a text is no YAML."""
    start = yaml.Mark("", 0, 0, 0, None, 0)
    at = error.problem_mark or error.context_mark or start
    lines = text.replace("\r\n", "\n").split("\n")
    told = _Told(
        [line[:_MOST_SIGNS] for line in lines],
        error.context or "",
        error.problem or "",
        error.context_mark or at,
        at,
    )
    for reason in _REASONS:
        if fault := reason(told):
            line = lines[fault.line] if fault.line < len(lines) else ""
            return _brief(fault) if len(line) > _MOST_SIGNS else _nameless(fault, line)
    said = told.found or told.context
    return Fault(at.line, at.column, f"This is not readable as YAML: {said}.", _CHECK)


_CHECK = "Check quotes, indentation and colons here; put a text that holds “: ” or “ #” in double quotes."


def _brief(fault: Fault) -> Fault:
    """Leave out of a remedy what was cut off."""
    return fault._replace(hint=_CHECK, meant="") if fault.meant else fault


def _nameless(fault: Fault, line: str) -> Fault:
    """Leave a person's name out of a remedy, which everyone may read."""
    named = _NAMED.search(line)
    return fault._replace(hint=_CHECK) if named and named[1] in fault.hint else fault


_NAMED = re.compile(r"\bname\s*:\W*(\w+)")
_CONFLICT = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: |$)")


def _two_versions(told: _Told) -> Fault | None:
    marked = [number for number, line in enumerate(told.lines) if _CONFLICT.match(line)]
    if not marked:
        return None
    message = "Two versions of this file were put together here, and nobody chose."
    hint = "Keep one of the two, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>."
    return Fault(marked[0], 0, message, hint)


def _fence(told: _Told) -> Fault | None:
    number = next((at for at, line in enumerate(told.lines) if line.lstrip().startswith("```")), -1)
    if number < 0:
        return None
    message = "This line belongs to where the text was copied from, and is no YAML."
    return Fault(number, 0, message, "Delete the lines that begin with ```.")


_ODD = re.compile(r"(?<=[:,{\[-])[^\S \t\n\r]+")


def _odd_blank(told: _Told) -> Fault | None:
    """A tab or another blank that is no space, at the beginning of this line or the one above."""
    for number in (told.at.line, told.at.line - 1):
        line = told.numbered(number)
        column = next((at for at, sign in enumerate(line[: _indent(line)]) if sign != " "), -1)
        if column >= 0 and line.strip():
            what = "A tab" if line[column] == "\t" else "A blank that is no space"
            hint = "Replace it by spaces: two for each step further in."
            return Fault(number, column, f"{what} stands at the beginning of this line.", hint)
    odd = _ODD.search(told.line) or _ODD.search(told.numbered(told.begin.line))
    if odd:
        number = told.at.line if _ODD.search(told.line) else told.begin.line
        meant = " " + told.numbered(number)[odd.end() :].rstrip()
        message = "A blank that is no space stands here, often from copying out of another program."
        return Fault(number, odd.start(), message, "Replace it by a space.", meant)
    return None


_BEGINNING = re.compile(r"\s*(?:- +)*(?:[^\s:#\"'\[{][^:#]*:\s+|- +)(?P<text>[\[{].*)$")


def _sign(told: _Told) -> Fault | None:
    if "cannot start any token" in told.found:
        return _cannot_begin(told, told.at.column)
    if "scanning an anchor" in told.context or "scanning an alias" in told.context:
        return _cannot_begin(told, told.begin.column)
    beginning = _BEGINNING.match(told.line)
    behind = told.line[: told.at.column].rstrip().endswith(("]", "}"))
    if (
        "expected key" in told.found
        and beginning
        and behind
        and told.line[told.at.column :][:1] not in ("]", "}")
    ):
        return _cannot_begin(told, beginning.start("text"))
    return None


def _cannot_begin(told: _Told, column: int) -> Fault:
    if told.line[max(0, column - 1) : column] == "{":  # `{% … %}` and the like
        column -= 1
    text, number = told.line[column:].rstrip(), told.at.line
    in_brackets = re.search(r"[\[{]", told.line[:column]) or "flow" in told.context
    quoted = "" if in_brackets else _quoted(text)  # there a text ends somewhere in the line
    hint = f"Put it in quotes: `{quoted}`." if quoted else "Put the whole text in quotes."
    return Fault(number, column, f"A text cannot begin with “{text[:1]}”.", hint, quoted)


def _quoted(text: str) -> str:
    """A text in quotes, where it holds none of the kind; empty where both kinds stand in it, or a comment."""
    if " #" in text or "\\" in text:
        return ""
    return next((f"{quote}{text}{quote}" for quote in "\"'" if quote not in text), "")


def _open_quote(told: _Told) -> Fault | None:
    if "quoted scalar" not in told.context:
        return None
    if "unexpected end" in told.found:
        hint = "Add the same quote at the end of the text."
        return Fault(told.begin.line, told.begin.column, "The quote that begins here is never closed.", hint)
    hint = "Write two backslashes, or put the text in single quotes."
    return Fault(told.at.line, max(0, told.at.column - 1), "A backslash in double quotes stands alone.", hint)


def _open_bracket(told: _Told) -> Fault | None:
    if "flow" not in told.context:
        return None
    line, column = _last_bracket(told)
    sign = told.numbered(line)[column : column + 1]
    close = {"[": "]", "{": "}"}.get(sign)
    if close is None:
        return None
    if told.at.line == line:
        message = f"Between “{sign}” and “{close}” something does not fit."
        hint = "Put a comma between entries, and a text with a comma, colon or bracket in double quotes."
        return Fault(told.at.line, told.at.column, message, hint)
    hint = f"Add “{close}” at the end, and a comma between entries."
    return Fault(line, column, f"The “{sign}” that begins here is never closed.", hint)


def _last_bracket(told: _Told) -> tuple[int, int]:
    """Where the list or mapping begins that the parser was in; of a node in it, it gives another place."""
    end = told.begin.column + 1
    for line in range(told.begin.line, -1, -1):
        column = max(told.numbered(line).rfind(sign, 0, end) for sign in "[{")
        if column >= 0:
            return line, column
        end = len(told.numbered(line - 1))
    return 0, 0


_PAIR = re.compile(r"\s*(?:- +)*(?P<key>[^\s:#\"'\[{][^:#]*?):\s+(?P<value>\S.*)$")


_UNOPENED = re.compile(r"\s*(?:- +)+\(?(?P<said>[a-z_-]+: [^{}()]*)[})]\s*$")
_NESTED = re.compile(r"\s*[a-z_-]+:\s+[\[{]")
_NO_SPACE = re.compile(r"\s*(?:- +)*(?P<key>[a-z][\w-]*):(?P<value>[^\s:/].*)$")


def _colon(told: _Told) -> Fault | None:
    if "mapping values are not allowed" not in told.found:
        return None
    line, before = told.at.line, told.numbered(told.at.line - 1)
    if _NO_SPACE.match(before):
        return _without_colon(line - 1, before)
    if entry := _UNOPENED.match(told.line):
        hint = f"Put it in braces: `{{{entry['said'].strip()}}}`."
        return Fault(line, entry.start("said"), "This entry does not stand between braces.", hint)
    deeper = before.strip() and _indent(told.line) > _indent(before)
    if deeper and (told.line.count(":") == 1 or _NESTED.match(told.line)):
        message = "This line is set further in than the one above, which is complete."
        return Fault(line, _indent(told.line), message, "Begin it in the same column as the line above.")
    if before.strip() and ":" not in before and not before.lstrip().startswith(("#", "-")):
        return _without_colon(line - 1, before)
    pair = _PAIR.match(told.line)
    message = "A colon with a space behind it stands inside this text."
    quoted = _quoted(pair["value"].rstrip()) if pair else ""
    if not pair or not quoted:
        return Fault(line, told.at.column, message, "Put the text in quotes.")
    hint = f"Put it in quotes: `{pair['key']}: {quoted}`."
    ours = re.fullmatch("[a-z_-]+", pair["key"])  # else the whole line may be a text
    return Fault(line, pair.start("value"), message, hint, quoted if ours else "")


def _no_colon(told: _Told) -> Fault | None:
    if "could not find expected ':'" not in told.found:
        return None
    line, before = told.numbered(told.begin.line), told.numbered(told.begin.line - 1).rstrip()
    if before.endswith(("|", ">", "|-", ">-")):
        message = "This text belongs to the line above, and does not stand further in."
        hint = "Set each of its lines two spaces further in than the key."
        return Fault(told.begin.line, _indent(line), message, hint)
    return _without_colon(told.begin.line, line)


_ENTRY = re.compile(r"(?:-(?=[^\s-])|[•·*–—‣◦] ?)(?P<text>\w.*|\{.*)$")


def _without_colon(number: int, line: str) -> Fault:
    close = _NO_SPACE.match(line)
    if close:
        value = close["value"].rstrip()
        message, hint = "A space is missing behind the colon.", f"Write `{close['key']}: {value}`."
        return Fault(number, close.start("value"), message, hint, f" {value}")
    indent, text = _indent(line), line.strip()
    if text[:1] == "{":
        return Fault(
            number, indent, "This entry of a list has no dash.", "Begin it with `- `, as the others."
        )
    if entry := _ENTRY.match(text):
        hint = f"Begin each entry of a list with a dash and a space: `- {entry['text']}`."
        return Fault(
            number, indent, "This entry of a list begins in another way.", hint, f"- {entry['text']}"
        )
    word = (text.split() or ["key"])[0]
    hint = f"Write `{word}: …`, or put a longer text in quotes behind its key."
    return Fault(number, _indent(line), "There is no colon in this line.", hint)


def _after_quote(told: _Told) -> Fault | None:
    before = told.line[: told.at.column].rstrip()
    if "expected key" not in told.found or not before.endswith(('"', "'")):
        return None
    quote = before[-1]
    odd = [at for at, line in enumerate(told.lines[: told.at.line]) if line.count(quote) % 2]
    if odd:
        column = told.lines[odd[-1]].rfind(quote)
        hint = "Add the same quote at the end of that text."
        return Fault(odd[-1], column, "The quote that begins here is not closed in its line.", hint)
    other = "double" if quote == "'" else "single"
    hint = f"Put the whole text in quotes; one that holds {quote} itself in {other} ones."
    return Fault(told.at.line, told.at.column, "Something stands behind the closing quote.", hint)


def _bracket_too_many(told: _Told) -> Fault | None:
    if "expected key" not in told.found or told.line[told.at.column : told.at.column + 1] not in ("]", "}"):
        return None
    hint = "Delete it, or add the one that opens."
    return Fault(told.at.line, told.at.column, "This bracket closes nothing.", hint)


def _list_without_key(told: _Told) -> Fault | None:
    """A list that stands further in than a line that is complete: the key above it is gone."""
    number = next((at for at in range(told.at.line - 1, -1, -1) if told.numbered(at).strip()), -1)
    before, line = told.numbered(number), told.line
    further = number >= 0 and _indent(line) > _indent(before)
    if not (line.lstrip().startswith("- ") and further and _PAIR.match(before)):
        return None
    hint = "Write the key of the list on a line of its own above it, such as `goals:`."
    return Fault(told.at.line, _indent(line), "A list begins here, and nothing says of what.", hint)


def _indentation(told: _Told) -> Fault | None:
    if "expected key" in told.found or "'-' indicator" in told.found:
        message = "This line is indented differently from the lines that it belongs to."
        hint = "Lines that belong together begin in the same column; each entry of a list begins with `- `."
        return Fault(told.at.line, told.at.column, message, hint)
    return None


def _list_on_line(told: _Told) -> Fault | None:
    if "block sequence entries" not in told.found:
        return None
    hint = "Put each entry on a line of its own below the key, two spaces further in, or write `[a, b]`."
    return Fault(told.at.line, told.at.column, "A list cannot begin behind its key.", hint)


def _block_text(told: _Told) -> Fault | None:
    if "block scalar" not in told.context:
        return None
    hint = "Begin the text on the next line, two spaces further in."
    return Fault(told.at.line, told.at.column, "Text cannot stand behind “|” or “>”.", hint)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


_REASONS: tuple[Callable[[_Told], Fault | None], ...] = (
    _two_versions,
    _fence,
    _odd_blank,
    _sign,
    _open_quote,
    _open_bracket,
    _list_without_key,
    _colon,
    _no_colon,
    _after_quote,
    _bracket_too_many,
    _indentation,
    _list_on_line,
    _block_text,
)
