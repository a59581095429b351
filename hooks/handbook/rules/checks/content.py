"""Rules of what a program holds: its lists, their ids, agendas and texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ...model.definitions.playbook import Item, Playbook
from ...text.document import Document, Path, unseen
from ...text.problems import Problem
from ...text.signs import UNSEEN
from .. import fault, problem
from .files import DATED, ProgramFile, doubles, named


def some_session_remains(file: ProgramFile) -> Iterator[Problem]:
    """Every program keeps at least one session."""
    if not file.program.sessions:
        yield file.problem("no-session", ("sessions",))


def agenda_adds_up(file: ProgramFile) -> Iterator[Problem]:
    """Every agenda adds up to the session's minutes."""
    for session in file.program.sessions:
        path = file.path_of(session.id, "sessions")
        own = (*path, "agenda") if path and "agenda" in session.item.given else path
        yield from _adds_up(file, own, session.agenda, session.minutes)


def activities_add_up(file: ProgramFile) -> Iterator[Problem]:
    """Every module takes as long as its activities."""
    for module in file.program.training:
        yield from _adds_up(file, file.path_of(module.id, "training"), module.activities, module.minutes)


def _adds_up(file: ProgramFile, path: Path, steps: Sequence[Any], minutes: int) -> Iterator[Problem]:
    total = sum(step.minutes for step in steps)
    if total not in (0, minutes):
        yield file.problem("agenda-does-not-add-up", path, total=total, minutes=minutes)


def own_agenda_adds_up(item: Item) -> Iterator[Problem]:
    """The agenda of an organisation's own session or module takes as long as that says.

    A program with other minutes stretches it, as it does the playbook's.
    """
    steps = item.fields.get("agenda", ()) or item.fields.get("activities", ())
    total, minutes = sum(step["minutes"] for step in steps), item.fields.get("minutes")
    if steps and minutes and total != minutes:
        yield fault("agenda-does-not-add-up", total=total, minutes=minutes).placed(item.sources[0].path)


def omitted_things_exist(document: Document, book: Playbook) -> Iterator[Problem]:
    """Every id under `playbook.<kind>.omit` is one of the playbook's."""
    for kind, part in document.mapping.get("playbook", {}).items():
        names = book.names.get(kind, ())  # another file may leave out the same
        for index, identifier in enumerate(part.get("omit", ())):
            if identifier not in names:
                path = ("playbook", kind, "omit", index)
                message = fault("unknown-id.omit", kind=kind, word=identifier).message
                yield document.unknown(path, identifier, names, message)


def titles_are_apart(titled: Iterable[tuple[Document, str]]) -> Iterator[Problem]:
    """No two programs, and no two cohorts of one program, have the same title; readers see nothing else."""
    known = list(titled)
    for index, first in doubles(" ".join(title.casefold().split()) for _, title in known):
        yield problem(known[index][0], "double-title", ("title",), path=known[first][0].path)


def prose_is_seen(path: str, text: str) -> Iterator[Problem]:
    """No long text beside a program holds a sign that nobody sees; an address could hide behind one."""
    for number, line in enumerate(text.split("\n"), 1):
        if found := UNSEEN.search(line):
            yield unseen(found[0]).placed(path, number, found.start() + 1)


def goals_have_own_ids(file: ProgramFile) -> Iterator[Problem]:
    """Every goal has an id of its own."""
    names = [goal.id for goal in file.program.goals]
    for index, _ in doubles(names):
        yield file.problem("double-id.goals", ("goals", index), id=names[index])


def dated_things_have_own_ids(file: ProgramFile) -> Iterator[Problem]:
    """Every session, milestone, check-in and form has an id that is its own among all of them."""
    seen: dict[str, str] = {}
    for key, thing in file.things(*DATED):
        before = seen.setdefault(thing.id, key)
        if before != key:
            path = file.path_of(thing.id, key, before)
            yield file.problem("double-id.lists", path, id=thing.id, before=before, list=key)


def no_id_is_index(file: ProgramFile) -> Iterator[Problem]:
    """No thing of a program has the id `index`, which is that of the page that lists them."""
    for key, thing in file.things("goals", "topics", "training", *DATED):
        if thing.id == "index":
            yield file.problem("reserved-id.list", file.path_of(thing.id, key), list=key)
    if any(sheet.id == "index" for sheet in file.program.items["sheets"]):
        yield file.problem("reserved-id.sheet", ("playbook", "sheets", "take"))


# What a new text of a kind cannot do without; a change to a known one keeps what that had.
_NEEDED = {"survey": ("asked",), "messages": ("to", "subject"), "launch": ()}


def new_texts_are_whole(file: ProgramFile) -> Iterator[Problem]:
    """Every new survey question, message and step of the plan says what it needs to be shown."""
    for kind, needed in _NEEDED.items():
        items = {item.id: item for item in file.program.items[kind]}
        for path, entry in file.taken(kind):
            item = items.get(named(entry))
            missing = [name for name in needed if item and not item.fields.get(name)]
            if item and kind != "survey" and item.fields.keys().isdisjoint({"week", "with"}):
                missing.append("with")
            if missing:
                names = " and ".join(f"`{name}`" for name in missing)
                yield file.problem("missing-key.text", path, kind=kind, names=names)


def forms_exist(file: ProgramFile) -> Iterator[Problem]:
    """Every form that sign-up or a measure names is there."""
    names = [form.id for form in file.program.forms]
    wanted: list[tuple[Path, str]] = [(("sign_up", "form"), file.program.sign_up_form)]
    for index, goal in enumerate(file.program.goals):
        wanted.append((("goals", index, "measure", "form"), goal.measure.form if goal.measure else ""))
    for path, form in wanted:
        if form and form not in names:
            yield file.no_such("unknown-id.form", path, form, names)
