"""`handbook new`: a program, a cohort, or the whole handbook afresh."""

from __future__ import annotations

import click

from ..terminal.questions import Answers
from .new_cohort import new_cohort
from .new_fresh import start_afresh
from .new_program import new_program


@click.group(invoke_without_command=True)
@click.option("--fresh", is_flag=True, help="Remove the shipped example, and begin with your own.")
@click.option("--name", help="With --fresh: what your organisation is called.")
@click.option("--timezone", help="With --fresh: its time zone by IANA name. [default: this computer's]")
@click.option("--contact", help="With --fresh: a shared mailbox, or a page, that people ask.")
@click.option("--repository", help="With --fresh: public (everyone reads it) or private. [default: public]")
@click.option("--yes", is_flag=True, help="With --fresh: remove the example without asking once more.")
@click.pass_context
def new(ctx: click.Context, /, fresh: bool, yes: bool, **options: str | None) -> None:
    """Start a program, a cohort, a handbook.

    You are asked a few questions. Each question has an option. Where those that are needed are given,
    nothing is asked. No file that is yours is ever overwritten.
    """
    inner = ctx.invoked_subcommand
    if fresh and inner:
        raise click.UsageError("Run `new --fresh` by itself first.")
    if inner and (yes or any(value is not None for value in options.values())):
        raise click.UsageError(f"These options belong to --fresh. Those of `{inner}` stand behind its name.")
    if not fresh and not inner:
        raise click.UsageError("Say what is new: `new program`, `new cohort`, or `new --fresh`.")
    if fresh:
        start_afresh(ctx.obj, Answers(options, ("name",)), yes)


new.add_command(new_program)
new.add_command(new_cohort)
