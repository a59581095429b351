"""Pairings are the best that the rules allow, by the stated order of aims, and never break a rule."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from handbook.register.ledger.signup import SignUp, SignUpRole
from handbook.register.pairing import assignment, criteria
from handbook.register.pairing.assignment import Board, Pairs, assign
from handbook.register.pairing.comparison import compare
from handbook.register.pairing.criteria import CRITERIA, MOST, Setting, scores
from handbook.register.pairing.proposal import Table, Terms, table
from handbook.register.pairing.reasons import Left, Reason, costs, left_out
from handbook.register.pairing.rules import ALWAYS, CHOSEN, broken

WHEN = Setting(date(2027, 2, 1), "Europe/London")
TOPICS = ("ai-tools", "data-analytics", "our-app")
WEIGHTS = (("topics", 3), ("working-style", 1))

# --- one criterion, one rule ----------------------------------------------------------------------


def mentor(**said: object) -> SignUp:
    return SignUp("p-1", roles=("mentor",), **said)  # type: ignore[arg-type]


def mentee(**said: object) -> SignUp:
    return SignUp("p-2", roles=("mentee",), **said)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("criterion", "ours", "theirs", "worth"),
    [
        ("topics", {"topics": ("a", "b")}, {"topics": ("a", "c")}, 0.5),
        ("topics", {"topics": ("a", "b", "c")}, {"topics": ("a",)}, 1.0),
        ("topics", {"topics": ("a",)}, {}, 0.0),
        ("skills", {"skills": ("Excel", "Python")}, {"learn": ("  python ",)}, 1.0),
        ("skills", {"learn": ("Excel",)}, {"skills": ("Excel",)}, 0.0),
        ("goals", {"goals": ("x", "y")}, {"goals": ("y", "z")}, 1 / 3),
        ("interests", {"interests": ("Chess",)}, {"interests": ("chess", "Rowing")}, 0.5),
        ("working-style", {"working_style": "Plan ahead"}, {"working_style": "plan  ahead"}, 1.0),
        ("working-style", {"working_style": "Plan ahead"}, {"working_style": "As it comes"}, 0.0),
        ("working-style", {}, {"working_style": "As it comes"}, 0.5),
        ("communication-style", {"communication_style": "Call"}, {"communication_style": "Chat"}, 0.0),
        ("languages", {"languages": ("English", "Polski")}, {"languages": ("polski",)}, 1.0),
        ("languages", {"languages": ("English",)}, {}, 0.5),
        ("hours", {"hours": (9, 17)}, {"hours": (15, 20)}, 0.5),
        ("hours", {"hours": (9, 17)}, {"hours": (9, 17), "timezone": "America/New_York"}, 0.75),
        ("hours", {"hours": (9, 17)}, {}, 0.5),
        ("location", {"location": "remote"}, {"location": "in-person"}, 0.0),
        ("location", {"location": "remote"}, {}, 1.0),
    ],
)
def test_a_criterion_is_worth(
    criterion: str, ours: Mapping[str, object], theirs: Mapping[str, object], worth: float
) -> None:
    found = criteria.worth(criterion, ([mentor(**ours)], [mentee(**theirs)]), WHEN)

    assert [[pytest.approx(worth, abs=1e-6)]] == found.tolist()


def test_points_are_the_weighted_mean_of_the_criteria() -> None:
    ours, theirs = mentor(topics=("a",), working_style="x"), mentee(topics=("a", "b"), working_style="y")

    assert [[round(MOST * (3 * 0.5 + 1 * 0) / 4)]] == scores(([ours], [theirs]), WEIGHTS, WHEN).tolist()


def test_every_criterion_and_rule_that_a_program_may_name_is_known() -> None:
    from handbook.rules.schema import read

    matching = read("program")["properties"]["matching"]["properties"]

    assert set(matching["criteria"]["items"]["properties"]["by"]["enum"]) == set(CRITERIA)
    assert set(matching["rules"]["properties"]) == set(CHOSEN)


@pytest.mark.parametrize(
    ("rule", "value", "ours", "theirs", "kept_apart"),
    [
        ("different-unit", 1, {"unit": "Data"}, {"unit": "data "}, True),
        ("different-unit", 1, {"unit": "Data"}, {"unit": "Finance"}, False),
        ("different-unit", 1, {"unit": "Data"}, {}, True),  # nobody knows
        ("grade-gap", 2, {"grade": "5"}, {"grade": "7"}, False),
        ("grade-gap", 2, {"grade": "5"}, {"grade": "6"}, True),
        ("grade-gap", 2, {"grade": "7"}, {"grade": "5"}, True),
        ("grade-gap", 2, {"grade": "5"}, {}, True),
        ("outside-reporting-line", 1, {"manager": "p-2"}, {}, True),
        ("outside-reporting-line", 1, {}, {"manager": "p-1"}, True),
        ("outside-reporting-line", 1, {"manager": "Somebody"}, {"manager": "Somebody"}, False),
        ("shared-language", 1, {"languages": ("English",)}, {"languages": ("english", "Polski")}, False),
        ("shared-language", 1, {"languages": ("English",)}, {"languages": ("Polski",)}, True),
        ("shared-language", 1, {"languages": ("English",)}, {}, True),
        ("shared-hours", 2, {"hours": (9, 17)}, {"hours": (16, 20)}, True),
        ("shared-hours", 2, {"hours": (9, 17)}, {"hours": (15, 20)}, False),
        ("shared-hours", 2, {"hours": (9, 17)}, {"hours": (9, 17), "timezone": "Asia/Tokyo"}, True),
        ("shared-hours", 2, {"hours": (22, 26)}, {"hours": (7, 12), "timezone": "Asia/Tokyo"}, False),
        ("not-with", 1, {"not_with": ("p-2",)}, {}, True),
        ("not-with", 1, {}, {"not_with": ("p-1",)}, True),
        ("not-again", 1, {"earlier": ("p-2",)}, {}, True),
        ("oneself", 1, {}, {}, False),
    ],
)
def test_a_rule_keeps_apart(
    rule: str, value: int, ours: Mapping[str, object], theirs: Mapping[str, object], kept_apart: bool
) -> None:
    found = broken(([mentor(**ours)], [mentee(**theirs)]), {rule: value}, WHEN)

    assert [[kept_apart]] == found[rule].tolist()


def test_the_reporting_line_goes_on_above_the_manager() -> None:
    """Also where two report to each other, as a sheet may say by mistake."""
    line = [SignUp(f"p-{n}", roles=("mentor", "mentee"), manager=f"p-{n + 1}") for n in range(1, 4)]
    line.append(SignUp("p-4", roles=("mentor", "mentee"), manager="p-3"))

    found = broken((line, line), {"outside-reporting-line": 1}, WHEN)["outside-reporting-line"]

    assert found[0, 3]
    assert found[3, 0]
    assert not found[0, 0]


def test_nobody_meets_oneself() -> None:
    both = SignUp("p-1", roles=("mentor", "mentee"))

    assert [] == proposed(table([both], Terms(WEIGHTS, WHEN)))


def test_where_nobody_signed_up_nobody_meets() -> None:
    assert [] == proposed(table([], Terms(WEIGHTS, WHEN)))


# --- the best of all ------------------------------------------------------------------------------


def every(board: Board) -> Iterator[Pairs]:
    """Every assignment that there is, found by trying."""

    def further(row: int, room: Sequence[int]) -> Iterator[Pairs]:
        if row == len(board.mentors):
            yield ()
            return
        free = [column for column in range(len(room)) if board.allowed[row, column] and room[column]]
        for number in range(min(int(board.mentors[row]), len(free)) + 1):
            for some in itertools.combinations(free, number):
                left = [places - (column in some) for column, places in enumerate(room)]
                for others in further(row + 1, left):
                    yield (*((row, column) for column in some), *others)

    return further(0, [int(places) for places in board.mentees])


def best(board: Board, share: float) -> tuple[int, int, int]:
    """How many pairings, how good the worst-off, how many points: by trying everything, aim by aim."""
    found = list(every(board))
    most = max(map(len, found))
    found = [one for one in found if len(one) == most]
    total = max(map(board.total, found))
    found = [one for one in found if board.total(one) >= total - int(share * total)]
    worst = max(map(board.worst, found))
    return most, worst, max(board.total(one) for one in found if board.worst(one) == worst)


def drawn(seed: int) -> tuple[Board, float]:
    random = np.random.default_rng(seed)
    room = [1, 1, 1, 2] if seed % 2 else [1]
    most = 5 if seed % 2 else 7
    shape = tuple(random.integers(1, most + 1, 2))
    board = Board(
        random.integers(0, random.choice([3, 20, MOST + 1]), shape).astype(np.int16),
        random.random(shape) < random.random(),
        random.integers(0, 2**32, shape, dtype=np.uint32),
        random.choice(room, shape[0]),
        random.choice(room, shape[1]),
    )
    return board, float(random.choice([0, 0.05, 0.2, 1]))


# Seven with seven have 130,922 assignments where nothing is forbidden; so those are few.
@pytest.mark.parametrize("tens", range(50))
def test_no_assignment_is_better_by_the_order_of_aims(tens: int) -> None:
    for seed in range(10 * tens, 10 * tens + 10):
        board, share = drawn(seed)
        pairs = assign(board, share)

        assert all(board.allowed[pair] for pair in pairs)
        assert len(set(pairs)) == len(pairs)
        assert best(board, share) == (len(pairs), board.worst(pairs), board.total(pairs)), seed


def test_two_with_room_for_two_meet_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each has two places, and the solver knows places alone."""
    improved: list[int] = []
    before = assignment._apart

    def counted(*given: Any) -> Any:
        improved.append(1)
        return before(*given)

    monkeypatch.setattr(assignment, "_apart", counted)
    twos = np.array([2, 2])
    board = Board(
        np.array([[900, 10], [10, 0]], np.int16),
        np.ones((2, 2), bool),
        np.zeros((2, 2), np.uint32),
        twos,
        twos,
    )

    assert ((0, 0), (0, 1), (1, 0), (1, 1)) == assign(board, 0)
    assert improved


