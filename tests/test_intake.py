"""Sheets of sign-ups as form tools and spreadsheets export them: what is read, and what is told."""

import csv
import io
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from handbook.model.definitions.program import COLUMNS, LEAVE_OUT
from handbook.register.intake import cells, terms, vocabulary
from handbook.register.intake.columns import plan_of, proposed, sheet_of, unasked
from handbook.register.intake.faults import SheetFault, has_errors
from handbook.register.intake.identities import Roster, give_ids
from handbook.register.intake.refusals import heard
from handbook.register.intake.rows import read_people
from handbook.register.intake.sheet import Sheet, letter
from handbook.register.intake.terms import Term
from handbook.register.ledger.ledger import Ledger, SignUp, graded
from handbook.rules.privacy.spellings import normal_form
from tests.mutations import SECONDS, within

SHEETS = Path(__file__).parent / "sheets"
CATALOGUE = {
    "topics": (
        Term("ai-tools", "AI tools"),
        Term("data", "Data and analytics", "Read a table, draw a chart, open Excel without fear."),
        Term("customers", "Customers, and the market"),
        Term("ki", "KI-Werkzeuge"),
        Term("social-media", "Social media"),
    ),
    "goals": (Term("weekly-ai", "Directors use AI tools every week"),),
}
TITLES = "Name,E-mail,Role"
Quoting = Literal[0, 1, 2, 3]  # as csv has it


def imported(
    content: bytes, columns: Mapping[str, str], taken: Collection[int] = ()
) -> tuple[tuple[SignUp, ...], tuple[SheetFault, ...]]:
    """Read a file as `handbook import signups` does where nobody can be asked."""
    sheet = sheet_of(content, columns)
    if isinstance(sheet, SheetFault):
        return (), (sheet,)
    plan = plan_of(sheet, columns, taken)
    faults = (*plan.faults, *unasked(sheet, plan))
    if has_errors(faults):
        return (), faults
    people = read_people(sheet, plan.fields, CATALOGUE)
    sign_ups = heard(Ledger(give_ids(people.sign_ups).sign_ups)).sign_ups
    return sign_ups, (*faults, *people.faults)


def read(text: str, **columns: str) -> tuple[tuple[SignUp, ...], tuple[SheetFault, ...]]:
    return imported(text.encode(), columns)


def one(title: str, answer: str) -> tuple[SignUp | None, list[SheetFault]]:
    """The sign-up of Jo, who gave this answer below this title."""
    text = written([["Name", "Role", title], ["Jo Ray", "mentor", answer]], ",")
    sign_ups, faults = read(text)
    return (sign_ups[0] if sign_ups else None), list(faults)


def written(rows: Sequence[Sequence[str]], delimiter: str, quoting: Quoting = csv.QUOTE_MINIMAL) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, quoting=quoting).writerows(rows)
    return text.getvalue()


def told(faults: Sequence[SheetFault]) -> list[tuple[int, str, str]]:
    return [(fault.row, fault.column, fault.severity) for fault in faults]


# --- as exported --------------------------------------------------------------------------------


def test_a_sheet_of_google_forms_is_read() -> None:
    sign_ups, faults = imported((SHEETS / "google-forms.csv").read_bytes(), {})

    assert ["Amina Diallo", "Hugo Lindqvist", "Mei Tan", "Priya Nair"] == [one.name for one in sign_ups]
    assert (
        SignUp(
            id="p-1",
            name="Amina Diallo",
            email="amina.diallo@northwind.example",
            roles=("mentor",),
            unit="Data",
            grade="Band 5",
            manager="p-2",
            topics=("ai-tools", "data"),
            skills=("Prompts", "Excel"),
            working_style="With a plan",
            communication_style="Short and direct",
            interests=("Running", "Chess"),
            languages=("English", "French"),
            timezone="Europe/London",
            hours=(9, 17),
            location="remote",
            capacity=2,
            not_with=("p-2",),
            consent="public",
        )
        == (sign_ups[0])
    )
    hugo, mei = sign_ups[1], sign_ups[2]
    assert ("Europe/Stockholm", (12, 17), "participants") == (hugo.timezone, hugo.hours, hugo.consent)
    assert (("mentor", "mentee"), "p-4", ("p-1",)) == (mei.roles, mei.manager, mei.earlier)
    assert ("Europe/London", (11, 15), "in-person") == (mei.timezone, mei.hours, mei.location)
    assert ("social-media", "customers") == mei.topics
    assert {"warning"} == {fault.severity for fault in faults}


def test_a_sheet_of_microsoft_forms_is_read() -> None:
    sign_ups, _ = imported((SHEETS / "microsoft-forms.csv").read_bytes(), {})

    tomasz, owen, lucia = sign_ups
    assert ("Tomasz Wrona", "", ("mentor",), "L3") == (tomasz.name, tomasz.email, tomasz.roles, tomasz.grade)
    assert (("ai-tools", "customers"), ("Reading reviews", "Test mode")) == (tomasz.topics, tomasz.skills)
    assert ("Europe/Sarajevo", (8, 16), "remote") == (tomasz.timezone, tomasz.hours, tomasz.location)
    assert ("Europe/Dublin", (9, 17), "in-person") == (owen.timezone, owen.hours, owen.location)
    assert ("Teams", "and shared files", "Whiteboards", "Collaboration tools") == owen.learn
    assert (("mentor", "mentee"), "Europe/Paris", (8, 17), "either", "nobody") == (
        lucia.roles, lucia.timezone, lucia.hours, lucia.location, lucia.consent
    )  # fmt: skip


def test_a_sheet_of_excel_in_german_is_read() -> None:
    content = (SHEETS / "excel-deutsch.csv").read_bytes()

    sign_ups, _ = imported(content, {})

    assert b"J\xf6rg" in content
    joerg, kaethe, oeykue = sign_ups
    assert ("Jörg Müller", "9,0", "p-2", ("ki",)) == (joerg.name, joerg.grade, joerg.manager, joerg.topics)
    assert ((9, 16), "remote", 2, "public") == (joerg.hours, joerg.location, joerg.capacity, joerg.consent)
    assert ("Fragen an ein KI-Werkzeug – ohne „Fachchinesisch“", "Datenanalyse") == kaethe.learn
    assert ("Europe/Berlin", (9, 17), "in-person", "participants") == (
        kaethe.timezone, kaethe.hours, kaethe.location, kaethe.consent
    )  # fmt: skip
    assert (("mentor", "mentee"), "E 11", (8, 12), "either", "nobody") == (
        oeykue.roles, oeykue.grade, oeykue.hours, oeykue.location, oeykue.consent
    )  # fmt: skip


