"""What to do next, as commands that work as pasted."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

import click


def say_next(done: str, then: str, line: str) -> None:
    """Print what is done, and the command that comes next."""
    click.echo(f"\n{done}\n{then}\n  {line}")


def is_here(root: Path) -> bool:
    """Whether a person stands in the folder of the handbook."""
    return root.resolve() == Path.cwd()


def here(root: Path, *words: str) -> str:
    """A command for this handbook."""
    return command(*words) if is_here(root) else command("-C", str(root), *words)


def command(*words: str) -> str:
    """A command: from .venv, or else as this one was called."""
    ready = Path(".venv", "Scripts" if os.name == "nt" else "bin", "handbook")
    called = Path(sys.argv[0])
    if ready.exists() or ready.with_suffix(".exe").exists():
        start = str(ready)
    elif called.stem == "handbook":
        start = shlex.quote(str(called))
    else:
        start = f"{shlex.quote(sys.executable)} -m handbook.cli"
    return " ".join([start, *map(shlex.quote, words)])
