"""`handbook`: the only printer, asker and exiter.

Exit codes: 0 all is well, 1 there is an error in the files, 2 the command was not called as it should be.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import sys
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from math import isfinite
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NoReturn
from zoneinfo import available_timezones

import click
from jinja2 import TemplateError
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text as Styled

from . import document, load, pages, schema, starter, timeline
from .load import Handbook
from .playbook import slug
from .problems import Problem, as_github, as_json, did_you_mean, errors, tidy

EXAMPLE = load.ENGINE / "example"
MARKER = ".handbook-export"
# Exports are no place for them: what stands in docs/ or programs/ is read again at the next build.
_READ_AGAIN = ("docs", "programs", "hooks")
_STYLES: Mapping[str, str] = {"error": "bold red", "warning": "bold yellow"}
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ASCII = re.compile("[A-Za-z0-9]")
_SOURCE_WIDTH = 90
Complaint = Callable[[str], str]


def _version() -> str:
    project = tomllib.loads((load.ENGINE.parents[1] / "pyproject.toml").read_text("utf-8"))
    return str(project["project"]["version"])


class _Commands(click.Group):
    """Ends in a sentence where a file cannot be read or written, or where a person stops answering."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.Abort:
            click.echo("\nStopped. Nothing was written.", err=True)
            ctx.exit(1)
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            raise click.ClickException(f"{place}{error.strerror or error}.") from error


