"""Who hears of a serious concern, whatever contacts an organisation names; and what the safety page says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from html import unescape
from itertools import combinations
from pathlib import Path

import pytest

from handbook.contents import templating
from handbook.contents.build import Build
from handbook.contents.kinds import PAGES, PageKind, PageSubject
from handbook.guidance.messages.words import MessageWords
from handbook.load.repository import load
from handbook.model.definitions.organisation import PURPOSES, SERIOUS, Contact
from handbook.model.definitions.parts import Agreement
from handbook.model.handbook import Handbook
from handbook.pages.rendering.pages import render_page
from handbook.text.prose import Text
from tests.repository import DAY, write
from tests.test_pairing_pages import SMALL

FALLBACKS = {
    "program": "the coordinator", "access": "the coordinator",
    "concern": "HR, or your staff representative",
    "safeguarding": "your organisation’s safeguarding lead or HR",
    "union": "your union or staff representative",
    "equality": "HR or your organisation’s equality lead",
    "wellbeing": "a doctor or the occupational health service",
    "privacy": "HR or your organisation’s data-protection officer",
}  # fmt: skip
TEAM = "Contact for program"
BUILD = Build(date.fromisoformat(DAY), "participants")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Handbook:
    """The short program with pairings: one that goes on, one that has paused."""
    root = tmp_path_factory.mktemp("small")
    write(root, SMALL)
    handbook, problems = load(root)
    assert handbook is not None, problems
    return handbook


def contact(purpose: str, address: str = "") -> Contact:
    return Contact(purpose, Text(f"Contact for {purpose}"), Text(address or f"{purpose}@steps.example"))


def with_contacts(handbook: Handbook, contacts: Sequence[Contact]) -> Handbook:
    return replace(handbook, organisation=replace(handbook.organisation, contacts=tuple(contacts)))


class Rendered:
    """Pages of one handbook with ever other contacts: templates are compiled once."""

    def __init__(self, handbook: Handbook) -> None:
        self.handbook = handbook
        self.environment = templating.environment(handbook.labels, handbook.templates)
        day = BUILD.day
        self.pages = [(kind, subject) for kind in PAGES for subject in kind.subjects(handbook, day)]

    def __call__(self, contacts: Sequence[Contact]) -> dict[str, str]:
        handbook = with_contacts(self.handbook, contacts)
        pages = (render_page(handbook, BUILD, self.environment, *page) for page in self.pages)
        return {page.path: unescape(page.text) for page in pages}

    def of(self, page: tuple[PageKind, PageSubject], named: Iterable[str]) -> str:
        """One page, where these purposes have contacts."""
        handbook = with_contacts(
            self.handbook, [contact(purpose) for purpose in PURPOSES if purpose in named]
        )
        return unescape(render_page(handbook, BUILD, self.environment, *page).text)

    def purposes(self, page: tuple[PageKind, PageSubject]) -> list[str]:
        """Those whose contact a page shows where it alone is named, or misses where all others are."""
        none, every = self.of(page, ()), self.of(page, PURPOSES)
        return [
            one
            for one in PURPOSES
            if self.of(page, [one]) != none or self.of(page, {*PURPOSES} - {one}) != every
        ]


# --- sentences that send a serious concern somewhere ----------------------------------------------

GRAVE = re.compile(
    r"harass|discriminat|racis|sexis|slurs?\b|bull(?:y|ied)|retaliat|misconduct|crime|assault|abuse|serious"
    r"|\bgrave\b|safeguarding|whistle|grievance|concerns?\b|\bharm|unsafe|at risk|in danger"
    r"|(?:about|concerns) the coordinator|\bwrong\b",
    re.IGNORECASE,
)
_COORDINATOR = re.compile(
    r"\b(?:tell|ask|contact|write to|turn to|talk (?:to|with)|inform)s? (?:the |your )?coordinator",
    re.IGNORECASE,
)
_CARD = re.compile(r'<div class="hb-contact".*?</div>', re.DOTALL)
_LINKED = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_CUT = re.compile(r"(?<=[.!])[”\"*]*\s+(?=[“\"*]*[A-Z])")
_BRANCH = re.compile(r"(?P<blanks> *)- (?:\*\*(?P<answer>Yes|No)\.\*\* )?(?P<said>.*)")


def sentences(markdown: str) -> Iterator[str]:
    """What a page says: a contact's card is one, and so is a question with its answer."""
    text = _CARD.sub(lambda card: " ".join(card[0].split()), markdown)
    questions: dict[int, str] = {}
    for line in text.splitlines():
        branch = _BRANCH.fullmatch(line)
        depth, asked = (len(branch["blanks"]), "") if branch else (0, "")
        if branch and branch["answer"] == "Yes":
            asked = questions[depth - 4]
        questions[depth] = branch["said"] if branch else ""
        for one in _CUT.split(re.sub(r"<[^>]*>", " ", _LINKED.sub(r"\1", line))):
            yield f"{asked} {one}".strip()


