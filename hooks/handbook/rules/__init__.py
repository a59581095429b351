"""What a definition must keep to: its schema, checks, privacy; the words that they look for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from .. import DATA
from ..text.wordings import wordings


def _listed(name: str) -> Mapping[str, Any]:
    return {**yaml.load((DATA / name).read_text("utf-8"), Loader=yaml.CSafeLoader)}


WORDS, LINKS = _listed("problems/words.yml"), _listed("problems/links.yml")
PHRASES: Mapping[str, str] = wordings()["phrases"]