def test_a_sheet_of_libreoffice_is_read_with_a_column_twice_and_line_breaks() -> None:
    """The earlier “Topics” is empty everywhere, since the question was changed."""
    sign_ups, faults = imported((SHEETS / "libreoffice.tsv").read_bytes(), {})

    ray, sam, alex = sign_ups
    assert (("ai-tools", "social-media"), ("weekly-ai",)) == (ray.topics, ray.goals)
    assert ("Sam Oyelaran", ("ai-tools",), ("p-1", "p-3")) == (sam.name, sam.topics, sam.not_with)
    assert ("English", "Welsh") == ray.languages
    assert [(5, "Topics", "warning")] == told(faults), "the blank row is a row, the line breaks are none"
    assert ("Collaboration tools", "Excel") == alex.learn


def test_a_sheet_of_surveymonkey_is_read_with_its_second_row_of_titles() -> None:
    """The parts of one question have titles in that row, and so have the choices of another."""
    sign_ups, faults = imported((SHEETS / "surveymonkey.csv").read_bytes(), {})

    amina, hugo, mei = sign_ups
    assert ("Amina Diallo", "amina.diallo@northwind.example", "Data") == (amina.name, amina.email, amina.unit)
    assert ((("ai-tools",), ("Knitting",)), ("ai-tools", "data")) == (
        (amina.topics, amina.skills),
        hugo.topics,
    )
    assert (("mentor", "mentee"), (), "nobody") == (mei.roles, mei.topics, mei.consent)
    assert ["public", "participants"] == [amina.consent, hugo.consent]
    assert [(3, "Which topics could you show or would you like to learn?", "warning")] == told(faults)


@pytest.mark.parametrize(
    ("titles", "second", "first"),
    [
        ("Respondent ID,IP Address,Name,Role", ",,Open-Ended Response,Response", 3),
        ("Respondent ID,IP Address,Name,Role", ",,Al Response,mentor", 2),
        ("Respondent ID,IP Address,Name,Role", "9,,Response,mentor", 2),
        ("Key,Address,Name,Role", ",,Response,Response", 2),
    ],
    ids=["titles", "no mark", "an answer's number", "another tool"],
)
def test_the_row_below_the_titles_is_somebodys_unless_it_is_surely_one_of_titles(
    titles: str, second: str, first: int
) -> None:
    sheet = sheet_of(f"{titles}\n{second}\n7,203.0.113.7,Jo,mentor\n".encode(), {})

    assert isinstance(sheet, Sheet)
    assert (first, tuple(titles.split(","))) == (sheet.rows[0].number, sheet.titles)


def test_a_choice_that_is_called_like_a_column_is_an_answer() -> None:
    sheet = sheet_of(
        b"Respondent ID,Name,Role,Topics,,\n,Response,Response,Languages,Team,Other\n"
        b"7,Jo,mentor,Languages,Team,My own\n",
        {},
    )

    assert isinstance(sheet, Sheet)
    assert ("Languages; Team; My own", "", "") == sheet.rows[0].cells[3:]
    assert ("Topics", "", "") == sheet.titles[3:]


def test_each_broken_row_is_named_by_its_number_and_title() -> None:
    sign_ups, faults = imported((SHEETS / "broken.csv").read_bytes(), {})

    assert ["Bo Lee", "Cy Lee", "Ann Lee"] == [one.name for one in sign_ups]
    assert [
        (3, "Name", "error"),
        (4, "Role", "error"),
        (5, "E-mail", "warning"),
        (6, "Time zone", "warning"),
        (6, "Hours", "warning"),
        (6, "Location", "warning"),
        (6, "Capacity", "warning"),
        (6, "Consent", "warning"),
        (7, "", "error"),
        (8, "", "warning"),
    ] == told(faults)
    assert "Did you mean `Europe/London`?" in next(one.hint for one in faults if one.column == "Time zone")
    assert "row 2" in faults[-1].message


def test_no_message_holds_a_name_an_address_or_own_words() -> None:
    text = (
        "Name,E-mail,Role,Topics,Goals,Manager,Not with,Consent\n"
        ",canary1@x.example,mentor,canary2,canary3,canary4,canary5,\n"
        "canary6,canary7(at)x.example,mentor,canary2,canary3,canary4,canary5,\n"
        "canary6,,mentor,canary2,canary3,canary4,canary5,public\n"
        "canary6,,mentee,canary2,canary3,canary4,canary5,public\n"
        'canary6,,mentee,"canary2"canary3,canary4,canary5,public\n'
        'canary6,,mentee,"canary2,canary3,canary4,canary5,public\n'
    )

    _, faults = read(text)

    assert {2, 3, 4, 5, 6, 7} == {fault.row for fault in faults}
    assert "canary" not in "".join(f"{fault.message} {fault.hint} {fault.column}" for fault in faults)


@pytest.mark.parametrize(
    "answer",
    [
        "only when my dialysis at St Mary is over, ask Ada Ray",
        "only if Dr Smith agrees, or my lawyer",
        "dialysis until the summer",
        "aplasticanaemiasufferer",
        "ask Ada Ray",
    ],
)
@pytest.mark.parametrize("title", ["Role", "Capacity", "Hours", "Location", "Consent", "Time zone", "E-mail"])
def test_no_message_quotes_an_answer_in_own_words_or_one_that_looks_like_a_name(
    title: str, answer: str
) -> None:
    row = {"Name": "Jo", "Role": "mentor"} | {title: answer}
    _, faults = read(written([[*row], [*row.values()]], ","))

    said = {word for word in answer.replace(",", " ").split() if len(word) > 4 or word.istitle()}
    message = " ".join(f"{fault.message} {fault.hint}" for fault in faults)
    assert (1, set()) == (len(faults), {word for word in said if word in message})


def test_a_short_answer_is_quoted_since_it_tells_what_to_correct() -> None:
    assert '"whenever" is not a span of hours, and is left empty.' == one("Hours", "whenever")[1][0].message


# --- bytes --------------------------------------------------------------------------------------

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "cp1252"]
WRITABLE = st.text(st.characters(codec="cp1252", exclude_characters="\r\x7f\xad", exclude_categories=["Cc"]))
CELLS = st.lists(
    WRITABLE | st.sampled_from(["a,b", "a;b", "a\tb", '"', "a\nb", "=1+1"]), min_size=3, max_size=3
)


def is_utf_8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