def people(seed: int, mentors: int = 6, mentees: int = 7) -> list[SignUp]:
    """Sign-ups as they come, with what rules and criteria look at."""
    random = np.random.default_rng(seed)

    def one(number: int, role: str) -> SignUp:
        junior = role == "mentor"
        return SignUp(
            f"p-{number}",
            roles=(role,),  # type: ignore[arg-type]
            unit=str(random.choice(["Data", "Finance", "Estates", ""], p=[0.4, 0.3, 0.2, 0.1])),
            grade=str(random.integers(2, 6) + (0 if junior else 3)),
            manager=f"p-{random.integers(1, mentors + mentees + 1)}" if random.random() < 0.5 else "",
            topics=tuple(str(one) for one in random.choice(TOPICS, random.integers(0, 3), replace=False)),
            working_style=str(random.choice(["plan", "flow", ""])),
            languages=("English",) if random.random() < 0.8 else ("Polski",),
            hours=(9, 17) if random.random() < 0.5 else None,
            not_with=(f"p-{random.integers(1, mentors + mentees + 1)}",) if random.random() < 0.2 else (),
            capacity=int(random.choice([1, 1, 2])) if junior else 1,
        )

    every = [one(number, "mentor") for number in range(1, mentors + 1)]
    return every + [one(number + mentors, "mentee") for number in range(1, mentees + 1)]


