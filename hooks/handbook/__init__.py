"""Reverse-mentoring programs as YAML -> a handbook; the manual in hooks/README.md shows the house."""

from pathlib import Path

__version__ = "0.1.0"

# Templates, playbook, labels, the example, assets: everything of the engine that is no code.
DATA = Path(__file__).resolve().parent / "data"
# Where schemas/ and hooks/mkdocs.yml stand: the top of a repository; in an installed package its data.
TOP = DATA if (DATA / "schemas").is_dir() else DATA.parents[2]
# How a refusal ends that came in time.
NOTHING = "Nothing was written."


class Refusal(Exception):
    """Raised where what was asked for cannot be done: its words say why, and what to do instead."""
