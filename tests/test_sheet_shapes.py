"""Sheets as organisations have them, forty shapes: every row is a sign-up or told, in whatever order."""

import random
from dataclasses import dataclass
from typing import Literal

import pytest

from handbook.register.intake.columns import plan_of, sheet_of, unasked
from handbook.register.intake.faults import SheetFault, has_errors
from handbook.register.intake.identities import Roster, give_ids
from handbook.register.intake.rows import SheetPeople, read_people
from handbook.register.intake.sheet import Sheet
from handbook.register.intake.terms import Term
from handbook.register.ledger.ledger import SignUp

TOPICS = (
    Term("ai", "AI tools"),
    Term("data", "Data, charts, and how to read them"),
    Term("pros", "Pros; cons"),
)
CATALOGUE = {"topics": TOPICS, "goals": ()}
Role = Literal["", "mentor", "mentee"]


@dataclass(frozen=True)
class Shape:
    """A sheet, and what comes of it."""

    sheet: str
    people: tuple[str, ...]  # who signs up, in any order
    left_out: tuple[int, ...] = ()  # rows with an error
    twice: int = 0  # rows of somebody who has another one
    role: Role = ""
    encoding: str = "utf-8"
    columns: tuple[tuple[str, str], ...] = ()
    headings: int = 0  # rows above the titles


