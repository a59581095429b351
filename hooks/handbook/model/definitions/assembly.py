"""Short in, complete out: a program's file and the playbook -> Program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Literal

from ...text.document import Document
from ...text.problems import Problem
from ...text.prose import Rich, Text
from .playbook import THE_REST, Choice, Item, Playbook, Source, choose, choose_sessions, slug
from .program import (
    ROLES,
    AgendaStep,
    Agreement,
    Commitment,
    Form,
    Goal,
    Measure,
    Module,
    Moment,
    Point,
    Program,
    Question,
    Resource,
    Role,
    Session,
    Sponsor,
)

LISTS = ("topics", "training", "sessions", "milestones", "check-ins", "forms")
TEXTS = (
    "taking-part", "agreement", "ground-rules", "conduct", "safety", "privacy", "evaluation", "survey",
    "sheets", "recognition", "faq", "kit", "launch", "messages",
)  # fmt: skip


def program(
    document: Document, book: Playbook, prose: Mapping[str, str]
) -> tuple[Program, tuple[Problem, ...]]:
    """Make a program of its valid file, the organisation's playbook and the long texts beside the file."""
    said = document.mapping
    book = book.without(said.get("playbook", {}))
    full = {key: _merged(book.defaults.get(key), said.get(key)) for key in {*said, *book.defaults}}
    commitment = Commitment(**full["commitment"])
    chosen, problems = _chosen(document, book, prose, commitment.sessions)
    sessions = _sessions(chosen["sessions"], commitment)
    forms = tuple(_form(item) for item in chosen["forms"])
    further = () if _is_whole(said) else _without_room(book.kind("sessions"), sessions)
    made = Program(
        id=document.path.split("/")[-2],
        path=document.path,
        title=said["title"],
        summary=said["summary"],
        mode=said.get("mode", "reverse"),
        why=Rich(said.get("why", "")),
        sponsor=_sponsor(said["sponsor"]) if "sponsor" in said else None,
        goals=tuple(_goal(goal) for goal in said["goals"]),
        commitment=replace(commitment, sessions=len(sessions)),  # a list may hold more, or fewer
        agreement=Agreement(**full["agreement"]),
        topics=chosen["topics"],
        roles=tuple(_role(guide, said.get("roles", {}), document.path) for guide in book.kind("roles")),
        training=tuple(module(item) for item in chosen["training"]),
        sessions=sessions,
        further=tuple(_session(item, commitment, 0) for item in further),
        milestones=tuple(_moment("milestone", item) for item in chosen["milestones"]),
        check_ins=tuple(_moment("check-in", item) for item in chosen["check-ins"]),
        forms=forms,
        sign_up_form=_sign_up_form(said, full["sign_up"]["form"], forms),
        sign_up_opens=point(full["sign_up"]["opens"]),
        sign_up_closes=point(full["sign_up"]["closes"]),
        eligibility={role: tuple(lines) for role, lines in full["eligibility"].items()},
        criteria=tuple((one["by"], one.get("weight", 1)) for one in full["matching"].get("criteria", ())),
        rules=full["matching"].get("rules", {}),
        resources=tuple(_resource(entry) for entry in said.get("resources", ())),
        faq=tuple(_question(entry) for entry in said.get("faq", ())),
        items={kind: chosen[kind] for kind in TEXTS},
    )
    return made, problems


def _chosen(
    document: Document, book: Playbook, prose: Mapping[str, str], sessions: int
) -> tuple[Mapping[str, tuple[Item, ...]], tuple[Problem, ...]]:
    """Take the playbook's things of each kind as the program's lists want them."""
    chosen: dict[str, tuple[Item, ...]] = {}
    problems: list[Problem] = []
    for kind in LISTS:
        choice = Choice(document, (kind.replace("-", "_"),), prose)
        ready = book.kind(kind)
        taken = (
            choose_sessions(ready, choice, sessions) if kind == "sessions" else choose(kind, ready, choice)
        )
        chosen[kind] = taken[0]
        problems.extend(taken[1])
    for kind in TEXTS:
        choice = Choice(document, ("playbook", kind, "take"), prose)
        chosen[kind], found = choose(kind, book.kind(kind), choice)
        problems.extend(found)
    return chosen, tuple(problems)


def _merged(default: Any, said: Any) -> Any:
    """Put a program's keys over the defaults'; a list that is given is the list."""
    if isinstance(default, Mapping) and isinstance(said, Mapping):
        return {**default, **said}
    return default if said is None else said


def _sign_up_form(said: Mapping[str, Any], name: str, forms: Iterable[Form]) -> str:
    """The form that a program names; else the playbook's, where the program's list of forms has it."""
    named = "form" in said.get("sign_up", {})
    return name if named or name in {form.id for form in forms} else ""


def _sponsor(said: Mapping[str, Any]) -> Sponsor:
    return Sponsor(
        **{**said, "message": Rich(said.get("message", "")), "commits": tuple(said.get("commits", ()))}
    )


def _goal(said: Mapping[str, Any]) -> Goal:
    measure = Measure(**said["measure"]) if "measure" in said else None
    return Goal(
        said.get("id") or slug(said["title"]), said["title"], tuple(said.get("benefits", ())), measure
    )


