"""Rules of people and their pairings, and of whose name may stand in a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...model.definitions.cohort import Cohort, Pairing, Person
from ...model.definitions.program import PARTICIPANTS
from ...text.document import Path
from ...text.problems import Problem
from .files import CohortFile, ProgramFile, doubles

# No more than how somebody is called: Mentor 1 of any cohort is called so.
_CALLED = {"id", "role", "number", "consent"}


# GitHub shows these messages to everyone: people are named by their number in the file, never by their id.
def _person(file: CohortFile, index: int) -> str:
    return f"person {index + 1} (line {file.document.place(('people', index)).line})"


def _who(file: CohortFile, person: Person) -> str:
    """A person at the beginning of a sentence: by their first entry in the file."""
    index = next(index for index, known in enumerate(file.cohort.people) if known.id == person.id)
    return _person(file, index).capitalize()


def _alike(file: CohortFile, key: str, index: int, first: int, part: str) -> Problem:
    """Say that a person has the same as another."""
    who, other = _person(file, index).capitalize(), _person(file, first)
    return file.problem(key, ("people", index, part), who=who, other=other)


def people_have_own_ids(file: CohortFile) -> Iterator[Problem]:
    """Every person has an id of their own."""
    for index, first in doubles(person.id for person in file.cohort.people):
        yield _alike(file, "double-id.people", index, first, "id")


def nobody_has_the_number_of_another(file: CohortFile) -> Iterator[Problem]:
    """No two people of one role are called alike where they have no name."""
    people = file.cohort.people
    for index, first in doubles((person.role, person.number) for person in people):
        if people[index].id != people[first].id:
            part = "number" if "number" in file.document.mapping["people"][index] else "id"
            yield _alike(file, "double-id.numbers", index, first, part)


def nobody_is_listed_twice(file: CohortFile) -> Iterator[Problem]:
    """No two people of one role have one name, or they are most likely one person with two ids."""
    people = file.cohort.people
    names = [" ".join(person.name.casefold().split()) for person in people]
    # Who is a mentor and a mentee has an entry for each.
    keys = ((name, person.role) if name else None for name, person in zip(names, people, strict=True))
    for index, first in doubles(keys):
        if people[index].id != people[first].id:
            yield _alike(file, "same-person-twice", index, first, "name")


def pairings_have_two_roles(file: CohortFile) -> Iterator[Problem]:
    """Every pairing has a mentor as mentor and a mentee as mentee."""
    entries = Counter(person.id for person in file.cohort.people)
    for pairing in file.cohort.pairings:
        for role, person, other in _sides(pairing):
            known = entries[person.id] > 1 or person is other  # by another rule
            if person.role != role and not known:
                path, who = _in_pairing(pairing, role), _who(file, person)
                yield file.problem("wrong-role", path, who=who, own=person.role, role=role)


def _sides(pairing: Pairing) -> tuple[tuple[str, Person, Person], ...]:
    """Each side of a pairing with its role, and the other side."""
    return ("mentor", pairing.mentor, pairing.mentee), ("mentee", pairing.mentee, pairing.mentor)


def _in_pairing(pairing: Pairing, *key: str) -> Path:
    """The path of a pairing in its file; those that name nobody known are not among the cohort's."""
    return ("pairings", pairing.number, *key)


def nobody_is_paired_with_oneself(file: CohortFile) -> Iterator[Problem]:
    """No pairing has one person on both sides."""
    for pairing in file.cohort.pairings:
        if pairing.mentor is pairing.mentee:
            yield file.problem("pairing-with-oneself", _in_pairing(pairing, "mentee"))


def _open_pairings(file: CohortFile) -> list[Pairing]:
    """The pairings of two people that go on or will."""
    pairings = file.cohort.pairings
    return [pairing for pairing in pairings if not pairing.closed and pairing.mentor is not pairing.mentee]


def no_pairing_stands_twice(file: CohortFile) -> Iterator[Problem]:
    """No two people are paired twice at one time."""
    pairings = _open_pairings(file)
    for index, first in doubles((pairing.mentor.id, pairing.mentee.id) for pairing in pairings):
        line = file.document.place(_in_pairing(pairings[first])).line
        yield file.problem("double-pairing", _in_pairing(pairings[index]), line=line)


def nobody_has_too_many_pairings(file: CohortFile) -> Iterator[Problem]:
    """No person is in more pairings at one time than their `capacity`; those that pause count."""
    partners: dict[str, set[str]] = {}
    for pairing in _open_pairings(file):
        for role, person, other in _sides(pairing):
            met = partners.setdefault(person.id, set())
            more = other.id not in met
            met.add(other.id)
            if more and person.capacity is not None and len(met) == person.capacity + 1:
                path, who = _in_pairing(pairing, role), _who(file, person)
                yield file.problem("over-capacity", path, who=who)


