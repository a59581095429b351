"""What a good handbook has: POINTS, one small function a point; what is lacking is a warning with a remedy.

None of this stops a build. The score of a program is the number of points that lack nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ...model import timeline
from ...model.definitions.cohort import Cohort
from ...model.definitions.organisation import Organisation
from ...model.definitions.program import PARTICIPANTS, Program
from ...model.handbook import Report
from ...text.document import Document, Path
from ...text.problems import Problem


@dataclass(frozen=True)
class Dossier:
    """A program with its cohorts, and the files that they were read from.

    Attributes:
        cohorts: each with its file, in the order of their start.
        prose: the long texts beside the program's file, by their path.
    """

    organisation: Organisation
    described: Document
    program: Program
    document: Document
    cohorts: Sequence[tuple[Cohort, Document]] = ()
    prose: Mapping[str, str] = field(default_factory=dict)


def _lack(document: Document, path: Path, message: str, hint: str) -> Problem:
    """Something that is lacking; the table below knows its code."""
    return document.problem("", path, message, hint, severity="warning")


def goals_have_measures(dossier: Dossier) -> Iterator[Problem]:
    """Every goal says what is counted, and the number to reach."""
    for index, goal in enumerate(dossier.program.goals):
        if goal.measure is None or goal.measure.target is None:
            message = "Nobody can tell whether this goal is reached: it has no measure with a target."
            hint = (
                'Add, for example, `measure: {what: Directors who …, unit: "%", baseline: 20, target: 80}`.'
            )
            yield _lack(dossier.document, ("goals", index), message, hint)


def a_sponsor_is_named(dossier: Dossier) -> Iterator[Problem]:
    """A senior person stands for the program."""
    if dossier.program.sponsor is None:
        message = "No sponsor is named. Programs without one rarely keep their time and their people."
        hint = "Add `sponsor: {title: Chief operating officer}`; a name needs their consent."
        yield _lack(dossier.document, (), message, hint)


def concerns_have_a_contact(dossier: Dossier) -> Iterator[Problem]:
    """There is somebody to raise a concern with, other than the coordinator."""
    if not any(contact.purpose == "concern" for contact in dossier.organisation.contacts):
        message = "Nobody is named for concerns; pages lead to the coordinator instead."
        hint = "Add under `contacts`: `- {purpose: concern, label: Speak-up page, address: https://…}`."
        yield _lack(dossier.described, (), message, hint)


def confidentiality_has_limits(dossier: Dossier) -> Iterator[Problem]:
    """The safety page says what stays between the two, and what cannot."""
    if any(item.id == "confidentiality" for item in dossier.program.items["safety"]):
        return
    message = "The safety page says nothing about confidentiality and its limits."
    for document in (dossier.document, dossier.described):
        omitted = document.mapping.get("playbook", {}).get("safety", {}).get("omit", ())
        if "confidentiality" in omitted:
            hint = "Take `confidentiality` out of `omit`, or write your own under that id."
            yield _lack(document, ("playbook", "safety", "omit"), message, hint)
            return
    hint = "Add `confidentiality` to `take`, or write your own under that id."
    yield _lack(dossier.document, ("playbook", "safety", "take"), message, hint)


def time_is_agreed(dossier: Dossier) -> Iterator[Problem]:
    """The program says itself how much time people give."""
    if "commitment" not in dossier.document.mapping:
        time = dossier.program.commitment
        message = "The time that people give is the playbook's guess, not your decision."
        said = f"sessions: {time.sessions}, minutes: {time.minutes}, every_weeks: {time.every_weeks}"
        yield _lack(dossier.document, (), message, f"Add `commitment: {{{said}}}`.")


def training_comes_first(dossier: Dossier) -> Iterator[Problem]:
    """Mentors and mentees each have a module that is due before the first session."""
    program, days = dossier.program, timeline.typical_days(dossier.program)
    first = days[program.sessions[0].id]
    early = [module for module in program.training if days.get(module.anchor, first) <= first]
    if not all(any(role in module.roles for module in early) for role in PARTICIPANTS):
        message = "Mentors or mentees have no training that is due before the first session."
        hint = "Let a module say `before: first-meeting`, or take `what-it-is` and `boundaries` back."
        yield _lack(dossier.document, ("training",), message, hint)


def somebody_asks_at_the_midpoint(dossier: Dossier) -> Iterator[Problem]:
    """A check-in in the middle third of the sessions, or with the midpoint one, asks how it goes."""
    program, days = dossier.program, timeline.typical_days(dossier.program)
    middle = {"midpoint-review", *(session.id for session in program.sessions if session.place == "midpoint")}
    first, last = days[program.sessions[0].id], days[program.sessions[-1].id]
    third = (last - first) / 3
    asking = [check_in for check_in in program.check_ins if set(check_in.roles) & set(PARTICIPANTS)]
    timely = (
        check_in.point.anchor in middle or first + third <= days[check_in.id] <= last - third
        for check_in in asking
    )
    if not any(timely):
        message = (
            "No check-in in the middle asks mentors or mentees how it goes, while things can still change."
        )
        hint = "Add under `check_ins`: `midpoint`, or one of your own with `with: midpoint-review`."
        yield _lack(dossier.document, ("check_ins",), message, hint)


def a_form_asks_at_the_end(dossier: Dossier) -> Iterator[Problem]:
    """A form at the end asks what came of it."""
    if not any(form.purpose == "end" and form.url for form in dossier.program.forms):
        message = "No form with a link asks at the end what came of it."
        hint = 'Add under `forms`: `{id: end-survey, url: "https://…"}`, and `the-rest`.'
        yield _lack(dossier.document, ("forms",), message, hint)


def pairings_rest_on_more_than_one_thing(dossier: Dossier) -> Iterator[Problem]:
    """Pairings are made by two criteria or more: who is good with computers is not enough."""
    if len(dossier.program.criteria) < 2:
        message = "Pairings rest on a single criterion. Two people need more in common than one thing."
        hint = "Add another under `matching: criteria`, such as `{by: working-style, weight: 1}`."
        yield _lack(dossier.document, ("matching", "criteria"), message, hint)


_YEAR = re.compile(r"(?<![\d/.-])20\d\d(?![\d/-]|\.\d)")
_NEAR = 3


def years_are_the_cohorts(dossier: Dossier) -> Iterator[Problem]:
    """No text names a year near a cohort's that is none of its own: it was left over."""
    signing_up = {timeline.sign_up(cohort)[0].year for cohort, _ in dossier.cohorts}
    every = signing_up.union(*(_years(cohort) for cohort, _ in dossier.cohorts))
    named = [(dossier.document, every)] if every else []
    named += [(document, _years(cohort)) for cohort, document in dossier.cohorts]
    for document, years in named:
        for path, text in _texts(document):
            own = years if path == ("title",) else years | signing_up
            for year in map(int, _YEAR.findall(text)):
                if year not in own and min(abs(year - other) for other in own) <= _NEAR:
                    message = f"{year} stands in this text, but nothing here happens in that year."
                    hint = "Change it, or leave years out: the handbook shows each date by itself."
                    yield _lack(document, path, message, hint)


