"""Rules of people and their pairings, and of whose name may stand in a file."""

from __future__ import annotations

from collections.abc import Iterator

from ..document import Path
from ..problems import Problem, did_you_mean, known
from .files import CohortFile, ProgramFile


# GitHub shows these messages to everyone: people are named by their number in the file, never by their id.
def _person(file: CohortFile, index: int) -> str:
    return f"person {index + 1} (line {file.document.place(('people', index)).line})"


def people_have_own_ids(file: CohortFile) -> Iterator[Problem]:
    """Every person has an id of their own."""
    seen: dict[str, int] = {}
    for index, person in enumerate(file.cohort.people):
        first = seen.setdefault(person.id, index)
        if first != index:
            message = f"{_person(file, index).capitalize()} has the same id as {_person(file, first)}."
            yield file.document.problem(
                "double-id", ("people", index, "id"), message, "Give one another `id`."
            )


def pairings_have_two_roles(file: CohortFile) -> Iterator[Problem]:
    """Every pairing has a mentor as mentor and a mentee as mentee."""
    at = {person.id: index for index, person in enumerate(file.cohort.people)}
    for index, pairing in enumerate(file.cohort.pairings):
        for role, person in (("mentor", pairing.mentor), ("mentee", pairing.mentee)):
            if person.role != role:
                who = _person(file, at[person.id]).capitalize()
                message = f"{who} signed up as {person.role}, but stands here as {role}."
                hint = (
                    "The mentor is the junior colleague, the mentee the senior. Swap them or change `role`."
                )
                yield file.document.problem("wrong-role", ("pairings", index, role), message, hint)


def pairings_name_known_goals(file: CohortFile) -> Iterator[Problem]:
    """Every goal and topic of a pairing or a result is one of the program's."""
    program = file.cohort.program
    goals, topics = [goal.id for goal in program.goals], [topic.id for topic in program.topics]
    named: list[tuple[Path, str, list[str]]] = []
    for index, pairing in enumerate(file.cohort.pairings):
        named += [(("pairings", index, "goals", at), goal, goals) for at, goal in enumerate(pairing.goals)]
        named += [
            (("pairings", index, "topics", at), topic, topics) for at, topic in enumerate(pairing.topics)
        ]
    for index, person in enumerate(file.cohort.people):
        named += [(("people", index, "topics", at), topic, topics) for at, topic in enumerate(person.topics)]
    if file.cohort.results:
        named += [(("results", "measures", goal), goal, goals) for goal in file.cohort.results.measures]
    for path, identifier, names in named:
        if identifier not in names:
            hint = did_you_mean(identifier, names) + known(names)
            message = f"This program has no `{identifier}`."
            yield file.document.problem("unknown-id", path, message, hint)


def names_have_consent(file: CohortFile) -> Iterator[Problem]:
    """In a public repository every name has its owner's consent."""
    if file.organisation.repository == "private":
        return
    for index, person in enumerate(file.cohort.people):
        if person.name and person.consent != "public":
            message = f"{_person(file, index).capitalize()} {_NO_CONSENT}"
            yield file.document.problem("name-without-consent", ("people", index, "name"), message, _ASK)


_NO_CONSENT = "has a name here, but no consent to make it public; this repository is public."
_ASK = (
    "Ask the person and write `consent: public`, or delete `name`. "
    "Git history keeps what was already committed."
)


def sponsor_has_consent(file: ProgramFile) -> Iterator[Problem]:
    """No sponsor's name without a consent: in a public repository all can read it."""
    sponsor, path = file.program.sponsor, ("sponsor", "name")
    if not (sponsor and sponsor.name and file.organisation) or sponsor.consent == "public":
        return
    if file.organisation.repository == "public":
        yield file.document.problem("name-without-consent", path, f"The sponsor {_NO_CONSENT}", _ASK)
    elif sponsor.consent == "nobody":
        message = "The sponsor's name is shown to nobody, since there is no consent."
        hint = "Ask, then add `consent: public`."
        yield file.document.problem("name-without-consent", path, message, hint, severity="warning")