def astray(markdown: str, team: str = TEAM) -> list[str]:
    """The sentences in which something serious stands with those who run the programme."""
    return [
        one for one in sentences(markdown) if GRAVE.search(one) and (team in one or _COORDINATOR.search(one))
    ]


@pytest.mark.parametrize("sentence", [
    f"If it is serious, or if it concerns the coordinator, contact [{TEAM}](mailto:a@b.example).",
    "If you are harassed, tell the coordinator.",
    f"Something serious: turn to {TEAM} at once.",
    f"Were you harassed? Tell {TEAM}.",
    f"- Were you bullied?\n    - **Yes.** Leave. Today, tell {TEAM}.",
    f"If it is grave, do not settle it quietly. Leave facts about misconduct to {TEAM}.",
    f'<div class="hb-contact" role="listitem" markdown>\n<p>To raise a concern</p>\n\n[{TEAM}](x)\n</div>',
])  # fmt: skip
def test_a_sentence_that_sends_a_serious_concern_to_the_team_is_found(sentence: str) -> None:
    assert astray(sentence)


@pytest.mark.parametrize("sentence", [
    f"For most things, ask {TEAM}. If it is serious, tell HR.",
    f"If this pairing does not work for you, you may write to {TEAM} alone.",
    f"- Were you bullied?\n    - **Yes.** Today, tell HR.\n    - **No.** Today, tell {TEAM}.",
])  # fmt: skip
def test_a_sentence_that_leads_elsewhere_is_left_alone(sentence: str) -> None:
    assert not astray(sentence)


def every_combination(of: Sequence[str] = PURPOSES) -> list[tuple[str, ...]]:
    return [some for size in range(len(of) + 1) for some in combinations(of, size)]


def test_no_page_sends_a_serious_concern_to_the_team(small: Handbook) -> None:
    """For every combination of contacts that there are and are not, of all that a page speaks of."""
    rendered = Rendered(small)
    found: dict[str, tuple[str, ...]] = {}
    tried = 0
    for page in rendered.pages:
        for named in every_combination(rendered.purposes(page)):
            tried += 1
            found |= {f"{page[0].name}: {one}": named for one in astray(rendered.of(page, named))}

    assert {} == found
    assert tried > 2 * 2 ** len(PURPOSES[1:])


@pytest.mark.parametrize("purpose", SERIOUS)
@pytest.mark.parametrize("address", ["PROGRAM@steps.example", "program@steps.example"])
def test_the_teams_own_mailbox_is_no_contact_for_what_is_serious(
    small: Handbook, purpose: str, address: str
) -> None:
    pages = Rendered(small)([contact("program"), contact(purpose, address)])

    assert [] == [path for path, text in pages.items() if f"Contact for {purpose}" in text]
    assert FALLBACKS[purpose] in pages["programs/digital-fluency/safety.md"]


def test_a_telephone_may_be_the_teams_too(small: Handbook) -> None:
    team = Contact("program", Text("Team"), phone=Text("+44 1632 960-000"))
    same = Contact("concern", Text("Speak up"), Text("speak@steps.example"), Text("+44 (1632) 960000"))
    other = replace(same, phone=Text("+44 1632 960001"))

    for one, known in ((same, None), (other, other)):
        organisation = with_contacts(small, [team, one]).organisation
        assert organisation.contact("concern") == known


