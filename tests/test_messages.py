"""The messages that a coordinator copies: days, contacts and links filled in, what is missing said."""

import html
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from handbook.contents.build import Build, Host
from handbook.guidance.messages.words import MessageWords
from handbook.load.repository import load
from handbook.model import timeline
from handbook.model.definitions.parts import Point
from handbook.model.handbook import Handbook
from handbook.pages.rendering import pages
from handbook.pages.website.website import Website
from tests.repository import DAY, ROOT, SHORT, Files, Sites, example, make, write

COHORT = ("digital-fluency", "2027-spring")
UNRESOLVED = re.compile(r"\[|\]|\{|\}|\bNone\b|Missing|TODO|…|&#|<|  ")
MESSAGE = re.compile(r'<pre class="hb-message__text" [^>]*><code>(.*?)</code></pre>', re.DOTALL)
SUBJECT = re.compile(r'Subject:</p>\n<pre class="[^"]*hb-message__subject" [^>]*><code>(.*?)</code></pre>')


def messages(root: Path, files: Files, site: str = "") -> Mapping[str, str]:
    """The text of each message with its subject, by the cohort and the message's title."""
    write(root, files)
    handbook, problems = load(root)
    assert handbook is not None, problems
    build = Build(date.fromisoformat(DAY), site=site or str(handbook.organisation.site))
    made = [page for page in pages.render(handbook, build) if page.kind.name == "cohort/messages"]
    found: dict[str, str] = {}
    for page in made:
        titles = re.findall(r"^## (.*)$", page.text, re.MULTILINE)
        texts = [
            f"{subject}\n{text}"
            for subject, text in zip(SUBJECT.findall(page.text), MESSAGE.findall(page.text), strict=True)
        ]
        found |= {
            f"{page.path}: {title}": html.unescape(text) for title, text in zip(titles, texts, strict=True)
        }
    return found


def test_the_shipped_example_leaves_nothing_to_fill_in(tmp_path: Path) -> None:
    found = messages(tmp_path, example())

    assert len(found) == 3 * 17
    assert {} == {name: text for name, text in found.items() if UNRESOLVED.search(text)}


def test_every_message_of_the_example_is_plain_short_and_signed(tmp_path: Path) -> None:
    for name, text in messages(tmp_path, example()).items():
        assert text.splitlines()[1:3] == ["Hello,", ""], name
        assert text.endswith("Reverse mentoring team, mentoring@northwind.example"), name
        assert 60 < len(text.split()) < 210, (name, len(text.split()))
        assert not re.search(r"\*\*|^#|\]\(", text, re.MULTILINE), name


def test_the_short_program_says_in_its_place_what_is_missing(tmp_path: Path) -> None:
    found = messages(tmp_path, SHORT)

    invitation = next(text for name, text in found.items() if "Invitation" in name)
    assert "Sign up by Monday 11 January 2027:\n[Missing: the link to the form sign-up." in invitation
    assert "Add its url under forms in programs/digital-fluency/program.yml.]" in invitation
    assert "[Missing: the address of this site. Add it as site in programs/organisation.yml.]" in invitation
    assert invitation.endswith("Add one under contacts in programs/organisation.yml.]")
    assert not re.search(r"\{|\}|None", "".join(found.values()))


def test_each_missing_thing_is_gone_once_it_is_said(tmp_path: Path) -> None:
    said = {
        "programs/organisation.yml": "name: Small Steps\nsite: https://steps.example/h\n"
        "contacts: [{purpose: program, label: The team, phone: '+44 1632 960000'}]\n",
        "programs/digital-fluency/program.yml": SHORT["programs/digital-fluency/program.yml"]
        .replace("sign_up: {opens", "sign_up: {form: up, opens")
        .replace("forms:\n", "forms:\n"
                 "  - {id: up, title: Up, purpose: sign-up, url: 'https://forms.example/up'}\n"
                 "  - {id: baseline, url: 'https://forms.example/a'}\n"
                 "  - {id: midpoint-survey, url: 'https://forms.example/b'}\n"),
    }  # fmt: skip

    found = messages(tmp_path, {**SHORT, **said})

    assert {} == {name: text for name, text in found.items() if UNRESOLVED.search(text)}
    invitation = next(text for name, text in found.items() if "Invitation" in name)
    assert "https://steps.example/h/programs/digital-fluency/taking-part/" in invitation
    assert "https://forms.example/up" in invitation
    assert invitation.endswith("The team, +44 1632 960000")