@click.group(cls=_Commands, context_settings={"max_content_width": 100})
@click.option(
    "-C",
    "root",
    metavar="ROOT",
    default=".",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of the handbook, which holds programs/. [default: this folder]",
)
@click.version_option(_version(), prog_name="handbook")
@click.pass_context
def main(ctx: click.Context, /, root: Path) -> None:
    """Check, export and extend a reverse-mentoring handbook."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without UTF-8 still shows the rest
    ctx.obj = root


# --- check ----------------------------------------------------------------------------------------


@main.command()
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "github", "json"]),
    default="text",
    show_default=True,
    help="text for people, github for annotations of a pull request, json for programs.",
)
@click.pass_obj
def check(root: Path, /, style: str) -> None:
    """Look for mistakes in programs/.

    Each is shown with its place, what is wrong and what to do. The exit code is 1 where there is an error.
    Warnings alone leave it at 0.
    """
    handbook, problems = _load(root)
    if style == "json":
        click.echo(as_json(problems).encode("utf-8", "backslashreplace"))
    elif style == "github":
        click.echo(as_github(problems), nl=bool(problems))
    else:
        show(root, problems)
    click.echo(summary(handbook, problems), err=True)
    sys.exit(1 if errors(problems) else 0)


def _load(root: Path) -> tuple[Handbook | None, tuple[Problem, ...]]:
    handbook, problems = load.load(root)
    return handbook, tidy((*problems, *(pages.clashes(handbook) if handbook else ())))


def summary(handbook: Handbook | None, problems: Iterable[Problem]) -> str:
    """Say in one sentence how a check went."""
    found = tuple(problems)
    stopping = len(errors(found))
    parts = [_count(stopping, "error")] if stopping else []
    parts += [_count(len(found) - stopping, "warning")] if len(found) > stopping else []
    if handbook is None:
        return f"{' and '.join(parts)} in {_count(len({problem.path for problem in found}), 'file')}."
    checked = f"{_count(len(handbook.programs), 'program')}, {_count(len(handbook.cohorts), 'cohort')}"
    return f"No errors, {parts[0]}: {checked}." if parts else f"No problems: {checked}."


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def show(root: Path, problems: Iterable[Problem]) -> None:
    """Print problems with their source lines, in colour on a terminal."""
    console = Console(highlight=False, soft_wrap=True)
    for problem in problems:
        console.print(_shown(problem, _source_line(root, problem)))


def _shown(problem: Problem, source: str | None) -> Styled:
    text = Styled.assemble(
        (visible(f"{problem.path}:{problem.line}:{problem.column}"), "bold"),
        ": ",
        (f"{problem.severity}:", _STYLES[problem.severity]),
        f" {visible(problem.message)} ",
        (f"[{problem.code}]\n", "dim"),
    )
    if source is not None:
        text.append_text(_pointed(problem, source))
    if problem.hint:
        text.append(f"    {visible(problem.hint)}\n", "green")
    return text


def _pointed(problem: Problem, source: str) -> Styled:
    """Show the source line, cut round the column where it is long, with a caret below."""
    column = min(problem.column - 1, len(source))
    start = max(0, column - _SOURCE_WIDTH // 2) if len(source) > _SOURCE_WIDTH else 0
    line = visible(source[start : start + _SOURCE_WIDTH])
    before = cell_len(visible(source[start:column]))
    gutter = f"{problem.line:>5} | "
    caret = f"{'| ':>{len(gutter)}}{' ' * before}^\n"
    return Styled.assemble((gutter, "dim"), f"{line}\n", (caret, _STYLES[problem.severity]))


def _source_line(root: Path, problem: Problem) -> str | None:
    try:
        lines = _BREAK.split((root / problem.path).read_bytes().decode("utf-8-sig", "replace"))
    except OSError:
        return None  # the file is what is missing, or it is the engine's
    line = lines[problem.line - 1] if problem.line <= len(lines) else ""
    return line if line.strip() else None


def visible(text: str) -> str:
    """Make a text harmless to a terminal, in one line: no control characters, nothing that turns it round."""
    return "".join(_visible(sign) for sign in text)


def _visible(sign: str) -> str:
    if sign in "\t\n\r\u2028\u2029":
        return " "
    return "\ufffd" if unicodedata.category(sign) in ("Cc", "Cs") or _BIDI.match(sign) else sign


# --- export ---------------------------------------------------------------------------------------


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def export(root: Path, /, folder: Path) -> None:
    """Write every page as plain Markdown into DIR.

    DIR counts from the folder you are in. It must be absent, empty or an earlier export, which is then
    replaced as a whole. A page that docs/ holds under the same path is yours already and left out.
    """
    folder = folder.resolve()
    _refuse_foreign(root, folder)
    handbook, problems = _load(root)
    show(root, problems)
    if handbook is None:
        click.echo(f"{summary(handbook, problems)} Nothing was written.", err=True)
        sys.exit(1)
    made = {page.path: page.text for page in _rendered(handbook) if page.path not in handbook.hand_written}
    _replace_folder(folder, made)
    click.echo(f"{_count(len(made), 'page')} written to {folder}.")


def _refuse_foreign(root: Path, folder: Path) -> None:
    """Refuse a folder that holds anything but an earlier export, or that the handbook itself reads."""
    ours = {MARKER, *_exported(folder)}
    other = next((path for path in _files(folder) if path not in ours), "")
    message = ""
    if any(folder.is_relative_to((root / name).resolve()) for name in _READ_AGAIN):
        message = f"{folder} is part of the handbook."
    elif Path.cwd().is_relative_to(folder):
        message = f"You are in {folder}, which would be replaced."
    elif other:
        message = f"{folder} holds {other}, which is no part of an export."
    if message:
        raise click.BadParameter(f"{message} Name another folder.", param_hint="DIR")


def _exported(folder: Path) -> Sequence[str]:
    marker = folder / MARKER
    return marker.read_text("utf-8").splitlines() if marker.is_file() else ()


def _files(folder: Path) -> Iterator[str]:
    """Every file below a folder, with forward slashes."""
    return (path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def _rendered(handbook: Handbook) -> tuple[pages.Page, ...]:
    try:
        day = timeline.today(handbook.organisation.timezone)
    except ValueError as error:
        raise click.UsageError(f"HANDBOOK_TODAY should be a day, such as 2027-03-01: {error}.") from error
    try:
        return pages.render(handbook, pages.Build(day))
    except TemplateError as error:
        where = f"{getattr(error, 'name', None) or 'A template'}, line {getattr(error, 'lineno', '?')}"
        raise click.ClickException(f"{where}: {error.message}. Nothing was written.") from error


def _replace_folder(folder: Path, texts: Mapping[str, str]) -> None:
    """Write beside, then replace: an interrupted export leaves the earlier one as it was."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix=".handbook-") as beside:
        new, old = Path(beside, "new"), Path(beside, "old")
        for path, text in {**texts, MARKER: "".join(f"{path}\n" for path in sorted(texts))}.items():
            (new / path).parent.mkdir(parents=True, exist_ok=True)
            (new / path).write_bytes(text.encode())
        if folder.exists():
            folder.rename(old)
        try:
            new.rename(folder)
        except BaseException:
            if old.exists():
                old.rename(folder)
            raise


