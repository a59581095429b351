"""The time of `handbook check` for 50 broken files beside 50 sound ones: at most three times.

Both are checked in this process and told as text, in turns, so that whatever else this computer does hits
both alike.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from pathlib import Path
from statistics import median
from time import process_time

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.repository import COHORT, MKDOCS, PROGRAM, Files, write

from handbook.cli.commands.check import checked
from handbook.text.problems import Problem, as_text, errors

PROGRAMS = 25  # each with one cohort: 50 files
RUNS = int(os.environ.get("RUNS", "20"))
MOST_TIME = 3.0
PEOPLE = """\
people:
  - {id: ann, role: mentor, topics: [ai-tools]}
  - {id: bo, role: mentee, topics: [ai-tools]}
pairings:
  - {mentor: ann, mentee: bo, topics: [ai-tools], confirmed: {mentor: 2027-01-18, mentee: 2027-01-19}}
"""

# Every file has all mistakes of its row; they are the slips of people, not of machines.
PROGRAM_SLIPS = (
    {"summary:": "sumary:", "sessions: 6": "sessions: six", "week: -8": "week: soon", "baseline:": "base:"},
    {"title: Digital": "title: 2027 #1 Digital", "topics: [": "topics: [ai-tolls, ", "https:": "http:"},
    {"minutes: 60": "minutes: 9999", "- the-rest\n": "- the-rest\ntitle: Again\n", "id: end": "ID: end"},
    {"goals:": "goal:", "sponsor: {title": "sponsor: {titel", "every_weeks: 3": "every_weeks: [3]"},
    {"forms:\n": "forms:\n\t"},  # cannot be parsed at all
)
COHORT_SLIPS = (
    {"2027-02-01": "2027-02-30", "role: mentor": "role: mentro", "opens:": "open:", "title:": "titel:"},
    {"mentee: bo": "mentee: bob", "[ai-tools], confirmed": "[ai-tolls], confirmed", "id: bo": "id: Bo"},
    {
        "closes: 2027-01-11": "closes: 2026-11-11",
        "mentor: ann": "mentor: bo",
        "people:": "dates: {kick: 1}\npeople:",
    },
    {"start:": "begin:", "id: ann": "id: ann, mail: ann@steps.example", "2027-01-18": "18 January"},
    {"topics: [ai-tools]}": "topics: [ai-tools}"},  # cannot be parsed at all
)


def sound() -> Files:
    """Programs of a dozen lines, each with one cohort of two people."""
    files = {"mkdocs.yml": MKDOCS, "programs/organisation.yml": "name: Large Steps\n"}
    for number in range(1, PROGRAMS + 1):
        folder = f"programs/program-{number:02}"
        files[f"{folder}/program.yml"] = PROGRAM.replace("Digital fluency", f"Digital fluency {number}")
        files[f"{folder}/2027-spring.yml"] = COHORT + PEOPLE
    return files


def broken() -> Files:
    """The same with slips in each program and each cohort."""
    files = dict(sound())
    for number in range(1, PROGRAMS + 1):
        folder = f"programs/program-{number:02}"
        for name, rows in (("program", PROGRAM_SLIPS), ("2027-spring", COHORT_SLIPS)):
            for right, slip in rows[number % len(rows)].items():
                text = files[f"{folder}/{name}.yml"]
                files[f"{folder}/{name}.yml"] = text.replace(right, slip, 1)
    return files


def measured(root: Path) -> tuple[float, tuple[Problem, ...]]:
    """Check a repository: the processor's milliseconds, and what was found."""
    began = process_time()
    _, problems = checked(root)
    as_text(problems)
    return 1000 * (process_time() - began), problems


def main() -> None:
    """Check both in turns, and print what was found, and how long it took."""
    with tempfile.TemporaryDirectory() as folder:
        whole, faulty = Path(folder, "sound"), Path(folder, "broken")
        write(whole, sound())
        write(faulty, broken())
        measured(whole)  # the first one reads the playbook
        times = [(measured(whole)[0], measured(faulty)[0]) for _ in range(RUNS)]
        none, found = errors(measured(whole)[1]), errors(measured(faulty)[1])
    files, codes = Counter(problem.path for problem in found), Counter(problem.code for problem in found)
    print(f"{2 * PROGRAMS} sound files: {len(none)} errors.")
    print(f"{2 * PROGRAMS} broken files: {len(found)} errors in {len(files)} files, all in one run:")
    print("  " + ", ".join(f"{code} {number}" for code, number in codes.most_common()))
    before, after = (median(time) for time in zip(*times, strict=True))
    ratio = median(slow / fast for fast, slow in times)
    verdict = "as it should be" if ratio <= MOST_TIME else "TOO MUCH"
    print(f"\n{'':<34}{'sound':>12}{'broken':>12}   ratio")
    name = "check of 50 files, processor, ms"
    print(f"{name:<34}{before:>12,.1f}{after:>12,.1f}{ratio:>9.3f}   at most {MOST_TIME}: {verdict}")


if __name__ == "__main__":
    main()
