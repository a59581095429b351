"""`handbook new`: a program, a cohort, or the whole handbook afresh."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from math import isfinite
from pathlib import Path

import click
import yaml

from ...guidance.steps.step import launch_plan
from ...load.repository import trial
from ...model.definitions.cohort import Cohort
from ...model.timeline import earliest_start, fitting_sign_up, moved_sign_up
from ...rules.checks import names_fit_addresses
from ...text.problems import did_you_mean, known
from ...text.signs import visible
from ..terminal.cohorts import desk_of
from ..terminal.files import file_name, refuse_elsewhere, write_checked
from ..terminal.parameters import Answers, parameters, sentence, today
from ..terminal.reporter import FOLDER, filled, here, is_here, say_next
from .new_fresh import start_afresh


@click.group(invoke_without_command=True)
@parameters("new")
def new(root: Path, /, fresh: bool, yes: bool, **given: str | None) -> None:
    """Start a programme, a cohort, a handbook.

    You are asked a few questions. Each question has an option. Where those that are needed are given,
    nothing is asked. No file that is yours is ever overwritten.
    """
    inner = click.get_current_context().invoked_subcommand
    if fresh and inner:
        raise click.UsageError("Run `new --fresh` by itself first.")
    if inner and (yes or any(value is not None for value in given.values())):
        raise click.UsageError(f"These options belong to --fresh. Those of `{inner}` go after its name.")
    if not fresh and not inner:
        raise click.UsageError("Say what is new: `new program`, `new cohort`, or `new --fresh`.")
    if fresh:
        start_afresh(root, Answers("new", given), yes)


# --- a program


@new.command("program")
@parameters("new program")
def new_program(root: Path, /, **given: str | None) -> None:
    """Write programs/ID/program.yml, which checks clean and is yours to go on with."""
    refuse_elsewhere(root)
    answers = Answers("new program", given)
    like = given["like"]
    text = (FOLDER / f"starter/like/{like}.yml").read_text("utf-8") if like else "{}"
    field = yaml.load(text, Loader=yaml.CSafeLoader)
    usual = field.get("answers", {})
    first = ("title", "summary", "goal", "measure")
    values = {name: answers.take(name, usual.get(name, "")) for name in first}
    usual = usual if values["measure"] == usual.get("measure") else {}  # another one has other numbers
    for name, complaint in (("unit", None), ("baseline", _number_wrong), ("target", _number_wrong)):
        if not values["measure"] and given[name] is not None:
            raise click.BadParameter("Say with --measure what is counted.", param_hint=f"--{name}")
        values[name] = answers.take(name, usual.get(name, ""), complaint) if values["measure"] else ""
    folder = _folder_name(root, answers, values["title"])
    path = f"programs/{folder}/program.yml"
    write_checked(root, path, filled("starter/program.yml", **values, like=field))
    done = f"{path} is written and has no errors. Open it and go on from the comments in it."
    then = here(root, "new", "cohort", "--program", folder)
    say_next(done, "When you know the first day, start a cohort:", then)


def _number_wrong(answer: str) -> str:
    try:
        value = float(answer)
    except ValueError:
        value = float("inf")
    return "" if isfinite(value) and abs(value) <= 1e9 else "Please write a number alone, such as 20 or 12.5."


def _folder_name(root: Path, answers: Answers, title: str) -> str:
    """Make a name of the title; ask for one only where that does not do."""
    if answers.options["id"] is None:
        name = file_name(title)
        wrong = _folder_wrong(root, name)
        if not wrong:
            return name
        if answers.silent:
            raise click.BadParameter(wrong, param_hint="--id")
        click.echo(wrong)
    return answers.take("id", complaint=partial(_folder_wrong, root))


def _folder_wrong(root: Path, name: str) -> str:
    if wrong := sentence(names_fit_addresses("programs", name)):
        return wrong
    taken = (root / "programs" / name / "program.yml").exists()
    return f"There is already a programme in programs/{name}/. Choose another name." if taken else ""


# --- a cohort


@new.command("cohort")
@parameters("new cohort")
def new_cohort(root: Path, /, **given: str | None) -> None:
    """Write programs/PROGRAM/NAME.yml: one run of a programme, with its first day."""
    refuse_elsewhere(root)
    answers = Answers("new cohort", given)
    program = _program(root, answers)
    start = date.fromisoformat(answers.take("start"))
    last = desk_of(root, program, Path(given["last"]).stem, "--from").cohort if given["last"] else None
    called, name = _cohort_name(answers, root / "programs" / program, start)
    path = f"programs/{program}/{name}.yml"
    title = "" if called == name else called
    values = {"start": start, "title": title, "last": last, "sign_up": last and moved_sign_up(last, start)}
    fitting, told = _fitted(root, path, filled("starter/cohort.yml", **values))
    write_checked(root, path, filled("starter/cohort.yml", **{**values, **fitting}))
    for line in filter(None, (told, _left_out(last) if last else "")):
        click.echo(line)
    then = "make serve" if is_here(root) and Path("Makefile").is_file() else here(root, "build")
    say_next(f"{path} is written and has no errors.", "See what it looks like:", then)


def _fitted(root: Path, path: str, text: str) -> tuple[Mapping[str, object], str]:
    """Fit the plan of a cohort that starts soon: what its file says, and what whoever starts it is told.

    Nothing where its usual plan has yet to begin, or the cohort has begun; nothing also where its handbook
    has errors, which whoever writes the file tells.
    """
    handbook, _ = trial(root, {path: text})
    if handbook is None:
        return {}, ""
    [cohort] = (cohort for cohort in handbook.cohorts if cohort.path == path)
    day, holidays = today(handbook), handbook.organisation.holidays
    usual = min((due for _, due in launch_plan(cohort, holidays)), default=day)
    if usual >= day or cohort.start <= day:
        return {}, ""
    earliest = earliest_start(cohort, day, holidays)
    told = filled("fitted.txt", usual=usual, earliest=earliest, soon=earliest > cohort.start)
    opens, closes = fitting_sign_up(cohort, day, holidays)
    said = {"plan_from": day, "sign_up": {"opens": opens, "closes": closes}}
    return said, told


def _left_out(last: Cohort) -> str:
    """Say what of an earlier cohort is not in the new one, by what its file calls it."""
    own = ("people", "pairings", "results", "dates", "end", "plan_from", "draft", "cancelled", "postponed")
    left_out = [name for name in own if getattr(last, name)] + ["sign_up"] * (last.plan_from is not None)
    names = ", ".join(f"`{name}`" for name in left_out)
    left = f"Left out of what {last.path} says: {names}. " if names else ""
    return f"{left}{'Its lessons are at the top, as comments.' if last.lessons else ''}"


def _program(root: Path, answers: Answers) -> str:
    programs = sorted(file.parent.name for file in (root / "programs").glob("*/program.yml"))
    if not programs:
        raise click.UsageError(f"There is no programme yet. Write one first: {here(root, 'new', 'program')}")
    if len(programs) == 1 and answers.options["program"] is None:
        return programs[0]
    question = answers.questions["program"]
    text = question.text.format(", ".join(map(visible, programs)))
    answers.questions["program"] = replace(question, text=text)
    return answers.take("program", complaint=partial(_unknown, programs))


def _unknown(names: Sequence[str], answer: str) -> str:
    wrong = f"There is no programme “{answer}”. {did_you_mean(answer, names)}{known(names)}"
    return "" if answer in names else wrong


def _cohort_name(answers: Answers, folder: Path, start: date) -> tuple[str, str]:
    """Give what the cohort is called, and the name of its file."""
    usual = f"{start:%Y-%B}".lower()  # in English, whatever the computer's language

    def name(called: str) -> str:
        return file_name(called) or usual

    def wrong(called: str) -> str:
        return _file_wrong(folder, f"{name(called)}.yml") or answers.questions["name"].misfit(called)

    called = answers.take("name", usual, wrong)
    return called, name(called)


def _file_wrong(folder: Path, file: str) -> str:
    if (folder / file).exists():
        return f"There is already a file {file} in {folder.name}/. Choose another name."
    return sentence(names_fit_addresses(f"programs/{folder.name}", file))
