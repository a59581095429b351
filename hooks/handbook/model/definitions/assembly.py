"""Short in, complete out: a program's file and the playbook -> Program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from ...text.document import Document
from ...text.problems import Problem
from ...text.prose import Text
from .builder import build
from .choice import THE_REST, Choice, choose, enough_sessions, offered
from .parts import AgendaStep, Commitment, Goal, Point
from .playbook import Item, Playbook, Source, slug
from .program import Form, Module, Moment, Program, Session

LISTS = ("topics", "training", "sessions", "milestones", "check-ins", "forms")
TEXTS = (
    "taking-part", "agreement", "ground-rules", "conduct", "safety", "decisions", "privacy", "evaluation",
    "survey", "sheets", "recognition", "faq", "kit", "launch", "messages",
)  # fmt: skip


def program(
    document: Document, book: Playbook, prose: Mapping[str, str]
) -> tuple[Program, tuple[Problem, ...]]:
    """Make a program of its valid file, the organisation's playbook and the long texts beside the file."""
    said = document.mapping
    book = book.without(said.get("playbook", {}))
    # A program's keys over the defaults'; a list that is given is the list.
    full = {**said, **{key: {**usual, **said.get(key, {})} for key, usual in book.defaults.items()}}
    sign_up, matching = full["sign_up"], full["matching"]
    # What is said holds for sessions that say nothing; what people give is what all of them then take.
    rhythm = full["commitment"]
    chosen, problems = _chosen(document, book, prose, rhythm["sessions"])
    sessions = _sessions(chosen["sessions"], rhythm)
    forms = tuple(build(Form, item.fields, item=item) for item in chosen["forms"])
    # The form that it names; else the playbook's, where its list of forms has that.
    named = "form" in said.get("sign_up", {}) or sign_up["form"] in {form.id for form in forms}
    # The playbook's topical sessions that it does not hold; the others have their one place.
    held = {session.id for session in sessions}
    topical = offered(book.kind("sessions"), said)
    others = THE_REST in said.get("sessions", (THE_REST,))  # else the list says that there are none
    further = [session for session in topical if others and session.id not in held]
    changes, here = said.get("roles", {}), Source(document.path)
    complete = build(
        Program,
        full,
        id=document.path.split("/")[-2],
        path=document.path,
        goals=tuple(build(Goal, {"id": slug(goal["title"]), **goal}) for goal in said["goals"]),
        commitment=build(Commitment, rhythm).measured([(one.week, one.minutes) for one in sessions]),
        topics=chosen["topics"],
        areas=frozenset(topic["area"] for topic in chosen["topics"]),
        roles=tuple(
            guide.altered(changes.get(guide.id, {}), here, *guide.sources) for guide in book.kind("roles")
        ),
        training=tuple(map(module, chosen["training"])),
        sessions=sessions,
        further=tuple(_session(item, rhythm, 0) for item in further),
        milestones=tuple(_moment("milestone", item) for item in chosen["milestones"]),
        check_ins=tuple(_moment("check-in", item) for item in chosen["check-ins"]),
        forms=forms,
        sign_up_form=sign_up["form"] if named else "",
        sign_up_opens=build(Point, sign_up["opens"]),
        sign_up_closes=build(Point, sign_up["closes"]),
        criteria=tuple(
            (criterion["by"], criterion.get("weight", 1)) for criterion in matching.get("criteria", ())
        ),
        rules=_rules(matching, full.get("mode", Program.mode)),
        items={kind: chosen[kind] for kind in TEXTS},
    )
    return complete, problems


def _rules(matching: Mapping[str, Any], mode: str) -> Mapping[str, int | bool]:
    """What a pairing must keep to; the mentor is the junior, unless a program says how grades are to lie."""
    rules = {name: int(value) for name, value in matching.get("rules", {}).items()}  # `true` is one
    below = mode == "reverse" and "grade-gap" not in rules
    return {**rules, "mentor-below": below, "at-least": matching.get("at_least", 0)}


def _chosen(
    document: Document, book: Playbook, prose: Mapping[str, str], sessions: int
) -> tuple[Mapping[str, tuple[Item, ...]], tuple[Problem, ...]]:
    """Take the playbook's things of each kind as the program's lists want them."""
    chosen: dict[str, tuple[Item, ...]] = {}
    problems: list[Problem] = []
    for kind in (*LISTS, *TEXTS):
        path = (kind.replace("-", "_"),) if kind in LISTS else ("playbook", kind, "take")
        choice, ready = Choice(document, path, prose), book.kind(kind)
        if kind == "sessions":
            ready = enough_sessions(ready, choice, sessions)
        chosen[kind], wrong = choose(kind, ready, choice)
        problems.extend(wrong)
    return chosen, tuple(problems)


def module(item: Item) -> Module:
    """Make a module of a thing of the playbook or of a program."""
    module = build(Module, item.fields, item=item)
    minutes = module.minutes or sum(step.minutes for step in module.activities) or 20
    steps = module.activities if "activities" in item.given else fitted(module.activities, minutes)
    return replace(module, minutes=minutes, activities=steps)


def _sessions(items: Sequence[Item], rhythm: Mapping[str, int]) -> tuple[Session, ...]:
    """Give each session its week: as said, else so many weeks after the last; the first is in week 2."""
    sessions: list[Session] = []
    for item in items:
        following = sessions[-1].week + rhythm["every_weeks"] if sessions else 2
        sessions.append(_session(item, rhythm, item.fields.get("week", following)))
    return tuple(sessions)


def _session(item: Item, rhythm: Mapping[str, int], week: int) -> Session:
    # The playbook's minutes are those of its agenda; the program's own rhythm counts more.
    minutes = item.fields["minutes"] if "minutes" in item.given else rhythm["minutes"]
    session = build(Session, item.fields, item=item, minutes=minutes, week=week)
    return session if "agenda" in item.given else replace(session, agenda=fitted(session.agenda, minutes))


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
    by_need = sorted(range(len(others)), key=lambda index: units[index] - shares[index])
    for index in by_need[: spare - sum(units)]:
        units[index] += 1
    lengths = (unit * (1 + number) for number in units)
    return (*(replace(step, minutes=length) for step, length in zip(others, lengths, strict=True)), last)


def _moment(kind: Literal["milestone", "check-in"], item: Item) -> Moment:
    return build(Moment, item.fields, kind=kind, item=item, point=build(Point, item.fields))
