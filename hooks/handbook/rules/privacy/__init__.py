"""What belongs to a person and in no file: addresses, telephone numbers, names without consent, sign-ups."""

from .names import Names
from .private import (
    columns_are_harmless,
    contacts_are_shared,
    in_document,
    in_prose,
    refused,
    sign_ups_in_git,
)  # fmt: skip

__all__ = [
    "Names", "columns_are_harmless", "contacts_are_shared", "in_document", "in_prose", "refused",
    "sign_ups_in_git",
]  # fmt: skip
