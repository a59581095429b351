"""`handbook forget`: a person goes out of every program, cohort and sign-up, and git's history is told of.

What is printed holds a name only as far as somebody typed it: a log would remember the person for good.
"""

from __future__ import annotations

import difflib
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import click
from rich.console import Console
from rich.text import Text

from .. import document, edit, signup
from ..document import Document
from ..privacy import Names
from ..problems import as_text, errors, visible
from ..signup import SignUp
from .files import below, refuse_elsewhere, trial, write
from .next_step import here
from .reporter import count

NOTHING = "Nothing was written."
_ID = re.compile("[a-z0-9-]+")
_COHORT = re.compile(r"programs/([^/]+/(?!program\.)[^/]+)\.ya?ml")
_SIGN_UPS = re.compile(r"signups/([^/]+/[^/]+)\.json")
_YAML = re.compile(r"programs/.+\.ya?ml", re.DOTALL)
_TEXTS = (".css", ".csv", ".html", ".j2", ".js", ".json", ".md", ".svg", ".txt", ".yaml", ".yml")
_STYLES = {"+": "green", "-": "red", "@": "cyan"}
_HIDDEN = "…"
# Each commit is looked into by itself; a command's line has an end.
_COMMITS_AT_ONCE = 200


@click.command()
@click.argument("said", metavar="PERSON")
@click.option("--cohort", metavar="PROGRAM/COHORT", help="Whose id this is, where several cohorts have it.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def forget(root: Path, /, said: str, cohort: str | None, yes: bool) -> None:
    """Take a person out of all programs, cohorts and sign-ups.

    PERSON is an id or a name as the files have it. Pairings go with the person, and the other one stays;
    numbers in results name nobody and stay. What changes is shown first. A name in the middle of a text is
    left to you: each place is listed, and the exit code is 1 as long as there is one. In the end you read
    which commits of git still hold the person.
    """
    refuse_elsewhere(root)
    kept = _Kept.of(root)
    person = _person(kept, said, cohort)
    change = _change(kept, person)
    for place in change.places:
        click.echo(_veil(visible(place), person))
    if not change.places:
        click.echo("No entry, pairing or sign-up is this person's, by that id or name.")
    left = [*_left(kept, change, person)]
    _say_left(left, person)
    written = not change.texts or _written(root, kept, change, person, _again(root, said, cohort), yes)
    _say_history(root, person)
    sys.exit(0 if written and not left else 1)


def _again(root: Path, said: str, cohort: str | None) -> str:
    words = ("--cohort", cohort) if cohort else ()
    return here(root, "forget", *words, "--yes", "--", said)


# --- what the files hold --------------------------------------------------------------------------


@dataclass(frozen=True)
class _Kept:
    """Everything in which a person may stand.

    Attributes:
        texts: of all files that are texts, by path.
        documents: those of programs/, as far as they can be read.
        sign_ups: by path.
        unread: the paths of files that no program can look into.
    """

    texts: Mapping[str, str]
    documents: Mapping[str, Document]
    sign_ups: Mapping[str, tuple[SignUp, ...]]
    unread: tuple[str, ...]

    @staticmethod
    def of(root: Path) -> _Kept:
        """Read programs/, docs/ and signups/; links are not followed."""
        texts: dict[str, str] = {}
        unread: list[str] = []
        for path in _paths(root):
            text = _text(root / path)
            if text is not None:
                texts[path] = text
            elif path.startswith("signups/") or path.endswith(_TEXTS):
                unread.append(path)
        documents, sign_ups = {}, {}
        for path, text in texts.items():
            if _YAML.fullmatch(path):
                read = document.read(path, text.removeprefix("\ufeff"))
                if isinstance(read, Document):
                    documents[path] = read
                else:
                    unread.append(path)
            elif _SIGN_UPS.fullmatch(path):
                with suppress(ValueError):  # any other file is searched as a text
                    sign_ups[path] = signup.of_json(text)
        return _Kept(texts, documents, sign_ups, tuple(unread))

    def people(self) -> Iterator[_Entry]:
        """Everybody who is listed in a cohort or signed up for one."""
        for path, read in self.documents.items():
            yield from (entry for _, entry in _listed(read, _cohort(path)))
        for path, listed in self.sign_ups.items():
            yield from (_entry(_cohort(path), one) for one in listed)


class _Entry(NamedTuple):
    """What one file says of one person."""

    cohort: str
    id: str
    name: str
    email: str = ""


def _cohort(path: str) -> str:
    """The cohort whose people or sign-ups stand in a file, as PROGRAM/COHORT; empty for other files."""
    found = _COHORT.fullmatch(path) or _SIGN_UPS.fullmatch(path)
    return found[1] if found else ""


def _listed(read: Document, cohort: str) -> Iterator[tuple[int, _Entry]]:
    """The people of a cohort's file, with their places in the list."""
    for index, one in _mappings(read.mapping.get("people") if cohort else ()):
        yield index, _Entry(cohort, str(one.get("id", "")), str(one.get("name", "")))


def _entry(cohort: str, one: SignUp) -> _Entry:
    return _Entry(cohort, one.id, one.name, one.email)


def _paths(root: Path) -> list[str]:
    """Every file, and every link to a folder, which is not looked into."""
    folders = [folder for folder in ("programs", "docs", "signups") if (root / folder).is_dir()]
    links = (path for folder in folders for path in (root / folder).rglob("*") if path.is_symlink())
    found = {f"{folder}/{path}" for folder in folders for path in below(root / folder)}
    return sorted(found | {path.relative_to(root).as_posix() for path in links})


def _text(file: Path) -> str | None:
    """Read a text as it stands; None for what is none."""
    if file.is_symlink() or not file.is_file():
        return None
    content = file.read_bytes()
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    try:
        return None if encoding == "utf-8" and b"\0" in content else content.decode(encoding)
    except UnicodeDecodeError:
        return (
            content.decode("cp1252", "replace") if file.suffix.lower() in (".csv", ".tsv", ".txt") else None
        )


def _mappings(said: object) -> Iterator[tuple[int, Mapping[str, Any]]]:
    listed = enumerate(said) if isinstance(said, list) else ()
    return ((index, one) for index, one in listed if isinstance(one, dict))


# --- who is meant ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Person:
    """Whom to forget.

    Attributes:
        said: what somebody typed.
        ids: each with its cohort, since an id may be another person's in another cohort.
        names: as they are spelled in the files.
    """

    said: str
    ids: frozenset[tuple[str, str]] = frozenset()
    names: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()

    def has(self, entry: _Entry) -> bool:
        """Whether an entry is this person's: by id, name or address."""
        same_name = bool(entry.name) and _bare(entry.name) in map(_bare, self.names)
        same_email = bool(entry.email) and _bare(entry.email) in map(_bare, self.emails)
        return (entry.cohort, entry.id) in self.ids or same_name or same_email

    def is_named(self, said: str, cohort: str) -> bool:
        """Whether a text is an id, name or address of this person."""
        return (cohort, said) in self.ids or _bare(said) in map(_bare, (*self.names, *self.emails))

    def with_all(self, entries: Iterable[_Entry]) -> _Person:
        """The same person with what more entries say."""
        found = [*entries]
        return replace(
            self,
            ids=self.ids | {(one.cohort, one.id) for one in found},
            names=self.names | {one.name for one in found if one.name},
            emails=self.emails | {one.email for one in found if one.email},
        )


def _bare(text: str) -> str:
    return " ".join(text.casefold().split())


def _person(kept: _Kept, said: str, cohort: str | None) -> _Person:
    """Find out who is meant, and everything by which the files know this person."""
    if not re.search(r"\w", said):
        raise click.BadParameter("Give an id or a name.", param_hint="PERSON")
    listed = [*kept.people()]
    known = sorted({entry.cohort for entry in listed})
    if cohort and cohort not in known:
        raise click.BadParameter(f"Nobody is listed there. Known: {', '.join(known)}.", param_hint="--cohort")
    by_id = [entry for entry in listed if entry.id == said and cohort in (None, entry.cohort)]
    cohorts = {entry.cohort for entry in by_id}
    names = {_bare(entry.name) for entry in by_id if entry.name}
    nameless = {one for one in cohorts if not any(entry.name for entry in by_id if entry.cohort == one)}
    if len(cohorts) > 1 and (len(names) > 1 or nameless):
        ways = ", ".join(f"--cohort {one}" for one in sorted(cohorts))
        message = f"Several cohorts have this id, and it may be another person's there. Say which: {ways}."
        raise click.UsageError(message)
    person = _Person(said).with_all(by_id)
    if not by_id:
        typed = frozenset([said])
        person = replace(person, emails=typed) if "@" in said else replace(person, names=typed)
    while (more := person.with_all(filter(person.has, listed))) != person:
        person = more
    if not person.ids and _ID.fullmatch(said):  # git may hold it still
        every = filter(None, map(_cohort, kept.texts))
        return _Person(said, frozenset((one, said) for one in every))
    return person


# --- what changes ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Change:
    """What is to be written.

    Attributes:
        places: what goes, a line each.
        texts: the files as they will be, by path.
        shown: of each file that is shown what it was and what it will be, without hidden names.
    """

    places: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    shown: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def _change(kept: _Kept, person: _Person) -> _Change:
    places: list[str] = []
    texts: dict[str, str] = {}
    shown: dict[str, tuple[str, str]] = {}
    for path, read in kept.documents.items():
        if gone := [*_gone(read, person)]:
            places += [f"{path}:{read.key_place(where).line}: {what}" for where, what in gone]
            paths = [where for where, _ in gone]
            texts[path] = _without(path, kept.texts[path], paths)
            shown[path] = _veiled(read, kept.texts[path], paths, person)
    for path, listed in kept.sign_ups.items():
        own, others = _of_sign_ups(path, listed, person)
        if others != listed:
            freed = sum(one not in listed for one in others)
            named = f", which {count(freed, 'other')} named" if freed else ""
            places.append(f"{path}: {count(own, 'sign-up')}{named}")
            texts[path] = signup.as_json(others)
    for path, text in kept.texts.items():
        if (after := _of_proposals(path, text, person)) != text:
            places.append(f"{path}: what was proposed for this person")
            texts[path] = after
    return _Change(tuple(places), texts, shown)


def _of_proposals(path: str, text: str, person: _Person) -> str:
    """A cohort's proposals without this person's; the page about them as one that is to be made anew."""
    found = re.fullmatch(r"signups/(.+)-proposals\.(json|html)", path)
    if found is None:
        return text
    if found[2] == "html":
        return _NO_PAGE if any(_starts([_pattern(name) for name in person.names], text)) else text
    with suppress(ValueError):  # any other file is searched as a text
        known = signup.proposals_of_json(text)
        left = [one for one in known if not any((found[1], name) in person.ids for name in one.two)]
        return text if len(left) == len(known) else signup.proposals_as_json(left)
    return text


_NO_PAGE = "<!doctype html>\n<title>Run handbook pair again</title>\n"


def _gone(read: Document, person: _Person) -> Iterator[tuple[document.Path, str]]:
    """The entries and keys of a file that are this person's, and what each is."""
    cohort = _cohort(read.path)
    for index, entry in _listed(read, cohort):
        if person.has(entry):
            yield ("people", index), "the entry under `people`"
    for index, one in _mappings(read.mapping.get("pairings") if cohort else ()):
        if any((cohort, one.get(role)) in person.ids for role in ("mentor", "mentee")):
            yield ("pairings", index), "a pairing; the other person stays"
    sponsor = read.mapping.get("sponsor")
    if isinstance(sponsor, dict) and person.is_named(str(sponsor.get("name", "")), ""):
        yield ("sponsor", "name"), "the sponsor's name"
        if "consent" in sponsor:
            yield ("sponsor", "consent"), "the sponsor's consent"


def _of_sign_ups(path: str, listed: Sequence[SignUp], person: _Person) -> tuple[int, tuple[SignUp, ...]]:
    """How many sign-ups are this person's, and the others, in which nobody names the person."""
    cohort = _cohort(path)

    def others(named: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(one for one in named if not person.is_named(one, cohort))

    left = [one for one in listed if not person.has(_entry(cohort, one))]
    freed = (
        replace(
            one,
            manager="" if person.is_named(one.manager, cohort) else one.manager,
            not_with=others(one.not_with),
            earlier=others(one.earlier),
        )
        for one in left
    )
    return len(listed) - len(left), tuple(freed)


def _without(path: str, text: str, paths: Sequence[document.Path]) -> str:
    try:
        return edit.without(text, paths)
    except edit.Impossible as error:
        raise click.ClickException(f"{path}: {error} Delete it by hand. {NOTHING}") from error


def _veiled(read: Document, text: str, paths: Sequence[document.Path], person: _Person) -> tuple[str, str]:
    """A file before and after, with a sign in place of each name that nobody typed; else nothing."""
    try:
        for path in paths:
            around = path if path[0] == "people" else path[:-1]
            name = read.value(around)
            if (
                path[0] != "pairings"
                and isinstance(name, dict)
                and _is_hidden(str(name.get("name", "")), person)
            ):
                text = edit.with_value(text, (*around, "name"), _HIDDEN)
        return text, edit.without(text, paths)
    except edit.Impossible:
        return "", ""


def _is_hidden(name: str, person: _Person) -> bool:
    return bool(name) and _bare(name) != _bare(person.said)


# --- shown, agreed to, written --------------------------------------------------------------------


def _written(root: Path, kept: _Kept, change: _Change, person: _Person, again: str, yes: bool) -> bool:
    """Try the change, show it, ask, and write it; whether it was written."""
    files = {path: text for path, text in change.texts.items() if path.startswith("programs/")}
    before = Counter((one.path, one.code) for one in errors(trial(root, {})[1]))
    found = errors(trial(root, files)[1])
    if Counter((one.path, one.code) for one in found) - before:
        click.echo(_veil(as_text(found), person))
        raise click.ClickException(f"Without this person there would be the problems above. {NOTHING}")
    _show(change, person)
    if not yes and not sys.stdin.isatty():
        click.echo(f"{NOTHING} To write this: {_veil(again, person)}")
        return False
    if not yes and not click.confirm("Write these changes?"):
        click.echo(NOTHING)
        return False
    for path in change.texts:
        if _text(root / path) != kept.texts[path]:
            raise click.ClickException(f"{path} was changed meanwhile. {NOTHING} Try again.")
    for path, text in change.texts.items():
        write(root, path, text)
    click.echo(f"{count(len(change.texts), 'file')} changed.")
    if found:
        click.echo(f"There are other problems, as before: {here(root, 'check')}")
    return True


def _show(change: _Change, person: _Person) -> None:
    """Show what goes, without the lines around it, which may be other people's; sign-ups are not shown."""
    console = Console(highlight=False, soft_wrap=True)
    console.print()
    for path, texts in change.shown.items():
        was, will_be = (one.removesuffix("\n").split("\n") for one in texts)
        for line in difflib.unified_diff(was, will_be, path, path, lineterm="", n=0):
            style = "bold" if line.startswith(("+++", "---")) else _STYLES.get(line[:1], "")
            console.print(Text(visible(_veil(line, person)), style))
    console.print()


def _veil(line: str, person: _Person) -> str:
    """A line in which only that name or address stands which somebody typed."""
    for hidden in (*person.names, *person.emails):
        if _is_hidden(hidden, person):
            line = _pattern(hidden).sub(_HIDDEN, line)
    return line


# --- what is left to a person ---------------------------------------------------------------------


def _pattern(name: str) -> re.Pattern[str]:
    """A name or address in a text, also over the end of a line, and with marks between its words."""
    words = re.findall(r"\w+", name)
    gap = r"(?!\w|_)[^\w\s]{0,3}\s*(?:[#>]\s*)?[^\w\s]{0,3}" if "@" not in name else r"[^\w\s]"
    return re.compile(rf"(?<!\w){gap.join(map(re.escape, words))}(?!\w)", re.IGNORECASE)


def _is_searched(name: str) -> bool:
    """Whether a name can be looked for in texts: one word alone may be any word, such as Mark or May."""
    return len(re.findall(r"\w+", name)) > 1


def _left(kept: _Kept, change: _Change, person: _Person) -> Iterator[str]:
    """Each place where the person is named in a text, or may be, in the files as they are then."""
    patterns = [_pattern(name) for name in sorted((*person.names, *person.emails)) if _is_searched(name)]
    for path, text in sorted({**kept.texts, **change.texts}.items()):
        own = patterns if path in kept.sign_ups else [*patterns, *_id_patterns(path, person)]
        places = {(text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)) for at in _starts(own, text)}
        yield from (f"{path}:{line}:{column}" for line, column in sorted(places))
        if not places and not path.startswith("signups/"):
            yield from _marked(path, text, person)
    yield from (f"{path}: the file's name" for path in _paths_of(kept) if any(_starts(patterns, path)))
    yield from (f"{path}: no program can search this" for path in kept.unread)


def _paths_of(kept: _Kept) -> Iterator[str]:
    return chain(kept.texts, kept.unread)


def _starts(patterns: Iterable[re.Pattern[str]], text: str) -> Iterator[int]:
    return (found.start() for pattern in patterns for found in pattern.finditer(text))


def _id_patterns(path: str, person: _Person) -> Iterator[re.Pattern[str]]:
    """The ids in other files of a cohort's sign-ups, such as proposals."""
    for cohort, identifier in person.ids:
        if re.match(rf"signups/{re.escape(cohort)}[./]", path):
            yield re.compile(rf"(?<![\w-]){re.escape(identifier)}(?![\w-])")


def _marked(path: str, text: str, person: _Person) -> Iterator[str]:
    """Places where a page would show the name, which is written with marks or signs that hide it."""
    words = (tuple(re.findall(r"\w+", name)) for name in person.names if _is_searched(name))
    names = Names(frozenset(words), frozenset())
    yield from (f"{one.path}:{one.line}:{one.column}" for one in names.in_prose(path, text))


def _say_left(left: Sequence[str], person: _Person) -> None:
    if left:
        click.echo("\nOnly you can change these; lines are counted as they are after the change.")
        click.echo("Then run this again, with the name in place of an id:")
        for place in left:
            click.echo(f"  {_veil(visible(place), person)}")
    if any(not _is_searched(name) for name in person.names):
        click.echo("\nOne word alone may be any word: such a name was not looked for in texts.")


# --- what git holds -------------------------------------------------------------------------------


def _say_history(root: Path, person: _Person) -> None:
    """Say which commits still hold the person, and how to purge them."""
    every = _git(root, "log", "--all", "--reverse", "--format=%H %h %cs")
    if every is None:
        return
    commits = [line.split(" ") for line in every.splitlines()]
    holding = _holding(root, [one[0] for one in commits], person)
    if _git(root, "rev-parse", "--is-shallow-repository") == "true\n":
        click.echo("\nThis is a shallow clone: older commits, which it does not hold, were not looked into.")
    told = [f"{short} of {day}" for full, short, day in commits if full in holding]
    if not told:
        click.echo("\nNo commit of git holds this person.")
        return
    which = f"the first {told[0]}, the last {told[-1]}" if len(told) > 1 else told[0]
    click.echo(f"\nGit still holds this person in {count(len(told), 'commit')}: {which}.")
    click.echo(_PURGE)


_PURGE = """\
To purge them, once this change is committed and everybody has pushed:
  1. Outside of this folder, write a file: a line for each spelling of the name, `regex:` lines for ids.
  2. In a fresh clone run `git filter-repo --replace-text THAT_FILE`, and push all branches and tags by force.
  3. Your host keeps copies, in pull requests too: see its guide to removing sensitive data, and SECURITY.md.
  4. Delete that file, and let everybody clone anew."""


def _holding(root: Path, commits: Sequence[str], person: _Person) -> frozenset[str]:
    """The commits whose files hold a name or address of the person, or the entry of an id."""
    found: set[str] = set()
    for name in sorted((*person.names, *person.emails)):
        if _is_searched(name) and (paths := _touched(root, name)):
            found |= _grep(root, commits, ("-F", "-e", name), paths)
        elif not _is_searched(name):
            found |= _grep(root, commits, ("-E", "-e", _said_as("name", name)), ["programs", "signups"])
    for cohort, identifier in person.ids:
        paths = [f"programs/{cohort}.yml", f"programs/{cohort}.yaml", f"signups/{cohort}.json"]
        literal = [f":(literal){path}" for path in paths]
        found |= _grep(root, commits, ("-E", "-e", _said_as("id", identifier)), literal)
    return frozenset(found)


def _said_as(key: str, value: str) -> str:
    """A pattern of a key with its value, quoted or not."""
    escaped = re.sub(r"([^\w\s-])", r"\\\1", value)
    return f"{key}[\"']?: *[\"']?{escaped}[\"']?[[:space:]]*([],}}#]|$)"


def _touched(root: Path, name: str) -> list[str]:
    """The files in which a name came or went in any commit; fast, since most commits do neither."""
    options = (
        "--all",
        "-m",
        "--no-textconv",
        "--no-ext-diff",
        "--no-renames",
        "--format=",
        "--name-only",
        "-z",
    )
    listed = _git(root, "log", *options, f"-S{name}") or ""
    return sorted({f":(top,literal){path}" for path in re.split("[\0\n]", listed) if path})


def _grep(root: Path, commits: Sequence[str], pattern: Sequence[str], paths: Sequence[str]) -> set[str]:
    batches = (commits[at : at + _COMMITS_AT_ONCE] for at in range(0, len(commits), _COMMITS_AT_ONCE))
    listed = (
        _git(root, "grep", "-l", "-z", "--no-textconv", *pattern, *some, "--", *paths) or ""
        for some in batches
    )
    return {one.partition(":")[0] for one in chain.from_iterable(text.split("\0") for text in listed) if one}


def _git(root: Path, *words: str) -> str | None:
    """Ask git, never through a shell; None where there is no git, or nothing was found."""
    # Whoever owns the folder, and whatever its settings say: git is only to look.
    harmless = ("-c", "core.fsmonitor=false", "-c", "safe.directory=*", "-c", "log.showSignature=false")
    try:
        done = subprocess.run(["git", *harmless, *words], cwd=root, capture_output=True)
    except FileNotFoundError:
        return None
    return done.stdout.decode("utf-8", "surrogateescape") if done.returncode == 0 else None
