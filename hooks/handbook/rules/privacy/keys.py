"""Keys that ask for what no file of a handbook may hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...text.problems import Fault
from .. import WORDS, fault

_CODES: dict[str, str] = {word: code for code, words in WORDS["refused"].items() for word in words.split()}


def refused(path: Sequence[str | int]) -> Fault | None:
    """Say why a key may not stand at its place, whatever its value; None for all others.

    Args:
        path: keys and indexes, the key itself last. What a word means follows from where it stands: a reason
            is one for leaving only in a pairing, and a contact has an address.
    """
    key = str(path[-1])
    code = _CODES.get(re.sub(r"[\s_-]+", "-", key.strip().lower()), "")
    around = path[:-1]
    elsewhere = (code == "reason-for-leaving" and "pairings" not in around) or (
        code == "personal-address" and ("contacts" in around or "columns" in around)
    )
    return fault(code, word=key) if code and not elsewhere else None