# --- questions ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Question:
    """One question, which an option answers as well.

    Attributes:
        option: without its two hyphens.
        complaint: what is wrong with an answer; empty where nothing is.
        needed: whether there must be an answer.
    """

    option: str
    text: str
    complaint: Complaint
    example: str = ""
    needed: bool = True

    def prompt(self, default: str) -> str:
        """The question as it is asked."""
        more = [f"for example: {self.example}"] if self.example and not default else []
        more += [f"press Enter for {default}"] if default else []
        more += [] if self.needed else ["press Enter to leave it out"]
        return f"{self.text} ({'; '.join(more)})\n" if more else f"{self.text}\n"

    def wrong(self, answer: str) -> str:
        """Say what is wrong with an answer, in one or two plain sentences."""
        if not answer.strip():
            return "Please answer in a few words." if self.needed else ""
        if any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\t\n\r" for sign in answer):
            return "This holds a character that cannot be shown. Please type it again."
        return self.complaint(answer)


class Answers:
    """Takes answers from options, and asks for the others where one that is needed was not given."""

    def __init__(self, options: Mapping[str, str | None], needed: Iterable[str]) -> None:
        """Keep the options by name; where all needed ones are given, nothing is asked."""
        self.options = options
        self.silent = all(options[name] is not None for name in needed)

    def take(self, question: Question, default: str = "") -> str:
        """Give a right answer: the option's, or the first right one that a person types."""
        given = self.options.get(question.option)
        if given is None and self.silent:
            given = default
        if given is None:
            return _ask(question, default)
        if wrong := question.wrong(given):
            raise click.BadParameter(wrong, param_hint=f"--{question.option}")
        return given if given.strip() else ""


def _ask(question: Question, default: str) -> str:
    def accept(answer: str) -> str:
        if wrong := question.wrong(answer.strip()):
            raise click.UsageError(wrong)
        return answer.strip()

    try:
        answer: str = click.prompt(
            question.prompt(default),
            default=default if default or not question.needed else None,
            show_default=False,
            value_proc=accept,
            prompt_suffix="> ",
        )
        return answer
    except click.Abort:
        if sys.stdin.isatty():
            raise
        message = f"No answer to “{question.text}” Nothing was written. Give --{question.option}."
        raise click.UsageError(message) from None


def _by_schema(name: str, holder: Callable[[str], Mapping[str, Any]]) -> Complaint:
    """Let a schema judge an answer at the place where it will stand."""

    def complaint(answer: str) -> str:
        found = schema.problems(document.Document("", holder(answer)), name)
        return next((_sentence(one) for one in found if one.code != "missing-key"), "")

    return complaint


def _sentence(problem: Problem) -> str:
    return f"{problem.message} {problem.hint}".strip()


def _number_wrong(answer: str) -> str:
    try:
        value = float(answer)
    except ValueError:
        value = float("inf")
    return "" if isfinite(value) and abs(value) <= 1e9 else "Please write a number alone, such as 20 or 12.5."


def _zone_wrong(answer: str) -> str:
    if answer in available_timezones():
        return ""
    zones = sorted(available_timezones())
    city = next((zone for zone in zones if zone.lower().endswith(f"/{answer.lower().replace(' ', '_')}")), "")
    near = f"Did you mean `{city}`? " if city else did_you_mean(answer, zones)
    return f"“{visible(answer)}” is not a time zone. {near}Use an IANA name, such as Europe/London."


