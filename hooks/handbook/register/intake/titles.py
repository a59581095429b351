"""The title of a column -> what its cells hold, in every language that data/forms/ knows."""

from __future__ import annotations

import difflib
import json
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from itertools import islice

from ...rules.privacy import refused
from ...text.document import Document, read
from ...text.signs import masked, visible
from ..ledger.spelling import normal_form, words_of
from .vocabulary import last_names, titles, words

_ENOUGH_ANSWERS = 0.5
_ENOUGH_WORDS = 0.5
_NEAR = 0.75
_LOOKED_AT = 500
_MOST_SIGNS = 60

# These are words of a title as often as they ask for something.
_ONLY_ALONE = frozenset({"health", "race", "faith", "union membership", "marriage", "maternity", "belief"})


def field_of(title: str) -> str:
    """What a column of this title holds; LEAVE_OUT for what a form tool adds, empty where nobody knows."""
    form = normal_form(title)
    if form.split(" ")[0] in words("yes-or-no") and form not in _whole():
        return ""  # “Are you a manager?” asks for no manager
    return _fields().get(_core(title), "")


def is_last_name(title: str) -> bool:
    """Whether a column holds the second part of a name."""
    return _core(title) in {_core(known) for known in last_names()}


def nearest(title: str) -> str:
    """What a column of this title may hold: half of the words are those of a title that is known."""
    core = _core(title)[:_MOST_SIGNS]
    asked = set(core.split())
    alike = {key: len(asked & set(key.split())) / len(asked | set(key.split())) for key in _fields()}
    best = max(alike, key=lambda key: (alike[key], -len(key)))
    spelt = difflib.get_close_matches(core, _fields(), n=1, cutoff=_NEAR)
    field = _fields().get(best if alike[best] >= _ENOUGH_WORDS else next(iter(spelt), ""), "")
    # Who somebody wants to be paired with is asked in nearly the same words.
    wish = field == "not-with" and words_of(title) & words("title-pair") and not refuses(title)
    return "" if wish else field


def refuses(title: str) -> bool:
    """Whether a title speaks of people that somebody is not to be paired with."""
    asked = words_of(title.replace("'", "").replace("\u2019", ""))
    with_somebody = asked & words("title-with") and asked & words("title-anyone")
    return bool(asked & words("title-not") and (asked & words("title-pair") or with_somebody))


def is_protected(title: str, answers: Iterable[str]) -> bool:
    """Whether a column asks for what a person is: by its title, or by what most people answered."""
    form = normal_form(title)
    parts = form.split()
    spans = {" ".join(parts[start : start + size]) for start in range(len(parts)) for size in (1, 2, 3)}
    if any(_is_protected_word(span) for span in spans if span == form or span not in _ONLY_ALONE):
        return True
    given = {normal_form(answer) for answer in islice(answers, _LOOKED_AT) if len(answer) < _MOST_SIGNS}
    telling = sum(answer in words("protected-answers") or _is_protected_word(answer) for answer in given)
    return bool(telling) and telling >= len(given) * _ENOUGH_ANSWERS


def _is_protected_word(form: str) -> bool:
    refusal = refused(("columns", form))
    return bool(refusal and refusal.code == "protected-characteristic") or form in words("protected")


@cache
def _fields() -> Mapping[str, str]:
    return {_core(title): field for title, field in titles()}


@cache
def _whole() -> Collection[str]:
    return frozenset(normal_form(title) for title, _ in titles())


def _core(title: str) -> str:
    """The words of a title that say what it asks for; what stands in brackets only explains."""
    before = title.split("(")[0] if title.split("(")[0].strip() else title
    form = normal_form(before)
    return " ".join(word for word in form.split() if word not in words("filling")) or form


# --- what a program.yml remembers of columns, so that nobody is asked twice ---


def remembered(path: str, content: bytes) -> dict[str, str]:
    """What columns hold, by their titles, as a program.yml says under `sign_up: columns:`."""
    document = read(path, content)
    mapping = document.mapping if isinstance(document, Document) else {}
    columns = mapping.get("sign_up", {}).get("columns", {})
    return {str(title): str(field) for title, field in columns.items()}


def harmless(columns: Mapping[str, str]) -> dict[str, str]:
    """Those without an address or number in the title: everyone may read a program.yml."""
    return {title: field for title, field in columns.items() if masked(title) == title}


def as_lines(columns: Mapping[str, str]) -> str:
    """Lines to paste into a program.yml; where nobody knows what a column holds, a comment asks."""
    lines = ["sign_up:", "  columns:"]
    for title, field in columns.items():
        key = json.dumps(visible(title), ensure_ascii=False)
        lines.append(f"    {key}: {field}" if field else f"    # {key}: what does it hold?")
    return "\n".join(lines)
