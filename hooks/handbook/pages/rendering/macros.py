"""What a hand-written page may ask: macros bound to the same handbook, each giving Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from jinja2 import Environment

from ...contents import templating
from ...contents.build import Build
from ...model.definitions.organisation import PURPOSES
from ...model.definitions.program import Program
from ...model.handbook import Handbook
from ...text.problems import did_you_mean, known
from .context import PageContext


@dataclass(frozen=True)
class Macros:
    """The macros for pages in docs/ that ask for them (`render_macros: true`)."""

    handbook: Handbook
    build: Build

    def named(self, where: Callable[[], str]) -> dict[str, Callable[..., str]]:
        """All macros by name; `where` gives the path of the page that is being rendered, below docs/."""
        return {
            "programs": lambda: self._render("programs", where()),
            "program": lambda identifier: self._render("program", where(), program=self._program(identifier)),
            "next_events": lambda count=5: self._render("next_events", where(), count_of=int(count)),
            "contact": lambda *purposes: self._contact(purposes, where()),
            "comparison": lambda: self._render("comparison", where()),
            "doors": lambda: self._render("doors", where()),
        }

    @cached_property
    def _environment(self) -> Environment:
        """One for all calls, so that each template is compiled once."""
        return templating.environment(self.handbook.labels, self.handbook.templates)

    def _render(self, name: str, path: str, **values: Any) -> str:
        context = PageContext(self.handbook, self.build, path).values() | values
        return self._environment.get_template(f"macros/{name}.md.j2").render(context)

    def _contact(self, purposes: tuple[str, ...], path: str) -> str:
        for purpose in purposes:
            _check("contact", purpose, PURPOSES)
        return str(PageContext(self.handbook, self.build, path).contact(*purposes))

    def _program(self, identifier: str) -> Program:
        programs = {program.id: program for program in self.handbook.programs}
        _check("programme", identifier, programs)
        return programs[identifier]


def _check(what: str, word: str, names: Collection[str]) -> None:
    if word not in names:
        raise LookupError(f"There is no {what} “{word}”. {did_you_mean(word, names)}{known(names)}")


_FAULT = re.compile(r"# _Macro (?:Rendering|Syntax) Error_\s+_File_: [^\n]*\s+([^\n]*)")


def macro_fault(markdown: str) -> str:
    """What went wrong with the macros of a page, as their plugin says it in place of the page; else empty.

    Published, that page would show how, with the places on the machine.
    """
    found = _FAULT.match(markdown)
    return f"{re.sub('[_*]', '', found[1])}." if found else ""