RULES = {
    "different-unit": 1,
    "grade-gap": 3,
    "outside-reporting-line": 1,
    "shared-language": 1,
    "shared-hours": 2,
}


def laid(seed: int, **terms: object) -> Table:
    return table(people(seed), Terms(WEIGHTS, WHEN, RULES, **terms))  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(30))
def test_no_rule_is_ever_broken_and_nobody_has_more_than_their_places(seed: int) -> None:
    pairs = proposed(laid(seed))
    for mentor, mentee in pairs:
        every_rule = broken(([mentor], [mentee]), RULES, WHEN)

        assert [] == [rule for rule, mask in every_rule.items() if mask[0, 0]]
    for person in {mentor.id: mentor for mentor, _ in pairs}.values():
        assert sum(mentor.id == person.id for mentor, _ in pairs) <= person.capacity


def proposed(laid: Table) -> list[tuple[SignUp, SignUp]]:
    """Who meets whom as `handbook pair` says it: those who stand, and the best assignment of the others."""
    pairs = (*laid.pinned, *assign(laid.board, laid.terms.share))
    return [(laid.mentors[row], laid.mentees[column]) for row, column in pairs]


def ids(laid: Table) -> list[tuple[str, str]]:
    return sorted((mentor.id, mentee.id) for mentor, mentee in proposed(laid))


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_the_file_changes_nothing(seed: int) -> None:
    turned = people(seed)[::-1]

    assert ids(laid(seed)) == ids(table(turned, Terms(WEIGHTS, WHEN, RULES)))


@pytest.mark.parametrize("seed", range(20))
def test_what_is_pinned_stands_and_what_is_forbidden_is_not(seed: int) -> None:
    free = ids(laid(seed))
    pinned, forbidden = frozenset(free[-1:]), frozenset(free[:1])
    both = ids(laid(seed, pinned=pinned, forbidden=forbidden - pinned))

    assert pinned <= set(both)
    assert not (forbidden - pinned) & set(both)


def test_a_pin_that_cannot_stand_is_refused() -> None:
    with pytest.raises(ValueError, match="did not sign up"):
        laid(1, pinned=frozenset({("p-1", "p-99")}))
    with pytest.raises(ValueError, match="more places"):
        laid(1, pinned=frozenset({(f"p-{n}", "p-7") for n in range(1, 4)}))


# --- why ------------------------------------------------------------------------------------------


def solved(laid: Table) -> Pairs:
    return assign(laid.board, laid.terms.share)


