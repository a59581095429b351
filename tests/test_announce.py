"""What a coordinator sends when pairings are announced: ready to paste, by consent, and inert everywhere."""

from __future__ import annotations

import os
import re
import sys
from datetime import date
from pathlib import Path
from unicodedata import bidirectional

import pytest
from click.testing import CliRunner, Result
from markdown_it import MarkdownIt

from handbook.cli import main
from handbook.contents.build import Build
from handbook.guidance.messages.announcement import Announcement
from handbook.guidance.messages.formats import FORMATS
from handbook.guidance.messages.message import Line, Linked, Message, Part, marked, parse
from handbook.load.repository import load
from handbook.pages.rendering import pages
from handbook.register.ledger.ledger import Ledger, SignUp
from tests import hostile, registers
from tests.repository import COHORT, DAY, SHORT, Files, example, write
from tests.terminal import pexpect

ORGANISATION = """\
name: Small Steps
site: https://steps.example/h/
contacts: [{purpose: program, label: The mentoring team, address: team@steps.example}]
"""
PEOPLE = """\
people:
  - {id: ada-lane, name: Ada L., role: mentor, unit: Data, topics: [ai-tools], consent: public}
  - {id: mentor-2, role: mentor, topics: [ai-tools]}
  - {id: late-one, name: Lou K., role: mentor, unit: Stores, topics: [ai-tools], consent: public}
  - {id: bo-mist, name: Bo M., role: mentee, unit: Finance, topics: [ai-tools], consent: public}
  - {id: mentee-2, role: mentee, topics: [ai-tools]}
  - {id: unsure-one, name: Uma S., role: mentee, unit: Legal, topics: [ai-tools], consent: public}
pairings:
  - {mentor: ada-lane, mentee: bo-mist, topics: [ai-tools],
     goals: [directors-use-ai-tools-in-their-own-work-every-week],
     confirmed: {mentor: 2027-01-20, mentee: 2027-01-22}, announce: 2027-01-29}
"""
QUIET = """\
  - {mentor: mentor-2, mentee: mentee-2, confirmed: {mentor: 2027-01-20, mentee: 2027-01-22},
     announce: 2027-01-29}
"""
LATER = """\
  - {mentor: late-one, mentee: unsure-one, topics: [ai-tools],
     confirmed: {mentor: 2027-01-20, mentee: 2027-01-22}, announce: 2027-03-15}
"""
HALF = """\
  - {mentor: late-one, mentee: unsure-one, topics: [ai-tools], confirmed: {mentor: 2027-01-20},
     announce: 2027-01-29}
"""
ENDED = """\
  - {mentor: late-one, mentee: unsure-one, topics: [ai-tools],
     confirmed: {mentor: 2027-01-20, mentee: 2027-01-22}, announce: 2027-01-29, ended: 2027-02-20}
"""
RUN = "programs/digital-fluency/2027-spring.yml"


def files(*pairings: str) -> Files:
    """The short repository with people, the first pairing and these."""
    return {
        **SHORT,
        "programs/organisation.yml": ORGANISATION,
        RUN: COHORT + PEOPLE + "".join(pairings),
    }


def announce(root: Path, *words: str, form: str = "email", day: str = "2027-01-29") -> Result:
    line = ["-C", str(root), "announce", "digital-fluency", "2027-spring", "--as", form, "--day", day, *words]
    return CliRunner().invoke(main, line)


def test_everybody_reads_who_meets_whom_and_what_comes_next(tmp_path: Path) -> None:
    write(tmp_path, files(QUIET))

    assert (
        announce(tmp_path).stdout
        == """\
Subject: Digital fluency, Spring 2027: who meets whom

2 pairings in Digital fluency, Spring 2027. Both people confirmed each
of them first.
The junior colleague is the mentor, who teaches. The senior colleague is
the mentee, who learns.

AI tools
- Ada L. (Data) is the mentor of Bo M. (Finance)

Topic still open
- Mentor 2 is the mentor of Mentee 2

We show names only of people who agreed. Everyone else has heard who
they will meet.
All pairings as of today:
https://steps.example/h/programs/digital-fluency/2027-spring/pairings/

What happens next
- Starting-point form: Mon 1 Feb – Fri 19 February 2027
- Training before “Kick-off”: Mon 25 Jan – Mon 1 February 2027
- Kick-off: Tue 2 February 2027
- Training before “First meeting: how we want to work”: Mon 25 Jan – Fri
  5 February 2027

Questions? Ask The mentoring team.
team@steps.example
"""
    )


