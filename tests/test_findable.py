"""What people type in trouble or in a hurry leads, by the site's own search, to a page that tells them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from playwright.sync_api import Browser, Page

from tests.repository import SHORT, Sites

WORDS: Mapping[str, list[str]] = yaml.safe_load(Path(__file__).with_name("findable.yml").read_text("utf-8"))
# As many results as somebody looks at.
MOST_LOOKED_AT = 3
FOUND = ".md-search-result__item > .md-search-result__link"
HREFS = "links => links.map(link => link.href)"


def test_the_list_is_long_and_names_pages() -> None:
    assert len(WORDS) >= 55
    assert all(page.endswith("/") for pages in WORDS.values() for page in pages)


def results(page: Page, url: str, words: str) -> list[str]:
    """The pages that the search names first, once its answer to these words stays the same."""
    box = page.locator(".md-search__input").first
    before, found, same = [""], list[str](), 0
    box.fill(words)
    for _ in range(100):
        box.press("End")  # what is typed before the search is ready is lost
        page.wait_for_timeout(100)
        found = page.locator(FOUND).evaluate_all(HREFS)
        same = same + 1 if found and found == before else 0
        if same == 4:
            break
        before = found
    paths = dict.fromkeys(urlsplit(link.removeprefix(f"{url}/")).path for link in found)
    return [*paths][:MOST_LOOKED_AT]


@pytest.mark.browser
def test_the_search_leads_to_a_page_that_helps(
    chromium: Browser, serve_dir: Callable[[Path], AbstractContextManager[str]], built: Sites
) -> None:
    lost = {}
    with serve_dir(built(SHORT).folder) as url:
        page = chromium.new_page()
        page.goto(f"{url}/", wait_until="load")
        for words, wanted in WORDS.items():
            found = results(page, url, words)
            named = [one.format(program="digital-fluency", cohort="2027-spring") for one in wanted]
            if not {*named} & {*found}:
                lost[words] = found
        page.close()

    assert {} == lost
