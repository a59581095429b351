"""Whatever is done in whatever order, and wherever a command is stopped: nobody is lost, doubled or announced
without both having said yes, and `due` names whatever waits."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from handbook import Refusal
from handbook.cli import main
from handbook.load.repository import load
from handbook.model.definitions.cohort import Cohort
from handbook.model.handbook import Handbook
from handbook.register.ledger import store
from handbook.register.ledger.ledger import Couple, Ledger, Proposal, SignUp
from handbook.register.ledger.register import Register
from handbook.register.ledger.store import Store
from handbook.register.ledger.waiting import pairing_of, waiting
from tests import registers
from tests.repository import COHORT, DAY, SHORT, write

FILE = "programs/digital-fluency/2027-spring.yml"
WORDS = ("digital-fluency", "2027-spring")
MENTORS, MENTEES = ("Ada Ray", "Bo Lind", "Cy Moss"), ("Dai Stone", "Eva Reed", "Flo Hart", "Gus Ames")
ROLES = {**dict.fromkeys(MENTORS, "mentor"), **dict.fromkeys(MENTEES, "mentee")}
ROWS = {
    name: f"{name},{name[:2].lower()}@steps.example,{role},Unit {name},AI tools,public\n"
    for name, role in ROLES.items()
}
TITLES = "Name,E-mail,Role,Unit,Topics,Consent\n"
TODAY = date.fromisoformat(DAY)
ORDERS, FEW, STEPS = 200, 8, 14


OPERATIONS = (
    (os, "link"), (Path, "replace"), (Path, "unlink"), (Path, "rename"), (Path, "mkdir"), (Path, "chmod"),
    (shutil, "copymode"),
)  # fmt: skip


class Stop(BaseException):
    """The computer was switched off."""


@contextmanager
def stopped(monkeypatch: pytest.MonkeyPatch, after: int | None) -> Iterator[None]:
    """Let nothing happen to any file after so many operations, not even what would tidy up."""
    done = 0

    def counted(work: Callable[..., object]) -> Callable[..., object]:
        def operation(*given: object, **named: object) -> object:
            nonlocal done
            done += 1
            if after is not None and done > after:
                raise Stop
            return work(*given, **named)

        return operation

    with monkeypatch.context() as patched:
        for owner, name in OPERATIONS:
            patched.setattr(owner, name, counted(getattr(owner, name)))
        with suppress(Stop):
            yield


@dataclass
class Story:
    """A coordinator at work, and what must be true of it.

    Attributes:
        yes: who has said yes to whom, as the coordinator noted it.
        no: who has said no to whom.
        forgotten: the names of people who asked to be forgotten.
        sheet: the names in the last sheet that was read.
        ids: of those who are signed up.
        used: every id that anybody ever had.
    """

    root: Path
    random: Random
    monkeypatch: pytest.MonkeyPatch
    yes: dict[Couple, set[str]] = field(default_factory=dict)
    no: set[tuple[Couple, str]] = field(default_factory=set)
    forgotten: set[str] = field(default_factory=set)
    sheet: set[str] = field(default_factory=set)
    ids: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def run(self, *words: str) -> int:
        """Run a command, now and then only up to some operation on a file; -1 where it was stopped."""
        after = self.random.randrange(9) if self.random.random() < 0.3 else None
        with stopped(self.monkeypatch, after):
            return CliRunner().invoke(main, ["-C", str(self.root), *words]).exit_code
        return -1

    def git(self, *words: str) -> None:
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b.example", *words], cwd=self.root,
                       check=True, capture_output=True)  # fmt: skip

    # --- what is done

    def import_signups(self) -> None:
        names = [name for name in ROWS if name not in self.forgotten and self.random.random() < 0.9]
        sheet = self.root.parent / "sheet.csv"
        sheet.write_text(TITLES + "".join(ROWS[name] for name in names), "utf-8")
        before = self.edition()
        self.run("import", "signups", str(sheet), "--program", WORDS[0], "--cohort", WORDS[1])
        if self.edition() != before:
            self.sheet = {*names}

    def edition(self) -> int:
        return Store.of(self.root, self.cohort()).read()[1]

    def pair(self) -> None:
        words = ["--rematch", self.typed()] if self.random.random() < 0.15 else []
        self.run("pair", *WORDS, *words)

    def typed(self) -> str:
        return f"{self.random.choice(MENTORS)}:{self.random.choice(MENTEES)}"

    def confirm(self) -> None:
        register = self.register()
        couples = [one.couple for one in register.ledger.proposals]
        couples += [couple for one in register.going_on() if (couple := register.couple(one))]
        couples += sorted({couple for couple, _ in self.no})
        if not couples:
            return
        couple = self.random.choice(couples)
        by = self.random.choice(["mentor", "mentee", "both", "both", "both"])
        said = self.random.choices(["--undo", "--no", ""], [0.15, 0.15, 0.7])[0]
        before = set(self.answers(couple))
        self.run("confirm", *WORDS, *couple, "--by", by, *filter(None, [said]))
        after = set(self.answers(couple))
        roles = {"mentor", "mentee"} if by == "both" else {by}
        assert after in (before, {"--undo": before - roles, "--no": before, "": before | roles}[said])
        self.yes[couple] = after
        no, self.no = {*register.ledger.declined}, {*self.register().ledger.declined}
        answers = {(couple, role) for role in roles}
        assert self.no in (no, {"--undo": no - answers, "--no": no | answers, "": no}[said])

    def write_pairings(self) -> None:
        announce = ["--announce", self.random.choice(["2027-03-01", "2027-03-20"])]
        self.run("pair", *WORDS, "--write", "--yes", *(announce if self.random.random() < 0.7 else []))

    def commit(self) -> None:
        self.git("commit", "-q", "--allow-empty", "-am", "so far")

    def checkout(self) -> None:
        """Throw away what is not committed, and go to where the file was at some commit."""
        commits = subprocess.run(["git", "rev-list", "--all"], cwd=self.root, capture_output=True, text=True)
        self.git("checkout", "-q", "-f", self.random.choice(commits.stdout.split()))

    def mark(self) -> None:
        cohort = self.cohort()
        if cohort.pairings:
            pairing = self.random.choice(cohort.pairings)
            state = self.random.choice(["--paused", "--completed", "--ended"])
            self.run("mark", *WORDS, pairing.mentor.id, pairing.mentee.id, state, "--yes")

    def forget(self) -> None:
        name = self.random.choice([*ROWS])
        self.run("forget", "--yes", name)
        if name not in {person.name for person in self.register().ledger.sign_ups}:
            self.forgotten.add(name)

    # --- what must be true

    def handbook(self) -> Handbook:
        handbook, problems = load(self.root)
        assert handbook is not None, problems
        return handbook

    def cohort(self) -> Cohort:
        return self.handbook().cohorts[0]

    def register(self) -> Register:
        return Register.of(self.root, self.cohort())

    def answers(self, couple: Couple) -> list[str]:
        return [*self.register().answers(couple)]

    def check(self) -> None:
        handbook = self.handbook()
        register = Register.of(self.root, handbook.cohorts[0])
        self.nobody_is_lost_or_another(register)
        self.nobody_is_doubled(register)
        self.nobody_is_announced_unasked(register, handbook)
        self.nobody_is_proposed_to_whom_they_said_no(register)
        self.whatever_waits_is_due(register, handbook)

    def nobody_is_lost_or_another(self, register: Register) -> None:
        """Who stays in the sheet stays, with one id; who comes back is a new sign-up, with a new one."""
        ids = {person.name: person.id for person in register.ledger.sign_ups}
        assert len(ids) == len(register.ledger.sign_ups)
        assert {name for name in self.sheet if name not in self.forgotten} <= ids.keys()
        for name, identifier in ids.items():
            assert self.ids.get(name, identifier) == identifier
            assert identifier not in self.used or name in self.ids
        self.ids, self.used = ids, self.used | {*ids.values()}

    def nobody_is_doubled(self, register: Register) -> None:
        """A pairing stands in one file at a time; beside it only what the file does not say yet."""
        cohort, ledger = register.cohort, register.ledger
        open_pairings = Counter((one.mentor.id, one.mentee.id) for one in cohort.pairings if not one.closed)
        members = [member for known in ledger.members.values() for member in known.values()]
        assert {*open_pairings.values()} <= {1}
        assert len(members) == len({*members})
        for proposal in ledger.proposals:
            pairing = register.pairing(proposal.couple)
            assert pairing is None or pairing.confirmed != proposal.confirmed

    def nobody_is_announced_unasked(self, register: Register, handbook: Handbook) -> None:
        """A yes that was taken back since is due to be taken out of the file."""
        due = {one.heading: one.lines for one in waiting(register, handbook.labels, TODAY)}
        taken_back = due.get(f"Took back a yes that {FILE} still says:", ())
        for pairing in register.going_on():
            couple = register.couple(pairing)
            if couple and pairing.announce and len(pairing.confirmed) == 2:
                both = {"mentor", "mentee"} == self.yes.get(couple, set())
                assert both or pairing_of(handbook.labels, pairing) in taken_back

    def nobody_is_proposed_to_whom_they_said_no(self, register: Register) -> None:
        """A no is not lost, whatever is proposed, written or thrown away."""
        here = {answer for answer in self.no if {*answer[0]} <= register.people.keys()}
        apart = {couple for couple, _ in here}
        shown = [couple for one in register.going_on() if (couple := register.couple(one))]
        assert here <= register.ledger.declined
        assert not apart & {*shown, *register.standing(all_proposals=True)}
        assert not apart & {proposal.couple for proposal in register.proposed()}

    def whatever_waits_is_due(self, register: Register, handbook: Handbook) -> None:
        listed = waiting(register, handbook.labels, TODAY)
        lines = {one.heading.split(";")[0]: one.lines for one in listed}
        ready = register.confirmed_proposals()
        assert len(ready) == len(lines.get("Both said yes", ()))
        proposed = {proposal.couple for proposal in register.ledger.proposals}
        for couple, roles in self.yes.items():
            gone = couple in register.apart() or not {*couple} <= register.people.keys()
            assert gone or not roles or couple in proposed or register.pairing(couple)


def begun(folder: Path, random: Random, monkeypatch: pytest.MonkeyPatch) -> Story:
    root = folder / "handbook"
    write(root, {**SHORT, ".gitignore": "/signups/\n", FILE: COHORT})
    story = Story(root, random, monkeypatch)
    story.git("init", "-q")
    story.git("add", "-A")
    story.git("commit", "-q", "-m", "begun")
    return story


def tell(story: Story) -> None:
    acts: tuple[tuple[Callable[[], None], int], ...] = (
        (story.import_signups, 2), (story.pair, 3), (story.confirm, 5), (story.write_pairings, 4),
        (story.commit, 2), (story.checkout, 2), (story.mark, 1), (story.forget, 1),
    )  # fmt: skip
    story.import_signups()
    story.pair()
    done = []
    for _ in range(STEPS):
        [act] = story.random.choices([act for act, _ in acts], [weight for _, weight in acts])
        done.append(act.__name__)
        act()
        try:
            story.check()
        except AssertionError as error:
            raise AssertionError(f"after {', '.join(done)}") from error


@pytest.mark.parametrize(
    "seed", [pytest.param(seed, marks=[pytest.mark.long] if seed >= 8 else []) for seed in range(ORDERS)]
)
def test_no_order_and_no_stop_loses_doubles_or_announces_anybody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setenv("HANDBOOK_TODAY", DAY)
    tell(begun(tmp_path, Random(seed), monkeypatch))


# --- one register for several -------------------------------------------------------------------


def at(root: Path, cohort: Cohort) -> Register:
    return Register.of(root, cohort)


def with_last_id(register: Register, number: int) -> Ledger:
    return replace(register.ledger, last_id=number)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path, {**SHORT, FILE: COHORT})
    registers.keep(tmp_path, Ledger((SignUp("p-1", "Ada Ray"),), 1))
    return tmp_path


@pytest.fixture
def cohort(root: Path) -> Cohort:
    handbook, problems = load(root)
    assert handbook is not None, problems
    return handbook.cohorts[0]


def test_of_two_who_write_at_once_the_second_is_told(root: Path, cohort: Cohort) -> None:
    first, second = at(root, cohort), at(root, cohort)
    first.keep(with_last_id(first, 7))

    with pytest.raises(Refusal, match=r"Somebody else changed .* what you did is not in it. Run"):
        second.keep(with_last_id(second, 9))
    assert 7 == registers.ledger(root).last_id


def test_somebody_who_read_long_ago_writes_over_nothing(root: Path, cohort: Cohort) -> None:
    """The number that is free for a moment is below one that is newer."""
    late, other = at(root, cohort), at(root, cohort)
    other.keep(with_last_id(other, 5)).keep(with_last_id(other, 6))

    with pytest.raises(Refusal, match="Somebody else"):
        late.keep(with_last_id(late, 9))
    assert ["register-0003.json"] == [file.name for file in registers.files(root)]
    assert 6 == registers.ledger(root).last_id


def test_a_disk_without_hard_links_keeps_it_too(
    root: Path, cohort: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError("no such thing here")

    monkeypatch.setattr(os, "link", refused)
    first, second = at(root, cohort), at(root, cohort)
    first.keep(with_last_id(first, 7))

    with pytest.raises(Refusal, match="Somebody else"):
        second.keep(with_last_id(second, 9))
    assert 7 == registers.ledger(root).last_id


def test_what_a_stopped_command_left_is_gone_after_the_next(root: Path, cohort: Cohort) -> None:
    (registers.folder(root) / ".register-0002.00ff.new").write_text("half of", "utf-8")
    register = at(root, cohort)
    register.keep(with_last_id(register, 3))

    assert ["register-0002.json"] == sorted(file.name for file in registers.folder(root).iterdir())


def test_what_two_computers_wrote_at_once_is_due(root: Path, cohort: Cohort) -> None:
    name = "register-0001 (Ann's copy).json"
    (registers.folder(root) / name).write_text("{}", "utf-8")
    handbook, _ = load(root)
    assert handbook is not None

    every = waiting(at(root, cohort), handbook.labels, TODAY)
    [strays] = [one for one in every if "two at once" in one.heading]
    assert (f"signups/{registers.COHORT_ID}/{name}",) == strays.lines


def test_the_register_is_where_the_coordinators_say(
    root: Path, cohort: Cohort, tmp_path_factory: pytest.TempPathFactory
) -> None:
    shared = tmp_path_factory.mktemp("shared")
    shutil.rmtree(root / "signups")
    write(root, {"signups/where.txt": f"{shared}\n"})
    register = at(root, cohort)
    assert () == register.ledger.sign_ups

    register.keep(replace(register.ledger, sign_ups=(SignUp("p-1", "Bo Lind"),)))

    assert [f"{registers.COHORT_ID}/register-0001.json"] == [
        file.relative_to(shared).as_posix() for file in shared.rglob("*.json")
    ]
    result = CliRunner().invoke(main, ["-C", str(root), "forget", "Bo Lind", "--yes"])
    assert 0 == result.exit_code, result.output
    assert "Bo" not in "".join(file.read_text("utf-8") for file in shared.rglob("*.json"))


def test_who_shares_a_folder_may_read_what_is_in_it_and_nobody_else(
    root: Path, cohort: Cohort, tmp_path_factory: pytest.TempPathFactory
) -> None:
    shared = tmp_path_factory.mktemp("shared")
    shared.chmod(0o775)
    mine = at(root, cohort)
    mine.keep(with_last_id(mine, 2))
    assert [0o600] == [file.stat().st_mode & 0o777 for file in registers.files(root)]

    shutil.rmtree(root / "signups")
    write(root, {"signups/where.txt": str(shared)})
    ours = at(root, cohort)
    ours.keep(with_last_id(ours, 2))
    assert {0o770, 0o660} == {path.stat().st_mode & 0o777 for path in shared.rglob("*")}


def test_a_register_that_was_left_behind_is_named(
    root: Path, cohort: Cohort, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Else a second one would begin, without what is in the first."""
    write(root, {"signups/where.txt": str(tmp_path_factory.mktemp("shared"))})

    with pytest.raises(Refusal, match=r"signups/digital-fluency/2027-spring holds a register"):
        at(root, cohort)


