"""Terminals that tests drive; where there are none, as on Windows, such a test is skipped."""

import signal
from types import SimpleNamespace
from typing import Any, NoReturn

import pytest


def heed_ctrl_c() -> None:
    """In the background a shell lets its children ignore Ctrl-C, and they theirs."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def no_terminal(*_: object, **__: object) -> NoReturn:
    pytest.skip("This system has no terminal that a test could drive.")


def driven() -> SimpleNamespace:
    try:
        from pexpect import EOF, TIMEOUT, spawn
    except ImportError:
        return SimpleNamespace(spawn=no_terminal)

    def heeding(command: str, arguments: list[str], **more: Any) -> Any:
        return spawn(command, arguments, preexec_fn=heed_ctrl_c, **more)

    return SimpleNamespace(spawn=heeding, EOF=EOF, TIMEOUT=TIMEOUT)


# As the package of that name, but for what it lacks.
pexpect = driven()


def is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands that click runs believe that a person reads what they print; nobody can be asked."""
    wrapper = "click.testing._NamedTextIOWrapper"
    monkeypatch.setattr(f"{wrapper}.isatty", lambda stream: stream.name != "<stdin>")
