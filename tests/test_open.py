"""Nothing private in the open: whatever holds people is told wherever git or the site would take it."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
import tarfile
import time
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from handbook.load.files import write_bytes
from handbook.load.repository import load
from handbook.model.definitions.cohort import Result
from handbook.model.definitions.parts import Goal, Measure
from handbook.pages.views.scales import meter
from handbook.register.ledger.ledger import SignUp
from handbook.register.ledger.people import hidden_names
from handbook.text.problems import Problem
from handbook.text.prose import Text
from tests.registers import keep_people
from tests.repository import EXAMPLE, ROOT, SHORT, build, environment, make, mkdocs, write

Rows = Sequence[tuple[str, ...]]
CODE = "sign-ups-in-git"
ROWS = [
    ("Name", "E-mail", "Role", "What are you good at?"),
    ("Zora Quill", "zora.quill@nw.example", "Mentor", "Data"),
    ("Bo Lin", "bo@nw.example", "Mentee", "Law; taxes"),
]
NO_ADDRESS = [
    ("Full name", "Role", "Department"), ("Zora Quill", "mentor", "Finance"), ("Bo de Lin", "mentee", "Law"),
]  # fmt: skip
COHORT = (EXAMPLE / "digital-fluency/2026-spring.yml").read_text("utf-8")
NAMELESS = "start: 2026-02-02\npeople:\n  - id: mentor-1\n    role: mentor\n"
PAIRINGS = "pairings:\n- {mentor: zq, mentee: bl, announce: 2027-01-29}\n"
CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:Zora Quill\nEMAIL;TYPE=work:zora.quill@nw.example\nEND:VCARD\n"
MAIL = "From: Zora Quill <zora.quill@nw.example>\nTo: mentoring@harbour.example\nSubject: Sign-up\n\nYes\n"
REPORT = "<!doctype html><p>Private: this page names people, and says what they told in confidence.</p>"
PEOPLE = json.dumps([{"name": "Zora Quill", "role": "mentor", "unit": "Finance"}])


def lines(rows: Rows, sign: str = ",") -> bytes:
    return "".join(f"{sign.join(row)}\n" for row in rows).encode()


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as opened:
        for name, content in parts.items():
            opened.writestr(name, content)
    return held.getvalue()


def xlsx(rows: Rows) -> bytes:
    """A workbook as spreadsheets write it: its texts stand apart, and its cells name them by number."""
    texts = [cell for row in rows for cell in row]
    numbers = iter(range(len(texts)))
    cell = '<c t="s"><v>{}</v></c>'.format
    inside = "".join(f"<row>{''.join(cell(next(numbers)) for _ in row)}</row>" for row in rows)
    return packed({
        "xl/sharedStrings.xml": f"<sst>{''.join(f'<si><t>{text}</t></si>' for text in texts)}</sst>",
        "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{inside}</sheetData></worksheet>",
    })  # fmt: skip


def document(cell: str, row: str, rows: Rows, name: str) -> bytes:
    inside = "".join(
        f"<{row}>{''.join(f'<{cell}><w>{text}</w></{cell}>' for text in line)}</{row}>" for line in rows
    )
    return packed({name: f"<doc>{inside}</doc>"})


def ods(rows: Rows) -> bytes:
    return document("table:table-cell", "table:table-row", rows, "content.xml")


def docx(rows: Rows) -> bytes:
    return document("w:tc", "w:tr", rows, "word/document.xml")


def tar(name: str, content: bytes) -> bytes:
    held = BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as opened:
        entry = tarfile.TarInfo(name)
        entry.size = len(content)
        opened.addfile(entry, BytesIO(content))
    return held.getvalue()


def old_office(text: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + text.encode("utf-16-le") + b"\0" * 100


SHEET = lines(ROWS)
PRIVATE: dict[str, bytes] = {
    # in docs/
    "docs/answers.csv": SHEET,
    "docs/assets/x.xlsx": xlsx(ROWS),
    "docs/people.tsv": lines(NO_ADDRESS, "\t"),
    "docs/list.ods": ods(NO_ADDRESS),
    "docs/minutes.docx": docx(ROWS),
    "docs/notes.odt": docx(NO_ADDRESS),
    "docs/about.md~": b"Zora Quill, zora@nw.example\nBo Lin, bo@nw.example\n",
    "docs/about.md.bak": b"Ask Zora Quill (zora@nw.example) or bo@nw.example.\n",
    "docs/about.md.orig": COHORT.encode(),
    "docs/#about.md#": NAMELESS.encode(),
    "docs/signups.json": b'{"version": 1, "sign_ups": [{"id": "p-1"}]}',
    "docs/2027-spring-proposals.html": REPORT.encode(),
    "docs/people.json": PEOPLE.encode(),
    "docs/team.txt": b"zora.quill@nw.example\nbo@nw.example\n",
    "docs/card.vcf": CARD.encode(),
    "docs/old.xls": old_office("nothing to be seen"),
    "docs/.old/list.csv": SHEET,
    "docs/templates/people.yml": NAMELESS.encode(),
    # at the top and in folders of one's own
    "answers.csv": SHEET,
    "Sign-ups (1).CSV": lines(NO_ADDRESS, ";"),
    "answers.csv.bak": SHEET,
    "answers": SHEET,
    "list.numbers": b"PK\x03\x04 nothing that anybody reads",
    "exports/answers.csv": SHEET,
    "signups-old/df/register-0007.json": b'{"sign_ups": [], "last_id": 4}',
    "Signups/list.xlsx": xlsx(NO_ADDRESS),
    "sign-ups/utf16.csv": SHEET.decode().encode("utf-16"),
    "sign-ups/plain16.csv": SHEET.decode().encode("utf-16-le"),
    "sign-ups/excel.csv": "Name;E-Mail\nZoë Müller;zoe@nw.example\n".encode("cp1252"),
    "backup/signups.zip": packed({"df/answers.csv": SHEET}),
    "backup/signups.tar.gz": tar("answers.csv", SHEET),
    "backup/answers.csv.gz": gzip.compress(SHEET),
    "backup/old.rar": b"Rar!\x1a\x07\x01\0",
    ".hidden/mail.eml": MAIL.encode(),
    ".old.csv": SHEET,
    "notes.md": b"| Name | Role |\n| --- | --- |\n| Zora Quill | mentor |\n",
    "hooks/local/people.csv": SHEET,
    "hooks/handbook/data/list.csv": SHEET,
    # in programs/
    "programs/digital-fluency/2027-spring.yml~": COHORT.encode(),
    "programs/digital-fluency/2027-spring.yml.bak": PAIRINGS.encode(),
    "programs/digital-fluency/.2027-spring.yml.swp": b"b0VIM 9.0\0\0" + NAMELESS.encode() + b"\0\0",
    "programs/digital-fluency/.0123456789abcdef.new": COHORT.encode(),
    "programs/.old/2026.yml": COHORT.encode(),
    "programs/digital-fluency/people.json": PEOPLE.encode(),
    "programs/digital-fluency/sign-ups.xlsm": xlsx(ROWS),
    "programs/digital-fluency/archive/2026.yml": COHORT.encode(),
    "programs/digital-fluency/names.csv": b"Name\nZora Quill\n",
    # of other makes
    "docs/list.html": b"<table><tr><th>Name</th><th>Department</th></tr>"
    b"<tr><td>Zora Quill</td><td>Finance</td></tr><tr><td>Bo Lin</td><td>Law</td></tr></table>",
    "sheet.csv": b"Zeitstempel;Vorname;Nachname;Abteilung\n1;Zora;Quill;Recht\n2;Bo;Lin;IT\n",
    "sheet1.csv": b"First name,Last name,Role\nZora,Quill,mentor\nBo,Lin,mentee\n",
    "sheet2.csv": b"Timestamp,What is your full name?,"
    b"Would you like to be a mentor or mentee?,Which department are you in?\n"
    b"1,Zora Quill,Mentor,Finance\n2,Bo Lin,Mentee,Law\n",
    "sheet3.csv": b"Mentor,Mentee,Topics\nZora Quill,Bo Lin,AI\n",
    "pairs.txt": b"Mentor: Zora Quill\nMentee: Bo Lin\n",
    "people.yaml": b"people:\n- name: Zora Quill\n  role: mentor\n",
    "x.json": b'{"people":[{"id":"a","role":"mentor"}]}',
    "dump.sql": b"INSERT INTO people VALUES ('Zora Quill','zora@nw.example');"
    b"INSERT INTO people VALUES ('Bo','bo@nw.example');",
    "a.rtf": b"{\\rtf1 Zora Quill zora@nw.example\\par Bo Lin bo@nw.example}",
    "contacts.ics": b"BEGIN:VEVENT\nATTENDEE;CN=Zora Quill:mailto:zora.quill@nw.example\n"
    b"ATTENDEE:mailto:bo@nw.example\nEND:VEVENT",
    ".vscode/list.csv": b"name;mail\nzora quill;zora@nw.example\n",
    "Names.csv": b"Name\nZora Quill\nBo Lin\n",
    "names.txt": b"Participants\nZora Quill\nBo Lin\n",
    "programs/digital-fluency/2027-spring (1).yml.txt": NAMELESS.encode(),
    "programs/digital-fluency/2027-spring.yaml.old": NAMELESS.encode(),
    "docs/x.svg": b"<svg><text>zora@nw.example</text><text>bo@nw.example</text></svg>",
    "docs/people.js": b"const p=[{name:'Zora Quill',role:'mentor'}]",
    "docs/l.md.new": b"zora@nw.example bo@nw.example",
    "proposals.html~": REPORT.encode(),
    "tests/answers.csv": SHEET,
    "schemas/answers.csv": SHEET,
    "src.csv": b"name,role\nzora quill,mentor\nbo lin,mentee\n",
    "phones.csv": b"Name,Phone\nZora Quill,0770 0900123\n",
    "Who.xlsx": xlsx([("What is your name?", "Department"), ("Zora Quill", "Law"), ("Bo Lin", "Law")]),
    "x.pptx": packed(
        {"ppt/slides/slide1.xml": "<a><a:p>Zora Quill zora@nw.example</a:p><a:p>bo@nw.example</a:p></a>"}
    ),
    "hooks/local/data.json": PEOPLE.encode(),
    "wet.docx": docx(
        [("Team of reverse mentors",), ("Zora Quill, zora.quill@nw.example",), ("Bo, bo.lin@nw.example",)]
    ),
    "programs/digital-fluency/locked.xlsx": old_office("EncryptedPackage"),
}
ZORA = "  - {id: a, role: mentor, name: Mira Okonkwo, consent: participants}\n"
HARMLESS: dict[str, bytes] = {
    "docs/assets/glossary.csv": b"Term,Meaning\nActive Listening,Hearing what is meant\nSafe Space,A room\n",
    "docs/menu.xlsx": xlsx([("Dish", "Price"), ("Green Curry", "7"), ("Apple Pie", "3")]),
    "docs/colours.json": b'[{"name": "Ocean Blue", "value": "#0b6e6e"}, {"name": "Red Sea"}]',
    "docs/sign-up-form.csv": lines(ROWS[:1]),
    "docs/sign-up-form.xlsx": xlsx(NO_ADDRESS[:1]),
    "docs/tools.csv": b"Name,Department,Since\nSlack,Finance,2019\nMiro,Law,2020\nGoogle Docs,IT,2021\n",
    "docs/contact.txt": b"Write to mentoring@nw.example.\n",
    "docs/poster.pdf": b"%PDF-1.7 \xff\xfe\0\0",
    "docs/assets/logo.png": b"\x89PNG\r\n\x1a\n\0\0" + bytes(range(256)) * 40,
    "docs/slides.pptx": packed({"ppt/slides/slide1.xml": "<a><a:p>Welcome to Reverse Mentoring</a:p></a>"}),
    "docs/policy.docx": docx([("Our Travel Policy", "Ask first")]),
    "docs/kit.zip": packed({"poster.txt": "Come and see us", "a.png": b"\x89PNG\0"}),
    "docs/bank.csv": b"question,form,name\nDo you feel heard?,baseline,Baseline\n",
    "README.md": b"# Mentoring\n\nWrite to mentoring@nw.example. Clone git@github.com:nw/handbook.git.\n",
    "CODEOWNERS": b"* zora.quill@nw.example\n/docs/ bo.lin@nw.example @northwind/mentoring\n",
    "package.json": b'{"name": "our-site", "author": "Zora Quill <zora@nw.example>"}',
    ".github/ISSUE_TEMPLATE/bug.yml": b"name: Bug Report\ndescription: Say what is wrong\nlabels: [bug]\n",
    ".github/workflows/local-mail.yml": b"name: Send Mail\non: [push]\npermissions: {}\n",
    "signups/digital-fluency/2027-spring/register-0001.json": SHEET,
    "programs/digital-fluency/room.csv": b"Room,Seats\nBlue Room,12\nGreen Room,8\n",
    "programs/digital-fluency/2027-spring.yml.rej": b"--- a\n+++ b\n",
    # much like a list
    "docs/glossary.xlsx": xlsx([("Term", "Meaning"), ("Reverse Mentoring", "A junior teaches")]),
    "docs/rooms.csv": b"Name,Floor,Seats\nBlue Room,1,12\nGreen Room,2,8\n",
    "docs/modules.csv": b"Module,For,Minutes\nActive Listening,mentor,20\n",
    "docs/data.json": b'{"type":"FeatureCollection","features":[{"properties":{"name":"New York"}}]}',
    "docs/matrix.csv": b"Topic,Mentor,Mentee\nFirst Meeting,Prepares questions,Books the room\n",
    "docs/faq.html": b"<h1>What a mentor does</h1><p>The mentor teaches. Name one thing.</p>",
    "docs/site.webmanifest": b'{"name":"Reverse Mentoring","short_name":"RM"}',
    "LICENSE": b"MIT License\nCopyright (c) 2026 Northwind Health\n",
    "CODE_OF_CONDUCT.md": b"Report to mentoring@nw.example.\n",
    ".github/CODEOWNERS": b"* @nw/team\n",
    ".github/dependabot.yml": b"version: 2\nupdates:\n- package-ecosystem: pip\n  assignees: [nw]\n",
    "docs/calendar.ics": b"BEGIN:VEVENT\nUID:kick-off@handbook.example\n"
    b"UID:end@handbook.example\nSUMMARY:Kick Off\nEND:VEVENT",
    "docs/assets/x.js": b"/*! jQuery (c) */ var a={name:'Blue Sea', role:'button'};",
    "docs/kpi.xlsx": xlsx([("Measure", "Department", "Value"), ("Sessions Held", "Finance", "7")]),
    "docs/budget.csv": b"Department,Cost\nHuman Resources,7\nPublic Affairs,3\n",
    "docs/survey.csv": b"Question,Answer,Count\nDo you feel heard?,Yes,12\n",
    "docs/empty.csv": b"",
    "docs/empty.zip": packed({}),
    "docs/roles.csv": b"Role,What they do\nLine Manager,Gives time\nSponsor,Opens doors\n",
    "docs/agenda.csv": b"Name,Minutes,Who\nWarm Up,5,mentor\n",
    "uv.lock": b'[[package]]\nname = "click"\n',
    "renovate.json": b'{"extends":["config:base"]}',
}
ORGANISATION = (
    "name: Small Steps\nrepository: private\n"
    "contacts: [{purpose: program, label: Team, address: mentoring@nw.example}]\n"
)
FILES = {
    **SHORT,
    ".gitignore": "/signups/\n/site/\n",
    "programs/organisation.yml": ORGANISATION,
    "programs/digital-fluency/2027-spring.yml": SHORT["programs/digital-fluency/2027-spring.yml"]
    + f"people:\n{ZORA}",
}


def git(root: Path, *words: str) -> None:
    subprocess.run(["git", "-C", str(root), *words], check=True, capture_output=True)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path, FILES)
    git(tmp_path, "init", "-q")
    return tmp_path


def put(root: Path, path: str, content: bytes) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(content)


def told(root: Path) -> list[Problem]:
    return [one for one in load(root)[1] if one.severity == "error"]


@pytest.mark.parametrize("path", PRIVATE)
def test_what_holds_people_is_told_once_with_a_remedy(root: Path, path: str) -> None:
    put(root, path, PRIVATE[path])
    [problem] = [one for one in told(root) if one.code != "wrong-file-name"]  # which nothing reads

    assert (path, CODE) == (problem.path, problem.code)
    assert "Move it" in problem.hint
    assert not {"Zora", "Bo", "nw.example"} & {*f"{problem.message} {problem.hint}".split()}


def test_what_git_keeps_already_is_told_too(root: Path) -> None:
    for path, content in PRIVATE.items():
        put(root, path, content)
    git(root, "add", "--all", "--force", ".")
    problems = [one for one in told(root) if one.code == CODE]

    assert sorted(PRIVATE) == sorted(one.path for one in problems)
    kept = [one for one in problems if not one.path.startswith("docs/") and "look into" not in one.message]
    assert all("git rm --cached -- " in one.hint for one in kept)


def test_there_are_more_than_forty_places_and_formats() -> None:
    assert 40 < len(PRIVATE)


@pytest.mark.parametrize("path", HARMLESS)
def test_what_holds_nobody_is_welcome(root: Path, path: str) -> None:
    put(root, path, HARMLESS[path])

    assert [] == told(root)


def test_the_template_itself_holds_nobody_in_the_open(tmp_path: Path) -> None:
    """Whatever its tests and its manual are full of."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    for name in filter(None, listed.decode().split("\0")):
        if (ROOT / name).is_file():
            put(tmp_path, name, (ROOT / name).read_bytes())
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "--all", ".")

    assert [] == told(tmp_path)


