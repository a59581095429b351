"""`handbook print`: a handbook without errors -> its site, and booklets of the site's pages as PDF."""

from __future__ import annotations

import logging
from pathlib import Path

import click

from ...load.files import write_bytes
from ...pages.website.staging import refuse_place
from ...text.signs import visible
from ..terminal.parameters import parameters
from .build import build

_INSTALL = """Printing needs WeasyPrint, which `make print` installs, and Pango, with which it draws:
  sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0    # on a Mac: brew install pango"""


@click.command()
@parameters("print", folder=click.Path(file_okay=False, path_type=Path))
@click.pass_context
def print(ctx: click.Context, root: Path, /, folder: Path, whole: bool, **of: str | None) -> None:
    """Print booklets of roles, of pairings and of the whole handbook as PDF into OUT."""
    refuse_place(root, folder)
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as error:
        raise click.ClickException(_INSTALL) from error
    site, made = ctx.invoke(build)
    from ...pages.website import booklets  # of the engine that the build has read anew

    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # it warns of styles for screens
    local = URLFetcher(allowed_protocols=("file", "data"))
    asked = {one for one in (*of.values(), "" if whole else None) if one is not None}
    planned = [*booklets.planned(made.website, made.menu.ways)]
    if unknown := asked - {one["of"] for one in planned}:
        raise click.UsageError(f"There is no booklet of {visible(', '.join(sorted(unknown)))}.")
    for one in (one for one in planned if one["of"] in asked or not asked):
        page = HTML(string=booklets.html(one, made.website, site), base_url=f"{site}/", url_fetcher=local)
        write_bytes(folder, f"{one['name']}.pdf", page.write_pdf(pdf_variant="pdf/ua-1"))
        click.echo(folder / f"{one['name']}.pdf")