def test_the_days_that_messages_name_are_the_cohorts(short: Handbook) -> None:
    [cohort] = short.cohorts
    days = timeline.key_days(cohort)

    assert date(2026, 12, 1) == days["sign-up-opens"]
    assert date(2027, 1, 11) == days["sign-up-closes"]
    assert date(2027, 2, 1) == days["start"]
    assert days["kick-off"] == date(2027, 2, 2)
    assert days["training"] <= days["kick-off"]
    assert days["first-meeting"] < days["midpoint-review"] < days["closing"] <= days["end"]
    assert days["end-survey-opens"] <= days["end-survey-closes"]


def test_a_plan_counts_from_days_that_there_are(short: Handbook) -> None:
    [cohort] = short.cohorts

    def planned(point: Point) -> date | None:
        return timeline.planned_days(cohort, [point]).get(point)

    assert date(2027, 1, 4) == planned(Point(anchor="sign-up-closes", days=-7))
    assert date(2027, 1, 18) == planned(Point(week=-1))
    assert planned(Point(anchor="lunch")) is None


def test_a_form_of_ones_own_stands_for_the_playbooks_of_its_purpose(tmp_path: Path) -> None:
    path = "programs/digital-fluency/program.yml"
    ours = "{id: our-end, title: End, purpose: end, url: 'https://forms.example/ours', opens: {week: 20}}"
    text = re.sub(r"^forms:\n(?:  .*\n)+", f"forms: [{ours}]\n", SHORT[path], flags=re.MULTILINE)

    found = messages(tmp_path, {**SHORT, path: text})

    assert "https://forms.example/ours" in next(text for name, text in found.items() if "Closing" in name)


def test_a_message_names_no_day_that_is_past_when_it_is_sent(short: Handbook) -> None:
    [cohort] = short.cohorts
    build = Build(date.fromisoformat(DAY))

    def known(sent: date | None) -> bool:
        return MessageWords(short, build, cohort, sent).known("kick-off")

    assert [True, True, True, False] == [
        known(day) for day in (None, date(2027, 1, 4), date(2027, 2, 2), date(2027, 2, 3))
    ]


@pytest.mark.parametrize(
    ("said", "used"),
    [
        ("https://steps.example/h/", "https://steps.example/h/"),
        ("http://127.0.0.1:8000/", ""),
        ("http://localhost:8000/h/", ""),
        ("", ""),
    ],
)
def test_the_address_of_a_site_on_this_computer_is_never_sent(tmp_path: Path, said: str, used: str) -> None:
    write(tmp_path, SHORT)

    assert used == Website.read(tmp_path, Host(), {}, said).build.site


def test_without_a_cohort_the_launch_plan_counts_in_words(tmp_path: Path) -> None:
    write(tmp_path, {name: text for name, text in SHORT.items() if "2027-spring" not in name})
    handbook, problems = load(tmp_path)
    assert handbook is not None, problems

    made = pages.render(handbook, Build(date.fromisoformat(DAY)))

    days = re.findall(r"hb-row__day\">(.*?)</p>", next(page.text for page in made if page.kind.name == "kit"))
    assert len(days) == len(handbook.programs[0].items["launch"])
    said = re.compile(r"Week \d+|\d+ weeks? before the start|(\d+ (day|week)s? (before|after): )?[A-Za-z].*")
    assert [] == [day for day in days if not said.fullmatch(day)]
    assert "6 weeks before: sign-up opens" in days