@given(
    st.lists(CELLS.filter(lambda row: any(map(str.strip, row))), max_size=6),
    st.sampled_from(",;\t"),
    st.sampled_from(ENCODINGS),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
)
def test_what_is_written_in_any_dialect_and_encoding_is_read_back(
    rows: list[list[str]], delimiter: str, encoding: str, quoting: Quoting
) -> None:
    content = written([TITLES.split(","), *rows], delimiter, quoting).encode(encoding)
    assume(encoding != "cp1252" or content.isascii() or not is_utf_8(content))

    found = sheet_of(content, {})

    # Of signs put together at random some look like letters of another encoding.
    assume(not (isinstance(found, SheetFault) and "are broken" in found.message))
    assert isinstance(found, Sheet)
    assert encoding == "cp1252" or not found.faults
    assert (set(), tuple(TITLES.split(","))) == (
        {fault.row for fault in found.faults} - {0},
        found.titles,
    )
    assert [tuple(row) for row in rows] == [row.cells for row in found.rows]
    assert [*range(2, len(rows) + 2)] == [row.number for row in found.rows]


@given(st.binary(max_size=3000) | st.text(max_size=2000).map(str.encode))
def test_any_bytes_are_values_or_faults(content: bytes) -> None:
    with within(SECONDS):
        sign_ups, faults = imported(content, {})

    assert sign_ups or faults or b"ame" in content


SIGNS = st.text(st.sampled_from("a9:;,-–(\"'\n\r\t\0\x1b@.=+ \u202eéß"), max_size=40)


@settings(max_examples=40)  # a time zone that is none takes a look at all
@given(st.lists(st.lists(SIGNS, min_size=len(COLUMNS), max_size=len(COLUMNS)), min_size=1, max_size=2))
def test_whatever_stands_in_the_cells_it_is_read_or_told(rows: list[list[str]]) -> None:
    said = [["Jo", "", "mentor", *row[3:]] for row in rows]
    text = written([COLUMNS, *said], ";")

    with within(SECONDS):
        sign_ups, faults = imported(text.encode(), {column: column for column in COLUMNS})

    assert sign_ups or faults
    assert not set("\0\x1b\u202e") & set(str(sign_ups))


@pytest.mark.parametrize(
    "content",
    [
        b'"' * 9_000_000,
        b"," * 9_000_000,
        b"\n" * 9_000_000,
        b'"\n' * 4_000_000,
        f"{TITLES},Time zone,Topics\n".encode()
        + b"".join(b"N%d,,mentor,Z%d,T%d\n" % (at, at, at) for at in range(9999)),
        b"Name,Role\n" + b"N,mentor\n" * 9999,
        f"{TITLES}\n".encode() + b"N,%s@,mentor\n" % (b"a@" * 2000) * 99,
    ],
    ids=["quotes", "commas", "lines", "open quotes", "all different", "all the same", "half addresses"],
)
def test_no_sheet_takes_long(content: bytes) -> None:
    with within(2 * SECONDS):
        _, faults = imported(content, {})

    assert faults


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "This sheet is empty."),
        (b"\xef\xbb\xbf \n,,\n", "This sheet is empty."),
        (b"PK\x03\x04rest", "an Excel or OpenDocument workbook"),
        (b"\xff\xfea", "begins as UTF-16, and is not"),
        (b"a" * 10_000_001, "larger than 10 MB"),
        (b"Name,Role\n" + b"a,mentor\n" * 20_001, "more than 20,000 rows"),
        (b"Name,Role\n" + b"\n" * 200_001, "more than 20,000 rows"),
        (b"a," * 200 + b"b\n", "more than 200 columns"),
        (b'Name,Role\n"' + b"a" * 200_000, "more than 5,000 characters"),
        (b"Name,Role\n" + b"a" * 5_001 + b",mentor", "more than 5,000 characters"),
        (b'Name,Role\nJo,"mentor\nSam,mentee\n', "a quotation mark is opened and never closed"),
        (b"E-mail,Role\na@x.example,mentor\n", "No column holds the name."),
    ],
)
def test_what_cannot_be_read_is_told(content: bytes, message: str) -> None:
    sign_ups, faults = imported(content, {})

    assert () == sign_ups
    assert [message] == [message for fault in faults if message in fault.message]
    assert all(fault.hint for fault in faults)


@pytest.mark.parametrize(
    ("title", "people"), [("Learn", 1), ("Unit", 1), ("Hours", 1), ("Role", 0), ("Not with", 0)]
)
def test_a_cell_that_is_too_long_costs_nobody_the_place_unless_it_is_needed(title: str, people: int) -> None:
    row = {"Name": "Jo Ray", "Role": "mentor"} | {title: "a" * 5_001}

    sign_ups, faults = read(written([[*row], [*row.values()]], ","))

    assert (people, ["warning" if people else "error"]) == (
        len(sign_ups),
        [fault.severity for fault in faults],
    )


def test_a_cell_of_the_largest_size_is_read() -> None:
    sign_ups, faults = read(f"Name,Role\n{'a' * 5_000},mentor\n")

    assert ((), 5_000) == (faults, len(sign_ups[0].name))


def test_excels_line_about_the_separator_is_no_row() -> None:
    _, [fault] = read("sep=;\r\nName;Role\r\nJo;teacher\r\n")

    assert (2, "Role") == (fault.row, fault.column)


@pytest.mark.parametrize(
    ("above", "row"),
    [
        ("", 2), ("\n \n;;\n", 5), ("Sign-ups of spring, 2027\n", 3), ("Sign-ups;;\n\nAs of May;;\n", 5),
        ("sep=;\r", 2), ("sep=;;;\n", 3), ('"sep=;"\n', 3), ('"A heading\nin two lines"\n', 3),
        ("Role\n", 3),
    ],
)  # fmt: skip
def test_headings_above_the_titles_are_passed_over_and_their_rows_counted(above: str, row: int) -> None:
    content = f"{above}Name;Role;Unit\nJo;teacher;A\nAl;mentor;B\n".replace("\n", "\r\n")

    [al], [fault] = read(content)

    assert ("Al", "B", row, "Role") == (al.name, al.unit, fault.row, fault.column)


def test_semicolons_within_answers_are_no_borders_where_no_title_is_known() -> None:
    found = sheet_of(b"Imie,Rola,Tematy\nJo Ray,m,a;b;c;d\nAl Poe,m,a;b;c;d\n", {})

    assert isinstance(found, Sheet)
    assert ("Imie", "Rola", "Tematy") == found.titles


def test_what_is_said_of_titles_names_their_row() -> None:
    _, faults = read("Sign-ups,,,\n\nName,Role,,Colour\nJo,mentor,x,red\n")

    assert [(3, ""), (3, "Colour")] == [(fault.row, fault.column) for fault in faults]


