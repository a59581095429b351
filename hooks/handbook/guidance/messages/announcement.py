"""Public pairings -> the messages that say who meets whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from markupsafe import Markup

from ...contents.kinds import ANNOUNCEMENTS
from ...model.definitions.cohort import Person
from ...model.definitions.playbook import Item
from ...model.definitions.program import PARTICIPANTS, Form, Role
from ...model.timeline import Event, event_of
from ...text.prose import Text
from ..steps import events, pairings
from ..steps.now import now
from ..steps.pairings import PairingCard
from .message import Linked, Message
from .words import MessageWords

# What mentors and mentees do or come to; another announcement is nobody's next step.
_NEXT = frozenset({"training", "session", "milestone", "check-in", "form"})
_MOST_EVENTS = 4


@dataclass(frozen=True)
class Announcement(MessageWords):
    """What can be said of a cohort's pairings on a day: nothing of those whose day has not come.

    The build says the day, and the readers whom a name's consent has to cover.
    Where a text is `missing`, nothing can be said: a KeyError.
    """

    @cached_property
    def _texts(self) -> dict[str, Item]:
        return {text.id: text for text in self.cohort.program.items["messages"]}

    @property
    def missing(self) -> tuple[str, ...]:
        """The texts that the program has left out, and without which nothing can be said."""
        return tuple(name for name in ANNOUNCEMENTS if name not in self._texts)

    @property
    def cards(self) -> tuple[PairingCard, ...]:
        """The pairings that the site shows on the same day."""
        return pairings.pairing_cards(self.cohort, self.build.day, self.build.audience)

    def for_all(self) -> Message:
        """Who meets whom and on what, for everybody who may know."""
        day = self.build.day
        ahead = pairings.dates_ahead(self.cohort, day, _NEXT)
        ahead.sort(key=lambda event: (event.next_day(day), event.id))
        people = [person for card in self.cards for person in (card.pairing.mentor, card.pairing.mentee)]
        return self.message(
            self._texts[ANNOUNCEMENTS[0]],
            pairings=len(self.cards),
            topics=tuple(self._by_topic()),
            unnamed=any(not person.shown_to(self.build.audience) for person in people),
            site=bool(self.build.site),
            ahead=tuple(map(self._dated, ahead[:_MOST_EVENTS])),
        )

    def for_each(self) -> tuple[Message, ...]:
        """What the two of each pairing need; those that rest or are done need no introduction."""
        return tuple(self._for_two(card) for card in self.cards if card.state == "announced")

    # --- one for all

    def _by_topic(self) -> Iterator[dict[str, Any]]:
        """Each topic with its pairings; what has none comes last, with an empty title."""
        titles = {topic.id: topic.title for topic in self.cohort.program.topics} | {"": Text()}
        for name, title in titles.items():
            cards = [card for card in self.cards if (*card.pairing.topics, "")[0] == name]
            if cards:
                yield {"title": title, "pairings": [self._introduced(card) for card in cards]}

    def _introduced(self, card: PairingCard) -> dict[str, Any]:
        """Who meets whom, what else they work on, and whether they rest or are done."""
        return {
            "mentor": self._with_unit(card.pairing.mentor),
            "mentee": self._with_unit(card.pairing.mentee),
            "also": self.handbook.labels.together([*card.topics[1:]]),
            "state": self.handbook.labels.say(f"state.{card.badge}") if card.badge else "",
        }

    def _with_unit(self, person: Person) -> Text | Markup:
        """The name with its unit, which nobody learns of a person without a name."""
        name = pairings.called(person, self.handbook.labels, self.build.audience)
        if person.unit and person.shown_to(self.build.audience):
            return self.handbook.labels.say("announce.with_unit", name=name, unit=person.unit)
        return name

    # --- one for each pairing

    def _for_two(self, card: PairingCard) -> Message:
        labels, cohort = self.handbook.labels, self.cohort
        both = pairings.called_both(card.pairing, labels, self.build.audience)
        terms = pairings.terms(cohort, both, labels)
        steps = [self._step(role, both[role]) if card.begun else terms[role] for role in PARTICIPANTS[::-1]]
        first = event_of(cohort, f"session-{cohort.program.sessions[0].id}")
        return self.message(
            self._texts[ANNOUNCEMENTS[1]],
            **both,
            terms=terms,
            topics=labels.together([*card.topics]),
            goals=labels.together([*card.goals]),
            first=first,
            first_days=labels.span(first.day, first.until),
            first_is_past=first.until < self.build.day,
            begun=card.begun,
            steps=steps,
            forms=tuple(self._forms()),
            page=self.link("cohort/pairing", card.pairing) if self.build.site else "",
        )

    def _step(self, role: Role, who: Text) -> Markup:
        labels, day = self.handbook.labels, self.build.day
        step = now(self.cohort, role, day, self.handbook.organisation.holidays).without("announcement").first
        days = {"span": labels.span(step.event.day, step.event.until)} if step.event else {}
        label = "announce.step_on" if step.event else "announce.step"
        return labels.say(label, who=who, what=Text(self.step(step, day)), **days)

    def _forms(self) -> Iterator[Text | Markup]:
        """The forms that are open or will be, and the one that follows each session, each with its link."""
        cohort, day = self.cohort, self.build.day
        lasting = events.session_forms(cohort, day) != "past"
        for form in (form for form in cohort.program.forms if lasting and form.purpose == "session"):
            yield from self._links(form, self.handbook.labels.say("announce.each_session", title=form.title))
        for row in events.forms(cohort, day, PARTICIPANTS):
            if row.state != "past":
                yield from self._links(row.form, self._dated(row.event))

    def _links(self, form: Form, words: Markup) -> Iterator[Text | Markup]:
        labels = self.handbook.labels
        links = events.form_links(form, self.cohort, PARTICIPANTS)
        for role, url in links:
            named = labels.say("announce.as", form=words, role=labels.say(f"role.{role}")) if role else words
            yield Linked(url, named.unescape(), url)
        if not links:
            yield words

    def _dated(self, event: Event) -> Markup:
        labels = self.handbook.labels
        title = labels.say(f"event.{event.label}", title=event.title)
        return labels.say("announce.dated", title=title, span=labels.span(event.day, event.until))
