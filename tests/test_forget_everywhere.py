"""`handbook forget` can be believed: every spelling, place and corner of git, and a run that was stopped."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import stat
import sys
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st

from handbook import DATA
from handbook.register.forgetting import remains
from handbook.register.forgetting.person import Person
from handbook.register.ledger.ledger import Ledger, Proposal, SignUp
from handbook.rules.privacy.spellings import Spellings
from tests import registers
from tests.repository import COHORT, SHORT, write
from tests.terminal import pexpect
from tests.test_forget import SPRING, commit, files, forget, git
from tests.test_register import stopped

NAME, MAIL = "Zora Quill", "zora.quill@nw.example"
AUTUMN = "programs/digital-fluency/2027-autumn.yml"
FILE, UNREAD = "this file", "no tool can search this"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small handbook in a folder of its own, in which nobody is listed."""
    root = tmp_path / "handbook"
    write(root, {path: text for path, text in SHORT.items() if path.startswith("programs/")})
    write(root, {".gitignore": "/signups/\n"})
    return root


def listing(*names: str) -> str:
    people = "".join(
        f"  - {{id: m-{number}, name: {name!r}, role: mentor, consent: public}}\n"
        for number, name in enumerate(names, 1)
    )
    return f"{COHORT}people:\n{people}"


def left(result: Result) -> list[str]:
    """The places that are listed, without the columns."""
    told = result.output.partition("in place of an id:\n")[2].partition("\n\n")[0]
    return [re.sub(r":\d+$", "", line.strip()) for line in told.splitlines()]


def in_git(result: Result) -> list[str]:
    """In what of git the person is said to be found."""
    return re.findall(r"^  ([a-z', ]+[a-z]): [1-9]", result.output, re.MULTILINE)


# --- how the person is called ---------------------------------------------------------------------

DECOMPOSED = unicodedata.normalize("NFD", "José Ruiz")


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("José Ruiz", "Jose Ruiz"), ("José Ruiz", DECOMPOSED), (DECOMPOSED, "José Ruiz"),
        ("José Ruiz", "JOSE  RUIZ"),
        ("José Ruiz", "Ruiz, José"), (NAME, "Quill, Zora"), (NAME, "Dr Zora Quill"),
        ("Prof. Dr. Zora Quill", NAME),
        (NAME, "zora quill"), ("Quill, Zora", NAME), ("Quill, Dr. Zora", "Mrs. Zora Quill"),
        ("Zoë O’Brien", "Zoe O'Brien"),
        ("Søren Åkesson", "Soren Akesson"), ("Anna-Lena Groß", "Anna Lena Gross"),
        ("Łukasz Dąb", "lukasz dab"),
        ("Zora Quill", "Zora Quill"),
    ],
)  # fmt: skip
def test_what_is_the_same_but_for_signs_is_the_person(root: Path, written: str, typed: str) -> None:
    write(root, {SPRING: listing(written, "Bo Ek")})
    registers.keep_people(root, SignUp("p-1", written), SignUp("p-2", "Ida Moe"))

    result = forget(root, "--yes", "--", typed)

    assert 0 == result.exit_code, result.output
    assert "m-1" not in (root / SPRING).read_text("utf-8")
    assert "m-2" in (root / SPRING).read_text("utf-8")
    assert ["p-2"] == [person.id for person in registers.ledger(root).sign_ups]


NEAR = [
    ("Zora Quill", "Zora Quil"), ("Zora Quill", "Zorra Quill"), ("Zora Quill", "Quill Zora"),
    ("Zora Quill", "Z. Quill"),
    ("Zora Quill", "Zora"), ("Zora Quill", "Zora M. Quill"), ("Zora Quill", "Zora Quill-Smith"),
    ("Jürgen Müller", "Juergen Mueller"),
    ("Zora Q.", "Zora Quill"), ("Zora Quill", "zora.quill@gone.example"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "typed"), NEAR)