@pytest.mark.parametrize(
    "rows",
    [
        "Jo Ray,jo@x.example,mentor,Data\nAl Poe,al@x.example,mentee,IT\n",
        "Jo Ray,mentor,Data\nAl Poe,mentor,IT\n",
        "Jo Ray,mentor,Data\nAl Poe,mentee,IT\n",
        "Jo Ray,teaching,Data\nAl Poe,teaching,IT\n",
        "Jo Ray,7,Data\nAl Poe,8,IT\n",
        "2027/01/02 9:14:03 AM GMT,Jo Ray,teacher\n2027/01/03 9:14:03 AM GMT,Al Poe,learner\n",
        "Jo Ray,Yes,Data\nAl Poe,no,IT\n",
        "Sign-ups\nJo Ray,jo@x.example,mentor,Data\n",
        "Name,jo@x.example,Role\nAl Poe,,mentee\n",
        "Jo Ray,as a mentor please,Data\nAl Poe,mentee,IT\nBea Fox,both,Law\n",
        "Jo Ray,I would like to mentor,Data\nAl Poe,mentee,IT\nBea Fox,both,Law\n",
    ],
)
def test_a_sheet_without_titles_is_refused_with_one_fault_that_tells_nothing_of_it(rows: str) -> None:
    sign_ups, [fault] = read(rows)

    assert ((), "error", 1 + rows.startswith("Sign")) == (sign_ups, fault.severity, fault.row)
    assert "The titles of the columns are missing" in fault.message
    assert not {"Jo", "jo", "Data", "mentor"} & set(f"{fault.message} {fault.hint} {fault.column}".split())


def test_titles_that_are_answers_too_are_titles_where_the_needed_ones_are_known() -> None:
    sign_ups, _ = read("Name,Mentor,Mentee,2027,Role\nJo,Mentor,,x,mentor\n", **{
        "Mentor": LEAVE_OUT, "Mentee": LEAVE_OUT, "2027": LEAVE_OUT
    })  # fmt: skip

    assert ["Jo"] == [one.name for one in sign_ups]


def test_a_title_that_speaks_of_a_role_is_one_where_none_beside_it_is_like_a_name() -> None:
    sheet = sheet_of(b"I can mentor,Called\nmentor,Bo Lind\nmentee,Al Ray\nmentor,Cy Fox\n", {})

    assert isinstance(sheet, Sheet)
    assert ("I can mentor", "Called") == sheet.titles


def test_a_sign_that_windows_does_not_have_is_another_encodings() -> None:
    sign_ups, [fault] = imported(b"Name,Role\n\x81sa,mentor\n", {})

    assert ((), "error") == (sign_ups, fault.severity)
    assert "CSV UTF-8" in fault.hint


def test_a_formula_is_text_and_control_signs_are_dropped() -> None:
    sign_ups, faults = read('Name,Role,Unit\n"=cmd|\' /C calc\'!A0",mentor,"<b>\x1b[2J\0\u202eData"\n')

    assert () == faults
    assert ("=cmd|' /C calc'!A0", "<b>[2JData") == (sign_ups[0].name, sign_ups[0].unit)


