"""What belongs to a person and in no file: addresses, telephone numbers, names without consent, sign-ups."""

from .links import links_in_document, links_in_prose
from .lists import is_closed, is_list
from .names import Names
from .private import (
    Keeping,
    columns_are_harmless,
    contacts_are_shared,
    in_document,
    in_names_of_files,
    in_prose,
    in_the_open,
    refused,
    sign_ups_in_git,
)  # fmt: skip

__all__ = [
    "Keeping", "Names", "columns_are_harmless", "contacts_are_shared", "in_document", "in_names_of_files",
    "in_prose", "in_the_open", "is_closed", "is_list", "links_in_document", "links_in_prose", "refused",
    "sign_ups_in_git",
]  # fmt: skip