def test_the_two_of_a_pairing_read_what_they_need(tmp_path: Path) -> None:
    write(tmp_path, files())
    _, _, text = announce(tmp_path, "--each").stdout.partition(f"\n{'-' * 72}\n\n")

    assert (
        text
        == """\
Subject: Digital fluency: Ada L. and Bo M., you have been paired

Hello Ada L. and Bo M., you have both said yes, so you have been paired.

Ada L. is the mentor, who teaches. Bo M. is the mentee, who learns.

What lies ahead
- Topics: AI tools
- Goals: Directors use AI tools in their own work every week
- First session, “First meeting: how we want to work”: Mon 8 Feb – Fri
  12 February 2027
- 6 sessions of 60 minutes, one every 3 weeks
- Answer each other within 48 hours, not counting days off. If you
  cannot come, say so 24 hours before.

This week
- Bo M.: write to Ada L. within 48 hours. Offer three dates, and a place
  that is not your office.
- Ada L.: wait for that message and answer it within 48 hours. You need
  not write first.

Feedback forms
- Starting-point form: Mon 1 Feb – Fri 19 February 2027
- Midpoint form: Mon 12 Apr – Fri 23 April 2027
- End form: Mon 24 May – Mon 7 June 2027
  https://forms.example/end

Your page, with your dates and forms as of today:
https://steps.example/h/programs/digital-fluency/2027-spring/pairings/1-with-1/

If the pairing is not right, reply only to us. Whom to tell about
anything serious:
https://steps.example/h/programs/digital-fluency/safety/

Questions? Ask The mentoring team.
team@steps.example
"""
    )


def test_the_shipped_example_is_announced_as_the_site_shows_it(tmp_path: Path) -> None:
    write(tmp_path, example())
    result = announce(tmp_path, day=DAY)
    topics = re.findall(
        r"^(?!What|Questions)\S.*\n(?:- .* is the mentor of .*\n)+", result.stdout, re.MULTILINE
    )

    assert (
        "".join(topics)
        == """\
AI tools
- Amara O. (Data) is the mentor of J. Rivera (Finance)
- Freya H. (Physiotherapy) is the mentor of Lucia F. (People)
Collaboration tools
- Yusuf D. (Patient records) is the mentor of Owen P. (Estates)
Data and analytics
- Mei-Ling C. (Pharmacy) is the mentor of Mentee 5
Our patient app
- Tomasz W. (Outpatients) is the mentor of Priya N. (Nursing)
"""
    )
    assert (
        "Not in the text, since the day has not come: 1 pairing until Mon 15 March 2027.\n" == result.stderr
    )


# --- who is in it ---------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("other", [HALF, LATER, ENDED], ids=["one-confirmed", "before-its-day", "ended"])
def test_nothing_is_said_of_a_pairing_that_is_not_public(tmp_path: Path, form: str, other: str) -> None:
    write(tmp_path, files(other))
    result = announce(tmp_path, "--each", "--audience", "participants", form=form, day="2027-03-01")

    assert 0 == result.exit_code
    assert "Ada L" in result.stdout
    assert not re.search(r"Lou|Stores|Uma|Legal|Mentor 3|Mentee 3|15 March", result.stdout)
    assert not re.search(r"Lou|Stores|Uma|Legal|Mentor|Mentee", result.stderr)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (LATER, "Not in the text, since the day has not come: 1 pairing until Mon 15 March 2027.\n"),
        (HALF, ""),
        (ENDED, ""),
        (LATER.replace("confirmed", "ended: 2027-03-02, confirmed"), ""),
        (
            LATER + QUIET.replace("confirmed", "ended: 2027-03-02, confirmed").replace("01-29", "03-15"),
            "Not in the text, since the day has not come: 1 pairing until Mon 15 March 2027.\n",
        ),
    ],
    ids=["before-its-day", "one-confirmed", "ended", "will-have-ended", "one-of-two-will-have-ended"],
)
def test_how_many_wait_for_their_day_is_said_beside_the_text(tmp_path: Path, other: str, said: str) -> None:
    write(tmp_path, files(other))

    assert said == announce(tmp_path, day="2027-03-01").stderr


