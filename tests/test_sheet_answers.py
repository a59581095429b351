"""Answers as people write them: what is read, what is left empty, and what is refused."""

import pytest

from handbook.register.intake import appearance, cells, terms, vocabulary
from handbook.register.intake.columns import plan_of, proposals, proposed, sheet_of, unasked
from handbook.register.intake.faults import SheetFault
from handbook.register.intake.rows import SheetPeople, read_people
from handbook.register.intake.sheet import Sheet
from handbook.rules.privacy.spellings import normal_form
from tests.test_intake import CATALOGUE, imported, read, told, written

# --- names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        ("Boutros", "Boutros-Ghali", "Boutros Boutros-Ghali"), ("Ali", "Ben Ali", "Ali Ben Ali"),
        ("Ford Madox", "Ford", "Ford Madox Ford"), ("Neville", "Neville", "Neville Neville"),
        ("Jean", "Jean-Baptiste", "Jean Jean-Baptiste"), ("Maria", "Santa Maria", "Maria Santa Maria"),
        ("Jo", "", "Jo"), ("", "Ray", "Ray"), ("Jo", ".", "Jo"),
        ("Nguyễn", "Văn Nguyễn", "Nguyễn Văn Nguyễn"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "titles", ["First name,Last name", "Vorname,Nachname", "Prénom,Nom", "Voornaam,Achternaam"]
)
def test_first_and_last_name_are_joined_as_they_are(titles: str, first: str, last: str, name: str) -> None:
    for columns in (titles.split(","), titles.split(",")[::-1]):
        parts = [first, last] if columns[0] == titles.split(",")[0] else [last, first]
        [person], faults = read(written([[*columns, "Role"], [*parts, "mentor"]], ","))

        assert (name, ()) == (person.name, faults)


def test_a_part_is_left_out_beside_a_column_that_mostly_holds_the_whole_name() -> None:
    whole = "Vorname,Name,Role\nJo,Jo Ray,mentor\nAl,Al Poe,mentor\n"
    last = "Vorname,Name,Role\nJo,Ray,mentor\nAl,Poe,mentor\nAli,Ben Ali,mentor\n"

    assert ["Jo Ray", "Al Poe"] == [one.name for one in read(whole)[0]]
    assert ["Jo Ray", "Al Poe", "Ali Ben Ali"] == [one.name for one in read(last)[0]]


@pytest.mark.parametrize(
    "said", ["-", "n/a", "N.A.", "test", "Test Test", "anonymous", "xxx", ".", "???", "123", "None",
             "unbekannt", "anónimo", "asdf", "first last"]
)  # fmt: skip
def test_a_placeholder_is_no_name_and_its_row_is_told(said: str) -> None:
    sign_ups, faults = read(written([["Name", "Role"], [said, "mentor"], ["Jo Ray", "mentor"]], ","))

    assert (["Jo Ray"], [(2, "Name", "error")]) == ([one.name for one in sign_ups], told(faults))


@pytest.mark.parametrize(
    "said", ["Testa", "Xi Xa", "Nadia None", "Ana", "Jo X.", "D'Août", "Anna-Lena Groß", "Bo"]
)
def test_a_rare_name_is_a_name(said: str) -> None:
    assert said == cells.name(said)


# --- addresses -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("Ada Ray <ada@x.example>", "ada@x.example"), ("ada@x.example;", "ada@x.example"),
        ("<ada@x.example>", "ada@x.example"), ("mailto:ada@x.example", "ada@x.example"),
        ('"Ray, Ada" <ada@x.example>;', "ada@x.example"), ("(ada@x.example)", "ada@x.example"),
        ("o'neill@x.example", "o'neill@x.example"), ("o’neill@x.example", "o'neill@x.example"),
        ("ada@x.example.", "ada@x.example"), ("Ada Ray [mailto:ada@x.example]", None),
        ("<mailto:ada@x.example>", "ada@x.example"), ("ada+rm@x.example", "ada+rm@x.example"),
        ("ada@x.example, bo@x.example", "ada@x.example"),
        ("ada@x.example or bo@x.example", "ada@x.example"),
        ("ada@x.example/bo@x.example", "ada@x.example"), ("ada@x.example or none", None),
        ("'ada@x.example'", "ada@x.example"),
        ("ada@x", None), ("ask bo@x.example", None), ("ada at x.example", None), ("@ada", None),
        ("anonymous", ""),
    ],
)  # fmt: skip
def test_an_address_is_read_as_people_paste_it(said: str, address: str | None) -> None:
    found = cells.email(said)

    assert address == (None if isinstance(found, SheetFault) else found)