def changed(laid: Table, left: Left, reason: Reason) -> Table:
    """The table after the change that a reason proposes."""
    side = laid.mentees if left.role == "mentee" else laid.mentors
    index = [one.id for one in side].index(left.person.id)
    if reason.kind == "rule":
        masks = {name: mask.copy() for name, mask in laid.broken.items()}
        masks[reason.name][(slice(None), index) if left.role == "mentee" else index] = False
        allowed = ~np.logical_or.reduce([*masks.values()])
        return replace(laid, broken=masks, board=replace(laid.board, allowed=allowed))
    every = {one.id: one for one in (*laid.mentors, *laid.mentees)}
    if reason.kind == "unsaid":
        assert {"different-unit"} == set(reason.name.split(","))  # here everyone has a grade and a language
        every[left.person.id] = replace(left.person, unit="Said")
    if reason.kind == "room":
        more = replace(every[reason.name], capacity=every[reason.name].capacity + 1)
        return table([*(every | {more.id: more}).values()], laid.terms)
    return table([*every.values(), *newcomers(left, reason)], laid.terms)


def newcomers(left: Left, reason: Reason) -> Iterator[SignUp]:
    """People of the other role who break no rule with anybody."""
    other: SignUpRole = "mentor" if left.role == "mentee" else "mentee"
    topics = (reason.name,) if reason.name else ()
    for number in range(reason.number):
        grade = "0" if other == "mentor" else "50"
        yield SignUp(f"q-{number}", roles=(other,), unit=f"New {number}", grade=grade, topics=topics,
                     languages=("English", "Polski"))  # fmt: skip


def paired(laid: Table, pairs: Pairs, left: Left) -> bool:
    column = left.role == "mentee"
    side = laid.mentees if column else laid.mentors
    return left.person.id in {side[pair[column]].id for pair in pairs}


@pytest.mark.parametrize("seed", range(60))
def test_every_reason_is_true(seed: int) -> None:
    """Once the change that it names is made, solving again pairs the person."""
    before = laid(seed)
    pairs = solved(before)
    for left in left_out(before, pairs):
        assert not paired(before, pairs, left)
        assert left.reasons
        for reason in left.reasons:
            after = changed(before, left, reason)
            assert paired(after, solved(after), left), (left.person.id, reason)


def test_a_reason_of_each_kind_is_found() -> None:
    found = {reason.kind for seed in range(60) for left in left_out(laid(seed), solved(laid(seed)))
             for reason in left.reasons}  # fmt: skip

    assert {"rule", "room", "another", "unsaid"} == found


def test_everyone_without_a_pairing_is_told_once() -> None:
    for seed in range(20):
        one = laid(seed)
        pairs = solved(one)
        told = sorted(left.person.id for left in left_out(one, pairs))
        met = {one.mentors[pair[0]].id for pair in pairs} | {one.mentees[pair[1]].id for pair in pairs}

        assert sorted({person.id for person in people(seed)} - met) == told


@pytest.mark.parametrize("seed", range(20))
def test_a_rule_costs_what_solving_without_it_gains(seed: int) -> None:
    one = laid(seed)
    plain = table(people(seed), replace(one.terms, share=0))
    for cost in costs(one):
        rules = {name: value for name, value in RULES.items() if name != cost.rule}
        if cost.rule in RULES:
            without = table(people(seed), replace(one.terms, share=0, rules=rules))
            more = len(solved(without)) - len(solved(plain))
            points = without.board.total(solved(without)) - plain.board.total(solved(plain))

            assert (more, points) == (cost.pairings, cost.points)


@pytest.mark.parametrize("seed", range(20))
def test_no_proposal_surpasses_the_bound_or_is_worse_than_chance(seed: int) -> None:
    one = laid(seed, share=0.0)
    found = compare(one.board, solved(one))

    assert found.total <= found.bound
    assert found.drawn_pairings <= found.pairings
    if found.drawn_pairings == found.pairings:
        assert found.drawn <= found.total


@pytest.mark.parametrize("turned", [False, True])
def test_the_bound_is_that_of_the_side_that_can_do_less(turned: bool) -> None:
    """Both mentees have a better partner than both mentors can have: 900 + 800 beside 900 + 100."""
    points, room = np.array([[900, 800], [100, 50]], np.int16), np.ones(2, np.int64)
    ways, draw = np.ones((2, 2), bool), np.zeros((2, 2), np.uint32)
    board = Board(points.T if turned else points, ways, draw, room, room)

    assert 1000 == compare(board, assign(board, 0.0)).bound


def test_rules_that_hold_everywhere_need_no_name() -> None:
    assert set(ALWAYS) == {"not-with", "not-again", "oneself"}
    assert set(ALWAYS) & set(CHOSEN) == set()