@pytest.mark.parametrize("where", ["people", "sponsor", "sign-up", "not-with", "named"])
def test_what_is_only_near_stays_and_is_told(root: Path, where: str, written: str, typed: str) -> None:
    if where == "people":
        write(root, {SPRING: listing(written)})
    elif where == "sponsor":
        path = "programs/digital-fluency/program.yml"
        sponsor = f"sponsor: {{title: Chief, name: {written!r}, consent: public}}"
        write(root, {path: SHORT[path].replace("sponsor: {title: Chief operating officer}", sponsor)})
    else:
        other = SignUp("p-2", "Ida Moe", not_with=(written,) if where == "not-with" else ())
        person = (SignUp("p-1", written),) if where == "sign-up" else ()
        named = {f"p-2 {written.lower()}": ""} if where == "named" else {}
        registers.keep(root, Ledger((*person, other), 2, named=named))
    git(root, "init", "-q")
    before = files(root)
    if (
        where in ("not-with", "named")
        and Person(typed, names=frozenset({typed})).spellings.are_in(written)
        and "-" not in written
    ):
        assert 0 == forget(root, "--yes", "--", typed).exit_code  # it goes: whom others mean is no doubt
        return

    result = forget(root, "--yes", "--", typed)

    assert 1 == result.exit_code
    assert "Similar, and maybe the same person's" in result.output
    assert "No commit of git holds this person" not in result.output
    assert "No entry" not in result.output
    assert before == files(root)
    assert written not in result.output  # which may be a log


def test_nobody_near_is_nobody(root: Path) -> None:
    write(root, {SPRING: listing("Anna Lind", "Bo Quist", "Zoltan Quade", "May Ray")})
    result = forget(root, NAME)

    assert 0 == result.exit_code, result.output
    assert "No entry" in result.output


def test_on_a_terminal_the_names_that_are_near_are_proposed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(DATA.parents[1]))
    write(root, {SPRING: listing("José Ruiz", "Bo Ek")})
    terminal = pexpect.spawn(
        sys.executable,
        ["-m", "handbook.cli", "-C", str(root), "forget", "Jose Ruis"],
        encoding="utf-8",
        timeout=60,
    )

    terminal.expect_exact(f"{SPRING}: José Ruiz")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert 1 == terminal.exitstatus
    assert "Bo Ek" not in str(terminal.before)


# --- how a text spells the person -----------------------------------------------------------------

SPELT = [
    "Zora Quill", "ZORA QUILL", "Quill, Zora", "Zora_Quill", "Zora M. Quill", "Zora<br>Quill", "ZoraQuill",
    "https://x.example/zora%20quill",
    "Zora\nQuill", "Zora&nbsp;Quill", "zora-quill", "quill.zora", "Quill;Zora", '"Zora","Quill"',
    "Zora<br />\n  Quill", "**Zora** _Quill_",
    "Zo**ra** Quill", "Zora&#32;Quill", "Z&ouml;ra Quill", "Zora\u00a0Quill", "Zo\u00adra Qui\u200bll",
    "Zora  M  Quill", "Quill, Dr. Zora",
    "Zora Quill-Smith", "text: 'Zora\\nQuill'", "# Zora\n# Quill", "> Zora\n> Quill", "\uff3aora Quill",
    "zora+quill@x.example", "%7EZora_Quill",
    "zora.quill2@nw.example", '{"name": "Z\\u006fra Quill"}', unicodedata.normalize("NFD", "Zóra Quíll"),
]  # fmt: skip


@pytest.mark.parametrize("text", SPELT)
def test_a_name_is_found_in_whatever_way_it_is_spelt(root: Path, text: str) -> None:
    write(root, {"docs/ours.md": f"# Ours\n\nAsk {text} now.\n"})
    git(root, "init", "-q")

    result = forget(root, NAME)

    assert 1 == result.exit_code, result.output
    assert ["docs/ours.md:3"] == left(result)[:1] or ["docs/ours.md:4"] == left(result)[:1]


@pytest.mark.parametrize(
    "text",
    ["Zora Quillson", "Azora Quill", "Zora and Quill", "Quill. A quill, Zorah", "zora", "Zoras Quills",
    "Bozora Quill"]
)  # fmt: skip
def test_another_word_is_not_the_name(root: Path, text: str) -> None:
    write(root, {"docs/ours.md": f"{text}\n"})

    assert 0 == forget(root, NAME).exit_code


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("José Ruiz", "Jose Ruiz"), ("Jose Ruiz", "JOSÉ RUIZ"), ("José Ruiz", "Jos%C3%A9%20Ruiz"),
        ("José Ruiz", "Jos&eacute; Ruiz"),
        ("Jürgen Müller", "Juergen Mueller"), ("Juergen Mueller", "Jürgen Müller"),
        ("Łukasz Dąb", "lukasz-dab"),
        ("Anna van der Berg", "Berg, Anna van der"), ("Anna Maria Berg", "Anna Berg"), ("Bo Li", "Li, Bo"),
    ],
)  # fmt: skip
def test_accents_and_second_names_do_not_hide_anybody(root: Path, name: str, text: str) -> None:
    write(root, {"README.md": f"…½ ß {text}\n"})

    assert ["README.md:1"] == left(forget(root, name))


