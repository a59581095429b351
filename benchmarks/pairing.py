"""Proposals for many people, with all criteria and rules, beside the bare scores and solver.

    python benchmarks/pairing.py [PEOPLE-ON-EACH-SIDE ...]

Where the packages `mentor-match` or `mentormatch` are installed, they pair the same people too, as far as
they know what matters. Each size is measured in a process of its own, so that memory is its own too. Ratios
of one run count; the seconds are this machine's.
"""

from __future__ import annotations

import importlib.util
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

HOOKS = Path(__file__).parents[1] / "hooks"
sys.path.insert(0, str(HOOKS))

import lap  # noqa: E402
import numpy as np  # noqa: E402

from handbook.register.ledger.ledger import SignUp  # noqa: E402
from handbook.register.pairing import assignment, comparison, flow, proposal, reasons, report  # noqa: E402
from handbook.register.pairing.criteria import CRITERIA, MOST, Setting, scores  # noqa: E402

SIZES = (100, 1000, 5000)
PLACES = (40, 80, 200, 0)  # with two each; 0 is as MIDL
# The packages beside ours: the module of each, and how many people on each side are worth waiting for.
OTHERS = {"mentor-match": ("matching", 1000), "mentormatch": ("mentormatch", 500)}
WHEN = Setting(date(2027, 2, 1), "Europe/London")
WEIGHTS = tuple((name, 3 if name == "topics" else 1) for name in CRITERIA)
RULES = {
    "different-unit": 1,
    "grade-gap": 2,
    "outside-reporting-line": 1,
    "shared-language": 1,
    "shared-hours": 1,
}
ZONES = ("Europe/London", "Europe/Berlin", "America/New_York", "Asia/Kolkata")


def people(number: int) -> list[SignUp]:
    """So many mentors and so many mentees, always the same."""
    random = np.random.default_rng(7)

    def some(words: str, most: int) -> tuple[str, ...]:
        named = [f"{words}-{one}" for one in random.choice(12, random.integers(1, most + 1), replace=False)]
        return tuple(named)

    def one(index: int, role: str) -> SignUp:
        manager = f"p-{random.integers(number, 2 * number)}" if random.random() < 0.9 else ""
        return SignUp(
            f"p-{index}",
            f"Person {index}",
            roles=(role,),  # type: ignore[arg-type]
            unit=f"Unit {random.integers(0, 25)}",
            grade=str(random.integers(2, 6) if role == "mentor" else random.integers(5, 10)),
            manager=manager,
            topics=some("topic", 4),
            skills=some("skill", 4),
            learn=some("skill", 4),
            goals=some("goal", 2),
            working_style=str(random.choice(["plan", "flow"])),
            communication_style=str(random.choice(["call", "chat", "meet"])),
            interests=some("interest", 3),
            languages=("English", *(("Deutsch",) if random.random() < 0.3 else ())),
            timezone=str(random.choice(ZONES)),
            hours=(9, 17) if random.random() < 0.7 else None,
            location=str(random.choice(["", "remote", "in-person"])),  # type: ignore[arg-type]
            not_with=(f"p-{random.integers(0, 2 * number)}",) if random.random() < 0.05 else (),
        )

    return [one(n, "mentor" if n < number else "mentee") for n in range(2 * number)]


def seconds(since: float) -> float:
    return time.perf_counter() - since


def measure(number: int) -> None:
    everyone = people(number)
    mentors, mentees = everyone[:number], everyone[number:]

    begin = time.perf_counter()
    points = scores((mentors, mentees), WEIGHTS, WHEN)
    bare_scores = seconds(begin)
    begin = time.perf_counter()
    lap.lapjvr(MOST - points.astype(float))
    bare_solver = seconds(begin)
    del points

    begin = time.perf_counter()
    laid = proposal.table(everyone, proposal.Terms(WEIGHTS, WHEN, RULES))
    tables = seconds(begin)
    begin = time.perf_counter()
    pairs = assignment.assign(laid.board, laid.terms.share)
    solved = seconds(begin)
    begin = time.perf_counter()
    left = reasons.left_out(laid, pairs)
    cost = reasons.costs(laid)
    comparison.compare(laid, pairs)
    explained = seconds(begin)

    whole, bare = tables + solved + explained, bare_scores + bare_solver
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(
        f"{number:>5} on each side: {len(pairs)} pairings, {len(left)} without, {len(cost)} rules cost; "
        f"scores and rules {tables:.2f} s, solved {solved:.2f} s, explained {explained:.2f} s; "
        f"bare scores {bare_scores:.2f} s + solver {bare_solver:.2f} s; "
        f"ratio {whole / bare:.1f}; {memory:.2f} GiB"
    )