def _in_goal(field: str, answer: str) -> Mapping[str, Any]:
    measure = {"measure": {"what": "x", field: answer}}
    return {"goals": [{"title": "x", **measure} if field != "title" else {"title": answer}]}


def _in_contacts(answer: str) -> Mapping[str, Any]:
    return {"contacts": [{"purpose": "program", "label": "x", "address": answer}]}


_program = partial(_by_schema, "program")
_organisation = partial(_by_schema, "organisation")
_cohort = partial(_by_schema, "cohort")
_SAID = starter.EXAMPLE
PROGRAM_QUESTIONS = (
    Question("title", "What is the program called?", _program(lambda said: {"title": said}), _SAID.title),
    Question(
        "summary",
        "Who mentors whom on what, in one sentence?",
        _program(lambda said: {"summary": said}),
        _SAID.summary,
    ),
    Question("goal", "What do you want to reach?", _program(partial(_in_goal, "title")), _SAID.goal),
    Question(
        "measure",
        "What will you count to know that you reached it?",
        _program(partial(_in_goal, "what")),
        _SAID.measure,
        needed=False,
    ),
)
MEASURE_QUESTIONS = (
    Question("unit", "What is that number in?", _program(partial(_in_goal, "unit")), "%", needed=False),
    Question("baseline", "What is it today?", _number_wrong, "20", needed=False),
    Question("target", "What should it be at the end?", _number_wrong, "80", needed=False),
)
START = Question(
    "start", "On which day does the cohort start?", _cohort(lambda said: {"start": said}), "2027-02-01"
)
NAME = Question(
    "name",
    "What is your organisation called?",
    _organisation(lambda said: {"name": said}),
    "Northwind Health",
)
TIMEZONE = Question("timezone", "In which time zone are its dates and times?", _zone_wrong, "Europe/London")
CONTACT = Question(
    "contact",
    "Which shared mailbox or page do people ask?",
    _organisation(_in_contacts),
    "mentoring@northwind.example",
    needed=False,
)
REPOSITORY = Question(
    "repository",
    "Who can read this repository: public (everyone) or private (only colleagues)?",
    _organisation(lambda said: {"repository": said}),
)


# --- new ------------------------------------------------------------------------------------------


@main.group(invoke_without_command=True)
@click.option("--fresh", is_flag=True, help="Remove the shipped example, and begin with your own.")
@click.option("--name", help="With --fresh: what your organisation is called.")
@click.option("--timezone", help="With --fresh: its time zone by IANA name. [default: this computer's]")
@click.option("--contact", help="With --fresh: a shared mailbox, or a page, that people ask.")
@click.option("--repository", help="With --fresh: public (everyone reads it) or private. [default: public]")
@click.option("--yes", is_flag=True, help="With --fresh: remove the example without asking once more.")
@click.pass_context
def new(ctx: click.Context, /, fresh: bool, yes: bool, **options: str | None) -> None:
    """Start a program, a cohort, a handbook.

    You are asked a few questions. Each question has an option. Where those that are needed are given,
    nothing is asked. No file that is yours is ever overwritten.
    """
    if fresh and ctx.invoked_subcommand:
        raise click.UsageError("Run `new --fresh` by itself first.")
    if not fresh and (yes or any(value is not None for value in options.values())):
        what = ctx.invoked_subcommand or "program"
        raise click.UsageError(f"These options belong to --fresh. Those of `{what}` stand behind its name.")
    if not fresh and not ctx.invoked_subcommand:
        raise click.UsageError("Say what is new: `new program`, `new cohort`, or `new --fresh`.")
    if fresh:
        _refuse_elsewhere(ctx.obj)
        _fresh(ctx.obj, Answers(options, ("name",)), yes)


def _refuse_elsewhere(root: Path) -> None:
    if not (root / "programs").is_dir() and not (root / "mkdocs.yml").is_file():
        message = "This is not the folder of a handbook: it has no programs/."
        raise click.UsageError(f"{message} Name that folder: {command('-C', 'FOLDER', 'new', '…')}")


