"""Every text leads to the place where it is changed, in the way of its host."""

from urllib.parse import parse_qs, urlsplit

import pytest

from handbook.contents.build import MOST_ADDRESS_BYTES, Host
from handbook.model.definitions.playbook import Source

GITHUB = "https://github.com/northwind/handbook"
GITLAB = "https://gitlab.northwind.example/people/handbook"
THERE = Source("programs/digital-fluency/program.yml")
NEW = Source(
    "docs/templates/playbook/faq/remote.md", "---\ntitle: May we meet by video?\n---\nYes & no: 50 % ü\n"
)


@pytest.mark.parametrize(
    ("host", "page"),
    [
        (Host(GITHUB), f"{GITHUB}/edit/main/programs/digital-fluency/program.yml"),
        (Host(GITHUB + "/"), f"{GITHUB}/edit/main/programs/digital-fluency/program.yml"),
        (Host(GITHUB, "new/look"), f"{GITHUB}/edit/new/look/programs/digital-fluency/program.yml"),
        (Host(GITLAB), f"{GITLAB}/-/edit/main/programs/digital-fluency/program.yml"),
        (Host("../.."), "../../edit/main/programs/digital-fluency/program.yml"),
        (Host(), ""),
    ],
)
def test_a_file_that_is_there_is_opened(host: Host, page: str) -> None:
    assert page == host.address(THERE)


def test_a_new_file_begins_with_the_playbooks_text() -> None:
    address = Host(GITHUB).address(NEW)

    assert f"{GITHUB}/new/main" == address.partition("?")[0]
    assert {"filename": [NEW.path], "value": [NEW.prefill]} == parse_qs(urlsplit(address).query)


def test_gitlab_takes_no_text_for_a_new_file() -> None:
    address = Host(GITLAB).address(NEW)

    assert f"{GITLAB}/-/new/main" == address.partition("?")[0]
    assert {"file_name": [NEW.path]} == parse_qs(urlsplit(address).query)


@pytest.mark.parametrize("sign", ["a", " ", "ü", "\n"])
def test_of_a_text_too_long_for_an_address_only_the_front_matter_is_filled_in(sign: str) -> None:
    front = "---\ntitle: A\n---\n"
    address = Host(GITHUB).address(Source("a.md", front + sign * 9000))

    assert [front] == parse_qs(urlsplit(address).query)["value"]
    assert len(address) < MOST_ADDRESS_BYTES


def test_an_address_has_only_signs_that_addresses_have() -> None:
    address = Host(GITHUB).address(Source("programs/a b/ü.yml", "{{ a }} <b> \"c\" 'd' [e](f) | `g`"))

    assert [] == [sign for sign in address if sign in "{}<>\"'[]()|` " or not sign.isascii()]
