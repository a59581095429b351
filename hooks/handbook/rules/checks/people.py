"""Rules of people and their pairings, and of whose name may stand in a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from ...model.definitions.cohort import Pairing, Person
from ...text.document import Path
from ...text.problems import Problem
from .files import CohortFile, ProgramFile


# GitHub shows these messages to everyone: people are named by their number in the file, never by their id.
def _person(file: CohortFile, index: int) -> str:
    return f"person {index + 1} (line {file.document.place(('people', index)).line})"


def _positions(file: CohortFile) -> Mapping[str, int]:
    """The index of each person in the file, by id."""
    return {person.id: index for index, person in reversed([*enumerate(file.cohort.people)])}


def people_have_own_ids(file: CohortFile) -> Iterator[Problem]:
    """Every person has an id of their own."""
    seen: dict[str, int] = {}
    for index, person in enumerate(file.cohort.people):
        first = seen.setdefault(person.id, index)
        if first != index:
            message = f"{_person(file, index).capitalize()} has the same id as {_person(file, first)}."
            hint = "Give one of the two another `id`."
            yield file.document.problem("double-id", ("people", index, "id"), message, hint)


def nobody_has_the_number_of_another(file: CohortFile) -> Iterator[Problem]:
    """No two people of one role are called alike where they have no name."""
    seen: dict[tuple[str, int], int] = {}
    for index, person in enumerate(file.cohort.people):
        first = seen.setdefault((person.role, person.number), index)
        if first != index and person.id != file.cohort.people[first].id:
            message = f"{_person(file, index).capitalize()} has the number of {_person(file, first)}."
            path = ("people", index, "number" if "number" in _said(file, index) else "id")
            hint = "Give one of the two another `number`; the numbers of the others stay."
            yield file.document.problem("double-id", path, message, hint)


def _said(file: CohortFile, index: int) -> Mapping[str, object]:
    entry: Mapping[str, object] = file.document.mapping["people"][index]
    return entry


def nobody_is_listed_twice(file: CohortFile) -> Iterator[Problem]:
    """No two people of one role have one name, or they are most likely one person with two ids."""
    people = file.cohort.people
    seen: dict[tuple[str, str], int] = {}
    for index, person in enumerate(people):
        name = " ".join(person.name.casefold().split())
        # Who is a mentor and a mentee has an entry for each.
        first = seen.setdefault((name, person.role), index)
        if name and first != index and person.id != people[first].id:
            message = f"{_person(file, index).capitalize()} has the same name as {_person(file, first)}."
            hint = "Is it one person? Then keep one entry. Are they two? Then write the names apart."
            path = ("people", index, "name")
            yield file.document.problem("same-person-twice", path, message, hint, severity="warning")


def pairings_have_two_roles(file: CohortFile) -> Iterator[Problem]:
    """Every pairing has a mentor as mentor and a mentee as mentee."""
    entries = Counter(person.id for person in file.cohort.people)
    positions = _positions(file)
    for index, pairing in enumerate(file.cohort.pairings):
        for role, person in (("mentor", pairing.mentor), ("mentee", pairing.mentee)):
            known = entries[person.id] > 1 or pairing.mentor is pairing.mentee  # by another rule
            if person.role != role and not known:
                who = _person(file, positions[person.id]).capitalize()
                message = f"{who} signed up as {person.role}, but stands here as {role}."
                hint = (
                    "The mentor is the junior colleague, the mentee the senior. Swap them or change `role`."
                )
                yield file.document.problem("wrong-role", _in_pairing(file, index, role), message, hint)


def nobody_is_paired_with_oneself(file: CohortFile) -> Iterator[Problem]:
    """No pairing has one person on both sides."""
    for index, pairing in enumerate(file.cohort.pairings):
        if pairing.mentor is pairing.mentee:
            message = "The same person stands here as mentor and as mentee."
            path, hint = _in_pairing(file, index, "mentee"), "Write the id of the other person."
            yield file.document.problem("pairing-with-oneself", path, message, hint)


def no_pairing_stands_twice(file: CohortFile) -> Iterator[Problem]:
    """No two people are paired twice at one time."""
    seen: dict[tuple[str, str], int] = {}
    for index, pairing in enumerate(file.cohort.pairings):
        if pairing.closed or pairing.mentor is pairing.mentee:
            continue
        first = seen.setdefault((pairing.mentor.id, pairing.mentee.id), index)
        if first != index:
            line = file.document.place(_in_pairing(file, first)).line
            message = f"These two are paired already, in line {line}."
            yield file.document.problem("double-pairing", _in_pairing(file, index), message, "Keep one.")


def nobody_has_too_many_pairings(file: CohortFile) -> Iterator[Problem]:
    """No person is in more pairings at one time than their `capacity`; those that pause count."""
    partners: dict[str, set[str]] = {}
    positions = _positions(file)
    for index, pairing in enumerate(file.cohort.pairings):
        if pairing.closed or pairing.mentor is pairing.mentee:
            continue
        for role, person, other in _both(pairing):
            met = partners.setdefault(person.id, set())
            more = other.id not in met
            met.add(other.id)
            if more and person.capacity is not None and len(met) == person.capacity + 1:
                who = _person(file, positions[person.id]).capitalize()
                message = f"{who} has a `capacity` of {person.capacity}, and this is one pairing more."
                hint = "Pair somebody else, or ask the person and change `capacity`."
                yield file.document.problem("over-capacity", _in_pairing(file, index, role), message, hint)


def _both(pairing: Pairing) -> tuple[tuple[str, Person, Person], ...]:
    """Each side of a pairing with its role, and the other side."""
    return ("mentor", pairing.mentor, pairing.mentee), ("mentee", pairing.mentee, pairing.mentor)


def no_pairing_ends_twice(file: CohortFile) -> Iterator[Problem]:
    """No pairing is both completed and ended early."""
    for index, pairing in enumerate(file.cohort.pairings):
        if pairing.completed and pairing.ended:
            message = "This pairing is `completed` and `ended`; only one of the two can be."
            hint = "Keep `completed` where it reached its end, `ended` where it stopped early."
            yield file.document.problem("ended-twice", _in_pairing(file, index, "ended"), message, hint)


def _in_pairing(file: CohortFile, index: int, *key: str) -> Path:
    """The path of a pairing in its file; those that name nobody known are not among the cohort's."""
    return ("pairings", file.cohort.pairings[index].number, *key)


def pairings_name_known_goals(file: CohortFile) -> Iterator[Problem]:
    """Every goal and topic of a pairing or a result is one of the program's."""
    program = file.cohort.program
    goals, topics = [goal.id for goal in program.goals], [topic.id for topic in program.topics]
    named: list[tuple[Path, str, list[str]]] = []
    for index, pairing in enumerate(file.cohort.pairings):
        path = _in_pairing(file, index)
        named += [((*path, "goals", at), goal, goals) for at, goal in enumerate(pairing.goals)]
        named += [((*path, "topics", at), topic, topics) for at, topic in enumerate(pairing.topics)]
    for index, person in enumerate(file.cohort.people):
        named += [(("people", index, "topics", at), topic, topics) for at, topic in enumerate(person.topics)]
    if file.cohort.results:
        named += [(("results", "measures", goal), goal, goals) for goal in file.cohort.results.measures]
    for path, identifier, names in named:
        if identifier not in names:
            yield file.document.unknown(path, identifier, names, f"This program has no `{identifier}`.")


def names_have_consent(file: CohortFile) -> Iterator[Problem]:
    """In a public repository every name has its owner's consent."""
    if file.organisation is None or file.organisation.repository == "private":
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