@new.command("program")
@click.option("--title", help="What the program is called.")
@click.option("--summary", help="Who mentors whom on what, in one sentence.")
@click.option("--goal", help="What you want to reach.")
@click.option("--measure", help="What you will count to know that you reached it.")
@click.option("--unit", help="What that number is in, such as %.")
@click.option("--baseline", help="The number today.")
@click.option("--target", help="The number you want at the end.")
@click.option("--id", "identifier", help="The folder's name: a-z, 0-9 and hyphens. [default: from the title]")
@click.pass_obj
def new_program(root: Path, /, identifier: str | None, **options: str | None) -> None:
    """Write programs/ID/program.yml, which checks clean and is yours to go on with."""
    _refuse_elsewhere(root)
    answers = Answers({**options, "id": identifier}, ("title", "summary", "goal"))
    said = {question.option: answers.take(question) for question in PROGRAM_QUESTIONS}
    about = {question.option: _measured(answers, question, said) for question in MEASURE_QUESTIONS}
    folder = _folder_name(root, answers, said["title"])
    path = f"programs/{folder}/program.yml"
    _write_checked(root, path, starter.program(_program_answers({**said, **about})))
    done = f"{path} is written and checks clean. Open it and go on from the comments in it."
    then = _here(root, "new", "cohort", "--program", folder)
    _say_next(done, "When you know the first day, start a cohort:", then)


def _program_answers(said: Mapping[str, str]) -> starter.ProgramAnswers:
    baseline, target = (float(said[name]) if said[name] else None for name in ("baseline", "target"))
    return starter.ProgramAnswers(
        said["title"], said["summary"], said["goal"], said["measure"], said["unit"], baseline, target
    )


def _measured(answers: Answers, question: Question, said: Mapping[str, str]) -> str:
    """Ask for a number's unit and values only where there is something to count."""
    if said["measure"]:
        return answers.take(question)
    if answers.options[question.option] is not None:
        raise click.BadParameter("Say with --measure what is counted.", param_hint=f"--{question.option}")
    return ""


@new.command("cohort")
@click.option("--program", help="The program's folder in programs/.")
@click.option("--start", help="The first day, such as 2027-02-01.")
@click.option("--name", help="What the cohort is called, such as “Spring 2027”. [default: from the start]")
@click.pass_obj
def new_cohort(root: Path, /, **options: str | None) -> None:
    """Write programs/PROGRAM/NAME.yml: one run of a program, with its first day."""
    _refuse_elsewhere(root)
    known = sorted(file.parent.name for file in (root / "programs").glob("*/program.yml"))
    if not known:
        raise click.UsageError(f"There is no program yet. Write one first: {_here(root, 'new', 'program')}")
    answers = Answers(options, ("program", "start"))
    which = Question("program", f"Which program: {', '.join(known)}?", partial(_unknown, known))
    program = answers.take(which, known[0] if len(known) == 1 else "")
    start = date.fromisoformat(answers.take(START))
    called, name = _cohort_name(answers, root / "programs" / program, start)
    path = f"programs/{program}/{name}.yml"
    _write_checked(root, path, starter.cohort(starter.CohortAnswers(start, "" if called == name else called)))
    then = "make serve" if _at(root) and Path("Makefile").is_file() else _here(root, "check")
    _say_next(f"{path} is written and checks clean.", "See what it looks like:", then)


def _unknown(known: Sequence[str], answer: str) -> str:
    said = f"There is no program “{visible(answer)}”. {did_you_mean(answer, known)}Known: {', '.join(known)}."
    return "" if answer in known else said


def _cohort_name(answers: Answers, folder: Path, start: date) -> tuple[str, str]:
    """Give what the cohort is called, and the name of its file."""
    usual = f"{start:%Y-%B}".lower()  # in English, whatever the computer's language

    def name(called: str) -> str:
        return slug(called) if _ASCII.search(called) else usual

    def wrong(called: str) -> str:
        return _file_wrong(folder, name(called)) or _cohort(lambda said: {"title": said})(called)

    called = answers.take(Question("name", "What is the cohort called?", wrong, "Spring 2027"), usual)
    return called, name(called)


