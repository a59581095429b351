"""Pages say who is who, read easily, and say each number of a program from its YAML."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from handbook import DATA
from handbook.model.handbook import Handbook
from tests.conformance import own_words
from tests.language import Block, average, blocks, swapped_roles, words
from tests.repository import PROGRAM, SHORT, Files, Site, Sites, example

DIGITAL = "programs/digital-fluency/"
# The example's program in which both teach and both learn.
RECIPROCAL = "programs/inclusive-leadership/"
LINES = sorted((DATA / "playbook/en").rglob("*.md"))


# --- who is who -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Excuse:
    """Where a sentence may name the roles the other way round, and why."""

    reason: str
    holds: Callable[[str, Block, str], bool]


EXCUSES = {
    "comparison": Excuse(
        "The column of traditional mentoring says how it is there.",
        lambda page, block, _: block.tag == "td" and block.under == "Traditional mentoring",
    ),
    "traditional": Excuse(
        "The sentence itself says that it is about other mentoring.",
        lambda page, block, sentence: bool(
            re.search(r"\b(traditional|ordinary|in most) mentoring\b", sentence, re.I)
        ),
    ),
    "reciprocal": Excuse(
        "Where both teach and both learn, a paragraph that says so may speak of the other turn.",
        lambda page, block, _: (
            page.startswith(RECIPROCAL)
            and bool(re.search(r"change places|both teach|both learn|each of us teaches", block.text))
        ),
    ),
}


def excused(page: str, block: Block, sentence: str) -> bool:
    return any(excuse.holds(page, block, sentence) for excuse in EXCUSES.values())


@pytest.mark.parametrize("files", [SHORT, example()], ids=["short", "example"])
def test_nobody_calls_the_senior_the_mentor(built: Sites, files: Files) -> None:
    site = built(files)
    found = {
        (sentence, rule): page
        for page in site.pages()
        for block in blocks(site.html(page))
        for sentence in block.sentences
        if (rule := swapped_roles(sentence)) and not excused(page, block, sentence)
    }

    assert {} == found


@pytest.mark.parametrize(
    ("name", "page", "block"),
    [
        ("comparison", "guide/", Block("td", "A director", "Traditional mentoring", "The mentor is")),
        ("traditional", "", Block("p", "In traditional mentoring a director mentors a graduate.")),
        ("reciprocal", RECIPROCAL, Block("p", "Then you change places. Now your mentee teaches you.")),
    ],
)
def test_an_excuse_reaches_no_further_than_its_place(name: str, page: str, block: Block) -> None:
    [sentence] = [one for one in block.sentences if swapped_roles(one)]
    elsewhere = Block("p", sentence.replace("traditional", "reverse"))

    assert [name] == [one for one, excuse in EXCUSES.items() if excuse.holds(page, block, sentence)]
    assert not excused(page, elsewhere, elsewhere.text)
    assert not excused(DIGITAL, elsewhere, elsewhere.text)


def test_the_comparison_needs_its_excuse_and_has_the_right_half(built: Sites) -> None:
    """The rules see a table as a reader does: a cell with what stands before its row."""
    cells = [block for block in blocks(built(SHORT).html("guide/")) if block.row]
    wrong = {block.under for block in cells if any(map(swapped_roles, block.sentences))}

    assert {"Traditional mentoring", "Reverse mentoring"} == {block.under for block in cells}
    assert {"Traditional mentoring"} == wrong


# Each calls the senior person the mentor or the junior one the mentee, none like the next.
SWAPPED = """\
The mentor is a senior leader who teaches.
A director is the mentor.
Our directors are the mentors, and they lead each session.
Your mentor, a director, sends the invitation.
Your mentor is usually an executive from another unit.
The mentee is the junior colleague who learns.
A junior colleague becomes the mentee.
Early-career colleagues sign up as mentees.
The mentor, who is a senior colleague, brings a topic.
A senior leader mentors a junior colleague.
Senior leaders will teach our new starters how decisions are made.
The chief operating officer coaches two graduates.
Junior colleagues learn from senior leaders.
A new starter is mentored by a director.
Graduates are taught by the head of service.
Younger colleagues learn a great deal from experienced managers.
You will be matched with a senior mentor.
An experienced mentor knows the organisation.
Every junior mentee prepares three questions.
A 24-year-old is matched as mentee.
You are a director, so you will be the mentor.
As an executive, you are a mentor.
If you are a new starter, you are the mentee.
Mentors are leaders with many years behind them.
Mentor: a senior leader.
The mentor (a board member) opens the meeting.
The mentee teaches, and the mentor learns.
Your mentee teaches you how to use the tools.
The mentor learns from the mentee.
The mentor is the one who learns.
I am the senior leader, and I teach.
I am the junior colleague, and I learn.
The director, your mentor, decides on the place.
The boss of another unit acts as the mentor.
We chose a vice president as her mentor.
Mentors come from among our executives.
The director's mentee arranges the room.
An apprentice's mentor sits on the board.
The senior of you is the mentor, the junior the mentee.
Ask what you can learn from your mentee.
Leaders who mentor junior staff gain most.
She is a board member, and she becomes a mentor in May.
The mentor is more senior than the mentee.
The mentee holds the more junior post.
Our CEO has been asked to be a mentor.
Your mentor will be someone from the executive team.
Mentors, all of them directors, meet in the circle.
He is the managing director and your mentor.
Leaders pass on what they know to junior colleagues.
The new starter, as mentee, writes the notes.
Mentors hold senior posts, and mentees hold junior ones.
Mentees have less experience than their mentors.
With a seasoned leader as your mentor, you will grow.
Each director takes two trainees as mentees.
""".splitlines()

# Each is right, and close to what is wrong.
RIGHT = """\
The mentor is the junior colleague who teaches.
The mentee is a senior leader who learns.
A junior colleague mentors a senior leader.
Our directors have mentors who are half their age.
A director is never the mentor here.
The mentor is not a senior leader.
Your mentee, a director, sends the invitation.
Senior leaders learn from junior colleagues.
A director is mentored by a new starter.
Directors are taught by graduates.
The director's mentor arranges the room.
An apprentice's mentee sits on the board.
You will be matched with a junior mentor.
Every senior mentee prepares three questions.
A mentor must be able to tell a leader the truth.
The mentor tells a director what new starters see.
As a director, you are the mentee.
As a director, you are your mentor's first listener.
If you are a new starter, you are the mentor.
Mentees are usually executives or managers.
Mentee: a senior leader.
The mentor teaches, and the mentee learns.
Both learn, and both gain.
Ask what you can learn from your mentor.
Let your mentor teach you one thing.
The mentor, the sponsor and a director meet in May.
Write to your mentor, a leader or the coordinator.
Tell the director that you are the mentor.
The mentor circle is for junior colleagues and no leader comes.
A mentee has more power than a mentor.
The coordinator trains mentors and mentees.
Some mentors dislike social media, and some directors write code.
The mentor's line manager asks what the director is like.
The mentee makes the first move, so that the mentor does not have to chase a senior colleague.
The junior of you is the mentor, the senior the mentee.
The mentor practises teaching, and sees how hard some senior choices are.
A leader asks for a particular mentor.
Leaders find a mentor in another unit.
Nobody is born knowing how to teach a director.
The mentee holds the more senior post.
I am the senior leader, and I learn.
The mentor explains to executives how trainees are met.
Junior colleagues who are mentors need protection from leaders.
Mentors have less seniority than their mentees.
Leaders learn best from a mentor who is honest.
The director and your mentor agree a goal.
If the mentor is worried, a senior leader speaks to the mentee.
New starters are mentors to directors.
""".splitlines()


@pytest.mark.parametrize("sentence", SWAPPED)
def test_a_swapped_sentence_is_found(sentence: str) -> None:
    assert swapped_roles(sentence)


@pytest.mark.parametrize("sentence", RIGHT)
def test_a_right_sentence_is_left_alone(sentence: str) -> None:
    assert "" == swapped_roles(sentence)


def swap(sentence: str) -> str:
    """Change mentor for mentee, and mentee for mentor."""
    other = {"mentor": "mentee", "mentee": "mentor", "Mentor": "Mentee", "Mentee": "Mentor"}
    return re.sub(r"\b[Mm]ent(?:or|ee)", lambda match: other[match[0]], sentence)


ROLE = re.compile(r"\bment(?:or|ee)s?\b(?!['’]s?\b| circle)", re.I)
RANK = re.compile(r"\b(?:senior|junior) (?:leader|colleague|person)", re.I)


@pytest.mark.parametrize("role", ["mentor", "mentee"])
def test_a_role_guide_with_its_roles_swapped_is_found(built: Sites, role: str) -> None:
    """Every sentence that says who somebody is; many more say nothing of it, and stay right."""
    page = blocks(built(SHORT).html(f"{DIGITAL}roles/{role}/"))
    sentences = [one for block in page for one in block.sentences]
    telling = [one for one in sentences if ROLE.search(one) and RANK.search(one)]

    assert len(telling) >= 2
    assert [] == [one for one in sentences if swapped_roles(one)]
    assert [] == [one for one in telling if not swapped_roles(swap(one))]


# --- it reads easily ------------------------------------------------------------------------------

MOST_WORDS_A_SENTENCE = 18
WORDS_A_MINUTE, MINUTES = 200, 4
COORDINATORS = ("/kit/", "/messages/", "roles/coordinator/", "for/coordinator/")


def prose(site: Site, page: str) -> list[str]:
    """The sentences of a page's paragraphs and list items; an item without a full stop is one."""
    found = [block for block in blocks(site.html(page)) if block.tag in ("p", "li")]
    return [sentence for block in found for sentence in block.sentences]