@pytest.mark.parametrize("named", every_combination())
def test_a_purpose_without_a_contact_names_whom_every_organisation_has(
    small: Handbook, named: tuple[str, ...]
) -> None:
    organisation = with_contacts(small, [contact(purpose) for purpose in named]).organisation
    reached = {purpose: organisation.contact(purpose) for purpose in PURPOSES}

    for purpose, one in reached.items():
        if purpose in named:
            assert one == contact(purpose)
        elif purpose == "access" and "program" in named:
            assert one == contact("program")
        else:
            assert one is None


def test_home_and_safety_name_somebody_for_concerns_without_any_contact(small: Handbook) -> None:
    pages = Rendered(small)([])

    for path in ("index.md", "programs/digital-fluency/safety.md", "programs/digital-fluency/decisions.md"):
        assert FALLBACKS["concern"] in pages[path], path
    for purpose in ("safeguarding", "union", "equality", "wellbeing"):
        assert FALLBACKS[purpose] in pages["programs/digital-fluency/safety.md"]
    assert FALLBACKS["privacy"] in pages["programs/digital-fluency/privacy.md"]


# --- what the safety page says --------------------------------------------------------------------

# What a person in trouble looks for.
FINDABLE = (
    "harassment", "sexual", "touching", "discrimination", "racist", "sexist", "homophobic", "ableist",
    "bullying", "pressure", "retaliation", "favours", "whistleblowing", "grievance", "safeguarding",
    "emergency services", "in danger", "union", "under eighteen", "alcohol", "hotel", "confidential",
)  # fmt: skip


def test_a_program_with_one_text_of_safety_still_names_who_helps(small: Handbook) -> None:
    [program] = small.programs
    for count in (0, 1):
        items = {**program.items, "safety": program.items["safety"][:count]}
        changed = replace(small, programs=(replace(program, items=items),))

        assert FALLBACKS["concern"] in Rendered(changed)([])["programs/digital-fluency/safety.md"]


@cache
def _safety(root: Path) -> str:
    write(root, SMALL)
    handbook, _ = load(root)
    assert handbook is not None
    return Rendered(handbook)([])["programs/digital-fluency/safety.md"]


@pytest.mark.parametrize("word", FINDABLE)
def test_what_one_looks_for_in_trouble_is_on_the_safety_page(
    tmp_path_factory: pytest.TempPathFactory, word: str
) -> None:
    assert word in _safety(tmp_path_factory.getbasetemp() / "safety").lower()


def test_danger_comes_first_and_the_page_is_short(small: Handbook) -> None:
    page = Rendered(small)([contact(purpose) for purpose in PURPOSES])["programs/digital-fluency/safety.md"]
    said = re.sub(r"<[^>]*>|\{[^}]*\}|\]\([^)]*\)", " ", page.split("hb-foot")[0])

    assert page.index("emergency services") < page.index('class="hb-contact"') < page.index("Kinds of harm")
    assert len(re.findall(r"\w[\w'’-]*", said)) <= 1500
    card = page[page.index('class="hb-contact"') : page.index("Kinds of harm")]
    assert TEAM not in card  # nobody in trouble is to pick them by mistake


@pytest.mark.parametrize(
    ("days", "said"), [(0, "write the day down"), (1, "within 1 day,"), (3, "within 3 days,")]
)
def test_how_soon_is_promised_only_where_it_was_set(small: Handbook, days: int, said: str) -> None:
    [program] = small.programs
    agreement = replace(program.agreement, concern_days=days)
    changed = replace(small, programs=(replace(program, agreement=agreement),))

    page = Rendered(changed)([])["programs/digital-fluency/safety.md"]

    assert said in page
    assert ("write the day down" in page) is (days == 0)
    assert Agreement(1, 1, 1).concern_days == 0


NOTES = re.compile(r"(?:destroy|tear up|shred)\b", re.IGNORECASE)