def _resource(said: Mapping[str, Any]) -> Resource:
    reviewed = date.fromisoformat(said["reviewed"]) if "reviewed" in said else None
    return Resource(said["title"], said["url"], said.get("summary", Text()), _named(said), reviewed)


def _question(said: Mapping[str, Any]) -> Question:
    return Question(said["question"], Rich(said["answer"]), _named(said))


def _named(said: Mapping[str, Any]) -> tuple[Role, ...]:
    """The roles that something is for, in the usual order; none where it is for everyone."""
    return tuple(role for role in ROLES if role in said.get("for", ()))


def _role(guide: Item, changes: Mapping[str, Any], path: str) -> Item:
    change = changes.get(guide.id)
    if not change:
        return guide
    sources = (Source(path), *guide.sources)
    return replace(guide, fields={**guide.fields, **change}, sources=sources, changed=True)


def steps(said: Iterable[Mapping[str, Any]]) -> tuple[AgendaStep, ...]:
    """Read an agenda, or the activities of a module."""
    return tuple(AgendaStep(step["minutes"], step["text"], step.get("title", Text())) for step in said)


def module(item: Item) -> Module:
    """Make a module of a thing of the playbook or of a program."""
    activities = steps(item.fields.get("activities", ()))
    minutes = item.fields.get("minutes") or sum(step.minutes for step in activities) or 20
    if "activities" not in item.said:
        activities = fitted(activities, minutes)
    return Module(
        item.id,
        item.title,
        item,
        _roles(item, ("mentor", "mentee")),
        minutes,
        str(item["before"]),
        activities,
    )


def _sessions(items: Sequence[Item], commitment: Commitment) -> tuple[Session, ...]:
    """Give each session its week: as said, else so many weeks after the last; the first is in week 2."""
    made: list[Session] = []
    for item in items:
        following = made[-1].week + commitment.every_weeks if made else 2
        made.append(_session(item, commitment, item.fields.get("week", following)))
    return tuple(made)


def _session(item: Item, commitment: Commitment, week: int) -> Session:
    # The playbook's minutes are those of its agenda; the program's own rhythm counts more.
    own_minutes = item.fields.get("minutes") if "minutes" in item.said else None
    minutes = own_minutes or commitment.minutes
    agenda = steps(item.fields.get("agenda", ()))
    return Session(
        item.id,
        item.title,
        item,
        minutes,
        week,
        str(item["place"] or "topical"),
        agenda if "agenda" in item.said else fitted(agenda, minutes),
        tuple(str(topic) for topic in item.fields.get("topics", ())),
    )


def _without_room(ready: Iterable[Item], sessions: Iterable[Session]) -> tuple[Item, ...]:
    """The playbook's topical sessions that a program does not hold; the others have their one place."""
    held = {session.id for session in sessions}
    return tuple(one for one in ready if one["place"] == "topical" and one.id not in held)


def _is_whole(said: Mapping[str, Any]) -> bool:
    """Whether a program's list of sessions says that there are no others."""
    return THE_REST not in said.get("sessions", (THE_REST,))


def fitted(agenda: Sequence[AgendaStep], minutes: int) -> tuple[AgendaStep, ...]:
    """Stretch or shorten ready-made steps to so many minutes.

    The last one, the review, keeps its length. The others keep their share, in steps of five minutes where
    that goes. Steps that cannot each have a minute stay as they are.
    """
    *others, last = agenda or (AgendaStep(minutes, Text()),)
    left = minutes - last.minutes
    if not others or sum(step.minutes for step in agenda) == minutes or left < len(others):
        return tuple(agenda)
    unit = 5 if left % 5 == 0 and left >= 5 * len(others) else 1
    whole = sum(step.minutes for step in others)
    spare = left // unit - len(others)  # each has one unit; the rest is shared
    shares = [step.minutes * spare / whole for step in others]
    units = [int(share) for share in shares]
    for index in sorted(range(len(others)), key=lambda at: (units[at] - shares[at], at))[
        : spare - sum(units)
    ]:
        units[index] += 1
    lengths = [unit * (1 + number) for number in units]
    return tuple(
        replace(step, minutes=length) for step, length in zip(agenda, (*lengths, last.minutes), strict=True)
    )


def _roles(item: Item, default: tuple[Role, ...]) -> tuple[Role, ...]:
    named = {str(role) for role in item.fields.get("for", default)}
    return tuple(role for role in ROLES if role in named)


def point(said: Mapping[str, Any]) -> Point:
    """Read an offset."""
    return Point(
        said.get("week"), str(said.get("weekday", "")), str(said.get("with", "")), said.get("days", 0)
    )


def _moment(kind: Literal["milestone", "check-in"], item: Item) -> Moment:
    return Moment(
        kind,
        item.id,
        item.title,
        item,
        point(item.fields),
        _roles(item, ROLES),
        str(item["time"]),
        item.fields.get("minutes", 0),
    )


def _form(item: Item) -> Form:
    fields = item.fields
    return Form(
        item.id,
        item.title,
        item,
        str(fields.get("purpose", "end")),
        _roles(item, ("mentor", "mentee")),
        point(fields.get("opens", {"week": 1})),
        point(fields.get("closes", {})),
        Text(fields.get("url", "")),
        bool(fields.get("anonymous", False)),
        fields.get("prefill", {}),
    )