SHAPES = {
    "google forms": Shape(
        "Timestamp,Email Address,What is your full name?,Would you like to be a mentor or a mentee?,"
        "Department\n"
        "2027/01/02 9:14:03 AM GMT,jo@x.example,Jo Ray,Mentor,Data\n"
        "2027/01/03 9:14:03 AM GMT,al@x.example,Al Poe,Mentee,IT\n",
        ("Jo Ray", "Al Poe"),
    ),
    "microsoft forms": Shape(
        "ID;Start time;Completion time;Email;Name;Name2;Role;Topics\n"
        "1;1/2/27 9:10:00;1/2/27 9:14:00;anonymous;;Jo Ray;Mentor;AI tools;\n"
        "2;1/2/27 9:20:00;1/2/27 9:24:00;anonymous;;Al Poe;Mentee;\n".replace(";\n", "\n"),
        ("Jo Ray", "Al Poe"),
    ),
    "excel in german": Shape(
        "Zeitstempel;Nachname;Vorname;E-Mail-Adresse;Rolle;Abteilung;Besoldungsgruppe\r\n"
        "02.01.2027 09:14;Müller;Jörg;joerg@x.example;Mentor;IT;E 11\r\n"
        "03.01.2027 09:14;Groß;Käthe;kaethe@x.example;Mentee;Recht;AT\r\n",
        ("Jörg Müller", "Käthe Groß"), encoding="cp1252",
    ),
    "libreoffice with tabs": Shape(
        "Nom\tPrénom\tRôle\tService\nLefèvre\tÉlodie\tMentor\tAchats\nNoël\tFrançois\tMentoré\tDroit\n",
        ("Élodie Lefèvre", "François Noël"), encoding="utf-8-sig",
    ),
    "utf-16 as excel saves unicode text": Shape(
        "Name\tRole\nŁukasz Wiśniewski\tMentor\nJiří Dvořák\tMentee\n",
        ("Łukasz Wiśniewski", "Jiří Dvořák"), encoding="utf-16",
    ),
    "mentors alone": Shape(
        "Name,Email,Skills\nJo Ray,jo@x.example,Excel\nAl Poe,al@x.example,Chess\n", ("Jo Ray", "Al Poe"),
        role="mentor",
    ),
    "mentees alone, with a column for the job that is called role": Shape(
        "Name,Role,Learn\nJo Ray,Head of Law,AI\nAl Poe,Director,Excel\n"
        "", ("Jo Ray", "Al Poe"), role="mentee",
    ),
    "a question for each role": Shape(
        "Name,Do you want to be a mentor?,Do you want to be a mentee?\nJo Ray,Yes,No\nAl Poe,no,YES\n"
        "Bo Lee,Yes,Yes\n",
        ("Jo Ray", "Al Poe", "Bo Lee"),
        columns=(("Do you want to be a mentor?", "role"), ("Do you want to be a mentee?", "role")),
    ),
    "words for grades": Shape(
        "Name,Role,Grade\nJo Ray,mentor,EO\nAl Poe,mentee,HEO\nBo Lee,mentee,Grade 7\nCy Fox,mentee,SCS1\n",
        ("Jo Ray", "Al Poe", "Bo Lee", "Cy Fox"),
    ),
    "grades that say nothing": Shape(
        "Name,Role,Level\nJo Ray,mentor,prefer not to say\nAl Poe,mentee,-\nBo Lee,mentee,\n",
        ("Jo Ray", "Al Poe", "Bo Lee"),
    ),
    "zones in letters": Shape(
        "Name,Role,Time zone\nJo Ray,mentor,PST\nAl Poe,mentee,EST\nBo Lee,mentee,IST\nCy Fox,mentor,CET\n",
        ("Jo Ray", "Al Poe", "Bo Lee", "Cy Fox"),
    ),
    "zones in words": Shape(
        "Name,Role,Time zone\nJo Ray,mentor,Other\nAl Poe,mentee,Eastern Time (US & Canada)\n"
        "Bo Lee,mentee,UTC+1\n",
        ("Jo Ray", "Al Poe", "Bo Lee"),
    ),
    "hours in words": Shape(
        "Name,Role,When can you meet?\nJo Ray,mentor,Tuesdays after 2pm\nAl Poe,mentee,afternoons\n"
        "Bo Lee,mentee,0\nCy Fox,mentor,whenever my calendar allows\n",
        ("Jo Ray", "Al Poe", "Bo Lee", "Cy Fox"),
    ),
    "capacity in words": Shape(
        "Name,Role,How many mentees?\nJo Ray,mentor,One\nAl Poe,mentor,Two (about 2 hours a week)\n"
        "Bo Lee,mentor,many\n",
        ("Jo Ray", "Al Poe", "Bo Lee"),
    ),
    "locations in own words": Shape(
        "Name,Role,Location\nJo Ray,mentor,Leeds\nAl Poe,mentee,room 12\nBo Lee,mentee,remote\n",
        ("Jo Ray", "Al Poe", "Bo Lee"),
    ),
    "addresses as pasted": Shape(
        "Name,Email,Role\nJo Ray,Jo Ray <jo@x.example>,mentor\n"
        "Siobhan O'Neill,siobhan.o'neill@x.example,mentee\n"
        "Bo Lin,bo@x.example;,mentee\nCy Fox,mailto:cy@x.example,mentor\n"
        "Di Ox,di@x.example; di@y.example,mentor\n",
        ("Jo Ray", "Siobhan O'Neill", "Bo Lin", "Cy Fox", "Di Ox"),
    ),
    "addresses that are none": Shape(
        "Name,Email,Role\nJo Ray,jo@x,mentor\nAl Poe,ask my boss,mentee\nBo Lee,-,mentee\n"
        "Cy Fox,n/a,mentor\n",
        ("Jo Ray", "Al Poe", "Bo Lee", "Cy Fox"),
    ),
    "placeholders for names": Shape(
        "Name,Role\nJo Ray,mentor\n-,mentee\ntest,mentor\nAnonymous,mentee\nxxx,mentee\nAl Poe,mentee\n",
        ("Jo Ray", "Al Poe"), left_out=(3, 4, 5, 6),
    ),
    "two parts of a name that are alike": Shape(
        "First name,Last name,Role\nBoutros,Boutros-Ghali,mentor\nAli,Ben Ali,mentee\n"
        "Neville,Neville,mentee\n"
        "Ford Madox,Ford,mentor\n",
        ("Boutros Boutros-Ghali", "Ali Ben Ali", "Neville Neville", "Ford Madox Ford"),
    ),
    "the whole name beside its parts": Shape(
        "First name,Last name,Name,Role\nJo,Ray,Jo Ray,mentor\nAli,Ben Ali,Ali Ben Ali,mentee\n",
        ("Jo Ray", "Ali Ben Ali"),
    ),
    "newest first, as excel tables are sorted": Shape(
        "Timestamp,Name,Email,Role\n12/15/2027 9:00:00,Jo Ray,jo@x.example,mentor\n"
        "12/13/2027 9:00:00,Al Poe,al@x.example,mentee\n12/1/2027 9:00:00,Jo Ray,jo@x.example,mentee\n",
        ("Jo Ray", "Al Poe"), twice=1,
    ),
    "one person twice without times": Shape(
        "Name,Email,Role,Consent\nJo Ray,jo@x.example,mentor,public\nAl Poe,al@x.example,mentee,\n"
        '"Ray, Jo",JO@x.example,mentor,nobody\n',
        ("Ray, Jo", "Al Poe"), twice=1,
    ),
    "two people of one name": Shape(
        "Name,Role,Department\nJo Ray,mentor,Data\nAl Poe,mentee,IT\nJo Ray,mentee,Law\n",
        ("Jo Ray", "Jo Ray", "Al Poe"),
    ),
    "two people with one mailbox": Shape(
        "Name,Email,Role\nJo Ray,us@x.example,mentor\nAl Poe,us@x.example,mentee\n"
        "Bo Lee,bo@x.example,mentee\n",
        ("Al Poe", "Bo Lee"), left_out=(2,),
    ),
    "several answers a cell": Shape(
        "Name,Role,Topics,Languages\nJo Ray,mentor,AI tools;Pros; cons;,English;French\n"
        'Al Poe,mentee,"Data, charts, and how to read them, AI tools",English\n',
        ("Jo Ray", "Al Poe"),
    ),
    "line breaks in cells": Shape(
        'Name,Role,Topics\nJo Ray,mentor,"AI tools\nExcel"\nAl Poe,mentee,"Chess\r\nGo"\n'
        '', ("Jo Ray", "Al Poe"),
    ),
    "several protected answers a cell": Shape(
        'Name,Role,Interests\nJo Ray,mentor,"Gay, Transgender"\nAl Poe,mentee,"Straight; Man"\n'
        '', ("Jo Ray", "Al Poe"),
    ),
    "a heading in one cell": Shape(
        "Sign-ups of spring\n\nName,Role\nJo Ray,mentor\nAl Poe,mentee\n", ("Jo Ray", "Al Poe"), headings=2,
    ),
    "a merged heading": Shape(
        "About you,,,Your wishes,\nName,Email,Role,Topics,Goals\nJo Ray,jo@x.example,mentor,AI tools,\n"
        "Al Poe,al@x.example,mentee,,\n",
        ("Jo Ray", "Al Poe"), headings=1,
    ),
    "a title over a merged heading": Shape(
        "Mentoring 2027,,,\n,Person,,Program\nNo.,Name,Department,Role\n1,Jo Ray,Data,mentor\n"
        "2,Al Poe,IT,mentee\n",
        ("Jo Ray", "Al Poe"), columns=(("No.", "leave-out"),), headings=2,
    ),
    "a second row of titles": Shape(
        "Respondent ID,IP Address,About you,,Role\n,,Name,Email Address,Response\n"
        "7,10.0.0.7,Jo Ray,jo@x.example,mentor\n"
        "8,10.0.0.8,Al Poe,al@x.example,mentee\n",
        ("Jo Ray", "Al Poe"), headings=1,
    ),
    "excel's line about the separator": Shape(
        "sep=;\nName;Role\nJo Ray;mentor\nAl Poe;mentee\n", ("Jo Ray", "Al Poe"),
    ),
    "blank rows, and a sum below": Shape(
        "Name,Role\nJo Ray,mentor\n,\nAl Poe,mentee\n,\n,Total: 2\n", ("Jo Ray", "Al Poe"), left_out=(6,),
    ),
    "rows longer than the titles": Shape(
        "Name,Role\nJo Ray,mentor\nAl Poe,mentee,see me\n", ("Jo Ray",), left_out=(3,),
    ),
    "choices in a form's own words": Shape(
        "Name,Role,May we show your name?\nJo Ray,I'd like to teach (mentor),Yes\nAl Poe,mentee,No\n"
        "Bo Lee,I'd like to teach (mentor),Yes\n",
        ("Al Poe",), left_out=(2, 4),
    ),
    "roles with explanations": Shape(
        "Name,Role\nJo Ray,Mentor (I am the junior)\nAl Poe,Mentee – I learn\nBo Lee,Either\n",
        ("Jo Ray", "Al Poe", "Bo Lee"),
    ),
    "spanish": Shape(
        "Marca temporal,Nombre,Apellidos,Correo electrónico,¿Quiere ser mentor o mentee?,Zona horaria\n"
        "1/13/2027 9:00:00,María,Núñez,maria@x.example,Mentora,Madrid\n"
        "1/14/2027 9:00:00,José,López,jose@x.example,Ambos,?\n",
        ("María Núñez", "José López"), encoding="cp1252",
    ),
    "dutch": Shape(
        "Tijdstempel;Voornaam;Achternaam;Rol;Hoeveel mentees?\n13-1-2027 9:00;Jan;de Vries;Mentor;twee\n"
        "14-1-2027 9:00;Eva;Smit;Mentee;\n",
        ("Jan de Vries", "Eva Smit"), columns=(("Rol", "role"), ("Hoeveel mentees?", "capacity")),
    ),
    "cells that only fill": Shape(
        "Name,Email,Role,Department,Grade,Manager,Time zone,Hours,Location,Capacity,Not with\n"
        "Jo Ray,n/a,mentor,-,n/a,-,-,n/a,.,tbd,-\nAl Poe,,mentee,None,?,None,unknown,-,-,-,None\n",
        ("Jo Ray", "Al Poe"),
    ),
    "a title twice, one empty": Shape(
        "Name,Role,Topics,Topics\nJo Ray,mentor,,AI tools\nAl Poe,mentee,,\n", ("Jo Ray", "Al Poe"),
    ),
    "an export with much that nobody needs": Shape(
        "Name,Role,Score,ID,Start time,Completion time,Shoe size\nJo Ray,mentor,0,1,x,y,38\n"
        "Al Poe,mentee,0,2,x,y,39\n",
        ("Jo Ray", "Al Poe"), columns=(("Shoe size", "leave-out"),),
    ),
    "names in other scripts": Shape(
        "Name,Role\nمحمد علي,mentor\n李小龍,mentee\n",
        ("محمد علي", "李小龍"),
    ),
}  # fmt: skip


