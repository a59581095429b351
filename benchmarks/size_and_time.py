"""Page size and build time with 2 and with 100 programs: neither may grow with the number of programs.

Both sites are built for real, in turns, so that whatever else this computer does hits both alike.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.repository import COHORT, MKDOCS, PROGRAM, Files, build, make

FEW, MANY = 2, 100
RUNS = int(os.environ.get("RUNS", "3"))
MOST_SIZE, MOST_TIME = 1.05, 1.25


@dataclass(frozen=True)
class Measured:
    """One build.

    Attributes:
        size: of the average page, in bytes of HTML, with as many pages of programs for each shared one as
            the site of MANY has. A program's pages are longer, so that the mix alone would make a difference.
        own: of the average page of the first program, which both sites have.
        time: for each page, in milliseconds of the processor.
        waited: for each page, in milliseconds on the clock.
    """

    pages: int
    size: float
    own: float
    time: float
    waited: float


def repository(programs: int) -> Files:
    """Programs of a dozen lines, each with one cohort."""
    files = {"mkdocs.yml": MKDOCS, "programs/organisation.yml": "name: Large Steps\n"}
    for number in range(1, programs + 1):
        folder = f"programs/program-{number:03}"
        files[f"{folder}/program.yml"] = PROGRAM.replace("Digital fluency", f"Digital fluency {number}")
        files[f"{folder}/2027-spring.yml"] = COHORT
    return files


def measured(root: Path) -> Measured:
    """Build a repository and measure."""
    began, spent = perf_counter(), _spent()
    site = build(root)
    waited, time = perf_counter() - began, _spent() - spent
    sizes = {file: file.stat().st_size for file in site.folder.rglob("*.html")}
    numbers = {file: re.search(r"/program-(\d+)/", file.as_posix()) for file in sizes}
    of_programs = [sizes[file] for file, number in numbers.items() if number]
    shared = [sizes[file] for file, number in numbers.items() if not number]
    times = MANY / len({number[1] for number in numbers.values() if number})
    size = (sum(shared) + times * sum(of_programs)) / (len(shared) + times * len(of_programs))
    own = mean(sizes[file] for file, number in numbers.items() if number and int(number[1]) == 1)
    pages = len(sizes)
    return Measured(pages, size, own, 1000 * time / pages, 1000 * waited / pages)


def _spent() -> float:
    times = os.times()
    return times.children_user + times.children_system


def ratio(name: str, few: Sequence[float], many: Sequence[float], most: float) -> None:
    """Print one line: both numbers, and the median of the paired ratios beside its goal."""
    found = median(after / before for before, after in zip(few, many, strict=True))
    verdict = "as it should be" if found <= most else "TOO MUCH"
    print(f"{name:<34}{median(few):>12,.1f}{median(many):>12,.1f}{found:>9.3f}   at most {most}: {verdict}")


def main() -> None:
    """Build both in turns, and print what one page weighs and takes."""
    print(f"Building {FEW} and {MANY} programs, {RUNS} times in turns; this takes minutes.", flush=True)
    few: list[Measured] = []
    many: list[Measured] = []
    with tempfile.TemporaryDirectory() as folder:
        small = make(Path(folder, "few"), repository(FEW))
        large = make(Path(folder, "many"), repository(MANY))
        for run in range(1, RUNS + 1):
            for root, found in ((small, few), (large, many)):
                found.append(measured(root))
                last = found[-1]
                print(f"  run {run}: {last.pages} pages, {last.time:.1f} ms each", flush=True)
    print(f"\n{'':<34}{FEW:>3} programs{MANY:>4} programs   ratio")
    for name, field, most in (
        ("HTML of a page, bytes", "size", MOST_SIZE),
        ("HTML of one program's page, bytes", "own", MOST_SIZE),
        ("build of a page, processor, ms", "time", MOST_TIME),
        ("build of a page, waited, ms", "waited", MOST_TIME),
    ):
        ratio(name, [getattr(one, field) for one in few], [getattr(one, field) for one in many], most)


if __name__ == "__main__":
    main()
