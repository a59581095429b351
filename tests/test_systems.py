"""The tests of the core can be collected on any system, as their workflow runs them on three."""

import subprocess
import sys

from tests.repository import ROOT

# What Windows lacks; pexpect is there, without what drives a terminal.
UNIX = ("fcntl", "grp", "pexpect", "pty", "pwd", "resource", "termios", "tty")
COLLECT = f"""
import sys

sys.modules.update(dict.fromkeys({UNIX}))
import pytest

sys.exit(pytest.main(["--collect-only", "-q", "-p", "no:cacheprovider", "-m", "not long"]))
"""


def test_tests_are_collected_where_nothing_of_unix_can_be_imported() -> None:
    done = subprocess.run([sys.executable, "-c", COLLECT], cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    assert done.stdout.count("tests/test_cli.py::") > 100
