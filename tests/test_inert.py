"""Whatever a program writes in place of the playbook's texts is shown as letters, on every page."""

import json
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup

from handbook.completion import TEXTS
from tests.repository import PROGRAM, SHORT, Files, Site, Sites

PATH = "programs/digital-fluency/program.yml"
HOSTILE = (
    "Zq [click](javascript:alert(1)) ![i](https://e.example/i.png) <img src=x onerror=alert(1)> "
    "</pre></code></li></ol></div><script>alert(1)</script> {{ 1/0 }} {% raw %} {: onclick=alert(1) } "
    "*b* `c` &lt;script&gt; <!-- --> --8<-- 'README.md'"
)
LONG = (
    f"{HOSTILE}\n\n    ![i](https://e.example/i.png)\n\n- {HOSTILE}\n\n# {HOSTILE}\n\n```\n{HOSTILE}\n```\n"
)
STEP = {"minutes": 5, "title": HOSTILE[:150], "text": HOSTILE}
FIELDS: dict[str, dict[str, Any]] = {
    "conduct": {"rules": [HOSTILE]},
    "safety": {"summary": HOSTILE},
    "survey": {"asked": ["end"], "scale": "agree", "goal": "skill"},
    "sheets": {
        "summary": HOSTILE,
        "use": HOSTILE,
        "wording": HOSTILE,
        "look": "certificate",
        "parts": [{"title": HOSTILE[:150], "hint": HOSTILE}, {"title": "Plain"}],
        "table": {"columns": [HOSTILE]},
    },
    "recognition": {"checklist": [HOSTILE], "agenda": [STEP]},
    "kit": {"checklist": [HOSTILE], "agenda": [STEP], "cases": [{"what": HOSTILE, "do": HOSTILE}]},
    "launch": {"week": 2, "who": "sponsor"},
    "messages": {"to": HOSTILE[:150], "subject": HOSTILE[:150], "week": 2},
}


def hostile(kind: str) -> dict[str, Any]:
    """Two new entries: one with each field that the kind has, one with a title and what it needs alone."""
    full = {"id": "ours", "title": HOSTILE[:150], "text": LONG, **FIELDS.get(kind, {})}
    needed = {key: full[key] for key in ("to", "subject", "week", "asked") if key in full}
    return {"take": [full, {"id": "bare", "title": "Bare", **needed}, "the-rest"]}


@pytest.fixture(scope="module")
def site(built: Sites) -> Site:
    said = json.dumps({kind: hostile(kind) for kind in TEXTS}, ensure_ascii=True)
    files: Files = SHORT | {PATH: f"{PROGRAM}playbook: {said}\n"}
    return built(files)


def article(site: Site, page: str) -> BeautifulSoup:
    return BeautifulSoup(site.html(page), "html.parser")


def test_nothing_in_any_text_becomes_an_element_or_a_link(site: Site) -> None:
    found = {}
    for page in site.pages():
        read = article(site, page)
        body = read.select_one("article")
        assert body is not None
        links = [str(one["href"]) for one in body.select("a[href]")]
        found[page] = [
            *(str(one) for one in body.select("script, img, iframe, object, style")),
            *(link for link in links if not re.match(r"(https://|mailto:|tel:|[./#\w])", link)),
            *(
                f"{one.name}.{name}"
                for one in body.find_all(True)
                for name in one.attrs
                if name.startswith("on")
            ),
        ]

    assert len(found) > 60
    assert {page: bad for page, bad in found.items() if bad} == {}


@pytest.mark.parametrize("kind", TEXTS)
def test_every_kind_shows_the_text_itself(site: Site, kind: str) -> None:
    pages = {"ground-rules": "agreement", "faq": "questions", "launch": "kit", "evaluation": "check-ins",
             "messages": "2027-spring/messages", "sheets": "sheets/ours"}  # fmt: skip
    text = article(site, f"programs/digital-fluency/{pages.get(kind, kind)}/").get_text()

    assert "{{ 1/0 }}" in text
    assert "<script>alert(1)</script>" in text