# --- columns ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("What is your full name? *", "name"), ("E-Mail-Adresse", "email"), ("Adresse e-mail", "email"),
        ("Ihr vollständiger Name", "name"), ("Votre nom complet :", "name"), ("Nombre y apellidos", "name"),
        ("Volledige naam", "name"), ("Would you like to be a mentor, a mentee, or either?", "role"),
        ("Möchten Sie Mentor:in oder Mentee sein?", "role"), ("¿Quiere ser mentor o mentee?", "role"),
        ("I would like to be a", "role"), ("I would like to be a …", "role"), ("Ich nehme teil als:", "role"),
        ("What would you like to be?", "role"), ("Je souhaite participer en tant que", "role"),
        ("Me gustaría ser", "role"), ("Ik doe mee als", "role"), ("Name2", "name"),
        ("Vor- und Zuname", "name"),
        ("Are you a manager?", ""), ("Do you have goals?", ""),
        ("Department (where you work today)", "unit"), ("Abteilung", "unit"),
        ("Niveau hiérarchique", "grade"),
        ("Is there anyone you would rather not be paired with?", "not-with"),
        ("Who should we not pair you with?", "not-with"),
        ("Mit wem möchten Sie nicht zusammenarbeiten?", "not-with"),
        ("Avec qui ne souhaitez-vous pas être en binôme ?", "not-with"),
        ("¿Con quién prefiere no ser emparejado?", "not-with"),
        ("Met wie wil je niet gekoppeld worden?", "not-with"),
        ("When are you usually free?", "hours"), ("Wann haben Sie meist Zeit?", "hours"),
        ("Quand êtes-vous disponible ?", "hours"), ("¿Cuándo suele estar disponible?", "hours"),
        ("Wanneer heb je tijd?", "hours"),
        ("What would you like to be able to do afterwards?", "learn"),
        ("Was möchten Sie danach können?", "learn"), ("Wat wil je daarna kunnen?", "learn"),
        ("Darf Ihr Name auf die Seite?", "consent"), ("May your name be on the site?", "consent"),
        ("Pouvons-nous afficher votre nom ?", "consent"), ("¿Podemos mostrar su nombre?", "consent"),
        ("Mag je naam op de site?", "consent"), ("How would you like to take part?", "role"),
        ("When can you meet?", "hours"), ("Zona horaria", "timezone"), ("Tijdzone", "timezone"),
        ("Timestamp", LEAVE_OUT), ("Zeitstempel", LEAVE_OUT), ("Horodateur", LEAVE_OUT), ("ID", LEAVE_OUT),
        ("Marca temporal", LEAVE_OUT), ("Start time", LEAVE_OUT), ("Tijdstempel", LEAVE_OUT),
        ("Favourite colour", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_title_is_known_in_five_languages(title: str, field: str) -> None:
    assert field == vocabulary.field_of(title)


@pytest.mark.parametrize(
    ("title", "field"),
    [("Home department", "unit"), ("Preferred language", "languages"), ("Comments", ""), ("Shoe size", "")],
)
def test_the_nearest_field_is_proposed_only_where_it_is_near(title: str, field: str) -> None:
    assert field == vocabulary.nearest(title)


@pytest.mark.parametrize(
    ("title", "answers", "held", "field"),
    [
        ("Your choice", ["Mentor", "Mentee (I learn)", "both"], {"name"}, "role"),
        ("Your choice", ["Mentor", "Mentee", "both"], {"name", "role"}, LEAVE_OUT),
        ("Interest in", ["Mentor", "Mentee", "both"], {"name"}, "role"),
        ("Your choice", ["I'd like to teach (mentor)", "I want to learn (mentee)"], {"name"}, "role"),
        ("Comments", ["I hope that my mentor knows Excel and has much patience"], {"name"}, ""),
        ("Comments", ["I hope that my mentor knows Excel"], {"name", "role"}, LEAVE_OUT),
        ("Colleague", ["Jo Ray", "Zoë O’Neil", "Ray, Al", "Ana de la Cruz"], {"role"}, "name"),
        ("Colleague", ["Jo Ray", "Jo Ray", "Al Poe", "Al Poe"], {"role"}, ""),
        ("Anybody you'd prefer not to be matched with?", ["Jo Ray", "Al Poe"], {"role"}, "not-with"),
        ("Who mustn’t be your partner, or paired with you?", ["a@x.example"], {"name", "role"}, "not-with"),
        ("Gibt es jemanden, mit dem Sie ungern ein Tandem wären?", ["-"], {"name", "role"}, "not-with"),
        ("Y a-t-il une personne à ne pas associer ? Avec qui ?", ["-"], {"name", "role"}, "not-with"),
        ("¿Hay personas con quien no trabajaría?", ["-"], {"name", "role"}, "not-with"),
        ("Zijn er mensen met wie u nooit wilt samenwerken?", ["-"], {"name", "role"}, "not-with"),
        ("Who would you like to be paired with?", ["-"], {"name", "role"}, LEAVE_OUT),
        ("Home department", ["Human Resources", "Public Health"], {"role"}, "unit"),
        ("Reachable at", ["a@x.example", "b@x.example"], {"name", "role"}, "email"),
        ("Reachable at", ["a@x.example", "b@x.example"], {"name", "role", "email"}, LEAVE_OUT),
        ("Approved by", ["a@x.example", "a@x.example"], {"name", "role"}, LEAVE_OUT),
    ],
)
def test_what_a_column_may_hold_is_proposed_by_its_answers(
    title: str, answers: list[str], held: set[str], field: str
) -> None:
    found = sheet_of(written([[title], *([answer] for answer in answers)], ",").encode(), {})

    assert isinstance(found, Sheet)
    assert field == proposed(found, 0, held)


def test_a_field_that_is_needed_and_has_no_column_yet_is_named() -> None:
    _, faults = read("Name,Your choice\nJo,mentor\n")

    assert [(1, "Your choice"), (0, "")] == [(fault.row, fault.column) for fault in faults]
    assert "No column holds the role yet" in faults[1].message


SWAPPED = "Name,Department,Role\n" + "".join(
    f"{unit},{name},mentor\n"
    for unit, name in zip("ABAB", ("Jo Ray", "Al Poe", "Sam Oy", "Kim Su"), strict=True)
)


def test_a_name_that_seems_to_stand_below_the_unit_is_never_taken_silently() -> None:
    sign_ups, faults = read(SWAPPED)

    assert ((), [(1, "Name", "error"), (1, "Department", "error"), (0, "", "error")]) == (
        sign_ups, told(faults),
    )  # fmt: skip
    assert "No column holds the name yet" in faults[-1].message
    right, _ = read(SWAPPED, Name="unit", Department="name")
    assert [("Jo Ray", "A"), ("Al Poe", "B")] == [(one.name, one.unit) for one in right[:2]]


@pytest.mark.parametrize(
    "rows",
    [
        SWAPPED.replace("Kim Su", "Sam Oy"),
        SWAPPED.replace("A,", "Ann,").replace("B,", "Bo,", 1),
        "\n".join(SWAPPED.splitlines()[:4]),
        SWAPPED.replace("\nB,", "\n,"),
    ],
    ids=["units that repeat", "names that do not", "few rows", "few names"],
)
def test_names_that_repeat_by_chance_are_taken(rows: str) -> None:
    assert read(rows)[0]


def test_every_field_is_the_title_of_its_own_column() -> None:
    assert [] == [field for field in COLUMNS if vocabulary.field_of(field) != field]


def test_what_the_program_says_of_a_column_comes_first() -> None:
    sign_ups, faults = read(
        "Name,Role,Team,Notes\nJo,mentor,Red,x\n", **{"team": "interests", "NOTES": "leave-out"}
    )

    assert () == faults
    assert (("Red",), "") == (sign_ups[0].interests, sign_ups[0].unit)


def test_a_column_that_nobody_knows_is_an_error_of_its_own() -> None:
    sign_ups, faults = read("Name,Role,Favourite colour\nJo,mentor,red\n")

    assert ((), [(1, "Favourite colour", "error")]) == (sign_ups, told(faults))
    assert () == read("Name,Role,Favourite colour\nJo,mentor,\n")[1], "an empty one matters to nobody"


def test_a_field_that_there_is_not_is_told() -> None:
    _, [fault, *_] = read("Name,Role,Team\nJo,mentor,Red\n", Team="units")

    assert ("Team", True) == (fault.column, "Did you mean `unit`?" in fault.hint)


@pytest.mark.parametrize(
    "title",
    [
        "Gender",
        "What is your gender?",
        "Your age group",
        "Geschlecht",
        "Âge",
        "Nacionalidad",
        "Which religion, if any?",
    ],
)
def test_a_column_that_asks_what_a_person_is_is_never_taken(title: str) -> None:
    text = written([["Name", "Role", title], ["Jo", "mentor", "canary"]], ",")
    for columns in ({}, {title: "interests"}):
        sign_ups, [fault] = imported(text.encode(), columns)

        assert (1, title, "warning") == (fault.row, fault.column, fault.severity)
        assert "canary" not in str(sign_ups)


@pytest.mark.parametrize(
    "answers", [("female", "Male"), ("männlich", "divers"), ("he/him", "x"), ("Muslim", "")]
)
def test_answers_that_say_what_a_person_is_are_never_taken(answers: tuple[str, str]) -> None:
    rows = [["Name", "Role", "Interests"], ["Jo", "mentor", answers[0]], ["Al", "mentor", answers[1]]]

    sign_ups, faults = read(written(rows, ","))

    assert [(1, "Interests", "warning")] == told(faults)
    assert [(), ()] == [one.interests for one in sign_ups]


def test_nobody_is_asked_which_of_two_columns_holds_what_a_person_is() -> None:
    sign_ups, faults = read("Name,Role,Gender,Gender\nJo,mentor,x,y\n")

    assert (1, [(1, "Gender", "warning")] * 2) == (len(sign_ups), told(faults))


def test_a_word_that_says_more_than_one_thing_refuses_no_column() -> None:
    sign_ups, faults = read("Name,Role,Health board\nJo,mentor,North\n", **{"Health board": "unit"})

    assert ("North", ()) == (sign_ups[0].unit, faults)


TWICE = "Name,Role,Topics,Unit,Topics\nJo,mentor,AI tools,A,Social media\nSam,mentor,,A,Social media\n"


def test_a_title_that_stands_twice_is_told_with_its_letters() -> None:
    sign_ups, [fault] = read(TWICE)

    assert ((), (1, "Topics")) == (sign_ups, (fault.row, fault.column))
    assert "columns C and E" in fault.message


@pytest.mark.parametrize(("taken", "topics"), [(2, ("ai-tools",)), (4, ("social-media",))])
def test_of_a_title_that_stands_twice_a_person_says_which_is_meant(taken: int, topics: tuple[str]) -> None:
    sign_ups, faults = imported(TWICE.encode(), {}, {taken})

    assert (topics, ()) == (sign_ups[0].topics, faults)


def test_the_parts_of_a_name_are_put_together_in_their_order() -> None:
    rows = (
        "Ray,Jo,Jo Ray,mentor\nPoe,Alex,,mentor\nAlvarez,Al,,mentor\nDe la Cruz,Ana,Ana De la Cruz,mentor\n"
    )
    sign_ups, _ = read(f"Nachname,Vorname,Name,Role\n{rows}")

    assert ["Jo Ray", "Alex Poe", "Al Alvarez", "Ana De la Cruz"] == [one.name for one in sign_ups]


def test_two_columns_of_one_field_are_told_and_the_first_answer_counts() -> None:
    rows = (
        "Name,Role,Email,Work email\nJo,mentor,anonymous,jo@x.example\nAl,mentor,al@x.example,b@x.example\n"
    )

    sign_ups, faults = read(rows)

    assert ["jo@x.example", "al@x.example"] == [one.email for one in sign_ups]
    assert [(1, "Work email", "warning")] == told(faults)


@pytest.mark.parametrize(("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (199, "GR")])
def test_columns_are_named_as_in_a_spreadsheet(index: int, name: str) -> None:
    assert name == letter(index)


# --- cells --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "roles"),
    [
        ("Mentor", ("mentor",)), ("as a mentee", ("mentee",)), ("Both", ("mentor", "mentee")),
        ("Mentor, Mentee", ("mentor", "mentee")), ("Mentor;Mentee;", ("mentor", "mentee")),
        ("Mentor:in", ("mentor",)), ("Mentor*in", ("mentor",)), ("Mentorin", ("mentor",)),
        ("beides", ("mentor", "mentee")),
        ("Mentor – I teach a senior mentee", ("mentor",)), ("Mentee (I learn from a mentor)", ("mentee",)),
        ("les deux", ("mentor", "mentee")), ("Mentoré", ("mentee",)), ("coordinator", None),
        ("I'd like to be a mentor", ("mentor",)), ("Ich möchte Mentee sein", ("mentee",)),
        ("not as a mentor", None), ("", None), ("I want a mentor", None),
        ("Mentor, if Ada may be my mentee", None), ("Mentor (but not this year)", None),
        ("I would like a mentor and to be a mentee", None),
    ],
)  # fmt: skip
def test_a_role_is_read(said: str, roles: tuple[str, ...] | None) -> None:
    found = cells.role(said)

    assert roles == (found if isinstance(found, tuple) else None)


@pytest.mark.parametrize(
    ("said", "proposal"),
    [
        ("I'd like to teach (mentor)", "mentor"), ("I want to learn (mentee)", "mentee"),
        ("Mentor, but only from May", "mentor"), ("Teach and learn [both]", "both"),
        ("I want a mentor", ""), ("I teach (mentor); I learn (mentee)", ""), ("Not yet a mentor: mentee", ""),
        ("I should not teach (mentor)", ""), ("teacher", ""), ("(,)", ""),
    ],
)  # fmt: skip
def test_a_role_is_proposed_where_it_stands_apart(said: str, proposal: str) -> None:
    assert proposal == cells.proposed_role(said)


TEACH, LEARN = "I'd like to teach (mentor)", "I want to learn (mentee)"
CHOSEN = "Name,Role,Consent\n" + "".join(f"{row}\n" for row in (
    f"Jo,{TEACH},public", f"Al,{LEARN},Yes: to all",
    f"Sam,{TEACH.upper()},yes: to all", "Kim,both,Yes: to all",
))  # fmt: skip


def test_each_wording_of_a_choice_is_one_fault_with_all_its_rows() -> None:
    sign_ups, faults = read(CHOSEN)

    assert ["Kim"] == [one.name for one in sign_ups]
    assert [("Role", "error", (2, 4)), ("Role", "error", (3,)), ("Consent", "warning", (3, 4, 5))] == [
        (fault.column, fault.severity, fault.rows) for fault in faults
    ]


def test_what_a_person_said_of_a_wording_holds_for_all_rows() -> None:
    found = sheet_of(CHOSEN.encode(), {})
    assert isinstance(found, Sheet)
    fields = plan_of(found, {}).fields
    asked = read_people(found, fields, CATALOGUE).unclear
    said = dict(zip(asked, ("mentor", "both", "participants"), strict=True))

    people = read_people(
        found,
        fields,
        CATALOGUE,
        {(one.field, normal_form(one.answer)): it for one, it in said.items()},
    )

    both = ("mentor", "mentee")
    assert [("role", TEACH, "mentor"), ("role", LEARN, "mentee"), ("consent", "Yes: to all", "nobody")] == [
        (one.field, one.answer, one.proposal) for one in asked
    ]
    assert [(("mentor",), "public"), (both, "participants"), (("mentor",), "participants"),
            (both, "participants")] == [(one.roles, one.consent) for one in people.sign_ups]  # fmt: skip
    assert ((), ()) == (people.unclear, people.faults)


@pytest.mark.parametrize("said", ["6", "Band 6", "senior", "6-7", "8a", "-3", "", "9" * 5000])
def test_a_grade_is_kept_as_it_was_answered(said: str) -> None:
    found, faults = one("Grade", said)

    assert found is not None
    assert (said, []) == (found.grade, faults)


@pytest.mark.parametrize(
    ("answers", "order", "ranks"),
    [
        (["6", "Band 7", "8,0"], (), [("band", 6), ("band", 7), ("band", 8)]),
        (["SCS 1", "Grade 7", "7"], (), [("scs", 1), ("grade", 7), ("", 7)]),
        (["6-7", "senior", "9" * 5000, ""], (), [None, None, None, None]),
        (["EO", "heo ", "Grade 7"], ("EO", "HEO"), [("", 0), ("", 1), None]),
    ],
)
def test_grades_stand_on_the_scales_that_are_known(
    answers: list[str], order: tuple[str, ...], ranks: list[tuple[str, int] | None]
) -> None:
    found = graded(answers, order)

    assert ranks == [found.get(answer) for answer in answers]


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("9-17", (9, 17)), ("09:00–17:00", (9, 17)), ("9am-5pm", (9, 17)), ("9 to 5", (9, 17)),
        ("von 9 bis 17 Uhr", (9, 17)), ("9h-17h", (9, 17)), ("8,5-16,5", (9, 16)), ("8.30 - 16.30", (9, 16)),
        ("9h30 à 16h45", (10, 16)), ("Mornings", (8, 12)), ("Morning;Afternoon;", (8, 17)),
        ("nachmittags", (12, 17)),
        ("10-18.00", (10, 18)), ("0-24", (0, 24)), ("12pm - 4 p.m.", (12, 16)), ("12am-6am", (0, 6)),
        ("any time", (0, 24)), ("", None),
    ],
)  # fmt: skip
def test_hours_are_read(said: str, hours: tuple[int, int] | None) -> None:
    assert hours == cells.hours(said)