LUNCH = """\
---
title: Lunch
order: 1
to: Everybody
subject: 'Lunch with {{ program.title }}'
with: start
days: 7
---
Hello,

{{ link("home") }}
"""


def test_a_message_is_added_by_the_files_that_the_manual_names(tmp_path: Path) -> None:
    """The engine's and an organisation's own, each by one file in a copy of the engine."""
    recipe = re.search(
        r"\*\*A message\*\*: .*?\n\n", (ROOT / "hooks/README.md").read_text("utf-8"), re.DOTALL
    )
    assert recipe
    engines, own = re.findall(r"`([^`]*/ID\.md)`", recipe[0])
    files = {**SHORT, "programs/organisation.yml": "name: A\nsite: https://a.example\n"}
    root = make(tmp_path, {**files, "pyproject.toml": (ROOT / "pyproject.toml").read_text("utf-8")})
    write(
        root, {engines.replace("ID", "lunch"): LUNCH, own.replace("ID", "tea"): LUNCH.replace("Lunch", "Tea")}
    )
    shown = [
        handbook(root, "announce", *COHORT, "--as", "slack", "--message", name) for name in ("lunch", "tea")
    ]
    handbook(root, "export", str(tmp_path / "out"))
    page = tmp_path / "out/programs/digital-fluency/2027-spring/messages.md"

    assert shown == [
        f"*{name} with Digital fluency*\n\nHello,\n\nhttps://a.example/\n" for name in ("Lunch", "Tea")
    ]
    assert "## Lunch {" in page.read_text("utf-8")
    assert "## Tea {" in page.read_text("utf-8")
    assert "on Mon 8 February 2027" in page.read_text("utf-8")


def handbook(root: Path, *words: str) -> str:
    """What the command of a copied engine prints."""
    line = [sys.executable, "-m", "handbook.cli", "-C", str(root), *words]
    environment = {**os.environ, "PYTHONPATH": str(root / "hooks"), "HANDBOOK_TODAY": DAY}
    done = subprocess.run(line, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


HOSTILE = '</code></pre><script>alert(1)</script> {{ 1/0 }} [x](javascript:alert(1)) *b* &lt; "q"'


@pytest.mark.parametrize("field", ["title", "subject", "text"])
def test_nothing_that_a_program_writes_runs_in_a_message(tmp_path: Path, field: str) -> None:
    quoted = HOSTILE.replace('"', '\\"')
    ours = {"id": "ours", "title": "Ours", "subject": "Hi", "to": "All", "text": "Hello", "with": "start"}
    ours[field] = "HOSTILE"
    entry = ", ".join(f'{key}: "{value}"' for key, value in ours.items()).replace("HOSTILE", quoted)
    path = "programs/digital-fluency/program.yml"
    text = f"{SHORT[path]}playbook: {{messages: {{take: [{{{entry}}}]}}}}\n"
    if field == "title":
        text = text.replace("title: Digital fluency", f'title: "{quoted}"')
    write(tmp_path, {**SHORT, path: text})
    handbook, problems = load(tmp_path)
    assert handbook is not None, problems

    made = pages.render(handbook, Build(date.fromisoformat(DAY)))

    page = next(page for page in made if page.kind.name == "cohort/messages")
    assert "<script" not in page.text
    assert "{{" not in page.text
    assert page.text.count("</pre>") == 2
    if field != "title":
        shown = "".join(MESSAGE.findall(page.text) + SUBJECT.findall(page.text))
        assert HOSTILE in html.unescape(shown)


def test_the_built_page_shows_messages_as_they_are(built: Sites) -> None:
    text = built(example()).look("programs/digital-fluency/2027-spring/messages/").text

    assert "Sign up by Monday 11 January 2027: https://forms.example/northwind/sign-up?entry.11=" in text
    assert "&amp;" not in text
    assert "[Missing" not in text
