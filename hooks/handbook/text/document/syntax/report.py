"""What libyaml says of a text that is no YAML, with the lines that it speaks of."""

from __future__ import annotations

from typing import NamedTuple

import yaml

from ...problems import Problem


class Report(NamedTuple):
    """What the parser says.

    Attributes:
        path: the file; `first_line` the line of it at which the text starts.
        lines: those of the text, cut where nobody looks any more.
        context: in what the parser was, which begins at `start`.
        complaint: what it met there, at `stop`.
    """

    path: str
    first_line: int
    lines: list[str]
    context: str
    complaint: str
    start: yaml.Mark
    stop: yaml.Mark

    @property
    def line(self) -> str:
        """The line at which the parser stopped."""
        return self.numbered(self.stop.line)

    def numbered(self, number: int) -> str:
        """A line by its number from 0; beyond the ends of the text, where the parser may be, an empty one."""
        return self.lines[number] if 0 <= number < len(self.lines) else ""

    def fault(self, line: int, column: int, message: str, hint: str, meant: str = "") -> Problem:
        """Say what is wrong; line and column from 0, `meant` the rest of the line where there is no doubt."""
        place = line + self.first_line, column + 1
        return Problem(self.path, *place, "yaml-syntax", message, hint, meant=meant)

    def here(self, message: str, hint: str) -> Problem:
        """Say what is wrong where the parser stopped."""
        return self.fault(self.stop.line, self.stop.column, message, hint)


def indent(line: str) -> int:
    """How many blanks a line begins with."""
    return len(line) - len(line.lstrip())


def in_quotes(text: str) -> str:
    """A text in quotes, where it holds none of the kind; empty where both kinds stand in it, or a comment."""
    if " #" in text or "\\" in text:
        return ""
    return next((f"{quote}{text}{quote}" for quote in "\"'" if quote not in text), "")