def no_pairing_ends_twice(file: CohortFile) -> Iterator[Problem]:
    """No pairing is both completed and ended early."""
    for pairing in file.cohort.pairings:
        if pairing.completed and pairing.ended:
            yield file.problem("ended-twice", _in_pairing(pairing, "ended"))


def nothing_is_of_an_earlier_cohort(file: CohortFile) -> Iterator[Problem]:
    """No people, dated pairings or results stand word for word in the file of an earlier cohort."""
    own, key = file.document.mapping, "left-from-another-cohort"
    for other in file.others:
        said = other.mapping
        if (said["start"], other.path) > (own["start"], file.document.path):
            continue
        known = {(pairing["mentor"], pairing["mentee"]): pairing for pairing in said.get("pairings", ())}
        copied = [
            index
            for index, pairing in enumerate(own.get("pairings", ()))
            if known.get((pairing["mentor"], pairing["mentee"])) == pairing
            and not {"confirmed", "announce"}.isdisjoint(pairing)  # two may meet again
        ]
        yield from (file.problem(key, ("pairings", index), path=other.path) for index in copied)
        results, earlier = own.get("results", {}), said.get("results", {})
        if results and results == earlier:
            yield file.problem(key, ("results",), path=other.path)
        for part in ("stories", "lessons") if results != earlier else ():
            if results.get(part) and results[part] == earlier.get(part):
                yield file.problem(key, ("results", part), path=other.path)
        # Where all take part again, they are paired on other days.
        only, people = len(copied) == len(own.get("pairings", ())), own.get("people", ())
        told = any(person.keys() - _CALLED for person in people)
        if only and len(people) > 1 and people == said.get("people") and (copied or told):
            yield file.problem(key, ("people",), path=other.path)


def pairings_name_known_goals(file: CohortFile) -> Iterator[Problem]:
    """Every goal and topic of a pairing or a result is one of the program's."""
    program, results = file.cohort.program, file.cohort.results
    known = {"goals": [goal.id for goal in program.goals], "topics": [topic.id for topic in program.topics]}
    holders: dict[Path, Pairing | Person] = {}
    holders |= {_in_pairing(pairing): pairing for pairing in file.cohort.pairings}
    holders |= {("people", index): person for index, person in enumerate(file.cohort.people)}
    words: list[tuple[Path, str, list[str]]] = [
        ((*path, kind, index), word, names)
        for path, holder in holders.items()
        for kind, names in known.items()
        for index, word in enumerate(getattr(holder, kind, ()))
    ]
    for goal in results.measures if results else ():
        words.append((("results", "measures", goal), goal, known["goals"]))
    for path, word, names in words:
        if word not in names:
            yield file.document.unknown(path, "unknown-id.program", names, word)


def results_say_how_many_answered(file: CohortFile) -> Iterator[Problem]:
    """Every result says from how many people it comes, and no more than could have answered."""
    results = file.cohort.results
    for goal, result in results.measures.items() if results else ():
        path, most = ("results", "measures", goal), _most_answers(file.cohort, goal)
        if result.n is None:
            yield file.problem("result-without-n", path)
        elif most and result.n > most:
            yield file.problem("more-answers-than-people", (*path, "n"), most=most)


def _most_answers(cohort: Cohort, goal: str) -> int:
    """How many people could answer what a goal is measured by; 0 where the file does not tell."""
    program = cohort.program
    measured = {known.id: known.measure.form for known in program.goals if known.measure}
    asked = next((form.roles for form in program.forms if form.id == measured.get(goal)), PARTICIPANTS)
    return sum(person.role in asked for person in cohort.people) if {*asked} <= {*PARTICIPANTS} else 0


def names_have_consent(file: CohortFile) -> Iterator[Problem]:
    """In a public repository every name has its owner's consent."""
    public = file.organisation and file.organisation.repository != "private"
    for index, person in enumerate(file.cohort.people if public else ()):
        if person.name and person.consent != "public":
            who = _person(file, index).capitalize()
            yield file.problem("name-without-consent", ("people", index, "name"), who=who)


def sponsor_has_consent(file: ProgramFile) -> Iterator[Problem]:
    """No sponsor's name without a consent: in a public repository all can read it."""
    sponsor, path = file.program.sponsor, ("sponsor", "name")
    if not (sponsor and sponsor.name and file.organisation) or sponsor.consent == "public":
        return
    if file.organisation.repository == "public":
        yield file.problem("name-without-consent.sponsor", path)
    elif sponsor.consent == "nobody":
        yield file.problem("name-without-consent.hidden", path)
