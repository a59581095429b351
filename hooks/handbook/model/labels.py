"""Labels and dates in a language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, time
from functools import cached_property
from typing import Any

from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent
from markupsafe import Markup

from ..text.document import Document
from ..text.prose import Text, inert
from .definitions.parts import Amount, Commitment, Range, bounds

ENGLISH_LINE = Markup('<span lang="en" dir="ltr">{}</span>')
_FORM = re.compile(r"\.(?:zero|one|two|few|many|other)$")  # of a plural, by CLDR


class LabelError(Exception):
    """A label, by its dotted name, that cannot be said; an organisation writes it at `path`."""

    def __init__(self, language: str, label: str, cause: Exception) -> None:
        super().__init__(f"The label `{label}` cannot be said: {type(cause).__name__}: {cause}")
        self.path = f"docs/templates/texts/{language}.yml"
        self.label = label


@dataclass(frozen=True, eq=False)  # each is itself: a key for what is worked out of it
class Labels:
    """The words of one language by dotted name; `{name}` in one is filled when it is said.

    Those that it is `lacking` are English, and say so where `marking` asks for it.
    """

    language: str
    words: Mapping[str, str] = field(default_factory=dict)
    lacking: frozenset[str] = frozenset()
    marking: bool = False

    @staticmethod
    def of(language: str, *documents: Document) -> Labels:
        """Read labels, first the English ones; a later document wins, a plural with all of its forms."""
        english, *others = (dict(_flat("", document.values)) for document in documents)
        mine = {name: text for one in others for name, text in one.items()}
        if language.startswith("en"):
            return Labels(language, {**english, **mine})
        whole = {"dates.lists", *(_FORM.sub("", name) for name in mine)}
        instead = {name: text for name, text in english.items() if _FORM.sub("", name) not in whole}
        return Labels(language, {**instead, **mine}, frozenset(instead))

    @cached_property
    def locale(self) -> Locale:
        """What Babel knows of the language."""
        return Locale.parse(self.language, sep="-")

    def say(self, *names: str, **values: object) -> Markup:
        """Say the first label of these names that exists.

        Raises:
            KeyError: none of them does.
            LabelError: its braces are wrong, or name what is not given.
        """
        known = next((name for name in names if name in self.words), None)
        if known is None:
            raise KeyError(f"No text is called {' or '.join(names)}.")
        turned = self.locale.text_direction == "rtl"
        try:
            inserted = {
                key: self.day(value) if isinstance(value, date) else _inert(value, turned)
                for key, value in values.items()
            }
            said = Markup(self.words[known].format(**inserted))
        except Exception as error:  # whatever the braces of a label ask for
            raise LabelError(self.language, known, error) from error
        return ENGLISH_LINE.format(said) if self.marking and known in self.lacking else said

    def has(self, name: str) -> bool:
        """Whether there is a label of this name."""
        return name in self.words

    def count(self, name: str, number: Amount | float) -> Markup:
        """Say a number of things: in the language's plural form, such as `name.one`, else `name.other`."""
        most: float = number.most if isinstance(number, Range) else number
        span = self.say("count.range", **asdict(number)) if isinstance(number, Range) else Markup()
        form = self.locale.plural_form(most)
        return self.say(f"{name}.{form}", f"{name}.other", n=span or self.number(most))

    def every(self, weeks: Amount) -> Markup:
        """Say what follows “every”: week, 3 weeks, 2 to 4 weeks."""
        least, most = bounds(weeks)
        if most == 0:
            return self.say("count.every_few_days")
        if least == 0:
            return self.say("count.or_sooner", weeks=self.every(most))
        return self.say("count.every_week") if most == 1 else self.count("count.weeks", weeks)

    def rhythm(self, time: Commitment) -> Markup:
        """Say how many sessions there are, how long they take and how often, as a part of a sentence."""
        counted = {
            "sessions": self.count("count.sessions", time.sessions),
            "minutes": self.count("count.minutes", time.minutes),
        }
        if time.sessions == 1:
            return self.say("announce.rhythm_once", **counted)
        if bounds(time.every_weeks)[0] == 0:
            return self.say("announce.rhythm_within", **counted, weeks=self.count("count.weeks", time.weeks))
        return self.say("announce.rhythm", **counted, weeks=self.every(time.every_weeks))

    def day(self, day: date, pattern: str = "day") -> Markup:
        """Write a day out, such as “Mon 1 March 2027”."""
        return Markup(format_date(day, self.words[f"dates.{pattern}"], locale=self.locale))

    def span(self, first: date, last: date) -> Markup:
        """Write a span of days as short as it can be understood."""
        if first == last:
            return self.day(first)
        pattern = "day" if first.year != last.year else "day_without_year"
        return self.say("dates.span", first=self.day(first, pattern), last=self.day(last))

    def clock(self, hour: str) -> Markup:
        """Write a time of day as the language does; "13:30" in, such as “1:30 pm” or “13:30” out."""
        return Markup(format_time(time.fromisoformat(hour), self.words["dates.clock"], locale=self.locale))

    def ahead(self, day: date, today: date) -> Markup:
        """Say how far a day is from today: today, tomorrow, in 5 days, in 3 weeks, 2 days ago."""
        days = (day - today).days
        if days in (-1, 0, 1):
            return self.say(f"ahead.{('yesterday', 'today', 'tomorrow')[days + 1]}")
        amount, unit = (round(abs(days) / 7), "weeks") if abs(days) >= 14 else (abs(days), "days")
        return self.count(f"ahead.{'in' if days > 0 else 'ago'}.{unit}", amount)

    def number(self, value: float, unit: str = "") -> Markup:
        """Write a number with its unit; “%” as the language does."""
        if unit == "%":
            pattern = self.locale.percent_formats[None].pattern.replace("0", "0.##")
            return Markup(format_percent(round(value, 2) / 100, pattern, self.locale))
        return Markup(f"{format_decimal(round(value, 2), locale=self.locale)} {inert(unit)}".rstrip())

    def money(self, value: float, currency: str) -> Markup:
        """Write a sum of money as the language does, without cents."""
        pattern = self.locale.currency_formats["standard"].pattern.replace(".00", "")
        return Markup(format_currency(value, currency, pattern, self.locale, currency_digits=False))

    def together(self, parts: list[str]) -> Markup:
        """Join words as the language does: a, b and c."""
        locale = self.words.get("dates.lists", self.locale)
        return Markup(format_list([_inert(part) for part in parts], locale=locale))


def _inert(value: object, turned: bool = False) -> str:
    if isinstance(value, Markup):
        return value
    # From right to left, a name in other letters would lose the full stop at its end.
    return f"&#8296;{inert(value)}&#8297;" if turned and isinstance(value, Text) else inert(str(value))


def _flat(prefix: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(f"{prefix}.{key}".strip("."), inner)
    else:
        yield prefix, str(value)
