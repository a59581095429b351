"""What a program.yml remembers of sheets under `sign_up`, so that nobody is asked twice."""

from __future__ import annotations

from collections.abc import Mapping

from ...rules.privacy.spellings import normal_form
from ...text.document import Document, read
from ...text.signs import masked
from .rows import Meanings

# What several people answered in the same words stands in the form; what one did may be in own words.
_MOST_WORDS, _MOST_SIGNS = 8, 60
_TERMS = ("topics", "goals")

Columns = Mapping[str, str]  # what columns hold, by their titles


def remembered(path: str, content: bytes) -> tuple[Columns, Meanings]:
    """What a program.yml says of columns, and of answers.

    Of consent it can say no more than `nobody`: whose name is shown is not decided by a file for whatever
    form comes next.
    """
    document = read(path, content)
    sign_up = document.mapping.get("sign_up", {}) if isinstance(document, Document) else {}
    columns = {str(title): str(field) for title, field in sign_up.get("columns", {}).items()}
    meanings = {
        (field, normal_form(str(answer))): str(meaning)
        for field, answers in sign_up.get("answers", {}).items()
        for answer, meaning in answers.items()
        if field != "consent" or meaning == "nobody"
    }
    return columns, meanings


def harmless(columns: Columns) -> Columns:
    """Those without an address or number in the title: everyone may read a program.yml."""
    return {title: field for title, field in columns.items() if masked(title) == title}


def can_be_kept(field: str, answer: str, meaning: str, rows: int) -> bool:
    """Whether a file that everyone may read can hold an answer that was given in so many rows."""
    words = answer.split()
    several = rows > 1 and len(words) <= _MOST_WORDS and len(answer) <= _MOST_SIGNS
    alone = len(words) <= (3 if field in _TERMS else 1) and len(answer) <= _MOST_SIGNS
    looks = field in (*_TERMS, "timezone") or rows > 2 or not any(word[0].isupper() for word in words[1:])
    widens = field == "consent" and meaning != "nobody"
    return (several or alone) and looks and masked(answer) == answer and not widens
