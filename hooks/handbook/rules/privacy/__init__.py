"""What belongs to a person and in no file: addresses, telephone numbers, names without consent, sign-ups."""

from .addresses import contacts_are_shared, in_document, in_prose
from .keys import columns_are_harmless, refused, sign_ups_in_git
from .names import Names

__all__ = [
    "Names", "columns_are_harmless", "contacts_are_shared", "in_document", "in_prose", "refused",
    "sign_ups_in_git",
]  # fmt: skip
