"""Two repositories that differ only in what is private give the same public bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from handbook.cli import main
from tests.repository import DAY, SHORT, Files, build, example, make, write

FLUENCY = "programs/digital-fluency"
RUN, BEFORE = f"{FLUENCY}/2027-spring.yml", f"{FLUENCY}/2026-spring.yml"
ORGANISATION = "programs/organisation.yml"
Change = tuple[str, str, str]  # a file, what stands there, as a pattern, and what the twin has in its place

YES = "confirmed: {mentor: 2027-01-20, mentee: 2027-01-21}, announce: 2027-01-29"
NAMED, EARLIER = (
    "amara tomasz mei-ling yusuf freya jr priya owen lucia",
    "noor callum ifeoma dana hamid mateo",
)
FUTURE = r"mentor: mentor-6, mentee: mentee-6, topics: \[our-app\], goals: \[small-changes\]"
ENDED = f"  - {{mentor: mentor-6, mentee: mentee-7, {YES}, ended: 2027-02-20}}\n"
MORE = "  - {id: mentee-8, role: mentee, topics: [ai-tools], name: Eve Quill}\n"

# In the shipped example.
CHANGES: Mapping[str, Change] = {
    "topics": (RUN, r"(mentor-7, role: mentor, topics): \[ai-tools\]", r"\1: [our-app]"),
    "a hidden name": (RUN, "{id: mentor-6,", "{id: mentor-6, name: Zora Quill, unit: Cellar,"),
    "a name for nobody": (RUN, "{id: mentee-6,", "{id: mentee-6, name: Jon Quill, consent: nobody,"),
    "a name for participants": (
        RUN,
        "{id: mentor-7,",
        "{id: mentor-7, name: Al Quill, consent: participants,",
    ),
    "a unit": (RUN, "{id: mentee-5,", "{id: mentee-5, unit: Cellar,"),
    "a capacity": (RUN, r"\{id: (mentor-\d|amara),", r"{id: \1, capacity: 3,"),
    "order of people": (RUN, r"(  - \{id: mentee-5.*\n)(  - \{id: mentee-6.*\n)", r"\2\1"),
    "one person more": (RUN, r"(  - \{id: mentee-7.*\n)", rf"\1{MORE}"),
    "a pause less": (RUN, r", paused: 2027-03-01", ""),
    "a pause more": (RUN, r"(mentee: priya(?:.*\n).*2027-01-29)", r"\1, paused: 2027-02-20"),
    "days of yes": (RUN, "mentor: 2027-01-20", "mentor: 2027-01-14"),
    "an unconfirmed pairing": (RUN, r"  - \{mentor: mentor-7(?:.*\n).*\n", ""),
    "who is in a future pairing": (RUN, FUTURE, "mentor: mentor-7, mentee: mentee-7"),
    "an ended pairing": (RUN, r"\Z", ENDED),
    "reasons in comments": (RUN, r"\Z", "# Freya and Lucia: a quarrel. Zora Quill: burnout.\n"),
    "a result of few": (BEFORE, "actual: 75, n: 4", "actual: 25, n: 3"),
    "an earlier name": (BEFORE, "{id: mentor-5,", "{id: mentor-5, name: Old Quill,"),
    "earlier days": (BEFORE, r"mentor: 2026-01-2\d, mentee", "mentor: 2026-01-15, mentee"),
    "ids": (RUN, rf"\b({NAMED.replace(' ', '|')})(?=[,}}])", r"x-\1-9"),
    "earlier ids": (BEFORE, rf"\b({EARLIER.replace(' ', '|')})(?=[,}}])", r"y-\1"),
    "sign-ups": ("signups/digital-fluency/answers.csv", r"\A", "Name,Unit\nZora Quill,Cellar\n"),
}
SHORT_ONE = {
    **SHORT,
    RUN: f"""\
