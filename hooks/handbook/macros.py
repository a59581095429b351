"""What a hand-written page may ask: macros bound to the same handbook, each giving Markdown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from . import templating
from .load import Handbook
from .organisation import PURPOSES
from .problems import did_you_mean
from .program import Program
from .words import Build, Words


@dataclass(frozen=True)
class Macros:
    """The macros for pages in docs/ that ask for them (`render_macros: true`)."""

    handbook: Handbook
    build: Build

    def named(self, where: Callable[[], str]) -> dict[str, Callable[..., str]]:
        """All macros by name.

        Args:
            where: gives the path of the page that is being rendered, below docs/.
        """
        return {
            "programs": lambda: self._render("programs", where()),
            "program": lambda identifier: self._render("program", where(), program=self._program(identifier)),
            "next_events": lambda count=5: self._render("next_events", where(), count_of=int(count)),
            "contact": lambda *purposes: self._contact(purposes, where()),
            "comparison": lambda: self._render("comparison", where()),
            "doors": lambda: self._render("doors", where()),
        }

    def _render(self, name: str, path: str, **values: Any) -> str:
        environment = templating.environment(self.handbook.texts, self.handbook.templates)
        context = Words(self.handbook, self.build, path).context() | values
        return environment.get_template(f"macros/{name}.md.j2").render(context)

    def _contact(self, purposes: tuple[str, ...], path: str) -> str:
        for purpose in purposes:
            if purpose not in PURPOSES:
                raise LookupError(_unknown("contact", purpose, list(PURPOSES)))
        return str(Words(self.handbook, self.build, path).contact(*purposes))

    def _program(self, identifier: str) -> Program:
        known = {program.id: program for program in self.handbook.programs}
        if identifier not in known:
            raise LookupError(_unknown("program", identifier, list(known)))
        return known[identifier]


def _unknown(what: str, word: str, known: list[str]) -> str:
    return f"There is no {what} “{word}”. {did_you_mean(word, known)}Known: {', '.join(known) or 'none'}."
