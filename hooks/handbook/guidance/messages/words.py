"""What a message may name: plain words, days written out, links with their whole address.

What a program does not say yet stands in its place, in brackets, with where to add it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from ...contents import templating
from ...contents.build import Build
from ...contents.kinds import PageSubject, site_address
from ...contents.kinds.addresses import place
from ...model import timeline
from ...model.definitions.cohort import Cohort, Pairing
from ...model.definitions.playbook import Item
from ...model.definitions.program import Role
from ...model.handbook import Handbook
from ...text.prose import Text, Wording, plain, verbatim
from ..steps import hours
from ..steps.step import Step
from .message import Linked, Message, literal, marked, parse

_TOO_MANY_LINES = re.compile(r"\n(?:[ \t]*\n)+")


@dataclass(frozen=True)
class MessageWords:
    """The words of a message in one cohort.

    Attributes:
        sent: the day on which it is sent, where that is known.
    """

    handbook: Handbook
    build: Build
    cohort: Cohort
    sent: date | None = None

    def names(self) -> Mapping[str, Any]:
        """Everything that a message may name."""
        program = self.cohort.program
        functions = (self.contact, self.day, self.known, self.form, self.link, self.hours)
        return {
            "organisation": self.handbook.organisation,
            "program": program,
            "cohort": self.cohort,
            "commitment": timeline.commitment(self.cohort),
            "agreement": program.agreement,
            **{function.__name__: function for function in functions},
        }

    def message(self, text: Item, **names: object) -> Message:
        """Fill in a message of the playbook, ready to be written in any format; it may use these names too.

        What a program wrote itself is taken letter by letter.
        """
        return parse(*(self._filled(part, marked, names) for part in (text["subject"], text.body)))

    def letters(self, text: Item | Text) -> Markup:
        """Write a message, or a line of one, as plain text for a block that keeps its lines."""
        long = text.body if isinstance(text, Item) else text
        written = self._filled(long, templating.letters, {}).strip()
        return verbatim(_TOO_MANY_LINES.sub("\n\n", written))

    def spoken(self, text: Text | Markup) -> str:
        """Give a text as letters in one line; a wording of the playbook is rendered with what it may name."""
        return plain(self._filled(text, templating.letters, {"page": self.link}))

    def _filled(self, text: Text | Markup, shown: Callable[[Any], str], names: Mapping[str, Any]) -> str:
        if not isinstance(text, Wording):
            return literal(text) if shown is marked else templating.letters(text)
        environment = templating.plain_environment(self.handbook.labels, shown)
        return templating.compiled(environment, text).render({**self.names(), **names})

    def say(self, *names: str, **values: object) -> str:
        """Say the first label of these names that exists, in plain letters."""
        return self.spoken(self.handbook.labels.say(*names, **values))

    def step(self, step: Step, day: date) -> str:
        """Say what somebody does, seen from a day."""
        return " ".join(self.spoken(part) for part in step.words(self.handbook.labels, day))

    def contact(self, *purposes: str) -> Text | Markup:
        """Name whom one asks, with the address or number."""
        contact = self.handbook.organisation.contact(*purposes)
        if contact is None:
            names = (f"contact.without.{purpose}" for purpose in purposes)
            return self.handbook.labels.say(*names, "messages.missing.contact")
        name, phone, address = contact.label, contact.phone, contact.address
        whole, words = (", ".join(filter(None, parts)) for parts in ((name, address, phone), (name, phone)))
        return Linked(whole, words, contact.url if address else "")

    def known(self, name: str) -> bool:
        """Whether there is a day of this name ahead; for the names see `timeline.key_days`."""
        day = timeline.key_days(self.cohort).get(name)
        return day is not None and (self.sent is None or day >= self.sent)

    def day(self, name: str) -> Markup:
        """Write out a day, with the hour where there is one."""
        program, labels, days = self.cohort.program, self.handbook.labels, timeline.key_days(self.cohort)
        if name not in days:
            return self._missing("day", name=name, path=program.path)
        day = labels.day(days[name], "long")
        moments = (*program.milestones, *program.check_ins)
        hour = next((moment.time for moment in moments if moment.id == name), "")
        return labels.say("messages.moment", day=day, hour=labels.clock(hour)) if hour else day

    def form(self, name: str) -> Text | Markup:
        """Give the link to a form."""
        program = self.cohort.program
        name = (program.sign_up_form or name) if name == "sign-up" else name
        form = program.form(name)
        url = form.link(program.id, self.cohort.id) if form else ""
        return Linked(url, url=url) if url else self._missing("form", name=name, path=program.path)

    def hours(self, role: Role) -> Markup:
        """Say how much time a role gives in all, and to what."""
        given = hours.hours(self.cohort, role, self.handbook.labels)
        parts = Markup("; ").join(given.counted)
        return self.handbook.labels.say("hours.sentence", time=given.time, parts=parts)

    def link(self, name: str, pairing: Pairing | None = None) -> Text | Markup:
        """Give the whole address of a page; for the names see `kinds.place`."""
        subject = PageSubject(program=self.cohort.program, cohort=self.cohort, pairing=pairing)
        path, sign, anchor = place(name, subject, self.handbook, self.build.day).path.partition("#")
        if not self.build.site:
            return self._missing("site", path=self.handbook.organisation.path)
        url = "/".join(filter(None, (self.build.site.rstrip("/"), site_address(path)))) + f"/{sign}{anchor}"
        return Linked(url, url=url)

    def _missing(self, what: str, **names: str) -> Markup:
        return self.handbook.labels.say(f"messages.missing.{what}", **names)