def test_on_its_day_a_pairing_is_in_the_text(tmp_path: Path) -> None:
    write(tmp_path, files(LATER))

    assert "Lou K. (Stores) is the mentor of Uma S. (Legal)" in announce(tmp_path, day="2027-03-15").stdout


def test_where_nothing_is_public_the_text_is_none_and_the_way_on_is_named(tmp_path: Path) -> None:
    write(tmp_path, files(HALF))
    result = announce(tmp_path, day="2027-01-28")

    assert (1, "") == (result.exit_code, result.stdout)
    assert "No pairing is public on Thu 28 January 2027." in result.stderr
    assert "due digital-fluency 2027-spring" in result.stderr


@pytest.mark.parametrize(
    ("consent", "audience", "seen"),
    [
        ("public", "public", True),
        ("participants", "public", False),
        ("participants", "participants", True),
        ("nobody", "participants", False),
    ],
)
def test_a_name_stands_there_only_where_its_consent_covers_the_readers(
    tmp_path: Path, consent: str, audience: str, seen: bool
) -> None:
    private = {"programs/organisation.yml": f"{ORGANISATION}repository: private\n"}
    people = {RUN: files()[RUN].replace("[ai-tools], consent: public", f"[ai-tools], consent: {consent}")}
    write(tmp_path, {**files(), **private, **people})
    text = announce(tmp_path, "--each", "--audience", audience).stdout

    assert [seen] * 4 == [word in text for word in ("Ada L.", "Bo M.", "Data", "Finance")]
    assert (not seen) == ("Mentor 1 is the mentor of Mentee 1" in text)
    assert (not seen) == ("We show names only of people who agreed." in text)


def test_no_id_of_a_person_is_in_any_text(tmp_path: Path) -> None:
    write(tmp_path, files(QUIET))
    texts = [announce(tmp_path, "--each", form=form).output for form in FORMATS]

    assert 4 == len(texts)
    assert not re.search("ada-lane|bo-mist|mentor-2|mentee-2", "".join(texts))


def test_once_a_session_has_gone_by_each_reads_the_next_step(tmp_path: Path) -> None:
    write(tmp_path, files())
    text = " ".join(announce(tmp_path, "--each", day="2027-02-22").stdout.split())

    assert "it was planned for Mon 8 Feb – Fri 12 February 2027. If you have not met yet" in text
    assert "This week" not in text
    assert "Your next step - Bo M.: Meet your mentor for “How we work" in text
    assert "read your notes first. (Mon 1 Mar – Fri 5 March 2027) Feedback" in text


def test_where_the_two_change_places_the_texts_say_so(tmp_path: Path) -> None:
    program = f"{SHORT['programs/digital-fluency/program.yml']}mode: reciprocal\n"
    write(tmp_path, {**files(), "programs/digital-fluency/program.yml": program})
    text = " ".join(announce(tmp_path, "--each").stdout.split())

    assert "Then the two change places." in text
    assert "Bo M. as the mentee, who learns. Then you change places." in text
    assert "Bo M. is the mentee" not in text


def test_who_rests_or_is_done_is_not_introduced_again(tmp_path: Path) -> None:
    write(tmp_path, files(ENDED.replace("ended", "paused")))
    text = announce(tmp_path, "--each", "--audience", "participants", day="2027-03-01").stdout

    assert "- Lou K. (Stores) is the mentor of Uma S. (Legal)\n" in text
    assert 2 == text.count("Subject:")
    assert "Lou K. and Uma S., you have been paired" not in text


def test_without_an_address_of_the_site_the_text_has_no_link_and_says_so_beside(tmp_path: Path) -> None:
    write(tmp_path, {**files(), "programs/organisation.yml": "name: Small Steps\n"})
    result = announce(tmp_path)

    assert "https:" not in result.stdout
    assert "Missing" not in result.stdout
    assert "\n\n\n" not in result.stdout
    assert "Questions? Ask the coordinator." in result.stdout
    assert "say `site` in programs/organisation.yml" in result.stderr


