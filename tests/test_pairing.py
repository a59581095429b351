"""Pairings are the best that the rules allow, by the stated order of aims, and never break a rule."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from handbook.register.ledger.ledger import SignUp, SignUpRole
from handbook.register.pairing import assignment, comparison, criteria, flow
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
        ("topics", {"topics": ("a", "b")}, {"topics": ("a", "c")}, 0.75),
        ("topics", {"topics": ("a", "b", "c")}, {"topics": ("a",)}, 0.75),
        ("topics", {"topics": ("a", "b", "c")}, {"topics": ("a", "c")}, 1.0),
        ("topics", {"topics": ("a", "b", "c")}, {"topics": ("a", "b", "c", "d")}, 1.0),
        ("topics", {"topics": ("a",)}, {}, 0.0),
        ("skills", {"skills": ("Excel", "Python")}, {"learn": ("  python ",)}, 0.75),
        ("skills", {"learn": ("Excel",)}, {"skills": ("Excel",)}, 0.0),
        ("goals", {"goals": ("x", "y")}, {"goals": ("y", "z")}, 0.75),
        ("interests", {"interests": ("Chess",)}, {"interests": ("chess", "Rowing")}, 0.75),
        ("working-style", {"working_style": "Plan ahead"}, {"working_style": "plan  ahead"}, 1.0),
        ("working-style", {"working_style": "Plan ahead"}, {"working_style": "As it comes"}, 0.0),
        ("communication-style", {"communication_style": "Call"}, {"communication_style": "Chat"}, 0.0),
        ("languages", {"languages": ("English", "Polski")}, {"languages": ("polski",)}, 1.0),
        ("hours", {"hours": (9, 17)}, {"hours": (15, 20)}, 0.5),
        ("hours", {"hours": (9, 17)}, {"hours": (0, 24)}, 1.0),
        ("hours", {"hours": (9, 17)}, {"hours": (9, 17), "timezone": "America/New_York"}, 0.75),
        ("location", {"location": "remote"}, {"location": "in-person"}, 0.0),
        ("location", {"location": "remote"}, {"location": "either"}, 1.0),
        ("location", {"location": "in-person"}, {"location": "in-person"}, 1.0),
    ],
)
def test_a_criterion_is_worth(
    criterion: str, ours: Mapping[str, object], theirs: Mapping[str, object], worth: float
) -> None:
    found = criteria.worth(criterion, ([mentor(**ours)], [mentee(**theirs)]), WHEN)

    assert [[pytest.approx(worth, abs=1e-6)]] == found.tolist()


EVERYTHING = {"topics": ("a",), "skills": ("b",), "learn": ("b",), "goals": ("c",), "working_style": "plan",
              "communication_style": "call", "interests": ("d",), "languages": ("English",), "hours": (9, 17),
              "location": "either"}  # fmt: skip


@pytest.mark.parametrize("criterion", CRITERIA)
def test_an_empty_answer_counts_alike_in_every_criterion(criterion: str) -> None:
    silent, said = mentor(), mentee(**EVERYTHING)

    assert [[0.0]] == criteria.worth(criterion, ([silent], [said]), WHEN).tolist()
    assert [[0.0]] == criteria.worth(criterion, ([said], [silent]), WHEN).tolist()
    assert [[0.0]] == criteria.worth(criterion, ([silent], [silent]), WHEN).tolist()


@pytest.mark.parametrize("criterion", ["topics", "skills", "goals", "interests"])
def test_to_name_more_makes_nothing_worse(criterion: str) -> None:
    random = np.random.default_rng(3)
    _, (ours, theirs) = criteria._CRITERIA[criterion]
    for _ in range(50):
        offered, wanted = (
            tuple(str(word) for word in random.choice(6, random.integers(1, 5), replace=False))
            for _ in range(2)
        )
        worth = [
            criteria.worth(criterion, ([mentor(**{ours: offered})], [mentee(**{theirs: words})]), WHEN)[0, 0]
            for words in (wanted[:1], wanted, (*wanted, "another"))
        ]

        assert sorted(worth) == worth


def test_points_are_the_weighted_mean_of_the_criteria() -> None:
    ours, theirs = mentor(topics=("a",), working_style="x"), mentee(topics=("a", "b"), working_style="y")

    assert [[round(MOST * (3 * 0.75 + 1 * 0) / 4)]] == scores(([ours], [theirs]), WEIGHTS, WHEN).tolist()


def test_a_criterion_of_which_one_side_said_nothing_does_not_count() -> None:
    one = table(
        [mentor(topics=("a", "b"), working_style="x"), mentee(topics=("a", "b"))], Terms(WEIGHTS, WHEN)
    )

    assert (("topics", 3),) == one.weights
    assert [[MOST]] == one.board.scores.tolist()


def test_every_criterion_and_rule_that_a_program_may_name_is_known() -> None:
    from handbook.rules.schema import read

    matching = read("program")["properties"]["matching"]["properties"]

    assert set(matching["criteria"]["items"]["properties"]["by"]["enum"]) == set(CRITERIA)
    assert {*matching["rules"]["properties"], "mentor-below"} == set(CHOSEN)
    assert "at_least" in matching


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
        ("largest-grade-gap", 3, {"grade": "5"}, {"grade": "8"}, False),
        ("largest-grade-gap", 3, {"grade": "5"}, {"grade": "9"}, True),
        ("largest-grade-gap", 3, {"grade": "9"}, {"grade": "5"}, True),
        ("largest-grade-gap", 3, {"grade": "5"}, {}, True),
        ("largest-grade-gap", 3, {"grade": "Band 5"}, {"grade": "Level 6"}, True),
        ("mentor-below", 1, {"grade": "5"}, {"grade": "6"}, False),
        ("mentor-below", 1, {"grade": "5"}, {"grade": "5"}, True),
        ("mentor-below", 1, {"grade": "15"}, {"grade": "5"}, True),
        ("mentor-below", 1, {"grade": "15"}, {}, False),
        ("mentor-below", 1, {}, {"grade": "5"}, False),
        ("mentor-below", 1, {"grade": "Band 15"}, {"grade": "Level 5"}, False),  # two scales
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


def aims(board: Board, pairs: Pairs) -> tuple[float, ...]:
    """How many pairings, how many of each rank, the shares level by level, the points."""
    mentors, mentees = (np.where(board.allowed, board.scores, 0).max(axis=axis) for axis in (1, 0))
    answered = [pair for pair in pairs if board.said is None or board.said[pair]]
    counted = [(row, column) for row, column in answered if mentors[row] and mentees[column]]
    shares = sorted(
        int(board.scores[row, column]) * MOST // int(best)
        for row, column in counted
        for best in (mentors[row], mentees[column])
    )
    levels = [*sorted({*shares}), np.inf, np.inf, np.inf]
    first, second = (-sum(share == level for share in shares) for level in levels[:2])
    sizes = len(pairs), len(answered), len(counted)
    return (*sizes, levels[0], first, levels[1], second, levels[2], board.total(pairs))


def best(board: Board, share: float) -> tuple[float, ...]:
    """The most that the aims can reach: by trying everything, aim by aim."""
    found = [(aims(board, pairs), board.total(pairs)) for pairs in every(board)]
    most = max(reached[:3] for reached, _ in found)
    found = [one for one in found if one[0][:3] == most]
    total = max(points for _, points in found)
    return max(reached for reached, points in found if points >= total - int(share * total))


def drawn(seed: int) -> tuple[Board, float]:
    random = np.random.default_rng(seed)
    room = [1, 1, 1, 2] if seed % 2 else [1]
    most = 5 if seed % 2 else 7
    shape = tuple(random.integers(1, most + 1, 2))
    scores = random.integers(0, random.choice([3, 20, MOST + 1]), shape)
    silent = random.random(shape[0]) < 0.15 * (seed % 3), random.random(shape[1]) < 0.15 * (seed % 3)
    board = Board(
        np.where(silent[0][:, None] | silent[1], 0, scores).astype(np.int16),
        random.random(shape) < random.random(),
        random.integers(0, 2**32, shape, dtype=np.uint32),
        random.choice(room, shape[0]),
        random.choice(room, shape[1]),
        None if seed % 5 else ~(silent[0][:, None] | silent[1]),
    )
    return board, float(random.choice([0, 0.05, 0.2, 1]))


# Seven with seven have 130,922 assignments where nothing is forbidden; so those are few.
@pytest.mark.parametrize("tens", range(50))
def test_no_assignment_is_better_by_the_order_of_aims(tens: int) -> None:
    for seed in range(10 * tens, 10 * tens + 10):
        is_best(seed)


@pytest.mark.parametrize("seed", [1333, 2827, 4978])
def test_what_is_thinkable_in_part_alone_is_not_taken_for_possible(seed: int) -> None:
    is_best(seed)


def is_best(seed: int) -> None:
    board, share = drawn(seed)
    pairs = assign(board, share)

    assert all(board.allowed[pair] for pair in pairs)
    assert len(set(pairs)) == len(pairs)
    assert best(board, share) == aims(board, pairs), seed


@pytest.mark.parametrize("seed", [4, 5, 95, 139])  # in the last two something is thinkable in part alone
def test_bounds_only_save_time(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    board, share = larger(seed)
    quick = assign(board, share)
    monkeypatch.setattr(flow, "bisect_left", lambda things, *_, **__: len(things))

    assert assign(board, share) == quick


def larger(seed: int) -> tuple[Board, float]:
    """More people than can be tried out."""
    random = np.random.default_rng(seed)
    shape = tuple(random.integers(6, 14, 2))
    points = random.integers(0, 1001, shape) if seed % 2 else random.choice([0, 250, 562, 750, 1000], shape)
    board = Board(
        points.astype(np.int16),
        random.random(shape) < random.random(),
        random.integers(0, 2**32, shape, dtype=np.uint32),
        random.choice([1, 1, 2], shape[0]),
        random.choice([1, 1, 2], shape[1]),
    )
    return board, float(random.choice([0, 0.01, 0.05, 0.1]))


def test_where_not_so_many_can_get_more_one_less_is_tried() -> None:
    board, share = larger(377)

    assert (10, 10, 10, 376, -1, 550, -1, 815, 8131) == aims(board, assign(board, share))


def test_two_with_room_for_two_meet_once() -> None:
    twos = np.array([2, 2])
    board = Board(
        np.array([[900, 10], [10, 0]], np.int16),
        np.ones((2, 2), bool),
        np.zeros((2, 2), np.uint32),
        twos,
        twos,
    )

    assert ((0, 0), (0, 1), (1, 0), (1, 1)) == assign(board, 0)


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


def test_rules_that_hold_everywhere_need_no_name() -> None:
    assert set(ALWAYS) == {"not-with", "not-again", "oneself"}
    assert set(ALWAYS) & set(CHOSEN) == set()


# --- who answered nothing -------------------------------------------------------------------------


def silent_people(seed: int, number: int) -> list[SignUp]:
    """Sign-ups that say what rules need, and nothing that is compared."""
    random = np.random.default_rng(1000 + seed)
    return [
        SignUp(
            f"s-{index}",
            roles=("mentor",) if random.random() < 0.5 else ("mentee",),
            unit=str(random.choice(["Data", "Finance", "Estates", "Law"])),
            grade=str(random.integers(2, 9)),
            languages=("English",),
        )
        for index in range(number)
    ]


def outcome(one: Table, pairs: Pairs) -> tuple[float, ...]:
    """What the aims come to for those who answered."""
    return aims(one.board, tuple(pair for pair in pairs if one.board.rank[pair]))


@pytest.mark.parametrize("tens", range(20))
def test_who_answered_nothing_takes_nothing_from_the_others(tens: int) -> None:
    """With one, two or five of them; where that makes a pairing more, it may, and that is told."""
    for seed in range(10 * tens, 10 * tens + 10):
        terms = Terms(WEIGHTS, WHEN, RULES if seed % 3 else {"mentor-below": 1, "different-unit": 1})
        answered = [who for who in people(seed) if who.topics or who.working_style]
        plain = table(answered, terms)
        for number in (1, 2, 5):
            more = table(answered + silent_people(seed, number), terms)
            pairs = solved(more)
            told = compare(more, pairs)
            if not told.more_by_blanks:
                assert outcome(plain, solved(plain)) == outcome(more, pairs), seed
            assert told.more_by_blanks == len(pairs) - len(solved(plain))
            assert all(not more.board.scores[pair] for pair in pairs if not more.board.rank[pair])


def demo(*rows: str) -> dict[str, str]:
    """Who is proposed for whom among these sign-ups: name, role, topics, style."""
    people = []
    for number, row in enumerate(rows):
        name, role, topics, style = row.split(",")
        people.append(SignUp(f"p-{number}", name, roles=(role,), topics=tuple(topics.split()),  # type: ignore[arg-type]
                             working_style=style))  # fmt: skip
    return {ours.name: theirs.name for ours, theirs in proposed(table(people, Terms(WEIGHTS, WHEN)))}


CERTAIN = [f"{role} {n},{role},subject-{n},plan" for n in range(10) for role in ("mentor", "mentee")]
FOUR = [
    "Anna,mentor,tai tvi tda,plan",
    "Bert,mentor,tai,flow",
    "Cleo,mentee,tai tvi,plan",
    "Dora,mentee,tda tso,flow",
]
WEAK = ["Extra,mentor,subject-9,plan", "Quiet,mentee,,"]


@pytest.mark.parametrize("weak", [[], WEAK, [*WEAK, "Still,mentee,,", "More,mentor,subject-8,flow"]])
def test_a_weak_sign_up_does_not_switch_off_the_care_for_the_others(weak: list[str]) -> None:
    """Somebody else's empty answers once left Bert and Dora without any topic in common."""
    met = demo(*CERTAIN, *FOUR, *weak)

    assert ("Dora", "Cleo") == (met["Anna"], met["Bert"])
    assert all(met[f"mentor {n}"] == f"mentee {n}" for n in range(8))