def test_an_address_that_cannot_be_read_is_nobodys() -> None:
    sign_ups, faults = read(
        "Name,Email,Role\nJo Ray,jo@x,mentor\nAl Poe,jo@x,mentee\nBo Lee,al at y,mentee\n"
    )

    assert ["", "", ""] == [one.email for one in sign_ups]
    assert [(2, 3), (4,)] == [fault.rows for fault in faults]
    assert {"warning"} == {fault.severity for fault in faults}


def test_of_two_addresses_the_first_counts_and_it_is_told() -> None:
    [jo], [fault] = read("Name,Email,Role\nJo Ray,jo@x.example jo@y.example,mentor\n")

    assert ("jo@x.example", 2, "warning") == (jo.email, fault.row, fault.severity)


# --- what is read of an answer, and what is not --------------------------------------------------


@pytest.mark.parametrize(
    ("said", "capacity"),
    [
        ("One", 1), ("Two (about 2 hours each week)", 2), ("drei", 3), ("quatre", 4), ("cinco", 5),
        ("zes", 6),
        ("2 (two)", 2), ("up to three", 3), ("ten mentees", 10), ("1,0", 1), ("one or two", None),
        ("1-2", None),
        ("many", None), ("-1", None), ("-", None),
    ],
)  # fmt: skip
def test_a_number_of_pairings_may_be_a_word(said: str, capacity: int | None) -> None:
    [jo], _ = read(written([["Name", "Role", "Capacity"], ["Jo Ray", "mentor", said]], ","))

    assert (capacity or 1) == jo.capacity


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("PST", "America/Los_Angeles"), ("EST", "America/New_York"), ("MST", "America/Denver"),
        ("cst", "America/Chicago"), ("Pacific Time", "America/Los_Angeles"),
        ("EST (New York)", "America/New_York"),
        ("BST", "Europe/London"), ("IST", "Asia/Kolkata"), ("AEST", "Australia/Sydney"),
    ],
)  # fmt: skip
def test_letters_of_a_zone_are_asked_about_with_a_proposal(said: str, zone: str) -> None:
    found = cells.timezone(said)

    assert isinstance(found, SheetFault)
    assert f"Did you mean `{zone}`?" == found.hint


@pytest.mark.parametrize("said", ["Other", "other", "Elsewhere", "Rather not", "None of these", "All"])
def test_nobody_is_proposed_a_place_that_they_hardly_meant(said: str) -> None:
    found = cells.timezone(said)

    assert isinstance(found, SheetFault)
    assert "Did you mean" not in found.hint


UNREAD = [("Time zone", "PST"), ("Time zone", "home"), ("Hours", "later"), ("Hours", "after 2pm"),
          ("Capacity", "many"), ("Location", "Leeds"), ("Grade", "senior"), ("E-mail", "jo")]  # fmt: skip


@pytest.mark.parametrize(("title", "said"), UNREAD)
def test_no_answer_but_name_role_and_consent_costs_a_person_the_place(title: str, said: str) -> None:
    rows = [["Name", "Role", title], *([f"Jo {chr(97 + at)}", "mentor", said] for at in range(26))]

    sign_ups, faults = read(written(rows, ","))

    assert 26 == len(sign_ups)
    assert (title == "Grade") == (not faults)
    assert all((fault.rows, fault.severity) == (tuple(range(2, 28)), "warning") for fault in faults)


def people_of(text: str, meanings: dict[tuple[str, str], str]) -> SheetPeople:
    sheet = sheet_of(text.encode(), {})
    assert isinstance(sheet, Sheet)
    return read_people(sheet, plan_of(sheet, {}).fields, CATALOGUE, meanings)