def test_a_label_that_cannot_be_said_is_named_with_its_file(tmp_path: Path) -> None:
    write(tmp_path, {**files(), "docs/templates/texts/en.yml": 'announce: {with_unit: "{nobody} meets"}\n'})
    result = announce(tmp_path)

    assert 1 == result.exit_code
    assert (
        "docs/templates/texts/en.yml:1:1: error: The label `announce.with_unit` cannot be rendered"
        in result.output
    )
    assert "Subject:" not in result.output


# --- its words are the playbook's, and an organisation's ------------------------------------------

OWN = "docs/templates/playbook/messages"
OURS = """\
---
subject: "Meet: {{ program.title }}"
---
Two of us, {{ pairings }} in all.
{% for topic in topics %}
## {{ topic.title }}
{% for pairing in topic.pairings %}
- {{ pairing.mentor }} and {{ pairing.mentee }}
{% endfor %}
{% endfor %}

See {{ link("cohort/pairings") }} for more.
https://intranet.example/rm
"""


def test_an_organisation_writes_the_announcement_in_its_own_words(tmp_path: Path) -> None:
    write(tmp_path, {**files(), f"{OWN}/announcement.md": OURS})
    page = "https://steps.example/h/programs/digital-fluency/2027-spring/pairings/"

    assert announce(tmp_path, form="markdown").stdout == (
        "# Meet: Digital fluency\n\nTwo of us, 1 in all.\n\n## AI tools\n\n"
        f"- Ada L. (Data) and Bo M. (Finance)\n\n[See for more.]({page})\n\n"
        "[https\\://intranet\\.example/rm](https://intranet.example/rm)\n"
    )
    assert f"See for more.\n{page}\nhttps://intranet.example/rm\n" in announce(tmp_path).stdout
    assert (
        f"See for more.\n{page}\n\nhttps://intranet.example/rm\n" in announce(tmp_path, form="slack").stdout
    )


def test_what_is_wrong_in_such_a_text_is_named_by_check_long_before_its_day(tmp_path: Path) -> None:
    for name in ("announcement", "announcement-each"):
        root = tmp_path / name
        write(root, {**SHORT, f"{OWN}/{name}.md": "---\nto: All\n---\nHello,\n\n{{ nobody }}\n"})
        result = CliRunner().invoke(main, ["-C", str(root), "check"])

        assert 1 == result.exit_code
        assert f"{OWN}/{name}.md:6:1: error: This cannot be rendered: 'nobody' is undefined." in result.output


def test_a_program_that_leaves_the_text_out_is_told(tmp_path: Path) -> None:
    path = "programs/digital-fluency/program.yml"
    left_out = "playbook: {messages: {omit: [announcement]}}\n"
    write(tmp_path, {**files(), path: SHORT[path] + left_out})
    result = announce(tmp_path)

    assert (1, "") == (result.exit_code, result.stdout)
    assert "Take announcement out of `omit` under `playbook: messages:` first." in result.stderr
    assert 0 == CliRunner().invoke(main, ["-C", str(tmp_path), "check"]).exit_code


def test_the_announcement_stands_on_no_page(tmp_path: Path) -> None:
    write(tmp_path, files())
    handbook, _ = load(tmp_path)
    assert handbook is not None
    made = pages.render(handbook, Build(date(2027, 1, 29), site="https://steps.example/"))

    assert not [page.path for page in made if "messages/announcement" in page.text]
    assert not [
        page.path for page in made for source in page.sources if "messages/announcement" in source.path
    ]


# --- every other message --------------------------------------------------------------------------

SAFETY = "https://steps.example/h/programs/digital-fluency/safety/"
TEAM = "team@steps.example"
# How the subject begins and ends, how a link follows its words, and the signature with its address.
WRITTEN = {
    "email": ("Subject: ", "", f":\n{SAFETY}\n\n", f"The mentoring team\n{TEAM}\n"),
    "slack": ("*", "*", f":\n{SAFETY}\n\n", f"The mentoring team\n{TEAM}\n"),
    "teams": ("**", "**", f":]({SAFETY})\n\n", f"[The mentoring team](mailto:{TEAM})\n"),
    "markdown": ("# ", "", f":]({SAFETY})\n\n", f"[The mentoring team](mailto:{TEAM})\n"),
}