@pytest.mark.parametrize(
    "said", ["9-11, 14-16", "17-9", "25-30", "Sep 17", "9:75-12", "9", "later", "13pm-14pm", "9-9"]
)
def test_hours_that_are_no_span_are_left_empty_and_told(said: str) -> None:
    found, faults = one("Hours", said)

    assert found is not None
    assert (None, [(2, "Hours", "warning")]) == (found.hours, told(faults))


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"), ("europe/berlin", "Europe/Berlin"), ("London", "Europe/London"),
        ("New York", "America/New_York"), ("GMT Standard Time", "Europe/London"),
        ("Europe/Berlin (CET)", "Europe/Berlin"),
        ("(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi", "Asia/Kolkata"), ("UTC", "UTC"), ("", ""),
    ],
)  # fmt: skip
def test_a_time_zone_is_read(said: str, zone: str) -> None:
    assert zone == cells.timezone(said)


def test_a_time_zone_that_is_none_is_left_empty_and_told() -> None:
    for said in ("Narnia", "Londn", "UTC+1", "Z" * 300):
        found, faults = one("Time zone", said)

        assert found is not None
        assert ("", [(2, "Time zone", "warning")]) == (found.timezone, told(faults))


@pytest.mark.parametrize(
    ("said", "consent"),
    [
        ("public", "public"), ("Public (everyone on the web)", "public"),
        ("Everyone may see my name", "public"), ("Only participants may see my name", "participants"),
        ("Nobody may see my name", "nobody"), ("Alle dürfen meinen Namen sehen", "public"),
        ("Les participants peuvent voir mon nom", "participants"), ("Iedereen mag mijn naam zien", "public"),
        ("Participants only", "participants"), ("All participants", "participants"), ("nobody", "nobody"),
        ("No", "nobody"),
        ("öffentlich", "public"), ("Alle Teilnehmenden", "participants"),
        ("Nur Teilnehmende", "participants"), ("Niemand", "nobody"), ("", "nobody"),
        ("tout le monde", None), ("Solo los participantes", "participants"), ("Iedereen", "public"),
    ],
)  # fmt: skip
def test_a_consent_is_read(said: str, consent: str | None) -> None:
    found, faults = one("Consent", said)

    assert found is not None
    assert ([] if consent else ["warning"]) == [fault.severity for fault in faults]
    assert (consent or "nobody") == found.consent


