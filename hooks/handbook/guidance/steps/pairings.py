"""Public pairings as these readers may see them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from ...model import timeline
from ...model.definitions.cohort import Cohort, Pairing, Person
from ...model.definitions.program import PARTICIPANTS, Audience
from ...model.labels import Labels
from ...model.timeline import Event
from ...text.prose import Text
from ...text.signs import folded


@dataclass(frozen=True)
class PairingCard:
    """A pairing as these readers may see it; without consent a name is empty.

    Attributes:
        state: that two have paused is said to participants alone, on the page of the two; the public reads
            what it would without.
        badge: the state that its card shows wherever it is listed.
        begun: whether a session has gone by since the two were announced.
        over: whether nothing is asked of the two any more.
        fresh: whether their first message is what they have before them.
        late: whether a session's span was over when the two were announced.
    """

    pairing: Pairing
    mentor: Text
    mentee: Text
    state: str
    topics: tuple[Text, ...]
    goals: tuple[Text, ...]
    badge: str
    begun: bool
    over: bool
    fresh: bool = False
    late: bool = False


def pairing_card(cohort: Cohort, pairing: Pairing, day: date, audience: Audience) -> PairingCard:
    """Show one pairing; a name is empty where consent does not cover the readers."""
    topics = {topic.id: topic.title for topic in cohort.program.topics}
    goals = {goal.id: goal.title for goal in cohort.program.goals}
    seen = replace(pairing, paused=None) if audience == "public" else pairing
    stands, finished = timeline.state(seen, day), timeline.state(cohort, day) == "finished"
    begun, since = timeline.has_begun(cohort, pairing, day), timeline.public_from(pairing) or day
    return PairingCard(
        pairing,
        pairing.mentor.shown_to(audience),
        pairing.mentee.shown_to(audience),
        stands,
        tuple(topics[topic] for topic in pairing.topics),
        tuple(goals[goal] for goal in pairing.goals),
        # When all is over, a card without a word would be one that did not come to its end.
        stands if stands == "completed" and not finished else "",
        begun,
        stands == "completed" or finished,
        timeline.is_fresh(pairing, day) and not begun,
        any(session.until < since for session in timeline.sessions(cohort, day)),
    )


def pairing_cards(cohort: Cohort, day: date, audience: Audience) -> tuple[PairingCard, ...]:
    """The pairings that both confirmed and whose day has come, by what readers may call the mentor.

    Ended ones are not shown; mentors without a name to show come last, by their numbers.
    """
    cards = (
        pairing_card(cohort, pairing, day, audience) for pairing in timeline.public_pairings(cohort, day)
    )
    return tuple(sorted(cards, key=_called_first))


def _called_first(card: PairingCard) -> tuple[bool, str, int, bool, str, int]:
    """No name that is not shown tells of itself by its place."""
    two = ((card.mentor, card.pairing.mentor), (card.mentee, card.pairing.mentee))
    mentor, mentee = ((not name, folded(name), person.number) for name, person in two)
    return (*mentor, *mentee)


def called(person: Person, labels: Labels, audience: Audience) -> Text:
    """What these readers call somebody: the name where consent covers them, else the alias."""
    alias = labels.say(f"pairings.alias.{person.role}", n=person.number)
    return person.shown_to(audience) or Text(alias.unescape())


def called_both(pairing: Pairing, labels: Labels, audience: Audience) -> dict[str, Text]:
    """What these readers call the two of a pairing, by role."""
    return {role: called(getattr(pairing, role), labels, audience) for role in PARTICIPANTS}


def terms(cohort: Cohort, both: Mapping[str, Text], labels: Labels) -> dict[str, Markup]:
    """What the two of a pairing read of it, on their page and in their message, a sentence each.

    `places` says who teaches, `mentee` and `mentor` how each begins, `rhythm` how many sessions there are and
    how often, `answering` within how many hours they answer each other or call a session off.
    """
    agreed = cohort.program.agreement
    counted = {
        "reply": labels.count("count.hours", agreed.reply_hours),
        "notice": labels.count("count.hours", agreed.cancel_notice_hours),
    }
    sentences = {
        "places": f"each_mode.{cohort.program.mode}", "mentee": "write.mentee", "mentor": "write.mentor",
        "answering": "agreement",
    }  # fmt: skip
    said = {name: labels.say(f"announce.{label}", **both, **counted) for name, label in sentences.items()}
    return {**said, "rhythm": labels.rhythm(timeline.commitment(cohort))}


def appearing(cohort: Cohort, day: date) -> list[tuple[date, int]]:
    """Each day ahead on which pairings will appear that both confirmed, and how many of them will stay."""
    pairings = cohort.pairings if timeline.holds(cohort, day) else ()
    days = ((timeline.public_from(pairing), pairing) for pairing in pairings)
    staying = Counter(since for since, pairing in days if since and timeline.state(pairing, since) != "ended")
    return sorted((since, number) for since, number in staying.items() if since > day)


def next_announcement(cohort: Cohort, day: date) -> date | None:
    """The next day on which pairings are announced, or None."""
    days = (event.day for event in timeline.until_the_end(cohort, day) if event.kind == "announcement")
    return min((announced for announced in days if announced >= day), default=None)


def dates_ahead(cohort: Cohort, day: date, kinds: Collection[str]) -> list[Event]:
    """The events of these kinds that mentors and mentees have, and that are not past."""
    events = (event for event in timeline.until_the_end(cohort, day) if event.kind in kinds)
    return [event for event in events if event.until >= day and set(event.roles) & set(PARTICIPANTS)]


def people_count(cards: Iterable[PairingCard]) -> int:
    """How many people are in these pairings."""
    return len({person.id for card in cards for person in (card.pairing.mentor, card.pairing.mentee)})


def topics_of(cards: Iterable[PairingCard]) -> tuple[Text, ...]:
    """What these pairings are about, each topic once, by title."""
    return tuple(sorted({topic for card in cards for topic in card.topics}, key=str.casefold))


def units_of(cards: Iterable[PairingCard]) -> tuple[Text, ...]:
    """Where the people with a name work, each unit once."""
    named = ((card.pairing, role) for card in cards for role in PARTICIPANTS if getattr(card, role))
    units = {getattr(pairing, role).unit for pairing, role in named}
    return tuple(sorted(filter(None, units), key=str.casefold))