def test_columns_are_those_of_the_file_whatever_stands_before(root: Path) -> None:
    write(root, {"README.md": f"…½ ßß {DECOMPOSED} {DECOMPOSED}\n"})

    assert "README.md:1:7\n  README.md:1:18\n" in forget(root, "Jose Ruiz").output


def test_second_names_go_with_the_rest_behind_the_last_name_too() -> None:
    assert "Bo Ek; …; Cy" == Spellings(frozenset(["Anna Maria Berg"])).cut("Bo Ek; Berg, Anna Maria; Cy", "…")


# --- where the person stands ----------------------------------------------------------------------

PLACES = [
    "mkdocs.yml", "README.md", "hooks/local/greet.py", ".github/workflows/local-x.yml", "CODEOWNERS",
    "docs/templates/texts/en.yml",
    "docs/templates/overview.md.j2", "docs/about.md~", "docs/#about.md#", "docs/about.md.bak",
    "programs/df/notes.txt", "notes/a.org",
    "docs/.hidden/a.html", "programs/.1234567890abcdef.new", ".env", "schemas/own.json", "a.ics", "b.vcf",
    "mail.eml", "Makefile", "no-suffix",
]  # fmt: skip


@pytest.mark.parametrize("path", PLACES)
def test_every_text_in_the_folder_is_searched(root: Path, path: str) -> None:
    write(root, {path: f"one\n  {NAME}\n"})

    result = forget(root, "--yes", NAME)

    assert 1 == result.exit_code
    assert [f"{path}:2"] == left(result)


@pytest.mark.parametrize(
    "path",
    [
        "docs/assets/zora-quill.png", "docs/assets/Zora_Quill.JPG", "docs/zora%20quill.svg",
        "docs/quill-zora/index.md", "site-old/ZoraQuill.html",
        "docs/assets/2027_zora.quill_1.webp", f"docs/{unicodedata.normalize('NFD', 'Zóra Quill')}.md",
    ],
)  # fmt: skip
def test_a_file_is_found_by_its_name(root: Path, path: str) -> None:
    write(root, {path: "x\n"})

    result = forget(root, NAME)

    assert 1 == result.exit_code
    assert [f"{path}: the file's name"] == left(result)
    assert "rename the file" in result.output


@pytest.mark.parametrize("folder", ["site", ".cache", "build", "exports/2027"])
def test_what_commands_made_is_counted_and_to_be_made_anew(root: Path, folder: str) -> None:
    write(
        root, {f"{folder}/{name}": f"<p>{NAME}</p>\n" for name in ("a.html", "b/zora-quill.html", "c.json")}
    )
    write(root, {f"{folder}/.handbook-export": "a.html\n", f"{folder}/other.html": "x\n"})
    write(
        root, {f"{folder}/sitemap.xml.gz": "\x1f", f"{folder}/font.woff2": "\0", f"{folder}/logo.png": "\0"}
    )

    result = forget(root, NAME)

    assert 1 == result.exit_code
    assert [f"{folder}/: 3 files, such as {folder}/a.html"] == left(result)
    assert "make it again" in result.output


