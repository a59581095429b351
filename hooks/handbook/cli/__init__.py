"""`handbook`: the only printer, asker and exiter; one module a verb.

Exit codes: 0 all is well, 1 there is an error in the files, 2 the command was not called as it should be.
"""

from __future__ import annotations

import io
import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from .. import DATA, NOTHING, Refusal, __version__

# The first sentence of each command's help: that of the whole imports none of them.
SUMMARIES: dict[str, str] = json.loads((DATA / "cli/commands.json").read_text("utf-8"))


def command(name: str) -> click.Command:
    """Import a command; `import` is no name that a module can have."""
    module = name.replace("import", "imports")
    loaded: click.Command = getattr(import_module(f".commands.{module}", __name__), module)
    return loaded


class _Commands(click.Group):
    """Ends in a sentence where a file cannot be read or written, or where a person stops answering."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.Abort:
            click.echo(f"\nStopped. {NOTHING}", err=True)
            ctx.exit(1)
        except Refusal as error:
            raise click.ClickException(str(error)) from error
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            raise click.ClickException(f"{place}{error.strerror or error}.") from error

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name, stub, rest = super().resolve_command(ctx, args)
        return name, stub and command(str(stub.name)), rest


@click.group(cls=_Commands, context_settings={"max_content_width": 100})
@click.option(
    "-C",
    "root",
    metavar="ROOT",
    default=".",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of the handbook, which holds programs/. [default: this folder]",
)
@click.version_option(__version__, prog_name="handbook")
@click.pass_context
def main(ctx: click.Context, /, root: Path) -> None:
    """Check, export and extend a reverse-mentoring handbook."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without UTF-8 still shows the rest
    ctx.obj = root


for _name, _summary in SUMMARIES.items():
    main.add_command(click.Command(_name, help=_summary))
