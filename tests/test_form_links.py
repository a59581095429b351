"""Links to where a form is made or its answers lie are refused, with the way to the right one."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from handbook.text.problems import as_json
from handbook.text.prose import rich
from tests.repository import SHORT

PROGRAM = "programs/digital-fluency/program.yml"
ORGANISATION = "programs/organisation.yml"
Load = Callable[..., tuple[Any, tuple[Any, ...]]]

GOOGLE, MICROSOFT = "https://docs.google.com/forms", "https://forms.office.com"
MAKERS = [
    f"{GOOGLE}/d/1abcDEF/edit", f"{GOOGLE}/d/1abcDEF/edit#responses", f"{GOOGLE}/d/1abcDEF/edit?usp=sharing",
    f"{GOOGLE}/d/1abcDEF", f"{GOOGLE}/d/1abcDEF/", f"{GOOGLE}/u/0/d/1abcDEF/edit", f"{GOOGLE}/u/0/",
    f"{GOOGLE}/d/1abcDEF/viewanalytics", f"{GOOGLE}/d/e/1FAIpQL/viewanalytics", f"{GOOGLE}/d/1abcDEF/prefill",
    f"{GOOGLE}/d/1abcDEF/preview", f"{GOOGLE}/d/1abcDEF/copy", f"{GOOGLE}/create",
    f"{GOOGLE}/d/e/1FAIpQL/viewform?edit2=2_ABaOnuc",
    "https://docs.google.com/a/nw.example/forms/d/1abc/edit",
    "https://docs.google.com/forms%2Fd%2F1abc%2Fedit", "https://tally.so/%66orms/abc/edit",
    "https://DOCS.GOOGLE.COM/Forms/d/1abc/Edit", "https://forms.google.com/",
    f"{MICROSOFT}/Pages/DesignPageV2.aspx?subpage=design&id=abc", f"{MICROSOFT}/Pages/DesignPage.aspx?id=abc",
    f"{MICROSOFT}/pages/designpagev2.aspx?id=abc&analysis=true",
    f"{MICROSOFT}/Pages/AnalysisPage.aspx?AnalyzerToken=x",
    f"{MICROSOFT}/Pages/ShareFormPage.aspx?id=abc&sharetoken=y", f"{MICROSOFT}/", f"{MICROSOFT}",
    "https://forms.cloud.microsoft/Pages/DesignPageV2.aspx?subpage=design&id=abc",
    "https://forms.microsoft.com/Pages/ResponseDetailPage.aspx?id=abc",
    "https://forms.office.com/Pages/ResponsePage.aspx?id=abc&subpage=design",
    "https://www.surveymonkey.com/create/?sm=abc", "https://www.surveymonkey.com/analyze/abc",
    "https://www.surveymonkey.com/collect/list?sm=abc", "https://www.surveymonkey.com/summary/abc",
    "https://eu.surveymonkey.com/create/?sm=abc", "https://www.surveymonkey.com/r/preview/?sm=abc",
    "https://www.surveymonkey.co.uk/analyze/abc",
    "https://admin.typeform.com/form/abc/create", "https://admin.typeform.com/form/abc/results#responses",
    "https://nw.typeform.com/report/abc/def",
    "https://www.jotform.com/build/2412345", "https://www.jotform.com/tables/2412345",
    "https://www.jotform.com/inbox/2412345", "https://eu.jotform.com/edit/5512345",
    "https://www.jotform.com/myforms/",
    "https://survey.uni.example/index.php/admin/survey/sa/view/surveyid/123456",
    "https://survey.uni.example/index.php?r=admin/authentication/sa/login",
    "https://survey.uni.example/index.php/surveyAdministration/view?surveyid=123456",
    "https://nw.limesurvey.net/surveyAdministration/view/surveyid/123456",
    "https://nw.limesurvey.net/admin/responses/sa/browse/surveyid/123456",
    "https://nw.eu.qualtrics.com/survey-builder/SV_abc/edit",
    "https://nw.eu.qualtrics.com/responses/#/surveys/SV_abc",
    "https://nw.qualtrics.com/jfe/preview/SV_abc", "https://nw.qualtrics.com/distributions/SV_abc",
    "https://tally.so/forms/abc/edit", "https://tally.so/forms/abc/submissions", "https://tally.so/dashboard",
    "https://airtable.com/appAbc123/tblDef456/viwGhi789?blocks=hide", "https://airtable.com/appAbc123",
    "https://airtable.com/tblDef456/viwGhi789", "https://airtable.com/appAbc123/pagDef/edit",
    "https://cloud.nw.example/apps/forms/aBcDeF/edit",
    "https://cloud.nw.example/index.php/apps/forms/aBcDeF/results",
    "https://cryptpad.fr/form/#/2/form/edit/abc/", "https://framaforms.org/node/123/webform-results",
    "https://forms.zoho.eu/nw/form/SignUp/edit", "https://kf.kobotoolbox.org/#/forms/abc/summary",
    "https://app.smartsheet.com/sheets/abc?view=grid",
]  # fmt: skip
SHEETS = [
    "https://docs.google.com/spreadsheets/d/1abc/edit?resourcekey#gid=1",
    "https://docs.google.com/spreadsheets/d/1abc",
    "https://docs.google.com/spreadsheets/u/1/d/1abc/htmlview",
    "https://docs.google.com/spreadsheets/d/1abc/export?format=csv",
    "https://nw.sharepoint.com/:x:/s/hr/abc?e=def", "https://nw-my.sharepoint.com/:x:/g/personal/a/abc",
 
      "https://nw.sharepoint.com/sites/hr/_layouts/15/Doc.aspx?sourcedoc=%7Babc%7D&file=Sign-up.xlsx&action=default",
    "https://nw.sharepoint.com/sites/hr/Shared%20Documents/Sign-up.xlsx?web=1",
    "https://onedrive.live.com/edit.aspx?resid=ABC&app=Excel", "https://1drv.ms/x/s!abc",
    "https://excel.cloud.microsoft/open/abc",
    "https://www.dropbox.com/scl/fi/abc/answers.xlsx?dl=0", "https://www.dropbox.com/s/abc/answers.csv",
    "https://www.icloud.com/numbers/abc#Answers", "https://cloud.nw.example/apps/tables/#/table/3",
]  # fmt: skip
FILES = [
    "https://drive.google.com/drive/folders/1abc", "https://docs.google.com/document/d/1abc/edit",
    "https://nw.sharepoint.com/:w:/s/hr/abc", "https://onedrive.live.com/?id=abc",
    "https://www.dropbox.com/sh/abc/def",
    "https://intranet.nw.example/forms/sign-up.docx",
]  # fmt: skip
RIGHT = [
    "https://forms.gle/AbC123", f"{GOOGLE}/d/e/1FAIpQL/viewform",
    f"{GOOGLE}/d/e/1FAIpQL/viewform?usp=pp_url&entry.1=a",
    f"{GOOGLE}/d/1abcDEF/viewform", f"{GOOGLE}/u/0/d/e/1FAIpQL/viewform?usp=sf_link",
    "https://docs.google.com/a/nw.example/forms/d/e/1FAIpQL/viewform",
    f"{GOOGLE}/d/e/1FAIpQL/viewform?embedded=true",
    f"{MICROSOFT}/r/AbC123", f"{MICROSOFT}/e/AbC123", f"{MICROSOFT}/Pages/ResponsePage.aspx?id=abc-Edit",
    "https://forms.cloud.microsoft/r/AbC123",
    "https://forms.microsoft.com/pages/responsepage.aspx?id=abc&lang=en",
    "https://forms.cloud.microsoft/e/AbC123?origin=lprLink",
    "https://www.surveymonkey.com/r/ABC123", "https://www.surveymonkey.com/s/create1",
    "https://eu.surveymonkey.com/r/collect",
    "https://www.research.net/r/ABC", "https://form.typeform.com/to/abc",
    "https://nw.typeform.com/to/abc#role=mentor",
    "https://form.jotform.com/2412345", "https://www.jotform.com/2412345",
    "https://eu.jotform.com/form/2412345",
    "https://survey.uni.example/index.php/123456?lang=en", "https://survey.uni.example/123456",
    "https://survey.uni.example/index.php?r=survey/index&sid=123456&lang=de",
    "https://nw.limesurvey.net/123456",
    "https://nw.eu.qualtrics.com/jfe/form/SV_abc", "https://nw.qualtrics.com/SE/?SID=SV_abc",
    "https://tally.so/r/abc", "https://tally.so/embed/abc", "https://airtable.com/appAbc/pagDef/form",
    "https://airtable.com/shrAbc", "https://airtable.com/appAbc/shrDef",
    "https://cloud.nw.example/apps/forms/s/aBcDeF",
    "https://cloud.nw.example/index.php/apps/forms/s/aBcDeF", "https://cryptpad.fr/form/#/2/form/view/abc/",
    "https://framaforms.org/sign-up-1234567890", "https://forms.zohopublic.eu/nw/form/SignUp/formperma/abc",
    "https://forms.zoho.eu/nw/form/SignUp/formperma/abc", "https://ee.kobotoolbox.org/x/abc",
    "https://app.smartsheet.com/b/form/abc", "https://intranet.nw.example/admin/forms/sign-up",
    "https://nw.sharepoint.com/sites/hr/SitePages/Sign-up.aspx",
    "https://nw.sharepoint.com/:l:/s/hr/abc?nav=x",
    "https://forms.example/d/1abc/edit", "https://intranet.nw.example/create/analyze/edit",
]  # fmt: skip
READABLE = [
    "https://docs.google.com/spreadsheets/d/e/2PACX-1v/pubhtml",
    "https://docs.google.com/document/d/1abc/edit",
    "https://docs.google.com/spreadsheets/d/1abc/copy", "https://nw.sharepoint.com/:w:/s/hr/abc",
    "https://nw.sharepoint.com/:b:/s/hr/abc", "https://drive.google.com/file/d/1abc/view",
    "https://nw.example/policy.pdf", "https://www.surveymonkey.com/mp/mentoring-templates/",
]  # fmt: skip


def told(load_with: Load, files: dict[str, str]) -> list[Any]:
    return [one for one in load_with({**SHORT, **files})[1] if one.code == "link-not-to-answer"]


def form(url: str) -> dict[str, str]:
    return {PROGRAM: SHORT[PROGRAM].replace("https://forms.example/end", url)}


@pytest.mark.parametrize("url", [*MAKERS, *SHEETS, *FILES])
def test_a_form_leads_to_where_people_answer(load_with: Load, url: str) -> None:
    [wrong] = told(load_with, form(url))

    assert "error" == wrong.severity
    assert url in SHORT[PROGRAM].replace("https://forms.example/end", url).split("\n")[wrong.line - 1]
    assert len(wrong.hint) > 20
    assert url.startswith(MICROSOFT) or url not in f"{wrong.message} {wrong.hint}"


@pytest.mark.parametrize("url", RIGHT)
def test_the_right_address_of_a_form_is_taken(load_with: Load, url: str) -> None:
    assert [] == told(load_with, form(url))


PLACES = {
    "a resource": {PROGRAM: SHORT[PROGRAM] + 'resources: [{title: List, url: "URL"}]\n'},
    "a contact": {ORGANISATION: 'name: Steps\ncontacts: [{purpose: program, label: Team, address: "URL"}]\n'},
    "a text": {PROGRAM: SHORT[PROGRAM] + 'why: "Look [here](URL)."\n'},
    "a text in a file": {"programs/digital-fluency/tools.md": "Two.\n\nSee <URL>.\n"},
    "an own text": {"docs/templates/playbook/faq/list.md": "---\ntitle: Where?\n---\nSee URL.\n"},
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("url", [*MAKERS[::7], *SHEETS[::2]])
def test_no_other_link_leads_to_where_answers_lie(load_with: Load, url: str, place: str) -> None:
    files = {path: text.replace("URL", url) for path, text in PLACES[place].items()}

    [wrong] = told(load_with, files)

    assert url in files[wrong.path].split("\n")[wrong.line - 1]


@pytest.mark.parametrize("url", [*RIGHT[::3], *READABLE])
def test_other_links_may_lead_to_what_can_be_read(load_with: Load, url: str) -> None:
    assert [] == told(load_with, {PROGRAM: f'{SHORT[PROGRAM]}resources: [{{title: List, url: "{url}"}}]\n'})


FILLED_IN = [
    "https://f.nw.com/r/a?email=zora@q.com", "https://f.nw.com/r/a?t=07700900123",
    "https://f.nw.com/?e=zora%40q.com&x=1",
    "https://f.nw.com/r/a#email=zora.quill@q.com", "https://f.nw.com/r/a?x=1&tel=%2B44%207700%20900123",
    "https://f.nw.com/r/a?who=mailto:zora@q.com",
    "https://calendar.google.com/calendar/embed?src=zora%40q.com",
]  # fmt: skip
SHARED = [
    "https://f.nw.com/r/a?entry.1234567890=mentor", "https://f.nw.com/r/a?id=0770090012345",
    "https://f.nw.com/@learning/r",
    "https://calendar.google.com/calendar/embed?src=abc%40group.calendar.google.com&ctz=Europe%2FLondon",
 
      "https://teams.microsoft.com/l/meetup-join/19%3ameeting_a%40thread.v2/0?context=%7b%22Tid%22%3a%22a-1%22%7d",
    "https://f.nw.com/r/a?ask=mentoring@nw.com", "https://f.nw.com/r/a?from=2027-02-01&to=2027-03-01",
]  # fmt: skip
CONTACT = "name: Steps\ncontacts: [{purpose: program, label: Team, address: mentoring@nw.com}]\n"


@pytest.mark.parametrize("url", FILLED_IN)
def test_no_link_has_somebodys_address_filled_in(load_with: Load, url: str) -> None:
    contact = CONTACT.replace("}]", f'}}, {{purpose: concern, label: Page, address: "{url}"}}]')
    for files in (form(url), {ORGANISATION: contact}):
        [wrong] = [one for one in load_with({**SHORT, **files})[1] if one.severity == "error"]

        assert "personal-address" == wrong.code
        assert not {"zora", "07700900123", "q.com"} & {
            *f"{wrong.message} {wrong.hint} {wrong.source}".split()
        }
        assert "" == wrong.source


@pytest.mark.parametrize("url", SHARED)
def test_links_to_meetings_and_forms_are_no_addresses(load_with: Load, url: str) -> None:
    _, problems = load_with({**form(url), ORGANISATION: CONTACT})

    assert [] == [one for one in problems if one.severity == "error"]


@pytest.mark.parametrize("account", ["user:s3cret", "s3cret", "zora.quill%40nw.com:s3cret", "s3cret:"])
def test_a_password_in_an_address_is_refused_and_not_quoted(load_with: Load, account: str) -> None:
    _, problems = load_with(form(f"https://{account}@f.nw.com/x"))

    [wrong] = [one for one in problems if one.severity == "error"]
    assert "wrong-pattern" == wrong.code
    assert "s3cret" not in f"{wrong} {wrong.source} {as_json([wrong])}"
    assert "zora" not in f"{wrong} {wrong.source} {as_json([wrong])}"


def test_no_markdown_link_has_a_name_before_its_host() -> None:
    shown = rich(
        "[a](https://good.example@evil.example/) [b](https://u:s3cret@f.example) [c](https://f.example/@us)"
    )

    assert ["https://f.example/@us"] == re.findall('href="([^"]*)"', shown)
    assert "s3cret" not in shown
