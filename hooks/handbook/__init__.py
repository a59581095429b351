"""Reverse-mentoring programs as YAML -> a handbook; the manual in hooks/README.md shows the house."""

from pathlib import Path

# Templates, playbook, labels, the example, assets: everything of the engine that is no code.
DATA = Path(__file__).resolve().parent / "data"
