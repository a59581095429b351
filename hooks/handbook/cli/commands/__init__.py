"""One module a verb. It is imported when its command is called: the help of the whole needs none of them."""

from __future__ import annotations

from importlib import import_module

import click

# The first sentence of each command's help.
SUMMARIES = {
    "announce": "Print a text, ready to send, about the pairings of PROGRAM's COHORT.",
    "build": "Build the site into site/.",
    "check": "Look for mistakes in programs/, mkdocs.yml and docs/templates/.",
    "confirm": "Note that MENTOR, MENTEE or both said yes to being paired, or no.",
    "due": "Say what there is to do now, for PROGRAM's COHORT or for all in which anything is left.",
    "export": "Write every page as plain Markdown into DIR.",
    "forget": "Take a person out of all programmes, cohorts and sign-ups.",
    "import": "Read what people answered in forms.",
    "mark": "Write into the cohort's file that the pairing of MENTOR and MENTEE rests, goes on, is done or"
    " ended.",
    "new": "Start a programme, a cohort, a handbook.",
    "pair": "Propose pairings for PROGRAM's COHORT from its sign-ups.",
}


def command(name: str) -> click.Command:
    """Import a command; `import` is no name that a module can have."""
    module = name.replace("import", "imports")
    loaded: click.Command = getattr(import_module(f".{module}", __name__), module)
    return loaded
