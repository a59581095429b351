"""Mute templates and the playbook's wordings -> Markdown. What a text may do follows from its type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from traceback import extract_tb
from typing import Any

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    Template,
    TemplateNotFound,
    TemplateSyntaxError,
    pass_context,
)
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from . import timeline
from .playbook import Item
from .problems import Problem
from .prose import Rich, Wording, address, inert, rich
from .texts import Texts

TEMPLATES = Path(__file__).resolve().parent / "templates"
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
        return file.read_text("utf-8"), f"hooks/handbook/templates/{template.removeprefix(ENGINE)}", None


def environment(texts: Texts, own: Mapping[str, str]) -> Environment:
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
        texts=texts, t=texts.say, count=texts.count, has_text=texts.has, body=_body, state=timeline.state
    )
    made.extend(wordings={})  # compiled once: the same texts stand in every program
    made.filters.update(
        address=address,
        day=texts.day,
        benefit_name=lambda name: texts.say(f"benefits.{name}"),
        weeks=lambda n: texts.say("count.every_week") if n == 1 else texts.count("count.weeks", n),
        **{
            unit: _counter(texts, unit)
            for unit in ("minutes", "hours", "days", "sessions", "months", "modules")
        },
    )
    return made


def _counter(texts: Texts, unit: str) -> Callable[[int], Markup]:
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


# What a wording may name: the words of playbook texts, the same wherever they stand.
_WORDS = ("organisation", "contact", "page", "program", "commitment", "agreement")


def _rendered(context: Context, wording: Wording) -> Markup:
    words = {name: context[name] for name in _WORDS if name in context}
    compiled: dict[str, Template] = context.environment.wordings  # type: ignore[attr-defined]
    text = str(wording)
    if text not in compiled:
        code = context.environment.compile(text, filename=wording.source)
        made_of = context.environment.make_globals(None)
        compiled[text] = context.environment.template_class.from_code(context.environment, code, made_of)
    return Markup(compiled[text].render(words))


def problem(error: Exception, page: str) -> Problem:
    """Say where a template, or a text that is one, is wrong.

    Args:
        error: what rendering raised.
        page: the path of the page that was being made, for texts that are no file of their own.
    """
    frames = [frame for frame in extract_tb(error.__traceback__) if frame.filename.endswith((".j2", ".md"))]
    name, line = (frames[-1].filename, frames[-1].lineno or 1) if frames else (f"docs/{page}", 1)
    if isinstance(error, TemplateSyntaxError) and error.filename:
        name, line = error.filename, error.lineno
    message = f"This cannot be rendered: {error}."  # names no page: a text stands on many
    hint = "Correct the name or the tag there. The manual lists what a text may name."
    return Problem(name, line, 1, "broken-template", message, hint)
