"""Keys that ask for what no file of a handbook may hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ...text.problems import Fault

HISTORY = "Git history keeps what was already committed: see SECURITY.md."


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
    if not code or elsewhere:
        return None
    message, instead = _SAID[code]
    return Fault(code, message.format(key=key), f"{instead} {HISTORY}")


_SAID: Mapping[str, tuple[str, str]] = {
    "protected-characteristic": (
        "`{key}` says what a person is, and is protected by law in many countries.",
        "Delete it. Nobody is paired or listed by it; people tell each other what they want to.",
    ),
    "reason-for-leaving": (
        "`{key}` would tell why somebody left, and everyone can read the site.",
        "Delete it. Write the day alone: `ended: 2027-05-02`.",
    ),
    "personal-address": (
        "`{key}` would hold somebody's address or number.",
        "Delete it; it stays with the sign-ups. Shared mailboxes stand under `contacts` in organisation.yml.",
    ),
}
_WORDS: Mapping[str, str] = {
    "protected-characteristic": """
        age age-group belief birth-date birthday caste civil-status date-of-birth disabilities disability dob
        ethnic-group ethnic-origin ethnicity faith gender gender-identity gender-reassignment health
        health-condition marital-status marriage maternity national-origin nationality parenthood
        political-opinion pregnancy pregnant pronouns race racial-origin religion sex sexual-orientation
        sexuality skin-colour trade-union union-membership""",
    "reason-for-leaving": """
        because end-reason ended-because ended-reason exit-reason left-because reason reason-ended
        reason-for-ending reason-for-leaving reasons why-ended why-left""",
    "personal-address": """
        e-mail e-mail-address email email-address home-address mail mobile mobile-number mobile-phone
        personal-email phone-number private-email tel telephone work-email""",
}
_CODES = {word: code for code, words in _WORDS.items() for word in words.split()}
