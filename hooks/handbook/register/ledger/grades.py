"""Grades as people answer them -> where they stand on a scale that is known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ...rules.privacy.spellings import normal_form

FAR = "\0"  # the grade of somebody made up, who is far enough from everyone that has one
_NUMBER = re.compile(r"(?<!\d)(\d{1,6})(?:[.,]0+)?(?!\d)")  # a spreadsheet may have put `,0` behind it


class Grade(NamedTuple):
    """A place on a scale: a larger rank is more senior, and two scales are never compared."""

    scale: str
    rank: int


def graded(answers: Iterable[str], order: Sequence[str] = ()) -> Mapping[str, Grade]:
    """The grades of those answers that stand on a scale, by the answer.

    Args:
        answers: grades as they were answered.
        order: the words of organisation.yml, from junior to senior. Where there are any, they are the one
            scale; else answers that hold one number each and the same words beside it are one.
    """
    given = [answer for answer in dict.fromkeys(answers) if answer.strip()]
    if order:
        places = {normal_form(word): rank for rank, word in reversed([*enumerate(order)])}
        ranks = ((answer, places.get(normal_form(answer))) for answer in given)
        return {answer: Grade("", rank) for answer, rank in ranks if rank is not None}
    numbers = {answer: _NUMBER.findall(answer) for answer in given}
    single = (answer for answer in given if len(numbers[answer]) == 1)
    scales = {answer: normal_form(_NUMBER.sub(" ", answer)) for answer in single}
    worded = {scale for scale in scales.values() if scale}
    # 6 beside Band 6 is the same; beside Grade 6 and Band 6 nobody knows which of the two.
    bare = next(iter(worded)) if len(worded) == 1 else ""
    return {answer: Grade(scale or bare, int(numbers[answer][0])) for answer, scale in scales.items()}
