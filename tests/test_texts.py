"""Words, days and numbers are said as the language says them, and what is filled in stays inert."""

import string
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup

from handbook import DATA
from handbook.model.handbook import Handbook
from handbook.model.labels import LabelError, Labels
from handbook.text.document import Document, read
from handbook.text.prose import Text

TODAY = date(2027, 3, 10)


@pytest.fixture(scope="module")
def texts(short: Handbook) -> Labels:
    return short.labels


def test_a_label_is_filled_in(texts: Labels) -> None:
    assert "Sign-up for Digital fluency" == texts.say("event.sign-up", title="Digital fluency")
    assert "Opens on Wed 10 March 2027, today." == texts.say(
        "form.coming", opens="", day=TODAY, ahead="today"
    )


def test_what_is_filled_in_is_inert_unless_it_is_markup(texts: Labels) -> None:
    assert "Sign-up for &#60;b&#62;" == texts.say("event.sign-up", title=Text("<b>"))
    assert "Sign-up for &#123;title&#125;" == texts.say("event.sign-up", title="{title}")
    assert "Sign-up for <b>" == texts.say("event.sign-up", title=Markup("<b>"))


def test_the_first_label_that_exists_is_said(texts: Labels) -> None:
    assert texts.say("role.all") == texts.say("role.nobody", "role.all")
    assert not texts.has("role.nobody")
    with pytest.raises(KeyError, match=r"role\.nobody or role\.nothing"):
        texts.say("role.nobody", "role.nothing")


@pytest.mark.parametrize(("number", "said"), [(0, "0 sessions"), (1, "1 session"), (2, "2 sessions")])
def test_things_are_counted(texts: Labels, number: int, said: str) -> None:
    assert said == texts.count("count.sessions", number)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2027-03-10", "2027-03-10", "Wed 10 March 2027"),
        ("2027-03-10", "2027-04-01", "Wed 10 Mar – Thu 1 April 2027"),
        ("2027-12-31", "2028-01-03", "Fri 31 December 2027 – Mon 3 January 2028"),
    ],
)
def test_a_span_is_as_short_as_it_can_be_understood(texts: Labels, first: str, last: str, said: str) -> None:
    assert said == texts.span(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2027-03-10", "today"),
        ("2027-03-11", "tomorrow"),
        ("2027-03-09", "yesterday"),
        ("2027-03-12", "in 2 days"),
        ("2027-03-23", "in 13 days"),
        ("2027-03-24", "in 2 weeks"),
        ("2027-04-13", "in 5 weeks"),
        ("2027-03-03", "7 days ago"),
        ("2027-02-10", "4 weeks ago"),
    ],
)
def test_a_day_is_so_far_ahead(texts: Labels, day: str, said: str) -> None:
    assert said == texts.ahead(date.fromisoformat(day), TODAY)


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (20, "%", "20%"),
        (20.0, "", "20"),
        (2.456, "hours", "2.46 hours"),
        (12345, "<b>", "12,345 &#60;b&#62;"),
        (-0.5, "", "-0.5"),
    ],
)
def test_a_number_has_its_unit(texts: Labels, value: float, unit: str, said: str) -> None:
    assert said == texts.number(value, unit)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "*b*", Markup("<i>c</i>")], "a, &#42;b&#42; and <i>c</i>"),
    ],
)
def test_words_are_joined(texts: Labels, parts: list[str], said: str) -> None:
    assert said == texts.together(parts)


def test_an_hour_is_written_as_the_texts_say(texts: Labels) -> None:
    assert "09:05" == texts.clock("09:05")
    assert "9:05\u202fAM" == Labels("en", {"dates.clock": "h:mm\u202fa"}).clock("09:05")


def test_other_languages_have_their_own_days() -> None:
    assert "Mi. 10 März 2027" == Labels("de", {"dates.day": "EEE d MMMM y"}).day(TODAY)


def test_the_organisations_label_wins_and_the_others_stay() -> None:
    engine, own = read("en.yml", "a: {b: B, c: C}"), read("own.yml", "a: {b: Own}")
    assert isinstance(engine, Document)
    assert isinstance(own, Document)

    assert {"a.b": "Own", "a.c": "C"} == Labels.of("en", engine, own).words


def test_an_organisation_changes_a_label(load_with: Any) -> None:
    handbook, problems = load_with({"docs/templates/texts/en.yml": "role: {mentor: Guide}\n"})

    assert () == problems
    assert ("Guide", "Mentee") == (handbook.labels.say("role.mentor"), handbook.labels.say("role.mentee"))


@pytest.mark.parametrize("file", sorted((DATA / "texts").glob("*.yml")), ids=lambda file: file.stem)
def test_every_label_can_be_filled_in(file: Path) -> None:
    """A brace too many would end the build of the page that says it."""
    document = read(file.name, file.read_bytes())
    assert isinstance(document, Document)
    words = Labels.of(file.stem, document).words
    unfit = [
        name for name, label in words.items() if not all(field.isidentifier() for field in fields(label))
    ]

    assert len(words) > 200
    assert [] == unfit
    assert [] == [name for name in words if name.endswith(".one") and f"{name[:-4]}.other" not in words]


def fields(label: str) -> list[str]:
    """The names between braces."""
    return [name for _, name, _, _ in string.Formatter().parse(label) if name is not None]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0 dni"),
        (1, "1 dzień"),
        (2, "2 dni!"),
        (5, "5 dni"),
        (12, "12 dni"),
        (22, "22 dni!"),
        (25, "25 dni"),
    ],
)
def test_things_are_counted_in_the_languages_own_forms(number: int, said: str) -> None:
    words = {"days.one": "{n} dzień", "days.few": "{n} dni!", "days.other": "{n} dni"}

    assert said == Labels("pl", words).count("days", number)


def test_a_language_needs_no_more_forms_than_it_says() -> None:
    words = {"days.one": "{n} day", "days.other": "{n} days"}

    assert ["1 day", "2 days", "5 days"] == [
        Labels("pl", words).count("days", number) for number in (1, 2, 5)
    ]


def test_a_label_that_cannot_be_said_says_which_and_why() -> None:
    with pytest.raises(LabelError, match=r"`a\.b` cannot be said: KeyError: 'who'") as raised:
        Labels("en", {"a.b": "Hello {who}"}).say("a.c", "a.b", you=1)

    assert ("docs/templates/texts/en.yml", "a.b") == (raised.value.path, raised.value.label)
