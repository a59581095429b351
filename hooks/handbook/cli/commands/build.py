"""`handbook build`: a handbook without errors -> its site."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ...contents.build import audience
from ...load.readers.settings import ENGINE_SETTINGS
from ...text.problems import errors
from .check import checked, print_problems

_FOR_PARTICIPANTS = """\
It is for participants, since HANDBOOK_AUDIENCE says so: it names people who did not agree that everyone may
read it. Publish it only where nobody else can open it."""
_OPENED = "Its index.html opens from there too. Some browsers then forget your role between pages."


@click.command()
@click.pass_obj
def build(root: Path, /) -> object:
    """Build the site into site/.

    The handbook is checked first, and each problem is shown once. Where there is an error nothing is built.
    Warnings of the check let it go on; what MkDocs warns of, such as a link that leads nowhere, ends it.
    """
    handbook, problems = checked(root)
    print_problems(root, handbook, problems)
    if errors(problems):
        sys.exit(1)
    from handbook_site import build_site  # the adapter: no other command waits for MkDocs

    site, made = build_site(root.resolve(), ENGINE_SETTINGS)
    click.echo(f"The site is built: {site}", err=True)
    click.echo(_OPENED, err=True)
    if audience() != "public":
        click.echo(_FOR_PARTICIPANTS, err=True)
    return site, made
