"""Public pairings -> the texts that say who meets whom, as mail or chat takes them; no value acts in any."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from html import unescape

from ...contents.build import Build
from ...model import timeline
from ...model.definitions.cohort import Cohort, Person
from ...model.definitions.program import PARTICIPANTS, Form, Role
from ...model.handbook import Handbook
from ...model.timeline import Event
from ...text.prose import address, plain
from ..steps import forms, pairings, steps
from ..steps.pairings import PairingCard
from .message import Letter

# What mentors and mentees do or come to; another announcement is nobody's next step.
_NEXT = frozenset({"training", "session", "milestone", "check-in", "form"})
_MOST_EVENTS = 4


# --- what is said ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """Words as people read them, and an address that follows them; no format's marks are in either."""

    words: str
    url: str = ""


@dataclass(frozen=True)
class Part:
    """A paragraph, or the list below it; `heading` stands above both."""

    lines: tuple[Line, ...] = ()
    items: tuple[Line, ...] = ()
    heading: str = ""


@dataclass(frozen=True)
class Message:
    """A text to send, in no format yet."""

    subject: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Announcement:
    """What can be said of a cohort's pairings on a day: nothing of those whose day has not come.

    Attributes:
        build: the day, the readers whom a name's consent has to cover, and the site's address.
    """

    handbook: Handbook
    build: Build
    cohort: Cohort

    @cached_property
    def _letter(self) -> Letter:
        return Letter(self.handbook, self.build, self.cohort)

    @property
    def cards(self) -> tuple[PairingCard, ...]:
        """The pairings that the site shows on the same day."""
        return pairings.pairing_cards(self.cohort, self.build.day, self.build.audience)

    def waiting(self) -> Iterator[tuple[date, int]]:
        """Each day ahead on which pairings will appear that both confirmed, and how many."""
        before = self.build.day
        ahead = (event.day for event in timeline.events(self.cohort) if event.kind == "announcement")
        for day in sorted({day for day in ahead if day > before}):
            found = [
                one
                for one in self.cohort.pairings
                if timeline.is_public(one, day) and not timeline.is_public(one, before)
            ]
            if staying := sum(timeline.state(one, day) != "ended" for one in found):
                yield day, staying
            before = day

    def for_all(self) -> Message:
        """Who meets whom and on what, for everybody who may know."""
        program, cards = self.cohort.program, self.cards
        number = self._count("pairings", len(cards))
        opening = [
            Line(
                self._say("announce.lead", pairings=number, program=program.title, cohort=self.cohort.title)
            ),
            Line(self._say(f"announce.mode.{program.mode}")),
        ]
        people = [person for card in cards for person in (card.pairing.mentor, card.pairing.mentee)]
        unnamed = any(not person.shown_to(self.build.audience) for person in people)
        note = [Line(self._say("announce.alias"))] if unnamed else []
        parts = [Part(tuple(opening)), *self._by_topic(cards), Part((*note, *self._page())), self._ahead()]
        subject = self._say("announce.subject", program=program.title, cohort=self.cohort.title)
        return Message(subject, _filled((*parts, self._ask())))

    def for_each(self) -> tuple[Message, ...]:
        """What the two of each pairing need; those that rest or are done need no introduction."""
        return tuple(self._for_two(card) for card in self.cards if card.state == "announced")

    # --- one for all

    def _by_topic(self, cards: Iterable[PairingCard]) -> Iterator[Part]:
        grouped: dict[str, list[PairingCard]] = {topic.id: [] for topic in self.cohort.program.topics}
        grouped[""] = []
        for card in cards:
            grouped[card.pairing.topics[0] if card.pairing.topics else ""].append(card)
        titles = {topic.id: topic.title for topic in self.cohort.program.topics}
        for name, found in grouped.items():
            if found:
                heading = titles.get(name) or self._say("announce.no_topic")
                yield Part(items=tuple(Line(self._met(card)) for card in found), heading=heading)

    def _met(self, card: PairingCard) -> str:
        """Say who meets whom; what else they work on follows, and whether they rest or are done."""
        said = self._say("announce.pairing", **self._both(card, self._with_unit))
        if card.topics[1:]:
            said = self._say("announce.also", pairing=said, topics=self._together(card.topics[1:]))
        if card.badge:
            said = self._say("announce.state", pairing=said, state=self._say(f"state.{card.badge}"))
        return said

    def _ahead(self) -> Part:
        lasting = timeline.until_the_end(self.cohort)
        found = [
            event
            for event in lasting
            if event.kind in _NEXT and event.until >= self.build.day and set(event.roles) & set(PARTICIPANTS)
        ]
        found.sort(key=lambda event: (event.next_day(self.build.day), event.id))
        items = tuple(Line(self._dated(event)) for event in found[:_MOST_EVENTS])
        return Part(items=items, heading=self._say("announce.next"))

    # --- one for each pairing

    def _for_two(self, card: PairingCard) -> Message:
        program = self.cohort.program
        parts = [
            Part((Line(self._say("announce.two", **self._both(card, self._called))),)),
            Part((Line(self._say(f"announce.each_mode.{program.mode}", **self._both(card, self._called))),)),
            Part(items=tuple(self._terms(card)), heading=self._say("announce.yours")),
            self._to_do(card),
        ]
        parts += [
            Part(items=tuple(self._forms()), heading=self._say("announce.forms")),
            Part(tuple(self._own_page(card))),
            Part((Line(self._say("announce.not_right")),)),
            self._ask(),
        ]
        subject = self._say("announce.each_subject", program=program.title, **self._both(card, self._called))
        return Message(subject, _filled(parts))

    def _terms(self, card: PairingCard) -> Iterator[Line]:
        """What the two work on, from when on and how often, and what they owe each other."""
        for name, things in (("topics", card.topics), ("goals", card.goals)):
            if things:
                yield Line(self._say(f"announce.{name}", things=self._together(things)))
        terms = self.cohort.program.agreement
        reply, notice = (self._count("hours", n) for n in (terms.reply_hours, terms.cancel_notice_hours))
        yield self._first_session()
        yield Line(self._rhythm())
        yield Line(self._say("announce.agreement", reply=reply, notice=notice))

    def _first_session(self) -> Line:
        first = self.cohort.program.sessions[0]
        event = next(one for one in timeline.events(self.cohort) if one.id == f"session-{first.id}")
        name = "first" if event.until >= self.build.day else "first_past"
        return Line(self._say(f"announce.{name}", title=first.title, span=self._span(event)))

    def _rhythm(self) -> str:
        """How many sessions there are, and how often."""
        said, every = self.cohort.program.commitment, self.cohort.program.commitment.every_weeks
        return self._say(
            "announce.rhythm",
            sessions=self._count("sessions", said.sessions),
            minutes=self._count("minutes", said.minutes),
            weeks=self._say("count.every_week") if every == 1 else self._count("weeks", every),
        )

    def _to_do(self, card: PairingCard) -> Part:
        """What each of the two does now: the first message; once a session has gone by, what comes next."""
        called = self._both(card, self._called)
        if card.begun:
            items = tuple(Line(self._step(role, called[role])) for role in reversed(PARTICIPANTS))
            return Part(items=items, heading=self._say("step.heading"))
        reply = self._count("hours", self.cohort.program.agreement.reply_hours)
        words = (
            self._say(f"announce.write.{role}", reply=reply, **called) for role in reversed(PARTICIPANTS)
        )
        return Part(items=tuple(map(Line, words)), heading=self._say("announce.week"))

    def _step(self, role: Role, who: str) -> str:
        card = steps.step_card(self.cohort, role, self.build.day)
        names = (f"step.{card.name}.{role}", f"step.{card.name}.all")
        what = self._letter.spoken(card.sentence) or self._say(*names, title=card.title)
        if card.step.event is None:
            return self._say("announce.step", who=who, what=what)
        return self._say("announce.step_on", who=who, what=what, span=self._span(card.step.event))

    def _forms(self) -> Iterator[Line]:
        """The forms that are open or will be, and the one that follows each session."""
        run, day = self.cohort, self.build.day
        for form in run.program.forms:
            if form.purpose == "session" and forms.session_forms(run, day) != "past":
                yield from self._links(form, self._say("announce.each_session", title=form.title))
        for row in forms.forms(run, day):
            if row.state != "past" and set(row.form.roles) & set(PARTICIPANTS):
                yield from self._links(row.form, self._dated(row.event))

    def _links(self, form: Form, words: str) -> Iterator[Line]:
        links = [
            (role, url) for role, url in forms.form_links(form, self.cohort) if role in (None, *PARTICIPANTS)
        ]
        for role, url in links:
            yield Line(
                self._say("announce.as", form=words, role=self._say(f"role.{role}")) if role else words, url
            )
        if not links:
            yield Line(words)

    # --- what both kinds say

    def _called(self, person: Person) -> str:
        """What these readers call somebody: the name where consent covers them, else the alias."""
        return pairings.called(person, self.handbook.labels, self.build.audience)

    def _with_unit(self, person: Person) -> str:
        """The name with its unit, which nobody learns of a person without a name."""
        if person.unit and person.shown_to(self.build.audience):
            return self._say("announce.with_unit", name=self._called(person), unit=person.unit)
        return self._called(person)

    def _both(self, card: PairingCard, call: Callable[[Person], str]) -> dict[str, str]:
        return {"mentor": call(card.pairing.mentor), "mentee": call(card.pairing.mentee)}

    def _page(self) -> Iterator[Line]:
        if self.build.site:
            yield Line(self._say("announce.page"), str(self._letter.link("cohort/pairings")))

    def _own_page(self, card: PairingCard) -> Iterator[Line]:
        if self.build.site:
            link = self._letter.link("cohort/pairing", card.pairing)
            yield Line(self._say("announce.own_page"), str(link))

    def _ask(self) -> Part:
        found = self.handbook.organisation.contact("program")
        if found is None:
            return Part((Line(self._say("announce.ask", contact=self._say("contact.none"))),))
        named = ", ".join(part for part in (found.label, found.phone) if part)
        return Part((Line(self._say("announce.ask", contact=named), found.url if found.address else ""),))

    def _dated(self, event: Event) -> str:
        title = self._say(f"event.{event.kind}", title=event.title)
        return self._say("announce.dated", title=title, span=self._span(event))

    def _span(self, event: Event) -> str:
        return unescape(self.handbook.labels.span(event.day, event.until))

    def _together(self, parts: Iterable[str]) -> str:
        return unescape(self.handbook.labels.together([*parts]))

    def _count(self, things: str, number: int) -> str:
        return unescape(self.handbook.labels.count(f"count.{things}", number))

    def _say(self, *names: str, **values: object) -> str:
        """Say a label in plain words: each format writes every one of them inert."""
        return unescape(self.handbook.labels.say(*names, **values))