@pytest.mark.parametrize("form", FORMATS)
def test_any_message_of_the_playbook_is_had_in_each_format(tmp_path: Path, form: str) -> None:
    write(tmp_path, files(HALF.replace("2027-01-29", "2028-01-01")))
    result = announce(tmp_path, "--message", "silence-reminder", form=form, day="2026-12-01")

    begins, ends, link, signature = WRITTEN[form]
    subject = f"{begins}Digital fluency: are you two still in touch?{ends}\n\nHello,\n\nA week ago"

    assert result.stdout.startswith(subject)
    assert f"and this is how{link}If it stays quiet" in result.stdout
    assert result.stdout.endswith(f"\n\n{signature}")
    assert "To: The mentor and the mentee of a pairing that has not answered the check-in\n" == result.stderr


def test_a_message_names_no_day_that_is_past_when_it_is_sent(tmp_path: Path) -> None:
    write(tmp_path, files())
    early, late = (
        announce(tmp_path, "--message", "line-manager-note", day=day).stdout
        for day in ("2027-01-20", "2027-03-01")
    )

    assert "by Monday 1 February 2027" in " ".join(early.split())
    assert "talk with them this week" in " ".join(late.split())


@pytest.mark.parametrize(
    ("words", "remedy"),
    [
        (["--message", "nix\x1b"], "There is no message nix\ufffd. Known: invitation, sign-up-reminder,"),
        (["--message", "announcement"], "There is no message announcement. Known: invitation"),
        (["--message", "invitation", "--each"], "--each goes without --message."),
    ],
)
def test_a_message_that_cannot_be_had_is_refused(tmp_path: Path, words: list[str], remedy: str) -> None:
    write(tmp_path, files())
    result = announce(tmp_path, *words)

    assert (0, "") != (result.exit_code, result.stdout)
    assert remedy in result.stderr
    assert "" == result.stdout


def test_a_program_s_own_message_is_letters_in_every_format(tmp_path: Path) -> None:
    path = "programs/digital-fluency/program.yml"
    text = "## No heading\\n- <@U1> {{ 1/0 }} *b*\\nhttps://forms.example/x\\n\\nhttp://evil.example"
    ours = f'{{id: ours, title: Ours, subject: "Hi @here", to: All, text: "{text}", with: start}}'
    write(tmp_path, {**files(), path: f"{SHORT[path]}playbook: {{messages: {{take: [{ours}]}}}}\n"})
    mail, slack, teams, markdown = (
        announce(tmp_path, "--message", "ours", form=form).stdout for form in FORMATS
    )

    assert mail == (
        "Subject: Hi @here\n\n## No heading\n- <@U1> {{ 1/0 }} *b*\nhttps://forms.example/x\n\nhttp://evil.example\n"
    )
    quiet = slack + teams + markdown.removeprefix("# Hi").replace("\\<", "")
    assert not re.search(r"@here|<@|^- |^#|http://|[^\\]\*b", quiet, re.MULTILINE)
    assert slack.count("https://forms.example/x") == teams.count("](https://forms.example/x)") == 1


# --- a message's text is read line by line --------------------------------------------------------


def read(body: str, **names: str) -> tuple[Part, ...]:
    """The parts of a message with values, as a message of the playbook shows them."""
    return parse("", body.format(**{name: marked(value) for name, value in names.items()})).parts


@pytest.mark.parametrize(
    "value",
    [
        "## a",
        "- a",
        "https://a.example/",
        "\ue001https://a.example/\ue001",
        "a\n\n## b",
        "a\n- b",
        "\ue000- a",
    ],
)
def test_no_value_is_a_heading_an_item_or_a_link(value: str) -> None:
    words = " ".join(value.replace("\ue000", "").replace("\ue001", "").split())

    assert (Part((Line(words), Line("end"))),) == read("{a}\nend", a=value)
    assert (Part((), (Line(words),), words),) == read("## {a}\n- {a}", a=value)


def test_the_lines_of_a_text_become_headings_paragraphs_items_and_links() -> None:
    link = Linked("https://a.example/", url="https://a.example/")

    assert (
        Part((Line("One", link), Line("two")), (), "Head"),
        Part((), (Line("three goes on", link), Line("four")), ""),
        Part((Line("", link),)),
    ) == read("## Head\nOne\n{a}\ntwo\n \n- three\ngoes on\n{a}\n- four\n\n{a}\n\n## Nothing below\n", a=link)