@pytest.mark.parametrize(
    ("field", "said", "meaning", "value"),
    [
        ("timezone", "PST", "America/Los_Angeles", "America/Los_Angeles"),
        ("timezone", "PST", "leave-out", ""),
        ("capacity", "a few", "3", 3), ("hours", "after lunch", "13-17", (13, 17)),
        ("location", "Leeds", "in person", "in-person"),
        ("timezone", "PST", "Narnia", ""), ("topics", "excel", "data", ("data",)),
        ("topics", "excel", "leave-out", ()),
    ],
)  # fmt: skip
def test_what_an_answer_means_holds_for_every_row(field: str, said: str, meaning: str, value: object) -> None:
    text = written(
        [["Name", "Role", field], ["Jo Ray", "mentor", said], ["Al Poe", "mentor", said.upper()]], ","
    )

    people = people_of(text, {(field, said.casefold()): meaning})

    assert [value, value] == [getattr(person, field) for person in people.sign_ups]
    assert (meaning == "Narnia") == any("is not surely" in fault.message for fault in people.faults)


# --- what is remembered --------------------------------------------------------------------------

PROGRAM = b"""\
sign_up:
  columns: {Home: unit}
  answers:
    timezone: {PST: America/Los_Angeles}
    consent: {"Yes": public, "Fine": participants, "Rather not": nobody}
"""


def test_a_file_never_widens_a_consent() -> None:
    columns, meanings = terms.remembered("p.yml", PROGRAM)

    assert {"Home": "unit"} == columns
    assert {("timezone", "pst"), ("consent", "rather not")} == meanings.keys()


@pytest.mark.parametrize(
    ("field", "answer", "meaning", "rows", "kept"),
    [
        ("timezone", "PST", "America/Los_Angeles", 1, True), ("capacity", "Several", "3", 1, True),
        ("topics", "AI toools", "ai-tools", 1, True),
        ("role", "I'd like to teach (mentor)", "mentor", 2, True),
        ("hours", "after my dialysis", "17-20", 1, False), ("role", "as ada@x.com says", "mentor", 5, False),
        ("consent", "Yes: everyone may see it", "public", 9, False),
        ("consent", "rather not", "nobody", 2, True),
        ("hours", "call 020 7946 0000", "9-17", 3, False), ("location", "with Ada Ray", "remote", 2, False),
        ("role", "one " * 9, "mentor", 9, False),
    ],
)  # fmt: skip
def test_only_short_and_harmless_wordings_reach_a_file_that_everyone_may_read(
    field: str, answer: str, meaning: str, rows: int, kept: bool
) -> None:
    assert kept == terms.can_be_kept(field, answer, meaning, rows)