def imported(shape: Shape, text: str) -> tuple[SheetPeople, Roster]:
    columns = dict(shape.columns)
    sheet = sheet_of(text.encode(shape.encoding), columns)
    assert isinstance(sheet, Sheet), sheet
    plan = plan_of(sheet, columns, role=shape.role)
    faults = (*plan.faults, *unasked(sheet, plan))
    assert not has_errors(faults), faults
    people = read_people(sheet, plan.fields, CATALOGUE, role=shape.role)
    return people, give_ids(people.sign_ups)


def names(roster: Roster) -> list[str]:
    return sorted(person.name for person in roster.sign_ups)


def rows_of(shape: Shape) -> tuple[list[str], list[str]]:
    """The lines up to the titles, and those below."""
    lines = shape.sheet.splitlines(keepends=True)
    top = shape.headings + 1 + shape.sheet.startswith("sep=")
    return lines[:top], lines[top:]


def is_error(fault: SheetFault) -> bool:
    return fault.severity == "error"


def test_there_are_forty_shapes() -> None:
    assert len(SHAPES) >= 40


@pytest.mark.parametrize("name", SHAPES)
def test_every_row_of_a_sheet_is_a_sign_up_or_told(name: str) -> None:
    shape = SHAPES[name]
    people, roster = imported(shape, shape.sheet)

    assert sorted(shape.people) == names(roster)
    assert {*shape.left_out} == {row for fault in people.faults if is_error(fault) for row in fault.rows}
    twice = [fault for fault in people.faults if "this row counts." in fault.message]
    assert shape.twice == len(twice)
    filled = [line for line in rows_of(shape)[1] if line.strip(" ,;\t\r\n")]
    broken = shape.sheet.count('"AI tools\n') + shape.sheet.count('"Chess\r\n')  # line breaks within cells
    assert len(filled) - broken == len(roster.sign_ups) + len(shape.left_out) + shape.twice