def test_of_two_links_in_a_row_the_second_has_a_line_of_its_own() -> None:
    first, second = (Linked(url, url=url) for url in ("https://a.example/", "https://b.example/"))

    assert (Part((Line("One", first), Line("", second), Line("two"))),) == read(
        "One\n{a}\n{b}\ntwo", a=first, b=second
    )
    assert (Part((Line("One and", first), Line("", second))),) == read("One {a} and {b}", a=first, b=second)


def test_a_link_without_words_shows_its_address() -> None:
    made = Message("a", (Part((Line("", "mailto:b@c.example"),), (Line("", "https://d.example/"),)),))

    assert "Subject: a\n\nb@c.example\n- https://d.example/\n" == FORMATS["email"](made)
    assert "*a*\n\nb@c.example\n\n• https://d.example/\n" == FORMATS["slack"](made)
    assert "(mailto:b@c.example)\n\n- [https" in FORMATS["markdown"](made)


# --- to whom it goes ------------------------------------------------------------------------------

PROGRAM = "digital-fluency", "2027-spring"
SIGN_UPS = (
    SignUp("p-1", "Quinn\x1b[2J Reed", "quinn@steps.example", ("mentor",)),
    SignUp("p-2", "Sam Ode", "", ("mentee",)),
)
YES = {"mentor": date(2027, 1, 20), "mentee": date(2027, 1, 22)}


def known(root: Path, *, ended: bool = False) -> None:
    """What signups/ holds of the quiet pairing."""
    members = {"mentor": {"p-1": "mentor-2"}, "mentee": {"p-2": "mentee-2"}}
    apart = frozenset({("p-1", "p-2")}) if ended else frozenset()
    registers.keep(root, Ledger(SIGN_UPS, 2, apart=apart, members=members))


def test_those_who_appeared_since_a_day_alone_get_a_text_of_their_own(tmp_path: Path) -> None:
    write(tmp_path, files(QUIET, LATER))
    every = announce(tmp_path, "--each", day="2027-03-15").stdout.split("-" * 72)
    late = announce(tmp_path, "--each", "--since", "2027-03-15", day="2027-03-15").stdout.split("-" * 72)

    assert 4 == len(every)
    [theirs] = (text.strip() for text in every if "Lou K. and Uma S." in text)
    assert [every[0].strip(), theirs] == [text.strip() for text in late]


def test_where_nobody_appeared_since_a_day_that_is_said(tmp_path: Path) -> None:
    write(tmp_path, files())
    result = announce(tmp_path, "--each", "--since", "2027-02-01", day="2027-02-01")

    assert "No pairing needs a text of its own." in result.stderr
    assert 1 == result.stdout.count("Subject:")


def test_since_when_is_asked_for_texts_of_their_own_alone(tmp_path: Path) -> None:
    write(tmp_path, files())
    result = announce(tmp_path, "--since", "2027-01-29")

    assert (2, "") == (result.exit_code, result.stdout)
    assert "--since goes with --each." in result.stderr


def test_who_has_no_name_in_the_text_is_told_on_a_terminal_alone(tmp_path: Path) -> None:
    write(tmp_path, files(QUIET))
    known(tmp_path)
    line = [*PROGRAM, "--as", "email", "--day", "2027-01-29", "--each"]
    text = tmp_path / "text"
    screen = pexpect.spawn(
        "sh", ["-c", '"$@" > text', "sh", sys.executable, "-m", "handbook.cli", "announce", *line],
        cwd=str(tmp_path), encoding="utf-8", timeout=60, dimensions=(60, 200),
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    screen.expect(pexpect.EOF)
    screen.close()

    assert [
        "Who they are, for your eyes only:",
        "  Mentor 2: Quinn\ufffd[2J Reed, quinn@steps.example",
        "  Mentee 2: Sam Ode",
    ] == str(screen.before).splitlines()
    assert not re.search("Quinn|quinn|Sam Ode", text.read_text("utf-8"))


def test_where_it_may_be_kept_only_their_number_is_told(tmp_path: Path) -> None:
    write(tmp_path, files(QUIET))
    known(tmp_path)
    result = announce(tmp_path, "--each")

    assert "2 people have no name in these texts. On a terminal you are told who they are.\n" == result.stderr
    assert not re.search("Quinn|quinn|Sam Ode", result.output)


def test_a_pairing_that_ended_in_the_sign_ups_alone_is_warned_of(tmp_path: Path) -> None:
    write(tmp_path, files(QUIET))
    known(tmp_path, ended=True)
    result = announce(tmp_path)

    assert f"1 pairing ended, and {RUN} does not say so yet" in result.stderr
    assert result.stderr.endswith("pair digital-fluency 2027-spring --write\n")


# --- how it is written ----------------------------------------------------------------------------

JOINER = "\u2060"
# All that a wider reader than CommonMark's would take: HTML, tables, strikethrough.
FROM_LEFT = "\u200e"
READERS = (
    MarkdownIt("commonmark", {"html": True}),
    MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]),
)
HOSTILE = (*hostile.STRINGS, *hostile.REFUSED, *(f"{text}\\" for text in ("a", "*a*")))
MENTIONS = ("@here", "@channel now", "<!channel>", "<@U123>", "_@here_", ":tada:", "#general", "> @everyone")


