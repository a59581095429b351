"""Mute templates and the playbook's wordings -> Markdown. What a text may do follows from its type."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from traceback import walk_tb
from typing import Any

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    pass_context,
)
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from .. import DATA
from ..model import timeline
from ..model.definitions.playbook import Item
from ..model.labels import Labels
from ..text.problems import HandbookError, Problem
from ..text.prose import Rich, Wording, address, inert, rich

TEMPLATES = DATA / "templates"
ENGINE = "engine/"


class _Loader(BaseLoader):
    """Finds a template among the organisation's own, then the engine's; `engine/…` means the engine's."""

    def __init__(self, own: Mapping[str, str]) -> None:
        self.own = own

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        if template in self.own:
            return self.own[template], f"docs/templates/{template}", None
        file = TEMPLATES / template.removeprefix(ENGINE)
        if not file.is_file():
            raise TemplateNotFound(template)
        return file.read_text("utf-8"), f"hooks/handbook/data/templates/{template.removeprefix(ENGINE)}", None


def environment(texts: Labels, own: Mapping[str, str]) -> Environment:
    """Build the sandbox in which every template is rendered.

    Values that are not markup are made inert when they are shown, whatever a template does with them.
    """
    made = ImmutableSandboxedEnvironment(
        loader=_Loader(own),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        texts=texts, t=texts.say, count=texts.count, has_text=texts.has, body=_body,
        state=timeline.state,
    )  # fmt: skip
    made.extend(wordings={})
    made.filters.update(
        _filters(texts),
        address=address,
        attribute=_attribute,
        benefit_name=lambda name: texts.say(f"benefits.{name}"),
    )
    return made


def _attribute(label: str) -> Markup:
    """A label inside an attribute, which a quotation mark of its own would end."""
    return Markup(str(label).replace('"', "&quot;").replace("<", "&lt;"))


@lru_cache(maxsize=8)  # a text stands in several cohorts
def plain_environment(texts: Labels, shown: Callable[[Any], str]) -> Environment:
    """Build the sandbox for messages: it shows values as letters, which whoever takes them makes harmless."""
    made = ImmutableSandboxedEnvironment(undefined=StrictUndefined, finalize=shown, trim_blocks=True)
    made.extend(wordings={})
    made.filters.update(_filters(texts))
    return made


def _filters(texts: Labels) -> Mapping[str, Callable[..., Markup]]:
    """Numbers with their units, and days: the same in pages and in messages."""
    units = ("minutes", "hours", "days", "sessions", "months", "modules", "pairings")
    return {
        "day": texts.day,
        "weeks": lambda n: texts.say("count.every_week") if n == 1 else texts.count("count.weeks", n),
        **{unit: _counter(texts, unit) for unit in units},
    }


def _counter(texts: Labels, unit: str) -> Callable[[int], Markup]:
    return lambda number: texts.count(f"count.{unit}", number)


@pass_context
def _shown(context: Context, value: Any) -> Any:
    """Turn a value into markup: markup stays, a wording is rendered in one line, the rest is inert."""
    if isinstance(value, Wording):
        return Markup(" ".join(_rendered(context, value).split()))
    if isinstance(value, Markup):
        return value
    if isinstance(value, date):
        return Markup(context["texts"].day(value))
    return inert(str(value))


@pass_context
def _body(context: Context, text: Item | str) -> Markup:
    """Render a long text as a block: the playbook's as Markdown, a program's as clean HTML."""
    long = text.body if isinstance(text, Item) else text
    if isinstance(long, Wording):
        return _rendered(context, long)
    return rich(long) if isinstance(long, Rich) and long else inert(long)


def letters(value: Any) -> str:
    """Show a value by its own letters."""
    return value.unescape() if isinstance(value, Markup) else str(value)


# What a wording may name: the words of playbook texts, the same wherever they stand.
_WORDS = ("organisation", "contact", "page", "program", "commitment", "agreement")
_LINE_END = re.compile("\r\n?")


def _rendered(context: Context, wording: Wording) -> Markup:
    words = {name: context[name] for name in _WORDS if name in context}
    text = str(wording)
    if "{" not in text:
        return Markup(_LINE_END.sub("\n", text).removesuffix("\n"))  # as Jinja would have it
    return Markup(compiled(context.environment, wording).render(words))


def compiled(environment: Environment, wording: Wording) -> Template:
    """Compile a text once: the same stands in every program."""
    kept: dict[str, Template] = environment.wordings  # type: ignore[attr-defined]
    text = str(wording)
    if text not in kept:
        code = environment.compile(text, filename=wording.source)
        kept[text] = environment.template_class.from_code(environment, code, environment.make_globals(None))
    return kept[text]


@contextmanager
def faults_named() -> Iterator[None]:
    """Turn whatever a template, label or text does wrong inside into a problem with its file.

    Raises:
        HandbookError: with that problem. A fault of the engine itself is raised as it is.
    """
    try:
        yield
    except Exception as error:
        found = problem(error)
        if found is None:
            raise
        raise HandbookError([found]) from error


def problem(error: Exception) -> Problem | None:
    """Say where a template, a label or a text of the playbook is wrong; None where the engine itself is.

    Args:
        error: what rendering raised, with its frames: Jinja gives those of a template its file and line.
    """
    place = _place(error)
    if place is None:
        return None
    name, line, what = place
    plain = isinstance(error, TemplateError) or type(error) is LookupError
    said = str(error).rstrip(".") if plain else f"{type(error).__name__}: {error}"
    message = f"{what} cannot be rendered: {' '.join(said.split())}."  # names no page: a text stands on many
    hint = "Correct the name or the tag there. The manual lists what a text may name."
    return Problem(name, line, 1, "broken-template", message, hint)


def _place(error: Exception) -> tuple[str, int, str] | None:
    """Name file and line of a fault, and what stands there."""
    if isinstance(error, TemplateSyntaxError) and error.filename:
        return error.filename, error.lineno, "This"
    frames = list(walk_tb(error.__traceback__))
    files = [(frame.f_code.co_filename, line) for frame, line in frames]
    rendered = [(name, line) for name, line in files if name.endswith((".j2", ".md"))]
    saying = [frame.f_locals for frame, _ in frames if frame.f_code is Labels.say.__code__]
    own = bool(rendered) and rendered[-1][0].startswith("docs/")
    if saying and saying[-1].get("label") is not None and not (own and isinstance(error, KeyError)):
        texts, names = saying[-1]["self"], saying[-1]["names"]
        label = next(name for name in names if name in texts.words)
        return f"docs/templates/texts/{texts.language}.yml", 1, f"The label `{label}`"
    return (*rendered[-1], "This") if rendered else None