def places(number: int) -> None:
    """Places on both sides: two each, or, where no number is given, what reviewers and papers of MIDL have.

    Its public scores (Kobren, Saha, McCallum: KDD 2019) are generated here at their size: 177 reviewers who
    take four papers, 118 papers that need three reviewers.
    """
    random = np.random.default_rng(5)
    shape, rooms = ((number, number), (2, 2)) if number else ((177, 118), (4, 3))
    fields = random.gamma(0.3, size=(shape[0], 12)) @ random.gamma(0.3, size=(12, shape[1]))
    points = np.minimum(fields / np.quantile(fields, 0.99) * MOST, MOST).astype(np.int16)
    mentors, mentees = (np.full(size, room) for size, room in zip(shape, rooms, strict=True))
    draw = random.integers(0, 2**32, shape, dtype=np.uint32)
    board = assignment.Board(points, np.ones(shape, bool), draw, mentors, mentees)
    rows, columns = np.nonzero(board.allowed)
    bare = flow.Flow(rows, columns, points.ravel().astype(float), mentors, mentees)

    begin = time.process_time()
    bare.best()
    solver = time.process_time() - begin
    begin = time.process_time()
    pairs = assignment.assign(board, 0.05)
    solved = time.process_time() - begin
    print(
        f"{shape[0]} with {shape[1]}, {rooms[0]} and {rooms[1]} places each: {len(pairs)} pairings, "
        f"smallest share {board.worst(pairs)}, {board.levels} levels; "
        f"{solved:.2f} s, one solve of HiGHS {solver:.3f} s; ratio {solved / solver:.1f}"
    )


def mentor_match(number: int) -> None:
    """The same people with `mentor-match`: three criteria and two rules, as it knows no more."""
    from matching import process
    from matching.mentee import Mentee
    from matching.mentor import Mentor
    from matching.rules import rule

    said: dict[str, SignUp] = {one.id: one for one in people(number)}

    def person(kind: type, one: SignUp) -> object:
        return kind(**{"grade": int(one.grade), "organisation": one.unit, "email": one.id})

    def ask(question: Callable[[SignUp, SignUp], bool]) -> Callable[[Any], bool]:
        return lambda match: question(said[match.mentor.email], said[match.mentee.email])

    rules = [
        rule.Disqualify(ask(lambda mentor, mentee: mentor.unit == mentee.unit)),
        rule.Disqualify(ask(lambda mentor, mentee: int(mentor.grade) + 2 > int(mentee.grade))),
        rule.Generic({True: 3, False: 0}, ask(lambda one, other: bool({*one.topics} & {*other.topics}))),
        rule.Generic({True: 1, False: 0}, ask(lambda one, other: one.working_style == other.working_style)),
        rule.Generic({True: 1, False: 0}, ask(lambda one, other: bool({*one.goals} & {*other.goals}))),
    ]
    everyone = list(said.values())
    mentors = [person(Mentor, one) for one in everyone[:number]]
    mentees = [person(Mentee, one) for one in everyone[number:]]
    process.process_data(mentors, mentees, [rules])


def mentormatch(number: int) -> None:
    """The same people with `mentormatch`: skills, another unit, and a level that differs by one at least.

    There the mentor is the senior, so that levels count downwards here.
    """
    from mentormatch.api import main

    units = {one.unit for one in people(number)}

    def person(index: int, one: SignUp) -> dict[str, Any]:
        level = 10 - int(one.grade)
        return {
            "wwid": index,
            "first_name": one.id,
            "last_name": "Person",
            "location": one.unit,
            "gender": "not asked",
            "function": one.unit,
            "position_level": level,
            "years_total": 10 * level,
            "skills": one.topics,
            "preference_yes": ["not asked", *sorted(units - {one.unit})],
            "preference_maybe": [],
            "preference_no": [one.unit],
            "preferred_functions": [],
            "preferred_wwids": [],
            "favor": 0,
            "max_mentee_count": 1,
        }

    everyone = [person(*entry) for entry in enumerate(people(number))]
    main(everyone[:number], everyone[number:])


def ours(number: int) -> None:
    """What `handbook pair` works out: everything, without the reading of files."""
    laid = proposal.table(people(number), proposal.Terms(WEIGHTS, WHEN, RULES))
    names = report.Names({}, {}, {}, dict.fromkeys(RULES, "A rule."))
    explained = report.explained("Ours", laid, assignment.assign(laid.board, laid.terms.share), names)
    report.rendered(explained, "text.j2")


def process_time(task: str, number: int) -> float:
    begin = time.perf_counter()
    subprocess.run([sys.executable, __file__, task, str(number)], check=True)
    return seconds(begin)


TASKS = {
    "--one": measure,
    "--places": places,
    "--ours": ours,
    "--mentor-match": mentor_match,
    "--mentormatch": mentormatch,
}

if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] in TASKS:
        TASKS[sys.argv[1]](int(sys.argv[2]))
    else:
        for size in map(int, sys.argv[1:] or SIZES):
            process_time("--one", size)
            for name, (module, most) in OTHERS.items():
                if size <= most and importlib.util.find_spec(module):
                    mine, other = process_time("--ours", size), process_time(f"--{name}", size)
                    print(f"      process {mine:.1f} s, of {name} {other:.1f} s; ratio {mine / other:.2f}")
        for size in PLACES:
            process_time("--places", size)