def test_sentences_are_short_on_every_page_for_participants(built: Sites) -> None:
    site = built(SHORT)
    pages = {page: prose(site, page) for page in site.pages() if not page.endswith(COORDINATORS)}
    long = {page: mean for page, said in pages.items() if (mean := average(said)) >= MOST_WORDS_A_SENTENCE}

    assert {} == long
    assert len(pages) > 50
    assert [] == [page for page, said in pages.items() if not said]


def test_sentences_are_short_on_the_whole(built: Sites) -> None:
    """Each is counted once, however many pages say it."""
    site = built(SHORT)
    said = {sentence for page in site.pages() for sentence in prose(site, page)}

    assert len(said) > 2000
    assert average(sorted(said)) < MOST_WORDS_A_SENTENCE


@pytest.mark.parametrize("role", ["mentor", "mentee", "coordinator", "sponsor", "line-manager"])
def test_a_role_guide_takes_at_most_four_minutes(built: Sites, role: str) -> None:
    page = blocks(built(SHORT).html(f"{DIGITAL}roles/{role}/"))

    assert 300 < sum(words(block.text) for block in page) <= WORDS_A_MINUTE * MINUTES


def test_a_page_is_cut_into_its_sentences() -> None:
    html = (
        "<p>Out.</p><article><nav><p>Menu.</p></nav><h2>Who<a class='headerlink'>¶</a></h2>"
        "<p>You <b>ask</b>. They don't know! “Why?” he says.</p>"
        "<ul><li>First<ul><li>Inner.</li></ul></li></ul>"
        "<table><thead><tr><th></th><th>Here</th></tr></thead><tr><td>Who</td><td>You.</td></tr></table>"
        "<dl><dt>Term</dt><dd>Its meaning.</dd></dl><pre>One line\nTwo lines.</pre>"
        "<div class='hb-foot'><p>Foot.</p></div></article>"
    )
    found = [(block.tag, block.under, block.sentences) for block in blocks(html)]

    assert [
        ("h2", "", ["Who"]),
        ("p", "", ["You ask.", "They don't know!", "“Why?” he says."]),
        ("li", "", ["First"]),
        ("li", "", ["Inner."]),
        ("th", "", ["Here"]),
        ("td", "", ["Who"]),
        ("td", "Here", ["Who: You."]),
        ("dt", "", ["Term"]),
        ("dd", "Term", ["Its meaning."]),
        ("pre", "", ["One line", "Two lines."]),
    ] == found
    assert 2.0 == average(["You ask.", "They don't", "know five-minute"])