# --- what is told of a proposal -------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(40))
def test_what_is_told_of_a_proposal_is_so(seed: int) -> None:
    board, share = drawn(seed)
    one = replace(laid(1), board=board, pinned=(), terms=Terms(WEIGHTS, WHEN, share=share))
    pairs = assign(board, share)
    told = compare(replace(one, broken={}, weights=()), pairs)
    number, _, answered, worst = aims(board, pairs)[:4]

    assert (worst if answered else None) == told.worst
    for pair in pairs:
        allowed = board.allowed.copy()
        allowed[pair] = False
        fewer = len(replace(board, allowed=allowed).largest) < number

        assert told.only is not None
        assert fewer == (pair in told.only)
    assert told.rather == len([*rather(board, pairs)])
    assert told.care is not None
    assert {0, 1, 5, 10, round(100 * share)} == {care.give for care in told.care}
    assert [0] == [care.others for care in told.care if care.give == round(100 * share)]
    assert sorted(care.worst or 0 for care in told.care) == [care.worst or 0 for care in told.care]


def rather(board: Board, pairs: Pairs) -> Iterator[tuple[int, int]]:
    """Each two who could meet, and have both room left or more of the other than of one whom they meet."""
    for row, column in itertools.product(range(len(board.mentors)), range(len(board.mentees))):
        points = int(board.scores[row, column])
        ours = [int(board.scores[pair]) for pair in pairs if pair[0] == row]
        theirs = [int(board.scores[pair]) for pair in pairs if pair[1] == column]
        if board.allowed[row, column] and (row, column) not in pairs:
            mentor = len(ours) < board.mentors[row] or min(ours) < points
            mentee = len(theirs) < board.mentees[column] or min(theirs) < points
            if mentor and mentee:
                yield row, column