title: Spring 2027
start: 2027-02-01
sign_up: {{opens: 2026-12-01, closes: 2027-01-11}}
people:
  - {{id: a, number: 1, role: mentor, name: Ann Field, unit: Data, consent: public}}
  - {{id: b, number: 2, role: mentor, name: Ben Hill}}
  - {{id: c, number: 1, role: mentee, name: Cleo Sands, consent: participants}}
  - {{id: d, number: 2, role: mentee}}
pairings:
  - {{mentor: a, mentee: c, {YES}}}
  - {{mentor: b, mentee: d, {YES}, paused: 2027-02-20}}
""",
}
ONE_COHORT: Mapping[str, Change] = {
    "ids": (RUN, r"\b(mentor|mentee): ([a-d])\b", r"\1: zora-\2"),
    "their people": (RUN, r"id: ([a-d])\b", r"id: zora-\1"),
    "names": (RUN, "Ben Hill|Cleo Sands", "Zora Quill"),
    "a pause": (RUN, ", paused: 2027-02-20", ""),
    "a person more": (RUN, r"(pairings:\n)", rf"{MORE}\1"),
    "sign-ups": ("signups/digital-fluency/a.json", r"\A", "{}"),
}


def changed(files: Files, *changes: Change) -> dict[str, str]:
    """The files with what is private changed; each change finds its place."""
    texts = dict(files)
    for path, pattern, text in changes:
        texts[path], count = re.subn(pattern, text, texts.get(path, ""))
        assert count, pattern
    return texts


def private(files: Files) -> dict[str, str]:
    """The files of a repository that colleagues alone can read: names without consent may stand there."""
    organisation = re.sub(r"(?m)^repository:.*\n", "", files[ORGANISATION])
    return {**files, ORGANISATION: f"{organisation}repository: private\n"}


def exported(root: Path, files: Files, day: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Every file that an export for everyone writes."""
    monkeypatch.setenv("HANDBOOK_TODAY", day)
    write(root, {**files, ".gitignore": "/signups/\n"})
    done = CliRunner().invoke(main, ["-C", str(root), "export", str(root / "out")])
    assert 0 == done.exit_code, done.output
    return below(root / "out")


def below(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    return sorted(path for path in {*one, *other} if one.get(path) != other.get(path))


# A day on which a pairing is still to come, and one after its day.
@pytest.mark.parametrize("day", ["2027-03-10", "2027-04-20"])
def test_the_example_shows_the_public_nothing_of_what_is_private(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, day: str
) -> None:
    """All at once; on the later day but for who was announced by then."""
    late = day > "2027-03-15"
    changes = [change for name, change in CHANGES.items() if not (late and "future" in name)]
    texts = (private(example()), changed(private(example()), *changes))

    one, other = (exported(tmp_path / str(n), files, day, monkeypatch) for n, files in enumerate(texts))

    assert [] == differing(one, other)
    assert len(one) > 100


def test_a_change_that_is_public_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else all of this would prove nothing."""
    few = private(SHORT_ONE)
    texts = (few, changed(few, (RUN, "unit: Data", "unit: Cellar")))

    one, other = (exported(tmp_path / str(n), files, DAY, monkeypatch) for n, files in enumerate(texts))

    assert [] != differing(one, other)


@pytest.mark.site
@pytest.mark.parametrize(
    ("files", "changes"), [(example(), CHANGES), (SHORT_ONE, ONE_COHORT)], ids=["example", "short"]
)
def test_whole_sites_are_the_same_to_the_byte(
    tmp_path: Path, files: Files, changes: Mapping[str, Change]
) -> None:
    sites = []
    for name, more in (("one", ()), ("other", changes.values())):
        (tmp_path / name).mkdir()
        build(make(tmp_path / name, {**changed(private(files), *more), ".gitignore": "/signups/\n"}), DAY)
        sites.append(below(tmp_path / name / "site"))

    assert [] == differing(*sites)
    assert len(sites[0]) > 50
