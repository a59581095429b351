"""Mute templates and the playbook's wordings -> Markdown. What a text may do follows from its type."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial
from traceback import walk_tb
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template, pass_context
from jinja2.exceptions import TemplateError, TemplateSyntaxError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from .. import DATA
from ..model import timeline
from ..model.definitions.playbook import Item
from ..model.labels import ENGLISH_LINE, LabelError, Labels
from ..text.problems import HandbookError, Problem, fault
from ..text.prose import Rich, Wording, address, inert, rich, verbatim

TEMPLATES = DATA / "templates"
ENGINE = "engine/"
_ENGLISH_BLOCK = Markup('<div lang="en" dir="ltr" markdown>\n\n{}\n\n</div>\n')
_SPAN = re.compile("</?span[^>]*>")


def _source(own: Mapping[str, str], name: str) -> tuple[str, str, None] | None:
    """Find a template among the organisation's own, then the engine's; `engine/…` means the engine's."""
    if name in own:
        return own[name], f"docs/templates/{name}", None
    file = TEMPLATES / name.removeprefix(ENGINE)
    path = f"hooks/handbook/data/templates/{name.removeprefix(ENGINE)}"
    return (file.read_text("utf-8"), path, None) if file.is_file() else None


def environment(labels: Labels, own: Mapping[str, str]) -> Environment:
    """Build the sandbox in which every template is rendered.

    Values that are not markup are made inert when they are shown, whatever a template does with them.
    """
    pages = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(partial(_source, own)),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=_as_markup,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    shown = replace(labels, marking=True)
    pages.globals.update(
        texts=labels, t=shown.say, count=shown.count, has_text=labels.has, body=_body,
        state=timeline.state,
    )  # fmt: skip
    pages.extend(wordings={})
    pages.filters.update(
        _filters(shown),
        address=address,
        verbatim=verbatim,
        # A quotation mark of its own would end it; and no part of it can have a language of its own.
        attribute=lambda label: Markup(_SPAN.sub("", label).replace('"', "&quot;").replace("<", "&lt;")),
        label=lambda name, group: shown.say(f"{group}.{name}"),
    )
    return pages


@lru_cache(maxsize=8)  # a text stands in several cohorts
def plain_environment(labels: Labels, shown: Callable[[Any], str]) -> Environment:
    """Build the sandbox for messages: it shows values as letters, which whoever takes them makes harmless."""
    made = ImmutableSandboxedEnvironment(undefined=StrictUndefined, finalize=shown, trim_blocks=True)
    made.extend(wordings={})
    made.filters.update(_filters(labels))
    return made


def _filters(labels: Labels) -> Mapping[str, Callable[..., Markup]]:
    """Numbers with their units, and days: the same in pages and in messages."""
    units = ("minutes", "hours", "days", "sessions", "months", "modules", "pairings")
    return {
        "day": labels.day,
        "weeks": labels.every,
        "rhythm": labels.rhythm,
        **{unit: partial(labels.count, f"count.{unit}") for unit in units},
    }


@pass_context
def _as_markup(context: Context, value: Any) -> Any:
    """Turn a value into markup: markup stays, a wording is rendered in one line, the rest is inert."""
    if isinstance(value, Wording):
        return _marked(context, value, Markup(" ".join(_rendered(context, value).split())))
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
        return _marked(context, long, _rendered(context, long))
    return rich(long) if isinstance(long, Rich) and long else inert(long)


def _marked(context: Context, text: Wording, said: Markup) -> Markup:
    """What a text of the playbook says; an English one in another language tells that, but for an id."""
    english = "/playbook/en/" in text.source and not context["texts"].language.startswith("en")
    element = _ENGLISH_BLOCK if "\n" in said.strip() else ENGLISH_LINE
    return element.format(said) if english and " " in text else said


def letters(value: Any) -> str:
    """Show a value by its own letters."""
    return value.unescape() if isinstance(value, Markup) else str(value)


# What a wording may name: the words of playbook texts, the same wherever they stand.
_WORDS = ("organisation", "contact", "page", "in_programs", "program", "commitment", "agreement", "takes")
_LINE_END = re.compile("\r\n?")


def _rendered(context: Context, wording: Wording) -> Markup:
    words = {name: context[name] for name in _WORDS if name in context}
    text = str(wording)
    if "{" not in text:
        return Markup(_LINE_END.sub("\n", text).removesuffix("\n"))  # as Jinja would have it
    return Markup(compiled(context.environment, wording).render(words))


def compiled(environment: Environment, wording: Wording) -> Template:
    """Compile a text once: the same stands in every program."""
    templates: dict[str, Template] = environment.wordings  # type: ignore[attr-defined]
    text = str(wording)
    if text not in templates:
        above = "\n" * (wording.first_line - 1)  # so that a fault is told in its line of the file
        code = environment.compile(f"{{#{above}#}}{text}" if above else text, filename=wording.source)
        values = environment.make_globals(None)
        templates[text] = environment.template_class.from_code(environment, code, values)
    return templates[text]


@contextmanager
def faults_named() -> Iterator[None]:
    """Turn whatever a template, label or text does wrong inside into a problem with its file.

    Raises:
        HandbookError: with that problem. A fault of the engine itself is raised as it is.
    """
    try:
        yield
    except Exception as error:
        if told := problem(error):
            raise HandbookError([told]) from error
        raise


def problem(error: Exception) -> Problem | None:
    """Say where a template, a label or a text of the playbook is wrong; None where the engine itself is.

    Jinja gives the frames of a template its file and line.
    """
    place, what, cause = _place(error), "This", error.__cause__ or error
    if not isinstance(error, LabelError):
        cause = error
    elif place is None or not (place[0].startswith("docs/") and isinstance(cause, KeyError)):
        # Else it is an own template that does not give the label what it asks for.
        place, what = (error.path, 1), f"The label `{error.label}`"
    if place is None:
        return None
    plain = isinstance(cause, TemplateError) or type(cause) is LookupError
    said = str(cause).rstrip(".") if plain else f"{type(cause).__name__}: {cause}"
    # It names no page: a text stands on many.
    return fault("broken-template", what=what, cause=" ".join(said.split())).placed(*place)


def _place(error: Exception) -> tuple[str, int] | None:
    """The file and line of the innermost template or text in which an error arose, if any."""
    if isinstance(error, TemplateSyntaxError) and error.filename:
        return error.filename, error.lineno
    places = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    rendered = [(name, line) for name, line in places if name.endswith((".j2", ".md"))]
    return rendered[-1] if rendered else None