def test_a_pairing_without_a_topic_in_common_is_told_also_where_it_stands() -> None:
    everyone = [mentor(topics=("a",), working_style="x"), mentee(topics=("b",), working_style="x")]
    free = table(everyone, Terms(WEIGHTS, WHEN))
    standing = table(everyone, Terms(WEIGHTS, WHEN, pinned=frozenset({("p-1", "p-2")})))

    assert {(0, 0)} == compare(free, solved(free)).no_topic
    assert {(0, 0)} == compare(standing, ()).no_topic
    assert set() == compare(table(everyone, Terms((("working-style", 1),), WHEN)), ()).no_topic


def test_rules_that_do_nothing_are_told() -> None:
    everyone = [mentor(topics=("a",), grade="3", unit="x"), mentee(topics=("a",), unit="y")]
    terms = Terms(WEIGHTS, WHEN, {"different-unit": 1, "mentor-below": 1, "outside-reporting-line": 1})
    told = compare(table(everyone, terms), ())

    assert set(CHOSEN) == {*told.idle}
    assert (
        "different-unit" not in compare(table([replace(who, unit="x") for who in everyone], terms), ()).idle
    )


def test_on_a_large_board_only_the_smallest_share_is_looked_at_and_that_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = laid(3)
    monkeypatch.setattr(assignment, "_MOST_FOR_LEVELS", 1)
    monkeypatch.setattr(comparison, "_LARGE", 1)
    told = compare(one, solved(one))

    assert (1, None, None, None) == (one.board.levels, told.rather, told.only, told.care)


# --- a floor --------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(20))
def test_rather_no_pairing_than_one_below_the_floor(seed: int) -> None:
    one = table(people(seed), Terms(WEIGHTS, WHEN, RULES | {"at-least": 40}))

    assert all(one.board.scores[pair] >= 400 for pair in solved(one))
    assert (one.broken["at-least"] == (one.board.scores < 400)).all()
    for left in left_out(one, solved(one)):
        for reason in left.reasons:
            if reason.kind in ("rule", "room") or (reason.name and reason.kind == "another"):
                after = changed(one, left, reason)
                assert paired(after, solved(after), left), (left.person.id, reason)


def test_who_says_too_little_for_the_floor_is_told() -> None:
    terms = Terms(WEIGHTS, WHEN, {"at-least": 40})
    one = table([mentor(topics=("a",), working_style="x"), mentee()], terms)
    mentees = [left for left in left_out(one, ()) if left.role == "mentee"]

    assert [(Reason("rule", "at-least"), Reason("unsaid", "at-least"))] == [left.reasons for left in mentees]
