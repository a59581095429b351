"""Short in, complete out: a program's file and the playbook -> Program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from ...text.document import Document
from ...text.problems import Problem
from ...text.prose import Text
from .builder import build
from .choice import THE_REST, Choice, choose, enough_sessions
from .parts import AgendaStep, Commitment, Goal, Point
from .playbook import Item, Playbook, Source, slug
from .program import Form, Module, Moment, Program, Session

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
    sign_up, matching = full["sign_up"], full["matching"]
    commitment = build(Commitment, full["commitment"])
    chosen, problems = _chosen(document, book, prose, commitment.sessions)
    sessions = _sessions(chosen["sessions"], commitment)
    forms = tuple(build(Form, item.fields, item=item) for item in chosen["forms"])
    more = THE_REST in said.get("sessions", (THE_REST,))  # else the list says that there are no others
    further = _without_room(book.kind("sessions"), sessions) if more else ()
    complete = build(
        Program,
        full,
        id=document.path.split("/")[-2],
        path=document.path,
        goals=tuple(build(Goal, {"id": slug(goal["title"]), **goal}) for goal in said["goals"]),
        commitment=replace(commitment, sessions=len(sessions)),  # a list may hold more, or fewer
        topics=chosen["topics"],
        roles=tuple(_role(guide, said.get("roles", {}), document.path) for guide in book.kind("roles")),
        training=tuple(map(module, chosen["training"])),
        sessions=sessions,
        further=tuple(_session(item, commitment, 0) for item in further),
        milestones=tuple(_moment("milestone", item) for item in chosen["milestones"]),
        check_ins=tuple(_moment("check-in", item) for item in chosen["check-ins"]),
        forms=forms,
        sign_up_form=_sign_up_form(said, sign_up["form"], forms),
        sign_up_opens=point(sign_up["opens"]),
        sign_up_closes=point(sign_up["closes"]),
        criteria=tuple((one["by"], one.get("weight", 1)) for one in matching.get("criteria", ())),
        rules=matching.get("rules", {}),
        items={kind: chosen[kind] for kind in TEXTS},
    )
    return complete, problems


def _chosen(
    document: Document, book: Playbook, prose: Mapping[str, str], sessions: int
) -> tuple[Mapping[str, tuple[Item, ...]], tuple[Problem, ...]]:
    """Take the playbook's things of each kind as the program's lists want them."""
    chosen: dict[str, tuple[Item, ...]] = {}
    problems: list[Problem] = []
    paths = {kind: (kind.replace("-", "_"),) for kind in LISTS} | {
        kind: ("playbook", kind, "take") for kind in TEXTS
    }
    for kind, path in paths.items():
        choice, ready = Choice(document, path, prose), book.kind(kind)
        if kind == "sessions":
            ready = enough_sessions(ready, choice, sessions)
        chosen[kind], wrong = choose(kind, ready, choice)
        problems.extend(wrong)
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


def _role(guide: Item, changes: Mapping[str, Any], path: str) -> Item:
    change = changes.get(guide.id)
    if not change:
        return guide
    sources = (Source(path), *guide.sources)
    return replace(guide, fields={**guide.fields, **change}, sources=sources, changed=True)


def steps(entries: Iterable[Mapping[str, Any]]) -> tuple[AgendaStep, ...]:
    """Read an agenda, or the activities of a module."""
    return tuple(build(AgendaStep, entry) for entry in entries)


def module(item: Item) -> Module:
    """Make a module of a thing of the playbook or of a program."""
    activities = steps(item.fields.get("activities", ()))
    minutes = item.fields.get("minutes") or sum(step.minutes for step in activities) or 20
    if "activities" not in item.given:
        activities = fitted(activities, minutes)
    return build(Module, item.fields, item=item, minutes=minutes, activities=activities)


def _sessions(items: Sequence[Item], commitment: Commitment) -> tuple[Session, ...]:
    """Give each session its week: as said, else so many weeks after the last; the first is in week 2."""
    sessions: list[Session] = []
    for item in items:
        following = sessions[-1].week + commitment.every_weeks if sessions else 2
        sessions.append(_session(item, commitment, item.fields.get("week", following)))
    return tuple(sessions)


def _session(item: Item, commitment: Commitment, week: int) -> Session:
    # The playbook's minutes are those of its agenda; the program's own rhythm counts more.
    own_minutes = item.fields.get("minutes") if "minutes" in item.given else None
    minutes = own_minutes or commitment.minutes
    session = build(Session, item.fields, item=item, minutes=minutes, week=week)
    return session if "agenda" in item.given else replace(session, agenda=fitted(session.agenda, minutes))


def _without_room(ready: Iterable[Item], sessions: Iterable[Session]) -> tuple[Item, ...]:
    """The playbook's topical sessions that a program does not hold; the others have their one place."""
    held = {session.id for session in sessions}
    return tuple(one for one in ready if one["place"] == "topical" and one.id not in held)


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


def point(fields: Mapping[str, Any]) -> Point:
    """Read an offset."""
    return build(Point, fields)


def _moment(kind: Literal["milestone", "check-in"], item: Item) -> Moment:
    return build(Moment, item.fields, kind=kind, item=item, point=point(item.fields))