def message(text: str) -> Message:
    """A text in each place where a value can stand."""
    return Message(text, (Part((Line(text), Line(text, "https://steps.example/")), (Line(text),), text),))


def letters(text: str) -> str:
    """What a reader sees of a value, whatever signs look alike or are not seen."""
    kept = "".join(text.split()).replace(JOINER, "").replace(FROM_LEFT, "").replace("\u02cd", "_")
    return kept.translate({0x2217: "*", 0x223C: "~", 0x02CB: "`", 0xFF3B: "[", 0xFF3D: "]"})


def expected(text: str) -> str:
    return letters(
        "".join(sign for sign in text if sign not in hostile.UNSEEN or sign in "\u00ad\u200b\ufeff\u2060")
    )


@pytest.mark.parametrize("form", ["markdown", "teams"])
@pytest.mark.parametrize("reader", READERS, ids=["commonmark", "more"])
def test_whatever_a_value_holds_markdown_shows_its_letters(form: str, reader: MarkdownIt) -> None:
    plain = [(token.type, token.tag) for token in reader.parse(FORMATS[form](message("plain")))]
    for text in (*HOSTILE, *MENTIONS):
        tokens = reader.parse(FORMATS[form](message(text)))
        inline = [child for token in tokens for child in token.children or ()]
        marks = [child.type for child in inline if child.type not in ("text", "text_special")]
        links = [child.attrs["href"] for child in inline if child.type == "link_open"]

        assert plain == [(token.type, token.tag) for token in tokens], text
        assert [one for one in marks if one not in ("strong_open", "strong_close")] == [
            "link_open",
            "link_close",
        ], text
        assert ["https://steps.example/"] == links
        shown = ["".join(child.content for child in token.children) for token in tokens if token.children]
        assert [expected(text)] * 5 == [letters(one) for one in shown], text


def test_whatever_a_value_holds_slack_reads_no_mark_mention_or_link() -> None:
    for text in (*HOSTILE, *MENTIONS):
        written = FORMATS["slack"](message(text))
        said = written.replace("https://steps.example/", "")

        assert not re.search(r"[<>`~\[\]]|&(?!(?:amp|lt|gt);)", said), text
        assert not re.search(r"@\w|:\w+:|#\w|\w\.\w|://|^&gt;", said, re.MULTILINE), text
        assert 4 == said.count("*"), text
        assert not re.search(r"(?<![^\W_])_|_(?![^\W_])", said), text


def test_whatever_a_value_holds_an_email_has_one_subject_and_72_columns() -> None:
    for text in HOSTILE:
        subject, empty, *lines = FORMATS["email"](message(text)).split("\n")

        assert subject.startswith("Subject: ")
        assert "" == empty
        assert 72 >= max(map(len, lines)), text
        assert letters("".join(lines)).count(expected(text)) >= 4, text


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_moves_a_terminals_cursor_or_turns_letters_round(form: str) -> None:
    written = "".join(FORMATS[form](message(text)) for text in HOSTILE)
    # The engine's own mark stands once in a line, before the letter that would turn it round.
    written = re.sub(
        "^((?:Subject: )?[^\\w\n]*(?:\\d[^\\w\n]*)*)\u200e(?=[\u0590-\u08ff])", r"\1", written, flags=re.M
    )

    assert not re.search("[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", written)