def office(file: Path, parts: Mapping[str, str | bytes]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with ZipFile(file, "w") as opened:
        for name, content in parts.items():
            opened.writestr(name, content)


RUNS = "<w:p><w:r><w:t>Zo</w:t></w:r><w:r><w:b/><w:t>ra </w:t></w:r><w:r><w:t>Quill</w:t></w:r></w:p>"
OFFICE: Mapping[str, Mapping[str, str | bytes]] = {
    "docs/a.docx": {"word/document.xml": RUNS},
    "docs/b.docx": {"docProps/core.xml": "<a><dc:creator>Zora Quill</dc:creator><cp:x>Bo</cp:x></a>"},
    "c.docm": {"word/comments.xml": '<w:comment w:author="Zora Quill"/>'},
    "docs/list.xlsx": {"xl/sharedStrings.xml": "<si><t>Quill</t></si><si><t>Zora</t></si>"},
    "d.xlsx": {"xl/worksheets/sheet1.xml": "<c><is><t>Zora Quill</t></is></c>"},
    "e.xlsx": {"xl/worksheets/_rels/sheet1.xml.rels": '<R Target="mailto:zora.quill@nw.example"/>'},
    "f.ods": {"content.xml": "<text:p>Zora<text:s/>Quill</text:p>"},
    "docs/g.odt": {"content.xml": "<text:p>Jos&#233; and Zora Quill</text:p>"},
    "h.pptx": {"ppt/slides/slide1.xml": "<a:p><a:r><a:t>Zora</a:t></a:r><a:r><a:t> Quill</a:t></a:r></a:p>"},
    "i.odp": {"content.xml": "<text:p>Quill, Zora</text:p>"},
    "backup.zip": {"signups/answers.csv": "Name\nZora Quill\n"},
    "j.zip": {"zora-quill.png": b"\x89PNG\0"},
    "k.epub": {"a.xhtml": "<p>Zora Quill</p>"},
    "docs/list.xlsx.bak": {"xl/sharedStrings.xml": "<si><t>Zora Quill</t></si>"},
}  # fmt: skip


@pytest.mark.parametrize("path", OFFICE)
def test_an_office_file_or_archive_is_looked_into(root: Path, path: str) -> None:
    office(root / path, OFFICE[path])

    result = forget(root, NAME)

    assert 1 == result.exit_code
    assert [f"{path}: {FILE}"] == left(result)


@pytest.mark.parametrize("path", OFFICE)
def test_an_office_file_with_other_people_is_no_doubt(root: Path, path: str) -> None:
    parts = {
        name.replace("zora-quill", "bo"): content
        if isinstance(content, bytes)
        else re.sub("(?i)quill", "Ek", content)
        for name, content in OFFICE[path].items()
    }
    office(root / path, parts)

    assert 0 == forget(root, NAME).exit_code


RAW = {
    "a.txt": f"x {NAME}".encode("utf-16"), "b.txt": "José, Zora Quill".encode("cp1252"),
    
    "d.sqlite": b"SQLite\0\1" + NAME.encode() + b"\0", "docs/assets/e.jpg": b"\xff\xd8\0Exif Zora Quill\0",
    "f.doc": b"\0\0Zora Quill".replace(b"o", b"o\0"),
}  # fmt: skip


@pytest.mark.parametrize("path", RAW)
def test_letters_in_whatever_bytes_are_found(root: Path, path: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(RAW[path])

    result = forget(root, NAME)

    assert 1 == result.exit_code
    assert left(result)[0].startswith(path)
    assert UNREAD not in left(result)[0]


CLOSED = {
    "programs/digital-fluency/notes.pdf": b"%PDF-1.4", "members.pdf": b"%PDF-1.7\nstream",
    "any/where.PDF": b"\n%PDF-1.4",
    "old.xls": b"\xd0\xcf\x11\xe0", "letter.doc": b"\xd0\xcf\x11\xe0", "broken.docx": b"PK\3\4",
    "all.7z": b"7z\xbc\xaf", "x.rar": b"Rar!\0", "a.zip": b"PK\3\4",
    "x.log.gz": b"\x1f\x8b\x08",
    "x.numbers": b"PK", "signups/data.db": b"\0\1", "mail.pst": b"!BDN\0", "docs/unnamed": b"%PDF-1.4",
}  # fmt: skip


@pytest.mark.parametrize("path", CLOSED)
def test_what_cannot_be_searched_is_named(root: Path, path: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(CLOSED[path])

    result = forget(root, NAME)

    assert 1 == result.exit_code
    assert [f"{path}: {UNREAD}"] == left(result)


def test_an_encrypted_archive_and_one_in_itself_are_named(root: Path) -> None:
    office(root / "a.zip", {"in.zip": b"", "x": "y"})
    shutil.copy(root / "a.zip", root / "b")
    for _ in range(4):
        office(root / "a.zip", {"in.zip": (root / "b").read_bytes()})
        (root / "a.zip").replace(root / "b")
    content = bytearray((root / "b").read_bytes())
    content[6] |= 1  # a flag: encrypted
    (root / "c.zip").write_bytes(content)

    assert [f"b: {UNREAD}", f"c.zip: {UNREAD}"] == left(forget(root, NAME))


def test_pictures_are_counted_where_they_may_be_of_people_and_stop_nobody(root: Path) -> None:
    for path in (
        "docs/assets/a.png",
        "docs/assets/b.jpg",
        "programs/x/c.webp",
        "hooks/local/d.png",
        "site/e.png",
    ):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(b"\x89PNG\0")

    result = forget(root, NAME)

    assert 0 == result.exit_code, result.output
    told = "docs/assets/: 2 files, such as docs/assets/a.png\n  programs/x/: 1 file"
    assert f"a recording or a PDF:\n  {told}" in result.output


@pytest.mark.parametrize(
    "path",
    [".venv/a.txt", ".git/a.txt", "hooks/handbook/data/example/a.yml", "tests/a.py", ".mypy_cache/a.json"],
)
def test_tools_and_the_engine_keep_their_own(root: Path, path: str) -> None:
    write(root, {path: NAME})

    assert 0 == forget(root, NAME).exit_code


@pytest.mark.parametrize("name", ["signups", "programs", "docs"])
def test_a_folder_that_is_a_link_is_refused_before_anything_is_read(root: Path, name: str) -> None:
    elsewhere = root.parent / "elsewhere"
    write(
        elsewhere,
        {
            "secret.md": NAME,
            "digital-fluency/2027-spring/register-0001.json": Ledger((SignUp("p-1", NAME),)).as_json(),
        },
    )
    (root / "mkdocs.yml").touch()
    shutil.rmtree(root / name, ignore_errors=True)
    (root / name).symlink_to(elsewhere)
    before = files(elsewhere)

    result = forget(root, NAME, "--yes")

    assert 0 != result.exit_code
    assert f"{name} is a link to another place" in result.output
    assert "secret" not in result.output
    assert before == files(elsewhere)


def test_other_links_are_named_and_not_followed(root: Path) -> None:
    elsewhere = root.parent / "elsewhere"
    write(elsewhere, {"a.md": NAME})
    write(root, {"docs/x.md": "x\n"})
    for link, target in {"docs/a.md": "a.md", "site": ".", "exports": "nowhere"}.items():
        (root / link).symlink_to(elsewhere / target)

    assert [f"docs/a.md: {UNREAD}", f"exports: {UNREAD}", f"site: {UNREAD}"] == left(forget(root, NAME))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="whoever is root may read everything")
def test_a_file_without_the_right_to_read_it_is_named(root: Path) -> None:
    write(root, {"notes/a.txt": "x", "b.txt": "x"})
    (root / "notes").chmod(0)
    (root / "b.txt").chmod(0)

    try:
        assert [f"{root}/notes: {UNREAD}", f"b.txt: {UNREAD}"] == left(forget(root, NAME))
    finally:
        (root / "notes").chmod(0o700)


# --- what others wrote of the person --------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "stays"),
    [
        ("Zora Quill", ()), ("Quill, Zora", ()), ("Dr. ZORA QUILL", ()), (MAIL, ()),
        ("Zora Quill (my boss)", ()), ("p-1", ()),
        ("Zora Quill and Bo Lind", ("Bo Lind",)), ("Bo Lind; Quill, Zora", ("Bo Lind",)),
        ("Zora M. Quill, Cy Moss or Bo Lind", ("Cy Moss", "Bo Lind")),
        ("Bo Lind", ("Bo Lind",)), ("(my boss)", ("(my boss)",)), ("…", ()),
        ("Zora Quill-Smith", ("Zora Quill-Smith",)), ("zora_quill", ()), ("Zora", ()),
    ],
)  # fmt: skip
def test_whoever_else_is_refused_beside_the_person_stays_refused(
    root: Path, written: str, stays: tuple[str, ...]
) -> None:
    other = SignUp("p-2", "Ida Moe", manager=written, not_with=(written, "p-3"), earlier=(written,))
    named = {
        f"p-2 {written.lower()}": "p-9" if stays else "p-1",
        "p-2 somebody else": "p-3",
        "p-2 zora quill of it": "",
        "p-2 my colleague zora quill": "p-3",
    }
    registers.keep(
        root, Ledger((SignUp("p-1", NAME, MAIL), other, SignUp("p-3", "Cleo Sands")), 3, named=named)
    )

    forget(root, "--yes", NAME)

    ledger = registers.ledger(root)
    [person] = [person for person in ledger.sign_ups if person.id == "p-2"]
    assert "; ".join(stays) == person.manager
    assert "; ".join((*stays, "p-3")) == "; ".join(person.not_with)
    assert "; ".join(stays) == "; ".join(person.earlier)
    assert "p-3" == ledger.named["p-2 somebody else"]
    assert not any("zora quill" in text and "-smith" not in text for text in ledger.named)


# --- a run that was stopped -----------------------------------------------------------------------

BOTH = {"mentor": date(2027, 1, 20), "mentee": date(2027, 1, 21)}


def spread(root: Path) -> None:
    """Somebody in two cohorts and their registers: here by name, there by an address or an id alone."""
    entry = "{{id: {id}, role: mentor{more}}}"
    for path, identifier, more in (
        (SPRING, "mentor-1", ""),
        (AUTUMN, "zq", f", name: {NAME}, consent: public"),
    ):
        people = f"people: [{entry.format(id=identifier, more=more)}, {{id: mentee-1, role: mentee}}]\n"
        pairing = f"pairings:\n  - {{mentor: {identifier}, mentee: mentee-1}}\n"
        write(root, {path: COHORT.replace("Spring 2027", path[-15:-4]) + people + pairing})
    members = {"mentor": {"p-1": "mentor-1"}, "mentee": {"p-2": "mentee-1"}}
    couple, zora = ("p-1", "p-2"), SignUp("p-1", "Zora Q.", MAIL)
    ledger = Ledger(
        (zora, SignUp("p-2", "Ida Moe"), SignUp("p-3", "Cleo Sands", not_with=("p-1",))), 3,
        proposals=(Proposal("p-1", "p-3"),), receipts=(Proposal(*couple, BOTH),), apart=frozenset({couple}),
        withdrawn=frozenset({(couple, "mentor")}),
        members=members, declined=frozenset({(("p-1", "p-3"), "mentee")}), named={"p-2 my boss": "p-1"},
    )  # fmt: skip
    registers.keep(root, ledger)
    autumn = "digital-fluency/2027-autumn"
    registers.keep(
        root,
        Ledger((SignUp("p-7", NAME, MAIL), SignUp("p-8", "Bo Ek")), 8, (Proposal("p-8", "p-7"),)),
        autumn,
    )
    write(
        root,
        {
            f"signups/{cohort}/proposals.html": "<p>Zora Q. and p-1</p>"
            for cohort in (registers.COHORT_ID, autumn)
        },
    )


HOLDS = re.compile(r'Zora|nw\.example|p-1"|p-7"|zq|mentor-1')


def holding(root: Path) -> dict[str, str]:
    found = {path: HOLDS.search(content.decode("utf-8", "replace")) for path, content in files(root).items()}
    return {path: match[0] for path, match in found.items() if match}


@pytest.mark.parametrize("typed", [NAME, "zq", "p-1", MAIL])
def test_a_second_run_finishes_what_a_stopped_one_began(
    root: Path, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    """Wherever it was stopped, whatever the person was called at first."""
    spread(root)
    assert 6 == len(holding(root))
    whole = root.parent / "whole"
    root.rename(whole)
    for after in range(60):
        shutil.copytree(whole, root)
        done = False
        with stopped(monkeypatch, after):
            first = forget(root, "--yes", typed)
            done = first.exit_code == 0

        forget(root, "--yes", NAME)
        last = forget(root, "--yes", MAIL)

        assert 0 == last.exit_code, (after, last.output)
        assert {} == holding(root), after
        shutil.rmtree(root)
        if done:
            assert after > 8
            return
    pytest.fail("It never came to its end.")


def test_a_file_is_never_open_to_more_people_than_before(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(root, {SPRING: listing(NAME)})
    (root / SPRING).chmod(0o600)
    beside: list[Path] = []
    after = 0
    while not beside:
        after += 1
        with stopped(monkeypatch, after):
            forget(root, "--yes", NAME)
        beside = [file for file in (root / SPRING).parent.iterdir() if file.name.endswith(".new")]

    assert [0o600] == [stat.S_IMODE(file.stat().st_mode) for file in beside]


def test_an_edition_that_a_stopped_command_left_goes_too(root: Path) -> None:
    registers.keep_people(root, SignUp("p-1", NAME), SignUp("p-2", "Ida Moe"))
    folder = registers.folder(root)
    (folder / "register-0002.json").write_text(Ledger((SignUp("p-2", "Ida Moe"),), 2).as_json(), "utf-8")
    (folder / ".register-0002.0123456789abcdef.new").write_text(NAME, "utf-8")

    assert 0 == forget(root, "--yes", NAME).exit_code
    assert ["register-0002.json"] == [file.name for file in folder.iterdir()]


# --- git ------------------------------------------------------------------------------------------


def by_author(root: Path) -> None:
    git(root, "commit", "-q", "--allow-empty", "-m", "x", "--author", "Zora Quill <z@x.example>")


def by_name_of_file(root: Path) -> None:
    write(root, {"docs/zora-quill.md": "x\n"})
    commit(root, "x")
    (root / "docs/zora-quill.md").unlink()
    commit(root, "y")


def in_old_text(text: str) -> Callable[[Path], None]:
    def act(root: Path) -> None:
        write(root, {"docs/a.md": f"Ask {text} now.\n"})
        commit(root, "x")
        (root / "docs/a.md").unlink()
        commit(root, "y")

    return act


def in_old_bytes(path: str, parts: Mapping[str, str | bytes]) -> Callable[[Path], None]:
    def act(root: Path) -> None:
        office(root / path, parts)
        commit(root, "x")
        (root / path).unlink()
        commit(root, "y")

    return act


COMMITS: Mapping[str, Callable[[Path], None]] = {
    "message": lambda root: void(git(root, "commit", "-q", "--allow-empty", "-m", "Add\n\nQuill, Zora")),
    "trailer": lambda root: void(
        git(root, "commit", "-q", "--allow-empty", "-m", "x\n\nCo-authored-by: zora quill <z@x>")
    ),
    "author": by_author,
    "name of a file": by_name_of_file,
    "capitals": in_old_text("ZORA QUILL"),
    "line break": in_old_text("Zora\nQuill"),
    "last name first": in_old_text("Quill, Zora"),
    "underscore": in_old_text("Zora_Quill"),
    "initial": in_old_text("Zora M. Quill"),
    "tag": in_old_text("Zora<br>Quill"),
    "percent": in_old_text("/zora%20quill"),
    "entity": in_old_text("Z&ouml;ra Quill"),
    "decomposed": in_old_text(unicodedata.normalize("NFD", "Zóra Quíll")),
    "docx": in_old_bytes("a.docx", OFFICE["docs/a.docx"]),
    "xlsx": in_old_bytes("a.xlsx", OFFICE["docs/list.xlsx"]),
}


def void(_: object) -> None:
    """Nothing is said."""


@pytest.mark.parametrize("kind", COMMITS)
def test_a_commit_that_holds_the_person_in_any_way_is_found(root: Path, kind: str) -> None:
    git(root, "init", "-q")
    commit(root, "begun")
    COMMITS[kind](root)

    result = forget(root, NAME)

    assert "Git still holds this person:" in result.output
    assert "No commit" not in result.output
    assert "filter-repo" in result.output


def stash(root: Path) -> None:
    write(root, {"docs/a.md": NAME})
    git(root, "add", "-A")
    git(root, "stash", "-q")
    write(root, {"docs/a.md": "x"})
    git(root, "add", "-A")
    git(root, "stash", "-q")  # the second: git log --all sees only this


def thrown_away(root: Path) -> None:
    write(root, {"docs/a.md": NAME})
    commit(root, "x")
    git(root, "reset", "-q", "--hard", "HEAD~1")


def staged(root: Path) -> None:
    write(root, {"docs/a.md": NAME})
    git(root, "add", "-A")
    (root / "docs/a.md").unlink()


def noted(root: Path) -> None:
    git(root, "notes", "add", "-m", NAME)


REFS = "names of branches or tags"
LOST = "objects that no commit of a branch holds, such as a tag's message, what was staged or thrown away"
ELSEWHERE: Mapping[str, tuple[Callable[[Path], object], str]] = {
    "branch": (lambda root: git(root, "branch", "zora-quill-joins"), REFS),
    "tag": (lambda root: git(root, "tag", "for_Quill_Zora"), REFS),
    "message of a tag": (
        lambda root: git(root, "tag", "-a", "v1", "-m", f"With {NAME}"), LOST,
    ),
    "reflog": (
        lambda root: git(root, "update-ref", "--create-reflog", "-m", f"for {NAME}", "refs/heads/b", "HEAD"),
        "lines of the reflog",
    ),
    "stash": (stash, "versions of files"),
    "commit that was thrown away": (thrown_away, ""),
    "index": (staged, LOST),
    "note": (noted, ""),
}  # fmt: skip


@pytest.mark.parametrize("kind", ELSEWHERE)
def test_other_corners_of_git_are_searched(root: Path, kind: str) -> None:
    git(root, "init", "-q")
    commit(root, "begun")
    act, told = ELSEWHERE[kind]
    act(root)

    result = forget(root, NAME)

    assert "Git still holds this person" in result.output, result.output
    assert "No commit of git" not in result.output
    assert not told or told in in_git(result)


def without_git(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(root))


def with_large_file(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remains, "MOST_BYTES", 100)


def with_pdf(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(root, {"a.pdf": "%PDF-1.4"})
    commit(root, "x")
    (root / "a.pdf").unlink()


def with_lfs(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(root, {"a.dat": "version https://git-lfs.github.com/spec/v1\noid sha256:0\n"})
    commit(root, "x")


def partial(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(root, "config", "remote.origin.promisor", "true")


def with_submodule(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(root, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},theirs")


def broken(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for kept in [*(root / ".git/objects").glob("[0-9a-f][0-9a-f]/*")]:
        kept.chmod(0o600)
        kept.write_bytes(b"nothing")


def half_broken(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(root, {"docs/a.md": NAME})
    blob = git(root, "hash-object", "-w", "docs/a.md")
    (root / "docs/a.md").unlink()
    kept = root / ".git/objects" / blob[:2] / blob[2:]
    kept.chmod(0o600)
    kept.write_bytes(b"nothing")


NOT_SEARCHED: Mapping[Callable[[Path, pytest.MonkeyPatch], None], str] = {
    without_git: "git is missing", broken: "git is missing here, or refuses",
    half_broken: "files that are not text",
    with_large_file: "too large", with_pdf: "PDFs",
    with_lfs: "files that are not text",
    partial: "partial clone", with_submodule: "submodules",
}  # fmt: skip


@pytest.mark.parametrize("act", NOT_SEARCHED)
def test_where_git_was_not_searched_nothing_is_claimed(
    root: Path, monkeypatch: pytest.MonkeyPatch, act: Callable[[Path, pytest.MonkeyPatch], None]
) -> None:
    git(root, "init", "-q")
    commit(root, "begun")
    act(root, monkeypatch)

    result = forget(root, NAME)

    assert "No commit of git" not in result.output
    assert NOT_SEARCHED[act] in result.output.partition("were not searched:")[2]


def test_a_pdf_that_is_published_is_named_and_stops_nobody(root: Path) -> None:
    write(root, {"docs/assets/poster.pdf": "%PDF-1.4", "site/assets/poster.pdf": "%PDF-1.4"})

    result = forget(root, NAME)

    assert 0 == result.exit_code, result.output
    assert "a recording or a PDF:\n  docs/assets/poster.pdf\n  site/assets/poster.pdf\n" in result.output


def test_a_packed_text_is_looked_into_and_what_cannot_be_read_in_an_archive_is_named(root: Path) -> None:
    (root / "mail.log.gz").write_bytes(gzip.compress(f"To: {NAME}".encode()))
    (root / "bo.log.gz").write_bytes(gzip.compress(b"To: Bo Ek"))
    office(root / "kit.zip", {"a.pdf": b"%PDF-1.4", "logo.png": b"\x89PNG\0"})

    assert [f"mail.log.gz: {FILE}", f"kit.zip: {UNREAD}"] == left(forget(root, NAME))


def test_pictures_in_old_commits_are_told_where_they_may_be_of_people(root: Path) -> None:
    git(root, "init", "-q")
    for path in ("docs/assets/a.png", ".github/b.png"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(b"\x89PNG\0" + path.encode())
    commit(root, "x")

    result = forget(root, NAME)

    assert "No commit of git holds this person." in result.output
    assert "only you can see who is in them (1)" in result.output


def test_names_that_come_with_the_engine_are_nobodys(root: Path) -> None:
    git(root, "init", "-q")
    write(root, {"tests/a.py": NAME, "hooks/README.md": NAME})
    commit(root, "x")

    result = forget(root, NAME)

    assert 0 == result.exit_code
    assert "No commit of git holds this person." in result.output


def test_a_handbook_in_a_folder_of_a_repository_is_searched_with_all_of_it(root: Path) -> None:
    above = root.parent
    git(above, "init", "-q")
    write(root, {SPRING: listing(NAME, "Bo Ek")})
    commit(above, "x")
    write(root, {SPRING: listing("Ida Moe")})
    write(above, {"elsewhere.md": "Zora_Quill"})
    commit(above, "y")

    assert "versions of files: 2\n" in forget(root, NAME).output
    write(root, {SPRING: listing("Ida Moe", "Bo Ek")})
    commit(above, "z")
    assert "versions of files: 2\n" in forget(root, "m-2").output


# --- any name in any text -------------------------------------------------------------------------

WORD = st.text("abzéñßøłüœçäÅÉждλ", min_size=3, max_size=8)
BETWEEN = st.sampled_from(
    [" ", "  ", "\n", ", ", "_", "-", ".", "\t", "<br>", "&nbsp;", "%20", " M. ", "\u00a0", "* *", "\r\n  # "]
)
AROUND = st.text("xQé \n.,;-<>ß…½\u0301", max_size=20).map(lambda text: f"{text} ")
FORM = st.sampled_from(
    [str, str.upper, str.lower, str.title, lambda text: unicodedata.normalize("NFD", text)]
)


@given(WORD, WORD, BETWEEN, AROUND, AROUND, FORM, st.booleans())
def test_any_name_is_found_where_it_stands(
    first: str, last: str, between: str, before: str, behind: str, form: Callable[[str], str], turned: bool
) -> None:
    """The line and column lead to its first letter, and cut out it is gone."""
    spellings = Spellings(frozenset([f"{first} {last}"]))
    written = form(last if turned else first) + between + form(first if turned else last)
    text = f"{before}{written} {behind}"

    places = spellings.places(text)

    assert spellings.are_in(text)
    line = before.count("\n") + 1
    assert (line, len(before) - before.rfind("\n")) in places
    assert not spellings.are_in(spellings.cut(f"{written}", "…"))
