"""A day as somebody types it on the command line, and the one that a command works for."""

from __future__ import annotations

import re
from datetime import date

import click

from ...model import timeline
from ...model.handbook import Handbook
from ...text.signs import visible

_HINT = "Write the day as YYYY-MM-DD, such as 2027-01-20."


class Day(click.ParamType[date]):
    """A day, written in the one way that nobody reads as another."""

    name = "yyyy-mm-dd"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read a day, or say how one is written."""
        typed = str(value).strip()
        try:
            # Python reads 20270120 and 2027-W03-3 too.
            return date.fromisoformat(typed if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", typed) else "")
        except ValueError:
            return self.fail(f"“{visible(typed)}” is no day. {_HINT}", param, ctx)


def today(handbook: Handbook) -> date:
    """The day for which pages are rendered."""
    try:
        return timeline.today(handbook.organisation.timezone)
    except ValueError as error:
        raise click.UsageError(f"HANDBOOK_TODAY should be a day, such as 2027-03-01: {error}.") from error
