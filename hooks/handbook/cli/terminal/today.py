"""The day that a command works for."""

from __future__ import annotations

from datetime import date

import click

from ...model import timeline
from ...model.handbook import Handbook


def today(handbook: Handbook) -> date:
    """The day for which pages are rendered."""
    try:
        return timeline.today(handbook.organisation.timezone)
    except ValueError as error:
        raise click.UsageError(f"HANDBOOK_TODAY should be a day, such as 2027-03-01: {error}.") from error