def test_who_built_on_what_was_just_written_is_nobody_who_wrote_over_it(
    root: Path, cohort: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, published = at(root, cohort), store._publish

    def then_another(beside: Path, file: Path) -> bool:
        done = published(beside, file)
        monkeypatch.setattr(store, "_publish", published)
        other = at(root, cohort)
        other.keep(with_last_id(other, other.ledger.last_id + 1))
        return done

    monkeypatch.setattr(store, "_publish", then_another)
    first.keep(with_last_id(first, 7))
    assert 8 == registers.ledger(root).last_id


@pytest.mark.parametrize(("age", "told"), [(5, True), (90, False)])
def test_without_hard_links_a_claim_counts_unless_it_is_a_stopped_commands(
    root: Path, cohort: Cohort, monkeypatch: pytest.MonkeyPatch, age: int, told: bool
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError("no such thing here")

    monkeypatch.setattr(os, "link", refused)
    claim = registers.folder(root) / ".register-0002.claim"
    claim.touch()
    os.utime(claim, (time.time() - age,) * 2)
    register = at(root, cohort)

    with pytest.raises(Refusal, match="Somebody else") if told else nullcontext():
        register.keep(with_last_id(register, 7))
    assert (1 if told else 7) == registers.ledger(root).last_id


def test_no_register_lies_where_the_site_is_made_of(root: Path, cohort: Cohort) -> None:
    (root / "docs/x").mkdir(parents=True)
    write(root, {"signups/where.txt": f"{root}/docs/x"})

    with pytest.raises(Refusal, match="a folder of the handbook itself"):
        at(root, cohort)


def test_a_place_in_another_encoding_is_refused(root: Path, cohort: Cohort) -> None:
    (root / "signups/where.txt").write_bytes("/srv/shared".encode("utf-16"))

    with pytest.raises(Refusal, match="as UTF-8"):
        at(root, cohort)


_KEPT = Ledger((SignUp("p-1", "Jo Ray"),), 1).as_json()


def test_a_register_of_before_is_read() -> None:
    """It has a grade as a number, and nothing of a no, of a day for answers and of whom people mean."""
    values = json.loads(_KEPT)
    for name in ("declined", "answer_by", "named"):
        del values[name]
    values["sign_ups"][0]["grade"] = 7

    assert Ledger((SignUp("p-1", "Jo Ray", grade="7"),), 1) == Ledger.of_json(json.dumps(values))


@pytest.mark.parametrize(
    "text",
    [
        *("[" * 200_000, '{"version": 1, "last_id": 1e999}', '{"version": 1}', "7"),
        *(_KEPT.replace('"last_id": 1', f'"last_id": {value}') for value in ('"1"', "null", "1.5")),
        _KEPT.replace('"version": 1', '"version": 2'),
        _KEPT.replace('"numbers": {}', '"numbers": {"mentor": "6"}'),
        _KEPT.replace('"Jo Ray"', '"Jo Ray", "shoe": 41'),
        _KEPT.replace('"Jo Ray"', "5"),
        _KEPT.replace('"apart": []', '"apart": [["p-1", "p-2", "p-3"]]'),
        _KEPT.replace('"editions": []', '"later": []'),
    ],
)
def test_what_is_no_register_is_refused(root: Path, cohort: Cohort, text: str) -> None:
    registers.files(root)[0].write_text(text, "utf-8")

    with pytest.raises(Refusal, match="was not written by this version"):
        at(root, cohort)


@pytest.mark.parametrize("text", ["", "somewhere/else", "/no/such/folder", "~nobody-of-that-name/x"])
def test_a_place_that_is_none_is_refused(root: Path, cohort: Cohort, text: str) -> None:
    write(root, {"signups/where.txt": text})

    with pytest.raises(Refusal, match=r"signups/where.txt should hold the whole path of a folder"):
        at(root, cohort)


def test_no_cohort_is_called_as_a_file_of_another(root: Path) -> None:
    """A folder a cohort: what was a file's name with a suffix is nobody's."""
    write(root, {"programs/digital-fluency/2027-spring-proposals.yml": "title: Other\nstart: 2027-02-01\n"})
    sheet = root / "sheet.csv"
    sheet.write_text(TITLES + ROWS["Bo Lind"], "utf-8")
    words = ["import", "signups", str(sheet), "--program", WORDS[0], "--cohort", "2027-spring-proposals"]

    assert 0 == CliRunner().invoke(main, ["-C", str(root), *words]).exit_code
    assert ["Ada Ray"] == [person.name for person in registers.ledger(root).sign_ups]


# --- held against the cohort's file ---------------------------------------------------------------

BOTH = {"mentor": date(2027, 1, 20), "mentee": date(2027, 1, 21)}
IN_FILE = """\
people: [{id: mentor-1, role: mentor}, {id: mentee-1, role: mentee}]
pairings:
  - {mentor: mentor-1, mentee: mentee-1, confirmed: {mentor: 2027-01-20, mentee: 2027-01-21}}
"""
MEMBERS = {"mentor": {"p-1": "mentor-1"}, "mentee": {"p-2": "mentee-1"}}


def held(root: Path, text: str, ledger: Ledger) -> Register:
    write(root, {FILE: COHORT + text})
    registers.keep(root, ledger)
    handbook, problems = load(root)
    assert handbook is not None, problems
    return at(root, handbook.cohorts[0])


def test_what_was_written_and_never_noted_is_known_from_the_file(root: Path) -> None:
    """The command was stopped between the two files."""
    register = held(root, IN_FILE, Ledger(proposals=(Proposal("p-1", "p-2", BOTH),), members=MEMBERS))

    assert ((), [("p-1", "p-2")]) == (
        register.ledger.proposals, [receipt.couple for receipt in register.ledger.receipts]
    )  # fmt: skip


def test_who_is_forgotten_may_still_be_named_in_the_words_of_others(root: Path) -> None:
    other = SignUp("p-2", "Bo Lind", interests=("chess with Ada Ray",))
    registers.keep(root, Ledger((SignUp("p-1", "Ada Ray"), other), 2))

    result = CliRunner().invoke(main, ["-C", str(root), "forget", "Ada Ray", "--yes"])
    assert 1 == result.exit_code
    assert f"signups/{registers.COHORT_ID}/register-0002.json:" in result.output


def test_what_the_file_says_besides_stays_beside_what_is_noted(root: Path) -> None:
    """The file was given a yes by hand, while another day of the other one's was noted."""
    noted = {"mentor": date(2027, 1, 22)}
    register = held(root, IN_FILE, Ledger(proposals=(Proposal("p-1", "p-2", noted),), members=MEMBERS))

    assert {**noted, "mentee": BOTH["mentee"]} == register.answers(("p-1", "p-2"))


def test_nobody_comes_back_by_a_receipt_who_was_forgotten_after_leaving_the_sheet(root: Path) -> None:
    receipt = Proposal("p-1", "p-2", BOTH)
    text = IN_FILE.replace("mentor-1, role: mentor", "mentor-1, role: mentor, name: Ada Ray, consent: public")
    held(root, text, Ledger((SignUp("p-2", "Bo Lind"),), 2, receipts=(receipt,), members=MEMBERS))

    result = CliRunner().invoke(main, ["-C", str(root), "forget", "Ada Ray", "--yes"])
    assert 0 == result.exit_code, result.output
    ledger = registers.ledger(root)
    assert ((), {}) == (ledger.receipts, ledger.members["mentor"])


def test_what_was_taken_back_waits_again_with_both_answers(root: Path) -> None:
    receipt = Proposal("p-1", "p-2", BOTH)
    register = held(root, "", Ledger(receipts=(receipt,), members=MEMBERS))

    assert ([receipt], ()) == (register.confirmed_proposals(), register.ledger.receipts)


def test_what_ended_in_the_file_is_nobodys_proposal(root: Path) -> None:
    ended = IN_FILE.replace("21}}", "21}, ended: 2027-03-01}")
    register = held(root, ended, Ledger(receipts=(Proposal("p-1", "p-2", BOTH),), members=MEMBERS))

    assert ((), frozenset({("p-1", "p-2")})) == (register.ledger.proposals, register.apart())