RESERVED = frozenset(
    kind.path.split("/")[2].removesuffix(".md")
    for kind in pages.PAGES
    if kind.path.startswith("programs/{program}/") and "{" not in kind.path.split("/")[2]
)


def _file_wrong(folder: Path, name: str) -> str:
    if (folder / f"{name}.yml").exists():
        return f"There is already a file {name}.yml in {folder.name}/. Choose another name."
    if name in RESERVED:
        return f"“{name}” is the name of a page of every program. Choose another name, such as Spring 2027."
    return ""


def _folder_name(root: Path, answers: Answers, title: str) -> str:
    """Make a name of the title; ask for one only where that does not do."""
    usual = slug(title) if _ASCII.search(title) else ""
    question = Question("id", "What should its folder be called?", partial(_folder_wrong, root), "our-app")
    if answers.options["id"] is None:
        wrong = _folder_wrong(root, usual)
        if not wrong:
            return usual
        if answers.silent:
            raise click.BadParameter(wrong, param_hint="--id")
        click.echo(wrong)
    return answers.take(question)


def _folder_wrong(root: Path, name: str) -> str:
    if not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", name) or len(name) > 60:
        return "The folder's name needs a-z, 0-9 and hyphens, such as digital-fluency."
    taken = (root / "programs" / name / "program.yml").exists()
    return f"There is already a program in programs/{name}/. Choose another name." if taken else ""


# --- new --fresh ----------------------------------------------------------------------------------


def _fresh(root: Path, answers: Answers, yes: bool) -> None:
    """Remove what is still as shipped, keep what is the organisation's, and write a new organisation.yml."""
    _refuse_own_organisation(root)
    shipped, own = _example_files(root)
    said = starter.OrganisationAnswers(
        name=answers.take(NAME),
        timezone=answers.take(TIMEZONE, system_timezone()),
        contact=answers.take(CONTACT),
        repository=answers.take(REPOSITORY, "public"),
    )
    text = starter.organisation(said)
    _refuse_loss(root, text, shipped)
    _confirm_removal(shipped, own, yes)
    _write(root / "programs/organisation.yml", text)
    _remove(root, shipped)
    kept = f" Kept, since it is yours: {', '.join(own)}." if own else ""
    done = f"The example is gone, and programs/organisation.yml is yours.{kept}"
    _say_next(done, "Start your first program:", _here(root, "new", "program"))


def _refuse_own_organisation(root: Path) -> None:
    file = root / "programs/organisation.yml"
    if not file.exists():
        return
    found = document.read("programs/organisation.yml", file.read_bytes())
    values = () if isinstance(found, Problem) else found.values
    if not isinstance(values, Mapping) or values.get("example") is not True:
        message = "This handbook is yours already: programs/organisation.yml does not say `example: true`."
        _fail(f"{message} Nothing was removed.")
    if not _as_shipped(file, EXAMPLE / "organisation.yml"):
        message = (
            "You changed programs/organisation.yml, and a new one would take its place. Nothing was removed."
        )
        move = f"mv {shlex.quote(str(file))} {shlex.quote(str(root / 'organisation.old.yml'))}"
        _fail(f"{message}\nMove it away, and take from it what you need afterwards:\n  {move}")