def _years(cohort: Cohort) -> set[int]:
    return set(range(cohort.start.year, timeline.last_day(cohort).year + 1))


_PLACEHOLDER = re.compile(
    r"\b(TODO|TBC|TBD|FIXME|XXX+)\b|lorem ipsum"
    r"|[\[<{](your|insert|name|date|link|add)\b[^\[\]<>{}]{0,80}[\]>}](?!\()"
    r"|\{\{|\{%|\byour-(form|organisation|handbook|page)\b|\bexample\.(com|org|net)\b",
    re.IGNORECASE,
)


def nothing_is_left_to_fill_in(dossier: Dossier) -> Iterator[Problem]:
    """No text holds a placeholder that somebody meant to replace."""
    for document in (dossier.described, dossier.document, *(document for _, document in dossier.cohorts)):
        for path, text in _texts(document):
            found = _PLACEHOLDER.search(text)
            if found:
                message = f"“{found[0]}” looks like a placeholder that was left in."
                yield _lack(document, path, message, _REPLACE)
    for file, text in dossier.prose.items():
        for number, line in enumerate(text.splitlines(), 1):
            if found := _PLACEHOLDER.search(line):
                message = f"“{found[0]}” looks like a placeholder that was left in."
                yield Problem(file, number, found.start() + 1, "", message, _REPLACE, severity="warning")


_REPLACE = "Replace it, or delete the line."


# What no reader sees, or what is a day anyway.
_NO_TEXT = frozenset(
    {"id", "start", "end", "reviewed", "opens", "closes", "dates", "confirmed", "announce", "file"}
)


def _texts(document: Document) -> Iterator[tuple[Path, str]]:
    """What readers see of a file's texts, each with its place."""
    return ((path, text) for path, text in document.texts() if _NO_TEXT.isdisjoint(path))


# By the code of the warning; the manual has an entry of that name.
POINTS: Mapping[str, Callable[[Dossier], Iterator[Problem]]] = {
    "goal-without-measure": goals_have_measures,
    "no-sponsor": a_sponsor_is_named,
    "no-contact-for-concerns": concerns_have_a_contact,
    "no-limits-to-confidentiality": confidentiality_has_limits,
    "no-time-commitment": time_is_agreed,
    "no-training-before-start": training_comes_first,
    "no-midpoint-check-in": somebody_asks_at_the_midpoint,
    "no-form-at-the-end": a_form_asks_at_the_end,
    "single-criterion": pairings_rest_on_more_than_one_thing,
    "year-of-another-cohort": years_are_the_cohorts,
    "placeholder-left": nothing_is_left_to_fill_in,
}
CODES = frozenset(POINTS)


def report(dossier: Dossier) -> Report:
    """Hold a program with its cohorts against POINTS."""
    lacking = {code: tuple(point(dossier)) for code, point in POINTS.items()}
    problems = {replace(problem, code=code) for code, lacks in lacking.items() for problem in lacks}
    return Report(sum(not lacks for lacks in lacking.values()), len(POINTS), tuple(sorted(problems)))