# --- real builds ----------------------------------------------------------------------------------


def handbook(root: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "handbook.cli", "-C", str(root), *words]
    there = environment("2027-03-10") | {"PYTHONPATH": str(root / "hooks")} | variables
    return subprocess.run(command, cwd=root, env=there, capture_output=True, text=True)


BUILDS = {
    "mkdocs": ["build"],
    "mkdocs --strict": ["build", "--strict"],
    "mkdocs -q": ["build", "-q"],
    "mkdocs -q --strict": ["build", "-q", "--strict"],
    "mkdocs --no-strict": ["build", "--no-strict"],
}


def built_by(root: Path, how: str) -> subprocess.CompletedProcess[str]:
    return handbook(root, "build") if how == "handbook" else mkdocs(root, *BUILDS[how])


def everything(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the engine and a site; each test takes a copy."""
    root = make(tmp_path_factory.mktemp("whole"), FILES)
    build(root)
    return root


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    return shutil.copytree(whole, tmp_path / "copy")


@pytest.mark.site
@pytest.mark.parametrize(
    ("how", "page"),
    [*((how, "{{ nothing }}") for how in BUILDS), ("handbook", "{% if %}"), ("mkdocs -q", "{{ 1 / 0 }}")],
)
def test_a_broken_page_leaves_the_last_good_site_and_ends_with_one(copy: Path, how: str, page: str) -> None:
    before = everything(copy / "site")
    put(copy, "docs/about.md", f"---\nrender_macros: true\n---\n# About\n\n{page}\n".encode())
    done = built_by(copy, how)

    assert 1 == done.returncode, done.stdout + done.stderr
    assert "docs/about.md" in done.stderr
    assert before == everything(copy / "site")


@pytest.mark.site
@pytest.mark.parametrize("how", ["mkdocs", "mkdocs -q", "handbook"])
@pytest.mark.parametrize(
    "page",
    [
        b"[there](nowhere.md)\n",
        b"[there](#nowhere)\n",
        b"---\ntitle: [\n---\n",
        b"# \xdcber uns\n",
    ],
)
def test_what_a_strict_build_refuses_leaves_the_last_good_site_too(copy: Path, how: str, page: bytes) -> None:
    before = everything(copy / "site")
    put(copy, "docs/about.md", b"# About\n\n" + page if page.startswith(b"[") else page)
    done = built_by(copy, how)

    assert (page.startswith(b"---") and not done.returncode) or before == everything(copy / "site")
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.site
@pytest.mark.parametrize(
    ("how", "name"),
    [*((how, "site") for how in BUILDS), ("handbook", "site"), ("mkdocs", "signups"), ("handbook", ".cache")],
)
def test_a_link_in_the_place_of_a_folder_is_refused_before_anything_is_touched(
    copy: Path, tmp_path: Path, how: str, name: str
) -> None:
    write(tmp_path / "thesis", {"thesis.txt": "Years of work\n", "sub/a.md": "More\n"})
    shutil.rmtree(copy / "site")
    (copy / name).symlink_to(tmp_path / "thesis")
    before = everything(tmp_path / "thesis")
    done, checked = built_by(copy, how), handbook(copy, "check")

    assert (1, 1) == (done.returncode, checked.returncode)
    assert f"{name}:1:1: error: This is a link" in checked.stdout
    assert before == everything(tmp_path / "thesis")
    assert (copy / name).is_symlink()


@pytest.mark.site
@pytest.mark.parametrize(
    "setting", ["site_dir: out", "site_dir: deep/out", "site_dir: signups", "docs_dir: signups"]
)
def test_another_folder_of_the_site_is_no_link_either_and_none_of_the_handbooks(
    copy: Path, tmp_path: Path, setting: str
) -> None:
    write(copy, {"signups/df/register.json": "{}\n", "mkdocs.yml": f"{FILES['mkdocs.yml']}{setting}\n"})
    write(tmp_path / "thesis", {"out/thesis.txt": "Years of work\n"})
    (copy / "out").symlink_to(tmp_path / "thesis/out")
    (copy / "deep").symlink_to(tmp_path / "thesis")
    done = mkdocs(copy, "build")

    assert 1 == done.returncode
    assert "Traceback" not in done.stderr
    assert ["thesis.txt"] == [path.name for path in (tmp_path / "thesis/out").iterdir()]
    assert {"df/register.json"} == everything(copy / "signups").keys()


@pytest.mark.site
def test_an_export_is_not_written_through_a_link(copy: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "thesis")
    done = handbook(copy, "export", str(tmp_path / "out"))

    assert 2 == done.returncode
    assert "is a link to another place" in done.stderr
    assert [] == [*(tmp_path / "thesis").iterdir()]


@pytest.mark.site
def test_a_build_for_participants_says_so_on_each_page_and_aloud(copy: Path) -> None:
    write(copy, {"docs/about.md": "# About\n\nOurs.\n"})
    public = handbook(copy, "build")
    pages = {path: text for path, text in everything(copy / "site").items() if path.endswith(".html")}
    said = "For the people in the programme."
    assert "It is for participants" not in public.stderr
    assert not [path for path, text in pages.items() if said.encode() in text]

    done = handbook(copy, "build", HANDBOOK_AUDIENCE="participants")
    pages = {path: text for path, text in everything(copy / "site").items() if path.endswith(".html")}

    assert "It is for participants" in done.stderr
    assert {"about/index.html", "404.html", "index.html"} < pages.keys()
    # What leads on from an old address says nothing of anybody.
    shown = {path: text for path, text in pages.items() if b'http-equiv="refresh"' not in text}
    assert [] == [path for path, text in shown.items() if text.count(said.encode()) != 1]


@pytest.mark.site
@pytest.mark.parametrize(
    "path", ["docs/answers.csv", "docs/about.md~", "docs/assets/x.xlsx", "docs/.old/list.csv"]
)
def test_no_build_publishes_what_holds_people(copy: Path, path: str) -> None:
    before = everything(copy / "site")
    put(copy, path, PRIVATE[path])
    done = mkdocs(copy, "build")

    assert 1 == done.returncode
    assert "Zora" not in done.stdout + done.stderr
    assert before == everything(copy / "site")


# --- results, hosts, rights -----------------------------------------------------------------------


@pytest.mark.parametrize(("n", "shown"), [(None, False), (0, False), (4, False), (5, True), (60, True)])
def test_a_result_is_shown_where_enough_people_are_known_to_have_answered(n: int | None, shown: bool) -> None:
    goal = Goal("g", Text("G"), measure=Measure(Text("Mentors who fear their boss"), target=10))
    drawn = meter(goal, Result(100.0, 90.0, n))

    assert drawn is not None
    assert shown == drawn.shown
    assert ((100.0, 90.0) if shown else (None, None)) == (drawn.actual, drawn.baseline)


@pytest.mark.parametrize(
    ("repository", "event", "error"),
    [
        ("private", '{"repository": {"private": false}}', True),
        ("private", '{"repository": {"private": true, "visibility": "internal"}}', False),
        ("public", '{"repository": {"private": false}}', False),
        ("private", '{"repository": {}}', False),
        ("private", "[]", False),
        ("private", "no JSON", False),
    ],
)
def test_a_host_that_shows_everything_is_believed(
    root: Path, monkeypatch: pytest.MonkeyPatch, repository: str, event: str, error: bool
) -> None:
    write(root.parent, {"event.json": event})
    write(root, {"programs/organisation.yml": f"name: A\nrepository: {repository}\n"})
    write(
        root, {"programs/digital-fluency/2027-spring.yml": SHORT["programs/digital-fluency/2027-spring.yml"]}
    )
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(root.parent / "event.json"))
    expected = [("programs/organisation.yml", 2, 13, "public-repository")] if error else []

    assert expected == [(one.path, one.line, one.column, one.code) for one in told(root)]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_a_file_is_for_nobody_else_until_it_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    replace = Path.replace
    monkeypatch.setattr(shutil, "copymode", lambda *_: None)

    def watched(beside: Path, file: Path) -> Path:
        seen.append(beside.stat().st_mode & 0o777)
        return replace(beside, file)

    monkeypatch.setattr(Path, "replace", watched)
    (tmp_path / "mine.txt").touch()
    usual = (tmp_path / "mine.txt").stat().st_mode & 0o777
    write_bytes(tmp_path, "a.txt", b"A")
    write_bytes(tmp_path, "a.txt", b"B")

    assert [usual, 0o600] == seen
    assert b"B" == (tmp_path / "a.txt").read_bytes()


# --- names in pages and settings ------------------------------------------------------------------

NAMED = [
    "Mira Okonkwo", "mira okonkwo", "MIRA OKONKWO", "Okonkwo, Mira", "Mira A. Okonkwo", "Mira<br>Okonkwo",
    "**Mira** Okonkwo", "Mira_Okonkwo", "[M](/mira%20okonkwo)", "Mira&nbsp;Okonkwo", "Míra Okónkwo",
    "mira.okonkwo", "Mira\nOkonkwo", "Dr Mira Okonkwo",
]  # fmt: skip
PAGES: dict[str, str] = {
    "docs/about.md": "# About\n\n{}\n",
    "docs/deep/about.markdown": "---\ntitle: {}\n---\n# About\n",
    "docs/page.html": "<p>{}</p>\n",
    "docs/templates/playbook/faq/remote.md": "---\ntitle: May we?\n---\nAsk {}.\n",
    "docs/templates/texts/en.yml": "home:\n  doors: >-\n    {}\n",
    "docs/templates/home.md.j2": '{{% extends "engine/home.md.j2" %}}\n{{% block help %}}{}{{% endblock %}}',
    "mkdocs.yml": f"{SHORT['mkdocs.yml']}# {{}}\n",
    "README.md": "# Ours\n\n{}\n",
    "hooks/local/names.py": '"""{}"""\n',
}


@pytest.mark.parametrize("name", NAMED)
def test_a_name_is_found_in_a_page_however_it_is_written(root: Path, name: str) -> None:
    write(root, {"docs/about.md": PAGES["docs/about.md"].format(name)})

    assert [("docs/about.md", 3, "name-in-text")] == [(one.path, one.line, one.code) for one in told(root)]


def test_a_register_that_cannot_be_read_uncovers_no_name_of_another(root: Path) -> None:
    keep_people(root, SignUp("p-1", "Vera Lindqvist"), SignUp("p-2", "Olu Adeyemi", consent="public"))
    for cohort in ("a-program/2026", "z-program/2026"):
        write(root, {f"signups/{cohort}/register-0001.json": "{"})
    write(root, {"docs/about.md": "# About\n\nVera Lindqvist and Olu Adeyemi\n"})

    problems = [one for one in load(root, hidden_names(root))[1] if one.code == "name-in-text"]

    assert [("docs/about.md", 3)] == [(one.path, one.line) for one in problems]
    assert {"Vera Lindqvist"} == hidden_names(root)


@pytest.mark.parametrize("path", PAGES)
def test_what_people_write_by_hand_is_read_for_names_and_addresses(root: Path, path: str) -> None:
    write(root, {path: PAGES[path].format("Mira Okonkwo")})
    assert [(path, "name-in-text")] == [(one.path, one.code) for one in told(root)]

    write(root, {path: PAGES[path].format("mira@elsewhere.org")})
    assert [(path, "personal-address")] == [(one.path, one.code) for one in told(root)]

    write(root, {path: PAGES[path].format("mentoring@nw.example")})
    assert [] == told(root)


@pytest.mark.parametrize("path", PAGES)
def test_no_page_leads_to_where_a_form_is_made(root: Path, path: str) -> None:
    write(root, {path: PAGES[path].format("https://docs.google.com/forms/d/1FAIpQLSc9x/edit")})

    assert [(path, "link-not-to-answer")] == [(one.path, one.code) for one in told(root)]


@pytest.mark.parametrize("text", ["Mira Okonkwo-Hall", "Mira and Okonkwo", "Amira Okonkwo", "mira okonkwos"])
def test_what_is_another_name_is_welcome(root: Path, text: str) -> None:
    write(root, {"docs/about.md": f"# About\n\n{text}\n"})

    assert [] == told(root)


@pytest.mark.parametrize("name", ["mira-okonkwo.png", "Mira Okonkwo.pdf", "mira@elsewhere.org.pdf"])
def test_a_file_is_not_called_by_a_name_and_no_log_keeps_it(root: Path, name: str) -> None:
    put(root, f"docs/assets/{name}", b"\x89PNG\0")

    assert [("docs/assets", "name-in-text")] == [(one.path, one.code) for one in told(root)]


@pytest.mark.parametrize("path", ["docs/mira-okonkwo/index.md", "docs/Okonkwo, Mira/deep/mira_okonkwo.txt"])
def test_a_folder_is_not_called_by_a_name_either(root: Path, path: str) -> None:
    put(root, path, b"# Ours\n")

    assert [("docs", "name-in-text")] == [(one.path, one.code) for one in told(root)]


def test_a_name_beside_the_text_of_a_document_is_found(root: Path) -> None:
    put(root, "docs/a.docx", packed({"word/comments.xml": '<w:comment w:author="Mira Okonkwo"/>'}))

    assert [("docs/a.docx", "name-in-text")] == [(one.path, one.code) for one in told(root)]


def test_a_page_in_another_encoding_is_told_by_the_check(root: Path) -> None:
    put(root, "docs/about.md", b"# \xdcber uns\n")

    assert [("docs/about.md", "not-utf-8")] == [(one.path, one.code) for one in told(root)]


def test_thousands_of_files_are_looked_into_in_seconds(root: Path) -> None:
    text = "Mentoring takes time, and some patience. It is worth both.\n" * 100
    write(root, {f"notes/{number}.md": text for number in range(1_000)})
    write(root, {f"docs/{number}.md": f"# A\n\n{text}" for number in range(1_000)})
    before = time.process_time()

    assert [] == told(root)
    assert time.process_time() - before < 20
