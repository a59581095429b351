"""What tests share."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from handbook.load.repository import load
from handbook.model.handbook import Handbook
from handbook.rules.checks import advice
from handbook.text.problems import Problem
from tests import browser, repository
from tests.repository import SHORT, Files, Sites, write

# The same examples everywhere, however busy a machine is.
settings.register_profile("handbook", deadline=None, derandomize=True)
settings.load_profile("handbook")

# What a workflow's host says of this repository is nothing about those that tests make.
os.environ.pop("GITHUB_EVENT_PATH", None)

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: object) -> None:
        pass


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        asked = getattr(item, "fixturenames", ())
        if "chromium" in asked:
            item.add_marker("browser")
        if {"chromium", "built"} & set(asked):
            item.add_marker("site")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    repository.builds_are_marked = item.get_closest_marker("site") is not None


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless Chromium; without one the test is skipped, and with CI set it fails."""
    path = browser.find()
    if path is None and os.environ.get("CI"):
        pytest.fail(browser.MISSING, pytrace=False)
    if path is None:
        pytest.skip(browser.MISSING)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def serve_dir() -> Iterator[Callable[[Path], AbstractContextManager[str]]]:
    """`with serve_dir(folder) as url:` serves a folder on this machine; the url has no slash at its end.

    It stays the same as long as the tests run, so that a browser need not fetch all again.
    """
    with ExitStack() as servers:
        address = cache(lambda folder: servers.enter_context(_served(folder)))
        yield lambda folder: nullcontext(address(folder))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    """`built(files)` gives the site that mkdocs builds from them; each is built once in a test run."""
    folder = tmp_path_factory.getbasetemp()
    in_parallel = "PYTEST_XDIST_WORKER" in os.environ
    return Sites((folder.parent if in_parallel else folder) / "sites")


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=folder)) as server:
        # It hears that it is to stop when it looks next, and there are many to stop.
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


Loaded = tuple[Handbook | None, tuple[Problem, ...]]


@pytest.fixture
def load_with(tmp_path: Path) -> Callable[[Files], Loaded]:
    """`load_with(files)` loads the short repository with these files in place of its own.

    What a good handbook lacks is left out of its problems: the short one lacks much, and that is no mistake.
    """

    def loaded(files: Files) -> Loaded:
        write(tmp_path, {**SHORT, **files})
        handbook, problems = load(tmp_path)
        return handbook, tuple(problem for problem in problems if problem.code not in advice.CODES)

    return loaded


@pytest.fixture(scope="session")
def short(tmp_path_factory: pytest.TempPathFactory) -> Handbook:
    """The handbook of a program of twelve lines and a cohort of three."""
    root = tmp_path_factory.mktemp("short")
    write(root, SHORT)
    handbook, problems = load(root)
    assert handbook is not None, problems
    return handbook