@pytest.mark.parametrize("name", [name for name in SHAPES if name != "line breaks in cells"])
def test_the_same_people_come_of_it_whatever_the_order_of_the_rows(name: str) -> None:
    shape = SHAPES[name]
    above, below = rows_of(shape)
    wanted = sorted(
        (one.name.casefold(), one.email.casefold()) for one in imported(shape, shape.sheet)[1].sign_ups
    )
    for seed in range(20):
        random.Random(seed).shuffle(below)
        _, roster = imported(shape, "".join((*above, *below)))

        found = sorted((one.name.casefold(), one.email.casefold()) for one in roster.sign_ups)
        if (
            name == "one person twice without times"
        ):  # the lower row counts, and with it how the name is written
            found = sorted(
                (" ".join(sorted(called.replace(",", "").split())), mail) for called, mail in found
            )
            wanted = sorted(
                (" ".join(sorted(called.replace(",", "").split())), mail) for called, mail in wanted
            )
        assert wanted == found


# --- two sheets into one cohort ------------------------------------------------------------------

MENTORS = (
    "Name,Email,Skills,How many mentees?,Consent\nJo Ray,jo@x.example,Excel,3,public\n"
    "Bo Lee,bo@x.example,Go,1,public\n"
)
MENTEES = "Name,Email,Learn,Consent\nAl Poe,al@x.example,AI,\nBo Lee,bo@x.example,Chess,nobody\n"


