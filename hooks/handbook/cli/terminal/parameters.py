"""What can be said to a command: its arguments and options, rows of data/cli/parameters.yml."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import click
import yaml

from .days import Day
from .templates import FOLDER

_Command = TypeVar("_Command", bound=Callable[..., Any])
PARAMETERS: Mapping[str, Sequence[Mapping[str, Any]]] = yaml.load(
    (FOLDER / "parameters.yml").read_text("utf-8"), Loader=yaml.CSafeLoader
)


def parameters(command: str, **types: click.ParamType[Any]) -> Callable[[_Command], _Command]:
    """Give a command its arguments and options, with the types that only the code knows."""

    def taking(function: _Command) -> _Command:
        for row in reversed(PARAMETERS[command]):
            *_, name = names = row["names"]
            declare = click.option if names[0].startswith("-") else click.argument
            settings = {key: value for key, value in row.items() if key not in ("names", "ask")}
            settings["type"] = types.get(name.lstrip("-")) or _type(settings.get("type"))
            function = declare(*names, **settings)(function)
        return function

    return taking


def _type(named: str | list[str] | None) -> click.ParamType[Any] | None:
    return click.Choice(named) if isinstance(named, list) else Day() if named == "day" else None