def test_whoever_may_raise_a_concern_keeps_the_notes(small: Handbook) -> None:
    """Wherever a text says that notes are destroyed, it says so too."""
    texts = {
        f"{item.kind}/{item.id}": part
        for items in small.playbook.items.values()
        for item in items
        for part in (item.body, *map(str, item["after"] or ()))
        if NOTES.search(part)
    }

    assert {
        *("agreement/agenda-and-notes", "safety/confidentiality", "sessions/closing"),
        *("sheets/session-log", "sheets/reflection"),
    } <= texts.keys()
    assert {} == {
        name: text
        for name, text in texts.items()
        if not any("concern" in one and NOTES.search(one) for one in text.split("\n"))
    }


# --- what would you do? ---------------------------------------------------------------------------

TIMES = re.compile(
    r"\b(?:today|tomorrow|the same day|this week|at the next session)\b"
    r"|\b(?:within|after) \d+ (?:hours?|days?)\b",
    re.IGNORECASE,
)


def tree(markdown: str) -> list[tuple[int, str, str]]:
    """The lines of a tree, each with its depth, its answer and what it says."""
    lines = filter(None, map(_BRANCH.fullmatch, markdown.splitlines()))
    return [(len(line["blanks"]) // 4, line["answer"] or "", line["said"]) for line in lines]


def mistakes(markdown: str, whom: Sequence[str]) -> Iterator[str]:
    """What is wrong with a tree whose leaves name one of these."""
    lines = tree(markdown)
    for index, (depth, answer, said) in enumerate(lines):
        below = [one for one in lines[index + 1 :] if one[0] <= depth][:1]
        inner = lines[index + 1 : lines.index(below[0], index + 1)] if below else lines[index + 1 :]
        children = [one[1] for one in inner if one[0] == depth + 1]
        if bool(answer) is not bool(depth):
            yield f"{said}: only the first has no answer before it"
        if children and (children != ["Yes", "No"] or not said.endswith("?")):
            yield f"{said}: a question has a yes and a no"
        if not children and not any(name in said for name in whom):
            yield f"{said}: no person"
        if not children and not TIMES.search(said):
            yield f"{said}: no time"


def trees(page: str) -> list[str]:
    folded = re.split(r"^### .*$", page.split("hb-foot")[0], flags=re.MULTILINE)[1:]
    return [part.partition("</details>")[0].replace("</summary>", "") for part in folded]


@pytest.mark.parametrize("named", [(), PURPOSES], ids=["nobody", "all"])
def test_each_branch_ends_with_a_person_and_a_time(small: Handbook, named: tuple[str, ...]) -> None:
    page = Rendered(small)([contact(purpose) for purpose in named])["programs/digital-fluency/decisions.md"]
    whom = [f"Contact for {purpose}" for purpose in named] or list(FALLBACKS.values())

    found = trees(page)

    assert len(found) >= 6
    assert [] == [mistake for one in found for mistake in mistakes(one, whom)]
    for one in found:
        assert len(tree(one)) >= 5, one
        assert len(_LINKED.sub(r"\1", one).replace("*", "").split()) <= 125, one


@pytest.mark.parametrize(("markdown", "wrong"), [
    ("- Is it?\n    - **Yes.** Today, tell HR.\n    - **No.** Tell HR.\n", "no time"),
    ("- Is it?\n    - **Yes.** Today, tell them.\n    - **No.** Today, tell HR.\n", "no person"),
    ("- Is it?\n    - **Yes.** Today, tell HR.\n", "a yes and a no"),
    ("- Tell\n    - **Yes.** Today, tell HR.\n    - **No.** Today, tell HR.\n", "a yes and a no"),
])  # fmt: skip
def test_a_branch_that_ends_nowhere_is_found(markdown: str, wrong: str) -> None:
    assert any(wrong in mistake for mistake in mistakes(markdown, ["HR"]))


# --- in messages ----------------------------------------------------------------------------------


def test_a_message_names_whom_every_organisation_has(small: Handbook) -> None:
    """And says of the programme's own contact that it is missing, so that no mail is sent unsigned."""
    words = MessageWords(small, BUILD, small.cohorts[0])

    for purpose in (*SERIOUS, "wellbeing", "privacy"):
        assert FALLBACKS[purpose] == unescape(words.contact(purpose))
    assert "Missing" in words.contact("program")