RIGHT_TO_LEFT = (
    ("محمد علي", "ליאור כהן"),
    ("ליאור כהן", "Bo M."),
    ("فاطمة", "محمد"),
    ("ܝܘܚܢܢ", "Jo"),
    ("ދިވެހި", "Jo"),
)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("names", RIGHT_TO_LEFT)
def test_a_line_that_begins_with_a_name_from_right_to_left_is_read_from_the_left(
    tmp_path: Path, form: str, names: tuple[str, str]
) -> None:
    """Many boxes take the direction of a line from its first letter: then the roles would change places."""
    ours = {
        path: text.replace("Ada L.", names[0]).replace("Bo M.", names[1]) for path, text in files().items()
    }
    write(tmp_path, ours)
    written = announce(tmp_path, "--each", form=form).output
    plain = [line for line in written.splitlines() if names[0].split()[0] in line]

    assert [] == [line for line in written.splitlines() if first_strong(line) not in ("", "L")]
    assert any(FROM_LEFT in line for line in plain)
    assert 1 == max(line.count(FROM_LEFT) for line in plain)


@pytest.mark.parametrize("form", FORMATS)
def test_other_lines_have_no_mark_of_direction(tmp_path: Path, form: str) -> None:
    ours = {path: text.replace("Bo M.", "ליאור כהן") for path, text in files(QUIET).items()}
    write(tmp_path, ours)

    assert FROM_LEFT not in announce(tmp_path, form=form).output


def test_a_subject_that_begins_with_such_a_name_keeps_its_order() -> None:
    made = Message("محمد and Jo", (Part((Line("12) محمد is the mentor of Jo"),)),))

    assert f"Subject: {FROM_LEFT}محمد and Jo\n\n12) {FROM_LEFT}محمد is the mentor of Jo\n" == FORMATS[
        "email"
    ](made)


def first_strong(line: str) -> str:
    """The direction that a box with `dir=auto` gives a line."""
    return next((kind for kind in map(bidirectional, line) if kind in ("L", "R", "AL")), "")


def test_an_address_that_is_none_is_left_out() -> None:
    without, with_it = (Message("a", (Part((Line("b", url),)),)) for url in ("", "javascript:hb_ran()"))

    assert [write_it(without) for write_it in FORMATS.values()] == [
        write_it(with_it) for write_it in FORMATS.values()
    ]


@pytest.mark.parametrize("url", hostile.LINKS)
def test_an_address_with_odd_signs_stays_one_address(url: str) -> None:
    made = Message("a", (Part((Line("b", url),)),))
    (paragraph,) = [
        one for one in READERS[0].parse(FORMATS["markdown"](made)) if one.content.startswith("[b]")
    ]

    assert ["link_open", "text", "link_close"] == [one.type for one in paragraph.children or ()]
    assert not re.search(r"[<>*`]", FORMATS["slack"](made).replace("*a*", ""))


def test_a_hostile_name_goes_through_the_whole_command(tmp_path: Path) -> None:
    name = "<!channel> *Ada* [L](https://evil.example) @here"
    write(tmp_path, {**files(), RUN: files()[RUN].replace("name: Ada L.", f"name: '{name}'")})
    texts = {form: announce(tmp_path, "--each", form=form).stdout for form in FORMATS}

    assert name in " ".join(texts["email"].split())
    assert "<!channel>" not in texts["slack"] + texts["teams"] + texts["markdown"]
    assert "@here" not in texts["slack"] + texts["teams"] + texts["markdown"]
    assert "](https://evil" not in texts["slack"] + texts["teams"] + texts["markdown"]


def test_each_way_of_writing_leads_to_the_same_pages(tmp_path: Path) -> None:
    write(tmp_path, files())
    handbook, problems = load(tmp_path)
    assert handbook is not None, problems
    build = Build(date(2027, 1, 29), site="https://steps.example/h/")
    made = Announcement(handbook, build, handbook.cohorts[0]).for_all()
    page = "https://steps.example/h/programs/digital-fluency/2027-spring/pairings/"

    assert [1] * 4 == [write_it(made).count(page) for write_it in FORMATS.values()]
    assert [1] * 4 == [write_it(made).count("team@steps.example") for write_it in FORMATS.values()]
