"""Rules of what a program holds: its lists, their ids, agendas and texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ...model.definitions.playbook import Item, Playbook, slug
from ...text.document import Document, Path, unseen
from ...text.problems import Problem
from ...text.signs import UNSEEN
from .files import ProgramFile, path_of

_ANOTHER_ID = "Give one of the two another `id`."
_DATED = ("sessions", "milestones", "check_ins", "forms")
_LISTS = ("goals", "topics", "training", *_DATED)


def some_session_remains(file: ProgramFile) -> Iterator[Problem]:
    """Every program keeps at least one session."""
    if not file.program.sessions:
        message, hint = "This program has no session left.", "Leave `sessions` out, or name one."
        yield file.document.problem("no-session", ("sessions",), message, hint)


def agenda_adds_up(file: ProgramFile) -> Iterator[Problem]:
    """Every agenda adds up to the session's minutes."""
    for session in file.program.sessions:
        total = sum(step.minutes for step in session.agenda)
        if total not in (0, session.minutes):
            path = path_of(file.document, "sessions", session.id)
            own = (*path, "agenda") if path and "agenda" in session.item.given else path
            yield _does_not_add_up(file.document, own, total, session.minutes)


def activities_add_up(file: ProgramFile) -> Iterator[Problem]:
    """Every module takes as long as its activities."""
    for module in file.program.training:
        total = sum(step.minutes for step in module.activities)
        if total not in (0, module.minutes):
            path = path_of(file.document, "training", module.id)
            yield _does_not_add_up(file.document, path, total, module.minutes)


def _does_not_add_up(document: Document, path: Path, total: int, minutes: int) -> Problem:
    message = f"These steps take {total} minutes, not {minutes}."
    return document.problem("agenda-does-not-add-up", path, message, "Change the steps or `minutes`.")


def own_agenda_adds_up(item: Item) -> Iterator[Problem]:
    """The agenda of an organisation's own session or module takes as long as that says.

    A program with other minutes stretches it, as it does the playbook's.
    """
    steps = item.fields.get("agenda", ()) or item.fields.get("activities", ())
    total, minutes = sum(step["minutes"] for step in steps), item.fields.get("minutes")
    if steps and minutes and total != minutes:
        message = f"These steps take {total} minutes, not {minutes}."
        hint = "Change the steps or `minutes`."
        yield Problem(item.sources[0].path, 1, 1, "agenda-does-not-add-up", message, hint)


def omitted_things_exist(document: Document, book: Playbook) -> Iterator[Problem]:
    """Every id under `playbook.<kind>.omit` is one of the playbook's."""
    for kind, part in document.mapping.get("playbook", {}).items():
        names = book.names.get(kind, ())  # another file may leave out the same
        for index, identifier in enumerate(part.get("omit", ())):
            if identifier not in names:
                message = f"The playbook has no {kind} “{identifier}” to leave out."
                yield document.unknown(("playbook", kind, "omit", index), identifier, names, message)


def titles_are_apart(titled: Iterable[tuple[Document, str]]) -> Iterator[Problem]:
    """No two programs, and no two cohorts of one program, have the same title; readers see nothing else."""
    seen: dict[str, Document] = {}
    for document, title in titled:
        first = seen.setdefault(" ".join(title.casefold().split()), document)
        if first is not document:
            message = f"{first.path} has the same title, so that readers cannot tell the two apart."
            hint = "Give one of the two another `title`."
            yield document.problem("double-title", ("title",), message, hint, severity="warning")


def prose_is_seen(path: str, text: str) -> Iterator[Problem]:
    """No long text beside a program holds a sign that nobody sees; an address could hide behind one."""
    for number, line in enumerate(text.split("\n"), 1):
        if found := UNSEEN.search(line):
            yield unseen(found[0]).placed(path, number, found.start() + 1)


def goals_have_own_ids(file: ProgramFile) -> Iterator[Problem]:
    """Every goal has an id of its own."""
    seen: set[str] = set()
    for index, goal in enumerate(file.program.goals):
        if goal.id in seen:
            message = f"Two goals are called `{goal.id}`."
            yield file.document.problem("double-id", ("goals", index), message, _ANOTHER_ID)
        seen.add(goal.id)


def dated_things_have_own_ids(file: ProgramFile) -> Iterator[Problem]:
    """Every session, milestone, check-in and form has an id that is its own among all of them."""
    seen: dict[str, str] = {}
    for key in _DATED:
        for thing in getattr(file.program, key):
            before = seen.setdefault(thing.id, key)
            if before != key:
                path = path_of(file.document, key, thing.id) or path_of(file.document, before, thing.id)
                message = f"`{thing.id}` stands under `{before}` and under `{key}`."
                yield file.document.problem("double-id", path, message, _ANOTHER_ID)


def no_id_is_index(file: ProgramFile) -> Iterator[Problem]:
    """No thing of a program has the id `index`, which is that of the page that lists them."""
    for key in _LISTS:
        for thing in getattr(file.program, key):
            if thing.id == "index":
                path = path_of(file.document, key, thing.id)
                message = f"Nothing under `{key}` can be called `index`: the list itself has that address."
                hint = "Give it another `id`; or its file another name, if it has one in docs/templates/."
                yield file.document.problem("reserved-id", path, message, hint)
    for sheet in file.program.items["sheets"]:
        if sheet.id == "index":
            path = ("playbook", "sheets", "take")
            message = "No sheet can be called `index`: the list itself has that address."
            yield file.document.problem("reserved-id", path, message, "Give it another `id`.")


# What a new text of a kind cannot do without; a change to a known one keeps what that had.
_NEEDED = {"survey": ("asked",), "messages": ("to", "subject"), "launch": ()}


def new_texts_are_whole(file: ProgramFile) -> Iterator[Problem]:
    """Every new survey question, message and step of the plan says what it needs to be shown."""
    for kind, needed in _NEEDED.items():
        entries = file.document.mapping.get("playbook", {}).get(kind, {}).get("take", ())
        items = {item.id: item for item in file.program.items[kind]}
        for index, entry in enumerate(entries):
            named = isinstance(entry, Mapping) and (entry.get("id") or slug(entry.get("title", "")))
            item = items.get(named or "")
            missing = [name for name in needed if item and not item.fields.get(name)]
            if item and kind != "survey" and item.fields.keys().isdisjoint({"week", "with"}):
                missing.append("with")
            if missing:
                message = f"A new entry under `{kind}` needs {' and '.join(f'`{name}`' for name in missing)}."
                hint = "Look at those in hooks/handbook/data/playbook/, or change one of them by its `id`."
                path = ("playbook", kind, "take", index)
                yield file.document.problem("missing-key", path, message, hint)


def forms_exist(file: ProgramFile) -> Iterator[Problem]:
    """Every form that sign-up or a measure names is there."""
    names = [form.id for form in file.program.forms]
    named: list[tuple[Path, str]] = [(("sign_up", "form"), file.program.sign_up_form)]
    for index, goal in enumerate(file.program.goals):
        named.append((("goals", index, "measure", "form"), goal.measure.form if goal.measure else ""))
    for path, form in named:
        if form and form not in names:
            yield file.document.unknown(path, form, names, f"There is no form `{form}`.")