def _fail(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(1)


def _example_files(root: Path) -> tuple[list[str], list[str]]:
    """Tell the files below programs/ that are still as shipped from the organisation's own."""
    files = sorted(path for path in _files(root / "programs") if path != "organisation.yml")
    shipped = [path for path in files if _as_shipped(root / "programs" / path, EXAMPLE / path)]
    return shipped, [f"programs/{path}" for path in files if path not in shipped]


def _as_shipped(file: Path, master: Path) -> bool:
    return master.is_file() and _lines(file) == _lines(master)


def _lines(file: Path) -> bytes:
    return file.read_bytes().replace(b"\r\n", b"\n")  # git on Windows may have turned them


def _refuse_loss(root: Path, text: str, shipped: Iterable[str]) -> None:
    """Refuse where the organisation's own files would not check without the example's."""
    gone = {f"programs/{path}" for path in shipped}
    _, problems = _trial(root, {"programs/organisation.yml": text}, gone)
    own = [problem for problem in errors(problems) if problem.path.startswith("programs/")]
    if own:
        show(root, own)
        _fail(
            "Your own files would not check without the example's. Move them away first. Nothing was removed."
        )


def _confirm_removal(shipped: Sequence[str], own: Sequence[str], yes: bool) -> None:
    if yes or not shipped:
        return
    for path in shipped:
        click.echo(f"  removed: programs/{path}")
    for path in own:
        click.echo(f"  kept:    {path}")
    try:
        click.confirm("Remove the example?", abort=True)
    except click.Abort:
        if sys.stdin.isatty():
            raise
        raise click.UsageError("Nothing was removed. Say so with --yes.") from None


def _remove(root: Path, paths: Iterable[str]) -> None:
    for path in paths:
        (root / "programs" / path).unlink()
    folders = (folder for folder in (root / "programs").rglob("*") if folder.is_dir())
    for folder in sorted(folders, reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()


def system_timezone() -> str:
    """Guess this computer's time zone by its IANA name; UTC where it does not say."""
    link = os.path.realpath("/etc/localtime").partition("zoneinfo/")[2]
    file = Path("/etc/timezone")
    written = file.read_text("utf-8", "replace").strip() if file.is_file() else ""
    zones = available_timezones()
    return next((zone for zone in (os.environ.get("TZ", ""), link, written) if zone in zones), "UTC")


# --- writing --------------------------------------------------------------------------------------


def _write_checked(root: Path, path: str, text: str) -> None:
    """Write a new file, unless its handbook would then have an error in it."""
    handbook, problems = _trial(root, {path: text})
    needed = {path, f"{path.rpartition('/')[0]}/program.yml", "programs/organisation.yml"}
    about = [problem for problem in problems if problem.path in needed]
    if errors(about):
        show(root, about)
        _fail(f"With {path} there would be the problems above. Nothing was written.")
    show(root, (problem for problem in about if problem.path == path))
    _write(root / path, text)
    if handbook is None:
        click.echo(f"Other files have problems: {_here(root, 'check')}", err=True)


def _trial(
    root: Path, texts: Mapping[str, str], gone: Iterable[str] = ()
) -> tuple[Handbook | None, tuple[Problem, ...]]:
    """Load a copy of the handbook as it would be with these files and without those."""
    with TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in ("programs", load.OVERRIDES):
            if (root / name).is_dir():
                shutil.copytree(root / name, copy / name, ignore_dangling_symlinks=True)
        for path in gone:
            (copy / path).unlink()
        for path, text in texts.items():
            (copy / path).parent.mkdir(parents=True, exist_ok=True)
            (copy / path).write_bytes(text.encode())
        return load.load(copy)


def _write(file: Path, text: str) -> None:
    """Write beside, then replace: nobody ever reads half a file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.new")
    try:
        beside.write_bytes(text.encode())
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)


def _say_next(done: str, then: str, line: str) -> None:
    click.echo(f"\n{done}\n{then}\n  {line}")


def _at(root: Path) -> bool:
    return root.resolve() == Path.cwd()


def _here(root: Path, *words: str) -> str:
    """A command for this handbook that works as pasted."""
    return command(*words) if _at(root) else command("-C", str(root), *words)


def command(*words: str) -> str:
    """A command that works as pasted: from .venv, or else as this one was called."""
    ready = Path(".venv", "Scripts" if os.name == "nt" else "bin", "handbook")
    called = Path(sys.argv[0])
    if ready.exists() or ready.with_suffix(".exe").exists():
        start = str(ready)
    elif called.stem == "handbook":
        start = shlex.quote(str(called))
    else:
        start = f"{shlex.quote(sys.executable)} -m handbook.cli"
    return " ".join([start, *map(shlex.quote, words)])


if __name__ == "__main__":
    main()