def _filled(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Keep the parts that say anything; a heading alone says nothing."""
    return tuple(part for part in parts if part.lines or part.items)


# --- how it is written ----------------------------------------------------------------------------

_COLUMNS = 72
# Chat tools know no escape: these become signs that look alike, …
_LOOK_ALIKE = str.maketrans({"*": "\u2217", "~": "\u223c", "`": "\u02cb", "[": "\uff3b", "]": "\uff3d"})
_EDGE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
# … and behind these stands a joiner that nobody sees, so that no mention, emoji, link or tag begins.
_JOINER = "\u2060"
_BEGINS = re.compile(r"\\|[@#<&:](?=\S)|(?<=\w)\.(?=\w)")
_MARK_OF_A_LINE = re.compile(r"^(?=\W|\d+[.)])")


@dataclass(frozen=True)
class _Format:
    """How one kind of reader writes the parts of a text; `link` gets words that are inert, and an address."""

    text: Callable[[str], str]
    link: Callable[[str, str], str]
    subject: str
    heading: str
    item: str


def as_email(message: Message) -> str:
    """Write plain text in 72 columns, with the subject above it; addresses are never broken."""
    blocks = []
    for part in message.parts:
        head = [_wrapped(part.heading)] if part.heading else []
        said = [_mailed(line, "") for line in part.lines] + [_mailed(line, "  ", "- ") for line in part.items]
        blocks.append("\n".join((*head, *said)))
    # A header is one line, however long it is.
    return "\n\n".join((f"Subject: {plain(message.subject)}", *blocks)) + "\n"


def _mailed(line: Line, indent: str, first: str = "") -> str:
    target = _shown(line.url)
    return _wrapped(line.words, indent, first) + (f"\n{indent}{target}" if target else "")


def _wrapped(text: str, indent: str = "", first: str = "") -> str:
    return textwrap.fill(
        plain(text), _COLUMNS, initial_indent=first, subsequent_indent=indent, break_on_hyphens=False
    )


def _written(message: Message, form: _Format) -> str:
    blocks = [form.subject.format(form.text(message.subject))]
    for part in message.parts:
        if part.heading:
            blocks.append(form.heading.format(form.text(part.heading)))
        lines = [_line(line, form) for line in part.lines]
        items = [form.item.format(_line(line, form)) for line in part.items]
        blocks += ["\n\n".join(lines)] if lines else []
        blocks += ["\n".join(items)] if items else []
    return "\n\n".join(blocks) + "\n"


def _line(line: Line, form: _Format) -> str:
    words = form.text(line.words)
    return form.link(words, line.url) if address(line.url) else words


def _shown(url: str) -> str:
    """An address as people read it, with nothing in it that is no part of one; empty where it is none."""
    return unescape(address(url)).removeprefix("mailto:")


def _linked(words: str, url: str) -> str:
    return f"[{words}]({address(url)})"


# What means something in Markdown, also where bare addresses are links or a list begins with a number.
_ACTIVE = re.compile(r"[\\`*_\[\]<>&#!|~@{}^$=]|(?<=\w)[.:](?=[\w/])|^[-+]|(?<=^\d)[.)]|(?<=^\d\d)[.)]")


def _escaped(text: str) -> str:
    """Put a backslash before what Markdown would read; people still read the source."""
    quiet = _ACTIVE.sub(lambda sign: f"\\{sign[0]}", plain(text)).replace("\\@", "&#64;")  # no mention
    return re.sub(r"^(\d{3,9})([.)])", r"\1\\\2", quiet)


def _chatted(text: str) -> str:
    """Leave nothing in a text that a chat tool would read as a mark; readers see the same letters."""
    quiet = _EDGE.sub("\u02cd", plain(text).translate(_LOOK_ALIKE))
    return _MARK_OF_A_LINE.sub(_JOINER, _BEGINS.sub(lambda sign: f"{sign[0]}{_JOINER}", quiet))


def _for_slack(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _slack_text(text: str) -> str:
    return _for_slack(_chatted(text))


def _slack_link(words: str, url: str) -> str:
    """The words, and the address, which Slack links by itself."""
    return f"{words}\n{_for_slack(_shown(url))}"


FORMATS: Mapping[str, Callable[[Message], str]] = {
    "email": as_email,
    "slack": partial(_written, form=_Format(_slack_text, _slack_link, "*{}*", "*{}*", "• {}")),
    "teams": partial(_written, form=_Format(_chatted, _linked, "**{}**", "**{}**", "- {}")),
    "markdown": partial(_written, form=_Format(_escaped, _linked, "# {}", "## {}", "- {}")),
}
