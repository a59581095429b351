"""The longer texts that commands write or say: templates of data/cli/, filled in."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ... import DATA
from ...text.edit.values import flow
from ...text.signs import UNSEEN, in_quotes, masked, visible
from .reporter import count

FOLDER = DATA / "cli"


def quoted_answer(answer: str) -> str:
    """Write an answer so that YAML reads exactly it; signs that nobody sees are left out."""
    return in_quotes(UNSEEN.sub("", answer))


def filled(template: str, /, **values: object) -> str:
    """Put values into a template, once: what they hold is never looked at again."""
    return _templates().get_template(f"{template}.j2").render(values)


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=FileSystemLoader(FOLDER), undefined=StrictUndefined, keep_trailing_newline=True,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    templates.filters |= {
        "quoted": quoted_answer,
        "number": lambda answer: flow(float(answer)),
        "count": count,
        "masked": masked,
        "visible": visible,
    }
    return templates