# --- encodings -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("cp1250", "Łukasz Wiśniewski"), ("cp1250", "Żaneta Śliwa"), ("cp1250", "Paweł Nowak"),
        ("cp1250", "Michał Dąbek"),
        ("mac_roman", "Zoë Müller"), ("mac_roman", "José García"), ("mac_roman", "Élodie"),
        ("mac_roman", "Åsa Öberg"),
        ("mac_roman", "Søren"), ("cp1251", "Иван Петров"),
        ("cp1253", "Ελένη Παππά"),
        ("koi8-r", "Иван Петров"), ("shift_jis", "山田太郎"), ("cp1255", "ליאור כהן"), ("cp1256", "محمد علي"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("title", ["Name", "Unit", "Manager"])
def test_letters_of_another_encoding_are_refused_wherever_they_stand(
    encoding: str, name: str, title: str
) -> None:
    row = {"Name": "Jo Ray", "Role": "mentor"} | {title: name}

    sign_ups, faults = imported(written([[*row], [*row.values()]], ",").encode(encoding), {})

    assert () == sign_ups
    assert [True] == ["CSV UTF-8" in fault.hint for fault in faults if fault.severity == "error"]


@pytest.mark.parametrize(
    "name", ["Zoë Müller", "Élodie Noël", "Łukasz", "Иван Петров", "Jörg", "Núñez", "J\ufffdrg"]
)
def test_letters_that_were_saved_broken_are_refused(name: str) -> None:
    broken = name.encode().decode("cp1252", errors="replace")

    sign_ups, [fault] = read(written([["Name", "Role"], [broken, "mentor"]], ","))

    assert ((), "error", True) == (sign_ups, fault.severity, "CSV UTF-8" in fault.hint)


@pytest.mark.parametrize("name", ["£ukasz", "Pawe³ Nowak", "¯aneta", "Ró¿a", "Stra§e", "Nu–o López"])
def test_a_name_with_a_sign_that_no_name_has_is_told(name: str) -> None:
    sign_ups, [fault] = read(written([["Name", "Role"], [name, "mentor"]], ","))

    assert ((), (2, "Name", "error")) == (sign_ups, (fault.row, fault.column, fault.severity))


@pytest.mark.parametrize(
    "text", ["Zoë Müller", "François d’Août", "Mª Carmen Núñez", "Þórður", "Straße", "O’Neil", "Søren Ærø",
             "Nuno Simões"]
)  # fmt: skip
def test_a_guess_is_told_and_shown_by_a_word(text: str) -> None:
    sheet = sheet_of(
        f"Name,Role,Notes\n{text},mentor,\u201aso\u2018 – “yes” £5 3 m³ ¿Qué?\n".encode("cp1252"), {}
    )

    assert isinstance(sheet, Sheet)
    assert (text, True) == (sheet.rows[0].cells[0], sheet.word in text or sheet.word == "Qué")
    assert ["warning"] == [fault.severity for fault in sheet.faults]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_is_surely_read_is_not_told(encoding: str) -> None:
    sheet = sheet_of("Name,Role\nŁukasz Müller Παππά,mentor\n".encode(encoding), {})

    assert isinstance(sheet, Sheet)
    assert ("", ()) == (sheet.word, sheet.faults)


# --- two sign-ups of one person ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("upper", "lower", "later"),
    [
        ("05.12.2027 09:00", "02.12.2027 09:00", "upper"),
        ("2027-12-05T09:00:00Z", "2027-12-02T09:00:00Z", "upper"),
        ("2027/12/05 9:00:00 AM GMT", "2027/12/05 1:00:00 PM GMT", "lower"),
        ("5/12/2027 9:00", "5/12/2027 8:59", "upper"),
        ("12/25/2027 9:00:00", "12/3/2027 9:00:00", "upper"), ("1/2/2027 9:00", "2/1/2027 9:00", ""),
        ("", "05.12.2027 09:00", ""), ("yesterday", "today", ""),
        ("9" * 4999, "9.9." + "9" * 30, ""), ("05.12.2027", "05.12.2027", ""),
        ("12/5/27 12:10 AM", "12/5/27 1:10 AM", "lower"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("title", ["Timestamp", "Completion time", "Submitted at", "Zeitstempel"])
def test_of_two_sign_ups_the_later_counts_else_the_lower_with_the_narrower_consent(
    title: str, upper: str, lower: str, later: str
) -> None:
    text = f"{title},Name,Email,Role,Unit,Consent\n{upper},Jo,a@x.example,mentor,A,nobody\n"
    text += f"{lower},Jo,a@x.example,mentor,B,public\n"

    [jo], faults = read(text)

    wanted = {"upper": ("A", "nobody"), "lower": ("B", "public"), "": ("B", "nobody")}
    assert wanted[later] == (jo.unit, jo.consent)
    assert (2 if later == "" else 1) == len(faults)


def test_a_single_day_settles_the_order_of_day_and_month_for_all() -> None:
    column = ["1/2/2027 9:00", "2/1/2027 9:00", "1/13/2027 9:00", ""]

    assert [
        ((2027, 1, 2, 9, 0, 0),),
        ((2027, 2, 1, 9, 0, 0),),
        ((2027, 1, 13, 9, 0, 0),),
        (),
    ] == appearance.moments(column)


@pytest.mark.parametrize(
    ("rows", "people"),
    [
        ("Jo,,A\nJo,,A\n", 1), ("Jo,,A\nJo,,\n", 1), ("Jo,,A\nJo,,B\n", 2), ("Jo,,A\nJo,,B\nJo,,A\n", 2),
        ("Jo,a@x.example,A\nJo,,A\n", 1), ("Jo,a@x.example,A\nJo,,B\n", 2),
        ("Jo,a@x.example,\nJo,b@x.example,\n", 2),
        ("Jo,a@x.example,\nJo,b@x.example,\nJo,,\n", 3), ("Jo,a@x.example,A\nJo,b@x.example,B\nJo,,B\n", 2),
    ],
)  # fmt: skip
def test_two_of_one_name_are_one_where_nothing_tells_them_apart(rows: str, people: int) -> None:
    lines = [f"{line},mentor" for line in rows.splitlines()]
    for order in (lines, lines[::-1]):
        sign_ups, faults = read("Name,Email,Unit,Role\n" + "\n".join(order))

        assert people == len(sign_ups)
        assert not any("same person" in fault.message for fault in faults)
        assert len(lines) - people == sum("this row counts" in fault.message for fault in faults)
        assert (people > 1) == any("two people" in fault.message for fault in faults)


# --- several answers a cell ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "answers",
    [
        ("Gay, Transgender", "Straight"), ("Muslim; Woman", "Reading"), ("he/him, they/them", "she/her"),
        ("Lesbian\nNon-binary", ""), ("Reading, Married", "Divorced; Chess"), ("männlich, ledig", "weiblich"),
    ],
)  # fmt: skip
def test_a_protected_answer_among_several_is_seen(answers: tuple[str, str]) -> None:
    rows = [["Name", "Role", "Interests"], ["Jo Ray", "mentor", answers[0]], ["Al Poe", "mentor", answers[1]]]

    sign_ups, faults = read(written(rows, ","))

    assert [(1, "Interests", "warning")] == told(faults)
    assert [(), ()] == [one.interests for one in sign_ups]
    assert not vocabulary.is_protected(
        "Interests", ["Chess, Reading", "Running; Straight talk", "Man City", "Go"]
    )


@pytest.mark.parametrize(
    ("title", "cell", "answers"),
    [
        ("One, two, three, four, five and six", "One, two, three, four, five and six, Go", 2),
        ("Pros; cons", "Chess; Pros; cons; Go", 3), ("A, b, c, d, e, f, g, h", "a, b, c, d, e, f, g, h", 1),
        ("Plan, do; check, act", "Plan, do; check, act;Go;", 2), ("Pros; cons", "Pros;cons", 1),
        ("x, y", "x; z, x, y", 3),
    ],
)  # fmt: skip
def test_a_choice_with_commas_or_semicolons_is_kept_whole(title: str, cell: str, answers: int) -> None:
    pieces = terms.split(cell, {normal_form(title)})

    assert answers == len(pieces)
    assert normal_form(title) in map(normal_form, pieces)


# --- columns -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "answers", "wrong"),
    [
        ("Do you prefer a technical mentor? We can't match everybody", ["Technical skill", "No tech"] * 4,
         "not-with"),
        ("is_available", ["0", "1", "1", "0"], "hours"),
        ("Company Name", ["Acme Ltd", "Globex Inc"] * 3, "name"),
        ("Superpower", ["Flying", "Reading minds", "Being invisible"], "manager"),
        ("How many people", ["a lot", "few", "hard to say"], "capacity"),
        ("Your location now", ["Leeds", "Bath"], "location"),
        ("Office time zone", ["late", "early", "mixed"], "timezone"),
        ("Other email", ["no", "yes", "no"], "email"),
    ],
)  # fmt: skip
def test_no_field_is_proposed_that_the_answers_cannot_be_read_as(
    title: str, answers: list[str], wrong: str
) -> None:
    sheet = sheet_of(written([["Name", title], *(["Jo", answer] for answer in answers)], ",").encode(), {})

    assert isinstance(sheet, Sheet)
    assert wrong != proposed(sheet, 1, {"name", "role"})


@pytest.mark.parametrize(
    "answers", [["Bo"] * 6, ["bo@x.example"] * 5, ["-", "none", "-", "none"], ["My ex"], ["bo lee"]]
)
def test_a_refusal_is_never_proposed_to_be_left_out(answers: list[str]) -> None:
    title = "Anybody you cannot be matched with?"
    sheet = sheet_of(written([[title], *([answer] for answer in answers)], ",").encode(), {})

    assert isinstance(sheet, Sheet)
    assert "not-with" == proposed(sheet, 0, {"name", "role"})


def test_that_nothing_says_the_role_is_told_first() -> None:
    sheet = sheet_of(b"Name,Colour,Shoe size\nJo,red,38\n", {})
    assert isinstance(sheet, Sheet)

    first, *others = unasked(sheet, plan_of(sheet, {}))

    assert "--role mentor" in first.hint
    assert ["Colour", "Shoe size"] == [fault.column for fault in others]
    assert [] == [
        fault for fault in unasked(sheet, plan_of(sheet, {}, role="mentor")) if "role" in fault.message
    ]


def test_a_role_is_not_said_twice_in_two_ways() -> None:
    columns = ("mentor,Mentor", "Head of Law,", "mentor,both", "Mentor,I learn (mentee)", "mentee,mentee")
    texts = (f"Name,Role\nJo,{first}\nAl,{second}\n" for first, second in (c.split(",") for c in columns))
    sheets = [sheet for text in texts if isinstance(sheet := sheet_of(text.encode(), {}), Sheet)]
    sheet = sheet_of(b"Name,Role\nJo,mentor\nAl,mentee\n", {})
    assert isinstance(sheet, Sheet)

    told = [[fault.hint for fault in plan_of(same, {}, role="mentor").faults] for same in sheets]
    assert [[], [], ["Leave out --role."], ["Leave out --role."], ["Leave out --role."]] == told
    assert ["Leave out --role."] == [fault.hint for fault in plan_of(sheet, {}, role="mentor").faults]


@pytest.mark.parametrize(("later", "refused"), [("", ("Al Poe",)), ("none", ()), ("Bo Lee", ("Bo Lee",))])
def test_a_later_sign_up_that_says_nothing_of_refusals_takes_none_back(
    later: str, refused: tuple[str, ...]
) -> None:
    rows = (
        f"2027-03-02 10:00,Jo,jo@x.example,mentor,{later}\n2027-03-01 10:00,Jo,jo@x.example,mentor,Al Poe\n"
        "2027-03-01 10:00,Al Poe,al@x.example,mentee,\n2027-03-01 10:00,Bo Lee,bo@x.example,mentee,\n"
    )

    people, _ = read(f"Submitted on,Name,Email,Role,Not with\n{rows}")

    [jo] = [person for person in people if person.name == "Jo"]
    names = {person.id: person.name for person in people}
    assert refused == tuple(names[who] for who in jo.not_with)


@pytest.mark.parametrize(
    "ticks", [("x", ""), ("Yes", "No"), ("✓", ""), ("TRUE", "FALSE"), ("X", "no"), ("ja", "nein")]
)
def test_a_tick_below_a_role_is_a_role(ticks: tuple[str, str]) -> None:
    titles = ["I want to be a mentor", "I want to be a mentee"]
    text = written([["Name", *titles], ["Jo", *ticks], ["Al", *ticks[::-1]]], ",")
    sheet = sheet_of(text.encode(), {})
    assert isinstance(sheet, Sheet)
    columns = proposals(sheet, plan_of(sheet, {}))

    people, _ = imported(text.encode(), columns)

    assert dict.fromkeys(titles, "role") == columns
    assert [("mentor",), ("mentee",)] == [person.roles for person in people]


@pytest.mark.parametrize(
    "said",
    ["after my dialysis", "with ada", "bo lee", "none: pregnant", "in rehab", "i am ill"],
)
@pytest.mark.parametrize("title", ["Hours", "Location", "Time zone", "Capacity", "Consent", "Role"])
def test_no_message_holds_two_words_of_an_answer(title: str, said: str) -> None:
    row = {"Name": "Jo Ray", "Role": "mentor"} | {title: said}

    _, [fault] = imported(written([[*row], [*row.values()]], ",").encode(), {})

    assert not any(word in f"{fault.message} {fault.hint}" for word in said.split() if len(word) > 3)


def test_a_city_is_read_after_many_zones_that_are_none() -> None:
    for said in range(40):
        assert isinstance(cells.timezone(f"nowhere {said}"), SheetFault)

    assert "Europe/London" == cells.timezone("London")


@pytest.mark.parametrize(
    ("first", "second", "consent"),
    [("public", "nobody", "nobody"), ("", "public", "public"), ("public", "public", "public"),
     ("participants", "public", "nobody"), ("public", "if need be", "nobody")],
)  # fmt: skip
def test_of_two_columns_of_consent_none_widens_the_other(first: str, second: str, consent: str) -> None:
    titles = ["Name", "Role", "Consent", "Who may see your name?"]
    [jo], _ = read(written([titles, ["Jo", "mentor", first, second]], ","))

    assert consent == jo.consent