# --- plain words ----------------------------------------------------------------------------------

BUZZWORDS = re.compile(
    r"\b(?:leverag|synerg|empower|unlock|journey|holistic|best[- ]in[- ]class|game[- ]chang|seamless"
    r"|cutting[- ]edge|deep[- ]div|low[- ]hanging|stakeholder|paradigm|thought leader|next[- ]gen\b|ecosystem"
    r"|robust|elevat|foster|harness|utili[sz]|world[- ]class|state[- ]of[- ]the[- ]art|delv|impactful"
    r"|actionable|learnings|win-win|transformative|streamlin|going forward|move the needle|bandwidth)\w*",
    re.I,
)
# Code, keys and names of classes, and addresses, whose words are others'.
CODE = re.compile(
    r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<!--.*?-->|<!doctype|https://\S+|\bhb-[\w-]+|^ *[\w-]+:",
    re.DOTALL | re.M,
)
TEXTS = (*LINES, *sorted((DATA / "texts").glob("*.yml")), *sorted((DATA / "templates").rglob("*.j2")))


def plain(text: str) -> str:
    """A text without the code that fills it in."""
    return CODE.sub(" ", text)


@pytest.mark.parametrize("unwanted", [BUZZWORDS, re.compile(r"!")], ids=["buzzwords", "exclamation"])
def test_texts_and_labels_are_plain(unwanted: re.Pattern[str]) -> None:
    found = {
        file.relative_to(DATA).as_posix(): said
        for file in TEXTS
        if (said := unwanted.findall(plain(file.read_text("utf-8"))))
    }

    assert {} == found


