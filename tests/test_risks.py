"""The risk register: twelve rows, each complete, the same on the page and in the CSV."""

import csv
import io
import re
from html import unescape

from handbook.model.definitions.program import ROLES
from handbook.model.handbook import Handbook
from tests.repository import SHORT, Files, Sites

PAGE = "programs/digital-fluency/kit/risks/"
RATED = ("Likelihood", "Effect", "Owner")
COLUMNS = ("Risk", "What happens", *RATED, "What you would see first", "What helps", "How you check")
LEVELS = ("low", "medium", "high")


def said(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def sections(built: Sites, files: Files) -> dict[str, str]:
    """What the page says of each risk, by id."""
    html = built(files).files[f"{PAGE}index.html"].decode()
    parts = re.split(r'<h2 id="risk-([a-z-]+)"', html)
    return dict(zip(parts[1::2], (said(f"<h2{part}") for part in parts[2::2]), strict=True))


def rows(built: Sites, files: Files) -> list[dict[str, str]]:
    text = built(files).files["programs/digital-fluency/kit/risks.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_twelve_risks_each_with_levels_an_owner_a_trigger_a_remedy_and_a_control(short: Handbook) -> None:
    risks = short.playbook.kind("pitfalls")

    assert 12 == len(risks)
    wanted = ("trigger", "remedy", "control", "proof")
    assert {} == {risk.id: name for risk in risks for name in wanted if not str(risk[name]).strip()}
    assert set() == {risk[name] for risk in risks for name in ("likelihood", "effect")} - set(LEVELS)
    assert set() == {risk["owner"] for risk in risks} - set(ROLES)
    assert len({risk["likelihood"] for risk in risks}) > 1


def test_the_csv_says_what_the_page_says(built: Sites) -> None:
    shown, listed = sections(built, SHORT), rows(built, SHORT)

    assert len(shown) == len(listed) == 12
    for text, row in zip(shown.values(), listed, strict=True):
        assert COLUMNS == tuple(row)
        levels = f"Likelihood: {row['Likelihood']}. Effect: {row['Effect']}. Owner: {row['Owner']}."
        for cell in (row["Risk"], row["What happens"], levels, *(row[name] for name in COLUMNS[5:])):
            assert said(cell).replace("&", "") in text


def test_a_risk_of_ones_own_is_a_row_and_no_formula(built: Sites) -> None:
    own = (
        "---\ntitle: =HYPERLINK(1)\nlikelihood: low\neffect: low\nowner: sponsor\n"
        "trigger: A\nremedy: B\ncontrol: C\nproof: D\n---\nOurs.\n"
    )
    files = {**SHORT, "docs/templates/playbook/pitfalls/ours.md": own}

    assert "'=HYPERLINK(1)" == rows(built, files)[-1]["Risk"]
    assert "ours" in sections(built, files)


def test_the_page_says_that_it_judges_and_gives_the_csv(built: Sites) -> None:
    site = built(SHORT)

    assert "is a judgement" in said(site.files[f"{PAGE}index.html"].decode())
    assert "../risks.csv" in site.look(PAGE).addresses
