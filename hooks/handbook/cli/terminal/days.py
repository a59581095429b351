"""A day as somebody types it on the command line."""

from __future__ import annotations

import re
from datetime import date

import click

from ...text.signs import visible

_HINT = "Write the day as YYYY-MM-DD, such as 2027-01-20."


class Day(click.ParamType[date]):
    """A day, written in the one way that nobody reads as another."""

    name = "day"

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """What stands for a day in the help."""
        return "YYYY-MM-DD"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read a day, or say how one is written."""
        said = str(value).strip()
        try:
            # Python reads 20270120 and 2027-W03-3 too.
            return date.fromisoformat(said if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", said) else "")
        except ValueError:
            return self.fail(f"“{visible(said)}” is no day. {_HINT}", param, ctx)
