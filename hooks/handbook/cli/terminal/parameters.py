"""What can be said to a command: its arguments and options, rows of data/cli/parameters.yml."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from typing import Any

import click
import yaml
from click.core import ParameterSource

from .days import Day
from .templates import FOLDER

_Function = Callable[..., Any]
PARAMETERS: Mapping[str, Sequence[Mapping[str, Any]]] = yaml.load(
    (FOLDER / "parameters.yml").read_text("utf-8"), Loader=yaml.CSafeLoader
)


def parameters(command: str, **types: click.ParamType[Any]) -> Callable[[_Function], _Function]:
    """Give a command its arguments and options, with the types that only the code knows.

    Before them it gets the folder of the handbook.
    """

    def taking(function: _Function) -> _Function:
        function = click.pass_obj(function)
        for row in reversed(PARAMETERS[command]):
            *_, name = names = row["names"]
            declare = click.option if names[0].startswith("-") else click.argument
            settings = {key: value for key, value in row.items() if key not in ("names", "ask")}
            settings["type"] = types.get(name.lstrip("-")) or _type(settings.get("type"))
            function = declare(*names, **settings)(function)
        return function

    return taking


def typed_of(names: Container[str]) -> str:
    """The first option of these names that somebody typed; empty where none was."""
    context = click.get_current_context()
    known = ((option.name, option.opts[0]) for option in context.command.params if option.name in names)
    source, typed = context.get_parameter_source, ParameterSource.COMMANDLINE
    return next((option for name, option in known if name and source(name) == typed), "")


def _type(named: str | list[str] | None) -> click.ParamType[Any] | None:
    return click.Choice(named) if isinstance(named, list) else Day() if named == "day" else None
