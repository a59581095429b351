"""What a message may name: plain words, days written out, links with their whole address.

What a program does not say yet stands in its place, in brackets, with where to add it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from jinja2 import Template
from markupsafe import Markup

from ...contents import templating
from ...contents.build import Build
from ...contents.kinds import Subject, path_of, site_address
from ...model import timeline
from ...model.definitions.cohort import Cohort, Pairing
from ...model.handbook import Handbook
from ...text.prose import Text, Wording, plain


@dataclass(frozen=True)
class Letter:
    """The words of a message in one cohort.

    Attributes:
        sent: the day on which it is sent, where that is known.
    """

    handbook: Handbook
    build: Build
    cohort: Cohort
    sent: date | None = None

    def words(self) -> Mapping[str, Any]:
        """Everything that a message may name."""
        program = self.cohort.program
        return {
            "organisation": self.handbook.organisation,
            "program": program,
            "cohort": self.cohort,
            "commitment": program.commitment,
            "agreement": program.agreement,
            "contact": self.contact,
            "day": self.day,
            "known": self.known,
            "form": self.form,
            "link": self.link,
        }

    def spoken(self, text: Text) -> str:
        """Give a text as letters in one line; a wording of the playbook is rendered with what it may name."""
        if isinstance(text, Wording):
            words = {**self.words(), "page": self.link, "texts": self.handbook.labels}
            text = Text(Markup(self._shown.render(words, said=text)).unescape())
        return plain(text)

    @cached_property
    def _shown(self) -> Template:
        """One value, shown as pages show it."""
        environment = templating.environment(self.handbook.labels, self.handbook.templates)
        return environment.from_string("{{ said }}")

    def contact(self, *purposes: str) -> Text | Markup:
        """Name whom one asks, with the address or number."""
        found = self.handbook.organisation.contact(*purposes)
        if found is None:
            return self._missing("contact")
        return Text(", ".join(part for part in (found.label, found.address, found.phone) if part))

    def known(self, name: str) -> bool:
        """Whether there is a day of this name ahead; for the names see `timeline.key_days`."""
        day = timeline.key_days(self.cohort).get(name)
        return day is not None and (self.sent is None or day >= self.sent)

    def day(self, name: str) -> Markup:
        """Write out a day, with the hour where there is one."""
        if name not in timeline.key_days(self.cohort):
            return self._missing("day", name=name, path=self.cohort.program.path)
        day = self.handbook.labels.day(timeline.key_days(self.cohort)[name], "long")
        program = self.cohort.program
        moments = (*program.milestones, *program.check_ins)
        hour = next((one.time for one in moments if one.id == name), "")
        texts = self.handbook.labels
        return texts.say("messages.moment", day=day, hour=texts.clock(hour)) if hour else day

    def form(self, name: str) -> Text | Markup:
        """Give the link to a form."""
        program = self.cohort.program
        name = (program.sign_up_form or name) if name == "sign-up" else name
        found = program.form(name)
        url = found.link(program.id, self.cohort.id) if found else ""
        return Text(url) if url else self._missing("form", name=name, path=program.path)

    def link(self, name: str, pairing: Pairing | None = None) -> Text | Markup:
        """Give the whole address of a page; for the names see `kinds.path_of`."""
        subject = Subject(program=self.cohort.program, cohort=self.cohort, pairing=pairing)
        path = site_address(path_of(name, subject))
        if not self.build.site:
            return self._missing("site", path=self.handbook.organisation.path)
        return Text(f"{self.build.site.rstrip('/')}/{path}/" if path else f"{self.build.site.rstrip('/')}/")

    def _missing(self, what: str, **names: str) -> Markup:
        return self.handbook.labels.say(f"messages.missing.{what}", **names)
