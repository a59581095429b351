"""What a good handbook has, one small function a point; what is lacking is a warning and stops no build."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from ...model import timeline
from ...model.definitions.cohort import Cohort
from ...model.definitions.organisation import SERIOUS, Organisation
from ...model.definitions.program import PARTICIPANTS, Program
from ...model.handbook import Report
from ...text.document import Document, Path
from ...text.problems import Problem, fault
from .. import WORDS


@dataclass(frozen=True)
class Dossier:
    """A program, its cohorts in the order of their start, their files, and the texts beside them by path."""

    organisation: Organisation
    described: Document
    program: Program
    document: Document
    cohorts: Sequence[tuple[Cohort, Document]] = ()
    prose: Mapping[str, str] = field(default_factory=dict)


def goals_have_measures(dossier: Dossier) -> Iterator[Problem]:
    """Every goal says what is counted, and the number to reach."""
    for index, goal in enumerate(dossier.program.goals):
        if goal.measure is None or goal.measure.target is None:
            yield dossier.document.problem("goal-without-measure", ("goals", index))


def a_sponsor_is_named(dossier: Dossier) -> Iterator[Problem]:
    """A senior person stands for the program."""
    if dossier.program.sponsor is None:
        yield dossier.document.problem("no-sponsor", ())


def concerns_have_a_contact(dossier: Dossier) -> Iterator[Problem]:
    """There is somebody to raise a concern with, other than the coordinator."""
    organisation = dossier.organisation
    for index, contact in enumerate(organisation.contacts):
        if contact not in organisation.apart:
            place = ("contacts", index)
            yield dossier.described.problem("no-contact-for-concerns.same", place, purpose=contact.purpose)
    if all(contact.purpose != "concern" for contact in organisation.contacts):
        named = {contact.purpose for contact in organisation.contacts}
        missing = ", ".join(purpose for purpose in SERIOUS if purpose not in named)
        yield dossier.described.problem("no-contact-for-concerns", (), missing=missing)


def the_privacy_notice_is_whole(dossier: Dossier) -> Iterator[Problem]:
    """What participants read of their data is a privacy notice."""
    if unsaid := dossier.organisation.unsaid:
        yield dossier.described.problem("no-privacy-notice", (), keys="`, `".join(unsaid))


def confidentiality_has_limits(dossier: Dossier) -> Iterator[Problem]:
    """The safety page says what stays between the two, and what cannot."""
    if any(item.id == "confidentiality" for item in dossier.program.items["safety"]):
        return
    for document in (dossier.document, dossier.described):
        if "confidentiality" in document.mapping.get("playbook", {}).get("safety", {}).get("omit", ()):
            yield document.problem("no-limits-to-confidentiality.omitted", ("playbook", "safety", "omit"))
            return
    yield dossier.document.problem("no-limits-to-confidentiality", ("playbook", "safety", "take"))


def time_is_agreed(dossier: Dossier) -> Iterator[Problem]:
    """The program says itself how much time people give."""
    if "commitment" not in dossier.document.mapping:
        yield dossier.document.problem("no-time-commitment", ())


def training_comes_first(dossier: Dossier) -> Iterator[Problem]:
    """Mentors and mentees each have a module that is due before the first session."""
    program, days = dossier.program, timeline.key_days(timeline.typical(dossier.program))
    first = days[program.sessions[0].id]
    early = [module for module in program.training if days.get(module.anchor, first) <= first]
    if not all(any(role in module.roles for module in early) for role in PARTICIPANTS):
        yield dossier.document.problem("no-training-before-start", ("training",))


def somebody_asks_at_the_midpoint(dossier: Dossier) -> Iterator[Problem]:
    """A check-in in the middle third of the sessions, or with the midpoint one, asks how it goes."""
    program, days = dossier.program, timeline.key_days(timeline.typical(dossier.program))
    middle = {"midpoint-review", *(session.id for session in program.sessions if session.place == "midpoint")}
    first, last = days[program.sessions[0].id], days[program.sessions[-1].id]
    third = (last - first) / 3
    for check_in in program.check_ins:
        if not {*PARTICIPANTS}.isdisjoint(check_in.roles) and (
            check_in.point.anchor in middle or first + third <= days[check_in.id] <= last - third
        ):
            return
    yield dossier.document.problem("no-midpoint-check-in", ("check_ins",))


def a_form_asks_at_the_end(dossier: Dossier) -> Iterator[Problem]:
    """A form at the end asks what came of it."""
    if not any(form.purpose == "end" and form.url for form in dossier.program.forms):
        yield dossier.document.problem("no-form-at-the-end", ("forms",))


def pairings_rest_on_more_than_one_thing(dossier: Dossier) -> Iterator[Problem]:
    """Pairings are made by two criteria or more: who is good with computers is not enough."""
    if len(dossier.program.criteria) < 2:
        yield dossier.document.problem("single-criterion", ("matching", "criteria"))


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
                    yield document.problem("year-of-another-cohort", path, year=year)


def _years(cohort: Cohort) -> set[int]:
    return {cohort.start.year, *range(cohort.start.year, timeline.last_day(cohort).year + 1)}


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
            if found := _PLACEHOLDER.search(text):
                yield document.problem("placeholder-left", path, text=found[0])
    for file, text in dossier.prose.items():
        for number, line in enumerate(text.splitlines(), 1):
            if found := _PLACEHOLDER.search(line):
                yield fault("placeholder-left", text=found[0]).placed(file, number, found.start() + 1)


_UNREAD = frozenset(WORDS["unread"].split())


def _texts(document: Document) -> Iterator[tuple[Path, str]]:
    """What readers see of a file's texts, each with its place."""
    return ((path, text) for path, text in document.texts() if _UNREAD.isdisjoint(path))


# By the code of the warning; the manual has an entry of that name.
POINTS: Mapping[str, Callable[[Dossier], Iterator[Problem]]] = {
    "goal-without-measure": goals_have_measures,
    "no-sponsor": a_sponsor_is_named,
    "no-contact-for-concerns": concerns_have_a_contact,
    "no-privacy-notice": the_privacy_notice_is_whole,
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
    """Hold a program with its cohorts against POINTS; its score is the number of those that lack nothing."""
    lacking = [tuple(point(dossier)) for point in POINTS.values()]
    return Report(lacking.count(()), len(POINTS), tuple(sorted(set(chain(*lacking)))))
