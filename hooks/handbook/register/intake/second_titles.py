"""A second row of titles, as some form tools export it: what the several columns of one question hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest

from ..ledger.spelling import normal_form, one_line
from .vocabulary import second_titles

Cells = Sequence[str]


def is_second(titles: Cells, row: Cells) -> bool:
    """Whether the row below the titles belongs to them.

    In what the tool adds to each answer nothing stands there, and somewhere stands a mark of such a row.
    """
    forms = [normal_form(title) for title in titles]
    for added, marks in second_titles():
        below = [cell for form, cell in zip(forms, row, strict=False) if form in added]
        if below and not any(map(str.strip, below)) and marks & set(map(normal_form, row)):
            return True
    return False


def joined(
    titles: Cells, second: Cells, rows: Sequence[Cells], known: Callable[[str], bool]
) -> tuple[list[str], list[list[str]]]:
    """Make one row of titles of two; as many columns as before, so that their letters stay.

    A column without a title of its own goes on with the question to its left. Where it holds a choice, its
    answers go there; where it is called what a column of a sheet may be called, it has that title.

    Args:
        titles: the first row.
        second: the row below it.
        rows: the answers.
        known: whether a text is the title of a column.

    Returns:
        The titles, and the answers of each row.
    """
    width = max(map(len, (titles, second)))
    answers = [[*row, *[""] * (width - len(row))] for row in rows]
    names: list[str] = []
    question = 0
    for index, (title, label) in enumerate(
        zip_longest(map(one_line, titles), map(one_line, second), fillvalue="")
    ):
        question = index if title else question
        field = bool(label) and known(label) and any(row[index].strip() not in ("", label) for row in answers)
        names.append(label if field and not (title and known(title)) else title)
        if not names[index] and label:
            for row in answers:
                row[question] = "; ".join(filter(None, (row[question].strip(), row[index].strip())))
                row[index] = ""
    return names, answers