def sheet_people(text: str, role: Role) -> tuple[tuple[SignUp, ...], set[str]]:
    sheet = sheet_of(text.encode(), {})
    assert isinstance(sheet, Sheet)
    plan = plan_of(sheet, {}, role=role)
    assert not has_errors((*plan.faults, *unasked(sheet, plan)))
    return read_people(sheet, plan.fields, CATALOGUE, role=role).sign_ups, {*plan.fields.values()}


def both(*sheets: tuple[str, Role]) -> Roster:
    roster = Roster((), 0)
    for text, role in sheets:
        people, held = sheet_people(text, role)
        roster = give_ids(people, roster.sign_ups, roster.last, role=role, held=held)
    return roster


@pytest.mark.parametrize("sheets", [
    ((MENTORS, "mentor"), (MENTEES, "mentee")), ((MENTEES, "mentee"), (MENTORS, "mentor")),
    ((MENTORS, "mentor"), (MENTEES, "mentee"), (MENTORS, "mentor")),
])  # fmt: skip
def test_two_sheets_make_one_cohort_in_any_order(sheets: tuple[tuple[str, Role], ...]) -> None:
    roster = both(*sheets)
    people = {person.name: person for person in roster.sign_ups}

    assert {"Jo Ray": ("mentor",), "Al Poe": ("mentee",), "Bo Lee": ("mentor", "mentee")} == {
        name: person.roles for name, person in people.items()
    }
    assert ("nobody", ("Go",), ("Chess",)) == (
        people["Bo Lee"].consent,
        people["Bo Lee"].skills,
        people["Bo Lee"].learn,
    )
    assert (3, "public", 0) == (people["Jo Ray"].capacity, people["Jo Ray"].consent, roster.missing)
    assert 3 == len({person.id for person in roster.sign_ups})


def test_whoever_is_gone_from_the_sheet_of_a_role_goes_and_nobody_else() -> None:
    later = "Name,Email,Skills\nBo Lee,bo@x.example,Go\nCy Fox,cy@x.example,Law\n"

    roster = both((MENTORS, "mentor"), (MENTEES, "mentee"), (later, "mentor"))

    assert ["Al Poe", "Bo Lee", "Cy Fox"] == names(roster)
    assert 1 == roster.missing


def test_two_of_one_name_in_two_sheets_and_units_are_two_people() -> None:
    mentors, mentees = "Name,Department\nJo Ray,Data\n", "Name,Department\nJo Ray,Law\n"

    assert ["Jo Ray", "Jo Ray"] == names(both((mentors, "mentor"), (mentees, "mentee")))
    assert ["Jo Ray"] == names(both((mentors, "mentor"), (mentors, "mentee")))