@pytest.mark.parametrize(
    "said",
    [
        "Yes",
        "Yes, everyone may see my name",
        "Yes, but only participants",
        "Everyone in the program",
        "Nur alle anderen",
        "Public, but ask me first",
        "Not public",
        "participants? no",
        "public from May",
        "maybe",
        "1",
        "\U0001f44d",
    ],
)
def test_a_consent_in_doubt_is_nobodys_and_told(said: str) -> None:
    found, faults = one("Consent", said)

    assert found is not None
    assert ("nobody", [(2, "Consent", "warning")]) == (found.consent, told(faults))


@pytest.mark.parametrize(
    ("said", "location"),
    [
        ("Remote", "remote"), ("online", "remote"), ("In person", "in-person"), ("face-to-face", "in-person"),
        ("vor Ort", "in-person"), ("Remote;In person;", "either"), ("Either", "either"), ("egal", "either"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_location_is_read(said: str, location: str) -> None:
    assert location == cells.location(said)


@pytest.mark.parametrize(
    ("title", "said"),
    [("E-mail", "jo"), ("E-mail", "ask jo@x.example"), ("E-mail", "jo@x"), ("Capacity", "0"),
     ("Capacity", "21"), ("Capacity", "one or two"), ("Capacity", "1-2")],
)  # fmt: skip
def test_an_address_or_a_capacity_that_is_none_is_left_empty_and_told(title: str, said: str) -> None:
    found, faults = one(title, said)

    assert found is not None
    assert (("", 1), [(2, title, "warning")]) == ((found.email, found.capacity), told(faults))


# --- topics and goals ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "answers"),
    [
        ("AI tools;Data and analytics;", ("AI tools", "Data and analytics")),
        ("AI tools, Customers, and the market, Excel", ("AI tools", "Customers, and the market", "Excel")),
        ("customers, AND the Márket", ("customers, AND the Márket",)),
        ("AI tools\nai-tools\r\nExcel", ("AI tools", "Excel")),
        (" ;, ,;\n", ()),
    ],
)
def test_answers_are_told_apart(cell: str, answers: tuple[str, ...]) -> None:
    assert answers == terms.split(cell, terms.TermIndex(CATALOGUE["topics"]).ids)


@pytest.mark.parametrize(
    "said", ["ai-tools", "AI Tools", "AI-tools", "Áí tools", "data & analytics", "KI Werkzeuge"]
)
def test_a_topic_is_known_however_it_is_written(said: str) -> None:
    found, faults = one("Topics", said)

    assert found is not None
    assert (1, ()) == (len(found.topics), found.skills)
    assert [] == faults


NEAR = "Name,Role,Topics,Goals\nJo,mentor,Excel,AI every week\nAl,mentee,EXCEL,Happiness\nSam,mentor,Chess,\n"


def test_a_near_topic_is_proposed_and_never_taken_silently() -> None:
    found = sheet_of(NEAR.encode(), {})
    assert isinstance(found, Sheet)

    people = read_people(found, plan_of(found, {}).fields, CATALOGUE)

    assert [("topics", "Excel", "data"), ("goals", "AI every week", "weekly-ai")] == [
        (kind, answer, term.id) for (kind, answer), term in people.near.items()
    ]
    jo, al, _ = people.sign_ups
    assert ((), ("Excel",), (), ()) == (jo.topics, jo.skills, jo.learn, jo.goals)
    assert ((), (), ("EXCEL",)) == (al.topics, al.skills, al.learn)
    assert [
        (2, "Goals", "warning"),
        (2, "Topics", "warning"),
        (3, "Goals", "warning"),
        (3, "Topics", "warning"),
        (4, "Topics", "warning"),
    ] == sorted(told(people.faults))


def test_what_a_person_said_of_a_near_topic_holds_for_all_rows() -> None:
    found = sheet_of(NEAR.encode(), {})
    assert isinstance(found, Sheet)
    meant = {("topics", "excel"): "data", ("goals", "ai every week"): ""}

    people = read_people(found, plan_of(found, {}).fields, CATALOGUE, meant)

    assert [("data",), ("data",), ()] == [one.topics for one in people.sign_ups]
    assert [(), (), ()] == [one.goals for one in people.sign_ups]
    assert {} == people.near


def test_a_skill_that_is_a_topic_is_one_for_a_mentor_alone() -> None:
    sign_ups, _ = read(
        "Name,Role,Skills,Learn\nJo,mentor,AI tools,Social media\nAl,mentee,AI tools,Social media\n"
    )

    assert [("ai-tools",), ("social-media",)] == [one.topics for one in sign_ups]
    assert [("AI tools",), ("AI tools",)] == [one.skills for one in sign_ups]


# --- people -------------------------------------------------------------------------------------


def test_people_are_found_by_address_or_by_a_name_that_one_person_has() -> None:
    sign_ups, _ = read(
        "Name,E-mail,Role,Manager,Not with,Earlier\n"
        'Jo Ray,jo@x.example,mentor,SAM@X.example,"Ray, Al; Kim Poe",jo ray\n'
        "Al Ray,al@x.example,mentee,sam poe,,\n"
        "Sam Poe,sam@x.example,mentee,Sam Poe,Nobody Known,\n"
        "Kim Poe,kim@x.example,mentee,,,\n"
        "Kim Poe,kim2@x.example,mentee,,,\n"
    )

    jo, al, sam, *_ = sign_ups
    assert ("p-3", ("p-2",), ()) == (jo.manager, jo.not_with, jo.earlier), "two are called Kim Poe"
    assert ("p-3", "", ()) == (al.manager, sam.manager, sam.not_with)


def test_of_one_person_twice_the_later_row_counts_and_it_is_told() -> None:
    sign_ups, faults = read(
        f"{TITLES},Unit\nJo Ray,JO@x.example,mentor,A\nAl,,mentee,C\n"
        '"RAY, Jo",jo@x.example,mentor,B\nAL,,mentee,C\nJo Ray,other@x.example,mentor,D\n'
    )

    assert [("RAY, Jo", "B"), ("AL", "C"), ("Jo Ray", "D")] == [(one.name, one.unit) for one in sign_ups]
    assert [(4, "", "warning"), (5, "", "warning"), (6, "", "warning")] == told(faults)
    assert ["row 2", "row 3"] == [fault.message.split(":")[0][-5:] for fault in faults[:2]]
    assert "read as two people" in faults[2].message


def test_of_two_people_with_one_mailbox_the_second_row_is_an_error_with_both_numbers() -> None:
    sign_ups, faults = read(
        f"{TITLES}\nJo Ray,us@x.example,mentor\nAl Poe,US@x.example,mentee\nJO RAY,us@x.example,mentor\n"
    )

    assert ["JO RAY"] == [one.name for one in sign_ups]
    assert [(3, "", "error"), (4, "", "warning")] == told(faults)
    assert ["Rows 2 and 3 have", "row 2"] == [
        faults[0].message[:17],
        faults[1].message.split(":")[0][-5:],
    ]


def person(name: str, email: str = "", **more: str) -> SignUp:
    return SignUp(more.get("id", ""), name, email)


def ids(roster: Roster) -> dict[str, str]:
    return {one.email or one.name: one.id for one in roster.sign_ups}


def test_people_keep_their_ids_whatever_their_row_is() -> None:
    first = give_ids([person("Jo", "jo@x.example"), person("Al"), person("Sam", "sam@x.example")])
    again = [person("Kim"), person("Sam P.", "SAM@x.example"), person("AL"), person("Jo", "jo@x.example")]

    second = give_ids(again, first.sign_ups, first.last)

    assert {"Kim": "p-4", "SAM@x.example": "p-3", "AL": "p-2", "jo@x.example": "p-1"} == ids(second)


def test_whoever_takes_over_a_mailbox_gets_an_id_of_their_own() -> None:
    before = [person("Jo Ray", "us@x.example", id="p-1")]

    assert {"us@x.example": "p-2"} == ids(give_ids([person("Al Poe", "us@x.example")], before))
    dutch = [person("Jo van der Ray", "us@x.example", id="p-1")]
    assert {"us@x.example": "p-2"} == ids(give_ids([person("Al van der Poe", "us@x.example")], dutch))
    assert {"us@x.example": "p-1"} == ids(give_ids([person("Jo Poe", "us@x.example")], before))


def test_no_id_is_taken_by_a_name_where_two_people_have_it() -> None:
    before = [person("Jo", "a@x.example", id="p-1"), person("Jo", id="p-2")]

    assert {"b@x.example": "p-2"} == ids(give_ids([person("Jo", "b@x.example")], before))
    assert {"Jo": "p-3"} == ids(give_ids([person("Jo")], before))
    assert {"c@x.example": "p-2", "a@x.example": "p-1"} == ids(
        give_ids([person("Jo", "c@x.example"), person("Jo", "a@x.example")], before)
    )


def test_whoever_has_the_address_keeps_the_id_though_a_namesake_without_one_comes_first() -> None:
    before = [person("Jo", "a@x.example", id="p-1")]

    assert {"Jo": "p-2", "a@x.example": "p-1"} == ids(
        give_ids([person("Jo"), person("Jo", "a@x.example")], before)
    )


def test_no_id_is_given_twice_even_when_the_last_person_left() -> None:
    first = give_ids([person("Jo"), person("Al")])
    second = give_ids([person("Jo")], first.sign_ups, first.last)

    third = give_ids([person("Jo"), person("Kim"), person("Al")], second.sign_ups, second.last)

    assert {"Jo": "p-1", "Kim": "p-3", "Al": "p-4"} == ids(third)
    assert (1, 4) == (second.missing, third.last)


def test_people_who_are_no_longer_in_the_sheet_stay_where_that_is_said() -> None:
    before = [person("Jo", id="p-1"), person("Al", id="p-2")]

    kept = give_ids([person("Al")], before, keep_missing=True)

    assert ({"Jo": "p-1", "Al": "p-2"}, 1) == (ids(kept), kept.missing)


NAMES = st.sampled_from(["Jo", "jo", "Al", "Sam Poe"])
MAILS = st.sampled_from(["", "", "a@x.example", "A@x.example", "b@x.example"])


@given(st.lists(st.lists(st.builds(person, NAMES, MAILS), max_size=6), min_size=1, max_size=4))
def test_through_all_imports_ids_are_of_one_person_each(sheets: list[list[SignUp]]) -> None:
    roster = Roster((), 0)
    given_before: set[str] = set()
    for people in sheets:
        here = {one.id for one in roster.sign_ups}
        roster = give_ids(people, roster.sign_ups, roster.last)
        new = {one.id for one in roster.sign_ups}
        assert len(people) == len(new)
        assert not (new - here) & given_before
        given_before |= new