@pytest.mark.parametrize("text", ["We leverage it", "Synergies", "a game-changer", "Next-Gen", "fostering"])
def test_a_buzzword_is_found(text: str) -> None:
    assert BUZZWORDS.search(text)


# --- a program's numbers --------------------------------------------------------------------------

KINDS = (
    "roles agreement safety decisions evaluation faq taking-part conduct privacy recognition kit launch "
    "messages sessions survey check-ins milestones forms sheets benefits"
)
YEARS = re.compile(r"\b(?:18|19|20)\d\ds?\b")
NUMBERED = re.compile(r"^ *\d+\. ", re.MULTILINE)
# A default that is written out would stay when the program says another number.
WRITTEN = re.compile(
    r"\b(?:six (?:sessions|times)|sixty minutes|forty-eight hours|twenty-four hours|seven days|four weeks"
    r"|an? (?:\w+ )?hour(?! that suits)|the hour|(?:half|quarter of an) hour|halfway through"
    r"|(?:first|second) half|five minutes of)\b",
    re.I,
)


def numbers(text: str) -> list[str]:
    """What a text says in figures, apart from years of history and the numbers of a list."""
    bare = YEARS.sub(" ", NUMBERED.sub("", plain(text)))
    return re.findall(r"\S*\d\S*", bare) + WRITTEN.findall(bare)


@pytest.mark.parametrize("kind", KINDS.split())
def test_no_text_says_a_number_that_a_program_decides(short: Handbook, kind: str) -> None:
    """In bodies and in all fields; an agenda's own minutes are numbers, and no text.

    What names its source, or says that it is invented, has numbers of its own (see test_evidence.py).
    """
    items = [item for item in short.playbook.kind(kind) if not (item["source"] or item["example"])]

    assert items
    assert {} == {item.id: said for item in items if (said := numbers(own_words(item)))}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Answer within 48 hours.", ["48"]),
        ("You meet for six sessions.", ["six sessions"]),
        ("You plan an hour for the second half.", ["an hour", "second half"]),
        ("Find an hour that suits both.", []),
        ("Answer within {{ agreement.reply_hours | hours }}.\n\n1. In the 1990s\n2. GE", []),
    ],
)
def test_a_number_in_a_text_is_found(text: str, said: list[str]) -> None:
    assert said == numbers(text)


COMMITMENT = "commitment: {sessions: 6, minutes: 60, every_weeks: 3}\n"
OTHER = (
    "commitment: {sessions: 4, minutes: 45, every_weeks: 2}\n"
    "agreement: {reply_hours: 30, cancel_notice_hours: 12, notice_days: 9}\n"
)
CHANGED: Files = {**SHORT, f"{DIGITAL}program.yml": PROGRAM.replace(COMMITMENT, OTHER)}
MEETINGS = ("4 sessions", "45 minutes", "2 weeks")
NOTICE = ("30 hours", "12 hours")
# "7 days ago" and "in 7 days" tell a date, and no notice; what begins at an hour of its own, such as the
# kick-off, has its own minutes too, and so have the sums of training and of meetings.
DEFAULTS = re.compile(
    r"\b(?:(?<!\d\d:\d\d, )(?<!Celebration, )(?<!Training: )(?<!check-ins: )60[ -]minutes?(?! of training)"
    r"|6 sessions"
    r"|48[ -]hours?|24[ -]hours?|(?<!in )7[ -]days?(?! ago)|every [34] weeks)\b"
)


@pytest.mark.parametrize(
    ("page", "phrases"),
    [
        ("", MEETINGS),
        ("roles/mentor/", (*MEETINGS, *NOTICE)),
        ("roles/mentee/", (*MEETINGS, *NOTICE)),
        ("roles/line-manager/", MEETINGS[:2]),
        ("taking-part/", MEETINGS),
        ("agreement/", (*MEETINGS, *NOTICE, "9 days")),
        ("safety/", ("9 days",)),
        ("2027-spring/messages/", MEETINGS),
    ],
)
def test_a_programs_numbers_stand_in_its_texts(built: Sites, page: str, phrases: tuple[str, ...]) -> None:
    text = built(CHANGED).look(f"{DIGITAL}{page}").text

    assert [] == [phrase for phrase in phrases if phrase not in text]


def test_no_page_of_a_program_keeps_a_number_that_it_changed(built: Sites) -> None:
    """By phrase: the minutes of single agenda points and of modules are others, and none of these."""
    site = built(CHANGED)
    pages = [page for page in site.pages() if page.startswith(DIGITAL)]
    found = {page: said for page in pages if (said := DEFAULTS.findall(site.look(page).text))}

    assert {} == found
    assert len(pages) > 30
    assert DEFAULTS.search(built(SHORT).look(f"{DIGITAL}agreement/").text)
